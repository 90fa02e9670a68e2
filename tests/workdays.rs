//! Every day of 2007 to 2026 against PyPI `chinesecalendar`: a judge of Chinese workdays that we did not write.
//!
//! Ours is what the notices of the State Council say, in the format that editors write: `tests/conformance/holidays`
//! up to 2024, then the calendars of the example site. They were checked against PyPI `holidays` and `tyme4py`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use noticeboard::calendar::{Date, DateSpan, DayKind, HolidayCalendar, HolidaySpan, OccasionKind};
use noticeboard::content::{CalendarYear, HolidayKind, MakeupWorkday};
use serde_json::json;

use crate::judge;

const YEARS: std::ops::RangeInclusive<i16> = 2007..=2026;
/// Days of holidays and make-up workdays in these years, as the notices list them.
const SPECIAL_DAYS: (usize, usize) = (545, 130);

fn written(year: i16) -> CalendarYear {
    let folder = if year <= 2024 { "tests/conformance/holidays" } else { "content/calendar" };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(format!("CN-{year}.yaml"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn occasions(year: &CalendarYear) -> impl Iterator<Item = HolidaySpan> {
    year.holidays.iter().map(|holiday| {
        assert_eq!(holiday.kind, HolidayKind::Holiday, "{}: {:?}", year.year, holiday.name);
        let makeup_workdays = holiday.makeup_workdays.iter().map(|day| match day {
            MakeupWorkday::Day(day) => (day.0, None),
            MakeupWorkday::Replacing(day) => (day.on.0, Some(day.replaces.0)),
        });
        let makeup_workdays = makeup_workdays.collect();
        HolidaySpan { kind: OccasionKind::Holiday, days: holiday.days, makeup_workdays }
    })
}

fn years() -> (HolidayCalendar, Vec<HolidaySpan>) {
    let years: Vec<CalendarYear> = YEARS.map(written).collect();
    for (year, number) in years.iter().zip(YEARS) {
        assert_eq!((year.year, year.region.as_str(), year.area.is_none()), (number, "CN", true));
    }
    let occasions: Vec<HolidaySpan> = years.iter().flat_map(occasions).collect();
    (HolidayCalendar::new(YEARS, &occasions, Vec::new()), occasions)
}

fn all_days() -> DateSpan {
    DateSpan::read("2007-01-01..2026-12-31").unwrap()
}

#[test]
fn the_notices_do_not_contradict_each_other() {
    let (calendar, occasions) = years();
    let mut named: BTreeMap<Date, usize> = BTreeMap::new();
    for occasion in &occasions {
        let worked = occasion.makeup_workdays.iter();
        for (day, replaces) in worked.clone() {
            assert!(replaces.is_none_or(|replaced| occasion.days.contains(replaced)), "{day} replaces no day off");
        }
        for day in occasion.days.days().chain(worked.map(|(day, _)| *day)) {
            *named.entry(day).or_default() += 1;
        }
    }
    let twice: Vec<_> = named.iter().filter(|(_, times)| **times > 1).collect();
    assert_eq!(twice, []);
    let special: Vec<DayKind> = calendar.special_days(all_days()).map(|(_, kind)| kind).collect();
    let worked = special.iter().filter(|kind| matches!(kind, DayKind::MakeupWorkday { .. })).count();
    assert_eq!((special.len() - worked, worked), SPECIAL_DAYS);
}

#[test]
fn every_day_since_2007_is_what_chinesecalendar_says() {
    let (calendar, occasions) = years();
    let kind = |date: Date| match calendar.kind(date) {
        DayKind::Ordinary => "ordinary",
        DayKind::Holiday(_) => "holiday",
        DayKind::MakeupWorkday { .. } => "makeup_workday",
        other => panic!("{date} is {other:?}"),
    };
    let days: BTreeMap<String, &str> = all_days().days().map(|date| (date.to_string(), kind(date))).collect();
    let replaced =
        occasions.iter().flat_map(|occasion| &occasion.makeup_workdays).filter_map(|(_, replaced)| *replaced);
    let replaced: Vec<String> = replaced.map(|date| date.to_string()).collect();
    let checks = days.len() + replaced.len();
    judge::agrees("workdays.py", &json!({"days": days, "replaced": replaced}), checks);
}

//! The schedules of a place in HSDS → opening hours.
//!
//! What holds every week without dates is the ordinary week. What has a beginning and an end is a part of the year if it
//! is longer than a week, and single days otherwise. HSDS knows no `EXDATE`: dates on which a schedule does not hold
//! stand in its `notes`, in the form that our own data has (`…: 2026-10-01..2026-10-07 why; 2026-10-10`). A dated
//! schedule takes the place of what it overlaps and is added to what it does not. A place that has only dated schedules
//! has as its ordinary week the one that covers most days, if they cover about a year; of hours that change it has those
//! of today. What fits in none of this is handed out with why.
//!
//! Rows that say the same one after the other are one, since an offset from UTC stands in each: where clocks change, a
//! rule comes in pieces. Whatever week and parts of the year are found, each date that is dated somewhere is then asked
//! what the schedules say of it, and where that is something else it is written as a single day.

mod changes;
mod recurring;
mod rows;
mod seasons;
mod single_days;
mod weeks;

pub(super) use rows::{is_short, joined};

use serde_json::Value;

use self::changes::settle;
use self::recurring::recurring;
use self::rows::{meet, stand};
use self::seasons::{seasons, stretches};
use self::single_days::{LONGEST, hull, with_single_days};
use self::weeks::{same, week};
use super::schedule::{self, Clocks, Days, MOST_DATES, RULE, Refused, Schedule, Told, YEAR, length};
use crate::calendar::{Date, DateSpan, HolidayCalendar, HolidayRule, OpeningHours, Weekly, osm};

/// The longest run of dates that is not a part of the year, in days.
const WEEK: usize = 7;
/// From so many days on what is known holds all year.
const ABOUT_A_YEAR: usize = 330;

/// What came of a place's schedules.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The hours, as OpenStreetMap writes them.
    pub(super) hours: Option<String>,
    /// Schedules that were not taken, with why.
    pub(super) left: Vec<Refused>,
    /// Periods of one year alone that were taken as parts of every year.
    pub(super) yearly: Vec<DateSpan>,
    /// Schedules that go on beyond the day until which they were written out as dates.
    pub(super) until: Vec<Endless>,
    /// Whether something is noted of them that was not understood.
    pub(super) has_notes: bool,
    /// Schedules beyond those that are read.
    pub(super) more_schedules: usize,
    /// Single dates beyond those that are looked at.
    pub(super) more_dates: usize,
    /// Whether times of one offset stand for clocks that change.
    pub(super) is_doubtful: bool,
}

/// A schedule that goes on beyond the day until which it was written out.
#[derive(Debug)]
pub(super) struct Endless {
    pub(super) told: Told,
    pub(super) until: Date,
    pub(super) is_fortnightly: bool,
}

/// The schedules of a place by what they are.
#[derive(Default)]
pub(super) struct Sorted {
    /// Each week, without an end.
    pub(super) ordinary: Vec<Schedule>,
    /// In another way than weekly, without an end.
    pub(super) recurring: Vec<Schedule>,
    /// Each week of a part of the year.
    pub(super) periods: Vec<(DateSpan, Schedule)>,
    /// On single days.
    pub(super) days: Vec<Schedule>,
}

/// The hours of a place as of a day; what recurs every other week and the like is written out within `ahead`.
pub(super) fn read<'j>(
    mut schedules: impl Iterator<Item = &'j Value>,
    today: Date,
    ahead: DateSpan,
    clocks: &Clocks<'_>,
) -> Read {
    let mut read = Read::default();
    let mut rows = Vec::new();
    for value in schedules.by_ref().take(MOST_DATES) {
        let written_out = |row: Schedule| {
            let is_fortnightly = matches!(&row.days, Days::Counted(counted) if counted.is_fortnightly());
            row.in_dates(ahead).map(|(row, until)| (row, until, is_fortnightly))
        };
        let of_value = schedule::read(value, clocks)
            .and_then(|of_value| of_value.into_iter().map(written_out).collect::<Result<Vec<_>, _>>());
        for (row, until, is_fortnightly) in of_value.unwrap_or_else(|why| {
            read.left.push(Refused::of(value, why));
            Vec::new()
        }) {
            read.until.extend(until.map(|until| Endless { told: row.told.clone(), until, is_fortnightly }));
            read.is_doubtful |= row.is_doubtful;
            read.has_notes |= row.note.is_some();
            rows.push(row);
        }
    }
    read.more_schedules = schedules.count();
    let sorted = sorted(rows, today, &mut read);
    let Some(hours) = usual(&sorted, &mut read) else { return read };
    let (hours, more) = with_single_days(hours, &sorted);
    read.more_dates = more;
    let dates = || hours.exceptions.iter().map(|(span, _)| *span);
    let window = dates().map(|span| span.first()).min().zip(dates().map(|span| span.last()).max());
    let window = window.and_then(|(first, last)| DateSpan::new(first, last));
    if let Some(window) = window.or_else(|| DateSpan::new(today, today)) {
        read.hours = Some(osm::write(&hours, window, &HolidayCalendar::default()));
    }
    read
}

fn sorted(rows: Vec<Schedule>, today: Date, read: &mut Read) -> Sorted {
    let mut rows = joined(rows);
    meet(&mut rows);
    settle(&mut rows, today, &mut read.left);
    stand(&mut rows);
    let mut sorted = Sorted::default();
    let weekly_ordinary =
        rows.iter().any(|row| row.from.is_none() && row.to.is_none() && matches!(row.days, Days::Weekly(_)));
    for row in rows {
        match (row.span(), &row.days) {
            (_, Days::Dates(_)) => sorted.days.push(row),
            (Some(span), _) if length(span) <= WEEK => sorted.days.push(row),
            (Some(span), Days::Patterns(_)) => match length(span) <= LONGEST {
                true => {
                    let dates = span.days().filter(|date| row.days.contain(*date)).collect();
                    sorted.days.push(Schedule { days: Days::Dates(dates), ..row });
                }
                false => read.left.push(Refused::read(row.told, RULE)),
            },
            (Some(span), _) if length(span) <= YEAR || !weekly_ordinary => sorted.periods.push((span, row)),
            (Some(_), _) => read.left.push(Refused::read(row.told, "schedule-long")),
            (None, _) if row.from.is_some() || row.to.is_some() => {
                read.left.push(Refused::read(row.told, "schedule-open"))
            }
            (None, Days::Patterns(_)) => sorted.recurring.push(row),
            (None, _) => sorted.ordinary.push(row),
        }
    }
    // Noted dates that a rule which is left out may be about are not known to be closed.
    if read.left.iter().any(|left| left.why == RULE) {
        let periods = sorted.periods.iter_mut().map(|(_, row)| row);
        for row in sorted.ordinary.iter_mut().chain(&mut sorted.recurring).chain(periods) {
            row.except.retain(|date| !row.reasons.iter().any(|(span, _)| span.contains(*date)));
        }
    }
    sorted
}

/// The ordinary week, the parts of the year and what recurs in another way.
fn usual(sorted: &Sorted, read: &mut Read) -> Option<OpeningHours> {
    let base = week(sorted.ordinary.iter())?;
    let stretches = stretches(sorted, &base);
    let is_closed = |weekly: &Weekly| weekly.entries().is_empty();
    let weekly = if sorted.ordinary.is_empty() {
        let open = stretches.iter().filter(|stretch| !is_closed(&stretch.weekly));
        let days = |of: &Weekly| {
            stretches.iter().filter(|other| same(&other.weekly, of)).map(|other| length(other.span)).sum::<usize>()
        };
        // Of those that cover as many days the first.
        let longest = open.rev().max_by_key(|stretch| days(&stretch.weekly)).map(|stretch| stretch.weekly.clone());
        if longest.is_none() && sorted.recurring.is_empty() && sorted.days.is_empty() {
            return None;
        }
        // What is known of a part of the year alone is no week for the rest of it.
        let is_part = hull(sorted).is_some_and(|hull| length(hull) < ABOUT_A_YEAR);
        longest.filter(|_| !is_part).unwrap_or_default()
    } else {
        base
    };
    let seasons = seasons(sorted, &stretches, &weekly, read);
    // Nothing is said of public holidays but by date.
    let mut hours = OpeningHours { weekly, seasons, holidays: HolidayRule::Open, ..OpeningHours::default() };
    for row in &sorted.recurring {
        let Days::Patterns(patterns) = &row.days else { continue };
        for pattern in patterns {
            match recurring(pattern, row, sorted, &hours) {
                Some(days) => hours.recurring.extend(days),
                None => read.left.push(Refused::read(row.told.clone(), RULE)),
            }
        }
    }
    Some(hours)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::schedule::Why;
    use super::*;
    use crate::calendar::{Intervals, Weekday};

    fn hours(schedules: &str) -> (String, Vec<Why>, usize) {
        hours_in("Asia/Shanghai", schedules)
    }

    fn hours_in(zone: &str, schedules: &str) -> (String, Vec<Why>, usize) {
        let schedules: Vec<Value> = serde_json::from_str(schedules).unwrap();
        let zone = jiff::tz::TimeZone::get(zone).unwrap();
        let clocks = Clocks { zone: &zone, window: DateSpan::read("2025-01-01..2029-12-31").unwrap() };
        let (today, ahead) = (Date::constant(2026, 11, 24), DateSpan::read("2026-11-24..2027-12-31").unwrap());
        let read = read(schedules.iter(), today, ahead, &clocks);
        (read.hours.unwrap_or_default(), read.left.into_iter().map(|left| left.why).collect(), read.yearly.len())
    }

    #[test]
    fn a_dated_schedule_is_a_part_of_the_year_or_single_days_and_notes_take_days_out() {
        let week = r#"{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR","opens_at":"09:00:00+08:00","closes_at":"17:00","notes":"以下日期除外：2026-10-01..2026-10-07 国庆节; 2026-10-12"}"#;
        let summer = r#"{"byday":"MO,TU,WE,TH,FR","opens_at":"08:00","closes_at":"12:00","valid_from":"2026-07-01","valid_to":"2026-08-31"}"#;
        let evening = r#"{"freq":"WEEKLY","byday":"TU","opens_at":"19:00","closes_at":"20:00","dtstart":"2026-11-24","until":"2026-11-24"}"#;
        let (text, left, yearly) = hours(&format!("[{week},{summer},{evening}]"));
        assert_eq!(
            text,
            "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 08:00-12:00; 2026 Oct 01-07 off; 2026 Oct 12 off; 2026 Nov 24 \
             09:00-17:00,19:00-20:00"
        );
        assert_eq!((left.len(), yearly), (0, 1));
    }

    #[test]
    fn what_has_only_dates_has_as_its_week_the_one_that_covers_most_days() {
        let row = |time: &str, from: &str, to: &str| {
            format!(
                r#"{{"byday":"MO","opens_at":"{time}","closes_at":"12:00","valid_from":"{from}","valid_to":"{to}"}}"#
            )
        };
        let rows = [
            row("09:00", "2026-01-01", "2026-06-30"),
            row("08:00", "2026-07-01", "2026-08-31"),
            row("09:00", "2026-09-01", "2027-06-30"),
            row("08:00", "2027-07-01", "2027-08-31"),
        ];
        let (text, left, yearly) = hours(&format!("[{}]", rows.join(",")));
        assert_eq!((text.as_str(), left.len(), yearly), ("Mo 09:00-12:00; Jul-Aug Mo 08:00-12:00", 0, 0));
    }

    #[test]
    fn times_may_overlap_run_past_midnight_and_be_by_appointment() {
        let row = |day: &str, opens: &str, closes: &str, more: &str| {
            format!(r#"{{"byday":"{day}","opens_at":"{opens}","closes_at":"{closes}"{more}}}"#)
        };
        let rows = [
            row("TH", "09:00", "12:00", ""),
            row("TH", "11:00", "13:00", ""),
            row("MO", "20:00", "00:00", ""),
            row("TU", "00:00", "00:00", ""),
            row("WE", "22:00", "02:00", ""),
            row("FR", "14:00", "15:00", r#","attending_type":"预约开放""#),
        ];
        let (text, left, _) = hours(&format!("[{}]", rows.join(",")));
        let said = osm::read(&text).unwrap();
        let of = |day| said.weekly.on(day).clone();
        assert_eq!(of(Weekday::Thursday), Intervals::read("09:00-13:00").unwrap());
        assert_eq!(of(Weekday::Monday), Intervals::read("20:00-24:00").unwrap());
        assert_eq!(of(Weekday::Tuesday), Intervals::read("00:00-24:00").unwrap());
        assert_eq!(of(Weekday::Wednesday), Intervals::read("22:00-02:00").unwrap());
        assert!(of(Weekday::Friday).openings().iter().all(|opening| opening.by_appointment));
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn a_week_in_pieces_is_one_week() {
        let row = |days: &str, time: &str, from: &str, to: &str| {
            format!(
                r#"{{"byday":"{days}","opens_at":"{time}","closes_at":"12:00","valid_from":"{from}","valid_to":"{to}"}}"#
            )
        };
        let rows = [
            row("MO,TU,WE,TH,FR", "09:00+01:00", "2026-01-01", "2026-03-29"),
            row("MO,TU,WE,TH,FR", "09:00+02:00", "2026-03-30", "2026-10-25"),
            row("MO,TU,WE,TH,FR", "09:00+01:00", "2026-10-26", "2026-12-31"),
            row("SA", "10:00+01:00", "2026-01-03", "2026-04-03"),
            row("SA", "10:00+02:00", "2026-04-04", "2026-10-30"),
            row("SA", "10:00+01:00", "2026-10-31", "2026-12-26"),
        ];
        let (text, left, yearly) = hours_in("Europe/Berlin", &format!("[{}]", rows.join(",")));
        assert_eq!((text.as_str(), left.len(), yearly), ("Mo-Fr 09:00-12:00; Sa 10:00-12:00", 0, 0));
    }

    #[test]
    fn one_end_alone_is_the_end_of_what_is_known() {
        let week = |more: &str| format!(r#"{{"byday":"MO","opens_at":"09:00","closes_at":"12:00",{more}}}"#);
        let (text, left, _) = hours(&format!("[{}]", week(r#""valid_to":"2026-12-31","notes":"Closed 2026-12-07""#)));
        assert_eq!((text.as_str(), left.len()), ("Mo 09:00-12:00; 2026 Dec 07 off", 0));
        // What held until then is not what holds from then on.
        let afternoon = r#"{"byday":"MO","opens_at":"14:00","closes_at":"17:00","valid_from":"2027-01-01"}"#;
        let (text, left, _) = hours(&format!("[{},{afternoon}]", week(r#""valid_to":"2026-12-31""#)));
        assert_eq!((text.as_str(), left), ("Mo 09:00-12:00", vec!["schedule-later"]));
    }

    #[test]
    fn between_parts_of_the_year_nothing_is_open() {
        let term = |from: &str, to: &str| {
            format!(
                r#"{{"byday":"MO","opens_at":"09:00","closes_at":"12:00","valid_from":"{from}","valid_to":"{to}"}}"#
            )
        };
        let rows = [term("2026-03-01", "2026-06-30"), term("2026-09-01", "2027-01-15")].join(",");
        let (text, left, yearly) = hours(&format!("[{rows}]"));
        assert_eq!((text.as_str(), left.len(), yearly), ("Mar-Jun Mo 09:00-12:00; Sep 01-Jan 15 Mo 09:00-12:00", 0, 2));
    }

    #[test]
    fn months_odd_weeks_and_every_other_week_between_two_dates_are_taken() {
        let rows = r#"[{"byday":"MO,SA","opens_at":"09:00","closes_at":"12:00"},
            {"freq":"MONTHLY","byday":"1SA","opens_at":"14:00","closes_at":"17:00"},
            {"freq":"MONTHLY","byday":"-1SU","opens_at":"10:00","closes_at":"11:00"},
            {"freq":"WEEKLY","interval":"2","byday":"WE","opens_at":"18:00","closes_at":"20:00",
             "dtstart":"2026-12-02","until":"2027-01-01"}]"#;
        let (text, left, _) = hours(rows);
        assert_eq!(
            text,
            "Mo,Sa 09:00-12:00; Su[-1] 10:00-11:00; Sa[1] 09:00-12:00,14:00-17:00; 2026 Dec 02 18:00-20:00; \
             2026 Dec 16 18:00-20:00; 2026 Dec 30 18:00-20:00"
        );
        assert!(left.is_empty(), "{left:?}");
        // With no other hours they stand alone.
        let (text, _, _) = hours(r#"[{"freq":"MONTHLY","byday":"2TU","opens_at":"09:00","closes_at":"12:00"}]"#);
        assert_eq!(text, "Tu[2] 09:00-12:00");
    }

    #[test]
    fn what_no_hours_can_say_is_handed_out_with_why() {
        let rows = r#"[{"byday":"MO","opens_at":"09:00","closes_at":"12:00"},
            {"freq":"YEARLY","byday":"1SA","opens_at":"09:00","closes_at":"12:00"},
            {"freq":"WEEKLY","interval":2,"byday":"TU","opens_at":"09:00","closes_at":"12:00"},
            {"byday":"TU","opens_at":"09:00"}, {"description":"on request"},
            {"byday":"WE","opens_at":"09:00","closes_at":"12:00","valid_from":"2026-13-01"},
            {"byday":"WE","opens_at":"09:00","closes_at":"12:00","valid_from":"2027-01-01"}]"#;
        let (text, left, _) = hours(rows);
        assert_eq!(text, "Mo 09:00-12:00");
        let why =
            ["schedule-rule", "schedule-rule", "schedule-times", "schedule-days", "schedule-dates", "schedule-open"];
        assert_eq!(left, why);
    }

    #[test]
    fn hours_that_are_over_or_hold_only_later_are_left_out_and_a_part_of_the_year_alone_is_one() {
        let row = |time: &str, ends: [&str; 2]| {
            let [from, to] = ends;
            format!(
                r#"{{"byday":"MO","opens_at":"{time}","closes_at":"12:00","valid_from":"{from}","valid_to":"{to}"}}"#
            )
        };
        for (rows, hours_are, left_are) in [
            (vec![row("09:00", ["2020-01-01", "2020-12-31"])], "", vec!["schedule-over"]),
            (vec![row("09:00", ["2026-07-01", "2026-08-31"])], "", vec!["schedule-over"]),
            (vec![row("09:00", ["2027-07-01", "2027-08-31"])], "Jul-Aug Mo 09:00-12:00", vec![]),
            (vec![row("09:00", ["2026-01-01", "2026-12-31"])], "Mo 09:00-12:00", vec![]),
            (
                vec![row("09:00", ["2026-01-01", "2026-12-31"]), row("10:00", ["2027-01-01", "2027-12-31"])],
                "Mo 09:00-12:00",
                vec!["schedule-later"],
            ),
            (
                vec![row("09:00", ["2025-01-01", "2025-12-31"]), row("10:00", ["2026-01-01", "2026-12-31"])],
                "Mo 10:00-12:00",
                vec!["schedule-over"],
            ),
            // Short as it is, it ends the day before what has no end.
            (
                vec![row("09:00", ["2026-07-01", "2026-12-31"]), row("10:00", ["2027-01-01", ""])],
                "Mo 09:00-12:00",
                vec!["schedule-later"],
            ),
            (
                vec![row("09:00", ["", "2026-10-31"]), row("10:00", ["2027-01-01", ""])],
                "Mo 10:00-12:00",
                vec!["schedule-over"],
            ),
        ] {
            let (text, left, _) = hours(&format!("[{}]", rows.join(",")));
            assert_eq!((text.as_str(), left), (hours_are, left_are), "{rows:?}");
        }
    }
}

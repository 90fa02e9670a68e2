//! Hours: intervals, weekly lines, what people write, and `opening_hours` of OpenStreetMap.

#![no_main]

use std::sync::LazyLock;

use jiff::ToSpan;
use libfuzzer_sys::fuzz_target;
use noticeboard::calendar::{
    Date, DateSpan, HolidayCalendar, HolidaySpan, Intervals, OccasionKind, OpeningHours, WeekdaySet, WeeklyLines, osm,
    spoken,
};

use noticeboard::diagnostics::Language;

mod pieces;
use pieces::same;

/// What a reader of OpenStreetMap's hours takes at most, in characters; what is written may be longer.
const LONGEST: usize = 2_000;
/// The days on which hours are compared: the end of a year with a week 53 and announced holidays, and some days after.
static WINDOW: LazyLock<DateSpan> = LazyLock::new(|| DateSpan::read("2026-09-10..2027-01-20").expect("a span"));
static CALENDAR: LazyLock<HolidayCalendar> = LazyLock::new(|| {
    let span = |days: &str, worked: &str| {
        let makeup_workdays = DateSpan::read(worked).expect("a day").days().map(|day| (day, None)).collect();
        HolidaySpan { kind: OccasionKind::Holiday, days: DateSpan::read(days).expect("days"), makeup_workdays }
    };
    let spans = [span("2026-09-25..2026-09-27", "2026-09-20"), span("2026-10-01..2026-10-07", "2026-10-10")];
    HolidayCalendar::new([2026], &spans, Vec::new())
});

/// Whether a place is open at the same minutes of a date, a night counting for the date after it too.
fn open_alike(one: &OpeningHours, two: &OpeningHours, date: Date) -> bool {
    let intervals = |hours: &OpeningHours| hours.on(date, &CALENDAR).intervals;
    let at = |hours: &OpeningHours, minute: i64| {
        let now = date.to_datetime(Default::default()).checked_add(minute.minutes()).expect("a minute of this year");
        hours.at(now, &CALENDAR).0
    };
    intervals(one) == intervals(two)
        || date > WINDOW.first() && (0..1440).all(|minute| at(one, minute) == at(two, minute))
}

/// What is written for OpenStreetMap is right on every day of the window.
fn written_for_osm(text: &str, hours: &OpeningHours) {
    let written = osm::write(hours, *WINDOW, &CALENDAR);
    if written.chars().count() > LONGEST {
        return;
    }
    let again =
        osm::read(&written).unwrap_or_else(|problem| panic!("{text:?} is {hours:?}, {written:?} is {problem:?}"));
    for date in WINDOW.days() {
        let days = [hours, &again].map(|hours| hours.on(date, &CALENDAR).intervals.to_string());
        assert!(open_alike(hours, &again, date), "{text:?}, {written:?} on {date}: {days:?}\n{hours:?}");
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = &pieces::text(bytes);
    same(text, WeekdaySet::read, |days| String::from(*days));
    same(text, Intervals::read, |intervals| String::from(intervals.clone()));
    same(text, WeeklyLines::read, |lines| String::from(lines.clone()));
    for hours in [spoken::read(text), osm::read(text)].into_iter().flatten() {
        for language in [Language::ZhHans, Language::En] {
            let write = |hours: &_| spoken::write(hours, language);
            same(&write(&hours), spoken::read, write);
            assert_eq!(spoken::read(&write(&hours)).as_ref(), Ok(&hours), "{text:?}");
        }
        written_for_osm(text, &hours);
    }
    let _ = osm::looks_like_osm(text);
});

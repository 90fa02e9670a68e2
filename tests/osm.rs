//! OSM `opening_hours`: what is written is read back with the same hours on every date, and no text makes the reader
//! panic.

use crate::support::hours;

use hours::{Case, cases};
use noticeboard::calendar::osm::{looks_like_osm, read, write, write_without_ph};
use noticeboard::calendar::{DateSpan, HolidayCalendar};
use proptest::prelude::*;

/// The longest text that is read.
const LONGEST: usize = 2_000;

/// Text made of what stands in OSM values, so that it often comes near to being one.
fn nearly() -> impl Strategy<Value = String> {
    let days = ["Mo", "Mo-Fr", "Sa,Su", "Fr-Mo", "PH", "SH", "PH,Sa", "Sa[1]", "Fr[-1]", "Su[1-2,4]", "Sa[-2]"];
    let dates = [
        "Jul-Aug",
        "Nov-Feb",
        "Jan",
        "Feb 29",
        "Jul 01-Aug 31",
        "Dec 24,31",
        "2026 Oct 01-07",
        "2026 Dec 24",
        "2026 Dec 24-2027 Jan 03",
        "2026 Feb",
        "2026",
        "2026-2028",
        "easter",
        "week 1-53/2",
        "week 02-53/2",
        "week 7",
    ];
    let times = [
        "09:00-12:00",
        "9:00-12:00,14:30-18:00",
        "18:00-02:00",
        "18:00-26:00",
        "00:00-24:00",
        "24/7",
        "10:00+",
        "sunrise-sunset",
        "25:00",
        "12:00-13:00",
    ];
    let states =
        ["off", "closed", "open", "unknown", "\"by appointment\"", "\"预约\"", "\"x\"", "open \"night before\""];
    let marks =
        [" ", " ", " ", "; ", "; ", ", ", ",", " || ", "-", ":", "[", "+", "\"", "；", "：", "é", "\u{3000}", "\0"];
    let piece = prop_oneof![
        2 => prop::sample::select(days.to_vec()),
        2 => prop::sample::select(dates.to_vec()),
        3 => prop::sample::select(times.to_vec()),
        2 => prop::sample::select(states.to_vec()),
        4 => prop::sample::select(marks.to_vec()),
        2 => Just(" "),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// One rule, often a good one.
fn rules() -> impl Strategy<Value = String> {
    let days = [
        "",
        "Mo ",
        "Mo-Fr ",
        "Sa,Su ",
        "PH ",
        "Sa[1] ",
        "Fr[-1] ",
        "week 1-53/2 ",
        "week 2-53/2 Sa ",
        "Jul-Aug ",
        "Jan 10-Feb 20 Mo-Fr ",
        "Nov-Feb Sa ",
        "Feb 29 ",
        "2026 Oct 01-07 ",
        "2026 Oct 03 ",
        "2026 Sep 28-2026 Oct 12 Mo ",
    ];
    let times =
        ["09:00-12:00", "10:00-11:00,13:00-18:00", "18:00-02:00", "off", "12:00-13:00 off", "08:00-20:00 \"预约\""];
    let rule = (
        prop::sample::select(days.to_vec()),
        prop::sample::select(times.to_vec()),
        prop::sample::select(vec!["; ", "; ", ", "]),
    );
    prop::collection::vec(rule, 1..6)
        .prop_map(|rules| {
            rules.into_iter().map(|(days, times, join)| format!("{days}{times}{join}")).collect::<String>()
        })
        .prop_map(|text| text.trim_end_matches([';', ',', ' ']).to_owned())
}

/// Whether the text, unless it is longer than what is read, has the hours of the case on each day of its window.
fn same_on_every_date(case: &Case, text: &str) -> Result<(), TestCaseError> {
    if text.chars().count() > LONGEST {
        return Ok(());
    }
    let again = read(text).map_err(|problem| TestCaseError::fail(format!("{problem}\n{text}")))?;
    for date in case.window.days() {
        let (before, after) = (case.hours.on(date, &case.calendar), again.on(date, &case.calendar));
        prop_assert_eq!(before.intervals, after.intervals, "{}\n{}", date, text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_has_the_same_hours_when_it_is_read(case in cases(60)) {
        for write in [write, write_without_ph] {
            let text = write(&case.hours, case.window, &case.calendar);
            same_on_every_date(&case, &text)?;
            prop_assert!(looks_like_osm(&text), "{}", text);
        }
    }

    #[test]
    fn what_is_read_is_written_with_the_same_hours(text in rules()) {
        let window = DateSpan::read("2026-07-01..2027-03-31").unwrap();
        if let Ok(hours) = read(&text) {
            let case = Case { hours, calendar: HolidayCalendar::default(), window };
            let again = write(&case.hours, window, &case.calendar);
            same_on_every_date(&case, &again)?;
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in prop_oneof![nearly(), rules(), any::<String>()]) {
        let _ = (read(&text), looks_like_osm(&text));
    }
}

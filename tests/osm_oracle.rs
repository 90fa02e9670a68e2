//! OSM `opening_hours`: what we write means the same to the evaluator of the OpenStreetMap project, and to the crate
//! `opening-hours`.
//!
//! The evaluator is an npm package, so this runs where `TEST_TOOLS` says that `tests/tools` has installed it, as `tests/run` does.
//! What people write is read as the evaluator reads it, but for nights: to the specification the end of Friday's night
//! is Saturday's, to us it stays Friday's. With `OSM_CASES=5000` it looks further.
//!
//! The crate is asked about hours without nights only: where an earlier rule has hours on a day, it drops the night that a
//! later rule leaves there, which the specification and the evaluator keep.

use crate::support::hours;
use crate::support::osm_evaluator;

use std::fmt::Write as _;

use hours::{Case, cases};
use noticeboard::calendar::osm::{read, write, write_without_ph};
use noticeboard::calendar::{
    Date, DateSpan, DayKind, HolidayCalendar, HolidayRule, Intervals, OpeningHours, TimeRange,
};
use noticeboard::diagnostics::Language;
use opening_hours::RuleKind;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Values as people write them; what we read of them must be what the evaluator reads.
const WRITTEN_BY_PEOPLE: [&str; 24] = [
    "Mo-Fr 08:30-12:00,14:30-18:00; Sa 09:00-12:00",
    "mo-fr 9:00-12:00, 14:30-18:00",
    "24/7",
    "24/7; Jul 01-10 off",
    "09:00-12:00; Su off",
    "Mo-Fr 09:00-18:00; Mo-Fr 12:00-13:00 off",
    "Mo-Fr 09:00-12:00, We 14:00-16:00",
    "Mo-Fr 09:00-12:00, Sa[1] 10:00-12:00",
    "Mo-Fr 09:00-12:00; Sa[1,3] 10:00-12:00; Fr[-1] off",
    "Mo-Fr 09:00-12:00; week 1-53/2 Mo 10:00-11:00; week 2-53/2 Sa,Su 10:00-11:00",
    "Mo-Fr 09:00-12:00; Jul-Aug Mo-Fr 10:00-12:00; Aug Sa 08:00-09:00",
    "Nov-Feb Mo-Fr 10:00-12:00; Mar-Oct Mo-Fr 08:00-12:00",
    "Mo-Su 08:00-18:00; Nov 15-Feb 10 Mo-Su 10:00-16:00; Dec 24-26,31 off",
    "Mo-Fr 09:00-12:00; 2026 Oct 01-07 off; 2026 Oct 10 09:00-12:00",
    "Mo-Fr 09:00-12:00; 2026 Dec 24-2027 Jan 03 off",
    "Mo-Fr 09:00-12:00; 2026 Oct off",
    "Fr,Sa 18:00-02:00",
    "Fr 18:00-26:00, Sa 10:00-12:00",
    "Mo-Fr 09:00-12:00 \"by appointment\"",
    "Mo-Fr 09:00-12:00, Mo-Fr 14:00-17:00 unknown \"on appointment\"",
    "Mo-Fr 09:00-12:00 || \"by appointment\"",
    "Mo-Fr 09:00-12:00; Sa 10:00-12:00 open \"ring the bell\"",
    "Jul: Mo-Fr 09:00-12:00",
    "Mo 09:00-09:00",
];

#[test]
fn another_reader_finds_the_same_hours_in_what_we_write() {
    let Some(tools) = std::env::var_os("TEST_TOOLS") else {
        eprintln!("skipped: TEST_TOOLS does not say where the npm packages are");
        return;
    };
    // The same cases every time.
    let mut runner = TestRunner::deterministic();
    let amount = std::env::var("OSM_CASES").ok().and_then(|amount| amount.parse().ok()).unwrap_or(200);
    let mut lines = String::new();
    for _ in 0..amount {
        let case = cases(100).new_tree(&mut runner).unwrap().current();
        let text = write_without_ph(&case.hours, case.window, &case.calendar);
        writeln!(lines, "{}", line(&text, true, &case)).unwrap();
        let text = with_holidays(&write(&case.hours, case.window, &case.calendar), &case);
        writeln!(lines, "{}", line(&text, true, &case)).unwrap();
    }
    for text in WRITTEN_BY_PEOPLE {
        let (calendar, window) = (HolidayCalendar::default(), DateSpan::read("2026-01-01..2027-03-31").unwrap());
        writeln!(lines, "{}", line(text, false, &Case { hours: read(text).unwrap(), calendar, window })).unwrap();
    }

    let output = osm_evaluator::evaluate(&tools, lines);
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}{errors}");
    let all = format!("counted passed={} failed=0", 2 * amount + WRITTEN_BY_PEOPLE.len());
    assert_eq!(said.lines().last(), Some(all.as_str()), "{errors}");
}

/// Odd values that people may well write, put together from parts.
fn odd_values(amount: usize) -> Vec<String> {
    const DATES: [&str; 24] = [
        "",
        "",
        "",
        "",
        "Jan-Mar ",
        "Dec 24 ",
        "Dec 24-26 ",
        "Dec 25,31 ",
        "2026 ",
        "2026-2027 ",
        "week 1-53/2 ",
        "week 10 ",
        "week 2-52/2 ",
        "Mar 15-Nov 10 ",
        "2026 Jun-Aug ",
        "2026 Sep+ ",
        "easter ",
        "Jan,Mar,May ",
        "Feb ",
        "Nov-Feb ",
        "2026 Dec 24-2027 Jan 03 ",
        "Jun 01+ ",
        "Jul 10-20: ",
        "2025 ",
    ];
    const DAYS: [&str; 16] = [
        "",
        "",
        "Mo ",
        "Mo-Fr ",
        "Mo-Fr ",
        "Sa-Mo ",
        "Mo,We ",
        "Mo[1] ",
        "Fr[-1] ",
        "Su[1,3] ",
        "Sa,Su ",
        "Mo-Su ",
        "Tu[2-3] ",
        "We[1] +1 day ",
        "Th,Fr[2] ",
        "Sa: ",
    ];
    const TIMES: [&str; 22] = [
        "09:00-12:00",
        "09:00-12:00",
        "09:00-12:00,13:00-17:00",
        "10:00-14:00",
        "9:00-12:00",
        "00:00-24:00",
        "off",
        "off",
        "closed",
        "unknown",
        "open",
        "10:00+",
        "sunrise-sunset",
        "09:00-12:00 off",
        "11:00-13:00 unknown",
        "09:00-12:00 \"by appointment\"",
        "\"ring; the bell\"",
        "14:00-16:00 open \"a, b\"",
        "24/7",
        "10:00-16:00/01:30",
        "08:00-10:00,09:00-11:00",
        "09:00",
    ];
    const JOINS: [&str; 5] = ["; ", "; ", ", ", " || ", ";"];
    let mut state = 12_345_u64;
    let mut pick = |from: &[&str]| -> String {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from[usize::try_from(state >> 33).unwrap() % from.len()].to_owned()
    };
    let mut value = || {
        let mut text = String::new();
        for rule in 0..pick(&["1", "2", "2", "3", "3", "4"]).parse::<usize>().unwrap() {
            if rule > 0 {
                text.push_str(&pick(&JOINS));
            }
            // Most rules are plain, and one part of a rule that is not makes it odd enough.
            let parts = match pick(&["0", "0", "0", "1", "1", "2", "3"]).as_str() {
                "1" => [pick(&DATES), "Mo-Fr ".to_owned(), "09:00-12:00".to_owned()],
                "2" => [String::new(), pick(&DAYS), pick(&TIMES)],
                "3" => [pick(&DATES), pick(&DAYS), pick(&TIMES)],
                _ => [String::new(), pick(&DAYS), "10:00-12:00".to_owned()],
            };
            text.push_str(&parts.concat());
        }
        text
    };
    (0..amount).map(|_| value()).collect()
}

#[test]
fn an_odd_value_means_what_the_other_reader_finds_or_is_refused_in_words() {
    let Some(tools) = std::env::var_os("TEST_TOOLS") else {
        eprintln!("skipped: TEST_TOOLS does not say where the npm packages are");
        return;
    };
    let amount = std::env::var("OSM_CASES").ok().and_then(|amount| amount.parse().ok()).unwrap_or(400);
    let (mut lines, mut taken) = (String::new(), 0);
    for text in odd_values(amount) {
        match read(&text) {
            Ok(hours) => {
                let (calendar, window) =
                    (HolidayCalendar::default(), DateSpan::read("2025-11-20..2028-03-10").unwrap());
                writeln!(lines, "{}", line(&text, false, &Case { hours, calendar, window })).unwrap();
                taken += 1;
            }
            Err(problem) => assert!(!problem.message(Language::En).is_empty(), "{text}"),
        }
    }
    assert!(taken * 10 > amount, "{taken}");
    let output = osm_evaluator::evaluate(&tools, lines);
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let all = format!("counted passed={taken} failed=0");
    assert_eq!(said.lines().last(), Some(all.as_str()), "{said}{errors}");
}

#[test]
fn the_crate_opening_hours_finds_the_same_hours_in_what_we_write() {
    let mut runner = TestRunner::deterministic();
    let mut left = std::env::var("OSM_CASES").ok().and_then(|amount| amount.parse().ok()).unwrap_or(300);
    while left > 0 {
        let case = cases(100).new_tree(&mut runner).unwrap().current();
        if has_nights(&case.hours) {
            continue;
        }
        left -= 1;
        let by_date = write_without_ph(&case.hours, case.window, &case.calendar);
        let by_rule = with_holidays(&write(&case.hours, case.window, &case.calendar), &case);
        for text in [by_date, by_rule] {
            let other: opening_hours::OpeningHours = text.parse().unwrap_or_else(|problem| panic!("{problem}: {text}"));
            for date in case.window.days() {
                let from = format!("{date}T00:00:00").parse().unwrap();
                let to = format!("{}T00:00:00", date.tomorrow().unwrap()).parse().unwrap();
                let mut found = ["closed"; 1_440];
                for stretch in other.iter_range(from, to) {
                    let ends = [stretch.range.start, stretch.range.end];
                    let [start, end] = ends.map(|end| usize::try_from((end - from).num_minutes()).unwrap());
                    let state = match stretch.kind {
                        RuleKind::Open => "open",
                        RuleKind::Unknown => "unknown",
                        RuleKind::Closed => "closed",
                    };
                    found[start..end].fill(state);
                }
                let mut ours = ["closed"; 1_440];
                for (start, end, state) in stretches(&case.hours, date, &case.calendar) {
                    ours[usize::from(start)..usize::from(end)].fill(state);
                }
                let differs = (0..1_440).find(|minute| ours[*minute] != found[*minute]);
                assert_eq!(differs.map(|minute| (minute, ours[minute], found[minute])), None, "{date}: {text}");
            }
        }
    }
}

/// Whether any of the hours pass midnight.
fn has_nights(hours: &OpeningHours) -> bool {
    let of_holidays = |rule: &'_ HolidayRule| match rule {
        HolidayRule::Hours(hours) => hours.ranges().any(TimeRange::passes_midnight),
        HolidayRule::Open | HolidayRule::Closed => false,
    };
    let weeks = hours.seasons.iter().map(|(_, week)| week).chain([&hours.weekly]);
    let of_weeks = weeks.flat_map(|week| week.entries()).map(|(_, hours)| hours);
    let recurring = hours.recurring.iter().map(|(_, hours)| hours);
    let exceptions = hours.exceptions.iter().map(|(_, hours)| hours);
    let passes_midnight = |hours: &Intervals| hours.ranges().any(TimeRange::passes_midnight);
    of_weeks.chain(recurring).chain(exceptions).any(passes_midnight)
        || [Some(&hours.holidays), hours.local_holidays.as_ref()].into_iter().flatten().any(of_holidays)
}

/// The text with the dates of the case's public holidays in place of `PH`: the evaluator has its own holidays, and they
/// are not these.
fn with_holidays(text: &str, case: &Case) -> String {
    let around = DateSpan::new(case.window.first().yesterday().unwrap(), case.window.last()).unwrap();
    let days = case.calendar.special_days(around).filter(|(_, kind)| matches!(kind, DayKind::Holiday(_)));
    let mut dates: Vec<String> = days.map(|(date, _)| date.strftime("%Y %b %d").to_string()).collect();
    if dates.is_empty() {
        dates.push("1999 Jan 01".to_owned());
    }
    text.replace("PH", &dates.join(","))
}

/// A case as the script takes it.
fn line(text: &str, ours: bool, case: &Case) -> Value {
    let days: Vec<Value> = case.window.days().map(|date| json!(stretches(&case.hours, date, &case.calendar))).collect();
    json!({"osm": text, "ours": ours, "from": case.window.first().to_string(), "expected": days})
}

/// What is open on a date between midnight and midnight, the night before included.
fn stretches(hours: &OpeningHours, date: Date, calendar: &HolidayCalendar) -> Vec<(u16, u16, &'static str)> {
    const DAY: u16 = 1_440;
    let name = |by_appointment| if by_appointment { "unknown" } else { "open" };
    let today = hours.on(date, calendar).intervals;
    let before = hours.on(date.yesterday().unwrap(), calendar).intervals;
    let of = |intervals: &noticeboard::calendar::Intervals, from: u16| -> Vec<(u16, u16, bool)> {
        let openings = intervals.openings().iter().map(|opening| (opening.time, opening.by_appointment));
        openings
            .map(|(time, by)| (time.start().minutes().max(from) - from, time.end().minutes().min(from + DAY), by))
            .filter(|(start, end, _)| start + from < *end)
            .map(|(start, end, by)| (start, end - from, by))
            .collect()
    };
    let (today, night) = (of(&today, 0), of(&before, DAY));
    let mut stretches: Vec<(u16, u16, &'static str)> = Vec::new();
    for (start, end, by) in today.iter().chain(&night) {
        stretches.push((*start, *end, name(*by)));
    }
    for (start, end, by) in &night {
        for (other_start, other_end, other) in &today {
            let (start, end) = (start.max(other_start), end.min(other_end));
            if start < end && by != other {
                stretches.push((*start, *end, "either"));
            }
        }
    }
    stretches
}

//! Events of an iCalendar file (RFC 5545) → a list of days: those that last whole days.

use super::super::draft::Draft;
use super::super::findings::Findings;
use super::{LONGEST, List, drafts, is_workday, name_of};
use crate::calendar::{DateSpan, Day};
use crate::diagnostics::{Code, Problem};

/// Whether a text is an iCalendar file.
pub(in crate::import) fn is_calendar(text: &str) -> bool {
    text.trim_start_matches('\u{feff}')
        .trim_start()
        .get(..15)
        .is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

/// The calendars of an iCalendar file.
pub(in crate::import) fn of_calendar(text: &str, file: &str, region: &str, findings: &mut Findings) -> Vec<Draft> {
    let lines = unfolded(text);
    let of_all = |name: &str| lines.iter().find_map(|line| value(line, name)).map(plain);
    let mut list = List { title: of_all("X-WR-CALNAME"), ..List::default() };
    let marks_public = lines.iter().filter_map(|line| value(line, "DESCRIPTION")).any(is_public);
    for event in lines.split(|line| line.eq_ignore_ascii_case("BEGIN:VEVENT")).skip(1) {
        let event = own_lines(event);
        let of = |name: &str| event.iter().find_map(|line| value(line, name));
        let summary = of("SUMMARY").map(plain).unwrap_or_default();
        let start = of("DTSTART").unwrap_or_default();
        let text = if summary.is_empty() { start } else { summary.as_str() };
        let mut leave = |why: &'static str| {
            findings.on_file(Problem::new(Code::HolidayLeft).with("text", text).with_word("why", why));
        };
        if marks_public && !of("DESCRIPTION").is_some_and(is_public) {
            leave("holiday-observance");
        } else if of("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
            leave("holiday-cancelled");
        } else if summary.trim().is_empty() {
            leave("holiday-nameless");
        } else if of("RRULE").or(of("RDATE")).is_some() {
            leave("holiday-recurs");
        } else {
            match whole_days(of("DTSTART"), of("DTEND"), of("DURATION")) {
                Some(days) => list.add(name_of(&summary), days, is_workday(&summary)),
                None => leave("holiday-times"),
            }
        }
    }
    drafts(list, file, region, findings)
}

/// The lines of an event without those of what stands within it, such as an alarm.
fn own_lines(lines: &[String]) -> Vec<&String> {
    let begins = |line: &str| line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:"));
    let ends = |line: &str| line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("END:"));
    let mut depth = 0_usize;
    let mut own = Vec::new();
    for line in lines.iter().take_while(|line| !line.eq_ignore_ascii_case("END:VEVENT")) {
        match (begins(line), ends(line)) {
            (true, _) => depth += 1,
            (_, true) => depth = depth.saturating_sub(1),
            _ if depth == 0 => own.push(line),
            _ => {}
        }
    }
    own
}

/// Lines that go on behind a line end and a blank, put together.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest.trim_end_matches('\r')),
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    lines
}

/// What a property says: `SUMMARY;LANGUAGE=zh:国庆节`.
fn value<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let start = line.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name))?;
    let rest = line.get(start.len()..).filter(|rest| rest.starts_with([':', ';']))?;
    rest.split_once(':').map(|(_, value)| value.trim())
}

/// A text without the marks that iCalendar puts before commas and the like.
fn plain(text: &str) -> String {
    text.replace("\\n", " ").replace("\\N", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

/// Whether a description says that the day is a public holiday, where some say that others are not.
fn is_public(description: &str) -> bool {
    let lower = description.to_lowercase();
    ["public holiday", "公共假期", "公众假期", "法定"].iter().any(|word| lower.contains(word))
}

/// The days of an event that lasts whole days; its end is the day after the last.
fn whole_days(start: Option<&str>, end: Option<&str>, duration: Option<&str>) -> Option<DateSpan> {
    let day = |text: &str| {
        let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Day::read(&format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?)).ok()).flatten()
    };
    let first = day(start?)?.0;
    let last = match (end, duration) {
        // Some programs write the day itself as its end.
        (Some(end), _) => day(end).map(|end| end.0).filter(|end| *end >= first)?.yesterday().ok()?.max(first),
        (None, Some(duration)) => {
            let count = duration.strip_prefix('P')?.strip_suffix('D')?.parse::<i64>().ok()?;
            first.checked_add(jiff::Span::new().try_days(count - 1).ok()?).ok()?
        }
        (None, None) => first,
    };
    DateSpan::new(first, last).filter(|days| days.days().nth(LONGEST).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_ends_on_the_day_before_its_end() {
        let days = |start, end, duration| whole_days(Some(start), end, duration).map(String::from);
        assert_eq!(days("20261001", Some("20261008"), None).as_deref(), Some("2026-10-01..2026-10-07"));
        assert_eq!(days("20261001", None, Some("P2D")).as_deref(), Some("2026-10-01..2026-10-02"));
        assert_eq!(days("20261001", Some("20261001"), None).as_deref(), Some("2026-10-01"));
        for (start, end) in [
            ("20261001T090000Z", "20261001T100000Z"),
            ("20261301", "20261302"),
            ("20261001", "20271001"),
            ("20261001", "20260901"),
        ] {
            assert_eq!(days(start, Some(end), None), None);
        }
        assert_eq!(days("20261001", None, Some("P99999999999D")), None);
    }
}

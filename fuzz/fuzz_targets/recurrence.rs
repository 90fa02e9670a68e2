//! Days that recur: their forms, and the dates of rules in a window.

#![no_main]

use libfuzzer_sys::fuzz_target;
use noticeboard::calendar::{Date, DateSpan, DayPattern, RecurrenceRule, When};

mod pieces;
use pieces::same;

const FREQUENCIES: [&str; 4] = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// A rule out of bytes, because few texts are one: three bytes for a part, of which the first names it.
fn rule(bytes: &[u8]) -> String {
    let (frequency, parts) = bytes.split_first().unwrap_or((&0, &[]));
    let mut text = format!("FREQ={}", FREQUENCIES[usize::from(frequency % 4)]);
    for part in parts.chunks_exact(3) {
        let numbers = [part[1], part[2]].map(|byte| i16::from(byte.cast_signed()));
        let list = |most: i16| format!("{},{}", numbers[0] % (most + 1), numbers[1] % (most + 1));
        let day = |number: i16| WEEKDAYS[usize::from(number.unsigned_abs() % 7)];
        text += &match part[0] % 11 {
            0 => format!(";INTERVAL={}", numbers[0].unsigned_abs() % 40),
            1 => format!(";COUNT={}", numbers[0].unsigned_abs() * 3),
            2 => format!(";UNTIL={}0{}15", 2000 + numbers[0].abs() % 27, 1 + numbers[1].abs() % 9),
            3 => format!(";BYMONTH={}", 1 + numbers[0].abs() % 12),
            4 => format!(";BYWEEKNO={}", list(53)),
            5 => format!(";BYYEARDAY={},{}", numbers[0] * 2, numbers[1]),
            6 => format!(";BYMONTHDAY={}", list(31)),
            7 => format!(";BYDAY={},{}", day(numbers[0]), day(numbers[1])),
            8 => format!(";BYDAY={}{},{}", numbers[0] % 6, day(numbers[1]), day(numbers[1] / 7)),
            9 => format!(";BYSETPOS={}", list(6)),
            _ => format!(";WKST={}", day(numbers[0])),
        };
    }
    text
}

/// The date so many days after a fixed one.
fn day(number: usize) -> Option<Date> {
    let mut days = DateSpan::read("1996-01-01..2026-12-31").ok()?.days();
    days.nth(number)
}

/// What is said of a rule's dates holds in a window made of four numbers.
fn dates(text: &str, numbers: &[u8]) {
    let (Ok(rule), &[a, b, c, length]) = (RecurrenceRule::read(text), numbers) else { return };
    let [a, b, c, length] = [a, b, c, length].map(usize::from);
    let (Some(start), Some(first)) = (day(a * 20 + b), day(a * 20 + c * 16)) else { return };
    let Some(last) = day(a * 20 + c * 16 + length * 4) else { return };
    let window = DateSpan::new(first, last).expect("a window runs forwards");
    let dates = rule.dates(start, window);
    assert!(dates.is_sorted_by(|one, next| one < next), "{text:?} from {start}: {dates:?}");
    assert!(dates.iter().all(|date| window.contains(*date) && *date >= start), "{text:?} from {start}: {dates:?}");
    assert!(dates.iter().all(|date| rule.weekdays(start).contains(date.weekday())), "{text:?} from {start}: {dates:?}");
    // A window of its own gives each day the same answer.
    for date in [first, last] {
        let alone = !rule.dates(start, DateSpan::new(date, date).expect("a day")).is_empty();
        assert_eq!(alone, dates.contains(&date), "{text:?} from {start} on {date}");
    }
}

fuzz_target!(|bytes: &[u8]| {
    let (numbers, bytes) = bytes.split_at(bytes.len().min(4));
    let text = &pieces::text(bytes);
    same(text, When::read, |when| String::from(when.clone()));
    same(text, DayPattern::read, |days| days.0.to_string());
    for text in [text, &rule(bytes)] {
        same(text, RecurrenceRule::read, RecurrenceRule::to_string);
        dates(text, numbers);
    }
});

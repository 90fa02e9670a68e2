//! Recurrence rules against the `rrule` crate, a port of python-dateutil: a judge that we did not write.
//!
//! Rules are made at random from every part that both know, at midnight UTC. Left out is where the two read RFC 5545
//! differently on purpose:
//!
//! - `BYDAY=MO,2TU`: the judge wants a day to be both, we take either, as the RFC's list says;
//! - `BYWEEKNO` without a day: the judge takes the whole week, we take the weekday of the start;
//! - `BYSETPOS` with `WEEKLY`: the judge's first week begins with the start, ours with `WKST`, so it starts there here;
//! - `BYWEEKNO=52`, `53` and `-52`: around new year the judge miscounts the weeks of the other year (it has no 1 January
//!   2011 in week 52, where ISO 8601 has it), which is checked in `calendar::rrule` instead;
//! - `BYDAY=-5MO` in a month, `-53MO` in a year: the judge refuses them.

use jiff::{Span, civil::date};
use noticeboard::calendar::{Date, DateSpan, RecurrenceRule, Weekday};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// A rule without an end.
#[derive(Debug, Clone)]
struct Made {
    text: String,
    /// The weekday on which it must start to be read alike.
    start: Option<Weekday>,
}

impl Made {
    /// The first day from `date` on which it can start.
    fn from(&self, date: Date) -> Date {
        self.start
            .filter(|weekday| *weekday != date.weekday())
            .map_or(date, |weekday| date.nth_weekday(1, weekday).unwrap())
    }
}

/// Some numbers from `1..=most`, some of them counted from the end.
fn numbers(most: i16, signed: bool) -> impl Strategy<Value = String> {
    let number = (1..=most, any::<bool>()).prop_map(move |(n, back)| if back && signed { -n } else { n }.to_string());
    prop::collection::vec(number, 1..6).prop_map(|numbers| numbers.join(","))
}

/// A part of a rule in `chance` of ten cases.
fn part(chance: u32, name: &'static str, value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (0..10_u32, value)
        .prop_map(move |(dice, value)| if dice < chance { format!(";{name}={value}") } else { String::new() })
}

fn weekdays() -> impl Strategy<Value = String> {
    subsequence(&WEEKDAYS[..], 1..=7).prop_map(|days| days.join(","))
}

fn nth_weekdays(most: i16) -> impl Strategy<Value = String> {
    let one = (1..=most, any::<bool>(), select(&WEEKDAYS[..]));
    let one = one.prop_map(move |(n, back, day)| format!("{}{day}", if back && n < most { -n } else { n }));
    prop::collection::vec(one, 1..4).prop_map(|days| days.join(","))
}

fn made() -> impl Strategy<Value = Made> {
    let daily = (part(3, "BYMONTH", numbers(12, false)), part(3, "BYMONTHDAY", numbers(31, true)));
    let daily = (daily, part(4, "BYDAY", weekdays())).prop_map(|((a, b), c)| format!("FREQ=DAILY{a}{b}{c}"));
    let weekly = (part(3, "BYMONTH", numbers(12, false)), part(7, "BYDAY", weekdays()));
    let weekly =
        (weekly, part(3, "BYSETPOS", numbers(4, true))).prop_map(|((a, b), c)| format!("FREQ=WEEKLY{a}{b}{c}"));
    let monthly = (
        part(3, "BYMONTH", numbers(12, false)),
        part(4, "BYMONTHDAY", numbers(31, true)),
        part(6, "BYDAY", prop_oneof![weekdays(), nth_weekdays(5)]),
        part(3, "BYSETPOS", numbers(6, true)),
    );
    let monthly = monthly.prop_map(|(a, b, c, d)| format!("FREQ=MONTHLY{a}{b}{c}{d}"));
    let yearly = (
        part(4, "BYMONTH", numbers(12, false)),
        part(3, "BYMONTHDAY", numbers(31, true)),
        part(2, "BYYEARDAY", numbers(366, true)),
        part(5, "BYDAY", prop_oneof![weekdays(), nth_weekdays(5), nth_weekdays(53)]),
        part(3, "BYSETPOS", numbers(20, true)),
    );
    let yearly = yearly.prop_map(|(a, b, c, d, e)| format!("FREQ=YEARLY{a}{b}{c}{d}{e}"));
    let by_week = (
        part(10, "BYWEEKNO", numbers(51, true)),
        part(10, "BYDAY", weekdays()),
        part(2, "BYMONTH", numbers(12, false)),
        part(2, "BYMONTHDAY", numbers(31, true)),
        part(2, "BYSETPOS", numbers(10, true)),
    );
    let by_week = by_week.prop_map(|(a, b, c, d, e)| format!("FREQ=YEARLY{a}{b}{c}{d}{e}"));
    let rule = prop_oneof![daily, weekly, monthly, yearly, by_week];
    let interval = prop_oneof![Just(1), 2..5_u8, 5..40_u8];
    (rule, interval, 0..7_i8).prop_map(|(rule, interval, week_start)| {
        // A position with nothing to choose from is refused by both.
        let alone = rule.matches(";BY").count() == 1 && rule.contains(";BYSETPOS");
        let rule = if alone { rule.split(";BYSETPOS").next().unwrap().to_owned() } else { rule };
        let first = WEEKDAYS[usize::try_from(week_start).unwrap()];
        let by_week = rule.starts_with("FREQ=WEEKLY") && rule.contains("BYSETPOS");
        Made {
            text: format!("{rule};INTERVAL={interval};WKST={first}"),
            start: by_week.then(|| Weekday::from_monday_zero_offset(week_start).unwrap()),
        }
    })
}

/// The judge's dates up to `last`.
fn judged(text: &str, start: Date, last: Date) -> Vec<Date> {
    let set = format!("DTSTART:{}T000000Z\nRRULE:{text}", start.strftime("%Y%m%d"));
    let times = set.parse::<rrule::RRuleSet>().unwrap().into_iter();
    let dates = times.map(|time| time.format("%Y-%m-%d").to_string().parse::<Date>().unwrap());
    dates.take_while(|date| *date <= last).collect()
}

fn later(date: Date, days: i16) -> Date {
    date.checked_add(Span::new().days(days)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_falls_where_the_rrule_crate_says(
        made in made(),
        start in 0..9000_i16,
        ahead in -200..1500_i16,
        long in 0..800_i16,
        count in 1..400_i16,
        end in 0..3_u8,
    ) {
        let start = made.from(later(date(1999, 1, 1), start));
        let (first, last) = (later(start, ahead), later(start, ahead + long));
        let window = DateSpan::new(first, last).unwrap();
        let text = match end {
            0 => made.text.clone(),
            1 => format!("{};COUNT={count}", made.text),
            _ => format!("{};UNTIL={}T000000Z", made.text, later(start, count * 9).strftime("%Y%m%d")),
        };
        match RecurrenceRule::read(&text) {
            Ok(rule) => {
                let judged = judged(&text, start, last).into_iter().filter(|date| window.contains(*date));
                let judged: Vec<Date> = judged.collect();
                prop_assert_eq!(rule.dates(start, window), judged, "{} from {}", text, start);
                prop_assert_eq!(RecurrenceRule::read(&rule.to_string()).unwrap(), rule);
            }
            Err(problem) => {
                prop_assert!(format!("{problem:?}").contains("RuleNeverFalls"), "{text}: {problem}");
                // Late, because the judge looks for a date until the year 10000.
                prop_assert_eq!(judged(&made.text, made.from(date(9960, 1, 1)), Date::MAX), [], "{}", text);
            }
        }
    }
}

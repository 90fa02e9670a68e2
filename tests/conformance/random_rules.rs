//! Rules of recurrence made at random, as editors write them and as iCalendar does.

use jiff::{Span, civil::date};
use noticeboard::calendar::{Date, DayClass};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const WEEKDAYS: [(&str, &str); 7] =
    [("mon", "MO"), ("tue", "TU"), ("wed", "WE"), ("thu", "TH"), ("fri", "FR"), ("sat", "SA"), ("sun", "SU")];
const TIMES: [&str; 6] = ["14:30-17:00", "09:00-11:30", "18:00-02:00", "00:00-24:00", "20:00-次日08:00", "23:30-24:00"];
/// Times of extra sessions: none begins when a session of the pattern may.
const EXTRA_TIMES: [&str; 3] = ["10:10-11:40", "19:45-00:15", "00:05-00:10"];

/// The days of a rule, as editors write them and as iCalendar does.
#[derive(Debug, Clone)]
pub struct Days {
    pub ours: String,
    /// Without an end; nothing for days that have no rule.
    pub rule: Option<String>,
    /// The end of the rule: `COUNT=…` or, as a date, `UNTIL=…`.
    pub end: Option<String>,
    /// Weeks of ISO 8601 in which the days are written one by one.
    pub weeks: Vec<i8>,
}

/// What is made at random; numbers are days from some day on.
#[derive(Debug, Clone)]
pub struct Made {
    pub days: Days,
    pub time: &'static str,
    pub valid: (i32, i32),
    pub window: (i32, i32),
    pub class: Option<(bool, DayClass)>,
    pub exceptions: Vec<(usize, i32, u8, i32, &'static str)>,
    pub extra: Vec<(i32, &'static str)>,
    pub closed: Vec<usize>,
}

fn numbers(most: i16, signed: bool) -> impl Strategy<Value = String> {
    let number = (1..=most, any::<bool>()).prop_map(move |(n, back)| if back && signed { -n } else { n }.to_string());
    prop::collection::vec(number, 1..4).prop_map(|numbers| numbers.join(","))
}

fn weekdays() -> impl Strategy<Value = (String, String)> {
    subsequence(&WEEKDAYS[..], 1..=3).prop_map(|days| {
        let (ours, theirs): (Vec<_>, Vec<_>) = days.into_iter().unzip();
        (ours.join(","), theirs.join(","))
    })
}

fn end() -> impl Strategy<Value = Option<String>> {
    let until = (0..1500_i32).prop_map(|days| format!("UNTIL={}", later(date(2025, 1, 1), days).strftime("%Y%m%d")));
    prop_oneof![Just(None), (1..40_u8).prop_map(|count| Some(format!("COUNT={count}"))), until.prop_map(Some)]
}

/// A rule of RFC 5545.
fn rule() -> impl Strategy<Value = Days> {
    let named = || weekdays().prop_map(|(_, days)| days);
    let nth =
        (select(vec![1, 2, 3, 4, -1, -2, -4]), select(&WEEKDAYS[..])).prop_map(|(n, (_, day))| format!("{n}{day}"));
    let nth = prop::collection::vec(nth, 1..3).prop_map(|days| days.join(","));
    let rule = prop_oneof![
        Just("DAILY".to_owned()),
        numbers(12, false).prop_map(|months| format!("DAILY;BYMONTH={months}")),
        Just("WEEKLY".to_owned()),
        (named(), select(&WEEKDAYS[..])).prop_map(|(days, (_, start))| format!("WEEKLY;BYDAY={days};WKST={start}")),
        Just("MONTHLY".to_owned()),
        numbers(31, true).prop_map(|days| format!("MONTHLY;BYMONTHDAY={days}")),
        nth.clone().prop_map(|days| format!("MONTHLY;BYDAY={days}")),
        (named(), numbers(3, true)).prop_map(|(days, places)| format!("MONTHLY;BYDAY={days};BYSETPOS={places}")),
        Just("YEARLY".to_owned()),
        (numbers(12, false), nth).prop_map(|(months, days)| format!("YEARLY;BYMONTH={months};BYDAY={days}")),
        (numbers(12, false), numbers(28, true)).prop_map(|(m, d)| format!("YEARLY;BYMONTH={m};BYMONTHDAY={d}")),
        numbers(366, true).prop_map(|days| format!("YEARLY;BYYEARDAY={days}")),
    ];
    (rule, prop_oneof![3 => Just(1), 2 => 2..5_u8], end()).prop_map(|(rule, interval, end)| {
        let rule = format!("FREQ={rule};INTERVAL={interval}");
        let written = end.iter().fold(rule.clone(), |rule, end| format!("{rule};{end}"));
        Days { ours: format!("RRULE:{written}"), rule: Some(rule), end, weeks: vec![] }
    })
}

fn days() -> impl Strategy<Value = Days> {
    let plain = |ours: String, rule: String| Days { ours, rule: Some(rule), end: None, weeks: vec![] };
    // Of the weeks around the new year python-dateutil does not always know whose they are.
    let every_second = |word: &str, first: usize, (ours, days): (String, String)| {
        let weeks: Vec<String> = (first..52).step_by(2).map(|week| week.to_string()).collect();
        let rule = format!("FREQ=YEARLY;BYWEEKNO={};BYDAY={days}", weeks.join(","));
        Days { ours: format!("{word} {ours}"), rule: Some(rule), end: None, weeks: vec![52, 53] }
    };
    let nth = select(vec![("第一个", 1), ("第二个", 2), ("第三个", 3), ("第四个", 4), ("第五个", 5), ("最后一个", -1)]);
    let day = select(&WEEKDAYS[..]);
    prop_oneof![
        weekdays().prop_map(move |(ours, days)| plain(ours, format!("FREQ=WEEKLY;BYDAY={days}"))),
        weekdays().prop_map(move |days| every_second("odd weeks", 1, days)),
        weekdays().prop_map(move |days| every_second("even weeks", 2, days)),
        (nth.clone(), day).prop_map(move |((words, n), (ours, day))| {
            plain(format!("每月{words}{ours}"), format!("FREQ=MONTHLY;BYDAY={n}{day}"))
        }),
        nth.prop_map(move |(words, n)| {
            plain(format!("每月{words}工作日"), format!("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={n}"))
        }),
        (1..=31_u8).prop_map(move |day| plain(format!("每月{day}日"), format!("FREQ=MONTHLY;BYMONTHDAY={day}"))),
        (0..900_i32).prop_map(|days| Days { ours: some_day(days).to_string(), rule: None, end: None, weeks: vec![] }),
        rule(),
        rule(),
    ]
}

pub fn made() -> impl Strategy<Value = Made> {
    let class = select(vec![DayClass::SchoolHolidays, DayClass::PublicHolidays, DayClass::MakeupWorkdays]);
    let class = prop::option::weighted(0.3, (any::<bool>(), class));
    let exception = (0..40_usize, prop_oneof![3 => Just(0), 1 => 1..20], 0..5_u8, -20..20_i32, select(&TIMES[..]));
    let lists = (
        prop::collection::vec(exception, 0..5),
        prop::collection::vec((0..900_i32, select(&EXTRA_TIMES[..])), 0..4),
        prop::collection::vec(0..40_usize, 0..3),
    );
    ((days(), select(&TIMES[..])), (0..500_i32, 0..700_i32), (-60..400_i32, 0..300_i32), class, lists).prop_map(
        |((days, time), valid, window, class, (exceptions, extra, closed))| Made {
            days,
            time,
            valid,
            window,
            class,
            exceptions,
            extra,
            closed,
        },
    )
}

/// So many days after a date.
pub fn later(date: Date, days: i32) -> Date {
    date.checked_add(Span::new().days(days)).unwrap()
}

/// The days that the cases are about, counted from 0.
pub fn some_day(days: i32) -> Date {
    later(date(2025, 8, 20), days)
}

//! Opening hours at random, with a calendar and a window to look at them in.

use std::sync::Arc;

use noticeboard::calendar::{
    ClosingRule, Date, DateSpan, HolidayCalendar, HolidayRule, HolidaySpan, Intervals, MakeupRule, MonthDay,
    OccasionKind, Opening, OpeningHours, Pattern, RecurrenceRule, TimeOfDay, TimeRange, WeekOfMonth, Weekday,
    WeekdaySet, Weekly, YearlySpan,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Hours, the calendar they stand in, and the days that are looked at.
#[derive(Debug, Clone)]
pub struct Case {
    pub hours: OpeningHours,
    pub calendar: HolidayCalendar,
    pub window: DateSpan,
}

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Everything that opening hours can hold; the window has at most `longest` days.
pub fn cases(longest: i32) -> impl Strategy<Value = Case> {
    let first = (0_i32..1_100).prop_map(|days| later(Date::constant(2026, 1, 1), days));
    (first, 1..=longest).prop_flat_map(|(first, length)| {
        let window = DateSpan::new(first, later(first, length - 1)).unwrap();
        (hours(window), calendar(window)).prop_map(move |(hours, calendar)| Case { hours, calendar, window })
    })
}

fn hours(window: DateSpan) -> impl Strategy<Value = OpeningHours> {
    let makeup = select(vec![MakeupRule::AsWeekday, MakeupRule::AsDated, MakeupRule::Closed]);
    let seasons = vec((season(), weekly()), 0..3);
    let recurring = vec((pattern(window), intervals()), 0..4);
    let exceptions = vec((days(window, 9), intervals()), 0..4);
    let closings = vec((days(window, 5), option::of(480_u16..1_200), option::of(480_u16..1_200)), 0..3);
    let closing = |(days, from, until): (DateSpan, Option<u16>, Option<u16>)| {
        let until = until.filter(|until| days.first() != days.last() || from.is_none_or(|from| from < *until));
        ClosingRule { days, from: from.map(time), until: until.map(time) }
    };
    (weekly(), seasons, recurring, holiday_rule(), option::of(holiday_rule()), makeup, exceptions, closings).prop_map(
        move |(weekly, seasons, recurring, holidays, local_holidays, makeup_workdays, exceptions, closings)| {
            let closings = closings.into_iter().map(closing).collect();
            OpeningHours { weekly, seasons, recurring, holidays, local_holidays, makeup_workdays, exceptions, closings }
        },
    )
}

fn calendar(window: DateSpan) -> impl Strategy<Value = HolidayCalendar> {
    let kind = select(vec![
        OccasionKind::Holiday,
        OccasionKind::Holiday,
        OccasionKind::Holiday,
        OccasionKind::LocalHoliday,
        OccasionKind::LocalClosure,
    ]);
    let makeup_workdays = vec((days(window, 0).prop_map(|span| span.first()), option::of(select(WEEK.to_vec()))), 0..3);
    let occasion = (kind, days(window, 7), makeup_workdays).prop_map(|(kind, days, makeup_workdays)| {
        let weekend = |date: &Date| matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let replaced = |date: Date, day: Weekday| later(date, i32::from(day.since(date.weekday())));
        let makeup_workdays = makeup_workdays
            .into_iter()
            .filter(|(date, _)| weekend(date))
            .map(|(date, like)| (date, like.map(|day| replaced(date, day))))
            .collect();
        HolidaySpan { kind, days, makeup_workdays }
    });
    vec(occasion, 0..6).prop_map(|occasions| HolidayCalendar::new([2026, 2027], &occasions, Vec::new()))
}

/// Some days in the window or a little outside.
fn days(window: DateSpan, most_more: i32) -> impl Strategy<Value = DateSpan> {
    let length = i32::try_from(window.days().count()).unwrap();
    (-3..length + 3, 0..=most_more).prop_map(move |(from, more)| {
        let first = later(window.first(), from);
        DateSpan::new(first, later(first, more)).unwrap()
    })
}

fn holiday_rule() -> impl Strategy<Value = HolidayRule> {
    prop_oneof![
        2 => Just(HolidayRule::Closed),
        1 => Just(HolidayRule::Open),
        1 => intervals().prop_map(HolidayRule::Hours),
    ]
}

fn pattern(window: DateSpan) -> impl Strategy<Value = Pattern> {
    let week = || prop_oneof![(1_i8..=5).prop_map(WeekOfMonth::Nth), Just(WeekOfMonth::Last)];
    let rules = [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=2TU,4TU",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR",
    ];
    let rule = select(rules.to_vec()).prop_map(|text| Pattern::Rule(Arc::new(RecurrenceRule::read(text).unwrap())));
    prop_oneof![
        1 => weekdays().prop_map(Pattern::Weekly),
        2 => weekdays().prop_map(Pattern::OddWeeks),
        2 => weekdays().prop_map(Pattern::EvenWeeks),
        3 => (week(), select(WEEK.to_vec())).prop_map(|(week, day)| Pattern::Monthly(week, day)),
        2 => (1_i8..=31).prop_map(Pattern::MonthDay),
        1 => week().prop_map(Pattern::Workday),
        1 => days(window, 0).prop_map(|span| Pattern::Once(span.first())),
        1 => rule,
    ]
}

fn weekdays() -> impl Strategy<Value = WeekdaySet> {
    vec(select(WEEK.to_vec()), 1..4)
        .prop_map(|days| days.into_iter().fold(WeekdaySet::NONE, |set, day| set.union(WeekdaySet::only(day))))
}

fn season() -> impl Strategy<Value = YearlySpan> {
    let day = || {
        prop_oneof![
            4 => (0_i32..366).prop_map(|days| later(Date::constant(2024, 1, 1), days)),
            1 => select(vec![Date::constant(2024, 2, 28), Date::constant(2024, 2, 29), Date::constant(2024, 3, 1)]),
            2 => (1_i8..=12).prop_map(|month| Date::constant(2024, month, 1)),
            2 => (1_i8..=12).prop_map(|month| Date::constant(2024, month, 1).last_of_month()),
        ]
    };
    let of_year = |date: Date| MonthDay::read(&format!("{}-{}", date.month(), date.day())).unwrap();
    (day(), day()).prop_map(move |(from, to)| YearlySpan { from: of_year(from), to: of_year(to) })
}

fn weekly() -> impl Strategy<Value = Weekly> {
    (vec(0_usize..4, 7), intervals(), intervals(), intervals()).prop_map(|(choices, one, two, three)| {
        let entries = [one, two, three].into_iter().enumerate().map(|(number, hours)| {
            let days = WEEK.into_iter().zip(&choices).filter(|(_, choice)| **choice == number);
            (days.fold(WeekdaySet::NONE, |set, (day, _)| set.union(WeekdaySet::only(day))), hours)
        });
        Weekly::new(entries.filter(|(days, _)| !days.is_empty())).unwrap()
    })
}

/// Hours of a day: none, some, all day, or into the next.
pub fn intervals() -> impl Strategy<Value = Intervals> {
    let by_appointment = || prop_oneof![5 => Just(false), 1 => Just(true)];
    let minute = prop_oneof![3 => (0_u16..=96).prop_map(|quarter| quarter * 15), 1 => 0_u16..=1_440];
    let night = (1_020_u16..1_440, 1_441_u16..2_000, by_appointment());
    let some = (vec(minute, 0..6), vec(by_appointment(), 3), option::weighted(0.2, night)).prop_map(
        |(mut bounds, by_appointment, night)| {
            bounds.sort_unstable();
            bounds.dedup();
            let days = bounds.chunks_exact(2).zip(by_appointment).map(|(pair, by)| (pair[0], pair[1], by));
            let openings = days.chain(night).map(|(start, end, by_appointment)| Opening {
                time: TimeRange::new(time(start), time(end)).unwrap(),
                by_appointment,
            });
            Intervals::of(openings.collect()).unwrap_or_default()
        },
    );
    let all_day = by_appointment()
        .prop_map(|by_appointment| Intervals::of(vec![Opening { time: TimeRange::ALL_DAY, by_appointment }]).unwrap());
    prop_oneof![1 => Just(Intervals::CLOSED), 8 => some, 1 => all_day]
}

fn time(minutes: u16) -> TimeOfDay {
    match minutes.checked_sub(1_440).filter(|next| *next > 0) {
        Some(next) => TimeOfDay::new(next / 60, next % 60).unwrap().next_day(),
        None => TimeOfDay::new(minutes / 60, minutes % 60).unwrap(),
    }
}

fn later(date: Date, days: i32) -> Date {
    date.checked_add(jiff::Span::new().days(days)).unwrap()
}

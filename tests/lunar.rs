//! The lunar calendar, against an implementation that is not ours.

use noticeboard::calendar::{Date, LunarDay};
use tyme4rs::tyme::solar::SolarDay;

/// Each day of these years, in the tables of the oracle.
fn agrees(years: std::ops::RangeInclusive<i16>) {
    let mut date = Date::new(*years.start(), 1, 1).unwrap();
    while date.year() <= *years.end() {
        if let Some(found) = LunarDay::of(date) {
            let (year, month, day) = (isize::from(date.year()), date.month() as usize, date.day() as usize);
            let expected = SolarDay::from_ymd(year, month, day).get_lunar_day();
            let (month, day) = (expected.get_month(), expected.get_day());
            let found = (if found.leap { -1 } else { 1 } * isize::from(found.month), usize::from(found.day));
            assert_eq!(found, (month, day), "{date}");
        }
        date = date.tomorrow().unwrap();
    }
}

#[test]
fn every_day_of_150_years_has_the_lunar_day_of_the_oracle() {
    agrees(1949..=2098);
}

#[test]
fn days_that_people_know_are_right() {
    let lunar = |y, m, d| LunarDay::of(Date::new(y, m, d).unwrap()).unwrap();
    // 2026年春节、端午、中秋；2025年闰六月初一；2026年11月24日。
    assert_eq!(lunar(2026, 2, 17), LunarDay { month: 1, leap: false, day: 1 });
    assert_eq!(lunar(2026, 6, 19), LunarDay { month: 5, leap: false, day: 5 });
    assert_eq!(lunar(2026, 9, 25), LunarDay { month: 8, leap: false, day: 15 });
    assert_eq!(lunar(2025, 7, 25), LunarDay { month: 6, leap: true, day: 1 });
    assert_eq!(lunar(2026, 11, 24), LunarDay { month: 10, leap: false, day: 16 });
}

#[test]
fn nothing_is_said_of_years_in_which_reckonings_differ() {
    for year in [1900, 1954, 1957, 2057, 2150] {
        assert_eq!(LunarDay::of(Date::new(year, 9, 28).unwrap()), None);
    }
}

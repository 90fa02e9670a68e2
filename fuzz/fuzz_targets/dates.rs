//! Days and times as editors write them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use noticeboard::calendar::{DateSpan, Day, DayOrTime, Moment, MonthDay, RoughDate, TimeOfDay, TimeRange, Turn};

mod pieces;
use pieces::same;

fuzz_target!(|bytes: &[u8]| {
    let text = &pieces::text(bytes);
    same(text, Day::read, |day| String::from(*day));
    same(text, DateSpan::read, |span| String::from(*span));
    same(text, DayOrTime::read, |moment| String::from(*moment));
    same(text, Moment::read, |moment| String::from(*moment));
    same(text, MonthDay::read, |day| String::from(*day));
    same(text, RoughDate::read, |date| String::from(*date));
    same(text, TimeOfDay::read, |time| String::from(*time));
    same(text, TimeRange::read, |range| String::from(*range));
    same(text, Turn::read, |turn| String::from(*turn));
});

//! The `opening_hours` values of OpenStreetMap, in and out
//! (<https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>, version 0.7).
//!
//! [`read`] takes what [`OpeningHours`] can hold and refuses the rest by its name, so that no hours are published that
//! nobody wrote. [`write`] says all that we hold: what the specification has no rule for stands date by date. What
//! comes back from reading what was written holds on every date of the window as before. Public holidays are as any
//! other day unless a text has `PH`, as the specification says.

mod parse;
mod read;
mod rule;
mod token;
mod write;
mod year;

use super::date::DateSpan;
use super::holidays::HolidayCalendar;
use super::opening::OpeningHours;
use crate::diagnostics::{Code, Problem};
use read::Draft;
use token::{Fault, Parser, Why, plain};

/// The longest text that is read, in characters.
const LONGEST: usize = 10_000;
/// What is shown to whoever wrote no OSM.
const EXAMPLE: &str = "Mo-Fr 08:30-12:00,14:30-18:00; Sa 09:00-12:00; PH off";

/// The words of the catalogue for what the specification has and our hours do not.
mod not_held {
    pub(super) const SUN: &str = "osm-sunrise";
    pub(super) const SCHOOL_HOLIDAYS: &str = "osm-school-holidays";
    pub(super) const OPEN_END: &str = "osm-open-end";
    pub(super) const WEEK: &str = "osm-week";
    pub(super) const EASTER: &str = "osm-easter";
    pub(super) const YEAR: &str = "osm-year";
    pub(super) const OFFSET: &str = "osm-offset";
    pub(super) const STEPS: &str = "osm-steps";
    pub(super) const FALLBACK: &str = "osm-fallback";
    pub(super) const UNKNOWN: &str = "osm-unknown";
    pub(super) const NO_TIMES: &str = "osm-no-times";
    pub(super) const COMBINED: &str = "osm-combined";
    pub(super) const ORDER: &str = "osm-order";
    pub(super) const ANEW: &str = "osm-anew";
    pub(super) const OTHER: &str = "osm-other";
}

/// Reads an `opening_hours` value. What is OSM and not ours is [`Code::OsmNotHeld`], what is no OSM [`Code::NotHours`];
/// a time or a date that cannot be has its own code.
pub fn read(text: &str) -> Result<OpeningHours, Problem> {
    let not_osm = |part: &str| Problem::new(Code::NotHours).with("part", part).with("osm", EXAMPLE);
    if text.chars().nth(LONGEST).is_some() {
        return Err(not_osm(text));
    }
    let plain = plain(text.trim());
    let mut parser = Parser::new(&plain);
    let (mut draft, mut rules) = (Draft::default(), Vec::new());
    let problem = |fault: Fault, rules: &[rule::Rule]| {
        let part = plain.get(fault.at).unwrap_or_default();
        let understood = Some(rule::written(rules)).filter(|text| !text.is_empty());
        let problem = match fault.why {
            Why::NotOsm => not_osm(part),
            Why::NotHeld(selector) => Problem::new(Code::OsmNotHeld).with("part", part).with_word("selector", selector),
            Why::Wrong(code) => return Problem::new(code).with("text", part),
        };
        problem.with_some("understood", understood.as_deref())
    };
    while let Some((rule, at)) = parser.rule().map_err(|fault| problem(fault, &rules))? {
        draft.apply(&rule).map_err(|selector| problem(Fault { at, why: Why::NotHeld(selector) }, &rules))?;
        rules.push(rule);
    }
    if rules.is_empty() {
        return Err(not_osm(text));
    }
    Ok(draft.hours())
}

/// Whether a text is meant as OSM, and not as English or Chinese: `Mo-Fr 09:00-12:00`, `24/7`, `PH off`, `2026 Dec 24
/// off`, but not `Mon-Fri 9:00-12:00`, and not times alone, which are the same in all.
pub fn looks_like_osm(text: &str) -> bool {
    let start: String = text.chars().take(LONGEST).collect();
    Parser::new(&plain(&start)).begins_like_osm()
}

/// Writes hours as an `opening_hours` value that is right on every date of the window, for readers that know the
/// public holidays of the calendar.
pub fn write(hours: &OpeningHours, window: DateSpan, calendar: &HolidayCalendar) -> String {
    write::write(hours, window, calendar, true)
}

/// What [`write`] and [`write_without_ph`] make, with what both need done once.
pub fn write_both(hours: &OpeningHours, window: DateSpan, calendar: &HolidayCalendar) -> [String; 2] {
    write::write_both(hours, window, calendar)
}

/// As [`write`], for readers whose public holidays cannot be trusted: the window's holidays are written as dates.
pub fn write_without_ph(hours: &OpeningHours, window: DateSpan, calendar: &HolidayCalendar) -> String {
    write::write(hours, window, calendar, false)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::super::date::{MonthDay, YearlySpan};
    use super::super::holidays::{HolidaySpan, OccasionKind};
    use super::super::intervals::Intervals;
    use super::super::opening::{ClosingRule, HolidayRule};
    use super::super::weekday::{WeekdaySet, Weekly};
    use super::super::when::{Pattern, WeekOfMonth};
    use super::*;
    use crate::diagnostics::Language;

    fn year() -> DateSpan {
        DateSpan::read("2026-01-01..2026-12-31").unwrap()
    }

    fn weekly(lines: &[(&str, &str)]) -> Weekly {
        let line = |(days, times): &(&str, &str)| (WeekdaySet::read(days).unwrap(), Intervals::read(times).unwrap());
        Weekly::new(lines.iter().map(line)).unwrap()
    }

    fn national_day() -> HolidayCalendar {
        let makeup_workdays = vec![(date(2026, 9, 20), None), (date(2026, 10, 10), None)];
        let days = DateSpan::read("2026-10-01..2026-10-07").unwrap();
        let holiday = HolidaySpan { kind: OccasionKind::Holiday, days, makeup_workdays };
        let days = DateSpan::read("2026-08-15").unwrap();
        let festival = HolidaySpan { kind: OccasionKind::LocalHoliday, days, makeup_workdays: vec![] };
        HolidayCalendar::new([2026], &[holiday, festival], vec![])
    }

    fn centre() -> OpeningHours {
        let summer = YearlySpan { from: MonthDay::read("07-01").unwrap(), to: MonthDay::read("08-31").unwrap() };
        OpeningHours {
            weekly: weekly(&[("mon-fri", "08:30-12:00, 14:30-18:00"), ("sat", "09:00-12:00")]),
            seasons: vec![(summer, weekly(&[("mon-fri", "08:30-12:00, 15:00-18:30")]))],
            exceptions: vec![(DateSpan::read("2026-12-24..2026-12-25").unwrap(), Intervals::CLOSED)],
            ..OpeningHours::default()
        }
    }

    #[test]
    fn what_we_can_hold_is_read_however_it_is_written() {
        for (text, meant) in [
            ("Mo-Fr 08:30-12:00,14:30-18:00; Sa 09:00-12:00; PH off", ""),
            ("mo - fr 8:30-12:00, 14:30-18:00；PH off", "Mo-Fr 08:30-12:00,14:30-18:00; PH off"),
            ("MO–FR 09：00–12：00；", "Mo-Fr 09:00-12:00"),
            ("Mo-Fr: 09:00-12:00", "Mo-Fr 09:00-12:00"),
            ("Sa-Mo 10:00-12:00", "Mo,Sa,Su 10:00-12:00"),
            ("Fr,Sa 18:00-26:00", "Fr,Sa 18:00-02:00"),
            ("09:00-12:00; Su closed", "Mo-Sa 09:00-12:00"),
            ("24/7", ""),
            ("24/7; PH off", ""),
            ("closed", "off"),
            ("Mo-Fr 09:00-12:00; Sa,PH 10:00-11:00", "Mo-Fr 09:00-12:00; Sa 10:00-11:00; PH 10:00-11:00"),
            ("Mo-Fr 09:00-12:00, PH off", "Mo-Fr 09:00-12:00; PH off"),
            ("Mo-Fr 09:00-12:00; PH off; Sa,Su off", "Mo-Fr 09:00-12:00; PH off"),
            ("Mo-Fr 09:00-12:00, We 14:00-16:00", "Mo,Tu,Th,Fr 09:00-12:00; We 09:00-12:00,14:00-16:00"),
            ("Mo-Fr 09:00-12:00, Mo 11:00-13:00", "Mo 09:00-13:00; Tu-Fr 09:00-12:00"),
            ("Mo-Fr 09:00-18:00; Mo-Fr 12:00-13:00 off", "Mo-Fr 09:00-12:00,13:00-18:00"),
            ("Mo-Fr 09:00-18:00; We off", "Mo,Tu,Th,Fr 09:00-18:00"),
            ("Mo-Fr 09:00-12:00; Jul 01-Aug 31 off", "Mo-Fr 09:00-12:00; Jul-Aug off"),
            (
                "Mo-Fr 09:00-12:00; Jul-Aug: We off",
                "Mo-Fr 09:00-12:00; Jul-Aug Mo,Tu,Th,Fr 09:00-12:00; Jul-Aug We off",
            ),
            ("Nov-Feb Mo 10:00-12:00", ""),
            ("Nov 15-Feb 10 Mo 10:00-12:00", ""),
            ("Jan-Dec Mo 10:00-12:00", "Mo 10:00-12:00"),
            ("Mo-Su 09:00-12:00; Feb 20-29 off", "Mo-Su 09:00-12:00; Feb 20-Feb 28,Feb 29 off"),
            ("Mo-Su 09:00-12:00; Dec 24,31 off", "Mo-Su 09:00-12:00; Dec 24 off; Dec 31 off"),
            ("2026 Oct 01-03 09:00-11:30; 2026 Dec 24 10:00-11:00", ""),
            ("Mo-Su 10:00-11:00; 2026 Sep 29-Oct 02 off", "Mo-Su 10:00-11:00; 2026 Sep 29-2026 Oct 02 off"),
            ("Mo-Su 10:00-11:00; 2026 Dec 30-Jan 02 off", "Mo-Su 10:00-11:00; 2026 Dec 30-31 off"),
            ("Mo-Su 10:00-11:00; 2026 Feb off", "Mo-Su 10:00-11:00; 2026 Feb 01-2026 Feb 28 off"),
            ("2026 Oct 01-11 Sa 09:00-10:00", "2026 Oct 03 09:00-10:00; 2026 Oct 10 09:00-10:00"),
            ("Mo 09:00-10:00, 2026 Oct 05 11:00-12:00", "Mo 09:00-10:00; 2026 Oct 05 09:00-10:00,11:00-12:00"),
            ("Mo-Fr 09:00-12:00; Sa[1] 10:00-12:00; Fr[-1] off", ""),
            ("Sa[1-2,4] 10:00-12:00", "Sa[1] 10:00-12:00; Sa[2] 10:00-12:00; Sa[4] 10:00-12:00"),
            ("Mo-Fr 09:00-12:00, Sa[1] 10:00-12:00", "Mo-Fr 09:00-12:00; Sa[1] 10:00-12:00"),
            (
                "week 1-53/2 Mo,We 09:00-10:00; week 2-52/2 Sa off",
                "week 01-53/2 Mo,We 09:00-10:00; week 02-53/2 Sa off",
            ),
            ("Mo 09:00-12:00 \"by appointment\"", "Mo 09:00-12:00 unknown \"by appointment\""),
            ("Mo 09:00-12:00 unknown “预约”", "Mo 09:00-12:00 unknown \"by appointment\""),
            ("Mo 09:00-12:00 \"ring the bell\"", "Mo 09:00-12:00"),
            (
                "Mo 09:00-12:00, Mo 14:00-17:00 \"on appointment\"",
                "Mo 09:00-12:00, Mo 14:00-17:00 unknown \"by appointment\"",
            ),
            (
                "Mo-Su 09:00-12:00 || \"by appointment\"",
                "Mo-Su 09:00-12:00, Mo-Su 00:00-09:00,12:00-24:00 unknown \"by appointment\"",
            ),
        ] {
            let hours = read(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
            let written = write(&hours, year(), &HolidayCalendar::default());
            assert_eq!(written, if meant.is_empty() { text } else { meant }, "{text}");
            assert!(looks_like_osm(&written), "{written}");
        }
    }

    #[test]
    fn a_day_of_every_month_is_read_as_such() {
        let text = "Jan 31,Mar 31,May 31,Jul 31,Aug 31,Oct 31,Dec 31 09:00-10:00";
        let hours = read(text).unwrap();
        assert_eq!(hours.recurring, [(Pattern::MonthDay(31), Intervals::read("09:00-10:00").unwrap())]);
        assert_eq!(write(&hours, year(), &HolidayCalendar::default()), text);
    }

    #[test]
    fn what_the_calendar_does_not_hold_is_refused_by_name() {
        for (text, part, understood) in [
            ("Mo-Fr sunrise-sunset", "sunrise-sunset", ""),
            ("Mo-Fr 08:00-(sunset-01:00)", "08:00-(sunset-01:00)", ""),
            ("Mo-Fr 9:00-12:00; SH off", "SH", "Mo-Fr 09:00-12:00"),
            ("Mo-Fr 10:00+", "10:00+", ""),
            ("Mo-Fr 10:00-18:00+", "10:00-18:00+", ""),
            ("Sa 10:00-12:00; week 10-12 Mo-Fr 09:00-12:00", "week 10-12", "Sa 10:00-12:00"),
            ("week 1-51/2 Mo 09:00-12:00", "week 1-51/2", ""),
            ("Mo-Fr 09:00-12:00; easter +1 day off", "easter", "Mo-Fr 09:00-12:00"),
            ("2026-2028 Mo-Fr 09:00-12:00", "2026-2028", ""),
            ("PH +1 day off", "PH +1 day", ""),
            ("Mo-Fr 09:00-17:00/30", "09:00-17:00/30", ""),
            ("Mo-Fr 09:00-12:00 || Sa 10:00-12:00", "Sa 10:00-12:00", "Mo-Fr 09:00-12:00"),
            ("Mo-Fr 09:00-12:00 || \"call us\"", "\"call us\"", "Mo-Fr 09:00-12:00"),
            ("Mo-Fr 09:00-12:00 unknown", "Mo-Fr 09:00-12:00 unknown", ""),
            ("Mo-Fr 09:00-12:00; Sa", "Sa", "Mo-Fr 09:00-12:00"),
            ("PH Mo-Fr 09:00-12:00", "PH Mo-Fr", ""),
            ("Jul-Aug Sa[1] 09:00-12:00", "Jul-Aug Sa[1] 09:00-12:00", ""),
            ("Oct Su[-1]-Mar Su[1] off", "Su[-1]-Mar", ""),
            ("PH off; Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00", "PH off"),
            ("Sa[1] 09:00-12:00; Jul Sa off", "Jul Sa off", "Sa[1] 09:00-12:00"),
            ("2026 Oct 01 off; PH 09:00-12:00", "PH 09:00-12:00", "2026 Oct 01 off"),
            ("Sa[-2] 09:00-10:00", "Sa[-2]", ""),
            ("Mo-Fr 00:00-48:00", "00:00-48:00", ""),
        ] {
            let problem = read(text).unwrap_err();
            let (message, help) = (problem.message(Language::En), problem.help(Language::En).concat());
            assert_eq!(problem.code, Code::OsmNotHeld, "{text}");
            assert!(message.contains(&format!("`{part}`")), "{text}: {message}");
            assert!(!message.contains("osm-"), "no words for {message}");
            assert_eq!(help.contains("so far"), !understood.is_empty(), "{text}: {help}");
            assert!(help.contains(understood), "{text}: {help}");
        }
    }

    #[test]
    fn what_is_no_osm_is_told_from_what_is() {
        for (text, part) in [
            ("", ""),
            ("Mon-Fri 9:00-12:00", "Mon-Fri"),
            ("周一至周五 9:00-12:00", "周一至周五"),
            ("Mo-Fr 9-12", "9-12"),
            ("Mo-Fr 09:00", "09:00"),
            ("Mo-Fr 09:00-12:00; nine to five", "nine"),
            ("Mo-Fr 09:00-12:00 14:00-17:00", "14:00-17:00"),
            ("Mo-Fr 09:00-12:00, ", "09:00-12:00,"),
            ("Mo-Fr 09:00-12:00 ||", "||"),
            ("Jul-Aug 15 off", "Jul-Aug 15"),
            ("Sa[6] 09:00-12:00", "Sa[6]"),
            ("Mo-Fr 09:00-12:00 \"by appointment", "\"by"),
        ] {
            let problem = read(text).unwrap_err();
            assert_eq!(problem.code, Code::NotHours, "{text}");
            assert!(problem.message(Language::En).contains(&format!("`{part}`")), "{text}: {problem}");
        }
        assert_eq!(read(&"Mo 09:00-10:00; ".repeat(1000)).unwrap_err().code, Code::NotHours);
    }

    #[test]
    fn the_help_of_a_mistake_in_osm_is_of_osm() {
        for (text, part, understood) in [
            ("24/7 closed on Sundays", "closed", Some("24/7")),
            ("Mo-Fr 9:00-12:00; Sa off on Sundays", "off", Some("Mo-Fr 09:00-12:00")),
            ("Mo-Fr 9:00-12:00 14:00-17:00", "14:00-17:00", Some("Mo-Fr 09:00-12:00")),
            ("Mo-Fr 9-12", "9-12", None),
        ] {
            let problem = read(text).unwrap_err();
            let said = [Language::En, Language::ZhHans].map(|language| problem.message(language));
            let message = [
                format!("the opening hours cannot be understood at `{part}`"),
                format!("开放时间中的“{part}”无法识别"),
            ];
            assert_eq!(said, message, "{text}");
            for (language, so_far, write) in [
                (Language::En, "understood so far: ", "write it as OSM does: "),
                (Language::ZhHans, "前面读懂的是：", "按 OSM 的写法写，例如 "),
            ] {
                let understood = understood.map(|understood| format!("{so_far}{understood}"));
                let help: Vec<String> = understood.into_iter().chain([format!("{write}{EXAMPLE}")]).collect();
                assert_eq!(problem.help(language), help, "{text}");
            }
        }
    }

    #[test]
    fn a_time_or_date_that_cannot_be_keeps_its_own_code() {
        for (text, code, part) in [
            ("Mo-Fr 25:00-26:00", Code::TimeOutOfRange, "25:00"),
            ("Mo-Fr 09:00-25:60", Code::TimeOutOfRange, "25:60"),
            ("Mo-Fr 09:00-12:00，14：00-49：00", Code::TimeOutOfRange, "49:00"),
            ("Mo-Fr 09:00-48:30", Code::TimeOutOfRange, "48:30"),
            ("Mo-Fr 24:00-25:00", Code::TimeOutOfRange, "24:00-25:00"),
            ("2026 Feb 30 off", Code::NoSuchDate, "2026 Feb 30"),
            ("Mo 09:00-12:00; Feb 30 off", Code::NoSuchDate, "Feb 30"),
            ("Dec 24,32 off", Code::NoSuchDate, "32"),
            ("Feb 30-Mar 02 off", Code::NoSuchDate, "Feb 30"),
            ("2026 Sep 29-2026 Sep 31 off", Code::NoSuchDate, "2026 Sep 31"),
            ("2026 Feb 27-29 off", Code::NoSuchDate, "2026 Feb 27-29"),
            ("2026 Oct 07-01 off", Code::DatesBackwards, "2026 Oct 07-01"),
            ("2026 Oct 07-2026 Oct 01 off", Code::DatesBackwards, "2026 Oct 07-2026 Oct 01"),
            ("2026 Dec 24,30-28 off", Code::DatesBackwards, "30-28"),
        ] {
            assert_eq!(read(text), Err(Problem::new(code).with("text", part)), "{text}");
        }
        // An end before the beginning is in the night after.
        let night = Intervals::read("12:00-次日09:00").unwrap();
        assert_eq!(read("Mo 12:00-09:00").unwrap().weekly.on(Weekday::Monday), &night);
    }

    #[test]
    fn osm_is_told_from_english_and_chinese() {
        for text in [
            "Mo-Fr 9:00-12:00",
            "mo 9:00-12:00",
            "Sa,Su off",
            "24/7",
            "PH off",
            "SH closed",
            "week 1-53/2 Mo 9:00-10:00",
            "Jul-Aug off",
            "Dec 24 off",
            "2026 Dec 24 off",
            "2026 Mo 9:00-10:00",
            "Sa[1] 9:00-10:00",
            "Mo sunrise-sunset",
            "sunrise-sunset",
            "09:00-12:00; PH off",
            "off",
            "Mo–Fr 9:00–12:00",
            "easter off",
        ] {
            assert!(looks_like_osm(text), "{text}");
        }
        for text in [
            "Mon-Fri 9:00-12:00",
            "weekdays 9:00-12:00",
            "We open at nine",
            "we, the people",
            "May be closed",
            "closed on Sunday",
            "9:00-12:00",
            "周一至周五 9:00-12:00",
            "每天",
            "预约",
            "2026-10-01 9:00-12:00",
            "",
            "dawn to dusk",
            "weekly",
            "March to May",
        ] {
            assert!(!looks_like_osm(text), "{text}");
        }
    }

    #[test]
    fn a_text_without_ph_is_open_on_holidays_as_on_other_days() {
        let open = |text: &str| read(text).unwrap().on(date(2026, 10, 1), &national_day()).intervals.to_string();
        assert_eq!(open("Mo-Fr 09:00-12:00"), "09:00–12:00");
        assert_eq!(open("Mo-Fr 09:00-12:00; PH off"), "");
        assert_eq!(open("Mo-Fr 09:00-12:00; PH 10:00-11:00"), "10:00–11:00");
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_began() {
        let hours = read("Fr 18:00-02:00; Sa 10:00-12:00").unwrap();
        let open = |day| hours.on(day, &HolidayCalendar::default()).intervals;
        assert_eq!(open(date(2026, 10, 2)), Intervals::read("18:00-02:00").unwrap());
        assert_eq!(open(date(2026, 10, 3)), Intervals::read("10:00-12:00").unwrap());
    }

    #[test]
    fn special_days_are_written_by_date_and_holidays_by_rule_or_by_date() {
        let general = "Mo-Fr 08:30-12:00,14:30-18:00; Sa 09:00-12:00; \
                       Jul-Aug Mo-Fr 08:30-12:00,15:00-18:30; Jul-Aug Sa off";
        let makeup = "2026 Sep 20 08:30-12:00,14:30-18:00";
        let late = "2026 Oct 10 08:30-12:00,14:30-18:00; 2026 Dec 24-25 off";
        let with_rule = format!("{general}; PH off; {makeup}; {late}");
        let without = format!("{general}; {makeup}; 2026 Oct 01-07 off; {late}");
        assert_eq!(write(&centre(), year(), &national_day()), with_rule);
        assert_eq!(write_without_ph(&centre(), year(), &national_day()), without);
    }

    #[test]
    fn a_holiday_of_the_area_is_written_by_date() {
        let hours = OpeningHours { weekly: weekly(&[("daily", "09:00-12:00")]), ..OpeningHours::default() };
        let window = DateSpan::read("2026-08-01..2026-08-31").unwrap();
        assert_eq!(write(&hours, window, &national_day()), "Mo-Su 09:00-12:00; PH off; 2026 Aug 15 off");
    }

    #[test]
    fn a_notice_leaves_the_night_before_it_as_it_was() {
        let days = DateSpan::read("2026-10-03").unwrap();
        let hours = OpeningHours {
            weekly: weekly(&[("daily", "18:00-02:00")]),
            holidays: HolidayRule::Open,
            closings: vec![ClosingRule { days, from: None, until: None }],
            ..OpeningHours::default()
        };
        let text = write(&hours, year(), &HolidayCalendar::default());
        // On the 4th nothing is left of a night that did not take place.
        let expected = "Mo-Su 18:00-02:00; 2026 Oct 03 00:00-02:00 open \"night before\"; 2026 Oct 04 18:00-02:00";
        assert_eq!(text, expected);
        assert!(read(&text).unwrap().on(date(2026, 10, 3), &HolidayCalendar::default()).intervals.is_closed());
    }

    #[test]
    fn rules_of_days_that_have_nights_add_to_each_other() {
        let weekly = weekly(&[("fri", "18:00-02:00"), ("sat", "10:00-12:00")]);
        let summer = YearlySpan { from: MonthDay::read("07-01").unwrap(), to: MonthDay::read("08-31").unwrap() };
        let hours = OpeningHours { seasons: vec![(summer, weekly.clone())], ..OpeningHours::default() };
        let window = DateSpan::read("2026-03-01").unwrap();
        let written = |hours: &OpeningHours| write_without_ph(hours, window, &HolidayCalendar::default());
        assert_eq!(written(&hours), "Jul-Aug off, Jul-Aug Fr 18:00-02:00, Jul-Aug Sa 10:00-12:00");
        let hours = OpeningHours { weekly, ..OpeningHours::default() };
        assert_eq!(written(&hours), "Fr 18:00-02:00, Sa 10:00-12:00");
    }

    #[test]
    fn what_recurs_is_written_as_a_rule_where_there_is_one() {
        let hours = |text: &str| Intervals::read(text).unwrap();
        let place = OpeningHours {
            recurring: vec![
                (Pattern::Monthly(WeekOfMonth::Last, Weekday::Friday), Intervals::CLOSED),
                (Pattern::OddWeeks(WeekdaySet::read("sat").unwrap()), hours("09:00-12:00")),
                (Pattern::Workday(WeekOfMonth::Nth(1)), hours("14:00-16:00")),
                (Pattern::Weekly(WeekdaySet::read("wed-fri").unwrap()), hours("10:00-11:00")),
            ],
            holidays: HolidayRule::Open,
            ..OpeningHours::default()
        };
        let window = DateSpan::read("2026-09-01..2026-10-31").unwrap();
        assert_eq!(
            write(&place, window, &HolidayCalendar::default()),
            "We-Fr 10:00-11:00; week 01-53/2 Sa 09:00-12:00; Fr[-1] off; \
             2026 Sep 01 14:00-16:00; 2026 Oct 01 14:00-16:00",
        );
        assert_eq!(write(&OpeningHours::default(), window, &HolidayCalendar::default()), "PH off");
        assert_eq!(write_without_ph(&OpeningHours::default(), window, &HolidayCalendar::default()), "off");
    }
}

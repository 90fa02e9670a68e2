//! Whose turn it is: people who take turns of some days or calendar weeks.
//!
//! Turns of days count only the days on which somebody is on duty, so that after Friday's comes Monday's.
//! Turns of weeks begin on Mondays. A roster whose first day lies later has no turn before it.

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::time::half_width;
use super::weekday::WeekdaySet;
use crate::diagnostics::{Code, Problem};

/// How long a turn is: `day`, `week`, `two-weeks`, `3 days`, `2 weeks`, `每天`, `每周`, `每3天`, `每两周`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("format" = "turn"))]
pub enum Turn {
    /// So many days on duty.
    Days(u16),
    /// So many calendar weeks, Monday to Sunday.
    Weeks(u16),
}

impl Turn {
    /// Reads a length; at most 366.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim()).to_lowercase();
        let problem = || Problem::new(Code::NotATurn).with("text", text);
        let (number, unit) = match plain.as_str() {
            "day" => ("1", "day"),
            "week" => ("1", "week"),
            "two-weeks" => ("2", "week"),
            chinese if chinese.starts_with('每') => {
                let rest = chinese.trim_start_matches('每');
                let unit = ["个星期", "星期", "周", "天", "日"].into_iter().find(|unit| rest.ends_with(unit));
                let unit = unit.ok_or_else(problem)?;
                let weeks = unit.ends_with('期') || unit == "周";
                (rest.trim_end_matches(unit).trim(), if weeks { "week" } else { "day" })
            }
            english => {
                let (number, unit) = english.split_once([' ', '-']).ok_or_else(problem)?;
                (number, unit.trim_end_matches('s'))
            }
        };
        let number = match number {
            "" => Some(1),
            "two" => Some(2),
            digits => digits.parse().ok().or_else(|| super::time::chinese_number(digits)),
        };
        let number: u16 = number.filter(|n| (1..=366).contains(n)).ok_or_else(problem)?;
        match unit {
            "day" => Ok(Turn::Days(number)),
            "week" => Ok(Turn::Weeks(number)),
            _ => Err(problem()),
        }
    }
}

impl TryFrom<String> for Turn {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<Turn> for String {
    fn from(turn: Turn) -> String {
        match turn {
            Turn::Days(1) => "day".to_owned(),
            Turn::Weeks(1) => "week".to_owned(),
            Turn::Days(n) => format!("{n} days"),
            Turn::Weeks(n) => format!("{n} weeks"),
        }
    }
}

/// Turns that people take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turns {
    /// How long a turn is.
    pub every: Turn,
    /// The first day of the first turn.
    pub starts: Date,
    /// The weekdays on which somebody is on duty.
    pub days: WeekdaySet,
    /// How many take turns.
    pub people: usize,
}

impl Turns {
    /// The number of the turn that a date lies in, from 0; `None` before the first and on days without duty. `weekday`
    /// is the date's own, or the one whose duty it keeps as a make-up workday.
    pub fn turn(&self, date: Date, weekday: Weekday) -> Option<i64> {
        if date < self.starts || !self.days.contains(weekday) {
            return None;
        }
        match self.every {
            Turn::Days(length) => Some(self.duty_days_before(date)?.div_euclid(i64::from(length))),
            Turn::Weeks(length) => {
                let monday = i64::from(self.starts.weekday().to_monday_zero_offset());
                Some((days_between(self.starts, date) + monday).div_euclid(7 * i64::from(length)))
            }
        }
    }

    /// Whose turn of a number is, as an index into those who take turns.
    pub fn whose(&self, turn: i64) -> Option<usize> {
        let people = i64::try_from(self.people).ok().filter(|people| *people > 0)?;
        usize::try_from(turn.rem_euclid(people)).ok()
    }

    /// How many days with duty lie before a date, whole weeks counted at once.
    fn duty_days_before(&self, date: Date) -> Option<i64> {
        let weeks = days_between(self.starts, date).div_euclid(7);
        let a_week = i64::try_from(self.days.iter().count()).ok()?;
        let rest = self.starts.checked_add(jiff::Span::new().days(weeks * 7)).ok()?;
        let partial = std::iter::successors(Some(rest), |day| day.tomorrow().ok()).take_while(|day| *day < date);
        Some(weeks * a_week + i64::try_from(partial.filter(|day| self.days.contains(day.weekday())).count()).ok()?)
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_length_of_a_turn_is_read_in_both_languages() {
        for (text, turn) in [
            ("day", Turn::Days(1)),
            ("每天", Turn::Days(1)),
            ("每3天", Turn::Days(3)),
            ("每三天", Turn::Days(3)),
            ("3 days", Turn::Days(3)),
            ("week", Turn::Weeks(1)),
            ("每周", Turn::Weeks(1)),
            ("two-weeks", Turn::Weeks(2)),
            ("每两周", Turn::Weeks(2)),
            ("每２个星期", Turn::Weeks(2)),
        ] {
            assert_eq!(Turn::read(text).unwrap(), turn, "{text}");
            assert_eq!(Turn::read(&String::from(turn)).unwrap(), turn, "{text}");
        }
        for text in ["", "0 days", "每0天", "month", "每", "-1 days", "400 days"] {
            assert_eq!(Turn::read(text).unwrap_err().code, Code::NotATurn, "{text}");
        }
    }

    #[test]
    fn turns_of_days_pass_over_days_without_duty_and_turns_of_weeks_begin_on_mondays() {
        let turns = |every, people| Turns { every, starts: date(2026, 11, 25), days: WeekdaySet::WORKDAYS, people };
        let two_days = turns(Turn::Days(2), 3);
        let on = |turns: Turns, date: Date| turns.turn(date, date.weekday()).and_then(|turn| turns.whose(turn));
        let whose: Vec<_> = (25..=30).map(|day| on(two_days, date(2026, 11, day))).collect();
        assert_eq!(whose, [Some(0), Some(0), Some(1), None, None, Some(1)]);
        let weeks = turns(Turn::Weeks(1), 2);
        let whose =
            [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 7)].map(|day| on(weeks, day));
        assert_eq!(whose, [None, Some(0), Some(1), Some(0)]);
    }
}

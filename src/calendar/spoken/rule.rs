//! One rule of opening hours while it is read: what it is about, what holds then, and how both were written.

use super::super::date::{DateSpan, YearlySpan};
use super::super::intervals::Opening;
use super::super::weekday::WeekdaySet;
use super::super::when::Pattern;
use super::draft::Special;
use super::phrases::{Place, Reach};
use super::tokens::{Break, HalfDay};

/// What holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    Times(Vec<Opening>),
    Closed,
    /// As on other days, but closed in this half of the day.
    HalfClosed(HalfDay),
    /// As on other days, 照常.
    Usual,
    /// As on weekends.
    LikeWeekend,
}

/// One rule, as far as it has been read.
#[derive(Debug, Clone, Default)]
pub(super) struct Rule {
    /// Where it stands; `None` as long as nothing of it has been read.
    pub place: Option<Place>,
    pub days: Option<WeekdaySet>,
    pub patterns: Vec<Pattern>,
    pub season: Option<YearlySpan>,
    pub dates: Vec<DateSpan>,
    pub special: Vec<Special>,
    pub outcome: Option<Outcome>,
    /// Where the first of its times begins.
    pub times_from: usize,
    /// 全天, which has to be of every day.
    pub whole_day: Option<Place>,
    /// Whether 休息 came before the days.
    pub closed_first: bool,
    /// Whether the times came before the days.
    pub times_first: bool,
    /// Whether these days had a bracket for themselves: 9:00-17:00（周一至周五）.
    pub days_in_bracket: bool,
    /// Whether times without days stand before it in the clause.
    pub behind_times: bool,
    /// Whether 周一至周五 is in its subject.
    pub ranged: bool,
    /// Whether a comma is in its subject.
    pub commas: bool,
    /// Whether a comma may part 周一至周五 from the rest of its subject.
    pub parted: bool,
    /// 开放 before its subject, or behind it.
    pub opened: Option<Order>,
    /// A colon behind the subject.
    pub colon: bool,
    /// How far its season or 单周 may reach.
    pub reach: Option<Reach>,
    /// Whether its weekdays stand behind its season.
    pub days_in_season: bool,
    /// Whether it began in a bracket.
    pub in_bracket: bool,
    /// Whether that bracket is closed and the rule with it.
    pub sealed: bool,
    /// The strongest break since its last word.
    pub ended: Option<Break>,
}

/// Where a word stands that may be before its subject or behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Order {
    Before,
    Behind,
}

impl Rule {
    pub(super) fn has_subject(&self) -> bool {
        self.days.is_some() || self.season.is_some() || self.is_qualified() || self.has_special()
    }

    /// Whether it is about weekdays or nothing, in a season or not.
    pub(super) fn is_of_week(&self) -> bool {
        !self.is_qualified() && !self.has_special()
    }

    pub(super) fn is_qualified(&self) -> bool {
        !self.patterns.is_empty() || !self.dates.is_empty()
    }

    pub(super) fn has_special(&self) -> bool {
        !self.special.is_empty()
    }

    /// Whether it is about holidays or make-up workdays and nothing else.
    pub(super) fn is_special(&self) -> bool {
        self.has_special() && !self.is_qualified() && self.days.is_none()
    }

    pub(super) fn place(&self) -> Place {
        self.place.clone().unwrap_or_default()
    }
}

/// A season, 单周 or dates that rules behind them may be meant to be in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    pub season: Option<YearlySpan>,
    pub reach: Reach,
    /// Whether weekdays were named in it already.
    pub with_days: bool,
}

impl Scope {
    pub(super) fn holds_after(&self, ended: Option<Break>) -> bool {
        match ended {
            None => true,
            Some(Break::Semicolon) => self.reach >= Reach::Sentence,
            Some(Break::FullStop | Break::Line) => self.reach == Reach::Block,
            Some(Break::EmptyLine) => false,
        }
    }
}

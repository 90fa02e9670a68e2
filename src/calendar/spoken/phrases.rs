//! Phrases of opening hours: weekdays, days of a month, times; dates have a file of their own.
//!
//! A [`Cursor`] goes over the words and takes one phrase at a time. What a phrase means is left to the readers of
//! weekdays and times; here it is put into the form that they take. Where a time can be of the morning and of
//! the evening (2到下午5点, 9-11pm), it is not understood.

use std::ops::Range;

use jiff::civil::Weekday;

use super::super::date::{DateSpan, YearlySpan};
use super::super::time::{TimeOfDay, TimeRange};
use super::super::weekday::WeekdaySet;
use super::super::when::{Pattern, WeekOfMonth};
use super::tokens::{Clock, Kind, Text, Token};
use crate::diagnostics::{Code, Problem};

/// Minutes of half a day.
const NOON: u16 = 12 * 60;

/// A stretch of the text, in bytes.
pub(super) type Place = Range<usize>;

/// Why reading stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// This was not understood, or may mean two things.
    At(Place),
    /// This was understood and is wrong.
    Wrong(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Wrong(problem)
    }
}

/// What a rule is about.
#[derive(Debug, Clone)]
pub(super) enum Subject {
    Days(Named),
    Patterns(Vec<Pattern>, Reach),
    Season(YearlySpan),
    Dates(Vec<DateSpan>),
    Holidays,
    LocalHolidays,
    MakeupWorkdays,
}

/// Weekdays and how they were named.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub days: WeekdaySet,
    /// Whether 周一至周五 was among them.
    pub ranged: bool,
    /// Whether commas stand between them.
    pub commas: bool,
    /// Whether a comma stands behind 周一至周五, which may part it from the rest.
    pub parted: bool,
}

/// How far 单周 or a season may be meant to hold over the rules behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// To the next semicolon.
    Clause,
    /// To the next full stop or the end of the line, because a colon stands behind it.
    Sentence,
    /// To the next empty line, because it has a line of its own.
    Block,
}

/// A way over the words of a text.
pub(super) struct Cursor<'t> {
    pub text: &'t Text<'t>,
    pub at: usize,
    /// The year and month of the date named last in this clause, for 10月1日、3日.
    pub last_date: Option<(i16, i8)>,
    /// Whether a date with its year has been named: what has none is then no longer plainly of every year.
    pub dated: bool,
    /// Whether nothing has been said yet in the rule that comes.
    pub begins_rule: bool,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t Text<'t>) -> Self {
        Self { text, at: 0, last_date: None, dated: false, begins_rule: true }
    }

    pub(super) fn token(&self, ahead: usize) -> Option<&'t Token> {
        self.text.tokens.get(self.at + ahead)
    }

    pub(super) fn kind(&self, ahead: usize) -> Option<Kind> {
        self.token(ahead).map(|token| token.kind)
    }

    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    pub(super) fn take(&mut self, kind: Kind) -> bool {
        let found = self.kind(0) == Some(kind);
        self.at += usize::from(found);
        found
    }

    /// Takes what joins the items of a list.
    pub(super) fn take_join(&mut self) -> bool {
        let found = self.kind(0).is_some_and(Kind::joins);
        self.at += usize::from(found);
        found
    }

    /// Whether the word before this one opened a bracket.
    pub(super) fn is_after_bracket(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|before| self.text.tokens.get(before));
        before.is_some_and(|token| token.kind == Kind::Open)
    }

    /// Where the next word stands; at the end, the end.
    pub(super) fn place(&self) -> Place {
        let end = self.text.plain.len();
        self.token(0).map_or(end..end, |token| token.place.clone())
    }

    /// From the beginning of `place` to the end of the word before this one.
    pub(super) fn since(&self, place: &Place) -> Place {
        let before = self.at.checked_sub(1).and_then(|before| self.text.tokens.get(before));
        place.start..before.map_or(place.end, |token| token.place.end.max(place.end))
    }

    pub(super) fn forget_date(&mut self) {
        self.last_date = None;
    }

    /// Whether what comes next may be what a rule is about.
    pub(super) fn begins_subject(&self) -> bool {
        let special = matches!(self.kind(0), Some(Kind::Holidays | Kind::LocalHolidays | Kind::MakeupWorkdays));
        let recurs =
            matches!(self.kind(0), Some(Kind::OddWeeks | Kind::EvenWeeks | Kind::EachMonth | Kind::Nth { .. }));
        special || recurs || matches!(self.kind(0), Some(Kind::Day(_))) || self.is_date()
    }

    /// Takes what a rule is about, if that comes next.
    pub(super) fn subject(&mut self) -> Result<Option<Subject>, Stop> {
        let special = match self.kind(0) {
            Some(Kind::Holidays) => Some(Subject::Holidays),
            Some(Kind::LocalHolidays) => Some(Subject::LocalHolidays),
            Some(Kind::MakeupWorkdays) => Some(Subject::MakeupWorkdays),
            _ => None,
        };
        if special.is_some() {
            self.skip();
            return Ok(special);
        }
        match (self.kind(0), self.kind(1)) {
            (Some(Kind::Day(_)), _) => self.days().map(|days| Some(Subject::Days(days))),
            (Some(Kind::OddWeeks | Kind::EvenWeeks), _) => self.weeks().map(Some),
            (Some(Kind::EachMonth | Kind::Nth { .. }), _) => self.of_month().map(Some),
            (Some(Kind::Ordinal(_)), Some(Kind::List | Kind::Comma | Kind::Day(_) | Kind::EachMonth)) => {
                self.of_month().map(Some)
            }
            _ if self.is_date() => self.dates().map(Some),
            _ => Ok(None),
        }
    }

    /// Weekdays in a row, in a list or one by one; a list ends before what is no weekday.
    fn days(&mut self) -> Result<Named, Stop> {
        let start = self.place();
        let (mut ranged, mut commas, mut parted) = (false, false, false);
        let mut named = String::new();
        while let Some(Kind::Day(day)) = self.kind(0) {
            self.skip();
            let separator = if named.is_empty() { "" } else { "," };
            named.push_str(separator);
            named.push_str(day);
            if let (Some(Kind::Dash), Some(Kind::Day(last))) = (self.kind(0), self.kind(1)) {
                self.at += 2;
                named.push('-');
                named.push_str(last);
                ranged = true;
            }
            if let (Some(joined), Some(Kind::Day(_))) = (self.kind(0).filter(|kind| kind.joins()), self.kind(1)) {
                commas |= joined == Kind::Comma;
                parted |= ranged && joined == Kind::Comma;
                self.skip();
            }
        }
        let place = self.since(&start);
        match WeekdaySet::read(&named) {
            Ok(days) => Ok(Named { days, ranged, commas, parted }),
            Err(problem) => Err(Problem::new(problem.code).with("text", &self.text.piece(&place)).into()),
        }
    }

    /// 单周周六, 双周：周一至周五.
    fn weeks(&mut self) -> Result<Subject, Stop> {
        let start = self.place();
        let odd = self.kind(0) == Some(Kind::OddWeeks);
        self.skip();
        let reach = if self.take(Kind::Colon) { Reach::Sentence } else { Reach::Clause };
        if !matches!(self.kind(0), Some(Kind::Day(_))) {
            return Err(Stop::At(start));
        }
        let days = self.days()?.days;
        let pattern = if odd { Pattern::OddWeeks(days) } else { Pattern::EvenWeeks(days) };
        Ok(Subject::Patterns(vec![pattern], reach))
    }

    /// 每月15日, 每月第一、第三个周六, 每月第一、三个周六, `last workday of the month`, and before times `first Saturday`.
    fn of_month(&mut self) -> Result<Subject, Stop> {
        let start = self.place();
        let first = self.take(Kind::EachMonth);
        let mut weeks = Vec::new();
        let mut days = Vec::new();
        let mut named = 0;
        let mut whole = true;
        loop {
            match self.kind(0) {
                Some(Kind::Nth { week, whole: is_whole }) => {
                    weeks.push(week);
                    whole = is_whole;
                }
                Some(Kind::AlsoNth(number)) if !weeks.is_empty() => {
                    weeks.push(WeekOfMonth::Nth(number));
                    whole = true;
                }
                Some(Kind::Ordinal(number)) if !first => {
                    weeks.push(WeekOfMonth::Nth(number));
                    days.push(number);
                }
                Some(Kind::DayOfMonth(day)) if first => days.push(day),
                _ => break,
            }
            self.skip();
            named += 1;
            let goes_on = matches!(
                self.kind(1),
                Some(Kind::Nth { .. } | Kind::AlsoNth(_) | Kind::Ordinal(_) | Kind::DayOfMonth(_))
            );
            if !(goes_on && self.take_join()) {
                break;
            }
        }
        let weekday = match self.kind(0) {
            Some(Kind::Day(day)) if weeks.len() == named => {
                self.skip();
                Some(day)
            }
            _ => None,
        };
        let colon = usize::from(self.kind(0) == Some(Kind::Colon));
        let before_times = matches!(self.kind(colon), Some(Kind::Part(_) | Kind::Clock(_) | Kind::Number(_)));
        let is_english = self.text.plain(&start).is_ascii();
        let unsaid = self.begins_rule && is_english && named == 1 && weekday != Some("weekdays") && before_times;
        let of_month = first || self.take(Kind::EachMonth) || weekday.is_some() && unsaid;
        let nothing = Stop::At(self.since(&start));
        let patterns: Option<Vec<Pattern>> = match weekday {
            Some("weekdays") => Some(weeks.into_iter().map(Pattern::Workday).collect()),
            Some(day) => {
                one_weekday(day).map(|day| weeks.into_iter().map(|week| Pattern::Monthly(week, day)).collect())
            }
            None => Some(days.into_iter().map(Pattern::MonthDay).collect()).filter(|days: &Vec<_>| days.len() == named),
        };
        let exists = |pattern: &Pattern| match pattern {
            Pattern::Monthly(WeekOfMonth::Nth(nth), _) | Pattern::Workday(WeekOfMonth::Nth(nth)) => {
                (1..=5).contains(nth)
            }
            Pattern::MonthDay(day) => (1..=31).contains(day),
            _ => true,
        };
        let fits = patterns.filter(|found| whole && of_month && !found.is_empty() && found.iter().all(exists));
        fits.map(|patterns| Subject::Patterns(patterns, Reach::Clause)).ok_or(nothing)
    }

    /// Takes a time range, if a time comes next.
    pub(super) fn time_range(&mut self) -> Result<Option<TimeRange>, Stop> {
        if !matches!(self.kind(0), Some(Kind::Part(_) | Kind::Clock(_) | Kind::Number(_))) {
            return Ok(None);
        }
        let start = self.place();
        let (from_part, from) = self.time();
        let first_place = self.since(&start);
        if !self.take(Kind::Dash) {
            return Err(Stop::At(self.since(&start)));
        }
        let mut next_day = self.take(Kind::NextDay);
        let last_start = self.place();
        let (to_part, to) = self.time();
        let last_place = self.since(&last_start);
        next_day |= self.take(Kind::NextDay);
        if let [Some(Kind::Open), Some(Kind::NextDay), Some(Kind::Close)] = [0, 1, 2].map(|ahead| self.kind(ahead)) {
            self.at += 3;
            next_day = true;
        }
        let place = self.since(&start);
        let (Some((from, from_place)), Some((to, to_place))) = (from, to) else {
            return Err(Stop::At(place));
        };
        let is_marked = |kind| matches!(kind, Kind::Clock(Clock::At(..) | Clock::Midnight));
        let hour_behind = is_marked(to) || to == Kind::Clock(Clock::Spelled);
        if matches!(to, Kind::Number(_)) || matches!(from, Kind::Number(_)) && !hour_behind {
            return Err(Stop::At(place));
        }
        let written = |part: Option<&str>, kind, place: &Place, midnight: TimeOfDay| {
            let time = match kind {
                Kind::Clock(Clock::At(hour, minute)) => format!("{hour:02}:{minute:02}"),
                Kind::Clock(Clock::Midnight) => String::from(midnight),
                Kind::Number(hour) if is_marked(to) => format!("{hour}:00"),
                Kind::Number(hour) => format!("{hour}点"),
                _ => self.text.plain(place).to_owned(),
            };
            format!("{}{time}", part.unwrap_or_default())
        };
        let next = if next_day { "次日" } else { "" };
        let midnight = if next_day { TimeOfDay::MIDNIGHT } else { TimeOfDay::END };
        let first = written(from_part, from, &from_place, TimeOfDay::MIDNIGHT);
        let last = written(to_part, to, &to_place, midnight);
        let range = TimeRange::read(&format!("{first}-{next}{last}")).map_err(|problem| match problem.code {
            Code::NotATime => Stop::At(place.clone()),
            code => {
                // It is shown as it was written.
                let wrong = match code {
                    Code::TimeOutOfRange if TimeOfDay::read(&first).is_err() => &first_place,
                    Code::TimeOutOfRange => &last_place,
                    _ => &place,
                };
                Problem::new(code).with("text", &self.text.piece(wrong)).into()
            }
        })?;
        let (start, end) = (range.start().minutes(), range.end().minutes());
        let start_unsaid = from_part.is_none() && !is_marked(from);
        let end_said = to_part.is_some() || is_marked(to);
        let morning = |part| matches!(part, Some("凌晨" | "早上" | "上午"));
        // 2到下午5点, where both halves of the day would do.
        let unclear = start_unsaid && end_said && start < NOON && start + NOON < end
            // 2点到5点, which people say of the afternoon.
            || start_unsaid && (60..6 * 60).contains(&start) && end < NOON + 60 && !first.starts_with(['0', '零'])
            // 9am-11:00.
            || is_marked(from) && !end_said && end < NOON + 60
            // 上午14:30.
            || morning(from_part) && start >= NOON + 60
            || morning(to_part) && end % (2 * NOON) >= NOON + 60;
        if unclear {
            return Err(Stop::At(place));
        }
        Ok(Some(range))
    }

    /// A time with the part of the day before it, as far as they are there.
    fn time(&mut self) -> (Option<&'static str>, Option<(Kind, Place)>) {
        let part = match self.kind(0) {
            Some(Kind::Part(part)) => Some(part),
            _ => None,
        };
        if part.is_some() {
            self.skip();
            self.take(Kind::Colon);
        }
        let time = self.token(0).filter(|token| matches!(token.kind, Kind::Clock(_) | Kind::Number(_)));
        let time = time.map(|token| (token.kind, token.place.clone()));
        self.at += usize::from(time.is_some());
        (part, time)
    }
}

/// A weekday by its short name.
pub(super) fn one_weekday(name: &str) -> Option<Weekday> {
    let days = WeekdaySet::read(name).ok()?;
    let mut days = days.iter();
    days.next().filter(|_| days.next().is_none())
}

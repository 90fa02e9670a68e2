//! From text to rules.
//!
//! A comma is within a list if what follows can continue the list, and begins an additional rule otherwise: people
//! put spaces as they like. What the specification has and our hours do not is found here by its own name.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::not_held;
use super::rule::{Dates, Days, Join, NIGHT_BEFORE, Rule, State, Weeks, is_all_year};
use super::token::{Fault, Kind, Parser, Why};
use super::year::{LEAP_YEAR, yearly_span};
use crate::calendar::{DateSpan, TimeOfDay, TimeRange, WeekOfMonth, WeekdaySet, YearlySpan};
use crate::diagnostics::Code;

/// Comments that say that one has to make an appointment.
const APPOINTMENT: [&str; 7] =
    ["by appointment", "on appointment", "by appointment only", "预约", "需预约", "须预约", "需要预约"];

impl Parser<'_> {
    /// The next rule and where it stands; none at the end.
    pub(super) fn rule(&mut self) -> Result<Option<(Rule, Range<usize>)>, Fault> {
        let is_first = self.next == 0;
        let mut join = Join::Override;
        if !is_first && self.takes(',') {
            join = Join::Add;
        } else if self.is_mark(0, '|') && self.is_mark(1, '|') {
            self.next += 2;
            join = Join::Otherwise;
        } else if !is_first && self.kind(0).is_some() && !self.is_mark(0, ';') {
            return Err(self.not_osm());
        }
        while join == Join::Override && self.takes(';') {}
        if self.kind(0).is_none() && join == Join::Override {
            return Ok(None);
        }
        let start = self.next;
        let rule = self.selectors_and_state(join)?;
        Ok(Some((rule, self.range(start))))
    }

    fn selectors_and_state(&mut self, join: Join) -> Result<Rule, Fault> {
        let start = self.next;
        let all_week = [Kind::Number("24"), Kind::Mark('/'), Kind::Number("7")];
        let (mut days, mut times) = (Days::default(), Vec::new());
        if all_week.into_iter().enumerate().all(|(ahead, kind)| self.kind(ahead) == Some(kind)) {
            self.next += all_week.len();
            times.push(TimeRange::ALL_DAY);
        } else {
            days = self.days()?;
            times = self.times()?;
        }
        let behind = if matches!(self.kind(1), Some(Kind::Comment(_))) { 2 } else { 1 };
        // In `24/7 closed on Sundays` it is not this rule that is closed.
        let state =
            if self.is_end_of_rule(behind) { self.word_among(&["open", "off", "closed", "unknown"]) } else { None };
        let comment = match self.kind(0) {
            Some(Kind::Comment(comment)) => {
                self.next += 1;
                comment.trim().to_lowercase()
            }
            _ => String::new(),
        };
        if self.next == start {
            return Err(self.not_osm());
        }
        let of_night = comment.strip_suffix(NIGHT_BEFORE).map(|rest| rest.trim_end_matches([',', ' ']));
        let by_appointment = APPOINTMENT.contains(&of_night.unwrap_or(&comment));
        let bare = times.is_empty() && join != Join::Otherwise;
        let state = match state {
            Some("off" | "closed") => State::Closed,
            _ if by_appointment => State::ByAppointment,
            Some("unknown") => return Err(self.not_held(start, not_held::UNKNOWN)),
            None if bare && days == Days::default() => return Err(self.not_held(start, not_held::UNKNOWN)),
            None if bare && !self.is_end_of_rule(0) => return Err(self.not_osm()),
            // OSM would have the place open all day; whoever forgot the times should hear of it.
            None if bare => return Err(self.not_held(start, not_held::NO_TIMES)),
            _ => State::Open,
        };
        let night_before = of_night.is_some() && matches!(days.dates, Dates::Dated(_));
        Ok(Rule { join, days, times, state, night_before })
    }

    fn days(&mut self) -> Result<Days, Fault> {
        let start = self.next;
        if matches!(self.kind(0), Some(Kind::Comment(_))) && self.is_mark(1, ':') {
            self.next += 2;
            return Err(self.not_held(start, not_held::OTHER));
        }
        let mut days = Days { dates: self.dates()?, ..Days::default() };
        self.takes_separator(start);
        days.weeks = self.weeks()?;
        self.takes_separator(start);
        self.weekdays(&mut days)?;
        self.takes_separator(start);
        Ok(days)
    }

    /// Takes a colon that only helps people to read.
    fn takes_separator(&mut self, start: usize) {
        if self.next > start {
            self.takes(':');
        }
    }

    fn dates(&mut self) -> Result<Dates, Fault> {
        let (mut yearly, mut dated) = (Vec::new(), Vec::new());
        let start = self.next;
        let mut before = None;
        while self.begins_date(0, before.is_some()) {
            let (from, to) = self.date_range(before)?;
            match span(from, to) {
                Ok(Span::Yearly(span)) => yearly.push(span),
                Ok(Span::Dated(span)) => dated.push(span),
                Err(fault) => return Err(fault.unwrap_or_else(|| self.not_osm_from(start))),
            }
            before = Some(WrittenDate { month: to.month.or(from.month), ..from });
            if !self.is_mark(0, ',') || !self.begins_date(1, true) {
                break;
            }
            self.next += 1;
        }
        match (yearly.is_empty(), dated.is_empty()) {
            (true, true) => Ok(Dates::Every),
            (true, false) => Ok(Dates::Dated(dated)),
            (false, true) if yearly.iter().any(is_all_year) => Ok(Dates::Every),
            (false, true) => Ok(Dates::Yearly(yearly)),
            (false, false) => Err(self.not_held(start, not_held::COMBINED)),
        }
    }

    fn begins_date(&self, ahead: usize, continues: bool) -> bool {
        self.month(ahead).is_some()
            || self.year(ahead).is_some()
            || self.is_word(ahead, "easter")
            || (continues && self.day(ahead).is_some())
    }

    /// The ends of a range of dates, equal for one date. A day alone belongs to the month and year named `before` it.
    fn date_range(&mut self, before: Option<WrittenDate>) -> Result<(WrittenDate, WrittenDate), Fault> {
        let start = self.next;
        let mut from = self.written_date(start)?;
        if from.month.is_none() {
            let Some(before) = before.filter(|_| from.year.is_none()) else {
                return Err(self.not_held_piece(start, not_held::YEAR));
            };
            from = WrittenDate { day: from.day, at: from.at, ..before };
        }
        let to = if self.takes('-') { self.written_date(start)? } else { from };
        if self.is_mark(0, '/') { Err(self.not_held_piece(start, not_held::STEPS)) } else { Ok((from, to)) }
    }

    fn written_date(&mut self, start: usize) -> Result<WrittenDate, Fault> {
        let first = self.next;
        let year = self.take_year();
        if self.is_word(0, "easter") {
            return Err(self.not_held_piece(self.next, not_held::EASTER));
        }
        let (month, day) = (self.take_month(), self.take_day());
        let at = self.range(first);
        let date = WrittenDate { year, month, day, at: (at.start, at.end) };
        self.refuse_offset(start)?;
        Ok(date)
    }

    fn weeks(&mut self) -> Result<Weeks, Fault> {
        let start = self.next;
        if !self.is_word(0, "week") {
            return Ok(Weeks::Every);
        }
        self.next += 1;
        let mut items = Vec::new();
        while let Some(first) = self.take_number() {
            let last = if self.takes('-') { self.take_number() } else { Some(first) };
            let step = if self.takes('/') { self.take_number() } else { Some(1) };
            items.push((first, last, step));
            if !(self.is_mark(0, ',') && self.number(1).is_some() && !self.is_time(1)) {
                break;
            }
            self.next += 1;
        }
        match items.as_slice() {
            [] => Err(self.not_osm_from(start)),
            [(1, Some(53), Some(2))] => Ok(Weeks::Odd),
            [(2, Some(52 | 53), Some(2))] => Ok(Weeks::Even),
            _ => Err(self.not_held(start, not_held::WEEK)),
        }
    }

    fn weekdays(&mut self, days: &mut Days) -> Result<(), Fault> {
        let first = self.next;
        while self.is_day(0) {
            let start = self.next;
            if let Some(day) = self.weekday(0) {
                self.next += 1;
                if self.takes('[') {
                    self.weeks_of_month(start, day, days)?;
                } else if let Some(last) = self.weekday(1).filter(|_| self.is_mark(0, '-')) {
                    self.next += 2;
                    let run = std::iter::successors(Some(day), |day| Some(day.next()).filter(|_| *day != last));
                    days.weekdays = run.fold(days.weekdays, |set, day| set.union(WeekdaySet::only(day)));
                } else {
                    days.weekdays = days.weekdays.union(WeekdaySet::only(day));
                }
            } else {
                let is_school = self.is_word(0, "SH");
                self.next += 1;
                if is_school {
                    return Err(self.not_held(start, not_held::SCHOOL_HOLIDAYS));
                }
                days.public_holidays = true;
            }
            self.refuse_offset(start)?;
            if self.is_mark(0, ',') && self.is_day(1) {
                self.next += 1;
            } else if self.is_day(0) {
                // `PH Mo-Fr` are holidays that are weekdays too.
                while self.is_day(0) || self.is_mark(0, '-') || self.is_mark(0, ',') {
                    self.next += 1;
                }
                return Err(self.not_held(first, not_held::COMBINED));
            }
        }
        Ok(())
    }

    /// What stands between `[` and `]`, both taken.
    fn weeks_of_month(&mut self, start: usize, day: Weekday, days: &mut Days) -> Result<(), Fault> {
        loop {
            let from_end = self.takes('-');
            let first =
                self.take_number().filter(|nth| (1..=5).contains(nth)).ok_or_else(|| self.not_osm_from(start))?;
            let ends = self.number(1).filter(|_| self.is_mark(0, '-') && !from_end);
            let last = if ends.is_some() {
                self.next += 1;
                self.take_number().filter(|nth| (first..=5).contains(nth)).ok_or_else(|| self.not_osm_from(start))?
            } else {
                first
            };
            match (from_end, first) {
                (false, _) => days.of_month.extend((first..=last).map(|nth| (WeekOfMonth::Nth(nth), day))),
                (true, 1) => days.of_month.push((WeekOfMonth::Last, day)),
                (true, _) => return Err(self.not_held_piece(start, not_held::OTHER)),
            }
            if self.takes(']') {
                break;
            }
            if !self.takes(',') {
                return Err(self.not_osm_from(start));
            }
        }
        // `Oct Su[-1]-Mar Su[1]`
        if self.is_mark(0, '-') && self.number(1).is_none() {
            return Err(self.not_held_piece(start, not_held::COMBINED));
        }
        Ok(())
    }

    fn times(&mut self) -> Result<Vec<TimeRange>, Fault> {
        let mut times = Vec::new();
        while self.begins_time(0) {
            times.push(self.time_range()?);
            if !self.is_mark(0, ',') || !self.begins_time(1) {
                break;
            }
            self.next += 1;
        }
        Ok(times)
    }

    fn begins_time(&self, ahead: usize) -> bool {
        self.is_time(ahead) || self.is_sun(ahead) || (self.is_mark(ahead, '(') && self.is_sun(ahead + 1))
    }

    fn time_range(&mut self) -> Result<TimeRange, Fault> {
        let start = self.next;
        let (from, from_at) = self.time(start)?;
        if self.is_mark(0, '+') {
            return Err(self.not_held_piece(start, not_held::OPEN_END));
        }
        if !self.takes('-') {
            return Err(self.not_osm_from(start));
        }
        let (to, to_at) = self.time(start)?;
        if self.is_mark(0, '+') {
            return Err(self.not_held_piece(start, not_held::OPEN_END));
        }
        if self.is_mark(0, '/') {
            return Err(self.not_held_piece(start, not_held::STEPS));
        }
        let day = TimeRange::ALL_DAY.minutes();
        // 24:00 is a time, but not one to begin at.
        let out_of_range = if from > day {
            Some(from_at)
        } else if from == day {
            Some(self.range(start))
        } else {
            Some(to_at).filter(|_| to > 2 * day)
        };
        if let Some(at) = out_of_range {
            return Err(no_such_time(at));
        }
        let to = if to <= from { to + day } else { to };
        let range = time_of_day(from).zip(time_of_day(to)).and_then(|(from, to)| TimeRange::new(from, to));
        range.ok_or_else(|| self.not_held_piece(start, not_held::OTHER))
    }

    /// Minutes from midnight, up to 48:59, and where they stand; the caller looks whether they fit.
    fn time(&mut self, start: usize) -> Result<(u16, Range<usize>), Fault> {
        if self.is_sun(0) || self.is_mark(0, '(') {
            return Err(self.not_held_piece(start, not_held::SUN));
        }
        if !self.is_time(0) {
            return Err(self.not_osm_from(start));
        }
        let number = |ahead, digits: Range<usize>| {
            let number = self.number(ahead).filter(|number| digits.contains(&number.len()))?;
            number.parse::<u16>().ok()
        };
        let time = number(0, 1..3).zip(number(2, 2..3));
        let first = self.next;
        self.next += 3;
        let at = self.range(first);
        match time {
            Some((hour @ ..=48, minute @ ..60)) => Ok((hour * 60 + minute, at)),
            Some(_) => Err(no_such_time(at)),
            None => Err(self.not_osm_from(start)),
        }
    }
}

fn no_such_time(at: Range<usize>) -> Fault {
    Fault { at, why: Why::Wrong(Code::TimeOutOfRange) }
}

/// A date as far as it is written.
#[derive(Debug, Clone, Copy)]
struct WrittenDate {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    /// Where it begins and ends.
    at: (usize, usize),
}

/// Days of every year, or of one.
enum Span {
    Yearly(YearlySpan),
    Dated(DateSpan),
}

/// `Jul-Aug`, `Jul 01-31`, `2026 Dec 24-2027 Jan 03`: both ends have a day or neither, and what the last leaves out is
/// as in the first. Without its year it is the next one after the first. No fault is that of what is no OSM.
fn span(from: WrittenDate, to: WrittenDate) -> Result<Span, Option<Fault>> {
    let month = from.month.ok_or(None)?;
    let is_day_alone = to.month.is_none();
    if to.day.is_some() != from.day.is_some() || (is_day_alone && (to.day.is_none() || to.year.is_some())) {
        return Err(None);
    }
    let wrong =
        |code, from: WrittenDate, to: WrittenDate| Some(Fault { at: from.at.0..to.at.1, why: Why::Wrong(code) });
    let ends = |first_year, last_year| {
        let no_such = |from, to| move |_| wrong(Code::NoSuchDate, from, to);
        let first = Date::new(first_year, month, from.day.unwrap_or(1)).map_err(no_such(from, from))?;
        let last = Date::new(last_year, to.month.unwrap_or(month), to.day.unwrap_or(1))
            .map_err(no_such(if is_day_alone { from } else { to }, to))?;
        Ok::<_, Option<Fault>>((first, if to.day.is_some() { last } else { last.last_of_month() }))
    };
    let backwards = || wrong(Code::DatesBackwards, from, to);
    match (from.year, to.year) {
        (None, None) => {
            let (first, last) = ends(LEAP_YEAR, LEAP_YEAR)?;
            if is_day_alone && first > last {
                return Err(backwards());
            }
            yearly_span(first, last).map(Span::Yearly).ok_or(None)
        }
        (None, Some(_)) => Err(None),
        (Some(year), last_year) => {
            let (first, last) = ends(year, last_year.unwrap_or(year))?;
            let wraps = first > last && last_year.is_none() && !is_day_alone;
            let (first, last) = if wraps { ends(year, year + 1)? } else { (first, last) };
            DateSpan::new(first, last).map(Span::Dated).ok_or_else(backwards)
        }
    }
}

/// A time from its minutes, in the day after from 24:01 on.
fn time_of_day(minutes: u16) -> Option<TimeOfDay> {
    let day = TimeOfDay::END.minutes();
    if minutes <= day {
        return TimeOfDay::new(minutes / 60, minutes % 60);
    }
    TimeOfDay::new((minutes - day) / 60, (minutes - day) % 60).map(TimeOfDay::next_day)
}

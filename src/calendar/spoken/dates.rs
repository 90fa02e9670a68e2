//! Dates in opening hours: days with their year, and parts of every year.
//!
//! 2026年10月1日至3日, `Oct 1-3, 2026`, 7月1日至8月31日, 夏季（5月-9月）. A date takes the year and the month of the one before
//! it in the same clause. A single day without a year is not read, because it may be of this year or of every one.

use jiff::civil::Date;

use super::super::date::{DateSpan, Day, MonthDay, YearlySpan};
use super::phrases::{Cursor, Place, Stop, Subject, one_weekday};
use super::tokens::Kind;
use crate::diagnostics::{Code, Problem};

/// The words of a date, as far as they are there.
#[derive(Debug, Clone, Copy, Default)]
struct Partial {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    /// A number alone: the month of 4-10月, the day of 1-3 October.
    bare: Option<i8>,
    /// Whether the month has its English name.
    named: bool,
}

impl Cursor<'_> {
    pub(super) fn is_date(&self) -> bool {
        let named = |ahead| matches!(self.kind(ahead), Some(Kind::Month { named: true, .. }));
        match (self.kind(0), self.kind(1)) {
            (
                Some(
                    Kind::EachYear
                    | Kind::SeasonName
                    | Kind::Year(_)
                    | Kind::Month { .. }
                    | Kind::DayOfMonth(_)
                    | Kind::Date,
                ),
                _,
            ) => true,
            (Some(Kind::Number(_) | Kind::Ordinal(_)), Some(Kind::Dash)) => {
                let month = matches!(self.kind(2), Some(Kind::Month { named: false, .. }));
                month || matches!(self.kind(2), Some(Kind::Number(_) | Kind::Ordinal(_))) && named(3)
            }
            (Some(Kind::Number(_) | Kind::Ordinal(_)), _) => named(1),
            _ => false,
        }
    }

    /// Days with their year, or a part of every year, with the season's name before or behind it.
    pub(super) fn dates(&mut self) -> Result<Subject, Stop> {
        let start = self.place();
        let each_year = self.take(Kind::EachYear);
        let named = self.take(Kind::SeasonName);
        let bracket = named && self.take(Kind::Open);
        let _ = named && !bracket && self.take(Kind::Colon);
        let each_year = each_year || self.take(Kind::EachYear);
        if !self.is_date() {
            return Err(Stop::At(start));
        }
        let mut found = self.span(each_year)?;
        if bracket && !self.take(Kind::Close) {
            return Err(Stop::At(self.place()));
        }
        if let [Some(Kind::Open), Some(Kind::SeasonName), Some(Kind::Close)] = [0, 1, 2].map(|ahead| self.kind(ahead)) {
            self.at += 3;
        }
        while let Subject::Dates(spans) = &mut found {
            self.weekday_of(spans)?;
            if !self.take_join() {
                break;
            }
            if !self.is_date() {
                self.at -= 1;
                break;
            }
            let place = self.place();
            match self.span(false)? {
                Subject::Dates(more) => spans.extend(more),
                _ => return Err(Stop::At(self.since(&place))),
            }
        }
        Ok(found)
    }

    /// The weekday behind a date, in brackets or not; it has to be the date's.
    fn weekday_of(&mut self, spans: &[DateSpan]) -> Result<(), Stop> {
        let bracket = self.kind(0) == Some(Kind::Open);
        let Some(Kind::Day(day)) = self.kind(usize::from(bracket)) else {
            return Ok(());
        };
        self.at += usize::from(bracket);
        let place = self.place();
        self.skip();
        let one = spans.last().filter(|span| span.first() == span.last());
        let fits = one.is_some_and(|span| one_weekday(day) == Some(span.first().weekday()));
        if !fits || bracket && !self.take(Kind::Close) {
            return Err(Stop::At(place));
        }
        Ok(())
    }

    /// One date, or two with a dash between them.
    fn span(&mut self, each_year: bool) -> Result<Subject, Stop> {
        let start = self.place();
        let mut from = self.partial(None);
        let ranged = self.take(Kind::Dash);
        let next_year = ranged && self.take(Kind::NextYear);
        let to = ranged.then(|| self.partial(Some(from)));
        let place = self.since(&start);
        let nothing = || Stop::At(place.clone());
        if !each_year {
            let inherited = self.last_date.map(|(year, _)| year);
            from.year = from.year.or(inherited).or(to.and_then(|to| to.year));
        }
        let Some(mut to) = to else {
            from.month = from.month.or(self.last_date.map(|(_, month)| month).filter(|_| !each_year));
            let (Some(month), Some(day)) = (from.month, from.day) else { return Err(nothing()) };
            return match from.year {
                Some(year) => self.days_between((year, month, day), (year, month, day), &place),
                None if each_year => Ok(Subject::Season(yearly((month, day), (month, day))?)),
                None => Err(nothing()),
            };
        };
        match (from.bare, to.month) {
            (Some(day), Some(_)) if to.named => (from.day, from.month) = (Some(day), to.month),
            (Some(month), Some(_)) => from.month = Some(month),
            (Some(_), None) => return Err(nothing()),
            (None, _) => {}
        }
        to.month = to.month.or(from.month.filter(|_| to.day.is_some()));
        let (Some(first), Some(last)) = (from.month, to.month) else { return Err(nothing()) };
        let last_of = |year: i16, month: i8| Date::new(year, month, 1).map_or(31, |first| first.days_in_month());
        let to_year = to.year.or(from.year.map(|year| if next_year { year + 1 } else { year }));
        let (first_day, last_day) = match (from.day, to.day) {
            (Some(first), Some(last)) => (first, last),
            (None, None) => (1, last_of(to_year.unwrap_or(2024), last)),
            _ => return Err(nothing()),
        };
        match (from.year, to_year) {
            (Some(year), Some(to_year)) if !each_year => {
                self.days_between((year, first, first_day), (to_year, last, last_day), &place)
            }
            _ if self.dated && !each_year || from.year.or(to.year).is_some() => Err(nothing()),
            _ if next_year && (first, first_day) <= (last, last_day) => Err(nothing()),
            _ => Ok(Subject::Season(yearly((first, first_day), (last, last_day))?)),
        }
    }

    fn days_between(&mut self, from: (i16, i8, i8), to: (i16, i8, i8), place: &Place) -> Result<Subject, Stop> {
        let day = |(year, month, day): (i16, i8, i8)| Day::read(&format!("{year}-{month}-{day}"));
        let backwards = || Problem::new(Code::DatesBackwards).with("text", &self.text.piece(place));
        let span = DateSpan::new(day(from)?.0, day(to)?.0).ok_or_else(backwards)?;
        self.last_date = Some((to.0, to.1));
        self.dated = true;
        Ok(Subject::Dates(vec![span]))
    }

    /// The words of one date; `from` is the date before it, of which it is the end.
    fn partial(&mut self, from: Option<Partial>) -> Partial {
        let mut date = Partial::default();
        if self.kind(0) == Some(Kind::Date) {
            let mut numbers = self.text.plain(&self.place()).split(['-', '/', '.']).map(str::parse::<i16>);
            let mut number = || numbers.next().and_then(Result::ok);
            date.year = number();
            date.month = number().and_then(|month| i8::try_from(month).ok());
            date.day = number().and_then(|day| i8::try_from(day).ok());
            self.skip();
            return date;
        }
        if let Some(Kind::Year(year)) = self.kind(0) {
            date.year = Some(year);
            self.skip();
        }
        let mut number = self.number();
        if let Some(Kind::Month { month, named }) = self.kind(0).filter(|_| number.is_none() || self.is_named(0)) {
            (date.month, date.named) = (Some(month), named);
            self.skip();
        }
        let ends_named = from.is_some_and(|from| from.named && date.month.is_none());
        if date.named || ends_named {
            number = number.or_else(|| self.number());
            date.day = number;
            self.year_behind(&mut date);
        } else if let Some(Kind::DayOfMonth(day)) = self.kind(0).filter(|_| number.is_none()) {
            date.day = Some(day);
            self.skip();
        } else if date.month.is_some() && self.kind(1) == Some(Kind::Dash) {
            // The 1 of 10月1-3日.
            date.day = self.number();
        } else {
            date.bare = number;
        }
        date
    }

    fn is_named(&self, ahead: usize) -> bool {
        matches!(self.kind(ahead), Some(Kind::Month { named: true, .. }))
    }

    /// A number that may be a day or a month.
    fn number(&mut self) -> Option<i8> {
        let number = match self.kind(0) {
            Some(Kind::Ordinal(number)) => Some(number),
            Some(Kind::Number(number)) => i8::try_from(number).ok(),
            _ => None,
        };
        self.at += usize::from(number.is_some());
        number
    }

    /// The year behind an English date, with or without a comma.
    fn year_behind(&mut self, date: &mut Partial) {
        let comma = usize::from(self.kind(0) == Some(Kind::Comma));
        if let Some(Kind::Number(year @ 1900..)) = self.kind(comma) {
            date.year = Some(year);
            self.at += comma + 1;
        }
    }
}

fn yearly(from: (i8, i8), to: (i8, i8)) -> Result<YearlySpan, Problem> {
    let day = |(month, day): (i8, i8)| MonthDay::read(&format!("{month:02}-{day:02}"));
    Ok(YearlySpan { from: day(from)?, to: day(to)? })
}

//! What the rules read so far come to, and whether they go together.
//!
//! A week may have one rule without weekdays: it is of every weekday that is not closed by name. A season without
//! weekdays has those of the rule before it. What [`OpeningHours`] would settle in silence is refused: a season that
//! does not say what happens on a day on which the place is otherwise open, two seasons or two dates that overlap.
//! 下午休息 of a day that recurs is worked out from the week before it, and looked at again when all is said. Of a place
//! that is open at all hours of every day, holidays are no exception unless that is said.

use super::super::date::{DateSpan, YearlySpan};
use super::super::intervals::Intervals;
use super::super::opening::{HolidayRule, MakeupRule, OpeningHours};
use super::super::time::{TimeOfDay, TimeRange};
use super::super::weekday::{WeekdaySet, Weekly};
use super::super::when::Pattern;
use super::phrases::{Place, Stop};
use super::rule::Outcome;
use super::tokens::HalfDay;
use super::{english, write};

/// Days that are special.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    Holidays,
    LocalHolidays,
    MakeupWorkdays,
}

/// What was said of something, and where.
#[derive(Debug, Clone)]
struct Said<T> {
    what: T,
    place: Place,
}

/// Hours of a week; no weekdays are those that are left.
#[derive(Debug, Clone)]
struct Entry {
    days: Option<WeekdaySet>,
    hours: Intervals,
}

type Week = Vec<Said<Entry>>;

/// The rules read so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    week: Week,
    seasons: Vec<(YearlySpan, Week)>,
    recurring: Vec<Said<(Pattern, Intervals)>>,
    /// Those of the recurring days of which half is closed.
    halves: Vec<Said<(Pattern, HalfDay, Intervals)>>,
    exceptions: Vec<Said<(DateSpan, Intervals)>>,
    holidays: Option<Said<HolidayRule>>,
    local_holidays: Option<Said<HolidayRule>>,
    makeup_workdays: Option<Said<MakeupRule>>,
    /// Where every day was said to be open.
    every_day: Option<Place>,
}

impl Draft {
    pub(super) fn has_seasons(&self) -> bool {
        !self.seasons.is_empty()
    }

    /// Adds hours to the week or to a season; says no if one of the weekdays has hours there already.
    pub(super) fn week(
        &mut self,
        season: Option<YearlySpan>,
        days: Option<WeekdaySet>,
        outcome: &Outcome,
        place: &Place,
    ) -> Result<bool, Stop> {
        let hours = hours(outcome, place)?;
        let known: &[Said<Entry>] = match season {
            None => &self.week,
            Some(span) => self.seasons.iter().find(|(known, _)| *known == span).map_or(&[], |(_, week)| week),
        };
        let twice = |week: &[Said<Entry>]| week.iter().any(|entry| overlap(entry.what.days, days));
        // 周日休息 behind the seasons is said of all of them.
        let of_all = |week: &Week| season.is_none() && twice(&open(week));
        if twice(known) || self.seasons.iter().any(|(_, week)| of_all(week)) {
            return Ok(false);
        }
        let days = match (season, days) {
            (Some(_), None) if hours.is_closed() => Some(WeekdaySet::ALL),
            (Some(span), None) => self.days_before(&span, &hours, place)?,
            _ => days,
        };
        if days.is_none() && known.iter().any(|entry| entry.what.days.is_none()) {
            return Err(Stop::At(place.clone()));
        }
        let entry = Said { what: Entry { days, hours }, place: place.clone() };
        let Some(span) = season else {
            self.week.push(entry);
            return Ok(true);
        };
        if self.seasons.iter().any(|(other, _)| *other != span && meet(other, &span)) {
            return Err(Stop::At(place.clone()));
        }
        match self.seasons.iter_mut().find(|(known, _)| *known == span) {
            Some((_, week)) => week.push(entry),
            None => self.seasons.push((span, vec![entry])),
        }
        Ok(true)
    }

    /// The weekdays of the rule before a season that names none; `None` if there is no such rule.
    fn days_before(&self, span: &YearlySpan, hours: &Intervals, place: &Place) -> Result<Option<WeekdaySet>, Stop> {
        let before = open(self.seasons.last().map_or(&self.week, |(_, week)| week));
        match before.as_slice() {
            [] => Ok(None),
            // Fewer times may be meant for the afternoon only.
            [one] if one.what.hours.openings().len() <= hours.openings().len() && !self.has(span) => Ok(one.what.days),
            _ => Err(Stop::At(place.clone())),
        }
    }

    fn has(&self, span: &YearlySpan) -> bool {
        self.seasons.iter().any(|(known, _)| known == span)
    }

    pub(super) fn special(&mut self, special: Special, outcome: &Outcome, place: &Place) -> Result<(), Stop> {
        let known = match special {
            Special::Holidays => self.holidays.is_some(),
            Special::LocalHolidays => self.local_holidays.is_some(),
            Special::MakeupWorkdays => self.makeup_workdays.is_some(),
        };
        let nothing = || Stop::At(place.clone());
        if known {
            return Err(nothing());
        }
        let holidays = || match outcome {
            Outcome::Usual => Ok(HolidayRule::Open),
            Outcome::Closed => Ok(HolidayRule::Closed),
            outcome => hours(outcome, place).map(HolidayRule::Hours),
        };
        match special {
            Special::Holidays => self.holidays = Some(Said { what: holidays()?, place: place.clone() }),
            Special::LocalHolidays => self.local_holidays = Some(Said { what: holidays()?, place: place.clone() }),
            Special::MakeupWorkdays => {
                let what = match outcome {
                    Outcome::Usual => MakeupRule::AsWeekday,
                    Outcome::LikeWeekend => MakeupRule::AsDated,
                    Outcome::Closed => MakeupRule::Closed,
                    Outcome::Times(_) | Outcome::HalfClosed(_) => return Err(nothing()),
                };
                self.makeup_workdays = Some(Said { what, place: place.clone() });
            }
        }
        Ok(())
    }

    /// 全天 is every hour only if every day is open.
    pub(super) fn is_of_every_day(&mut self, place: &Place) {
        self.every_day = self.every_day.take().or(Some(place.clone()));
    }

    /// 全年无休: holidays are as any day, and every day has to be open.
    pub(super) fn year_round(&mut self, place: &Place) -> Result<(), Stop> {
        self.is_of_every_day(place);
        self.special(Special::Holidays, &Outcome::Usual, place)
    }

    pub(super) fn recurring(&mut self, patterns: &[Pattern], outcome: &Outcome, place: &Place) -> Result<(), Stop> {
        for pattern in patterns {
            let same = |known: &Pattern| match (known, pattern) {
                (Pattern::OddWeeks(one), Pattern::OddWeeks(two))
                | (Pattern::EvenWeeks(one), Pattern::EvenWeeks(two)) => !one.common(*two).is_empty(),
                _ => known == pattern,
            };
            if self.recurring.iter().any(|known| same(&known.what.0)) {
                return Err(Stop::At(place.clone()));
            }
            let hours = match outcome {
                Outcome::HalfClosed(half) => {
                    let left = self.half_left(pattern, *half).ok_or_else(|| Stop::At(place.clone()))?;
                    self.halves.push(Said { what: (pattern.clone(), *half, left.clone()), place: place.clone() });
                    left
                }
                outcome => hours(outcome, place)?,
            };
            self.recurring.push(Said { what: (pattern.clone(), hours), place: place.clone() });
        }
        Ok(())
    }

    pub(super) fn exceptions(&mut self, dates: &[DateSpan], outcome: &Outcome, place: &Place) -> Result<(), Stop> {
        for span in dates {
            if self.exceptions.iter().any(|known| known.what.0.overlap(span).is_some()) {
                return Err(Stop::At(place.clone()));
            }
            self.exceptions.push(Said { what: (*span, hours(outcome, place)?), place: place.clone() });
        }
        Ok(())
    }

    /// The hours of days that recur when half of each is closed: known if all weekdays on which they may fall have the
    /// same hours all the year round, and if it is plain which of those are of that half.
    pub(super) fn half_left(&self, pattern: &Pattern, closed: HalfDay) -> Option<Intervals> {
        let (weekly, seasons) = self.weeks().ok()?;
        let weeks = || seasons.iter().map(|(_, week)| week).chain([&weekly]);
        // None of these patterns is counted from a first day.
        let days = pattern.weekdays(super::super::Date::MIN);
        let mut usual = days.iter().flat_map(|day| weeks().map(move |week| week.on(day)));
        let first = usual.next()?;
        if usual.all(|hours| hours == first) { without_half(first, closed) } else { None }
    }

    /// The week and the seasons, with the weekdays of each.
    fn weeks(&self) -> Result<(Weekly, Vec<(YearlySpan, Weekly)>), Stop> {
        let of_all = named(&closed(&self.week));
        let weekly = settled(&self.week, WeekdaySet::NONE)?;
        let mut seasons = Vec::new();
        for (span, week) in &self.seasons {
            let settled = settled(week, of_all)?;
            let covered = WEEKDAYS.iter().all(|day| weekly.on(*day).is_closed() || names(&settled, *day));
            let place = week.first().map(|entry| entry.place.clone()).unwrap_or_default();
            if !covered {
                return Err(Stop::At(place));
            }
            seasons.push((*span, settled));
        }
        Ok((weekly, seasons))
    }

    /// The hours that the rules come to.
    pub(super) fn hours(&self) -> Result<OpeningHours, Stop> {
        let (weekly, seasons) = self.weeks()?;
        let changed = |said: &&Said<(Pattern, HalfDay, Intervals)>| {
            let (pattern, half, left) = &said.what;
            self.half_left(pattern, *half).as_ref() != Some(left)
        };
        if let Some(said) = self.halves.iter().find(changed) {
            return Err(Stop::At(said.place.clone()));
        }
        let unsaid =
            || if seasons.is_empty() && is_always(&weekly) { HolidayRule::Open } else { HolidayRule::default() };
        let holidays = self.holidays.as_ref().map_or_else(unsaid, |said| said.what.clone());
        let hours = OpeningHours {
            weekly,
            seasons,
            recurring: self.recurring.iter().map(|said| said.what.clone()).collect(),
            holidays,
            local_holidays: self.local_holidays.as_ref().map(|said| said.what.clone()),
            makeup_workdays: self.makeup_workdays.as_ref().map(|said| said.what).unwrap_or_default(),
            exceptions: self.exceptions.iter().map(|said| said.what.clone()).collect(),
            closings: Vec::new(),
        };
        match &self.every_day {
            Some(place) if !is_open_every_day(&hours) => Err(Stop::At(place.clone())),
            _ => Ok(hours),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let weeks = self.week.is_empty() && self.seasons.is_empty() && self.recurring.is_empty();
        let specials = self.holidays.is_none() && self.local_holidays.is_none() && self.makeup_workdays.is_none();
        weeks && specials && self.exceptions.is_empty()
    }

    /// What was understood before a place, as text in Chinese and in English; `None` if that is nothing.
    pub(super) fn understood(&self, before: usize) -> Option<[String; 2]> {
        let mut known = self.clone();
        known.week.retain(|said| said.place.start < before);
        known.seasons.iter_mut().for_each(|(_, week)| week.retain(|said| said.place.start < before));
        known.seasons.retain(|(_, week)| !week.is_empty());
        known.recurring.retain(|said| said.place.start < before);
        known.halves.retain(|said| said.place.start < before);
        known.exceptions.retain(|said| said.place.start < before);
        known.holidays = known.holidays.filter(|said| said.place.start < before);
        known.local_holidays = known.local_holidays.filter(|said| said.place.start < before);
        known.makeup_workdays = known.makeup_workdays.filter(|said| said.place.start < before);
        known.every_day = None;
        let (holidays, makeup_workdays) = (known.holidays.is_some(), known.makeup_workdays.is_some());
        let hours = known.hours().ok()?;
        let clauses = write::clauses(&hours, holidays, makeup_workdays);
        let in_english = || english::clauses(&hours, holidays, makeup_workdays).join("; ");
        (!clauses.is_empty()).then(|| [clauses.join("；"), in_english()])
    }
}

const WEEKDAYS: [super::super::Weekday; 7] = super::super::weekday::WEEK;

/// The intervals of an outcome; 照常 has none of its own.
fn hours(outcome: &Outcome, place: &Place) -> Result<Intervals, Stop> {
    let hours = match outcome {
        Outcome::Times(times) => Intervals::of(times.clone()),
        Outcome::Closed => Some(Intervals::CLOSED),
        Outcome::HalfClosed(_) | Outcome::Usual | Outcome::LikeWeekend => None,
    };
    hours.ok_or_else(|| Stop::At(place.clone()))
}

fn open(week: &[Said<Entry>]) -> Week {
    week.iter().filter(|entry| !entry.what.hours.is_closed()).cloned().collect()
}

fn closed(week: &[Said<Entry>]) -> Week {
    week.iter().filter(|entry| entry.what.hours.is_closed()).cloned().collect()
}

fn named(week: &[Said<Entry>]) -> WeekdaySet {
    week.iter().filter_map(|entry| entry.what.days).fold(WeekdaySet::NONE, WeekdaySet::union)
}

fn overlap(one: Option<WeekdaySet>, two: Option<WeekdaySet>) -> bool {
    one.zip(two).is_some_and(|(one, two)| !one.common(two).is_empty())
}

/// A week in which every entry has its weekdays; those without get what is left.
fn settled(week: &[Said<Entry>], closed_elsewhere: WeekdaySet) -> Result<Weekly, Stop> {
    let taken = named(week).union(closed_elsewhere);
    let rest = WEEKDAYS.into_iter().filter(|day| !taken.contains(*day));
    let rest = rest.fold(WeekdaySet::NONE, |days, day| days.union(WeekdaySet::only(day)));
    if let Some(unnamed) = week.iter().find(|entry| entry.what.days.is_none()) {
        // Beside other hours it is not said which days are left to these.
        let mut others = open(week).into_iter().filter(|entry| entry.what.days.is_some()).map(|entry| entry.place);
        if let Some(place) = others.next_back().or(rest.is_empty().then(|| unnamed.place.clone())) {
            let later = if place.start < unnamed.place.start { &unnamed.place } else { &place };
            return Err(Stop::At(later.clone()));
        }
    }
    let entries = week.iter().map(|entry| (entry.what.days.unwrap_or(rest), entry.what.hours.clone()));
    Weekly::new(entries).map_err(Stop::Wrong)
}

fn names(week: &Weekly, day: super::super::Weekday) -> bool {
    week.entries().iter().any(|(days, _)| days.contains(day))
}

fn is_open_every_day(hours: &OpeningHours) -> bool {
    let all = |week: &Weekly| WEEKDAYS.iter().all(|day| !week.on(*day).is_closed());
    let only_seasons = hours.weekly.entries().is_empty() && !hours.seasons.is_empty();
    (all(&hours.weekly) || only_seasons) && hours.seasons.iter().all(|(_, week)| all(week))
}

/// Whether every hour of every day is open.
fn is_always(week: &Weekly) -> bool {
    WEEKDAYS.iter().all(|day| Intervals::new(vec![TimeRange::ALL_DAY]).as_ref() == Some(week.on(*day)))
}

/// Hours without those of a half of the day; `None` where it is not plain which those are.
fn without_half(hours: &Intervals, closed: HalfDay) -> Option<Intervals> {
    const EVENING: u16 = 18 * 60;
    let noon = TimeOfDay::NOON;
    let over_noon = hours.ranges().any(|open| open.start() < noon && noon < open.end());
    // Of 8:30-12:30 and 14:00-18:00 the half hour after noon may be meant to stay, and of the evening nothing is said.
    let with_break = hours.ranges().len() > 1;
    let evening = hours.ranges().any(|open| open.start().minutes() >= EVENING || open.passes_midnight());
    if over_noon && with_break || evening {
        return None;
    }
    let (start, end) = match closed {
        HalfDay::Morning => (TimeOfDay::MIDNIGHT, noon),
        HalfDay::Afternoon => (noon, TimeOfDay::END),
    };
    let left = hours.without(&TimeRange::new(start, end)?);
    (left != *hours).then_some(left)
}

/// Whether two parts of the year have a day in common.
fn meet(one: &YearlySpan, two: &YearlySpan) -> bool {
    let holds = |span: &YearlySpan, day| {
        if span.from <= span.to { (span.from..=span.to).contains(&day) } else { span.from <= day || day <= span.to }
    };
    holds(one, two.from) || holds(two, one.from)
}

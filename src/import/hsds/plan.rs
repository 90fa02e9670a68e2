//! The schedules of a service → when it is given: rules with their periods, and single sessions.
//!
//! Rows that say the same one after the other are one rule, as with hours. What falls on single dates, or within a week, is
//! single sessions. A rule whose end lies beyond what anybody plans counts as one without an end.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::TimeZone;
use serde_json::Value;

use super::hours::{is_short, joined};
use super::schedule::{self, Clocks, Counted, Days, Refused, Schedule};
use super::service::{Rest, line};
use super::{seen, text};
use crate::calendar::{Date, DateSpan, HolidayCalendar, Moment, TimeRange};

/// Most dates of single sessions.
pub(super) const MOST_SINGLE: usize = 1000;

/// When a service is given.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) rules: Vec<Recurring>,
    pub(super) single: BTreeSet<Moment>,
    /// What is said in words alone.
    pub(super) words: Vec<String>,
    /// Schedules that were not taken, with why.
    pub(super) left: Vec<Refused>,
    /// Whether one has to come by appointment.
    pub(super) by_appointment: bool,
    /// What is noted of schedules and was not understood.
    pub(super) notes: Vec<String>,
    /// Single sessions beyond those that are taken.
    pub(super) more: usize,
    /// Whether times of one offset stand for clocks that change.
    pub(super) is_doubtful: bool,
}

/// Sessions that recur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recurring {
    pub(super) days: Days,
    pub(super) time: TimeRange,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    except: BTreeSet<Date>,
    reasons: Vec<(DateSpan, String)>,
}

/// The days of which sessions are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Horizon {
    /// All of them.
    pub(super) all: DateSpan,
    /// Those between which an activity takes place of which nothing says when it begins or ends.
    pub(super) ahead: DateSpan,
    /// Those of which dates are written into hours: this year and the next, so that they change once a year.
    pub(super) years: DateSpan,
}

impl Horizon {
    /// From the year before a day to the third after it; what has no end is written out to the end of the next year.
    pub(super) fn of(today: Date) -> Option<Self> {
        let year = today.year();
        let begin = |year: i16| Date::new(year, 1, 1).ok();
        let end = |year: i16| Date::new(year, 12, 31).ok();
        let next = end(year.checked_add(1)?)?;
        Some(Self {
            all: DateSpan::new(begin(year.checked_sub(1)?)?, end(year.checked_add(3)?)?)?,
            ahead: DateSpan::new(today, next)?,
            years: DateSpan::new(begin(year)?, next)?,
        })
    }

    /// The clocks of a zone on these days.
    pub(super) fn clocks(self, zone: &TimeZone) -> Clocks<'_> {
        Clocks { zone, window: self.all }
    }
}

impl Plan {
    /// Reads schedules.
    pub(super) fn read<'j>(schedules: impl Iterator<Item = &'j Value>, horizon: &Horizon, clocks: &Clocks<'_>) -> Self {
        let mut plan = Self::default();
        let mut rows = Vec::new();
        for value in schedules {
            match schedule::read(value, clocks) {
                Ok(read) => rows.extend(read),
                Err(why) => match said_in_words(value) {
                    Some(words) => plan.words.push(words),
                    None => plan.left.push(Refused::of(value, why)),
                },
            }
        }
        let notes = rows.iter().filter_map(|row| row.note.as_deref());
        plan.notes.extend(notes.map(|note| line(&seen(note))).filter(|note| !note.is_empty()));
        plan.notes.dedup();
        plan.is_doubtful = rows.iter().any(|row| row.is_doubtful);
        plan.by_appointment = rows.iter().any(|row| row.opening.by_appointment);
        for row in joined(rows) {
            if is_short(&row) {
                plan.add_single(&row);
                continue;
            }
            // Long over, or long to come.
            let is_near = row.to.is_none_or(|to| to >= horizon.all.first())
                && row.from.is_none_or(|from| from <= horizon.all.last());
            if !is_near {
                plan.left.push(Refused::read(row.told, "service-far"));
                continue;
            }
            let rule = Recurring {
                from: row.from.map(|from| from.max(horizon.all.first())),
                to: row.to.or_else(|| last_of(&row.days, horizon.all.last())).filter(|to| *to <= horizon.all.last()),
                days: row.days,
                time: row.opening.time,
                except: row.except,
                reasons: row.reasons,
            };
            if !plan.rules.contains(&rule) {
                plan.rules.push(rule);
            }
        }
        plan
    }

    fn add_single(&mut self, row: &Schedule) {
        let days = row.span().into_iter().flat_map(|span| span.days()).filter(|date| row.holds_on(*date));
        let left = MOST_SINGLE.saturating_sub(self.single.len());
        let mut moments = days.map(|date| Moment { date, time: row.opening.time });
        self.single.extend(moments.by_ref().take(left));
        self.more += moments.count();
    }

    /// Whether it says when anything takes place.
    pub(super) fn has_sessions(&self) -> bool {
        !self.rules.is_empty() || !self.single.is_empty()
    }

    /// What it says beside days and times: the fields of schedules, as they are kept.
    pub(super) fn rest(&self) -> Rest {
        let said = |field, texts: &[String]| (!texts.is_empty()).then(|| (field, texts.join("; ")));
        said("notes", &self.notes).into_iter().collect()
    }

    /// Every session within a period; rules without an end have that of the period.
    pub(super) fn held(&self, period: DateSpan) -> BTreeSet<Moment> {
        let recurring = self.rules.iter().flat_map(|rule| {
            rule.dates(period)
                .into_iter()
                .filter(|date| rule.holds_on(*date))
                .map(|date| Moment { date, time: rule.time })
        });
        recurring.chain(self.single.iter().copied()).collect()
    }
}

impl Recurring {
    /// Whether it does not hold all year.
    pub(super) fn has_period(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// The days between which it is given, where `usual` says what the schedule does not.
    pub(super) fn period(&self, usual: DateSpan) -> Option<DateSpan> {
        DateSpan::new(self.from.unwrap_or(usual.first()), self.to.unwrap_or(usual.last()))
    }

    /// The dates of the rule within its period, those on which it is not given among them.
    pub(super) fn dates(&self, usual: DateSpan) -> Vec<Date> {
        let Some(period) = self.period(usual) else { return Vec::new() };
        match &self.days {
            Days::Counted(counted) => counted.dates(period),
            Days::Patterns(patterns) => {
                let calendar = HolidayCalendar::default();
                let dates = patterns.iter().flat_map(|pattern| pattern.dates(period.first(), period, &calendar));
                dates.collect::<BTreeSet<Date>>().into_iter().collect()
            }
            days => period.days().filter(|date| days.contain(*date)).collect(),
        }
    }

    pub(super) fn holds_on(&self, date: Date) -> bool {
        !self.except.contains(&date)
    }

    /// Why it is not given on a date, if that is said.
    pub(super) fn reason(&self, date: Date) -> Option<String> {
        let reason = self.reasons.iter().find(|(span, _)| span.contains(date)).map(|(_, why)| line(&seen(why)));
        reason.filter(|why| !why.is_empty())
    }

    /// The rule as it is reckoned from its first date, if that gives the same dates.
    pub(super) fn reckoned_anew(&self, counted: &Arc<Counted>, usual: DateSpan) -> Option<(Date, Date)> {
        let dates = self.dates(usual);
        let (first, last) = (*dates.first()?, *dates.last()?);
        let again = Counted { start: first, ..(**counted).clone() }.dates(DateSpan::new(first, last)?);
        (again == dates).then_some((first, last))
    }
}

/// The last date of a rule that ends after so many, if it ends within what is looked at.
fn last_of(days: &Days, day: Date) -> Option<Date> {
    match days {
        Days::Counted(counted) => counted.last_by(day),
        _ => None,
    }
}

/// What a schedule says that has neither days nor times.
fn said_in_words(value: &Value) -> Option<String> {
    let is_timed = ["freq", "byday", "bymonthday", "opens_at", "closes_at", "dtstart"].iter();
    let is_timed = is_timed.filter_map(|field| text(value.get(field))).next().is_some();
    text(value.get("description"))
        .filter(|_| !is_timed)
        .map(|words| line(&words))
        .filter(|line| line.chars().count() <= 200)
}

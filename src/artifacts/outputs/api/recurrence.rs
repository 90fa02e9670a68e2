//! How an activity recurs, for programs that work out more days than are written out, and what its editor wrote about
//! single sessions.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::calendars::Recurrence;
use super::parts::{Days, IsoDate, Time, Words, Writer, date, days, time};
use crate::calendar::{Date, DateSpan, HolidayCalendar};
use crate::content::{self, SessionException};

/// A programme that holds for longer than this many years is written as far as the year after the next.
const YEARS: i16 = 10;

/// The days on which an activity recurs in its period, before holidays, closed days and exceptions.
#[derive(Serialize, JsonSchema)]
pub(super) struct Recurs {
    /// The first day (`DTSTART`).
    first: IsoDate,
    /// The rule with its end (RFC 5545 `RRULE`); nothing for a single day, or where no rule says it.
    rrule: Option<String>,
    /// Days of the rule that are none (`EXDATE`).
    except: Vec<IsoDate>,
    /// Further days that the rule lacks (`RDATE`).
    beside: Vec<IsoDate>,
}

/// What differs about the sessions of some days.
#[derive(Serialize, JsonSchema)]
pub(super) struct ActivityException {
    /// The days.
    days: Days,
    /// Why it is not held; nothing where it is.
    cancelled: Option<Words>,
    /// The day to which it was moved.
    moved_to: Option<IsoDate>,
    /// The time at which it is held on that day.
    moved_time: Option<Time>,
    /// What takes place instead.
    replaced_by: Option<Words>,
    /// The room, where it is another one.
    room: Option<Words>,
    /// Why it differs.
    why: Option<Words>,
}

/// A session beside those that recur.
#[derive(Serialize, JsonSchema)]
pub(super) struct ExtraSession {
    /// The day.
    date: IsoDate,
    /// The time.
    time: Time,
    /// The room, where it is another one.
    room: Option<Words>,
    /// Why it is held.
    why: Option<Words>,
}

/// How an activity recurs in its period, if it has a day in it.
pub(super) fn recurs(
    writer: Writer<'_, '_>,
    activity: &content::Activity,
    period: DateSpan,
    calendar: &HolidayCalendar,
) -> Option<Recurs> {
    let period = written(period, writer.first.site.today)?;
    let pattern = &activity.when.pattern;
    let found = Recurrence::of(pattern, period.first(), &pattern.dates(period.first(), period, calendar), calendar)?;
    let dates = |dates: &[Date]| dates.iter().map(|found| date(*found)).collect();
    Some(Recurs {
        first: date(found.first),
        rrule: found.rule.map(|(rule, last)| format!("{rule};UNTIL={}", last.strftime("%Y%m%d"))),
        except: dates(&found.excluded),
        beside: dates(&found.beside),
    })
}

fn written(period: DateSpan, today: Date) -> Option<DateSpan> {
    if period.last().year() - period.first().year() <= YEARS {
        return Some(period);
    }
    let last = Date::new(today.year().max(period.first().year()) + 2, 12, 31).ok()?;
    DateSpan::new(period.first(), last.min(period.last()))
}

/// What was written about a session.
pub(super) fn exception(writer: Writer<'_, '_>, found: &SessionException) -> ActivityException {
    ActivityException {
        days: days(found.on),
        cancelled: writer.maybe(found.cancelled.as_ref()),
        moved_to: found.moved_to.map(|to| date(to.date)),
        moved_time: found.moved_to.map(|to| time(to.time)),
        replaced_by: writer.maybe(found.replaced_by.as_ref()),
        room: writer.maybe(found.room.as_ref()),
        why: writer.maybe(found.why.as_ref()),
    }
}

/// A session beside the rule.
pub(super) fn extra(writer: Writer<'_, '_>, found: &content::ExtraSession) -> ExtraSession {
    ExtraSession {
        date: date(found.on.date),
        time: time(found.on.time),
        room: writer.maybe(found.room.as_ref()),
        why: writer.maybe(found.why.as_ref()),
    }
}

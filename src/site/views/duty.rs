//! Who is on duty: residents, and whose turn it is in the coming days.

use serde::Serialize;

use super::hours::window;
use super::parts::{ContactView, DateText, Link, Local, contact};
use super::programme::ValidView;
use crate::calendar::{Date, WeekdaySet};
use crate::content::{Duty, Record, Rotation, Turn};
use crate::site::Edition;

/// How many days ahead the roster is written out.
const AHEAD: i64 = 28;

/// A duty roster.
#[derive(Debug, Clone, Serialize)]
pub struct DutyView {
    /// Its page.
    pub link: Link,
    /// The centre.
    pub centre: Option<Link>,
    /// From when to when it holds.
    pub valid: ValidView,
    /// Those who are always there.
    pub resident: Vec<ResidentView>,
    /// How long a turn is, in words.
    pub every: Option<String>,
    /// When the one whose turn it is comes.
    pub times: Option<String>,
    /// The coming turns, in order.
    pub turns: Vec<TurnView>,
    /// What those on duty do.
    pub tasks: Vec<Local>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
}

/// Somebody who is always there.
#[derive(Debug, Clone, Serialize)]
pub struct ResidentView {
    /// The role.
    pub role: Local,
    /// The weekdays in words.
    pub days: String,
    /// The time.
    pub time: Option<String>,
}

/// A turn.
#[derive(Debug, Clone, Serialize)]
pub struct TurnView {
    /// The first day.
    pub date: DateText,
    /// The last day, if the turn is longer than one.
    pub until: Option<DateText>,
    /// Who comes.
    pub who: Local,
    /// Who would have come, if somebody stands in.
    pub instead_of: Option<Local>,
    /// Why.
    pub why: Option<Local>,
    /// Whether today is in it.
    pub today: bool,
}

/// Whose turn it is on a date, as an index into the rotation's turns.
fn turn_on(rotation: &Rotation, date: Date) -> Option<usize> {
    let turns = i64::try_from(rotation.turns.len()).ok().filter(|turns| *turns > 0)?;
    let monday = |date: Date| date.checked_sub(jiff::Span::new().days(date.weekday().to_monday_zero_offset())).ok();
    let days = |from: Date, to: Date| i64::from((to - from).get_days());
    let passed = match rotation.every {
        Turn::Day => {
            let on_duty = rotation.days.unwrap_or(WeekdaySet::ALL);
            let (from, to) = (rotation.starts.0, date);
            let whole = days(from, to).div_euclid(7);
            let week = i64::try_from(on_duty.iter().count()).ok()?;
            let rest = from.checked_add(jiff::Span::new().days(whole * 7)).ok()?;
            let partial = std::iter::successors(Some(rest), |day| day.tomorrow().ok()).take_while(|day| *day < to);
            whole * week + i64::try_from(partial.filter(|day| on_duty.contains(day.weekday())).count()).ok()?
        }
        Turn::Week => days(monday(rotation.starts.0)?, date).div_euclid(7),
        Turn::TwoWeeks => days(monday(rotation.starts.0)?, date).div_euclid(14),
    };
    usize::try_from(passed.rem_euclid(turns)).ok()
}

/// A roster.
pub(crate) fn duty(edition: &Edition<'_>, record: &Record<Duty>) -> DutyView {
    let duty = &record.value;
    let wording = edition.wording;
    let every = duty.rotation.as_ref().map(|rotation| match rotation.every {
        Turn::Day => "turn.day",
        Turn::Week => "turn.week",
        Turn::TwoWeeks => "turn.two-weeks",
    });
    let times = duty.rotation.as_ref().and_then(|rotation| {
        let days = rotation.days.map(|days| wording.weekdays(days));
        let time = rotation.time.map(|time| time.to_string());
        let parts: Vec<String> = days.into_iter().chain(time).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    DutyView {
        link: edition.link(record),
        centre: edition.centre(&duty.centre),
        valid: ValidView {
            from: duty.valid.first().to_string(),
            until: duty.valid.last().to_string(),
            text: wording.span(duty.valid),
            until_text: wording.day(duty.valid.last()),
        },
        resident: duty
            .resident
            .iter()
            .map(|resident| ResidentView {
                role: edition.local(&resident.role),
                days: wording.weekdays(resident.days),
                time: resident.time.map(|time| time.to_string()),
            })
            .collect(),
        every: every.map(|every| wording.term(every).to_owned()),
        times,
        turns: turns(edition, duty),
        tasks: edition.locals(&duty.tasks),
        contact: duty.contact.as_ref().map(|c| contact(edition, c)),
    }
}

/// The coming turns; days in a row with the same person are one.
fn turns(edition: &Edition<'_>, duty: &Duty) -> Vec<TurnView> {
    let Some(rotation) = &duty.rotation else { return Vec::new() };
    let Some(days) = window(edition.site.today, AHEAD).and_then(|window| window.overlap(&duty.valid)) else {
        return Vec::new();
    };
    let on_duty = rotation.days.unwrap_or(WeekdaySet::ALL);
    let mut turns: Vec<(TurnView, Option<usize>, Date)> = Vec::new();
    for date in days.days().filter(|date| on_duty.contains(date.weekday()) && *date >= rotation.starts.0) {
        let Some(number) = turn_on(rotation, date) else { continue };
        let Some(usual) = rotation.turns.get(number) else { continue };
        let swap = duty.swaps.iter().position(|swap| swap.on.contains(date));
        let today = date == edition.site.today;
        if let Some((last, last_swap, _)) = turns.last_mut()
            && *last_swap == swap
            && last.who == edition.local(swap.and_then(|s| duty.swaps.get(s)).map_or(usual, |swap| &swap.instead))
            && rotation.every != Turn::Day
            && same_turn(rotation, &last.date.iso, date)
        {
            last.until = Some(edition.weekday_date(date));
            last.today |= today;
            continue;
        }
        let swap_view = swap.and_then(|s| duty.swaps.get(s));
        let view = TurnView {
            date: edition.weekday_date(date),
            until: None,
            who: edition.local(swap_view.map_or(usual, |swap| &swap.instead)),
            instead_of: swap_view.map(|_| edition.local(usual)),
            why: swap_view.and_then(|swap| edition.local_some(swap.why.as_ref())),
            today,
        };
        turns.push((view, swap, date));
    }
    turns.into_iter().map(|(view, _, _)| view).collect()
}

fn same_turn(rotation: &Rotation, first: &str, date: Date) -> bool {
    first.parse::<Date>().is_ok_and(|first| turn_on(rotation, first) == turn_on(rotation, date))
}

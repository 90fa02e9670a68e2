//! Who is on duty: residents, and whose turn it is in the coming days.

use serde::Serialize;

use super::hours::window;
use super::parts::{ContactView, DateText, Link, Local, contact};
use super::programme::ValidView;
use crate::calendar::{DateSpan, Turn};
use crate::content::{Duty, Record, Validity};
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

/// A roster.
pub(crate) fn duty(edition: &Edition<'_>, record: &Record<Duty>) -> DutyView {
    let duty = &record.value;
    let wording = edition.wording;
    let every = duty.rotation.as_ref().map(|rotation| {
        let count = |n: u16| usize::from(n);
        match rotation.every {
            Turn::Days(n) => wording.count("turn.days", count(n)),
            Turn::Weeks(n) => wording.count("turn.weeks", count(n)),
        }
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
            over: Validity::of_days(duty.valid, edition.site.now) == Validity::Over,
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
        every,
        times,
        turns: window(edition.site.today, AHEAD).map(|days| turns(edition, duty, days)).unwrap_or_default(),
        tasks: edition.locals(&duty.tasks),
        contact: duty.contact.as_ref().map(|c| contact(edition, c)),
    }
}

/// The turns of some days; days in a row with the same person are one.
pub(super) fn turns(edition: &Edition<'_>, duty: &Duty, days: DateSpan) -> Vec<TurnView> {
    let Some(rotation) = &duty.rotation else { return Vec::new() };
    let Some(days) = days.overlap(&duty.valid) else { return Vec::new() };
    let daily = rotation.every == Turn::Days(1);
    let mut turns: Vec<TurnView> = Vec::new();
    let mut last: Option<(i64, Option<usize>)> = None;
    for date in days.days() {
        let Some(turn) = edition.site.turn_on(duty, date) else { continue };
        let today = date == edition.site.today;
        let this = Some((turn.number, turn.swap.map(|(number, _)| number)));
        if let Some(view) = turns.last_mut().filter(|_| !daily && last == this) {
            view.until = Some(edition.weekday_date(date));
            view.today |= today;
            continue;
        }
        last = this;
        let swap = turn.swap.map(|(_, swap)| swap);
        let who = match swap {
            None => edition.local(turn.usual),
            Some(swap) => swap.instead.as_ref().map_or_else(|| edition.term("nobody"), |who| edition.local(who)),
        };
        turns.push(TurnView {
            date: edition.weekday_date(date),
            until: None,
            who,
            instead_of: swap.map(|_| edition.local(turn.usual)),
            why: swap.and_then(|swap| edition.local_some(swap.why.as_ref())),
            today,
        });
    }
    turns
}

//! Who is on duty on a date: residents, whose turn it is, and who stands in.
//!
//! Nobody is on duty while the centre is closed all day. A make-up workday has the duty of the weekday whose hours it
//! keeps, so that a working Saturday is not left to nobody.

use super::Site;
use crate::calendar::{Date, Reason, Weekday};
use crate::content::{Centre, Duty, Id, Resident, Swap, Text};

/// Somebody who is on duty.
#[derive(Debug, Clone, Copy)]
pub enum OnDuty<'a> {
    /// Somebody who is always there.
    Resident(&'a Resident),
    /// The one whose turn it is.
    Turn(&'a Text),
    /// The one who stands in for the one whose turn it is.
    StandIn(&'a Text),
}

/// A turn on a date.
#[derive(Debug, Clone, Copy)]
pub struct TurnOn<'a> {
    /// The number of the turn, the same on all of its days.
    pub number: i64,
    /// Whose turn it is.
    pub usual: &'a Text,
    /// The swap that changes this, with its number.
    pub swap: Option<(usize, &'a Swap)>,
}

impl Site {
    /// The weekday whose duty holds on a date; `None` if the centre is closed all day.
    pub fn duty_weekday(&self, centre: &Id<Centre>, date: Date) -> Option<Weekday> {
        let Some(day) = self.day(centre, date) else { return Some(date.weekday()) };
        match day.reason {
            _ if day.intervals.is_closed() => None,
            Reason::MakeupWorkday { like: Some(like), .. } => Some(like),
            _ => Some(date.weekday()),
        }
    }

    /// The turn on a date, if somebody has one.
    pub fn turn_on<'a>(&self, duty: &'a Duty, date: Date) -> Option<TurnOn<'a>> {
        let rotation = duty.rotation.as_ref()?;
        let weekday = self.duty_weekday(&duty.centre, date)?;
        let rule = rotation.rule();
        let number = rule.turn(date, weekday)?;
        let usual = rotation.turns.get(rule.whose(number)?)?;
        let swap = duty.swaps.iter().enumerate().find(|(_, swap)| swap.on.contains(date));
        Some(TurnOn { number, usual, swap })
    }

    /// Everybody who is on duty on a date.
    pub fn on_duty<'a>(&self, duty: &'a Duty, date: Date) -> Vec<OnDuty<'a>> {
        let Some(weekday) = self.duty_weekday(&duty.centre, date).filter(|_| duty.valid.contains(date)) else {
            return Vec::new();
        };
        let residents = duty.resident.iter().filter(|resident| resident.days.contains(weekday)).map(OnDuty::Resident);
        let turn = self.turn_on(duty, date).and_then(|turn| match turn.swap {
            None => Some(OnDuty::Turn(turn.usual)),
            Some((_, swap)) => swap.instead.as_ref().map(OnDuty::StandIn),
        });
        residents.chain(turn).collect()
    }
}

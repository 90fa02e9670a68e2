//! A board taken apart: what stands on each day, and which piece of a changed board was which of the one that stood.
//!
//! What stands where it stood is the same. Then titles are followed to other days and times; what is called something else
//! where the whole of an activity stood is that activity with a new name; everything else is new.

use super::super::board::{Board, OTHER_DAYS, Placed};
use crate::calendar::{At, TimeRange, Weekday, WeekdaySet};

/// An activity on one day of a board.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// As it stands there, with that day alone.
    pub(super) placed: Placed,
    day: Option<Weekday>,
    /// The time: its own, or the part of the day in which it stands.
    pub(super) at: Option<At>,
}

impl Piece {
    /// The pieces of what stands on a board, whose parts of the day have these times.
    pub(super) fn of<'s>(placed: &Placed, slot: impl Fn(&str) -> Option<TimeRange> + 's) -> Vec<Self> {
        let slot_time = placed.slot.as_deref().and_then(slot);
        let row = placed.row_time.filter(|_| placed.slot.is_none());
        let own = placed.entry.time.or(row).filter(|own| Some(*own) != slot_time);
        let at = own.map(At::Time).or_else(|| placed.slot.clone().map(At::Slot));
        if placed.entry.when.is_some() {
            return vec![Self { placed: placed.clone(), day: None, at: None }];
        }
        let piece = |day| {
            let placed = Placed { days: WeekdaySet::only(day), ..placed.clone() };
            Self { placed, day: Some(day), at: at.clone() }
        };
        placed.days.iter().map(piece).collect()
    }

    /// Its title.
    pub(super) fn title(&self) -> &str {
        &self.placed.entry.title
    }

    /// Whether it is as often and at the same time, on whatever day.
    pub(super) fn is_at(&self, other: &Self) -> bool {
        let (one, two) = (&self.placed.entry, &other.placed.entry);
        self.at == other.at && one.rule == two.rule && one.when == two.when
    }

    fn is_beside(&self, other: &Self) -> bool {
        self.day == other.day && self.is_at(other)
    }

    /// Whether it says the same but for its day.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        self.is_at(other) && self.title() == other.title() && self.placed.entry.details == other.placed.entry.details
    }

    fn is_same(&self, other: &Self) -> bool {
        self.day == other.day && self.is_alike(other)
    }

    /// Whether it stands in the same row of the same day.
    fn is_in_cell_of(&self, other: &Self) -> bool {
        match (self.placed.slot.as_deref(), &other.placed.slot) {
            _ if other.placed.entry.when.is_some() => is_of_others(self.placed.slot.as_deref()),
            (None, None) => self.day == other.day && self.placed.row_time == other.placed.row_time,
            (one, two) => self.day == other.day && one == two.as_deref(),
        }
    }

    /// Whether a board has no column of its day or no row in which it stood.
    pub(super) fn has_no_place_on(&self, board: &Board) -> bool {
        let has_row = match (&self.placed.slot, self.placed.row_time) {
            _ if self.placed.entry.when.is_some() => board.rows.iter().any(|(name, _)| is_of_others(Some(name))),
            (Some(slot), _) => board.slots.contains_key(slot),
            (None, time) => board.rows.iter().any(|(_, of)| *of == time),
        };
        !has_row || self.day.is_some_and(|day| !board.days.contains(&day))
    }

    /// Whether its title is like another, so that it may be the same with a new name.
    fn is_called_like(&self, other: &Self) -> bool {
        let (one, two): (Vec<char>, Vec<char>) = (self.title().chars().collect(), other.title().chars().collect());
        let same = one.iter().zip(&two).take_while(|(one, two)| one == two).count();
        let rest = one.len().min(two.len()) - same;
        let end = one.iter().rev().zip(two.iter().rev()).take(rest).take_while(|(one, two)| one == two).count();
        (same + end) * 2 >= one.len().max(two.len())
    }

    /// Whether it is in the row of another part of the day and yet at its own time.
    fn is_in_other_row(&self, other: &Self) -> bool {
        matches!(self.at, Some(At::Time(_))) && self.placed.slot != other.placed.slot
    }
}

/// Whether a row is that of what recurs on other days than weekdays.
fn is_of_others(row: Option<&str>) -> bool {
    row.is_some_and(|row| OTHER_DAYS.contains(&row))
}

/// A piece of a changed board that belongs to an activity.
pub(super) struct Held {
    pub(super) piece: Piece,
    /// Whether it is one of those that stood there, unchanged.
    pub(super) is_same: bool,
}

/// Which piece belongs to which activity.
#[derive(Default)]
pub(super) struct Matched {
    /// The pieces of each activity.
    pub(super) of: Vec<Vec<Held>>,
    /// What belongs to none.
    pub(super) new: Vec<Piece>,
    /// Pieces that could not be read, for each activity whose piece stood there.
    pub(super) unread: Vec<Piece>,
    /// Pieces that are called off, each with the title of what stood there.
    pub(super) stopped: Vec<(Piece, String)>,
    /// Pieces that stood where the board has no row or column any more.
    pub(super) kept: Vec<Piece>,
    /// Pieces that have a new name while others of their activity keep theirs, each with that.
    pub(super) likened: Vec<(Piece, String)>,
    /// Pieces in the row of another part of the day than their own time says.
    pub(super) misplaced: Vec<Piece>,
    /// Pieces that stand a second time where they stand.
    pub(super) twice: Vec<Piece>,
}

/// Puts the pieces of a changed board to the activities whose pieces stood there, which are called by these titles. What
/// is claimed is new.
pub(super) fn matched(
    stood: &[Vec<Piece>],
    titles: &[Vec<String>],
    come: Vec<Piece>,
    (now, unread): (&Board, &[Piece]),
    is_claimed: impl Fn(&Piece) -> bool,
) -> Matched {
    let mut gone: Vec<(usize, &Piece)> = Vec::new();
    for (number, pieces) in stood.iter().enumerate() {
        gone.extend(pieces.iter().map(|piece| (number, piece)));
    }
    let is_called = |number: usize, piece: &Piece| {
        titles.get(number).is_some_and(|titles| titles.iter().any(|title| title == piece.title()))
    };
    let mut all = Matched { of: stood.iter().map(|_| Vec::new()).collect(), new: come, ..Matched::default() };
    all.pair(&mut gone, |_, old, new| old.is_same(new) && !new.is_in_other_row(old));
    all.pair(&mut gone, |_, old, new| old.is_same(new));
    all.pair(&mut gone, |number, old, new| old.is_beside(new) && is_called(number, new));
    let (claimed, rest) = std::mem::take(&mut all.new).into_iter().partition(is_claimed);
    let claimed: Vec<Piece> = claimed;
    all.new = rest;
    all.take_once();
    let (stopped, mut unread): (Vec<&Piece>, Vec<&Piece>) =
        unread.iter().partition(|piece| piece.placed.entry.stopped.is_some());
    all.hold(&mut gone, |all, old| {
        let Some(cell) = stopped.iter().find(|other| other.is_in_cell_of(old)) else { return false };
        all.stopped.push(((*cell).clone(), old.title().to_owned()));
        true
    });
    gone.retain(|(number, old)| {
        let is_of = |other: &&Piece| other.title().starts_with(old.title());
        let here = unread.iter().position(|other| other.day == old.day && is_of(other));
        let Some(place) = here.or_else(|| unread.iter().position(is_of)) else { return true };
        let other = unread.remove(place);
        if let Some(of) = all.of.get_mut(*number) {
            of.push(Held { piece: (*old).clone(), is_same: true });
        }
        all.unread.push(other.clone());
        false
    });
    // What cannot be read in the place of an activity takes nothing away either.
    all.hold(&mut gone, |all, old| {
        let Some(cell) = unread.iter().find(|other| other.is_in_cell_of(old)) else { return false };
        let mut piece = (*cell).clone();
        old.title().clone_into(&mut piece.placed.entry.title);
        all.unread.push(piece);
        true
    });
    all.pair(&mut gone, |number, old, new| old.is_at(new) && is_called(number, new));
    all.pair(&mut gone, |number, old, new| old.day == new.day && is_called(number, new));
    all.pair(&mut gone, |number, _, new| is_called(number, new));
    all.add(stood, &is_called);
    all.rename(stood, titles);
    all.liken(&mut gone);
    all.hold(&mut gone, |all, old| {
        let is_kept = old.has_no_place_on(now);
        all.kept.extend(is_kept.then(|| old.clone()));
        is_kept
    });
    all.new.extend(claimed);
    all
}

impl Matched {
    /// Takes for the same what is alike, each piece once.
    fn pair(&mut self, gone: &mut Vec<(usize, &Piece)>, is_it: impl Fn(usize, &Piece, &Piece) -> bool) {
        gone.retain(|(number, old)| {
            let Some(place) = self.new.iter().position(|new| is_it(*number, old, new)) else { return true };
            let piece = self.new.remove(place);
            if piece.is_in_other_row(old) && old.is_same(&piece) {
                self.misplaced.push(piece.clone());
            }
            let is_same = old.is_same(&piece);
            if let Some(of) = self.of.get_mut(*number) {
                of.push(Held { piece, is_same });
            }
            false
        });
    }

    /// Puts aside what says again what stands beside it.
    fn take_once(&mut self) {
        for piece in std::mem::take(&mut self.new) {
            let mut others = self.of.iter().flatten().map(|held| &held.piece).chain(&self.new);
            let is_again = others.any(|other| piece.placed.is_again(&other.placed));
            if is_again { &mut self.twice } else { &mut self.new }.push(piece);
        }
    }

    /// Leaves pieces where they stood.
    fn hold(&mut self, gone: &mut Vec<(usize, &Piece)>, mut is_held: impl FnMut(&mut Self, &Piece) -> bool) {
        gone.retain(|(number, old)| {
            let is_held = is_held(self, old);
            if let Some(of) = self.of.get_mut(*number).filter(|_| is_held) {
                of.push(Held { piece: (*old).clone(), is_same: true });
            }
            !is_held
        });
    }

    /// What is called something like that where a piece of an activity stood, others of which keep their name.
    fn liken(&mut self, gone: &mut Vec<(usize, &Piece)>) {
        gone.retain(|(number, old)| {
            let is_like = |new: &Piece| {
                old.is_beside(new) && old.placed.entry.details == new.placed.entry.details && new.is_called_like(old)
            };
            let Some(place) = self.new.iter().position(is_like) else { return true };
            let piece = self.new.remove(place);
            self.likened.push((piece.clone(), old.title().to_owned()));
            if let Some(of) = self.of.get_mut(*number) {
                of.push(Held { piece, is_same: false });
            }
            false
        });
    }

    /// Further days of activities that stand elsewhere too: of those of one title that at the same time, else the first.
    fn add(&mut self, stood: &[Vec<Piece>], is_called: &impl Fn(usize, &Piece) -> bool) {
        for piece in std::mem::take(&mut self.new) {
            let called: Vec<usize> = (0..stood.len()).filter(|number| is_called(*number, &piece)).collect();
            let is_then =
                |number: &&usize| stood.get(**number).is_some_and(|of| of.iter().any(|old| old.is_at(&piece)));
            match called.iter().find(is_then).or(called.first()).and_then(|number| self.of.get_mut(*number)) {
                Some(of) => of.push(Held { piece, is_same: false }),
                None => self.new.push(piece),
            }
        }
    }

    /// What stands under a new title where an activity stood that stands nowhere any more.
    fn rename(&mut self, stood: &[Vec<Piece>], titles: &[Vec<String>]) {
        for (number, old) in stood.iter().enumerate() {
            if self.of.get(number).is_none_or(|of| !of.is_empty()) {
                continue;
            }
            let is_there = |new: &&Piece| old.iter().any(|old| old.is_beside(new));
            let count = |title: &str| self.new.iter().filter(|new| new.title() == title).filter(is_there).count();
            let named: Vec<&str> = self.new.iter().filter(is_there).map(Piece::title).collect();
            let is_free = |title: &&&str| !titles.iter().flatten().any(|known| known == **title);
            let best = named.iter().filter(is_free).max_by_key(|title| count(title));
            let Some(title) = best.map(|title| (*title).to_owned()) else { continue };
            let (its, rest) = std::mem::take(&mut self.new).into_iter().partition(|new| new.title() == title);
            self.new = rest;
            let its: Vec<Piece> = its;
            if let Some(of) = self.of.get_mut(number) {
                of.extend(its.into_iter().map(|piece| Held { piece, is_same: false }));
            }
        }
    }
}

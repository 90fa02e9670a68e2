//! What is on in the coming seven days across all centres, reckoned once for all pages and languages that list it.
//!
//! The same sessions stand on the home page, on the page of the week, and on its pages by day, audience, area and kind.
//! They are expanded once, in the order of day and time, and sorted by area; each page takes its part.

use std::collections::HashMap;

use super::Site;
use crate::calendar::{DateSpan, Session};
use crate::content::{Programme, Record};

/// How many days a week of pages has.
pub(crate) const DAYS: i64 = 7;

/// A session of the week, with the numbers of its programme and of the activity in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeekSession {
    /// The session.
    pub session: Session,
    /// The number of the programme.
    pub programme: usize,
    /// The number of the activity in the programme.
    pub activity: usize,
}

/// The sessions of the week.
#[derive(Debug, Default)]
pub(crate) struct Week {
    /// In order of day and time: those that are held, and those that fall away or were moved.
    sessions: Vec<WeekSession>,
    /// By the number of a programme.
    by_programme: HashMap<usize, Vec<usize>>,
    /// By the number of an area, those in it and in the areas inside it.
    by_area: HashMap<usize, Vec<usize>>,
}

impl Week {
    fn of(site: &Site) -> Self {
        let last = site.today.checked_add(jiff::Span::new().days(DAYS - 1));
        let Some(window) = last.ok().and_then(|last| DateSpan::new(site.today, last)) else { return Self::default() };
        let mut sessions = Vec::new();
        for (programme, record) in site.content.programmes.iter().enumerate() {
            for (activity, value) in record.value.activities.iter().enumerate() {
                let found = site.sessions(&record.value, value, window).into_iter();
                sessions.extend(found.map(|session| WeekSession { session, programme, activity }));
            }
        }
        sessions.sort_by_key(|one| (one.session.date, one.session.time));
        let (mut by_programme, mut by_area) =
            (HashMap::<usize, Vec<usize>>::new(), HashMap::<usize, Vec<usize>>::new());
        for (number, one) in sessions.iter().enumerate() {
            by_programme.entry(one.programme).or_default().push(number);
            for area in site.content.programmes.get(one.programme).into_iter().flat_map(|p| areas_of(site, p)) {
                by_area.entry(area).or_default().push(number);
            }
        }
        Self { sessions, by_programme, by_area }
    }

    /// All sessions.
    pub(crate) fn sessions(&self) -> &[WeekSession] {
        &self.sessions
    }

    /// The sessions of a programme, by its number.
    pub(crate) fn of_programme(&self, programme: usize) -> impl Iterator<Item = &WeekSession> {
        self.by_programme.get(&programme).into_iter().flatten().filter_map(|number| self.sessions.get(*number))
    }

    /// The sessions in an area, by its number, and in the areas inside it.
    pub(crate) fn in_area(&self, area: usize) -> impl Iterator<Item = &WeekSession> {
        self.by_area.get(&area).into_iter().flatten().filter_map(|number| self.sessions.get(*number))
    }
}

/// The numbers of the areas around a programme's centre.
fn areas_of(site: &Site, record: &Record<Programme>) -> Vec<usize> {
    let centre = site.index.centre.get(&record.value.centre).and_then(|number| site.content.centres.get(*number));
    let mut next = centre.and_then(|centre| site.index.area.get(&centre.value.area).copied());
    let mut found = Vec::new();
    while let Some(number) = next {
        found.push(number);
        next = site.index.areas.get(number).and_then(|entry| entry.parent);
    }
    found
}

impl Site {
    /// What is on in the coming seven days.
    pub(crate) fn week(&self) -> &Week {
        self.week.get_or_init(|| Week::of(self))
    }
}

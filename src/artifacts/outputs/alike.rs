//! What centres of the same hours have in common.
//!
//! Most centres of a city have the same hours as others. What is made of hours alone, a timetable of HSDS or the events of
//! a calendar, is made once for all of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::calendar::OpeningHours;
use crate::content::{Centre, Record};
use crate::site::Edition;

/// What it follows from: the number of the calendar, the hours, and why days that they name differ.
type Basis = (Option<usize>, OpeningHours, Vec<Option<String>>);

/// Something made of hours in a language, for each basis that a centre has.
pub(super) struct Alike<T>(Mutex<HashMap<Basis, Arc<T>>>);

impl<T> Default for Alike<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Alike<T> {
    /// What there is for a centre with hours, or what `make` makes of these: nothing else of the centre may go into it.
    pub(super) fn of(
        &self,
        edition: &Edition<'_>,
        record: &Record<Centre>,
        hours: &OpeningHours,
        make: impl FnOnce() -> T,
    ) -> Arc<T> {
        let basis = (edition.site.calendar_number(&record.value.area), hours.clone(), whys(edition, record, hours));
        // What stands there is whole, whatever became of another thread.
        let made = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made().get(&basis).cloned();
        known.unwrap_or_else(|| {
            let new = Arc::new(make());
            made().insert(basis, Arc::clone(&new));
            new
        })
    }
}

/// Why the days differ that a centre or a notice names, as far as that is written.
fn whys(edition: &Edition<'_>, record: &Record<Centre>, hours: &OpeningHours) -> Vec<Option<String>> {
    let site = edition.site;
    let written = record.value.hours.as_ref();
    let exceptions = written.into_iter().flat_map(|hours| &hours.exceptions).map(|found| found.why.as_ref());
    let recurring = written.into_iter().flat_map(|hours| &hours.recurring).map(|found| found.why.as_ref());
    let closings = (0..hours.closings.len()).map(|number| {
        let notice = site.content.notices.get(site.closing_notice(&record.id, number)?)?;
        Some(&notice.value.title)
    });
    let all = exceptions.chain(recurring).chain(closings);
    all.map(|text| text.map(|text| edition.local(text).text)).collect()
}

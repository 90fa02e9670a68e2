//! A centre's hours as an `opening_hours` value of OpenStreetMap, for all outputs that give it: made once for each centre,
//! since finding the shortest rules for 60 days costs more than anything else that is said of it. Most centres of a city
//! have the same hours as others, so it is made once for each of those.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Site;
use crate::calendar::{DateSpan, OpeningHours, osm};
use crate::content::{Centre, Id};

/// How many days the value is right for.
const DAYS: i64 = 60;

/// The values of a centre, if it has hours.
#[derive(Debug)]
struct Values {
    by_rule: String,
    /// If it is another one.
    by_date: Option<String>,
}

/// What the values follow from: the number of the calendar, and the hours.
type Basis = (Option<usize>, OpeningHours);

/// The values of all centres.
#[derive(Debug)]
pub(super) struct OsmHours {
    /// By the centre's number.
    of_centres: Vec<OnceLock<Option<Arc<Values>>>>,
    made: Mutex<HashMap<Basis, Arc<Values>>>,
}

impl OsmHours {
    /// Room for so many centres.
    pub(super) fn new(count: usize) -> Self {
        Self { of_centres: (0..count).map(|_| OnceLock::new()).collect(), made: Mutex::default() }
    }
}

impl Site {
    /// The value of a centre, with public holidays by rule (`PH`).
    pub(crate) fn osm_by_rule(&self, centre: &Id<Centre>) -> Option<&str> {
        self.osm(centre).map(|values| values.by_rule.as_str())
    }

    /// The value with public holidays by date, for readers that do not know the region's, where it is another one.
    pub(crate) fn osm_by_date(&self, centre: &Id<Centre>) -> Option<&str> {
        self.osm(centre).and_then(|values| values.by_date.as_deref())
    }

    fn osm(&self, centre: &Id<Centre>) -> Option<&Values> {
        let number = *self.index.centre.get(centre)?;
        self.osm_hours.of_centres.get(number)?.get_or_init(|| self.make_osm(centre, number)).as_deref()
    }

    fn make_osm(&self, centre: &Id<Centre>, number: usize) -> Option<Arc<Values>> {
        let last = self.today.checked_add(jiff::Span::new().days(DAYS - 1)).unwrap_or(self.today);
        let (window, hours) = (DateSpan::new(self.today, last)?, self.hours(centre)?);
        let area = self.content.centres.get(number).map(|record| &record.value.area);
        let from = (area.and_then(|area| self.calendar_number(area)), hours.clone());
        // What stands there is whole, whatever became of another thread.
        let made = || self.osm_hours.made.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made().get(&from).cloned();
        Some(known.unwrap_or_else(|| {
            let [by_rule, by_date] = osm::write_both(hours, window, self.calendar_of(centre));
            let values = Arc::new(Values { by_date: (by_date != by_rule).then_some(by_date), by_rule });
            made().insert(from, Arc::clone(&values));
            values
        }))
    }
}

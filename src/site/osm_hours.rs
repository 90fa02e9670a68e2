//! A centre's hours as an `opening_hours` value of OpenStreetMap, for all outputs that give it: made once for each centre,
//! since finding the shortest rules for 60 days costs more than anything else that is said of it.

use std::sync::OnceLock;

use super::Site;
use crate::calendar::{DateSpan, osm};
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

/// The values of all centres, by the centre's number.
#[derive(Debug)]
pub(super) struct OsmHours(Vec<OnceLock<Option<Values>>>);

impl OsmHours {
    /// Room for so many centres.
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).map(|_| OnceLock::new()).collect())
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
        let place = self.osm_hours.0.get(*self.index.centre.get(centre)?)?;
        let make = || {
            let last = self.today.checked_add(jiff::Span::new().days(DAYS - 1)).unwrap_or(self.today);
            let (window, hours) = (DateSpan::new(self.today, last)?, self.hours(centre)?);
            let calendar = self.calendar_of(centre);
            let [by_rule, by_date] = osm::write_both(hours, window, calendar);
            Some(Values { by_date: (by_date != by_rule).then_some(by_date), by_rule })
        };
        place.get_or_init(make).as_ref()
    }
}

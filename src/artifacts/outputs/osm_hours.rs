//! A centre's hours as an `opening_hours` value of OpenStreetMap, for all outputs that give it.

use crate::calendar::{DateSpan, HolidayCalendar, OpeningHours, osm};
use crate::content::{Centre, Id};
use crate::site::Edition;

/// How many days the value is right for.
const DAYS: i64 = 60;

/// What a value is made of.
struct Ground<'a> {
    hours: &'a OpeningHours,
    window: DateSpan,
    calendar: &'a HolidayCalendar,
}

fn ground<'a>(edition: &Edition<'a>, centre: &Id<Centre>) -> Option<Ground<'a>> {
    let site = edition.site;
    let last = site.today.checked_add(jiff::Span::new().days(DAYS - 1)).unwrap_or(site.today);
    let window = DateSpan::new(site.today, last)?;
    Some(Ground { hours: site.hours(centre)?, window, calendar: site.calendar_of(centre) })
}

/// The value, with public holidays by rule (`PH`).
pub(super) fn by_rule(edition: &Edition<'_>, centre: &Id<Centre>) -> Option<String> {
    ground(edition, centre).map(|of| osm::write(of.hours, of.window, of.calendar))
}

/// The value, with public holidays by date, for readers that do not know the region's.
pub(super) fn by_date(edition: &Edition<'_>, centre: &Id<Centre>) -> Option<String> {
    ground(edition, centre).map(|of| osm::write_without_ph(of.hours, of.window, of.calendar))
}

//! Two sessions in one room, or led by one person, at the same time.
//!
//! Within a centre, over all of its programmes: somebody who is named by role is one person there, while another centre
//! has a 前台 of its own. A team may well be in two places. An activity is named once for each room and leader, with
//! the first of those that it gets in the way of.

use std::collections::BTreeMap;

use super::{coming_days, first_dates, title};
use crate::calendar::{Date, DateSpan};
use crate::content::{Centre, Id};
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::site::Site;
use crate::source::yaml::Step;

/// An activity: its programme's and its own number.
type ActivityNumber = (usize, usize);

/// A held session.
struct Booking {
    date: Date,
    /// From when to when, in minutes from the first day's midnight.
    minutes: (i64, i64),
    activity: ActivityNumber,
}

/// A room or a leader of a centre.
type Resource<'a> = (&'a Id<Centre>, &'static str, &'a str);

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let Some(window) = coming_days(site) else { return };
    let mut clashes: BTreeMap<(ActivityNumber, &str), (ActivityNumber, &str, Vec<Date>)> = BTreeMap::new();
    for ((_, kind, name), booked) in bookings(site, window) {
        for (number, first) in booked.iter().enumerate() {
            let later = booked.get(number + 1..).unwrap_or_default();
            for second in later.iter().take_while(|second| second.minutes.0 < first.minutes.1) {
                let (one, other) = (first.activity.min(second.activity), first.activity.max(second.activity));
                if one == other {
                    continue;
                }
                let known = clashes.entry((other, kind)).or_insert_with(|| (one, name, Vec::new()));
                if known.0 == one && known.2.last() != Some(&second.date) {
                    known.2.push(second.date);
                }
            }
        }
    }
    let mut places = BTreeMap::new();
    for (((programme, activity), kind), (first, name, dates)) in clashes {
        let mut place = |(programme, activity): ActivityNumber| -> Option<(Place, &str)> {
            let record = site.content.programmes.get(programme)?;
            let known = places.entry(programme).or_insert_with(|| record.origin.places(&site.texts));
            let steps: [Step; 3] = ["activities".into(), activity.into(), kind.into()];
            Some((known.at(&steps), title(site, &record.value.activities.get(activity)?.title)))
        };
        let (Some(first), Some(second)) = (place(first), place((programme, activity))) else { continue };
        let problem = Problem::new(if kind == "room" { Code::RoomBookedTwice } else { Code::LeaderBookedTwice })
            .with("name", name)
            .with("first", first.1)
            .with("second", second.1)
            .with("count", &dates.len().to_string())
            .with_list("dates", first_dates(&dates).iter().map(String::as_str));
        diagnostics.push(problem.at(second.0).see(first.0));
    }
}

/// What is held in each room and by each leader, in order of time.
fn bookings(site: &Site, window: DateSpan) -> BTreeMap<Resource<'_>, Vec<Booking>> {
    let mut bookings: BTreeMap<Resource<'_>, Vec<Booking>> = BTreeMap::new();
    for (number, record) in site.content.programmes.iter().enumerate() {
        for session in site.held(&record.value, window) {
            let midnight = window.first().until(session.date).map_or(0, |days| i64::from(days.get_days())) * 24 * 60;
            let minutes = |time: crate::calendar::TimeOfDay| midnight + i64::from(time.minutes());
            for (kind, text) in [("room", session.room), ("leader", session.activity.leader.as_ref())] {
                let Some(text) = text else { continue };
                bookings.entry((&record.value.centre, kind, title(site, text))).or_default().push(Booking {
                    date: session.date,
                    minutes: (minutes(session.time.start()), minutes(session.time.end())),
                    activity: (number, session.number),
                });
            }
        }
    }
    for booked in bookings.values_mut() {
        booked.sort_by_key(|booking| (booking.minutes, booking.activity));
    }
    bookings
}

//! Two sessions in one room, or led by one person, at the same time.
//!
//! Within a centre, over all of its programmes. A team may well be in two places; somebody who is named by role is not.

use std::collections::BTreeMap;

use super::{coming_days, first_dates, title};
use crate::calendar::{Date, TimeRange};
use crate::content::{Activity, Centre, Id, Origin, SessionException};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

/// A held session: what it takes up, and the activity that it is of.
struct Booking<'a> {
    date: Date,
    time: TimeRange,
    activity: &'a Activity,
    place: (&'a Origin, usize),
}

/// A room or a leader of a centre.
type Resource<'a> = (&'a Id<Centre>, &'static str, &'a str);

/// Two activities that take up one resource.
type Pair = (usize, usize);

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let Some(window) = coming_days(site) else { return };
    let mut bookings: BTreeMap<Resource<'_>, Vec<Booking<'_>>> = BTreeMap::new();
    for record in &site.content.programmes {
        let programme = &record.value;
        for (number, activity) in programme.activities.iter().enumerate() {
            let place = (&record.origin, number);
            for session in site.sessions(programme, activity, window).into_iter().filter(|session| session.held) {
                let exception = session.exception.and_then(|index| activity.exceptions.get(index));
                let extra = session.extra.and_then(|index| activity.extra.get(index));
                let room = exception
                    .and_then(|exception: &SessionException| exception.room.as_ref())
                    .or_else(|| extra.and_then(|extra| extra.room.as_ref()))
                    .or(activity.room.as_ref());
                for (kind, text) in [("room", room), ("leader", activity.leader.as_ref())] {
                    let Some(text) = text else { continue };
                    let booking = Booking { date: session.date, time: session.time, activity, place };
                    bookings.entry((&programme.centre, kind, title(site, text))).or_default().push(booking);
                }
            }
        }
    }
    for ((_, kind, name), mut booked) in bookings {
        booked.sort_by_key(|booking| (booking.date, booking.time.start()));
        let mut clashes: BTreeMap<Pair, (&Booking<'_>, &Booking<'_>, Vec<Date>)> = BTreeMap::new();
        for (number, first) in booked.iter().enumerate() {
            let later = booked.get(number + 1..).unwrap_or_default();
            for second in later.iter().take_while(|second| second.date == first.date) {
                let same = std::ptr::eq(first.activity, second.activity);
                if !same && first.time.overlap(&second.time).is_some() {
                    let key = |booking: &Booking<'_>| std::ptr::from_ref(booking.activity).addr();
                    let pair = (key(first).min(key(second)), key(first).max(key(second)));
                    clashes.entry(pair).or_insert((first, second, Vec::new())).2.push(first.date);
                }
            }
        }
        for (first, second, dates) in clashes.into_values() {
            let steps = |number: usize| ["activities".into(), number.into(), kind.into()];
            let problem = Problem::new(if kind == "room" { Code::RoomBookedTwice } else { Code::LeaderBookedTwice })
                .with("name", name)
                .with("first", title(site, &first.activity.title))
                .with("second", title(site, &second.activity.title))
                .with("count", &dates.len().to_string())
                .with_list("dates", first_dates(&dates).iter().map(String::as_str));
            let place = |booking: &Booking<'_>| booking.place.0.place(&site.texts, &steps(booking.place.1));
            diagnostics.push(problem.at(place(second)).see(place(first)));
        }
    }
}

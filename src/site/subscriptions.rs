//! Which calendars a site offers to subscribe to, where each stands, and what is in it.
//!
//! Pages link to calendars and `artifacts` makes them; both ask here, so that no link leads to a calendar that is not
//! made. A calendar that would have nothing in it is not offered.

use std::collections::BTreeSet;

use super::Site;
use crate::content::{Area, Audience, Centre, Event, Id, OutputFamily, Programme};

/// What a calendar is of.
#[derive(Debug, Clone, Copy)]
pub enum CalendarOf<'a> {
    /// A centre's activities and events.
    Centre(&'a Id<Centre>),
    /// A centre's opening hours.
    Hours(&'a Id<Centre>),
    /// One activity of a programme, by its key.
    Activity(&'a Id<Programme>, &'a str),
    /// Activities and events for an audience.
    Audience(&'a Id<Audience>),
    /// Activities and events of an area and of everything inside it.
    Area(&'a Id<Area>),
    /// One event.
    Event(&'a Id<Event>),
}

impl CalendarOf<'_> {
    /// The file, below the language's folder.
    pub fn path(&self) -> String {
        match self {
            Self::Centre(id) => format!("calendars/centres/{id}.ics"),
            Self::Hours(id) => format!("calendars/hours/{id}.ics"),
            Self::Activity(programme, key) => format!("calendars/activities/{programme}/{key}.ics"),
            Self::Audience(id) => format!("calendars/audiences/{id}.ics"),
            Self::Area(id) => format!("calendars/areas/{id}.ics"),
            Self::Event(id) => format!("calendars/events/{id}.ics"),
        }
    }
}

/// What is in a calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// Activities, as the number of the programme and the number in it.
    pub activities: Vec<(usize, usize)>,
    /// Events by their number.
    pub events: Vec<usize>,
}

impl Members {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.activities.is_empty() && self.events.is_empty()
    }
}

impl Site {
    /// Whether calendars are made at all.
    pub fn has_calendars(&self) -> bool {
        self.content.site.value.outputs.has(OutputFamily::Calendars)
    }

    /// The activities and events of a centre.
    pub fn members_of_centre(&self, id: &Id<Centre>) -> Members {
        let programmes = self.index.programmes.get(id).map(Vec::as_slice).unwrap_or_default();
        let events = self.index.events.get(id).cloned().unwrap_or_default();
        Members { activities: self.activities_of(programmes.iter().copied()), events }
    }

    /// The activities and events of an area and of everything inside it. An event is an area's if it is for the area
    /// or at one of its centres.
    pub fn members_of_area(&self, id: &Id<Area>) -> Members {
        let index = &self.index;
        let (mut programmes, mut events) = (BTreeSet::new(), BTreeSet::new());
        for area in index.within(id).into_iter().filter_map(|number| index.areas.get(number)) {
            events.extend(index.events_in.get(&area.area.id).into_iter().flatten());
            let centres = index.centres_in.get(&area.area.id).into_iter().flatten();
            for centre in centres.filter_map(|number| self.content.centres.get(*number)) {
                programmes.extend(index.programmes.get(&centre.id).into_iter().flatten());
                events.extend(index.events.get(&centre.id).into_iter().flatten());
            }
        }
        Members { activities: self.activities_of(programmes), events: events.into_iter().collect() }
    }

    /// The activities and events for an audience.
    pub fn members_of_audience(&self, id: &Id<Audience>) -> Members {
        let mut activities = self.activities_of(0..self.content.programmes.len());
        activities.retain(|(programme, activity)| {
            let programme = self.content.programmes.get(*programme);
            programme.and_then(|p| p.value.activities.get(*activity)).is_some_and(|a| a.audience.contains(id))
        });
        let events = (0..).zip(&self.content.events).filter(|(_, event)| event.value.audience.contains(id));
        Members { activities, events: events.map(|(number, _)| number).collect() }
    }

    fn activities_of(&self, programmes: impl IntoIterator<Item = usize>) -> Vec<(usize, usize)> {
        let activities = |number: usize| {
            let count = self.content.programmes.get(number).map_or(0, |programme| programme.value.activities.len());
            (0..count).map(move |activity| (number, activity))
        };
        programmes.into_iter().flat_map(activities).collect()
    }
}

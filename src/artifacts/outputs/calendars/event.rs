//! Something that happens once: on a day, on whole days, or at the same time of several days.

use super::entry::{Entry, Recurs, Said, Scene, Times};
use super::recurrence::Recurrence;
use super::text::Text;
use crate::calendar::{Date, DateSpan, WeekdaySet};
use crate::content::{Event, Record};
use crate::site::record_key;
use crate::site::views::Local;

/// The most days of an event at a time of day that are written.
const DAYS: usize = 366;

/// Writes an event; gives its days.
pub(super) fn write(scene: &Scene<'_>, record: &Record<Event>, text: &mut Text) -> Option<DateSpan> {
    let event = &record.value;
    let mut entry = Entry {
        uid: scene.uid(&["event", record.id.as_str()]),
        version: scene
            .version(&record_key(&record.id), Some(event.on.first()), || usize::from(event.cancelled.is_some())),
        times: Times::Days(event.on),
        said: scene.said(&said(scene, record)),
    };
    let Some(time) = event.time else {
        scene.write(&entry, &Recurs::Once, text);
        return Some(event.on);
    };
    let days: Vec<Date> = event.on.days().take(DAYS).collect();
    let recurrence = Recurrence::weekly(WeekdaySet::ALL, days.clone(), &days)?;
    entry.times = Times::of(event.on.first(), time);
    scene.write(&entry, &Recurs::By(&recurrence), text);
    DateSpan::new(event.on.first(), *days.last()?)
}

fn said(scene: &Scene<'_>, record: &Record<Event>) -> Said {
    let (edition, event) = (&scene.edition, &record.value);
    let centre = event.centre.as_ref().and_then(|id| scene.centre(id));
    let title = edition.local(&event.title);
    let cancelled = || Local {
        text: edition.wording.say("calendar.cancelled", &[("title", &title.text)]),
        lang: title.lang.clone(),
    };
    let zones = event.zones.iter().map(|zone| {
        let (name, what) = (edition.local(&zone.name).text, scene.words(zone.what.as_ref()));
        let time = zone.time.map(|time| time.to_string());
        [Some(name), time, what].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let words = [&event.cancelled, &event.summary];
    let words = words.into_iter().filter_map(|words| scene.words(words.as_ref()));
    let bring = (!event.bring.is_empty()).then(|| {
        let things = edition.locals(&event.bring).into_iter().map(|thing| thing.text);
        edition.wording.say("calendar.bring", &[("things", &edition.wording.list(things))])
    });
    let joining = [&event.cost, &event.booking].into_iter().filter_map(|words| scene.words(words.as_ref()));
    let contact = event.contact.as_ref().map(|contact| {
        let phone = contact.phone.as_ref().map(|phone| phone.as_str().to_owned());
        [Some(edition.local(&contact.role).text), phone].into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let area = event.area.as_ref().filter(|_| centre.is_none() && event.place.is_none());
    let location = [
        scene.words(event.place.as_ref()),
        centre.map(|centre| edition.local(&centre.value.name).text),
        centre.map(|centre| edition.local(&centre.value.address).text),
        area.and_then(|area| scene.area_name(area)),
    ];
    Said {
        summary: Some(if event.cancelled.is_some() { cancelled() } else { title.clone() }),
        description: words.chain(zones).chain(joining).chain(bring).chain(contact).collect(),
        location: location.into_iter().flatten().collect(),
        geo: event.location.or_else(|| centre.and_then(|centre| centre.value.location)),
        categories: scene.categories(event.strand.as_ref(), &event.audience),
        url: Some(scene.address(&edition.link(record))),
        cancelled: event.cancelled.is_some(),
    }
}

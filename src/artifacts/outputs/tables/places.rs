//! Areas, centres and what they offer, and the words that records share.

use super::{Cell, Column, Kind, Table, rows};
use crate::calendar::{Intervals, WeekdaySet, Weekly};
use crate::content::{AmenityEntry, Centre, Record, Term};
use crate::site::Edition;

const AREA: [Column; 8] = [
    Column("id", Kind::Id, "The area's id."),
    Column("name", Kind::Text, "Its name."),
    Column("level", Kind::Word, "Its level, from `province` to `grid`."),
    Column("parent", Kind::Ref("areas"), "The area around it."),
    Column("status", Kind::Word, "How things stand: `red`, `yellow` or `blue`."),
    Column("status_as_of", Kind::Date, "When they stood so."),
    Column("summary", Kind::Text, "A sentence or two about it."),
    Column("url", Kind::Url, "Its page."),
];

pub(super) const AREAS: Table = Table { name: "areas", columns: &AREA, rows: areas };

fn areas<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let index = &edition.site.index;
    let row = |entry: &'a crate::site::AreaEntry| {
        let area = &entry.area;
        [
            Cell::id(&area.id),
            Cell::Text(&area.name),
            Cell::kebab(&area.level),
            Cell::some_id(entry.parent.and_then(|n| index.areas.get(n)).map(|around| &around.area.id)),
            area.status.as_ref().map_or(Cell::Empty, Cell::kebab),
            area.status_as_of.map_or(Cell::Empty, |day| Cell::date(day.0)),
            Cell::some_text(area.summary.as_ref()),
            Cell::plain(edition.canonical(&edition.address(&format!("areas/{}/", area.id)))),
        ]
    };
    rows(&AREA, edition.site.index.areas.iter().map(row))
}

const CENTRE: [Column; 20] = [
    Column("id", Kind::Id, "The centre's id."),
    Column("name", Kind::Text, "Its name."),
    Column("short_name", Kind::Text, "Its short name."),
    Column("kind", Kind::Word, "What sort of place it is, e.g. `community-centre` or `station`."),
    Column("area", Kind::Ref("areas"), "The area in which it stands."),
    Column("part_of", Kind::Ref("centres"), "The centre that it belongs to."),
    Column("summary", Kind::Text, "What it is and for whom."),
    Column("address", Kind::Text, "Where it is, as on an envelope."),
    Column("directions", Kind::Text, "How to find it."),
    Column("lat", Kind::Number, "Latitude in degrees (WGS 84)."),
    Column("lon", Kind::Number, "Longitude in degrees (WGS 84)."),
    Column("phone", Kind::Word, "The first telephone line; all are in `phones`."),
    Column("hours_note", Kind::Text, "What is said beside the opening hours."),
    Column("osm_opening_hours", Kind::Word, "The opening hours of the coming 60 days as OSM `opening_hours`."),
    Column("accessibility", Kind::Word, "What makes it usable for everyone, with `; ` between."),
    Column("audiences", Kind::Word, "Whom it is for, by ids of `terms`; none: everyone."),
    Column("url", Kind::Url, "Its page."),
    Column("holidays", Kind::Word, "What happens on public holidays: `closed`, `open`, or times."),
    Column("local_holidays", Kind::Word, "The same on holidays of the area, where that differs."),
    Column("makeup_workdays", Kind::Word, "What happens on make-up workdays: `as-weekday`, `as-dated` or `closed`."),
];

pub(super) const CENTRES: Table = Table { name: "centres", columns: &CENTRE, rows: centres };

fn centres<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let row = |record: &'a Record<Centre>| {
        let centre = &record.value;
        [
            Cell::id(&record.id),
            Cell::Text(&centre.name),
            Cell::some_text(centre.short_name.as_ref()),
            Cell::kebab(&centre.kind),
            Cell::id(&centre.area),
            Cell::some_id(centre.part_of.as_ref()),
            Cell::some_text(centre.summary.as_ref()),
            Cell::Text(&centre.address),
            Cell::some_text(centre.directions.as_ref()),
            Cell::number(centre.location.map(|at| at.lat)),
            Cell::number(centre.location.map(|at| at.lon)),
            Cell::some(centre.phones.first().map(|phone| phone.number.as_str())),
            Cell::some_text(centre.hours_note.as_ref()),
            Cell::some(edition.site.osm_by_rule(&record.id).map(str::to_owned)),
            Cell::list(centre.accessibility.iter().map(crate::site::views::kebab)),
            Cell::ids(&centre.audiences),
            Cell::plain(edition.canonical(&edition.address_of(&record.id))),
            Cell::some(centre.hours.as_ref().map(|hours| hours.holidays.clone())),
            Cell::some(centre.hours.as_ref().and_then(|hours| hours.local_holidays.clone())),
            centre.hours.as_ref().map_or(Cell::Empty, |hours| Cell::kebab(&hours.makeup_workdays)),
        ]
    };
    rows(&CENTRE, edition.site.content.centres.iter().map(row))
}

const HOURS: [Column; 9] = [
    Column("centre", Kind::Ref("centres"), "The centre."),
    Column("season_from", Kind::Word, "The month and day on which the season begins; none: all year but for seasons."),
    Column("season_until", Kind::Word, "The month and day on which it ends."),
    Column("weekdays", Kind::Word, "The weekdays, e.g. `mon-fri`."),
    Column("recurs", Kind::Word, "Days that recur in another way than weekly, as editors write them."),
    Column("opens", Kind::Time, "When it opens; none: closed on these days."),
    Column("closes", Kind::Time, "When it closes."),
    Column("next_day", Kind::Boolean, "Whether it closes on the day after."),
    Column("by_appointment", Kind::Boolean, "Whether one needs an appointment."),
];

pub(super) const OPENING_HOURS: Table = Table { name: "opening-hours", columns: &HOURS, rows: opening_hours };

/// When something holds, and the hours that then hold.
type Held<'a> = ([Cell<'a>; 4], Intervals);

fn opening_hours<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_centre = |record: &'a Record<Centre>| {
        let hours = edition.site.hours(&record.id)?;
        let seasons = hours.seasons.iter().flat_map(|(span, weekly)| {
            let season = [String::from(span.from), String::from(span.to)];
            held(weekly, Some(season))
        });
        let recurring = hours.recurring.iter().map(|(pattern, intervals)| {
            ([Cell::Empty, Cell::Empty, Cell::Empty, Cell::plain(pattern.to_string())], intervals.clone())
        });
        let all: Vec<Held<'a>> = held(&hours.weekly, None).into_iter().chain(seasons).chain(recurring).collect();
        Some(all.into_iter().flat_map(|(when, intervals)| intervals_of(record, when, &intervals)).collect::<Vec<_>>())
    };
    rows(&HOURS, edition.site.content.centres.iter().filter_map(of_centre).flatten())
}

fn held<'a>(weekly: &Weekly, season: Option<[String; 2]>) -> Vec<Held<'a>> {
    let row = |(days, intervals): &(WeekdaySet, Intervals)| {
        let [from, until] = season.clone().map_or([Cell::Empty, Cell::Empty], |season| season.map(Cell::plain));
        ([from, until, Cell::plain(String::from(*days)), Cell::Empty], intervals.clone())
    };
    weekly.entries().iter().map(row).collect()
}

/// A row for each interval, or one for days that are closed.
fn intervals_of<'a>(record: &'a Record<Centre>, when: [Cell<'a>; 4], intervals: &Intervals) -> Vec<[Cell<'a>; 9]> {
    let text = |cell: &Cell<'a>| match cell {
        Cell::Plain(text) => Cell::Plain(text.clone()),
        _ => Cell::Empty,
    };
    let row = |times: [Cell<'a>; 3], by_appointment: Cell<'a>| {
        let [from, until, days, recurs] = when.each_ref().map(text);
        let [opens, closes, next_day] = times;
        [Cell::id(&record.id), from, until, days, recurs, opens, closes, next_day, by_appointment]
    };
    match intervals.openings() {
        [] => vec![row(Cell::times(None), Cell::Empty)],
        openings => openings
            .iter()
            .map(|opening| row(Cell::times(Some(opening.time)), Cell::flag(opening.by_appointment)))
            .collect(),
    }
}

const AMENITY: [Column; 4] = [
    Column("centre", Kind::Ref("centres"), "The centre."),
    Column("amenity", Kind::Word, "What a visitor can use, e.g. `drinking-water`."),
    Column("note", Kind::Text, "Where it stands or how it is used."),
    Column("hours", Kind::Word, "When it can be used, where that differs from the centre."),
];

pub(super) const AMENITIES: Table = Table { name: "amenities", columns: &AMENITY, rows: amenities };

fn amenities<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_centre = |record: &'a Record<Centre>| {
        record.value.amenities.iter().map(|entry| {
            let note = match entry {
                AmenityEntry::Kind(_) => None,
                AmenityEntry::Detailed(detail) => detail.note.as_ref(),
            };
            [
                Cell::id(&record.id),
                Cell::kebab(&entry.kind()),
                Cell::some_text(note),
                Cell::some(entry.hours().cloned()),
            ]
        })
    };
    rows(&AMENITY, edition.site.content.centres.iter().flat_map(of_centre))
}

const SERVICE: [Column; 13] = [
    Column("centre", Kind::Ref("centres"), "The centre."),
    Column("number", Kind::Integer, "Its place in the centre's list."),
    Column("name", Kind::Text, "What it is called."),
    Column("description", Kind::Text, "What is done."),
    Column("provider", Kind::Text, "Who does it."),
    Column("department", Kind::Word, "The office responsible, by its id in `terms`."),
    Column("audiences", Kind::Word, "Whom it is for, by ids of `terms`; none: everyone."),
    Column("hours", Kind::Word, "When it is given, where that differs from the centre."),
    Column("when", Kind::Text, "The same in words."),
    Column("cost", Kind::Text, "What it costs."),
    Column("phone", Kind::Word, "Whom to call."),
    Column("by_appointment", Kind::Boolean, "Whether an appointment is needed."),
    Column("home_visits", Kind::Boolean, "Whether staff come to the home."),
];

pub(super) const SERVICES: Table = Table { name: "services", columns: &SERVICE, rows: services };

fn services<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_centre = |record: &'a Record<Centre>| {
        record.value.services.iter().zip(1..).map(|(service, number)| {
            [
                Cell::id(&record.id),
                Cell::number(Some(number)),
                Cell::Text(&service.name),
                Cell::some_text(service.description.as_ref()),
                Cell::some_text(service.provider.as_ref()),
                Cell::some_id(service.department.as_ref()),
                Cell::ids(&service.audiences),
                Cell::some(service.hours.clone()),
                Cell::some_text(service.when.as_ref()),
                Cell::some_text(service.cost.as_ref()),
                Cell::some(service.phone.as_ref().map(|phone| phone.as_str())),
                Cell::flag(service.by_appointment),
                Cell::flag(service.home_visits),
            ]
        })
    };
    rows(&SERVICE, edition.site.content.centres.iter().flat_map(of_centre))
}

const PHONE: [Column; 5] = [
    Column("centre", Kind::Ref("centres"), "The centre."),
    Column("number", Kind::Word, "The number, as people dial it."),
    Column("for", Kind::Text, "What the line is for."),
    Column("answered", Kind::Word, "When it is answered, where that differs from the centre."),
    Column("hours", Kind::Text, "The same in words."),
];

pub(super) const PHONES: Table = Table { name: "phones", columns: &PHONE, rows: phones };

fn phones<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_centre = |record: &'a Record<Centre>| {
        record.value.phones.iter().map(|phone| {
            [
                Cell::id(&record.id),
                Cell::word(phone.number.as_str()),
                Cell::some_text(phone.purpose.as_ref()),
                Cell::some(phone.answered.clone()),
                Cell::some_text(phone.hours.as_ref()),
            ]
        })
    };
    rows(&PHONE, edition.site.content.centres.iter().flat_map(of_centre))
}

const TERM: [Column; 5] = [
    Column("kind", Kind::Word, "What it names: `audience`, `department` or `strand`."),
    Column("id", Kind::Word, "Its id, unique among its kind."),
    Column("name", Kind::Text, "The name that readers see."),
    Column("note", Kind::Text, "A sentence that explains it."),
    Column("phone", Kind::Word, "Whom to call, for an office."),
];

pub(super) const TERMS: Table = Table { name: "terms", columns: &TERM, rows: terms };

fn terms<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let config = &edition.site.content.site.value;
    fn row<'a>(kind: &'static str, id: &'a str, term: &'a Term) -> [Cell<'a>; 5] {
        [
            Cell::word(kind),
            Cell::word(id),
            Cell::Text(&term.name),
            Cell::some_text(term.note.as_ref()),
            Cell::some(term.phone.as_ref().map(|phone| phone.as_str())),
        ]
    }
    let audiences = config.audiences.iter().map(|(id, term)| row("audience", id.as_str(), term));
    let departments = config.departments.iter().map(|(id, term)| row("department", id.as_str(), term));
    let strands = config.strands.iter().map(|(id, term)| row("strand", id.as_str(), term));
    rows(&TERM, audiences.chain(departments).chain(strands))
}

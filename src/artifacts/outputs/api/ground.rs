//! What everything else stands on: areas, the public calendar, and the site's own terms.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{Contact, Days, Figure, IsoDate, Pages, Source, Words, Writer, date, day, days, id};
use crate::content::{self, AreaLevel, AreaStatus, HolidayKind, Id, MakeupWorkday, Record, Term};
use crate::site::AreaEntry;

/// An area.
#[derive(Serialize, JsonSchema)]
pub(super) struct Area {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// Its name.
    name: Words,
    /// The id of the area around it.
    within: Option<String>,
    /// Its level.
    level: AreaLevel,
    /// How things stand there.
    status: Option<AreaStatus>,
    /// The day to which the status refers.
    status_as_of: Option<IsoDate>,
    /// A sentence or two.
    summary: Option<Words>,
    /// Who is responsible, by role.
    contacts: Vec<Contact>,
    /// Figures about it.
    figures: Vec<Figure>,
}

/// One year of the public calendar, of a region or of one area.
#[derive(Serialize, JsonSchema)]
pub(super) struct CalendarYear {
    /// Its id.
    id: String,
    /// The year.
    year: i16,
    /// The region, ISO 3166.
    region: String,
    /// The id of the area in which alone these days hold.
    area: Option<String>,
    /// The official notice that the days come from.
    source: Source,
    /// The holidays.
    holidays: Vec<Holiday>,
    /// When the schools are on holiday.
    school_holidays: Vec<SchoolHoliday>,
}

/// One occasion.
#[derive(Serialize, JsonSchema)]
struct Holiday {
    /// Its name.
    name: Words,
    /// What it makes of its days.
    kind: HolidayKind,
    /// The days off.
    days: Days,
    /// The weekend days on which people work for it.
    makeup_workdays: Vec<Makeup>,
}

/// A weekend day on which people work.
#[derive(Serialize, JsonSchema)]
struct Makeup {
    /// The day.
    date: IsoDate,
    /// The day off that it replaces, where the notice says so.
    replaces: Option<IsoDate>,
}

/// Days without school.
#[derive(Serialize, JsonSchema)]
struct SchoolHoliday {
    /// The name.
    name: Words,
    /// The days.
    days: Days,
}

/// A name that records refer to by id.
#[derive(Serialize, JsonSchema)]
pub(super) struct Named {
    /// Its id.
    id: String,
    /// The name.
    name: Words,
    /// What explains it.
    note: Option<Words>,
    /// Whom to call, for an office.
    phone: Option<String>,
}

pub(super) fn area(writer: Writer<'_, '_>, entry: &AreaEntry) -> Area {
    let area = &entry.area;
    let around = entry.parent.and_then(|parent| writer.first.site.index.areas.get(parent));
    Area {
        id: area.id.to_string(),
        pages: writer.pages_at(&format!("areas/{}/", area.id), |edition| edition.has(&area.name)),
        name: writer.words(&area.name),
        within: around.map(|around| around.area.id.to_string()),
        level: area.level,
        status: area.status,
        status_as_of: area.status_as_of.map(day),
        summary: writer.maybe(area.summary.as_ref()),
        contacts: area.contacts.iter().filter_map(|contact| writer.contact(Some(contact))).collect(),
        figures: writer.figures(&area.figures),
    }
}

pub(super) fn calendar(writer: Writer<'_, '_>, record: &Record<content::CalendarYear>) -> CalendarYear {
    let value = &record.value;
    let makeup = |makeup: &MakeupWorkday| match makeup {
        MakeupWorkday::Day(on) => Makeup { date: day(*on), replaces: None },
        MakeupWorkday::Replacing(found) => Makeup { date: day(found.on), replaces: Some(date(found.replaces.0)) },
    };
    let holiday = |holiday: &content::Holiday| Holiday {
        name: writer.words(&holiday.name),
        kind: holiday.kind,
        days: days(holiday.days),
        makeup_workdays: holiday.makeup_workdays.iter().map(makeup).collect(),
    };
    let school = |holiday: &content::SchoolHoliday| SchoolHoliday {
        name: writer.words(&holiday.name),
        days: days(holiday.days),
    };
    CalendarYear {
        id: record.id.to_string(),
        year: value.year,
        region: value.region.clone(),
        area: id(value.area.as_ref()),
        source: writer.source(&value.source),
        holidays: value.holidays.iter().map(holiday).collect(),
        school_holidays: value.school_holidays.iter().map(school).collect(),
    }
}

pub(super) fn named<K>(writer: Writer<'_, '_>, terms: &IndexMap<Id<K>, Term>) -> Vec<Named> {
    let term = |(id, term): (&Id<K>, &Term)| Named {
        id: id.to_string(),
        name: writer.words(&term.name),
        note: writer.maybe(term.note.as_ref()),
        phone: term.phone.as_ref().map(|phone| phone.as_str().to_owned()),
    };
    terms.iter().map(term).collect()
}

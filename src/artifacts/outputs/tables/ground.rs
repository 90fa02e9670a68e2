//! What everything else stands on: pages of their own, and the days of the public calendar.

use super::{Cell, Column, Kind, Table, rows};
use crate::calendar::{Date, DateSpan};
use crate::content::{CalendarYear, Holiday, MakeupWorkday, Page, Record, Text};
use crate::site::Edition;

const PAGE: [Column; 6] = [
    Column("id", Kind::Id, "The page's id: its path below `pages`."),
    Column("title", Kind::Text, "Its title."),
    Column("summary", Kind::Text, "One sentence."),
    Column("reviewed", Kind::Date, "When somebody last checked it."),
    Column("footer_order", Kind::Integer, "Its place at the bottom of pages; none: it is not listed there."),
    Column("url", Kind::Url, "Its address."),
];

pub(super) const PAGES: Table = Table { name: "pages", columns: &PAGE, rows: pages };

fn pages<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let row = |record: &'a Record<Page>| {
        let page = &record.value;
        [
            Cell::word(record.id.as_str()),
            Cell::Text(&page.title),
            Cell::some_text(page.summary.as_ref()),
            page.reviewed.map_or(Cell::Empty, |day| Cell::date(day.0)),
            Cell::number(page.footer_order),
            Cell::plain(edition.canonical(&edition.address_of(&record.id))),
        ]
    };
    rows(&PAGE, edition.site.content.pages.iter().map(row))
}

const HOLIDAY: [Column; 11] = [
    Column("calendar", Kind::Word, "The id of the year's calendar."),
    Column("year", Kind::Integer, "The year."),
    Column("region", Kind::Word, "The region (ISO 3166)."),
    Column("area", Kind::Ref("areas"), "The area in which alone it holds; none: the whole region."),
    Column("name", Kind::Text, "The occasion."),
    Column("kind", Kind::Word, "`holiday`, `closure`, `makeup-workday` or `school-holiday`."),
    Column("from", Kind::Date, "The first day."),
    Column("until", Kind::Date, "The last day."),
    Column("replaces", Kind::Date, "The day off that a make-up workday replaces, where the notice says so."),
    Column("source", Kind::Text, "The official notice."),
    Column("source_url", Kind::Url, "Where it can be read."),
];

pub(super) const HOLIDAYS: Table = Table { name: "holidays", columns: &HOLIDAY, rows: holidays };

/// A row's name, kind, days and the day that is replaced.
type Occasion<'a> = (&'a Text, Cell<'a>, DateSpan, Option<Date>);

fn holidays<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_year = |record: &'a Record<CalendarYear>| {
        let year = &record.value;
        let public = year.holidays.iter().flat_map(occasions);
        let schools =
            year.school_holidays.iter().map(|found| (&found.name, Cell::word("school-holiday"), found.days, None));
        public.chain(schools).map(move |(name, kind, days, replaces)| {
            [
                Cell::id(&record.id),
                Cell::plain(year.year.to_string()),
                Cell::word(&year.region),
                Cell::some_id(year.area.as_ref()),
                Cell::Text(name),
                kind,
                Cell::date(days.first()),
                Cell::date(days.last()),
                replaces.map_or(Cell::Empty, Cell::date),
                Cell::Text(&year.source.title),
                Cell::some(year.source.url.as_ref().map(|url| url.as_str())),
            ]
        })
    };
    rows(&HOLIDAY, edition.site.content.calendar.iter().flat_map(of_year))
}

/// The days off, and the days on which people work for them.
fn occasions(holiday: &Holiday) -> Vec<Occasion<'_>> {
    let off = (&holiday.name, Cell::kebab(&holiday.kind), holiday.days, None);
    let makeup = holiday.makeup_workdays.iter().filter_map(|makeup| {
        let (on, replaces) = match makeup {
            MakeupWorkday::Day(on) => (on.0, None),
            MakeupWorkday::Replacing(found) => (found.on.0, Some(found.replaces.0)),
        };
        Some((&holiday.name, Cell::word("makeup-workday"), DateSpan::new(on, on)?, replaces))
    });
    std::iter::once(off).chain(makeup).collect()
}

//! Every kind as a table (CSV, RFC 4180), for spreadsheets and for programs, with a description of all columns.
//!
//! A table is a list of columns and a function that gives its rows; both have the same length by type. Each is made in
//! two forms ([`csv::Form`]): `tables/NAME.csv` and `tables/plain/NAME.csv`. `tables/datapackage.json` describes the
//! plain ones (Frictionless Data Package 1). All tables are there, those without rows too, so that programs can count
//! on them. Texts are in the first language, in others in a column of their own: `name`, `name_en`.

mod csv;
mod differences;
mod ground;
mod matters;
mod package;
mod places;
mod programmes;

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use super::{SiteArtifact, file, json};
use crate::calendar::{Date, DateSpan, TimeOfDay, TimeRange, iso, push_two};
use crate::content::{Id, Text};
use crate::site::Edition;
use crate::site::views::kebab;
use csv::{Form, Writer};

/// How many days sessions and turns of duty are written out for.
const DAYS: i64 = 60;

/// A table.
struct Table {
    /// Its file's name, without the ending.
    name: &'static str,
    /// The columns.
    columns: &'static [Column],
    /// The rows, for the site in its first language.
    rows: for<'a> fn(&Edition<'a>) -> Vec<Vec<Cell<'a>>>,
}

/// A column: its name, what its cells are, what they mean.
struct Column(&'static str, Kind, &'static str);

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The id of the row's record, no two the same.
    Id,
    /// The id of a record of another table.
    Ref(&'static str),
    /// A word, a telephone number, or several of them.
    Word,
    /// Words for readers, one column a language.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Whether something is so.
    Boolean,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A web address.
    Url,
}

/// A cell.
enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Words for readers.
    Text(&'a Text),
    /// Several of them, one a line.
    Texts(&'a [Text]),
    /// Anything that is the same in all languages.
    Plain(Cow<'a, str>),
}

/// All tables.
const TABLES: [&Table; 21] = [
    &places::AREAS,
    &places::CENTRES,
    &places::OPENING_HOURS,
    &places::AMENITIES,
    &places::SERVICES,
    &programmes::PROGRAMMES,
    &programmes::ACTIVITIES,
    &programmes::SESSIONS,
    &programmes::EVENTS,
    &matters::POLICIES,
    &matters::NOTICES,
    &matters::TEAMS,
    &matters::DUTY,
    &matters::STOPS,
    &matters::FEEDBACK,
    &ground::PAGES,
    &ground::HOLIDAYS,
    &places::TERMS,
    &places::PHONES,
    &differences::SPECIAL_HOURS,
    &differences::SESSION_CHANGES,
];

/// A form that was made and not yet taken.
type Left = Option<(Form, Vec<u8>)>;

/// The files of the family.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first().copied() else { return Vec::new() };
    // Both forms have the same rows: who comes first makes both, the other takes what was left for it. All tables come in
    // one form before the first in the other, or a second thread would wait for what the first one makes.
    let left = TABLES.map(|_| Arc::<Mutex<Left>>::default());
    let tables = Form::BOTH.into_iter().flat_map(|form| {
        let of_form = TABLES.iter().zip(&left).map(|(table, left)| {
            let left = Arc::clone(left);
            let path = format!("{}{}.csv", form.folder(), table.name);
            file(&path, "site.yaml", move |buffer| {
                let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
                match left.take_if(|(made, _)| *made == form) {
                    Some((_, made)) => buffer.extend_from_slice(&made),
                    None => {
                        let mut other = Vec::new();
                        make(&first, table, [(form, buffer), (form.other(), &mut other)]);
                        *left = Some((form.other(), other));
                    }
                }
            })
        });
        of_form.collect::<Vec<_>>()
    });
    let package = json("tables/datapackage.json", "site.yaml", move || package::package(&first, &TABLES));
    tables.flatten().chain(package).collect()
}

/// Writes a table in two forms, each into an empty buffer.
fn make(edition: &Edition<'_>, table: &Table, forms: [(Form, &mut Vec<u8>); 2]) {
    let rows = (table.rows)(edition);
    let languages: Vec<_> =
        edition.site.content.site.value.languages.iter().skip(1).map(|language| &language.tag).collect();
    let first = edition.site.first_language();
    for (form, buffer) in forms {
        let mut writer = Writer::new(form, buffer);
        for Column(name, kind, _) in table.columns {
            writer.raw(name);
            for language in languages.iter().filter(|_| *kind == Kind::Text) {
                writer.raw(&format!("{name}_{language}"));
            }
        }
        writer.end();
        for row in &rows {
            for (Column(_, kind, _), cell) in table.columns.iter().zip(row) {
                match (kind, cell) {
                    (Kind::Integer | Kind::Number | Kind::Boolean, Cell::Plain(value)) => writer.raw(value),
                    (_, Cell::Plain(value)) => writer.text(value),
                    (_, Cell::Text(text)) => writer.text(text.best(first, first).0),
                    (_, Cell::Texts(texts)) => {
                        writer.text(&texts.iter().map(|text| text.best(first, first).0).collect::<Vec<_>>().join("\n"));
                    }
                    (_, Cell::Empty) => writer.raw(""),
                }
                for language in languages.iter().filter(|_| *kind == Kind::Text) {
                    match cell {
                        Cell::Text(text) => writer.text(text.exactly(language, first).unwrap_or_default()),
                        Cell::Texts(texts) => {
                            let written = texts.iter().filter_map(|text| text.exactly(language, first));
                            writer.text(&written.collect::<Vec<_>>().join("\n"));
                        }
                        Cell::Plain(_) | Cell::Empty => writer.raw(""),
                    }
                }
            }
            writer.end();
        }
    }
}

/// Rows, each of as many cells as there are columns.
fn rows<'a, const N: usize>(_: &[Column; N], rows: impl IntoIterator<Item = [Cell<'a>; N]>) -> Vec<Vec<Cell<'a>>> {
    rows.into_iter().map(Vec::from).collect()
}

impl<'a> Cell<'a> {
    /// Words for readers, if there are any.
    fn some_text(text: Option<&'a Text>) -> Self {
        text.map_or(Cell::Empty, Cell::Text)
    }

    /// A word.
    fn word(word: &'a str) -> Self {
        Cell::Plain(word.into())
    }

    /// An enumerated value, as editors write it.
    fn kebab<T: serde::Serialize>(value: &T) -> Self {
        Cell::Plain(kebab(value).into())
    }

    /// What is written the same way in all languages.
    fn plain(value: impl Into<String>) -> Self {
        Cell::Plain(Cow::Owned(value.into()))
    }

    /// The same for what may be missing.
    fn some<T: Into<String>>(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Cell::plain)
    }

    /// A number or a boolean, if there is one.
    fn number<T: ToString>(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, |value| Cell::plain(value.to_string()))
    }

    /// Whether something is so.
    fn flag(value: bool) -> Self {
        Cell::word(if value { "true" } else { "false" })
    }

    /// An id.
    fn id<K>(id: &'a Id<K>) -> Self {
        Cell::word(id.as_str())
    }

    /// An id, if there is one.
    fn some_id<K>(id: Option<&'a Id<K>>) -> Self {
        id.map_or(Cell::Empty, Cell::id)
    }

    /// Several ids or words, with `; ` between them.
    fn list<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> Self {
        let words: Vec<T> = words.into_iter().collect();
        Cell::plain(words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("; "))
    }

    /// Several ids.
    fn ids<K>(ids: &'a [Id<K>]) -> Self {
        Cell::list(ids.iter().map(Id::as_str))
    }

    /// A day.
    fn date(date: Date) -> Self {
        Cell::plain(iso(date))
    }

    /// A time of day; 24:00 and what is later is a time of the day after.
    fn time(time: TimeOfDay) -> Self {
        let minutes = time.minutes() % TimeOfDay::END.minutes();
        let mut text = String::with_capacity("14:30".len());
        push_two(&mut text, minutes / 60);
        text.push(':');
        push_two(&mut text, minutes % 60);
        Cell::plain(text)
    }

    /// The begin and the end of an interval, and whether the end is on the day after.
    fn times(time: Option<TimeRange>) -> [Self; 3] {
        match time {
            None => [Cell::Empty, Cell::Empty, Cell::Empty],
            Some(time) => [Cell::time(time.start()), Cell::time(time.end()), Cell::flag(time.end() >= TimeOfDay::END)],
        }
    }
}

/// The days that are written out.
fn coming(edition: &Edition<'_>) -> Option<DateSpan> {
    let today = edition.site.today;
    DateSpan::new(today, today.checked_add(jiff::Span::new().days(DAYS - 1)).ok()?)
}

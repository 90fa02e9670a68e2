//! What many records of the API share: texts by language, addresses, dates and times, people to ask, pictures.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::super::naming::{absolute, below};
use super::centre::Centres;
use super::session::Sessions;
use crate::calendar::{
    Date, DateSpan, DateTime, Day, DayOrTime, Intervals, RoughDate, TimeRange, WeekdaySet, Weekly, iso,
};
use crate::content::{self, Id, LanguageTag, Location, Record, Text};
use crate::site::{Address, Edition, Titled, file_url, page_path};

/// A text: one string a language, by its BCP 47 tag, the site's first language first. A language that is missing was
/// not written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct Words(ByLanguage);

/// Absolute addresses of a record's pages, one a language that it has a page in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct Pages(ByLanguage);

/// Something in each language, by its tag. A site has few languages and a file tens of thousands of texts, so this is a
/// list and only written as a map.
#[derive(Debug, Clone)]
struct ByLanguage(Vec<(String, String)>);

impl Serialize for ByLanguage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(tag, text)| (tag, text)))
    }
}

impl JsonSchema for ByLanguage {
    fn schema_name() -> Cow<'static, str> {
        IndexMap::<String, String>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        IndexMap::<String, String>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        IndexMap::<String, String>::inline_schema()
    }
}

/// A civil date, ISO 8601: `2026-11-24`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("format" = "date"))]
pub(super) struct IsoDate(String);

/// An instant with the offset of the site's zone, RFC 3339: `2026-11-24T14:30:00+08:00`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("format" = "date-time"))]
pub(super) struct Instant(String);

/// A period of whole days, both ends included.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Period")]
pub(super) struct Days {
    /// The first day.
    pub(super) from: IsoDate,
    /// The last day.
    pub(super) until: IsoDate,
}

/// A time of a day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Time {
    /// When it begins, civil: `14:30`.
    starts: String,
    /// When it ends, civil, that minute no longer included: `17:00`; `24:00` is the end of the day.
    ends: String,
    /// Whether it ends on the day after.
    next_day: bool,
}

/// A time at which something is open.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct OpenTime {
    /// The time.
    #[serde(flatten)]
    time: Time,
    /// Whether one has to make an appointment first.
    by_appointment: bool,
}

/// What holds on some weekdays.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct WeekTimes {
    /// The weekdays, ISO 8601: 1 is Monday, 7 is Sunday.
    weekdays: Vec<i8>,
    /// The open times; none means closed.
    times: Vec<OpenTime>,
}

/// A point on the earth, WGS 84.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Point {
    /// Latitude in degrees, south negative.
    lat: f64,
    /// Longitude in degrees, west negative.
    lon: f64,
}

/// A telephone line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Phone {
    /// The number as people dial it.
    number: String,
    /// What the line is for.
    purpose: Option<Words>,
    /// When it is answered, where that is not whenever the place is open.
    answered: Option<Vec<WeekTimes>>,
    /// When it is answered, in words.
    hours: Option<Words>,
}

/// Whom to ask: a role, never a person's name.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Contact {
    /// The role.
    role: Words,
    /// The number.
    phone: Option<String>,
    /// When and where, in words.
    note: Option<Words>,
}

/// A figure that was published.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Figure {
    /// What is counted.
    label: Words,
    /// The number as readers see it.
    value: Words,
    /// The unit.
    unit: Option<Words>,
    /// To when it refers: a year, a month or a day.
    as_of: Option<String>,
    /// Who counted.
    source: Option<Words>,
}

/// A picture.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Picture {
    /// The file, absolute.
    url: String,
    /// What it shows.
    alt: Words,
    /// The line below it.
    caption: Option<Words>,
    /// Who made or gave it.
    credit: Option<Words>,
}

/// A document that something rests on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Source {
    /// Its title.
    title: Words,
    /// Its number.
    number: Option<String>,
    /// Who issued it.
    issuer: Option<Words>,
    /// When it was issued.
    issued: Option<IsoDate>,
    /// Where it can be read.
    url: Option<String>,
}

/// The site in its languages, as every record is written from it.
#[derive(Clone, Copy)]
pub(super) struct Writer<'e, 'a> {
    pub(super) editions: &'e [Edition<'a>],
    pub(super) first: &'e Edition<'a>,
    /// What stands in two files each.
    pub(super) made: &'e Made,
}

/// What stands in two files each, once it was made.
pub(super) struct Made {
    pub(super) centres: Centres,
    pub(super) sessions: Sessions,
}

impl<'a> Writer<'_, 'a> {
    pub(super) fn words(&self, text: &Text) -> Words {
        let first = self.first.site.first_language();
        let all: Vec<(String, String)> = match text {
            Text::Plain(text) => vec![(first.to_string(), text.clone())],
            Text::PerLanguage(texts) => {
                let of = |tag: &LanguageTag| texts.get(tag).map(|text| (tag.to_string(), text.clone()));
                let languages = self.first.site.content.site.value.languages.iter().map(|language| &language.tag);
                languages.filter_map(of).collect()
            }
        };
        Words(ByLanguage(all))
    }

    pub(super) fn maybe(&self, text: Option<&Text>) -> Option<Words> {
        text.map(|text| self.words(text))
    }

    pub(super) fn all(&self, texts: &[Text]) -> Vec<Words> {
        texts.iter().map(|text| self.words(text)).collect()
    }

    /// What is to be said in each language; a language in which there is nothing to say is left out.
    pub(super) fn said(&self, say: impl Fn(&Edition<'a>) -> Option<String>) -> Option<Words> {
        let said = self.editions.iter().filter_map(|edition| Some((edition.language.to_string(), say(edition)?)));
        let said: Vec<(String, String)> = said.collect();
        (!said.is_empty()).then_some(Words(ByLanguage(said)))
    }

    /// A record's Markdown as written.
    pub(super) fn body<K>(&self, record: &Record<K>) -> Words {
        let first = self.first.site.first_language();
        let bodies = record
            .bodies
            .iter()
            .map(|body| (body.language.as_ref().unwrap_or(first).to_string(), body.markdown().trim().to_owned()));
        Words(ByLanguage(bodies.filter(|(_, text)| !text.is_empty()).collect()))
    }

    /// The pages of a record.
    pub(super) fn pages<K: Titled>(&self, record: &Record<K>) -> Pages {
        let path = page_path(K::FOLDER, record.id.as_str());
        self.pages_at(&path, |edition| edition.offers(record))
    }

    /// The pages at a path in the languages that have it.
    pub(super) fn pages_at(&self, path: &str, has: impl Fn(&Edition<'a>) -> bool) -> Pages {
        let editions = self.editions.iter().filter(|edition| has(edition));
        Pages(ByLanguage(editions.map(|e| (e.language.to_string(), absolute(e, &e.address(path)))).collect()))
    }

    pub(super) fn phone(&self, phone: &content::Phone) -> Phone {
        Phone {
            number: phone.number.as_str().to_owned(),
            purpose: self.maybe(phone.purpose.as_ref()),
            answered: phone.answered.as_ref().map(|lines| week(&lines.0)),
            hours: self.maybe(phone.hours.as_ref()),
        }
    }

    pub(super) fn contact(&self, contact: Option<&content::Contact>) -> Option<Contact> {
        contact.map(|contact| Contact {
            role: self.words(&contact.role),
            phone: contact.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            note: self.maybe(contact.note.as_ref()),
        })
    }

    pub(super) fn figures(&self, figures: &[content::Figure]) -> Vec<Figure> {
        let figure = |figure: &content::Figure| Figure {
            label: self.words(&figure.label),
            value: self.words(&figure.value),
            unit: self.maybe(figure.unit.as_ref()),
            as_of: figure.as_of.map(rough),
            source: self.maybe(figure.source.as_ref()),
        };
        figures.iter().map(figure).collect()
    }

    pub(super) fn pictures(&self, pictures: &[content::Picture]) -> Vec<Picture> {
        let picture = |picture: &content::Picture| Picture {
            url: below(self.first.site, &file_url(&format!("pictures/{}", picture.file.as_str()))),
            alt: self.words(&picture.alt),
            caption: self.maybe(picture.caption.as_ref()),
            credit: self.maybe(picture.credit.as_ref()),
        };
        pictures.iter().map(picture).collect()
    }

    pub(super) fn source(&self, source: &content::Source) -> Source {
        Source {
            title: self.words(&source.title),
            number: source.number.clone(),
            issuer: self.maybe(source.issuer.as_ref()),
            issued: source.issued.map(day),
            url: source.url.as_ref().map(|url| url.as_str().to_owned()),
        }
    }

    pub(super) fn instant(&self, at: DateTime) -> Instant {
        Instant(self.first.site.instant(at))
    }

    /// The instant at which something begins.
    pub(super) fn begins(&self, at: Option<DayOrTime>) -> Option<Instant> {
        at.map(|at| self.instant(at.begins()))
    }

    /// The instant at which something is over.
    pub(super) fn ends(&self, at: Option<DayOrTime>) -> Option<Instant> {
        at.map(|at| self.instant(at.ends()))
    }

    /// A file of the API, absolute.
    pub(super) fn file(&self, path: &str) -> String {
        below(self.first.site, &Address::new(format!("api/v1/{path}")).encoded())
    }
}

pub(super) fn ids<K>(ids: &[Id<K>]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

pub(super) fn id<K>(id: Option<&Id<K>>) -> Option<String> {
    id.map(ToString::to_string)
}

pub(super) fn date(date: Date) -> IsoDate {
    IsoDate(iso(date))
}

pub(super) fn day(day: Day) -> IsoDate {
    date(day.0)
}

fn rough(as_of: RoughDate) -> String {
    String::from(as_of)
}

pub(super) fn days(span: DateSpan) -> Days {
    Days { from: date(span.first()), until: date(span.last()) }
}

pub(super) fn time(range: TimeRange) -> Time {
    Time { starts: range.start().to_string(), ends: range.end().to_string(), next_day: range.passes_midnight() }
}

pub(super) fn point(location: Option<Location>) -> Option<Point> {
    location.map(|Location { lat, lon }| Point { lat, lon })
}

pub(super) fn weekdays(days: WeekdaySet) -> Vec<i8> {
    days.iter().map(|day| day.to_monday_one_offset()).collect()
}

pub(super) fn times(intervals: &Intervals) -> Vec<OpenTime> {
    let open = intervals.openings().iter();
    open.map(|o| OpenTime { time: time(o.time), by_appointment: o.by_appointment }).collect()
}

pub(super) fn week(weekly: &Weekly) -> Vec<WeekTimes> {
    let entry =
        |(days, intervals): &(WeekdaySet, Intervals)| WeekTimes { weekdays: weekdays(*days), times: times(intervals) };
    weekly.entries().iter().map(entry).collect()
}

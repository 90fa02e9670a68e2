//! What search engines and assistants read in a page: JSON-LD in the words of schema.org.
//!
//! A page is described by what it is about and by the way to it. A thing has one `@id` in all languages, the address of
//! its page in the first one with a fragment, so that what several pages say of it comes together. Every address is a
//! whole one and stands for a page or picture that is there. Nothing depends on more than the day for which the site is
//! made; what lies behind it is left out.

mod event;
mod notice;
mod opening;
mod place;
mod policy;
mod programme;
mod schedule;
mod things;

use serde::Serialize;

use super::frame::Frame;
use super::live::script_text;
use super::parts::Link;
use crate::content::{
    Audience, Centre, Duty, Event, Feedback, Id, Kind, Notice, OutputFamily, Outreach, Page, Picture, Policy,
    Programme, Record, Team, Text,
};
use crate::site::edition::{Titled, file_url};
use crate::site::{Address, Edition, page_path};
use things::{Breadcrumbs, ListItem, Organisation, Party, Thing, Writing};

/// What a page is about, as far as it is described.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// The site itself, on its home page.
    Site,
    Centre(&'a Record<Centre>),
    Programme(&'a Record<Programme>),
    /// An activity, by its number in its programme.
    Activity(&'a Record<Programme>, usize),
    Event(&'a Record<Event>),
    Policy(&'a Record<Policy>),
    Notice(&'a Record<Notice>),
    /// Something else: only the way to the page is described.
    Other,
}

/// A kind whose pages are described.
pub(crate) trait Described: Titled {
    /// What the page of a record is about.
    fn subject(_: &Record<Self>) -> Subject<'_>
    where
        Self: Sized,
    {
        Subject::Other
    }
}

macro_rules! described {
    ($($kind:ident),*) => {
        $(impl Described for $kind {
            fn subject(record: &Record<Self>) -> Subject<'_> {
                Subject::$kind(record)
            }
        })*
    };
}

described! { Centre, Programme, Event, Policy, Notice }
impl Described for Team {}
impl Described for Duty {}
impl Described for Outreach {}
impl Described for Feedback {}
impl Described for Page {}

/// A description with its context.
#[derive(Serialize)]
struct Block {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(flatten)]
    thing: Thing,
}

/// What describes a page, each ready to stand in a `script` element; nothing if the site does not want it.
pub(crate) fn structured(edition: &Edition<'_>, subject: Subject<'_>, frame: &Frame) -> Vec<String> {
    if !edition.site.content.site.value.outputs.has(OutputFamily::StructuredData) {
        return Vec::new();
    }
    let thing = match subject {
        Subject::Site => Some(website(edition, frame)),
        Subject::Centre(record) => Some(place::centre(edition, record, frame)),
        Subject::Programme(record) => Some(programme::programme(edition, record, frame)),
        Subject::Activity(record, number) => programme::activity(edition, record, number, frame),
        Subject::Event(record) => Some(event::event(edition, record, frame)),
        Subject::Policy(record) => Some(policy::policy(edition, record, frame)),
        Subject::Notice(record) => Some(notice::notice(edition, record, frame)),
        Subject::Other => None,
    };
    thing.into_iter().chain(breadcrumbs(edition, frame)).map(block).collect()
}

/// A description as text.
fn block(thing: Thing) -> String {
    script_text(&Block { context: "https://schema.org", thing })
}

fn website(edition: &Edition<'_>, frame: &Frame) -> Thing {
    let config = &edition.site.content.site.value;
    Thing::WebSite(Writing {
        id: Some(site_id(edition)),
        name: edition.local(&config.title).text,
        description: local(edition, config.summary.as_ref()),
        url: Some(frame.canonical.clone()),
        in_language: Some(language(edition)),
        publisher: Some(publisher(edition)),
        ..Writing::default()
    })
}

/// The way to a page that has pages above it, itself last.
fn breadcrumbs(edition: &Edition<'_>, frame: &Frame) -> Option<Thing> {
    let root = edition.site.whole(&Address::new(""));
    let above = |link: &Link| {
        let folder = link.url.strip_suffix("index.html").unwrap_or(&link.url);
        (link.name.text.clone(), format!("{root}{folder}"))
    };
    let own = (frame.title.clone(), frame.canonical.clone());
    let items = frame.breadcrumbs.iter().map(above).chain([own]).enumerate();
    let items = items.map(|(number, (name, item))| ListItem { position: number + 1, name, item });
    let list = || Thing::BreadcrumbList(Breadcrumbs { item_list_element: items.collect() });
    (!frame.breadcrumbs.is_empty()).then(list)
}

/// The site's own `@id`.
fn site_id(edition: &Edition<'_>) -> String {
    format!("{}#site", edition.site.whole(&Address::new("")))
}

/// The `@id` of what a record is about: its page in the first language, where there always is one.
fn id<K: Kind>(edition: &Edition<'_>, id: &Id<K>) -> String {
    let page = Address::new(page_path(K::FOLDER, id.as_str()));
    format!("{}#{}", edition.site.whole(&page), K::WORD)
}

/// The whole address of a record's page: in this language if it has one, else in the first.
fn page<K: Titled>(edition: &Edition<'_>, record: &Record<K>) -> String {
    let path = page_path(K::FOLDER, record.id.as_str());
    let address = if edition.offers(record) { edition.address(&path) } else { Address::new(path) };
    edition.site.whole(&address)
}

fn local(edition: &Edition<'_>, text: Option<&Text>) -> Option<String> {
    text.map(|text| edition.local(text).text)
}

fn language(edition: &Edition<'_>) -> String {
    edition.language.as_str().to_owned()
}

fn publisher(edition: &Edition<'_>) -> Party {
    let config = &edition.site.content.site.value;
    Party::Organization(Organisation {
        name: edition.local(&config.publisher).text,
        url: Some(edition.site.whole(&edition.address(""))),
        telephone: config.phones.iter().map(|phone| phone.number.as_str().to_owned()).collect(),
    })
}

fn organisation(name: String) -> Party {
    Party::Organization(Organisation { name, ..Organisation::default() })
}

fn audiences(edition: &Edition<'_>, ids: &[Id<Audience>]) -> Vec<things::Audience> {
    let names = super::centre::audiences(edition, ids).into_iter();
    names.map(|name| things::Audience { audience_type: name.text }).collect()
}

fn images(edition: &Edition<'_>, pictures: &[Picture]) -> Vec<String> {
    let root = edition.site.whole(&Address::new(""));
    pictures
        .iter()
        .map(|picture| format!("{root}{}", file_url(&format!("pictures/{}", picture.file.as_str()))))
        .collect()
}

/// Whether a cost says in so many words that there is none.
fn is_free(cost: Option<&Text>) -> Option<bool> {
    const WORDS: [&str; 6] = ["免费", "免费参加", "免费开放", "不收费", "free", "free of charge"];
    let says = |text: &str| WORDS.contains(&text.trim().trim_end_matches(['。', '.']).to_lowercase().as_str());
    let free = match cost? {
        Text::Plain(text) => says(text),
        Text::PerLanguage(texts) => texts.values().any(|text| says(text)),
    };
    free.then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_description_ends_the_script_that_it_stands_in() {
        let name = "</script><!-- <script> ]]> & \u{2028}\u{2029} \u{202e} \"\\\n😀".to_owned();
        let text = block(Thing::WebSite(Writing { name: name.clone(), ..Writing::default() }));
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\n']), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["name"], name);
        assert_eq!((&read["@context"], &read["@type"]), (&"https://schema.org".into(), &"WebSite".into()));
    }
}

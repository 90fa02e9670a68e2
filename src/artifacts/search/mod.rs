//! The search index: what a browser loads, bit by bit, to find a page of the site.
//!
//! `search/index.js` says how much there is and with which term each shard begins; `search/terms/N.js` is a shard of the
//! index, `search/docs/LANGUAGE/N.js` are titles, lines and addresses of a dozen pages. A query loads the shards of its
//! terms and the pages that are shown, and nothing else. Each file calls `noticeboardSearch` with JSON: scripts load also
//! from a folder on a disk, where browsers refuse to fetch JSON. `assets/search.js` reads them.
//!
//! How many files there are follows from how much content there is, so that they can be listed before any is made; the
//! index itself is made once, when the first file of it is. Every file carries a fingerprint of which pages there are:
//! a browser that kept a file of an older build notices, and asks again.

mod found;
mod index;
mod synonyms;
mod texts;
mod words;

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::{Artifact, Inputs, OutputPath, SiteArtifact};
use crate::content::{Links, OutputFamily, Record};
use crate::site::Edition;
use crate::site::views::Local;
use found::Found;
use index::{Index, STEPS};
use synonyms::Synonyms;

/// How many pages are told of in one file.
const PAGES_A_FILE: usize = 12;
/// How many bytes of content make a shard, and how many shards there are at most.
const CONTENT_A_SHARD: usize = 6 << 10;
const MOST_SHARDS: usize = 1024;

/// What `search/index.js` says.
#[derive(Serialize)]
struct Overview<'a> {
    /// Of the whole index: with it in its address, a file is new when the index is.
    version: String,
    /// How many things there are.
    count: usize,
    /// How many of them stand in one file.
    page: usize,
    /// What the steps of postings are worth.
    steps: [f32; 8],
    /// What stands behind the folder in the address of a page.
    file: &'static str,
    /// The languages with their names; the first has no folder of its own.
    languages: Vec<(&'a str, &'a str)>,
    /// The first term of each shard.
    starts: Vec<&'a str>,
}

/// A thing in a file of pages: title, path without language, kind, line, languages, whether it is over, and what one can
/// use there, each with the words of the same meaning.
type Entry = (Words, String, String, Words, u32, u8, Vec<String>);

/// Text, with its language where that is not the page's.
#[derive(Serialize)]
#[serde(untagged)]
enum Words {
    /// In the page's language.
    Own(String),
    /// In another one.
    Other(String, String),
}

impl From<Local> for Words {
    fn from(local: Local) -> Self {
        match local.lang {
            None => Self::Own(local.text),
            Some(lang) => Self::Other(local.text, lang),
        }
    }
}

/// All that the files are made from.
struct Search<'a> {
    editions: Vec<Edition<'a>>,
    found: Vec<Found<'a>>,
    shards: usize,
    /// Of which pages there are, in their order.
    label: String,
    index: OnceLock<Index>,
    synonyms: Synonyms,
}

/// The files of the index, if the site wants it.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first() else { return Vec::new() };
    if !first.site.content.site.value.outputs.has(OutputFamily::Search) {
        return Vec::new();
    }
    let found = found::all(first);
    let shards = (bytes_of_content(first) / CONTENT_A_SHARD).clamp(1, MOST_SHARDS);
    let label = label(&found);
    let (index, synonyms) = (OnceLock::new(), Synonyms::of(editions));
    let search = Arc::new(Search { editions: editions.to_vec(), found, shards, label, index, synonyms });
    let mut files = Vec::new();
    {
        let search = Arc::clone(&search);
        files.extend(file("index".to_owned(), move |name| search.script(name, &search.overview())));
    }
    for number in 0..search.shards {
        let search = Arc::clone(&search);
        let make = move |name: &str| search.script(name, &search.index().shards.get(number));
        files.extend(file(format!("terms/{number}"), make));
    }
    for edition in editions.iter().copied() {
        for (number, _) in search.found.chunks(PAGES_A_FILE).enumerate() {
            let search = Arc::clone(&search);
            let make = move |name: &str| search.script(name, &search.entries(&edition, number));
            files.extend(file(format!("docs/{}/{number}", edition.language), make));
        }
    }
    files
}

fn file<'a>(name: String, make: impl Fn(&str) -> String + Send + Sync + 'a) -> Option<SiteArtifact<'a>> {
    let path = OutputPath::new(&format!("search/{name}.js")).ok()?;
    let make = move |buffer: &mut Vec<u8>| {
        buffer.extend_from_slice(make(&name).as_bytes());
        Ok(())
    };
    Some(Artifact { path, origin: "site.yaml".into(), inputs: Inputs::Unknown, make: Box::new(make) })
}

impl<'a> Search<'a> {
    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.found, &self.editions, &self.synonyms, self.shards))
    }

    /// A call with the name of the file, the label, and the value as JSON.
    fn script(&self, name: &str, value: &impl Serialize) -> String {
        let json = serde_json::to_string(value).unwrap_or_default();
        // Line breaks in JSON that are none in the scripts of older browsers.
        let json = json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        format!("noticeboardSearch(\"{name}\",\"{}\",{json});\n", self.label)
    }

    fn overview(&self) -> Overview<'_> {
        let shards = &self.index().shards;
        let mut hasher = blake3::Hasher::new();
        for shard in shards {
            hasher.update(serde_json::to_string(shard).unwrap_or_default().as_bytes());
        }
        let config = self.editions.first().map(|edition| &edition.site.content.site.value);
        Overview {
            version: hasher.finalize().to_hex().chars().take(10).collect(),
            count: self.found.len(),
            page: PAGES_A_FILE,
            steps: STEPS,
            file: if config.is_some_and(|config| config.links == Links::Files) { "index.html" } else { "" },
            languages: config
                .into_iter()
                .flat_map(|config| &config.languages)
                .map(|language| (language.tag.as_str(), language.name.as_str()))
                .collect(),
            starts: shards.iter().map(|shard| shard.from.as_str()).collect(),
        }
    }

    /// The things of one file of pages in a language.
    fn entries(&self, edition: &Edition<'a>, number: usize) -> Vec<Entry> {
        let things = self.found.iter().skip(number * PAGES_A_FILE).take(PAGES_A_FILE);
        let entry = |thing: &Found<'a>| -> Entry {
            let shown = thing.shown(edition);
            let path = crate::site::Address::new(thing.path()).encoded();
            let offered = self.editions.iter().enumerate().filter(|(_, other)| thing.offered(other));
            let languages = offered.fold(0, |languages, (number, _)| languages | 1_u32 << number.min(31));
            let amenities = shown.amenities.into_iter().map(|name| self.synonyms.with(&name)).collect();
            (shown.title.into(), path, shown.kind, shown.line.into(), languages, u8::from(shown.over), amenities)
        };
        things.map(entry).collect()
    }
}

/// A fingerprint of which things there are, in their order.
fn label(found: &[Found<'_>]) -> String {
    let mut hasher = blake3::Hasher::new();
    for thing in found {
        hasher.update(thing.path().as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().to_hex().chars().take(8).collect()
}

/// How long the records are, as written.
fn bytes_of_content(edition: &Edition<'_>) -> usize {
    fn of<K>(records: &[Record<K>]) -> usize {
        let body = |record: &Record<K>| record.bodies.iter().map(|body| body.range.len()).sum::<usize>();
        records.iter().map(|record| record.origin.yaml.len() + body(record)).sum()
    }
    let content = &edition.site.content;
    of(&content.centres)
        + of(&content.programmes)
        + of(&content.events)
        + of(&content.policies)
        + of(&content.notices)
        + of(&content.teams)
        + of(&content.duty)
        + of(&content.outreach)
        + of(&content.feedback)
        + of(&content.pages)
}

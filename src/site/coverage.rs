//! What is not translated, and what no native reader has checked: for each language of the site, published or not.
//!
//! Two things are counted. The interface: strings that the theme lacks or that nobody has checked. The content: records
//! without a page in the language, and texts on the pages that there are which fall back to another language.

use schemars::JsonSchema;
use serde::Serialize;

use super::edition::Titled;
use super::{Site, Wording};
use crate::content::{Body, Language, LanguageTag, Record, TextFinder};

/// The report.
#[derive(Debug, Serialize)]
pub struct Coverage {
    /// The languages, the first one first.
    pub languages: Vec<LanguageCoverage>,
}

/// One language.
#[derive(Debug, Serialize)]
pub struct LanguageCoverage {
    /// Its tag.
    pub tag: String,
    /// Its name for itself.
    pub name: String,
    /// Whether pages are made in it.
    pub published: bool,
    /// Whether `site.yaml` says that a native reader has checked it, where it says anything.
    pub reviewed: Option<bool>,
    /// The words of the theme.
    pub interface: InterfaceCoverage,
    /// The content, by kind.
    pub kinds: Vec<KindCoverage>,
}

/// The words of the theme in a language.
#[derive(Debug, Serialize)]
pub struct InterfaceCoverage {
    /// How many strings there are.
    pub strings: usize,
    /// The keys of strings that the theme lacks; the Chinese ones stand in for them.
    pub missing: Vec<String>,
    /// The keys of strings that no native reader has checked.
    pub unreviewed: Vec<String>,
}

/// A kind of content in a language.
#[derive(Debug, Serialize)]
pub struct KindCoverage {
    /// The kind's folder, or the file of what stands alone.
    pub kind: String,
    /// How many records there are.
    pub records: usize,
    /// The files of records without a page in the language.
    pub without: Vec<String>,
    /// How many texts the others have.
    pub texts: usize,
    /// Those of them that fall back to another language: file and key.
    pub falls_back: Vec<String>,
}

/// The report; `wording` is the interface in a language.
pub fn coverage<'a>(site: &Site, wording: impl Fn(&LanguageTag) -> Option<&'a Wording>) -> Coverage {
    let config = &site.content.site.value;
    let mut languages: Vec<&Language> = config.languages.iter().chain(&config.unpublished).collect();
    languages.sort_by_key(|language| language.number);
    let languages = languages.into_iter().map(|language| LanguageCoverage {
        tag: language.tag.to_string(),
        name: language.name.clone(),
        published: config.languages.iter().any(|published| published.tag == language.tag),
        reviewed: language.reviewed,
        interface: interface(wording(&language.tag)),
        kinds: kinds(site, &language.tag),
    });
    Coverage { languages: languages.collect() }
}

fn interface(wording: Option<&Wording>) -> InterfaceCoverage {
    InterfaceCoverage {
        strings: wording.map_or(0, |wording| wording.keys().len()),
        missing: wording.map(|wording| wording.missing.clone()).unwrap_or_default(),
        unreviewed: wording.map(Wording::unreviewed_keys).unwrap_or_default(),
    }
}

/// The content in a language; kinds without a record are left out.
fn kinds(site: &Site, language: &LanguageTag) -> Vec<KindCoverage> {
    let content = &site.content;
    let count = Count { first: site.first_language(), language };
    let kinds = [
        count.alone("site.yaml", &content.site),
        count.alone("content/areas.yaml", &content.areas),
        count.pages(&content.centres),
        count.pages(&content.programmes),
        count.pages(&content.events),
        count.pages(&content.policies),
        count.pages(&content.notices),
        count.pages(&content.teams),
        count.pages(&content.duty),
        count.pages(&content.outreach),
        count.pages(&content.feedback),
        count.pages(&content.pages),
    ];
    kinds.into_iter().filter(|kind| kind.records > 0).collect()
}

struct Count<'a> {
    first: &'a LanguageTag,
    language: &'a LanguageTag,
}

impl Count<'_> {
    /// A file that has no page of its own.
    fn alone<T: Serialize + JsonSchema>(&self, file: &str, record: &Record<T>) -> KindCoverage {
        let mut kind =
            KindCoverage { kind: file.to_owned(), records: 1, without: Vec::new(), texts: 0, falls_back: Vec::new() };
        self.texts(&TextFinder::of::<T>(), record, &mut kind);
        kind
    }

    /// Records that have pages.
    fn pages<K: Titled + Serialize>(&self, records: &[Record<K>]) -> KindCoverage {
        let (kind, without, falls_back) = (K::FOLDER.to_owned(), Vec::new(), Vec::new());
        let mut kind = KindCoverage { kind, records: records.len(), without, texts: 0, falls_back };
        let finder = TextFinder::of::<K>();
        for record in records {
            // In the first language every record has a page, if only under a title in another.
            if self.language == self.first || record.value.title().has(self.language, self.first) {
                self.texts(&finder, record, &mut kind);
            } else {
                kind.without.push(record.origin.file.to_string());
            }
        }
        kind
    }

    fn texts<T: Serialize>(&self, finder: &TextFinder, record: &Record<T>, kind: &mut KindCoverage) {
        let texts = finder.texts(&record.value).into_iter();
        let mut written: Vec<(String, bool)> =
            texts.map(|(key, text)| (key, text.has(self.language, self.first))).collect();
        let has_words = |body: &&Body| !body.markdown().trim().is_empty();
        let mut bodies = record.bodies.iter().filter(has_words).peekable();
        if bodies.peek().is_some() {
            let is_own = |body: &Body| body.language.as_ref().unwrap_or(self.first) == self.language;
            written.push(("body".to_owned(), bodies.any(is_own)));
        }
        kind.texts += written.len();
        let lacking = written.into_iter().filter(|(_, written)| !written);
        kind.falls_back.extend(lacking.map(|(key, _)| format!("{}: {key}", record.origin.file)));
    }
}

//! A kind of content: its folder, its records, and how a folder's files become records.
//!
//! The file name is the id. Folders below a kind's folder are for the editors' own order and do not count,
//! but for pages, whose path is their address. A Markdown file `ID.en.md` is the English of `ID.md`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::formats;
use super::id::Id;
use super::known::KnownRecords;
use super::text::{KNOWN_LANGUAGES, LanguageTag};
use super::translation;
use crate::diagnostics::{Code, Diagnostic, Patched, Place, Problem, Texts, closest};
use crate::source::yaml::{self, Places, Step};
use crate::source::{self, File, words};

/// A kind of content that is kept as one file a record.
pub trait Kind: Clone + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// The folder below `content/`.
    const FOLDER: &'static str;
    /// The word for the kind in the catalogue of messages.
    const WORD: &'static str;
    /// Whether records are Markdown files with front matter; otherwise they are YAML.
    const MARKDOWN: bool;
    /// The key of the title, which a translation must have: without it there is no page in its language.
    const TITLE: &'static str = "title";
    /// Whether the folders below [`Kind::FOLDER`] are part of the id.
    const NESTED: bool = false;
}

/// Where a record was written.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The file, relative to the site's folder.
    pub file: Arc<str>,
    /// Where its YAML stands in the file, in bytes.
    pub yaml: Range<usize>,
}

impl Origin {
    /// The place of the value at a key path. Reads the file's text again: only for what is wrong.
    pub fn place(&self, texts: &Texts, steps: &[Step]) -> Place {
        self.places(texts).at(steps)
    }

    /// All places of the record's YAML.
    pub fn places(&self, texts: &Texts) -> Places {
        let text = texts.get(&self.file).map_or("", |source| &source.text);
        Places::of(&self.file, text, self.yaml.clone())
    }
}

/// Markdown as written, in one language.
#[derive(Debug, Clone)]
pub struct Body {
    /// The language; `None` is the site's first.
    pub language: Option<LanguageTag>,
    /// The file.
    pub file: Arc<str>,
    /// The file's whole text.
    pub text: Arc<str>,
    /// Where the Markdown stands in it, in bytes.
    pub range: Range<usize>,
}

impl Body {
    /// The Markdown.
    pub fn markdown(&self) -> &str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }
}

/// A record of kind `K`.
#[derive(Debug, Clone)]
pub struct Record<K> {
    /// Its id: the file's name.
    pub id: Id<K>,
    /// What was written.
    pub value: K,
    /// Where it was written.
    pub origin: Origin,
    /// The Markdown, one a language; empty for kinds that are YAML.
    pub bodies: Vec<Body>,
}

impl<K> Record<K> {
    /// A record that is a whole YAML file of its own.
    pub(super) fn whole_file(file: Arc<str>, length: usize, value: K) -> Self {
        Self { id: Id::of_file(&file), value, origin: Origin { file, yaml: 0..length }, bodies: Vec::new() }
    }
}

/// What a file's name says.
struct Named<'a> {
    file: &'a File,
    id: String,
    language: Option<LanguageTag>,
}

/// Reads all files of a kind, but for the records that are known; what is wrong is added to `diagnostics`.
pub(super) fn gather<'a, K: Kind>(
    files: &'a [File],
    languages: &[LanguageTag],
    mut known: Option<&mut KnownRecords>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Record<K>> {
    let folder = format!("content/{}/", K::FOLDER);
    let mut originals: Vec<Named<'a>> = Vec::new();
    let mut translations: HashMap<String, Vec<Named<'a>>> = HashMap::new();
    for file in files {
        let Some(below) = file.path.strip_prefix(&folder) else { continue };
        match name::<K>(file, below, languages) {
            Ok(named) if named.language.is_some() => translations.entry(named.id.clone()).or_default().push(named),
            Ok(named) => originals.push(named),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    originals.sort_by(|a, b| a.id.cmp(&b.id));
    for pair in originals.windows(2) {
        if let [a, b] = pair
            && a.id == b.id
        {
            let problem = Problem::new(Code::DuplicateId).with("id", &a.id);
            diagnostics.push(problem.at(Place::whole(&b.file.path)).see(Place::whole(&a.file.path)));
        }
    }
    for named in translations.values().flatten() {
        // An original that could not be read is there all the same, and was reported.
        let original = named.file.path.rsplitn(3, '.').nth(2).map(|stem| format!("{stem}.md"));
        let unread = diagnostics.iter().any(|found| Some(&*found.place.file) == original.as_deref());
        if !unread && !originals.iter().any(|original| original.id == named.id) {
            let ids = originals.iter().map(|original| original.id.as_str());
            let problem = Problem::new(Code::NoOriginal)
                .with("name", &named.file.path)
                .with("original", &format!("{}.md", named.id))
                .with_some("suggestion", closest(&named.id, ids));
            diagnostics.push(problem.at(Place::whole(&named.file.path)));
        }
    }
    originals.dedup_by(|b, a| a.id == b.id);
    let siblings = |original: &Named<'_>| translations.get(&original.id).map_or(&[] as &[_], Vec::as_slice);
    let all_of = |original: &Named<'a>| -> Vec<&'a File> {
        std::iter::once(original).chain(siblings(original)).map(|named| named.file).collect()
    };
    let before = known.as_deref();
    let read: Vec<(Option<Record<K>>, Vec<Diagnostic>)> = originals
        .par_iter()
        .map(|original| {
            let files = all_of(original);
            let read = match before.and_then(|known| known.get(&files)) {
                Some(record) => (Some(record), Vec::new()),
                None => record(original, siblings(original), languages),
            };
            if let Some(known) = before {
                known.progress.add(files.len());
            }
            read
        })
        .collect();
    let mut records = Vec::with_capacity(read.len());
    for (original, (record, found)) in originals.iter().zip(read) {
        if let (Some(known), Some(record), true) = (known.as_deref_mut(), &record, found.is_empty()) {
            known.keep(&all_of(original), record);
        }
        records.extend(record);
        diagnostics.extend(found);
    }
    records
}

fn name<'a, K: Kind>(file: &'a File, below: &str, languages: &[LanguageTag]) -> Result<Named<'a>, Diagnostic> {
    let at = |problem: Problem| problem.at(Place::whole(&file.path));
    let (folders, name) = below.rsplit_once('/').map_or(("", below), |(folders, name)| (folders, name));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let fits = if K::MARKDOWN { ending == "md" } else { matches!(ending, "yaml" | "yml") };
    if !fits {
        let expected = if K::MARKDOWN { ".md" } else { ".yaml" };
        // `welcome.MD` looks right.
        let is_capital =
            ending.to_lowercase() == expected.trim_start_matches('.') || ending.eq_ignore_ascii_case("yml");
        let problem = Problem::new(Code::WrongEnding).with("expected", expected);
        let problem = problem.with_some("capitals", is_capital.then_some(""));
        // `x.md.txt` and `x.md.bak` are of a file that is called right.
        let stem = [".md", ".yaml", ".yml"].iter().find_map(|ending| stem.strip_suffix(ending)).unwrap_or(stem);
        return Err(at(problem.with("name", &format!("{stem}{expected}"))));
    }
    let (stem, language) = match stem.rsplit_once('.') {
        Some((stem, tag)) if K::MARKDOWN => (stem, Some(LanguageTag::try_from(tag.to_owned()).map_err(at)?)),
        _ => (stem, None),
    };
    if let Some(language) = &language
        && !languages.contains(language)
        && !languages.is_empty()
    {
        let offered = languages.iter().map(LanguageTag::as_str);
        let problem = Problem::new(Code::LanguageNotOffered).with("language", language.as_str());
        return Err(at(problem.with_list("allowed", offered)));
    }
    let id = if K::NESTED && !folders.is_empty() { format!("{folders}/{stem}") } else { stem.to_owned() };
    for part in id.split('/') {
        Id::<K>::new(part).map_err(at)?;
    }
    Ok(Named { file, id, language })
}

/// What is wrong with front matter that lacks its first line, together with that: the text is read as its mend has it.
fn with_what_it_hides<K: Kind>(original: &Named<'_>, languages: &[LanguageTag], found: Diagnostic) -> Vec<Diagnostic> {
    let patched = Patched::new(&original.file.text, found.edits.iter().filter(|edit| edit.safe).cloned());
    let meant = File { path: original.file.path.clone(), text: patched.text.as_str().into() };
    if patched.is_same() || source::split(&meant).is_err() {
        return vec![found];
    }
    let named = Named { file: &meant, id: original.id.clone(), language: original.language.clone() };
    let (_, hidden) = record::<K>(&named, &[], languages);
    let moved = hidden.into_iter().filter(|hidden| *hidden.place.file == *meant.path).map(|mut hidden| {
        let span = patched.origin_of(&(hidden.place.start..hidden.place.end));
        hidden.place = Place::new(&meant.path, span);
        hidden.edits.retain(|edit| !patched.touches(&edit.range));
        hidden.edits.iter_mut().for_each(|edit| edit.range = patched.origin_of(&edit.range));
        hidden
    });
    std::iter::once(found).chain(moved).collect()
}

/// Reads a record. What is wrong with it is told whole; where it can be told what was meant, the record comes along as
/// it would be then, so that what is wrong between it and others is found in the same run.
fn record<K: Kind>(
    original: &Named<'_>,
    siblings: &[Named<'_>],
    languages: &[LanguageTag],
) -> (Option<Record<K>>, Vec<Diagnostic>) {
    let file = original.file;
    let whole = 0..file.text.len();
    let id = Id::of_file(&original.id);
    let parts = match K::MARKDOWN.then(|| source::split(file)).transpose() {
        Ok(parts) => parts,
        Err(found) => return (None, with_what_it_hides::<K>(original, languages, found)),
    };
    let yaml = parts.as_ref().map_or(whole, |parts| parts.front_matter.clone());
    let mut found = Vec::new();
    let read = yaml::decode_with_english(&file.path, &file.text, yaml.clone(), formats::read);
    let read = read.or_else(|unread| {
        found.extend(unread.found);
        unread.meant.ok_or(())
    });
    found.extend(not_offered(file, yaml.clone(), languages).err().into_iter().flatten());
    let body = |file: &File, language: Option<LanguageTag>, range| Body {
        language,
        file: file.path.clone(),
        text: file.text.clone(),
        range,
    };
    let mut bodies: Vec<Body> = parts.map(|parts| body(file, None, parts.body)).into_iter().collect();
    let mut sides = Vec::new();
    for sibling in siblings {
        let parts = match source::split(sibling.file) {
            Ok(parts) => parts,
            Err(wrong) => {
                found.push(wrong);
                continue;
            }
        };
        bodies.push(body(sibling.file, sibling.language.clone(), parts.body));
        if let Some(language) = &sibling.language {
            sides.push(translation::Side { file: sibling.file, yaml: parts.front_matter, language: language.clone() });
        }
    }
    let Ok((mut value, english)): Result<yaml::Decoded<K>, ()> = read else { return (None, found) };
    if let (Some(first), false) = (languages.first(), sides.is_empty()) {
        match translation::merge(file, yaml.clone(), english.as_deref(), &sides, first, K::TITLE) {
            Ok(merged) => value = merged,
            Err(wrong) => found.extend(wrong),
        }
    }
    let origin = Origin { file: file.path.clone(), yaml };
    (Some(Record { id, value, origin, bodies }), found)
}

/// Most bytes of a key that names a language.
const LONGEST_TAG: usize = 64;

/// The language that a text ends with as a key: by its tag or by a word for it.
fn tag_before(text: &str) -> Option<&'static str> {
    let is_around = |byte: &u8| byte.is_ascii_whitespace() || b"{[,?\"'".contains(byte);
    let length = text.bytes().rev().take(LONGEST_TAG + 1).take_while(|byte| !is_around(byte)).count();
    let key = text.get(text.len() - length..).filter(|key| key.len() <= LONGEST_TAG)?;
    let of_word = || words::chinese().tag_of(key);
    KNOWN_LANGUAGES.into_iter().find(|tag| *tag == key).or_else(|| (!key.is_ascii()).then(of_word).flatten())
}

/// Reports text in a language that the site does not have, which nobody would ever see. `yaml` is known to be good, so
/// it is looked at closely only if such a language is named at all.
pub(super) fn not_offered(file: &File, yaml: Range<usize>, languages: &[LanguageTag]) -> Result<(), Vec<Diagnostic>> {
    if languages.is_empty() {
        return Ok(());
    }
    let text = file.text.get(yaml.clone()).unwrap_or_default();
    let offered = |tag: &str| languages.iter().any(|language| language.as_str() == tag);
    let mut foreign: Vec<&str> = text.match_indices(':').filter_map(|(at, _)| tag_before(text.get(..at)?)).collect();
    foreign.retain(|tag| !offered(tag));
    if foreign.is_empty() {
        return Ok(());
    }
    let found: Vec<Diagnostic> = yaml::keys(&file.path, &file.text, yaml)
        .into_iter()
        .filter(|(key, _)| foreign.iter().any(|tag| tag == key || words::chinese().of_tag(tag).contains(key)))
        .map(|(key, place)| {
            let problem = Problem::new(Code::LanguageNotOffered).with("language", &key);
            problem.with_list("allowed", languages.iter().map(LanguageTag::as_str)).at(place)
        })
        .collect();
    if found.is_empty() { Ok(()) } else { Err(found) }
}

//! All that the site makes for programs, and where the files of a centre are.
//!
//! What is listed is what is planned: the artifacts say which files there are ([`Offered`]), the words come from the
//! interface. A family without a file is not named, so nothing here leads nowhere.

use serde::Serialize;

use super::parts::Link;
use crate::content::{Centre, OutputFamily, Record};
use crate::site::Edition;
use crate::site::edition::file_url;

/// So many files are linked one by one; of more, the first is shown.
const LISTED: usize = 24;
/// More than so many links stand folded.
const FOLDED: usize = 9;

/// Files of one sort that are made, as the artifacts know them.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The family, as `outputs` in `site.yaml` calls it, or `hours` for what is always made.
    pub family: String,
    /// The name in the family; the words are under `data.FAMILY.NAME`.
    pub name: &'static str,
    /// The format, e.g. GeoJSON.
    pub format: &'static str,
    /// The standard, e.g. RFC 7946; none for the site's own formats.
    pub standard: Option<&'static str>,
    /// The paths; none for what stands in the pages.
    pub files: Vec<String>,
}

/// All that the site makes for programs.
#[derive(Debug, Clone, Serialize)]
pub struct DataView {
    /// Family by family.
    pub families: Vec<DataFamily>,
}

/// A family of files.
#[derive(Debug, Clone, Serialize)]
pub struct DataFamily {
    /// As `outputs` in `site.yaml` calls it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// What there is of it.
    pub outputs: Vec<DataOutput>,
    /// The page that says what each key means.
    pub dictionary: Option<Link>,
}

/// Files of one sort.
#[derive(Debug, Clone, Serialize)]
pub struct DataOutput {
    /// What they hold.
    pub name: String,
    /// The format.
    pub format: &'static str,
    /// The standard.
    pub standard: Option<&'static str>,
    /// The files, or the first of many.
    pub files: Vec<DataFile>,
    /// How many there are in words, if more than one.
    pub count: Option<String>,
    /// Whether only the first is shown.
    pub example: bool,
    /// Whether they are so many that they stand folded.
    pub folded: bool,
}

/// A file.
#[derive(Debug, Clone, Serialize)]
pub struct DataFile {
    /// Its path.
    pub path: String,
    /// The same relative to the root, encoded.
    pub url: String,
}

/// All that the site makes for programs.
pub(crate) fn data(edition: &Edition<'_>, offered: &[Offered]) -> DataView {
    let mut families: Vec<DataFamily> = Vec::new();
    for sort in offered {
        let term = format!("data.{}", sort.family);
        let output = output(edition, &term, sort);
        match families.last_mut().filter(|family| family.id == sort.family) {
            Some(family) => family.outputs.push(output),
            None => families.push(DataFamily {
                id: sort.family.clone(),
                name: edition.wording.term(&term).to_owned(),
                purpose: edition.wording.term(&format!("{term}.for")).to_owned(),
                outputs: vec![output],
                dictionary: (sort.family == "api").then(|| dictionary_link(edition)),
            }),
        }
    }
    DataView { families }
}

/// The path of the data dictionary.
pub(crate) const DICTIONARY: &str = "data/dictionary/";

/// A link to the data dictionary in this language.
fn dictionary_link(edition: &Edition<'_>) -> Link {
    let url = edition.href(&edition.address(DICTIONARY));
    Link { name: edition.term("data.dictionary"), url, hreflang: None }
}

fn output(edition: &Edition<'_>, family: &str, sort: &Offered) -> DataOutput {
    let count = sort.files.len();
    let shown = if count > LISTED { 1 } else { count };
    let file = |path: &String| DataFile { path: path.clone(), url: file_url(path) };
    // The example of many is one in the page's language, if they are by language.
    let (folder, name) = (format!("{}/", edition.language), format!(".{}.", edition.language));
    let own = sort.files.iter().position(|path| path.starts_with(&folder) || path.contains(&name));
    let from = own.filter(|_| count > shown).unwrap_or(0);
    DataOutput {
        name: edition.wording.term(&format!("{family}.{}", sort.name)).to_owned(),
        format: sort.format,
        standard: sort.standard,
        files: sort.files.iter().skip(from).take(shown).map(file).collect(),
        count: (count > 1).then(|| edition.wording.count("data.count", count)),
        example: count > shown,
        folded: shown > FOLDED,
    }
}

/// Where a centre's week as plain text is, if it is made: there must be hours or a programme to tell of.
pub(crate) fn timetable_path(edition: &Edition<'_>, centre: &Record<Centre>) -> Option<String> {
    let site = edition.site;
    let tells = centre.value.hours.is_some() || site.index.programmes.contains_key(&centre.id);
    let made = tells && edition.offers(centre) && site.content.site.value.outputs.has(OutputFamily::Timetables);
    let language = if edition.is_first() { String::new() } else { format!(".{}", edition.language) };
    made.then(|| format!("timetables/centres/{}{language}.txt", centre.id))
}

/// Where a centre's card for address books is, if it is made.
pub(crate) fn card_path(edition: &Edition<'_>, centre: &Record<Centre>) -> Option<String> {
    let made = edition.site.content.site.value.outputs.has(OutputFamily::Places);
    made.then(|| format!("places/centres/{}.vcf", centre.id))
}

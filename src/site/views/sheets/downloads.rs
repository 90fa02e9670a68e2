//! The sheets to download: by centre, each with a picture of its first page, its papers, and what they weigh.
//!
//! A sheet of one centre stands below that centre, every other below those for all places. Each centre with sheets has a
//! page of its own too, with all that hang there; where a site has many, the page of all leads to these.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use serde::Serialize;
use serde_json::Value;

use super::{PosterSheet, Sheet, kind_name, listed, sheets};
use crate::content::{Centre, Id};
use crate::site::views::home::{CountedLink, group_of};
use crate::site::views::parts::{Link, Local};
use crate::site::{Address, Edition};

/// The width and height in pixels within which previews are drawn: twice a card's on a phone of two dots a pixel.
pub(crate) const PREVIEW: (u32, u32) = (390, 600);
/// The fewest sheets of which an archive is made: one is had as it is.
pub(crate) const LEAST_ARCHIVED: usize = 2;
/// The most sheets that one page shows.
const MOST_SHEETS: usize = 40;
/// How many texts of a sheet stand in the words for its picture.
const MOST_TOLD: usize = 5;
/// The fewest characters of a text that says something by itself.
const LEAST_LETTERS: usize = 3;
/// The most characters of each, of them all, and of a title in the name of a file.
const MOST_LETTERS: (usize, usize, usize) = (40, 80, 40);
/// What sentences end with, but for questions.
const ENDS: [char; 9] = ['。', '.', '；', ';', '，', ',', '！', '᠃', '།'];
/// Keys of views whose words come first, in this order: what a sheet is for. The others follow.
const FIRST: [&str; 20] = [
    "title", "name", "theme", "when", "time", "place", "who", "what", "summary", "rows", "holidays", "policy",
    "policies", "chapters", "turns", "stops", "teams", "items", "groups", "days",
];
/// The long side of paper (ISO 216) beside its short one.
const LONG: f64 = std::f64::consts::SQRT_2;

/// The sheets of an edition, and which hang where.
pub(crate) struct SheetIndex<'a> {
    /// In the order in which they are listed.
    sheets: Vec<Sheet<'a>>,
    by_centre: BTreeMap<&'a Id<Centre>, Vec<usize>>,
    /// Those of no centre, or of several.
    common: Vec<usize>,
}

/// The page of sheets: all of them, or those of a centre.
#[derive(Debug, Clone, Serialize)]
pub struct PosterList {
    /// The sheets by where they hang.
    pub groups: Vec<PosterGroup>,
    /// The pages of centres, where the sheets are too many for one, by area.
    pub centres: Vec<PosterCentres>,
}

/// The centres of an area with pages of sheets.
#[derive(Debug, Clone, Serialize)]
pub struct PosterCentres {
    /// The area.
    pub area: Link,
    /// Their pages, and how many sheets each has.
    pub pages: Vec<CountedLink>,
}

/// Sheets that hang together.
#[derive(Debug, Clone, Serialize)]
pub struct PosterGroup {
    /// Where: a centre, or all places.
    pub name: Local,
    /// The centre's id, for links into the page; `all` for all places.
    pub id: String,
    /// The centre's own page.
    pub page: Option<Link>,
    /// All of them in one file.
    pub archive: Option<Download>,
    /// Each of them, in short where there are too many.
    pub sheets: Vec<PosterCard>,
    /// Whether they are shown without pictures.
    pub brief: bool,
}

/// A file to download.
#[derive(Debug, Clone, Serialize)]
pub struct Download {
    /// What it is, in words.
    pub name: String,
    /// Relative to the root, encoded.
    pub url: String,
    /// What it weighs, if that is known.
    pub size: Option<String>,
}

/// A sheet with its picture.
#[derive(Debug, Clone, Serialize)]
pub struct PosterCard {
    /// What it is, and its files.
    #[serde(flatten)]
    pub sheet: PosterSheet,
    /// The first page of its first file.
    pub preview: Option<Preview>,
}

/// A picture of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// Relative to the root, encoded.
    pub url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What stands on the sheet.
    pub alt: String,
}

impl<'a> SheetIndex<'a> {
    pub(crate) fn of(edition: &Edition<'a>) -> Self {
        let all = edition.site.sheets.then(|| sheets(edition)).into_iter().flatten();
        let sheets: Vec<Sheet<'a>> = all.filter(|sheet| !sheet.files(edition).is_empty()).collect();
        let (mut by_centre, mut common): (BTreeMap<_, Vec<usize>>, _) = (BTreeMap::new(), Vec::new());
        for (number, sheet) in sheets.iter().enumerate() {
            sheet.centres.iter().for_each(|centre| by_centre.entry(*centre).or_default().push(number));
            if sheet.centres.len() != 1 {
                common.push(number);
            }
        }
        Self { sheets, by_centre, common }
    }

    /// The centres with sheets.
    pub(crate) fn centres(&self) -> impl Iterator<Item = &'a Id<Centre>> + use<'a, '_> {
        self.by_centre.keys().copied()
    }

    fn group(&self, edition: &Edition<'a>, centre: Option<&Id<Centre>>, numbers: &[usize]) -> PosterGroup {
        let brief = numbers.len() > MOST_SHEETS;
        let shown = numbers.iter().filter_map(|number| self.sheets.get(*number));
        let page = centre.and_then(|id| edition.centre(id));
        PosterGroup {
            name: page.as_ref().map_or_else(|| edition.term("sheet.common"), |page| page.name.clone()),
            id: centre.map_or_else(|| "all".to_owned(), ToString::to_string),
            page,
            archive: centre.and_then(|id| self.archive(edition, id)),
            sheets: shown.filter_map(|sheet| card(edition, sheet, brief)).collect(),
            brief,
        }
    }

    /// All sheets of a centre in one file.
    fn archive(&self, edition: &Edition<'a>, centre: &Id<Centre>) -> Option<Download> {
        let own = self.by_centre.get(centre)?.iter().filter_map(|number| self.sheets.get(*number));
        let count: usize = own.map(|sheet| sheet.files(edition).len()).sum();
        let address = archive_address(edition, centre);
        let facts = || edition.site.published.of(address.as_str());
        (count >= LEAST_ARCHIVED).then(|| Download {
            name: edition.wording.count("sheet.archive", count),
            url: address.encoded(),
            size: facts().map(|facts| weight(facts.bytes)),
        })
    }
}

/// All sheets: below their centres, or the pages of the centres where they are too many.
pub(crate) fn posters<'a>(edition: &Edition<'a>, index: &SheetIndex<'a>) -> PosterList {
    let common = (!index.common.is_empty()).then(|| index.group(edition, None, &index.common));
    let alone = |numbers: &[usize]| -> Vec<usize> {
        let single = |number: &&usize| index.sheets.get(**number).is_some_and(|sheet| sheet.centres.len() == 1);
        numbers.iter().filter(single).copied().collect()
    };
    let (mut groups, mut centres) = (Vec::new(), Vec::new());
    if index.sheets.len() <= MOST_SHEETS {
        let own = index.by_centre.iter().map(|(centre, numbers)| (*centre, alone(numbers)));
        groups.extend(
            own.filter(|(_, own)| !own.is_empty()).map(|(centre, own)| index.group(edition, Some(centre), &own)),
        );
    } else {
        centres = pages_by_area(edition, index);
    }
    groups.extend(common);
    PosterList { groups, centres }
}

/// The sheets that hang at a centre.
pub(crate) fn centre_posters<'a>(edition: &Edition<'a>, index: &SheetIndex<'a>, centre: &Id<Centre>) -> PosterList {
    let numbers = index.by_centre.get(centre).map_or(&[][..], Vec::as_slice);
    PosterList { groups: vec![index.group(edition, Some(centre), numbers)], centres: Vec::new() }
}

fn pages_by_area(edition: &Edition<'_>, index: &SheetIndex<'_>) -> Vec<PosterCentres> {
    let site = edition.site;
    let mut groups: BTreeMap<usize, Vec<CountedLink>> = BTreeMap::new();
    for (centre, numbers) in &index.by_centre {
        let Some(record) = site.index.centre.get(*centre).and_then(|n| site.content.centres.get(*n)) else { continue };
        let Some(area) = group_of(edition, &record.value.area) else { continue };
        let name = record.value.short_name.as_ref().unwrap_or(&record.value.name);
        let link = edition.link_path(&page_of(centre), name, true);
        groups.entry(area).or_default().push(CountedLink { link, count: numbers.len() });
    }
    let group = |(area, pages)| {
        Some(PosterCentres { area: crate::site::views::area::link(edition, site.index.areas.get(area)?), pages })
    };
    groups.into_iter().filter_map(group).collect()
}

fn card<'a>(edition: &Edition<'a>, sheet: &Sheet<'a>, brief: bool) -> Option<PosterCard> {
    let mut known = listed(edition, sheet)?;
    let files = sheet.files(edition);
    for (file, shown) in files.iter().zip(&mut known.files) {
        let facts = edition.site.published.of(file.address.as_str());
        shown.facts = facts.map(|facts| {
            let pages = facts.pages.map(|pages| edition.wording.count("sheet.pages", pages));
            edition.wording.list(pages.into_iter().chain([weight(facts.bytes)]))
        });
    }
    let first = files.first().filter(|_| !brief);
    let preview = first.map(|file| {
        let (width, _) = PREVIEW;
        let across = if file.options.paper.landscape { 1.0 / LONG } else { LONG };
        Preview {
            url: Address::new(preview_path(file.address.as_str())).encoded(),
            width,
            height: (f64::from(width) * across).round() as u32,
            alt: told(edition, sheet),
        }
    });
    Some(PosterCard { sheet: known, preview })
}

/// What stands on a sheet, in words: what it is, its title, until when it holds, and what it begins with.
fn told<'a>(edition: &Edition<'a>, sheet: &Sheet<'a>) -> String {
    let mut view = sheet.view(edition, None);
    let until = view.get("until").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(view) = view.as_object_mut() {
        for key in ["title", "issuer", "kicker", "valid"] {
            view.remove(key);
        }
    }
    let mut texts = Vec::new();
    collect(&view, &mut texts);
    let (each, all, _) = MOST_LETTERS;
    let mut room = all;
    texts.retain(|text| {
        let fits = (LEAST_LETTERS..=room.min(each)).contains(&text.chars().count());
        room -= if fits { text.chars().count() } else { 0 };
        fits
    });
    texts.truncate(MOST_TOLD);
    // Whole sentences are among them: what parts these does, and the mark at the end of each is the phrase's to set.
    let parts: Vec<&str> = texts.iter().map(|text| text.trim_end_matches(ENDS)).collect();
    let (kind, words) = (kind_name(edition, sheet.kind), parts.join(edition.wording.term("sheet.preview-and")));
    let name = if words.is_empty() { "sheet.preview-empty" } else { "sheet.preview" };
    let title = &sheet.title.text;
    edition.wording.say(name, &[("kind", &kind), ("title", title), ("until", &until), ("words", &words)])
}

/// The texts that an editor wrote and the times of days, each once, what comes first on the sheet before the rest.
fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            let word = |key: &str| entries.get(key).and_then(Value::as_str);
            let text = word("text").filter(|_| entries.contains_key("lang")).map(str::to_owned);
            let times = word("days").zip(word("times")).map(|(days, times)| format!("{days} {times}"));
            let when = word("when").map(|when| word("time").map_or(when.to_owned(), |time| format!("{when} {time}")));
            for text in [text, times, when].into_iter().flatten() {
                if !texts.contains(&text) {
                    texts.push(text);
                }
            }
            let first = FIRST.iter().filter_map(|key| entries.get(*key));
            let rest = entries.iter().filter(|(key, _)| !FIRST.contains(&key.as_str())).map(|(_, value)| value);
            first.chain(rest).for_each(|value| collect(value, texts));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        _ => {}
    }
}

/// The page of a centre's sheets, without a language.
pub(crate) fn page_of(centre: &Id<Centre>) -> String {
    format!("posters/{centre}/")
}

/// The file with all sheets of a centre.
pub(crate) fn archive_address(edition: &Edition<'_>, centre: &Id<Centre>) -> Address {
    edition.address(&format!("posters/{centre}.zip"))
}

/// The picture of a sheet's first page, beside its file.
pub(crate) fn preview_path(pdf: &str) -> String {
    format!("{}.webp", pdf.strip_suffix(".pdf").unwrap_or(pdf))
}

#[cfg(feature = "posters")]
/// How a sheet's file is called where people see nothing but its name, without an ending.
pub(crate) fn sheet_file_name<'a>(
    edition: &Edition<'a>,
    sheet: &Sheet<'a>,
    options: &crate::content::SheetOptions,
) -> String {
    let (.., most) = MOST_LETTERS;
    let title: String = sheet.title.text.chars().take(most).collect();
    let name = format!("{title} {} {}", kind_name(edition, sheet.kind), super::in_words(edition, options));
    // What no system takes in a name.
    let plain = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c };
    name.chars().map(plain).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Bytes in words: 48 KB, 1.2 MB.
fn weight(bytes: u64) -> String {
    let thousands = bytes.div_ceil(1000);
    if thousands < 1000 { format!("{thousands} KB") } else { format!("{:.1} MB", bytes as f64 / 1e6) }
}

/// Whether any sheet hangs at a centre, in an edition.
pub(crate) fn has_sheets(edition: &Edition<'_>, centre: &str) -> bool {
    let found = || SheetIndex::of(edition).centres().map(ToString::to_string).collect();
    let mut known = edition.site.with_sheets.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(edition.language.to_string()).or_insert_with(found).contains(centre)
}

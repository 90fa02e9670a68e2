//! The sheets that hang on the wall: what there is to print, and what stands on each.
//!
//! A kind of sheet is one file here, which finds the records that have something to say and makes a view of each, a
//! line in [`KINDS`], a line in `content/sheets.rs`, and a template of the same name. What all sheets have (issuer,
//! title, dates, version, QR code, papers) is added by those who print, so a view holds only what is its own. A record
//! with nothing to say has no sheet.

mod beside;
mod bilingual;
mod closure;
mod door_sign;
mod downloads;
mod duty;
mod event;
mod feedback;
mod feedback_blank;
mod figures;
mod handbook;
mod hangs;
mod holiday_hours;
mod network;
mod notice;
mod official_notice;
mod outreach;
mod policy;
mod policy_list;
mod prose;
mod teams;
mod themed_days;
mod weekly_board;

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::parts::{Link, Local};
use crate::content::{Centre, Id, Kind, Posters, Record, SheetKind, SheetOptions};
use crate::site::edition::Titled;
use crate::site::{Address, Edition, page_path};

use hangs::Hangs;

#[cfg(feature = "posters")]
pub(crate) use beside::stands_beside;
pub use downloads::{Download, PosterCard, PosterGroup, PosterList, Preview};
#[cfg(feature = "posters")]
pub(crate) use downloads::{LEAST_ARCHIVED, PREVIEW, archive_address, preview_path, sheet_file_name};
pub(crate) use downloads::{SheetIndex, centre_posters, has_sheets, page_of as posters_page, posters};
pub use prose::{Block, Run};
pub(crate) use weekly_board::programme_sheet;

/// All sheets of a kind in an edition, one after the other as they are asked for.
type Sheets<'a> = Box<dyn Iterator<Item = Sheet<'a>> + 'a>;

/// The kinds.
const KINDS: &[for<'a> fn(Edition<'a>) -> Sheets<'a>] = &[
    weekly_board::sheets,
    door_sign::sheets,
    holiday_hours::sheets,
    closure::sheets,
    notice::sheets,
    policy_list::sheets,
    policy::sheets,
    event::sheets,
    duty::sheets,
    feedback::sheets,
    feedback_blank::sheets,
    official_notice::sheets,
    handbook::sheets,
    network::sheets,
    outreach::sheets,
    themed_days::sheets,
    teams::sheets,
    figures::sheets,
];

/// Everything that there is to print in an edition, on whatever paper.
pub(crate) fn sheets<'a>(edition: &Edition<'a>) -> impl Iterator<Item = Sheet<'a>> + use<'a> {
    let edition = *edition;
    KINDS.iter().flat_map(move |of_kind| of_kind(edition))
}

/// A sheet: one record, or part of the site, on the wall.
pub(crate) struct Sheet<'a> {
    /// What kind of sheet it is.
    pub(crate) kind: SheetKind,
    /// The id of what it is about, for its address and for calls.
    pub(crate) id: &'a str,
    /// What it is about, for lists.
    pub(crate) title: Local,
    /// The page that says the same.
    pub(crate) page: Link,
    /// The path of that page without a language, such as `centres/x/`.
    pub(crate) path: String,
    /// The file that it is written in, for what is wrong.
    pub(crate) file: Arc<str>,
    /// The centres at which it hangs; none where it is no centre's own.
    pub(crate) centres: Vec<&'a Id<Centre>>,
    /// On which papers it is made, where the record says so itself.
    own: Option<Vec<SheetOptions>>,
    view: View<'a>,
}

/// Makes what stands on a sheet, in a language.
type View<'a> = Box<dyn Fn(&Edition<'a>) -> SheetView + Send + Sync + 'a>;

/// What stands on a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetView {
    /// The title, large.
    pub title: Local,
    /// The line above it: where, or what it is about.
    pub kicker: Option<Local>,
    /// Who issues it.
    pub issuer: Local,
    /// From when to when it holds, in words, below the title.
    pub valid: Option<ValidText>,
    /// Until when it holds, in words.
    pub until: String,
    /// What is the kind's own.
    #[serde(flatten)]
    pub content: Value,
}

/// A period in words.
#[derive(Debug, Clone, Serialize)]
pub struct ValidText {
    /// The words.
    pub text: String,
}

impl SheetView {
    /// A view whose content is a kind's own.
    fn new(title: Local, issuer: Local, until: String, content: impl Serialize) -> Self {
        let content = serde_json::to_value(content).unwrap_or_default();
        Self { title, kicker: None, issuer, valid: None, until, content }
    }
}

impl<'a> Sheet<'a> {
    /// The sheet of a record with a page. `own` is the record's `posters`.
    fn of<K: Titled + Hangs + Sync>(
        edition: &Edition<'a>,
        kind: SheetKind,
        record: &'a Record<K>,
        own: &Posters,
        view: impl Fn(&Edition<'a>, &'a Record<K>) -> SheetView + Send + Sync + 'a,
    ) -> Self {
        Self {
            kind,
            id: record.id.as_str(),
            title: edition.local(record.value.title()),
            page: edition.link(record),
            path: page_path(<K as Kind>::FOLDER, record.id.as_str()),
            file: Arc::clone(&record.origin.file),
            centres: K::centres(record),
            own: own.of(kind),
            view: Box::new(move |edition| view(edition, record)),
        }
    }

    /// How it is made: as its record says, else as the site does, else as is usual for what is made unasked. A second language that the sheet is
    /// not written in is no sheet.
    pub(crate) fn options(&self, edition: &Edition<'a>) -> Vec<SheetOptions> {
        let site = || edition.site.content.site.value.posters.of(self.kind);
        let usual = || if self.kind.unasked() { self.kind.usual() } else { Vec::new() };
        self.own.clone().or_else(site).unwrap_or_else(usual)
    }

    /// The files that are made of it.
    pub(crate) fn files(&self, edition: &Edition<'a>) -> Vec<SheetFile> {
        self.options(edition).into_iter().filter_map(|options| self.file_of(edition, options)).collect()
    }

    /// The file that is made of it with these options; none if its second language is its own.
    pub(crate) fn file_of(&self, edition: &Edition<'a>, options: SheetOptions) -> Option<SheetFile> {
        if options.with.as_ref() == Some(edition.language) {
            return None;
        }
        let path = format!("posters/{}-{}-{}.pdf", self.id, self.kind.word(), options.word());
        Some(SheetFile { address: edition.address(&path), options })
    }

    /// What stands on it, with a second language if there is one: in the lines of the first, or beside them.
    pub(crate) fn view(&self, edition: &Edition<'a>, second: Option<&Edition<'a>>) -> Value {
        let mut view = self.in_language(edition);
        match second {
            Some(second) if beside::stands_beside(edition, second) => {
                beside::add(&mut view, self.in_language(second), second.language.as_str(), self.kind);
            }
            Some(second) => bilingual::add(&mut view, &self.in_language(second), second.language.as_str()),
            None => {}
        }
        view
    }

    /// All that it says in a second language that stands beside the first, whether there is room for it or not.
    pub(crate) fn standing_beside(&self, edition: &Edition<'a>, second: &Edition<'a>) -> Option<Value> {
        beside::stands_beside(edition, second).then(|| beside::own(self.in_language(second), second.language.as_str()))
    }

    fn in_language(&self, edition: &Edition<'a>) -> Value {
        serde_json::to_value((self.view)(edition)).unwrap_or_default()
    }
}

/// One PDF of a sheet.
pub(crate) struct SheetFile {
    /// Where it stands.
    pub(crate) address: Address,
    /// How it is made.
    pub(crate) options: SheetOptions,
}

/// A sheet in its sizes, for lists.
#[derive(Debug, Clone, Serialize)]
pub struct PosterSheet {
    /// The kind, e.g. `weekly-board`.
    pub kind: &'static str,
    /// The kind in words.
    pub kind_name: String,
    /// The sheet's title.
    pub title: Local,
    /// The page with the same content.
    pub page: Link,
    /// The files.
    pub files: Vec<PosterFile>,
}

/// One PDF, for lists.
#[derive(Debug, Clone, Serialize)]
pub struct PosterFile {
    /// The paper in words, e.g. A3 横向.
    pub paper: String,
    /// How it is made as a word for machines, e.g. `a3-landscape`.
    pub paper_id: String,
    /// The file, relative to the root, encoded.
    pub url: String,
    /// How heavy it is and how many sides it has, in words, where a list says so.
    pub facts: Option<String>,
}

/// The kind of sheet in words.
pub(crate) fn kind_name(edition: &Edition<'_>, kind: SheetKind) -> String {
    edition.wording.term(&format!("sheet.{}", kind.word())).to_owned()
}

/// A sheet for lists; none if no file is made of it.
pub(crate) fn listed<'a>(edition: &Edition<'a>, sheet: &Sheet<'a>) -> Option<PosterSheet> {
    let files = sheet.options(edition).into_iter().filter_map(|options| sheet.file_of(edition, options));
    let files: Vec<PosterFile> = files
        .map(|file| PosterFile {
            paper: in_words(edition, &file.options),
            paper_id: file.options.word(),
            url: file.address.encoded(),
            facts: None,
        })
        .collect();
    (!files.is_empty()).then(|| PosterSheet {
        kind: sheet.kind.word(),
        kind_name: kind_name(edition, sheet.kind),
        title: sheet.title.clone(),
        page: sheet.page.clone(),
        files,
    })
}

/// How a sheet is made, in words: A4 竖向，大字，附English.
pub(crate) fn in_words(edition: &Edition<'_>, options: &SheetOptions) -> String {
    let size = options.paper.size.word().to_uppercase();
    let lies = if options.paper.landscape { "paper.landscape" } else { "paper.portrait" };
    let paper = edition.wording.say(lies, &[("size", &size)]);
    let large = options.large_print.then(|| edition.wording.term("paper.large-print").to_owned());
    let name = |tag| {
        let languages = &edition.site.content.site.value.languages;
        languages.iter().find(|language| language.tag == tag).map_or(tag.to_string(), |language| language.name.clone())
    };
    let with = options.with.clone().map(|tag| edition.wording.say("paper.with", &[("language", &name(tag))]));
    edition.wording.list([paper].into_iter().chain(large).chain(with))
}

/// The address that a sheet's QR code holds and that it says in letters: the short one, which stays, of the page that says
/// the same; the page's own while none is allotted to it.
pub(crate) fn address_on_paper(edition: &Edition<'_>, sheet: &Sheet<'_>) -> String {
    let own = || edition.canonical(&edition.address(&sheet.path));
    edition.site.short_address(&sheet.path).unwrap_or_else(own)
}

//! What an editor may write, typed: one file a kind.
//!
//! [`Content::read`] turns the files of a site into records of each kind, in parallel, or reports what is
//! wrong with them. A record knows its id and the file it comes from. Ids are not yet resolved here, and
//! nothing here knows today's date. A new kind is one file with its [`Kind`] and a line in [`Content`].

mod aliases;
mod area;
mod breaks;
mod calendar_year;
mod centre;
mod contact;
mod conventions;
pub mod descriptions;
mod duty;
mod elsewhere;
mod event;
mod feedback;
mod fixes;
pub mod formats;
mod handbook;
mod hours;
mod id;
mod kind;
mod known;
mod ledger;
mod notice;
mod outreach;
mod page;
mod policy;
mod postal;
mod printed;
mod programme;
pub mod schemas;
mod sheets;
mod short_address;
mod site;
mod team;
mod text;
mod texts;
mod translation;
mod unique;
mod validity;

pub use aliases::{Aliases, SitePath};
pub use area::{Area, AreaLevel, AreaStatus, AreasFile, StatusMeaning};
pub use breaks::{Breaks, without_marks};
pub use calendar_year::{CalendarYear, Holiday, HolidayKind, MakeupWorkday, ReplacingDay, SchoolHoliday};
pub use centre::{Accessibility, Amenity, AmenityDetail, AmenityEntry, Centre, CentreKind, HouseDocument, Service};
pub use contact::{Contact, Figure, Location, Phone, Picture, Source};
pub use conventions::{AccessibilityStatement, Conventions, GovernmentMark, PublicSite, Registration};
pub use duty::{Duty, Resident, Rotation, Swap};
pub use event::{Event, Zone};
pub use feedback::{Feedback, FeedbackItem, FeedbackStatus};
pub use fixes::{KeyLanguage, in_keys, make_safe, mended};
pub use formats::{BaseAddress, Checked, Format, PhoneNumber, PictureFile, RegionCode, WebAddress, ZoneName};
pub use handbook::Handbook;
pub use hours::{HolidayHours, Hours, HoursException, MakeupHours, RecurringHours, Season};
pub use id::Id;
pub use kind::{Body, Kind, Origin, Record};
pub use known::{KnownRecords, Progress};
pub use ledger::{Known, Ledger, Published};
pub use notice::{Closing, Meeting, Notice, NoticeKind, Urgency};
pub use outreach::{Outreach, Stop};
pub use page::Page;
pub use policy::{Amount, Policy};
pub use postal::{Postal, PostalCode};
pub use printed::{PRINTED_FILE, PrintedSheet, PrintedSheets, SheetSaid};
pub use programme::{Activity, DayTheme, Days, ExtraSession, Programme, SessionException};
pub use sheets::{Distance, Paper, PaperSize, Posters, SheetChoice, SheetKind, SheetOptions};
pub use short_address::{ADDRESSES_FILE, AddressesFile, ShortAddress, ShortCode, allot};
pub use site::{
    AllOrNone, Audience, Department, FooterMark, HtmlPolicy, Language, Links, OutputFamily, Outputs, SearchConfig,
    SiteConfig, Strand, Term,
};
pub use team::Team;
pub use text::{KNOWN_LANGUAGES, LanguageTag, Text, direction};
pub use texts::TextFinder;
pub use validity::Validity;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic, Place, Problem, closest};
use crate::source::{File, Sources, lint, yaml};

/// Everything that editors wrote, each record typed, ids not yet resolved.
#[derive(Debug)]
pub struct Content {
    /// `site.yaml`.
    pub site: Record<SiteConfig>,
    /// `content/areas.yaml`.
    pub areas: Record<AreasFile>,
    /// `content/addresses.yaml`.
    pub addresses: Record<AddressesFile>,
    /// `content/calendar/`.
    pub calendar: Vec<Record<CalendarYear>>,
    /// `content/centres/`.
    pub centres: Vec<Record<Centre>>,
    /// `content/programmes/`.
    pub programmes: Vec<Record<Programme>>,
    /// `content/events/`.
    pub events: Vec<Record<Event>>,
    /// `content/policies/`.
    pub policies: Vec<Record<Policy>>,
    /// `content/notices/`.
    pub notices: Vec<Record<Notice>>,
    /// `content/teams/`.
    pub teams: Vec<Record<Team>>,
    /// `content/duty/`.
    pub duty: Vec<Record<Duty>>,
    /// `content/outreach/`.
    pub outreach: Vec<Record<Outreach>>,
    /// `content/feedback/`.
    pub feedback: Vec<Record<Feedback>>,
    /// `content/pages/`.
    pub pages: Vec<Record<Page>>,
    /// `ledger.txt`, if there is one.
    pub ledger: Option<Ledger>,
}

/// The folders below `content/`, for files that are in none of them.
const FOLDERS: [&str; 11] = [
    CalendarYear::FOLDER,
    Centre::FOLDER,
    Programme::FOLDER,
    Event::FOLDER,
    Policy::FOLDER,
    Notice::FOLDER,
    Team::FOLDER,
    Duty::FOLDER,
    Outreach::FOLDER,
    Feedback::FOLDER,
    Page::FOLDER,
];
const SITE_FILE: &str = "site.yaml";
const AREAS_FILE: &str = "content/areas.yaml";

impl Content {
    /// The ids of all records, kind after kind; the same id may be that of several.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        fn of<K>(records: &[Record<K>]) -> impl Iterator<Item = &str> {
            records.iter().map(|record| record.id.as_str())
        }
        of(&self.centres)
            .chain(of(&self.programmes))
            .chain(of(&self.events))
            .chain(of(&self.policies))
            .chain(of(&self.notices))
            .chain(of(&self.teams))
            .chain(of(&self.duty))
            .chain(of(&self.outreach))
            .chain(of(&self.feedback))
            .chain(of(&self.pages))
    }

    /// Reads every file into its kind. What is wrong is added to `diagnostics`; with `None` there is not
    /// even a `site.yaml` that could be read.
    pub fn read(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        Self::read_again(sources, None, diagnostics)
    }

    /// As [`Content::read`], but records whose files are those of the last time are taken from `known`.
    pub fn read_again(
        sources: &Sources,
        mut known: Option<&mut KnownRecords>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        strays(&sources.files, diagnostics);
        match known.as_deref_mut() {
            Some(known) => known.look(&sources.files, diagnostics),
            None => diagnostics.par_extend(sources.files.par_iter().flat_map_iter(lint::silent::look)),
        }
        let site: Option<Record<SiteConfig>> = single(&sources.files, SITE_FILE, diagnostics);
        let offered: Vec<LanguageTag> =
            site.iter().flat_map(|site| site.value.languages.iter().map(|l| l.tag.clone())).collect();
        // Records that are read without knowing the site's languages are not looked through for text in others.
        let mut known = known.filter(|_| site.is_some());
        if let Some(known) = known.as_deref_mut() {
            known.begin(&offered);
            known.progress.begin(sources.files.len());
        }
        let areas: Option<Record<AreasFile>> =
            single_again(&sources.files, AREAS_FILE, known.as_deref_mut(), diagnostics);
        let addresses: Option<Record<AddressesFile>> =
            single_again(&sources.files, ADDRESSES_FILE, known.as_deref_mut(), diagnostics);
        for file in sources.files.iter().filter(|file| matches!(&*file.path, SITE_FILE | AREAS_FILE | ADDRESSES_FILE)) {
            if let Err(found) = kind::not_offered(file, 0..file.text.len(), &offered) {
                diagnostics.extend(found);
            }
        }
        let files = &sources.files;
        let mut gather = Gather { files, languages: &offered, known: known.as_deref_mut(), diagnostics };
        let calendar = gather.all();
        let centres = gather.all();
        let programmes = gather.all();
        let events = gather.all();
        let policies = gather.all();
        let notices = gather.all();
        let teams = gather.all();
        let duty = gather.all();
        let outreach = gather.all();
        let feedback = gather.all();
        let pages = gather.all();
        if let Some(known) = known {
            known.end();
        }
        without_second_words(diagnostics);
        elsewhere::name_kinds(diagnostics);
        let areas = areas.unwrap_or_else(|| {
            let value = AreasFile { status_meaning: Vec::new(), areas: Vec::new() };
            Record::whole_file(AREAS_FILE.into(), 0, value)
        });
        let addresses =
            addresses.unwrap_or_else(|| Record::whole_file(ADDRESSES_FILE.into(), 0, AddressesFile::default()));
        let mut site = site?;
        site.value.set_aside_unpublished();
        Some(Self {
            site,
            areas,
            addresses,
            calendar,
            centres,
            programmes,
            events,
            policies,
            notices,
            teams,
            duty,
            outreach,
            feedback,
            pages,
            ledger: sources.ledger.as_ref().map(|file| Ledger::read(file, diagnostics)),
        })
    }
}

/// Takes out what was said of a comma in a list, of a `#`, or of a character that nobody sees, where an error says what is
/// wrong.
fn without_second_words(diagnostics: &mut Vec<Diagnostic>) {
    let is_second = |found: &Diagnostic| {
        use Code::{CommaWithinItem, HashInValue, HiddenInText, RemarkShown};
        matches!(found.problem.code, CommaWithinItem | HashInValue | HiddenInText | RemarkShown)
    };
    // What errors are about or change, of each file: in order, and none within another, so that they are searched.
    let mut told: BTreeMap<Arc<str>, Vec<Range<usize>>> = BTreeMap::new();
    for error in diagnostics.iter().filter(|found| found.is_error()) {
        let ranges = told.entry(Arc::clone(&error.place.file)).or_default();
        ranges.push(error.place.start..error.place.end);
        ranges.extend(error.edits.iter().map(|edit| edit.range.clone()));
    }
    for ranges in told.values_mut() {
        ranges.sort_unstable_by_key(|range| range.start);
        ranges.dedup_by(|next, range| {
            let joins = next.start <= range.end;
            if joins {
                range.end = range.end.max(next.end);
            }
            joins
        });
    }
    diagnostics.retain(|found| {
        let said = |at: usize| {
            told.get(&found.place.file).is_some_and(|ranges| {
                let before = ranges.partition_point(|range| range.start <= at);
                ranges.get(..before).and_then(<[_]>::last).is_some_and(|range| at < range.end)
            })
        };
        !is_second(found) || !(said(found.place.start) || found.edits.iter().any(|edit| said(edit.range.start)))
    });
}

/// `site.yaml` alone, if it can be read: what must be known before everything else is read.
pub fn read_config(sources: &Sources) -> Option<SiteConfig> {
    single(&sources.files, SITE_FILE, &mut Vec::new()).map(|record: Record<SiteConfig>| record.value)
}

struct Gather<'a> {
    files: &'a [File],
    languages: &'a [LanguageTag],
    known: Option<&'a mut KnownRecords>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Gather<'_> {
    fn all<K: Kind>(&mut self) -> Vec<Record<K>> {
        kind::gather(self.files, self.languages, self.known.as_deref_mut(), self.diagnostics)
    }
}

/// A file that stands alone, such as `site.yaml`.
fn single<T>(files: &[File], path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Record<T>>
where
    T: serde::de::DeserializeOwned + schemars::JsonSchema + 'static,
{
    let file = files.iter().find(|file| &*file.path == path)?;
    let read = yaml::decode_with_english(&file.path, &file.text, 0..file.text.len(), formats::read);
    let read = read.or_else(|unread| {
        diagnostics.extend(unread.found);
        unread.meant.ok_or(())
    });
    read.ok().map(|(value, _)| Record::whole_file(file.path.clone(), file.text.len(), value))
}

/// As [`single`], unless it is known.
fn single_again<T>(
    files: &[File],
    path: &str,
    known: Option<&mut KnownRecords>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Record<T>>
where
    T: Clone + Send + Sync + serde::de::DeserializeOwned + schemars::JsonSchema + 'static,
{
    let Some(known) = known else { return single(files, path, diagnostics) };
    let file = files.iter().find(|file| &*file.path == path)?;
    let before = diagnostics.len();
    let record = known.get(&[file]).or_else(|| single(files, path, diagnostics))?;
    if diagnostics.len() == before {
        known.keep(&[file], &record);
    }
    Some(record)
}

/// Files that belong to no kind.
fn strays(files: &[File], diagnostics: &mut Vec<Diagnostic>) {
    for file in files {
        let Some(below) = file.path.strip_prefix("content/") else { continue };
        let (folder, rest) = below.split_once('/').unwrap_or((below, ""));
        if matches!(below, "areas.yaml" | "addresses.yaml") || (FOLDERS.contains(&folder) && !rest.is_empty()) {
            continue;
        }
        let allowed = FOLDERS.iter().copied().chain(["areas.yaml", "addresses.yaml"]);
        let problem = Problem::new(Code::UnknownFile)
            .with("name", folder)
            .with_some("suggestion", closest(folder, allowed.clone()))
            .with_list("allowed", allowed);
        diagnostics.push(problem.at(Place::whole(&file.path)));
    }
}

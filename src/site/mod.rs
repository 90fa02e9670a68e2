//! The linked whole: ids become references, dates become sessions, records become views.
//!
//! [`Site::link`] takes what editors wrote, the words of the interface, and today's date, checks that every
//! id names a record, and keeps indexes. An [`Edition`] is the site in one language; its views are what
//! templates and posters see, and nothing else. Nothing here reads the disk or the clock.

mod activities;
mod address;
mod aliases;
mod calendar;
mod collation;
mod coverage;
mod duty;
mod edition;
mod index;
mod initial;
mod inputs;
mod last_change;
mod lunar;
pub(crate) mod markdown;
mod nearest;
mod news;
mod next_change;
mod osm_hours;
mod pictures;
mod postal;
mod published;
mod references;
mod said;
mod short_addresses;
mod standing;
mod status;
mod statutory;
mod subscriptions;
mod things;
mod unreviewed;
pub mod views;
mod week;
mod wording;

pub(crate) use activities::activity_keys_as;
pub(crate) use activities::activity_path;
pub use activities::{HeldSession, activity_keys, rule_of, time_of};
pub(crate) use address::decode;
pub use address::{Address, page_path};
pub(crate) use aliases::{Alias, DERIVED};
pub use coverage::{Coverage, InterfaceCoverage, KindCoverage, LanguageCoverage, coverage};
pub use duty::{OnDuty, TurnOn};
pub(crate) use edition::Titled;
pub use edition::{Edition, file_url};
pub use index::{AreaEntry, Index};
pub(crate) use last_change::LastChange;
pub use lunar::LunarPatterns;
pub use markdown::{Html, render as render_markdown};
pub(crate) use news::{News, NewsOf, hours_in_words, news};
pub use next_change::{Turn, Turning, turnings};
pub use pictures::{PictureFile, picture_files};
pub use published::{FileFacts, Published};
pub use said::{Difference, differences, said};
pub(crate) use short_addresses::{Leads, short_code, short_path};
pub(crate) use standing::{Noted, Standing};
pub use status::{
    CentreStatus, DayProgramme, Ending, Hidden, HiddenBecause, PartStatus, PlaceState, SessionLine, Status, status,
};
pub use subscriptions::{CalendarOf, Members};
pub(crate) use things::{activity_key, change_key, hours_key, record_key};
pub use unreviewed::Unreviewed;
pub(crate) use wording::fill;
pub use wording::{DatePatterns, Wording};

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::calendar::{ClosingRule, Date, DateTime, DayState, HolidayCalendar, OpeningHours};
use crate::content::{Area, BaseAddress, Centre, Content, Id, LanguageTag, Text};
use crate::diagnostics::{Diagnostic, Texts};
use crate::source::PictureFacts;
pub use calendar::Announced;
use calendar::Calendars;
pub use inputs::Inputs;

/// What a site is made for.
#[derive(Debug, Clone)]
pub struct Occasion {
    /// The civil time, in the site's own time zone.
    pub now: DateTime,
    /// Whether sheets to print are made, and pages link to them.
    pub sheets: bool,
}

/// A site whose parts know each other.
#[derive(Debug)]
pub struct Site {
    /// What editors wrote.
    pub content: Content,
    /// The day for which the site is made, in its own time zone.
    pub today: Date,
    /// The civil time for which it is made: only what begins or ends within the day looks at it.
    pub now: DateTime,
    /// Whether sheets to print are made.
    pub sheets: bool,
    /// The pictures, by their path below `content/pictures/`.
    pub pictures: Vec<String>,
    /// What each picture is, by the same path, where that is known.
    pub picture_facts: BTreeMap<String, PictureFacts>,
    /// The texts of the content, for places of what is found later.
    pub texts: Texts,
    /// The files with errors in them.
    unread: BTreeSet<Arc<str>>,
    /// Where each id is found.
    pub index: Index,
    /// The public calendars.
    calendars: Calendars,
    /// The opening hours of each centre that has any, closing notices included.
    hours: HashMap<Id<Centre>, OpeningHours>,
    /// For each centre, the notices that close it, in the order of its rules' closings.
    closings: HashMap<Id<Centre>, Vec<usize>>,
    /// The centres as they stand in lists.
    centre_cards: views::CentreCards,
    /// Their hours as OpenStreetMap writes them.
    osm_hours: osm_hours::OsmHours,
    /// The zone of all civil times.
    zone: jiff::tz::TimeZone,
    /// The address that ids are made from.
    identifiers: BaseAddress,
    /// The keys of each programme's activities.
    activity_keys: Vec<Vec<String>>,
    /// What is on in the coming days, reckoned when it is first asked for.
    week: OnceLock<week::Week>,
    /// Where the centres are, sorted when it is first asked for.
    places: OnceLock<nearest::Places>,
    /// How each thing stands beside the ledger, found when it is first asked for.
    standings: OnceLock<HashMap<String, Standing>>,
    /// What making the files found that keeps none of them from being made.
    warnings: Mutex<Vec<Diagnostic>>,
    /// What is told of files while they are published.
    pub published: Published,
    /// The ids of the centres at which sheets hang, by language, found when they are first asked for.
    pub(crate) with_sheets: Mutex<HashMap<String, BTreeSet<String>>>,
    /// Where short addresses lead, found when it is first asked for.
    short_addresses: OnceLock<short_addresses::ShortAddresses>,
    /// What goes into its files, where that is known.
    pub inputs: Inputs,
}

impl Site {
    /// Links the content, or says in `diagnostics` what does not fit together.
    pub fn link(
        content: Content,
        occasion: &Occasion,
        pictures: Vec<String>,
        texts: Texts,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let index = Index::of(&content, &texts, diagnostics);
        references::check(&content, &index, &pictures, &texts, diagnostics);
        aliases::check(&content, &index, &texts, diagnostics);
        let wrong = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let unread = wrong.map(|diagnostic| Arc::clone(&diagnostic.place.file)).collect();
        let calendars = Calendars::of(&content, &index, &texts, diagnostics);
        let mut closing_rules: HashMap<Id<Centre>, (Vec<usize>, Vec<ClosingRule>)> = HashMap::new();
        for (number, notice) in content.notices.iter().enumerate() {
            let Some(closing) = &notice.value.closes else { continue };
            for centre in &notice.value.centres {
                let (numbers, rules) = closing_rules.entry(centre.clone()).or_default();
                numbers.push(number);
                rules.push(ClosingRule { days: closing.on, from: closing.from, until: closing.until });
            }
        }
        let mut hours = HashMap::new();
        let mut closings = HashMap::new();
        for centre in &content.centres {
            let Some(written) = &centre.value.hours else { continue };
            let (numbers, rules) = closing_rules.remove(&centre.id).unwrap_or_default();
            hours.insert(centre.id.clone(), written.rules(rules));
            closings.insert(centre.id.clone(), numbers);
        }
        let languages = content.site.value.languages.iter().map(|language| &language.tag);
        let centre_cards = views::CentreCards::new(languages, content.centres.len());
        let osm_hours = osm_hours::OsmHours::new(content.centres.len());
        // A name that does not exist was reported when it was read.
        let zone = jiff::tz::TimeZone::get(content.site.value.time_zone.as_str()).unwrap_or(jiff::tz::TimeZone::UTC);
        let base_url = &content.site.value.base_url;
        let identifiers = content.ledger.as_ref().map_or(base_url, |ledger| ledger.identifiers(base_url)).clone();
        let first = content.site.value.languages.first().map_or_else(LanguageTag::chinese, |l| l.tag.clone());
        let activity_keys = content.programmes.iter().map(|record| activity_keys(record, &first)).collect();
        Self {
            content,
            today: occasion.now.date(),
            now: occasion.now,
            sheets: occasion.sheets,
            unread,
            pictures,
            picture_facts: BTreeMap::new(),
            texts,
            index,
            calendars,
            hours,
            closings,
            centre_cards,
            osm_hours,
            zone,
            identifiers,
            activity_keys,
            week: OnceLock::new(),
            places: OnceLock::new(),
            standings: OnceLock::new(),
            warnings: Mutex::default(),
            published: Published::default(),
            with_sheets: Mutex::default(),
            short_addresses: OnceLock::new(),
            inputs: Inputs::default(),
        }
    }

    /// The public calendar that all places have, unless their area has days of its own.
    pub fn calendar(&self) -> &HolidayCalendar {
        self.calendars.common()
    }

    /// The public calendar of a centre's area.
    pub fn calendar_of(&self, centre: &Id<Centre>) -> &HolidayCalendar {
        let record = self.index.centre.get(centre).and_then(|number| self.content.centres.get(*number));
        record.map_or_else(|| self.calendars.common(), |record| self.calendars.of_area(&record.value.area))
    }

    /// Which calendar the places of an area have, if not the common one: areas of the same number have the same.
    pub(crate) fn calendar_number(&self, area: &Id<Area>) -> Option<usize> {
        self.calendars.number_of(area)
    }

    /// How far hours, or the usual week of what gives way to them, are known to hold.
    pub fn announced(&self, hours: Option<&OpeningHours>) -> Announced {
        match hours {
            Some(hours) if hours.heeds_public_calendar() => self.calendars.announced(self.today),
            _ => Announced::Always,
        }
    }

    /// How far public holidays are announced.
    pub fn announced_years(&self) -> Announced {
        self.calendars.announced(self.today)
    }

    /// The name of an occasion of a public calendar.
    pub fn occasion_name(&self, occasion: usize) -> Option<&Text> {
        self.calendars.name(occasion)
    }

    /// The state of a centre on a date, if its hours are written.
    pub fn day(&self, centre: &Id<Centre>, date: Date) -> Option<DayState> {
        Some(self.hours(centre)?.on(date, self.calendar_of(centre)))
    }

    /// The site's first language, the one that plain text is in.
    pub fn first_language(&self) -> &LanguageTag {
        static FALLBACK: std::sync::OnceLock<LanguageTag> = std::sync::OnceLock::new();
        self.content.site.value.languages.first().map_or_else(|| FALLBACK.get_or_init(LanguageTag::chinese), |l| &l.tag)
    }

    /// The address below which everything stands, with `/` at its end.
    pub fn base_url(&self) -> String {
        format!("{}/", self.content.site.value.base_url.as_str().trim_end_matches('/'))
    }

    /// The address that ids are made from: where the site first stood, as its ledger knows.
    pub(crate) fn identifiers(&self) -> &BaseAddress {
        &self.identifiers
    }

    /// The path below which the site stands, from its base address: `/`, or `/sub/`.
    pub fn base_path(&self) -> String {
        let url = self.content.site.value.base_url.as_str();
        let after_host = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let path = after_host.trim_end_matches('/');
        if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
    }

    /// Whether an address would be that of a record whose file has errors.
    fn is_unread(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let (folder, id) = path.split_once('/').unwrap_or(("pages", path));
        let is_it = |file: &str| {
            // An ending and a language do not count.
            let name = file.rfind('/').map_or(0, |slash| slash + 1);
            let stem = file.get(name..).and_then(|name| name.find('.')).and_then(|dot| file.get(..name + dot));
            let below = stem.unwrap_or(file).strip_prefix("content/").and_then(|below| below.strip_prefix(folder));
            below.is_some_and(|below| below == format!("/{id}") || below.ends_with(&format!("/{id}")))
        };
        self.unread.iter().any(|file| is_it(file))
    }

    /// Notes what was found while a file was made that does not keep it from being made.
    #[cfg(feature = "posters")]
    pub(crate) fn warn(&self, found: Diagnostic) {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(found);
    }

    /// What was found while files were made, since it was last asked for.
    pub(crate) fn take_warnings(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.warnings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The opening hours of a centre, if it has any.
    pub fn hours(&self, centre: &Id<Centre>) -> Option<&OpeningHours> {
        self.hours.get(centre)
    }

    /// The notice that stands behind a closing of a centre's rules.
    pub fn closing_notice(&self, centre: &Id<Centre>, closing: usize) -> Option<usize> {
        self.closings.get(centre)?.get(closing).copied()
    }
}

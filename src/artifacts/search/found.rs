//! What can be found: every page that somebody may look for, and every activity, which stands on its programme's page.
//!
//! A page is one thing in all its languages: whoever types `yak` on a Chinese page finds the Chinese page about yaks.
//! The order is that of the kinds and of the ids in them, and a thing's place in it is its number in the index.

use super::texts::Texts;
use crate::calendar::DateSpan;
use crate::content::{
    Activity, Audience, Centre, CentreKind, Department, Duty, Event, Feedback, Id, Notice, Outreach, Page, Policy,
    Programme, Record, Team, Term, Validity,
};
use crate::site::views::{self, Local, kebab};
use crate::site::{AreaEntry, Edition, activity_path, page_path};

/// Something that can be found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'a> {
    /// A list page, by its path.
    List(&'static str),
    /// The policies for an audience.
    PoliciesFor(&'a Id<Audience>, &'a Term),
    /// The policies of a department.
    PoliciesBy(&'a Id<Department>, &'a Term),
    /// A place.
    Centre(&'a Record<Centre>),
    /// A weekly programme.
    Programme(&'a Record<Programme>),
    /// An activity of a programme.
    Activity(&'a Record<Programme>, &'a Activity, &'a str),
    /// Something that happens once.
    Event(&'a Record<Event>),
    /// An entitlement.
    Policy(&'a Record<Policy>),
    /// An announcement.
    Notice(&'a Record<Notice>),
    /// A volunteer team.
    Team(&'a Record<Team>),
    /// A duty roster.
    Duty(&'a Record<Duty>),
    /// A travelling service.
    Outreach(&'a Record<Outreach>),
    /// A register of feedback.
    Feedback(&'a Record<Feedback>),
    /// A page of its own.
    Page(&'a Record<Page>),
    /// An area.
    Area(&'a AreaEntry),
}

/// A found thing as it stands among results, in one language.
#[derive(Debug)]
pub(super) struct Shown {
    /// The title.
    pub title: Local,
    /// What sort of thing it is.
    pub kind: String,
    /// One line about it.
    pub line: Local,
    /// Whether it is over.
    pub over: bool,
    /// What one can use there, and what helps those who need it.
    pub amenities: Vec<String>,
}

/// How many characters the line of a result has at most.
const LINE: usize = 90;

/// Everything that can be found on a site, given any of its editions.
pub(super) fn all<'a>(edition: &Edition<'a>) -> Vec<Found<'a>> {
    let site = edition.site;
    let content = &site.content;
    let config = &content.site.value;
    let first = Edition { language: site.first_language(), ..*edition };
    let lists = views::LISTS.iter().filter(|list| **list != "search" && views::list_exists(&first, list));
    let mut all: Vec<Found<'a>> = lists.map(|list| Found::List(list)).collect();
    if views::list_exists(&first, "policies") {
        let any = |wanted: &dyn Fn(&Policy) -> bool| content.policies.iter().any(|policy| wanted(&policy.value));
        let audiences = config.audiences.iter().filter(|(id, _)| any(&|policy| policy.audience.contains(*id)));
        let departments = config.departments.iter().filter(|(id, _)| any(&|policy| policy.departments.contains(*id)));
        all.extend(audiences.map(|(id, term)| Found::PoliciesFor(id, term)));
        all.extend(departments.map(|(id, term)| Found::PoliciesBy(id, term)));
    }
    all.extend(content.centres.iter().map(Found::Centre));
    all.extend(content.programmes.iter().map(Found::Programme));
    for programme in &content.programmes {
        let keyed = programme.value.activities.iter().enumerate();
        all.extend(keyed.filter_map(|(number, activity)| {
            site.activity_key(programme, number).map(|key| Found::Activity(programme, activity, key))
        }));
    }
    all.extend(content.events.iter().map(Found::Event));
    all.extend(content.policies.iter().map(Found::Policy));
    all.extend(content.notices.iter().filter(|notice| views::notice_begun(edition, notice)).map(Found::Notice));
    all.extend(content.teams.iter().map(Found::Team));
    all.extend(content.duty.iter().map(Found::Duty));
    all.extend(content.outreach.iter().map(Found::Outreach));
    all.extend(content.feedback.iter().map(Found::Feedback));
    all.extend(content.pages.iter().map(Found::Page));
    all.extend(site.index.areas.iter().map(Found::Area));
    all
}

impl<'a> Found<'a> {
    /// The path of its page, without the language.
    pub fn path(&self) -> String {
        match self {
            Self::List(list) => format!("{list}/"),
            Self::PoliciesFor(id, _) => format!("policies/for/{id}/"),
            Self::PoliciesBy(id, _) => format!("policies/by/{id}/"),
            Self::Centre(record) => page_path("centres", record.id.as_str()),
            Self::Programme(record) => page_path("programmes", record.id.as_str()),
            Self::Activity(record, _, key) => activity_path(&record.id, key),
            Self::Event(record) => page_path("events", record.id.as_str()),
            Self::Policy(record) => page_path("policies", record.id.as_str()),
            Self::Notice(record) => page_path("notices", record.id.as_str()),
            Self::Team(record) => page_path("teams", record.id.as_str()),
            Self::Duty(record) => page_path("duty", record.id.as_str()),
            Self::Outreach(record) => page_path("outreach", record.id.as_str()),
            Self::Feedback(record) => page_path("feedback", record.id.as_str()),
            Self::Page(record) => page_path("pages", record.id.as_str()),
            Self::Area(entry) => format!("areas/{}/", entry.area.id),
        }
    }

    /// Whether its page exists in a language.
    pub fn offered(&self, edition: &Edition<'_>) -> bool {
        edition.site.has_page(edition, &self.path())
    }

    /// Whether it is over.
    pub fn is_over(&self, edition: &Edition<'_>) -> bool {
        let site = edition.site;
        let past = |days: DateSpan| days.last() < site.today;
        match self {
            Self::Programme(record) => past(record.value.valid),
            Self::Activity(record, activity, _) => past(activity.valid.unwrap_or(record.value.valid)),
            Self::Event(record) => past(record.value.on),
            Self::Policy(record) => record.value.validity(site.now) == Validity::Over,
            Self::Notice(record) => record.value.validity(site.now) == Validity::Over,
            Self::Duty(record) => past(record.value.valid),
            Self::Feedback(_) | Self::List(_) | Self::PoliciesFor(..) | Self::PoliciesBy(..) | Self::Centre(_) => false,
            Self::Team(_) | Self::Outreach(_) | Self::Page(_) | Self::Area(_) => false,
        }
    }

    /// How much it is what people look for, beside others of the same words; 1 for most.
    pub fn weight(&self, edition: &Edition<'_>) -> f32 {
        let kind = match self {
            Self::Policy(_) | Self::PoliciesFor(..) => 1.1,
            Self::List(_) | Self::PoliciesBy(..) | Self::Page(_) | Self::Programme(_) => 0.9,
            Self::Centre(record) if record.value.kind == CentreKind::Station => 0.9,
            Self::Duty(_) | Self::Feedback(_) | Self::Area(_) => 0.7,
            _ => 1.0,
        };
        if self.is_over(edition) { kind * 0.35 } else { kind }
    }

    /// How it stands among results.
    pub fn shown(&self, edition: &Edition<'_>) -> Shown {
        let term = |name: &str| edition.wording.term(name).to_owned();
        let own = |text: String| Local { text, lang: None };
        let kind = |name: &str| term(&format!("search.{name}"));
        let policies = |by: &str, name: &Term| {
            let name = edition.local(&name.name).text;
            own(edition.wording.say(&format!("policies.{by}"), &[("name", &name)]))
        };
        let (title, kind, line) = match self {
            Self::List(list) => (edition.term(&format!("nav.{list}")), kind("list"), None),
            Self::PoliciesFor(_, name) => (policies("for", name), kind("list"), name.note.as_ref()),
            Self::PoliciesBy(_, name) => (policies("by", name), kind("list"), name.note.as_ref()),
            Self::Centre(record) => {
                let centre = &record.value;
                let kind = term(&format!("centre-kind.{}", kebab(&centre.kind)));
                (edition.local(&centre.name), kind, centre.summary.as_ref().or(Some(&centre.address)))
            }
            Self::Programme(record) => {
                (edition.local(&record.value.title), kind("programme"), record.value.summary.as_ref())
            }
            Self::Activity(_, activity, _) => (edition.local(&activity.title), kind("activity"), None),
            Self::Event(record) => (edition.local(&record.value.title), kind("event"), record.value.summary.as_ref()),
            Self::Policy(record) => (edition.local(&record.value.title), kind("policy"), Some(&record.value.summary)),
            Self::Notice(record) => {
                let kind = term(&format!("notice-kind.{}", kebab(&record.value.kind)));
                (edition.local(&record.value.title), kind, Some(&record.value.summary))
            }
            Self::Team(record) => (edition.local(&record.value.name), kind("team"), Some(&record.value.purpose)),
            Self::Duty(record) => (edition.local(&record.value.title), kind("duty"), None),
            Self::Outreach(record) => {
                (edition.local(&record.value.title), kind("outreach"), Some(&record.value.summary))
            }
            Self::Feedback(record) => {
                (edition.local(&record.value.title), kind("feedback"), record.value.summary.as_ref())
            }
            Self::Page(record) => (edition.local(&record.value.title), kind("page"), record.value.summary.as_ref()),
            Self::Area(entry) => {
                let kind = term(&format!("area-level.{}", kebab(&entry.area.level)));
                (edition.local(&entry.area.name), kind, entry.area.summary.as_ref())
            }
        };
        let line = match self {
            Self::Activity(record, activity, _) => own(views::activity_line(edition, &record.value, activity)),
            _ => line.map_or_else(|| own(String::new()), |line| edition.local(line)),
        };
        let amenities = match self {
            Self::Centre(record) => {
                let kinds = record.value.accessibility.iter();
                let access = kinds.map(|kind| term(&format!("accessibility.{}", kebab(kind))));
                record.value.amenities.iter().map(|it| views::amenity_name(edition, it)).chain(access).collect()
            }
            _ => Vec::new(),
        };
        Shown { title, kind, line: shortened(line), over: self.is_over(edition), amenities }
    }

    /// The texts by which it is found, in all languages.
    pub fn texts(&self, editions: &[Edition<'a>]) -> Texts {
        Texts::of(self, editions)
    }
}

fn shortened(line: Local) -> Local {
    match line.text.char_indices().nth(LINE) {
        None => line,
        Some((end, _)) => {
            let kept = line.text.get(..end).unwrap_or_default();
            // A line of words ends with a whole one.
            let kept =
                kept.rsplit_once(' ').map_or(kept, |(words, _)| if words.len() > end / 2 { words } else { kept });
            Local { text: format!("{kept}…"), lang: line.lang }
        }
    }
}

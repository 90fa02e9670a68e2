//! A short guide to one policy, to take home: who, what, conditions, papers, steps, where, until when.

use serde::Serialize;

use super::notice::{Contact, to_ask};
use super::prose::{Block, blocks};
use super::{Sheet, SheetView, Sheets};
use crate::content::{Centre, Id, Policy, Record, SheetKind, Validity};
use crate::site::Edition;
use crate::site::views::parts::{Local, source};
use crate::site::views::policy::{AmountView, card};

/// What paper says of a policy.
#[derive(Serialize)]
pub(super) struct Facts {
    /// Of the policy.
    id: String,
    /// What it is called.
    title: Local,
    /// What one gets.
    summary: Local,
    /// Whom it is for.
    audience: Vec<Local>,
    /// The amounts.
    amounts: Vec<AmountView>,
    /// The conditions.
    conditions: Vec<Local>,
    /// The papers to bring.
    papers: Vec<Local>,
    /// What to do.
    steps: Vec<Local>,
    /// Where to go.
    places: Vec<Place>,
    /// Where it holds; everywhere if empty.
    areas: Vec<Local>,
    /// How long it takes.
    takes: Option<Local>,
    /// The offices responsible.
    departments: Vec<Local>,
    /// Whom to ask.
    contact: Option<Contact>,
    /// Since when it holds, in words.
    from: Option<String>,
    /// Until when, in words.
    until: Option<String>,
    /// When it was last checked.
    reviewed: Option<String>,
    /// The document that it rests on, with its number.
    source: Option<Local>,
}

/// Where to go.
#[derive(Serialize)]
struct Place {
    /// What it is called.
    name: Local,
    /// Where it is.
    address: Option<Local>,
}

/// What the sheet says.
#[derive(Serialize)]
struct PolicySheet {
    /// The facts.
    policy: Facts,
    /// The explanation.
    body: Vec<Block>,
}

/// Of each policy that is not over.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let holds = move |record: &&Record<Policy>| edition.offers(*record) && holds(&edition, record);
    let records = edition.site.content.policies.iter().filter(holds);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Policy, record, &record.value.posters, view)))
}

/// Whether a policy is not over.
pub(super) fn holds(edition: &Edition<'_>, record: &Record<Policy>) -> bool {
    record.value.validity(edition.site.now) != Validity::Over
}

/// Who issues sheets that many offices have a part in.
pub(super) fn publisher(edition: &Edition<'_>) -> Local {
    edition.local(&edition.site.content.site.value.publisher)
}

/// `until further notice`.
pub(super) fn until_changed(edition: &Edition<'_>) -> String {
    edition.wording.term("sheet.until-changed").to_owned()
}

/// What paper says of a policy.
pub(super) fn facts(edition: &Edition<'_>, record: &Record<Policy>) -> Facts {
    let policy = &record.value;
    let card = card(edition, record);
    let index = &edition.site.index;
    let areas = policy.areas.iter().filter_map(|id| index.area.get(id)).filter_map(|n| index.areas.get(*n));
    let elsewhere = policy.place.iter().map(|place| Place { name: edition.local(place), address: None });
    let source = policy.source.as_ref().map(|it| source(edition, it)).map(|source| Local {
        text: [Some(source.title.text), source.number].into_iter().flatten().collect::<Vec<_>>().join(" "),
        lang: source.title.lang,
    });
    Facts {
        id: record.id.to_string(),
        title: edition.local(&policy.title),
        summary: card.summary,
        audience: card.audience,
        amounts: card.amounts,
        conditions: edition.locals(&policy.conditions),
        papers: edition.locals(&policy.papers),
        steps: edition.locals(&policy.steps),
        places: policy.centres.iter().filter_map(|id| place(edition, id)).chain(elsewhere).collect(),
        areas: areas.map(|entry| edition.local(&entry.area.name)).collect(),
        takes: edition.local_some(policy.takes.as_ref()),
        departments: card.departments,
        contact: policy.contact.as_ref().map(|contact| to_ask(edition, contact)),
        from: policy.from.map(|from| edition.date_or_time(from).text),
        until: card.until.map(|until| until.text),
        reviewed: policy.reviewed.map(|day| edition.date(day.0).text),
        source,
    }
}

fn place(edition: &Edition<'_>, id: &Id<Centre>) -> Option<Place> {
    let centre = &edition.site.content.centres.get(*edition.site.index.centre.get(id)?)?.value;
    Some(Place { name: edition.local(&centre.name), address: Some(edition.local(&centre.address)) })
}

fn view(edition: &Edition<'_>, record: &Record<Policy>) -> SheetView {
    let content = PolicySheet { policy: facts(edition, record), body: blocks(edition, record) };
    let until = content.policy.until.clone().unwrap_or_else(|| until_changed(edition));
    let title = edition.local(&record.value.title);
    let kicker = Some(edition.term("sheet.policy"));
    SheetView { kicker, ..SheetView::new(title, publisher(edition), until, content) }
}

//! One entitlement: who, what, on what conditions, with which papers, where, until when.

use serde::Serialize;

use super::centre::audiences;
use super::parts::{ContactView, DateText, FigureView, Link, Local, SourceView, contact, figures, source};
use crate::content::{Policy, Record, Validity};
use crate::site::edition::BodyHtml;
use crate::site::{Address, Edition};

/// A policy in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyCard {
    /// Its page.
    pub link: Link,
    /// What one gets.
    pub summary: Local,
    /// The offices responsible.
    pub departments: Vec<Local>,
    /// Whom it is for.
    pub audience: Vec<Local>,
    /// The amounts in short.
    pub amounts: Vec<AmountView>,
    /// The last day on which it holds.
    pub until: Option<DateText>,
    /// Whether it no longer holds.
    pub over: bool,
}

/// An amount.
#[derive(Debug, Clone, Serialize)]
pub struct AmountView {
    /// For what one unit stands.
    pub per: Local,
    /// How much.
    pub value: Local,
    /// What limits it.
    pub note: Option<Local>,
}

/// A policy's page.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyView {
    /// What its card says.
    pub card: PolicyCard,
    /// The conditions.
    pub conditions: Vec<Local>,
    /// The papers to bring.
    pub papers: Vec<Local>,
    /// What to do.
    pub steps: Vec<Local>,
    /// Where to go.
    pub centres: Vec<Link>,
    /// Where else.
    pub place: Option<Local>,
    /// Where it holds.
    pub areas: Vec<Link>,
    /// How long it takes.
    pub takes: Option<Local>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// The first day.
    pub from: Option<DateText>,
    /// What it rests on.
    pub source: Option<SourceView>,
    /// When it was last checked.
    pub reviewed: Option<DateText>,
    /// What it has brought.
    pub figures: Vec<FigureView>,
    /// The explanation.
    pub body: Option<BodyHtml>,
}

/// A policy in a list.
pub(crate) fn card(edition: &Edition<'_>, record: &Record<Policy>) -> PolicyCard {
    let policy = &record.value;
    let departments = &edition.site.content.site.value.departments;
    PolicyCard {
        link: edition.link(record),
        summary: edition.local(&policy.summary),
        departments: policy
            .departments
            .iter()
            .filter_map(|id| departments.get(id))
            .map(|t| edition.local(&t.name))
            .collect(),
        audience: audiences(edition, &policy.audience),
        amounts: policy
            .amounts
            .iter()
            .map(|amount| AmountView {
                per: edition.local(&amount.per),
                value: edition.local(&amount.value),
                note: edition.local_some(amount.note.as_ref()),
            })
            .collect(),
        until: policy.until.map(|until| edition.date_or_time(until)),
        over: policy.validity(edition.site.now) == Validity::Over,
    }
}

/// A policy's page.
pub(crate) fn policy(edition: &Edition<'_>, record: &Record<Policy>, address: &Address) -> PolicyView {
    let policy = &record.value;
    let index = &edition.site.index;
    let areas = policy.areas.iter().filter_map(|id| index.area.get(id)).filter_map(|n| index.areas.get(*n));
    PolicyView {
        card: card(edition, record),
        conditions: edition.locals(&policy.conditions),
        papers: edition.locals(&policy.papers),
        steps: edition.locals(&policy.steps),
        centres: policy.centres.iter().filter_map(|id| edition.centre(id)).collect(),
        place: edition.local_some(policy.place.as_ref()),
        areas: areas.map(|entry| super::area::link(edition, entry)).collect(),
        takes: edition.local_some(policy.takes.as_ref()),
        contact: policy.contact.as_ref().map(|c| contact(edition, c)),
        from: policy.from.map(|from| edition.date_or_time(from)),
        source: policy.source.as_ref().map(|s| source(edition, s)),
        reviewed: policy.reviewed.map(|day| edition.date(day.0)),
        figures: figures(edition, &policy.figures),
        body: edition.body(&record.bodies, address),
    }
}

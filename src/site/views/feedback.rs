//! What people raised and what was answered, the most raised first.

use indexmap::IndexMap;
use serde::Serialize;

use super::parts::{ContactView, DateText, FigureView, Link, Local, contact, figures, kebab};
use crate::content::{Feedback, FeedbackStatus, Record, Text};
use crate::site::Edition;

/// A register.
#[derive(Debug, Clone, Serialize)]
pub struct FeedbackView {
    /// Its page.
    pub link: Link,
    /// How things are collected and answered.
    pub summary: Option<Local>,
    /// The centre where it lies open.
    pub centre: Option<Link>,
    /// The days it covers, in words.
    pub period: String,
    /// The ways to tell us.
    pub channels: Vec<Local>,
    /// What was raised, the latest first.
    pub items: Vec<ItemView>,
    /// The topics raised most often, at most five, with how often.
    pub most_raised: Vec<TopicView>,
    /// How many matters there are.
    pub count: usize,
    /// How many of them are solved or explained.
    pub answered: usize,
    /// Figures.
    pub figures: Vec<FigureView>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
}

/// A topic and how often it was raised.
#[derive(Debug, Clone, Serialize)]
pub struct TopicView {
    /// The topic.
    pub topic: Local,
    /// How many people raised it.
    pub count: u32,
    /// In words.
    pub count_text: String,
}

/// A topic that was raised often, and where it was answered.
#[derive(Debug, Clone, Serialize)]
pub struct RaisedView {
    /// The topic.
    pub topic: TopicView,
    /// The register.
    pub register: Link,
}

/// One matter.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    /// The topic.
    pub topic: Local,
    /// What was raised.
    pub raised: Local,
    /// When.
    pub raised_on: DateText,
    /// How many people raised it, in words.
    pub count: String,
    /// `received`, `in-progress`, `solved` or `explained`.
    pub status: String,
    /// How far it has come, in words.
    pub status_name: String,
    /// A sign that differs in shape.
    pub sign: &'static str,
    /// What was answered.
    pub answer: Option<Local>,
    /// When.
    pub answered_on: Option<DateText>,
    /// Who answered.
    pub department: Option<Local>,
}

/// How many topics are named as those raised most often.
const MOST_RAISED: usize = 5;

/// The topics of a register, the one that most people raised first; what was raised again counts again.
fn topics(edition: &Edition<'_>, register: &Feedback) -> Vec<TopicView> {
    let first = edition.site.first_language();
    let mut counts: IndexMap<&str, (&Text, u32)> = IndexMap::new();
    for item in &register.items {
        let (_, count) = counts.entry(item.topic.best(first, first).0).or_insert((&item.topic, 0));
        *count = count.saturating_add(item.count);
    }
    let mut topics: Vec<_> = counts.into_values().collect();
    topics.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let people = |count: u32| edition.wording.count("people", usize::try_from(count).unwrap_or(usize::MAX));
    let view =
        |(topic, count): (&Text, u32)| TopicView { topic: edition.local(topic), count, count_text: people(count) };
    topics.into_iter().map(view).collect()
}

/// What was raised most often in all registers of the edition.
pub(super) fn most_raised(edition: &Edition<'_>) -> Vec<RaisedView> {
    let registers = edition.offered(&edition.site.content.feedback);
    let mut raised: Vec<RaisedView> = registers
        .flat_map(|record| {
            let topics = topics(edition, &record.value).into_iter();
            topics.map(|topic| RaisedView { topic, register: edition.link(record) })
        })
        .collect();
    raised.sort_by_key(|raised| std::cmp::Reverse(raised.topic.count));
    raised.truncate(MOST_RAISED);
    raised
}

/// A register's page, which is its card too.
pub(crate) fn feedback(edition: &Edition<'_>, record: &Record<Feedback>) -> FeedbackView {
    let register = &record.value;
    let wording = edition.wording;
    let people = |count: u32| wording.count("people", usize::try_from(count).unwrap_or(usize::MAX));
    let mut items: Vec<_> = register.items.iter().collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.raised_on));
    let is_answered = |status: FeedbackStatus| matches!(status, FeedbackStatus::Solved | FeedbackStatus::Explained);
    FeedbackView {
        link: edition.link(record),
        summary: edition.local_some(register.summary.as_ref()),
        centre: register.centre.as_ref().and_then(|id| edition.centre(id)),
        period: wording.span(register.period),
        channels: edition.locals(&register.channels),
        most_raised: topics(edition, register).into_iter().take(MOST_RAISED).collect(),
        count: items.len(),
        answered: items.iter().filter(|item| is_answered(item.status)).count(),
        items: items
            .into_iter()
            .map(|item| {
                let status = kebab(&item.status);
                ItemView {
                    topic: edition.local(&item.topic),
                    raised: edition.local(&item.raised),
                    raised_on: edition.date(item.raised_on.0),
                    count: people(item.count),
                    status_name: wording.term(&format!("feedback.{status}")).to_owned(),
                    status,
                    sign: match item.status {
                        FeedbackStatus::Received => "○",
                        FeedbackStatus::InProgress => "◐",
                        FeedbackStatus::Solved => "✓",
                        FeedbackStatus::Explained => "▪",
                    },
                    answer: edition.local_some(item.answer.as_ref()),
                    answered_on: item.answered_on.map(|day| edition.date(day.0)),
                    department: item
                        .department
                        .as_ref()
                        .and_then(|id| edition.site.content.site.value.departments.get(id))
                        .map(|term| edition.local(&term.name)),
                }
            })
            .collect(),
        figures: figures(edition, &register.figures),
        contact: register.contact.as_ref().map(|c| contact(edition, c)),
    }
}

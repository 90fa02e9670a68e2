//! The log of changes: what was announced, checked and changed lately, month by month. The same as the site's feed.

use serde::Serialize;

use super::parts::{DateText, Link, Local};
use crate::calendar::{Date, RoughDate};
use crate::content::{Notice, Policy, Validity};
use crate::site::{Edition, News, NewsOf, news};

/// The most that is listed.
const MOST: usize = 100;

/// The page of changes.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesView {
    /// The months, the latest first.
    pub months: Vec<MonthOfChanges>,
}

/// A month.
#[derive(Debug, Clone, Serialize)]
pub struct MonthOfChanges {
    /// Its name.
    pub name: String,
    /// What was new in it, the latest first.
    pub items: Vec<NewsItem>,
}

/// Something new.
#[derive(Debug, Clone, Serialize)]
pub struct NewsItem {
    /// When.
    pub date: DateText,
    /// The page that tells it in full, under its headline.
    pub link: Link,
    /// What sort of news it is.
    pub kind: Local,
    /// Whether it is new, was checked or changed, or is over, in words.
    pub state: Option<String>,
}

/// The page of changes.
pub(crate) fn changes(edition: &Edition<'_>) -> ChangesView {
    let mut months: Vec<((i16, i8), MonthOfChanges)> = Vec::new();
    for one in news(edition).iter().take(MOST) {
        let date = one.updated.date();
        let key = (date.year(), date.month());
        if months.last().is_none_or(|(known, _)| *known != key) {
            months.push((key, MonthOfChanges { name: month(edition, date), items: Vec::new() }));
        }
        if let Some((_, month)) = months.last_mut() {
            month.items.push(item(edition, one));
        }
    }
    ChangesView { months: months.into_iter().map(|(_, month)| month).collect() }
}

fn month(edition: &Edition<'_>, date: Date) -> String {
    edition.wording.rough(RoughDate::Month(date.year(), date.month()))
}

fn item(edition: &Edition<'_>, one: &News<'_>) -> NewsItem {
    let now = edition.site.now;
    let state = match &one.of {
        NewsOf::Notice(record) if record.value.validity(now) == Validity::Over => Some("news.over"),
        NewsOf::Policy(record) if record.value.validity(now) == Validity::Over => Some("news.stopped"),
        NewsOf::Notice(_) | NewsOf::Policy(_) if one.updated <= one.published => Some("news.new"),
        NewsOf::Policy(record) => Some(policy_changed(&record.value, one.updated.date())),
        NewsOf::Notice(record) => Some(notice_changed(&record.value, one.updated.date())),
        NewsOf::Changes(..) | NewsOf::Hours(..) => None,
    };
    NewsItem {
        date: edition.date(one.updated.date()),
        link: Link { name: one.of.title(edition), url: edition.href(&one.of.page(edition)), hreflang: None },
        kind: one.of.kind(edition).1,
        state: state.map(|term| edition.wording.term(term).to_owned()),
    }
}

/// What became of a policy on the day of its last change: somebody checked it, it began to hold, or it was written anew.
fn policy_changed(policy: &Policy, on: Date) -> &'static str {
    if policy.reviewed.is_some_and(|day| day.0 == on) {
        "news.checked"
    } else if policy.from.is_some_and(|from| from.date == on) {
        "news.new"
    } else {
        "news.changed"
    }
}

/// What became of a notice by the day of its last change: its meeting has been held and the outcome told, or it was
/// written anew.
fn notice_changed(notice: &Notice, on: Date) -> &'static str {
    let told = notice.meeting.as_ref().is_some_and(|meeting| !meeting.outcome.is_empty() && meeting.on.0 <= on);
    if told { "news.outcome" } else { "news.changed" }
}

//! What an entry says, as HTML that may stand in any reader: no class that needs a style sheet, whole links, languages.

use crate::artifacts::outputs::xml;
use crate::content::{Body, Notice, Policy, Record, Text, Validity};
use crate::site::views::{self, Local, WrittenChange};
use crate::site::{Address, Edition};

/// The HTML of an entry.
pub(super) struct Html<'e> {
    edition: &'e Edition<'e>,
    made: String,
}

impl<'e> Html<'e> {
    pub(super) fn new(edition: &'e Edition<'e>) -> Self {
        Self { edition, made: String::new() }
    }

    pub(super) fn end(self) -> String {
        self.made
    }

    pub(super) fn notice(&mut self, record: &Record<Notice>, page: &Address) {
        let notice = &record.value;
        let (site, view) = (self.edition.site, views::notice(self.edition, record, page));
        if notice.validity(site.now) == Validity::Over {
            self.label("notice_over", "");
        }
        self.paragraph(&view.card.summary);
        if let Some(closes) = view.closes {
            self.paragraph(&Local { text: closes, lang: None });
        }
        if let Some(until) = view.card.until {
            self.label("until_date", &until.text);
        }
        if let Some(meeting) = &notice.meeting {
            self.list("agenda", &meeting.agenda);
            self.list("outcome", &meeting.outcome);
        }
        self.body(&record.bodies, page);
    }

    pub(super) fn policy(&mut self, record: &Record<Policy>, page: &Address) {
        let policy = &record.value;
        if policy.validity(self.edition.site.now) == Validity::Over {
            self.label("policy_over", "");
        }
        self.paragraph(&self.edition.local(&policy.summary));
        if let Some(until) = policy.until {
            self.label("until_date", &self.edition.date_or_time(until).text);
        }
        self.list("conditions", &policy.conditions);
        self.list("papers", &policy.papers);
        self.list("steps", &policy.steps);
        self.body(&record.bodies, page);
    }

    pub(super) fn changes(&mut self, changes: &[WrittenChange<'_>]) {
        self.made.push_str("<ul>\n");
        for change in changes {
            let (when, view) = (self.edition.span(change.days), &change.view);
            let title = inline("strong", &view.title);
            let why = view.why.as_ref().map(|why| format!(" {}", inline("span", why))).unwrap_or_default();
            self.made.push_str(&format!("<li>{} {title} {}{why}</li>\n", xml::text(&when), xml::text(&view.text)));
        }
        self.made.push_str("</ul>\n");
    }

    /// A phrase of the interface, with a date where it has one.
    fn label(&mut self, name: &str, date: &str) {
        let label = self.edition.wording.labels.get(name).map_or("", String::as_str).replace("{date}", date);
        self.paragraph(&Local { text: label, lang: None });
    }

    pub(super) fn text(&mut self, text: Option<&Text>) {
        if let Some(text) = self.edition.local_some(text) {
            self.paragraph(&text);
        }
    }

    pub(super) fn paragraph(&mut self, text: &Local) {
        self.made.push_str(&inline("p", text));
        self.made.push('\n');
    }

    fn list(&mut self, heading: &str, items: &[Text]) {
        if items.is_empty() {
            return;
        }
        self.label(heading, "");
        self.made.push_str("<ul>\n");
        for item in items {
            self.made.push_str(&inline("li", &self.edition.local(item)));
            self.made.push('\n');
        }
        self.made.push_str("</ul>\n");
    }

    /// What is wrong in a body keeps its page from being made, so nothing is said here.
    fn body(&mut self, bodies: &[Body], page: &Address) {
        let Some(body) = self.edition.body_away(bodies, page) else { return };
        match body.lang {
            Some(lang) => self.made.push_str(&format!("<div lang=\"{lang}\">\n{}</div>\n", body.html)),
            None => self.made.push_str(&body.html),
        }
    }
}

/// Text in an element, with its language where that is not the feed's.
fn inline(element: &str, text: &Local) -> String {
    let lang = text.lang.as_ref().map(|lang| format!(" lang=\"{lang}\"")).unwrap_or_default();
    format!("<{element}{lang}>{}</{element}>", xml::text(&text.text))
}

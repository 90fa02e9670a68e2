//! A report for people at a terminal: a sentence, what changed, centre by centre, and what follows from it.

use std::fmt::Write as _;

use super::report::{Calendar, Change, Kind, Report, Sheet, SheetState};
use super::words::{Words, is_steering, say, shortened};
use crate::calendar::Date;
use crate::diagnostics::Language;
use crate::site::Wording;

/// The most changes that are shown, unless everything is asked for.
const MOST: usize = 20;
/// The most things that are named of each consequence, unless everything is asked for.
const MOST_NAMED: usize = 5;

/// Says things of a report in a language.
pub(super) struct Speaker<'a> {
    pub(super) report: &'a Report,
    pub(super) language: Language,
    wording: &'a Wording,
    /// Whether everything is shown.
    pub(super) all: bool,
}

/// Changes that stand under one heading.
pub(super) struct Group<'a> {
    pub(super) name: String,
    pub(super) changes: Vec<&'a Change>,
}

/// What is noticed of one thing from one day on.
pub(super) struct Line {
    pub(super) when: String,
    pub(super) text: String,
    pub(super) below: Vec<String>,
}

/// What follows from the changes, a line each: what it is, how much, and its parts.
pub(super) struct Consequence {
    pub(super) head: String,
    pub(super) text: String,
    pub(super) items: Vec<String>,
}

/// The report as text.
pub fn render(report: &Report, voices: &super::Voices, language: Language, all: bool) -> String {
    let speaker = Speaker::new(report, voices, language, all);
    let mut text = format!("{}\n", speaker.summary());
    let (groups, more) = speaker.groups();
    let whens = groups.iter().flat_map(|group| &group.changes).map(|change| width(&speaker.when(change)));
    let column = whens.max().unwrap_or(0);
    // To memory, which takes everything.
    for group in groups {
        let _ = writeln!(text, "\n{}", group.name);
        for Line { when, text: line, below } in speaker.lines(&group) {
            let pad = " ".repeat(column.saturating_sub(width(&when)));
            let _ = writeln!(text, "  {when}{pad}  {line}");
            for line in below {
                let _ = writeln!(text, "  {}    {line}", " ".repeat(column));
            }
        }
    }
    if more > 0 {
        let _ = writeln!(text, "\n{}", speaker.say("more-changes", &[("n", &more.to_string())]));
    }
    let consequences = speaker.consequences();
    if !consequences.is_empty() {
        text.push('\n');
    }
    for Consequence { head, text: line, items } in consequences {
        let _ = writeln!(text, "{}", speaker.say("field", &[("field", &head), ("how", &line)]));
        for item in items {
            let _ = writeln!(text, "  {item}");
        }
    }
    text.chars().filter(|c| *c == '\n' || !is_steering(*c)).collect()
}

impl<'a> Speaker<'a> {
    pub(super) fn new(report: &'a Report, voices: &'a super::Voices, language: Language, all: bool) -> Self {
        Self { report, language, wording: voices.wording(language), all }
    }

    pub(super) fn say(&self, name: &str, arguments: &[(&str, &str)]) -> String {
        say(self.language, name, arguments)
    }

    /// The first sentences: what changed, and what could not be compared.
    pub(super) fn summary(&self) -> &'a str {
        self.report.summary.of(self.language)
    }

    /// The first errors, each with how to mend it, and how many are left out.
    pub(super) fn mistakes(&self) -> (Vec<(String, Vec<String>)>, usize) {
        let Some(unread) = &self.report.unread else { return (Vec::new(), 0) };
        let told = unread.errors.iter().map(|mistake| {
            let line = mistake.line.map(|line| line.to_string());
            let (name, line) = line.as_deref().map_or(("mistake-of-file", ""), |line| ("mistake", line));
            let (file, message) = (mistake.file.as_str(), mistake.message.of(self.language));
            let help = mistake.help.iter().map(|help| self.say("mend", &[("how", help.of(self.language))]));
            (self.say(name, &[("file", file), ("line", line), ("message", message)]), help.collect())
        });
        (told.collect(), unread.errors_now.saturating_sub(unread.errors.len()))
    }

    /// The changes under their headings, the heading with the soonest first, and how many are left out.
    pub(super) fn groups(&self) -> (Vec<Group<'a>>, usize) {
        let most = if self.all { usize::MAX } else { MOST };
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut more = 0;
        for (number, change) in self.report.changes.iter().filter(|change| self.all || change.seen).enumerate() {
            if number >= most {
                more += 1;
                continue;
            }
            let name = match (&change.place, change.seen) {
                (_, false) => self.say("unseen", &[]),
                (Some(place), _) => place.name.of(self.language).to_owned(),
                (None, _) => self.say("whole-site", &[]),
            };
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.changes.push(change),
                None => groups.push(Group { name, changes: vec![change] }),
            }
        }
        (groups, more)
    }

    /// From when a change is noticed.
    pub(super) fn when(&self, change: &Change) -> String {
        let from = change.from.as_deref().and_then(|from| from.parse::<Date>().ok());
        let this = self.report.at.get(..4).unwrap_or_default();
        from.map_or_else(
            || self.say("at-once", &[]),
            |date| if date.year().to_string() == this { self.wording.short_day(date) } else { self.wording.day(date) },
        )
    }

    /// The lines of a group: from when, and what; what is noticed of one thing from one day on stands together.
    pub(super) fn lines(&self, group: &Group<'a>) -> Vec<Line> {
        let alike = |a: &&Change, b: &&Change| (&a.what, &a.from, &a.record) == (&b.what, &b.from, &b.record);
        let same = group.changes.chunk_by(|a, b| alike(a, b) && self.subject(a).is_some());
        same.filter_map(|changes| {
            let first = changes.first()?;
            let when = self.when(first);
            let urgent = if first.urgent { self.say("urgent", &[]) } else { String::new() };
            let how = |change: &Change| change.how.of(self.language).to_owned();
            Some(match (self.subject(first), changes) {
                (None, _) => Line { when, text: format!("{urgent}{}", how(first)), below: Vec::new() },
                (Some(what), [one]) => {
                    let text = self.say("field", &[("field", what), ("how", &how(one))]);
                    Line { when, text: format!("{urgent}{text}"), below: Vec::new() }
                }
                (Some(what), several) => Line {
                    when,
                    text: format!("{urgent}{what}"),
                    below: several.iter().map(|change| how(change)).collect(),
                },
            })
        })
        .collect()
    }

    /// What a change is about, unless the heading says it.
    fn subject(&self, change: &'a Change) -> Option<&'a str> {
        let own = change.place.as_ref().is_some_and(|place| change.record == format!("centres/{}", place.id));
        let is_said = change.kind == Kind::Changed && (own || change.record == "site") && change.seen;
        (!is_said).then(|| change.what.of(self.language))
    }

    /// What follows, where anything does.
    pub(super) fn consequences(&self) -> Vec<Consequence> {
        let mut found = Vec::new();
        let Some(all) = &self.report.consequences else { return found };
        found.extend(self.pages());
        for state in [SheetState::Reprint, SheetState::Print, SheetState::TakeDown] {
            let sheets: Vec<&Sheet> = all.sheets.iter().filter(|sheet| sheet.state == state).collect();
            let head = match state {
                SheetState::Reprint => "sheets-reprint",
                SheetState::Print => "sheets-print",
                SheetState::TakeDown => "sheets-take-down",
            };
            let files: Vec<String> = sheets.iter().flat_map(|sheet| sheet.files.clone()).collect();
            let name = |sheet: &&Sheet| {
                let (kind, title) = (sheet.kind_name.of(self.language), sheet.title.of(self.language));
                self.say("of-kind", &[("kind", kind), ("what", &shortened(title))])
            };
            let named = sheets.iter().map(name).collect();
            found.extend(self.counted(head, "sheets", sheets.len(), named, files));
        }
        let (ended, living): (Vec<&Calendar>, Vec<&Calendar>) = all.calendars.iter().partition(|one| one.ended);
        for (head, calendars) in [("calendars", living), ("calendars-ended", ended)] {
            let kinds: Vec<String> = calendars.iter().map(|calendar| calendar.address.clone()).collect();
            let names = if calendars.len() > MOST_NAMED {
                vec![self.kinds(&kinds)]
            } else {
                calendars.iter().map(|calendar| calendar.name.clone()).collect()
            };
            let addresses = calendars.iter().map(|calendar| self.calendar(calendar)).collect();
            found.extend(self.counted(head, "calendars-n", calendars.len(), names, addresses));
        }
        let gone = &all.addresses_gone;
        found.extend(self.counted("addresses", "addresses-n", gone.len(), gone.clone(), gone.clone()));
        let files = &self.report.unnoticed;
        found.extend(self.counted("unnoticed", "files-n", files.len(), files.clone(), files.clone()));
        found
    }

    fn calendar(&self, calendar: &Calendar) -> String {
        let (added, changed, gone) = (calendar.added, calendar.changed, calendar.gone);
        let numbers = [("added", added.to_string()), ("changed", changed.to_string()), ("gone", gone.to_string())];
        let entries = self.say("entries", &numbers.each_ref().map(|(name, n)| (*name, n.as_str())));
        format!("{}  {entries}", calendar.address)
    }

    /// How many there are and the first of them; all of them below, if everything is asked for.
    fn counted(
        &self,
        head: &str,
        count: &str,
        n: usize,
        mut named: Vec<String>,
        items: Vec<String>,
    ) -> Option<Consequence> {
        if n == 0 {
            return None;
        }
        let more = named.len().saturating_sub(MOST_NAMED);
        named.truncate(MOST_NAMED);
        let list = self.wording.list(named);
        let list = if more == 0 { list } else { self.say("and-more", &[("list", &list), ("n", &more.to_string())]) };
        let text = self.say(count, &[("n", &n.to_string()), ("list", &list)]);
        Some(Consequence { head: self.say(head, &[]), text, items: if self.all { items } else { Vec::new() } })
    }

    fn pages(&self) -> Option<Consequence> {
        let pages = &self.report.consequences.as_ref()?.pages;
        let mut parts = Vec::new();
        for (name, list) in [("pages-changed", &pages.changed), ("pages-new", &pages.new), ("pages-gone", &pages.gone)]
        {
            if !list.is_empty() {
                let kinds = self.kinds(list);
                parts.push(self.say(name, &[("n", &list.len().to_string()), ("kinds", &kinds)]));
            }
        }
        if pages.not_compared > 0 {
            parts.push(self.say("pages-late", &[("n", &pages.not_compared.to_string())]));
        }
        if parts.is_empty() {
            return None;
        }
        let items = pages.changed.iter().chain(&pages.new).chain(&pages.gone);
        let items = if self.all { items.cloned().collect() } else { Vec::new() };
        Some(Consequence { head: self.say("pages", &[]), text: parts.join(&self.say("semicolon", &[])), items })
    }

    /// Pages counted by what they are, whatever their language; the most first.
    fn kinds(&self, addresses: &[String]) -> String {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for address in addresses {
            let kind = self.kind(address);
            match counts.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, n)) => *n += 1,
                None => counts.push((kind, 1)),
            }
        }
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        self.wording.list(counts.into_iter().map(|(kind, n)| format!("{kind} {n}")))
    }

    /// What a page or a calendar is of.
    fn kind(&self, address: &str) -> String {
        let path = address.trim_start_matches('/');
        let is_language = |part: &str| crate::content::KNOWN_LANGUAGES.contains(&part);
        let path = path.split_once('/').filter(|(first, _)| is_language(first)).map_or(path, |(_, below)| below);
        let mut parts = path.split('/');
        let first = match parts.next().unwrap_or_default() {
            "calendars" => return self.say(&format!("calendars-of.{}", parts.next().unwrap_or_default()), &[]),
            first => first,
        };
        let name = if first.is_empty() { "nav.home".to_owned() } else { format!("nav.{first}") };
        match self.wording.term(&name) {
            word if word != name => word.to_owned(),
            _ => self.say(if first == "p" { "pages-short" } else { "pages-other" }, &[]),
        }
    }
}

/// How many columns of a terminal a text takes: ideographs and what is as wide take two.
fn width(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}');
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// The first sentences of a report: how much is noticed and from when, and what could not be compared.
pub fn summary(report: &Report, voices: &super::Voices) -> Words {
    let of = |language| {
        let speaker = Speaker::new(report, voices, language, false);
        let sentences: Vec<String> = std::iter::once(speaker.noticed()).chain(speaker.unread()).collect();
        sentences.join(if language == Language::En { " " } else { "" })
    };
    Words { zh_hans: of(Language::ZhHans), en: of(Language::En) }
}

impl Speaker<'_> {
    /// How much is noticed and from when.
    fn noticed(&self) -> String {
        let report = self.report;
        let seen: Vec<&Change> = report.changes.iter().filter(|change| change.seen).collect();
        let revision = short(&report.revision.name);
        if report.first {
            return self.say("summary-first", &[("revision", &revision)]);
        }
        // Sorted by day, but for what is urgent.
        let Some(soonest) = seen.iter().min_by_key(|change| change.from.as_deref()) else {
            let files = report.unnoticed.len() + report.changes.len();
            let name = match (&report.unread, files) {
                (Some(unread), _) if unread.everything => "summary-unread",
                (Some(_), _) => "summary-rest",
                (None, 0) => "summary-nothing",
                (None, _) => "summary-unnoticed",
            };
            return self.say(name, &[("revision", &revision)]);
        };
        let (n, when) = (seen.len().to_string(), self.when(soonest));
        let name = if soonest.from.is_none() { "summary-at-once" } else { "summary" };
        let mut text = self.say(name, &[("revision", &revision), ("n", &n), ("when", &when)]);
        let urgent = seen.iter().filter(|change| change.urgent).count();
        if urgent > 0 {
            text.push_str(&self.say("summary-urgent", &[("n", &urgent.to_string())]));
        }
        text
    }

    /// What could not be compared, a sentence for each of the two.
    fn unread(&self) -> Vec<String> {
        let Some(unread) = &self.report.unread else { return Vec::new() };
        let whole = unread.everything || self.report.first;
        let names = if whole { ["errors-now-whole", "errors-before-whole"] } else { ["errors-now", "errors-before"] };
        let counted = [unread.errors_now, unread.errors_before].into_iter().zip(names).filter(|(n, _)| *n > 0);
        counted.map(|(n, name)| self.say(name, &[("n", &n.to_string())])).collect()
    }
}

/// A revision as people read it: the hash of a commit with its first digits only.
fn short(revision: &str) -> String {
    const SHOWN: usize = 8;
    const HASH: usize = 40;
    let digits = revision.bytes().take_while(u8::is_ascii_hexdigit).count();
    match (revision.get(..SHOWN), revision.get(digits..)) {
        (Some(first), Some(rest)) if digits >= HASH => format!("{first}{rest}"),
        _ => revision.to_owned(),
    }
}

//! Whether every id names a record, with "did you mean".
//!
//! One function a kind, listing the ids that it holds and where they stand. What is found is reported at
//! its key path; the place is looked up only then, and "did you mean" is said for the first of a file only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Index;
use crate::calendar::{At, DateSpan, TimeOfDay, When};
use crate::content::{
    Activity, Area, Audience, Centre, Content, Department, Id, LanguageTag, Origin, Picture, Policy, Programme, Record,
    SessionException, Strand, Team, Text,
};
use crate::diagnostics::{Code, Diagnostic, Edit, Place, Problem, Texts, closest};
use crate::source::lint::{CURLY_QUOTES, forms};
use crate::source::words;
use crate::source::yaml::{Places, Step};

/// Reports every id that names nothing, and what else does not fit within one record.
pub(super) fn check(
    content: &Content,
    index: &Index,
    pictures: &[String],
    texts: &Texts,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let unread =
        diagnostics.iter().filter(|found| found.is_error()).map(|found| record_of(&found.place.file)).collect();
    let of_no_id = |(number, found): (usize, &Diagnostic)| {
        (found.problem.code == Code::BadReference).then(|| ((Arc::clone(&found.place.file), found.place.start), number))
    };
    let no_ids = diagnostics.iter().enumerate().filter_map(of_no_id).collect();
    let mut check = Check { content, index, pictures, texts, unread, no_ids, diagnostics, last: None };
    check.all();
}

macro_rules! path {
    ($($step:expr),*) => { &[$(Step::from($step)),*] };
}

struct Check<'a> {
    content: &'a Content,
    index: &'a Index,
    pictures: &'a [String],
    texts: &'a Texts,
    /// Records that are written but have errors of their own: an id that names one of them is not wrong.
    unread: BTreeSet<String>,
    /// What can be no id, by where it stands: which of the diagnostics says so.
    no_ids: BTreeMap<(Arc<str>, usize), usize>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// The file in which something was found last, its places, and how often.
    last: Option<(Arc<str>, Places, usize)>,
}

/// Most problems of a file for which an id that was meant is looked for: each is compared with all that there are.
const MOST_SUGGESTIONS: usize = 50;

/// The record that a file is about, its folder and id: folders below the kind's, endings and languages do not count.
fn record_of(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let id = name.split('.').next().unwrap_or(name);
    let folders: Vec<&str> = file.split('/').take(2).chain([id]).collect();
    folders.join("/")
}

/// A `when` whose time was taken for a slot's name: it may be a time in another form.
fn in_time(problem: Problem, said: &str, place: Place) -> Diagnostic {
    let takes = |text: &str| When::read(text).is_ok_and(|when| !matches!(when.at, At::Slot(_)));
    match forms::mended("when", said, &takes) {
        Some(mend) => {
            let problem = Problem::new(Code::TimeForm).with("text", said).with("mended", &mend.text);
            let edit = Edit { range: place.start..place.end, replacement: mend.text, safe: mend.safe };
            problem.at(place).mended_by([edit])
        }
        None => without_end(said).unwrap_or(problem).at(place),
    }
}

/// That a time is written and not until when: `周一晚上7点半`.
fn without_end(said: &str) -> Option<Problem> {
    let At::Slot(time) = When::read(said).ok()?.at else { return None };
    let before = said.trim_end().strip_suffix(time.as_str())?.trim_end();
    let start = TimeOfDay::read(&time).ok()?;
    let meant = |between: &str, end: &str| format!("{before} {time}{between}{end}").trim_start().to_owned();
    // Two hours later, said in the same way, if that is read.
    let is_chinese = !time.is_ascii();
    let end = TimeOfDay::new((start.minutes() / 60 + 2).min(24), 0)?;
    let hours = |hour: u16| if hour > 12 { hour - 12 } else { hour };
    let example = if is_chinese {
        meant("到", &format!("{}点", hours(end.minutes() / 60)))
    } else {
        meant("-", &end.to_string())
    };
    let example = if When::read(&example).is_ok() { example } else { meant("到", &end.to_string()) };
    Some(Problem::new(Code::NoEndTime).with("text", &time).with("example", &example))
}

impl<'a> Check<'a> {
    fn all(&mut self) {
        let content = self.content;
        self.site();
        for record in &content.calendar {
            self.area(record.value.area.as_ref(), &record.origin, path!["area"]);
        }
        for record in &content.centres {
            self.centre(record);
        }
        for record in &content.programmes {
            self.programme(record);
        }
        for record in &content.events {
            let (value, origin) = (&record.value, &record.origin);
            self.centres(value.centre.iter(), origin, "centre", false);
            self.area(value.area.as_ref(), origin, path!["area"]);
            self.strand(value.strand.as_ref(), origin, path!["strand"]);
            self.audiences(&value.audience, origin, &[], "audience");
            self.no_answer(value.cancelled.as_ref(), origin, path!["cancelled"]);
            self.pictures(&value.pictures, origin);
        }
        for record in &content.policies {
            let (value, origin) = (&record.value, &record.origin);
            self.departments(value.departments.iter(), origin);
            self.audiences(&value.audience, origin, &[], "audience");
            self.areas(&value.areas, origin);
            self.centres(value.centres.iter(), origin, "centres", true);
        }
        for record in &content.notices {
            let (value, origin) = (&record.value, &record.origin);
            self.areas(&value.areas, origin);
            self.centres(value.centres.iter(), origin, "centres", true);
            self.audiences(&value.audience, origin, &[], "audience");
            self.pictures(&value.pictures, origin);
            if let Some(closing) = &value.closes
                && let (Some(from), Some(until)) = (closing.from, closing.until)
                && closing.on.first() == closing.on.last()
                && from >= until
            {
                let problem = Problem::new(Code::TimesBackwards).with("text", &format!("{from}-{until}"));
                self.report(problem, origin, path!["closes", "until"]);
            }
            if value.closes.is_some() && value.centres.is_empty() {
                self.report(Problem::new(Code::ClosesNothing), origin, path!["closes"]);
            }
            if let (Some(until), true) =
                (value.until, value.until.is_some_and(|until| until.ends() <= value.from.begins()))
            {
                let text = format!("{}..{}", String::from(value.from), String::from(until));
                self.report(Problem::new(Code::DatesBackwards).with("text", &text), origin, path!["until"]);
            }
        }
        for record in &content.teams {
            let (value, origin) = (&record.value, &record.origin);
            self.centres(value.centre.iter(), origin, "centre", false);
            self.area(value.area.as_ref(), origin, path!["area"]);
            self.audiences(&value.audience, origin, &[], "audience");
            self.pictures(&value.pictures, origin);
        }
        for record in &content.duty {
            self.centres(std::iter::once(&record.value.centre), &record.origin, "centre", false);
        }
        for record in &content.outreach {
            let (value, origin) = (&record.value, &record.origin);
            self.area(value.area.as_ref(), origin, path!["area"]);
            self.team(value.led_by.as_ref(), origin, path!["led_by"]);
            self.audiences(&value.audience, origin, &[], "audience");
            for (number, policy) in value.policies.iter().enumerate() {
                self.policy(policy, origin, path!["policies", number]);
            }
            for (number, stop) in value.stops.iter().enumerate() {
                self.area(stop.area.as_ref(), origin, path!["stops", number, "area"]);
            }
        }
        for record in &content.feedback {
            let (value, origin) = (&record.value, &record.origin);
            self.centres(value.centre.iter(), origin, "centre", false);
            self.area(value.area.as_ref(), origin, path!["area"]);
            for (number, item) in value.items.iter().enumerate() {
                self.department(item.department.as_ref(), origin, path!["items", number, "department"]);
            }
        }
        for record in &content.pages {
            self.pictures(&record.value.pictures, &record.origin);
        }
        self.belonging();
    }

    fn site(&mut self) {
        let (site, origin) = (&self.content.site.value, &self.content.site.origin);
        for (id, handbook) in &site.handbooks {
            self.audiences(&handbook.audience, origin, path!["handbooks", id.as_str()], "audience");
        }
        let mut seen = BTreeSet::new();
        for language in site.languages.iter().chain(&site.unpublished).filter(|l| !seen.insert(&l.tag)) {
            let problem = Problem::new(Code::LanguageTwice).with("language", language.tag.as_str());
            self.report(problem, origin, path!["languages", language.number, "tag"]);
        }
        let mark = site.public_site.as_ref().and_then(|public| public.government_mark.as_ref());
        if let Some(picture) = mark.and_then(|mark| mark.picture.as_ref()) {
            self.picture(picture, origin, path!["public_site", "government_mark", "picture", "file"]);
        }
        let regions: BTreeSet<&str> = self.content.calendar.iter().map(|year| year.value.region.as_str()).collect();
        let region = site.region.as_str();
        let country = region.split('-').next().unwrap_or(region);
        if !regions.is_empty() && !regions.contains(region) && !regions.contains(country) {
            let problem = Problem::new(Code::NoCalendarOfRegion)
                .with("region", region)
                .with_some("suggestion", closest(region, regions.iter().copied()))
                .with_list("allowed", regions);
            self.report(problem, origin, path!["region"]);
        }
    }

    fn centre(&mut self, record: &Record<Centre>) {
        let (value, origin) = (&record.value, &record.origin);
        self.area(Some(&value.area), origin, path!["area"]);
        self.centres(value.part_of.iter(), origin, "part_of", false);
        self.audiences(&value.audiences, origin, &[], "audiences");
        self.pictures(&value.pictures, origin);
        if let Some(hours) = &value.hours {
            let of_days =
                hours.exceptions.iter().map(|exception| (&exception.on, String::from(exception.hours.clone())));
            self.exceptions_of_one_day(of_days, origin, path!["hours", "exceptions"]);
            for (position, exception) in hours.exceptions.iter().enumerate() {
                self.no_answer(exception.why.as_ref(), origin, path!["hours", "exceptions", position, "why"]);
            }
        }
        for (number, service) in value.services.iter().enumerate() {
            self.department(service.department.as_ref(), origin, path!["services", number, "department"]);
            self.audiences(&service.audiences, origin, path!["services", number], "audiences");
        }
    }

    fn programme(&mut self, record: &Record<Programme>) {
        let (value, origin) = (&record.value, &record.origin);
        self.centres(std::iter::once(&value.centre), origin, "centre", false);
        let mut ids = BTreeSet::new();
        for (number, activity) in value.activities.iter().enumerate() {
            self.activity(value, activity, origin, number);
            // A disk may take two addresses that differ in capitals for one.
            if let Some(id) = activity.id.as_ref().filter(|id| !ids.insert(id.as_str().to_lowercase())) {
                let problem = Problem::new(Code::ActivityTwice).with("id", id.as_str());
                self.report(problem, origin, path!["activities", number, "id"]);
            }
        }
    }

    /// An exception of a day for which one before it says something else.
    fn exceptions_of_one_day<'b, S: PartialEq>(
        &mut self,
        exceptions: impl Iterator<Item = (&'b DateSpan, S)>,
        origin: &Origin,
        before: &[Step],
    ) {
        let mut seen: Vec<(DateSpan, S)> = Vec::new();
        for (position, (on, said)) in exceptions.enumerate() {
            let covers = |known: &&(DateSpan, S)| known.0.contains(on.first()) && known.0.contains(on.last());
            if seen.iter().find(covers).is_some_and(|known| known.1 != said || known.0 == *on) {
                let problem = Problem::new(Code::TwoExceptions).with("date", &String::from(*on));
                let steps = before.iter().cloned().chain([position.into(), "on".into()]).collect::<Vec<_>>();
                self.report(problem, origin, &steps);
            }
            seen.push((*on, said));
        }
    }

    fn activity(&mut self, programme: &Programme, activity: &Activity, origin: &Origin, number: usize) {
        self.strand(activity.strand.as_ref(), origin, path!["activities", number, "strand"]);
        self.audiences(&activity.audience, origin, path!["activities", number], "audience");
        self.team(activity.led_by.as_ref(), origin, path!["activities", number, "led_by"]);
        if let At::Slot(slot) = &activity.when.at
            && !programme.slots.contains_key(slot)
            && !self.is_quoted_slot(programme, slot, origin)
        {
            let known = programme.slots.keys().map(String::as_str);
            // A slot's name among other words: `每周 下午`.
            let within = || known.clone().find(|known| slot.split(' ').any(|word| word == *known));
            let problem = Problem::new(Code::UnknownSlot)
                .with("slot", slot)
                .with_some("suggestion", self.closest(slot, known.clone(), origin).or_else(within))
                .with_list("allowed", known);
            self.report(problem, origin, path!["activities", number, "when"]);
        }
        let of_days = activity.exceptions.iter().map(|exception| {
            let SessionException { on, cancelled, moved_to, replaced_by, .. } = exception;
            (on, (cancelled, moved_to, replaced_by))
        });
        self.exceptions_of_one_day(of_days, origin, path!["activities", number, "exceptions"]);
        for (position, exception) in activity.exceptions.iter().enumerate() {
            let texts =
                [("cancelled", &exception.cancelled), ("replaced_by", &exception.replaced_by), ("why", &exception.why)];
            for (key, text) in texts {
                let steps = path!["activities", number, "exceptions", position, key];
                self.no_answer(text.as_ref(), origin, steps);
            }
            let says_something = exception.cancelled.is_some()
                || exception.moved_to.is_some()
                || exception.replaced_by.is_some()
                || exception.room.is_some()
                || exception.why.is_some();
            if !says_something {
                let steps = path!["activities", number, "exceptions", position];
                self.empty_exception(origin, steps);
            }
            let beside = [
                ("moved_to", exception.moved_to.is_some()),
                ("replaced_by", exception.replaced_by.is_some()),
                ("room", exception.room.is_some()),
                ("why", exception.why.is_some()),
            ];
            if let (true, Some((key, _))) = (exception.cancelled.is_some(), beside.iter().find(|(_, there)| *there)) {
                let steps = path!["activities", number, "exceptions", position, *key];
                let chinese = words::chinese().of_key("SessionException", key).first().map(String::as_str);
                self.report(Problem::new(Code::CancelledAndMore).with_key("key", key, chinese), origin, steps);
            }
        }
    }

    /// Whether a part of the day is named in quotes that YAML does not know, which belong to the name then: `“下午”:`. That is
    /// said where it is named, once.
    fn is_quoted_slot(&mut self, programme: &Programme, slot: &str, origin: &Origin) -> bool {
        let Some(name) = programme.slots.keys().find(|name| name.trim_matches(CURLY_QUOTES) == slot) else {
            return false;
        };
        let Some((written, place)) = origin.places(self.texts).key(path!["slots"], name) else { return false };
        let code = Code::FullWidthQuote;
        if !self.diagnostics.iter().any(|found| found.problem.code == code && found.place == place) {
            let edit = Edit::guess(place.start..place.end, slot);
            let problem = Problem::new(code).with("text", &written).with("mended", slot);
            self.diagnostics.push(problem.at(place).mended_by([edit]));
        }
        true
    }

    /// An exception that says nothing, or that has a key for it and nothing behind the key.
    fn empty_exception(&mut self, origin: &Origin, steps: &[Step]) {
        const KEYS: [&str; 5] = ["cancelled", "moved_to", "replaced_by", "room", "why"];
        let places = origin.places(self.texts);
        let written = KEYS.iter().find_map(|key| Some((*key, places.key(steps, key)?)));
        let Some((key, (written, place))) = written else {
            return self.report(Problem::new(Code::EmptyException).with("any", ""), origin, steps);
        };
        let example = match key {
            "moved_to" => ["2026-10-09 14:30-17:00"; 2],
            "room" => ["二楼教室", "room 2"],
            "replaced_by" => ["合唱", "choir"],
            _ => ["停电", "power cut"],
        };
        let [chinese, english] = example.map(|example| format!("{written}: {example}"));
        let problem = Problem::new(Code::EmptyException).with("key", &written);
        self.diagnostics.push(problem.with_each("example", &chinese, &english).at(place));
    }

    /// A yes or no where residents should be told why.
    fn no_answer(&mut self, text: Option<&Text>, origin: &Origin, steps: &[Step]) {
        const ANSWERS: [&str; 10] = ["是", "否", "有", "无", "yes", "no", "true", "false", "null", "无。"];
        let first = LanguageTag::chinese();
        let Some((said, _)) = text.map(|text| text.best(&first, &first)) else { return };
        if ANSWERS.contains(&said.trim().to_lowercase().as_str()) {
            self.report(Problem::new(Code::AnswerForText).with("text", said), origin, steps);
        }
    }

    /// Stations that belong to themselves, through however many others.
    fn belonging(&mut self) {
        let content = self.content;
        for record in &content.centres {
            let mut seen = BTreeSet::from([&record.id]);
            let mut next = record.value.part_of.as_ref();
            while let Some(above) = next {
                if !seen.insert(above) {
                    if *above == record.id {
                        let problem = Problem::new(Code::PartOfItself).with("id", record.id.as_str());
                        self.report(problem, &record.origin, path!["part_of"]);
                    }
                    break;
                }
                let above = self.index.centre.get(above).and_then(|number| content.centres.get(*number));
                next = above.and_then(|centre| centre.value.part_of.as_ref());
            }
        }
    }

    fn report(&mut self, problem: Problem, origin: &Origin, steps: &[Step]) {
        if self.last.as_ref().is_none_or(|(file, ..)| *file != origin.file) {
            self.last = Some((Arc::clone(&origin.file), origin.places(self.texts), 0));
        }
        if let Some((_, places, count)) = &mut self.last {
            *count += 1;
            let place = places.at(steps);
            let said = self.texts.get(&place.file).and_then(|source| source.text.get(place.start..place.end));
            let found = match said {
                Some(_) if problem.code == Code::UnknownReference && self.is_no_id(&problem, &place) => return,
                Some(said) if problem.code == Code::UnknownSlot => in_time(problem, said, place),
                Some(said) => {
                    let meant = problem.argument("suggestion").filter(|_| problem.argument("id") == Some(said));
                    let edit = meant.map(|meant| Edit::guess(place.start..place.end, meant));
                    problem.at(place).mended_by(edit)
                }
                None => problem.at(place),
            };
            self.diagnostics.push(found);
        }
    }

    /// Whether it was said already that an id can be none; then it is said too which of those that there are was meant.
    fn is_no_id(&mut self, problem: &Problem, place: &Place) -> bool {
        let number = self.no_ids.get(&(Arc::clone(&place.file), place.start)).copied();
        let Some(said) = number.and_then(|number| self.diagnostics.get_mut(number)) else { return false };
        let meant = problem.argument("suggestion");
        said.edits = meant.map(|meant| Edit::guess(place.start..place.end, meant)).into_iter().collect();
        said.problem = said.problem.clone().with_some("suggestion", meant);
        true
    }

    /// What was meant, for the first problems of a file.
    fn closest<'b>(&self, id: &str, known: impl Iterator<Item = &'b str>, origin: &Origin) -> Option<&'b str> {
        let many = |(file, _, count): &(Arc<str>, Places, usize)| *file == origin.file && *count >= MOST_SUGGESTIONS;
        if self.last.as_ref().is_some_and(many) { None } else { closest(id, known) }
    }

    fn unknown(
        &mut self,
        (word, whereabouts): (&'static str, &str),
        id: &str,
        known: impl Iterator<Item = &'a str>,
        origin: &Origin,
        steps: &[Step],
    ) {
        if self.unread.contains(&record_of(whereabouts)) {
            return;
        }
        let problem = Problem::new(Code::UnknownReference)
            .with_word("kind", word)
            .with("id", id)
            .with_some("suggestion", self.called(word, id).or_else(|| self.closest(id, known, origin)));
        let problem = match whereabouts.strip_prefix("site.yaml: ") {
            Some(list) => {
                problem.with_key("list", list, words::chinese().of_key("SiteConfig", list).first().map(String::as_str))
            }
            None => problem.with("where", whereabouts),
        };
        self.report(problem, origin, steps);
    }

    /// The id of what is called so: people write the name of an area where its id is wanted.
    fn called(&self, word: &str, name: &str) -> Option<&'a str> {
        let (content, first) = (self.content, LanguageTag::chinese());
        let is = |text: &Text| match text {
            Text::Plain(text) => text == name,
            Text::PerLanguage(_) => text.best(&first, &first).0 == name,
        };
        fn of<K>(records: &[Record<K>], is: impl Fn(&K) -> bool) -> Option<&str> {
            records.iter().find(|record| is(&record.value)).map(|record| record.id.as_str())
        }
        let site = &content.site.value;
        match word {
            "area" => self.index.areas.iter().find(|entry| is(&entry.area.name)).map(|entry| entry.area.id.as_str()),
            "centre" => of(&content.centres, |centre| is(&centre.name)),
            "team" => of(&content.teams, |team| is(&team.name)),
            "policy" => of(&content.policies, |policy| is(&policy.title)),
            "strand" => site.strands.iter().find(|(_, term)| is(&term.name)).map(|(id, _)| id.as_str()),
            "audience" => site.audiences.iter().find(|(_, term)| is(&term.name)).map(|(id, _)| id.as_str()),
            "department" => site.departments.iter().find(|(_, term)| is(&term.name)).map(|(id, _)| id.as_str()),
            _ => None,
        }
    }

    fn area(&mut self, id: Option<&Id<Area>>, origin: &Origin, steps: &[Step]) {
        if let Some(id) = id.filter(|id| !self.index.area.contains_key(*id)) {
            let known = self.index.areas.iter().map(|entry| entry.area.id.as_str());
            self.unknown(("area", "content/areas.yaml"), id.as_str(), known, origin, steps);
        }
    }

    fn areas(&mut self, ids: &[Id<Area>], origin: &Origin) {
        for (number, id) in ids.iter().enumerate() {
            self.area(Some(id), origin, path!["areas", number]);
        }
    }

    fn centres<'b>(&mut self, ids: impl Iterator<Item = &'b Id<Centre>>, origin: &Origin, key: &str, list: bool) {
        for (number, id) in ids.enumerate().filter(|(_, id)| !self.index.centre.contains_key(*id)).collect::<Vec<_>>() {
            let known = self.content.centres.iter().map(|record| record.id.as_str());
            let item = if list { vec![key.into(), number.into()] } else { vec![key.into()] };
            let file = format!("content/centres/{id}.yaml");
            self.unknown(("centre", &file), id.as_str(), known, origin, &item);
        }
    }

    fn team(&mut self, id: Option<&Id<Team>>, origin: &Origin, steps: &[Step]) {
        if let Some(id) = id.filter(|id| !self.index.team.contains_key(*id)) {
            let known = self.content.teams.iter().map(|record| record.id.as_str());
            self.unknown(("team", &format!("content/teams/{id}.md")), id.as_str(), known, origin, steps);
        }
    }

    fn policy(&mut self, id: &Id<Policy>, origin: &Origin, steps: &[Step]) {
        if !self.index.policy.contains_key(id) {
            let known = self.content.policies.iter().map(|record| record.id.as_str());
            self.unknown(("policy", &format!("content/policies/{id}.md")), id.as_str(), known, origin, steps);
        }
    }

    fn strand(&mut self, id: Option<&Id<Strand>>, origin: &Origin, steps: &[Step]) {
        let known = &self.content.site.value.strands;
        if let Some(id) = id.filter(|id| !known.contains_key(*id)) {
            self.unknown(("strand", "site.yaml: strands"), id.as_str(), known.keys().map(Id::as_str), origin, steps);
        }
    }

    fn audiences(&mut self, ids: &[Id<Audience>], origin: &Origin, before: &[Step], key: &str) {
        let known = &self.content.site.value.audiences;
        for (number, id) in ids.iter().enumerate().filter(|(_, id)| !known.contains_key(*id)) {
            let steps: Vec<Step> = before.iter().cloned().chain([key.into(), number.into()]).collect();
            self.unknown(
                ("audience", "site.yaml: audiences"),
                id.as_str(),
                known.keys().map(Id::as_str),
                origin,
                &steps,
            );
        }
    }

    fn department(&mut self, id: Option<&Id<Department>>, origin: &Origin, steps: &[Step]) {
        let known = &self.content.site.value.departments;
        if let Some(id) = id.filter(|id| !known.contains_key(*id)) {
            self.unknown(
                ("department", "site.yaml: departments"),
                id.as_str(),
                known.keys().map(Id::as_str),
                origin,
                steps,
            );
        }
    }

    fn departments<'b>(&mut self, ids: impl Iterator<Item = &'b Id<Department>>, origin: &Origin) {
        for (number, id) in ids.enumerate() {
            self.department(Some(id), origin, path!["departments", number]);
        }
    }

    fn pictures(&mut self, pictures: &[Picture], origin: &Origin) {
        for (number, picture) in pictures.iter().enumerate() {
            self.picture(picture, origin, path!["pictures", number, "file"]);
        }
    }

    fn picture(&mut self, picture: &Picture, origin: &Origin, steps: &[Step]) {
        let file = picture.file.as_str();
        if !self.pictures.iter().any(|known| known == file) {
            let problem = Problem::new(Code::NoPicture)
                .with("file", file)
                .with_some("suggestion", self.closest(file, self.pictures.iter().map(String::as_str), origin));
            self.report(problem, origin, steps);
        }
    }
}

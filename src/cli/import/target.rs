//! A file of the site as an import leaves it: what stands there with the record put into it, in the keys of the file, and
//! what is to be said of what goes or stays with that.

use std::cell::LazyCell;
use std::sync::Arc;

use serde_yaml::Value;
use similar::{DiffOp, TextDiff};

use crate::content::{KeyLanguage, in_keys};
use crate::diagnostics::{Code, Diagnostic, Place, Problem, has_chinese_keys};
use crate::import::{Cells, Draft, Known, KnownActivity, OldPhones, heading_of, keeping_phones, keeping_rules, merged};
use crate::source::{File, split};

/// A file of the site as it will be.
pub(super) struct Target {
    /// As it stands, if it is there.
    pub(super) before: Option<File>,
    /// As it will be.
    pub(super) after: File,
    /// Keys of which the translations stay, each with the text that is new.
    stale: Vec<(String, String)>,
    /// What becomes of telephones that are there.
    phones: OldPhones,
}

impl Target {
    /// What becomes of a record.
    pub(super) fn of(draft: &Draft, files: &[File], known: &Known) -> Self {
        let folder = format!("content/{}/", draft.folder);
        let is_it = |file: &&File| {
            let name = file.path.strip_prefix(&folder).and_then(|below| below.rsplit('/').next());
            name.and_then(|name| name.rsplit_once('.')).is_some_and(|(stem, _)| stem == draft.id)
        };
        let before = files.iter().find(is_it).cloned();
        let path = before.as_ref().map_or_else(|| draft.path(), |file| file.path.to_string());
        let is_chinese = is_chinese(before.as_ref(), &folder, files);
        let new = || Changed { text: draft.text(), stale: Vec::new(), phones: OldPhones::default() };
        let Changed { text, stale, phones } =
            before.as_ref().and_then(|file| changed(file, draft, known, is_chinese)).unwrap_or_else(new);
        let text = match (&before, is_chinese) {
            (_, false) => text,
            (None, true) => in_keys(&path, &text, KeyLanguage::Chinese),
            (Some(before), true) => in_chinese_again(before, &text),
        };
        Self { before, after: File { path: path.into(), text: text.into() }, stale, phones }
    }

    /// Which texts are new while their translations stay.
    pub(super) fn said_of_translations<F: FnOnce() -> Cells>(
        &self,
        draft: &Draft,
        cells: &LazyCell<Cells, F>,
    ) -> Vec<Diagnostic> {
        let path = &self.after.path;
        let one = |(key, text): &(String, String)| {
            let line = text.lines().next().unwrap_or_default();
            let cell = cells.saying(line);
            let place = cell.map_or_else(|| Place::whole(path), |cell| Place::without_lines(&cell.into()));
            let chinese = heading_of(structure(draft.folder), key, true);
            let problem = Problem::new(Code::TranslationMayBeOld).with("path", path).with("text", line);
            problem.with_each("what", &chinese, key).at(place)
        };
        self.stale.iter().map(one).collect()
    }

    /// What goes with what is written anew: the activities of a programme that a board does not have, and comments.
    pub(super) fn said_of_losses(&self, draft: &Draft, known: &Known) -> Vec<Diagnostic> {
        let Some(before) = self.before.as_ref().filter(|_| draft.body.is_none() && self.changes()) else {
            return Vec::new();
        };
        let path = &self.after.path;
        let gone = if draft.is_whole { Vec::new() } else { activities_gone(draft, known) };
        let gone = (!gone.is_empty()).then(|| {
            let problem = Problem::new(Code::ActivitiesGo).with("path", path).with("id", &draft.id);
            let problem = problem.with("count", &gone.len().to_string());
            problem.with_list("names", gone.iter().map(String::as_str)).at(Place::whole(path))
        });
        let lost = comments_gone(&before.text, &self.after.text);
        let lost = lost.first().map(|first| {
            let problem = Problem::new(Code::CommentsGo).with("path", path).with("text", first);
            problem.with("count", &lost.len().to_string()).at(Place::whole(path))
        });
        gone.into_iter().chain(lost).collect()
    }

    /// Which telephones go for others, and which stay beside new ones.
    pub(super) fn said_of_phones<F: FnOnce() -> Cells>(&self, cells: &LazyCell<Cells, F>) -> Vec<Diagnostic> {
        let path = &self.after.path;
        let replaced = self.phones.replaced.iter().map(|(gone, new)| {
            let place = cells.saying(new).map_or_else(|| Place::whole(path), |cell| Place::without_lines(&cell.into()));
            Problem::new(Code::PhoneReplaced).with("path", path).with("gone", gone).with("new", new).at(place)
        });
        let kept = self.phones.kept.iter().map(String::as_str);
        let kept = (!self.phones.kept.is_empty()).then(|| {
            let place = self.phones.added.iter().find_map(|new| cells.saying(new));
            let place = place.map_or_else(|| Place::whole(path), |cell| Place::without_lines(&cell.into()));
            Problem::new(Code::PhonesStay).with("path", path).with_list("numbers", kept).at(place)
        });
        replaced.chain(kept).collect()
    }

    /// Whether it says anything else than it does.
    pub(super) fn changes(&self) -> bool {
        self.before.as_ref().is_none_or(|before| before.text != self.after.text)
    }
}

/// What a record makes of the file that is there.
struct Changed {
    /// With English keys.
    text: String,
    stale: Vec<(String, String)>,
    phones: OldPhones,
}

/// The file with the record put into it.
fn changed(file: &File, draft: &Draft, known: &Known, is_chinese: bool) -> Option<Changed> {
    let english = |text: &str| in_keys(&file.path, text, KeyLanguage::English);
    let text = if is_chinese { english(&file.text) } else { file.text.to_string() };
    let record = match draft.body {
        None if is_chinese => serde_yaml::from_str(&english(&draft.text())).ok()?,
        _ => draft.record.clone(),
    };
    let file = File { path: Arc::clone(&file.path), text: text.into() };
    let yaml = match draft.body {
        Some(_) => split(&file).ok()?.front_matter,
        None => 0..file.text.len(),
    };
    let stood = file.text.get(yaml.clone())?;
    let (record, phones) = match draft.folder {
        "centres" => {
            let before: serde_yaml::Mapping = serde_yaml::from_str(stood).ok()?;
            let record = keeping_rules(before.get("hours"), &record);
            keeping_phones(before.get("phones"), &record, known.first.as_str())
        }
        _ => (record, OldPhones::default()),
    };
    let (text, stale) = merged(stood, &record, draft.is_whole, &known.first)?;
    let mut text = text;
    for line in draft.comment_lines().filter(|line| !file.text.contains(line.as_str())) {
        text.push_str(&line);
        text.push('\n');
    }
    let text = format!("{}{text}{}", file.text.get(..yaml.start)?, file.text.get(yaml.end..)?);
    Some(Changed { text, stale: stale.into_iter().collect(), phones })
}

/// A text with English keys in the Chinese ones of its file, of which lines that did not change are as they were written.
fn in_chinese_again(before: &File, text: &str) -> String {
    let english = in_keys(&before.path, &before.text, KeyLanguage::English);
    let chinese = in_keys(&before.path, text, KeyLanguage::Chinese);
    let lines = |text: &'_ str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<String>>();
    let (written, new) = (lines(&before.text), lines(&chinese));
    if written.len() != lines(&english).len() || new.len() != lines(text).len() {
        return chinese;
    }
    let diff = TextDiff::from_lines(&*english, text);
    let part = |op: &DiffOp| match op {
        DiffOp::Equal { old_index, len, .. } => written.get(*old_index..old_index + len).unwrap_or_default().concat(),
        op => new.get(op.new_range()).unwrap_or_default().concat(),
    };
    diff.ops().iter().map(part).collect()
}

/// Whether keys are Chinese: those of the file, else of those beside it, else of any.
fn is_chinese(before: Option<&File>, folder: &str, files: &[File]) -> bool {
    const MOST: usize = 5;
    let beside: Vec<&File> = match before {
        Some(file) => vec![file],
        None => {
            let here = files.iter().filter(|file| file.path.starts_with(folder));
            here.chain(files.iter().filter(|file| file.path.starts_with("content/"))).take(MOST).collect()
        }
    };
    beside.iter().filter(|file| has_chinese_keys(&file.text)).count() * 2 > beside.len()
}

/// The activities of a programme that a board does not have, by their titles.
fn activities_gone(draft: &Draft, known: &Known) -> Vec<String> {
    let stood = known.programmes.iter().find(|programme| draft.folder == "programmes" && programme.id == draft.id);
    let activities = draft.record.get("activities").and_then(Value::as_sequence).into_iter().flatten();
    let any =
        |title: &'_ Value| title.as_mapping().and_then(|texts| texts.values().next()?.as_str().map(str::to_owned));
    let title = |title: &Value| title.as_str().map(str::to_owned).or_else(|| any(title));
    let mut titles: Vec<String> = activities.filter_map(|activity| title(activity.get("title")?)).collect();
    let is_gone = |activity: &&KnownActivity| {
        let place = titles.iter().position(|title| activity.names.iter().any(|name| name == title));
        place.map(|place| titles.remove(place)).is_none()
    };
    let all = stood.into_iter().flat_map(|programme| &programme.activities);
    all.filter(is_gone).map(|activity| activity.title.clone()).collect()
}

/// The comments of a text that are not in another one, with what stands behind their marks.
fn comments_gone(before: &str, after: &str) -> Vec<String> {
    let comment = |line: &str| {
        let behind = line.split_once(" #").map(|(_, comment)| comment);
        line.trim_start().strip_prefix('#').or(behind).map(|comment| comment.trim().to_owned())
    };
    let of = |text: &str| text.lines().filter_map(comment).filter(|comment| !comment.is_empty()).collect::<Vec<_>>();
    let mut stay = of(after);
    let is_gone = |comment: &String| {
        let place = stay.iter().position(|other| other == comment);
        place.map(|place| stay.remove(place)).is_none()
    };
    of(before).into_iter().filter(is_gone).collect()
}

/// The structure of the records of a folder.
fn structure(folder: &str) -> &'static str {
    match folder {
        "centres" => "Centre",
        "policies" => "Policy",
        _ => "Programme",
    }
}

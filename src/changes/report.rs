//! A report of changes: what `--format json` writes, and what text and Markdown are made from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::consequences::Consequences;
use super::words::Words;

/// What changed between a revision and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The version of this form. It grows when a program that reads it would have to change.
    pub version: u8,
    /// What the present content is compared with.
    pub revision: Commit,
    /// The civil time for which both are read, `2026-11-24T09:00`, in the site's time zone.
    pub at: String,
    /// Everything in a sentence.
    pub summary: Words,
    /// Whether the revision has no site in this folder, so that everything is new and nothing is listed.
    pub first: bool,
    /// What could not be compared; null if everything was.
    pub unread: Option<Unread>,
    /// What changed: first what readers see, of that first what is urgent, then by the day from which it is noticed.
    pub changes: Vec<Change>,
    /// Files that differ and say the same to readers: comments, layout.
    pub unnoticed: Vec<String>,
    /// What follows from the changes; null where one of the two has errors.
    pub consequences: Option<Consequences>,
}

/// A revision in git.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commit {
    /// As it was asked for, e.g. `HEAD` or `origin/main`.
    pub name: String,
    /// The id of its commit.
    pub id: String,
}

/// What could not be compared because of errors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// Whether one of the two could not be read at all, so that nothing was compared.
    pub everything: bool,
    /// Errors in the revision's content.
    pub errors_before: usize,
    /// Errors in the present content.
    pub errors_now: usize,
    /// The files that were passed over: those with errors, with their translations.
    pub files: Vec<String>,
    /// The first errors in the present content.
    pub errors: Vec<Mistake>,
}

/// An error in the present content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    /// Its code, as `explain` takes it.
    pub code: String,
    /// The file that it is in.
    pub file: String,
    /// The line, counted from 1; null where it is about the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: Words,
    /// How to mend it.
    pub help: Vec<Words>,
}

/// Something that says something else than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The centre that it is about; null if it is about several or about the site.
    pub place: Option<Place>,
    /// The record, e.g. `programmes/jiefang`; or `site`, `areas/ID`, `calendar`, `calendar/CN-2027`, `pictures`, `theme`.
    pub record: String,
    /// The file to look at, relative to the site's folder.
    pub file: String,
    /// What sort of change it is.
    pub kind: Kind,
    /// What changed: a title, or an activity with its time.
    pub what: Words,
    /// How it changed.
    pub how: Words,
    /// The day from which it is noticed; null if from the day on which it is published.
    pub from: Option<String>,
    /// Whether it is about safety.
    pub urgent: bool,
    /// Whether readers see it; what they do not see is for editors and programs.
    pub seen: bool,
}

/// A centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// Its short name.
    pub name: Words,
}

/// A sort of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A record or an activity is new.
    New,
    /// A record or an activity is gone.
    Gone,
    /// A record has another address; the old one leads to it.
    Renamed,
    /// A record or an activity says something else.
    Changed,
    /// A centre is open at other times.
    Hours,
    /// Single sessions are cancelled, moved, added, or held as usual again.
    Session,
}

/// Pages, by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// Pages that would read differently.
    pub changed: Vec<String>,
    /// Pages that there were not.
    pub new: Vec<String>,
    /// Pages that there would no longer be, with those whose address leads elsewhere.
    pub gone: Vec<String>,
    /// How many were not compared because it would have taken too long.
    pub not_compared: usize,
}

/// A sheet on a wall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// The kind of sheet, e.g. `weekly-board`.
    pub kind: String,
    /// The kind in words.
    pub kind_name: Words,
    /// The id of what it is about, as `posters` takes it.
    pub about: String,
    /// Its title.
    pub title: Words,
    /// Its files, one a language and paper.
    pub files: Vec<String>,
    /// What is to be done with it.
    pub state: SheetState,
}

/// What is to be done with a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SheetState {
    /// It says something else: print it again.
    Reprint,
    /// It is new: print it.
    Print,
    /// What it shows is gone: take it down.
    TakeDown,
}

/// A calendar to which people subscribe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Its address.
    pub address: String,
    /// Its name.
    pub name: String,
    /// How many entries subscribers will see that they did not have.
    pub added: usize,
    /// How many entries say something else.
    pub changed: usize,
    /// How many entries go.
    pub gone: usize,
    /// Whether the calendar itself is no longer there, so that subscribers hear nothing more.
    pub ended: bool,
}

//! The thread that keeps the site up to date.
//!
//! It waits for a hint or for some time to pass, looks at the files, and if any is different reads the site again and
//! exchanges what is served. Programs save in steps: a file is gone or empty for a moment, or half written. So what
//! looks like that is looked at again before it counts, and errors wait a little for the rest of the save.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::watch::Sender;

use super::problems::Problems;
use super::snapshot::{Refusal, Snapshot};
use super::watch::Hints;
use super::{Loaded, Looked, News, Options, Source, Status, Tell};
use crate::artifacts::{SiteArtifact, Theme};
use crate::checks;
use crate::diagnostics::{Diagnostic, Failure, Texts};
use crate::site::Site;

/// So often files are looked at without a hint: events get lost.
const RESCAN: Duration = Duration::from_secs(2);
/// So often where there are no events.
const POLL: Duration = Duration::from_millis(400);
/// A look at the files takes at most one part in so many of the time.
const SHARE: u32 = 40;
/// So long a file may be gone or empty before it counts.
const SAVING: Duration = Duration::from_millis(80);
/// So long errors wait for the rest of a save.
const HALF_SAVED: Duration = Duration::from_millis(150);
/// So long nothing may be saved before the whole site is looked through.
const PEACE: Duration = Duration::from_millis(800);
/// Most pages that are made to look through them: a few seconds of one processor.
const MOST_PAGES: usize = 5000;
/// So often either is waited for in a row.
const MOST_WAITS: usize = 5;

/// Reads the site again whenever it changes, for as long as anybody listens.
pub(super) fn read_on(source: Box<dyn Source>, options: &Options, status: Sender<Arc<Status>>, tell: Tell) {
    let hints = Hints::of(&options.root, options.poll);
    if hints.polls() && !options.poll {
        tell(News::Polls);
    }
    let desk = Arc::new(Desk { status, tell, number: AtomicU64::new(0), told: Mutex::default() });
    let mut reader = Reader { source, hints, options, desk, is_first: true, failed: None };
    while !reader.desk.status.is_closed() {
        let start = Instant::now();
        let looked = reader.look();
        let cost = start.elapsed() * SHARE;
        match looked {
            Ok(looked) => {
                let is_back = reader.failed.take().is_some();
                if reader.is_first || is_back || looked.due || !looked.changed.is_empty() {
                    reader.read(looked.changed, start);
                }
            }
            Err(failure) => reader.fail(failure),
        }
        let pause = if reader.hints.polls() { POLL } else { RESCAN };
        reader.hints.wait(pause.max(cost));
    }
}

/// Where what was found is handed on, by the thread that reads and by those that look through what was read.
struct Desk {
    status: Sender<Arc<Status>>,
    tell: Tell,
    /// The number of the last reading.
    number: AtomicU64,
    /// What was told of the whole site the last time.
    told: Mutex<Vec<Diagnostic>>,
}

struct Reader<'a> {
    source: Box<dyn Source>,
    hints: Hints,
    options: &'a Options,
    desk: Arc<Desk>,
    is_first: bool,
    /// Why the folder could not be read the last time, so that it is said once.
    failed: Option<String>,
}

impl Reader<'_> {
    /// Looks at the files, and once more while programs seem to be saving.
    fn look(&mut self) -> Result<Looked, Failure> {
        let mut looked = self.source.look()?;
        let mut unsettled = looked.unsettled && !self.is_first;
        for _ in 0..MOST_WAITS {
            if !unsettled {
                break;
            }
            self.hints.wait(SAVING);
            let again = self.source.look()?;
            unsettled = again.unsettled;
            looked.due |= again.due;
            looked.changed.extend(again.changed);
        }
        Ok(looked)
    }

    /// Reads the site and serves it from now on, unless it has errors.
    fn read(&mut self, mut changed: Vec<Arc<str>>, start: Instant) {
        let mut read = self.load(&changed);
        for _ in 0..MOST_WAITS {
            let is_good = read.snapshot.is_some();
            if is_good || self.is_first || !self.hints.wait(HALF_SAVED) {
                break;
            }
            match self.look() {
                Ok(looked) if looked.changed.is_empty() => break,
                Ok(looked) => changed.extend(looked.changed),
                Err(_) => break,
            }
            read = self.load(&changed);
        }
        let took = start.elapsed();
        let Read { snapshot, diagnostics, texts, failure } = read;
        let Options { language, editor, .. } = self.options;
        let problems = match &failure {
            Some(failure) => Problems::failure(failure.message(*language)),
            None => Problems::of(&diagnostics, &texts, *language, editor.as_ref()),
        };
        let snapshot = snapshot.or_else(|| self.desk.status.borrow().snapshot.clone());
        self.desk.status.send_replace(Arc::new(Status { snapshot, problems, texts: Arc::clone(&texts) }));
        changed.sort();
        changed.dedup();
        if self.is_first {
            changed.clear();
        }
        self.is_first = false;
        (self.desk.tell)(News::Read { changed, took, diagnostics, texts });
        if let Some(failure) = failure {
            (self.desk.tell)(News::Failed(failure));
        }
    }

    fn load(&mut self, changed: &[Arc<str>]) -> Read {
        let number = self.desk.number.fetch_add(1, Relaxed) + 1;
        let Loaded { linked, pictures, mut diagnostics, texts } = self.source.load();
        let texts = Arc::new(texts);
        let is_good = !diagnostics.iter().any(Diagnostic::is_error);
        let (mut snapshot, mut failure) = (None, None);
        if let Some((site, theme)) = linked.filter(|_| is_good) {
            let (desk, texts, changed) = (Arc::clone(&self.desk), Arc::clone(&texts), changed.to_vec());
            let (language, editor) = (self.options.language, self.options.editor.clone());
            let more = self.options.more;
            let afterwards = move |site: &Site, theme: &Theme, planned: &[SiteArtifact<'_>]| {
                if let Some(found) = desk.look_through(number, site, planned, &changed) {
                    let problems = Problems::of(&found, &texts, language, editor.as_ref());
                    // What would be said before publishing is told at the terminal; no page is wrong for it.
                    let told = found.into_iter().chain(more(site, theme, planned)).collect();
                    desk.add(number, problems, told, &texts);
                }
            };
            match Snapshot::start(site, theme, pictures, Box::new(afterwards)) {
                Ok(started) => snapshot = Some(started),
                Err(Refusal::Content(found)) => diagnostics.extend(found),
                Err(Refusal::Machine(found)) => failure = Some(found),
            }
        }
        Read { snapshot, diagnostics, texts, failure }
    }

    /// The folder cannot be read: what was served stays.
    fn fail(&mut self, failure: Failure) {
        let message = failure.message(self.options.language);
        if self.failed.as_ref() == Some(&message) {
            return;
        }
        self.failed = Some(message.clone());
        let status = Status { problems: Problems::failure(message), ..(**self.desk.status.borrow()).clone() };
        self.desk.status.send_replace(Arc::new(status));
        (self.desk.tell)(News::Failed(failure));
    }
}

/// A site that was read.
struct Read {
    snapshot: Option<Arc<Snapshot>>,
    diagnostics: Vec<Diagnostic>,
    texts: Arc<Texts>,
    failure: Option<Failure>,
}

impl Desk {
    /// Whether nothing was read since.
    fn is_last(&self, number: u64) -> bool {
        self.number.load(Relaxed) == number
    }

    /// Applies the rules over the whole site and makes every page, as a build would: what is wrong only there is found
    /// although nobody looks at that page. Of a very large site only the pages of files that changed are made. Nothing if
    /// the site was read again in the meantime.
    fn look_through(
        &self,
        number: u64,
        site: &Site,
        planned: &[SiteArtifact<'_>],
        changed: &[Arc<str>],
    ) -> Option<Vec<Diagnostic>> {
        let end = Instant::now() + PEACE;
        while Instant::now() < end {
            thread::sleep(PEACE / 10);
            self.is_last(number).then_some(())?;
        }
        let mut found = Vec::new();
        checks::run(site, &mut found);
        let mut bytes = Vec::new();
        let pages = || planned.iter().filter(|artifact| artifact.path.as_str().ends_with(".html"));
        let all = pages().count() <= MOST_PAGES;
        for artifact in pages().filter(|artifact| all || changed.contains(&artifact.origin)) {
            self.is_last(number).then_some(())?;
            bytes.clear();
            if let Err(faults) = (artifact.make)(&mut bytes) {
                found.extend(faults);
            }
        }
        self.is_last(number).then_some(found)
    }

    /// Adds problems to what is shown, and tells of what was found what was not told before.
    fn add(&self, number: u64, problems: Problems, found: Vec<Diagnostic>, texts: &Arc<Texts>) {
        if !problems.is_empty() {
            self.status.send_if_modified(|status| {
                let is_last = self.is_last(number) && status.problems.is_empty();
                if is_last {
                    *status = Arc::new(Status { problems, ..(**status).clone() });
                }
                is_last
            });
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_told =
            |new: &Diagnostic| told.iter().any(|old| old.problem == new.problem && old.place.file == new.place.file);
        let new: Vec<Diagnostic> = found.iter().filter(|found| !is_told(found)).cloned().collect();
        *told = found;
        drop(told);
        if !new.is_empty() {
            (self.tell)(News::Found { diagnostics: new, texts: Arc::clone(texts) });
        }
    }
}

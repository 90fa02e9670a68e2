//! A site as it was read at one time, from which the files that are asked for are made.
//!
//! Artifacts borrow from their site, so site, theme and artifacts live together on a thread of their own, which hands
//! requests to a few others with stacks deep enough for posters. When the last handle is dropped, the threads end and
//! the site is freed there, in nobody's way.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use camino::Utf8PathBuf;
use tokio::sync::oneshot;

use super::faces::Faces;
use super::sheets::Sheets;
#[cfg(feature = "posters")]
use crate::artifacts::DrawnSheet;
use crate::artifacts::{self, Fingerprint, SiteArtifact, Theme};
use crate::diagnostics::{Action, Diagnostic, Failure};
use crate::publish;
use crate::site::Site;

/// As of the threads that publish: laying out a poster takes a deep stack.
const STACK_BYTES: usize = 16 << 20;
/// Most pages that are kept once they were made: a browser that was told of a new page asks for it at once.
const MOST_KEPT: usize = 64;
/// The page for what is not there.
const NOT_FOUND: &str = "404.html";

/// A site and what it consists of.
pub(super) struct Snapshot {
    asks: Sender<Ask>,
    /// The path below which the site stands: `/`, or `/sub/`.
    pub(super) base_path: String,
}

/// A request, and where its answer goes.
struct Ask {
    path: String,
    /// Whether the sheet at the path is wanted as pictures.
    drawn: bool,
    answer: oneshot::Sender<Answer>,
}

/// What is at an address.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// A file.
    Made(Arc<Made>),
    /// A folder whose address lacks the `/` at its end.
    Folder,
    /// Nothing; with the site's own page that says so.
    Missing(Option<Arc<Made>>),
    /// A sheet as pictures.
    #[cfg(feature = "posters")]
    Drawn(Arc<DrawnSheet>),
    /// A file that cannot be made.
    Faulty(Arc<Vec<Diagnostic>>),
}

/// A file, made.
#[derive(Debug)]
pub(super) struct Made {
    /// Where it stands, relative to the site's root.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    /// Of the bytes.
    pub(super) tag: String,
    /// Of a page, what browsers compare.
    pub(super) faces: Option<Faces>,
}

/// What is done with a site once it can be asked, beside the answers: its own thread, and time.
pub(super) type Afterwards = Box<dyn FnOnce(&Site, &Theme, &[SiteArtifact<'_>]) + Send>;

/// What cannot be started: the content is at fault, or the machine.
pub(super) enum Refusal {
    Content(Vec<Diagnostic>),
    Machine(Failure),
}

impl Snapshot {
    /// Plans what the site consists of and stands ready to make it.
    pub(super) fn start(
        site: Site,
        theme: Arc<Theme>,
        pictures: Vec<(String, Utf8PathBuf)>,
        afterwards: Afterwards,
    ) -> Result<Arc<Self>, Refusal> {
        let base_path = site.base_path();
        let (asks, asked) = mpsc::channel();
        let (ready, planned) = mpsc::channel();
        let live = move || live(&site, &theme, &pictures, asked, &ready, afterwards);
        let failed = |source| Failure::Io { action: Action::StartThread, path: "noticeboard".into(), source };
        let builder = thread::Builder::new().name("snapshot".into()).stack_size(STACK_BYTES);
        builder.spawn(live).map_err(|source| Refusal::Machine(failed(source)))?;
        match planned.recv() {
            Ok(Ok(())) => Ok(Arc::new(Self { asks, base_path })),
            Ok(Err(refusal)) => Err(refusal),
            Err(_) => Err(Refusal::Machine(failed(std::io::Error::other("it ended before it began")))),
        }
    }

    /// What is at a path relative to the site's root; nothing if the thread that makes it has failed.
    pub(super) async fn get(&self, path: String) -> Option<Answer> {
        let (answer, answered) = oneshot::channel();
        self.asks.send(Ask { path, drawn: false, answer }).ok()?;
        answered.await.ok()
    }

    /// The sheet whose PDF is at a path, drawn; or what keeps it from being made.
    #[cfg(feature = "posters")]
    pub(super) async fn draw(&self, path: String) -> Option<Answer> {
        let (answer, answered) = oneshot::channel();
        self.asks.send(Ask { path, drawn: true, answer }).ok()?;
        answered.await.ok()
    }
}

/// The life of a snapshot: plans, says that it is ready, and answers until nobody can ask any more.
fn live(
    site: &Site,
    theme: &Theme,
    pictures: &[(String, Utf8PathBuf)],
    asked: Receiver<Ask>,
    ready: &Sender<Result<(), Refusal>>,
    afterwards: Afterwards,
) {
    let planned = match artifacts::plan(site, theme, pictures) {
        Ok(planned) => planned,
        Err(found) => {
            let _ = ready.send(Err(Refusal::Content(found)));
            return;
        }
    };
    let clashes = publish::clashes(&planned);
    if !clashes.is_empty() {
        let found = clashes.iter().map(|clash| artifacts::same_address(clash, &planned)).collect();
        let _ = ready.send(Err(Refusal::Content(found)));
        return;
    }
    let shelf = Shelf::of(&planned, site, theme);
    let asked = Mutex::new(asked);
    let _ = ready.send(Ok(()));
    let workers = thread::available_parallelism().map_or(2, NonZeroUsize::get).clamp(2, 8);
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("afterwards".into()).stack_size(STACK_BYTES);
        let _ = builder.spawn_scoped(scope, || afterwards(site, theme, &planned));
        for number in 0..workers {
            let builder = thread::Builder::new().name(format!("make-{number}")).stack_size(STACK_BYTES);
            // One that cannot be started leaves its work to the others, or to this thread.
            let _ = builder.spawn_scoped(scope, || serve(&shelf, &asked));
        }
        serve(&shelf, &asked);
    });
}

fn serve(shelf: &Shelf<'_, '_>, asked: &Mutex<Receiver<Ask>>) {
    loop {
        let next = asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Ask { path, drawn, answer }) = next else { return };
        // Whoever asked may have gone away.
        let _ = answer.send(if drawn { shelf.draw(&path) } else { shelf.get(&path) });
    }
}

/// The artifacts by their paths, and those pages that were made.
struct Shelf<'p, 'a> {
    by_path: HashMap<&'p str, &'p SiteArtifact<'a>>,
    made: Mutex<HashMap<String, Arc<Made>>>,
    sheets: Sheets<'a>,
}

impl<'p, 'a> Shelf<'p, 'a> {
    fn of(planned: &'p [SiteArtifact<'a>], site: &'a Site, theme: &'a Theme) -> Self {
        let by_path = planned.iter().map(|artifact| (artifact.path.as_str(), artifact)).collect();
        Self { by_path, made: Mutex::default(), sheets: Sheets::of(site, theme) }
    }

    fn get(&self, path: &str) -> Answer {
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if let Some(artifact) = self.by_path.get(file.as_str()) {
            return match self.make(artifact) {
                Ok(made) => Answer::Made(made),
                Err(found) => Answer::Faulty(Arc::new(found)),
            };
        }
        if self.by_path.contains_key(format!("{path}/index.html").as_str()) {
            return Answer::Folder;
        }
        Answer::Missing(self.by_path.get(NOT_FOUND).and_then(|artifact| self.make(artifact).ok()))
    }

    fn draw(&self, path: &str) -> Answer {
        if self.by_path.contains_key(path) { self.sheets.draw(path) } else { Answer::Missing(None) }
    }

    fn make(&self, artifact: &SiteArtifact<'a>) -> Result<Arc<Made>, Vec<Diagnostic>> {
        let path = artifact.path.as_str();
        let kept = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = kept().get(path) {
            return Ok(Arc::clone(made));
        }
        let mut bytes = Vec::new();
        (artifact.make)(&mut bytes)?;
        let is_page = path.ends_with(".html");
        let faces = is_page
            .then(|| Faces::of(&bytes, |picture| self.by_path.get(picture).and_then(|a| a.inputs.fingerprint())));
        let tag = Fingerprint::of(&bytes).to_string();
        let made = Arc::new(Made { path: path.to_owned(), bytes, tag, faces });
        if is_page {
            let mut kept = kept();
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            kept.insert(path.to_owned(), Arc::clone(&made));
        }
        Ok(made)
    }
}

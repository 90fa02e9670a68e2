//! The preview: watch, read again, make what is asked for, tell the browsers.
//!
//! In: a [`Source`] that reads a site's folder, and where to listen. One thread waits for hints of changes and keeps the
//! site up to date ([`reading`]); each state of the site is a [`snapshot`] with threads of its own, so an answer never
//! waits for a reading, and the last good site stays while the content has errors. Only planned files are served, made
//! when they are asked for: no path of a request ever becomes a path on the disk. A page gets one element more than it
//! is published with, a script of the same origin, which hears what the page should be.

mod editor;
mod faces;
mod hosts;
mod media;
mod problems;
mod reading;
mod response;
mod server;
mod sheets;
mod shell;
mod snapshot;
mod watch;
mod words;

pub use editor::{DEFAULT_EDITOR, EditorLink};

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use camino::Utf8PathBuf;

use crate::artifacts::{SiteArtifact, Theme};
use crate::content::Progress;
use crate::diagnostics::{Action, Diagnostic, Failure, Language, Texts};
use crate::site::Site;
use problems::Problems;
use snapshot::Snapshot;

/// The port that is tried first where none is asked for.
pub const PORT: u16 = 8000;
/// How many ports are tried.
const TRIED: u16 = 50;

/// Where a site comes from, again and again.
pub trait Source: Send {
    /// Looks at the files.
    ///
    /// # Errors
    /// The folder cannot be read at all.
    fn look(&mut self) -> Result<Looked, Failure>;

    /// Makes a site of what was last looked at.
    fn load(&mut self) -> Loaded;

    /// How far that is, while it lasts.
    fn progress(&self) -> Arc<Progress>;
}

/// What a look at the files showed.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    /// The files that are new, different or gone since the last look.
    pub changed: Vec<Arc<str>>,
    /// Whether the site would be another although no file is: the day is.
    pub due: bool,
    /// Whether a file has gone or become empty, as happens for a moment while programs save.
    pub unsettled: bool,
}

/// A site, if the content can be linked, with what was found.
#[derive(Default)]
pub struct Loaded {
    /// The site and its theme.
    pub linked: Option<(Site, Arc<Theme>)>,
    /// The pictures: path below `content/pictures/`, and where the file is.
    pub pictures: Vec<(String, Utf8PathBuf)>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts to show it in.
    pub texts: Texts,
}

/// What there is to tell at the terminal.
pub enum News {
    /// The site was read: which files changed, how long it took, and what was found.
    Read {
        /// The files; empty the first time.
        changed: Vec<Arc<str>>,
        /// From the hint to the site that is served.
        took: Duration,
        /// What was found.
        diagnostics: Vec<Diagnostic>,
        /// The texts to show it in.
        texts: Arc<Texts>,
    },
    /// What only shows when the whole site is looked through, and was not told before.
    Found {
        /// What was found.
        diagnostics: Vec<Diagnostic>,
        /// The texts to show it in.
        texts: Arc<Texts>,
    },
    /// The folder cannot be read; it is tried again.
    Failed(Failure),
    /// The system does not tell of changes here, so that the files are looked at by the clock.
    Polls,
}

/// How to serve.
pub struct Options {
    /// The site's folder.
    pub root: Utf8PathBuf,
    /// The language of what is shown over pages.
    pub language: Language,
    /// Opens a place in the editor's program.
    pub editor: Option<EditorLink>,
    /// Whether files are looked at by the clock, without the system's events.
    pub poll: bool,
    /// What is said of a site before it is published, beside what its pages show.
    pub more: MoreFindings,
}

/// Finds in a site and what it consists of what only publishing it would make wrong.
pub type MoreFindings = fn(&Site, &Theme, &[SiteArtifact<'_>]) -> Vec<Diagnostic>;

/// What is told at the terminal goes here.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;

/// What is served now.
#[derive(Clone, Default)]
struct Status {
    /// The last site without errors.
    snapshot: Option<Arc<Snapshot>>,
    /// What is wrong with the content as it is now.
    problems: Problems,
    /// The texts of the content as it is now.
    texts: Arc<Texts>,
}

/// Takes a port of an address: the one that is asked for, or the first free one from [`PORT`] on.
///
/// # Errors
/// None is free, or this machine has no such address.
pub fn listen(host: IpAddr, port: Option<u16>) -> Result<TcpListener, Failure> {
    let ports = port.map_or(PORT..=PORT + TRIED, |port| port..=port);
    let mut refused = None;
    for port in ports {
        let address = SocketAddr::new(host, port);
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(source) => {
                let is_taken = source.kind() == std::io::ErrorKind::AddrInUse;
                refused.get_or_insert((address, source));
                if !is_taken {
                    break;
                }
            }
        }
    }
    let (address, source) =
        refused.unwrap_or_else(|| (SocketAddr::new(host, PORT), std::io::ErrorKind::AddrInUse.into()));
    Err(Failure::Io { action: Action::Listen, path: address.to_string().into(), source })
}

/// Serves until the program is asked to end (Ctrl-C).
///
/// # Errors
/// The machine fails; mistakes of the content are shown and never end it.
pub fn serve(listener: TcpListener, source: Box<dyn Source>, options: Options, tell: Tell) -> Result<(), Failure> {
    let (status, heard) = tokio::sync::watch::channel(Arc::new(Status::default()));
    let started = |source| Failure::Io { action: Action::StartThread, path: "noticeboard".into(), source };
    let local = listener.local_addr().map_err(started)?;
    let (language, editor, progress) = (options.language, options.editor.clone(), source.progress());
    let reading = thread::Builder::new().name("reading".into());
    reading.spawn(move || reading::read_on(source, &options, status, tell)).map_err(started)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(started)?;
    runtime.block_on(server::answer_all(listener, heard, progress, language, editor)).map_err(|source| Failure::Io {
        action: Action::Listen,
        path: local.to_string().into(),
        source,
    })
}

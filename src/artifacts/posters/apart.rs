//! Sheets of templates that did not come with the program, set in a process of their own.
//!
//! A template is a program: it can run for ever, or ask for more memory than there is, and no thread can be ended from
//! outside. So a site's own templates run apart: this program, started again, is handed fonts and templates once and one
//! sheet after the other; whoever takes too long or too much is ended, and the rest goes on with a new one. Time is
//! bounded everywhere, memory where the system tells how much a process has (Linux). Nobody else is asked to bound it:
//! what a template can do to a process that has nothing but its input is to end it.

use std::collections::BTreeSet;
use std::io::{BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::drawing::Drawing;
use super::engine::{Makes, Pdf, PosterEngine, PosterJob, STACK_SIZE};
use super::problem::{Cause, PosterProblem};
use super::seen::Seen;

/// The argument with which the program is started to set sheets for another.
pub const SETS_SHEETS: &str = "--sets-sheets-for-another";
/// The longest that a sheet may take: hundreds of times as long as one does. The catalogue says it in words.
const MOST_TIME: Duration = Duration::from_secs(10);
/// The most memory in bytes, fonts included: several times what a sheet takes. The catalogue says it in words.
const MOST_MEMORY: u64 = 512_000_000;
/// So often memory is looked at.
const LOOK: Duration = Duration::from_millis(15);
/// The size of the parts in which Linux counts memory.
const PAGE: u64 = 4096;
/// The most bytes of one part of a message.
const MOST_PART: u64 = 1 << 30;

/// A message: what it says as JSON, and the bytes that go with it.
type Parts = Vec<Vec<u8>>;

/// What a job says beside its files.
#[derive(Serialize, Deserialize)]
struct Asked {
    template: String,
    today: jiff::civil::Date,
    vertical: bool,
    id: String,
    makes: Makes,
    /// The paths of its files, in their order.
    assets: Vec<String>,
}

/// What became of it, beside the PDF and the picture.
#[derive(Serialize, Deserialize)]
struct Answered {
    pages: usize,
    warnings: Vec<PosterProblem>,
    seen: Seen,
    /// The sizes of the pages that were drawn.
    drawn: Vec<(u32, u32)>,
}

/// The processes that set sheets.
pub(super) struct Apart {
    /// Fonts and templates, as they are handed over.
    given: Parts,
    idle: Mutex<Vec<Worker>>,
    /// Templates that were ended once: they are not tried on every other sheet.
    hopeless: Mutex<BTreeSet<(String, Cause)>>,
}

struct Worker {
    child: Child,
    to: ChildStdin,
    from: Receiver<Parts>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Apart {
    pub(super) fn new(fonts: impl Iterator<Item = Vec<u8>>, files: impl Iterator<Item = (String, Vec<u8>)>) -> Self {
        let fonts: Parts = fonts.collect();
        let (paths, contents): (Vec<_>, Vec<_>) = files.unzip();
        let head = serde_json::to_vec(&(fonts.len(), paths)).unwrap_or_default();
        let given = std::iter::once(head).chain(fonts).chain(contents).collect();
        Self { given, idle: Mutex::default(), hopeless: Mutex::default() }
    }

    /// Sets one sheet.
    pub(super) fn render(&self, job: PosterJob<'_>) -> Result<Pdf, Vec<PosterProblem>> {
        let template = job.template.to_owned();
        let known = lock(&self.hopeless).iter().find(|(hopeless, _)| *hopeless == template).map(|(_, cause)| *cause);
        let ended = |cause| vec![PosterProblem::ended(&template, cause)];
        if let Some(cause) = known {
            return Err(ended(cause));
        }
        let message = message_of(job);
        let free = lock(&self.idle).pop();
        // What earlier sheets left in the memory of a process is not this one's fault: then a new one is asked.
        let used = free.map(|worker| worker.ask(&message));
        let asked = match used.filter(|asked| matches!(asked, Ok(_) | Err(Cause::TooLong))) {
            Some(asked) => asked,
            None => Worker::start(&self.given)
                .map_err(|reason| {
                    vec![PosterProblem::about(&template, format!("this program cannot be started again: {reason}"))]
                })?
                .ask(&message),
        };
        match asked {
            Ok((answer, worker)) => {
                if memory(worker.child.id()) < MOST_MEMORY / 2 {
                    lock(&self.idle).push(worker);
                }
                answer
            }
            Err(cause) => {
                lock(&self.hopeless).insert((template.clone(), cause));
                Err(ended(cause))
            }
        }
    }
}

impl Worker {
    fn start(given: &[Vec<u8>]) -> std::io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(SETS_SHEETS).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let gone = || std::io::Error::other("it has no input or output");
        let (mut to, from) = (child.stdin.take().ok_or_else(gone)?, child.stdout.take().ok_or_else(gone)?);
        let (heard, answers) = channel();
        thread::Builder::new().name("sheets-apart".into()).spawn(move || {
            let mut from = BufReader::new(from);
            while let Some(parts) = hear(&mut from) {
                if heard.send(parts).is_err() {
                    return;
                }
            }
        })?;
        say(&mut to, given)?;
        Ok(Self { child, to, from: answers })
    }

    /// What it answers, or why it was ended.
    fn ask(mut self, message: &[Vec<u8>]) -> Result<(Result<Pdf, Vec<PosterProblem>>, Self), Cause> {
        say(&mut self.to, message).map_err(|_| Cause::Ended)?;
        let end = Instant::now() + MOST_TIME;
        loop {
            match self.from.recv_timeout(LOOK) {
                Ok(answer) => return answer_of(answer).map(|answer| (answer, self)).ok_or(Cause::Ended),
                Err(RecvTimeoutError::Disconnected) => return Err(Cause::Ended),
                Err(RecvTimeoutError::Timeout) if memory(self.child.id()) > MOST_MEMORY => return Err(Cause::TooLarge),
                Err(RecvTimeoutError::Timeout) if Instant::now() > end => return Err(Cause::TooLong),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// What a process has in memory, where the system says so.
fn memory(process: u32) -> u64 {
    let said = std::fs::read_to_string(format!("/proc/{process}/statm")).unwrap_or_default();
    said.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default().saturating_mul(PAGE)
}

/// Sets sheets for the process that started this one, until it has no more.
pub fn set_sheets_for_another() -> Option<()> {
    let mut from = BufReader::new(std::io::stdin().lock());
    let mut given = hear(&mut from)?.into_iter();
    let (fonts, paths): (usize, Vec<String>) = said(&given.next()?)?;
    let fonts: Parts = given.by_ref().take(fonts).collect();
    let engine = PosterEngine::new(fonts, paths.into_iter().zip(given)).ok()?;
    while let Some(message) = hear(&mut from) {
        let (done, waits) = channel();
        let answer = thread::scope(|scope| {
            let builder = thread::Builder::new().stack_size(STACK_SIZE);
            builder.spawn_scoped(scope, || done.send(set(&engine, message))).ok()?;
            // Whoever started this one may be gone, and would have ended it before.
            waits.recv_timeout(MOST_TIME * 3).unwrap_or_else(|_| std::process::exit(1))
        })?;
        say(&mut std::io::stdout().lock(), &answer).ok()?;
    }
    Some(())
}

fn set(engine: &PosterEngine, message: Parts) -> Option<Parts> {
    let mut parts = message.into_iter();
    let asked: Asked = said(&parts.next()?)?;
    let data = parts.next()?;
    let job = PosterJob {
        template: &asked.template,
        data,
        assets: asked.assets.into_iter().zip(parts).collect(),
        today: asked.today,
        vertical: asked.vertical,
        id: &asked.id,
        makes: asked.makes,
    };
    let (answer, bytes, pictures): (_, _, Parts) = match engine.render(job) {
        Ok(Pdf { bytes, drawn, pages, warnings, seen }) => {
            let sizes = drawn.iter().map(|picture| (picture.width, picture.height)).collect();
            let answer = Answered { pages, warnings, seen, drawn: sizes };
            (Ok(answer), bytes, drawn.into_iter().map(|picture| picture.rgb).collect())
        }
        Err(problems) => (Err(problems), Vec::new(), Vec::new()),
    };
    let head = serde_json::to_vec(&answer).unwrap_or_default();
    Some([head, bytes].into_iter().chain(pictures).collect())
}

fn message_of(job: PosterJob<'_>) -> Parts {
    let (paths, contents): (Vec<_>, Vec<_>) = job.assets.into_iter().unzip();
    let asked = Asked {
        template: job.template.to_owned(),
        today: job.today,
        vertical: job.vertical,
        id: job.id.to_owned(),
        makes: job.makes,
        assets: paths,
    };
    let head = serde_json::to_vec(&asked).unwrap_or_default();
    [head, job.data].into_iter().chain(contents).collect()
}

fn answer_of(parts: Parts) -> Option<Result<Pdf, Vec<PosterProblem>>> {
    let mut parts = parts.into_iter();
    let answer: Result<Answered, Vec<PosterProblem>> = said(&parts.next()?)?;
    let bytes = parts.next()?;
    Some(answer.map(|Answered { pages, warnings, seen, drawn }| {
        let drawn = drawn.into_iter().zip(parts).map(|((width, height), rgb)| Drawing { width, height, rgb });
        Pdf { bytes, drawn: drawn.collect(), pages, warnings, seen }
    }))
}

fn said<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    serde_json::from_slice(json).ok()
}

/// Writes a message: how many parts, then each with its length before it.
fn say(to: &mut impl Write, parts: &[Vec<u8>]) -> std::io::Result<()> {
    to.write_all(&(parts.len() as u64).to_le_bytes())?;
    for part in parts {
        to.write_all(&(part.len() as u64).to_le_bytes())?;
        to.write_all(part)?;
    }
    to.flush()
}

/// Reads a message; nothing where there is none any more, or what comes is none.
fn hear(from: &mut impl Read) -> Option<Parts> {
    let mut count = [0; 8];
    from.read_exact(&mut count).ok()?;
    let count = u64::from_le_bytes(count);
    let mut parts = Vec::new();
    for _ in 0..count {
        let mut length = [0; 8];
        from.read_exact(&mut length).ok()?;
        let length = u64::from_le_bytes(length);
        let mut part = Vec::new();
        from.by_ref().take(length.min(MOST_PART)).read_to_end(&mut part).ok()?;
        (part.len() as u64 == length).then_some(())?;
        parts.push(part);
    }
    Some(parts)
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

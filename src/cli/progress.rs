//! How far a long piece of work is: one line of a terminal, written over, and gone when the work is done.
//!
//! It appears after a second, at most ten times a second, and only where somebody is looking: a file or a pipe gets none.

use std::io::{self, IsTerminal as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::{Voice, eprint};
use crate::diagnostics::Language;

/// Work that is shorter says nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// So often the line is written at most.
const STEP: Duration = Duration::from_millis(100);

/// A line that says how far the work is.
pub(super) struct Progress {
    language: Language,
    /// When the line may be written next, and whether it was; nothing where nobody is looking.
    line: Option<Mutex<(Instant, bool)>>,
}

impl Progress {
    /// Begins now.
    pub(super) fn start(voice: Voice) -> Self {
        let is_seen = io::stderr().is_terminal() && !voice.quiet && !voice.verbose;
        let line = is_seen.then(|| Mutex::new((Instant::now() + PATIENCE, false)));
        Self { language: voice.language, line }
    }

    /// So many of so many are done. Whoever finds another thread writing passes on.
    pub(super) fn show(&self, done: usize, all: usize) {
        let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::try_lock) else { return };
        let now = Instant::now();
        if now < line.0 {
            return;
        }
        *line = (now + STEP, true);
        eprint(&said(done, all, self.language));
    }
}

fn said(done: usize, all: usize, language: Language) -> String {
    let share = done * 100 / all.max(1);
    match language {
        Language::ZhHans => format!("\r正在生成：{done} / {all}（{share}%）\x1b[K"),
        Language::En => format!("\rmaking files: {done} of {all} ({share} %)\x1b[K"),
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let was_shown = self.line.as_ref().is_some_and(|line| line.lock().is_ok_and(|line| line.1));
        if was_shown {
            eprint("\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_the_work_is_and_writes_over_itself() {
        assert_eq!(said(500, 2000, Language::ZhHans), "\r正在生成：500 / 2000（25%）\x1b[K");
        assert_eq!(said(3, 4, Language::En), "\rmaking files: 3 of 4 (75 %)\x1b[K");
    }
}

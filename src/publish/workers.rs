//! Doing the same to many things at once.
//!
//! In: a slice and what to do to each. Out: the answers in the order of the slice. Plain threads and not rayon, because
//! laying out a poster takes a deeper stack than rayon's threads have; the system lends the stack page by page, so
//! 16 MiB cost nothing until they are used. Each thread keeps one buffer, so memory does not grow with the site.

use crate::diagnostics::{Action, Failure};
use std::{
    num::NonZeroUsize,
    panic,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

const STACK_BYTES: usize = 16 << 20;

/// Calls `work` with the position, the item and the thread's buffer, for each item, taking items in order.
pub(super) fn in_threads<I: Sync, T: Send>(
    jobs: NonZeroUsize,
    items: &[I],
    work: impl Fn(usize, &I, &mut Vec<u8>) -> T + Sync,
) -> Result<Vec<T>, Failure> {
    let next = AtomicUsize::new(0);
    let take_items = || {
        let mut buffer = Vec::new();
        let mut done = Vec::new();
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(position) else { return done };
            done.push((position, work(position, item, &mut buffer)));
        }
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let start = |number| {
            let builder = thread::Builder::new().name(format!("render-{number}")).stack_size(STACK_BYTES);
            let failed = |source| Failure::Io { action: Action::StartThread, path: "noticeboard".into(), source };
            builder.spawn_scoped(scope, take_items).map_err(failed)
        };
        let threads: Vec<_> = (0..jobs.get().min(items.len())).map(start).collect::<Result<_, _>>()?;
        let answers =
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|cause| panic::resume_unwind(cause)));
        Ok(answers.flatten().collect())
    })?;
    done.sort_unstable_by_key(|(position, _)| *position);
    Ok(done.into_iter().map(|(_, answer)| answer).collect())
}

//! Arguments in, exit code out; everything else is the library's.

use std::process::ExitCode;

/// Pages, posters and records are millions of small pieces of memory, asked for on two threads and more: with the system's
/// own allocator a fifth of a build goes into that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    #[cfg(feature = "posters")]
    if std::env::args_os().nth(1).is_some_and(|first| first == noticeboard::artifacts::posters::SETS_SHEETS) {
        let done = noticeboard::artifacts::posters::set_sheets_for_another();
        return if done.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    noticeboard::cli::run()
}

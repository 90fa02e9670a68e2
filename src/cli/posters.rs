//! `noticeboard posters`: prints sheets into a folder, as a printer needs them.
//!
//! A program that was built without the feature `posters` has the command and says that it cannot print.

#[cfg(feature = "posters")]
mod print;
#[cfg(feature = "posters")]
mod wall;

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use super::SiteArguments;

#[cfg(feature = "posters")]
pub(super) use print::run;

#[derive(Debug, Args)]
#[cfg_attr(not(feature = "posters"), allow(dead_code, reason = "only what prints reads them"))]
pub(super) struct PostersArguments {
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// Only sheets of these records; by default of all.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Only these kinds, e.g. weekly-board,door-sign.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// The size of the paper: a1 to a5.
    #[arg(long, value_name = "SIZE")]
    size: Option<String>,
    /// The long side lies across.
    #[arg(long, conflicts_with = "portrait")]
    landscape: bool,
    /// The long side stands upright.
    #[arg(long)]
    portrait: bool,
    /// From how far away it is read, in metres; no type is smaller than that over 120.
    #[arg(long, value_name = "METRES")]
    distance: Option<String>,
    /// Nothing smaller than 18 pt, text in one column.
    #[arg(long)]
    large_print: bool,
    /// A second language on each sheet.
    #[arg(long, value_name = "LANG")]
    with: Option<String>,
    /// A strip around the paper that is cut off, with marks where, in millimetres.
    #[arg(long, value_name = "MM")]
    bleed: Option<String>,
    /// Two pages beside each other, in the order of a stapled booklet: for printing on both sides, not for reading.
    #[arg(long, conflicts_with = "bleed")]
    booklet: bool,
    /// The folder to write to; by default `prints` in the site's folder.
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,
    /// Prints nothing: notes in printed.txt that these sheets were printed and hang.
    #[arg(long, conflicts_with_all = ["bleed", "booklet", "out"])]
    printed: bool,
    /// Prints nothing: notes that these sheets were taken down.
    #[arg(long, conflicts_with_all = ["printed", "bleed", "booklet", "out"])]
    taken_down: bool,
    /// Prints nothing: lists which sheets that hang no longer hold, and why.
    #[arg(long, conflicts_with_all = ["printed", "taken_down", "bleed", "booklet", "out"])]
    stale: bool,
    /// What --stale says: for people, or one JSON object a line.
    #[arg(long, value_enum, default_value = "human", requires = "stale")]
    format: WallFormat,
}

/// How it is said what hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WallFormat {
    Human,
    Json,
}

/// Says that it cannot print.
#[cfg(not(feature = "posters"))]
pub(super) fn run(_: &PostersArguments, voice: super::Voice) -> std::process::ExitCode {
    let message = match voice.language {
        crate::diagnostics::Language::ZhHans => "这个程序编译时没有带海报功能（posters），不能印。\n",
        crate::diagnostics::Language::En => "this program was built without posters and cannot print\n",
    };
    super::eprint(message);
    std::process::ExitCode::from(2)
}

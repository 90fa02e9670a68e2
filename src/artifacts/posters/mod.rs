//! Printed sheets: a Typst template of the theme and a view of the site become a PDF.
//!
//! [`PosterEngine`] is made once for a build, with the theme's fonts and templates, and renders any number
//! of sheets from it. What it makes is a function of the template, the data, the pictures and the date it is
//! given: the same input is the same file to the byte. Every PDF is tagged and meets PDF/UA-1 and PDF/A-2a, so
//! a screen reader can read a sheet and an archive can keep it.
//!
//! The engine reads no disk and no network, and knows nothing of the site's types: data goes in as JSON.

mod apart;
mod booklet;
mod drawing;
mod engine;
mod problem;
mod qr;
mod seen;
mod vertical;
mod world;

pub use apart::{SETS_SHEETS, set_sheets_for_another};
pub use booklet::Bound;
pub use drawing::Drawing;
pub use engine::{Makes, Pdf, PosterEngine, PosterJob, STACK_SIZE};
pub use problem::{Cause, PosterProblem, PosterSeverity};
pub use qr::{QrTooLong, qr_svg};

//! What is wrong, where, and how to mend it.
//!
//! The ground floor: every other module may use it, it uses none. A [`Problem`] is what is wrong, a
//! [`Diagnostic`] is a problem at a [`Place`] in a file, and [`render`] shows diagnostics to people or
//! programs. What the editor can mend is a diagnostic; what only the machine's owner can mend is a
//! [`Failure`]. Messages are data, one catalogue a language, so that a translator needs no Rust.

mod catalogue;
mod code;
mod edit;
mod failure;
pub mod github;
mod keys;
mod place;
mod problem;
pub mod render;
pub mod sarif;
mod shell_word;

pub use code::{Code, Severity};
pub use edit::{Edit, Patched};
pub use failure::{Action, Failure, Language};
pub use keys::has_chinese_keys;
pub use place::{Place, SourceText, Texts};
pub use problem::{Diagnostic, Problem, closest, put_in_order};
pub use shell_word::shell_word;

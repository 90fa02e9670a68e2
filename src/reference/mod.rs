//! The reference: what each code means, what each key takes, what each command does.
//!
//! Everything here is read from what the program itself runs on or is tested by: the [`cases`] of `tests/mistakes/`, the
//! schemas of the types, the definitions of the arguments. So the manual cannot say something else than the program
//! does. [`codes`] makes a page of each code and the text of `noticeboard explain`.

pub mod cases;
pub mod codes;
mod markdown;

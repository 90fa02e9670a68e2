//! Noticeboard: one record for the web page, the wall, the calendar and the data.
//!
//! The map. Data flows one way, and each step is a module:
//!
//! 1. [`source`] reads the site's files and decodes them;
//! 2. [`content`] turns them into typed records, using [`calendar`] for days, times and recurrence;
//! 3. [`site`] links the records and makes views of them, in each language;
//! 4. [`checks`] looks for what no record shows alone;
//! 5. [`artifacts`] lists the files a site consists of, each a function of a view and the theme;
//! 6. [`publish`] makes those that changed and moves them into place.
//!
//! [`serve`] takes the last step another way: it makes what a browser asks for, again whenever a file changes.
//! [`changes`] compares two linked sites: what a resident will notice, in words.
//! [`reference`] makes the manual of codes, keys and commands from what these are.
//! [`editing`] makes of the types what editors' own tools read: schemas, settings, forms.
//! [`import`] reads what people keep in spreadsheets and other programs' files into records; [`export`] writes a programme
//! as a spreadsheet.
//! [`cli`] is the commands over this, [`diagnostics`] what all of them report with. No step reaches back,
//! and nothing between [`source`] and [`publish`] reads the clock or the content's files.

pub mod artifacts;
pub mod calendar;
pub mod changes;
pub mod checks;
pub mod cli;
pub mod content;
pub mod diagnostics;
pub mod editing;
pub mod export;
pub mod import;
pub mod publish;
pub mod reference;
pub mod serve;
pub mod site;
pub mod source;

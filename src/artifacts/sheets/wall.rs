//! Sheets that hang, compared with those that would be printed today.
//!
//! Nothing is set for this: what a sheet says is its view, and that of a sheet that hangs was kept when it was printed.

use serde_json::Value;

use super::{Printing, version};
use crate::artifacts::Theme;
use crate::content::{PrintedSheet, PrintedSheets, SheetSaid};
use crate::diagnostics::Diagnostic;
use crate::site::views::{self, Sheet};
use crate::site::{Difference, Edition, Site, differences, said};

/// A sheet that hangs, and what has become of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hanging {
    /// The address of the file that was printed.
    pub path: String,
    /// As it was printed.
    pub printed: PrintedSheet,
    /// What would be printed today.
    pub today: Today,
}

/// What would be printed today in place of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Today {
    /// The same.
    Same,
    /// Something else.
    Other {
        /// Its version.
        version: String,
        /// What differs.
        differences: Vec<Difference>,
    },
    /// Nothing: the record is there and has nothing to hang, since it is over or has not begun.
    Nothing,
    /// Nothing: the record is gone, or its language.
    Gone,
}

/// The sheets that are asked for as they would be printed today, by the addresses of their files.
///
/// # Errors
/// What is wrong with the theme.
pub fn as_printed(
    site: &Site,
    theme: &Theme,
    printing: &Printing,
) -> Result<Vec<(String, PrintedSheet)>, Vec<Diagnostic>> {
    let editions = theme.editions(site)?;
    let mut found = Vec::new();
    for edition in &editions {
        for sheet in views::sheets(edition).filter(|sheet| printing.wants(sheet)) {
            for options in printing.options(edition, &sheet) {
                let with = options.with.as_ref().map(ToString::to_string);
                let said = SheetSaid {
                    kind: sheet.kind.word().to_owned(),
                    id: sheet.id.to_owned(),
                    lang: edition.language.to_string(),
                    paper: options.paper.to_string(),
                    large: options.large_print,
                    says: Value::Null,
                    with,
                };
                let Some(file) = sheet.file_of(edition, options) else { continue };
                let (version, says) = of(&editions, edition, &sheet, &said);
                let printed = PrintedSheet { on: site.today, version, sheet: SheetSaid { says, ..said } };
                found.push((file.address.as_str().to_owned(), printed));
            }
        }
    }
    Ok(found)
}

/// What has become of each sheet that hangs.
///
/// # Errors
/// What is wrong with the theme.
pub fn hanging(site: &Site, theme: &Theme, printed: &PrintedSheets) -> Result<Vec<Hanging>, Vec<Diagnostic>> {
    let editions = theme.editions(site)?;
    let sheets: Vec<(&Edition<'_>, Vec<Sheet<'_>>)> =
        editions.iter().map(|edition| (edition, views::sheets(edition).collect())).collect();
    let today = site.today.to_string();
    let become_of = |printed: &PrintedSheet| {
        let hangs = &printed.sheet;
        let edition = sheets.iter().find(|(edition, _)| edition.language.as_str() == hangs.lang);
        let is_it = |sheet: &&Sheet<'_>| sheet.kind.word() == hangs.kind && sheet.id == hangs.id;
        match edition.and_then(|(edition, sheets)| Some((edition, sheets.iter().find(is_it)?))) {
            Some((edition, sheet)) => {
                let (version, says) = of(&editions, edition, sheet, hangs);
                // What was noted by a program that noted less of a sheet holds as long as the sheet is the same.
                let differences =
                    if version == printed.version { Vec::new() } else { differences(&hangs.says, &says, &today) };
                if differences.is_empty() { Today::Same } else { Today::Other { version, differences } }
            }
            None if edition.is_some() && site.content.ids().any(|id| id == hangs.id) => Today::Nothing,
            None => Today::Gone,
        }
    };
    let of_each = printed.0.iter().map(|(path, hangs)| Hanging {
        path: path.clone(),
        printed: hangs.clone(),
        today: become_of(hangs),
    });
    Ok(of_each.collect())
}

/// The version of a sheet and what it says, with its second language if it has one.
fn of<'a>(editions: &[Edition<'a>], edition: &Edition<'a>, sheet: &Sheet<'a>, of: &SheetSaid) -> (String, Value) {
    let second = editions.iter().find(|second| Some(second.language.as_str()) == of.with.as_deref());
    let view = sheet.view(edition, second);
    (version(edition, second, sheet.kind, &view), said(&view))
}

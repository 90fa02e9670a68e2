//! The parts of a workbook of Excel that the reader of spreadsheets does not hand out: the files of its sheets, and of
//! what belongs to them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::spans::{attribute, name, tags};

/// Most bytes of a part that are looked through.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The parts of a package.
pub(super) struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Parts<'b> {
    /// Those of a file, if it is a package.
    pub(super) fn of(bytes: &'b [u8]) -> Option<Self> {
        ZipArchive::new(Cursor::new(bytes)).ok().map(|archive| Self { archive })
    }

    /// The text of a part.
    pub(super) fn text(&mut self, path: &str) -> Option<String> {
        let mut text = String::new();
        self.archive.by_name(path).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// The paths of the sheets, in the order of the workbook.
    pub(super) fn sheets(&mut self) -> Vec<Option<String>> {
        let (Some(book), Some(relations)) = (self.text("xl/workbook.xml"), self.text("xl/_rels/workbook.xml.rels"))
        else {
            return Vec::new();
        };
        let targets: BTreeMap<&str, &str> = tags(&relations)
            .filter(|tag| local(tag) == "Relationship")
            .filter_map(|tag| Some((attribute(tag, " Id")?, attribute(tag, " Target")?)))
            .collect();
        let sheets = tags(&book).filter(|tag| local(tag) == "sheet");
        sheets.map(|tag| Some(resolved("xl", targets.get(attribute(tag, "r:id")?)?))).collect()
    }

    /// The text of what belongs to a part, by the end of its type: `comments`.
    pub(super) fn related(&mut self, path: &str, kind: &str) -> Option<String> {
        let (folder, file) = path.rsplit_once('/')?;
        let relations = self.text(&format!("{folder}/_rels/{file}.rels"))?;
        let is_of_kind = |tag: &&str| {
            local(tag) == "Relationship"
                && attribute(tag, " Type").is_some_and(|of| of.rsplit('/').next().is_some_and(|last| last == kind))
        };
        let target = tags(&relations).find(is_of_kind).and_then(|tag| attribute(tag, " Target"))?;
        self.text(&resolved(folder, target))
    }
}

/// A path as it is written in a part of a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').collect();
    for step in target.split('/') {
        match step {
            ".." => _ = steps.pop(),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The name of a tag without the prefix of its namespace; `/` stays before that of one that ends.
pub(super) fn local(tag: &str) -> &str {
    let name = name(tag);
    let start = usize::from(name.starts_with('/'));
    match name.split_once(':') {
        Some((_, local)) if start == 0 => local,
        _ => name,
    }
}

/// The name of a tag that ends, without its prefix.
pub(super) fn ended(tag: &str) -> Option<&str> {
    name(tag).strip_prefix('/').map(|name| name.rsplit(':').next().unwrap_or(name))
}

/// Tags, each with the text behind it.
pub(super) fn pieces(content: &str) -> impl Iterator<Item = (&str, &str)> {
    content.split('<').skip(1).filter_map(|after| after.split_once('>'))
}

/// A text of XML as people see it.
pub(super) fn plain(text: &str) -> String {
    let mut made = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        made.push_str(before);
        let Some((entity, behind)) = after.split_once(';').filter(|(entity, _)| entity.len() <= 8) else {
            made.push('&');
            rest = after;
            continue;
        };
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let meant = match entity {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            other => match other.strip_prefix('#') {
                Some(code) => code.strip_prefix(['x', 'X']).map_or_else(|| number(code, 10), |code| number(code, 16)),
                None => None,
            },
        };
        made.extend(meant);
        rest = behind;
    }
    made.push_str(rest);
    made
}

/// A cell by its name: `B4`.
pub(super) fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?) + 1;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_paths_and_texts_are_read_as_packages_have_them() {
        assert_eq!([place("A1"), place("AA10"), place("B"), place("1")], [Some((0, 0)), Some((9, 26)), None, None]);
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(plain("a &amp;&lt;b&#10;&#x4e00; & c"), "a &<b\n一 & c");
        assert_eq!((local("x:row r=\"1\""), ended("/x:row"), ended("row")), ("row", Some("row"), None));
    }
}

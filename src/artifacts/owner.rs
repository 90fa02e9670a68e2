//! Which record a file for programs, or the page of an activity, belongs to, from its path alone: also of a record that is
//! no longer there.

/// The folders of files for programs below which each record has its own, by its kind and id.
const FAMILIES: [&str; 5] = ["api/v1/", "calendars/", "feeds/", "places/", "timetables/"];
/// The kinds that have such files.
const KINDS: [&str; 9] =
    ["centres", "programmes", "events", "policies", "notices", "teams", "duty", "outreach", "feedback"];
/// What stands in the place of the kind, where it is not its folder.
const OTHERS: [(&str, &str); 3] = [("hours", "centres"), ("activities", "programmes"), (DISPLAY, "centres")];
/// Where the pages for screens in the lobby stand.
const DISPLAY: &str = "display";

/// A path of a file that belongs to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Owner<'p> {
    /// The folder of the language, `en/`, or nothing.
    pub(crate) language: &'p str,
    /// What stands before the id.
    pub(crate) before: &'p str,
    /// The folder of the record's kind below `content/`.
    pub(crate) folder: &'static str,
    /// The record's id.
    pub(crate) id: &'p str,
    /// What stands behind the id.
    pub(crate) after: &'p str,
}

/// The owner of a file or an address, relative to the site's root, in any language.
pub(crate) fn owner(path: &str) -> Option<Owner<'_>> {
    let in_language = || path.split_once('/').and_then(|(_, below)| of(path, below));
    of(path, path).or_else(in_language)
}

/// The owner of a file, of whose path `below` is what stands below the folder of a language.
fn of<'p>(path: &'p str, below: &'p str) -> Option<Owner<'p>> {
    let family = FAMILIES.iter().find_map(|family| below.strip_prefix(family));
    let (word, rest) = family.unwrap_or(below).split_once('/')?;
    let folder = KINDS.into_iter().find(|kind| *kind == word);
    let folder = folder.or_else(|| OTHERS.into_iter().find(|(other, _)| *other == word).map(|(_, kind)| kind))?;
    let end = rest.find(['/', '.'])?;
    let (id, after) = rest.split_at_checked(end)?;
    // Without a family it is beside or below the record's page.
    let is_part = after == "/hours.json" || (folder == "programmes" && word == folder);
    let is_file = (after.len() > 1 && (family.is_some() || is_part)) || (family.is_none() && word == DISPLAY);
    let before = path.get(..path.len() - rest.len())?;
    let language = path.strip_suffix(below)?;
    (is_file && !id.is_empty()).then_some(Owner { language, before, folder, id, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_the_record_that_its_path_names() {
        for (path, folder, before, id, after) in [
            ("calendars/centres/a.ics", "centres", "calendars/centres/", "a", ".ics"),
            ("en/calendars/hours/a.ics", "centres", "en/calendars/hours/", "a", ".ics"),
            ("calendars/activities/w/k.ics", "programmes", "calendars/activities/", "w", "/k.ics"),
            ("feeds/centres/甘家巷.xml", "centres", "feeds/centres/", "甘家巷", ".xml"),
            ("en/programmes/w/k/", "programmes", "en/programmes/", "w", "/k/"),
            ("en/display/a/", "centres", "en/display/", "a", "/"),
            ("centres/a/hours.json", "centres", "centres/", "a", "/hours.json"),
        ] {
            let language = if path.starts_with("en/") { "en/" } else { "" };
            assert_eq!(owner(path), Some(Owner { language, before, folder, id, after }), "{path}");
        }
        for path in ["centres/a/", "centres/a/index.html", "calendars/areas/a.ics", "feeds/all.xml", "next-change.json"]
        {
            assert_eq!(owner(path), None, "{path}");
        }
    }
}

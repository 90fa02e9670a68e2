//! Names that other programs keep: for parts of records, for activities, and unique identifiers.
//!
//! An activity is known by its programme's id and its key ([`activity_keys`]), everywhere the same: in its calendar's
//! address, in the API, in HSDS and in pages. A part without an id, such as a service, is known by its title in the
//! first language, so that it stays the same when others are added before it, when its time changes and when it is
//! translated. A unique identifier has the form of RFC 9562 and is made from a name, so that it is the same in every
//! build and on every machine.

use crate::calendar::{Date, TimeOfDay, at};
use crate::content::{Programme, Record, Text};
use crate::site::{Address, Edition, Site, activity_keys};

/// The names of a record's parts, in their order: `jiefang/水电维修`, and `jiefang/水电维修#2` for a second one of the
/// title.
pub(super) fn parts<'t>(site: &Site, id: &str, titles: impl Iterator<Item = &'t Text>) -> Vec<String> {
    let first = site.first_language();
    let titles: Vec<&str> = titles.map(|title| title.best(first, first).0).collect();
    let named = titles.iter().enumerate().map(|(number, title)| {
        let before = titles.iter().take(number).filter(|other| *other == title).count();
        let mark = if before == 0 { String::new() } else { format!("#{}", before + 1) };
        format!("{id}/{title}{mark}")
    });
    named.collect()
}

/// The names of a programme's activities: `winter/legal-advice`.
pub(super) fn activities(site: &Site, record: &Record<Programme>) -> Vec<String> {
    let keys = activity_keys(record, site.first_language()).into_iter();
    keys.map(|key| format!("{}/{key}", record.id)).collect()
}

/// The identifier of a name below the address that ids are made from: a UUID of version 8 (RFC 9562 §5.8), the first 128
/// bits of the name's BLAKE3 hash with version and variant set.
pub(super) fn uuid(site: &Site, kind: &str, name: &str) -> String {
    uuid_of_bytes(site, kind, name.as_bytes())
}

/// As [`uuid`], of a name that is no text.
pub(super) fn uuid_of_bytes(site: &Site, kind: &str, name: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let base = site.identifiers().trimmed();
    let mut hasher = blake3::Hasher::new();
    // A line break is in neither an address nor a kind, so that two names never run into one.
    for part in [base.as_bytes(), b"\n", kind.as_bytes(), b"\n", name] {
        hasher.update(part);
    }
    let hash = hasher.finalize();
    let mut text = String::with_capacity(36);
    for (number, byte) in hash.as_bytes().iter().take(16).enumerate() {
        let byte = match number {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if matches!(number, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 0xf] {
            text.extend(DIGITS.get(usize::from(digit)).map(|digit| char::from(*digit)));
        }
    }
    text
}

/// The address by which a page is known, with its scheme and host: the folder, whatever pages link to.
pub(super) fn absolute(edition: &Edition<'_>, address: &Address) -> String {
    edition.canonical(address)
}

/// An encoded path below the site's root, with scheme and host.
pub(super) fn below(site: &Site, path: &str) -> String {
    format!("{}/{path}", site.content.site.value.base_url.as_str().trim_end_matches('/'))
}

/// How far the site's zone is ahead of UTC at a time of a day: `+08:00`.
pub(super) fn offset(site: &Site, date: Date, time: TimeOfDay) -> String {
    let instant = site.instant(at(date, time));
    instant.get(19..).filter(|offset| !offset.is_empty()).unwrap_or("+00:00").to_owned()
}

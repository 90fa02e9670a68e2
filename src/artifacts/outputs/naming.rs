//! Names that other programs keep: for parts of records, for activities, and unique identifiers.
//!
//! An activity is known by its programme's id and its key ([`activity_keys`]), everywhere the same: in its calendar's
//! address, in the API, in HSDS and in pages. A part without an id, such as a service, is known by its title in the
//! first language, so that it stays the same when others are added before it, when its time changes and when it is
//! translated. A unique identifier has the form of RFC 9562 and is made from a name, so that it is the same in every
//! build and on every machine.

use crate::artifacts::fingerprint::hexadecimal;
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
    let base = site.identifiers().trimmed();
    // A line break is in neither an address nor a kind, so that two names never run into one.
    let named = [base.as_bytes(), b"\n", kind.as_bytes(), b"\n", name].concat();
    let hash = blake3::hash(&named);
    let number = hash.as_bytes().first_chunk().map_or(0, |first| u128::from_be_bytes(*first));
    let number = number & !(0b1111 << 76) | (8 << 76);
    let number = number & !(0b11 << 62) | (0b10 << 62);
    let digits = hexadecimal(number);
    let mut text = String::with_capacity(36);
    for part in [0..8, 8..12, 12..16, 16..20, 20..32] {
        if part.start > 0 {
            text.push('-');
        }
        text.push_str(digits.get(part).unwrap_or_default());
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

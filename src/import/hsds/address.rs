//! The addresses of a location → one, as the language of the site writes it.
//!
//! Chinese goes from large to small without anything between, other languages from small to large with commas. What one
//! part has already is not said again, and neither is what goes without saying on the site: what its areas are called,
//! their postal codes and its country. An addressee may be a person and is never taken; Chinese addresses have no
//! postal code, and none has a country.

use std::collections::BTreeSet;

use super::nested::{Object, parts};
use super::service::line;
use super::text;

/// What an address is of, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Of the place itself.
    Physical,
    /// It does not say.
    Unsaid,
    /// For letters.
    Postal,
}

/// An address.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) kind: Kind,
    pub(super) said: String,
    /// Whether parts of it have no place in it.
    pub(super) is_cut: bool,
}

/// The address to which people go: a physical one if there is any. `known` goes without saying.
pub(super) fn of(location: &Object, is_chinese: bool, known: &BTreeSet<String>) -> Option<Address> {
    let of = |address: &Object| {
        let kind = match text(address.get("address_type")).unwrap_or_default().to_lowercase().as_str() {
            "physical" => Kind::Physical,
            "postal" => Kind::Postal,
            "virtual" => return None,
            _ => Kind::Unsaid,
        };
        let (said, is_cut) = joined(address, is_chinese, known)?;
        Some(Address { kind, said, is_cut })
    };
    parts(location, "addresses").filter_map(of).min_by_key(|address| address.kind)
}

/// The parts of an address as one, and whether any was left out; nothing if it says no more than the town.
fn joined(address: &Object, is_chinese: bool, known: &BTreeSet<String>) -> Option<(String, bool)> {
    let part = |field: &str| text(address.get(field)).map(|part| line(&part));
    let (first, second) = (part("address_1"), part("address_2"));
    first.as_ref().or(second.as_ref())?;
    let wider = |field: &str| part(field).filter(|part| !known.contains(part));
    let [city, region, province] = ["city", "region", "state_province"].map(wider);
    let code = wider("postal_code");
    let is_cut = part("attention").is_some() || wider("country").is_some() || is_chinese && code.is_some();
    let is_said = |said: &[String], part: &str| said.iter().any(|known| holds(known, part, is_chinese));
    let mut own: Vec<String> = first.into_iter().collect();
    own.extend(second.filter(|second| !is_said(&own, second)));
    // From small to large. A region is a part of the city, such as a district, or else the city is a part of it.
    let wide = match is_chinese && !is_wide(region.as_deref()) {
        true => [region, city, province],
        false => [city, region, province],
    };
    let mut taken: Vec<String> = Vec::new();
    for part in wide.into_iter().chain([code.filter(|_| !is_chinese)]).flatten() {
        if !is_said(&own, &part) && !is_said(&taken, &part) {
            taken.push(part);
        }
    }
    let said = match is_chinese {
        true => taken.iter().rev().chain(&own).map(String::as_str).collect(),
        false => own.into_iter().chain(taken).collect::<Vec<_>>().join(", "),
    };
    Some((said, is_cut))
}

/// Whether a region is one that has cities in it.
fn is_wide(region: Option<&str>) -> bool {
    region.is_some_and(|region| ["省", "自治区", "地区", "州", "盟"].iter().any(|end| region.ends_with(end)))
}

/// Whether a part of an address is said already: in Chinese also without 省 or 市, but not as the name of a street.
fn holds(known: &str, part: &str, is_chinese: bool) -> bool {
    if !is_chinese {
        let words = |text: &str| {
            let plain = text.to_lowercase();
            let words: Vec<&str> =
                plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            format!(" {} ", words.join(" "))
        };
        return words(known).contains(&words(part));
    }
    let bare = part.trim_end_matches(['省', '市', '区', '县']);
    let after = known.split_once(bare).map(|(_, after)| after).filter(|_| bare.chars().count() > 1);
    let is_street = |after: &str| after.starts_with(['路', '街', '巷', '道', '大', '东', '西', '南', '北', '中']);
    known.contains(part) || after.is_some_and(|after| !is_street(after))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_its_language_writes_it_and_says_nothing_twice() {
        let known = BTreeSet::from(["CN", "甘肃省", "Gansu"].map(str::to_owned));
        let read = |address: &str| serde_json::from_str(address).unwrap();
        for (is_chinese, address, expected, is_cut) in [
            (
                false,
                r#"{"address_1":"1 High St","address_2":"Floor 2","city":"Leeds","state_province":"West Yorkshire","postal_code":"LS1 1AA","country":"GB"}"#,
                "1 High St, Floor 2, Leeds, West Yorkshire, LS1 1AA",
                true,
            ),
            (
                false,
                r#"{"address_1":"1 High St, Leeds LS1 1AA","city":"Leeds","postal_code":"ls1 1aa","country":"CN"}"#,
                "1 High St, Leeds LS1 1AA",
                false,
            ),
            (
                false,
                r#"{"address_1":"1 York St","city":"New York","state_province":"New York","attention":"Jo"}"#,
                "1 York St, New York",
                true,
            ),
            (
                false,
                r#"{"address_1":"1 Leedsham St","city":"Leeds","state_province":"Gansu"}"#,
                "1 Leedsham St, Leeds",
                false,
            ),
            (false, r#"{"address_2":"Floor 2","city":"Leeds"}"#, "Floor 2, Leeds", false),
            (
                true,
                r#"{"address_1":"敦煌路8号","address_2":"二楼","city":"兰州市","region":"七里河区","state_province":"甘肃省","country":"CN"}"#,
                "兰州市七里河区敦煌路8号二楼",
                false,
            ),
            (
                true,
                r#"{"address_1":"兰州市敦煌路8号","city":"兰州市","postal_code":"730050"}"#,
                "兰州市敦煌路8号",
                true,
            ),
            (true, r#"{"address_1":"兰州敦煌路8号","city":"兰州市"}"#, "兰州敦煌路8号", false),
            (true, r#"{"address_1":"兰州路8号","city":"上海市","state_province":"上海市"}"#, "上海市兰州路8号", false),
            (true, r#"{"address_1":"上海路8号","city":"上海市"}"#, "上海市上海路8号", false),
            (
                true,
                r#"{"address_1":"中山路1号","city":"临夏市","region":"临夏回族自治州"}"#,
                "临夏回族自治州临夏市中山路1号",
                false,
            ),
        ] {
            assert_eq!(joined(&read(address), is_chinese, &known).unwrap(), (expected.to_owned(), is_cut), "{address}");
        }
        assert!(joined(&read(r#"{"city":"Leeds"}"#), false, &known).is_none());
    }
}

//! What services and entitlements of the site say, so that it is seen where a directory says something else.
//!
//! Texts are compared by their letters and digits alone, in whatever language they are: spaces, stops and the marks of
//! Markdown say nothing.

use std::collections::BTreeSet;

use super::known::strings;
use crate::calendar::DateTime;
use crate::content::{Area, Content, LanguageTag, Policy, Record, Service, Text, Validity};

/// The longest line that may be no more than a period, in characters.
const LONGEST_PERIOD: usize = 60;

/// One of what a centre offers.
#[derive(Debug, Clone)]
pub struct KnownOffer {
    /// What it is called, in the first language and then in all of them.
    pub names: Vec<String>,
    /// What it says.
    pub texts: KnownTexts,
}

/// What a service or an entitlement says.
#[derive(Debug, Clone)]
pub struct KnownTexts {
    /// The letters of all its texts.
    letters: String,
    /// The numbers of the dates between which it holds.
    dates: Vec<String>,
    /// How it stands.
    pub(super) stands: Validity,
}

impl KnownOffer {
    /// Of a service of a centre.
    pub(super) fn of(service: &Service, first: &LanguageTag) -> Self {
        let texts = [&service.description, &service.provider, &service.cost].into_iter().flatten().flat_map(strings);
        let name = service.name.best(first, first).0.to_owned();
        let letters: Vec<String> = texts.map(|text| letters(&text)).collect();
        Self {
            names: std::iter::once(name).chain(strings(&service.name)).collect(),
            texts: KnownTexts { letters: letters.join("\n"), dates: Vec::new(), stands: Validity::Current },
        }
    }
}

impl KnownTexts {
    /// Of a policy, as it stands at a time.
    pub(super) fn of_policy(record: &Record<Policy>, first: &LanguageTag, now: DateTime) -> Self {
        let policy = &record.value;
        let best = |text: &Text| text.best(first, first).0.to_owned();
        let amounts = policy
            .amounts
            .iter()
            .map(|amount| [&amount.per, &amount.value].into_iter().chain(&amount.note).map(best).collect::<String>());
        let bodies = record.bodies.iter().map(|body| body.markdown().to_owned());
        let texts: Vec<String> =
            strings(&policy.summary).chain(amounts).chain(bodies).map(|text| letters(&text)).collect();
        let ends = [policy.from, policy.until].into_iter().flatten();
        Self {
            letters: texts.join("\n"),
            dates: ends.flat_map(|end| numbers(&String::from(end))).collect(),
            stands: policy.validity(now),
        }
    }

    /// Whether it says what a line of a directory does.
    pub(super) fn say(&self, line: &str) -> bool {
        self.letters.contains(&letters(line)) || self.is_period(line)
    }

    /// Whether a line is no more than the dates between which it holds.
    fn is_period(&self, line: &str) -> bool {
        let numbers = numbers(line);
        let is_known = |number: &String| self.dates.contains(number);
        !numbers.is_empty() && numbers.iter().all(is_known) && line.chars().count() <= LONGEST_PERIOD
    }
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The numbers in a text, without the zeros before them.
fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    parts.map(|digits| digits.trim_start_matches('0').to_owned()).collect()
}

/// What goes without saying in the addresses of a site.
pub(super) fn postal(content: &Content) -> BTreeSet<String> {
    let region = content.site.value.region.as_str();
    let country = region.split('-').next().unwrap_or(region);
    let mut said = BTreeSet::from([country.to_owned()]);
    for area in content.areas.value.areas.iter().flat_map(Area::with_inner) {
        let postal = area.postal.iter();
        let names = postal.clone().flat_map(|postal| [&postal.province, &postal.city]).flatten().chain([&area.name]);
        said.extend(names.flat_map(strings));
        said.extend(postal.filter_map(|postal| postal.code.as_ref()).map(|code| code.as_str().to_owned()));
    }
    said
}

//! JSON that lists days → a list of days: each with its `date` and `name`.

use serde_json::Value as Json;

use super::super::draft::Draft;
use super::super::findings::Findings;
use super::{List, drafts, name_of};
use crate::calendar::{DateSpan, Day};
use crate::diagnostics::{Code, Problem};

/// The calendars of a JSON text; nothing if it lists no days.
pub(in crate::import) fn of_json(text: &str, file: &str, region: &str, findings: &mut Findings) -> Option<Vec<Draft>> {
    let json: Json = serde_json::from_str(text).ok()?;
    let named = |key: &str| json.get(key);
    let items: Vec<&Json> = match &json {
        Json::Array(items) => items.iter().collect(),
        _ => match ["days", "holidays", "events", "holiday"].iter().find_map(|key| named(key))? {
            Json::Array(items) => items.iter().collect(),
            Json::Object(by_day) => by_day.values().collect(),
            _ => return None,
        },
    };
    let is_day = |item: &&&Json| date_in(item).is_some() && name_in(item).is_some();
    if items.is_empty() || items.iter().filter(is_day).count() * 2 <= items.len() {
        return None;
    }
    let paper = named("papers").and_then(|papers| papers.get(0)).and_then(Json::as_str);
    let mut list = List { url: paper.filter(|url| url.starts_with("https://")).map(str::to_owned), ..List::default() };
    for item in items {
        let (name, date) = (name_in(item).unwrap_or_default(), date_in(item).unwrap_or_default());
        let truth = |keys: &[&str]| keys.iter().find_map(|key| item.get(key).and_then(Json::as_bool));
        let is_off = truth(&["isOffDay", "is_off_day", "holiday", "off"]);
        let types = item.get("types").and_then(Json::as_array);
        let is_public = types.is_none_or(|types| types.iter().any(|of| of.as_str() == Some("Public")));
        let is_everywhere = truth(&["global"]).unwrap_or(true);
        let mut leave = |why: &'static str| {
            let text = format!("{date} {name}");
            let text = if text.trim().is_empty() { item.to_string() } else { text };
            findings.on_file(Problem::new(Code::HolidayLeft).with("text", &text).with_word("why", why));
        };
        match Day::read(&date) {
            Err(_) => leave("holiday-date"),
            Ok(_) if name.is_empty() => leave("holiday-nameless"),
            Ok(_) if !is_public => leave("holiday-observance"),
            Ok(_) if !is_everywhere => leave("holiday-elsewhere"),
            Ok(day) => {
                if let Some(days) = DateSpan::new(day.0, day.0) {
                    list.add(name_of(name), days, is_off == Some(false));
                }
            }
        }
    }
    Some(drafts(list, file, region, findings))
}

/// The date of an item: a text, with a time of midnight or without, or a number of eight digits.
fn date_in(item: &Json) -> Option<String> {
    match item.get("date")? {
        Json::String(text) => Some(text.split_once("T00:00").map_or(text.as_str(), |(date, _)| date).to_owned()),
        Json::Number(number) => {
            let digits = number.to_string();
            Some(format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?))
        }
        _ => None,
    }
}

fn name_in(item: &Json) -> Option<&str> {
    fn text(value: &Json) -> Option<&str> {
        match value {
            Json::String(text) => Some(text.as_str()),
            Json::Object(texts) => {
                let known = ["zh-Hans", "zh-CN", "zh", "en"].iter().find_map(|key| texts.get(*key)?.as_str());
                known.or_else(|| texts.values().find_map(Json::as_str))
            }
            _ => None,
        }
    }
    let name = ["localName", "name", "title", "summary"].iter().find_map(|key| text(item.get(key)?));
    name.filter(|name| !name.trim().is_empty())
}

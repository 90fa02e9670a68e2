//! Two languages on one sheet: the view in one, with the other's words beside.
//!
//! Both views are of one record, so they have one shape. Where both have a text and the two differ, the second stands
//! beside the first as `second: {text, lang}`; words of the interface (weekdays, rules) are joined with a space. Records in
//! a list find each other by their `id`, since a language may lack some of them. Where the shapes differ otherwise, because
//! a language lacks something, the first stands alone.

use serde_json::{Value, json};

/// Keys whose strings are for machines.
const NOT_WORDS: [&str; 10] = ["id", "lang", "url", "hreflang", "href", "iso", "date", "kind", "number", BODY];

/// The key of a record's text.
const BODY: &str = "body";

/// Adds the words of `second`, which are in `language`, to a view.
pub(super) fn add(view: &mut Value, second: &Value, language: &str) {
    match (view, second) {
        (Value::Object(first), Value::Object(second)) if is_text(first) && is_text(second) => {
            let own = second.get("lang").and_then(Value::as_str).is_none_or(|lang| lang == language);
            if own && first.get("text") != second.get("text") {
                let text = second.get("text").cloned().unwrap_or_default();
                first.insert("second".to_owned(), json!({"text": text, "lang": language}));
            }
        }
        (Value::Object(first), Value::Object(second)) => {
            // A text of many lines is followed as a whole; line beside line would be read by nobody.
            if let (Some(_), Some(body)) = (first.get(BODY), second.get(BODY)) {
                first.insert(format!("{BODY}_second"), in_own_words(body, language));
            }
            for (key, value) in first.iter_mut().filter(|(key, _)| !NOT_WORDS.contains(&key.as_str())) {
                if let Some(second) = second.get(key) {
                    add(value, second, language);
                }
            }
        }
        (Value::Array(first), Value::Array(second)) if first.iter().chain(second).all(|item| id(item).is_some()) => {
            for item in first {
                let own = id(item).and_then(|id| id.as_str()).map(str::to_owned);
                let other = second.iter().find(|other| id(other).and_then(Value::as_str) == own.as_deref());
                other.into_iter().for_each(|other| add(item, other, language));
            }
        }
        (Value::Array(first), Value::Array(second)) if first.len() == second.len() => {
            first.iter_mut().zip(second).for_each(|(first, second)| add(first, second, language));
        }
        (Value::String(first), Value::String(second)) if words(first).ne(words(second)) => {
            first.push(' ');
            first.push_str(second);
        }
        _ => {}
    }
}

/// What tells a record in a list from the others.
fn id(item: &Value) -> Option<&Value> {
    item.get("id")
}

/// The blocks of a text with their language; none if they are in another one.
fn in_own_words(body: &Value, language: &str) -> Value {
    let mut blocks = body.as_array().cloned().unwrap_or_default();
    if blocks.iter().any(|block| block.get("lang").is_some_and(Value::is_string)) {
        blocks.clear();
    }
    blocks.iter_mut().filter_map(Value::as_object_mut).for_each(|block| {
        block.insert("lang".to_owned(), json!(language));
    });
    Value::Array(blocks)
}

/// What two languages may write alike but for its punctuation: 08:30–12:00，14:30–18:00.
fn words(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// Whether it is a text with its language, as views have them.
fn is_text(value: &serde_json::Map<String, Value>) -> bool {
    value.len() == 2 && value.contains_key("text") && value.contains_key("lang")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_beside_words_and_what_is_for_machines_stays() {
        let mut view = json!({"title": {"text": "剪纸", "lang": null}, "url": "a/", "day": "周一", "time": "09:00"});
        let second =
            json!({"title": {"text": "Paper cuts", "lang": null}, "url": "en/a/", "day": "Mon", "time": "09:00"});
        add(&mut view, &second, "en");
        let title = json!({"text": "剪纸", "lang": null, "second": {"text": "Paper cuts", "lang": "en"}});
        assert_eq!(view, json!({"title": title, "url": "a/", "day": "周一 Mon", "time": "09:00"}));
    }

    #[test]
    fn times_that_differ_in_their_commas_only_stand_once() {
        let mut view = json!({"times": "08:30–12:00，14:30–18:00"});
        let before = view.clone();
        add(&mut view, &json!({"times": "08:30–12:00, 14:30–18:00"}), "en");
        assert_eq!(view, before);
    }

    #[test]
    fn records_find_each_other_by_their_id() {
        let text = |text: &str| json!({"text": text, "lang": null});
        let mut view = json!([{"id": "a", "name": text("甲")}, {"id": "b", "name": text("乙")}]);
        add(&mut view, &json!([{"id": "b", "name": text("B")}]), "en");
        let both = json!({"text": "乙", "lang": null, "second": {"text": "B", "lang": "en"}});
        assert_eq!(view, json!([{"id": "a", "name": text("甲")}, {"id": "b", "name": both}]));
    }

    #[test]
    fn what_the_second_language_lacks_stands_alone() {
        let mut view = json!({"rooms": [{"text": "一", "lang": null}], "title": {"text": "剪纸", "lang": null}});
        let before = view.clone();
        add(&mut view, &json!({"rooms": [], "title": {"text": "剪纸", "lang": "zh-Hans"}}), "en");
        assert_eq!(view, before);
    }
}

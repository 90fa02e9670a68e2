//! A second language whose lines run downwards, on a sheet whose own run across: traditional Mongolian beside Chinese.
//!
//! Its words cannot follow the others within a line or in the cell of a table. So they stand in blocks of their own at the
//! left edge of the sheet, as on the signs of Inner Mongolia: the view has them under `beside`, in the shape that they have
//! on a sheet of their own, as far as templates have a block for them. Records that have no words in that language have
//! none there.

use serde_json::{Map, Value, json};

use crate::content::SheetKind;
use crate::site::Edition;

/// What of a view templates set in blocks of their own.
const BLOCKS: [&str; 18] = [
    "title", "kicker", "issuer", "valid", "until", "summary", "when", "time", "centre", "centres", "place", "seasons",
    "rules", "note", "holidays", "body", "contact", "phones",
];
/// The hours of a door sign, which are few. Rows of other kinds are tables.
const ROWS: &str = "rows";

/// Whether a second language stands beside the first and not in its lines.
pub(crate) fn stands_beside(first: &Edition<'_>, second: &Edition<'_>) -> bool {
    second.language.is_vertical() && !first.language.is_vertical()
}

/// Adds to a view what stands beside it.
pub(super) fn add(view: &mut Value, second: Value, language: &str, kind: SheetKind) {
    let Value::Object(second) = own(second, language) else { return };
    let stands = |key: &str| BLOCKS.contains(&key) || key == ROWS && kind == SheetKind::DoorSign;
    let mut beside: Map<String, Value> = second.into_iter().filter(|(key, _)| stands(key)).collect();
    beside.insert("lang".to_owned(), json!(language));
    if let Some(view) = view.as_object_mut() {
        view.insert("beside".to_owned(), Value::Object(beside));
    }
}

/// A view without the texts that fell back to another language, which stand on the sheet in that.
pub(super) fn own(mut view: Value, language: &str) -> Value {
    prune(&mut view, language);
    view
}

fn prune(value: &mut Value, language: &str) {
    match value {
        Value::Object(entries) => entries.values_mut().for_each(|value| prune(value, language)),
        Value::Array(items) => {
            items.iter_mut().for_each(|item| prune(item, language));
            items.retain(|item| !item.is_null());
        }
        _ => {}
    }
    if value.get("lang").and_then(Value::as_str).is_some_and(|own| own != language) {
        *value = Value::Null;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fell_back_to_another_language_does_not_stand_beside_it() {
        let own_text = json!({"text": "ᠮᠣᠩᠭᠣᠯ", "lang": null});
        let other = json!({"text": "中文", "lang": "zh-Hans"});
        let view = json!({"title": own_text, "summary": other, "rules": [other, own_text], "cells": [own_text],
                          "body": [{"kind": "item", "lang": "zh-Hans"}], "rows": []});
        let mut sheet = json!({});
        add(&mut sheet, view, "mn-Mong", SheetKind::WeeklyBoard);
        let beside = json!({"title": own_text, "summary": null, "rules": [own_text], "body": [], "lang": "mn-Mong"});
        assert_eq!(sheet, json!({"beside": beside}));
    }
}

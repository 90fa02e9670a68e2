//! What editors are told while they write: descriptions in both languages, schemas, and what `schema` writes.

use std::collections::BTreeSet;

use noticeboard::content::descriptions;

#[test]
fn every_type_key_and_value_is_described_in_chinese_and_in_english() {
    let mut lacking = Vec::new();
    for (name, of) in descriptions::all() {
        let itself = std::iter::once(("_", &of.itself));
        for (part, described) in itself.chain(of.parts.iter().map(|(part, described)| (part.as_str(), described))) {
            for (language, text) in [("zh-Hans", &described.text.zh_hans), ("en", &described.text.en)] {
                if text.trim().is_empty() || text.contains('\n') || text.contains("  ") {
                    lacking.push(format!("{name} {part} {language}: {text:?}"));
                }
            }
            if described.title.zh_hans.is_empty() || described.title.en.is_empty() {
                lacking.push(format!("{name} {part} has no title"));
            }
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
    assert!(descriptions::all().len() > 70);
}

#[test]
fn nothing_is_described_that_the_types_do_not_have() {
    let mut left_over = Vec::new();
    for (name, parts) in descriptions::chinese() {
        let known: BTreeSet<&str> = match descriptions::all().get(name) {
            Some(of) => of.parts.iter().map(|(part, _)| part.as_str()).chain(["_"]).collect(),
            None => BTreeSet::new(),
        };
        left_over
            .extend(parts.keys().filter(|part| !known.contains(part.as_str())).map(|part| format!("{name} {part}")));
    }
    assert!(left_over.is_empty(), "{}", left_over.join("\n"));
}

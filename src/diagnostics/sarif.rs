//! Diagnostics as SARIF 2.1.0 (OASIS), which code hosts show beside the lines and editors can mend from.
//!
//! Each code is a rule: what it says, what it means, how it is mended, and the call that shows examples. The rules stand in
//! the language of the run, the other one beside them as a translation (§3.14.9); help has both, since few viewers read
//! translations. No address is named: the manual is made by whoever uses the program, and may stand nowhere.
//! A diagnostic is a result with its region, the other places that belong to it, and its edits as one fix. Lines and
//! columns count from 1, columns in characters.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::render::Cursor;
use super::{Code, Diagnostic, Language, Place, Severity, Texts, catalogue};

/// Where the format is described.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What a code means, in whole sentences.
pub type Meaning = fn(Code, Language) -> &'static str;

/// One run with all diagnostics.
pub fn render(diagnostics: &[Diagnostic], texts: &Texts, language: Language, meaning: Meaning) -> String {
    let mut codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let index: BTreeMap<Code, usize> = codes.iter().enumerate().map(|(index, code)| (*code, index)).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code, language, meaning)).collect();
    let translated: Vec<Value> = codes.iter().map(|code| translated(*code, language.other(), meaning)).collect();
    let mut places = Places { texts, starts: Cursor::default(), ends: Cursor::default() };
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| {
            let index = index.get(&diagnostic.problem.code).copied().unwrap_or_default();
            places.result(diagnostic, index, language)
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "noticeboard",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": tag(language),
                "rules": rules,
            }},
            "translations": [{
                "name": "noticeboard",
                "language": tag(language.other()),
                "contents": ["localizedData"],
                "associatedComponent": {"name": "noticeboard"},
                "rules": translated,
            }],
            "columnKind": "unicodeCodePoints",
            "language": tag(language),
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn tag(language: Language) -> &'static str {
    match language {
        Language::ZhHans => "zh-CN",
        Language::En => "en",
    }
}

fn level(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A code with what it says and means; help in both languages, the one that was asked for first.
fn rule(code: Code, language: Language, meaning: Meaning) -> Value {
    let both = |form: fn(Code, Language, Meaning) -> String| {
        format!("{}\n\n{}", form(code, language, meaning), form(code, language.other(), meaning))
    };
    json!({
        "id": code.id(),
        "name": code.name(),
        "shortDescription": {"text": code.rule(language)},
        "fullDescription": {"text": meaning(code, language)},
        "help": {"text": both(help), "markdown": both(help_as_markdown)},
        "defaultConfiguration": {"level": level(code)},
    })
}

/// A code with its words in the language that was not asked for.
fn translated(code: Code, language: Language, meaning: Meaning) -> Value {
    json!({
        "id": code.id(),
        "name": code.name(),
        "shortDescription": {"text": code.rule(language)},
        "fullDescription": {"text": meaning(code, language)},
        "help": {"text": help(code, language, meaning), "markdown": help_as_markdown(code, language, meaning)},
    })
}

/// What a code says and means, how it is mended, and where there is more.
fn help(code: Code, language: Language, meaning: Meaning) -> String {
    let (said, mends) = catalogue::rule(code, language);
    let mends: String = mends.iter().map(|line| format!("- {line}\n")).collect();
    format!("{said}\n\n{}\n\n{mends}\n{}", meaning(code, language), code.call_that_explains(language))
}

fn help_as_markdown(code: Code, language: Language, meaning: Meaning) -> String {
    let (said, mends) = catalogue::rule(code, language);
    let mends: String = mends.iter().map(|line| format!("- {}\n", escaped(line))).collect();
    let (said, meaning) = (escaped(&said), escaped(meaning(code, language)));
    format!("**{said}**\n\n{meaning}\n\n{mends}\n{}", code.call_that_explains(language))
}

/// The text as it is, in Markdown; what stands in backquotes already is code.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (part, text) in text.split('`').enumerate() {
        if part > 0 {
            shown.push('`');
        }
        for c in text.chars() {
            if part % 2 == 0 && matches!(c, '*' | '_' | '<' | '[' | ']' | '#' | '|' | '\\') {
                shown.push('\\');
            }
            shown.push(c);
        }
    }
    shown
}

struct Places<'a> {
    texts: &'a Texts,
    starts: Cursor,
    ends: Cursor,
}

impl Places<'_> {
    fn result(&mut self, diagnostic: &Diagnostic, rule: usize, language: Language) -> Value {
        let problem = &diagnostic.problem;
        let mut message = diagnostic.message(language, self.texts);
        let help = diagnostic.help(language, self.texts);
        if !help.is_empty() {
            message = format!("{message}\n{}", help.join("\n"));
        }
        let mut result = json!({
            "ruleId": problem.code.id(),
            "ruleIndex": rule,
            "level": level(problem.code),
            "message": {"text": message},
            "locations": [self.location(&diagnostic.place)],
        });
        let mut more = serde_json::Map::new();
        if !diagnostic.others.is_empty() {
            let others = diagnostic.others.iter().map(|place| self.location(place)).collect::<Vec<_>>();
            more.insert("relatedLocations".to_owned(), others.into());
        }
        if !diagnostic.edits.is_empty() {
            let file = &diagnostic.place.file;
            let replacements: Vec<Value> = diagnostic
                .edits
                .iter()
                .map(|edit| {
                    let region = self.region(file, edit.range.start, edit.range.end);
                    json!({"deletedRegion": region, "insertedContent": {"text": edit.replacement}})
                })
                .collect();
            let change = json!({"artifactLocation": artifact(file), "replacements": replacements});
            let fix = json!({"description": {"text": help.join("\n")}, "artifactChanges": [change]});
            more.insert("fixes".to_owned(), vec![fix].into());
        }
        if let Some(result) = result.as_object_mut() {
            result.extend(more);
        }
        result
    }

    fn location(&mut self, place: &Place) -> Value {
        json!({"physicalLocation": {
            "artifactLocation": artifact(&place.file),
            "region": self.region(&place.file, place.start, place.end),
        }})
    }

    fn region(&mut self, file: &Arc<str>, start: usize, end: usize) -> Value {
        let (line, column) = self.starts.at(file, start, self.texts);
        let (end_line, end_column) = self.ends.at(file, end, self.texts);
        json!({"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column})
    }
}

/// A file as a relative reference (RFC 3986): bytes that may not stand in a path are percent-encoded.
fn artifact(file: &str) -> Value {
    let mut uri = String::with_capacity(file.len());
    for byte in file.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    json!({"uri": uri, "uriBaseId": "%SRCROOT%"})
}

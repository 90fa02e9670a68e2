//! Diagnostics as SARIF 2.1.0 (OASIS), which code hosts show beside the lines and editors can mend from.
//!
//! Each code is a rule with its message and help in both languages; a diagnostic is a result with its region, the
//! other places that belong to it, and its edits as one fix. Lines and columns count from 1, columns in characters.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::render::Cursor;
use super::{Code, Diagnostic, Language, Place, Severity, Texts, catalogue};

/// Where the format is described.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One run with all diagnostics.
pub fn render(diagnostics: &[Diagnostic], texts: &Texts, language: Language) -> String {
    let mut codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let index: BTreeMap<Code, usize> = codes.iter().enumerate().map(|(index, code)| (*code, index)).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code, language)).collect();
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

/// A code with its words in both languages, the one that was asked for first.
fn rule(code: Code, language: Language) -> Value {
    let other = match language {
        Language::ZhHans => Language::En,
        Language::En => Language::ZhHans,
    };
    let (said, help) = catalogue::rule(code, language);
    let (said_too, help_too) = catalogue::rule(code, other);
    let lines = |said: &str, help: &[String]| format!("{said}\n\n- {}", help.join("\n- "));
    let text = format!("{}\n\n{}", lines(&said, &help), lines(&said_too, &help_too));
    json!({
        "id": code.id(),
        "shortDescription": {"text": said},
        "fullDescription": {"text": format!("{said} / {said_too}")},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": level(code)},
    })
}

struct Places<'a> {
    texts: &'a Texts,
    starts: Cursor,
    ends: Cursor,
}

impl Places<'_> {
    fn result(&mut self, diagnostic: &Diagnostic, rule: usize, language: Language) -> Value {
        let problem = &diagnostic.problem;
        let mut message = problem.message(language);
        let help = problem.help(language);
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

//! Settings of VS Code that bind each kind of YAML file to its schema, and a task that runs `check`.
//!
//! Settings are the editor's own: whatever else stands in a file stays as it is written. A file that has comments or is
//! no JSON is left alone, and the lines to add are shown instead. Schemas cannot be bound to the front matter of Markdown
//! (redhat-developer/vscode-yaml#207), so its mistakes come by the task: what it prints is read line by line, and each
//! finding stands at its place in the list of problems.

use serde_json::{Map, Value, json};

use crate::content::schemas::Schemas;

/// Where the settings stand.
pub const SETTINGS: &str = ".vscode/settings.json";
/// Where the extensions that a folder asks for stand.
pub const EXTENSIONS: &str = ".vscode/extensions.json";
/// Where the tasks of a folder stand.
pub const TASKS: &str = ".vscode/tasks.json";
/// The name of the task.
const TASK: &str = "noticeboard check";
/// The key of the bindings.
const KEY: &str = "yaml.schemas";
/// The extension that reads schemas for YAML.
const EXTENSION: &str = "redhat.vscode-yaml";

/// What becomes of a file of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// It says all of it already.
    Same,
    /// Its new text.
    Text(String),
    /// It cannot be read, so that it is left alone.
    Unreadable(Unreadable),
}

/// Why a file of settings cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It has comments, or commas behind the last of a list, which editors allow.
    Comments,
    /// It is broken at this line and column.
    Broken(usize, usize),
    /// Something else stands where the settings would.
    Form,
}

/// Reads a file of settings.
fn read(text: &str) -> Result<Map<String, Value>, Unreadable> {
    match serde_json::from_str(text) {
        Ok(Value::Object(entries)) => Ok(entries),
        Ok(_) => Err(Unreadable::Form),
        Err(_) => match serde_json::from_str::<Value>(&without_comments(text)) {
            Ok(_) => Err(Unreadable::Comments),
            Err(error) => Err(Unreadable::Broken(error.line(), error.column())),
        },
    }
}

/// A text with blanks for its comments and for commas behind the last of a list, so that places stay.
fn without_comments(text: &str) -> String {
    let mut plain: Vec<char> = Vec::new();
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(_)) if in_string => {
                plain.push(c);
                plain.extend(chars.next());
                continue;
            }
            ('"', _) => in_string = !in_string,
            ('/', Some('/')) if !in_string => {
                plain.push(' ');
                while chars.peek().is_some_and(|next| *next != '\n') {
                    plain.extend(chars.next().map(|_| ' '));
                }
                continue;
            }
            ('/', Some('*')) if !in_string => {
                let mut last = ' ';
                plain.push(' ');
                for inside in chars.by_ref() {
                    plain.push(if inside == '\n' { inside } else { ' ' });
                    if last == '*' && inside == '/' {
                        break;
                    }
                    last = inside;
                }
                continue;
            }
            ('}' | ']', _) if !in_string => {
                if let Some(comma) = plain.iter().rposition(|before| !before.is_whitespace())
                    && let Some(before) = plain.get_mut(comma).filter(|before| **before == ',')
                {
                    *before = ' ';
                }
            }
            _ => {}
        }
        plain.push(c);
    }
    plain.into_iter().collect()
}

/// Which files have which schema: its path, and the pattern of the files. Front matter of Markdown cannot be bound.
pub fn bindings(schemas: &Schemas, folder: &str) -> Map<String, Value> {
    let files = schemas.kinds().filter(|kind| !kind.is_markdown).map(|kind| {
        let files = if kind.path.ends_with('/') { format!("{}**/*.yaml", kind.path) } else { kind.path.clone() };
        (format!("{}/{}.json", folder.trim_end_matches('/'), kind.word), files.into())
    });
    files.collect()
}

/// The lines that bind the files, as they may stand in settings.
pub fn lines(bindings: &Map<String, Value>) -> String {
    pretty(&json!({ KEY: bindings }))
}

/// The settings with the bindings in them.
pub fn settings(there: Option<&str>, bindings: &Map<String, Value>) -> Merged {
    let Some(text) = there.filter(|text| !text.trim().is_empty()) else {
        return Merged::Text(lines(bindings) + "\n");
    };
    let mut settings = match read(text) {
        Ok(settings) => settings,
        Err(why) => return Merged::Unreadable(why),
    };
    match settings.get_mut(KEY) {
        None => Merged::Text(with_lines(text, &lines(bindings), settings.is_empty())),
        Some(Value::Object(bound)) => {
            let before = bound.clone();
            // What bound the same files to a schema of the same name elsewhere is of an earlier run.
            let file = |path: &str| path.rsplit('/').next().map(str::to_owned);
            bound.retain(|schema, files| {
                !bindings.iter().any(|(ours, of)| ours != schema && of == files && file(ours) == file(schema))
            });
            bound.extend(bindings.clone());
            if *bound == before {
                return Merged::Same;
            }
            Merged::Text(pretty(&Value::Object(settings)) + "\n")
        }
        Some(_) => Merged::Unreadable(Unreadable::Form),
    }
}

/// The extensions, with the one for YAML among them.
pub fn extensions(there: Option<&str>) -> Merged {
    let Some(text) = there.filter(|text| !text.trim().is_empty()) else {
        return Merged::Text(pretty(&json!({"recommendations": [EXTENSION]})) + "\n");
    };
    let mut extensions = match read(text) {
        Ok(extensions) => extensions,
        Err(why) => return Merged::Unreadable(why),
    };
    let asked = extensions.entry("recommendations").or_insert_with(|| json!([]));
    let Value::Array(asked) = asked else { return Merged::Unreadable(Unreadable::Form) };
    if asked.iter().any(|name| name == EXTENSION) {
        return Merged::Same;
    }
    asked.push(EXTENSION.into());
    Merged::Text(pretty(&Value::Object(extensions)) + "\n")
}

/// The tasks, with ours among them.
pub fn tasks(there: Option<&str>) -> Merged {
    let Some(text) = there.filter(|text| !text.trim().is_empty()) else {
        return Merged::Text(pretty(&json!({"version": "2.0.0", "tasks": [task()]})) + "\n");
    };
    let mut tasks = match read(text) {
        Ok(tasks) => tasks,
        Err(why) => return Merged::Unreadable(why),
    };
    let listed = tasks.entry("tasks").or_insert_with(|| json!([]));
    let Value::Array(listed) = listed else { return Merged::Unreadable(Unreadable::Form) };
    match listed.iter_mut().find(|task| task.get("label").is_some_and(|label| label == TASK)) {
        Some(known) if *known == task() => return Merged::Same,
        Some(known) => *known = task(),
        None => listed.push(task()),
    }
    tasks.entry("version").or_insert_with(|| "2.0.0".into());
    Merged::Text(pretty(&Value::Object(tasks)) + "\n")
}

/// The task that runs `check` and reads what it prints.
pub fn task() -> Value {
    json!({
        "label": TASK,
        "detail": "找出写错的地方，列在“问题”里 / Looks for mistakes and lists them under Problems",
        "type": "process",
        "command": "noticeboard",
        "args": ["check"],
        "group": {"kind": "build", "isDefault": true},
        "presentation": {"reveal": "silent", "clear": true, "showReuseMessage": false},
        "problemMatcher": [matcher("error", "错误|error"), matcher("warning", "提醒|warning")],
    })
}

/// What reads findings of one severity: VS Code knows English names of severities only, so each has its own. The line with
/// the place follows that with the code and the message.
fn matcher(severity: &str, names: &str) -> Value {
    json!({
        "owner": format!("noticeboard-{severity}"),
        "source": "noticeboard",
        "applyTo": "allDocuments",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "severity": severity,
        "pattern": [
            {"regexp": format!("^(?:{names})\\[(NB\\d{{4}})\\]: (.*)$"), "code": 1, "message": 2},
            {"regexp": "^\\s*--> (.+):(\\d+):(\\d+)$", "file": 1, "line": 2, "column": 3},
        ],
    })
}

/// An object's text with the lines of another one before its closing brace; everything else stays as it was.
fn with_lines(text: &str, lines: &str, is_empty: bool) -> String {
    let inner = lines.trim().strip_prefix('{').and_then(|lines| lines.strip_suffix('}')).unwrap_or(lines);
    let inner = inner.trim_matches('\n').trim_end();
    let before = text.trim_end().strip_suffix('}').unwrap_or(text).trim_end();
    let comma = if is_empty { "" } else { "," };
    format!("{before}{comma}\n{inner}\n}}\n")
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_settings_are_left_alone_is_told_apart() {
        let why = |text: &str| read(text).err();
        for text in ["{ // ours\n \"a\": \"//\", }", "{\"a\": [1, /* two\n */ 2,]}"] {
            assert_eq!(why(text), Some(Unreadable::Comments), "{text}");
        }
        assert_eq!(why("{\n  \"a\": 1\n  \"b\": 2\n}"), Some(Unreadable::Broken(3, 3)));
        assert_eq!(why("[1]"), Some(Unreadable::Form));
        assert_eq!(why("{\"a\": \"x, }\"}"), None);
    }

    #[test]
    fn files_are_bound_once_wherever_the_schemas_were_before() {
        let schemas = Schemas::all();
        let Merged::Text(first) = settings(None, &bindings(&schemas, "./schemas")) else { return };
        let again = settings(Some(&first), &bindings(&schemas, "../elsewhere"));
        assert_eq!(again, settings(None, &bindings(&schemas, "../elsewhere")));
    }
}

//! Tera templates: compiled once, rendered into a buffer, faults turned into diagnostics at their place.

use std::collections::BTreeMap;

use tera::{Context, ErrorKind, Kwargs, Map, State, Tera, Value};

use super::fault_words::with_reason;
use crate::content::direction;
use crate::diagnostics::{Code, Diagnostic, Place, Problem};

/// The templates of a theme.
pub(super) struct Templates {
    theme: String,
    tera: Tera,
}

impl Templates {
    /// Compiles all templates together, so that they can extend and include each other.
    pub(super) fn new(theme: &str, sources: &BTreeMap<String, String>) -> Result<Self, Diagnostic> {
        let mut tera = Tera::new();
        tera.register_filter("local", Local);
        let theme = theme.to_owned();
        match tera.add_raw_templates(sources.iter()) {
            Ok(()) => Ok(Self { theme, tera }),
            Err(error) => Err(missing(&theme, &error, sources).unwrap_or_else(|| fault(&theme, &error, ""))),
        }
    }

    /// Renders a template into the buffer.
    pub(super) fn render(&self, name: &str, context: &Context, buffer: &mut Vec<u8>) -> Result<(), Diagnostic> {
        self.tera.render_to(name, context, buffer).map_err(|error| fault(&self.theme, &error, name))
    }
}

/// A template or component that another one names and that is not there: Tera gives its name and place in words only.
fn missing(theme: &str, error: &tera::Error, sources: &BTreeMap<String, String>) -> Option<Diagnostic> {
    let ErrorKind::Msg(report) = error.kind() else { return None };
    let (_, unknown) = report.split_once("Unknown ")?;
    let named = unknown.strip_prefix("template `").or_else(|| unknown.strip_prefix("component `"))?;
    let (name, _) = named.split_once('`')?;
    let (_, place) = unknown.split_once("--> ")?;
    let mut parts = place.lines().next()?.trim().rsplitn(3, ':');
    let (column, line, file) =
        (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
    let text = sources.get(file)?;
    let line_start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let before = text.get(line_start..)?.chars().take(column.checked_sub(1)?);
    let start = line_start + before.map(char::len_utf8).sum::<usize>();
    let place = Place::new(&format!("themes/{theme}/templates/{file}").into(), start..start);
    Some(Problem::new(Code::NoTemplate).with("template", name).with("theme", theme).at(place))
}

/// A fault of a template as a diagnostic at its place in the theme.
fn fault(theme: &str, error: &tera::Error, template: &str) -> Diagnostic {
    let whole = |name: &str| Place::whole(&format!("themes/{theme}/templates/{name}").into());
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = format!("themes/{theme}/templates/{}", report.filename());
            let place = Place::new(&file.into(), report.span().range.clone());
            with_reason(Problem::new(Code::TemplateFault), report.message()).at(place)
        }
        ErrorKind::TemplateNotFound(name) => {
            Problem::new(Code::NoTemplate).with("template", name).with("theme", theme).at(whole(name))
        }
        ErrorKind::MissingParent { current, parent } => {
            Problem::new(Code::NoTemplate).with("template", parent).with("theme", theme).at(whole(current))
        }
        _ => with_reason(Problem::new(Code::TemplateFault), &error.to_string()).at(whole(template)),
    }
}

/// `{{ text | local }}`: a text that is escaped, within a `span` of its language where that is not the page's.
struct Local;

impl<'a> tera::Filter<&'a Map, Value> for Local {
    fn call(&self, text: &'a Map, _: Kwargs, _: &State) -> Value {
        let field = |name: &'static str| text.get(&name.into()).and_then(Value::as_str);
        let words = field("text").unwrap_or_default();
        let mut escaped = Vec::with_capacity(words.len() + 40);
        let written = match field("lang") {
            None => tera::escape_html(words, &mut escaped),
            Some(lang) => span(lang, words, &mut escaped),
        };
        match (written, std::str::from_utf8(&escaped)) {
            (Ok(()), Ok(html)) => Value::safe_string(html),
            _ => Value::safe_string(""),
        }
    }

    fn is_safe(&self) -> bool {
        true
    }
}

fn span(lang: &str, words: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
    out.extend_from_slice(b"<span lang=\"");
    tera::escape_html(lang, out)?;
    out.push(b'"');
    match direction(lang) {
        "ltr" => {}
        other => out.extend_from_slice(format!(" dir=\"{other}\"").as_bytes()),
    }
    out.push(b'>');
    tera::escape_html(words, out)?;
    out.extend_from_slice(b"</span>");
    Ok(())
}

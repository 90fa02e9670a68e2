//! The weekly board: each programme's view on each paper of the site, as PDF.
//!
//! A sheet with a character that no font has cannot be made (PDF/UA-1). Typst says so in its own words at the
//! template's first line; here that becomes the characters and the file that they were written in. Only a sheet that
//! failed is looked at: which characters a font can put together from others is known to nobody but the shaper.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::posters::{PosterEngine, PosterJob, PosterProblem, qr_svg};
use super::theme::Theme;
use super::{Artifact, Fingerprint, OutputPath, SiteArtifact};
use crate::content::{Programme, Record};
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::site::views::{PosterFile, ProgrammeView, programme_sheet, programme_view};
use crate::site::{Edition, Site, page_path};

/// The theme's template, as the engine names it.
const TEMPLATE: &str = "/posters/weekly-board.typ";
/// Labels of the theme that posters use begin with this.
const LABEL_PREFIX: &str = "poster_";
/// Most characters without a glyph that are named.
const MOST_NAMED: usize = 30;

/// What the template reads.
#[derive(Serialize)]
struct Board<'a> {
    #[serde(flatten)]
    programme: &'a ProgrammeView,
    paper: &'a str,
    region: &'a str,
    made: &'a str,
    version: String,
    url: String,
    labels: Map<String, Value>,
}

/// The sheets of all programmes in all editions.
pub(super) fn sheets<'a>(editions: &[Edition<'a>], theme: &'a Theme) -> Result<Vec<SiteArtifact<'a>>, Vec<Diagnostic>> {
    let fonts = theme.files_in("fonts/").filter(|(path, _)| path.ends_with(".otf") || path.ends_with(".ttf"));
    let files = theme.files_in("posters/").map(|(path, bytes)| (format!("/{path}"), bytes.to_vec()));
    let engine = PosterEngine::new(fonts.map(|(_, bytes)| bytes.to_vec()), files)
        .map_err(|problem| vec![diagnostic(theme, &problem)])?;
    let engine = Arc::new(engine);
    let mut sheets = Vec::new();
    for edition in editions {
        for record in edition.offered(&edition.site.content.programmes) {
            if record.value.valid.last() < edition.site.today {
                continue;
            }
            let view = programme_view(edition, record);
            for file in programme_sheet(edition, record).files {
                sheets.extend(sheet(*edition, record, &view, file, theme, &engine));
            }
        }
    }
    Ok(sheets)
}

fn sheet<'a>(
    edition: Edition<'a>,
    record: &'a Record<Programme>,
    view: &ProgrammeView,
    file: PosterFile,
    theme: &'a Theme,
    engine: &Arc<PosterEngine>,
) -> Option<SiteArtifact<'a>> {
    let config = &edition.site.content.site.value;
    let address = edition.address(&page_path("programmes", record.id.as_str()));
    let labels =
        edition.wording.labels.iter().filter_map(|(name, label)| {
            Some((name.strip_prefix(LABEL_PREFIX)?.to_owned(), Value::String(label.clone())))
        });
    let mut board = Board {
        programme: view,
        paper: &file.paper_id,
        region: config.region.as_str(),
        made: &edition.wording.day(edition.site.today),
        version: String::new(),
        url: edition.canonical(&address),
        labels: labels.collect(),
    };
    // The version names what the sheet says; the day on which it was made is no part of that.
    let content = serde_json::to_vec(&(view, &board.labels)).unwrap_or_default();
    let content = Fingerprint::of(&content).to_string();
    board.version = content.get(..6).unwrap_or(&content).to_owned();
    let url = board.url.clone();
    let data = serde_json::to_vec(&board).unwrap_or_default();
    let theme_fingerprint = theme.fingerprint.to_string();
    let inputs =
        Fingerprint::of_all([data.as_slice(), theme_fingerprint.as_bytes(), env!("NOTICEBOARD_SOURCES").as_bytes()]);
    let engine = Arc::clone(engine);
    let path = OutputPath::new(&file.path).ok()?;
    let id = file.path;
    let make = move |buffer: &mut Vec<u8>| {
        let qr = qr_svg(&url).map_err(|_| {
            let problem = Problem::new(Code::PosterFault).with("reason", &url);
            vec![problem.at(Place::whole(&"site.yaml".into()))]
        })?;
        let job = PosterJob {
            template: TEMPLATE,
            data: data.clone(),
            assets: vec![("/qr.svg".to_owned(), qr.into_bytes())],
            today: edition.site.today,
            id: &id,
        };
        let pdf = engine.render(job).map_err(|problems| {
            let missing = missing_glyphs(&engine, &data, edition.site, record, theme);
            let shown = problems.iter().filter(|problem| missing.is_empty() || !problem.is_missing_glyph());
            let shown = shown.map(|problem| diagnostic(theme, problem).see(Place::whole(&record.origin.file)));
            shown.chain(missing.iter().cloned()).collect::<Vec<_>>()
        })?;
        *buffer = pdf.bytes;
        Ok(())
    };
    let origin = record.origin.file.clone();
    Some(Artifact { path, origin, inputs: Some(inputs), make: Box::new(make) })
}

/// The characters of a sheet that no font has, one diagnostic a file: the programme's own, its centre's, the site's,
/// or whichever other has them.
fn missing_glyphs(
    engine: &PosterEngine,
    data: &[u8],
    site: &Site,
    record: &Record<Programme>,
    theme: &Theme,
) -> Vec<Diagnostic> {
    let mut text = String::new();
    words(&serde_json::from_slice(data).unwrap_or_default(), &mut text);
    let centre = site.index.centre.get(&record.value.centre).and_then(|number| site.content.centres.get(*number));
    let likely =
        [Some(&record.origin.file), centre.map(|centre| &centre.origin.file), Some(&site.content.site.origin.file)];
    let files: Vec<_> = likely.into_iter().flatten().chain(site.texts.keys()).collect();
    let mut found: Vec<(Place, Vec<String>)> = Vec::new();
    for character in engine.missing_characters(&text).into_iter().take(MOST_NAMED) {
        let at = |file: &Arc<str>| {
            let start = site.texts.get(file)?.text.find(character)?;
            Some(Place::new(file, start..start + character.len_utf8()))
        };
        let place = files.iter().find_map(|file| at(file)).unwrap_or_else(|| Place::whole(&record.origin.file));
        let name = format!("{character} (U+{:04X})", u32::from(character));
        match found.iter_mut().find(|(known, _)| known.file == place.file) {
            Some((_, names)) => names.push(name),
            None => found.push((place, vec![name])),
        }
    }
    let problem = |names: &[String]| {
        let problem = Problem::new(Code::NoGlyph).with_list("characters", names.iter().map(String::as_str));
        problem.with("theme", &theme.name)
    };
    found.into_iter().map(|(place, names)| problem(&names).at(place)).collect()
}

/// All strings of a value, one after the other.
fn words(value: &Value, text: &mut String) {
    match value {
        Value::String(string) => text.push_str(string),
        Value::Array(items) => items.iter().for_each(|item| words(item, text)),
        Value::Object(entries) => entries.values().for_each(|value| words(value, text)),
        _ => {}
    }
}

/// What Typst says, at its place in the theme.
fn diagnostic(theme: &Theme, problem: &PosterProblem) -> Diagnostic {
    let path = problem.file.trim_start_matches('/');
    let text = theme.file(path).map(String::from_utf8_lossy).unwrap_or_default();
    let line_start: usize = text.split_inclusive('\n').take(problem.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let column: usize = line.chars().take(problem.column.saturating_sub(1)).map(char::len_utf8).sum();
    let start = line_start + column;
    let place = Place::new(&format!("themes/{}/{path}", theme.name).into(), start..line_start + line.len());
    let hint = problem.hints.first().map(String::as_str);
    Problem::new(Code::PosterFault).with("reason", &problem.message).with_some("hint", hint).at(place)
}

//! The sheets as PDF: each view on each of its papers, in each language.
//!
//! A sheet is a function of its view, the theme, its options and the day on which it is made; that day is printed on it
//! and is no part of its version. What is found on the way (a character without a glyph, type too small for the
//! distance, a board that goes on to a second sheet) is said where the record was written.

mod archive;
mod drawer;
mod glyphs;
mod printing;
mod published;
mod share;
mod twin;
mod verdict;
mod wall;

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value, json};

use super::fault_words::with_reason;
use super::posters::{Cause, Makes, Pdf, PosterEngine, PosterJob, PosterProblem, qr_svg};
use super::theme::Theme;
use super::{Fingerprint, OutputPath};
use crate::content::{Breaks, SheetKind, SheetOptions};
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::site::views::{self, Sheet};
use crate::site::{Edition, decode, said};

use twin::Twin;

pub use drawer::{Drawer, DrawnSheet};
pub use printing::{Printing, print};
pub(super) use published::published;
pub use wall::{Hanging, Today, as_printed, hanging};

/// Labels of the theme that posters use begin with this.
const LABEL_PREFIX: &str = "poster_";
/// Labels of pages that sheets say too, under the same names.
const SHARED_LABELS: [&str; 22] = [
    "areas",
    "booking",
    "bring",
    "cancelled",
    "colon",
    "conditions",
    "cost",
    "for_whom",
    "instead_of",
    "most_raised",
    "organisers",
    "papers",
    "resident",
    "reviewed",
    "rotation",
    "source",
    "steps",
    "takes",
    "tasks",
    "what_you_get",
    "where",
    "zones",
];
/// Labels of pages that are filled in by templates.
const SHARED_PHRASES: [&str; 3] = ["answered_of", "from_date", "until_date"];
/// A phrase that is filled in by templates: it stands in one language, also where there are two.
const PHRASE: &str = "page";

/// What all sheets of a build are made with.
struct Press<'a> {
    engine: Arc<PosterEngine>,
    theme: &'a Theme,
    editions: Vec<Edition<'a>>,
    /// Of templates and fonts.
    set_with: Fingerprint,
    /// Where editors would have words broken, found when a sheet is first made.
    breaks: OnceLock<Breaks>,
}

impl<'a> Press<'a> {
    fn new(editions: &[Edition<'a>], theme: &'a Theme) -> Result<Self, Vec<Diagnostic>> {
        let engine = theme.engine().map_err(|problem| vec![diagnostic(theme, &problem)])?;
        let (editions, set_with) = (editions.to_vec(), theme.sheets_fingerprint());
        Ok(Self { engine, theme, editions, set_with, breaks: OnceLock::new() })
    }

    fn breaks(&self) -> &Breaks {
        self.breaks.get_or_init(|| {
            let texts = self.editions.first().map(|edition| &edition.site.texts);
            Breaks::of(texts.into_iter().flat_map(|texts| texts.values().map(|text| text.text.as_ref())))
        })
    }

    /// The second language of a sheet, if it is to have one.
    fn second(&self, options: &SheetOptions) -> Option<&Edition<'a>> {
        let tag = options.with.as_ref()?;
        self.editions.iter().find(|edition| edition.language == tag)
    }

    /// One sheet. What stands on it is not known before it is asked for.
    fn twin(
        self: &Arc<Self>,
        edition: &Edition<'a>,
        sheet: &Arc<Sheet<'a>>,
        path: &str,
        options: SheetOptions,
        finish: &Finish,
    ) -> Option<Arc<Twin<'a>>> {
        let path = OutputPath::new(path).ok()?;
        let (press, sheet, bleed) = (Arc::clone(self), Arc::clone(sheet), finish.bleed);
        let subject = twin::Of { press, edition: *edition, sheet, options, bleed };
        Some(Arc::new(Twin::new(subject, path, finish.makes)))
    }

    /// What goes into one PDF.
    fn job(&self, of: &twin::Of<'a>, id: &str) -> Job<'a> {
        let twin::Of { edition, sheet, options, bleed, .. } = of;
        let mut data = data(edition, self.second(options), sheet, options, *bleed);
        mark_breaks(&mut data, self.breaks());
        let template = format!("/posters/{}.typ", sheet.kind.word());
        let inputs = Fingerprint::of_all([
            data.to_string().as_bytes(),
            template.as_bytes(),
            self.set_with.to_string().as_bytes(),
            env!("NOTICEBOARD_SOURCES").as_bytes(),
        ]);
        Job {
            engine: Arc::clone(&self.engine),
            theme: self.theme,
            edition: *edition,
            kind: sheet.kind,
            file: Arc::clone(&sheet.file),
            title: sheet.title.text.clone(),
            template,
            data,
            inputs,
            beside: self.second(options).and_then(|second| sheet.standing_beside(edition, second)),
            options: options.clone(),
            id: id.to_owned(),
        }
    }
}

/// What becomes of a sheet that was laid out.
struct Finish {
    /// What is cut off around it, in millimetres.
    bleed: f64,
    makes: Makes,
}

/// Everything that goes into one PDF.
struct Job<'a> {
    engine: Arc<PosterEngine>,
    theme: &'a Theme,
    edition: Edition<'a>,
    kind: SheetKind,
    /// The file that the sheet's content is written in.
    file: Arc<str>,
    title: String,
    template: String,
    data: Value,
    /// Of everything that goes into it.
    inputs: Fingerprint,
    /// What the sheet would say in a second language that cannot stand in the lines of the first.
    beside: Option<Value>,
    options: SheetOptions,
    id: String,
}

impl Job<'_> {
    fn make(&self, makes: Makes) -> Result<Pdf, Vec<Diagnostic>> {
        let qr = self.qr()?;
        let data = serde_json::to_vec(&self.data).unwrap_or_default();
        let pdf = self.engine.render(self.poster(data, &qr, makes)).map_err(|problems| {
            let words = glyphs::words(&self.data);
            glyphs::faults(&self.engine, self.theme, self.edition.site, &self.file, &words, &problems)
        })?;
        // Of a preview alone it was said when the PDF was made.
        if makes.pdf || makes.drawn.0 > 1 {
            verdict::look(self, &pdf, &qr)?;
        }
        Ok(pdf)
    }

    fn poster<'j>(&'j self, data: Vec<u8>, qr: &str, makes: Makes) -> PosterJob<'j> {
        PosterJob {
            template: &self.template,
            data,
            assets: vec![("/qr.svg".to_owned(), qr.as_bytes().to_vec())],
            today: self.edition.site.today,
            vertical: self.edition.language.is_vertical(),
            id: &self.id,
            makes,
        }
    }

    fn qr(&self) -> Result<String, Vec<Diagnostic>> {
        let url = self.data.get("url").and_then(Value::as_str).unwrap_or_default();
        qr_svg(url).map_err(|_| {
            let problem = Problem::new(Code::QrTooLong).with("address", url);
            vec![problem.at(Place::whole(&self.file))]
        })
    }
}

/// What the template reads: the view, and what all sheets have.
fn data<'a>(
    edition: &Edition<'a>,
    second: Option<&Edition<'a>>,
    sheet: &Sheet<'a>,
    options: &SheetOptions,
    bleed: f64,
) -> Value {
    let mut view = sheet.view(edition, second);
    let version = version(edition, second, sheet.kind, &view);
    let in_lines = second.filter(|second| !views::stands_beside(edition, second));
    let labels = labels(edition, in_lines);
    if let Some((second, beside)) = second.zip(view.get_mut("beside").and_then(Value::as_object_mut)) {
        beside.insert("labels".to_owned(), Value::Object(self::labels(second, None)));
    }
    let url = views::address_on_paper(edition, sheet);
    let letters = decode(&url);
    let letters = letters.split_once("://").map_or(letters.as_str(), |(_, rest)| rest);
    let mut data = match view {
        Value::Object(view) => view,
        _ => Map::new(),
    };
    let region = edition.site.content.site.value.region.as_str();
    for (key, value) in [
        ("kind", json!(sheet.kind.word())),
        ("lang", json!(edition.language.as_str())),
        ("region", json!(region)),
        ("paper", json!(options.paper)),
        ("distance", json!(options.distance(sheet.kind))),
        ("large", json!(options.large_print)),
        ("bleed", json!(bleed)),
        ("made", json!(edition.wording.day(edition.site.today))),
        ("version", json!(version)),
        ("url", json!(url)),
        ("address", json!(letters)),
        ("labels", Value::Object(labels)),
    ] {
        data.insert(key.to_owned(), value);
    }
    Value::Object(data)
}

/// The version of a sheet: a few digits of what it says to readers. The day on which it was made, the paper, and what a
/// view only knows of the coming days are no part of it.
fn version(edition: &Edition<'_>, second: Option<&Edition<'_>>, kind: SheetKind, view: &Value) -> String {
    let labels = labels_text(&labels(edition, second));
    let content = Fingerprint::of_all([kind.word().to_owned(), said(view).to_string(), labels]).to_string();
    content.get(..6).unwrap_or(&content).to_owned()
}

/// Adds to each text the parts between which its editor would have it broken.
fn mark_breaks(view: &mut Value, breaks: &Breaks) {
    match view {
        Value::Object(entries) => {
            entries.values_mut().for_each(|value| mark_breaks(value, breaks));
            let text = entries.get("text").and_then(Value::as_str).filter(|_| entries.contains_key("lang"));
            let parts = text.map(|text| json!(breaks.parts(text)));
            if let Some(parts) = parts.filter(|parts| parts.get(0).is_some()) {
                entries.insert("parts".to_owned(), parts);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark_breaks(item, breaks)),
        _ => {}
    }
}

/// The words that templates say, without the prefix; in two languages where the sheet is.
fn labels<'a>(edition: &Edition<'a>, second: Option<&Edition<'a>>) -> Map<String, Value> {
    let own = |edition: &Edition<'_>, name: &str| edition.wording.labels.get(name).cloned();
    let shared = |name: &str| SHARED_LABELS.contains(&name) || SHARED_PHRASES.contains(&name);
    let short = |name: &'a str| name.strip_prefix(LABEL_PREFIX).or_else(|| shared(name).then_some(name));
    let names = edition.wording.labels.keys().filter_map(|name| Some((name, short(name)?)));
    let label = |(name, short): (&String, &str)| {
        let first = own(edition, name)?;
        let beside =
            second.filter(|_| short != PHRASE && !SHARED_PHRASES.contains(&short)).and_then(|second| own(second, name));
        let text = match beside.filter(|beside| *beside != first) {
            Some(beside) => format!("{first} {beside}"),
            None => first,
        };
        Some((short.to_owned(), Value::String(text)))
    };
    names.filter_map(label).collect()
}

fn labels_text(labels: &Map<String, Value>) -> String {
    serde_json::to_string(labels).unwrap_or_default()
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
    if let Some(cause) = problem.cause {
        let reason = match cause {
            Cause::TooLong => "sheet-too-long",
            Cause::TooLarge => "sheet-too-large",
            Cause::Ended => "sheet-ended",
        };
        return Problem::new(Code::SheetStopped).with_word("reason", reason).at(place);
    }
    let fault = with_reason(Problem::new(Code::PosterFault), &problem.message);
    let fault =
        if problem.is_package() { fault.with_word("hint", "no-packages") } else { fault.with_some("hint", hint) };
    fault.at(place)
}

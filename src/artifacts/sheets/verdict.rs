//! Whether a sheet that was made is good: legible from where people stand, whole, on one side of its paper.
//!
//! Read back from what Typst laid out: a template that sets type smaller than the distance allows, or lets text leave the
//! paper, is an error of the theme; of the program's own it is the paper that is too small. A sheet that goes on to a
//! second one is a warning at its record, with what holds it on one: that is tried and not guessed. So is one on which texts
//! stand on top of each other, which a template may mean.

use serde_json::{Value, json};

use super::Job;
use crate::artifacts::posters::{Makes, Pdf};
use crate::content::{Distance, Paper, PaperSize};
use crate::diagnostics::{Code, Diagnostic, Place, Problem};

/// What of a view stands in the first language alone: what sort of record it is, the day below a signature, and how many
/// changes are left out.
const NOT_BESIDE: [&str; 3] = ["kind", "from", "changes_left"];
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// What rounding may take from a size, in points.
const SLACK: f64 = 0.05;
/// What is tried of the distance that should do when a sheet does not fit; each try lays the whole sheet out.
const NEARER: [f64; 2] = [0.95, 0.75];
/// The most papers that are tried, each twice the one before.
const MOST_LARGER: usize = 2;
/// The most Chinese characters of a title that is read from a few steps away: three lines across the usual paper.
const MOST_IN_TITLE: usize = 60;
/// Most characters of a text that are quoted.
const MOST_QUOTED: usize = 24;

pub(super) fn look(job: &Job<'_>, pdf: &Pdf, qr: &str) -> Result<(), Vec<Diagnostic>> {
    let whole = Place::whole(&job.file);
    // Two Latin letters take the room of a Chinese one.
    let (letters, halves) = (job.title.chars().count(), job.title.chars().filter(char::is_ascii).count());
    let wide = letters - halves / 2;
    if wide > MOST_IN_TITLE {
        let most = MOST_IN_TITLE * letters / wide;
        let problem = Problem::new(Code::SheetTitleLong).with("title", &short(&job.title));
        let problem = problem.with("count", &letters.to_string()).with("most", &most.to_string());
        job.edition.site.warn(problem.at(whole.clone()));
    }
    let floor = job.options.distance(job.kind).smallest_type() * POINTS;
    let small = pdf.seen.smallest.as_ref().filter(|(size, _)| *size + SLACK < floor);
    let small = small.map(|(size, text)| {
        let problem = Problem::new(Code::TypeTooSmall).with("text", &short(text)).with("size", &format!("{size:.1}"));
        problem
            .with("floor", &format!("{floor:.1}"))
            .with("distance", &job.options.distance(job.kind).metres().to_string())
    });
    let outside = pdf.seen.outside.as_ref().map(|text| Problem::new(Code::TextOutside).with("text", &short(text)));
    if let Some(text) = pdf.seen.outside.as_ref().filter(|_| !job.theme.has_own_sheets()) {
        let problem = Problem::new(Code::PaperTooSmall).with("title", &short(&job.title)).with("text", &short(text));
        let (paper, distance) = (job.options.paper, job.options.distance(job.kind));
        let larger = PaperSize::ALL.into_iter().find(|size| *size > paper.size).map(PaperSize::word);
        let nearer = Distance::new((distance.metres() * 10.0).floor() / 20.0).map(|nearer| nearer.metres().to_string());
        let problem = problem.with("distance", &distance.metres().to_string()).with("paper", &paper.to_string());
        return Err(vec![problem.with_some("larger", larger).with_some("nearer", nearer.as_deref()).at(whole)]);
    }
    if let Some(problem) = outside.or(small) {
        let template = format!("themes/{}{}", job.theme.name, job.template);
        let problem = problem.with("paper", &job.options.paper.to_string());
        return Err(vec![problem.at(Place::whole(&template.into())).see(whole)]);
    }
    if let Some((one, other)) = &pdf.seen.on_top {
        let problem = Problem::new(Code::TextOnTop).with("title", &short(&job.title)).with("path", &job.id);
        job.edition.site.warn(problem.with("text", &short(one)).with("other", &short(other)).at(whole));
    }
    if let Some(problem) = job.beside.as_ref().and_then(|beside| not_beside(job, beside, &pdf.seen.turned)) {
        job.edition.site.warn(problem);
    }
    if pdf.pages > 1 && job.kind.fits_on_one() {
        job.edition.site.warn(continues(job, pdf.pages, qr));
    }
    Ok(())
}

fn continues(job: &Job<'_>, pages: usize, qr: &str) -> Diagnostic {
    let distance = job.options.distance(job.kind);
    let fits = |paper: Paper, distance: Distance| {
        let mut data = job.data.clone();
        if let Some(data) = data.as_object_mut() {
            data.insert("paper".to_owned(), json!(paper));
            data.insert("distance".to_owned(), json!(distance));
            // In the smallest type, since that decides: how large it could be is not asked.
            data.insert("counted".to_owned(), json!(true));
        }
        let data = serde_json::to_vec(&data).unwrap_or_default();
        job.engine.count_pages(job.poster(data, qr, Makes::NOTHING)) == Some(1)
    };
    let paper = job.options.paper;
    // What stands on so many sheets needs a paper of about as many times the area, or type of its root.
    let doubled = (pages as f64 * 0.9).log2().floor() as usize;
    let larger = PaperSize::ALL.into_iter().filter(|size| *size > paper.size).map(|size| Paper { size, ..paper });
    let larger = larger.skip(doubled.saturating_sub(1)).take(MOST_LARGER).find(|paper| fits(*paper, distance));
    let share = |share: f64| distance.metres() * share / (pages as f64).sqrt();
    let nearer = NEARER.into_iter().filter_map(|of| Distance::new((share(of) * 20.0).floor() / 20.0));
    let nearer = nearer.into_iter().find(|nearer| fits(paper, *nearer));
    let mut longest = String::new();
    find_longest(&job.data, &mut longest);
    let metres = |distance: Distance| format!("{}", distance.metres());
    Problem::new(Code::SheetContinues)
        .with("title", &job.title)
        .with("path", &job.id)
        .with("pages", &pages.to_string())
        .with("paper", &paper.to_string())
        .with("distance", &metres(distance))
        .with("longest", &short(&longest))
        .with_some("larger", larger.map(|paper| paper.to_string()).as_deref())
        .with_some("nearer", nearer.map(metres).as_deref())
        .at(Place::whole(&job.file))
}

/// That some words of a second language whose lines run downwards have no place on the sheet.
fn not_beside(job: &Job<'_>, beside: &Value, stands: &str) -> Option<Diagnostic> {
    let mut words = Vec::new();
    find_mongolian(beside, &mut words);
    let bare = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    let whole = words.len();
    words.retain(|text| !stands.contains(&bare(text)));
    let example = words.first()?;
    let problem = Problem::new(Code::NotBeside).with("title", &short(&job.title)).with("path", &job.id);
    let problem = problem.with("count", &words.len().to_string()).with("all", &whole.to_string());
    Some(problem.with("text", &short(example)).at(Place::whole(&job.file)))
}

/// The texts in traditional Mongolian letters, each once.
fn find_mongolian(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains(is_mongolian) && !found.contains(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| find_mongolian(item, found)),
        Value::Object(entries) => {
            let read = entries.iter().filter(|(key, _)| !NOT_BESIDE.contains(&key.as_str()));
            read.for_each(|(_, value)| find_mongolian(value, found));
        }
        _ => {}
    }
}

fn is_mongolian(letter: char) -> bool {
    matches!(letter, '\u{1820}'..='\u{18aa}')
}

/// The longest text that an editor wrote on the sheet.
fn find_longest(value: &Value, longest: &mut String) {
    match value {
        Value::Object(entries) => {
            if let (Some(Value::String(text)), true) = (entries.get("text"), entries.contains_key("lang"))
                && text.chars().count() > longest.chars().count()
            {
                longest.clone_from(text);
            }
            entries.values().for_each(|value| find_longest(value, longest));
        }
        Value::Array(items) => items.iter().for_each(|item| find_longest(item, longest)),
        _ => {}
    }
}

/// The beginning of a text.
fn short(text: &str) -> String {
    let mut quoted: String = text.chars().take(MOST_QUOTED).collect();
    if text.chars().nth(MOST_QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

//! The contrast of a theme's colours, checked from the file of tokens before anything is built.
//!
//! Beside the tokens a comment says what must be readable on what, and how well:
//!
//! ```css
//! /* contrast 7: ink quiet on ground sheet; teal on tint */
//! ```
//!
//! Each of the first tokens must have that ratio (WCAG 2.2, relative luminance) on each of the second. A comment outside
//! of rules holds in every look; one within a rule in the looks in which the rule holds, so that a look may promise more.

mod colour;
mod tokens;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use colour::Colour;
use tokens::{Comment, Declaration, Look, Tokens};

use crate::diagnostics::{Code, Diagnostic, Place, Problem, SourceText, Texts, closest};

/// The file of tokens in a theme.
const FILE: &str = "styles/tokens.css";

/// What is wrong with the colours of a theme.
pub(super) fn check(theme: &str, files: &BTreeMap<String, Cow<'static, [u8]>>, texts: &mut Texts) -> Vec<Diagnostic> {
    let Some(bytes) = files.get(FILE) else { return Vec::new() };
    let text = String::from_utf8_lossy(bytes);
    let file: Arc<str> = format!("themes/{theme}/{FILE}").into();
    let problems = problems(&text);
    if !problems.is_empty() {
        texts.insert(Arc::clone(&file), SourceText { text: text.as_ref().into() });
    }
    let place = |span: Range<usize>| Place::new(&file, span);
    let diagnostics = problems.into_iter().map(|found| {
        let diagnostic = found.problem.at(place(found.at));
        found.see.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.see(place(span)))
    });
    diagnostics.collect()
}

/// A problem of the file of tokens, where it stands and what else belongs to it.
struct Found {
    problem: Problem,
    at: Range<usize>,
    see: Option<Range<usize>>,
}

fn problems(text: &str) -> Vec<Found> {
    let tokens = Tokens::read(text);
    let mut found = Vec::new();
    let mut promises = Vec::new();
    for comment in &tokens.comments {
        let Some(rest) = comment.text.trim().strip_prefix("contrast ") else { continue };
        match promised(rest) {
            Some(pairs) => promises.extend(pairs.into_iter().map(|pair| (comment, pair))),
            None => {
                let at = comment.start..comment.start + comment.text.len();
                found.push(Found { problem: Problem::new(Code::ContrastNotUnderstood), at, see: None });
            }
        }
    }
    if promises.is_empty() && found.is_empty() {
        return vec![Found { problem: Problem::new(Code::NoContrast), at: 0..0, see: None }];
    }
    let looks = tokens.looks();
    let mut said = BTreeSet::new();
    for (comment, Promise { ratio, written, ink, paper }) in &promises {
        for look in looks.iter().filter(|look| comment.holds(look)) {
            let coloured = |name: &str| resolve(&tokens, name, look);
            match (coloured(ink), coloured(paper)) {
                (Some((front, ink_at)), Some((back, paper_at))) => {
                    let contrast = front.contrast(back);
                    if contrast < *ratio && said.insert((ink_at.span.start, paper_at.span.start, *written)) {
                        let problem = Problem::new(Code::ContrastTooLow)
                            .with("ink", ink)
                            .with("paper", paper)
                            .with("contrast", &rounded_down(contrast))
                            .with("ratio", written)
                            .with_some("look", in_words(look).as_deref());
                        let see = Some(paper_at.span.clone());
                        found.push(Found { problem, at: ink_at.span.clone(), see });
                    }
                }
                (front, _) => {
                    let name = if front.is_none() { ink } else { paper };
                    let at = stands(comment, name);
                    if said.insert((at.start, at.end, "")) {
                        let names = tokens.declarations.iter().map(|declaration| declaration.name);
                        let like = closest(name, names.filter(|other| other != name));
                        let problem = Problem::new(Code::NotAColour).with("token", name).with_some("suggestion", like);
                        found.push(Found { problem, at, see: None });
                    }
                }
            }
        }
    }
    found
}

/// Two tokens, and how well one must be readable on the other.
struct Promise<'a> {
    ratio: f64,
    written: &'a str,
    ink: &'a str,
    paper: &'a str,
}

/// `7: ink quiet on ground sheet; teal on tint`, each pair for itself.
fn promised(text: &str) -> Option<Vec<Promise<'_>>> {
    let (written, pairs) = text.split_once(':')?;
    let written = written.trim();
    let ratio = written.parse::<f64>().ok().filter(|ratio| (1.0..=21.0).contains(ratio))?;
    let mut promises = Vec::new();
    for pair in pairs.split(';') {
        let (inks, papers) = pair.split_once(" on ")?;
        let (inks, papers) = (inks.split_whitespace(), papers.split_whitespace());
        let before = promises.len();
        promises.extend(inks.flat_map(|ink| papers.clone().map(move |paper| Promise { ratio, written, ink, paper })));
        if promises.len() == before {
            return None;
        }
    }
    Some(promises)
}

/// The colour of a token in a look, and the declaration by which it has it; one token may refer to another.
fn resolve<'a, 't>(tokens: &'t Tokens<'a>, name: &str, look: &Look<'_>) -> Option<(Colour, &'t Declaration<'a>)> {
    const MOST_STEPS: usize = 8;
    let mut declaration = tokens.declared(name, look)?;
    for _ in 0..MOST_STEPS {
        match declaration.value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) {
            Some(other) => declaration = tokens.declared(other.trim(), look)?,
            None => return Some((Colour::read(declaration.value)?, declaration)),
        }
    }
    None
}

/// Where a token's name stands in a comment.
fn stands(comment: &Comment<'_>, name: &str) -> Range<usize> {
    let edge = |c: char| c.is_whitespace() || c == ';' || c == ':';
    let whole = |at: &usize| {
        let (before, after) = (comment.text.get(..*at).unwrap_or_default(), comment.text.get(at + name.len()..));
        before.ends_with(edge) && after.is_none_or(|after| after.is_empty() || after.starts_with(edge))
    };
    let at = comment.text.match_indices(name).map(|(at, _)| at).find(whole).unwrap_or(0);
    comment.start + at..comment.start + at + name.len()
}

/// What is particular about a look, as it would be written in the file.
fn in_words(look: &Look<'_>) -> Option<String> {
    let fact = |(name, value): (&&str, &&str)| {
        if name.starts_with("data-") { format!("[{name}=\"{value}\"]") } else { format!("({name}: {value})") }
    };
    (!look.is_empty()).then(|| look.iter().map(fact).collect::<Vec<_>>().join(" "))
}

/// With two places, never more than it is.
fn rounded_down(contrast: f64) -> String {
    format!("{:.2}", (contrast * 100.0).floor() / 100.0)
}

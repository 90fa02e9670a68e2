//! A problem, and a problem at a place.
//!
//! A [`Problem`] has no place: a reader of times that finds `9点半到` knows what is wrong and not where it
//! stands. Whoever knows the place makes a [`Diagnostic`] of it.

use super::catalogue::{self, Argument};
use super::{Code, Edit, Language, Place, Severity};

/// What is wrong, with the words that fill its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
    arguments: Vec<(&'static str, Argument)>,
}

impl Problem {
    /// A problem whose message needs no words yet.
    pub fn new(code: Code) -> Self {
        Self { code, arguments: Vec::new() }
    }

    /// Fills `{name}` in the message; long or broken text is shortened so that a message stays a line.
    #[must_use]
    pub fn with(mut self, name: &'static str, text: &str) -> Self {
        self.arguments.push((name, Argument::Text(shortened(text))));
        self
    }

    /// Fills in a text that is another in each language of messages.
    #[must_use]
    pub fn with_each(mut self, name: &'static str, chinese: &str, english: &str) -> Self {
        self.arguments.push((name, Argument::Each([shortened(chinese), shortened(english)])));
        self
    }

    /// Fills in a key, which is named as the file writes its keys.
    #[must_use]
    pub fn with_key(mut self, name: &'static str, english: &str, chinese: Option<&str>) -> Self {
        let chinese = chinese.unwrap_or(english);
        self.arguments.push((name, Argument::Key([shortened(chinese), shortened(english)])));
        self
    }

    /// As [`Problem::with`], where there may be nothing to fill in: the line of help that needs it is then left out.
    #[must_use]
    pub fn with_some(self, name: &'static str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.with(name, text),
            None => self,
        }
    }

    /// What fills `{name}`, where it is a text.
    pub fn argument(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find_map(|(known, argument)| match argument {
            Argument::Text(text) if *known == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// Whether `{name}` is filled.
    pub fn has(&self, name: &str) -> bool {
        self.arguments.iter().any(|(known, _)| *known == name)
    }

    /// Fills in a word that the catalogue has in each language, e.g. the name of a kind of content.
    #[must_use]
    pub fn with_word(mut self, name: &'static str, word: &'static str) -> Self {
        self.arguments.push((name, Argument::Word(word)));
        self
    }

    /// Fills in a list, joined as the language does it; an empty list fills nothing in.
    #[must_use]
    pub fn with_list<'a>(mut self, name: &'static str, items: impl IntoIterator<Item = &'a str>) -> Self {
        const MOST: usize = 30;
        let mut items: Vec<String> = items.into_iter().take(MOST + 1).map(shortened).collect();
        if let Some(more) = items.get_mut(MOST) {
            "…".clone_into(more);
        }
        if !items.is_empty() {
            self.arguments.push((name, Argument::List(items)));
        }
        self
    }

    /// As [`Problem::with_word`], for a list of words; an empty list fills nothing in.
    #[must_use]
    pub fn with_words(mut self, name: &'static str, words: &[&'static str]) -> Self {
        if !words.is_empty() {
            self.arguments.push((name, Argument::Words(words.to_vec())));
        }
        self
    }

    /// What is wrong, as a phrase; keys are named in English.
    pub fn message(&self, language: Language) -> String {
        self.message_with_keys(language, false)
    }

    /// How to mend it, a line each; lines that nothing is known for are left out. Keys are named in English.
    pub fn help(&self, language: Language) -> Vec<String> {
        self.help_with_keys(language, false)
    }

    /// As [`Problem::message`], with keys named as a file with Chinese or with English keys writes them.
    pub fn message_with_keys(&self, language: Language, chinese_keys: bool) -> String {
        catalogue::message(self.code, (language, chinese_keys), &self.arguments)
    }

    /// As [`Problem::help`], with keys named as a file with Chinese or with English keys writes them.
    pub fn help_with_keys(&self, language: Language, chinese_keys: bool) -> Vec<String> {
        catalogue::help(self.code, (language, chinese_keys), &self.arguments)
    }

    /// Whether what is said of it may name keys: only then it matters how its file writes them.
    pub(super) fn may_name_keys(&self) -> bool {
        let may = |argument: &Argument| matches!(argument, Argument::Key(_) | Argument::Word(_) | Argument::Words(_));
        catalogue::names_keys(self.code) || self.arguments.iter().any(|(_, argument)| may(argument))
    }

    /// This problem at a place.
    pub fn at(self, place: Place) -> Diagnostic {
        Diagnostic { problem: self, place, others: Vec::new(), edits: Vec::new() }
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    if text.chars().count() > LONGEST {
        shown.push('…');
    }
    shown
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code.id(), self.message(Language::En))
    }
}

impl std::error::Error for Problem {}

impl Code {
    /// What the code says whatever it is about: `…` stands for what is filled in.
    pub fn rule(self, language: Language) -> String {
        catalogue::rule(self, language).0
    }

    /// The line that leads to the reference: the call that shows examples of the code.
    pub fn call_that_explains(self, language: Language) -> String {
        let id = self.id();
        match language {
            Language::ZhHans => format!("例子和改法：noticeboard explain {id}"),
            Language::En => format!("examples and mends: noticeboard explain {id}"),
        }
    }
}

/// A problem, where it stands, and what else belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// Where it is.
    pub place: Place,
    /// Other places that belong to it, e.g. the first of two equal ids.
    pub others: Vec<Place>,
    /// How to mend it in its file, where the program knows.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// Adds another place that belongs to the problem.
    #[must_use]
    pub fn see(mut self, place: Place) -> Self {
        self.others.push(place);
        self
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn mended_by(mut self, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.edits.extend(edits);
        self
    }

    /// Whether it stops the build.
    pub fn is_error(&self) -> bool {
        self.problem.code.severity() == Severity::Error
    }

    /// The order in which diagnostics are shown: by file, then by place, then by code.
    pub fn order(&self) -> (&str, usize, usize, Code) {
        (&self.place.file, self.place.start, self.place.end, self.problem.code)
    }
}

/// Most other places that are shown of a problem that many share, such as a fault of a template that many sheets use.
const MOST_OTHERS: usize = 3;

/// Puts diagnostics into the order in which they are shown, each once. What is found in the same place again and again on
/// the way to other places is one, with some of these.
pub fn put_in_order(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for found in diagnostics.drain(..) {
        let beside = kept.iter_mut().rev().take_while(|other| other.order() == found.order());
        match beside.into_iter().find(|other| other.problem == found.problem) {
            None => kept.push(found),
            Some(known) => {
                for place in found.others {
                    if known.others.len() < MOST_OTHERS && !known.others.contains(&place) {
                        known.others.push(place);
                    }
                }
            }
        }
    }
    *diagnostics = kept;
}

/// The candidate most like `word`, if any is like it: for "did you mean". Time grows with the square of the length, so
/// what is longer than any name is like nothing, and only candidates of a like length are looked at closely.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 100;
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.chars().take(2 * LONGEST).count();
            let longer = length.max(other);
            let most = (longer / 3).max(1).min(longer.saturating_sub(1));
            let close = length.abs_diff(other) <= most;
            let distance = close.then(|| strsim::damerau_levenshtein(word, candidate))?;
            (distance <= most).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_places_lead_to_is_said_once() {
        let at = |start: usize, code: Code| Problem::new(code).at(Place::new(&"themes/a.typ".into(), start..start + 1));
        let on = |sheet: &str| at(7, Code::PosterFault).see(Place::whole(&sheet.into()));
        let mut found =
            vec![on("a"), at(9, Code::PosterFault), on("b"), at(3, Code::PosterFault), on("a"), on("c"), on("d")];
        put_in_order(&mut found);
        let others = |found: &Diagnostic| found.others.iter().map(|place| place.file.to_string()).collect::<Vec<_>>();
        let told: Vec<_> = found.iter().map(|found| (found.place.start, others(found))).collect();
        let three = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(told, [(3, vec![]), (7, three), (9, vec![])]);
    }

    #[test]
    fn what_was_meant_is_of_a_like_length_and_a_very_long_word_is_like_nothing() {
        assert_eq!(closest("jiefng", ["jiefang", "ganjiaxiang"]), Some("jiefang"));
        assert_eq!(closest("ab", ["ba", "xyz"]), Some("ba"));
        assert_eq!(closest("a", ["b", ""]), None);
        assert_eq!(closest("title", ["titel", "summary"]), Some("titel"));
        let long = "x".repeat(1_000_000);
        assert_eq!(closest(&long, [long.as_str()]), None);
        assert_eq!(closest("x", [long.as_str()]), None);
    }
}

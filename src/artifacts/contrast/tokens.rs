//! The file of tokens as a browser understands it, as far as colours need it: which value a token has in a look.
//!
//! A look is what the reader's device asks for (`prefers-color-scheme`, `prefers-contrast`) and what the page's root
//! element says of itself (`data-…`). Rules whose selector is the root element with or without attributes are held,
//! in `@media` of those two features, in `@supports` and in layers; everything else in the file is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many looks are told apart at most.
const MOST_LOOKS: usize = 256;

/// The file: its declarations and its comments, each with where it holds.
pub(super) struct Tokens<'a> {
    pub(super) declarations: Vec<Declaration<'a>>,
    pub(super) comments: Vec<Comment<'a>>,
}

/// `--name: value;`
pub(super) struct Declaration<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) span: Range<usize>,
    holds: Holds<'a>,
}

/// What stands between `/*` and `*/`.
pub(super) struct Comment<'a> {
    pub(super) text: &'a str,
    /// Where the text begins.
    pub(super) start: usize,
    holds: Holds<'a>,
}

/// A fact about a look: a feature of the device or an attribute of the root element, and its value.
type Fact<'a> = (&'a str, &'a str);

/// Each feature and attribute of which the file speaks, with its value; what the page does not say is not in it.
pub(super) type Look<'a> = BTreeMap<&'a str, &'a str>;

/// When a rule holds: with all facts of the media around it and all of one of its selectors.
#[derive(Clone, Default)]
struct Holds<'a> {
    /// Whether it is a rule of the root element, in media that are understood.
    never: bool,
    media: Vec<Fact<'a>>,
    selectors: Vec<Vec<Condition<'a>>>,
}

/// Part of a selector.
#[derive(Clone)]
struct Condition<'a> {
    attribute: &'a str,
    /// `None` asks only whether the attribute is there.
    value: Option<&'a str>,
    /// Whether it stands in `:not(…)`.
    not: bool,
}

impl Condition<'_> {
    fn holds(&self, look: &Look<'_>) -> bool {
        let found = look.get(self.attribute);
        self.not != self.value.map_or(found.is_some(), |value| found == Some(&value))
    }
}

impl Holds<'_> {
    /// How specific the selector is by which it holds, or `None`.
    fn specificity(&self, look: &Look<'_>) -> Option<usize> {
        if self.never || !self.media.iter().all(|(feature, value)| look.get(feature) == Some(value)) {
            return None;
        }
        let holding = self.selectors.iter().filter(|all| all.iter().all(|condition| condition.holds(look)));
        holding.map(Vec::len).max()
    }
}

impl Comment<'_> {
    /// Whether the rule in which it stands holds in a look; outside of all rules it holds everywhere.
    pub(super) fn holds(&self, look: &Look<'_>) -> bool {
        let outside = !self.holds.never && self.holds.selectors.is_empty() && self.holds.media.is_empty();
        outside || self.holds.specificity(look).is_some()
    }
}

impl<'a> Tokens<'a> {
    /// Reads the file. What is not CSS ends early and does no harm.
    pub(super) fn read(text: &'a str) -> Self {
        let mut tokens = Self { declarations: Vec::new(), comments: Vec::new() };
        let mut around: Vec<Holds<'a>> = Vec::new();
        let (mut at, mut start) = (0, 0);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let holds = || around.last().cloned().unwrap_or_default();
            let first = rest.chars().next().unwrap_or_default();
            match first {
                '/' if rest.starts_with("/*") => {
                    let inside = rest.get(2..).unwrap_or_default();
                    let inside = inside.split_once("*/").map_or(inside, |(inside, _)| inside);
                    // A comment within a value is passed over; the value then is none that is understood.
                    if text.get(start..at).is_none_or(|before| before.trim().is_empty()) {
                        tokens.comments.push(Comment { text: inside, start: at + 2, holds: holds() });
                        start = at + inside.len() + 4;
                    }
                    at += inside.len() + 4;
                    continue;
                }
                '"' | '\'' => {
                    let inside = rest.get(1..).and_then(|inside| inside.split_once(first)).map_or("", |(text, _)| text);
                    at += inside.len() + 2;
                    continue;
                }
                '{' => {
                    let within = Self::rule(text.get(start..at).unwrap_or_default().trim(), holds());
                    around.push(within);
                }
                ';' | '}' => {
                    let declared = text.get(start..at).unwrap_or_default();
                    let span =
                        start + (declared.len() - declared.trim_start().len())..start + declared.trim_end().len();
                    if let Some((name, value)) = declared.trim().split_once(':')
                        && let Some(name) = name.trim_end().strip_prefix("--")
                    {
                        tokens.declarations.push(Declaration { name, value: value.trim(), span, holds: holds() });
                    }
                    if first == '}' {
                        around.pop();
                    }
                }
                _ => {
                    at += first.len_utf8();
                    continue;
                }
            }
            at += 1;
            start = at;
        }
        tokens
    }

    /// When a rule holds that begins so.
    fn rule(prelude: &'a str, outer: Holds<'a>) -> Holds<'a> {
        let mut holds = outer;
        if let Some(condition) = prelude.strip_prefix("@media") {
            match media(condition) {
                Some(facts) => holds.media.extend(facts),
                None => holds.never = true,
            }
        } else if !prelude.starts_with('@') {
            holds.selectors = prelude.split(',').filter_map(|selector| root(selector.trim())).collect();
            holds.never |= holds.selectors.is_empty();
        }
        holds
    }

    /// Every look of which the file speaks, the plain one first.
    pub(super) fn looks(&self) -> Vec<Look<'a>> {
        let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let both = self.declarations.iter().map(|d| &d.holds).chain(self.comments.iter().map(|c| &c.holds));
        for holds in both.filter(|holds| !holds.never) {
            for (feature, value) in &holds.media {
                known.entry(feature).or_default().insert(value);
            }
            for condition in holds.selectors.iter().flatten() {
                known.entry(condition.attribute).or_default().extend(condition.value);
            }
        }
        let mut looks = vec![Look::new()];
        for (name, values) in known {
            let with = |look: &Look<'a>, value| {
                let mut look = look.clone();
                look.insert(name, value);
                look
            };
            let more: Vec<_> = values.iter().flat_map(|value| looks.iter().map(|look| with(look, *value))).collect();
            looks.extend(more);
            looks.truncate(MOST_LOOKS);
        }
        looks.sort_by_key(BTreeMap::len);
        looks
    }

    /// The declaration of a token that counts in a look: of the most specific rules the last.
    pub(super) fn declared(&self, name: &str, look: &Look<'_>) -> Option<&Declaration<'a>> {
        let own = self.declarations.iter().filter(|declaration| declaration.name == name);
        let holding = own.filter_map(|declaration| Some((declaration.holds.specificity(look)?, declaration)));
        holding.max_by_key(|(specificity, _)| *specificity).map(|(_, declaration)| declaration)
    }
}

/// `(prefers-color-scheme: dark) and (prefers-contrast: more)`, as facts.
fn media(condition: &str) -> Option<Vec<Fact<'_>>> {
    let fact = |part| {
        let (feature, value) = str::trim(part).strip_prefix('(')?.strip_suffix(')')?.split_once(':')?;
        let feature = feature.trim();
        matches!(feature, "prefers-color-scheme" | "prefers-contrast").then(|| (feature, value.trim()))
    };
    condition.split(" and ").map(fact).collect()
}

/// `:root[data-mode="elder"]:not([data-colours])`, as conditions.
fn root(selector: &str) -> Option<Vec<Condition<'_>>> {
    let mut rest = selector.strip_prefix(":root").or_else(|| selector.strip_prefix("html"))?;
    let mut conditions = Vec::new();
    while !rest.is_empty() {
        let (not, inside) = match rest.strip_prefix(":not([") {
            Some(inside) => (true, inside),
            None => (false, rest.strip_prefix('[')?),
        };
        let (inside, after) = inside.split_once(if not { "])" } else { "]" })?;
        let (attribute, value) = match inside.split_once('=') {
            Some((attribute, value)) => (attribute, Some(value.trim().trim_matches(['"', '\'']))),
            None => (inside, None),
        };
        conditions.push(Condition { attribute: attribute.trim(), value, not });
        rest = after;
    }
    Some(conditions)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FILE: &str = "\
@layer tokens {
  /* everywhere */
  :root { --ink: #111; --font: \"a;b{c}\"; --sheet: #fff }
  @media (prefers-color-scheme: dark) {
    :root:not([data-colours]) { --ink: #eee; /* dark */ --sheet: #000; }
  }
  :root[data-colours=\"dark\"], html[data-colours='night'] { --ink: #ddd; }
  .masthead { --ink: #00f; }
  @media print { :root { --ink: #000; } }
}";

    fn value(look: &[(&'static str, &'static str)]) -> &'static str {
        Tokens::read(FILE).declared("ink", &look.iter().copied().collect()).unwrap().value
    }

    #[test]
    fn a_token_has_the_value_that_a_browser_would_give_it() {
        assert_eq!(value(&[]), "#111");
        assert_eq!(value(&[("prefers-color-scheme", "dark")]), "#eee");
        assert_eq!(value(&[("prefers-color-scheme", "dark"), ("data-colours", "light")]), "#111");
        assert_eq!(value(&[("prefers-color-scheme", "dark"), ("data-colours", "night")]), "#ddd");
        assert_eq!(value(&[("data-colours", "dark")]), "#ddd");
    }

    #[test]
    fn looks_are_what_the_file_speaks_of_and_their_number_is_bounded() {
        let looks = Tokens::read(FILE).looks();
        assert_eq!((looks.len(), looks.first()), (6, Some(&Look::new())));
        let many: String = (0..40).map(|n| format!(":root[data-a{n}=\"x\"] {{ --ink: #000; }}\n")).collect();
        assert_eq!(Tokens::read(&many).looks().len(), MOST_LOOKS);
    }

    #[test]
    fn a_comment_holds_where_its_rule_does() {
        let tokens = Tokens::read(FILE);
        let dark = Look::from([("prefers-color-scheme", "dark")]);
        let holds: Vec<_> = tokens.comments.iter().map(|c| (c.text, c.holds(&Look::new()), c.holds(&dark))).collect();
        assert_eq!(holds, [(" everywhere ", true, true), (" dark ", false, true)]);
    }

    #[test]
    fn what_is_not_css_ends_early_and_does_no_harm() {
        for text in [
            "",
            "{",
            "}}}}",
            "/*",
            "/* x",
            "\"",
            "'",
            ":root { --a",
            ":root{--a:#fff",
            "--a: b; 一 { 二: 三 } \"",
            "[",
            ":root[",
            "@media (",
        ] {
            let tokens = Tokens::read(text);
            tokens.looks();
            tokens.declared("a", &Look::new());
        }
    }
}

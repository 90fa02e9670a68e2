//! What differs in the Markdown of a record: the first passage that does, old and new.

use super::words::{Tongue, quoted};
use crate::content::{Body, LanguageTag};

/// How many characters that both have are quoted around what differs.
const AROUND: usize = 6;
/// The most characters that are compared to find where a passage differs.
const MOST: usize = 2_000;

/// What differs in the bodies of a record, in the language that a reader of the message would choose.
pub(super) fn difference(tongue: &Tongue<'_>, old: &[Body], new: &[Body]) -> Option<String> {
    let differing: Vec<&Body> = new.iter().filter(|body| words(Some(*body)) != words(same(old, body))).collect();
    let gone: Vec<&Body> =
        old.iter().filter(|body| same(new, body).is_none() && !words(Some(*body)).is_empty()).collect();
    if let Some(own) = differing.iter().find(|body| is_of(tongue, body)).or_else(|| {
        // Another language's is quoted only where it is the one that readers of this language see.
        differing.iter().find(|body| body.language.is_none() && !new.iter().any(|body| is_of(tongue, body)))
    }) {
        return Some(passage(tongue, same(old, own), own));
    }
    let languages: Vec<String> =
        differing.iter().chain(&gone).map(|body| language(tongue, body.language.as_ref())).collect();
    let languages = tongue.list(languages);
    (!languages.is_empty()).then(|| tongue.say("translation", &[("languages", &languages)]))
}

/// Whether anything differs, however its lines are broken.
pub(super) fn differ(old: &[Body], new: &[Body]) -> bool {
    new.iter().any(|body| words(Some(body)) != words(same(old, body)))
        || old.iter().any(|body| words(Some(body)) != words(same(new, body)))
}

fn same<'b>(bodies: &'b [Body], body: &Body) -> Option<&'b Body> {
    bodies.iter().find(|other| other.language == body.language)
}

fn words(body: Option<&Body>) -> Vec<&str> {
    body.map_or_else(Vec::new, |body| body.markdown().split_whitespace().collect())
}

fn is_of(tongue: &Tongue<'_>, body: &Body) -> bool {
    body.language.as_ref().unwrap_or(tongue.after.site.first_language()) == tongue.after.language
}

fn language(tongue: &Tongue<'_>, tag: Option<&LanguageTag>) -> String {
    let tag = tag.unwrap_or(tongue.after.site.first_language());
    tongue.wording().term(&format!("language.{tag}")).to_owned()
}

fn passage(tongue: &Tongue<'_>, old: Option<&Body>, new: &Body) -> String {
    let paragraphs = |body: Option<&Body>| -> Vec<String> {
        let text = body.map_or("", Body::markdown).replace('\r', "");
        let joined = text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
        joined.filter(|part| !part.is_empty()).collect()
    };
    let (old, new) = (paragraphs(old), paragraphs(Some(new)));
    let gone = old.iter().find(|part| !new.contains(part)).map_or("", String::as_str);
    let added = new.iter().find(|part| !old.contains(part)).map_or("", String::as_str);
    let (gone, added) = apart(gone, added);
    if gone.is_empty() && added.is_empty() {
        return tongue.say("order", &[]);
    }
    tongue.turned(&quoted(tongue, &gone), &quoted(tongue, &added))
}

/// Two passages without what both begin and end with, but for a few characters.
fn apart(old: &str, new: &str) -> (String, String) {
    if old.is_empty() || new.is_empty() {
        return (old.to_owned(), new.to_owned());
    }
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().take(MOST).collect(), new.chars().take(MOST).collect());
    let begin = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - begin;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let part = |text: &[char]| {
        let from = begin.saturating_sub(AROUND);
        let until = (text.len() - end + AROUND).min(text.len());
        let inside: String = text.get(from..until).unwrap_or_default().iter().collect();
        let before = if from > 0 { "…" } else { "" };
        let after = if until < text.len() { "…" } else { "" };
        format!("{before}{}{after}", inside.trim())
    };
    (part(&old), part(&new))
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn of_two_passages_what_differs_is_left_with_a_little_around_it() {
        let (old, new) = apart("请带身份证和户口本，到一楼大厅办理。", "请带身份证和社保卡，到一楼大厅办理。");
        assert_eq!(
            (old.as_str(), new.as_str()),
            ("请带身份证和户口本，到一楼大厅…", "请带身份证和社保卡，到一楼大厅…")
        );
        assert_eq!(apart("a", "a b"), ("a".to_owned(), "a b".to_owned()));
        assert_eq!(apart("", "b"), (String::new(), "b".to_owned()));
    }
}

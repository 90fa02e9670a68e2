//! Opening hours as people write them, in Chinese and English.
//!
//! `周一至周五 上午9点到12点，下午2点半至6点；节假日休息` goes in, [`OpeningHours`] come out. A text becomes words with
//! their places (`tokens`, `vocabulary`), words become phrases (`phrases`, `dates`), phrases rules (`rules`), and rules are
//! put together where they go together (`draft`). Nothing is guessed and no word passed over that might mean something:
//! what may mean two things is refused with what was understood before it. [`write()`] says what was read, so that a
//! person can see it.

mod dates;
mod draft;
mod english;
mod phrases;
mod rule;
mod rules;
mod tokens;
mod vocabulary;
mod write;

use self::draft::Draft;
use self::phrases::Stop;
use self::tokens::Text;
use super::opening::OpeningHours;
use crate::diagnostics::{Code, Language, Problem};

/// The most characters that a text of opening hours may have.
const LONGEST: usize = 1000;
/// What is shown to whoever was not understood, in Chinese and in English.
const EXAMPLE: [&str; 2] = [
    "周一至周五 08:30-12:00，14:30-18:00；周六 09:00-12:00；节假日休息",
    "Mon-Fri 08:30-12:00, 14:30-18:00; Sat 09:00-12:00; public holidays closed",
];

/// Reads opening hours in words. What happens on holidays and make-up workdays is what [`OpeningHours`] has if nothing
/// is said of them; `closings` stay empty.
///
/// # Errors
///
/// [`Code::NotHours`] with the first `part` that was not understood and, if there is any, the canonical text of what
/// was `understood` before it; or what the readers of weekdays, dates and times find wrong.
pub fn read(text: &str) -> Result<OpeningHours, Problem> {
    if let Some((longest, _)) = text.char_indices().nth(LONGEST) {
        return Err(not_hours(text.get(longest..).unwrap_or_default(), None));
    }
    let words = Text::new(text);
    let mut draft = Draft::default();
    let read = rules::read(&words, &mut draft).and_then(|()| match draft.is_empty() {
        true => Err(Stop::At(0..words.plain.len())),
        false => draft.hours(),
    });
    read.map_err(|stop| match stop {
        Stop::Wrong(problem) => problem,
        Stop::At(place) => not_hours(&words.piece(&place), draft.understood(place.start)),
    })
}

fn not_hours(part: &str, understood: Option<[String; 2]>) -> Problem {
    let [chinese, english] = EXAMPLE;
    let problem = Problem::new(Code::NotHours).with("part", part).with_each("words", chinese, english);
    match understood {
        Some([chinese, english]) => problem.with_each("understood", &chinese, &english),
        None => problem,
    }
}

/// Opening hours as one text in a language, which [`read`] reads back; notices that close the place are not in it.
pub fn write(hours: &OpeningHours, language: Language) -> String {
    match language {
        Language::ZhHans => write::clauses(hours, true, true).join("；"),
        Language::En => english::clauses(hours, true, true).join("; "),
    }
}

#[cfg(test)]
mod tests;

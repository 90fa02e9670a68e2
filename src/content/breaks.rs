//! Where a title may be broken: `老年人|手机课堂`.
//!
//! Chinese has no spaces, so only who wrote a title knows where it may be broken on a narrow sheet. The mark is taken out
//! when a text is read, so no page, feed or calendar ever has it; sheets ask [`Breaks`], which finds the marks in the files
//! again. A mark that was written once holds wherever the same words stand.

/// The mark.
const MARK: char = '|';

/// Whether a mark may stand between these two: where one is of a writing without spaces. `a|b` and `a | b` stay.
fn is_between(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let word = |letter: char| letter.is_alphanumeric() || matches!(letter, '—' | '·' | '：' | '”' | '“' | '》' | '《');
    word(before) && word(after) && !(before.is_ascii() && after.is_ascii())
}

/// A text without its marks, and where they stood, in bytes of what is left; nothing if there was none.
fn taken_out(text: &str) -> Option<(String, Vec<usize>)> {
    if !text.contains(MARK) {
        return None;
    }
    let (mut plain, mut marks) = (String::with_capacity(text.len()), Vec::new());
    let mut letters = text.chars().peekable();
    let mut before = None;
    while let Some(letter) = letters.next() {
        if letter == MARK && is_between(before, letters.peek().copied()) {
            marks.push(plain.len());
        } else {
            plain.push(letter);
        }
        before = Some(letter);
    }
    (!marks.is_empty()).then_some((plain, marks))
}

/// A text as readers see it.
pub fn without_marks(text: String) -> String {
    taken_out(&text).map_or(text, |(plain, _)| plain)
}

/// The marks of all files.
#[derive(Debug, Default)]
pub struct Breaks {
    /// Words, and where they may be broken.
    known: Vec<(String, Vec<usize>)>,
}

impl Breaks {
    /// The marks in these files.
    pub fn of<'a>(files: impl Iterator<Item = &'a str>) -> Self {
        let mut known: Vec<(String, Vec<usize>)> = files
            .flat_map(|file| {
                file.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, MARK | '—' | '·')))
            })
            .filter_map(taken_out)
            .collect();
        known.sort();
        known.dedup();
        Self { known }
    }

    /// The parts between which a text may be broken; none if it has no marks.
    pub fn parts<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let found = self.known.iter().flat_map(|(words, marks)| {
            text.match_indices(words.as_str()).flat_map(move |(at, _)| marks.iter().map(move |mark| at + mark))
        });
        let mut ends: Vec<usize> = found.chain([text.len()]).collect();
        ends.sort_unstable();
        ends.dedup();
        let starts = [0].into_iter().chain(ends.iter().copied());
        let parts: Vec<&str> = starts.zip(&ends).filter_map(|(start, end)| text.get(start..*end)).collect();
        if parts.len() > 1 { parts } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_taken_out_between_words_and_stays_elsewhere() {
        let plain = |text: &str| without_marks(text.to_owned());
        assert_eq!(plain("老年人|手机课堂"), "老年人手机课堂");
        assert_eq!(plain("马背流动讲堂|2026—2027年|冬季路线"), "马背流动讲堂2026—2027年冬季路线");
        for same in ["a|b", "甲 | 乙", "|甲", "甲|", "甲||乙", "没有"] {
            assert_eq!(plain(same), same);
        }
    }

    #[test]
    fn a_mark_holds_wherever_the_words_stand() {
        let breaks = Breaks::of(["title: 老年人|手机课堂：入门\nother: a|b"].into_iter());
        assert_eq!(breaks.parts("老年人手机课堂"), ["老年人", "手机课堂"]);
        assert_eq!(breaks.parts("周一老年人手机课堂：入门"), ["周一老年人", "手机课堂：入门"]);
        assert_eq!(breaks.parts("老年人手机"), [""; 0]);
        assert_eq!(breaks.parts(""), [""; 0]);
    }
}

//! `noticeboard status --coverage`: what is not translated and what no native reader has checked, for people.

use std::fmt::Write as _;

use crate::diagnostics::Language;
use crate::site::{Coverage, KindCoverage, LanguageCoverage};

/// The words of the report in one language; `{…}` is filled in.
struct Words {
    off: &'static str,
    interface: &'static str,
    missing: &'static str,
    unreviewed: &'static str,
    unreviewed_all: &'static str,
    records: &'static str,
    texts: &'static str,
    without: &'static str,
    falls_back: &'static str,
    more: &'static str,
}

const CHINESE: Words = Words {
    off: "（不发布）",
    interface: "界面文字",
    missing: "缺少",
    unreviewed: "未经母语审读",
    unreviewed_all: "全部未经母语审读",
    records: "条有网页",
    texts: "处文字有译文",
    without: "没有网页",
    falls_back: "用其他语言代替",
    more: "另有",
};

const ENGLISH: Words = Words {
    off: " (not published)",
    interface: "interface",
    missing: "missing",
    unreviewed: "not checked by a native reader",
    unreviewed_all: "nothing checked by a native reader",
    records: "with a page",
    texts: "texts written",
    without: "no page",
    falls_back: "in another language",
    more: "more:",
};

/// Most files or keys that are named in one line of the report; `--format json` has them all.
const NAMED: usize = 4;

/// The report as text: a language a paragraph, a kind a line.
pub(super) fn human(coverage: &Coverage, language: Language) -> String {
    let words = match language {
        Language::ZhHans => &CHINESE,
        Language::En => &ENGLISH,
    };
    let mut text = String::new();
    for language in &coverage.languages {
        if !text.is_empty() {
            text.push('\n');
        }
        one(&mut text, language, words);
    }
    text
}

fn one(text: &mut String, language: &LanguageCoverage, words: &Words) {
    let off = if language.published { "" } else { words.off };
    let _ = writeln!(text, "{}  {}{off}", language.tag, language.name);
    let interface = &language.interface;
    let strings = interface.strings - interface.missing.len();
    let _ = writeln!(text, "  {}  {strings}/{}", words.interface, interface.strings);
    if !interface.missing.is_empty() {
        let _ = writeln!(text, "    {}  {}", words.missing, named(&interface.missing, words));
    }
    if !interface.unreviewed.is_empty() && interface.unreviewed.len() == strings {
        let _ = writeln!(text, "    {}", words.unreviewed_all);
    } else if !interface.unreviewed.is_empty() {
        let _ = writeln!(text, "    {}  {}", words.unreviewed, named(&interface.unreviewed, words));
    }
    for kind in &language.kinds {
        of_kind(text, kind, words);
    }
}

fn of_kind(text: &mut String, kind: &KindCoverage, words: &Words) {
    let pages = kind.records - kind.without.len();
    let written = kind.texts - kind.falls_back.len();
    let _ = write!(text, "  {}", kind.kind);
    if !kind.kind.contains('.') {
        let _ = write!(text, "  {pages}/{} {}", kind.records, words.records);
    }
    let _ = writeln!(text, "  {written}/{} {}", kind.texts, words.texts);
    if !kind.without.is_empty() {
        let _ = writeln!(text, "    {}  {}", words.without, named(&kind.without, words));
    }
    if !kind.falls_back.is_empty() {
        let _ = writeln!(text, "    {}  {}", words.falls_back, named(&kind.falls_back, words));
    }
}

fn named(items: &[String], words: &Words) -> String {
    let shown: Vec<&str> = items.iter().take(NAMED).map(String::as_str).collect();
    let more = items.len().saturating_sub(NAMED);
    let mut line = shown.join(", ");
    if more > 0 {
        let _ = write!(line, ", {} {more}", words.more);
    }
    line
}

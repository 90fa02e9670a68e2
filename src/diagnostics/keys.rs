//! In which language the keys of a file are written, so that what is said about it names a key as it stands there.
//!
//! The catalogue writes a key as `{slots|时段}`, for files with English and with Chinese keys.

use super::{Diagnostic, Language, Texts};

/// The file that speaks for those that have no keys: the ledger, a picture, a template.
const SITE_FILE: &str = "site.yaml";
/// Lines that are looked at: what follows is written as what stands above it.
const LOOKED_AT: usize = 200;

/// Whether the keys at the left edge of a file are Chinese ones for the most part; of Markdown, those of its front matter.
pub fn has_chinese_keys(text: &str) -> bool {
    majority(text).unwrap_or(false)
}

/// Whether most keys at the left edge are Chinese; nothing if there is none.
fn majority(text: &str) -> Option<bool> {
    let mut lines = text.lines().take(LOOKED_AT).peekable();
    let is_markdown = lines.next_if(|line| line.trim_end() == "---").is_some();
    let keys = lines.take_while(|line| !is_markdown || line.trim_end() != "---").filter_map(|line| {
        let first = line.chars().next().filter(|c| c.is_alphabetic())?;
        line.contains([':', '：']).then_some(first.is_ascii())
    });
    let (english, chinese): (Vec<bool>, Vec<bool>) = keys.partition(|is_english| *is_english);
    (!english.is_empty() || !chinese.is_empty()).then_some(chinese.len() > english.len())
}

impl Diagnostic {
    /// What is wrong, as a phrase, with keys as the file writes them.
    pub fn message(&self, language: Language, texts: &Texts) -> String {
        self.problem.message_with_keys(language, self.names_chinese_keys(texts))
    }

    /// How to mend it, a line each, with keys as the file writes them.
    pub fn help(&self, language: Language, texts: &Texts) -> Vec<String> {
        self.problem.help_with_keys(language, self.names_chinese_keys(texts))
    }

    fn names_chinese_keys(&self, texts: &Texts) -> bool {
        if !self.problem.may_name_keys() {
            return false;
        }
        let file = &*self.place.file;
        let ends = |endings: &[&str]| endings.iter().any(|ending| file.ends_with(ending));
        // What the program writes itself says nothing of how editors write.
        let is_content = ends(&[".yaml", ".yml", ".md"]) && !ends(&["content/addresses.yaml"]);
        let of = |file: &str| texts.get(file).and_then(|source| majority(&source.text));
        let own = is_content.then(|| of(file)).flatten();
        let whole = || texts.keys().find(|path| path.rsplit('/').next() == Some(SITE_FILE)).and_then(|path| of(path));
        own.or_else(whole).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_matter_speaks_for_a_markdown_file_and_most_keys_for_any() {
        assert!(has_chinese_keys("标题: 甲\n摘要: 乙\nvalid: 丙\n"));
        assert!(!has_chinese_keys("---\ntitle: 甲\n---\n\n正文：一\n正文：二\n"));
        assert!(!has_chinese_keys("# 只有备注\n"));
    }
}

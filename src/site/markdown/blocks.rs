//! Markdown as plain blocks of text, for sheets that are set and not shown in a browser.
//!
//! Headings, paragraphs, items and tables, with what is strong. Links keep their words, pictures and tags are left out.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::Serialize;

use super::chinese::{joins_chinese, mark_emphasis, without_mark};
use super::outline::too_deep;

/// A block of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Block {
    /// `heading`, `paragraph`, `item` or `table`.
    pub kind: &'static str,
    /// How deep an item lies, from 0.
    pub level: usize,
    /// What stands before an item: its number, or nothing for a point.
    pub number: Option<u64>,
    /// The text; of a table none.
    pub runs: Vec<Run>,
    /// The rows of a table, the first being its head.
    pub rows: Vec<Vec<Vec<Run>>>,
    /// The language, where it is not the sheet's.
    pub lang: Option<String>,
}

/// Text that is all strong, or all not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Whether it is strong.
    pub strong: bool,
}

/// Reads Markdown; what is nested without bounds gives nothing, which its page reports.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let marked = mark_emphasis(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let parsed: Vec<_> = Parser::new_ext(&marked, options).into_offset_iter().collect();
    if too_deep(&parsed).is_some() {
        return Vec::new();
    }
    let joins = joins_chinese(&parsed);
    let mut reader = Reader::default();
    for ((event, _), joins) in parsed.into_iter().zip(joins) {
        reader.event(event, joins);
    }
    reader.end();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The block that is being read.
    open: Option<Block>,
    /// The lists around, with the next number of those that are numbered.
    lists: Vec<Option<u64>>,
    strong: usize,
    /// Within pictures, whose words stand for what is not there.
    pictures: usize,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, joins: bool) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.begin("heading"),
            Event::Start(Tag::List(first)) => {
                self.end();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.end();
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.begin("item");
                let level = self.lists.len().saturating_sub(1);
                let number = self.lists.last_mut().and_then(|next| {
                    let number = *next;
                    *next = number.map(|number| number + 1);
                    number
                });
                if let Some(open) = &mut self.open {
                    (open.level, open.number) = (level, number);
                }
            }
            Event::Start(Tag::Table(_)) => self.begin("table"),
            Event::Start(Tag::TableHead | Tag::TableRow) => self.rows(|rows| rows.push(Vec::new())),
            Event::Start(Tag::TableCell) => {
                self.rows(|rows| rows.last_mut().into_iter().for_each(|row| row.push(Vec::new())))
            }
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Image { .. }) => self.pictures += 1,
            Event::End(TagEnd::Image) => self.pictures = self.pictures.saturating_sub(1),
            // The paragraph of an item is the item.
            Event::Start(Tag::Paragraph) if self.open.as_ref().is_some_and(|open| open.runs.is_empty()) => {}
            Event::Start(Tag::Paragraph) => self.begin("paragraph"),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::Table) => self.end(),
            Event::Text(text) | Event::Code(text) => self.text(&without_mark(text)),
            Event::SoftBreak if joins => {}
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.text("\n"),
            _ => {}
        }
    }

    fn begin(&mut self, kind: &'static str) {
        self.end();
        self.open = Some(Block { kind, ..Block::default() });
    }

    fn end(&mut self) {
        let says = |block: &Block| !block.rows.is_empty() || block.runs.iter().any(|run| !run.text.trim().is_empty());
        self.blocks.extend(self.open.take().filter(says));
    }

    fn rows(&mut self, change: impl FnOnce(&mut Vec<Vec<Vec<Run>>>)) {
        if let Some(open) = &mut self.open {
            change(&mut open.rows);
        }
    }

    fn text(&mut self, text: &str) {
        if self.pictures > 0 {
            return;
        }
        let strong = self.strong > 0;
        let open = self.open.get_or_insert_with(|| Block { kind: "paragraph", ..Block::default() });
        let cell = open.rows.last_mut().and_then(|row| row.last_mut());
        let runs = cell.unwrap_or(&mut open.runs);
        match runs.last_mut() {
            Some(last) if last.strong == strong => last.text.push_str(text),
            _ => runs.push(Run { text: text.to_owned(), strong }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown: &str) -> Vec<String> {
        let run = |run: &Run| if run.strong { format!("*{}*", run.text) } else { run.text.clone() };
        let line = |block: &Block| {
            let text: String = block.runs.iter().map(run).collect();
            let row = |row: &Vec<Vec<Run>>| {
                row.iter().map(|cell| cell.iter().map(run).collect::<String>()).collect::<Vec<_>>().join("|")
            };
            let rows: Vec<_> = block.rows.iter().map(row).collect();
            let number = block.number.map(|number| format!("{number}.")).unwrap_or_default();
            format!("{} {}{number}{text}{}", block.kind, block.level, rows.join("/"))
        };
        blocks(markdown).iter().map(line).collect()
    }

    #[test]
    fn paragraphs_items_and_tables_keep_their_words() {
        let text = "# 办法\n\n**注意：**请\n带证件。\n\n- **上午**：照常\n- 下午\n  1. 停\n\n| 项目 | 金额 |\n|---|---|\n| 牛 | 1 |\n\n![图](a.png)[看](https://a.example/) <b>x</b>";
        let wanted = [
            "heading 0办法",
            "paragraph 0*注意：*请带证件。",
            "item 0*上午*：照常",
            "item 0下午",
            "item 11.停",
            "table 0项目|金额/牛|1",
            "paragraph 0看 x",
        ];
        assert_eq!(shown(text), wanted);
    }
}

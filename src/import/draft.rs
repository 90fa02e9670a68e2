//! A record as it was understood, before it is a file.

use std::fmt::Write as _;

use serde_yaml::Mapping;

use super::written;

/// A record to be written.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The folder below `content/`.
    pub folder: &'static str,
    /// Its id, which is the name of its file.
    pub id: String,
    /// What it says, with English keys.
    pub record: Mapping,
    /// Its Markdown, for kinds that have some.
    pub body: Option<String>,
    /// Whether it has all that a file of it should say, and not only what a board or a list shows.
    pub is_whole: bool,
    /// What was not understood and is kept beside it.
    pub comments: Vec<String>,
    /// A table of what was understood, for a person to look at.
    pub shown: Vec<Vec<String>>,
    /// The row of a list that it is of.
    pub row: Option<u32>,
}

impl Draft {
    /// The file, relative to the site's folder.
    pub fn path(&self) -> String {
        let ending = if self.body.is_some() { "md" } else { "yaml" };
        format!("content/{}/{}.{ending}", self.folder, self.id)
    }

    /// The text of a new file.
    pub fn text(&self) -> String {
        let mut yaml = written::yaml(&self.record);
        for line in self.comment_lines() {
            let _ = writeln!(yaml, "{line}");
        }
        match &self.body {
            None => yaml,
            Some(body) => format!("---\n{yaml}---\n\n{}\n", body.trim()),
        }
    }

    /// What was not understood, as comments of its file.
    pub fn comment_lines(&self) -> impl Iterator<Item = String> {
        // A line of a comment cannot end it.
        let line = |comment: &String| comment.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        self.comments.iter().map(move |comment| format!("# {}", line(comment)))
    }
}

//! Figures at a glance: those of a page, large, with who counted them.
//!
//! Editors write `城关区：网格`, `城关区：志愿者`: figures that follow each other and have the same words before a colon
//! stand together under them.

use serde::Serialize;

use super::{Sheet, SheetView, Sheets};
use crate::content::{Page, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::parts::{FigureView, Local, figures};

/// What the sheet says.
#[derive(Serialize)]
struct Figures {
    /// A sentence about them.
    summary: Option<Local>,
    /// The figures, those of one thing together.
    groups: Vec<Group>,
}

/// Figures of one thing.
#[derive(Serialize)]
struct Group {
    /// What they are of.
    name: Option<Local>,
    /// The figures.
    figures: Vec<FigureView>,
}

/// Of each page with figures.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let with_figures = move |record: &&Record<Page>| edition.offers(*record) && !record.value.figures.is_empty();
    let records = edition.site.content.pages.iter().filter(with_figures);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Figures, record, &record.value.posters, view)))
}

fn view(edition: &Edition<'_>, record: &Record<Page>) -> SheetView {
    let page = &record.value;
    let content = Figures {
        summary: edition.local_some(page.summary.as_ref()),
        groups: grouped(figures(edition, &page.figures)),
    };
    let until = edition.wording.term("sheet.until-changed").to_owned();
    let publisher = edition.local(&edition.site.content.site.value.publisher);
    SheetView::new(edition.local(&page.title), publisher, until, content)
}

/// Puts figures that have the same words before a colon under these.
fn grouped(figures: Vec<FigureView>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for mut figure in figures {
        let lang = figure.label.lang.clone();
        let split = figure.label.text.split_once('：').or_else(|| figure.label.text.split_once(": "));
        let parts = split.map(|(name, rest)| (name.trim().to_owned(), rest.trim().to_owned()));
        let parts = parts.filter(|(name, rest)| !name.is_empty() && !rest.is_empty());
        let name = parts.map(|(name, rest)| {
            figure.label.text = rest;
            Local { text: name, lang }
        });
        match groups.last_mut() {
            Some(group) if group.name == name => group.figures.push(figure),
            _ => groups.push(Group { name, figures: vec![figure] }),
        }
    }
    groups
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn figure(label: &str) -> FigureView {
        let own = |text: &str| Local::own(text.to_owned());
        FigureView { label: own(label), value: own("1"), unit: None, as_of: None, source: None }
    }

    #[test]
    fn figures_of_one_thing_stand_together_and_in_their_order() {
        let labels = ["甲区：网格", "甲区：志愿者", "总数", "B: grids", "：无名", "甲区：驿站"];
        let groups = grouped(labels.map(figure).into());
        let found: Vec<(Option<&str>, Vec<&str>)> = groups
            .iter()
            .map(|group| {
                let labels = group.figures.iter().map(|figure| figure.label.text.as_str()).collect();
                (group.name.as_ref().map(|name| name.text.as_str()), labels)
            })
            .collect();
        let expected = [
            (Some("甲区"), vec!["网格", "志愿者"]),
            (None, vec!["总数"]),
            (Some("B"), vec!["grids"]),
            (None, vec!["：无名"]),
            (Some("甲区"), vec!["驿站"]),
        ];
        assert_eq!(found, expected);
    }
}

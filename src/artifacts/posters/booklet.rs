//! Pages in the order in which folded sheets are stapled: two beside each other, the last beside the first.
//!
//! For printing and nothing else: who reads such a file on a screen reads it in the wrong order, so it is not tagged, is
//! never published, and claims no standard.

use serde::{Deserialize, Serialize};
use typst::layout::{Frame, FrameKind, Point, Size};
use typst_layout::{Page, PagedDocument};

/// On which side a booklet is stapled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// As books whose lines, or columns, run from left to right.
    Left,
    /// As books whose lines run from right to left.
    Right,
}

/// The pages of a side of paper, the left one first; `None` is an empty one.
pub(super) fn sides(pages: usize, bound: Bound) -> Vec<[Option<usize>; 2]> {
    let all = pages.next_multiple_of(4);
    let known = |page: usize| (page < pages).then_some(page);
    let side = |side: usize| {
        let (early, late) = (known(side), known(all - 1 - side));
        // The back of a sheet is turned over its long axis.
        let late_first = side.is_multiple_of(2);
        if late_first == (bound == Bound::Left) { [late, early] } else { [early, late] }
    };
    (0..all / 2).map(side).collect()
}

/// The document as a booklet.
pub(super) fn booklet(document: &PagedDocument, bound: Bound) -> PagedDocument {
    let pages = document.pages();
    let Some(first) = pages.first() else { return document.clone() };
    let size = first.frame.size();
    let side = |both: [Option<usize>; 2]| {
        let mut frame = Frame::new(Size::new(size.x * 2.0, size.y), FrameKind::Hard);
        for (page, x) in both.into_iter().zip([0.0, 1.0]) {
            if let Some(page) = page.and_then(|page| pages.get(page)) {
                frame.push_frame(Point::with_x(size.x * x), page.frame.clone());
            }
        }
        Page { frame, ..first.clone() }
    };
    let sides = sides(pages.len(), bound).into_iter().map(side).collect();
    PagedDocument::new(sides, typst::model::Document::info(document).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pages: usize, bound: Bound) -> Vec<[usize; 2]> {
        sides(pages, bound).into_iter().map(|side| side.map(|page| page.map_or(0, |page| page + 1))).collect()
    }

    #[test]
    fn folded_and_stapled_the_pages_follow_each_other() {
        assert_eq!(read(8, Bound::Left), [[8, 1], [2, 7], [6, 3], [4, 5]]);
        assert_eq!(read(5, Bound::Left), [[0, 1], [2, 0], [0, 3], [4, 5]]);
        assert_eq!(read(4, Bound::Right), [[1, 4], [3, 2]]);
        assert_eq!(read(1, Bound::Left), [[0, 1], [0, 0]]);
    }
}

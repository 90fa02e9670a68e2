//! Sheets whose lines run downwards, from left to right: traditional Mongolian.
//!
//! Typst sets horizontal lines only. So such a sheet is set as if its paper lay on its side, and what was laid out is
//! transposed: what was below comes to stand on the right, what was to the right comes to stand below. That mirrors what
//! it turns, so each run of letters and each picture is mirrored once more where it stands: letters end up turned by a
//! quarter clockwise, which is how the fonts draw Mongolian, and Chinese ones upright among them.
//!
//! Beside another language a template does the same to a block: it turns and mirrors it, and here its letters are mirrored
//! back.

use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Ratio, Size, Transform};
use typst::text::{Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

/// The middle of a line above its baseline, in ems.
const MIDDLE: f64 = 0.38;
/// Where the ink of a stop is in its square, over its size: from the left, as from the line.
const STOP: f64 = 0.2;
/// How far right of its column's middle that comes to stand, less that.
const STOP_ACROSS: f64 = 0.07;

/// The document with its lines running downwards.
pub(super) fn vertical(document: &PagedDocument) -> PagedDocument {
    let page = |page: &Page| {
        let size = page.frame.size();
        let mut frame = Frame::hard(Size::new(size.y, size.x));
        let mut group = GroupItem::new(mirrored(&page.frame));
        group.transform = transposed(Point::zero());
        frame.push(Point::zero(), FrameItem::Group(group));
        Page { frame, ..page.clone() }
    };
    PagedDocument::new(document.pages().iter().map(page).collect(), typst::model::Document::info(document).clone())
}

/// The document with the letters of its mirrored blocks mirrored back: columns of Mongolian beside lines of Chinese.
pub(super) fn with_columns(document: PagedDocument) -> PagedDocument {
    if !document.pages().iter().any(|page| has_columns(&page.frame)) {
        return document;
    }
    let pages = document.pages().iter().map(|page| Page { frame: columns_righted(&page.frame), ..page.clone() });
    PagedDocument::new(pages.collect(), typst::model::Document::info(&document).clone())
}

fn has_columns(frame: &Frame) -> bool {
    let mut groups = frame.items().filter_map(|(_, item)| match item {
        FrameItem::Group(group) => Some(group),
        _ => None,
    });
    groups.any(|group| is_mirroring(&group.transform) || has_columns(&group.frame))
}

fn columns_righted(frame: &Frame) -> Frame {
    let mut result = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        result.set_baseline(frame.baseline());
    }
    for (at, item) in frame.items() {
        let item = match item {
            FrameItem::Group(group) => {
                let right = if is_mirroring(&group.transform) { mirrored } else { columns_righted };
                FrameItem::Group(GroupItem { frame: right(&group.frame), ..group.clone() })
            }
            other => other.clone(),
        };
        result.push(*at, item);
    }
    result
}

fn is_mirroring(transform: &Transform) -> bool {
    transform.sx.get() * transform.sy.get() - transform.kx.get() * transform.ky.get() < 0.0
}

/// The frame with its letters and pictures mirrored where they stand.
fn mirrored(frame: &Frame) -> Frame {
    let mut result = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        result.set_baseline(frame.baseline());
    }
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let group = GroupItem { frame: mirrored(&group.frame), ..group.clone() };
                result.push(*at, FrameItem::Group(group));
            }
            FrameItem::Text(text) => letters(&mut result, *at, text),
            FrameItem::Image(_, size, _) => {
                let turned = Transform { sy: -Ratio::one(), ty: size.y, ..Transform::identity() };
                result.push(*at, turned_item(*size, item.clone(), turned));
            }
            FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => result.push(*at, item.clone()),
        }
    }
    result
}

/// The runs of letters that turn together; a Chinese one stands alone.
fn letters(result: &mut Frame, at: Point, text: &TextItem) {
    let letter = |glyph: &Glyph| text.text.get(glyph.range()).and_then(|text| text.chars().next());
    let upright = |glyph: &Glyph| letter(glyph).is_some_and(|letter| is_han(letter) || is_stop(letter));
    let mut x = at.x;
    for run in text.glyphs.chunk_by(|a, b| !upright(a) && !upright(b)) {
        let run = TextItem { glyphs: run.to_vec(), ..text.clone() };
        let width = run.width();
        let middle = Point::new(width / 2.0, -run.size * MIDDLE);
        let first = run.glyphs.first();
        let turned = if first.is_some_and(|glyph| letter(glyph).is_some_and(is_stop)) {
            // From below its line to the right of its column, at the beginning of its room.
            let (along, across) =
                (run.size * (STOP + 0.05 - MIDDLE) - width / 2.0, run.size * STOP_ACROSS + width / 2.0);
            let upright = transposed(middle);
            Transform { tx: upright.tx + along, ty: upright.ty + across, ..upright }
        } else if first.is_some_and(upright) {
            transposed(middle)
        } else {
            Transform { sy: -Ratio::one(), ty: middle.y * 2.0, ..Transform::identity() }
        };
        let size = Size::new(width, run.size);
        result.push(Point::new(x, at.y), turned_item(size, FrameItem::Text(run), turned));
        x += width;
    }
}

fn turned_item(size: Size, item: FrameItem, transform: Transform) -> FrameItem {
    let mut frame = Frame::soft(size);
    frame.push(Point::zero(), item);
    FrameItem::Group(GroupItem { transform, ..GroupItem::new(frame) })
}

/// Across for down and down for across, around a point.
fn transposed(around: Point) -> Transform {
    let shift: Abs = around.x - around.y;
    let (none, all) = (Ratio::zero(), Ratio::one());
    Transform { sx: none, kx: all, ky: all, sy: none, tx: shift, ty: -shift }
}

/// Whether it is a stop, which stands below its line and, in vertical lines, to the right of them.
fn is_stop(letter: char) -> bool {
    matches!(letter, '、' | '。' | '，')
}

/// Whether it is a Chinese character, which stands upright in vertical lines.
fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

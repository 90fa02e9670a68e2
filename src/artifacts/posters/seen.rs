//! What stands on a sheet as it was laid out: the smallest type, text that is not whole on the paper, and text on top of other
//! text.
//!
//! Read from the frames that the PDF is written from, turned lines of Mongolian included.

use serde::{Deserialize, Serialize};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Size, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// What a line may stand out without losing anything, in points: side bearings and rounding.
const SLACK: f64 = 0.75;

/// How far from where it begins a letter may reach, in ems: stacked Tibetan ones are the tallest.
const ROOM: f64 = 3.0;

/// How high letters stand over their line, in ems: those of every script have something there.
const HIGH: f64 = 0.6;

/// How much of two texts lies on top of each other before it is said, in ems of the smaller: more than kerning and squeezed
/// punctuation take, and less than a letter.
const ON_TOP: f64 = 0.4;

/// What was seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The smallest type in points, and a text that is set in it.
    pub smallest: Option<(f64, String)>,
    /// A text that is not whole on its page.
    pub outside: Option<String>,
    /// Two texts of which one stands on top of the other.
    pub on_top: Option<(String, String)>,
    /// What stands in lines that run downwards, without white space.
    pub turned: String,
}

/// Where a text stands on its page, how large, and what it says.
struct Standing<'d> {
    rect: Rect,
    size: f64,
    text: &'d str,
}

impl Seen {
    pub(super) fn of(document: &PagedDocument) -> Self {
        let mut seen = Self::default();
        for page in document.pages() {
            let whole = Rect::new(Point::zero(), size_as_point(page.frame.size()));
            let mut texts = Vec::new();
            seen.frame(&page.frame, Transform::identity(), whole, &mut texts);
            seen.on_top = seen.on_top.or_else(|| on_top(texts));
        }
        seen
    }

    fn frame<'d>(&mut self, frame: &'d Frame, to_page: Transform, shown: Rect, texts: &mut Vec<Standing<'d>>) {
        for (at, item) in frame.items() {
            let to_page = to_page.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let to_page = to_page.pre_concat(group.transform);
                    let clip = group.clip.as_ref().map(|clip| bounds(to_page, clip.bbox(None)));
                    self.frame(&group.frame, to_page, clip.map_or(shown, |clip| within(shown, clip)), texts);
                }
                FrameItem::Text(text) => {
                    let scale =
                        (to_page.sx.get() * to_page.sy.get() - to_page.kx.get() * to_page.ky.get()).abs().sqrt();
                    let size = text.size.to_pt() * scale;
                    if !text.text.trim().is_empty() {
                        let letters = Rect::new(Point::with_y(text.size * -HIGH), Point::with_x(text.width()));
                        texts.push(Standing { rect: bounds(to_page, letters), size, text: &text.text });
                    }
                    if !text.text.trim().is_empty() && self.smallest.as_ref().is_none_or(|(least, _)| size < *least) {
                        self.smallest = Some((size, text.text.to_string()));
                    }
                    if to_page.sx.get().abs() < to_page.ky.get().abs() {
                        self.turned.extend(text.text.chars().filter(|letter| !letter.is_whitespace()));
                    }
                    if self.outside.is_none() && !inside(bounds(to_page, room_of(text)), shown) {
                        let bounds = bounds(to_page, text.bbox());
                        let drawn = bounds.min.x.to_pt().is_finite() && bounds.max.x.to_pt().is_finite();
                        if drawn && !inside(bounds, shown) {
                            self.outside = Some(text.text.to_string());
                        }
                    }
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }
}

/// Two texts of a page of which one stands on top of the other.
fn on_top(mut texts: Vec<Standing<'_>>) -> Option<(String, String)> {
    texts.retain(|text| text.rect.min.x.to_pt().is_finite() && text.rect.min.y.to_pt().is_finite());
    texts.sort_by_key(|text| text.rect.min.y);
    texts.iter().enumerate().find_map(|(at, one)| {
        let below = texts.get(at + 1..)?.iter().take_while(|other| other.rect.min.y < one.rect.max.y);
        let other = below.into_iter().find(|other| {
            let both = within(one.rect, other.rect);
            let least = one.size.min(other.size) * ON_TOP;
            (both.max.x - both.min.x).to_pt() > least && (both.max.y - both.min.y).to_pt() > least
        })?;
        Some((one.text.to_owned(), other.text.to_owned()))
    })
}

/// A box in which the letters of a text stand with room to spare. Their own is read from their outlines, which is not done for
/// the many that are nowhere near an edge.
fn room_of(text: &TextItem) -> Rect {
    let room = text.size * ROOM;
    Rect::new(Point::new(-room, -room), Point::new(text.width() + room, room))
}

/// Whether a box is within another, or hardly out of it.
fn inside(bounds: Rect, shown: Rect) -> bool {
    bounds.min.x.to_pt() >= shown.min.x.to_pt() - SLACK
        && bounds.min.y.to_pt() >= shown.min.y.to_pt() - SLACK
        && bounds.max.x.to_pt() <= shown.max.x.to_pt() + SLACK
        && bounds.max.y.to_pt() <= shown.max.y.to_pt() + SLACK
}

fn size_as_point(size: Size) -> Point {
    Point::new(size.x, size.y)
}

/// The smallest upright box around a box that was turned.
fn bounds(to_page: Transform, rect: Rect) -> Rect {
    let corners = [rect.min, rect.max, Point::new(rect.min.x, rect.max.y), Point::new(rect.max.x, rect.min.y)];
    let corners = corners.map(|corner| corner.transform(to_page));
    let least = |of: fn(&Point) -> Abs| corners.iter().map(of).min().unwrap_or_default();
    let most = |of: fn(&Point) -> Abs| corners.iter().map(of).max().unwrap_or_default();
    Rect::new(Point::new(least(|p| p.x), least(|p| p.y)), Point::new(most(|p| p.x), most(|p| p.y)))
}

/// What two boxes share.
fn within(a: Rect, b: Rect) -> Rect {
    let min = Point::new(a.min.x.max(b.min.x), a.min.y.max(b.min.y));
    let max = Point::new(a.max.x.min(b.max.x), a.max.y.min(b.max.y));
    Rect::new(min, max)
}

//! What tells a page that is shown from the page as it is now.
//!
//! A browser holds two fingerprints of the page that it shows: of everything, and of everything but the names of style
//! sheets. If the first is the same, nothing is to be done; if only the second is, the style sheets are exchanged and
//! the page stays. Pictures keep their names when they change, so what they are made from counts too.

use crate::artifacts::Fingerprint;

/// The fingerprints of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Faces {
    /// Of everything.
    pub(super) page: String,
    /// Of everything but the names of style sheets.
    pub(super) shape: String,
    /// Of what its pictures are made from.
    pub(super) pictures: String,
    /// The style sheets, as the page names them.
    pub(super) sheets: Vec<String>,
}

/// Where pictures stand, in the addresses of pages.
const PICTURES: &str = "pictures/";
/// How many digits of a style sheet's content are in its name.
const DIGITS: usize = 10;

impl Faces {
    /// Of a page; `picture` knows what a picture is made from, by its path.
    pub(super) fn of(page: &[u8], picture: impl Fn(&str) -> Option<Fingerprint>) -> Self {
        let text = String::from_utf8_lossy(page);
        let mut pictures = Vec::new();
        for (at, _) in text.match_indices(PICTURES) {
            let named = text.get(at..).and_then(|rest| rest.split(['"', '\'', ' ', ',', ')', '<', '&']).next());
            pictures.extend(named.and_then(|name| picture(&crate::site::decode(name))).map(|f| f.to_string()));
        }
        let (shape, sheets) = without_sheets(&text);
        let of = |text: &str| {
            let parts = std::iter::once(text.as_bytes()).chain(pictures.iter().map(String::as_bytes));
            Fingerprint::of_all(parts).to_string()
        };
        Self { page: of(&text), shape: of(&shape), pictures: of(""), sheets }
    }
}

/// The text with the fingerprints in the names of style sheets taken out, and those names.
fn without_sheets(text: &str) -> (String, Vec<String>) {
    let mut shape = String::with_capacity(text.len());
    let mut sheets = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(".css") {
        shape.push_str(before);
        let digits = before.len().checked_sub(DIGITS).and_then(|at| before.get(at..));
        if let Some(digits) = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            let start = before.rfind(['"', '\'', ' ', '(', '=']).map_or(0, |at| at + 1);
            let name = format!("{}.css", before.get(start..).unwrap_or_default());
            if !sheets.contains(&name) {
                sheets.push(name);
            }
            shape.truncate(shape.len() - digits.len());
        }
        shape.push_str(".css");
        rest = after;
    }
    shape.push_str(rest);
    (shape, sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(page: &str) -> Faces {
        Faces::of(page.as_bytes(), |_| None)
    }

    #[test]
    fn a_page_whose_style_sheet_has_another_name_keeps_its_shape() {
        let a = of(r#"<link rel="stylesheet" href="../assets/civic.0123456789.css"><p>a</p>"#);
        let b = of(r#"<link rel="stylesheet" href="../assets/civic.abcdef6789.css"><p>a</p>"#);
        let c = of(r#"<link rel="stylesheet" href="../assets/civic.0123456789.css"><p>b</p>"#);
        assert_eq!(a.sheets, ["../assets/civic.0123456789.css"]);
        assert_ne!(a.page, b.page);
        assert_eq!(a.shape, b.shape);
        assert_ne!(a.shape, c.shape);
    }

    #[test]
    fn a_picture_that_changes_below_its_name_changes_the_page() {
        let page = br#"<img src="../pictures/a%20b.jpg" alt="">"#;
        let with = |made: &'static str| {
            Faces::of(page, move |path| (path == "pictures/a b.jpg").then(|| Fingerprint::of(made.as_bytes())))
        };
        assert_ne!(with("1").page, with("2").page);
        assert_ne!(with("1").shape, with("2").shape);
        assert_eq!(with("1"), with("1"));
    }
}

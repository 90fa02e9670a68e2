//! The preview's own page, shown while there is no page of the site to show: until the site is read, and for what
//! cannot be made. It says the same without a script.

use std::fmt::Write as _;

use super::problems::Problems;
use super::words::{Words, words};
#[cfg(feature = "posters")]
use crate::artifacts::DrawnSheet;
use crate::diagnostics::Language;

/// Where the preview's own files stand: no file of a site can be there.
pub(super) const FOLDER: &str = "/.noticeboard/";

/// The page, with what is to be said and what is wrong. While somebody waits for the site, it looks again each second.
pub(super) fn page(message: &str, problems: &Problems, is_waiting: bool, language: Language) -> String {
    let Words { lang, title, mend, .. } = words(language);
    let again = match is_waiting {
        true => "<meta http-equiv=\"refresh\" content=\"1\">",
        false => "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>",
    };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{FOLDER}shell.css\">\n\
         {again}\n{}\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n",
        tag("", "", ""),
        escaped(message),
    );
    say_problems(&mut html, problems, mend);
    html + "</main>\n</body>\n</html>\n"
}

fn say_problems(html: &mut String, problems: &Problems, mend: &str) {
    for shown in &problems.shown {
        let _ = write!(html, "<section>\n<h2>{} {}</h2>\n", shown.code, escaped(&shown.message));
        if !shown.file.is_empty() {
            let _ = writeln!(html, "<p><code>{}:{}:{}</code></p>", escaped(&shown.file), shown.line, shown.column);
        }
        for help in &shown.help {
            let _ = writeln!(html, "<p>{mend}{}</p>", escaped(help));
        }
        *html += "</section>\n";
    }
}

/// The page that shows a sheet: each side as a picture, and a link to its file.
#[cfg(feature = "posters")]
pub(super) fn sheet(path: &str, drawn: &DrawnSheet, state: &str, problems: &Problems, language: Language) -> String {
    let Words { lang, file, side, mend, .. } = words(language);
    let (path, title, sides) = (escaped(path), escaped(&drawn.title), drawn.pages.len());
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{FOLDER}shell.css\">\n{}\n</head>\n<body class=\"sheet\">\n<main>\n<h1>{title}</h1>\n\
         <p><a href=\"?file\">{file}</a></p>\n",
        tag(state, state, ""),
    );
    say_problems(&mut html, problems, mend);
    for number in 1..=sides {
        let words = side.replace("{n}", &number.to_string()).replace("{m}", &sides.to_string());
        let _ = writeln!(html, "<p><img src=\"{FOLDER}sheet/{number}/{state}{path}\" alt=\"{words}\"></p>");
    }
    html + "</main>\n</body>\n</html>\n"
}

/// The element that a page of the site gets while it is previewed: the script, and which page it is. It stands before
/// all other scripts, so that it sees the page as it was written.
pub(super) fn tag(page: &str, shape: &str, pictures: &str) -> String {
    format!(
        "<script src=\"{FOLDER}reload.js\" data-page=\"{page}\" data-shape=\"{shape}\" data-pictures=\"{pictures}\" defer>\
         </script>"
    )
}

/// Text as it stands in HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

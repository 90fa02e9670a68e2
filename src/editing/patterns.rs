//! Regular expressions for the formats of strings that have one (ECMA 262, as JSON Schema wants it).
//!
//! A pattern never refuses what the program takes, so that an editor is never told that something right is wrong. Formats
//! that people may also write in words, such as times and weekdays, have none: `check` reads those.

/// A date in any of its forms: `2026-10-01`, `2026年10月1日`, `2026/10/1`, in either width.
const DATE: &str = r"\s*[+0-9０-９]{4,}\s*[-年/.－／．]\s*[+0-9０-９]+\s*[-月/.－／．]\s*[+0-9０-９]+\s*[日号]*\s*";

/// The pattern of a format, if it has one.
pub fn pattern(format: &str) -> Option<String> {
    let pattern = match format {
        "text" => r"\S".to_owned(),
        "id" => r"^[\p{Alphabetic}\p{N}](?:[\p{Alphabetic}\p{N}-]*[\p{Alphabetic}\p{N}])?$".to_owned(),
        "phone" => r"^(?=(?:[^0-9]*[0-9]){3,20}[^0-9]*$)[0-9 +()转x-]+$".to_owned(),
        "web-address" => r#"^https?://(?!/)[^\s\p{Cc}<>"'`\\]+$"#.to_owned(),
        "base-address" => r#"^https?://(?!/)[^\s\p{Cc}<>"'`\\?#]+$"#.to_owned(),
        "region" => r"^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$".to_owned(),
        "picture" => r"^(?!\.)[^\\:/]+(?:/(?!\.)[^\\:/]+)*$".to_owned(),
        "site-path" => r"^/?(?!\.)[\p{Alphabetic}\p{N}\-._~]+(?:/(?!\.)[\p{Alphabetic}\p{N}\-._~]+)*/?$".to_owned(),
        "short-code" => r"^(?:[cfhjkmprtwxy][2356789]){2,3}[cfhjkmprtwxy]$".to_owned(),
        "date" => format!("^{DATE}$"),
        "date-span" => format!(r"^{DATE}(?:(?:\.\.|[~～至到—–]){DATE})?$"),
        "rough-date" => {
            format!(r"^(?:{DATE}|\s*[+0-9０-９]{{4,}}年*\s*|\s*[+0-9０-９]{{4,}}\s*[-年－]\s*[+0-9０-９]+月*\s*)$")
        }
        "month-day" => r"^\s*[+0-9０-９]+\s*[-月/.－／．]\s*[+0-9０-９]+\s*[日号]*\s*$".to_owned(),
        "paper" => {
            r"^[\s_-]*[aA][\s_-]*[1-5][\s_-]*(?:[Pp][Oo][Rr][Tt][Rr][Aa][Ii][Tt]|[Ll][Aa][Nn][Dd][Ss][Cc][Aa][Pp][Ee]|竖|竖向|纵向|横|横向)?[\s_-]*$"
                .to_owned()
        }
        _ => return None,
    };
    Some(pattern)
}

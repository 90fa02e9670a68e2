//! Sveltia CMS as files of one's own: it asks two hosts for its words, its fonts and some of its parts. These are copied
//! from npm packages, and the addresses in its program are turned to the copies, so that no request leaves the site.

use std::collections::BTreeMap;

/// Where the CMS asks for its parts.
const PACKAGES: &str = "https://unpkg.com/";
/// Where it asks for its fonts.
const FONTS: &str = "https://cdn.jsdelivr.net/fontsource/fonts/";
/// The folder of the copies, beside the program.
const FOLDER: &str = "./vendor/";

/// What is copied.
#[derive(Debug, Default)]
pub struct Vendored {
    /// The program, turned to the copies.
    pub program: String,
    /// Files to copy: where they stand among the packages, and where they go.
    pub copies: BTreeMap<String, String>,
    /// Those of them without which it works, if less well.
    pub spare: Vec<String>,
}

/// What to do with the program of the CMS, given its `package.json`.
pub fn vendored(program: &str, package: &str, locales: &[String]) -> Option<Vendored> {
    let package: serde_json::Value = serde_json::from_str(package).ok()?;
    let version = package.get("version")?.as_str()?;
    let immutable = package.get("dependencies")?.get("immutable")?.as_str()?.trim_start_matches(['^', '~']);
    let mut made = Vendored::default();
    let mut copy = |from: String, to: String| made.copies.insert(from, to);
    copy("@sveltia/cms/package.json".into(), "vendor/@sveltia/cms/package.json".into());
    copy("@sveltia/cms/dist/chunks/react-dom.js".into(), "chunks/react-dom.js".into());
    copy("immutable/dist/immutable.es.js".into(), format!("vendor/immutable@{immutable}/dist/immutable.es.js"));
    for locale in locales {
        copy(format!("@sveltia/cms/locales/{locale}"), format!("vendor/@sveltia/cms@{version}/locales/{locale}"));
    }
    let (fonts, turned) = turn_fonts(&program.replace(PACKAGES, FOLDER));
    for (name, file) in fonts {
        let from = match file.contains("-wght-") {
            true => format!("@fontsource-variable/{name}/files/{name}-{file}"),
            false => format!("@fontsource/{name}/files/{name}-{file}"),
        };
        // Without its symbols the buttons show words; other letters have fonts of the system.
        if name != "material-symbols-outlined" {
            made.spare.push(from.clone());
        }
        made.copies.insert(from, format!("vendor/fonts/{name}-{file}"));
    }
    made.program = turned;
    Some(made)
}

/// The fonts that a program names, and the program with their addresses turned.
fn turn_fonts(program: &str) -> (Vec<(String, String)>, String) {
    let mut fonts = Vec::new();
    let mut parts = program.split(FONTS);
    let mut turned = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(')').unwrap_or_default();
        let (way, rest) = part.split_at(end);
        let (package, file) = way.split_once('/').unwrap_or((way, ""));
        let name = package.split([':', '@']).next().unwrap_or_default();
        turned.push_str(&format!("{FOLDER}fonts/{name}-{file}{rest}"));
        fonts.push((name.to_owned(), file.to_owned()));
    }
    (fonts, turned)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_turned_to_the_copies() {
        let program = "a=`https://unpkg.com/@sveltia/cms`;b='url(https://cdn.jsdelivr.net/fontsource/fonts/source-sans-3:vf@5.3.0/latin-wght-normal.woff2) x'";
        let package = r#"{"version": "1.2.3", "dependencies": {"immutable": "^5.1.9"}}"#;
        let made = vendored(program, package, &["zh-CN.json".to_owned()]).unwrap();
        assert_eq!(
            made.program,
            "a=`./vendor/@sveltia/cms`;b='url(./vendor/fonts/source-sans-3-latin-wght-normal.woff2) x'"
        );
        let copies: Vec<&str> = made.copies.values().map(String::as_str).collect();
        assert!(copies.contains(&"vendor/@sveltia/cms@1.2.3/locales/zh-CN.json"), "{copies:?}");
        assert!(copies.contains(&"vendor/immutable@5.1.9/dist/immutable.es.js"), "{copies:?}");
        assert_eq!(made.spare, ["@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2"]);
    }
}

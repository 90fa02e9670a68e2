//! The link that opens a place in the editor's program.
//!
//! A template such as `vscode://file/{path}:{line}:{column}`. It is only given to browsers on this machine: elsewhere
//! there is no such file, and its path is nobody's business.

use camino::{Utf8Path, Utf8PathBuf};

use crate::site::Address;

/// The template that is used unless another is asked for.
pub const DEFAULT_EDITOR: &str = "vscode://file/{path}:{line}:{column}";

/// A template and the folder that files are relative to.
#[derive(Debug, Clone)]
pub struct EditorLink {
    template: String,
    root: Utf8PathBuf,
}

impl EditorLink {
    /// Takes a template; nothing if it is not that of an address, or runs something in the page instead.
    #[must_use]
    pub fn new(template: &str, root: &Utf8Path) -> Option<Self> {
        let (scheme, _) = template.split_once(':')?;
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        let runs = ["javascript", "data", "vbscript", "blob"].iter().any(|bad| scheme.eq_ignore_ascii_case(bad));
        let root = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
        (is_scheme && !runs && template.contains("{path}")).then(|| Self { template: template.to_owned(), root })
    }

    /// The link to a place in a file of the site.
    pub(super) fn to(&self, file: &str, line: usize, column: usize) -> String {
        let path = self.root.join(file).as_str().replace('\\', "/");
        let path = Address::new(path.trim_start_matches('/')).encoded();
        let filled = self.template.replace("{path}", &path).replace("{line}", &line.to_string());
        filled.replace("{column}", &column.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_the_file_line_and_column_and_cannot_leave_its_place() {
        let link = EditorLink::new(DEFAULT_EDITOR, Utf8Path::new("/nowhere/my site")).unwrap();
        assert_eq!(
            link.to("content/党群 \"x\".yaml", 3, 7),
            "vscode://file/nowhere/my%20site/content/%E5%85%9A%E7%BE%A4%20%22x%22.yaml:3:7"
        );
    }

    #[test]
    fn a_template_that_would_run_in_the_page_is_refused() {
        for bad in
            ["javascript:alert({path})", "JavaScript:{path}", "data:text/html,{path}", "code {path}", "vscode://file/"]
        {
            assert!(EditorLink::new(bad, Utf8Path::new("/")).is_none(), "{bad}");
        }
        for good in [DEFAULT_EDITOR, "idea://open?file=/{path}&line={line}", "zed://file/{path}:{line}"] {
            assert!(EditorLink::new(good, Utf8Path::new("/")).is_some(), "{good}");
        }
    }
}

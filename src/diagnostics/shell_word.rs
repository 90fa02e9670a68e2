//! Names in the commands that messages propose: they are to be copied into a command line as they stand.

/// A name as one word of a command line: as it is where it has nothing that a shell reads otherwise, else quoted as the
/// shells of this system do it (POSIX; cmd and PowerShell on Windows).
pub fn shell_word(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-/\\:=@%+,".contains(c) && (cfg!(windows) || c != '\\');
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(is_plain) {
        return name.to_owned();
    }
    let name = if name.starts_with('-') { format!("./{name}") } else { name.to_owned() };
    if cfg!(windows) { format!("\"{name}\"") } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_the_name_as_it_was() {
        assert_eq!(shell_word("排班表.xlsx"), "排班表.xlsx");
        for name in ["two words", "it's", "$HOME", "a;b", "-n", "（新）.csv", "a\\b", "*"] {
            let echo = format!("printf %s {}", shell_word(name));
            let said = std::process::Command::new("sh").args(["-c", &echo]).output().unwrap();
            assert_eq!(String::from_utf8(said.stdout).unwrap().trim_start_matches("./"), name);
        }
    }
}

//! The telephones of a place that is there already, with those of a list put into them: a list has a column of bare
//! numbers, and no place for when a line is answered and for translations. A number that is there stays as it is written;
//! another takes the place of the only line, or of that for the same purpose, and is added where nothing says whose it is.

use serde_yaml::{Mapping, Value};

use super::details::text_of;

/// What becomes of telephones that a list does not name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct OldPhones {
    /// Numbers that go, each with the one that takes its place.
    pub replaced: Vec<(String, String)>,
    /// Numbers that stay beside those that were added.
    pub kept: Vec<String>,
    /// These.
    pub added: Vec<String>,
}

/// A record whose telephones are a list's, as they are to be put into the file that is there: `before` is what that says of
/// telephones, `first` the site's first language.
pub fn keeping_phones(before: Option<&Value>, record: &Mapping, first: &str) -> (Mapping, OldPhones) {
    let mut record = record.clone();
    let lines = before.and_then(Value::as_sequence).filter(|lines| !lines.is_empty());
    let (Some(lines), Some(Value::Sequence(said))) = (lines, record.get("phones")) else {
        return (record, OldPhones::default());
    };
    let (lines, old) = put_into(lines, said, first);
    record.insert("phones".into(), Value::Sequence(lines));
    (record, old)
}

fn put_into(before: &[Value], said: &[Value], first: &str) -> (Vec<Value>, OldPhones) {
    let (mut lines, mut old) = (before.to_vec(), OldPhones::default());
    let is_said = |line: &Value| said.iter().any(|said| is_same(number(said), number(line)));
    let (known, new): (Vec<&Value>, Vec<&Value>) =
        said.iter().partition(|said| before.iter().any(|line| is_same(number(said), number(line))));
    for said in known {
        let line = lines.iter_mut().find(|line| is_same(number(said), number(line)));
        if let (Some(Value::Mapping(line)), Some(purpose)) = (line, said.get("for")) {
            line.insert("for".into(), purpose.clone());
        }
    }
    for said in &new {
        let purpose = said.get("for").and_then(|purpose| text_of(purpose, first));
        let is_its = |line: &Value| match &purpose {
            Some(purpose) => line.get("for").and_then(|stood| text_of(stood, first)).as_ref() == Some(purpose),
            None => before.len() == 1 && new.len() == 1,
        };
        let line = lines.iter_mut().take(before.len()).find(|line| !is_said(line) && is_its(line));
        match line {
            Some(Value::Mapping(line)) => {
                let gone = line.get("number").and_then(Value::as_str).unwrap_or_default().to_owned();
                line.insert("number".into(), number(said).into());
                old.replaced.push((gone, number(said).to_owned()));
            }
            _ => {
                lines.push((*said).clone());
                old.added.push(number(said).to_owned());
            }
        }
    }
    if !old.added.is_empty() {
        let stays = |line: &&Value| lines.contains(line) && !is_said(line);
        old.kept = before.iter().filter(stays).map(|line| number(line).to_owned()).collect();
    }
    (lines, old)
}

fn number(line: &Value) -> &str {
    line.get("number").and_then(Value::as_str).unwrap_or_default()
}

/// Whether two numbers reach the same telephone, however they are parted and with the country's code or without.
fn is_same(one: &str, other: &str) -> bool {
    let dialled = |number: &str| {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let abroad = number.trim_start().starts_with('+').then(|| digits.strip_prefix("86")).flatten();
        abroad.unwrap_or(&digits).trim_start_matches('0').to_owned()
    };
    let one = dialled(one);
    !one.is_empty() && one == dialled(other)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TWO: &str =
        "[{for: {zh: 窗口, en: Counter}, number: 0931-0000021}, {for: 报修, number: 0931-0000022, hours: 昼夜}]";

    fn put(before: &str, said: &str) -> (Vec<Value>, OldPhones) {
        let read = |text: &str| serde_yaml::from_str::<Vec<Value>>(text).unwrap();
        put_into(&read(before), &read(said), "zh")
    }

    fn is(before: &str, said: &str, after: &str, replaced: &[(&str, &str)], kept: &[&str]) {
        let (lines, old) = put(before, said);
        assert_eq!(lines, serde_yaml::from_str::<Vec<Value>>(after).unwrap(), "{said}");
        let owned = |(gone, new): &(&str, &str)| ((*gone).to_owned(), (*new).to_owned());
        assert_eq!(old.replaced, replaced.iter().map(owned).collect::<Vec<_>>(), "{said}");
        assert_eq!(old.kept, kept, "{said}");
    }

    #[test]
    fn a_number_that_is_there_stays_as_it_is_written_with_all_others() {
        for said in ["[{number: 0931-0000022}]", "[{number: 0931 0000021}]", "[{number: +86 931 0000021}]"] {
            is(TWO, said, TWO, &[], &[]);
        }
        // What a purpose has in other languages is kept where the record is put into its file.
        let after = TWO.replace("{zh: 窗口, en: Counter}", "前台");
        is(TWO, "[{for: 前台, number: 0931-0000021}]", &after, &[], &[]);
    }

    #[test]
    fn another_number_takes_the_place_that_is_plain_and_is_added_otherwise() {
        let gone = [("0931-0000022", "0931-0000033")];
        let after = TWO.replace("0931-0000022", "0931-0000033");
        is(TWO, "[{for: 报修, number: 0931-0000033}]", &after, &gone, &[]);
        let one = "[{for: 报修, number: 0931-0000022, hours: 昼夜}]";
        is(one, "[{number: 0931-0000033}]", &one.replace("0000022", "0000033"), &gone, &[]);
        let added = |before: &str, more: &str| before.replace("}]", &format!("}}, {more}]"));
        let new = "{number: 0931-0000033}";
        is(TWO, &format!("[{new}]"), &added(TWO, new), &[], &["0931-0000021", "0931-0000022"]);
        is(one, &format!("[{{number: 0931-0000022}}, {new}]"), &added(one, new), &[], &[]);
    }
}

//! A YAML text made to say something else with as few changes as it takes.
//!
//! What a file says and what it should say are gone through side by side with the places of its keys and values. Only
//! values that differ are written anew, entries are added and taken away by their lines, and every other byte stays:
//! comments, quotes, order and layout. Where that cannot be done for a part, the part is written as [`super::written`]
//! does. What comes out is read once more, and is nothing if it does not say what was meant.

mod layout;
mod pairs;

use std::ops::Range;

use serde_yaml::{Mapping, Value};

use self::pairs::paired;
use super::written;
use crate::source::yaml::{Node, NodeValue, tree_of};

/// The text with what it says changed to `after`.
pub(super) fn patched(text: &str, after: &Mapping) -> Option<String> {
    let before: Value = serde_yaml::from_str(text).ok()?;
    let after = Value::Mapping(after.clone());
    let mut patch = Patch { text, edits: Vec::new() };
    patch.value(&tree_of(text)?, &before, &after)?;
    let patched = patch.applied()?;
    (serde_yaml::from_str::<Value>(&patched).ok()? == after).then_some(patched)
}

/// Changes of a text, each a range and what takes its place.
struct Patch<'t> {
    text: &'t str,
    edits: Vec<(Range<usize>, String)>,
}

impl Patch<'_> {
    fn applied(mut self) -> Option<String> {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut patched, mut at) = (String::with_capacity(self.text.len()), 0);
        let is_windows = self.text.contains("\r\n");
        for (range, text) in &self.edits {
            // What is put behind lines that go stands in their stead.
            if range.start < at
                && let Some(lines) = text.strip_prefix('\n').filter(|_| range.is_empty() && patched.ends_with('\n'))
            {
                let lines = format!("{lines}\n");
                patched.push_str(&if is_windows { lines.replace('\n', "\r\n") } else { lines });
                continue;
            }
            patched.push_str(self.text.get(at..range.start)?);
            patched.push_str(&if is_windows { text.replace('\n', "\r\n") } else { text.clone() });
            at = range.end;
        }
        patched.push_str(self.text.get(at..)?);
        Some(patched)
    }

    fn replace(&mut self, range: Range<usize>, text: String) {
        self.edits.push((range, text));
    }

    /// Makes a node say something else; nothing if that cannot be done piece by piece.
    fn value(&mut self, node: &Node, before: &Value, after: &Value) -> Option<()> {
        if before == after {
            return Some(());
        }
        match (&node.value, before, after) {
            (NodeValue::Mapping(entries), Value::Mapping(before), Value::Mapping(after)) => {
                self.mapping(node, entries, before, after)
            }
            (NodeValue::List(items), Value::Sequence(before), Value::Sequence(after)) => {
                self.list(node, items, before, after)
            }
            (NodeValue::Scalar { .. }, _, Value::Mapping(_) | Value::Sequence(_)) => None,
            (NodeValue::Scalar { .. }, ..) if self.is_block(node) => None,
            (NodeValue::Scalar { .. }, _, after) if !node.span.is_empty() => {
                self.replace(node.span.clone(), written::flow(after));
                Some(())
            }
            _ => None,
        }
    }

    fn mapping(&mut self, node: &Node, entries: &[(Node, Node)], before: &Mapping, after: &Mapping) -> Option<()> {
        let is_flow = self.is_flow(node);
        let mut gone = Vec::new();
        let mut renamed = Vec::new();
        for (place, (key, value)) in entries.iter().enumerate() {
            let name = key.text()?;
            let stood = before.get(name)?;
            let (name, said) = match (after.get(name), renamed_to(place, before, after)) {
                (Some(said), _) => (name, said),
                (None, Some((new, said))) => {
                    renamed.push(new);
                    (new, said)
                }
                (None, None) => {
                    gone.push(place);
                    continue;
                }
            };
            let made = self.edits.len();
            self.name(key, name);
            if self.value(value, stood, said).is_none() {
                self.edits.truncate(made);
                self.entry_anew(key, value, name, said, is_flow);
            }
        }
        if gone.len() == entries.len() || is_flow && gone.len() > 1 {
            return None;
        }
        let stays = |(place, _): &(usize, _)| !gone.contains(place);
        let last = entries.iter().enumerate().rev().find(stays).map(|(_, (_, value))| value);
        for place in gone {
            let (key, value) = entries.get(place)?;
            let next = entries.get(place + 1).map(|(key, _)| key.span.start);
            let previous = place.checked_sub(1).and_then(|place| entries.get(place)).map(|(_, value)| self.end(value));
            let lead = self.text.get(self.line_start(key.span.start)..key.span.start)?;
            let range = match (previous, next) {
                (Some(previous), _) if is_flow => previous..self.end(value),
                (None, Some(next)) if is_flow || !lead.trim().is_empty() => key.span.start..next,
                _ if is_flow || !lead.trim().is_empty() => return None,
                _ => self.lines(key.span.start, self.end(value).max(key.span.end)),
            };
            self.replace(range, String::new());
        }
        let is_added =
            |key: &Value| !before.contains_key(key) && !renamed.iter().any(|name| key.as_str() == Some(name));
        let (first, last) = (&entries.first()?.0, last?);
        // A new entry stands behind the one that it follows.
        let mut beside = last;
        for (key, value) in after {
            if !is_added(key) {
                let stood = entries.iter().find(|(stood, _)| stood.text() == key.as_str());
                beside = stood.map_or(last, |(_, value)| value);
                continue;
            }
            if is_flow {
                let entry = Value::Mapping(Mapping::from_iter([(key.clone(), value.clone())]));
                let entry = written::flow(&entry);
                let at = self.end(beside);
                self.replace(at..at, format!(", {}", entry.trim_start_matches('{').strip_suffix('}')?));
            } else {
                let at = self.line_end(self.end(beside));
                let entry = below(&written::entry_lines(key, value), &self.indent(first.span.start));
                self.replace(at..at, format!("\n{}{entry}", self.indent(first.span.start)));
            }
        }
        Some(())
    }

    /// Gives an entry another name.
    fn name(&mut self, key: &Node, name: &str) {
        if Some(name) != key.text() {
            self.replace(key.span.clone(), written::flow(&name.into()));
        }
    }

    /// Writes an entry of a mapping as new.
    fn entry_anew(&mut self, key: &Node, value: &Node, name: &str, said: &Value, is_flow: bool) {
        let whole = key.span.start..self.end(value).max(key.span.end);
        if is_flow || self.is_flow(value) && !said.is_mapping() && !said.is_sequence() {
            self.name(key, name);
            self.replace(value.span.start..self.end(value), written::flow(said));
        } else {
            let indent = self.indent(key.span.start);
            // What stands between key and value, a colon at least, is written with the entry.
            let end = if value.span.is_empty() { self.line_end(whole.end).min(whole.end + 1) } else { whole.end };
            self.replace(whole.start..end, below(&written::entry_lines(&name.into(), said), &indent));
        }
    }

    fn list(&mut self, node: &Node, items: &[Node], before: &[Value], after: &[Value]) -> Option<()> {
        if items.len() != before.len() || items.is_empty() || after.is_empty() {
            return None;
        }
        let is_flow = self.is_flow(node);
        let pairs = paired(before, after)?;
        let is_gone = |place: usize| !pairs.iter().any(|(stood, _)| *stood == Some(place));
        let changes = (0..before.len()).filter(|place| is_gone(*place)).count()
            + pairs.iter().filter(|(stood, _)| stood.is_none()).count();
        if is_flow && changes > 0 {
            return self.flow_items(items, &pairs, after);
        }
        let mut last: Option<&Node> = None;
        let mut beside: Option<&Value> = None;
        for (stood, said) in &pairs {
            let said = after.get(*said)?;
            match stood {
                Some(place) => {
                    let item = items.get(*place)?;
                    beside = before.get(*place);
                    let made = self.edits.len();
                    if self.value(item, before.get(*place)?, said).is_none() {
                        self.edits.truncate(made);
                        let text = if is_flow {
                            written::flow(said)
                        } else {
                            let lines = written::item_lines(said);
                            below(lines.strip_prefix("- ").unwrap_or(&lines), &self.indent(item.span.start))
                        };
                        self.replace(item.span.start..self.end(item), text);
                    }
                    last = Some(item);
                }
                None => {
                    let dash = self.dash(items.first()?)?;
                    let indent = self.indent(dash);
                    let like = last.zip(beside).and_then(|(item, stood)| self.like(item, stood, said, &indent));
                    let lines = like.unwrap_or_else(|| below(&written::item_lines(said), &indent));
                    match last {
                        Some(item) => {
                            let at = self.line_end(self.end(item));
                            self.replace(at..at, format!("\n{indent}{lines}"));
                        }
                        None => {
                            let at = self.line_start(dash);
                            self.replace(at..at, format!("{indent}{lines}\n"));
                        }
                    }
                }
            }
        }
        for place in (0..before.len()).filter(|place| is_gone(*place)) {
            let item = items.get(place)?;
            let dash = self.dash(item)?;
            self.replace(self.lines(dash, self.end(item)), String::new());
        }
        Some(())
    }

    /// A new item in lines of its own, whose entries are written as those that say the same of the item before it; nothing if
    /// that is written in another way.
    fn like(&self, item: &Node, stood: &Value, said: &Value, indent: &str) -> Option<String> {
        let (NodeValue::Mapping(entries), Value::Mapping(said)) = (&item.value, said) else { return None };
        let is_block =
            !self.is_flow(item) && written::item_lines(&Value::Mapping(said.clone())).trim_end().contains('\n');
        let has_indent = |(key, _): &(Node, Node)| self.indent(key.span.start).len() == indent.len() + 2;
        if !is_block || !entries.iter().all(has_indent) {
            return None;
        }
        let lines = said.iter().map(|(key, value)| {
            let name = key.as_str()?;
            let own =
                entries.iter().find(|(key, _)| key.text() == Some(name)).filter(|_| stood.get(name) == Some(value));
            match own {
                Some((key, value)) => {
                    self.text.get(key.span.start..self.end(value)).map(|text| text.trim_end().replace('\r', ""))
                }
                None => Some(below(&written::entry_lines(key, value), &format!("{indent}  "))),
            }
        });
        Some(format!("- {}", lines.collect::<Option<Vec<String>>>()?.join(&format!("\n{indent}  "))))
    }

    /// Items between brackets, of which some are new or gone: those that stay are written as they stood.
    fn flow_items(&mut self, items: &[Node], pairs: &[(Option<usize>, usize)], after: &[Value]) -> Option<()> {
        let mut texts = Vec::new();
        for (stood, said) in pairs {
            let said = after.get(*said)?;
            let as_stood = stood.and_then(|place| items.get(place)).and_then(|item| self.text.get(item.span.clone()));
            let is_same = |text: &&str| serde_yaml::from_str::<Value>(text).is_ok_and(|value| value == *said);
            texts.push(as_stood.filter(is_same).map_or_else(|| written::flow(said), str::to_owned));
        }
        let (first, last) = (items.first()?, items.last()?);
        self.replace(first.span.start..self.end(last), texts.join(", "));
        Some(())
    }

    /// The dash of an item, which has to stand alone at the beginning of its line.
    fn dash(&self, item: &Node) -> Option<usize> {
        let before = self.text.get(..item.span.start)?.trim_end();
        let dash = before.strip_suffix('-')?.len();
        let lead = self.text.get(self.line_start(dash)..dash)?;
        lead.trim().is_empty().then_some(dash)
    }
}

/// What the entry at a place is called now, if it has another name in the same place between the others.
fn renamed_to<'a>(place: usize, before: &Mapping, after: &'a Mapping) -> Option<(&'a str, &'a Value)> {
    let (name, said) = after.iter().nth(place).filter(|(name, _)| !before.contains_key(*name))?;
    let is_beside = |place: usize| {
        let names = (before.keys().nth(place), after.keys().nth(place));
        names.0 == names.1 || names.0.is_some_and(|name| !after.contains_key(name))
    };
    (before.len() == after.len() && (0..before.len()).all(is_beside)).then_some((name.as_str()?, said))
}

/// Lines of which all but the first are brought below a place.
fn below(lines: &str, indent: &str) -> String {
    lines.trim_end_matches('\n').replace('\n', &format!("\n{indent}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FILE: &str = "# 计划\ntitle: {zh-Hans: '冬季', en: Winter}   # 门口贴的\nslots: { 上午: \"09:00-11:30\" }\nactivities:\n    # 讲座\n    - title: 讲座   # 一\n      when: 周二 上午\n      audience: [ 'a', b ]\n\n    - {title: \"舞蹈\", when: 周三 上午}  # 二\n    -   title: 合唱\n        summary: |\n          一\n          二\nnotes:\n- 甲\n- 乙  # 留着\n\n# 完\n";

    /// The lines that a change takes away and adds.
    fn change(edit: impl Fn(&mut Value)) -> (Vec<String>, Vec<String>) {
        let mut value: Value = serde_yaml::from_str(FILE).unwrap();
        edit(&mut value);
        let mut results = Vec::new();
        for ending in ["\n", "\r\n"] {
            let text = FILE.replace('\n', ending);
            // A text over lines is the same with either ending.
            let after = patched(&text, value.as_mapping().unwrap()).unwrap();
            assert_eq!(after.matches("\r\n").count() == after.matches('\n').count(), ending == "\r\n");
            let (before, after): (Vec<&str>, Vec<&str>) = (text.lines().collect(), after.lines().collect());
            let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
            let rest = before.len().min(after.len()) - same;
            let end = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
            let own = |lines: &[&str]| lines[same..lines.len() - end].iter().map(|line| (*line).to_owned()).collect();
            results.push((own(&before), own(&after)));
        }
        assert_eq!(results[0], results[1]);
        results.remove(0)
    }

    fn lines(of: (Vec<String>, Vec<String>)) -> String {
        let gone = of.0.iter().map(|line| format!("-{line}"));
        gone.chain(of.1.iter().map(|line| format!("+{line}"))).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn only_the_lines_of_what_changed_change() {
        let activity = |value: &mut Value, number: usize, key: &str, to: Value| {
            value["activities"][number][key] = to;
        };
        for (expected, found) in [
            ("", change(|_| ())),
            (
                "-      when: 周二 上午\n+      when: 周四 上午",
                change(|value| activity(value, 0, "when", "周四 上午".into())),
            ),
            (
                "-    - title: 讲座   # 一\n+    - title: 课   # 一",
                change(|value| activity(value, 0, "title", "课".into())),
            ),
            ("+      room: 二楼", change(|value| activity(value, 0, "room", "二楼".into()))),
            (
                "-      audience: [ 'a', b ]\n+      audience: [ 'a', b, c ]",
                change(|value| value["activities"][0]["audience"].as_sequence_mut().unwrap().push("c".into())),
            ),
            (
                "-    - {title: \"舞蹈\", when: 周三 上午}  # 二\n+    - {title: \"舞蹈\", when: 周三 上午, places: 12}  # 二",
                change(|value| activity(value, 1, "places", 12.into())),
            ),
            (
                "-    - {title: \"舞蹈\", when: 周三 上午}  # 二",
                change(|value| _ = value["activities"].as_sequence_mut().unwrap().remove(1)),
            ),
            (
                "-    - {title: \"舞蹈\", when: 周三 上午}  # 二\n+    - {title: \"舞蹈\"}  # 二",
                change(|value| _ = value["activities"][1].as_mapping_mut().unwrap().shift_remove("when")),
            ),
            (
                "-      when: 周二 上午",
                change(|value| _ = value["activities"][0].as_mapping_mut().unwrap().shift_remove("when")),
            ),
            (
                "-title: {zh-Hans: '冬季', en: Winter}   # 门口贴的\n+title: {zh-Hans: 夏季, en: Winter}   # 门口贴的",
                change(|value| value["title"]["zh-Hans"] = "夏季".into()),
            ),
            (
                "-slots: { 上午: \"09:00-11:30\" }\n+slots: { 早上: \"09:00-11:30\" }",
                change(|value| value["slots"] = serde_yaml::from_str("{早上: '09:00-11:30'}").unwrap()),
            ),
            (
                "-      audience: [ 'a', b ]\n+      room: 二楼",
                change(|value| {
                    _ = value["activities"][0].as_mapping_mut().unwrap().shift_remove("audience");
                    activity(value, 0, "room", "二楼".into());
                }),
            ),
            (
                "-      audience: [ 'a', b ]\n+    - {title: 课, when: 周五 上午}",
                change(|value| {
                    let activities = value["activities"].as_sequence_mut().unwrap();
                    _ = activities[0].as_mapping_mut().unwrap().shift_remove("audience");
                    activities.insert(1, serde_yaml::from_str("{title: 课, when: 周五 上午}").unwrap());
                }),
            ),
            ("-- 甲\n+- 丙", change(|value| value["notes"][0] = "丙".into())),
            ("+- 丙", change(|value| value["notes"].as_sequence_mut().unwrap().push("丙".into()))),
            ("-- 甲", change(|value| _ = value["notes"].as_sequence_mut().unwrap().remove(0))),
            (
                "-notes:\n-- 甲\n-- 乙  # 留着",
                change(|value| _ = value.as_mapping_mut().unwrap().shift_remove("notes")),
            ),
            (
                "-        summary: |\n-          一\n-          二\n+        summary: 三",
                change(|value| activity(value, 2, "summary", "三".into())),
            ),
        ] {
            assert_eq!(lines(found), expected);
        }
    }
}

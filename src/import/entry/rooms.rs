//! A title and a room on one line: `书法 二楼`, `书法（活动室）`.

use super::super::vocabulary::is_room;
use super::Names;
use super::line::{Line, labelled, read_line};

/// The lines of a cell with the room behind a title on a line of its own: a room that the site has, or behind a title that
/// is known what ends as rooms do.
pub(super) fn with_rooms_apart(block: &str, names: &Names) -> String {
    let lines: Vec<String> = block.lines().enumerate().map(|(number, line)| apart(line, number == 0, names)).collect();
    lines.join("\n")
}

fn apart(line: &str, is_first: bool, names: &Names) -> String {
    let line = line.trim();
    if names.titles.contains(line) || !labelled(line).is_empty() {
        return line.to_owned();
    }
    let is_one = |title: &str, room: &str| match names.titles.contains(title) {
        true => is_room(room) || names.rooms.contains(room),
        false => is_first && names.rooms.contains(room) && is_text(title) && !names.rooms.contains(title),
    };
    let gaps = line.match_indices([' ', '\u{3000}', '（', '(']).filter_map(|(at, _)| line.split_at_checked(at));
    let mut parts = gaps.map(|(title, rest)| (title.trim_end(), inside(rest)));
    let found = parts.rfind(|(title, room)| !title.is_empty() && is_one(title, room));
    found.map_or_else(|| line.to_owned(), |(title, room)| format!("{title}\n地点：{room}"))
}

fn is_text(title: &str) -> bool {
    matches!(read_line(title).as_slice(), [Line::Text(_)])
}

/// What stands behind a title, without the brackets around it.
fn inside(rest: &str) -> &str {
    let rest = rest.trim();
    rest.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')'])).unwrap_or(rest).trim()
}

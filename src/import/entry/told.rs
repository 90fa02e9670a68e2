//! What people write beside or below a title without a label: what it costs, how many can come, how to take part, what to
//! bring.

use super::line::Line;

/// The longest that is no activity.
const LONGEST: usize = 30;
/// What stands between such words.
const MARKS: [char; 6] = ['，', ',', '；', ';', '、', '。'];

/// What a text says of these, if it says nothing else: `免费`, `限20人，需预约`, `自带水杯、毛巾`.
pub(super) fn told(text: &str) -> Vec<Line> {
    let text = text.trim().trim_end_matches(['。', '！', '!']);
    // What has something in brackets is a title.
    if text.is_empty() || text.chars().count() > LONGEST || text.contains(['（', '(']) {
        return Vec::new();
    }
    let parts = text.split(MARKS).map(str::trim).filter(|part| !part.is_empty());
    let each: Option<Vec<Line>> = parts.map(one).collect();
    each.unwrap_or_else(|| note(text).into_iter().collect())
}

/// A title, and what is told behind it after a gap: 义剪 10元.
pub(super) fn take_told(line: &str) -> Option<(&str, Vec<Line>)> {
    let is_gap = |c: char| c.is_whitespace() || "，,；;".contains(c);
    let (title, behind) = line.rsplit_once(is_gap)?;
    let (title, parts) = (title.trim_end_matches(is_gap), told(behind));
    (!title.is_empty() && !parts.is_empty()).then_some((title, parts))
}

fn one(text: &str) -> Option<Line> {
    let labelled = |key: &'static str| Line::Labelled(key, text.to_owned());
    if is_cost(text) {
        return Some(labelled("cost"));
    }
    if let Some(places) = places(text) {
        return Some(Line::Labelled("places", places.to_string()));
    }
    if is_booking(text) { Some(labelled("booking")) } else { note(text) }
}

/// `免费`, `5元`, `材料费10元/人`.
fn is_cost(text: &str) -> bool {
    const FREE: [&str; 8] = ["免费", "全免费", "全程免费", "完全免费", "公益免费", "免费参加", "不收费", "free"];
    const BEFORE: [&str; 12] =
        ["另收", "收取", "收费", "费用", "学费", "材料费", "成本费", "工本费", "每人", "每次", "人均", "票价"];
    const BEHIND: [&str; 8] = ["", "每人", "每次", "一人", "一次", "一位", "左右", "起"];
    if FREE.contains(&text.to_lowercase().as_str()) {
        return true;
    }
    let plain = without_starts(text, &BEFORE);
    let sign = plain.strip_prefix(['¥', '￥', '£', '€', '$']);
    let plain = sign.unwrap_or(plain);
    let number = plain.trim_start_matches(|c: char| c.is_ascii_digit() || ".-—~至".contains(c));
    if number.len() == plain.len() || !plain.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let unit = ["元", "块钱", "块"].iter().find_map(|unit| number.strip_prefix(unit)).or(sign.map(|_| number));
    unit.is_some_and(|rest| BEHIND.contains(&rest) || rest.starts_with(['/', '／']) && rest.chars().count() <= 4)
}

/// How many can take part: `限20人`, `每次限报12名`.
fn places(text: &str) -> Option<u32> {
    const BEFORE: [&str; 6] = ["每次", "每期", "每场", "每班", "仅", "只"];
    let rest = without_starts(text, &BEFORE);
    let rest = ["名额限", "限额", "限报", "限招", "限", "名额"].iter().find_map(|word| rest.strip_prefix(word))?;
    ["人", "名", "位", "个"].iter().find_map(|unit| rest.strip_suffix(unit))?.trim().parse().ok()
}

/// `需要预约`, `电话预约`, `现场报名`, `先到先得`.
fn is_booking(text: &str) -> bool {
    const WHOLE: [&str; 7] =
        ["预约", "预约制", "先到先得", "booking required", "booking essential", "book ahead", "drop in"];
    const BEFORE: [&str; 27] = [
        "不需要",
        "不需",
        "不用",
        "无需",
        "无须",
        "需要",
        "必须",
        "可以",
        "提前",
        "电话",
        "现场",
        "微信",
        "网上",
        "线上",
        "扫码",
        "前台",
        "实名",
        "社区",
        "群内",
        "需",
        "须",
        "请",
        "可",
        "免",
        "到",
        "在",
        "或",
    ];
    const BOOK: [&str; 8] = ["预约", "报名", "登记", "预约制", "预约报名", "报名预约", "预约登记", "报名参加"];
    let rest = without_starts(text, &BEFORE);
    WHOLE.contains(&text.to_lowercase().as_str()) || rest.len() < text.len() && BOOK.contains(&rest)
}

/// What one should bring or mind: `需自带垫子`, `材料自备`, `请提前10分钟到场`.
fn note(text: &str) -> Option<Line> {
    const STARTS: [&str; 17] = [
        "自带",
        "自备",
        "需自带",
        "须自带",
        "可自带",
        "需自备",
        "须自备",
        "需带",
        "须带",
        "需携带",
        "须携带",
        "携带",
        "需穿",
        "须穿",
        "需提前",
        "须提前",
        "bring ",
    ];
    const SHORTEST: usize = 4;
    let asks = text.starts_with('请') && text.chars().count() >= SHORTEST;
    let is_note = asks
        || STARTS.iter().any(|start| text.to_lowercase().starts_with(start))
        || text.chars().count() >= SHORTEST && ["自备", "自带", "自理"].iter().any(|end| text.ends_with(end));
    is_note.then(|| Line::Labelled("summary", text.to_owned()))
}

/// A text without any of these at its beginning.
fn without_starts<'t>(text: &'t str, starts: &[&str]) -> &'t str {
    let mut rest = text;
    while let Some(after) = starts.iter().find_map(|start| rest.strip_prefix(start)) {
        rest = after.trim_start();
    }
    rest
}

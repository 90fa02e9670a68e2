//! The items of a cell that lists things, as people part them: one a line, numbered wherever the numbers stand, with
//! semicolons or arrows between, and papers with commas.
//!
//! What stands in brackets is never parted. Numbers count only as they count up from one: `1.5万元` is none.

/// Marks behind a number that numbers an item.
const BEHIND: [char; 5] = ['.', '、', '．', ')', '）'];
const ARROWS: [char; 5] = ['→', '➡', '➔', '⇒', '＞'];
const CIRCLED: std::ops::RangeInclusive<char> = '①'..='⑳';

/// What goes on with the item before it: 身份证原件、复印件 is one paper in two forms, and what begins with 或 is another choice.
const GOES_ON: [&str; 9] = ["原件", "复印件", "或", "及", "和", "并", "如", "需", "or "];

/// The items of a list of sentences: conditions.
pub(super) fn sentences(text: &str) -> Vec<String> {
    numbered(text).0
}

/// The items of a list of steps, between which arrows or dashes may stand: `申请—审核—发放`.
pub(super) fn steps(text: &str) -> Vec<String> {
    let (items, _) = numbered(text);
    let one = |item: String| {
        let plain = item.replace("-->", "→").replace("->", "→").replace("——", "→").replace('—', "→");
        parts(&plain, |c| ARROWS.contains(&c))
    };
    items.into_iter().flat_map(one).collect()
}

/// The items of a list of things: `身份证、户口本`, `ID card, photo`. Numbered items are whole.
pub(super) fn things(text: &str) -> Vec<String> {
    let (items, is_numbered) = numbered(text);
    if is_numbered {
        return items;
    }
    let one = |item: String| {
        // A comma parts short names; in a sentence it parts nothing.
        let by_comma = parts(&item, |c| matches!(c, '，' | ','));
        let goes_on = |part: &str| GOES_ON.iter().any(|word| part.starts_with(word));
        let is_names = by_comma.iter().all(|part| item.is_ascii() || part.chars().count() <= 12 && !goes_on(part));
        let commas: &[char] = if is_names { &['，', ','] } else { &[] };
        let mut found: Vec<String> = Vec::new();
        for part in parts(&item, |c| c == '、' || commas.contains(&c)) {
            match found.last_mut().filter(|_| goes_on(&part)) {
                Some(before) => before.push_str(&format!("{}{part}", if item.is_ascii() { ", " } else { "、" })),
                None => found.push(part.strip_prefix("and ").unwrap_or(&part).to_owned()),
            }
        }
        found
    };
    items.into_iter().flat_map(one).collect()
}

/// The items between line breaks, semicolons and numbers, without their numbers; and whether they are numbered.
fn numbered(text: &str) -> (Vec<String>, bool) {
    let starts = starts(text);
    let bounds = starts.iter().map(|(at, _)| *at).chain([text.len()]);
    let pieces = std::iter::once((0, 0)).chain(starts.iter().copied()).zip(bounds);
    let pieces = pieces.filter_map(|((_, from), to)| text.get(from..to));
    let items = pieces.flat_map(|piece| parts(piece, |c| matches!(c, '\n' | '；' | ';'))).collect();
    (items, starts.len() > 1)
}

/// Where numbered items begin, and where what they say does.
fn starts(text: &str) -> Vec<(usize, usize)> {
    let (mut found, mut next, mut depth) = (Vec::new(), 1_u32, 0_u32);
    let mut before = None;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        let is_free = depth == 0 && at >= skip_to && before.is_none_or(|before: char| !before.is_ascii_digit());
        if let Some(length) = number(rest, next).filter(|_| is_free) {
            found.push((at, at + length));
            (next, skip_to) = (next + 1, at + length);
        }
        if at >= skip_to {
            depth = nested(depth, c);
        }
        before = Some(c);
    }
    // One number alone numbers nothing, unless the text begins with it.
    if found.len() == 1 && found.first().is_some_and(|(at, _)| *at > 0) { Vec::new() } else { found }
}

/// The length of the number that an item begins with, if it is this one: `2.`, `（2）`, `②`.
fn number(text: &str, number: u32) -> Option<usize> {
    let first = text.chars().next()?;
    if CIRCLED.contains(&first) {
        let is = u32::from(first) - u32::from('①') + 1 == number;
        let marks: usize = text.chars().skip(1).take_while(|c| matches!(c, '.' | '、' | ' ')).map(char::len_utf8).sum();
        return is.then_some(first.len_utf8() + marks);
    }
    let opened = if matches!(first, '（' | '(') { first.len_utf8() } else { 0 };
    let digits = number.to_string();
    let behind = text.get(opened..)?.strip_prefix(digits.as_str())?;
    let mark =
        behind.chars().next().filter(|c| if opened > 0 { matches!(c, ')' | '）') } else { BEHIND.contains(c) })?;
    let after = behind.get(mark.len_utf8()..)?;
    (!after.starts_with(|c: char| c.is_ascii_digit())).then_some(opened + digits.len() + mark.len_utf8())
}

fn nested(depth: u32, c: char) -> u32 {
    match c {
        '（' | '(' | '《' | '【' | '「' | '“' => depth + 1,
        '）' | ')' | '》' | '】' | '」' | '”' => depth.saturating_sub(1),
        _ => depth,
    }
}

/// The parts of a text between marks that stand in no brackets.
fn parts(text: &str, is_mark: impl Fn(char) -> bool) -> Vec<String> {
    let (mut found, mut depth) = (vec![String::new()], 0);
    for c in text.chars() {
        depth = nested(depth, c);
        match found.last_mut() {
            Some(last) if !(depth == 0 && is_mark(c)) => last.push(c),
            _ => found.push(String::new()),
        }
    }
    let tidy = |part: &String| part.trim().trim_end_matches(['。', '；', ';', '，']).trim().to_owned();
    found.iter().map(tidy).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_numbered_is_parted_wherever_the_numbers_stand() {
        for text in [
            "1.甲 2.乙丙 3.丁",
            "①甲②乙丙③丁",
            "1、甲\n2、乙丙\n3、丁",
            "（1）甲；（2）乙丙；（3）丁。",
            "甲；乙丙；丁",
            "甲\n乙丙\n丁",
        ] {
            assert_eq!(sentences(text), ["甲", "乙丙", "丁"], "{text}");
        }
        assert_eq!(sentences("1.补贴1.5万元 2.一次性"), ["补贴1.5万元", "一次性"]);
        assert_eq!(sentences("需同时满足：1.甲 2.乙"), ["需同时满足：", "甲", "乙"]);
        assert_eq!(sentences("收入低于1.5万元、有房"), ["收入低于1.5万元、有房"]);
    }

    #[test]
    fn things_are_parted_by_commas_and_steps_by_arrows() {
        assert_eq!(things("身份证、户口本、银行卡"), ["身份证", "户口本", "银行卡"]);
        assert_eq!(
            things("1、身份证 2、残疾证（原件、复印件）3、照片2张"),
            ["身份证", "残疾证（原件、复印件）", "照片2张"]
        );
        assert_eq!(things("身份证原件、复印件；照片"), ["身份证原件、复印件", "照片"]);
        assert_eq!(things("营业执照，或网络平台的经营证明"), ["营业执照，或网络平台的经营证明"]);
        assert_eq!(things("营业执照,身份证，合同"), ["营业执照", "身份证", "合同"]);
        assert_eq!(things("ID card, photo, and proof of address"), ["ID card", "photo", "proof of address"]);
        assert_eq!(steps("申请—审核→发放"), ["申请", "审核", "发放"]);
    }
}

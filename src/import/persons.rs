//! Names of persons, which pages do not have: what is left of a text without them.

use super::entry::phones;
use super::vocabulary::{is_name_of_person, is_surname};

/// What stands between persons.
pub(super) const MARKS: [char; 8] = ['、', '，', ',', '/', '\n', '；', ';', '\u{3000}'];

/// A text without the names of persons in it, if there are any: of `李娜（护士）` 护士, of `张伟、志愿者` 志愿者.
pub(super) fn without_persons(text: &str) -> Option<String> {
    let mut left: Vec<String> = Vec::new();
    let mut found = false;
    for part in text.split(MARKS).map(str::trim).filter(|part| !part.is_empty()) {
        // 社工 张伟 is a role with its name; English roles have blanks in them.
        let words: Vec<&str> = part.split_whitespace().collect();
        if words.len() > 1 && !part.is_ascii() && words.iter().any(|word| is_name_of_person(word)) {
            found = true;
            let is_role = |word: &&&str| !is_name_of_person(word) && !word.contains(|c: char| c.is_ascii_digit());
            left.extend(words.iter().filter(is_role).map(|word| (*word).to_owned()));
        } else if is_name_of_person(part) {
            found = true;
            let inside = part.split_once(['（', '(']).and_then(|(_, inside)| inside.split(['）', ')']).next());
            let inside =
                inside.filter(|inside| !inside.contains(|c: char| c.is_ascii_digit()) && !is_name_of_person(inside));
            left.extend(inside.map(|inside| inside.trim().to_owned()).filter(|inside| !inside.is_empty()));
        } else if let Some(label) = labelled(part) {
            // 负责人：张伟 is a role with its name too.
            found = true;
            left.push(label.to_owned());
        } else {
            left.push(part.to_owned());
        }
    }
    left.dedup();
    found.then(|| left.join("、"))
}

/// The label before the name of a person.
fn labelled(text: &str) -> Option<&str> {
    const LONGEST: usize = 6;
    let (label, name) = text.split_once(['：', ':'])?;
    let label = label.trim();
    let is_label = (1..=LONGEST).contains(&label.chars().count()) && !label.contains(|c: char| c.is_ascii_digit());
    (is_label && is_name_of_person(name)).then_some(label)
}

/// Whether a heading is that of a column of persons: 填报人, 站长, 带班领导.
pub(super) fn is_of_persons(heading: &str) -> bool {
    const ENDS: [&str; 11] = ["人", "员", "长", "者", "姓名", "领导", "老师", "contact", "person", "manager", "led by"];
    let plain = heading.split(['（', '(']).next().unwrap_or_default().trim().to_lowercase();
    ENDS.iter().any(|end| plain.ends_with(end))
}

/// Whether a text says by a label who did or does something, by the name: `制表人：张伟`.
pub(super) fn names_person_by_label(text: &str) -> bool {
    const ENDS: [&str; 7] = ["人", "员", "制表", "审核", "填表", "联系", "负责"];
    let parts = || text.split([' ', '\u{3000}', '；', ';', '，', ',', '。']).filter(|part| !part.is_empty());
    let labelled = |part: &str| {
        let (label, name) = part.split_once(['：', ':'])?;
        Some(ENDS.iter().any(|end| label.trim_end().ends_with(end)) && is_name_of_person(name))
    };
    parts().any(|part| labelled(part) == Some(true)) || names_person_behind(text) || names_person_by_phone(text)
}

/// Whether a name stands at a telephone number: `有事找李红 13800000000`, `0931-0000001（李女士）`.
fn names_person_by_phone(text: &str) -> bool {
    const FORMS: [&str; 3] = ["女士", "先生", "小姐"];
    let is_edge = |c: char| c.is_whitespace() || "（）()：:，,、；;。".contains(c);
    let is_named =
        |word: &str| is_name_of_person(word) || is_surname(word) && FORMS.iter().any(|form| word.ends_with(form));
    let ends_with_name = |before: &str| {
        let word = before.rsplit(is_edge).next().unwrap_or_default();
        let starts = word.char_indices().rev().skip(1).take(2);
        starts.into_iter().filter_map(|(at, _)| word.get(at..)).any(is_named)
    };
    phones(text).any(|phone| {
        let before = text.get(..phone.start).unwrap_or_default().trim_end_matches(is_edge);
        let behind = text.get(phone.end..).unwrap_or_default().trim_start_matches(is_edge);
        ends_with_name(before) || behind.split(is_edge).next().is_some_and(is_named)
    })
}

/// Whether a name stands behind a word for who does something, with or without a colon: `联系人李红`, `负责人 李红`.
fn names_person_behind(text: &str) -> bool {
    const WHO: [&str; 9] = ["联系人", "负责人", "制表人", "审核人", "填表人", "填报人", "经办人", "联络员", "带队人"];
    let names = |who: &&str| {
        text.match_indices(*who).any(|(at, who)| {
            let rest = text.get(at + who.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches([' ', '\u{3000}', '：', ':', '是', '为']);
            let name = rest.split([' ', '\u{3000}', '；', ';', '，', ',', '。', '、']).next().unwrap_or_default();
            is_name_of_person(name)
        })
    };
    WHO.iter().any(names)
}

/// A remark without its sentences that name a person by a label, and these sentences.
pub(super) fn without_named(text: &str) -> (String, Vec<&str>) {
    let (mut left, mut named) = (String::new(), Vec::new());
    for sentence in text.split_inclusive(['；', ';', '。', '\n']) {
        match names_person_by_label(sentence) {
            true => named.push(sentence.trim().trim_end_matches(['；', ';', '。'])),
            false => left.push_str(sentence),
        }
    }
    let left = left.trim();
    let left = if named.is_empty() { left } else { left.trim_end_matches(['；', ';']) };
    (left.to_owned(), named)
}

/// Whether a text is a surname with an office: 张主任.
pub(super) fn is_named_by_office(text: &str) -> bool {
    const OFFICES: [&str; 12] =
        ["主任", "副主任", "书记", "副书记", "科长", "所长", "站长", "局长", "主席", "委员", "队长", "院长"];
    let office = text.trim().char_indices().nth(1).and_then(|(at, _)| text.trim().get(at..));
    office.is_some_and(|office| OFFICES.contains(&office)) && is_surname(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_tells_the_name_of_a_person() {
        for text in [
            "制表人：张伟   联系电话：0931-0000001",
            "3. 联系人李红",
            "负责人 李红 0931-0000001",
            "有事找李红 13800000000",
            "报名电话：0931-0000001（李女士）",
            "报名：李红：138-0000-0000",
        ] {
            assert!(names_person_by_label(text), "{text}");
        }
        let (left, named) = without_named("法定节假日暂停；12月25日下午停课；联系人：李红 0931-0000001");
        assert_eq!((left.as_str(), named), ("法定节假日暂停；12月25日下午停课", vec!["联系人：李红 0931-0000001"]));
        assert!(is_named_by_office("张主任") && !is_named_by_office("主任") && !is_named_by_office("值班主任"));
        for text in [
            "节假日停课",
            "联系人：社工",
            "提示：陶艺自带围裙",
            "负责人：王老师",
            "报名电话：0931-0000001",
            "白银路服务站 0931-0000001（工作日）",
            "有事打王老师电话 0931-0000001",
        ] {
            assert!(!names_person_by_label(text), "{text}");
        }
    }

    #[test]
    fn roles_stay_and_names_go() {
        for (text, left) in [
            ("张伟", Some("")),
            ("李娜（护士）", Some("护士")),
            ("张伟、志愿者", Some("志愿者")),
            ("社工 张伟", Some("社工")),
            ("负责人：张伟", Some("负责人")),
            ("负责人：王老师", None),
            ("王芳、刘洋 0931-0000001", Some("")),
            ("张伟 0931-0000001", Some("")),
            ("值班律师", None),
            ("王老师、志愿者", None),
            ("front desk", None),
        ] {
            assert_eq!(without_persons(text).as_deref(), left, "{text}");
        }
    }
}

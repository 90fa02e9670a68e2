//! What stands beside a telephone number: taken if it says what the line is for, left out if it may name a person.
//!
//! Names cannot be told from other words, so it is asked the other way round. What the site's own lines are called is
//! known. Of anything else every part has to have a word for a function, and beside these no capital letter but the first
//! of the part, and in Chinese nothing of the form of a name.

use std::collections::BTreeSet;

use super::super::vocabulary::is_name_of_person;

/// The longest label, in characters.
const LONGEST: usize = 60;
/// Functions in English, in the singular, and times.
const ENGLISH: [&str; 81] = [
    "access",
    "admin",
    "administration",
    "admissions",
    "advice",
    "advisory",
    "afternoon",
    "appointment",
    "booking",
    "box",
    "care",
    "center",
    "centre",
    "clinic",
    "counter",
    "crisis",
    "customer",
    "daily",
    "day",
    "daytime",
    "department",
    "desk",
    "duty",
    "emergency",
    "enquirie",
    "enquiry",
    "evening",
    "fri",
    "friday",
    "front",
    "general",
    "group",
    "hall",
    "helpdesk",
    "helpline",
    "hotline",
    "hour",
    "info",
    "information",
    "inquirie",
    "inquiry",
    "intake",
    "landline",
    "library",
    "line",
    "main",
    "message",
    "mobile",
    "mon",
    "monday",
    "morning",
    "night",
    "office",
    "phone",
    "public",
    "reception",
    "registration",
    "relay",
    "sat",
    "saturday",
    "school",
    "service",
    "shop",
    "sms",
    "sun",
    "sunday",
    "support",
    "switchboard",
    "team",
    "telephone",
    "text",
    "thu",
    "thursday",
    "ticket",
    "tty",
    "tue",
    "tuesday",
    "wed",
    "wednesday",
    "weekday",
    "weekend",
];
/// Words that come before a name.
const BEFORE_NAMES: [&str; 9] = ["mr", "mrs", "ms", "miss", "dr", "ask", "contact", "attn", "attention"];
/// Functions in Chinese, and times.
const CHINESE: [&str; 56] = [
    "热线",
    "前台",
    "咨询",
    "办公",
    "服务",
    "值班",
    "总机",
    "窗口",
    "中心",
    "大厅",
    "预约",
    "报名",
    "投诉",
    "求助",
    "救助",
    "急救",
    "报警",
    "报修",
    "维修",
    "传达室",
    "门卫",
    "保安",
    "接待",
    "客服",
    "登记",
    "电话",
    "座机",
    "手机",
    "短信",
    "图书",
    "食堂",
    "门诊",
    "医务",
    "调解",
    "律师",
    "社工",
    "白天",
    "晚上",
    "夜间",
    "夜班",
    "小时",
    "每天",
    "每周",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "上午",
    "下午",
    "接听",
    "工作日",
    "周末",
    "节假日",
];

/// What the lines of the site are called.
pub(super) type Labels = BTreeSet<String>;

/// Whether words say what a line is for and name nobody.
pub(super) fn is_function(words: &str, known: &Labels) -> bool {
    let mut own: Vec<&String> = known.iter().filter(|own| words.contains(own.as_str())).collect();
    own.sort_by_key(|own| std::cmp::Reverse(own.len()));
    let rest = own.into_iter().fold(words.to_owned(), |rest, own| rest.replace(own.as_str(), "、"));
    let mut parts = rest.split(['、', '，', ',', '；', ';', '/', '(', ')', '（', '）', '|', '–', '—', '\n']);
    let is_said = |part: &str| part.chars().any(char::is_alphabetic);
    is_said(words)
        && words.chars().count() <= LONGEST
        && parts
            .all(|part| !is_said(part) || is_function_in_english(part.trim()) || is_function_in_chinese(part.trim()))
}

fn is_function_in_english(part: &str) -> bool {
    let words = || part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_one = |word: &str| {
        let plain = word.to_lowercase();
        ENGLISH.contains(&plain.as_str()) || plain.strip_suffix('s').is_some_and(|one| ENGLISH.contains(&one))
    };
    let is_plain = |(number, word): (usize, &str)| {
        let is_small = number == 0 || !word.starts_with(char::is_uppercase);
        is_small && !BEFORE_NAMES.contains(&word.to_lowercase().as_str())
    };
    part.is_ascii()
        && !part.contains('\'')
        && words().any(is_one)
        && words().enumerate().filter(|(_, word)| !is_one(word)).all(is_plain)
}

fn is_function_in_chinese(part: &str) -> bool {
    // What is left of it beside its functions may be a name, and so may all of it: 周一鸣 begins as a weekday.
    let rest = CHINESE.iter().fold(part.to_owned(), |rest, word| rest.replace(word, " "));
    let mut pieces = rest.split(|c: char| !c.is_alphabetic()).filter(|piece| !piece.is_empty()).peekable();
    let is_whole = pieces.peek().is_none();
    rest != part
        && !part.chars().any(|c| c.is_ascii_alphabetic())
        && (is_whole || !is_name_of_person(part) && !pieces.any(is_name_of_person))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_what_a_line_is_for_and_names_nobody() {
        let known = Labels::from(["驻站民警", "全天，救急打这个号"].map(str::to_owned));
        for words in [
            "Front desk",
            "Enquiries",
            "Main Office",
            "Grants desk",
            "24 hour helpline",
            "Weekdays, office",
            "Desk for older people",
            "前台",
            "咨询热线",
            "办公室",
            "高龄补贴窗口",
            "法律咨询",
            "24小时热线",
            "驻站民警",
            "前台（白天）",
        ] {
            assert!(is_function(words, &known), "{words}");
        }
        for words in [
            "Jane Roe",
            "Jane Roe, office",
            "Office of Jane Roe",
            "Mrs roe, office",
            "Jane's office",
            "ask for jane at the desk",
            "jane",
            "王小明",
            "前台王小明",
            "王小明办公室",
            "马依拉",
            "Office 王小明",
            "",
            "、",
        ] {
            assert!(!is_function(words, &known), "{words}");
        }
    }
}

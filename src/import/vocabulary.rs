//! The words by which people draw boards: weekdays at the head of columns, labels, and what rooms and roles end with.

use crate::calendar::{WeekdaySet, When};

/// What a labelled line in a cell is about: the key of an activity, or `time` and `days`.
const LABELS: [(&str, &[&str]); 9] = [
    ("time", &["时间", "活动时间", "time", "when"]),
    ("room", &["活动地点", "地点", "场地", "教室", "位置", "room", "place", "where", "venue"]),
    (
        "leader",
        &[
            "负责人",
            "负责",
            "主讲人",
            "主讲",
            "授课",
            "老师",
            "讲师",
            "教师",
            "授课人",
            "授课老师",
            "指导老师",
            "主持人",
            "主持",
            "组织",
            "带队",
            "联系人",
            "leader",
            "led by",
            "by",
            "teacher",
        ],
    ),
    ("audience", &["服务对象", "参加对象", "对象", "人群", "for", "audience"]),
    ("cost", &["费用", "收费", "cost", "price"]),
    ("booking", &["报名方式", "报名", "预约", "booking"]),
    ("places", &["名额", "人数", "places"]),
    ("summary", &["活动内容", "内容", "简介", "说明", "summary", "about"]),
    ("valid", &["期间", "起止", "period"]),
];

/// Cells that say that there is nothing.
const NOTHING: [&str; 8] = ["无", "暂无", "没有", "空", "none", "n/a", "nil", "无活动"];

/// Cells that say that what might be there does not take place.
const STOPPED: [&str; 26] = [
    "停",
    "停课",
    "停开",
    "停办",
    "停一次",
    "停止",
    "暂停",
    "已停",
    "取消",
    "已取消",
    "休",
    "休息",
    "休馆",
    "闭馆",
    "闭馆休息",
    "关门",
    "不开放",
    "放假",
    "休假",
    "节假日休息",
    "暂停开放",
    "暂停服务",
    "closed",
    "cancelled",
    "canceled",
    "off",
];

const ROOMS: [&str; 24] = [
    "室", "厅", "角", "堂", "馆", "楼", "层", "房", "场", "园", "亭", "前台", "门口", "楼下", "区", "空间", "驿站",
    "食堂", "书屋", "大院", "room", "hall", "office", "corner",
];

const ROLES: [&str; 33] = [
    "老师",
    "律师",
    "医生",
    "护士",
    "社工",
    "志愿者",
    "队",
    "人员",
    "员",
    "教练",
    "主任",
    "书记",
    "团",
    "协会",
    "学会",
    "公司",
    "机构",
    "所",
    "站",
    "医院",
    "委",
    "组",
    "长",
    "师",
    "班子",
    "法官",
    "民警",
    "干部",
    "居民",
    "team",
    "worker",
    "teacher",
    "volunteers",
];

/// Words of how often, where they are not one of the forms that can be read.
const HOW_OFTEN: [&str; 38] = [
    "上半月",
    "下半月",
    "单号",
    "双号",
    "单日",
    "双日",
    "上旬",
    "中旬",
    "下旬",
    "隔日",
    "隔周",
    "每月",
    "每两周",
    "每季",
    "月初",
    "月末",
    "月底",
    "不定期",
    "待定",
    "另行通知",
    "第一周",
    "第二周",
    "第三周",
    "第四周",
    "每年",
    "every other",
    "every second",
    "every two weeks",
    "alternate weeks",
    "biweekly",
    "bi-weekly",
    "fortnight",
    "monthly",
    "of the month",
    "of each month",
    "of every month",
    "tbc",
    "tba",
];

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任卢姚钟姜崔谭陆范汪廖石贾韦夏付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔";

/// The key that a label stands for.
pub(super) fn label(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_matches(['【', '】', '[', ']']).to_lowercase();
    LABELS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(key, _)| *key)
}

/// Every word that may label something, the longest first.
pub(super) fn labels() -> Vec<&'static str> {
    let mut words: Vec<&str> = LABELS.iter().flat_map(|(_, words)| words.iter().copied()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// A text without the brackets and marks around it.
fn bare(text: &str) -> String {
    let is_mark = |c: char| c.is_whitespace() || "（）()【】[]。.：:！!*＊".contains(c);
    text.trim_matches(is_mark).to_lowercase()
}

/// Whether a cell says that there is nothing, be it by a dash.
pub(super) fn is_nothing(text: &str) -> bool {
    let plain = bare(text);
    plain.chars().all(|c| "-‐‑–—―－_＿~～/／\\＼|｜×✕✗xX○◯…·・.".contains(c) || c.is_whitespace())
        || NOTHING.contains(&plain.as_str())
        || is_stopped(text)
}

/// Whether a text says that something does not take place: 休息, （停）, 暂停.
pub(super) fn is_stopped(text: &str) -> bool {
    const WHEN: [&str; 8] = ["上午", "下午", "晚上", "全天", "当天", "本日", "本周", "今天"];
    let plain = bare(text);
    let of_part = WHEN.iter().find_map(|word| plain.strip_prefix(word)).map(bare);
    STOPPED.contains(&plain.as_str()) || of_part.is_some_and(|rest| STOPPED.contains(&rest.as_str()))
}

/// Whether a text says that a house rests on holidays: 法定节假日暂停.
pub(super) fn rests_on_holidays(text: &str) -> bool {
    const HOLIDAYS: [&str; 6] = ["法定", "国家法定", "节假日", "假日", "假期", "寒暑假"];
    let plain = bare(text);
    HOLIDAYS.iter().any(|word| plain.starts_with(word)) && STOPPED.iter().any(|word| plain.ends_with(word))
}

/// Whether a cell says that it holds the same as the one beside or above it: 同左, 〃.
pub(super) fn is_ditto(text: &str) -> bool {
    const SAME: [&str; 14] =
        ["同上", "同左", "同前", "同右", "同下", "同上一行", "〃", "\"", "″", "''", "“", "”", "ditto", "as above"];
    let plain = text.trim().trim_matches(['（', '）', '(', ')', '。', '.']).to_lowercase();
    SAME.contains(&plain.as_str())
}

/// Whether a text ends as rooms do.
pub(super) fn is_room(text: &str) -> bool {
    let plain = text.to_lowercase();
    // 手机课堂 is a lesson.
    let is_lesson = plain.ends_with("课堂") || plain.ends_with("讲堂");
    !is_lesson && text.chars().count() <= 14 && ROOMS.iter().any(|end| plain.ends_with(end)) || is_numbered_room(text)
}

fn is_numbered_room(text: &str) -> bool {
    let english = ["room ", "rm ", "hall ", "studio "]
        .iter()
        .find_map(|word| text.to_lowercase().strip_prefix(word).map(str::to_owned));
    if let Some(number) = english {
        return number.chars().count() <= 4 && number.chars().all(|c| c.is_ascii_alphanumeric());
    }
    let text = text.trim_end_matches(['室', '号', '房']);
    (3..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text ends as roles and teams do.
pub(super) fn is_role(text: &str) -> bool {
    // Who may come, and who belongs to the house, do not lead.
    const FOR: [&str; 8] = ["仅限", "限", "只限", "面向", "针对", "供", "凭", "适合"];
    const COME: [&str; 18] = [
        "党员",
        "团员",
        "会员",
        "学员",
        "组员",
        "成员",
        "队员",
        "全员",
        "家长",
        "老年组",
        "青年组",
        "中年组",
        "少年组",
        "少儿组",
        "儿童组",
        "成人组",
        "初级组",
        "高级组",
    ];
    let plain = text.to_lowercase();
    if FOR.iter().any(|word| plain.starts_with(word)) || COME.iter().any(|word| plain.ends_with(word)) {
        return false;
    }
    text.chars().count() <= 20 && ROLES.iter().any(|end| plain.ends_with(end))
}

/// Whether a text looks like the name of a person, which a page should not have.
pub(super) fn is_name_of_person(text: &str) -> bool {
    text.split(['、', '，', ',', '/', '\n']).any(|part| is_name(without_number(part.trim())))
}

/// A name without the number or the words in brackets that stand behind it: `张伟 139…`, `李娜（社工）`.
fn without_number(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_digit() || matches!(c, '（' | '('));
    end.and_then(|end| text.get(..end)).unwrap_or(text).trim_end_matches([' ', '　', '：', ':'])
}

/// Whether a text begins with a surname.
pub(super) fn is_surname(text: &str) -> bool {
    text.chars().next().is_some_and(|first| SURNAMES.contains(first))
}

/// Words that begin as names do and are none: levels, things and what is taught.
const NO_NAMES: [&str; 23] = [
    "高级",
    "高阶",
    "高中",
    "高年级",
    "高龄",
    "白天",
    "方言",
    "马术",
    "武术",
    "陶艺",
    "毛笔",
    "毛笔字",
    "毛线",
    "石刻",
    "石画",
    "史料",
    "田园",
    "龙舟",
    "钟表",
    "钱币",
    "任选",
    "方法",
    "万年历",
];

fn is_name(text: &str) -> bool {
    let count = text.chars().count();
    let has_surname = is_surname(text);
    // 周二 is a day, though 周 is a surname.
    let is_day = WeekdaySet::read(text).is_ok();
    !is_day
        && (2..=3).contains(&count)
        && has_surname
        && !is_role(text)
        && !is_room(text)
        && !text.ends_with(['会', '部', '社', '办', '路', '街', '巷', '村'])
        && !NO_NAMES.contains(&text)
        && !is_season(text)
}

/// Whether a text says how often, in a form that cannot be read.
pub(super) fn says_how_often(text: &str) -> bool {
    let plain = text.to_lowercase();
    HOW_OFTEN.iter().any(|word| plain.contains(word))
        || names_a_date(&plain)
        || counts_weeks(&plain)
        || words(&plain).any(|word| is_days_or_weeks(word) || is_beside_term(word))
}

/// The words of a text, without the brackets around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "（）()【】[]，,；;：:".contains(c)).filter(|word| !word.is_empty())
}

/// Whether a word is days or weeks of a month and nothing else: `11日、25日`, `1、3周`, `初一、十五`.
fn is_days_or_weeks(word: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let is_number = |part: &str| !part.is_empty() && part.chars().all(is_numeral);
    let parts = || word.split(['、', '和', '及']);
    let are_days = parts().all(|part| part.strip_suffix(['日', '号']).is_some_and(is_number));
    let are_weeks = || word.strip_suffix('周').is_some_and(|weeks| weeks.split(['、', '和', '及']).all(is_number));
    let are_of_moon = || word.contains('初') && parts().all(|part| is_number(part.strip_prefix('初').unwrap_or(part)));
    match parts().count() {
        // 一周 is how long something takes, 初一 a class, 1号 a house.
        1 => are_days && word.ends_with('日'),
        _ => are_days || are_weeks() || are_of_moon(),
    }
}

/// Whether a word says that something takes place beside the terms of schools or the work of the fields.
fn is_beside_term(word: &str) -> bool {
    const SEASONS: [&str; 4] = ["农闲", "农忙", "开学", "放假"];
    const ENDS: [&str; 7] = ["时", "时节", "期间", "季节", "后", "前", "起"];
    let of_season = |season: &&str| word.strip_prefix(*season).is_some_and(|end| end.is_empty() || ENDS.contains(&end));
    word != "放假" && SEASONS.iter().any(of_season) || word.starts_with("农历")
}

/// Whether a text says in which part of the year something is: `12月暂停`, `（7-8月）`, `（夏季）`.
pub(super) fn says_part_of_year(text: &str) -> bool {
    // 6月龄 is an age.
    const AGES: [char; 3] = ['龄', '大', '嫂'];
    let names_month = text.match_indices('月').any(|(at, month)| {
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + month.len()..).unwrap_or_default());
        before.ends_with(|c: char| c.is_ascii_digit()) && !behind.starts_with(AGES)
    });
    names_month || words(text).any(is_part_of_year)
}

/// Whether a word is a season or months, with what is said of them: 夏季, 暑假暂停, 七、八月.
pub(super) fn is_part_of_year(word: &str) -> bool {
    const BEHIND: [&str; 10] = ["暂停", "停课", "停办", "停", "开放", "开班", "举办", "期间", "起", "份"];
    let plain = BEHIND.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let is_month = |c: char| c.is_ascii_digit() || "一二三四五六七八九十月份至到和、-—~－".contains(c);
    is_season(plain) || plain.ends_with(['月', '份']) && plain.chars().count() > 1 && plain.chars().all(is_month)
}

/// Whether a text counts the weeks of a month: `第一、三周`, `第2周`.
fn counts_weeks(text: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五、，,和及".contains(c);
    text.split('第').skip(1).any(|after| {
        let rest = after.trim_start_matches(is_number);
        rest.len() < after.len() && rest.starts_with(['周', '週'])
    })
}

/// Whether a text names a day of the year: `12月8日起`, `2026-12-08`.
pub(super) fn names_a_date(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "-/.".contains(c);
    let is_day = |part: &str| part.len() >= "2026-1-1".len() && When::read(&format!("{part} 09:00-10:00")).is_ok();
    if text.split(|c: char| !is_part(c)).any(is_day) {
        return true;
    }
    if words(text).any(|word| word.split(['、', '和', '及']).all(is_month_and_day)) {
        return true;
    }
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    text.match_indices('月').any(|(at, mark)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + mark.len()..).unwrap_or_default());
        let digits = number(after);
        let rest = after.get(digits..).unwrap_or_default();
        before.ends_with(|c: char| c.is_ascii_digit()) && (1..=2).contains(&digits) && rest.starts_with(['日', '号'])
    })
}

/// Whether a text is a day of the year with a slash and nothing else: `12/25`.
fn is_month_and_day(text: &str) -> bool {
    let small =
        |text: &str, most: u8| text.len() <= 2 && text.parse().is_ok_and(|number: u8| (1..=most).contains(&number));
    text.split_once('/').is_some_and(|(month, day)| small(month, 12) && small(day, 31))
}

/// What begins a line that says what one should mind.
const REMARKS: [&str; 7] = ["注意事项", "注意", "温馨提示", "提示", "备注", "注", "要求"];

/// Whether a line says what one should mind, and is no activity.
pub(super) fn is_remark(text: &str) -> bool {
    REMARKS.iter().any(|word| text.strip_prefix(word).is_some_and(|rest| rest.starts_with(['：', ':'])))
}

/// Whether a text is a part of the year or of the calendar, in which other times hold.
pub(super) fn is_season(text: &str) -> bool {
    const SEASONS: [&str; 14] = [
        "春季",
        "夏季",
        "秋季",
        "冬季",
        "夏天",
        "冬天",
        "夏令",
        "冬令",
        "夏令时",
        "冬令时",
        "暑假",
        "寒假",
        "节假日",
        "假期",
    ];
    SEASONS.contains(&bare(text).as_str())
}

/// The head of a column of a board: its weekdays, and what else stands there (the day's theme).
pub(super) fn weekday_head(text: &str, bare: bool) -> Option<(WeekdaySet, Option<String>)> {
    if text.chars().count() > 60 {
        return None;
    }
    let plain = text.replace('週', "周").replace('．', ".");
    let mut days = WeekdaySet::NONE;
    let mut theme: Vec<&str> = Vec::new();
    for line in plain.lines().filter(|line| !line.is_empty()) {
        let (found, rest) = weekdays_in(line, bare);
        match (days.is_empty(), found.is_empty()) {
            (true, true) => return None,
            (true, false) if rest.len() > 3 => return None,
            (true, false) => {
                days = found;
                theme.extend(rest.into_iter().filter(|text| !is_date(text)));
            }
            (false, true) if !is_date(line) => theme.push(line),
            (false, _) => {}
        }
    }
    (!days.is_empty()).then(|| (days, (!theme.is_empty()).then(|| theme.join(" "))))
}

/// The weekdays that a line names, and its other words.
fn weekdays_in(line: &str, bare: bool) -> (WeekdaySet, Vec<&str>) {
    let parts = line.split(|c: char| c.is_whitespace() || "()（）[]【】/,，、|".contains(c));
    let mut days = WeekdaySet::NONE;
    let mut rest = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let word = part.trim_matches(['.', ':', '：']);
        let word = if bare && word.chars().count() == 1 { format!("周{word}") } else { word.to_owned() };
        match WeekdaySet::read(&word) {
            Ok(found) if days.common(found).is_empty() => days = days.union(found),
            Ok(_) => {}
            Err(_) => rest.push(part),
        }
    }
    (days, rest)
}

/// Whether a text is a date, as far as the head of a column has some.
pub(super) fn is_date(text: &str) -> bool {
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    has_digit && text.chars().all(|c| c.is_ascii_digit() || "年月日号./-（）() ".contains(c))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_columns_are_read_in_every_usual_wording() {
        for (text, days, theme) in [
            ("周一", "mon", None),
            ("星期三（12月2日）", "wed", None),
            ("礼拜天", "sun", None),
            ("週六", "sat", None),
            ("Mon.", "mon", None),
            ("周五\nFriday", "fri", None),
            ("周二\n暖心志愿服务", "tue", Some("暖心志愿服务")),
            ("周一至周五", "mon-fri", None),
            ("23 Nov Monday", "mon", Some("Nov")),
        ] {
            let (found, rest) = weekday_head(text, false).unwrap();
            assert_eq!((String::from(found).as_str(), rest.as_deref()), (days, theme), "{text}");
        }
        assert!(weekday_head("三", false).is_none() && weekday_head("三", true).is_some());
        for text in ["时段", "周一有法律坐诊，请提前打电话到前台预约", "上午", ""] {
            assert!(weekday_head(text, false).is_none(), "{text}");
        }
    }

    #[test]
    fn a_dash_is_nothing_and_a_word_may_say_that_something_stops() {
        for nothing in ["", "-", "———", "/", "／", "无", "（无）", "——", "\\", "×", "……", "N/A", "休息", "（停）"]
        {
            assert!(is_nothing(nothing), "{nothing}");
        }
        for stopped in ["休息", "（停）", "暂停", "停课。", "【闭馆】", "Closed"] {
            assert!(is_stopped(stopped), "{stopped}");
        }
        for text in ["休闲读书", "停车指引", "无线电小组", "一", "太极", "舞蹈", "/舞蹈"] {
            assert!(!is_nothing(text), "{text}");
        }
    }

    #[test]
    fn days_that_cannot_be_read_as_a_rule_are_seen() {
        for text in [
            "电影 12/11、12/25",
            "电影（12/11）",
            "理发 11日、25日",
            "理发 5号、20号",
            "义诊（1、3周）",
            "义诊（一、三周）",
            "诵经 初一、十五",
            "合唱（开学后）",
            "夜校 农闲时",
            "庙会（农历十五）",
        ] {
            assert!(says_how_often(text), "{text}");
        }
        for text in
            ["开学第一课", "初一数学", "7/24小时书屋", "3号楼读书会", "十五分钟健身", "三周年庆", "六一", "一周新闻"]
        {
            assert!(!says_how_often(text), "{text}");
        }
    }

    #[test]
    fn a_name_is_told_from_a_role() {
        for name in ["王小明", "李芳", "张伟 139-0000-0000", "张伟（139…）", "李娜（社工）", "值班员、张伟"]
        {
            assert!(is_name_of_person(name), "{name}");
        }
        assert!(!is_name_of_person("周二、周四下午有人接听"));
        for word in ["高级", "高年级", "白银路", "毛笔字"] {
            assert!(!is_name_of_person(word), "{word}");
        }
        for role in ["王老师", "张律师", "马背宣讲队", "社工", "金城志愿队", "白银路派出所", "高中生"]
        {
            assert!(!is_name_of_person(role) || role == "高中生", "{role}");
        }
    }
}

//! Why a sheet no longer holds, in plain words.

use crate::artifacts::{Hanging, Today};
use crate::content::PrintedSheet;
use crate::diagnostics::Language;
use crate::site::Difference;

/// The longest text that is quoted whole. Of a longer one that changed only that is said, and one that is new or gone is
/// cut short.
const LONGEST: usize = 40;
/// The most differences of a sheet that are named.
const MOST: usize = 8;

/// What differs on single days, which a board tells ahead.
const CHANGES: &str = "changes";

/// The parts of sheets in Chinese and English, by their keys.
const PARTS: [(&str, &str, &str); 47] = [
    ("title", "标题", "title"),
    ("kicker", "标题上面那一行", "line above the title"),
    ("issuer", "发布单位", "issuer"),
    ("valid", "有效期", "period"),
    ("until", "有效期", "end"),
    ("from", "开始日期", "beginning"),
    ("summary", "简介", "summary"),
    ("activities", "活动", "activity"),
    ("when", "时间", "time"),
    ("time", "钟点", "hours"),
    ("times", "开放时间", "opening hours"),
    ("room", "房间", "room"),
    ("leader", "负责人", "leader"),
    ("audience", "对象", "audience"),
    ("cost", "费用", "cost"),
    ("strand", "系列", "strand"),
    ("rule", "隔多久一次", "recurrence"),
    ("note", "说明", "note"),
    ("notes", "说明", "note"),
    ("changes", "近期变动", "change"),
    ("hours", "开放时间", "opening hours"),
    ("rows", "开放时间", "opening hours"),
    ("hours_notes", "开放时间的说明", "note on the hours"),
    ("seasons", "季节时间", "season"),
    ("rules", "节假日规定", "rule for holidays"),
    ("days", "日期", "days"),
    ("place", "地点", "place"),
    ("address", "地址", "address"),
    ("phones", "电话", "telephone line"),
    ("phone", "电话", "telephone number"),
    ("number", "号码", "number"),
    ("contact", "联系人", "contact"),
    ("role", "联系人", "contact"),
    ("body", "正文", "text"),
    ("meeting", "会议", "meeting"),
    ("agenda", "议题", "item of the agenda"),
    ("outcome", "结果", "outcome"),
    ("holidays", "节假日", "holiday"),
    ("why", "原因", "reason"),
    ("centres", "服务点", "centre"),
    ("name", "名称", "name"),
    ("theme", "当天主题", "theme of the day"),
    ("items", "活动", "activity"),
    ("turns", "轮值", "turn"),
    ("who", "值班人", "one on duty"),
    ("stops", "停靠点", "stop"),
    ("teams", "志愿队", "team"),
];

/// The title of a sheet that hangs, else its file.
pub(super) fn title(printed: &PrintedSheet) -> &str {
    printed.sheet.says.get("title").and_then(|title| title.as_str()).unwrap_or(&printed.sheet.id)
}

/// Why a sheet no longer holds, a sentence each.
pub(super) fn reasons(hangs: &Hanging, language: Language) -> Vec<String> {
    let until = hangs.printed.sheet.says.get("until").and_then(|until| until.as_str());
    match (&hangs.today, language) {
        (Today::Same, _) => Vec::new(),
        (Today::Gone, Language::ZhHans) => vec!["网站上已经没有这项内容".to_owned()],
        (Today::Gone, Language::En) => vec!["the site no longer has what it is about".to_owned()],
        (Today::Nothing, Language::ZhHans) => vec![match until {
            Some(until) => format!("现在没有要张贴的了；纸上写着有效期到：{until}"),
            None => "现在没有要张贴的了".to_owned(),
        }],
        (Today::Nothing, Language::En) => vec![match until {
            Some(until) => format!("it has nothing to say at present; on paper it holds until: {until}"),
            None => "it has nothing to say at present".to_owned(),
        }],
        (Today::Other { differences, .. }, _) => {
            // What is wrong on paper misleads; what is only missing there does not.
            let mut differences: Vec<&Difference> = differences.iter().collect();
            differences.sort_by_key(|one| (one.part == CHANGES, one.was.is_none()));
            let mut said: Vec<String> = differences.iter().take(MOST).map(|one| reason(one, language)).collect();
            said.dedup();
            let left = differences.len().saturating_sub(MOST);
            if left > 0 {
                said.push(match language {
                    Language::ZhHans => format!("另外还有 {left} 处"),
                    Language::En => format!("and {left} more"),
                });
            }
            said
        }
    }
}

/// A difference as a sentence.
fn reason(one: &Difference, language: Language) -> String {
    let part = PARTS.iter().find(|(key, _, _)| *key == one.part);
    let whole = |text: &Option<String>| text.clone().filter(|text| text.chars().count() <= LONGEST);
    let both = whole(&one.was).zip(whole(&one.is));
    if let Some(was) = one.was.as_ref().filter(|_| one.over) {
        return match language {
            Language::ZhHans => format!("{}已结束，从张贴的表上取下", shortened(was)),
            Language::En => format!("{} is over and comes off the sheet", shortened(was)),
        };
    }
    match language {
        Language::ZhHans => {
            let part = part.map_or("内容", |(_, word, _)| word);
            let what = one.about.as_ref().map_or_else(|| part.to_owned(), |about| format!("{about}的{part}"));
            match (&one.was, &one.is, both) {
                (Some(_), Some(_), Some((was, is))) => format!("{what}改了：“{was}”改为“{is}”"),
                (None, Some(is), _) => format!("新加了{what}：{}", shortened(is)),
                (Some(was), None, _) => format!("{what}没有了：{}", shortened(was)),
                _ => format!("{what}改了"),
            }
        }
        Language::En => {
            let part = part.map_or("content", |(_, _, word)| word);
            let what = one.about.as_ref().map_or_else(|| part.to_owned(), |about| format!("{part} of {about}"));
            match (&one.was, &one.is, both) {
                (Some(_), Some(_), Some((was, is))) => format!("the {what} changed from “{was}” to “{is}”"),
                (None, Some(is), _) => format!("new {what}: {}", shortened(is)),
                (Some(was), None, _) => format!("{what} gone: {}", shortened(was)),
                _ => format!("the {what} changed"),
            }
        }
    }
}

/// The beginning of a text.
fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).collect();
    if text.chars().count() > LONGEST {
        shown.push('…');
    }
    shown
}

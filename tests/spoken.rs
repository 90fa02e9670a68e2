//! Opening hours in words: whatever is typed is read or refused, and what was read is read back from what is written.

use noticeboard::calendar::spoken::{read, write};
use noticeboard::diagnostics::{Code, Language};
use proptest::prelude::*;

/// Days, dates and what else a rule may be about.
const SUBJECTS: [&str; 48] = [
    "周一至周五",
    "周一、三、五",
    "周六",
    "周日",
    "周六、周日",
    "每天",
    "工作日",
    "周末",
    "节假日",
    "法定节假日",
    "当地节日",
    "调休上班日",
    "全年无休",
    "含节假日",
    "单周周六",
    "双周：周三",
    "单周",
    "每月第一个周六",
    "每月最后一个工作日",
    "每月15日",
    "每月1日、15日",
    "7月1日至8月31日",
    "夏季（5月1日-9月30日）",
    "夏季（5月1日-9月30日）：",
    "冬季（10月1日至次年4月30日）",
    "4-10月",
    "每年5月4日",
    "2026年10月1日至3日",
    "2026年12月31日",
    "2026-10-01..2026-10-03",
    "4日",
    "Mon-Fri",
    "Saturdays",
    "Daily",
    "public holidays",
    "first Saturday of the month",
    "last workday of the month",
    "odd weeks Sat",
    "July 1 to August 31",
    "Oct 1-3, 2026",
    "2月29日-3月1日",
    "5月",
    "周一到周三",
    "（周一至周五）",
    "每月第一、三个周六",
    "first Sat ",
    "法定节假日除外",
    " except public holidays ",
];

/// What may hold.
const OUTCOMES: [&str; 42] = [
    "8:30-12:00",
    " 14:30-18:00",
    "上午9点到12点",
    "下午2点半至6点",
    "晚上6点到凌晨2点",
    "20:00-次日8:00",
    "早八点至晚六点",
    "9am to 5:30 pm",
    "9am-noon",
    "6pm-midnight",
    "2-5pm",
    "9-12点",
    "24:00-次日24:00",
    "0:00-24:00",
    "18:00-0:00",
    "25:00-26:00",
    "休息",
    "不开放",
    "closed",
    " closed on ",
    "照常",
    "照常开放",
    "24小时开放",
    "全天",
    "上午",
    "须预约",
    "（预约）",
    " by appointment",
    "按所补的工作日",
    "仍按周末的时间",
    "开放",
    " open ",
    "开放时间：",
    "上午：9:00-11:30",
    "9:00",
    "17:00-9:00",
    "下午休息",
    "上午休息（盘点）",
    "盘点，不开放",
    "盘点",
    " closed in the afternoon",
    "7×24小时",
];

/// What stands between, and what is not understood.
const MARKS: [&str; 20] = [
    "", "", "", " ", "，", "，", "、", "；", "；", "。", "\n", "\n\n", "：", "（", "）", "和", " and ", "除外", "九",
    "-",
];

fn hours() -> impl Strategy<Value = String> {
    let of =
        |words: &'static [&'static str]| (0..words.len()).prop_map(move |index| words.get(index).copied().unwrap());
    let mark = of(&MARKS);
    let rule = (of(&SUBJECTS), of(&MARKS), of(&OUTCOMES), of(&MARKS)).prop_map(|(a, b, c, d)| [a, b, c, d].concat());
    let any = prop_oneof![2 => of(&SUBJECTS), 2 => of(&OUTCOMES), 1 => mark].prop_map(str::to_owned);
    let clause = prop_oneof![4 => rule, 1 => any];
    prop::collection::vec(clause, 1..6).prop_map(|clauses| clauses.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn hours_are_read_back_from_what_is_written(text in hours()) {
        match read(&text) {
            Ok(hours) => {
                for language in [Language::ZhHans, Language::En] {
                    let written = write(&hours, language);
                    let again = read(&written).map_err(|problem| format!("{problem}: {written}"));
                    prop_assert_eq!(again.as_ref(), Ok(&hours));
                }
            }
            Err(problem) => prop_assert!(!problem.message(Language::ZhHans).is_empty()),
        }
    }

    #[test]
    fn what_was_understood_before_a_mistake_can_be_read(text in hours()) {
        if let Err(problem) = read(&text) && problem.code == Code::NotHours {
            // The help of a long text is shortened.
            let all = [(Language::ZhHans, "前面读懂的是："), (Language::En, "understood so far: ")].map(
                |(language, before)| {
                    let help = problem.help(language);
                    help.iter().find_map(|line| line.strip_prefix(before).map(str::to_owned))
                },
            );
            let understood = all.iter().flatten();
            for understood in understood.filter(|understood| !understood.ends_with('…')) {
                prop_assert!(read(understood).is_ok(), "{} of {}", understood, text);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = read(&text);
    }

    #[test]
    fn any_text_of_digits_and_marks_is_read_or_refused(text in "[0-9年月日点时半:：至到—~,，;；（）()上下午周一二三十两 ap.m]{0,40}") {
        if let Ok(hours) = read(&text) {
            prop_assert_eq!(read(&write(&hours, Language::ZhHans)), Ok(hours));
        }
    }
}

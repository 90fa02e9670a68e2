//! The forms of strings, with examples that the program reads.

use std::fmt::Write as _;

use noticeboard::content::formats;

use super::fields::Tongue;

/// A form: its name in the schema, what it is called, what it is, and examples.
pub struct Form {
    pub name: &'static str,
    pub title: [&'static str; 2],
    pub text: [&'static str; 2],
    pub examples: &'static [&'static str],
}

/// All forms, dates and times first.
pub const FORMS: &[Form] = &[
    Form {
        name: "date",
        title: ["日期", "Date"],
        text: [
            "年、月、日；也认得“年月日”和斜线的写法。年份从 1900 到 2199。",
            "Year, month and day; years go from 1900 to 2199.",
        ],
        examples: &["2026-10-01", "2026年10月1日"],
    },
    Form {
        name: "date-span",
        title: ["一天或连着的几天", "Day or days"],
        text: ["一天，或者从哪天到哪天，头尾都算。", "One day, or from one to another, both of them included."],
        examples: &["2026-10-01", "2026-10-01..2026-10-07"],
    },
    Form {
        name: "day-or-time",
        title: ["日期或日期加钟点", "Date, or date and time"],
        text: ["只写日期就是那一整天。", "A date alone is the whole of that day."],
        examples: &["2026-12-01", "2026-12-01 15:00"],
    },
    Form {
        name: "rough-date",
        title: ["大概的日期", "Rough date"],
        text: ["只知道哪年哪月，就只写到那里。", "As much of the date as is known."],
        examples: &["2024", "2024-06", "2024-06-30"],
    },
    Form {
        name: "month-day",
        title: ["每年的某一天", "Day of every year"],
        text: ["只写月和日。", "A month and a day."],
        examples: &["07-01"],
    },
    Form {
        name: "time-of-day",
        title: ["钟点", "Time of day"],
        text: ["24 小时制；24:00 是一天的末尾。", "By the 24-hour clock; 24:00 is the end of the day."],
        examples: &["09:00", "14:30"],
    },
    Form {
        name: "time-range",
        title: ["几点到几点", "Times"],
        text: ["结束可以在第二天凌晨。", "It may end after midnight."],
        examples: &["09:00-11:30", "22:00-02:00"],
    },
    Form {
        name: "intervals",
        title: ["一天里开门的几段", "Hours of a day"],
        text: [
            "几段之间用逗号隔开；不开写 closed 或“不开放”。",
            "Several stretches with commas between them; `closed` if it is not open.",
        ],
        examples: &["08:30-12:00, 14:30-18:00", "closed", "24h"],
    },
    Form {
        name: "weekdays",
        title: ["星期几", "Weekdays"],
        text: ["一个、几个，或者从哪天到哪天。", "One, several, or from one to another."],
        examples: &["周一至周五", "周二、周四", "mon-fri", "sat"],
    },
    Form {
        name: "weekly-lines",
        title: ["一行写完一周的时间", "Week in a line"],
        text: ["星期几，空一格，几点到几点；几段之间用分号。", "Weekdays, a space, times; semicolons between several."],
        examples: &["周一至周五 11:30-14:00", "mon-fri 11:30-14:00; sat 09:00-12:00"],
    },
    Form {
        name: "hours",
        title: ["一句话的开放时间", "Opening hours in words"],
        text: [
            "像贴在门上的那样写，也认得地图软件 OSM 的写法。怎么读的，用 `noticeboard status 代号` 看。",
            "As on the door, or as OpenStreetMap writes them. `noticeboard status ID` tells how they were understood.",
        ],
        examples: &["周一至周五 08:30-12:00，14:30-18:00；节假日休息", "Mo-Fr 08:30-12:00,14:30-18:00; PH off"],
    },
    Form {
        name: "holiday-hours",
        title: ["节假日怎么开", "Hours on holidays"],
        text: ["不开放、照常，或者写时间。", "Closed, open as usual, or times."],
        examples: &["closed", "照常", "09:00-11:30"],
    },
    Form {
        name: "day-pattern",
        title: ["不是每周都有的日子", "Days that recur in another way than weekly"],
        text: ["单周、双周，或者一个月里的第几个。", "Every other week, or the first of each month, and so on."],
        examples: &["单周 周六", "每月第一个周日", "每月最后一个工作日"],
    },
    Form {
        name: "when",
        title: ["多久一次", "When something recurs"],
        text: ["先写哪些天，空一格，再写时段的名字或时间。", "The days, a space, then the name of a slot or times."],
        examples: &[
            "周二 09:00-11:00",
            "单周 周三 14:30-17:00",
            "每月第一个周六 09:00-11:00",
            "RRULE:FREQ=MONTHLY;BYDAY=2TU 09:00-11:00",
        ],
    },
    Form {
        name: "moment",
        title: ["哪一天的几点到几点", "Date with times"],
        text: ["日期，空一格，时间。", "A date, a space, times."],
        examples: &["2026-10-09 14:30-17:00"],
    },
    Form {
        name: "turn",
        title: ["多久换一轮", "Length of a turn"],
        text: ["一天、一周、两周，或者几天。", "A day, a week, two weeks, or so many days."],
        examples: &["每天", "每两周", "每3天", "week"],
    },
    Form {
        name: "id",
        title: ["代号", "Id"],
        text: [
            "别处的名字：那份内容的文件名去掉后缀，或者在 site.yaml、areas.yaml 里起的代号。字母、数字和连字符。",
            "The name of something else: its file’s name without the ending, or what was named in site.yaml or areas.yaml. Letters, digits and hyphens.",
        ],
        examples: &["ganjiaxiang", "older-people"],
    },
    Form {
        name: "text",
        title: ["一段文字", "Plain text"],
        text: ["给人看的字，不能是空的。", "Words for readers; not empty."],
        examples: &["门口有牌子"],
    },
    Form {
        name: "language",
        title: ["语言代码", "Language tag"],
        text: ["从一张固定的表里选。", "From a fixed list."],
        examples: &["zh-Hans", "en", "mn-Mong"],
    },
    Form {
        name: "phone",
        title: ["电话号码", "Telephone number"],
        text: ["能直接拨的号码。", "As it is dialled."],
        examples: &["0931-0000001", "0931-0000001 转 8"],
    },
    Form {
        name: "web-address",
        title: ["网址", "Web address"],
        text: ["以 https:// 开头。", "It begins with https://."],
        examples: &["https://www.example.org/"],
    },
    Form {
        name: "base-address",
        title: ["网站的网址", "Address of the site"],
        text: ["网站放在哪里；不带 ? 和 #。", "Where the site stands; without ? and #."],
        examples: &["https://example.org/"],
    },
    Form {
        name: "site-path",
        title: ["本站的地址", "Address of this site"],
        text: ["不写域名。", "Without the host."],
        examples: &["notices/heating/"],
    },
    Form {
        name: "short-code",
        title: ["短网址的代码", "Code of a short address"],
        text: ["由 noticeboard record 分配。", "Allotted by noticeboard record."],
        examples: &["k7m3p"],
    },
    Form {
        name: "picture",
        title: ["图片文件", "Picture file"],
        text: [
            "content/pictures/ 里的文件名，大小写要一样。",
            "The name of a file in content/pictures/; capital letters count.",
        ],
        examples: &["hall-board.png"],
    },
    Form {
        name: "paper",
        title: ["纸张", "Paper"],
        text: ["a1 到 a5，横放的加 -landscape。", "a1 to a5, with -landscape if it lies across."],
        examples: &["a3", "a4-landscape"],
    },
    Form {
        name: "region",
        title: ["地区代码", "Region"],
        text: ["国际标准 ISO 3166 的代码。", "A code of ISO 3166."],
        examples: &["CN", "CN-GS"],
    },
    Form {
        name: "time-zone",
        title: ["时区", "Time zone"],
        text: ["全国都用 Asia/Shanghai。", "A name of the IANA database."],
        examples: &["Asia/Shanghai"],
    },
];

/// The form of that name.
pub fn form(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

/// The page of all forms.
pub fn page(tongue: Tongue) -> String {
    let n = tongue as usize;
    let (title, summary) = match tongue {
        Tongue::Chinese => ("日期、时间和别的写法", "每一种写法是什么意思，怎么写。例子都由程序读过。"),
        Tongue::English => (
            "Dates, times and other forms",
            "What each form means and how it is written. The program has read every example.",
        ),
    };
    let mut page = format!("---\ntitle: {title}\nsummary: {summary}\n---\n");
    for form in FORMS {
        let _ =
            writeln!(page, "## {}\n\n{}\n\n```yaml\n{}\n```\n", form.title[n], form.text[n], form.examples.join("\n"));
    }
    page.trim_end().to_owned() + "\n"
}

#[test]
fn every_example_of_a_form_is_read() {
    for form in FORMS {
        for example in form.examples {
            formats::read(form.name, example).unwrap_or_else(|problem| panic!("{}: {problem}", form.name));
        }
        assert!(formats::read(form.name, "").is_err(), "{} takes anything", form.name);
    }
}

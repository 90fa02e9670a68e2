//! `import`: lists of entitlements and duty, dates, several boards in one workbook, what is struck out and remarked.

use std::fs;

use rust_xlsxwriter::{ExcelDateTime, Format, Note, Workbook};

use crate::support::*;

const POLICIES: [&str; 2] = ["content/policies/gaolingjintie.md", "content/policies/qunuanbutie.md"];

fn import(site: &TestSite, file: &str, language: &str, options: &[&str]) -> (String, String, i32) {
    let path = site.path(file);
    let said = site.call("import").lang(language).args(&[path.to_str().unwrap()]).args(options).run();
    (said.stdout, said.stderr, said.code.unwrap())
}

fn site() -> TestSite {
    let site = TestSite::minimal();
    site.remove(PROGRAMME_FILE);
    site
}

/// What comes of a list, and what is said.
fn list(text: &str) -> (String, String) {
    let site = site();
    site.write("list.csv", text);
    let (shown, found, _) = import(&site, "list.csv", "en", &["-v"]);
    (shown, found)
}

#[test]
fn the_lists_in_a_cell_of_an_entitlement_are_parted_and_its_term_is_read() {
    let site = site();
    let head = "政策名称,文号,内容,对象,部门,申请条件,所需材料,办理流程,有效期,依据\n";
    let rest = "老年人,社区居委会";
    site.write(
        "list.csv",
        format!(
            "{head}高龄津贴,兰民发〔2026〕12号,每月100元,{rest},1.年满80周岁 2.本市户籍,身份证、户口本（原件、复印件）、银行卡,①申请②审核③发放,至2027年12月31日,《高龄津贴办法》\n\
             取暖补贴,兰民发〔2026〕3号,每户500元,{rest},收入低于1.5万元,\"1、身份证 2、户口本\n3、照片\",申请—审核—发放,自2026年3月1日起施行,\n"
        ),
    );
    let (_, found, code) = import(&site, "list.csv", "en", &["--write"]);
    assert_eq!(code, 0, "{found}");
    let texts = POLICIES.map(|path| fs::read_to_string(site.path(path)).unwrap());
    has(
        &texts[0],
        &[
            "conditions: [年满80周岁, 本市户籍]\n",
            "papers: [身份证, 户口本（原件、复印件）, 银行卡]\n",
            "steps: [申请, 审核, 发放]\n",
            "until: 2027-12-31\n",
            "source: {title: 《高龄津贴办法》, number: 兰民发〔2026〕12号}\n",
        ],
    );
    has(
        &texts[1],
        &[
            "conditions: [收入低于1.5万元]\n",
            "papers: [身份证, 户口本, 照片]\n",
            "steps: [申请, 审核, 发放]\n",
            "from: 2026-03-01\n",
            "# 兰民发〔2026〕3号\n",
        ],
    );
    has_not(&texts[1], &["source", "until"]);
    // A number alone is no title, and is said with its cell.
    assert!(found.contains("`兰民发〔2026〕3号` was not understood\n--> list.csv:B3\n"), "{found}");
    let (shown, found) =
        list(&format!("政策名称,内容,对象,部门,有效期\n甲,乙,{rest},长期有效\n丙,丁,{rest},自发布之日起五年\n"));
    has_not(&shown, &["from:", "until:", "长期"]);
    has(&found, &["`自发布之日起五年` was not understood\n--> list.csv:E3\n"]);
}

#[test]
fn dates_of_a_list_take_their_year_from_its_title_and_a_wrong_weekday_is_said() {
    let (shown, found) = list(
        "解放社区2026年12月活动,,,,\n日期,星期,时间,活动,地点\n12月3日,周四,9:00-11:00,讲座,大厅\n12.5,,9am-10am,阅读,\n12月7日-8日,,9:00-11:00,义诊,\n\
         周四（12月10日）,,9:00-10:00,书法,\n12月11日（周四）,,9:00-10:00,剪纸,\n12月15日,周三,9:00-10:00,电影,\n12月16日,,上午9:00,理发,\n1月5日,,9:00-10:00,联欢,\n",
    );
    has(
        &shown,
        &[
            "valid: 2026-12-01..2027-01-05\n",
            "{title: 讲座, when: \"2026-12-03 9:00-11:00\", room: 大厅}",
            "{title: 阅读, when: \"2026-12-05 09:00-10:00\"}",
            "{title: 义诊, when: \"2026-12-07 9:00-11:00\"}",
            "{title: 义诊, when: \"2026-12-08 9:00-11:00\"}",
            "{title: 书法, when: \"2026-12-10 9:00-10:00\"}",
            "{title: 联欢, when: \"2027-01-05 9:00-10:00\"}",
            "# A7: 12月11日（周四） |",
        ],
    );
    has_not(&shown, &["{title: 剪纸", "{title: 电影", "{title: 理发"]);
    has(
        &found,
        &[
            "error[NB0152]: weekday and date of `12月11日（周四）` do not agree: 2026-12-11 is a Friday\n--> list.csv:A7\n",
            "error[NB0152]: weekday and date of `12月15日 周三` do not agree: 2026-12-15 is a Tuesday\n--> list.csv:A8\n",
            "`上午9:00` was not understood\n--> list.csv:C9\n",
        ],
    );
    // Without a year it is not known which day is meant, and it is no weekday either.
    let (shown, found) = list("日期,时间,活动\n周三（12月2日）,9:00-10:00,剪纸\n周四,9:00-10:00,书法\n");
    has(&shown, &["{title: 书法, when: \"周四 09:00-10:00\"}", "# A2: 周三（12月2日）"]);
    has_not(&shown, &["{title: 剪纸"]);
    has(&found, &["`周三（12月2日）` was not understood\n--> list.csv:A2\n"]);
    let (shown, _) = list(
        "\"Jiefang, December 2026\",,\nDate,Time,Activity\n3 Dec,9am-10am,Talk\n\"Fri, 4 December\",9:00-10:00,Choir\n",
    );
    has(
        &shown,
        &["{title: Talk, when: \"2026-12-03 09:00-10:00\"}", "{title: Choir, when: \"2026-12-04 9:00-10:00\"}"],
    );
}

#[test]
fn dates_may_stand_at_the_head_of_a_board_beside_weekdays_or_alone() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(0, 0, "解放社区中心一周活动").unwrap();
    for (column, day) in [(1, 1), (2, 2), (3, 3)] {
        let date = ExcelDateTime::from_ymd(2026, 12, day).unwrap();
        sheet.write_with_format(1, column, &date, &format).unwrap();
    }
    for (column, text) in ["上午 9:00-11:30", "太极", "", "书法 10:00-11:00"].into_iter().enumerate() {
        sheet.write(2, u16::try_from(column).unwrap(), text).unwrap();
    }
    let site = site();
    site.write("plan.xlsx", book.save_to_buffer().unwrap());
    let (shown, found, code) = import(&site, "plan.xlsx", "en", &["-v"]);
    assert_eq!(code, 0, "{found}");
    has(
        &shown,
        &[
            "valid: 2026-12-01..2026-12-03\n",
            "{title: 太极, when: 2026-12-01 上午}",
            "{title: 书法, when: \"2026-12-03 10:00-11:00\"}",
        ],
    );
    // Beside weekdays they say of which week the board is; one that is another weekday leaves its column out.
    let (shown, found) =
        list("2026年,,,\n时段,周一（11月30日）,周二 12月1日,周三 12月3日\n上午 9:00-11:30,太极,合唱,剪纸\n");
    has(
        &shown,
        &["valid: 2026-11-30..2026-12-01\n", "{title: 太极, when: 周一 上午}", "{title: 合唱, when: 周二 上午}"],
    );
    has_not(&shown, &["{title: 剪纸"]);
    has(
        &found,
        &["`周三 12月3日` do not agree: 2026-12-03 is a Thursday\n--> list.csv:D2\n", "`剪纸` was not understood"],
    );
    // A month with the days of each week above what takes place on them.
    let (shown, _) = list(
        "2026年12月活动日历,,,\n周一,周二,周三,周四\n,1,2,3\n,义诊 9:00-10:00,,讲座 14:30-16:00\n7,8,9,10\n合唱 9:00-10:00,,,\n",
    );
    has(
        &shown,
        &[
            "valid: 2026-12-01..2026-12-31\n",
            "{title: 义诊, when: \"2026-12-01 09:00-10:00\"}",
            "{title: 讲座, when: \"2026-12-03 14:30-16:00\"}",
            "{title: 合唱, when: \"2026-12-07 09:00-10:00\"}",
        ],
    );
}

#[test]
fn what_a_list_does_not_say_of_the_hours_of_a_place_stays() {
    let site = site();
    let hours = "hours:\n  weekly: {mon-fri: \"08:30-12:00\"}\n  seasons:\n    - {from: 12-01, to: 02-28, weekly: {mon-fri: \"09:00-12:00\"}}\n  \
        holidays: \"09:00-11:00\"\n  exceptions: [{on: 2026-12-04, hours: closed, why: 停电}]\n";
    site.edit(CENTRE_FILE, "hours:\n  weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}\n", hours);
    site.write("list.csv", "名称,地址,开放时间\n解放社区中心,解放路1号,周一至周四 9:00-17:00\n");
    let (_, found, code) = import(&site, "list.csv", "en", &["--write", "--replace"]);
    assert_eq!(code, 0, "{found}");
    let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    has(&text, &["weekly: {mon-thu: \"09:00-17:00\"}", "from: 12-01", "why: 停电", "holidays: \"09:00-11:00\""]);
    has_not(&text, &["mon-fri: \"08:30-12:00\""]);
    // In Chinese keys too.
    site.call("fix").fix(&["--keys", "zh", "--write"]);
    site.write("list.csv", "名称,地址,开放时间\n解放社区中心,解放路1号,周一至周五 9:00-16:00；节假日休息\n");
    let (_, found, code) = import(&site, "list.csv", "en", &["--write", "--replace"]);
    assert_eq!(code, 0, "{found}");
    let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    has(&text, &["每周: {周一至周五: \"09:00-16:00\"}", "起: 12-01", "原因: 停电", "节假日: 不开放"]);
}

#[test]
fn two_boards_of_a_centre_are_two_programmes_and_no_file_is_made_of_two_records() {
    let mut book = Workbook::new();
    for (name, period, title) in
        [("冬季", "2026年11月1日至2027年3月31日", "太极"), ("夏季", "2027年4月1日至9月30日", "游泳")]
    {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write(0, 0, format!("解放社区中心安排（{period}）")).unwrap();
        for (row, cells) in [["时段", "周一", "周二"], ["上午 9:00-11:30", title, "合唱"]].into_iter().enumerate()
        {
            for (column, text) in cells.into_iter().enumerate() {
                sheet.write(u32::try_from(row).unwrap() + 1, u16::try_from(column).unwrap(), text).unwrap();
            }
        }
    }
    let site = site();
    site.write("plan.xlsx", book.save_to_buffer().unwrap());
    let (_, found, code) = import(&site, "plan.xlsx", "en", &["--write"]);
    assert_eq!(code, 0, "{found}");
    for (file, title) in [("jiefang-dongji", "太极"), ("jiefang-xiaji", "游泳")] {
        let text = fs::read_to_string(site.path(&format!("content/programmes/{file}.yaml"))).unwrap();
        has(&text, &[title, "centre: jiefang"]);
    }
    // Once they are there, nothing is left to write.
    assert!(import(&site, "plan.xlsx", "en", &[]).0.ends_with("there is nothing to write\n"));
    // One id for both is a question, and the first is not written over.
    let (_, found, _) = import(&site, "plan.xlsx", "en", &["--id", "plan", "--write"]);
    has(&found, &["warning[NB0868]: `解放社区中心安排` would be written into content/programmes/plan.yaml too"]);
    has(&fs::read_to_string(site.path("content/programmes/plan.yaml")).unwrap(), &["太极"]);
    site.write("list.csv", "名称,地址\n解放社区中心,一路1号\n解放社区中心,二路2号\n");
    let (shown, found, _) = import(&site, "list.csv", "en", &[]);
    has(
        &found,
        &[
            "warning[NB0868]: `解放社区中心` would be written into content/centres/jiefang.yaml too",
            "--> list.csv:A3\n",
        ],
    );
    has_not(&shown, &["二路"]);
}

#[test]
fn what_is_struck_out_is_not_taken_and_remarks_are_said() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (plain, struck) = (Format::new(), Format::new().set_font_strikethrough());
    for (column, text) in ["时段", "周一", "周二", "周三"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), text).unwrap();
    }
    sheet.write(1, 0, "上午 9:00-11:30").unwrap();
    sheet.write_with_format(1, 1, "太极", &struck).unwrap();
    sheet.write_rich_string(1, 2, &[(&struck, "书法"), (&plain, "国画")]).unwrap();
    sheet.write(1, 3, "合唱").unwrap();
    sheet.insert_note(1, 3, &Note::new("十二月起改到周四")).unwrap();
    let site = site();
    site.write("plan.xlsx", book.save_to_buffer().unwrap());
    let (shown, found, _) = import(&site, "plan.xlsx", "zh-Hans", &["--valid", "2026-11-01..2027-01-15", "-v"]);
    has(&shown, &["{title: 国画, when: 周二 上午}", "{title: 合唱, when: 周三 上午}"]);
    has_not(&shown, &["太极", "书法", "改到"]);
    has(
        &found,
        &[
            "提醒[NB0869]: 划掉的字没有读：B2 太极、C2 书法\n--> plan.xlsx:Sheet1\n",
            "十二月起改到周四”\n--> plan.xlsx:Sheet1!D2\n",
        ],
    );
}

#[test]
fn persons_on_duty_are_named_by_their_roles_alone() {
    let (shown, found) = list(
        "解放社区中心值班表（2026年）,,,\n日期,值班人员,岗位,电话\n12月1日,张伟,社工,0931-0000001\n12月2日,李娜（护士）,,0931-0000002\n12月3日,志愿者,,0931-0000003\n",
    );
    has(&shown, &["turns: [社工, 护士, 志愿者]", "# 志愿者: 电话: 0931-0000003"]);
    has_not(&shown, &["张伟", "李娜", "0931-0000001", "0931-0000002"]);
    has(&found, &["`张伟，电话: 0931-0000001` looks like the name of a person\n--> list.csv:B3\n"]);
    // Where nothing but names is written, it says when somebody is there.
    let (shown, found) = list("值班表（2026年12月1日至12月31日）,,\n时段,周一,周二\n上午 9:00-12:00,张伟,李娜\n");
    has(&shown, &["content/duty/jiefang.yaml", "{role: 值班人员, days: 周一至周二, time: \"09:00-12:00\"}"]);
    has_not(&shown, &["张伟", "李娜"]);
    has(&found, &["`张伟` looks like the name of a person\n--> list.csv:B3\n"]);
    // So it is with who leads an activity.
    let (shown, found) =
        list("星期,时间,活动,负责人\n周一,9:00-10:00,舞蹈,李芳（舞蹈老师）\n周二,9:00-10:00,合唱,李芳\n");
    has(&shown, &["leader: 舞蹈老师}", "{title: 合唱, when: \"周二 09:00-10:00\"}"]);
    has_not(&shown, &["李芳"]);
    has(&found, &["`李芳` looks like the name of a person\n--> list.csv:C3\n"]);
    // Neither is one kept as a comment, of a column or a line that nobody knows.
    let (shown, found) = list("名称,地址,站长,面积\n光明驿站,解放社区一路1号,张伟,60\n");
    has(&shown, &["# 面积: 60"]);
    has_not(&shown, &["张伟"]);
    has(&found, &["`张伟` looks like the name of a person\n--> list.csv:C2\n"]);
    let (shown, found) = list("时段,周一,周二\n上午 9:00-12:00,舞蹈,合唱\n制表人：张伟 电话：0931-0000001,,\n");
    has_not(&shown, &["张伟"]);
    has(&found, &["`制表人：张伟 电话：0931-0000001` looks like"]);
}

#[test]
fn english_boards_have_rooms_with_numbers_and_weeks_of_the_month() {
    let (shown, found) = list(
        "Timetable (2026-09-01 to 2027-01-15),,\n,Monday,Tuesday\nMorning 9:00-11:30,\"Tai chi\nled by: volunteers\",\"Advice\nRoom 203\"\n\
         Afternoon 2:30pm-5pm,Choir (every other week),Dance (first Tuesday of the month)\n",
    );
    has(
        &shown,
        &[
            "valid: 2026-09-01..2027-01-15\n",
            "{title: Tai chi, when: mon Morning, leader: volunteers}",
            "{title: Advice, when: tue Morning, room: Room 203}",
            "{title: Dance, when: first tue Afternoon}",
        ],
    );
    has_not(&shown, &["{title: Choir"]);
    has(&found, &["Choir"]);
}

#[test]
fn telephones_of_persons_on_duty_are_said_with_them_and_not_as_kept() {
    let (shown, found) = list(
        "2026年12月值班表,,\n日期,值班人员,电话\n12月1日—3日,张伟（民警）,0931-0000001\n4日、5日,李娜,0931-0000002\n",
    );
    has_not(&shown, &["0931"]);
    has(&found, &["`张伟（民警），电话: 0931-0000001` looks like"]);
    has_not(&found, &["NB0848"]);
}

#[test]
fn a_list_of_dates_without_a_year_asks_for_it() {
    let (_, found) = list("社区活动,,\n日期,时间,活动\n12月3日,9:00-11:00,义诊\n1月5日,9:00-10:00,新年会\n");
    has(&found, &["the spreadsheet does not say of which year its dates are", "add --valid"]);
    has_not(&found, &["NB0834", "NB0835"]);
    let (_, found) = list("12月值班表,\n日期,值班人员\n12月1日—3日,民警\n4日、5日,护士\n");
    has(&found, &["the spreadsheet does not say from when to when it holds"]);
    has_not(&found, &["NB0301"]);
}

#[test]
fn dates_without_a_year_are_within_the_time_that_is_said_or_left_out() {
    let site = site();
    site.write(
        "list.csv",
        "日期,时间,活动\n1月5日,9:00-10:00,新年会\n12月31日,9:00-10:00,跨年\n12月3日,9:00-11:00,义诊\n",
    );
    let dates = |valid: &str| {
        let (shown, found, _) = import(&site, "list.csv", "en", &["-v", "--id", "list", "--valid", valid]);
        (shown, found)
    };
    let (shown, found) = dates("2026-12-01..2027-01-31");
    has(&shown, &["2027-01-05 9:00-10:00", "2026-12-31 9:00-10:00", "2026-12-03 9:00-11:00"]);
    has_not(&found, &["NB0886"]);
    let (shown, found) = dates("2026-12-01..2026-12-31");
    has_not(&shown, &["2027", "2026-01-05"]);
    has(&shown, &["# A2: 1月5日 | 9:00-10:00 | 新年会"]);
    has(
        &found,
        &["`1月5日` has no year, and is in no year within 2026-12-01..2026-12-31; it is left out\n--> list.csv:A2"],
    );
}

#[test]
fn the_title_of_a_second_board_on_a_sheet_is_said() {
    let (shown, found) = list(
        "社区上午的活动,,\n时段,周一,周二\n9:00-11:00,书法,合唱\n,,\n社区下午的活动,,\n时段,周一,周三\n14:30-16:00,电影,棋牌\n",
    );
    has(&shown, &["title: 社区上午的活动", "{title: 棋牌, when: \"周三 14:30-16:00\"}", "# A5: 社区下午的活动"]);
    has_not(&shown, &["notes:"]);
    has(&found, &["`社区下午的活动` is the title of a second board on this sheet", "--> list.csv:A5"]);
}

#[test]
fn what_another_program_does_not_say_of_the_hours_of_a_place_stays() {
    let site = site();
    let hours = "hours:\n  weekly: {mon-fri: \"08:30-12:00\"}\n  seasons:\n    - {from: 12-01, to: 02-28, weekly: {mon-fri: \"09:00-12:00\"}}\n  \
        exceptions: [{on: 2026-12-04, hours: closed, why: 停电}]\n";
    site.edit(CENTRE_FILE, "hours:\n  weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}\n", hours);
    let tags = "\"name\": \"解放社区中心\", \"amenity\": \"community_centre\", \"addr:full\": \"解放路1号\", \"opening_hours\": \"Mo-Th 09:00-17:00\"";
    let element = format!("{{\"type\": \"node\", \"id\": 1, \"lat\": 36.06, \"lon\": 103.83, \"tags\": {{{tags}}}}}");
    site.write("list.json", format!("{{\"elements\": [{element}]}}"));
    let (_, found, code) = import(&site, "list.json", "en", &["--write", "--replace", "--area", "jiefang"]);
    assert_eq!(code, 0, "{found}");
    let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    has(&text, &["weekly: {mon-thu: \"09:00-17:00\"}", "from: 12-01", "why: 停电"]);
    has_not(&text, &["mon-fri: \"08:30-12:00\""]);
}

#[test]
fn totals_signatures_and_remarks_below_a_list_are_no_records() {
    for last in ["合计,3个,", "共计,1个,", "总 计,,", ",合计,1个", "小计：1家,,"] {
        let (shown, found) = list(&format!("名称,地址,电话\n光明驿站,解放社区一路1号,0931-0000001\n{last}\n"));
        has(&shown, &["content/centres/guangming.yaml (new)"]);
        assert_eq!(shown.matches("(new)").count(), 1, "{last}: {shown}");
        has(
            &found,
            &["warning[NB0888]: `", "is no record of the list and is left out", ":A3\n"]
                .map(|text| if text == ":A3\n" && last.starts_with(',') { ":B3\n" } else { text }),
        );
        has_not(&found, &["NB0849"]);
    }
    for last in
        ["填表人：张三,2026年11月20日,", "审核人: 张三,0931-0000002,", "填表人,张三,", "单位负责人：张三,解放路1号,"]
    {
        let (shown, found) = list(&format!("名称,地址,电话\n光明驿站,解放社区一路1号,0931-0000001\n{last}\n"));
        assert_eq!(shown.matches("(new)").count(), 1, "{last}: {shown}");
        has_not(&shown, &["张三"]);
        has(&found, &["warning[NB0843]", "--> list.csv:A3\n"]);
    }
    let (shown, found) = list(
        "名称,地址,电话\n光明驿站,解放社区一路1号,\n制表：社区办公室,2026年11月20日,\n注：节假日照常开放,见门口,\n",
    );
    assert_eq!(shown.matches("(new)").count(), 1, "{shown}");
    has(&found, &["`制表：社区办公室 2026年11月20日` is no record", "`注：节假日照常开放 见门口` is no record"]);
    // Names that begin like a total are names.
    let (shown, _) = list("名称,地址\n共享书屋,解放社区一路1号\n合计广场驿站,解放社区二路1号\n");
    assert_eq!(shown.matches("(new)").count(), 2, "{shown}");
    let row = "每月100元,老年人,社区居委会";
    let (shown, found) = list(&format!(
        "政策名称,内容,对象,部门\n高龄津贴,{row}\n合计,{row}\n填表人：张三,{row}\n政策名称,内容,对象,部门\n"
    ));
    assert_eq!(shown.matches("(new)").count(), 1, "{shown}");
    has_not(&shown, &["张三"]);
    has(
        &found,
        &["NB0888", "--> list.csv:A3\n", "NB0843", "--> list.csv:A4\n", "`政策名称 内容 对象 部门` is no record"],
    );
    let (shown, found) = list(
        "解放社区中心值班表（2026年）,\n填表人：张三,\n日期,值班人员\n12月1日,社工\n12月2日,护士\n合计,2人\n审核人：李四,2026年11月20日\n",
    );
    has(&shown, &["turns: [社工, 护士]"]);
    has_not(&shown, &["张三", "李四", "合计"]);
    has(&found, &["--> list.csv:A2\n", "`合计 2人` is no record", "NB0843", "--> list.csv:A7\n"]);
    // Who is in charge on a weekday is on duty, and called by the role.
    let (shown, _) = list("值班表（2026年12月1日至12月31日）,\n值班人员,星期\n负责人：张伟,周一\n社工,周二\n");
    has(&shown, &["{role: 负责人, days: 周一}", "{role: 社工, days: 周二}"]);
    has_not(&shown, &["张伟"]);
}

#[test]
fn a_line_across_a_list_heads_its_parts() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["名称", "地址", "电话"]).unwrap();
    sheet.merge_range(1, 0, 1, 2, "东片", &Format::new()).unwrap();
    sheet.write_row(2, 0, ["光明驿站", "解放社区一路1号", "0931-0000001"]).unwrap();
    let site = site();
    site.write("list.xlsx", book.save_to_buffer().unwrap());
    let (shown, found, code) = import(&site, "list.xlsx", "en", &["-v"]);
    assert_eq!(code, 0, "{found}");
    assert_eq!(shown.matches("(new)").count(), 1, "{shown}");
    has(&found, &["`东片` is no record of the list and is left out\n--> list.xlsx:Sheet1!A2\n"]);
}

const TWO_PHONES: &str = "phones:\n  - {for: {zh-Hans: 窗口, en: Counter}, number: 0931-0000021}\n  - {for: 报修, number: \
                          0931-0000022, hours: {zh-Hans: 昼夜, en: Day and night}}\n";

#[test]
fn a_column_of_telephones_takes_no_line_of_a_place_away() {
    let phones = |stood: &str, said: &str| {
        let site = site();
        site.append(CENTRE_FILE, stood);
        site.write("list.csv", format!("名称,地址,电话\n解放社区中心,解放路1号,{said}\n"));
        let (_, found, code) = import(&site, "list.csv", "en", &["--write", "--replace"]);
        assert_eq!(code, 0, "{found}");
        let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
        assert!(import(&site, "list.csv", "en", &[]).0.ends_with("there is nothing to write\n"), "{said}");
        (text, found)
    };
    for said in ["0931-0000021", "0931—0000022", "窗口：0931-0000021"] {
        let (text, found) = phones(TWO_PHONES, said);
        assert!(text.ends_with(TWO_PHONES), "{said}: {text}");
        has_not(&found, &["NB0889", "NB0890"]);
    }
    // A line for the same purpose, or the only one, has a new number; what else it says stays.
    let (text, found) = phones(TWO_PHONES, "报修：0931-0000033");
    assert!(text.ends_with(&TWO_PHONES.replace("0000022", "0000033")), "{text}");
    has(
        &found,
        &["warning[NB0889]: the telephone 0931-0000022 in content/centres/jiefang.yaml becomes 0931-0000033", ":C2\n"],
    );
    let one = "phones: [{for: {zh-Hans: 窗口, en: Counter}, number: 0931-0000021}]\n";
    let (text, found) = phones(one, "0931-0000033");
    assert!(text.ends_with(&one.replace("0000021", "0000033")), "{text}");
    has(&found, &["NB0889"]);
    // Of which of several lines a number is, nobody can tell.
    let (text, found) = phones(TWO_PHONES, "0931-0000033");
    assert!(text.ends_with(&format!("{TWO_PHONES}  - {{number: 0931-0000033}}\n")), "{text}");
    has(
        &found,
        &[
            "warning[NB0890]: the spreadsheet does not have the telephones 0931-0000021, 0931-0000022, which stay in",
            "--> list.csv:C2\n",
        ],
    );
    // A name is no purpose.
    let (shown, found) = list("名称,地址,电话\n光明驿站,解放社区一路1号,张伟 0931-0000001\n");
    has(&shown, &["- {number: 0931-0000001}"]);
    has(&found, &["`张伟` looks like the name of a person\n--> list.csv:C2\n"]);
}

#[test]
fn the_area_of_new_places_moves_none_that_is_there() {
    let site = site();
    site.edit(AREAS_FILE, "areas:\n", "areas:\n  - {id: dongmen, name: 东门社区, level: community}\n");
    site.write("list.csv", "名称,地址\n解放社区中心,解放路1号\n光明驿站,一路1号\n");
    let (shown, found, code) = import(&site, "list.csv", "en", &["--area", "dongmen", "-v"]);
    assert_eq!(code, 0, "{found}");
    has(&shown, &["content/centres/jiefang.yaml (is there, stays as it is)", "area: dongmen\naddress: 一路1号\n"]);
    // What the list itself says of a place is meant of it.
    site.write("list.csv", "名称,地址,所属社区\n解放社区中心,解放路1号,东门社区\n");
    has(&import(&site, "list.csv", "en", &[]).0, &["+area: dongmen\n"]);
}

#[test]
fn hours_that_cannot_be_read_keep_no_other_place_out() {
    let (shown, found) = list(
        "名称,地址,开放时间\n东驿站,解放社区1号,白天\n西驿站,解放社区2号,周一至周五 9:00-17:00\n南驿站,解放社区3号,周一到周五\n\
         北驿站,解放社区4号,周一至周日 9:00-17:00（冬季8:30开门）\n",
    );
    assert_eq!(shown.matches("(new)").count(), 4, "{shown}");
    has(
        &shown,
        &[
            "hours: \"周一至周五 9:00-17:00\"\n",
            "# 白天\n",
            "# 周一到周五\n",
            "# 周一至周日 9:00-17:00（冬季8:30开门）\n",
        ],
    );
    assert_eq!(shown.matches("hours:").count(), 1, "{shown}");
    has(
        &found,
        &[
            "warning[NB0835]: `白天` was not understood\n--> list.csv:C2\n",
            "`周一到周五` was not understood\n--> list.csv:C4\n",
            "--> list.csv:C5\n",
        ],
    );
    has_not(&found, &["error["]);
    // Neither does a telephone that is none.
    let (shown, found) = list("政策名称,内容,对象,部门,电话\n甲,乙,老年人,社区居委会,问社区\n");
    has(&shown, &["# 问社区\n"]);
    has(&found, &["`问社区` was not understood\n--> list.csv:E2\n"]);
}

#[test]
fn the_further_sheet_of_a_workbook_alone_is_known_and_what_a_list_lacks_is_that_of_its_kind() {
    let (_, found) = list(
        "名称,时间,系列,摘要,房间,服务对象,带领人,报名方式,例外,带领队伍,有效期,名额,费用\n太极,周二 上午,,,大厅,[residents],,,,,,,\n合唱,周三 上午,,,,[residents],,,,,,,\n",
    );
    has(&found, &["error[NB0891]: this is the sheet of activities of an exported workbook", "--> list.csv\n"]);
    assert_eq!(found.matches("[NB").count(), 1, "{found}");
    for (text, needs) in [
        (
            "政策名称,补贴标准,申请条件\n高龄津贴,每月100元,年满80周岁\n",
            "this is a list of entitlements: a new one needs",
        ),
        ("名称,地址,电话\n光明驿站,一路1号,\n", "this is a list of places: a new one needs"),
        ("活动,地点\n舞蹈,大厅\n", "a weekly board has a row (or a column) of weekdays"),
    ] {
        let (_, found) = list(text);
        has(&found, &["error[NB0834]: nothing was found that could be imported\n--> list.csv\n", needs]);
        assert_eq!(found.matches("a weekly board").count(), usize::from(needs.starts_with("a weekly")), "{found}");
    }
}

#[test]
fn a_column_that_a_list_lacks_is_said_once_at_its_headings() {
    let (_, found) = list("政策名称,内容,条件\n高龄津贴,每月100元,满80岁\n取暖补贴,每年300元,低保户\n");
    assert_eq!(found.matches("NB0895").count(), 2, "{found}");
    has(&found, &["says of which of the departments in site.yaml", "list.csv:A1\n"]);
    has_not(&found, &["NB0849"]);
    let (_, found) = list("政策名称,内容,部门,对象\n高龄津贴,每月100元,,老年人\n");
    has(&found, &["NB0849", "list.csv:C2\n"]);
    has_not(&found, &["NB0895"]);
}

#[test]
fn who_leads_those_on_duty_is_kept_nowhere_and_a_post_needs_no_time() {
    let (shown, found) = list(
        "2026年12月值班表,,,\n日期,带班领导,值班人员,电话\n12月7日,张主任,李娜,0931-0000001\n12月8日,王书记,赵明,0931-0000002\n12月9日,书记,李娜,0931-0000001\n",
    );
    has(&shown, &["rotation: {every: 每天,", "# 值班人员: 带班领导: 书记"]);
    has_not(&shown, &["张主任", "王书记", "李娜", "0931"]);
    has(&found, &["`张主任` looks like the name of a person\n--> list.csv:B3"]);
    has_not(&found, &["NB0848"]);
    let (shown, found) = list(
        "窗口值班安排（2026年12月1日至12月31日）,,\n,周一,周二\n综合窗口,民政专干,社保专干\n引导岗,志愿者,志愿者\n",
    );
    has(
        &shown,
        &[
            "{role: 综合窗口（民政专干）, days: 周一}",
            "{role: 综合窗口（社保专干）, days: 周二}",
            "{role: 引导岗（志愿者）, days: 周一至周二}",
        ],
    );
    has_not(&found, &["NB0837"]);
}

#[test]
fn how_much_it_is_takes_the_place_of_no_text_of_an_entitlement() {
    let site = site();
    let row = "高龄津贴,80岁以上每月100元,社区居委会,老年人\n";
    site.write("list.csv", format!("政策名称,补贴标准,办理部门,享受对象\n{row}"));
    let (_, found, code) = import(&site, "list.csv", "en", &["--write"]);
    assert_eq!(code, 0, "{found}");
    has_not(&found, &["NB0848", "NB0895"]);
    let path = "content/policies/gaolingjintie.md";
    let text = fs::read_to_string(site.path(path)).unwrap();
    has(&text, &["summary: 80岁以上每月100元\n"]);
    site.write(path, text.replace("80岁以上每月100元", "高龄老人每月可以领一份补贴"));
    let (_, found, code) = import(&site, "list.csv", "en", &["--write", "--replace"]);
    assert_eq!(code, 0, "{found}");
    has(
        &fs::read_to_string(site.path(path)).unwrap(),
        &["summary: 高龄老人每月可以领一份补贴\n", "value: 80岁以上每月100元"],
    );
}

//! `import`: boards and lists as people really draw them: nothing is lost in silence, and nothing is made up.

use std::fs;

use crate::support::*;

fn import(site: &TestSite, file: &str, options: &[&str]) -> (String, String, i32) {
    let path = site.path(file);
    let said = site.call("import").lang("zh-Hans").args(&[path.to_str().unwrap()]).args(options).run();
    (said.stdout, said.stderr, said.code.unwrap())
}

fn site() -> TestSite {
    let site = TestSite::minimal();
    site.remove(PROGRAMME_FILE);
    site
}

/// What stands in the file that comes of a board, and what was said.
fn board(text: &str) -> (String, String) {
    let site = site();
    site.write("plan.csv", text);
    let (shown, found, _) = import(&site, "plan.csv", &["--valid", "2026-11-01..2027-01-15", "-v"]);
    (shown, found)
}

#[test]
fn dashes_are_nothing_and_what_stops_is_said() {
    let (shown, found) = board(
        "时段,周一（12月7日）,周二（12月8日）,周三,周四,周五\n十点到十一点半,舞蹈,（停）,———,休息,书法\n下午 2:30-4:30,/,无,暂停,合唱（停课）,读报\n",
    );
    has(
        &shown,
        &[
            "{title: 舞蹈, when: \"周一 10:00-11:30\"}",
            "{title: 书法, when: \"周五 10:00-11:30\"}",
            "{title: 读报, when: 周五 下午}",
            "下午: \"14:30-16:30\"",
        ],
    );
    has_not(&shown, &["停", "休息", "———", "无", "合唱"]);
    has(&found, &["“（停）”（C2）", "“休息”（E2）", "“暂停”（D3）", "“合唱：停课”（E3）"]);
}

#[test]
fn hours_may_be_named_once_and_how_often_and_where_stand_behind_a_title() {
    let (shown, found) = board(
        "时段,周一,周二,周三\n7-9点,太极拳 地点：二楼 负责：张老师,合唱,\n下午 2-4,书法 每月第一个周一,,智能手机课 每月第一个周五\n第1-2节,,读报,\n",
    );
    has(
        &shown,
        &[
            "{title: 太极拳, when: \"周一 07:00-09:00\", room: 二楼, leader: 张老师}",
            "{title: 合唱, when: \"周二 07:00-09:00\"}",
            "下午: \"14:00-16:00\"",
            "{title: 书法, when: 每月第一个周一 下午}",
        ],
    );
    // A Friday in the column of Wednesdays: one of the two is wrong, and nobody knows which.
    has(&found, &["没看懂“智能手机课 每月第一个周五”多久一次"]);
    has_not(&shown, &["title: 智能手机课", "\"周二 01:00-02:00\""]);
}

#[test]
fn telephones_are_no_activities_and_titles_may_be_broken() {
    let (shown, found) = board(
        "时间,周一,周二,周三\n9:00-10:30,\"健康\n讲座\",\"合唱\n联系电话：0931-0000001\",\"亲子阅读\n负责人：李老师 13900000000\"\n",
    );
    has(&shown, &["{title: 健康讲座,", "{title: 合唱, when: \"周二 09:00-10:30\"}", "leader: 李老师}"]);
    has(&found, &["没看懂“合唱: 联系电话：0931-0000001”", "13900000000"]);
    assert_eq!(shown.matches("title:").count(), 4, "{shown}");
}

#[test]
fn beginning_and_end_may_have_columns_and_a_second_board_stand_below() {
    let (shown, _) = board("开始,结束,周一,周二\n9:00,10:00,太极,\n14:00,15:30,,棋牌\n");
    has(&shown, &["{title: 太极, when: \"周一 09:00-10:00\"}", "{title: 棋牌, when: \"周二 14:00-15:30\"}"]);
    let (shown, found) = board(
        "一楼活动室,,,\n时间,周一,周二,周三\n上午9:00-11:00,舞蹈,,\n\n二楼活动室,,,\n时间,周三,周四,周五\n下午14:00-16:00,书法,,国画\n",
    );
    has(&shown, &["舞蹈, when: 周一 上午", "书法, when: 周三 下午", "国画, when: 周五 下午", "# A5: 二楼活动室"]);
    has(&found, &["“二楼活动室”是这张工作表上第二张安排表的标题"]);
}

#[test]
fn a_list_may_name_the_days_with_the_time_and_other_columns_are_kept() {
    let (shown, found) = board(
        "序号,活动名称,时间,地点,备注\n1,太极拳,每周一、三 上午9:00-10:00,广场,自愿参加\n2,观影,每月最后一个周六 14:30-16:30,影厅,\n3,合唱,另行通知,,\n,,每周五 9:00-10:00,大厅,\n",
    );
    has(
        &shown,
        &[
            "title: 太极拳, when: \"周一、三 上午9:00-10:00\", room: 广场}",
            "title: 观影, when: \"每月最后一个周六 14:30-16:30\", room: 影厅}",
            "备注: 自愿参加",
            "合唱 | 另行通知",
        ],
    );
    has(&found, &["不认得“备注”这一列", "没看懂“另行通知”", "这一行没有写名称"]);
}

#[test]
fn each_day_may_have_columns_and_each_activity_a_row() {
    let (shown, found) = board(
        "周一,周一,周二,周二,周三,周三\n时间,活动,时间,活动,时间,活动\n9:00-10:00,太极,9:30-10:30,合唱,休息,\n14:00-15:00,书法,,,15:00-16:00,棋牌\n",
    );
    // A head that names a day twice is none unless its cells are merged.
    has(&found, &["NB08"]);
    has_not(&shown, &["title: 时间"]);
    let (shown, found) = board("项目,周一,周二,周三\n理发,9:00-11:00,,9:00-11:00\n量血压,,14:30-16:00,\n");
    has(&shown, &["{title: 理发, when: \"周一、周三 09:00-11:00\"}", "{title: 量血压, when: \"周二 14:30-16:00\"}"]);
    has_not(&found, &["NB083"]);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    for (column, day) in [(0, "周一"), (2, "周二"), (4, "周三")] {
        sheet.merge_range(0, column, 0, column + 1, day, &plain).unwrap();
        sheet.write(1, column, "时间").unwrap().write(1, column + 1, "活动").unwrap();
    }
    sheet.write_row(2, 0, ["9:00-10:00", "太极", "9:30-10:30", "合唱", "休息", ""]).unwrap();
    sheet.write_row(3, 0, ["14:00-15:00", "书法", "", "", "15:00-16:00", "棋牌"]).unwrap();
    let site = site();
    site.write("plan.xlsx", book.save_to_buffer().unwrap());
    let (shown, found, _) = import(&site, "plan.xlsx", &["--valid", "2026-11-01..2027-01-15", "-v"]);
    for activity in [
        "太极, when: \"周一 09:00-10:00\"",
        "合唱, when: \"周二 09:30-10:30\"",
        "书法, when: \"周一 14:00-15:00\"",
        "棋牌, when: \"周三 15:00-16:00\"",
    ] {
        has(&shown, &[activity]);
    }
    has(&found, &["“休息”（E3）"]);
}

#[test]
fn a_list_with_dates_says_what_takes_place_once() {
    let (shown, found) =
        board("日期,星期,时间,活动,地点\n2026年12月1日,周二,9:00-10:00,讲座,大厅\n12月2日,周三,9:00-10:00,观影,\n");
    // The year that a date leaves out is that of the one above it.
    has(
        &shown,
        &[
            "{title: 讲座, when: \"2026-12-01 9:00-10:00\", room: 大厅}",
            "{title: 观影, when: \"2026-12-02 9:00-10:00\"}",
        ],
    );
    has_not(&found, &["没看懂"]);
    let (shown, found) = board("日期,时间,活动\n12月上旬,9:00-10:00,观影\n周三,9:00-10:00,讲座\n");
    has_not(&shown, &["title: 观影"]);
    has(&found, &["没看懂“12月上旬”"]);
}

#[test]
fn text_is_read_in_any_encoding_with_any_mark() {
    let semicolons = "时段;周一;周二;周三\n上午 9:00-11:00;太极;;书法\n";
    let tabs = semicolons.replace(';', "\t").replace('\n', "\r\n");
    let wide: Vec<u8> = [0xfeff].into_iter().chain(tabs.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let site = site();
    for bytes in [encoding_rs::GBK.encode(semicolons).0.into_owned(), wide] {
        site.write("plan.csv", bytes);
        let (shown, found, code) = import(&site, "plan.csv", &["--valid", "2026-11-01..2027-01-15"]);
        assert_eq!((code, found.contains('[')), (0, false), "{shown}{found}");
        has(&shown, &["周一 上午  太极", "周三 上午  书法"]);
    }
}

#[test]
fn the_rows_of_lists_that_are_left_out_are_all_said_and_a_list_without_any_fails() {
    let site = site();
    site.write(
        "list.csv",
        "政策名称,内容,对象,主管部门,条件\n高龄津贴,每月发,老年人、火星人,社区居委会,年满八十\n,没有名字,老年人,社区居委会,有\n临时救助,,金星人,民政局,急难\n",
    );
    let (shown, found, code) = import(&site, "list.csv", &["-v"]);
    assert_eq!(code, 0, "{found}");
    has(&shown, &["# 火星人"]);
    has(
        &found,
        &["list.csv:A3", "没有写名称", "没有写内容", "“金星人”不是网站里有的服务对象", "“民政局”不是网站里有的部门"],
    );
    has_not(&found, &["没有写给谁的"]);
    site.write("list.csv", "政策名称,内容,对象,主管部门,条件\n临时救助,可以申请,金星人,民政局,急难\n");
    let (_, found, code) = import(&site, "list.csv", &["--write"]);
    assert_eq!(code, 1, "{found}");
    has(&found, &["list.csv:C2", "list.csv:D2", "NB0834"]);
}

#[test]
fn a_list_of_duty_is_called_what_stands_above_it_and_keeps_what_it_does_not_know() {
    let site = site();
    let list = "值班人员,星期,时间,电话\n社工甲组,周一,9:00-12:00,0931-0000001\n,周二,,\n";
    site.write("roster.csv", list);
    let valid = ["--valid", "2026-11-01..2027-01-15", "--write"];
    let (shown, found, code) = import(&site, "roster.csv", &valid);
    assert_eq!(code, 0, "{shown}{found}");
    let path = "content/duty/jiefang.yaml";
    let text = fs::read_to_string(site.path(path)).unwrap();
    has(&text, &["title: roster\n", "# 社工甲组: 电话: 0931-0000001\n"]);
    has(&found, &["roster.csv:A3", "没有写谁值班"]);
    site.remove(path);
    site.write("roster.csv", format!("解放社区值班表,,,\n制表：办公室,,,\n{list}"));
    let (_, found, code) = import(&site, "roster.csv", &valid);
    assert_eq!(code, 0, "{found}");
    has(&fs::read_to_string(site.path(path)).unwrap(), &["title: 解放社区值班表\n", "# 制表：办公室\n"]);
    has(&found, &["没看懂“制表：办公室”"]);
}

#[test]
fn areas_inside_others_are_known_by_their_names_and_to_options() {
    let site = site();
    site.write(
        AREAS_FILE,
        "areas:\n  - id: jiefang\n    name: 解放社区\n    level: district\n    areas:\n      - {id: xihe, name: 西河社区, level: community}\n",
    );
    site.write("list.csv", "名称,地址,区域\n光明中心,光明路2号,西河社区\n东风中心,东风路1号,西河社曲\n");
    let (_, found, _) = import(&site, "list.csv", &["--write"]);
    has(&fs::read_to_string(site.path("content/centres/guangming.yaml")).unwrap(), &["area: xihe"]);
    has(&found, &["“西河社曲”不是网站里有的区域", "是不是“西河社区”"]);
    site.write("list.csv", "名称,地址\n南山中心,南山路2号\n");
    let (_, found, code) = import(&site, "list.csv", &["--area", "xihe", "--write"]);
    assert_eq!(code, 0, "{found}");
    has(&fs::read_to_string(site.path("content/centres/nanshan.yaml")).unwrap(), &["area: xihe"]);
}

#[test]
fn all_options_that_are_wrong_are_said_at_once() {
    let site = site();
    site.write("plan.csv", "时段,周一,周二\n9:00-11:00,舞蹈,合唱\n");
    let options = ["--valid", "foo", "--area", "nowhere", "--slot", "上午=x", "--centre", "jiefng"];
    let (_, found, code) = import(&site, "plan.csv", &options);
    assert_eq!(code, 2);
    has(&found, &["--valid：", "--area：", "nowhere", "--slot：", "--centre：", "是不是“jiefang”"]);
}

#[test]
fn a_board_of_dates_without_a_year_is_asked_for_it() {
    let site = site();
    site.write("plan.csv", "时段,12月7日,12月8日\n上午 9:00-11:00,书法,合唱\n");
    let (_, found, code) = import(&site, "plan.csv", &["--id", "list"]);
    has(&found, &["NB0839", "日期是哪一年的", "--valid"]);
    has_not(&found, &["NB0834"]);
    assert_eq!(code, 1);
    let (shown, found, _) = import(&site, "plan.csv", &["--id", "list", "--valid", "2026-12-01..2026-12-31", "-v"]);
    has(&shown, &["2026-12-07 上午"]);
    has_not(&found, &["NB0839"]);
    // Days of a month in rows of their own are no activities either.
    site.write("month.csv", "时间,周一,周二\n,7,8\n上午 9:00-11:00,书法,合唱\n,14,15\n上午 9:00-11:00,书法,\n");
    let (_, found, _) = import(&site, "month.csv", &["--id", "list"]);
    has(&found, &["日期是哪一年的\n--> month.csv:B2"]);
    has_not(&found, &["“7”", "month.csv:B4"]);
}

#[test]
fn what_goes_with_a_board_that_was_not_exported_is_said_before_it_is_written() {
    let site = TestSite::minimal();
    site.write("plan.csv", "项目,周一,周二\n舞蹈,9:00-11:00,\n合唱,,14:00-15:00\n");
    let (_, found, _) = import(&site, "plan.csv", &[]);
    has(&found, &["NB0892", "原有的 1 个活动，写进去它们就没有了：健康讲座", "noticeboard export winter"]);
    // An activity that stays keeps its place and its comments.
    let file = "title: 冬季计划\ncentre: jiefang\nvalid: 2026-11-01..2027-01-15\nactivities:\n  - {title: 书法, when: \"周三 9:00-10:00\", cost: 免费}   # 乙\n  - {title: 合唱, when: \"周二 14:00-15:00\"}\n";
    site.write(PROGRAMME_FILE, file);
    site.write("plan.csv", "项目,周一,周二,周三\n合唱,,14:00-15:00,\n书法,,,09:00-10:00\n");
    let (shown, found, _) = import(&site, "plan.csv", &[]);
    has(&shown, &["没有变化"]);
    has_not(&found, &["NB0892", "NB0893"]);
    site.write("plan.csv", "项目,周一,周二,周三\n合唱,,14:00-15:00,\n太极,,,09:00-10:00\n");
    let (_, found, _) = import(&site, "plan.csv", &[]);
    has(&found, &["NB0892", "NB0893", "有 1 条注释", "“乙”"]);
}

#[test]
fn what_is_wrong_with_an_activity_on_one_line_is_said_at_its_own_cell() {
    let site = site();
    site.write("plan.csv", "时段,周一,周六\n上午 9:00-11:00,合唱,书法\n夜里 22:00-23:00,\"广场舞\n地点：大厅\",义剪\n");
    let (_, found, _) = import(&site, "plan.csv", &["--valid", "2026-12-01..2027-01-15"]);
    has(&found, &["“广场舞”有", "--> plan.csv:B3", "“义剪”有", "--> plan.csv:C3"]);
    has_not(&found, &["plan.csv:A1"]);
}

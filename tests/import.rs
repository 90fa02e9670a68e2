//! `import`: spreadsheets as people make them come out as files that `check` accepts, and what is not understood is said.

use std::fs;

use rust_xlsxwriter::{Format, Workbook};

use crate::support::*;

const BOARD: &str = "board.xlsx";

/// A board as it hangs in a hall: merged cells, several activities in one cell, notes below.
fn board() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("周安排").unwrap();
    let plain = Format::new();
    let title = "解放社区中心冬季服务安排（2026年11月1日至2027年1月15日）";
    sheet.merge_range(0, 0, 0, 5, title, &plain).unwrap();
    for (column, text) in
        [(0, "时段"), (1, "星期一"), (2, "星期二\n邻里互助"), (3, "星期三"), (4, "星期四"), (5, "星期五")]
    {
        sheet.write(1, column, text).unwrap();
    }
    sheet.merge_range(2, 0, 3, 0, "上午\n9:00—11:30", &plain).unwrap();
    sheet.write(2, 1, "手机课堂\n智慧课堂室\n社区志愿者").unwrap();
    sheet.write(2, 3, "健康讲座\n10:00-11:00\n二楼东头\n社区护士").unwrap();
    sheet.write(3, 1, "1. 读报\n2. 象棋（活动室）").unwrap();
    sheet.write(3, 2, "——").unwrap();
    sheet.write(4, 0, "下午 14：30－17：00").unwrap();
    sheet.merge_range(4, 1, 4, 2, "法律坐诊\n地点：调解室\n负责：值班律师", &plain).unwrap();
    sheet.write(4, 3, "舞蹈\n合唱").unwrap();
    sheet.write(4, 4, "义诊（单周）").unwrap();
    sheet.write(4, 5, "理发 隔周").unwrap();
    sheet.write(5, 0, "晚间").unwrap();
    sheet.write(5, 5, "读书会 19:00-20:30").unwrap();
    sheet.merge_range(6, 0, 6, 5, "备注：节假日停办。\n有变动另行通知。", &plain).unwrap();
    book.save_to_buffer().unwrap()
}

const UNDERSTOOD: &str = "\
title: 解放社区中心冬季服务安排
centre: jiefang
valid: 2026-11-01..2027-01-15
slots: {上午: \"09:00-11:30\", 下午: \"14:30-17:00\"}
day_themes:
  - {days: 周二, theme: 邻里互助}
activities:
  - {title: 手机课堂, when: 周一 上午, room: 智慧课堂室, leader: 社区志愿者}
  - {title: 健康讲座, when: \"周三 10:00-11:00\", room: 二楼东头, leader: 社区护士}
  - {title: 读报, when: 周一 上午}
  - {title: 象棋, when: 周一 上午, room: 活动室}
  - {title: 法律坐诊, when: 周一至周二 下午, room: 调解室, leader: 值班律师}
  - {title: 舞蹈, when: 周三 下午}
  - {title: 合唱, when: 周三 下午}
  - {title: 义诊, when: 单周 周四 下午}
  - {title: 读书会, when: \"周五 19:00-20:30\"}
notes: [节假日停办。, 有变动另行通知。]
# F5: 理发 隔周
";

/// A site without a programme, so that nothing but the board says anything.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.remove(PROGRAMME_FILE).edit(CENTRE_FILE, "14:30-18:00", "14:30-21:00");
    site
}

fn import(site: &TestSite, file: &str, language: &str, options: &[&str]) -> (String, String, i32) {
    let path = site.path(file);
    let call = site.call("import").lang(language).args(&[path.to_str().unwrap()]).args(options);
    let said = call.run();
    (said.stdout, said.stderr, said.code.unwrap())
}

#[test]
fn a_board_is_shown_as_it_was_understood_and_nothing_is_written_without_being_asked() {
    let site = site();
    site.write(BOARD, board());
    let before = snapshot(site.root());
    let (shown, found, code) = import(&site, BOARD, "zh-Hans", &[]);
    assert_eq!(code, 0, "{found}");
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "content/programmes/jiefang.yaml（新文件）");
    assert_eq!(lines[2], "  周三 10:00-11:00  健康讲座  二楼东头    社区护士");
    assert_eq!(*lines.last().unwrap(), "可以写 1 个文件；看着没错，就加上 --write 写进去");
    assert_eq!(
        found,
        "提醒[NB0836]: 没看懂“理发 隔周”多久一次，没有写进活动里\n--> board.xlsx:周安排!F5\n = 改法: 能看懂的写法：每周、单周、双周、每月第一个周六，写了周几就要和这一列一样；文件里把它留作注释\n\n0 处错误，1 处提醒\n"
    );
    assert_eq!(differences(&before, &snapshot(site.root())), Vec::<String>::new());
    let (shown, found, _) = import(&site, BOARD, "en", &[]);
    assert!(shown.ends_with("1 file can be written; if it looks right, add --write\n"), "{shown}");
    assert!(found.starts_with("warning[NB0836]: it is not clear how often `理发 隔周` takes place"), "{found}");
}

#[test]
fn the_file_that_is_written_is_what_an_editor_would_have_written_and_check_accepts_it() {
    let site = site();
    site.write(BOARD, board());
    assert_eq!(import(&site, BOARD, "zh-Hans", &["--write"]).2, 0);
    assert_eq!(fs::read_to_string(site.path("content/programmes/jiefang.yaml")).unwrap(), UNDERSTOOD);
    site.remove(BOARD);
    site.check().expect_code(0);
}

#[test]
fn what_is_there_already_is_changed_only_when_asked_and_keeps_what_the_board_does_not_show() {
    let site = site();
    site.write(BOARD, board());
    import(&site, BOARD, "en", &["--write"]);
    let path = "content/programmes/jiefang.yaml";
    site.edit(
        path,
        "  - {title: 舞蹈, when: 周三 下午}",
        "  - {title: {zh-Hans: 舞蹈, en: Dance}, when: 周三 下午, cost: 免费}  # 新",
    );
    let stood = fs::read_to_string(site.path(path)).unwrap();
    let (shown, _, code) = import(&site, BOARD, "en", &["--write"]);
    assert_eq!(code, 0);
    assert!(shown.starts_with("content/programmes/jiefang.yaml (is there, stays as it is)\n"), "{shown}");
    assert_eq!(fs::read_to_string(site.path(path)).unwrap(), stood);
    site.edit(path, "title: 解放社区中心冬季服务安排", "title: 旧的");
    let (shown, found, code) = import(&site, BOARD, "en", &["--write"]);
    assert_eq!(code, 1);
    assert!(shown.contains("-title: 旧的\n+title: 解放社区中心冬季服务安排\n"), "{shown}");
    assert!(
        found.contains("error[NB0845]: content/programmes/jiefang.yaml is there already, so nothing was written"),
        "{found}"
    );
    assert_eq!(import(&site, BOARD, "en", &["--write", "--replace"]).2, 0);
    assert_eq!(fs::read_to_string(site.path(path)).unwrap(), stood);
}

#[test]
fn a_site_with_chinese_keys_gets_chinese_keys() {
    let site = site();
    site.call("fix").fix(&["--keys", "zh", "--write"]);
    site.write(BOARD, board());
    let (_, found, code) = import(&site, BOARD, "zh-Hans", &["--write"]);
    assert_eq!(code, 0, "{found}");
    let text = fs::read_to_string(site.path("content/programmes/jiefang.yaml")).unwrap();
    assert!(text.starts_with("标题: 解放社区中心冬季服务安排\n"), "{text}");
    assert!(text.contains("{名称: 手机课堂, 时间: 周一 上午, "), "{text}");
}

/// A board of Excel 97 and one of LibreOffice, made from [`board`]: `UPDATE_BOARDS=1` has LibreOffice make them anew.
#[test]
fn boards_of_old_excel_and_of_libreoffice_are_read_alike() {
    for file in ["board.xls", "board.ods"] {
        if std::env::var_os("UPDATE_BOARDS").is_some() {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(BOARD), board()).unwrap();
            let form = file.rsplit_once('.').unwrap().1;
            let mut office = std::process::Command::new("soffice");
            office.args(["--headless", "--convert-to", form, "--outdir", "tests/import"]);
            assert!(office.arg(folder.path().join(BOARD)).status().unwrap().success());
        }
        let site = site();
        site.write(file, fs::read(format!("{}/tests/import/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap());
        let (_, found, code) = import(&site, file, "en", &["--write"]);
        assert_eq!(code, 0, "{file}: {found}");
        assert_eq!(fs::read_to_string(site.path("content/programmes/jiefang.yaml")).unwrap(), UNDERSTOOD, "{file}");
    }
}

#[test]
fn a_board_may_be_turned_or_a_list_or_text_in_any_encoding() {
    let turned = "解放社区冬季计划,,\n,上午 9:00-11:30,下午 14:30-17:00\n周一,手机课堂,法律坐诊\n周二,,法律坐诊\n周三,健康讲座,\n";
    let list = "星期;时段;时间;活动名称;地点\n周一;上午;9:00-11:30;手机课堂;\n周一、周二;下午;14:30-17:00;法律坐诊;\n周三;上午;9:00-11:30;健康讲座;\n";
    let english = "\tMonday\tTuesday\tWednesday\nmorning 9:00-11:30\t手机课堂\t\t健康讲座\nafternoon 14:30-17:00\t法律坐诊\t法律坐诊\t\n";
    for (text, encoding) in [(turned, "gbk"), (list, "utf-8"), (english, "utf-16le")] {
        let site = site();
        let bytes = match encoding {
            "utf-16le" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            name => encoding_rs::Encoding::for_label(name.as_bytes()).unwrap().encode(text).0.into_owned(),
        };
        site.write("plan.csv", bytes);
        let (shown, found, code) = import(&site, "plan.csv", "en", &["--valid", "2026-11-01..2027-01-15", "--write"]);
        assert_eq!(code, 0, "{encoding}: {found}");
        for activity in ["手机课堂", "法律坐诊", "健康讲座"] {
            assert_eq!(shown.matches(activity).count(), 1, "{encoding}: {shown}");
        }
        site.remove("plan.csv");
        site.check().expect_code(0);
    }
}

#[test]
fn what_is_missing_is_asked_for_with_the_option_that_says_it() {
    let site = site();
    site.write(
        "content/centres/other.yaml",
        CENTRE.replace("解放社区中心", "另一个").replace("Jiefang Centre", "Other"),
    );
    site.write("plan.csv", "时段,周一,周二\n上午,手机课堂,\n,,14:30-16:00 张建国\n");
    let (_, found, code) = import(&site, "plan.csv", "en", &["--write"]);
    assert_eq!(code, 1);
    let heads: Vec<&str> = found.lines().filter(|line| line.contains("[NB08")).collect();
    assert_eq!(
        heads,
        [
            "error[NB0839]: the spreadsheet does not say which centre it is about",
            "error[NB0839]: the spreadsheet does not say from when to when it holds",
            "error[NB0837]: `上午` has no time",
        ],
        "{found}"
    );
    let options = ["--centre", "jiefang", "--valid", "2026-11-01..2027-01-15", "--slot", "上午=9点到11点半", "--write"];
    let (_, found, code) = import(&site, "plan.csv", "en", &options);
    assert_eq!(code, 0, "{found}");
    for (option, value, said) in
        [("--slot", "上午", "--slot"), ("--valid", "明年", "--valid"), ("--id", "../../etc", "--id")]
    {
        let (_, found, code) = import(&site, "plan.csv", "en", &[option, value]);
        assert_eq!((code, found.starts_with(said)), (2, true), "{found}");
    }
}

#[test]
fn the_times_of_excel_cells_its_errors_formulas_and_hidden_sheets_are_understood_or_said() {
    let site = site();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let time = Format::new().set_num_format("hh:mm");
    sheet.write_row(0, 0, ["星期", "时间", "活动", "地点"]).unwrap();
    sheet.write_row(1, 0, ["周一", "9:00-10:00", "手机课堂", ""]).unwrap();
    sheet.write_formula(1, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write_number_with_format(2, 1, 0.5, &time).unwrap();
    sheet.write(2, 0, "周二").unwrap();
    sheet.write(2, 2, "舞蹈").unwrap();
    sheet.write_formula(2, 3, rust_xlsxwriter::Formula::new("=\"二楼\"").set_result("二楼")).unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("旧").unwrap().set_hidden(true);
    site.write("plan.xlsx", book.save_to_buffer().unwrap());
    let (_, found, code) = import(&site, "plan.xlsx", "en", &["--valid", "2026-11-01..2027-01-15"]);
    assert_eq!(code, 1, "{found}");
    for head in [
        "error[NB0838]: `舞蹈` has no time\n--> plan.xlsx:Sheet1!B3\n",
        "warning[NB0840]: the formula in this cell failed (#DIV/0!); the cell counts as empty\n--> plan.xlsx:Sheet1!D2\n",
        "warning[NB0841]: cells with formulas: 1; their last results were taken\n--> plan.xlsx:Sheet1!D3\n",
        "warning[NB0842]: the sheet `旧` is hidden and was not read\n--> plan.xlsx\n",
    ] {
        assert!(found.contains(head), "{head}\n{found}");
    }
}

/// The example's programmes, each with its centre.
fn programmes() -> Vec<String> {
    let folder = format!("{}/content/programmes", env!("CARGO_MANIFEST_DIR"));
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let names = files.filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".yaml")?.to_owned()));
    names.collect()
}

#[test]
fn a_programme_that_was_exported_comes_back_as_it_was() {
    let site = TestSite::copy_of(std::path::Path::new(env!("CARGO_MANIFEST_DIR")));
    let programmes = programmes();
    assert!(programmes.len() > 3);
    for id in programmes {
        let out = site.path("plan.xlsx");
        let out = out.to_str().unwrap();
        site.call("export").args(&[&id, "--out", out, "--replace"]).expect_code(0);
        let (shown, found, code) = import(&site, "plan.xlsx", "en", &["--write"]);
        assert_eq!(code, 0, "{id}: {found}");
        assert!(shown.starts_with(&format!("content/programmes/{id}.yaml (is there, stays as it is)\n")), "{shown}");
        // Where there is no such file, the one that is written says the same.
        let path = format!("content/programmes/{id}.yaml");
        let stood: serde_yaml::Value = serde_yaml::from_str(&fs::read_to_string(site.path(&path)).unwrap()).unwrap();
        site.remove(&path);
        let (_, found, code) = import(&site, "plan.xlsx", "en", &["--write"]);
        assert_eq!(code, 0, "{id}: {found}");
        let back: serde_yaml::Value = serde_yaml::from_str(&fs::read_to_string(site.path(&path)).unwrap()).unwrap();
        assert_eq!(back, stood, "{id}");
    }
}

#[test]
fn what_was_changed_on_an_exported_board_is_changed_in_the_file_and_nothing_else() {
    let site = TestSite::minimal();
    site.write(
        PROGRAMME_FILE,
        "title: {zh-Hans: 冬季计划, en: Winter programme}\ncentre: jiefang\nvalid: 2026-11-01..2027-01-15\n\
         slots: {上午: \"09:00-11:30\"}\nactivities:\n\
         - {title: {zh-Hans: 健康讲座, en: Health talk}, when: 周二 上午, cost: 免费, exceptions: [{on: 2026-12-01, cancelled: 停电}]}\n\
         - {title: 舞蹈, when: 周三 上午}\n",
    );
    let out = site.path("plan.xlsx");
    site.call("export").args(&["winter", "--out", out.to_str().unwrap()]).expect_code(0);
    // Where the same stands already there is nothing to do; what somebody changed is not written over.
    site.call("export").args(&["winter", "--out", out.to_str().unwrap()]).expect_code(0);
    // As people change it: the talk moves to Thursday and gets a room, dancing is gone, chess is new.
    moved(&out);
    let said = site.call("export").args(&["winter", "--out", out.to_str().unwrap()]).expect_code(2);
    said.complains("is there already, so nothing was written; give another name with --out, or add --replace");
    let (shown, found, code) = import(&site, "plan.xlsx", "en", &["--write", "--replace"]);
    assert_eq!(code, 0, "{found}");
    assert!(found.contains("warning[NB0844]: `舞蹈` is no longer on the board and is left out"), "{found}");
    assert!(shown.contains("@@"), "{shown}");
    let text = fs::read_to_string(site.path(PROGRAMME_FILE)).unwrap();
    assert!(text.starts_with("title: {zh-Hans: 冬季计划, en: Winter programme}\ncentre: jiefang\n"), "{text}");
    assert!(
        text.ends_with(
            "activities:\n- {title: {zh-Hans: 健康讲座, en: Health talk}, when: 周四 上午, cost: 免费, \
             exceptions: [{on: 2026-12-01, cancelled: 停电}], room: 二楼}\n- {title: 象棋, when: 周一 上午}\n"
        ),
        "{text}"
    );
}

/// Writes a workbook anew with its board changed.
fn moved(path: &std::path::Path) {
    use calamine::{Reader as _, Xlsx};
    let mut old: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let mut book = Workbook::new();
    for name in old.sheet_names() {
        let range = old.worksheet_range(&name).unwrap();
        let sheet = book.add_worksheet();
        sheet.set_name(&name).unwrap();
        let (top, left) = range.start().unwrap();
        for (row, column, cell) in range.used_cells() {
            let text = match cell.to_string() {
                text if name == "周安排" && (text.starts_with("健康讲座") || text.starts_with("舞蹈")) => {
                    String::new()
                }
                text => text,
            };
            sheet.write(top + row as u32, (left as usize + column) as u16, text).unwrap();
        }
        if name == "周安排" {
            sheet.write(3, 1, "象棋").unwrap().write(3, 4, "健康讲座\n地点：二楼").unwrap();
        }
    }
    book.save(path).unwrap();
}

#[test]
fn a_hostile_file_is_refused_in_words() {
    let site = site();
    let stored = |name: &str, content: &[u8]| {
        use std::io::Write as _;
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
        archive.finish().unwrap().into_inner()
    };
    let bomb = stored("xl/workbook.xml", &vec![b' '; 210 * 1024 * 1024]);
    let mut cut = board();
    cut.truncate(cut.len() / 2);
    let many: String = (0..300_000).map(|number| format!("周一,{number}\n")).collect();
    let mut wide = fs::read(format!("{}/tests/import/board.xls", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let size = wide.windows(4).position(|four| four == [0x00, 0x02, 0x0e, 0x00]).unwrap();
    wide[size + 8..size + 12].copy_from_slice(&[0xff; 4]);
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("wide.xls", wide, "NB0832"),
        ("bomb.xlsx", bomb, "NB0831"),
        ("large.xlsx", vec![0; 21 * 1024 * 1024], "NB0831"),
        ("cut.xlsx", cut, "NB0832"),
        ("text.xlsx", b"<html>".to_vec(), "NB0832"),
        ("empty.ods", Vec::new(), "NB0832"),
        ("old.xls", [&[0xd0, 0xcf, 0x11, 0xe0][..], &[0; 600]].concat(), "NB0832"),
        ("many.csv", many.into_bytes(), "NB0831"),
        ("page.pdf", b"%PDF".to_vec(), "NB0830"),
    ];
    for (name, bytes, code) in cases {
        site.write(name, bytes);
        let (_, found, exit) = import(&site, name, "en", &["--write"]);
        assert_eq!(exit, 1, "{name}: {found}");
        assert!(found.contains(&format!("error[{code}]")) && !found.contains("panicked"), "{name}: {found}");
        site.remove(name);
    }
}

#[test]
fn a_list_of_places_becomes_centres_and_what_is_not_known_is_kept_beside_them() {
    let site = site();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "各社区服务站一览").unwrap();
    sheet
        .write_row(1, 0, ["序号", "名称", "所属社区", "地址", "联系电话", "开放时间", "便民设施", "负责人", "面积"])
        .unwrap();
    let hours = "周一至周五 08:30-12:00，14:30-18:00；节假日休息";
    let row = [
        "1",
        "光明社区党群服务中心",
        "解放社区",
        "光明路2号",
        "前台：0931-0000004、0931-0000005",
        hours,
        "饮用水、手机充电",
        "张建国",
        "300平方米",
    ];
    sheet.write_row(2, 0, row).unwrap();
    sheet.write_row(3, 0, ["2", "河边骑手驿站", "解放社区", "河边路1号", "", "看情况", "", "", ""]).unwrap();
    sheet.write_row(4, 0, ["3", "解放社区中心", "解放社区", "解放路1号", "0931-0000006"]).unwrap();
    site.write("list.xlsx", book.save_to_buffer().unwrap());
    let (shown, found, code) = import(&site, "list.xlsx", "en", &[]);
    assert_eq!(code, 0, "the hours of one place cannot be read, and keep no other out: {found}");
    assert!(found.contains("warning[NB0835]: `看情况` was not understood\n--> list.xlsx:Sheet1!F4"), "{found}");
    assert!(
        found.contains("warning[NB0843]: `张建国` looks like the name of a person\n--> list.xlsx:Sheet1!H3"),
        "{found}"
    );
    assert!(shown.contains("content/centres/jiefang.yaml (is there, would change)"), "{shown}");
    sheet_with(&site, "list.xlsx", |text| if text == "看情况" { "周六 09:00-12:00".to_owned() } else { text });
    let (_, found, code) = import(&site, "list.xlsx", "en", &["--write", "--replace"]);
    assert_eq!(code, 0, "{found}");
    assert_eq!(
        fs::read_to_string(site.path("content/centres/guangming.yaml")).unwrap(),
        "name: 光明社区党群服务中心\nkind: community-centre\narea: jiefang\naddress: 光明路2号\nphones:\n  - {for: 前台, number: \
         0931-0000004}\n  - {number: 0931-0000005}\nhours: \"周一至周五 08:30-12:00，14:30-18:00；节假日休息\"\n\
         amenities: [drinking-water, phone-charging]\n# 面积: 300平方米\n"
    );
    assert!(fs::read_to_string(site.path("content/centres/hebianqishou.yaml")).unwrap().contains("kind: station\n"));
    let stood = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    assert!(stood.starts_with("name: {zh-Hans: 解放社区中心, en: Jiefang Centre}\n"), "{stood}");
    assert!(stood.ends_with("phones:\n  - {number: 0931-0000006}\n"), "{stood}");
}

/// Writes a workbook of one sheet anew with its texts changed.
fn sheet_with(site: &TestSite, file: &str, change: impl Fn(String) -> String) {
    use calamine::{Reader as _, Xlsx};
    let mut old: Xlsx<_> = calamine::open_workbook(site.path(file)).unwrap();
    let range = old.worksheet_range_at(0).unwrap().unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, column, cell) in range.used_cells() {
        sheet.write(row as u32, column as u16, change(cell.to_string())).unwrap();
    }
    book.save(site.path(file)).unwrap();
}

#[test]
fn lists_of_entitlements_and_of_duty_become_policies_and_rosters() {
    let site = site();
    site.write(
        "policies.csv",
        "政策名称,内容,对象,主管部门,申请条件,所需材料,咨询电话,有效期\n\
         助餐补贴,每餐补三元。,老年人,社区居委会,\"1.年满60岁\n2.住在本社区\",身份证；户口簿,0931-0000001,2026年1月1日至12月31日\n\
         油茶补贴,每亩补三百元。,种植户,林业部门,,,,\n",
    );
    let (_, found, code) = import(&site, "policies.csv", "en", &["--write"]);
    assert_eq!(code, 0, "{found}");
    assert_eq!(
        fs::read_to_string(site.path("content/policies/zhucanbutie.md")).unwrap(),
        "---\ntitle: 助餐补贴\nsummary: 每餐补三元。\ndepartments: [community]\naudience: [older-people]\nconditions: [年满60岁, 住在本社区]\n\
         papers: [身份证, 户口簿]\ncontact: {role: 咨询电话, phone: 0931-0000001}\nfrom: 2026-01-01\nuntil: 2026-12-31\n---\n\n\n"
    );
    assert!(
        found.contains("warning[NB0866]: `林业部门` is no department that the site has, and the row is left out"),
        "{found}"
    );
    assert!(!site.path("content/policies/youchabutie.md").exists());

    site.write(
        "duty.csv",
        "解放社区值班表,,\n日期,值班人员,时间\n2026-12-01,一组,9:00-17:00\n2026-12-02,二组,9:00-17:00\n2026-12-03,三组,9:00-17:00\n\
         2026-12-08,一组,9:00-17:00\n2026-12-09,二组,9:00-17:00\n",
    );
    let (_, found, code) = import(&site, "duty.csv", "en", &["--write"]);
    assert_eq!(code, 0, "{found}");
    assert_eq!(
        fs::read_to_string(site.path("content/duty/jiefang.yaml")).unwrap(),
        "title: 解放社区值班表\ncentre: jiefang\nvalid: 2026-12-01..2026-12-09\nrotation: {every: 每天, starts: 2026-12-01, days: 周二至周四, \
         time: \"09:00-17:00\", turns: [一组, 二组, 三组]}\n"
    );
    for file in ["policies.csv", "duty.csv"] {
        site.remove(file);
    }
    site.check().expect_code(0);
}

#[test]
fn the_notice_of_a_years_holidays_becomes_the_calendar_that_the_example_has() {
    const NOTICE: &str = "国务院办公厅关于2026年\n部分节假日安排的通知\n国办发明电〔2025〕7号\n\
        各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n\
        经国务院批准，现将2026年元旦、春节等放假调休日期的具体安排通知如下。\n\
        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n\
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。\n\
        三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n\
        四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。\n\
        五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n\
        六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n\
        七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。\n\
        节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。\n国务院办公厅\n2025年11月4日\n";
    let site = TestSite::copy_of(std::path::Path::new(env!("CARGO_MANIFEST_DIR")));
    site.write("notice.txt", NOTICE);
    let (shown, found, code) = import(&site, "notice.txt", "en", &["--write"]);
    assert_eq!(code, 0, "{found}");
    assert!(shown.starts_with("content/calendar/CN-2026.yaml (is there, stays as it is)\n"), "{shown}");
    let site = self::site();
    site.write("notice.txt", &encoding_rs::GBK.encode(NOTICE).0);
    let (_, found, code) = import(&site, "notice.txt", "en", &["--write"]);
    assert_eq!(code, 0, "{found}");
    let text = fs::read_to_string(site.path("content/calendar/CN-2026.yaml")).unwrap();
    assert!(
        text.starts_with(
            "year: 2026\nregion: CN\nsource:\n  title: 国务院办公厅关于2026年部分节假日安排的通知\n  number: 国办发明电〔2025〕7号\n  \
             issuer: 国务院办公厅\n  issued: 2025-11-04\nholidays:\n  - {name: 元旦, days: 2026-01-01..2026-01-03, makeup_workdays: \
             [2026-01-04]}\n"
        ),
        "{text}"
    );
}

#[test]
fn our_own_directories_of_places_come_back_without_a_change() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [places, hsds]").append(
        CENTRE_FILE,
        "  seasons: [{from: 07-01, to: 08-31, weekly: {mon-fri: \"08:30-12:00\"}}]\nlocation: {lat: 36.05, lon: 103.82}\n\
         phones: [{for: 前台, number: 0931-0000001}, {number: 0931-0000002}]\namenities: [{kind: microwave, note: 一楼}, tea]\n",
    );
    site.built();
    let before = snapshot(&site.path("content"));
    let publisher = site.largest_organization();
    for file in ["public/places/places.geojson", "public/hsds/datapackage.json", &publisher] {
        let (shown, found, code) = import(&site, file, "en", &["--write"]);
        assert_eq!(code, 0, "{file}: {found}");
        assert_eq!(differences(&before, &snapshot(&site.path("content"))), Vec::<String>::new(), "{file}: {shown}");
    }
}

#[test]
fn places_of_openstreetmap_become_centres() {
    let site = site();
    site.write(
        "places.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[103.8,36.1]},"properties":
            {"@id":"node/1","name":"光明社区中心","opening_hours":"Mo-Fr 09:00-17:00; PH off","phone":"0931-0000004","addr:street":"光明路","addr:housenumber":"2号"}}]}"#,
    );
    let (_, found, code) = import(&site, "places.geojson", "en", &["--area", "jiefang", "--write"]);
    assert_eq!(code, 0, "{found}");
    assert_eq!(
        fs::read_to_string(site.path("content/centres/guangming.yaml")).unwrap(),
        "name: 光明社区中心\nkind: community-centre\narea: jiefang\naddress: 光明路2号\nlocation: {lat: 36.1, lon: 103.8}\nphones:\n  - \
         {number: 0931-0000004}\nhours: \"Mo-Fr 09:00-17:00; PH off\"\n"
    );
}

/// The activities that are written of a board, each as `when title`.
fn whens(csv: &str) -> (Vec<String>, Vec<String>) {
    let site = site();
    site.write("plan.csv", csv);
    let (_, found, code) = import(&site, "plan.csv", "en", &["--valid", "2026-11-01..2027-01-15", "--write"]);
    assert_eq!(code, 0, "{found}");
    let text = fs::read_to_string(site.path("content/programmes/jiefang.yaml")).unwrap();
    let value = |line: &str, key: &str| {
        let after = line.split_once(&format!("{key}: ")).unwrap().1;
        after.split([',', '}']).next().unwrap().trim_matches('"').to_owned()
    };
    let activities = text.lines().filter(|line| line.contains("title: ") && line.contains("when: "));
    let codes = found.lines().filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned()));
    (activities.map(|line| format!("{} {}", value(line, "when"), value(line, "title"))).collect(), codes.collect())
}

#[test]
fn rows_of_one_name_and_different_times_keep_their_own() {
    let two = ["周一 09:00-10:00 舞蹈", "周二 10:30-11:30 合唱"];
    for csv in [
        "时段,周一,周二\n上午 9:00-10:00,舞蹈,\n上午 10:30-11:30,,合唱\n",
        "时段,,周一,周二\n上午,9:00-10:00,舞蹈,\n上午,10:30-11:30,,合唱\n",
        "时段,周一,周二\n上午9:00-10:00,舞蹈,\n上午10:30-11:30,,合唱\n",
    ] {
        assert_eq!(whens(csv), (two.map(str::to_owned).to_vec(), Vec::new()), "{csv}");
    }
}

#[test]
fn a_time_counted_to_twelve_is_in_the_part_of_the_day_that_its_row_names() {
    let csv = "时段,周一,周二\n上午 9:00-11:30,舞蹈,\n下午（2:30-4:30）,合唱,书法 3:00-4:00\n晚上,,甲课（7:00-8:30）\n";
    assert_eq!(
        whens(csv).0,
        ["周一 上午 舞蹈", "周一 下午 合唱", "周二 15:00-16:00 书法", "周二 19:00-20:30 甲课"].map(str::to_owned)
    );
    let csv = "时段,时间,周一,周二\n下午,2:30-4:30,合唱,\n,4:30-5:30,,书法\n";
    let (activities, codes) = whens(csv);
    assert!(
        activities.contains(&"周一 14:30-16:30 合唱".to_owned()) || activities[0] == "周一 下午 合唱",
        "{activities:?}"
    );
    assert!(codes.iter().all(|code| code != "NB0835"), "{codes:?}");
    // Where nothing says that it is the afternoon, somebody has to look.
    let (activities, codes) = whens("时段,周一,周二\n9:00-11:30,舞蹈,\n2:30-4:30,,合唱\n");
    assert_eq!(activities[1], "周二 02:30-04:30 合唱");
    assert!(codes.contains(&"NB0860".to_owned()), "{codes:?}");
}

#[test]
fn a_list_has_its_titles_and_times_in_the_columns_that_people_give_them() {
    let rows = [
        ("星期", "活动内容", "时段", "开始时间", "结束时间"),
        ("周一", "舞蹈", "上午", "9:00", "10:30"),
        ("周二", "合唱", "下午", "2:30", "4:00"),
    ];
    let csv: String = rows.iter().map(|(a, b, c, d, e)| format!("{a},{b},{c},{d},{e}\n")).collect();
    assert_eq!(whens(&csv).0, ["周一 09:00-10:30 舞蹈", "周二 14:30-16:00 合唱"]);
    let fractions = "星期,活动名称,开始时间,结束时间\n周一,舞蹈,0.375,0.4375\n";
    assert_eq!(whens(fractions).0, ["周一 09:00-10:30 舞蹈"]);
}

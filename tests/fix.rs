//! `noticeboard fix`: what has one meaning is mended, everything else stays byte for byte, nothing outside is touched.

use std::fs;

use crate::support::*;

#[test]
fn the_difference_is_shown_first_and_nothing_is_written_without_being_asked() {
    let site = TestSite::minimal();
    site.edit(CENTRE_FILE, "address: ", "address：");
    let before = snapshot(site.root());
    let said = site.call("fix").lang("zh-Hans").fix(&[]).0;
    assert_eq!(
        said.stdout,
        "--- a/content/centres/jiefang.yaml\n+++ b/content/centres/jiefang.yaml\n@@ -3,3 +3,3 @@\n area: jiefang\n\
         -address：解放路1号\n+address: 解放路1号\n hours:\n可以自动改 1 个文件；加上 --write 就写进去\n"
    );
    assert_eq!(differences(&before, &snapshot(site.root())), Vec::<String>::new());
    let said = site.call("fix").lang("en").fix(&[]).0;
    assert!(said.stdout.ends_with("1 file can be mended; add --write to write it\n"), "{}", said.stdout);
}

#[test]
fn comments_layout_line_ends_the_byte_order_mark_and_a_missing_last_line_end_are_kept() {
    let site = TestSite::minimal();
    let spoiled = "\u{feff}# 中心\r\nname：解放社区中心   # 名称\r\n\r\nkind:   community-centre\r\narea: jiefang\r\naddress: \"解放路1号\"";
    site.write(CENTRE_FILE, spoiled);
    site.call("fix").fix(&["--write"]);
    let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    assert_eq!(text, spoiled.replace("name：", "name: "));
    let before = snapshot(site.root());
    let said = site.call("fix").lang("en").fix(&["--write"]).0;
    assert_eq!(said.stdout, "there is nothing to mend automatically\n");
    assert_eq!(differences(&before, &snapshot(site.root())), Vec::<String>::new());
}

#[test]
fn mistakes_that_hide_others_are_mended_until_none_is_left() {
    let site = TestSite::minimal();
    site.write(
        CENTRE_FILE,
        "\u{3000}# 中心\nName：“解放”\nkind: Community Centre\n地址:解放路1号\narea: jiefang\namenities:\n  －tea\n  －wifi\n\
         services:\n  - {name: 维修, by_appointment: yes}\nhours:\n  weekly: {mon-fri: 8.30-12.00}\n",
    );
    site.call("fix").fix(&["--write"]);
    site.built();
    let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    assert!(text.contains("name: “解放”\nkind: community-centre\n地址: 解放路1号\n"), "{text}");
    assert!(text.contains("amenities:\n  - tea\n  - wifi\n"), "{text}");
}

#[test]
fn what_may_mean_two_things_is_left_to_the_editor_and_counted() {
    let site = TestSite::minimal();
    site.edit(CENTRE_FILE, "address: ", "adress: ");
    let before = snapshot(site.root());
    let (said, code) = site.call("fix").lang("zh-Hans").fix(&["--write"]);
    assert_eq!(
        (said.stdout.as_str(), code),
        ("没有能自动改的\n还有 1 处要自己改：运行 noticeboard check 看看是哪里\n", 1)
    );
    assert_eq!(differences(&before, &snapshot(site.root())), Vec::<String>::new());
}

#[test]
fn files_in_other_encodings_are_said_and_written_as_utf_8() {
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(CENTRE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let traditional =
        CENTRE.replace("解放社区中心", "社區服務中心").replace("解放路1号", "請帶證件到櫃檯辦理，電話請打總機");
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("GBK", encoding_rs::GBK.encode(CENTRE).0.into_owned(), CENTRE),
        (
            "GB18030",
            encoding_rs::GB18030.encode(&CENTRE.replace("1号", "𠀀1号")).0.into_owned(),
            &CENTRE.replace("1号", "𠀀1号"),
        ),
        ("UTF-16", utf_16, CENTRE),
        ("Big5", encoding_rs::BIG5.encode(&traditional).0.into_owned(), &traditional),
    ];
    for (name, bytes, text) in cases {
        let site = TestSite::minimal();
        site.write(CENTRE_FILE, bytes);
        let found = site.findings("zh-Hans");
        let codes: Vec<_> = found.iter().map(|found| (found.code.as_str(), found.message.as_str())).collect();
        assert_eq!(codes, [("NB0101", "这个文件不是 UTF-8 编码")], "{name}");
        assert_eq!(found[0].help[0], format!("看起来是用 {name} 编码保存的"));
        assert_eq!(found[0].help[1], format!("运行 noticeboard fix --write，它会把 {CENTRE_FILE} 转成 UTF-8"));
        assert_eq!(
            site.findings("en")[0].help[1],
            format!("run noticeboard fix --write, which writes {CENTRE_FILE} as UTF-8")
        );
        site.call("fix").fix(&["--write"]);
        assert_eq!(fs::read_to_string(site.path(CENTRE_FILE)).unwrap(), text, "{name}");
        site.built();
    }
}

#[test]
fn a_file_in_another_encoding_with_other_mistakes_has_all_of_them_said() {
    let site = TestSite::minimal();
    let spoiled = CENTRE.replace("address", "adress");
    site.write(CENTRE_FILE, encoding_rs::GBK.encode(&spoiled).0);
    let codes: Vec<_> = site.findings("en").into_iter().map(|found| found.code).collect();
    assert_eq!(codes, ["NB0101", "NB0206"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_kept_and_one_that_leads_out_of_the_site_is_never_followed() {
    use std::os::unix::fs::PermissionsExt as _;
    let outside = tempfile::tempdir().unwrap();
    let theirs = outside.path().join("theirs.yaml");
    fs::write(&theirs, CENTRE.replace("name: ", "name：")).unwrap();
    let site = TestSite::minimal();
    site.link("content/centres/theirs.yaml", &theirs);
    site.write("content/shared.txt", "").remove("content/shared.txt");
    site.write("shared/jiefang.yaml", CENTRE.replace("name: ", "name："));
    fs::set_permissions(site.path("shared/jiefang.yaml"), fs::Permissions::from_mode(0o640)).unwrap();
    site.link(CENTRE_FILE, &site.path("shared/jiefang.yaml"));
    site.call("fix").fix(&["--write"]);
    assert!(fs::read_to_string(&theirs).unwrap().contains("name：{"));
    assert!(fs::symlink_metadata(site.path(CENTRE_FILE)).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(site.path("shared/jiefang.yaml")).unwrap(), CENTRE);
    let mode = fs::metadata(site.path("shared/jiefang.yaml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let left: Vec<_> = fs::read_dir(site.path("shared")).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside the file");
}

#[test]
fn a_folder_that_is_not_there_ends_with_2() {
    assert_eq!(TestSite::minimal().call("fix").instead(&["--site", "/nonexistent"]).fix(&[]).1, 2);
}

#[test]
fn a_missing_dash_is_put_there_and_no_word_is_lost() {
    let site = TestSite::minimal();
    let head = PROGRAMME.split("activities:").next().unwrap();
    let first = "activities:\n  - title: 健康讲座\n    when: 周二 上午\n    cost: 免费\n    booking: 电话预约\n";
    let second = "title: 舞蹈\n    when: 周三 上午\n    cost: 免费\n    booking: 电话预约\n";
    site.write(PROGRAMME_FILE, format!("{head}{first}    {second}"));
    let codes: Vec<_> = site.findings("en").into_iter().map(|found| found.code).collect();
    assert_eq!(codes, ["NB0150"]);
    assert_eq!(site.call("fix").fix(&["--write"]).1, 0);
    assert_eq!(fs::read_to_string(site.path(PROGRAMME_FILE)).unwrap(), format!("{head}{first}  - {second}"));
}

#[test]
fn a_heading_gets_the_space_that_it_lacks_and_a_topic_stays() {
    let site = TestSite::minimal();
    site.edit(NOTICE_FILE, "检修期间，", "#检修\n\n##时间\n\n检修期间，");
    site.edit(NOTICE_FILE, "照常开放。\n", "照常开放。\n\n#供暖\n");
    assert_eq!(site.call("fix").fix(&["--write"]).1, 0);
    let text = fs::read_to_string(site.path(NOTICE_FILE)).unwrap();
    assert!(text.contains("\n# 检修\n\n## 时间\n") && text.ends_with("\n#供暖\n"), "{text}");
}

#[test]
fn a_date_that_is_none_hides_no_id_beside_it_and_what_can_be_no_id_is_said_once() {
    let site = TestSite::minimal();
    site.edit(NOTICE_FILE, "from: 2026-11-20", "from: 2026-11-31").edit(NOTICE_FILE, "[jiefang]", "[jiefan]");
    let codes = |site: &TestSite| site.findings("en").into_iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(codes(&site), ["NB0302", "NB0401"]);
    site.edit(NOTICE_FILE, "2026-11-31", "2026-11-20").edit(NOTICE_FILE, "[jiefan]", "[jie fang]");
    assert_eq!(codes(&site), ["NB0147"]);
}

#[test]
fn keys_in_marks_and_colons_below_them_are_mended_at_once() {
    let site = TestSite::minimal();
    site.edit(CENTRE_FILE, "kind: ", "【类型】：").edit(CENTRE_FILE, "address:", "**地址**:");
    site.edit(CENTRE_FILE, "area: ", "area\n: ").edit(CENTRE_FILE, "  weekly:", "  **weekly：**");
    assert_eq!(site.call("fix").fix(&["--write"]).1, 0);
    let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    assert_eq!(text, CENTRE.replace("kind:", "类型:").replace("address:", "地址:"));
}

#[test]
fn full_width_commas_part_days_and_languages_within_braces() {
    let without_hours = CENTRE.split_once("hours:").unwrap().0;
    for (written, meant) in [
        (
            "hours: {每周: {周一至周五: “08:30-12:00，14:30-18:00”，周六：“09:00-12:00”}}",
            "hours: {每周: {周一至周五: \"08:30-12:00，14:30-18:00\", 周六: \"09:00-12:00\"}}",
        ),
        (
            "hours: {每周：{周一至周五：08:30-12:00，周六:09:00-12:00}}",
            "hours: {每周: {周一至周五: 08:30-12:00, 周六: 09:00-12:00}}",
        ),
        ("short_name: {zh-Hans: 解放，en：Jiefang}", "short_name: {zh-Hans: 解放, en: Jiefang}"),
    ] {
        let site = TestSite::minimal();
        site.write(CENTRE_FILE, format!("{without_hours}{written}\n"));
        site.call("fix").fix(&["--write"]);
        let mended = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
        assert_eq!(mended, format!("{without_hours}{meant}\n"));
    }
}

#[test]
fn a_key_that_stands_twice_by_other_mistakes_keeps_both_its_lines() {
    let site = TestSite::minimal();
    let spoiled = CENTRE
        .replace("area: jiefang\n", "area: jiefang\nphone: 0931-0000001\nname: 光明社区中心\nphone: 0931-0000001\n");
    site.write(CENTRE_FILE, &spoiled);
    assert_eq!(site.call("fix").fix(&["--write"]).1, 1);
    assert_eq!(fs::read_to_string(site.path(CENTRE_FILE)).unwrap(), spoiled);
}

#[test]
fn a_tab_and_the_space_that_lacks_behind_it_are_mended_together() {
    let site = TestSite::minimal();
    site.edit(CENTRE_FILE, "address: 解放路1号\n", "summary: 一层办事。\n\taddress:解放路1号\n");
    site.call("fix").fix(&["--write"]);
    let mended = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    assert!(mended.contains("\nsummary: 一层办事。\naddress: 解放路1号\n"), "{mended}");
}

#[test]
fn what_only_shows_between_files_is_mended_and_counted_too() {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "周二 上午", "周二 下午3-5点");
    let (_, code) = site.call("fix").fix(&["--write"]);
    assert_eq!(code, 0);
    assert!(fs::read_to_string(site.path(PROGRAMME_FILE)).unwrap().contains("周二 下午3点-5点"));
    site.edit(CENTRE_FILE, "area: jiefang", "area: jiefng");
    let (said, code) = site.call("fix").lang("zh-Hans").fix(&[]);
    assert_eq!(code, 1, "{}", said.stdout);
    assert!(said.stdout.contains("处要自己改"), "{}", said.stdout);
}

#[test]
fn what_has_a_mend_hides_nothing_else_that_is_wrong() {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "when: 周二 上午", "when：待定");
    site.write(NOTICE_FILE, NOTICE.replacen("---\n", "", 1).replace("summary: ", "sumary: "));
    let codes: Vec<_> = site.findings("en").into_iter().map(|found| found.code).collect();
    assert_eq!(codes, ["NB0108", "NB0206", "NB0213", "NB0308"]);
}

#[test]
fn thousands_of_lines_with_one_mistake_are_mended_in_one_run() {
    let site = TestSite::minimal();
    let lines: String = (0..2000).map(|number| format!("\t- 规矩{number}\n")).collect();
    site.append(CENTRE_FILE, &format!("rules:\n{lines}"));
    assert_eq!(site.call("fix").fix(&["--write"]).1, 0);
    assert!(fs::read_to_string(site.path(CENTRE_FILE)).unwrap().ends_with("  - 规矩1999\n"));
}

#[test]
fn quietly_nothing_is_shown() {
    let site = TestSite::minimal();
    site.edit(CENTRE_FILE, "address: ", "address：");
    let said = site.call("fix").fix(&["-q"]).0;
    assert_eq!(said.stdout, "");
}

#[test]
fn names_of_programs_leavings_are_no_mistakes() {
    let site = TestSite::minimal();
    for name in ["~$通知.docx", "Thumbs.db", "desktop.ini", ".DS_Store"] {
        site.write(&format!("content/notices/{name}"), [0xff, 0xfe, 0x00]);
    }
    site.check().expect_code(0);
}

#[test]
fn a_mend_is_made_as_a_whole_or_left_for_the_next_round() {
    let site = TestSite::minimal();
    site.edit(
        PROGRAMME_FILE,
        "activities:\n",
        "activities:\n  - title: 合唱\n    when: 周二 09:00-10:00\n    exceptions:\n    {on: 2026-12-08, cancelled: 停一次}\n",
    );
    let said = site.check().args(&["--format", "json"]).run();
    let mends: Vec<serde_json::Value> = said.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_list = mends.iter().find(|found| found["code"] == "NB0208").unwrap();
    assert_eq!(of_list["edits"].as_array().map(Vec::len), Some(2), "{of_list}");
    site.call("fix").fix(&["--write"]);
    let text = fs::read_to_string(site.path(PROGRAMME_FILE)).unwrap();
    assert!(text.contains("    exceptions:\n      [{on: 2026-12-08, cancelled: 停一次}]\n"), "{text}");
}

#[test]
fn what_stands_in_the_column_of_its_key_is_put_below_it() {
    let site = TestSite::minimal();
    let written = "area: jiefang\namenities:\ntea\nphones:\n{for: 前台, number: 0931-0000000}\n";
    site.edit(CENTRE_FILE, "area: jiefang\n", written);
    site.call("fix").fix(&["--write"]);
    site.built();
    let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
    let meant = "area: jiefang\namenities:\n  [tea]\nphones:\n  [{for: 前台, number: 0931-0000000}]\n";
    assert!(text.contains(meant), "{text}");
}

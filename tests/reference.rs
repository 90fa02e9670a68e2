//! The manual: what the program says of itself is complete, and it is what it is made from.

use std::collections::BTreeSet;

use noticeboard::diagnostics::{Code, Language};
use noticeboard::reference::codes;

/// `noticeboard explain`, in a folder without a site.
fn explain(arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::cargo_bin_cmd!("noticeboard");
    let output = command.arg("explain").args(arguments).current_dir(folder.path()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_code_has_a_meaning_in_both_languages_and_no_other_has_one() {
    let known: BTreeSet<String> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    assert_eq!(codes::codes_with_meaning().into_iter().collect::<BTreeSet<_>>(), known);
    for code in Code::ALL {
        let (chinese, english) = (codes::meaning(*code, Language::ZhHans), codes::meaning(*code, Language::En));
        assert!(chinese.ends_with(['。', '”']) && english.ends_with('.'), "{}", code.id());
        assert!((8..90).contains(&chinese.chars().count()) && english.len() < 260, "{}: {chinese}", code.id());
        assert!(!chinese.contains([',', ';', '(', '"']), "{}: {chinese}", code.id());
    }
}

#[test]
fn a_code_is_explained_with_what_is_written_what_is_said_and_what_to_write_instead() {
    let (code, said, _) = explain(&["NB0410", "--lang", "zh-Hans"]);
    assert_eq!(code, Some(0));
    let mut rest = said.as_str();
    for part in [
        "NB0410 地区 … 的 … 年日历有两份\n\n同一个地区、同一年的节假日日历只能有一份。\n这是错误：",
        "\ncontent/calendar/CN-2027.yaml 里写成：\n    year: 2026\n",
        "\n程序说：\n    错误[NB0410]: 地区 CN 的 2026 年日历有两份\n     --> content/calendar/CN-2027.yaml:1:7\n",
        "\n改成 content/calendar/CN-2027.yaml：\n    year: 2027\n",
    ] {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part}\nis not next in\n{rest}"));
        rest = &rest[at + part.len()..];
    }
    let (_, english, _) = explain(&["nb131", "--lang", "en"]);
    assert!(english.starts_with("NB0131 this line is not indented as its neighbours are\n"), "{english}");
    assert!(english.contains("noticeboard fix --write makes it:\n"), "{english}");
}

#[test]
fn several_codes_are_explained_at_once_however_they_are_written() {
    let (code, said, _) = explain(&["131", "nb0107", "--lang", "en"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("NB0131 ") && said.contains("NB0107 "), "{said}");
}

#[test]
fn a_code_that_there_is_not_is_a_wrong_call_that_says_what_was_meant() {
    for (language, message) in [
        ("zh-Hans", "CODE：没有“NB9131”这个代码。是不是 NB0131？；代码写在每条信息的方括号里，例如 NB0131\n"),
        (
            "en",
            "CODE: there is no code `NB9131`; did you mean NB0131?; the code stands in brackets in each message, e.g. NB0131\n",
        ),
    ] {
        let (code, said, complaint) = explain(&["NB9131", "--lang", language]);
        assert_eq!((code, said.as_str(), complaint.as_str()), (Some(2), "", message));
    }
}

//! The seven languages of the civic theme, on the small site in `tests/languages`, and what becomes of a language that is
//! switched off or of a record that only one language has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::{SITE_FILE, TestSite, files};
use serde_json::Value;

const LANGUAGES: [&str; 7] = ["zh-Hans", "zh-Hant", "en", "mn-Cyrl", "mn-Mong", "bo", "ug"];

fn seven() -> TestSite {
    TestSite::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/languages"))
}

fn built(site: &TestSite) -> BTreeMap<String, String> {
    site.built();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
    files(&site.output()).into_iter().filter_map(|(path, bytes)| Some((path, text(bytes)?))).collect()
}

/// The part of a text from one mark to the next of another.
fn between<'a>(text: &'a str, from: &str, until: &str) -> &'a str {
    let (_, after) = text.split_once(from).unwrap_or_else(|| panic!("`{from}` is not there"));
    after.split_once(until).unwrap().0
}

fn interface(language: &str) -> BTreeMap<String, BTreeMap<String, serde_yaml::Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/civic/i18n/{language}.yaml"));
    let whole: BTreeMap<String, serde_yaml::Value> =
        serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let section = |name: &str| (name.to_owned(), serde_yaml::from_value(whole[name].clone()).unwrap());
    ["terms", "labels"].map(section).into_iter().collect()
}

/// The places in a phrase where values go.
fn gaps(phrase: &serde_yaml::Value) -> BTreeSet<&str> {
    let parts = phrase.as_str().unwrap().split('{').skip(1);
    parts.map(|part| part.split_once('}').unwrap().0).collect()
}

#[test]
fn every_language_has_every_string_with_the_same_gaps() {
    let chinese = interface("zh-Hans");
    for language in LANGUAGES {
        let other = interface(language);
        for (section, strings) in &chinese {
            for (key, phrase) in strings {
                let translated = other[section].get(key).unwrap_or_else(|| panic!("{language} lacks {section}.{key}"));
                assert_eq!(gaps(phrase), gaps(translated), "{language}: {key}");
            }
            for key in other[section].keys() {
                let stem = key.strip_suffix(".one").unwrap_or(key);
                assert!(strings.contains_key(stem), "{language} has {section}.{key}, which nothing shows");
            }
        }
    }
}

#[test]
fn each_page_says_its_language_and_its_direction() {
    let pages = built(&seven());
    for language in LANGUAGES {
        let folder = if language == "zh-Hans" { String::new() } else { format!("{language}/") };
        let page = &pages[&format!("{folder}centres/jiefang/index.html")];
        let direction = if language == "ug" { " dir=\"rtl\"" } else { "" };
        assert!(page.contains(&format!("<html lang=\"{language}\"{direction}>")), "{language}");
        for other in LANGUAGES {
            assert!(page.contains(&format!("hreflang=\"{other}\" href=\"https://noticeboard.example/")), "{language}");
        }
    }
    // Uyghur text on another page says its direction; Chinese text on a Uyghur page says its language.
    assert!(pages["index.html"].contains("lang=\"ug\""));
    assert!(pages["ug/centres/jiefang/index.html"].contains("<span lang=\"zh-Hans\">一楼茶水间</span>"));
}

#[test]
fn the_switch_stays_on_the_page_or_says_where_it_goes() {
    let pages = built(&seven());
    let switch = |path: &str| between(&pages[path], "<nav class=\"languages\"", "</nav>").to_owned();
    let whole = switch("en/centres/jiefang/index.html");
    assert!(whole.contains("href=\"../../../bo/centres/jiefang/index.html\""), "{whole}");
    assert!(!whole.contains("elsewhere"));
    let chinese_only = switch("notices/chinese-only/index.html");
    assert!(chinese_only.contains("<p id=\"elsewhere-1\">没有这一页，转到通知公告：</p>"), "{chinese_only}");
    assert!(
        chinese_only.contains("href=\"../../ug/notices/index.html\" lang=\"ug\" hreflang=\"ug\""),
        "{chinese_only}"
    );
    // A list that no record fills in a language leads to its home page.
    let teams = switch("teams/index.html");
    assert!(teams.contains("转到首页") && teams.contains("href=\"../bo/index.html\""), "{teams}");
    assert!(teams.contains("href=\"../mn-Mong/teams/index.html\""), "{teams}");
    // Search engines hear of pages that are there only.
    assert!(!pages["notices/chinese-only/index.html"].contains("rel=\"alternate\" hreflang"));
}

#[test]
fn what_stands_in_the_place_of_a_missing_page_leads_to_every_language() {
    let pages = built(&seven());
    let missing = between(&pages["404.html"], "<nav class=\"languages\"", "</nav>");
    assert!(missing.contains("en/index.html\" lang=\"en\"") && !missing.contains("没有这一页"), "{missing}");
}

#[test]
fn chinese_in_a_sentence_of_another_language_says_that_it_is() {
    let site = seven();
    site.edit(
        "content/centres/jiefang.yaml",
        "kind: community-centre\n",
        "kind: community-centre\nhours_note: {zh-Hans: 敲门, en: Knock at 传达室 first}\n",
    );
    let pages = built(&site);
    assert!(pages["en/centres/jiefang/index.html"].contains("Knock at <span lang=\"zh-Hans\">传达室</span> first"));
    // A description in another language than the page's is none: nothing could say which it is in.
    let description = "<meta name=\"description\" content=\"Opening hours, activities and notices.\">";
    assert!(pages["en/index.html"].contains(description) && !pages["bo/index.html"].contains("name=\"description\""));
}

#[test]
fn a_record_in_one_other_language_has_a_whole_page_that_marks_it() {
    let pages = built(&seven());
    let english = &pages["notices/english-only/index.html"];
    assert!(english.contains("<h1><span lang=\"en\">English corner starts again</span></h1>"));
    assert!(english.contains("</html>") && english.contains("解放社区党群服务中心"));
    assert!(pages["en/notices/english-only/index.html"].contains("<h1>English corner starts again</h1>"));
    let mongolian = &pages["teams/mongolian-only/index.html"];
    assert!(mongolian.contains("<h1><span lang=\"mn-Mong\">"));
    assert!(!pages.contains_key("en/teams/mongolian-only/index.html"));
}

#[test]
fn lunar_dates_stand_where_the_site_wants_them_and_the_language_writes_them() {
    let site = seven();
    let pages = built(&site);
    let lunar = "11月24日 周二</time> <span class=\"lunar\">农历十月十六</span>";
    assert!(pages["this-week/index.html"].contains(lunar));
    assert!(pages["zh-Hant/this-week/index.html"].contains("農曆十月十六"));
    assert!(pages["en/this-week/index.html"].contains("10th lunar month, day 16"));
    assert!(!pages["ug/this-week/index.html"].contains("class=\"lunar\""));
    site.edit(SITE_FILE, "lunar_dates: true\n", "");
    assert!(!built(&site)["this-week/index.html"].contains("农历"));
}

#[test]
fn a_language_that_is_switched_off_has_no_pages_and_keeps_its_text() {
    let site = seven();
    site.edit(SITE_FILE, "{tag: bo, name: བོད་ཡིག}", "{tag: bo, name: བོད་ཡིག, publish: false}");
    let pages = built(&site);
    assert!(!pages.keys().any(|path| path.starts_with("bo/")));
    assert!(!pages["index.html"].contains("བོད་ཡིག"));
    assert!(pages.contains_key("ug/index.html"));
    let report = site.status().args(&["--coverage"]).run().stdout;
    assert!(report.contains("bo  བོད་ཡིག (not published)\n"), "{report}");
}

#[test]
fn pages_in_a_language_that_nobody_checked_say_so_until_somebody_has() {
    let site = seven();
    let marked = |page: &str| page.contains("<p class=\"unreviewed\" role=\"note\">");
    let pages = built(&site);
    assert!(!marked(&pages["index.html"]) && !marked(&pages["en/index.html"]));
    for language in ["zh-Hant", "mn-Cyrl", "mn-Mong", "bo", "ug"] {
        assert!(marked(&pages[&format!("{language}/index.html")]), "{language}");
    }
    site.edit(SITE_FILE, "{tag: ug, name: ئۇيغۇرچە}", "{tag: ug, name: ئۇيغۇرچە, reviewed: true}");
    assert!(!marked(&built(&site)["ug/index.html"]));
}

#[test]
fn the_coverage_report_lists_what_is_missing_and_what_nobody_checked() {
    let site = seven();
    // A theme of the site's own that is older than the program.
    site.write(
        "themes/civic/i18n/en.yaml",
        "unreviewed: [labels.skip]\ndates: {day: \"{d} {month} {y}\", short: \"{d} {month}\", \
         short_weekday: \"{weekday} {d} {month}\", month: \"{month} {y}\", year: \"{y}\", range: \"{from} to {until}\", \
         weekdays: [], weekdays_short: [], list: \", \", times: \", \"}\nterms: {nav.home: Start}\nlabels: {skip: Skip}\n",
    );
    let said = site.status().args(&["--coverage", "--format", "json"]).expect_code(0);
    let report: Value = serde_json::from_str(&said.stdout).unwrap();
    let of = |tag: &str| report["languages"].as_array().unwrap().iter().find(|l| l["tag"] == tag).unwrap().clone();
    let kind = |language: &Value, kind: &str| {
        language["kinds"].as_array().unwrap().iter().find(|found| found["kind"] == kind).unwrap().clone()
    };
    let english = of("en");
    assert_eq!(english["interface"]["unreviewed"], serde_json::json!(["labels.skip"]));
    // What the site's own file lacks, the program's English has.
    assert_eq!(english["interface"]["missing"], serde_json::json!([]));
    let notices = kind(&english, "notices");
    assert_eq!(notices["without"], serde_json::json!(["content/notices/chinese-only.md"]));
    assert!(notices["falls_back"].as_array().unwrap().contains(&"content/notices/heating.md: body".into()));
    let uyghur = of("ug");
    assert_eq!(uyghur["interface"]["unreviewed"].as_array().unwrap().len() as u64, uyghur["interface"]["strings"]);
    assert_eq!(kind(&uyghur, "teams")["without"], serde_json::json!(["content/teams/mongolian-only.md"]));
    let page = &built(&site)["en/index.html"];
    assert!(page.contains(">Skip</a>") && page.contains(">Centres<"));
}

#[test]
fn strings_of_a_language_of_the_sites_own_may_be_missing_and_chinese_stands_in() {
    let site = seven();
    site.edit(
        SITE_FILE,
        "  - {tag: ug, name: ئۇيغۇرچە}\n",
        "  - {tag: ug, name: ئۇيغۇرچە}\n  - {tag: ko, name: 조선말}\n",
    );
    site.write(
        "themes/civic/i18n/ko.yaml",
        "dates: {day: \"{y}.{m}.{d}\", short: \"{m}.{d}\", short_weekday: \"{m}.{d}\", month: \"{y}.{m}\", year: \"{y}\", \
         range: \"{from}–{until}\", weekdays: [], weekdays_short: [], list: \", \", times: \", \"}\n\
         terms: {nav.home: 첫 페이지}\nlabels: {}\n",
    );
    assert!(built(&site)["ko/index.html"].contains("跳到正文"));
    let report = site.status().args(&["--coverage"]).run().stdout;
    assert!(report.contains("    missing  labels.a11y_colour, "), "{report}");
}

#[test]
fn a_public_site_says_who_runs_it_and_where_to_report_mistakes() {
    let pages = built(&seven());
    let foot = between(&pages["index.html"], "<footer", "</footer>");
    for words in [
        "主办单位：解放街道办事处（示例）",
        "承办单位：解放社区居委会（示例）",
        "联系方式：网站管理员",
        "网站标识码：0000000000",
        "<a href=\"https://icp.example/\">陇ICP备00000000号</a>",
        "<a href=\"https://beian.example/\">甘公网安备00000000000000号</a>",
        "<a href=\"https://mark.example/\">党政机关</a>",
        "<a href=\"https://errors.example/?site_code=0000000000\">网站找错</a>",
        "site-map/index.html",
        "accessibility/index.html",
    ] {
        assert!(foot.contains(words), "{words}: {foot}");
    }
    let map = &pages["site-map/index.html"];
    assert!(map.contains("centres/jiefang/index.html") && map.contains("policies/allowance/index.html"));
    let statement = &pages["accessibility/index.html"];
    assert!(statement.contains("没有手语视频。") && statement.contains("0931-0000009"));
    assert!(statement.contains("<span lang=\"ug\" dir=\"rtl\">ئۇيغۇرچە</span>"), "unreviewed languages are named");
}

#[test]
fn names_on_the_site_map_are_in_the_order_of_their_sounds() {
    let site = seven();
    for (id, name) in [("a", "中山"), ("b", "白银"), ("c", "甘家巷")] {
        site.write(&format!("content/pages/{id}.md"), format!("---\ntitle: {name}\n---\n字\n"));
    }
    let map = &built(&site)["site-map/index.html"];
    let at = |name: &str| map.find(&format!("{name}</a>")).unwrap();
    assert!(at("白银") < at("甘家巷") && at("甘家巷") < at("中山"));
}

#[test]
fn every_site_has_a_statement_on_accessibility_and_an_own_one_comes_first() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "theme: bare\n", "theme: civic\n");
    let pages = built(&site);
    assert!(pages["accessibility/index.html"].contains("这里没有登记电话"));
    assert!(!pages.contains_key("site-map/index.html"), "only by convention");
    site.write("content/pages/accessibility.md", "---\ntitle: 我们自己的声明\n---\n字\n");
    let pages = built(&site);
    assert!(pages["accessibility/index.html"].contains("我们自己的声明"));
    assert!(!pages["index.html"].contains("无障碍声明"));
}

#[test]
fn the_whole_mongolian_font_is_not_asked_for_by_the_switch() {
    let pages = built(&seven());
    let css = pages.iter().find(|(path, _)| path.starts_with("assets/civic.") && path.ends_with(".css")).unwrap().1;
    let rule = between(css, ".languages :lang(mn-Mong)", "}");
    assert!(rule.contains("font-family:\"Noticeboard Mongolian Name\""), "{rule}");
    let face = between(css, "font-family:\"Noticeboard Mongolian Name\";", "}");
    let ranges = between(face, "unicode-range:", ";").split(',').map(|range| {
        let (first, last) =
            range.trim().strip_prefix("U+").unwrap().split_once('-').unwrap_or((&range.trim()[2..], ""));
        let first = u32::from_str_radix(first, 16).unwrap();
        first..=if last.is_empty() { first } else { u32::from_str_radix(last, 16).unwrap() }
    });
    let ranges: Vec<_> = ranges.collect();
    for letter in "ᠮᠣᠩᠭᠣᠯ".chars() {
        assert!(ranges.iter().any(|range| range.contains(&u32::from(letter))), "{letter}");
    }
}

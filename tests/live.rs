//! What pages need so that their script can say what is so now, and what they say where there is little to say.
//! Whether the script is right is judged in a browser: `tests/judges/live.mjs`.

use std::fmt::Write as _;
use std::fs;

use crate::support;
use crate::support::{AREAS_FILE, CENTRE_FILE, NOTICE_FILE, PROGRAMME_FILE, SITE_FILE, TestSite};
use serde_json::Value;

/// The smallest site, with the default theme.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "theme: bare\n", "");
    site
}

fn page(site: &TestSite, path: &str) -> String {
    site.built();
    fs::read_to_string(site.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The data blocks of a page whose tag has `mark`.
fn blocks(html: &str, mark: &str) -> Vec<Value> {
    let blocks = html.split("<script type=\"application/json\"").skip(1);
    let texts = blocks.filter_map(|block| block.split_once('>')).filter(|(tag, _)| tag.contains(mark));
    texts.map(|(_, text)| serde_json::from_str(text.split_once("</script>").unwrap().0).unwrap()).collect()
}

#[test]
fn the_scripts_are_small() {
    for name in ["live.js", "today.js"] {
        let script = fs::read(format!("themes/civic/assets/{name}")).unwrap();
        assert!(script.len() < 6000, "{name} has {} bytes", script.len());
    }
}

#[test]
fn a_page_has_the_days_of_its_centre_and_the_words_of_its_language() {
    let site = site();
    let html = page(&site, "centres/jiefang/index.html");
    let words = &blocks(&html, "id=\"live\"")[0];
    assert_eq!(
        (&words["zone"], &words["from"], &words["days"]),
        (&"Asia/Shanghai".into(), &"2026-11-23".into(), &61.into())
    );
    assert_eq!(words["words"]["open"], "现在开放");
    let hours = &blocks(&html, "live-hours")[0]["jiefang"];
    // A digit a day, the first of them that before the build.
    let days = hours["days"].as_str().unwrap();
    let tuesday: usize = days[1..2].parse().unwrap();
    let state = &hours["states"][tuesday];
    assert_eq!(state["open"], serde_json::json!([[510, 720], [870, 1080]]));
    assert_eq!(state["table"], 0);
    assert_eq!(days.len(), 61);
    let english = fs::read_to_string(site.output().join("en/centres/jiefang/index.html")).unwrap();
    assert_eq!(blocks(&english, "id=\"live\"")[0]["words"]["open"], "Open now");
}

#[test]
fn no_content_can_end_a_data_block() {
    let site = site();
    let evil = "</script><script>alert(1)</script><!--";
    site.edit(NOTICE_FILE, "title: 供暖检修", &format!("title: '{evil}'\nkind: closure\nurgency: urgent"));
    site.edit(NOTICE_FILE, "centres: [jiefang]", "centres: [jiefang]\ncloses: {on: 2026-11-25}");
    let html = page(&site, "centres/jiefang/index.html");
    assert!(!html.contains("<script>alert"), "{html}");
    let states = blocks(&html, "live-hours")[0]["jiefang"]["states"].as_array().unwrap().clone();
    assert!(states.iter().any(|state| state["why"] == evil), "{states:?}");
}

#[test]
fn a_page_holds_one_banner_before_its_headline_that_says_until_when() {
    let site = site();
    site.edit(NOTICE_FILE, "until: 2026-12-01", "until: 2026-12-01 18:00\nurgency: urgent");
    let second = "---\ntitle: 停水\nsummary: 停水。\nurgency: urgent\nfrom: 2026-11-24\nuntil: 2026-11-26\n---\n";
    site.write("content/notices/water.md", second);
    let html = page(&site, "centres/jiefang/index.html");
    assert_eq!(html.matches("<section class=\"banner").count(), 1);
    assert!(html.find("<section class=\"banner").unwrap() < html.find("<h1>").unwrap());
    for part in [
        "data-begins=\"2026-11-20T00:00:00+08:00\" data-ends=\"2026-12-01T18:00:00+08:00\"",
        "data-begins=\"2026-11-24T00:00:00+08:00\" data-ends=\"2026-11-27T00:00:00+08:00\"",
        "2026年12月1日 18:00",
    ] {
        assert!(html.contains(part), "{part}");
    }
    // The newest first.
    assert!(html.find("notices/water/").unwrap() < html.find("notices/heating/").unwrap());
}

#[test]
fn a_centre_of_which_little_is_known_says_so_in_words() {
    let site = site();
    let name = "很".repeat(60);
    site.write(CENTRE_FILE, format!("name: {name}\nkind: community-centre\narea: jiefang\naddress: 解放路1号\n"));
    site.remove(PROGRAMME_FILE);
    let html = page(&site, "centres/jiefang/index.html");
    assert!(html.contains(&format!("<h1>{name}</h1>")));
    for words in ["开放时间没有登记", "没有登记电话。", "没有固定的每周活动", "能办什么还没有登记"]
    {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("data-live="), "there is nothing that a script could say");
}

#[test]
fn sixty_amenities_are_all_there_and_each_kind_is_named_once() {
    let site = site();
    let mut amenities = "amenities: [seating, seating, heating, toilet".to_owned();
    for number in 0..56 {
        write!(amenities, ", {{kind: tea, note: 第{number}处}}").unwrap();
    }
    site.append(CENTRE_FILE, &format!("{amenities}]\n"));
    let html = page(&site, "centres/jiefang/index.html");
    assert!(html.contains("还有1样") && html.contains("第0处") && html.contains("第55处"));
    for (name, places) in [("茶水", 56), ("歇脚座椅", 0)] {
        assert_eq!(html.matches(&format!("<strong>{name}</strong>")).count(), 1, "{name}");
        assert_eq!(html.matches("<dd>第").count(), if places > 0 { places } else { 56 }, "{name}");
    }
}

#[test]
fn a_centre_without_a_telephone_says_whom_to_call_instead() {
    let site = site();
    let html = page(&site, "centres/jiefang/index.html");
    assert!(html.contains("没有登记电话。") && html.contains("请到现场问。"), "{html}");
    site.append(SITE_FILE, "phones: [{number: 0931-0000000}]\n");
    let html = page(&site, "centres/jiefang/index.html");
    assert!(
        html.contains("可以打：<span class=\"phone-for\">示例站</span> <a class=\"phone\" href=\"tel:0931-0000000\">")
    );
    // Who is responsible for the area is nearer than whoever publishes the site.
    site.edit(AREAS_FILE, "level: community}", "level: community, contacts: [{role: 网格员, phone: 0931-0000009}]}");
    let html = page(&site, "centres/jiefang/index.html");
    assert!(
        html.contains("可以打：<span class=\"phone-for\">网格员</span> <a class=\"phone\" href=\"tel:0931-0000009\">")
    );
    assert!(!html.contains("请到现场问。"));
}

#[test]
fn what_falls_away_with_its_centre_stands_in_the_lists_of_the_day_with_the_reason() {
    let site = site();
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-11-24, hours: closed, why: 停电}]\n");
    for path in ["this-week/index.html", "centres/jiefang/index.html"] {
        let html = page(&site, path);
        let (_, row) = html.split_once("<li class=\"off\">").unwrap_or_else(|| panic!("{path}: {html}"));
        let row = row.split_once("</li>").unwrap().0;
        for words in ["09:00–11:30", "健康讲座", "中心不开放", "停电"] {
            assert!(row.contains(words), "{path}: {words}: {row}");
        }
    }
    // It is not counted among what is on.
    assert!(!page(&site, "this-week/index.html").contains("data-minutes"));
}

#[test]
fn what_is_on_in_another_language_only_is_not_called_nothing() {
    let site = site();
    site.edit(
        PROGRAMME_FILE,
        "  - {title: {zh-Hans: 健康讲座, en: Health talk}, when: 周二 上午}",
        "  - {title: 健康讲座, when: 周二 上午}\n  - {title: {zh-Hans: 合唱, en: Choir}, when: 周三 上午}",
    );
    let html = page(&site, "en/this-week/index.html");
    assert!(html.contains("What is on this day is not written in English yet."), "{html}");
    assert!(html.contains(
        "All of it: <a href=\"../../this-week/\" hreflang=\"zh-Hans\"><span lang=\"zh-Hans\">中文</span></a>"
    ));
    assert_eq!(html.matches("Nothing is planned.").count(), 5, "{html}");
    assert!(page(&site, "en/centres/jiefang/index.html").contains("is not written in English yet"));
    assert!(!page(&site, "this-week/index.html").contains("没有写成"));
}

#[test]
fn nothing_runs_or_is_styled_from_within_a_page() {
    let site = site();
    site.built();
    for (path, bytes) in support::files(&site.output()).iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for tag in html.split("<script").skip(1).filter_map(|tag| tag.split_once('>')).map(|(tag, _)| tag) {
            assert!(tag.contains("src=") || tag.contains("json"), "{path}: <script{tag}>");
        }
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="), "{path}");
    }
}

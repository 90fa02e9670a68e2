//! What pages need so that their script can say what is so now, and what they say where there is little to say.
//! Whether the script is right is judged in a browser: `tests/judges/live.mjs`.

use std::fmt::Write as _;
use std::fs;

use crate::support;
use crate::support::{CENTRE_FILE, NOTICE_FILE, PROGRAMME_FILE, SITE_FILE, TestSite};
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
fn sixty_amenities_are_all_there_and_counted_at_the_top() {
    let site = site();
    let mut amenities = "amenities:\n".to_owned();
    for number in 0..60 {
        writeln!(amenities, "  - {{kind: tea, note: 第{number}处}}").unwrap();
    }
    site.append(CENTRE_FILE, &amenities);
    let html = page(&site, "centres/jiefang/index.html");
    assert!(html.contains("等60样") && html.contains("第59处"));
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

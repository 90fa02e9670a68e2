//! The site's own search: what stands in its index and in its page, read as a browser reads it.
//!
//! What a resident finds in a real browser is asked by `tests/judges/search.mjs`.

use std::fs;

use crate::support;
use crate::support::{CENTRE_FILE, NOTICE_FILE, PROGRAMME_FILE, SITE_FILE, TestSite};
use serde_json::Value;

fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [search]");
    site.edit(SITE_FILE, "theme: bare", "theme: civic");
    site
}

/// What a file of the index is called with: its label and its value.
fn part(site: &TestSite, name: &str) -> (String, Value) {
    let text = fs::read_to_string(site.output().join(format!("search/{name}.js"))).unwrap();
    let call = text.strip_prefix("noticeboardSearch(").unwrap().strip_suffix(");\n").unwrap();
    let arguments: Vec<Value> = serde_json::from_str(&format!("[{call}]")).unwrap();
    assert_eq!(arguments[0], name);
    (arguments[1].as_str().unwrap().to_owned(), arguments[2].clone())
}

/// The postings of a term: the thing and the step of each.
fn postings(site: &TestSite, term: &str) -> Vec<(usize, usize)> {
    let (_, overview) = part(site, "index");
    let starts = overview["starts"].as_array().unwrap();
    let shard = starts.iter().rposition(|start| start.as_str().unwrap() <= term).unwrap_or(0);
    let (_, shard) = part(site, &format!("terms/{shard}"));
    let digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
    let (mut found, mut next, mut number, mut bits) = (Vec::new(), 0, 0, 0);
    for c in shard["terms"][term].as_str().unwrap_or_default().chars() {
        let digit = digits.find(c).unwrap();
        number |= (digit & 31) << bits;
        bits += 5;
        if digit < 32 {
            found.push((next + number / 8, number % 8));
            (next, number, bits) = (next + number / 8 + 1, 0, 0);
        }
    }
    found
}

/// The titles of the things that have a term, in a language.
fn titles(site: &TestSite, term: &str, language: &str) -> Vec<String> {
    let (_, overview) = part(site, "index");
    let page = usize::try_from(overview["page"].as_u64().unwrap()).unwrap();
    let title = |(thing, _): (usize, usize)| {
        let (_, things) = part(site, &format!("docs/{language}/{}", thing / page));
        let title = &things[thing % page][0];
        title.as_str().or_else(|| title[0].as_str()).unwrap().to_owned()
    };
    postings(site, term).into_iter().map(title).collect()
}

#[test]
fn a_page_is_one_thing_in_all_its_languages() {
    let site = site();
    site.built();
    assert_eq!(titles(&site, "检修", "zh-Hans"), ["供暖检修"]);
    assert_eq!(titles(&site, "检修", "en"), ["Heating check"]);
    assert_eq!(titles(&site, "heat", "zh-Hans"), ["供暖检修"]);
    assert!(postings(&site, "没有").is_empty());
}

#[test]
fn an_activity_is_found_by_the_weekday_and_the_part_of_the_day() {
    let site = site();
    site.built();
    for term in ["周二", "二上", "上午", "星期", "tuesdai", "tuesday"] {
        let found = titles(&site, term, "zh-Hans").contains(&"健康讲座".to_owned());
        assert_eq!(found, term != "tuesdai" && term != "tuesday", "{term}");
    }
    assert!(titles(&site, "tuesda", "en").contains(&"Health talk".to_owned()));
}

#[test]
fn a_centre_is_found_by_the_days_on_which_it_is_open_and_says_what_was_looked_for() {
    let site = site();
    site.append(CENTRE_FILE, "amenities: [toilet]\n");
    site.built();
    let centre = "解放社区中心".to_owned();
    assert!(titles(&site, "五开", "zh-Hans").contains(&centre) && !titles(&site, "六开", "zh-Hans").contains(&centre));
    assert!(titles(&site, "厕所", "zh-Hans").contains(&centre));
    let (_, things) = part(&site, "docs/zh-Hans/0");
    let shown: Vec<&Value> = things.as_array().unwrap().iter().map(|thing| &thing[6]).collect();
    assert!(shown.iter().any(|names| names[0] == "卫生间|厕所|洗手间"), "{shown:?}");
}

#[test]
fn a_title_says_more_than_a_body_and_what_is_over_says_less() {
    let site = site();
    let notice = |title: &str, more: &str| {
        format!("---\ntitle: {title}\nsummary: 一句话。\nfrom: 2026-11-01\n{more}---\n只在正文里写天窗。\n")
    };
    site.write("content/notices/a.md", notice("修天窗", ""));
    site.write("content/notices/b.md", notice("修别的", ""));
    site.write("content/notices/c.md", notice("修天窗", "until: 2026-11-10\n"));
    site.built();
    let steps: Vec<usize> = postings(&site, "天窗").into_iter().map(|(_, step)| step).collect();
    assert!(steps[0] > steps[2] && steps[2] > steps[1], "{steps:?}");
}

#[test]
fn what_is_not_shown_yet_is_in_no_file_of_the_index() {
    let site = site();
    site.edit(NOTICE_FILE, "from: 2026-11-20", "from: 2026-11-30");
    site.built();
    assert!(postings(&site, "检修").is_empty());
    for file in support::files(&site.output()).keys().filter(|path| path.starts_with("search/")) {
        let text = fs::read_to_string(site.output().join(file)).unwrap();
        assert!(!text.contains("供暖检修"), "{file}");
    }
}

#[test]
fn words_of_the_same_meaning_find_each_other() {
    let site = site();
    site.append(SITE_FILE, "search: {synonyms: [[健康讲座, 听课]]}\n");
    site.built();
    assert_eq!(titles(&site, "听课", "zh-Hans"), ["健康讲座"]);
    // The theme's own, in the site's languages.
    site.edit(PROGRAMME_FILE, "健康讲座", "法律讲座");
    site.built();
    assert_eq!(titles(&site, "律师", "zh-Hans"), ["法律讲座"]);
}

#[test]
fn files_of_two_builds_do_not_mix_unnoticed() {
    let site = site();
    site.built();
    let (before, overview) = part(&site, "index");
    site.edit(NOTICE_FILE, "summary: 周三检修暖气。", "summary: 周三检修暖气管道。");
    site.built();
    let (same, after) = part(&site, "index");
    assert_eq!(before, same);
    assert_ne!(overview["version"], after["version"]);
    site.write("content/notices/another.md", "---\ntitle: 另一条\nsummary: 一句话。\nfrom: 2026-11-01\n---\n");
    site.built();
    let labels: Vec<String> =
        ["index", "terms/0", "docs/zh-Hans/0", "docs/en/0"].map(|name| part(&site, name).0).into();
    assert!(labels.iter().all(|label| *label == labels[0] && *label != before), "{labels:?}");
}

#[test]
fn content_cannot_end_the_script_that_it_stands_in() {
    let site = site();
    site.write(
        "content/notices/bad.md",
        "---\ntitle: \"</script>\\\");alert(1)//\\u2028换行\\u2029\"\nsummary: \"`${1}` \\\\ \\0\"\nfrom: 2026-11-01\n---\n",
    );
    site.built();
    assert_eq!(titles(&site, "换行", "zh-Hans"), ["</script>\");alert(1)//\u{2028}换行\u{2029}"]);
    let (_, overview) = part(&site, "index");
    let pages = overview["count"].as_u64().unwrap().div_ceil(overview["page"].as_u64().unwrap());
    for number in 0..pages {
        let text = fs::read_to_string(site.output().join(format!("search/docs/zh-Hans/{number}.js"))).unwrap();
        assert!(!text.contains(['\u{2028}', '\u{2029}']));
        assert_eq!(text.lines().count(), 1);
    }
}

#[test]
fn a_site_that_does_not_want_search_has_neither_box_nor_page() {
    let site = site();
    site.built();
    let home = || fs::read_to_string(site.output().join("index.html")).unwrap();
    assert!(home().contains("role=\"search\"") && site.output().join("search/index.html").is_file());
    assert!(!home().contains("opensearch.xml") && !site.output().join("data/index.html").exists());
    site.edit(SITE_FILE, "outputs: [search]", "outputs: none");
    site.built();
    assert!(!home().contains("role=\"search\"") && !site.output().join("search").exists());
}

#[test]
fn many_titles_have_a_page_a_letter_and_few_stand_on_one() {
    let site = site();
    site.built();
    let page = |path: &str| fs::read_to_string(site.output().join(path)).unwrap_or_default();
    assert!(page("search/index.html").contains("id=\"letter-J\"") && page("search/letters/j/index.html").is_empty());
    let more: String = (0..600).map(|n| format!("  - {{title: 课程{n}, when: 周三 上午}}\n")).collect();
    site.append(PROGRAMME_FILE, &more);
    site.built();
    assert!(!page("search/index.html").contains("课程5<"));
    let letter = page("search/letters/k/index.html");
    assert_eq!(letter.matches(">课程").count(), 300);
    assert!(letter.contains("aria-current=\"page\">K<") && letter.contains(">K 2</a>"));
    assert_eq!(page("search/letters/k-2/index.html").matches(">课程").count(), 300);
    assert!(page("search/letters/k-3/index.html").is_empty());
}

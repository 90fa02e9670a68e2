//! Feeds, sitemaps and manifests as readers, search engines and browsers take them.
//!
//! What feed readers and schemas say is asked of programs that we did not write, where `TEST_TOOLS` says that
//! `tests/tools` has installed them, as `tests/run` does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{
    AREAS_FILE, CENTRE_FILE, NOTICE_EN_FILE, NOTICE_FILE, PROGRAMME_FILE, SITE_FILE, TestSite, files,
};
use serde_json::Value;

/// The smallest site, with a notice that is over, one to come, a policy, changes of both kinds, and a second place.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "theme: bare", "theme: civic");
    site.edit(SITE_FILE, "outputs: none", "outputs: [feeds, discovery]");
    site.edit(SITE_FILE, "https://example.org/", "https://www.Example.org:8443/city/");
    site.append(AREAS_FILE, "  - {id: beijie, name: 北街社区, level: community}\n");
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-12-05..2026-12-06, hours: \"09:00-11:00\", why: 集市}]\n");
    site.write(
        "content/centres/beijie.yaml",
        "name: 北街中心\nkind: community-centre\narea: beijie\naddress: 北街1号\nhours: {weekly: {mon: \"09:00-12:00\"}}\n",
    );
    site.edit(
        PROGRAMME_FILE,
        ", when: 周二 上午}",
        ", when: 周二 上午, audience: [older-people], exceptions: [\
        {on: 2026-12-01, cancelled: 老师外出}, {on: 2026-12-08, moved_to: 2026-12-04 09:00-11:30}, \
        {on: 2027-01-05, cancelled: 以后再说}], extra: [{on: 2026-12-05 09:00-10:00, why: 补课}]}",
    );
    let notice = |more: &str| format!("---\nsummary: 一句话。\n{more}---\n");
    site.write(
        "content/notices/past.md",
        notice("title: 旧通知\nfrom: 2026-10-01\nuntil: 2026-10-20\nareas: [beijie]\n"),
    );
    site.write("content/notices/later.md", notice("title: 以后的通知\nfrom: 2026-11-26\n"));
    site.write("content/notices/storm.md", notice("title: 大风\nurgency: urgent\nfrom: 2026-11-23 18:00\n"));
    site.write(
        "content/policies/allowance.md",
        "---\ntitle: 高龄补贴\nsummary: 每月一百元。\ndepartments: [community]\naudience: [older-people]\n\
         from: 2026-01-01\nreviewed: 2026-11-02\nconditions: [满八十岁]\n---\n[去哪里](/centres/jiefang/)，[往下看](#怎么办)。\n\n## 怎么办\n",
    );
    site.write(
        "content/policies/undated.md",
        "---\ntitle: 没有日期\nsummary: 不知道从哪天起。\ndepartments: [community]\naudience: [older-people]\n---\n",
    );
    site
}

fn feed(site: &TestSite, path: &str) -> Value {
    serde_json::from_slice(&fs::read(site.output().join(path)).unwrap()).unwrap()
}

/// The ids of a feed without what they all begin with, and the days of their last change.
fn entries(site: &TestSite, path: &str) -> Vec<(String, String)> {
    let feed = feed(site, path);
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    let items = feed["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            let id = text(item, "id");
            (id.strip_prefix("tag:www.example.org,2026:city/").unwrap().to_owned(), text(item, "date_modified"))
        })
        .collect()
}

fn ids(site: &TestSite, path: &str) -> Vec<String> {
    entries(site, path).into_iter().map(|(id, _)| id).collect()
}

/// The feeds of a site, by their paths.
fn feeds(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(&site.output());
    files.retain(|path, _| path.starts_with("feeds/") || path.contains("/feeds/"));
    assert!(files.len() > 10, "{:?}", files.keys());
    files
}

fn differing(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths = before.keys().chain(after.keys()).collect::<BTreeSet<_>>();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

#[test]
fn entries_are_dated_by_what_editors_wrote_and_never_by_the_build() {
    let site = site();
    site.built();
    let told: Vec<_> = entries(&site, "feeds/all.json");
    let expected = [
        ("notices/storm/", "2026-11-23T18:00:00+08:00"),
        // Both of them, and the extra session, are told fourteen days before the first day that they concern.
        ("centres/jiefang/2026-12-05", "2026-11-21T00:00:00+08:00"),
        ("programmes/winter/2026-12-05", "2026-11-21T00:00:00+08:00"),
        // Moved to an earlier day.
        ("programmes/winter/2026-12-08", "2026-11-20T00:00:00+08:00"),
        ("notices/heating/", "2026-11-20T00:00:00+08:00"),
        ("programmes/winter/2026-12-01", "2026-11-17T00:00:00+08:00"),
        ("policies/allowance/", "2026-11-02T00:00:00+08:00"),
        // Over.
        ("notices/past/", "2026-10-21T00:00:00+08:00"),
    ];
    let mut expected: Vec<_> = expected.map(|(id, day)| (id.to_owned(), day.to_owned())).into();
    expected.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    assert_eq!(told, expected);
    let titles: Vec<_> = feed(&site, "feeds/all.json")["items"].as_array().unwrap().clone();
    let title =
        |id: &str| titles.iter().find(|item| item["id"].as_str().unwrap().ends_with(id)).unwrap()["title"].clone();
    assert_eq!(title("programmes/winter/2026-12-01"), "解放社区中心：健康讲座（2026年12月1日）本次取消");
    assert_eq!(title("centres/jiefang/2026-12-05"), "解放社区中心：2026年12月5日至12月6日开放时间为09:00–11:00");
}

#[test]
fn a_feed_has_what_is_for_its_area_audience_or_centre_and_what_is_urgent_for_all() {
    let site = site();
    site.built();
    assert_eq!(ids(&site, "feeds/areas/beijie.json"), ["notices/storm/", "notices/past/"]);
    assert_eq!(ids(&site, "feeds/centres/beijie.json"), ["notices/storm/"]);
    let older = [
        "notices/storm/",
        "programmes/winter/2026-12-05",
        "programmes/winter/2026-12-08",
        "programmes/winter/2026-12-01",
        "policies/allowance/",
    ];
    assert_eq!(ids(&site, "feeds/audiences/older-people.json"), older);
    let here = ids(&site, "feeds/centres/jiefang.json");
    assert!(here.contains(&"notices/heating/".to_owned()) && !here.contains(&"policies/allowance/".to_owned()));
    // In English there is what has an English page, and the first language's words say which they are.
    assert_eq!(
        ids(&site, "en/feeds/all.json"),
        [
            "en/centres/jiefang/2026-12-05",
            "en/programmes/winter/2026-12-05",
            "en/notices/heating/",
            "en/programmes/winter/2026-12-08",
            "en/programmes/winter/2026-12-01"
        ]
    );
    assert!(!site.output().join("en/feeds/centres/beijie.json").exists());
}

#[test]
fn a_correction_changes_no_id_and_no_date() {
    let site = site();
    site.built();
    let before = entries(&site, "feeds/all.json");
    site.edit(NOTICE_FILE, "供暖检修\nsummary", "暖气检修\nsummary").edit(PROGRAMME_FILE, "健康讲座", "健康课");
    site.edit(PROGRAMME_FILE, "老师外出", "老师有事").edit(CENTRE_FILE, "09:00-11:00", "09:00-11:30");
    site.append(PROGRAMME_FILE, "  - {title: 先加一项, when: 周一 上午}\n");
    site.built();
    assert_eq!(entries(&site, "feeds/all.json"), before);
}

#[test]
fn the_next_day_changes_no_feed_unless_something_begins_or_ends() {
    let site = site();
    let on = |day: &str| {
        site.build().today(day).expect_code(0);
        feeds(&site)
    };
    assert_eq!(differing(&on("2026-11-24"), &on("2026-11-25")), Vec::<String>::new());
    // On the 26th a notice for everyone begins; it is neither urgent nor anybody's own.
    assert_eq!(differing(&on("2026-11-25"), &on("2026-11-26")), ["feeds/all.json", "feeds/all.xml"]);
    // On 2 December a notice of one centre is over, in both languages.
    let over = differing(&on("2026-12-01"), &on("2026-12-02"));
    let own = ["feeds/all", "feeds/areas/jiefang", "feeds/centres/jiefang"];
    let both = own.iter().flat_map(|feed| [(*feed).to_owned(), format!("en/{feed}")]);
    let expected: BTreeSet<_> = both.flat_map(|feed| [format!("{feed}.json"), format!("{feed}.xml")]).collect();
    assert_eq!(over.into_iter().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_feed_has_fifty_entries_at_most_and_those_are_the_newest() {
    let site = site();
    for number in 0..60 {
        let (month, day) = (number / 28 + 1, number % 28 + 1);
        let notice = format!("---\ntitle: 第{number}条\nsummary: 一句话。\nfrom: 2026-{month:02}-{day:02}\n---\n");
        site.write(&format!("content/notices/many-{number:02}.md"), notice);
    }
    site.built();
    let told = ids(&site, "feeds/all.json");
    assert_eq!((told.len(), told[49].as_str()), (50, "notices/many-18/"));
}

#[test]
fn links_in_entries_are_whole_and_lead_to_files() {
    let site = site();
    site.built();
    let base = "https://www.Example.org:8443/city/";
    let content = feed(&site, "feeds/audiences/older-people.json")["items"][4]["content_html"].clone();
    let content = content.as_str().unwrap();
    for link in ["centres/jiefang/\"", "policies/allowance/#%E6%80%8E%E4%B9%88%E5%8A%9E\""] {
        assert!(content.contains(&format!("href=\"{base}{link}")), "{content}");
    }
    let mut addresses = 0;
    for (path, bytes) in feeds(&site).iter().filter(|(path, _)| path.ends_with(".json")) {
        let feed: Value = serde_json::from_slice(bytes).unwrap();
        assert_eq!(feed["feed_url"], format!("{base}{path}"));
        let items = feed["items"].as_array().unwrap().iter().map(|item| &item["url"]);
        for url in items.chain([&feed["home_page_url"]]) {
            let path = url.as_str().unwrap().strip_prefix(base).unwrap();
            assert!(site.output().join(path).join("index.html").is_file(), "{path}");
            addresses += 1;
        }
    }
    assert!(addresses > 30);
}

#[test]
fn a_site_that_wants_none_has_none_and_links_to_none() {
    let site = site();
    let pages = |site: &TestSite| {
        site.built();
        let pages = files(&site.output()).into_iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(_, page)| String::from_utf8(page).unwrap()).collect::<String>()
    };
    let all = pages(&site);
    for kind in ["application/atom+xml", "application/feed+json", "rel=\"manifest\""] {
        assert!(all.contains(kind), "{kind}");
    }
    site.edit(SITE_FILE, "outputs: [feeds, discovery]", "outputs: none");
    let none = pages(&site);
    for kind in ["application/atom+xml", "application/feed+json", "rel=\"manifest\""] {
        assert!(!none.contains(kind), "{kind}");
    }
    let made: Vec<_> = files(&site.output()).into_keys().filter(|path| !path.ends_with(".html")).collect();
    assert!(
        !made.iter().any(|path| path.contains("feeds/") || path.ends_with(".xml") || path.ends_with(".txt")),
        "{made:?}"
    );
}

#[test]
fn the_sitemap_has_every_page_but_parts_of_lists_and_a_date_only_where_the_record_says_one() {
    let site = site();
    site.built();
    let sitemap = fs::read_to_string(site.output().join("sitemap.xml")).unwrap();
    let told: BTreeSet<&str> =
        sitemap.split("<loc>").skip(1).map(|rest| rest.split_once("</loc>").unwrap().0).collect();
    // A part of the week and a year of what is over hold nothing that no other page has: they ask to be left out.
    let pages = files(&site.output()).into_iter().filter(|(path, _)| path.ends_with("index.html"));
    let (parts, pages): (Vec<_>, Vec<_>) =
        pages.partition(|(_, html)| String::from_utf8_lossy(html).contains("<meta name=\"robots\" content=\"noindex"));
    assert_eq!(parts.len(), 21);
    assert!(
        parts.iter().all(|(path, _)| ["this-week/", "/archive/", "display/"].iter().any(|part| path.contains(part)))
    );
    let pages = pages.into_iter().map(|(path, _)| path);
    let pages: BTreeSet<String> = pages
        .map(|path| format!("https://www.Example.org:8443/city/{}", path.strip_suffix("index.html").unwrap()))
        .collect();
    assert_eq!(told, pages.iter().map(String::as_str).collect());
    let dated: Vec<&str> = sitemap.split("<url>").filter(|url| url.contains("<lastmod>")).collect();
    let dates: Vec<(&str, &str)> = dated
        .iter()
        .map(|url| {
            let between = |start, end| url.split_once(start).unwrap().1.split_once(end).unwrap().0;
            (between("/city/", "</loc>"), between("<lastmod>", "</lastmod>"))
        })
        .collect();
    let expected = [
        ("policies/allowance/", "2026-11-02"),
        ("notices/heating/", "2026-11-20"),
        ("notices/past/", "2026-10-21"),
        ("notices/storm/", "2026-11-23"),
        ("en/notices/heating/", "2026-11-20"),
    ];
    assert_eq!(dates, expected);
}

/// Titles that some format somewhere takes for something else.
const HOSTILE: [&str; 10] = [
    "逗号, 分号; 反斜线\\",
    "两行\n的标题",
    "引号 \" ' “ ”",
    "=cmd|' /C calc'!A0",
    "<b>粗</b> & &amp; &#60;",
    "</script><script>alert(1)</script>",
    "]]> <![CDATA[",
    "表情 👩‍👩‍👧 🎉",
    "从右\u{202e}到左\u{202c}",
    "制表\t符",
];

#[test]
fn hostile_titles_are_read_back_as_they_were_written() {
    let site = site();
    for (number, title) in HOSTILE.iter().enumerate() {
        let title = serde_json::to_string(title).unwrap();
        let notice = format!("---\ntitle: {title}\nsummary: {title}\nissuer: {title}\nfrom: 2026-11-24\n---\n");
        site.write(&format!("content/notices/hostile-{number}.md"), notice);
    }
    // XML has no way to write this one; the file stays readable.
    site.write("content/notices/unwritable.md", "---\ntitle: \"a\\x07b\"\nsummary: 一句话。\nfrom: 2026-10-10\n---\n");
    site.edit(SITE_FILE, "publisher: 示例编辑组", "publisher: \"<编辑组> & \\\"co\\\"\"");
    site.built();
    let json = feed(&site, "feeds/all.json");
    assert_eq!(json["authors"][0]["name"], "<编辑组> & \"co\"");
    let of = |feed: &Value, items: &str, number: usize| {
        let items = feed[items].as_array().unwrap().iter();
        let id = format!("/hostile-{number}/");
        items.clone().find(|item| item["id"].as_str().unwrap().ends_with(&id)).unwrap().clone()
    };
    for (number, title) in HOSTILE.iter().enumerate() {
        let item = of(&json, "items", number);
        assert_eq!(
            (&item["title"], &item["summary"], &item["authors"][0]["name"]),
            (&(*title).into(), &(*title).into(), &(*title).into())
        );
    }
    let Some(python) = python() else { return };
    let mut judge = Command::new(python);
    judge.arg(judge_file("feeds.py")).arg("--read").arg(site.output().join("feeds/all.xml"));
    let read: Value = serde_json::from_slice(&judge.output().unwrap().stdout).unwrap();
    assert_eq!(read["bozo"], false);
    for (number, title) in HOSTILE.iter().enumerate() {
        let entry = of(&read, "entries", number);
        assert_eq!(
            (&entry["title"], &entry["summary"], &entry["author"]),
            (&(*title).into(), &(*title).into(), &(*title).into())
        );
    }
    let unwritable =
        read["entries"].as_array().unwrap().iter().find(|e| e["id"].as_str().unwrap().contains("unwritable"));
    assert_eq!(unwritable.unwrap()["title"], "a\u{fffd}b");
}

/// Python with the packages of the judges, where it is known.
fn python() -> Option<PathBuf> {
    let tools = std::env::var_os("TEST_TOOLS");
    if tools.is_none() {
        eprintln!("skipped: TEST_TOOLS does not say where the Python packages are");
    }
    Some(Path::new(&tools?).join("py/bin/python"))
}

fn judge_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges").join(name)
}

/// What a judge says of a folder.
fn judged(judge: &str, folder: &Path) -> String {
    let output = Command::new(python().unwrap()).arg(judge_file(judge)).arg(folder).output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_judges_accept_the_feeds_and_sitemaps_and_find_each_fault_in_them() {
    if python().is_none() {
        return;
    }
    let site = site();
    site.edit(NOTICE_EN_FILE, "The heating is checked", "<The> heating is checked");
    site.built();
    let spoil = [
        ("feeds.py", "feeds/all.xml", "</feed>", "", "feedparser: "),
        ("feeds.py", "feeds/all.xml", "<title>大风</title>", "", "not one title"),
        ("feeds.py", "feeds/all.xml", "tag:www.example.org,2026:city/notices/storm/", "storm", "no tag URI"),
        ("feeds.py", "feeds/all.xml", "city/notices/past/</id>", "city/notices/storm/</id>", "an id stands twice"),
        ("feeds.py", "feeds/all.xml", "<updated>2026-10-21T", "<updated>2027-10-21T", "a date to come"),
        ("feeds.py", "feeds/all.xml", "<updated>2026-10-21T", "<updated>2026-11-22T", "not the newest first"),
        (
            "feeds.py",
            "feeds/all.json",
            "\"version\":\"https://jsonfeed.org/version/1.1\"",
            "\"version\":1",
            "version: ",
        ),
        ("feeds.py", "feeds/all.json", "\"title\":\"大风\"", "\"title\":\"大雪\"", "title: '大风' / '大雪'"),
        ("feeds.py", "feeds/all.json", "2026-11-23T18:00:00+08:00", "2026-11-23 18:00", "date_published"),
        ("feeds.py", "feeds/all.json", "city/notices/storm/\",\"title", "city/notices/calm/\",\"title", "no file for "),
        ("feeds.py", "index.html", "title=\"示例站\" href=\"./feeds/all.xml\"", "href=\"./feeds/all.xml\"", "not None"),
        (
            "discovery.py",
            "sitemap.xml",
            "<loc>https://www.Example.org:8443/city/notices/past/</loc>",
            "",
            "by its schema",
        ),
        ("discovery.py", "sitemap.xml", "city/notices/past/</loc>", "city/notices/gone/</loc>", "notices/past/"),
        ("discovery.py", "sitemap.xml", "<lastmod>2026-10-21<", "<lastmod>2027-10-21<", "changed on 2027"),
        ("discovery.py", "robots.txt", "Disallow:", "Disallow: /", "robots.txt"),
        ("discovery.py", "manifest.webmanifest", "\"#0b4f6c\"", "\"#0b4f6d\"", "no colour of the style sheet"),
        ("discovery.py", "manifest.webmanifest", "\"start_url\":\"./\"", "\"start_url\":\"./en/\"", "starts at"),
    ];
    for judge in ["feeds.py", "discovery.py"] {
        let said = judged(judge, &site.output());
        assert!(said.contains("failed=0") && !said.contains("passed=0"), "{said}");
    }
    for (judge, file, from, to, expected) in spoil {
        let path = site.output().join(file);
        let good = fs::read_to_string(&path).unwrap();
        let bad = good.replacen(from, to, 1);
        assert_ne!(good, bad, "{from}");
        fs::write(&path, bad).unwrap();
        let said = judged(judge, &site.output());
        assert!(said.contains(expected) && (!said.contains("failed=0")), "{file}: {from}\n{said}");
        fs::write(&path, good).unwrap();
    }
}

//! Short addresses on paper: a code is allotted once, leads somewhere for years, and two branches cannot quietly give it
//! to two pages.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::support::*;

const FILE: &str = "content/addresses.yaml";
const MORE: &str = "content/notices/more.md";
const MORE_TEXT: &str = "---\ntitle: 又一则\nsummary: 一句话。\nfrom: 2026-11-20\n---\n";

/// A site that has recorded what it says.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [redirects, discovery]");
    record(&site);
    site
}

fn record(site: &TestSite) -> String {
    site.call("record").expect_code(0).stdout
}

fn text(site: &TestSite) -> String {
    fs::read_to_string(site.path(FILE)).unwrap()
}

/// The code of each page.
fn codes(site: &TestSite) -> BTreeMap<String, String> {
    let of = |line: &str| {
        let (code, rest) = line.trim().strip_prefix("- {code: ")?.split_once(", for: ")?;
        Some((rest.split([',', '}']).next()?.to_owned(), code.to_owned()))
    };
    text(site).lines().filter_map(of).collect()
}

fn published(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What `check` says of a code, in a language: place, message and help.
fn said(site: &TestSite, code: &str, language: &str) -> Vec<(String, String, Vec<String>)> {
    let found = site.findings(language).into_iter().filter(|found| found.code == code);
    found.map(|found| (found.place, found.message, found.help)).collect()
}

/// The line of the file on which a page's code stands.
fn line_of(site: &TestSite, page: &str) -> usize {
    text(site).lines().position(|line| line.contains(&format!("for: {page}"))).unwrap() + 1
}

#[test]
fn every_page_that_paper_points_at_gets_a_code_once() {
    let site = TestSite::minimal();
    assert!(record(&site).contains("content/addresses.yaml is written: 9 new short addresses"));
    let first = text(&site);
    let codes = codes(&site);
    let pages = [
        "areas/",
        "areas/jiefang/",
        "centres/",
        "centres/jiefang/",
        "notices/",
        "notices/heating/",
        "programmes/",
        "programmes/winter/",
        "this-week/",
    ];
    assert_eq!(codes.keys().map(String::as_str).collect::<Vec<_>>(), pages);
    for code in codes.values() {
        assert!(noticeboard::content::ShortCode::read(code).is_ok(), "{code}");
    }
    let lines: Vec<&str> = first.lines().skip(3).collect();
    assert!(lines.is_sorted(), "{first}");
    // Once, and also when the file is lost: from the page's address alone.
    assert!(!record(&site).contains(FILE));
    assert_eq!(text(&site), first);
    site.remove(FILE).remove("ledger.txt");
    record(&site);
    assert_eq!(text(&site), first);
    // In Chinese.
    site.write(MORE, MORE_TEXT);
    let said = site.call("record").lang("zh-Hans").expect_code(0).stdout;
    assert!(said.contains("已写入 content/addresses.yaml：新短网址 1 个"), "{said}");
}

#[test]
fn a_code_leads_to_its_page_without_a_script_and_servers_get_a_rule() {
    let site = site();
    site.built();
    let code = &codes(&site)["centres/jiefang/"];
    let page = published(&site, &format!("p/{code}/index.html"));
    for part in [
        "<html lang=\"zh-Hans\">",
        "<meta name=\"robots\" content=\"noindex\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=../../centres/jiefang/\">",
        "<link rel=\"canonical\" href=\"https://example.org/centres/jiefang/\">",
        "<a href=\"../../centres/jiefang/\">解放社区中心</a>",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    for (file, rule) in [
        ("redirects/nginx.conf", format!("location = \"/p/{code}\" {{ return 302 \"/centres/jiefang/\"; }}\n")),
        ("redirects/Caddyfile", format!("redir \"/p/{code}/\" \"/centres/jiefang/\" temporary\n")),
        ("_redirects", format!("/p/{code}/ /centres/jiefang/ 302!\n")),
    ] {
        assert!(published(&site, file).contains(&rule), "{rule}");
    }
    // Every list has its name, and search engines are told of the pages themselves.
    let list = &codes(&site)["notices/"];
    assert!(published(&site, &format!("p/{list}/index.html")).contains("url=../../notices/"));
    assert!(!published(&site, "sitemap.xml").contains("/p/"));
    // It is an address that may not disappear.
    assert!(fs::read_to_string(site.path("ledger.txt")).unwrap().contains(&format!("\n/p/{code}/\n")));
    assert!(published(&site, "addresses.txt").contains(&format!("\n/p/{code}/\n")));
}

#[test]
fn the_printed_page_bears_its_short_address_in_the_first_language() {
    let site = site();
    site.edit(SITE_FILE, "theme: bare", "theme: civic");
    record(&site);
    site.built();
    let code = &codes(&site)["centres/jiefang/"];
    let foot = |path: &str| {
        let page = published(&site, path);
        page.split_once("class=\"print-address\">").unwrap().1.split_once("</p>").unwrap().0.to_owned()
    };
    assert!(foot("centres/jiefang/index.html").contains(&format!("https://example.org/p/{code}/")));
    assert!(foot("en/centres/jiefang/index.html").contains("https://example.org/en/centres/jiefang/"));
}

#[test]
fn a_site_without_a_code_for_a_page_is_told_to_record() {
    let site = site();
    site.write(MORE, MORE_TEXT);
    let place = format!("{FILE}:1:1");
    for (language, message, help) in [
        (
            "en",
            "1 pages have no short address yet: notices/more/",
            "run noticeboard record before you print, and commit content/addresses.yaml with the content",
        ),
        (
            "zh-Hans",
            "有 1 个页面还没有短网址：notices/more/",
            "印制之前运行 noticeboard record，并把 content/addresses.yaml 一起提交",
        ),
    ] {
        assert_eq!(
            said(&site, "NB0443", language),
            [(place.clone(), message.to_owned(), vec![help.to_owned()])],
            "{language}"
        );
    }
    site.check().expect_code(0);
    record(&site);
    assert_eq!(said(&site, "NB0443", "en"), []);
    // A site that keeps no ledger does not print codes.
    let other = TestSite::minimal();
    assert_eq!(said(&other, "NB0443", "en"), []);
}

#[test]
fn a_page_that_is_gone_needs_another_or_a_farewell() {
    let site = site();
    site.edit(SITE_FILE, "theme: bare", "theme: civic").write(MORE, MORE_TEXT);
    record(&site);
    let code = codes(&site)["notices/more/"].clone();
    site.remove(MORE);
    let place = format!("{FILE}:{}:", line_of(&site, "notices/more/"));
    for (language, message, help) in [
        (
            "en",
            format!("the page notices/more/ of the short address /p/{code}/ is gone"),
            [
                "if another page takes its place, add to: ADDRESS to this line, or write aliases: [notices/more/] into the record that does",
                "if none does, add farewell: This activity is over.",
            ],
        ),
        (
            "zh-Hans",
            format!("短网址 /p/{code}/ 通向的页面 notices/more/ 已经没有了"),
            [
                "有别的页面接替它，就在这一行加 to: 页面网址，或者在接替它的那份内容里写 aliases: [notices/more/]",
                "没有接替的，就加一句告别：farewell: 这项活动已经结束。",
            ],
        ),
    ] {
        let found = said(&site, "NB0446", language);
        assert_eq!(found.len(), 1);
        assert!(found[0].0.starts_with(&place), "{}", found[0].0);
        assert_eq!(found[0].1, message);
        assert_eq!(found[0].2[found[0].2.len() - 2..], help);
    }
    site.build().expect_code(1);
    site.call("record").expect_code(1);
    let line = "for: notices/more/}";

    // Another page.
    site.edit(FILE, line, "for: notices/more/, to: notices/heating/}");
    let gone = ["--gone", "/notices/more/"];
    site.call("record").args(&gone).expect_code(0);
    site.check().expect_code(0);
    site.built();
    let path = format!("p/{code}/index.html");
    assert!(published(&site, &path).contains("url=../../notices/heating/"));
    // One that is not there either.
    site.edit(FILE, "to: notices/heating/", "to: notices/heeting/");
    for (language, message, help) in [
        (
            "en",
            format!("the short address /p/{code}/ is to lead to notices/heeting/, and there is no such page"),
            "did you mean notices/heating/?",
        ),
        (
            "zh-Hans",
            format!("短网址 /p/{code}/ 要改为通向 notices/heeting/，可是没有这个页面"),
            "是不是 notices/heating/？",
        ),
    ] {
        let found = said(&site, "NB0447", language);
        assert_eq!((found.len(), &found[0].1, &found[0].2), (1, &message, &vec![help.to_owned()]));
    }

    // Words of farewell, in each language that has them.
    site.edit(FILE, "to: notices/heeting/", "farewell: {zh-Hans: 检修已经结束。, en: The check is over.}");
    site.check().expect_code(0);
    site.built();
    let page = published(&site, &path);
    for part in [
        "<meta name=\"robots\" content=\"noindex, follow\">",
        "<h1>这张纸上的内容已经过期</h1>",
        "<p class=\"lead\">检修已经结束。</p>",
        "<h2><span lang=\"en\">What is on this sheet is out of date</span></h2>",
        "<p class=\"lead\"><span lang=\"en\">The check is over.</span></p>",
        "<a href=\"../../en/\" hreflang=\"en\"><span lang=\"en\">",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    assert!(!published(&site, "sitemap.xml").contains("/p/"));
    assert!(!published(&site, "_redirects").contains(&code));

    // Both is one too many, and a farewell beside a page is not seen.
    site.edit(FILE, "farewell: {zh", "to: notices/heating/, farewell: {zh");
    let both = said(&site, "NB0448", "en");
    assert_eq!((both.len(), both[0].1.clone()), (1, format!("the short address /p/{code}/ has both to and farewell")));
    assert_eq!(said(&site, "NB0448", "zh-Hans")[0].1, format!("短网址 /p/{code}/ 既写了 to 又写了 farewell"));
    site.edit(FILE, "to: notices/heating/, farewell: {zh", "farewell: {zh").write(MORE, MORE_TEXT);
    let seen = said(&site, "NB0449", "en");
    let message = format!("the page notices/more/ is still there, so the farewell of /p/{code}/ is not shown");
    assert_eq!((seen.len(), &seen[0].1), (1, &message));
    let message = format!("页面 notices/more/ 还在，/p/{code}/ 的告别语不会显示");
    assert_eq!(said(&site, "NB0449", "zh-Hans")[0].1, message);
}

#[test]
fn a_record_that_says_where_it_stood_takes_its_code_along() {
    let site = site();
    let code = codes(&site)["notices/heating/"].clone();
    let moved = fs::read_to_string(site.path(NOTICE_FILE)).unwrap();
    site.remove(NOTICE_FILE).remove(NOTICE_EN_FILE);
    let moved = moved.replace("title:", "aliases: [notices/heating/, en/notices/heating/]\ntitle:");
    site.write("content/notices/warm.md", moved);
    site.check().expect_code(0);
    record(&site);
    site.built();
    assert!(published(&site, &format!("p/{code}/index.html")).contains("url=../../notices/warm/"));
    // Its new address has a code of its own, and both lead there.
    let own = &codes(&site)["notices/warm/"];
    assert_ne!(own, &code);
    assert!(published(&site, &format!("p/{own}/index.html")).contains("url=../../notices/warm/"));
}

#[test]
fn a_line_that_somebody_deleted_is_missed_and_its_code_given_to_nobody() {
    let site = site();
    let code = codes(&site)["notices/heating/"].clone();
    let line = format!("  - {{code: {code}, for: notices/heating/}}\n");
    site.edit(FILE, &line, "");
    let missed = format!("the published short address /p/{code}/ would no longer exist");
    let found = said(&site, "NB0450", "en");
    assert_eq!((found.len(), &found[0].1), (1, &missed));
    assert!(found[0].0.starts_with("ledger.txt:"));
    assert!(found[0].2[0].contains(&format!("no code {code} any more: take its line back from git")));
    let found = said(&site, "NB0450", "zh-Hans");
    assert_eq!(found[0].1, format!("已公布的短网址 /p/{code}/ 将不复存在"));
    assert!(found[0].2[0].contains(&format!("没有代码 {code} 了：请从 git 取回那一行")));
    // Given up in so many words, it is still not allotted again.
    let address = format!("/p/{code}/");
    site.call("record").args(&["--gone", &address]).expect_code(0);
    let other = &codes(&site)["notices/heating/"];
    assert_ne!(other, &code);
    site.check().expect_code(0);
}

#[test]
fn a_notice_has_its_code_before_it_begins_and_its_short_address_from_then_on() {
    let site = site();
    site.write(MORE, MORE_TEXT.replace("2026-11-20", "2026-12-01"));
    record(&site);
    let path = site.output().join(format!("p/{}/index.html", codes(&site)["notices/more/"]));
    site.built();
    assert!(!path.exists());
    site.build().today("2026-12-01").expect_code(0);
    assert!(path.is_file());
}

fn git(site: &TestSite, arguments: &[&str]) -> bool {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]);
    git.args(arguments).current_dir(site.root()).output().unwrap().status.success()
}

#[test]
fn branches_that_add_pages_merge_and_agree_on_the_same_page() {
    let site = site();
    site.write(".gitattributes", format!("{FILE} merge=union\nledger.txt merge=union\n"));
    site.write(".gitignore", "public/\n");
    assert!(git(&site, &["init", "-q"]) && git(&site, &["add", "."]) && git(&site, &["commit", "-qm", "a"]));
    let branch = |name: &str, other: &str| {
        assert!(git(&site, &["checkout", "-qb", name, "main"]));
        site.write(MORE, MORE_TEXT).write(&format!("content/notices/{other}.md"), MORE_TEXT);
        record(&site);
        assert!(git(&site, &["add", "."]) && git(&site, &["commit", "-qm", name]));
        codes(&site)
    };
    let (ours, theirs) = (branch("ours", "left"), branch("theirs", "right"));
    assert_eq!(ours["notices/more/"], theirs["notices/more/"]);
    assert!(git(&site, &["merge", "-q", "-m", "m", "ours"]));
    site.check().expect_code(0);
    record(&site);
    let merged = codes(&site);
    assert_eq!(merged["notices/left/"], ours["notices/left/"]);
    assert_eq!(merged["notices/right/"], theirs["notices/right/"]);
    assert_eq!(merged.len(), 12);
    assert_eq!(text(&site).matches("notices/more/").count(), 1);
}

#[test]
fn a_code_that_two_branches_gave_to_two_pages_is_found_after_a_silent_merge() {
    let site = site();
    site.write(MORE, MORE_TEXT);
    let code = codes(&site)["notices/heating/"].clone();
    let line = format!("  - {{code: {code}, for: notices/heating/}}\n");
    let other = format!("  - {{code: {code}, for: notices/more/}}\n");
    // The same line twice, as git leaves it, does no harm.
    site.edit(FILE, &line, &line.repeat(2));
    site.check().expect_code(0);
    site.edit(FILE, &line.repeat(2), &format!("{line}{other}"));
    let place = format!("{FILE}:{}:12", line_of(&site, "notices/more/"));
    for (language, message, help) in [
        (
            "en",
            format!(
                "the code {code} is on two lines that do not say the same, for notices/heating/ and for notices/more/"
            ),
            "keep the line that is on paper already, delete the other, and run noticeboard record",
        ),
        (
            "zh-Hans",
            format!("代码 {code} 写了两行，说法不一：notices/heating/ 和 notices/more/"),
            "纸上已经印出哪一个，就留下那一行，删掉另一行，再运行 noticeboard record",
        ),
    ] {
        assert_eq!(said(&site, "NB0445", language), [(place.clone(), message, vec![help.to_owned()])]);
    }
    site.build().expect_code(1);
    // As it says.
    site.edit(FILE, &other, "");
    record(&site);
    assert_ne!(codes(&site)["notices/more/"], code);
    assert_eq!(codes(&site)["notices/heating/"], code);
    site.check().expect_code(0);
}

#[test]
fn mistakes_of_typing_in_the_file_are_said_at_their_place() {
    let site = TestSite::minimal();
    for (entry, code, column, chinese, english) in [
        (
            "{code: k7m1p, for: notices/heating/}",
            "NB0444",
            12,
            "“k7m1p”不是短网址的代码",
            "`k7m1p` is not the code of a short address",
        ),
        ("{code: 23567, for: notices/heating/}", "NB0444", 12, "", ""),
        ("{code: k7m3p, fro: notices/heating/}", "NB0206", 19, "", ""),
        ("{code: k7m3p}", "NB0207", 6, "", ""),
        ("{code: k7m3p, for: \"notices/heating?\"}", "NB0340", 24, "", ""),
        ("{code: k7m3p, for: notices/heating/, farewell: \" \"}", "NB0319", 52, "", ""),
        ("{code: k7m3p, for: notices/x/, farewell: {de: Ende.}}", "NB0404", 47, "", ""),
    ] {
        site.write(FILE, format!("codes:\n  - {entry}\n"));
        for (language, message) in [("zh-Hans", chinese), ("en", english)] {
            let found = site.findings(language).into_iter().find(|found| found.code == code);
            let found = found.unwrap_or_else(|| panic!("{entry}: {:?}", site.findings(language)));
            assert_eq!(found.place, format!("{FILE}:2:{column}"), "{entry}");
            assert!(message.is_empty() || found.message == message, "{}", found.message);
        }
        site.call("record").expect_code(1);
    }
}

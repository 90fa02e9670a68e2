//! The ledger: what changed is told once, what did not is not, and no published address disappears.

use std::fs;

use crate::support::*;
use serde_json::Value;

const CALENDAR: &str = "calendars/activities/winter/desk.ics";
const PROGRAMME_TEXT: &str = "\
title: {zh-Hans: 冬季计划, en: Winter programme}
centre: jiefang
valid: 2024-11-01..2027-12-31
slots: {上午: \"09:00-11:30\"}
activities:
  - {id: desk, title: 坐诊, when: 周二 上午, exceptions: [{on: 2026-12-01, cancelled: 停}]}
";

/// A site with calendars, feeds, a sitemap and old addresses, that has recorded what it says.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: all").edit(SITE_FILE, "theme: bare", "theme: civic");
    site.write(PROGRAMME_FILE, PROGRAMME_TEXT);
    site.edit(CENTRE_FILE, "hours:\n", "hours:\n  exceptions: [{on: 2026-12-05, hours: \"09:00-11:00\"}]\n");
    record(&site, "2026-11-20T08:00");
    site
}

fn record(site: &TestSite, at: &str) -> String {
    site.call("record").today(at).expect_code(0).stdout
}

fn build(site: &TestSite, at: &str) {
    site.build().today(at).expect_code(0);
}

fn text(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The values of a property of a calendar.
fn values(site: &TestSite, path: &str, name: &str) -> Vec<String> {
    let text = text(site, path).replace("\r\n ", "");
    let of = |line: &str| {
        line.split_once(':').filter(|(key, _)| key.split(';').next() == Some(name)).map(|(_, value)| value.to_owned())
    };
    text.lines().filter_map(of).collect()
}

/// The number and the date of the series.
fn version(site: &TestSite) -> (String, String) {
    (values(site, CALENDAR, "SEQUENCE")[0].clone(), values(site, CALENDAR, "DTSTAMP")[0].clone())
}

/// The ids and dates of a feed's entries.
fn entries(site: &TestSite) -> Vec<(String, String)> {
    let feed: Value = serde_json::from_str(&text(site, "feeds/all.json")).unwrap();
    let of = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    let items = feed["items"].as_array().unwrap().iter();
    items.map(|item| (of(item, "id").rsplit(':').next().unwrap().to_owned(), of(item, "date_modified"))).collect()
}

fn lastmod(site: &TestSite, page: &str) -> Option<String> {
    let sitemap = text(site, "sitemap.xml");
    let entry = sitemap.split("<url>").find(|url| url.contains(&format!("/{page}</loc>"))).unwrap();
    Some(entry.split_once("<lastmod>")?.1.split_once("</lastmod>")?.0.to_owned())
}

#[test]
fn a_change_raises_the_number_once_and_nothing_else_does() {
    let site = site();
    build(&site, "2026-11-24T09:00");
    // The one exception that the content told when the ledger was begun; nothing is in the future.
    assert_eq!(version(&site), ("1".to_owned(), "20241031T160000Z".to_owned()));

    // A new title, before and after it is recorded, and built again much later.
    site.edit(PROGRAMME_FILE, "坐诊", "义诊");
    build(&site, "2026-11-24T09:30");
    let raised = ("2".to_owned(), "20261124T013000Z".to_owned());
    assert_eq!(version(&site), raised);
    let said = record(&site, "2026-11-24T09:30");
    assert!(said.contains("programmes/winter/activities/desk (number 2)"), "{said}");
    for day in ["2026-11-24T10:00", "2026-12-31", "2027-01-01"] {
        build(&site, day);
        assert_eq!(version(&site), raised, "{day}");
        assert_eq!(values(&site, CALENDAR, "LAST-MODIFIED")[0], raised.1);
        assert_eq!(values(&site, CALENDAR, "DTSTART")[1], "20241105T090000", "{day}");
    }

    // A comment, the order of keys and a line broken elsewhere are no change.
    site.append(PROGRAMME_FILE, "# a remark\n").edit(PROGRAMME_FILE, "id: desk, title: 义诊", "title: 义诊, id: desk");
    site.edit(NOTICE_FILE, "照常开放。", "照常开放。\n");
    assert!(record(&site, "2026-11-25").contains("nothing to note"));

    // An exception taken back is a change: the number never falls.
    site.edit(PROGRAMME_FILE, "{on: 2026-12-01, cancelled: 停}", "");
    build(&site, "2026-11-26T09:00");
    assert_eq!(version(&site).0, "3");
    record(&site, "2026-11-26T09:00");
    for (from, to, number) in [
        ("周二 上午", "周三 上午", "4"),
        ("exceptions: []", "exceptions: [{on: 2026-12-02, moved_to: 2026-12-03 09:00-10:00}]", "5"),
        ("slots: {上午: \"09:00-11:30\"}", "slots: {上午: \"09:00-11:00\"}", "6"),
    ] {
        site.edit(PROGRAMME_FILE, from, to);
        record(&site, "2026-11-27T09:00");
        build(&site, "2026-11-27T09:00");
        assert_eq!(version(&site).0, number, "{to}");
    }
    // The place moves: the calendar of the activity says so.
    site.edit(CENTRE_FILE, "解放路1号", "解放路2号");
    build(&site, "2026-11-28T09:00");
    assert_eq!(version(&site).0, "7");
}

#[test]
fn a_new_year_changes_no_id_and_no_number_with_a_ledger_and_without_one() {
    let calendar = "year: 2026\nregion: CN\nsource: {title: 通知, url: https://www.example.org/}\nholidays:\n  \
                    - {name: 元旦, days: 2026-12-30..2026-12-31}\n";
    for with_ledger in [true, false] {
        let site = site();
        site.write("content/calendar/CN-2026.yaml", calendar);
        site.write(
            "content/calendar/CN-2027.yaml",
            calendar.replace("2026-12-30..2026-12-31", "2027-01-01").replace("2026", "2027"),
        );
        site.edit(
            CENTRE_FILE,
            "hours:\n",
            "hours:\n  seasons: [{from: 12-01, to: 02-15, weekly: {mon-fri: \"09:00-12:00\"}}]\n",
        );
        if with_ledger {
            record(&site, "2026-12-01");
        } else {
            site.remove("ledger.txt");
        }
        let hours = "calendars/hours/jiefang.ics";
        let on = |day: &str| {
            build(&site, day);
            let versions = |path| (values(&site, path, "SEQUENCE")[0].clone(), values(&site, path, "DTSTAMP"));
            (versions(hours), versions(CALENDAR), values(&site, hours, "UID"))
        };
        let (before, after) = (on("2026-12-31"), on("2027-01-01"));
        assert_eq!((&before.0.0, &before.1), (&after.0.0, &after.1));
        // What is over may be left out, and everything that stays keeps its id.
        assert!(after.2.len() > 3);
        assert_eq!(after.2.iter().filter(|uid| !before.2.contains(uid)).collect::<Vec<_>>(), Vec::<&String>::new());
        let now = "20261231T235959Z".to_owned();
        for stamp in values(&site, hours, "DTSTAMP") {
            assert!(stamp < now, "{stamp}");
        }
    }
}

#[test]
fn a_cancellation_written_the_day_before_is_on_top_of_the_feed() {
    let site = site();
    site.edit(PROGRAMME_FILE, "停}]", "停}, {on: 2026-11-24, cancelled: 今天停}]");
    record(&site, "2026-11-23T17:00");
    build(&site, "2026-11-24");
    let late = "2026-11-23T17:00:00+08:00".to_owned();
    assert_eq!(entries(&site)[0], ("programmes/winter/2026-11-24".to_owned(), late.clone()));
    let feed: Value = serde_json::from_str(&text(&site, "feeds/all.json")).unwrap();
    assert_eq!(feed["items"][0]["date_published"], late.as_str());
    assert!(text(&site, "feeds/all.xml").contains(&format!("<updated>{late}</updated>\n<author>")));
    // The change that was there before the ledger is dated as before.
    let others = entries(&site);
    assert!(others.contains(&("programmes/winter/2026-12-01".to_owned(), "2026-11-17T00:00:00+08:00".to_owned())));
}

#[test]
fn what_was_rewritten_is_updated_in_feed_and_sitemap_and_keeps_its_id() {
    let site = site();
    build(&site, "2026-11-24");
    let find = |site: &TestSite| entries(site).into_iter().find(|(id, _)| id == "notices/heating/").unwrap().1;
    assert_eq!(
        (find(&site).as_str(), lastmod(&site, "notices/heating/").as_deref()),
        ("2026-11-20T00:00:00+08:00", Some("2026-11-20"))
    );
    assert_eq!(lastmod(&site, "centres/jiefang/"), None);
    site.edit(NOTICE_FILE, "周三检修暖气。", "改在周四检修。").edit(CENTRE_FILE, "解放路1号", "解放路2号");
    record(&site, "2026-11-23T10:00");
    build(&site, "2026-11-24");
    assert_eq!(
        (find(&site).as_str(), lastmod(&site, "notices/heating/").as_deref()),
        ("2026-11-23T10:00:00+08:00", Some("2026-11-23"))
    );
    assert_eq!(lastmod(&site, "centres/jiefang/").as_deref(), Some("2026-11-23"));
    // Nobody touched the programme.
    assert_eq!(lastmod(&site, "programmes/winter/"), None);
}

fn findings(site: &TestSite, language: &str, today: &str) -> Vec<Found> {
    let said = site.check().lang(language).today(today).args(&["--format", "json"]).run();
    said.stdout.lines().map(Found::read).collect()
}

/// What is found in the ledger, as codes and messages.
fn in_ledger(site: &TestSite, language: &str) -> Vec<(String, String)> {
    let found = findings(site, language, TODAY).into_iter();
    found.filter(|found| found.place.starts_with("ledger.txt")).map(|found| (found.code, found.message)).collect()
}

#[test]
fn a_calendar_that_would_disappear_is_an_error_that_says_what_to_write() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [calendars, hsds, redirects]");
    site.edit(SITE_FILE, "theme: bare", "theme: civic");
    record(&site, TODAY);
    site.built();
    let made = || files(&site.output()).into_keys().filter(|path| path.starts_with("calendars/activities/winter/"));
    let calendar = made().next().unwrap();
    let key = calendar.rsplit('/').next().unwrap().trim_end_matches(".ics").to_owned();
    let uid = values(&site, &calendar, "UID")[1].clone();
    let services =
        || files(&site.output()).into_keys().filter(|path| path.starts_with("hsds/services/")).collect::<Vec<_>>();
    let service = services();

    site.edit(PROGRAMME_FILE, "健康讲座", "健康课");
    for (language, message, mend) in [
        (
            "en",
            format!("the published address /{calendar} would no longer exist"),
            format!("in content/programmes/winter.yaml, write id: {key} into the activity that takes its place"),
        ),
        (
            "zh-Hans",
            format!("已公布的网址 /{calendar} 将不复存在"),
            format!("在 content/programmes/winter.yaml 里，给接替它的那项活动写 id: {key}"),
        ),
    ] {
        let found = findings(&site, language, TODAY);
        let found = found.iter().find(|found| found.message == message).unwrap();
        assert_eq!(found.code, "NB0435");
        assert!(found.help.contains(&mend), "{:?}", found.help);
    }
    // It is not recorded either, and what stands still stands.
    let before = fs::read(site.path("ledger.txt")).unwrap();
    site.call("record").expect_code(1).complains(&calendar);
    assert_eq!(fs::read(site.path("ledger.txt")).unwrap(), before);

    // As it says: the file, its ids and its HSDS service are the same, and the number rises.
    site.edit(PROGRAMME_FILE, "- {title:", &format!("- {{id: {key}, title:"));
    record(&site, "2026-11-25T08:00");
    build(&site, "2026-11-25T08:00");
    assert_eq!(
        (values(&site, &calendar, "UID")[1].as_str(), values(&site, &calendar, "SEQUENCE")[0].as_str()),
        (uid.as_str(), "1")
    );
    assert_eq!(services(), service);
    site.check().today("2026-11-25T08:00").expect_code(0);
}

#[test]
fn an_address_is_given_up_in_so_many_words_and_never_forgotten() {
    let site = site();
    site.remove(NOTICE_FILE).remove(NOTICE_EN_FILE);
    let lost = in_ledger(&site, "en");
    assert!(lost.iter().any(|(_, message)| message == "the published address /notices/heating/ would no longer exist"));
    let said = site.call("record").args(&["--gone", "/notices/heating/"]).expect_code(1);
    assert!(said.stderr.contains("/en/notices/heating/"), "{}", said.stderr);
    let both = ["--gone", "/notices/heating/", "--gone", "/en/notices/h*"];
    // What is on paper cannot be given up with it.
    site.call("record").args(&both).expect_code(1).complains("the page notices/heating/ of the short address /p/");
    site.edit("content/addresses.yaml", "for: notices/heating/}", "for: notices/heating/, farewell: 已经修好。}");
    let said = site.call("record").args(&both).expect_code(0).stdout;
    assert!(said.contains("given up  /notices/heating/") && said.contains("gone  notices/heating"), "{said}");
    site.check().expect_code(0);
    let ledger = fs::read_to_string(site.path("ledger.txt")).unwrap();
    assert!(ledger.contains("\n/notices/heating/ gone 2026-11-24\n"), "{ledger}");
    // The list of what is no longer there stays.
    site.built();
    assert!(site.output().join("en/notices/index.html").is_file());
    for (language, message) in [
        ("en", "there is no published address /centres/jiefang/ that could be given up"),
        ("zh-Hans", "没有可以撤下的已公布网址 /centres/jiefang/"),
    ] {
        site.call("record").lang(language).args(&["--gone", "/centres/jiefang/"]).expect_code(1).complains(message);
    }
    // It comes back with its next number.
    site.write(NOTICE_FILE, NOTICE);
    record(&site, "2026-11-26T08:00");
    let ledger = fs::read_to_string(site.path("ledger.txt")).unwrap();
    let line = ledger.lines().find(|line| line.starts_with("notices/heating ")).unwrap();
    assert!(line.ends_with(" 1 - 2026-11-26T08:00"), "{line}");
}

#[test]
fn a_site_that_moves_keeps_its_ids_and_one_that_had_no_address_yet_misses_nothing() {
    let ids = |site: &TestSite| {
        let feed: Value = serde_json::from_str(&text(site, "feeds/all.json")).unwrap();
        let items = feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned());
        let services = fs::read_dir(site.output().join("hsds/services")).unwrap();
        let services = services.map(|file| file.unwrap().file_name().to_str().unwrap().to_owned());
        let mut ids: Vec<String> = values(site, CALENDAR, "UID").into_iter().chain(items).chain(services).collect();
        ids.sort();
        ids
    };
    let at = |site: &TestSite, address: &str| {
        let before = fs::read_to_string(site.path(SITE_FILE)).unwrap();
        let line = before.lines().find(|line| line.starts_with("base_url:")).unwrap().to_owned();
        site.edit(SITE_FILE, &line, &format!("base_url: {address}"));
    };
    // The address of a new site, at which nothing can be published.
    let site = site();
    build(&site, "2026-11-20T09:00");
    let first = ids(&site);
    at(&site, "https://old.gov.cn/a/");
    assert_eq!(findings(&site, "en", "2026-11-21").iter().filter(|found| found.code == "NB0435").count(), 0);
    record(&site, "2026-11-21T08:00");
    build(&site, "2026-11-21T09:00");
    let second = ids(&site);
    assert!(first.iter().all(|id| !second.contains(id)), "{first:?} {second:?}");
    let ledger = fs::read_to_string(site.path("ledger.txt")).unwrap();
    assert!(ledger.contains("\nidentifiers https://old.gov.cn/a/\n"), "{ledger}");
    assert!(first.iter().all(|id| !ledger.contains(id.as_str())), "{ledger}");
    // It moves, then with another address for a trial alone.
    at(&site, "https://new.gov.cn/");
    assert_eq!(record(&site, "2026-11-22T08:00"), "ledger.txt is up to date: there is nothing to note\n");
    build(&site, "2026-11-22T09:00");
    assert_eq!(ids(&site), second);
    site.call("build").args(&["--base-url", "https://trial.gov.cn/"]).today("2026-11-22T09:00").expect_code(0);
    assert_eq!(ids(&site), second);
    assert!(text(&site, "feeds/all.json").contains("https://trial.gov.cn/"));
    // What is gone is missed from now on.
    site.edit(PROGRAMME_FILE, "id: desk, ", "");
    assert!(findings(&site, "en", "2026-11-22").iter().any(|found| found.code == "NB0435"));
}

#[test]
fn time_alone_takes_no_address_away() {
    let site = site();
    site.write(
        "content/duty/desk.yaml",
        "title: {zh-Hans: 值班表, en: Duty}\ncentre: jiefang\nvalid: 2026-11-01..2026-11-30\nrotation: {every: day, starts: 2026-11-01, turns: [工作人员甲]}\n",
    );
    site.edit(PROGRAMME_FILE, "2027-12-31", "2026-12-15");
    record(&site, TODAY);
    for day in [TODAY, "2026-12-31", "2027-01-01", "2028-06-01", "2036-01-01"] {
        let found = findings(&site, "en", day);
        assert_eq!(
            found.iter().filter(|found| found.place.starts_with("ledger.txt")).collect::<Vec<_>>(),
            Vec::<&Found>::new(),
            "{day}"
        );
    }
    build(&site, "2028-06-01");
    assert!(text(&site, "en/duty/index.html").contains("There is no duty roster at present."));
    assert!(text(&site, "programmes/index.html").contains("class=\"empty\""));
}

#[test]
fn a_record_that_moved_keeps_the_files_that_telephones_ask_for() {
    let site = site();
    site.remove(CENTRE_FILE).edit(PROGRAMME_FILE, "centre: jiefang", "centre: liberation");
    site.edit(NOTICE_FILE, "centres: [jiefang]", "centres: [liberation]");
    site.edit(NOTICE_FILE, "/centres/jiefang/", "/centres/liberation/");
    site.edit(NOTICE_EN_FILE, "/centres/jiefang/", "/centres/liberation/");
    let renamed = "content/centres/liberation.yaml";
    site.write(renamed, CENTRE);
    let found = findings(&site, "en", TODAY);
    let mend = "write aliases: [centres/jiefang/] into the record that takes its place".to_owned();
    let calendar = found.iter().find(|found| found.message.contains(" /calendars/centres/jiefang.ics ")).unwrap();
    assert!(calendar.help.contains(&mend), "{:?}", calendar.help);

    site.write(renamed, format!("{CENTRE}aliases: [centres/jiefang/, en/centres/jiefang/]\n"));
    let lost: Vec<Found> = findings(&site, "en", TODAY).into_iter().filter(|found| found.code == "NB0435").collect();
    assert_eq!(lost, Vec::new());
    site.built();
    for path in [
        "calendars/centres/jiefang.ics",
        "calendars/hours/jiefang.ics",
        "en/feeds/centres/jiefang.xml",
        "places/centres/jiefang.vcf",
        "centres/jiefang/hours.json",
    ] {
        assert_eq!(text(&site, path), text(&site, &path.replace("jiefang", "liberation")), "{path}");
        let rule = format!("\nredir \"/{path}\" \"/{}\" permanent\n", path.replace("jiefang", "liberation"));
        assert!(text(&site, "redirects/Caddyfile").contains(&rule), "{rule}");
    }

    // The calendars of a programme's activities too, whose names may be made from its id.
    let old = fs::read_to_string(site.path(PROGRAMME_FILE)).unwrap();
    site.append(PROGRAMME_FILE, "  - {title: 唱歌, when: 周五 上午}\n");
    record(&site, TODAY);
    site.built();
    let calendars = || {
        let made = files(&site.output()).into_keys();
        made.filter(|path| path.starts_with("calendars/activities/winter/")).collect::<Vec<_>>()
    };
    let before = calendars();
    let moved =
        format!("{old}  - {{title: 唱歌, when: 周五 上午}}\naliases: [programmes/winter/, en/programmes/winter/]\n");
    site.remove(PROGRAMME_FILE).write("content/programmes/cold.yaml", moved);
    let lost: Vec<Found> = findings(&site, "en", TODAY).into_iter().filter(|found| found.code == "NB0435").collect();
    assert_eq!(lost, Vec::new());
    site.built();
    assert_eq!((before.len(), calendars()), (2, before));
    assert_eq!(text(&site, CALENDAR), text(&site, "calendars/activities/cold/desk.ics"));
}

#[test]
fn a_ledger_that_is_not_as_it_was_written_is_said_and_mended() {
    let site = site();
    for (language, late) in [
        ("en", "the ledger is behind the content, 1 not recorded: `notices/later`"),
        ("zh-Hans", "账本落后于内容，有 1 项未记：“notices/later”"),
    ] {
        site.write("content/notices/later.md", "---\ntitle: 以后\nsummary: 一句话。\nfrom: 2026-12-26\n---\n");
        let found = in_ledger(&site, language);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].0.as_str(), found[0].1.replace(['`', '“', '”'], "")),
            ("NB0441", late.replace(['`', '“', '”'], ""))
        );
        site.remove("content/notices/later.md");
    }
    // An address that nobody recorded could be lost unnoticed.
    site.write("content/pages/more.md", "---\ntitle: 更多\n---\n");
    let found = in_ledger(&site, "zh-Hans");
    assert_eq!(found[0].1.replace(['“', '”'], ""), "账本落后于内容，有 2 项未记：pages/more、/more/");
    site.remove("content/pages/more.md");

    let line = "notices/heating aa 7 2026-11-20T08:00 2026-11-22T08:00\n";
    site.append("ledger.txt", &format!("<<<<<<< ours\n{line}=======\n>>>>>>> theirs\n"));
    let mark = ("a mark of an unfinished merge in the ledger", "账本里留有合并冲突的标记");
    let twice = (
        "two lines of the ledger say different things of `notices/heating`",
        "账本里“notices/heating”有两行，说法不一",
    );
    for (language, mark, twice) in [("en", mark.0, twice.0), ("zh-Hans", mark.1, twice.1)] {
        let found = in_ledger(&site, language);
        let expected = [("NB0439", mark), ("NB0440", twice), ("NB0439", mark), ("NB0439", mark)];
        assert_eq!(found.iter().map(|(code, message)| (code.as_str(), message.as_str())).collect::<Vec<_>>(), expected);
    }
    site.build().expect_code(1);
    record(&site, "2026-11-23T08:00");
    site.check().today("2026-11-23T08:00").expect_code(0);
    let ledger = fs::read_to_string(site.path("ledger.txt")).unwrap();
    let line = ledger.lines().find(|line| line.starts_with("notices/heating ")).unwrap();
    assert!(line.ends_with(" 8 - 2026-11-23T08:00"), "{line}");
    // Below what it says and its first address sorted, so that git merges it line by line.
    let lines: Vec<&str> = ledger.lines().skip(2).collect();
    assert!(lines.is_sorted(), "{ledger}");

    site.append("ledger.txt", "what is this\n");
    assert_eq!(in_ledger(&site, "en"), [("NB0438".to_owned(), "this line of the ledger cannot be read".to_owned())]);
    assert_eq!(in_ledger(&site, "zh-Hans"), [("NB0438".to_owned(), "看不懂账本的这一行".to_owned())]);
    site.call("record").expect_code(1);
}

#[test]
fn the_same_content_and_ledger_make_the_same_bytes() {
    let site = site();
    build(&site, "2026-11-24");
    let before = files(&site.output());
    record(&site, "2026-11-24");
    let other = site.path("other");
    site.build().out(&other).expect_code(0);
    assert!(before == files(&other));
}

//! `changes`: what a reviewer reads is what a resident will notice, in both languages, and nothing else.
//!
//! The transcripts stand in `tests/changes/transcripts.txt`; `UPDATE_TRANSCRIPTS=1` writes them anew.

use std::fs;
use std::path::Path;

use crate::support::git::{commit_all, git};
use crate::support::*;
use noticeboard::changes::{Kind, Report, SheetState};

const TRANSCRIPTS: &str = "tests/changes/transcripts.txt";
const POLICY_FILE: &str = "content/policies/allowance.md";
const POLICY: &str = "\
---
title: {zh-Hans: 高龄津贴, en: Old-age allowance}
summary: 80岁以上老人每月发放。
departments: [community]
audience: [older-people]
amounts: [{per: 80至89岁, value: 每月60元}]
conditions: [本市户籍]
papers: [身份证, 户口本]
centres: [jiefang]
---
带上材料到一楼大厅办理。
";
const EVENT_FILE: &str = "content/events/market.md";
const EVENT: &str =
    "---\ntitle: 便民集市\non: 2026-12-06\ntime: 09:00-11:30\ncentre: jiefang\n---\n修伞、磨刀、理发。\n";
const DUTY_FILE: &str = "content/duty/desk.yaml";
const DUTY: &str = "\
title: 前台值班
centre: jiefang
valid: 2026-11-01..2027-01-31
resident: [{role: 前台工作人员, days: mon-fri, time: 08:30-12:00}]
rotation: {every: week, starts: 2026-11-23, turns: [网格员, 志愿者]}
";
const TEAM_FILE: &str = "content/teams/repair.md";
const TEAM: &str = "---\nname: 维修队\npurpose: 帮老人换灯泡。\ncentre: jiefang\n---\n打电话就来。\n";

/// A site that has something of most kinds, committed.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(
        CENTRE_FILE,
        "address: 解放路1号\n",
        "address: 解放路1号\nphones: [{for: 前台, number: 0931-0000001}]\namenities: [wifi, {kind: tea, note: 一楼}]\n",
    );
    site.edit(PROGRAMME_FILE, "when: 周二 上午}\n", "when: 周二 上午}\n  - {title: {zh-Hans: 法律坐诊, en: Legal desk}, when: 周四 14:30-17:00, room: 调解室, cost: 免费}\n");
    site.write(POLICY_FILE, POLICY).write(EVENT_FILE, EVENT).write(DUTY_FILE, DUTY).write(TEAM_FILE, TEAM);
    git(site.root(), &["init", "--quiet", "--initial-branch", "main"]);
    commit_all(site.root());
    site
}

/// What is said before what follows from the changes.
fn told(site: &TestSite, language: &str, arguments: &[&str]) -> String {
    let said = site.call("changes").lang(language).args(arguments).expect_code(0).stdout;
    let follows = ["网页：", "Pages:", "要", "Sheets", "New sheets", "订阅", "Calendars", "会失效", "Addresses"];
    let lines = said.lines().take_while(|line| !follows.iter().any(|head| line.starts_with(head)));
    let text = lines.collect::<Vec<_>>().join("\n");
    format!("{}\n", text.trim_end())
}

fn report(site: &TestSite, arguments: &[&str]) -> Report {
    let said = site.call("changes").args(&["--format", "json"]).args(arguments).run();
    serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}\n{}\n{}", said.stdout, said.stderr))
}

/// A change of the site, by its name.
type Case = (&'static str, fn(&TestSite));

const CASES: [Case; 21] = [
    ("a session is cancelled", |site| {
        site.edit(PROGRAMME_FILE, "cost: 免费}", "cost: 免费, exceptions: [{on: 2026-12-03, cancelled: 调解员外出}]}");
    }),
    ("sessions are moved, added, and in another room", |site| {
        site.edit(
            PROGRAMME_FILE,
            "cost: 免费}",
            "cost: 免费, exceptions: [{on: 2026-12-03, moved_to: 2026-12-04 14:30-17:00, why: 停电}, \
             {on: 2026-12-10..2026-12-24, room: 一楼大厅}], extra: [{on: 2026-12-26 09:00-11:00}]}",
        );
    }),
    ("an activity moves to another day, and costs something", |site| {
        site.edit(
            PROGRAMME_FILE,
            "周四 14:30-17:00, room: 调解室, cost: 免费",
            "周五 14:30-16:30, room: 调解室, cost: 5元",
        );
    }),
    ("an activity is renamed, one is new, one is gone", |site| {
        site.edit(PROGRAMME_FILE, "法律坐诊", "法律咨询");
        site.edit(
            PROGRAMME_FILE,
            "  - {title: {zh-Hans: 健康讲座, en: Health talk}, when: 周二 上午}\n",
            "  - {title: 合唱, when: 单周 周三 09:00-10:00, room: 活动室, cost: 免费}\n",
        );
    }),
    ("a slot begins earlier", |site| {
        site.edit(PROGRAMME_FILE, "上午: \"09:00-11:30\"", "上午: \"08:30-11:00\"");
    }),
    ("the weekly hours change, and a season is new", |site| {
        site.edit(
            CENTRE_FILE,
            "{mon-fri: \"08:30-12:00, 14:30-18:00\"}",
            "{mon-fri: \"08:30-12:00, 14:30-18:00\", sat: \"09:00-11:00\"}\n  \
             seasons: [{from: 07-01, to: 08-31, name: 夏季, weekly: {mon-fri: \"08:30-12:00, 15:00-18:30\"}}]",
        );
    }),
    ("a centre is closed on some days, and sessions fall away", |site| {
        site.append(CENTRE_FILE, "  exceptions: [{on: 2026-12-01..2026-12-03, hours: closed, why: 消防检修}]\n");
    }),
    ("a notice closes a centre for an afternoon", |site| {
        site.write(
            "content/notices/power.md",
            "---\ntitle: 停电通知\nsummary: 周四下午停电。\nurgency: urgent\nfrom: 2026-11-24\nuntil: 2026-12-03\n\
             centres: [jiefang]\ncloses: {on: 2026-12-03, from: \"14:00\"}\n---\n请改天来。\n",
        );
    }),
    ("public holidays are announced", |site| {
        site.write(
            "content/calendar/CN-2027.yaml",
            "year: 2027\nregion: CN\nsource: {title: 通知}\nholidays:\n  - {name: 元旦, days: 2027-01-01..2027-01-04}\n  - {name: 劳动节, days: 2027-05-01..2027-05-02}\n  - {name: 国庆节, days: 2027-10-01..2027-10-03}\n",
        );
    }),
    ("telephone, address and amenities change", |site| {
        site.edit(CENTRE_FILE, "0931-0000001", "0931-0000002").edit(CENTRE_FILE, "解放路1号", "解放路3号");
        site.edit(CENTRE_FILE, "[wifi, {kind: tea, note: 一楼}]", "[{kind: tea, note: 二楼}, printing]");
    }),
    ("the conditions, papers and amounts of a policy change", |site| {
        site.edit(POLICY_FILE, "本市户籍", "本市户籍或居住满一年").edit(
            POLICY_FILE,
            "身份证, 户口本",
            "身份证, 社保卡",
        );
        site.edit(POLICY_FILE, "每月60元", "每月80元").edit(POLICY_FILE, "到一楼大厅", "到二楼窗口");
        site.edit(POLICY_FILE, "centres: [jiefang]", "centres: [jiefang]\nuntil: 2027-06-30");
    }),
    ("a notice is urgent and holds longer", |site| {
        site.edit(NOTICE_FILE, "until: 2026-12-01", "until: 2026-12-05\nurgency: urgent");
    }),
    ("only a translation changes", |site| {
        site.edit(NOTICE_EN_FILE, "stays open", "is open as usual").edit(
            NOTICE_EN_FILE,
            "Heating check",
            "Heating inspection",
        );
    }),
    ("a page has another address", |site| {
        let text = fs::read_to_string(site.path(NOTICE_FILE)).unwrap();
        site.write("content/notices/radiators.md", text.replace("from:", "aliases: [notices/heating/]\nfrom:"));
        fs::rename(site.path(NOTICE_EN_FILE), site.path("content/notices/radiators.en.md")).unwrap();
        site.remove(NOTICE_FILE);
    }),
    ("a file is given another name, and nothing says so", |site| {
        let text = fs::read_to_string(site.path(NOTICE_FILE)).unwrap();
        site.write("content/notices/boilers.md", text.replace("until: 2026-12-01", "until: 2026-12-05"));
        fs::rename(site.path(NOTICE_EN_FILE), site.path("content/notices/boilers.en.md")).unwrap();
        site.remove(NOTICE_FILE);
    }),
    ("a centre is given another id, and all that names it follows", |site| {
        let text = fs::read_to_string(site.path(CENTRE_FILE)).unwrap();
        site.write("content/centres/liberation.yaml", format!("{text}aliases: [centres/jiefang/]\n"));
        site.remove(CENTRE_FILE);
        for file in [PROGRAMME_FILE, NOTICE_FILE, EVENT_FILE, POLICY_FILE, TEAM_FILE, DUTY_FILE] {
            let text = fs::read_to_string(site.path(file)).unwrap();
            site.write(file, text.replace("jiefang", "liberation"));
        }
    }),
    ("a record is taken away", |site| {
        site.remove(TEAM_FILE);
    }),
    ("an event is cancelled, somebody stands in, a team helps with more", |site| {
        site.edit(EVENT_FILE, "centre: jiefang", "centre: jiefang\ncancelled: 下雪");
        site.append(DUTY_FILE, "swaps: [{on: 2026-12-07..2026-12-11, instead: 社区主任}]\n");
        site.edit(TEAM_FILE, "centre: jiefang", "centre: jiefang\nservices: [换灯泡, 修水管]");
    }),
    ("the site has another name and one more audience", |site| {
        site.edit(SITE_FILE, "示例站", "便民站");
        site.edit(SITE_FILE, "older-people: {name: 老年人}", "older-people: {name: 老年人}\n  children: {name: 儿童}");
        site.edit(AREAS_FILE, "level: community", "level: community, status: yellow, status_as_of: 2026-11-24");
    }),
    ("comments, layout, order, and another way to write the same", |site| {
        site.append(CENTRE_FILE, "# 备注\n");
        site.edit(CENTRE_FILE, "[wifi, {kind: tea, note: 一楼}]", "[{note: 一楼, kind: tea}, wifi]");
        site.edit(CENTRE_FILE, "\"08:30-12:00, 14:30-18:00\"", "上午8点半至12点，下午2点半至6点");
        site.edit(NOTICE_FILE, "照常开放。", "照常开放。\n");
    }),
    ("an exception is over already", |site| {
        site.append(CENTRE_FILE, "  exceptions: [{on: 2026-11-10, hours: closed}]\n");
    }),
];

#[test]
fn each_kind_of_change_is_told_as_residents_notice_it() {
    let mut transcripts = String::new();
    for (name, change) in CASES {
        let site = site();
        change(&site);
        transcripts.push_str(&format!("## {name}\n\n"));
        for language in ["zh-Hans", "en"] {
            transcripts.push_str(&format!("{}\n", told(&site, language, &[])));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(TRANSCRIPTS);
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        fs::write(&path, &transcripts).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap();
    for (said, wanted) in transcripts.split("## ").zip(wanted.split("## ")) {
        assert_eq!(said, wanted);
    }
    assert_eq!(transcripts.len(), wanted.len());
}

#[test]
fn what_is_taken_back_is_told_too() {
    let site = site();
    site.edit(
        PROGRAMME_FILE,
        "cost: 免费}",
        "cost: 免费, exceptions: [{on: 2026-12-03, cancelled: 外出}], extra: [{on: 2026-12-26 09:00-11:00}]}",
    );
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-12-01, hours: closed, why: 检修}]\n");
    commit_all(site.root());
    git(site.root(), &["revert", "--no-commit", "HEAD"]);
    assert_eq!(
        told(&site, "en", &[]),
        "Compared with HEAD, residents will notice 4 changes, the first of them on 1 December.\n\n解放社区中心\n"
            .replace("解放社区中心", "Jiefang Centre")
            + "  1 December   opening hours: 1 December: 08:30–12:00, 14:30–18:00 (was closed)\n  \
               1 December   programme “Winter programme”: one session is held again: “Health talk” (1 December)\n  \
               3 December   Thu 14:30–17:00 Legal desk: 3 December: held as usual\n  \
               26 December  Thu 14:30–17:00 Legal desk: 26 December: the extra session is dropped\n"
    );
}

#[test]
fn an_exception_without_a_reason_is_told_without_one() {
    let site = site();
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-12-01, hours: closed}]\n");
    let said = told(&site, "zh-Hans", &[]);
    assert!(said.contains("不开放") && !said.contains("临时调整"), "{said}");
}

#[test]
fn nothing_changed_is_said_in_a_sentence() {
    let site = site();
    for (language, sentence) in
        [("zh-Hans", "与 HEAD 相比，没有变化。\n"), ("en", "Compared with HEAD, nothing changed.\n")]
    {
        assert_eq!(site.call("changes").lang(language).expect_code(0).stdout, sentence);
    }
    assert_eq!(
        site.call("changes").args(&["--format", "markdown"]).expect_code(0).stdout,
        "**Compared with HEAD, nothing changed.**\n"
    );
}

#[test]
fn pages_sheets_calendars_and_addresses_that_follow_are_counted() {
    let site = site();
    site.edit(SITE_FILE, "outputs: none", "outputs: [calendars]").edit(SITE_FILE, "theme: bare", "theme: civic");
    commit_all(site.root());
    site.edit(PROGRAMME_FILE, "cost: 免费}", "cost: 免费, exceptions: [{on: 2026-12-03, cancelled: 外出}]}");
    let changed = report(&site, &[]).consequences.unwrap().pages.changed;
    // A page that says nothing of it is not among them.
    assert!(!changed.contains(&"/policies/allowance/".to_owned()), "{changed:?}");
    site.remove(TEAM_FILE);
    let found = report(&site, &[]);
    let follows = found.consequences.unwrap();
    for page in ["/programmes/winter/", "/en/programmes/winter/"] {
        assert!(follows.pages.changed.iter().any(|changed| changed == page), "{page}");
    }
    assert!(follows.pages.gone.contains(&"/teams/repair/".to_owned()) && follows.pages.not_compared == 0);
    assert_eq!(follows.addresses_gone, ["/teams/", "/teams/repair/"]);
    let board = follows.sheets.iter().find(|sheet| sheet.kind == "weekly-board").unwrap();
    assert_eq!((board.about.as_str(), board.state), ("winter", SheetState::Reprint));
    assert!(board.files.iter().any(|file| file.starts_with("posters/winter-weekly-board-")), "{:?}", board.files);
    let calendars: Vec<&str> = follows.calendars.iter().map(|calendar| calendar.address.as_str()).collect();
    assert!(calendars.contains(&"/calendars/centres/jiefang.ics"), "{calendars:?}");
    assert!(calendars.iter().all(|address| !address.contains("/hours/")), "{calendars:?}");
    let text = site.call("changes").expect_code(0).stdout;
    assert!(text.contains("\nAddresses that would be gone: 2: /teams/, /teams/repair/\n"), "{text}");
    assert!(text.contains("\nSheets to print again: 1: Weekly programme “Winter programme”\n"), "{text}");
    // Everything is listed where everything is asked for.
    let text = site.call("changes").args(&["--verbose"]).expect_code(0).stdout;
    assert!(
        text.contains("\n  /en/programmes/winter/\n") && text.contains("\n  posters/winter-weekly-board-"),
        "{text}"
    );
}

#[test]
fn a_number_that_only_counts_versions_is_no_change_of_a_calendar() {
    let site = site();
    site.edit(SITE_FILE, "outputs: none", "outputs: [calendars]");
    site.call("record").today("2026-11-20T08:00").expect_code(0);
    commit_all(site.root());
    // A comment for editors is not part of an entry, a new summary of the programme is not either.
    site.append(PROGRAMME_FILE, "# 备注\n").edit(
        PROGRAMME_FILE,
        "centre: jiefang",
        "centre: jiefang\nsummary: 冬天也来",
    );
    let found = report(&site, &[]);
    assert_eq!(found.changes.len(), 1);
    assert_eq!(found.consequences.unwrap().calendars, []);
}

#[test]
fn the_revision_may_be_any_and_what_is_committed_since_counts() {
    let site = site();
    git(site.root(), &["tag", "published"]);
    site.edit(CENTRE_FILE, "解放路1号", "解放路3号");
    commit_all(site.root());
    site.edit(CENTRE_FILE, "0931-0000001", "0931-0000002");
    assert_eq!(report(&site, &[]).changes.len(), 1);
    for revision in ["published", "HEAD~1", "main~1"] {
        let found = report(&site, &[revision]);
        assert_eq!((found.changes.len(), found.revision.name.as_str(), found.revision.id.len()), (2, revision, 40));
    }
}

#[test]
fn a_site_in_a_subfolder_is_compared_with_itself() {
    let site = site();
    let outside = tempfile::tempdir().unwrap();
    let inner = outside.path().join("sites/解放 中心");
    copy(site.root(), &inner);
    fs::remove_dir_all(inner.join(".git")).unwrap();
    fs::write(outside.path().join("site.yaml"), "not a site").unwrap();
    git(outside.path(), &["init", "--quiet", "--initial-branch", "main"]);
    commit_all(outside.path());
    let run = || site.call("changes").instead(&["--site", inner.to_str().unwrap()]).expect_code(0).stdout;
    assert_eq!(run(), "Compared with HEAD, nothing changed.\n");
    let centre = inner.join(CENTRE_FILE);
    fs::write(&centre, fs::read_to_string(&centre).unwrap().replace("解放路1号", "解放路9号")).unwrap();
    assert!(run().contains("address: “解放路9号” (was “解放路1号”)"), "{}", run());
    // Where the site was not there yet, everything is new.
    git(outside.path(), &["rm", "--quiet", "-r", "--cached", "sites"]);
    git(outside.path(), &["commit", "--quiet", "--message", "without"]);
    assert_eq!(run(), "There was no site at HEAD yet: everything is new.\n");
}

#[test]
fn a_revision_that_is_not_there_and_a_folder_without_git_are_said_so() {
    let site = site();
    for revision in ["nothing", "HEAD~9", "-x", "--upload-pack=x", ""] {
        let said = site.call("changes").args(&["--", revision]).expect_code(2);
        let wanted = format!(
            "there is no revision `{revision}`; name a commit, a branch or a tag, such as HEAD~1 or main; git log \
             --oneline shows them\n"
        );
        assert_eq!((said.stdout.as_str(), said.stderr.as_str()), ("", wanted.as_str()));
    }
    let said = site.call("changes").lang("zh-Hans").args(&["nothing"]).expect_code(2);
    assert_eq!(
        said.stderr,
        "没有“nothing”这个版本。请写一个提交、分支或标签，例如 HEAD~1 或 main；可以用 git log --oneline 查看。\n"
    );
    // Only the last part of the history is there.
    commit_twice(&site);
    let shallow = tempfile::tempdir().unwrap();
    let from = format!("file://{}", site.root().display());
    git(shallow.path(), &["clone", "--quiet", "--depth", "1", &from, "site"]);
    let folder = shallow.path().join("site");
    let call = || site.call("changes").instead(&["--site", folder.to_str().unwrap()]);
    let said = call().args(&["HEAD~1"]).expect_code(2).stderr;
    assert!(said.ends_with("run git fetch --unshallow, and then this again\n"), "{said}");
    let said = call().lang("zh-Hans").args(&["HEAD~1"]).expect_code(2).stderr;
    assert_eq!(
        said,
        "没有“HEAD~1”这个版本。这个仓库只取了最近的一段历史，请先运行 git fetch --unshallow，然后重新运行。\n"
    );
    call().expect_code(0);

    fs::remove_dir_all(site.path(".git")).unwrap();
    let path = site.root().display();
    git(site.root(), &["init", "--quiet"]);
    let said = site.call("changes").expect_code(2).stderr;
    assert!(said.starts_with("nothing was committed yet") && said.contains("commit once"), "{said}");
    let said = site.call("changes").lang("zh-Hans").expect_code(2).stderr;
    assert!(said.contains("还没有提交过") && said.contains("先提交一次"), "{said}");
    fs::remove_dir_all(site.path(".git")).unwrap();
    for (language, wanted) in [
        (
            "en",
            format!(
                "`{path}` is in no git repository, so there is nothing to compare it with; say with --site which folder \
                 of a repository the site is in, or run git init and commit once\n"
            ),
        ),
        (
            "zh-Hans",
            format!(
                "“{path}”不在 git 仓库里，没有以前的版本可以比较。请用 --site 指明仓库里的网站文件夹，或先运行 git init 并提交一次。\n"
            ),
        ),
    ] {
        assert_eq!(site.call("changes").lang(language).expect_code(2).stderr, wanted);
    }
}

fn commit_twice(site: &TestSite) {
    site.append(CENTRE_FILE, "# a\n");
    commit_all(site.root());
}

#[test]
fn present_errors_are_shown_and_what_cannot_be_read_is_not_said_to_be_gone() {
    let site = site();
    site.edit(CENTRE_FILE, "解放路1号", "解放路3号").edit(POLICY_FILE, "summary:", "sumary:");
    let said = site.call("changes").expect_code(1).complains("sumary");
    assert_eq!(
        said.stdout,
        "Compared with HEAD, residents will notice one change, at once. The present content has an error; the file with it \
         was not compared. Mend it before publishing.\n\nJiefang Centre\n  at once  address: “解放路3号” (was \
         “解放路1号”)\n"
    );
    let said = site.call("changes").lang("zh-Hans").args(&["--format", "markdown"]).expect_code(1).stdout;
    let wanted = "**与 HEAD 相比，居民会注意到 1 处变化，一发布就能看到。现在的内容有 1 处错误，出错的文件没有比较；先改正才能发布。**\n\n\
                  **要改的错误**\n\n- content/policies/allowance.md 第 3 行：";
    assert!(said.starts_with(wanted) && said.contains("\n  - 改法："), "{said}");
}

#[test]
fn the_comment_says_the_first_errors_and_how_many_more_and_the_json_in_both_languages() {
    let site = site();
    for number in 0..12 {
        site.write(
            &format!("content/notices/n{number:02}.md"),
            "---\ntitle: a\nfrom: 2026-11-24\nurgency: <b>@mayor</b>\nsummary: b\ncentres: [jiefang]\n---\n\nb\n",
        );
    }
    let said = site.call("changes").args(&["--format", "markdown"]).expect_code(1).stdout;
    let listed = said.lines().filter(|line| line.starts_with("- content/notices/n") && line.contains(", line 4: "));
    assert_eq!(listed.count(), 10, "{said}");
    assert!(said.contains("\n2 more errors; noticeboard check lists them all.\n") && !said.contains("<b>"), "{said}");
    assert!(!said.contains("@mayor"), "{said}");
    let unread = report(&site, &[]).unread.unwrap();
    assert_eq!((unread.errors_now, unread.errors.len(), unread.files.len()), (12, 10, 12));
    assert_eq!(unread.files.first().map(String::as_str), Some("content/notices/n00.md"));
    let first = unread.errors.first().unwrap();
    assert_eq!((first.file.as_str(), first.line), ("content/notices/n00.md", Some(4)));
    assert!(first.help.iter().all(|help| !help.zh_hans.is_empty() && !help.en.is_empty()), "{first:?}");
    let summary = report(&site, &[]).summary;
    assert!(summary.en.contains("The present content has 12 errors"), "{summary:?}");
    assert!(summary.zh_hans.contains("现在的内容有 12 处错误"), "{summary:?}");
}

#[test]
fn the_hash_of_a_commit_is_said_with_its_first_digits() {
    let site = site();
    let hash = report(&site, &[]).revision.id;
    let said = site.call("changes").args(&[&hash]).expect_code(0).stdout;
    assert_eq!(said, format!("Compared with {}, nothing changed.\n", &hash[..8]));
    assert_eq!(report(&site, &[&hash]).revision.name, hash);
}

#[test]
fn where_nothing_can_be_read_nothing_is_said_of_what_was() {
    let site = site();
    site.remove(SITE_FILE);
    let said = site.call("changes").expect_code(1).stdout;
    let wanted = "Nothing could be compared with HEAD. The present content has an error. Mend it before publishing.\n";
    assert_eq!(said, wanted);
    assert!(report(&site, &[]).unread.unwrap().everything);
}

#[test]
fn a_session_outside_the_hours_of_a_day_is_not_told_as_on_a_closed_one() {
    let site = site();
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-12-01..2026-12-03, hours: \"09:00-11:30\", why: 值班}]\n");
    let (chinese, english) = (told(&site, "zh-Hans", &[]), told(&site, "en", &[]));
    assert!(chinese.contains("那时中心不开门，停 1 次：“法律坐诊”（12月3日）"), "{chinese}");
    assert!(english.contains("one session falls away because the centre is not open at that time"), "{english}");
}

#[test]
fn what_follows_contradicts_nothing_that_is_said() {
    // Days that are over are in calendars and in the list of updates.
    let site = site();
    site.edit(PROGRAMME_FILE, "cost: 免费}", "cost: 免费, exceptions: [{on: 2026-11-12, cancelled: 外出}]}");
    let said = told(&site, "zh-Hans", &[]);
    let line = "周四 14:30–17:00 法律坐诊：已经过去的11月12日有改动，只在更新记录和订阅的日历里看得到\n";
    assert!(said.contains(line), "{said}");
    // A file that was given another name says nothing under the old one.
    let site = self::site();
    git(site.root(), &["mv", EVENT_FILE, "content/events/fair.md"]);
    let found = report(&site, &[]);
    assert_eq!((found.changes[0].kind, found.unnoticed.len()), (Kind::Renamed, 0), "{found:?}");
    // A file of the theme that nothing uses is seen by nobody; one that another names is.
    let site = self::site();
    let (used, unused) = ("themes/bare/assets/used.css", "themes/bare/assets/loose.css");
    site.write(unused, "a {}\n").write(used, "a {}\n");
    site.write("themes/bare/assets/other.css", "@import \"used.css\";\n");
    commit_all(site.root());
    site.write(unused, "b {}\n");
    let found = report(&site, &[]);
    assert_eq!(found.changes.iter().map(|change| change.seen).collect::<Vec<_>>(), [false]);
    assert_eq!(found.summary.en, "Compared with HEAD, there is nothing that residents would notice.");
    site.write(used, "b {}\n");
    assert!(report(&site, &[]).changes[0].seen);
}

#[test]
fn a_picture_that_nothing_shows_is_told_to_editors_only() {
    let site = site();
    site.write("content/pictures/loose.png", drawn(3, 2, image::ImageFormat::Png));
    let found = report(&site, &[]);
    assert_eq!(found.changes.iter().map(|change| change.seen).collect::<Vec<_>>(), [false]);
    assert!(found.summary.zh_hans.ends_with("居民看不出有什么变化。"), "{found:?}");
}

#[test]
fn a_policy_of_one_centre_stands_under_it() {
    let site = site();
    site.remove(POLICY_FILE);
    let said = told(&site, "zh-Hans", &[]);
    assert!(said.ends_with("\n解放社区中心\n  发布后  政策“高龄津贴”：不再有\n"), "{said}");
}

#[test]
fn names_below_a_field_take_one_colon_and_the_line_to_add_the_keys_of_its_file() {
    let site = site();
    site.edit(SITE_FILE, "老年人", "年长者");
    let said = told(&site, "zh-Hans", &[]);
    assert!(said.contains("对象：“老年人”的名称改为“年长者”（原来是“老年人”）\n"), "{said}");
    let site = self::site();
    let text = fs::read_to_string(site.path(EVENT_FILE)).unwrap();
    let text = text.replace("title:", "标题:").replace("on:", "日期:").replace("time:", "时间:");
    site.write("content/events/fair.md", text.replace("centre:", "中心:")).remove(EVENT_FILE);
    let said = told(&site, "en", &[]);
    assert!(said.contains("add the line 旧网址: [events/market/] to content/events/fair.md"), "{said}");
}

#[test]
fn of_a_centre_that_cannot_be_read_nothing_is_said_to_open_or_to_close() {
    let site = site();
    let closed = "  exceptions:\n    - {on: 2026-12-01..2026-12-10, hours: closed, why: 装修}\n";
    site.append(CENTRE_FILE, closed);
    commit_all(site.root());
    site.edit(CENTRE_FILE, "area:", "aera:");
    let now = site.call("changes").args(&["--format", "json"]).expect_code(1).stdout;
    assert!(!now.contains("\"session\""), "{now}");
    commit_all(site.root());
    site.edit(CENTRE_FILE, "aera:", "area:");
    let then = site.call("changes").args(&["--format", "json"]).expect_code(0).stdout;
    assert!(!then.contains("\"session\""), "{then}");
}

#[test]
fn a_revision_with_errors_is_compared_as_far_as_it_can_be_read() {
    let site = site();
    site.edit(POLICY_FILE, "summary:", "sumary:").edit(CENTRE_FILE, "解放路1号", "解放路3号");
    commit_all(site.root());
    site.edit(POLICY_FILE, "sumary:", "summary:").edit(CENTRE_FILE, "解放路3号", "解放路5号");
    let found = report(&site, &[]);
    assert_eq!(found.changes.len(), 1, "{found:?}");
    let unread = found.unread.unwrap();
    assert_eq!((unread.errors_before, unread.errors_now, unread.files), (1, 0, vec![POLICY_FILE.to_owned()]));
    assert!(found.consequences.is_none());
    site.call("changes").expect_code(0);
    // A site.yaml that cannot be read at all.
    site.edit(SITE_FILE, "region: CN", "region: nowhere");
    commit_all(site.root());
    site.edit(SITE_FILE, "region: nowhere", "region: CN");
    let said = site.call("changes").expect_code(0).stdout;
    let sentence = "Nothing could be compared with HEAD. The content of that revision had";
    assert!(said.starts_with(sentence), "{said}");
}

#[test]
fn what_editors_wrote_means_nothing_in_markdown() {
    let site = site();
    site.edit(
        PROGRAMME_FILE,
        "{zh-Hans: 法律坐诊, en: Legal desk}",
        "\"<img src=x onerror=alert(1)> [点我](https://evil.example) @mayor #1 `x` **急** www.evil.example\"",
    );
    let said = site.call("changes").args(&["--format", "markdown"]).expect_code(0).stdout;
    let html = {
        let mut html = String::new();
        let options = pulldown_cmark::Options::all();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&said, options));
        html
    };
    for bad in ["<img", "<a ", "@mayor", "#1", "<code>", "www.evil", "https://"] {
        assert!(!html.contains(bad), "{bad}: {html}");
    }
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{html}");
    assert!(
        said.lines().all(|line| line.trim_start().starts_with("- ") || line.starts_with("**") || line.is_empty()),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_a_revision_leads_nowhere_else() {
    let site = site();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.md"), "---\ntitle: secret\n---\n").unwrap();
    site.link("content/pages/secret.md", &outside.path().join("secret.md"));
    site.link("content/pages/inside.md", Path::new("../../site.yaml"));
    commit_all(site.root());
    site.remove("content/pages/secret.md").remove("content/pages/inside.md");
    let found = report(&site, &[]);
    assert!(found.unread.is_some_and(|unread| unread.errors_before > 0));
    assert!(found.changes.iter().all(|change| change.kind != Kind::Gone));
}

#[test]
fn the_json_is_as_its_schema_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/changes.schema.json");
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Report)).unwrap() + "\n";
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), schema);
    // Every key of the schema is in the guide.
    let guide = include_str!("../docs/changes.md");
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let mut objects = vec![&schema];
    objects.extend(schema["$defs"].as_object().unwrap().values());
    for key in objects.iter().filter_map(|object| object["properties"].as_object()).flat_map(|keys| keys.keys()) {
        assert!(guide.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn who_comes_instead_is_told_by_date_and_turns_in_another_order_with_the_first() {
    let site = site();
    site.append(DUTY_FILE, "swaps: [{on: 2026-12-01..2026-12-02, why: 开会}]\n");
    let (chinese, english) = (told(&site, "zh-Hans", &[]), told(&site, "en", &[]));
    assert!(
        chinese.contains("\n  12月1日  值班表“前台值班”：12月1日至12月2日没有人值班（原来是志愿者）（开会）\n"),
        "{chinese}"
    );
    assert!(
        english
            .contains("\n  1 December  duty roster “前台值班”: 1 December to 2 December: nobody (was 志愿者) (开会)\n"),
        "{english}"
    );
    commit_all(site.root());
    site.edit(DUTY_FILE, "turns: [网格员, 志愿者]", "turns: [志愿者, 网格员]");
    let said = told(&site, "zh-Hans", &[]);
    let line = "改为志愿者（原来是网格员）\n            轮值：轮值名单：顺序有变动\n";
    assert!(said.contains(line), "{said}");
    // The hours of a turn are no other person's.
    commit_all(site.root());
    site.edit(DUTY_FILE, "turns:", "time: 09:00-12:00, turns:");
    let said = told(&site, "zh-Hans", &[]);
    assert!(said.contains("值班表“前台值班”：轮值：时间新写上09:00–12:00\n"), "{said}");
}

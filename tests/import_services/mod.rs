//! `import`: the services of a directory in HSDS are activities, entitlements and what centres offer.
//!
//! What this program published itself comes back without a change, and has the same sessions in another site. Two packages
//! as other programs write them stand in `import/`: `elmstreet.json`, services as the API of the standard gives them, and
//! `valley/`, a tabular package.

mod said;
mod taken;
mod times;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use camino::Utf8Path;
use noticeboard::calendar::{DateSpan, TimeOfDay, at};
use noticeboard::content::Content;
use noticeboard::site::{Occasion, Site, rule_of};
use noticeboard::source;

use crate::support::*;

/// When activities take place, as editors write it, with what differs about single sessions.
const ACTIVITIES: [(&str, &str); 16] = [
    ("甲课", "when: 周二、周四 14:30-17:00"),
    ("乙课", "when: 单周 周三 上午"),
    ("丙课", "when: 双周 周六 10:00-11:30, exceptions: [{on: 2026-10-10, cancelled: 停电}]"),
    ("丁课", "when: 每月第一个周六 09:00-11:00"),
    (
        "戊课",
        "when: 每月最后一个周五 下午, exceptions: [{on: 2026-11-27, moved_to: 2026-11-30 15:00-16:00, why: 检修}]",
    ),
    ("己课", "when: 每月15日 下午"),
    ("庚课", "when: 每月第二个工作日 上午"),
    ("辛课", "when: \"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH 18:30-20:00\", valid: 2026-09-10..2027-06-30"),
    ("壬课", "when: \"RRULE:FREQ=WEEKLY;COUNT=8;BYDAY=WE 19:00-20:30\", valid: 2026-10-14..2027-06-30"),
    ("癸课", "when: \"RRULE:FREQ=DAILY;INTERVAL=3 07:00-07:45\", valid: 2026-11-01..2026-12-31"),
    ("子课", "when: \"RRULE:FREQ=MONTHLY;BYDAY=1TU,3TU 09:00-10:00\""),
    ("丑课", "when: 2026-12-05 09:00-11:00"),
    ("寅课", "when: 周五 22:00-次日01:00"),
    ("卯课", "when: 周三 08:30-09:30, extra: [{on: 2026-12-26 14:30-16:00, why: 补课}]"),
    ("辰课", "when: 周四 09:00-10:00, exceptions: [{on: 2026-10-01, why: 国庆照常}]"),
    ("巳课", "when: \"RRULE:FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20 09:00-10:00\", valid: 2026-09-01..2027-06-30"),
];

const CALENDAR: &str = "\
year: 2026
region: CN
source: {title: 通知}
holidays:
  - {name: 国庆节, days: 2026-10-01..2026-10-07, makeup_workdays: [2026-09-20, 2026-10-10]}
";

fn import(site: &TestSite, file: &str, options: &[&str]) -> Said {
    site.call("import").lang("en").args(&[site.path(file).to_str().unwrap()]).args(options).run()
}

/// The sessions of a year that are held, by the name of the centre and the title, whatever activities they are of.
fn sessions(root: &Path, year: &str) -> BTreeMap<(String, String), BTreeSet<String>> {
    let sources = source::read_site(Utf8Path::from_path(root).unwrap());
    let mut found = Vec::new();
    let content = Content::read(&sources, &mut found).unwrap();
    let occasion = Occasion { now: at(TODAY.parse().unwrap(), TimeOfDay::MIDNIGHT), sheets: false };
    let site = Site::link(content, &occasion, Vec::new(), BTreeMap::new(), &mut found);
    let year = DateSpan::read(year).unwrap();
    let first = site.first_language();
    let mut held: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for record in &site.content.programmes {
        let centre = site.content.centres.iter().find(|centre| centre.id == record.value.centre).unwrap();
        for activity in record.value.activities.iter().filter(|of| rule_of(&record.value, of).is_some()) {
            let names = [&centre.value.name, &activity.title].map(|text| text.best(first, first).0.to_owned());
            let sessions = site.sessions(&record.value, activity, year).into_iter().filter(|session| session.held);
            let words = sessions.map(|session| format!("{} {}", session.date, session.time));
            held.entry(names.into()).or_default().extend(words);
        }
    }
    held.retain(|_, sessions| !sessions.is_empty());
    held
}

#[track_caller]
fn same(here: &BTreeMap<(String, String), BTreeSet<String>>, there: &BTreeMap<(String, String), BTreeSet<String>>) {
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    for (name, sessions) in here {
        let differ: Vec<_> = sessions.symmetric_difference(&there[name]).take(5).collect();
        assert!(differ.is_empty(), "{name:?}: {differ:#?}");
    }
}

#[test]
fn the_example_comes_back_without_a_change_and_has_the_same_sessions_in_a_new_site() {
    let site = TestSite::copy_of(Path::new(env!("CARGO_MANIFEST_DIR")));
    site.built();
    let before = snapshot(&site.path("content"));
    let said = import(&site, "public/hsds/datapackage.json", &["--write"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert_eq!(differences(&before, &snapshot(&site.path("content"))), Vec::<String>::new());

    let other = TestSite::empty();
    let home = other.path("new");
    let mut new = assert_cmd::cargo_bin_cmd!("noticeboard");
    new.args(["new", home.to_str().unwrap(), "--today", TODAY, "--lang", "zh-Hans"]).assert().success();
    for folder in ["centres", "programmes", "policies", "notices"] {
        fs::remove_dir_all(home.join("content").join(folder)).unwrap();
    }
    let run = |command: &str, more: &[&str]| {
        let mut program = assert_cmd::cargo_bin_cmd!("noticeboard");
        let common = ["--site", home.to_str().unwrap(), "--today", TODAY, "--posters", "none", "--lang", "en"];
        let output = program.arg(command).args(common).args(more).output().unwrap();
        (String::from_utf8(output.stderr).unwrap(), output.status.code())
    };
    let package = site.path("public/hsds/datapackage.json");
    let package = package.to_str().unwrap();
    let (said, code) = run("import", &[package, "--area", "qingshan", "--write"]);
    assert_eq!(code, Some(0), "{said}");
    let (said, code) = run("check", &[]);
    assert_eq!(code, Some(0), "{said}");
    let year = "2026-01-01..2026-12-31";
    let mut here = sessions(site.root(), year);
    let there = sessions(&home, year);
    assert!(here.len() > 70 && there.len() > 60, "{} {}", here.len(), there.len());
    // What the directory has as defunct is said, and not taken.
    let summer: BTreeSet<_> = here.keys().filter(|name| !there.contains_key(*name)).cloned().collect();
    assert_eq!(summer.len(), 4, "{summer:?}");
    here.retain(|name, _| there.contains_key(name));
    for (name, sessions) in &mut here {
        // Two of the summer have a namesake in the autumn.
        let first = &there[name].first().unwrap()[..7];
        sessions.retain(|session| &session[..7] >= first);
    }
    same(&here, &there);
    // The same once more changes nothing.
    let before = snapshot(&home.join("content"));
    let (said, code) = run("import", &[package, "--area", "qingshan", "--write"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(differences(&before, &snapshot(&home.join("content"))), Vec::<String>::new());
}

#[test]
fn sessions_of_every_sort_are_the_same_sessions_elsewhere_where_clocks_change_and_where_not() {
    for zone in ["Asia/Shanghai", "Europe/Berlin", "Australia/Sydney"] {
        let site = TestSite::minimal();
        site.edit(SITE_FILE, "outputs: none", "outputs: [hsds]").edit(SITE_FILE, "Asia/Shanghai", zone);
        site.write("content/calendar/CN-2026.yaml", CALENDAR);
        let other = TestSite::minimal();
        other.edit(SITE_FILE, "Asia/Shanghai", zone).write("content/calendar/CN-2026.yaml", CALENDAR);
        other.remove(PROGRAMME_FILE).remove(CENTRE_FILE).remove(NOTICE_FILE).remove(NOTICE_EN_FILE);
        let activities: Vec<String> =
            ACTIVITIES.iter().map(|(title, rest)| format!("  - {{title: {title}, {rest}}}\n")).collect();
        site.write(
            PROGRAMME_FILE,
            format!(
                "title: 全年计划\ncentre: jiefang\nvalid: 2026-09-01..2027-06-30\nslots: {{上午: \"09:00-11:30\", 下午: \
                 \"14:30-17:00\"}}\nactivities:\n{}",
                activities.concat()
            ),
        );
        site.built();
        let before = snapshot(&site.path("content"));
        let said = import(&site, "public/hsds/datapackage.json", &["--write"]);
        assert_eq!(said.code, Some(0), "{zone}: {}", said.stderr);
        assert_eq!(
            differences(&before, &snapshot(&site.path("content"))),
            Vec::<String>::new(),
            "{zone}: {}",
            said.stdout
        );

        copy(&site.path("public/hsds"), &other.path("theirs"));
        let said = import(&other, "theirs/datapackage.json", &["--area", "jiefang", "--write"]);
        assert_eq!(said.code, Some(0), "{zone}: {}", said.stderr);
        assert!(!said.stderr.contains("NB0852"), "{zone}: {}", said.stderr);
        let year = "2026-09-01..2027-08-31";
        same(&sessions(site.root(), year), &sessions(other.root(), year));
        let text = fs::read_to_string(other.path("content/programmes/jiefang.yaml")).unwrap();
        assert!(
            text.starts_with("title: 全年计划\ncentre: jiefang\nvalid: 2026-09-01..2027-06-30\n"),
            "{zone}: {text}"
        );
        // Words where there are some, a rule where not.
        for line in [
            "when: \"单周 周三 09:00-11:30\"",
            "when: \"每月第一个周六 09:00-11:00\"",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
        ] {
            assert!(text.contains(line), "{zone}: {line}\n{text}");
        }
    }
}

/// A new site as `new` writes it.
fn new_site(language: &str) -> TestSite {
    let site = TestSite::empty();
    fs::remove_dir_all(site.path("themes")).unwrap();
    let mut new = assert_cmd::cargo_bin_cmd!("noticeboard");
    let folder = site.root().to_str().unwrap();
    new.args(["new", folder, "--today", TODAY, "--lang", language]).assert().success();
    site
}

fn ours(path: &str) -> String {
    format!("{}/tests/import/{path}", env!("CARGO_MANIFEST_DIR"))
}

fn written(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.path(&format!("content/{path}"))).unwrap()
}

#[test]
fn services_as_an_api_gives_them_are_activities_entitlements_and_what_the_centre_offers() {
    let site = new_site("en");
    let file = ours("elmstreet.json");
    let import = |today: &str, file: &str| {
        site.call("import").lang("en").today(today).args(&[file, "--area", "riverside", "--write"]).run()
    };
    let said = import(TODAY, &file);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    // A rule in words where there are some, what begins nowhere begins today, what ends nowhere ends with the next year.
    assert_eq!(
        written(&site, "programmes/elm-street-hall.yaml"),
        "title: Activities at Elm Street Hall\ncentre: elm-street-hall\nvalid: 2026-09-01..2027-12-31\nactivities:\n  - title: Tai chi \
         for beginners\n    when: \"tue 10:00-11:00\"\n    valid: 2026-09-01..2027-03-30\n    summary: \"Slow movements, standing or on a \
         chair. Wear soft shoes.\"\n    audience: [older-people]\n    cost: \"Session: £3\"\n    booking: Just come along; Telephone \
         0931-0000031\n    exceptions: [{on: 2026-12-22..2026-12-29, cancelled: winter break}, {on: 2027-02-16, cancelled: Not held}]\n  \
         - title: Repair café\n    when: \"first sat 13:00-16:00\"\n    valid: 2026-11-24..2027-12-31\n    cost: Free\n    extra:\n      - \
         {on: \"2026-12-05 13:00-16:00\", why: As usual}\n      - {on: \"2027-01-02 13:00-16:00\", why: As usual}\n      - {on: \
         \"2027-06-05 13:00-16:00\", why: As usual}\n      - {on: \"2027-07-03 13:00-16:00\", why: As usual}\n      - {on: \"2027-11-06 \
         13:00-16:00\", why: As usual}\n      - {on: \"2027-12-04 13:00-16:00\", why: As usual}\n      - {on: \"2026-12-13 13:00-16:00\"}\n  \
         - title: Repair café\n    when: \"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH 18:00-20:00\"\n    valid: 2026-11-26..2027-12-31\n    \
         cost: Free\n# Tai chi for beginners languages: Welsh, cy\n"
    );
    assert_eq!(
        written(&site, "policies/home-insulation-grant.md"),
        "---\ntitle: Home insulation grant\nsummary: \"Pays half of what insulation costs, up to 400 pounds.\"\ndepartments: [council]\n\
         audience: [older-people]\nconditions: [Owners of the home they live in]\npapers: [Proof of identity, An offer of a builder]\n\
         steps: [Ask for the form, Hand it in with an offer of a builder]\ncentres: [elm-street-hall]\ntakes: About six weeks\ncontact: \
         {role: Grants desk, phone: 0931-0000032}\nreviewed: 2026-10-01\n---\n\n\n"
    );
    let centre = written(&site, "centres/elm-street-hall.yaml");
    assert!(
        centre.contains("\n  - {name: Public computers, description: Eight computers and a printer.}\n"),
        "{centre}"
    );
    assert!(
        centre.contains("hours: \"Mo-Fr 09:00-17:00; 2026 Dec 05 10:00-12:00; 2026 Dec 19 10:00-12:00; 2027"),
        "{centre}"
    );
    assert!(centre.contains("; 2027 Dec 18 10:00-12:00\"\naccessibility: [step-free]\n"), "{centre}");
    for words in [
        "[NB0852]: the schedule `tue 10:00:00Z–11:00:00Z` of `Tai chi for beginners` was not taken: its times are in UTC while the clocks here change",
        "[NB0857]: services were not taken, since the directory has them as defunct (1): Video library",
        "[NB0857]: services were not taken, since it is not known where they are given; --centre ID says so (1): Befriending",
        "[NB0858]: there is no place for what services say of contacts (contacts) (1): Tai chi for beginners",
        "[NB0858]: there is no place for what services say of languages (languages) (1): Tai chi for beginners",
        "[NB0859]: this has no end and was written until 2027-12-31 (1): Elm Street Hall: every 2 weeks sat",
        "[NB0859]: this has no end and was written until 2027-12-31 (1): Elm Street Hall: Repair café",
        "[NB0835]: `Quiet room` was not understood",
    ] {
        assert!(said.stderr.contains(words), "{words}\n{}", said.stderr);
    }
    for name in ["Jane", "jane@"] {
        let everywhere =
            [&*said.stdout, &said.stderr, &centre, &written(&site, "programmes/elm-street-hall.yaml")].concat();
        assert!(!everywhere.contains(name), "{name}");
    }
    site.check().expect_code(0);
    // The same once more changes nothing, now and in a month.
    let before = snapshot(&site.path("content"));
    for today in [TODAY, "2026-12-24"] {
        let said = import(today, &file);
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        assert_eq!(differences(&before, &snapshot(&site.path("content"))), Vec::<String>::new(), "{}", said.stdout);
    }
    // A class that begins later changes the lines of what differs, and nothing else; what is cancelled stays so.
    let text = fs::read_to_string(&file).unwrap();
    let other = text
        .replace(
            r#""opens_at": "10:00", "closes_at": "11:00", "valid_from""#,
            r#""opens_at": "10:30", "closes_at": "11:30", "valid_from""#,
        )
        .replace("Except on 2026-12-22..2026-12-29 winter break; 2027-02-16", "Closed on 2027-02-16 fire drill");
    site.write("other.json", other);
    let other = site.path("other.json");
    let said = import(TODAY, other.to_str().unwrap());
    assert_eq!((said.code, said.stderr.contains("NB0845")), (Some(1), true), "{}", said.stderr);
    let changed: Vec<&str> =
        said.stdout.lines().filter(|line| line.starts_with("-    ") || line.starts_with("+    ")).collect();
    assert_eq!(
        changed,
        [
            "-    when: \"tue 10:00-11:00\"",
            "+    when: \"tue 10:30-11:30\"",
            "-    exceptions: [{on: 2026-12-22..2026-12-29, cancelled: winter break}, {on: 2027-02-16, cancelled: Not held}]",
            "+    exceptions: [{on: 2026-12-22..2026-12-29, cancelled: winter break}, {on: 2027-02-16, cancelled: fire drill}]",
        ]
    );
}

#[test]
fn a_tabular_package_of_another_program_is_read_alike() {
    let site = new_site("zh-Hans");
    let package = ours("valley/datapackage.json");
    let said = site.call("import").lang("zh-Hans").args(&[&package, "--area", "qingshan", "--write"]).run();
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert_eq!(
        written(&site, "programmes/xiguwenhuazhan.yaml"),
        "标题: 溪谷文化站活动安排\n中心: xiguwenhuazhan\n有效期: 2026-09-02..2027-12-31\n活动:\n  - 名称: 编织小组\n    时间: \"周三 \
         14:00-16:00\"\n    有效期: 2026-09-02..2027-01-27\n    摘要: 一起织毛衣，毛线自带。\n    报名方式: 电话 0931-0000033\n  - 名称: \
         周末电影\n    时间: \"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SA 19:00-21:00\"\n    有效期: 2026-11-28..2027-12-31\n    摘要: \
         每两周放一场。\n    费用: 成人：5元\n    报名方式: 前台领票\n# 编织小组 languages: 蒙古语, mn\n# 编织小组 \
         eligibility_description: 附近居民\n"
    );
    let branch = written(&site, "programmes/xikoufenzhan.yaml");
    assert!(branch.contains("    时间: \"每月15日 09:30-11:00\"\n"), "{branch}");
    assert!(branch.contains("    例外: [{日期: 2026-12-15, 停课: 盘点}]\n"), "{branch}");
    let policy = written(&site, "policies/linshijiuzhu.md");
    assert!(
        policy.contains("部门: [community]\n服务对象: [older-people]\n条件: [本社区住户]\n步骤: [到窗口登记]\n"),
        "{policy}"
    );
    let centre = written(&site, "centres/xiguwenhuazhan.yaml");
    assert!(
        centre.contains("  - {名称: 饮水点, 说明: 热水随时有。, 提供方: 溪谷文化站, 时间说明: 门开着就有}\n"),
        "{centre}"
    );
    for words in [
        "[NB0852]: “周末电影”的时间安排“每年 第一个周一 10:00–11:00”没有导入",
        "[NB0857]: 有 1 项服务没有导入：名录里标着暂停（temporarily closed）。它们是：义剪",
        "[NB0857]: 有 1 项服务没有导入：名录里标着目前不提供（inactive）。它们是：滑冰场",
        "[NB0857]: 有 1 项服务没有导入：没有名称，或者名称太长。它们是：…",
        "[NB0858]: 有 1 项服务写了语言（languages），这里没有对应的一项：编织小组",
        "[NB0859]: 有 1 处时间安排没有写到哪天为止，先写到 2027-12-31：溪谷文化站: 周末电影",
    ] {
        assert!(said.stderr.contains(words), "{words}\n{}", said.stderr);
    }
    site.check().expect_code(0);
}

/// A directory of one hall, with what it says of its services.
fn hall(services: &str) -> String {
    let place = r#"{"id":"l","name":"Hall","location_type":"physical","url":"https://hall.example/","addresses":[{"address_1":"1 Elm"}]}"#;
    format!(r#"{{"locations":[{place}],"services":[{services}]}}"#)
}

/// A service of that hall with one schedule.
fn service(name: &str, more: &str, schedule: &str) -> String {
    format!(
        r#"{{"id":"{name}","name":"{name}"{more},"service_at_locations":[{{"location_id":"l","schedules":[{schedule}]}}]}}"#
    )
}

#[test]
fn what_the_site_cancels_or_closes_stays_so_when_a_directory_is_read_again() {
    let choir = |hour: &str| {
        let times = format!(r#"{{"byday":"TU","opens_at":"{hour}:00","closes_at":"{hour}:45"}}"#);
        hall(&service("Choir", "", &times))
    };
    let site = new_site("en");
    site.write("theirs.json", choir("14"));
    let said = import(&site, "theirs.json", &["--area", "riverside", "--write"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let file = "content/programmes/hall.yaml";
    let stood = fs::read_to_string(site.path(file)).unwrap();
    let line = stood.lines().find(|line| line.contains("when:")).unwrap();
    let cancelled =
        format!("{}, exceptions: [{{on: 2026-12-22, cancelled: No heating}}]}}", line.trim_end_matches('}'));
    site.edit(file, line, &cancelled);
    site.write(
        "content/notices/repairs.md",
        "---\ntitle: Repairs\nsummary: Closed.\nkind: closure\nfrom: 2026-11-20\nuntil: 2026-12-09\nissuer: Hall\n\
         centres: [hall]\ncloses: {on: 2026-12-01..2026-12-09}\n---\nClosed for repairs.\n",
    );
    site.check().expect_code(0);
    let again = import(&site, "theirs.json", &["--area", "riverside", "--write", "--replace"]);
    assert!(again.stdout.is_empty() || again.stdout.contains("nothing"), "{}", again.stdout);
    let now = fs::read_to_string(site.path(file)).unwrap();
    assert!(now.contains("No heating") && !now.contains("extra"), "{now}");

    // Another hour changes that, and what was cancelled stays cancelled; nothing is held in a closed place.
    site.write("theirs.json", choir("16"));
    let said = import(&site, "theirs.json", &["--area", "riverside", "--write", "--replace"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let now = fs::read_to_string(site.path(file)).unwrap();
    assert!(now.contains("16:00-16:45") && now.contains("No heating") && !now.contains("extra"), "{now}");

    // What the directory gives up is said, since it still stands on the site.
    let over = choir("16").replace(r#""name":"Choir""#, r#""name":"Choir","status":"defunct""#);
    site.write("theirs.json", over);
    let said = import(&site, "theirs.json", &["--area", "riverside"]);
    assert!(said.stderr.contains("defunct") && said.stderr.contains("Choir"), "{}", said.stderr);
}

#[test]
fn nothing_that_a_directory_says_of_time_is_lost_in_silence() {
    let at = |schedule: &str| schedule.to_owned();
    let page = r#","url":"https://hall.example/""#;
    let winter = at(
        r#"{"byday":"MO","opens_at":"09:00","closes_at":"11:00","valid_from":"2026-12-01","valid_to":"2027-02-28"}"#,
    );
    let monthly =
        at(r#"{"freq":"MONTHLY","byday":"1SA","dtstart":"2026-12-05","opens_at":"09:00","closes_at":"11:00"}"#);
    let counted =
        at(r#"{"freq":"WEEKLY","count":3,"byday":"TU","dtstart":"2026-12-01","opens_at":"09:00","closes_at":"11:00"}"#);
    let booked = at(r#"{"byday":"FR","opens_at":"09:00","closes_at":"11:00","attending_type":"appointment"}"#);
    let services = [
        service("Heating", page, &winter),
        service("Clinic", page, &monthly),
        service("Course", "", &counted),
        service("Advice", r#","minimum_age":6,"maximum_age":12"#, &booked),
        r#"{"id":"a","name":"Tea","service_at_locations":[{"location_id":"l"}]}"#.to_owned(),
        r#"{"id":"b","name":"Tea","service_at_locations":[{"location_id":"l"}]}"#.to_owned(),
    ];
    let site = new_site("en");
    site.write("theirs.json", hall(&services.join(",")));
    let said = import(&site, "theirs.json", &["--area", "riverside", "--write"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let centre = fs::read_to_string(site.path("content/centres/hall.yaml")).unwrap();
    assert!(centre.contains("mon 09:00-11:00 (2026-12-01..2027-02-28)"), "{centre}");
    assert!(centre.contains("first sat 09:00-11:00"), "{centre}");
    let programme = fs::read_to_string(site.path("content/programmes/hall.yaml")).unwrap();
    assert!(programme.contains("2026-12-01..2026-12-15"), "{programme}");
    assert!(programme.contains("By appointment"), "{programme}");
    assert!(programme.contains("minimum_age: 6") && programme.contains("maximum_age: 12"), "{programme}");
    assert!(!said.stderr.contains("NB0859") || !said.stderr.contains("Course"), "{}", said.stderr);
    assert!(said.stderr.contains("Tea") && said.stderr.contains("another of the same name"), "{}", said.stderr);
    site.check().expect_code(0);
}

#[test]
fn tables_in_the_encodings_of_spreadsheets_are_read() {
    let site = new_site("zh-Hans");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/valley");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = if name.ends_with(".csv") { encoding_rs::GBK.encode(&text).0.into_owned() } else { text.into() };
        site.write(&format!("theirs/{name}"), bytes);
    }
    let said = import(&site, "theirs/datapackage.json", &["--area", "qingshan", "--write"]);
    assert!(said.stdout.contains("编织小组") && said.stdout.contains("周末电影"), "{}\n{}", said.stdout, said.stderr);
}

#[test]
fn whatever_a_package_holds_it_is_read_or_said() {
    let place = r#"{"id":"l","name":"Hall","location_type":"physical","addresses":[{"address_1":"1 Elm"}]}"#;
    let at = |schedule: &str| format!(r#""service_at_locations":[{{"location_id":"l","schedules":[{schedule}]}}]"#);
    let weekly = r#"{"byday":"TU","opens_at":"09:00","closes_at":"10:00"}"#;
    let one =
        |name: &str, more: &str| format!(r#"{{"locations":[{place}],"services":[{{"id":"s","name":{name},{more}}}]}}"#);
    let odd = [
        r#"{"services":[null,{"name":null,"schedules":null,"service_at_locations":[null,{"location":null}]}],"locations":[null,{}]}"#.to_owned(),
        r#"{"services":[{"name":["x"],"id":{},"status":[],"schedules":{},"service_at_locations":{"location":3}}]}"#.to_owned(),
        one("5", &at(r#"{"byday":{},"opens_at":9},{"interval":-1,"dtstart":"é"},{"count":-5,"dtstart":"2026-11-24","byday":"TU"},null,7"#)),
        one("\"A\"", &at(r#"{"freq":"DAILY","interval":0,"dtstart":"0001-01-01","opens_at":"09:00","closes_at":"10:00"}"#)),
        one("\"A\"", &at(r#"{"byday":"TU","opens_at":"09:00","closes_at":"10:00","valid_from":"1950-01-01","valid_to":"2150-12-31"}"#)),
        one("\"<script>\\u001b[31m # x: {y}\\n---\\u202e\"", &format!(r#""description":"- a\n# b",{}"#, at(weekly))),
        one(&format!("\"{}\"", "N".repeat(100_000)), &at(weekly)),
        // A service within itself, within its place, and named by a link of its own.
        format!(
            r#"{{"services":[{{"id":"s","name":"A","services":[{{"id":"s","name":"A",{}}}]}}],"locations":[{place}],"service_at_location":[{{"service_id":"s","location_id":"l"}}]}}"#,
            at(weekly)
        ),
        format!("{}{}", r#"{"services":["#.repeat(100), "]}".repeat(100)),
        r#"{"services":["#.repeat(50_000),
    ];
    for (number, text) in odd.iter().enumerate() {
        let site = new_site("en");
        site.write("odd.json", text);
        let said = import(&site, "odd.json", &["--area", "riverside", "--write"]);
        let is_said = said.code == Some(0) || said.stderr.contains("[NB0864]");
        assert!(is_said && said.stderr.lines().count() < 100, "{number}: {}\n{}", said.stdout, said.stderr);
        assert!(!(said.stdout + &said.stderr).contains('\u{1b}'), "{number}");
        site.check().expect_code(0);
        // A service that is named in short before it is told in full is taken all the same.
        assert_eq!(
            site.path("content/programmes/hall.yaml").exists(),
            [4, 5, 7].contains(&number),
            "{number}: {}",
            said.stderr
        );
    }
    let site = new_site("en");
    let resources = r#"{"resources":[{"name":"service","path":"service.csv"},{"name":"x","path":"../../etc/passwd"}]}"#;
    let rows: String = (0..200_002).map(|row| format!("{row},a\n")).collect();
    site.write("theirs/datapackage.json", resources).write("theirs/service.csv", format!("id,name\n{rows}"));
    let said = import(&site, "theirs/datapackage.json", &[]);
    assert_eq!((said.code, said.stderr.contains("[NB0831]")), (Some(1), true), "{}", said.stderr);
}

//! What stands in the output folder: the same bytes for the same input, nothing touched that did not change, nothing
//! deleted that is not ours, and after a kill at any point every file whole and the next build as if nothing happened.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::support::*;

/// A site with so many centres that a build of it can be killed half way.
fn many_centres(count: usize) -> TestSite {
    let site = TestSite::minimal();
    for number in 0..count {
        site.write(&format!("content/centres/c{number:03}.yaml"), centre(number, "旧"));
    }
    site
}

fn centre(number: usize, summary: &str) -> String {
    CENTRE.replace("解放路1号", &format!("解放路{number}号")) + &format!("summary: {summary}\n")
}

/// When each published file was last written.
fn times(site: &TestSite) -> BTreeMap<String, SystemTime> {
    let standing = snapshot(&site.output()).into_iter();
    let times = standing.filter_map(|(path, standing)| match standing {
        Standing::File { modified, .. } if !path.starts_with(".noticeboard/") => Some((path, modified)),
        _ => None,
    });
    times.collect()
}

/// The published files whose time or existence differs.
fn touched(before: &BTreeMap<String, SystemTime>, after: &BTreeMap<String, SystemTime>) -> Vec<String> {
    let paths = before.keys().chain(after.keys()).collect::<std::collections::BTreeSet<_>>();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

#[test]
fn two_builds_of_the_same_input_are_identical_to_the_byte() {
    let (one, two) = (many_centres(20), many_centres(20));
    one.build().args(&["--jobs", "1"]).expect_code(0);
    two.build().args(&["--jobs", "7"]).expect_code(0);
    assert_eq!(files(&one.output()), files(&two.output()));
    let manifest = |site: &TestSite| fs::read_to_string(site.path("public/.noticeboard/manifest")).unwrap();
    assert_eq!(manifest(&one), manifest(&two));
    // What else there is says how this disk looks, and is left out when folders are compared.
    let state: Vec<String> = snapshot(&one.path("public/.noticeboard")).into_keys().collect();
    assert_eq!(state, ["lock", "manifest", "stat", "told"]);
}

#[test]
fn a_second_build_of_the_same_input_touches_nothing() {
    let site = TestSite::minimal();
    let before = snapshot(&site.built().output());
    site.built();
    assert_eq!(differences(&before, &snapshot(&site.output())), Vec::<String>::new());
}

#[test]
fn a_build_that_only_warns_touches_nothing_either() {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "周二 上午", "周日 上午");
    site.build().expect_code(0).complains("NB0502");
    let before = times(&site);
    site.build().expect_code(0).complains("NB0502");
    assert_eq!(touched(&before, &times(&site)), Vec::<String>::new());
}

#[test]
fn a_build_without_a_change_repeats_what_was_said_and_makes_nothing() {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "周二 上午", "周日 上午");
    let loud = |language: &str| site.build().lang(language).expect_code(0);
    let (first, second) = (loud("zh-Hans"), loud("zh-Hans"));
    assert_eq!(first.stderr, second.stderr);
    assert!(second.stdout.starts_with("内容没有变化"), "{}", second.stdout);
    // Another language, or a record that was torn, has to be made out anew.
    loud("en").complains("1 warning");
    let told = site.path("public/.noticeboard/told");
    fs::write(&told, fs::read_to_string(&told).unwrap().replace("NB0502", "NB0503")).unwrap();
    assert!(loud("en").complains("NB0502").stdout.contains("unchanged"));
    assert!(loud("en").complains("NB0502").stdout.starts_with("nothing has changed"));
    // What is mended is not said any more.
    site.edit(PROGRAMME_FILE, "周日 上午", "周二 上午");
    for _ in 0..2 {
        assert_eq!(loud("en").stderr, "");
    }
    assert!(!fs::read_to_string(&told).unwrap().contains("NB050"));
}

#[test]
fn a_quiet_build_without_a_change_makes_nothing_and_keeps_what_is_to_be_said() {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "周二 上午", "周日 上午");
    let quiet = || assert_eq!(site.build().args(&["--quiet"]).expect_code(0).stderr, "");
    quiet();
    let second = site.build().expect_code(0).complains("NB0502");
    assert!(second.stdout.starts_with("nothing has changed"), "{}", second.stdout);
    // A build that made the site anew would keep anew what was said.
    let told = site.path("public/.noticeboard/told");
    fs::write(&told, "torn").unwrap();
    quiet();
    assert_eq!(fs::read_to_string(&told).unwrap(), "torn");
    assert!(!site.build().expect_code(0).complains("NB0502").stdout.starts_with("nothing has changed"));
}

#[test]
fn a_day_on_which_nothing_changes_but_the_date_touches_only_pages_that_say_the_day() {
    let site = TestSite::minimal();
    let before = times(site.built());
    site.build().today("2026-11-25").expect_code(0);
    let changed = touched(&before, &times(&site));
    assert!(changed.contains(&"index.html".to_owned()), "{changed:?}");
    assert!(!changed.contains(&"notices/heating/index.html".to_owned()), "{changed:?}");
}

#[test]
fn a_changed_record_touches_its_pages_and_no_others() {
    let site = TestSite::minimal();
    let before = times(site.built());
    site.edit(NOTICE_FILE, "照常开放", "仍然开放").built();
    assert_eq!(touched(&before, &times(&site)), ["notices/heating/index.html"]);
}

#[test]
fn a_file_that_is_only_touched_is_not_written_again() {
    let site = TestSite::minimal();
    site.built();
    let page = site.output().join("index.html");
    let earlier = SystemTime::now() - Duration::from_secs(3600);
    fs::File::options().write(true).open(&page).unwrap().set_modified(earlier).unwrap();
    site.built();
    assert_eq!(fs::metadata(&page).unwrap().modified().unwrap(), earlier);
}

#[test]
fn a_published_file_that_was_edited_or_deleted_is_put_right() {
    let site = TestSite::minimal();
    let before = files(&site.built().output());
    site.write("public/index.html", "spoilt").remove("public/notices/heating/index.html").built();
    assert_eq!(before, files(&site.output()));
}

#[test]
fn a_removed_record_takes_its_pages_along_and_nothing_else() {
    let site = TestSite::minimal();
    let without = files(&site.built().output());
    site.write("content/pages/help.md", "---\ntitle: 帮助\n---\n")
        .write("content/pages/help.en.md", "---\ntitle: Help\n---\n");
    site.built();
    assert!(site.output().join("help/index.html").exists() && site.output().join("en/help/index.html").exists());
    site.write("public/help/mine.txt", "mine").write("public/mine/index.html", "mine").write("public/CNAME", "mine");
    site.remove("content/pages/help.md").remove("content/pages/help.en.md").built();
    let mut expected = without;
    for path in ["help/mine.txt", "mine/index.html", "CNAME"] {
        expected.insert(path.to_owned(), b"mine".to_vec());
    }
    assert_eq!(expected, files(&site.output()));
    assert!(!site.output().join("en/help").exists());
}

#[test]
fn a_file_of_someone_else_where_a_page_must_go_is_left_alone_and_named() {
    let site = TestSite::minimal();
    site.built().write("public/help/index.html", "mine");
    let before = snapshot(&site.output());
    site.write("content/pages/help.md", "---\ntitle: 帮助\n---\n");
    site.build().expect_code(2).complains("something that noticeboard did not make stands at");
    site.build().lang("zh-Hans").expect_code(2).complains("已被别的文件或文件夹占用");
    let after = snapshot(&site.output());
    assert_eq!(differences(&before, &after), Vec::<String>::new());
}

#[test]
fn a_build_with_errors_publishes_nothing_the_first_time() {
    let site = TestSite::minimal();
    site.append(NOTICE_FILE, "[无](/nowhere/)\n").build().expect_code(1).complains("NB0408");
    assert_eq!(files(&site.output()), BTreeMap::new());
}

#[test]
fn a_build_that_is_killed_leaves_whole_files_and_the_next_one_completes_it() {
    const CENTRES: usize = 200;
    const ROUNDS: u32 = 20;
    let site = many_centres(CENTRES);
    let output = site.output();
    let saved = site.path("saved");
    copy(&site.built().output(), &saved);
    let old = files(&output);
    for number in 0..CENTRES {
        site.write(&format!("content/centres/c{number:03}.yaml"), centre(number, "新"));
    }
    site.write("content/pages/new.md", "---\ntitle: 新\n---\n").remove(NOTICE_FILE).remove(NOTICE_EN_FILE);
    let clean = site.path("clean");
    site.build().out(&clean).expect_code(0);
    let new = files(&clean);
    assert_ne!(old, new);
    let began = Instant::now();
    site.built();
    let whole = began.elapsed();
    let (mut stopped, mut journals) = (0, 0);
    for round in 0..ROUNDS {
        fs::remove_dir_all(&output).unwrap();
        copy(&saved, &output);
        // Half of them at any point, half once files are being moved into place, which takes but a moment.
        let moving = (round % 2 == 1).then(|| Duration::from_micros(100) * round);
        stopped += usize::from(killed(&site, moving.unwrap_or(whole * round / ROUNDS), moving.is_some()));
        journals += usize::from(output.join(".noticeboard/journal").exists());
        for (path, content) in files(&output) {
            let is_whole = old.get(&path) == Some(&content) || new.get(&path) == Some(&content);
            assert!(is_whole, "round {round}: {path} is torn");
        }
        site.built();
        assert!(files(&output) == new, "round {round}: the next build did not complete it");
        let state: Vec<_> = snapshot(&output.join(".noticeboard")).into_keys().collect();
        assert_eq!(state, ["lock", "manifest", "stat", "told"], "round {round}");
    }
    assert!(stopped > 5 && journals > 0, "the kills came too late: {stopped}, {journals}");
}

/// Kills a build (SIGKILL) a while after it began, or after it began to move files; whether it was still running.
fn killed(site: &TestSite, delay: Duration, moving: bool) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticeboard"));
    let quiet = command.args(site.build().arguments()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut build = quiet.spawn().unwrap();
    let journal = site.output().join(".noticeboard/journal");
    while moving && !journal.exists() && build.try_wait().unwrap().is_none() {}
    std::thread::sleep(delay);
    let _ = build.kill();
    build.wait().unwrap().code().is_none()
}

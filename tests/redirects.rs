//! Old addresses: they lead to pages that are there, may not stand in another's place, and none of them is forgotten.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::*;

/// A site that wants old addresses and nothing else for programs.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [redirects]");
    site
}

fn with_aliases() -> TestSite {
    let site = site();
    site.append(CENTRE_FILE, "aliases: [old/centre/, /en/old/centre, art/2023/党群.html]\n");
    site.edit(NOTICE_FILE, "title: 供暖检修\n", "title: 供暖检修\naliases: [news]\n");
    site
}

fn read(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn an_old_address_leads_to_its_page_in_the_language_that_it_names() {
    let site = with_aliases();
    site.built();
    for (old, new, lang, title) in [
        ("old/centre/index.html", "../../centres/jiefang/", "zh-Hans", "解放社区中心"),
        ("en/old/centre/index.html", "../../../en/centres/jiefang/", "en", "Jiefang Centre"),
        ("art/2023/党群.html", "../../centres/jiefang/", "zh-Hans", "解放社区中心"),
        ("news/index.html", "../notices/heating/", "zh-Hans", "供暖检修"),
    ] {
        let page = read(&site, old);
        let whole = format!("https://example.org/{}", new.trim_start_matches("../"));
        for part in [
            format!("<html lang=\"{lang}\">"),
            format!("<title>{title}</title>"),
            "<meta name=\"robots\" content=\"noindex\">".to_owned(),
            format!("<meta http-equiv=\"refresh\" content=\"0; url={new}\">"),
            format!("<link rel=\"canonical\" href=\"{whole}\">"),
            format!("<a href=\"{new}\">{title}</a>"),
        ] {
            assert!(page.contains(&part), "{part} is not in {old}:\n{page}");
        }
        let folder = site.output().join(old);
        let target = folder.parent().unwrap().join(new).join("index.html");
        assert!(target.is_file(), "{}", target.display());
    }
}

#[test]
fn pages_link_to_files_where_the_site_wants_it() {
    let site = with_aliases();
    site.edit(SITE_FILE, "theme: bare", "theme: bare\nlinks: files").built();
    assert!(read(&site, "news/index.html").contains("0; url=../notices/heating/index.html"));
    assert!(read(&site, "_redirects").contains("/news /notices/heating/index.html 301!\n"));
}

#[test]
fn servers_get_a_rule_for_each_way_to_ask_for_an_old_address() {
    let site = with_aliases();
    site.edit(SITE_FILE, "https://example.org/", "https://example.org/站/").built();
    let nginx = "\
# Old addresses. In the server block: include …/redirects/nginx.conf;
location = \"/站/art/2023/党群.html\" { return 301 \"/站/centres/jiefang/\"; }
location = \"/站/en/old/centre\" { return 301 \"/站/en/centres/jiefang/\"; }
location = \"/站/en/old/centre/\" { return 301 \"/站/en/centres/jiefang/\"; }
location = \"/站/news\" { return 301 \"/站/notices/heating/\"; }
location = \"/站/news/\" { return 301 \"/站/notices/heating/\"; }
location = \"/站/old/centre\" { return 301 \"/站/centres/jiefang/\"; }
location = \"/站/old/centre/\" { return 301 \"/站/centres/jiefang/\"; }
";
    let site_path = "%E7%AB%99";
    assert_eq!(read(&site, "redirects/nginx.conf"), nginx.replace("301 \"/站", &format!("301 \"/{site_path}")));
    let caddy = read(&site, "redirects/Caddyfile");
    assert!(caddy.contains(&format!("redir \"/站/news/\" \"/{site_path}/notices/heating/\" permanent\n")), "{caddy}");
    assert_eq!(caddy.lines().count(), 8);
    let netlify = read(&site, "_redirects");
    let party = "art/2023/%E5%85%9A%E7%BE%A4.html";
    assert!(netlify.contains(&format!("/{site_path}/{party} /{site_path}/centres/jiefang/ 301!\n")), "{netlify}");
    assert!(netlify.is_ascii());
}

/// A web server of Debian's, as `tests/tools` unpacked it or as it is installed.
fn server(path: &str, name: &str) -> Option<PathBuf> {
    let unpacked = std::env::var_os("TEST_TOOLS").map(|tools| Path::new(&tools).join("servers").join(path));
    let found = unpacked.filter(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(name));
    let there = Command::new(&found).arg(if name == "nginx" { "-v" } else { "version" }).output();
    if there.is_err() {
        eprintln!("skipped: {name} is neither unpacked nor installed");
    }
    there.is_ok().then_some(found)
}

/// A server that runs until it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port of this machine on which nobody listens.
fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// What a server answers to a request: the first line, and where it sends the reader.
fn asked(port: u16, path: &str) -> (String, Option<String>) {
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut stream = loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => break stream,
            Err(error) => assert!(Instant::now() < deadline, "{error}"),
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.lines().next().unwrap().split_once(' ').unwrap().1.trim().to_owned();
    let location = answer.lines().find_map(|line| {
        line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("location")).map(|(_, value)| value)
    });
    // nginx writes the whole address, Caddy the path.
    let path = |whole: &str| {
        whole.trim().trim_start_matches("http://").trim_start_matches(&format!("127.0.0.1:{port}")).to_owned()
    };
    (status, location.map(path))
}

/// Follows old addresses on a server that has the rules.
fn leads_on(port: u16) {
    let encoded = "/art/2023/%E5%85%9A%E7%BE%A4.html";
    for (old, new) in [
        ("/old/centre/", "/centres/jiefang/"),
        ("/old/centre", "/centres/jiefang/"),
        ("/en/old/centre", "/en/centres/jiefang/"),
        (encoded, "/centres/jiefang/"),
        ("/news", "/notices/heating/"),
        ("/old/centre/?from=poster", "/centres/jiefang/"),
    ] {
        let (status, location) = asked(port, old);
        assert!(status.starts_with("301"), "{old}: {status}");
        assert_eq!(location.as_deref(), Some(new), "{old}");
        assert!(asked(port, new).0.starts_with("200"), "{new}");
    }
    assert!(asked(port, "/old/centre/more").0.starts_with("404"));
}

#[test]
fn nginx_reads_the_rules_and_leads_on() {
    let Some(nginx) = server("usr/sbin/nginx", "nginx") else { return };
    let site = with_aliases();
    site.built();
    let (rules, root, port) = (site.output().join("redirects/nginx.conf"), site.root().display(), free_port());
    // Everything that nginx makes for itself goes into the folder of the test.
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let own: String = kinds.iter().map(|kind| format!("{kind}_temp_path {root}/nginx-{kind};\n")).collect();
    let server =
        format!("server {{ listen 127.0.0.1:{port}; root {}; include {}; }}", site.output().display(), rules.display());
    let head = format!("daemon off;\nmaster_process off;\npid {root}/pid;\nerror_log stderr;\nevents {{}}\n");
    site.write("nginx.conf", format!("{head}http {{\naccess_log off;\n{own}{server}\n}}\n"));
    let command = |more: &[&str]| {
        let mut command = Command::new(&nginx);
        command.args(more).arg("-c").arg(site.path("nginx.conf"));
        command
    };
    let output = command(&["-t"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let _running = Running(command(&[]).stderr(Stdio::null()).spawn().unwrap());
    leads_on(port);
}

#[test]
fn caddy_reads_the_rules_and_leads_on() {
    let Some(caddy) = server("usr/bin/caddy", "caddy") else { return };
    let site = with_aliases();
    site.built();
    let (rules, port) = (site.output().join("redirects/Caddyfile"), free_port());
    let head = "{\n\tadmin off\n\tauto_https off\n}\n";
    let body = format!(
        "\tbind 127.0.0.1\n\timport {}\n\troot * {}\n\tfile_server\n",
        rules.display(),
        site.output().display()
    );
    site.write("Caddyfile", format!("{head}http://:{port} {{\n{body}}}\n"));
    let command = |what: &str| {
        let mut command = Command::new(&caddy);
        command.arg(what).args(["--adapter", "caddyfile", "--config"]).arg(site.path("Caddyfile"));
        // What it keeps for itself goes into the folder of the test.
        command.env("XDG_DATA_HOME", site.root()).env("XDG_CONFIG_HOME", site.root()).env("HOME", site.root());
        command
    };
    let output = command("validate").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let _running = Running(command("run").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    leads_on(port);
}

#[test]
fn the_files_are_there_also_when_nothing_has_moved_and_none_when_they_are_not_wanted() {
    let site = site();
    site.built();
    assert_eq!(read(&site, "redirects/nginx.conf").lines().count(), 1);
    assert_eq!(read(&site, "redirects/Caddyfile").lines().count(), 1);
    assert_eq!(read(&site, "_redirects").lines().count(), 1);
    let site = with_aliases();
    site.edit(SITE_FILE, "[redirects]", "none").built();
    for path in ["redirects", "_redirects", "addresses.txt", "news"] {
        assert!(!site.output().join(path).exists(), "{path}");
    }
}

#[test]
fn what_is_not_yet_shown_has_no_old_address_yet() {
    let site = with_aliases();
    site.edit(NOTICE_FILE, "from: 2026-11-20", "from: 2026-11-25").built();
    assert!(!site.output().join("news").exists());
    site.build().today("2026-11-25").expect_code(0);
    assert!(site.output().join("news/index.html").is_file());
}

/// Expects exactly these problems, as code, place, Chinese and English.
#[track_caller]
fn found(site: &TestSite, wanted: &[(&str, &str, &str, &str)]) {
    for language in ["zh-Hans", "en"] {
        let message = |wanted: &(&str, &str, &str, &str)| if language == "en" { wanted.3 } else { wanted.2 }.to_owned();
        let found: Vec<_> = site.findings(language).into_iter().map(|f| (f.code, f.place, f.message)).collect();
        let expected: Vec<_> = wanted.iter().map(|w| (w.0.to_owned(), w.1.to_owned(), message(w))).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn an_old_address_may_not_be_that_of_a_page_or_another_old_address() {
    let site = site();
    let place = |number: usize| format!("content/centres/jiefang.yaml:{}:5", 8 + number);
    let aliases = [
        "notices/heating/",
        "Centres/Jiefang",
        "en/events/",
        "areas/jiefang/",
        "policies/for/older-people/",
        "index.html",
        "en/",
        "old/",
        "/OLD/index.html",
        "news/",
        "zh-Hans/old/",
    ];
    let lines: String = aliases.iter().map(|alias| format!("  - {alias}\n")).collect();
    site.append(CENTRE_FILE, &format!("aliases:\n{lines}"));
    site.edit(NOTICE_FILE, "title: 供暖检修\n", "title: 供暖检修\naliases: [news]\n");
    // Also one that is not shown before December.
    site.edit(NOTICE_FILE, "from: 2026-11-20", "from: 2026-12-01").edit(NOTICE_FILE, "until: 2026-12-01\n", "");
    let taken = [
        "/notices/heating/",
        "/Centres/Jiefang/",
        "/en/events/",
        "/areas/jiefang/",
        "/policies/for/older-people/",
        "/",
        "/en/",
    ];
    let mut wanted: Vec<(String, String)> =
        taken.iter().enumerate().map(|(number, address)| (place(number), (*address).to_owned())).collect();
    wanted.push((place(8), "/OLD/".to_owned()));
    wanted.push(("content/notices/heating.md:3:11".to_owned(), "/news/".to_owned()));
    let words: Vec<_> = wanted
        .iter()
        .map(|(place, address)| {
            let chinese = format!("网址 {address} 上已有网页或别的旧网址");
            (place, chinese, format!("there is a page or another old address at {address}"))
        })
        .collect();
    let wanted: Vec<_> =
        words.iter().map(|(place, zh, en)| ("NB0434", place.as_str(), zh.as_str(), en.as_str())).collect();
    found(&site, &wanted);
    // Both places are shown.
    let said = site.check().expect_code(1);
    for place in ["content/centres/jiefang.yaml:17:5", "content/areas.yaml"] {
        assert!(said.stderr.contains(place), "{place} is not in:\n{}", said.stderr);
    }
    assert_eq!(site.build().run().code, Some(1));
}

#[test]
fn an_old_address_is_a_path_of_this_site() {
    let site = site();
    site.append(CENTRE_FILE, "aliases: [\"https://old.example/a/\", \"a?id=5\", good/]\n");
    let wrong = |text: &str| (format!("“{text}”不是本站的地址"), format!("`{text}` is not an address of this site"));
    let (first, second) = (wrong("https://old.example/a/"), wrong("a?id=5"));
    found(
        &site,
        &[
            ("NB0340", "content/centres/jiefang.yaml:7:11", &first.0, &first.1),
            ("NB0340", "content/centres/jiefang.yaml:7:37", &second.0, &second.1),
        ],
    );
}

#[test]
fn a_translation_has_no_old_addresses_of_its_own() {
    let site = with_aliases();
    site.edit(NOTICE_EN_FILE, "title: Heating check\n", "title: Heating check\naliases: [english-news]\n");
    let found = site.findings("en");
    assert_eq!(found.iter().map(|f| f.code.as_str()).collect::<Vec<_>>(), ["NB0113"]);
}

#[test]
fn every_page_and_file_for_programs_is_listed_with_the_old_addresses_and_nothing_else() {
    let site = with_aliases();
    site.built();
    let listed = read(&site, "addresses.txt");
    let pages: Vec<String> = files(&site.output())
        .into_keys()
        .filter(|path| (path.ends_with(".html") && path != "404.html") || path.ends_with(".json"))
        .map(|path| format!("/{}", path.trim_end_matches("index.html")))
        .collect();
    let mut sorted = pages.clone();
    sorted.sort();
    assert_eq!(listed.lines().collect::<Vec<_>>(), sorted);
    for line in ["/", "/en/", "/centres/jiefang/", "/old/centre/", "/art/2023/党群.html"] {
        assert!(listed.lines().any(|listed| listed == line), "{line}");
    }
}

#[test]
fn a_published_address_that_would_disappear_is_named_in_its_line() {
    let site = with_aliases();
    site.built();
    let ledger = site.path("addresses.txt");
    fs::copy(site.output().join("addresses.txt"), &ledger).unwrap();
    let ledger = ledger.to_str().unwrap();
    site.check().args(&["--against", ledger]).expect_code(0);

    // The centre gets another id, and forgets one of its old addresses.
    site.remove(CENTRE_FILE).edit(PROGRAMME_FILE, "centre: jiefang", "centre: liberation");
    site.edit(NOTICE_FILE, "centres: [jiefang]", "centres: [liberation]");
    site.edit(NOTICE_FILE, "/centres/jiefang/", "/centres/liberation/");
    site.edit(NOTICE_EN_FILE, "/centres/jiefang/", "/centres/liberation/");
    let renamed = "content/centres/liberation.yaml";
    site.write(renamed, format!("{CENTRE}aliases: [old/centre/, en/old/centre/]\n"));
    let lines: Vec<String> = fs::read_to_string(ledger).unwrap().lines().map(str::to_owned).collect();
    let line = |address: &str| lines.iter().position(|line| line == address).unwrap() + 1;
    for language in ["zh-Hans", "en"] {
        let said = site.check().lang(language).args(&["--format", "json", "--against", ledger]).expect_code(1);
        let found: Vec<Found> = said.stdout.lines().map(Found::read).collect();
        // What programs fetch beside the page goes with it, and the page for the screen in the lobby.
        let gone = [
            ("/art/2023/党群.html", "art/2023/党群.html"),
            ("/centres/jiefang/", "centres/jiefang/"),
            ("/centres/jiefang/hours.json", "centres/jiefang/"),
            ("/display/jiefang/", "centres/jiefang/"),
            ("/en/centres/jiefang/", "en/centres/jiefang/"),
            ("/en/display/jiefang/", "en/centres/jiefang/"),
        ];
        assert_eq!(found.len(), gone.len(), "{found:?}");
        for (found, (address, alias)) in found.iter().zip(gone) {
            let message = match language {
                "en" => format!("the published address {address} would no longer exist"),
                _ => format!("已公布的网址 {address} 将不复存在"),
            };
            let place = format!("{ledger}:{}:1", line(address));
            assert_eq!((found.code.as_str(), &found.place, &found.message), ("NB0435", &place, &message));
            let mend = format!("aliases: [{alias}]");
            assert!(found.help.iter().any(|help| help.contains(&mend)), "{:?}", found.help);
        }
    }
    let said = site.check().args(&["--against", ledger]).expect_code(1);
    assert!(said.stderr.contains("/en/centres/jiefang/"), "{}", said.stderr);

    // As it says: then nothing disappears any more.
    let mended = "aliases: [old/centre/, en/old/centre/, art/2023/党群.html, centres/jiefang/, en/centres/jiefang/, \
                  display/jiefang/, en/display/jiefang/]\n";
    site.write(renamed, format!("{CENTRE}{mended}"));
    site.check().args(&["--against", ledger]).expect_code(0);

    // Without pages at old addresses they are gone all the same.
    site.edit(SITE_FILE, "[redirects]", "[tables]");
    let said = site.check().args(&["--format", "json", "--against", ledger]).expect_code(1);
    let found: Vec<Found> = said.stdout.lines().map(Found::read).collect();
    assert_eq!(found.len(), 9, "{found:?}");
    assert!(found.iter().all(|found| found.help.iter().any(|help| help.contains("add redirects to `outputs`"))));
}

#[test]
fn a_ledger_of_an_earlier_day_may_be_compared_with() {
    let site = with_aliases();
    site.call("record").expect_code(0);
    let earlier = site.path("earlier.txt");
    let ledger = fs::read_to_string(site.path("ledger.txt")).unwrap();
    fs::write(&earlier, ledger.clone() + "/given-up/ gone 2026-11-01\n/lost/\n").unwrap();
    for against in ["ledger.txt", "earlier.txt"] {
        let path = site.path(against);
        let said = site.check().args(&["--format", "json", "--against", path.to_str().unwrap()]);
        let said = said.expect_code(i32::from(against == "earlier.txt"));
        let gone: Vec<_> = said.stdout.lines().map(Found::read).filter(|found| found.code == "NB0435").collect();
        let expected = if against == "earlier.txt" {
            vec![format!("{}:{}:1", path.display(), ledger.lines().count() + 2)]
        } else {
            vec![]
        };
        assert_eq!(gone.iter().map(|found| found.place.clone()).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_list_of_addresses_may_be_written_by_hand() {
    let site = with_aliases();
    let ledger = site.path("printed.txt");
    let lines = "\u{feff}/centres/jiefang/\r\n\n# printed in 2025\n  https://example.org/old/centre/index.html  \n\
                 notices/heating/index.html\n/art/2023/%E5%85%9A%E7%BE%A4.html\n/nowhere/\n";
    fs::write(&ledger, lines).unwrap();
    let ledger = ledger.to_str().unwrap();
    let said = site.check().args(&["--format", "json", "--against", ledger]).expect_code(1);
    let found: Vec<Found> = said.stdout.lines().map(Found::read).collect();
    let places: Vec<&str> = found.iter().map(|found| found.place.as_str()).collect();
    assert_eq!(places, [format!("{ledger}:7:1")]);
    site.check().args(&["--against", "there-is-no-such-file"]).expect_code(3).complains("there-is-no-such-file");
}

//! What a preview answers, to whom, and what it refuses: over the network, from outside.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A preview that runs, and ends with the test.
struct Preview {
    program: Child,
    port: u16,
    folder: tempfile::TempDir,
    said: Vec<String>,
}

/// What was answered.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A preview of the small site in every language.
fn preview(arguments: &[&str]) -> Preview {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("tests/languages"), folder.path());
    start(folder, arguments)
}

fn start(folder: tempfile::TempDir, arguments: &[&str]) -> Preview {
    let mut program = Command::new(env!("CARGO_BIN_EXE_noticeboard"))
        .args(["serve", "--port", "0", "--today", "2026-11-24", "--lang", "en", "--site"])
        .arg(folder.path())
        .args(["--posters", "none"].iter().filter(|_| !arguments.contains(&"--posters")))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = Vec::new();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let port = loop {
        let line = lines.next().expect("the program ended before it said where it is").unwrap();
        let port = line.rsplit_once(':').and_then(|(_, rest)| rest.trim_end_matches('/').parse().ok());
        said.push(line);
        if let Some(port) = port {
            break port;
        }
    };
    std::thread::spawn(move || lines.for_each(drop));
    Preview { program, port, folder, said }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_name().to_str() {
            Some("expected" | "public") => {}
            _ if entry.path().is_dir() => copy(&entry.path(), &target),
            _ => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

impl Preview {
    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &format!("Host: localhost:{}\r\n", self.port))
    }

    /// Waits until the site is read.
    fn ready(self) -> Self {
        let end = Instant::now() + Duration::from_secs(60);
        while self.get("/").status == 503 {
            assert!(Instant::now() < end, "the site is never read");
            std::thread::sleep(Duration::from_millis(30));
        }
        self
    }

    /// What a browser at a page is told, one line a state.
    fn events(&self, page: &str) -> impl Iterator<Item = serde_json::Value> + use<> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let page = page.replace('/', "%2F");
        let port = self.port;
        write!(stream, "GET /.noticeboard/events?page={page} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").unwrap();
        BufReader::new(stream).lines().filter_map(|line| {
            let line = line.unwrap();
            line.strip_prefix("data: ").map(|data| serde_json::from_str(data).unwrap())
        })
    }
}

#[test]
fn a_browser_that_comes_before_the_site_is_read_is_told_to_wait() {
    let preview = preview(&[]);
    let early = preview.get("/");
    assert!(early.status == 503 || early.status == 200, "{early:?}");
    if early.status == 503 {
        assert!(early.text().contains("The site is being read"), "{}", early.text());
        assert_eq!(early.header("retry-after"), Some("1"));
    }
    let preview = preview.ready();
    assert!(preview.get("/").text().contains("/.noticeboard/reload.js"));
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let preview = preview(&[]).ready();
    let port = preview.port;
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        assert_eq!(preview.ask("GET", "/", &format!("Host: {host}\r\n")).status, 200, "{host}");
    }
    for host in [format!("evil.example:{port}"), "localhost:1".into(), format!("192.0.2.7:{port}"), String::new()] {
        let answer = preview.ask("GET", "/", &format!("Host: {host}\r\n"));
        assert!(matches!(answer.status, 400 | 403), "{host}: {answer:?}");
    }
    assert!(preview.said.iter().any(|line| line.contains("http://127.0.0.1:")), "{:?}", preview.said);
}

#[test]
fn nothing_but_files_of_the_site_is_there() {
    let preview = preview(&[]).ready();
    fs::write(preview.folder.path().join("secret.txt"), "secret").unwrap();
    for path in [
        "/secret.txt",
        "/site.yaml",
        "/content/areas.yaml",
        "/../site.yaml",
        "/%2e%2e/site.yaml",
        "/..%2fsite.yaml",
        "/centres/../site.yaml",
        "/%252e%252e/site.yaml",
        "//etc/passwd",
        "/.noticeboard/../site.yaml",
        "/.noticeboard/server.rs",
        "/.git/config",
        "/%00",
        "/%ff",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("secret") && !answer.text().contains("base_url"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = preview.ask(method, "/", &format!("Host: localhost:{}\r\nContent-Length: 0\r\n", preview.port));
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let head = preview.ask("HEAD", "/", &format!("Host: localhost:{}\r\n", preview.port));
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn each_file_is_what_it_is_with_the_headers_of_the_site() {
    let preview = preview(&[]).ready();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/.noticeboard/reload.js", "text/javascript; charset=utf-8"),
        ("/.noticeboard/overlay.css", "text/css; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let tag = answer.header("etag").unwrap();
        let again = preview.ask("GET", path, &format!("Host: localhost:{}\r\nIf-None-Match: {tag}\r\n", preview.port));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
    let page = preview.get("/").text();
    let sheet = page.split("assets/civic.").nth(1).unwrap().split('"').next().unwrap();
    let sheet = preview.get(&format!("/assets/civic.{sheet}"));
    assert_eq!(sheet.header("cache-control"), Some("public, max-age=31536000, immutable"));
}

#[test]
fn what_is_not_there_shows_the_sites_own_page_and_folders_get_their_slash() {
    let preview = preview(&["--base-url", "https://example.org/sub/"]).ready();
    let above = preview.get("/");
    assert_eq!((above.status, above.header("location")), (302, Some("/sub/")));
    let missing = preview.get("/sub/nothing/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("/sub/assets/civic."), "{}", missing.text());
    let folder = preview.get("/sub/centres");
    assert_eq!((folder.status, folder.header("location")), (301, Some("/sub/centres/")));
    assert_eq!(preview.get("/sub/centres/").status, 200);
    assert_eq!(preview.get("/sub/centres/index.html").status, 200);
}

#[test]
fn a_mistake_is_told_with_its_place_and_mend_and_the_good_page_stays() {
    let preview = preview(&["--editor", "x-edit://{path}#{line}"]).ready();
    let mut states = preview.events("/centres/");
    let first = states.next().unwrap();
    assert_eq!(first["problems"]["shown"], serde_json::json!([]));
    let page = first["page"].as_str().unwrap().to_owned();
    assert!(preview.get("/centres/").text().contains(&format!("data-page=\"{page}\"")));
    let site = preview.folder.path().join("site.yaml");
    let good = fs::read_to_string(&site).unwrap();
    fs::write(&site, format!("</script>: 1\n{good}")).unwrap();
    let broken = states.find(|state| state["problems"]["shown"][0].is_object()).unwrap();
    let shown = &broken["problems"]["shown"][0];
    assert_eq!((&shown["code"], &shown["file"]), (&"NB0206".into(), &"site.yaml".into()));
    assert_eq!((&shown["line"], &shown["column"]), (&1.into(), &1.into()));
    assert_eq!(shown["message"], "there is no key `</script>` here");
    assert!(shown["editor"].as_str().unwrap().starts_with("x-edit://"), "{shown}");
    assert!(shown["editor"].as_str().unwrap().ends_with("/site.yaml#1"), "{shown}");
    assert_eq!(broken["page"], page, "the page is the last good one");
    assert_eq!(preview.get("/centres/").status, 200);
    fs::write(&site, good).unwrap();
    let mended = states.find(|state| state["problems"]["shown"][0].is_null()).unwrap();
    assert_eq!(mended["page"], page);
}

#[test]
fn a_site_that_begins_with_a_mistake_says_it_in_plain_html_and_goes_on_when_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("tests/languages"), folder.path());
    let site = folder.path().join("site.yaml");
    let good = fs::read_to_string(&site).unwrap();
    fs::write(&site, format!("<b>: 1\n{good}")).unwrap();
    let preview = start(folder, &[]);
    let mut states = preview.events("/");
    states.find(|state| state["problems"]["shown"][0].is_object()).unwrap();
    let answer = preview.get("/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("there is no key `&lt;b&gt;` here"), "{}", answer.text());
    fs::write(&site, good).unwrap();
    states.find(|state| state["page"].is_string()).unwrap();
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn without_the_systems_events_a_change_is_seen_too() {
    let preview = preview(&["--poll"]).ready();
    let mut states = preview.events("/");
    let before = states.next().unwrap()["page"].clone();
    let site = preview.folder.path().join("site.yaml");
    let text = fs::read_to_string(&site).unwrap();
    fs::write(&site, text.replace("解放社区公告栏", "另一块公告栏")).unwrap();
    let after = states.find(|state| state["page"] != before).unwrap();
    assert!(after["page"].is_string());
    assert!(preview.get("/").text().contains("另一块公告栏"));
}

#[test]
fn what_is_wrong_with_the_call_is_said_and_nothing_is_served() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_noticeboard"))
            .args(["serve", "--site", "tests/languages"])
            .args(arguments)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (arguments, code, said) in [
        (["--host", "evil.example", "--lang", "en"], 2, "--host: `evil.example` is not the address of a machine; write it in numbers: --host 0.0.0.0 for everybody on the network, or leave it out for this machine alone\n".to_owned()),
        (["--host", "外面", "--lang", "zh-Hans"], 2, "--host：“外面”不是一台电脑的地址。请写数字地址：--host 0.0.0.0 让同一网络里的人都能看；不写就只有这台电脑能看\n".to_owned()),
        (["--editor", "javascript:{path}", "--lang", "en"], 2, "--editor: `javascript:{path}` is not a link that opens an editor; it begins with the name of a program and has {path} in it, as in --editor 'vscode://file/{path}:{line}:{column}'\n".to_owned()),
        (["--editor", "code", "--lang", "zh-Hans"], 2, "--editor：“code”不是打开编辑器的链接。链接以程序的名字开头，里面要有 {path}，例如 --editor 'vscode://file/{path}:{line}:{column}'\n".to_owned()),
        (["--qr", "--host=127.0.0.1", "--lang", "en"], 2, "--qr: a phone cannot reach a preview that is for this machine alone; add --host 0.0.0.0; everybody on the network can then read it\n".to_owned()),
        (["--qr", "--host=::1", "--lang", "zh-Hans"], 2, "--qr：预览只有这台电脑能看，手机扫码也打不开。请加上 --host 0.0.0.0；那时同一网络里的人都能看到\n".to_owned()),
        (["--port", port.as_str(), "--lang", "en"], 3, format!("cannot listen at `127.0.0.1:{port}`: another program uses this port; choose another with --port, or end that program\n")),
        (["--port", port.as_str(), "--lang", "zh-Hans"], 3, format!("无法使用预览地址“127.0.0.1:{port}”：另一个程序正在用这个端口。请用 --port 换一个端口，或者先停掉那个程序。\n")),
    ] {
        assert_eq!(run(&arguments), (Some(code), said), "{arguments:?}");
    }
}

#[cfg(feature = "posters")]
#[test]
fn a_browser_sees_each_side_of_a_sheet_and_others_get_its_file() {
    const SHEET: &str = "/posters/winter-weekly-board-a4.pdf";
    let preview = preview(&["--posters", "all"]).ready();
    let shown = || preview.ask("GET", SHEET, &format!("Host: localhost:{}\r\nAccept: text/html\r\n", preview.port));
    let side = |page: &Answer| -> String {
        let text = page.text();
        let (_, rest) = text.split_once("<img src=\"").unwrap_or_else(|| panic!("no picture in {text}"));
        rest.split_once('"').unwrap().0.to_owned()
    };
    let page = shown();
    assert_eq!(page.status, 200);
    assert!(page.text().contains("href=\"?file\"") && page.text().contains("reload.js"), "{}", page.text());
    let first = side(&page);
    let drawn = preview.get(&first);
    assert_eq!((drawn.status, drawn.header("content-type")), (200, Some("image/png")));
    let drawn = image::load_from_memory(&drawn.body).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (900, 1273));
    for path in [SHEET.to_owned(), format!("{SHEET}?file")] {
        assert!(preview.get(&path).body.starts_with(b"%PDF-"), "{path}");
    }
    assert_eq!(preview.get(&first.replace("sheet/1/", "sheet/9/")).status, 404);
    // What is saved is drawn anew, and what is wrong with a template stands in the place of the sheet.
    let programme = preview.folder.path().join("content/programmes/winter.yaml");
    let text = fs::read_to_string(&programme).unwrap();
    fs::write(&programme, text.replacen("title:", "notes: [一句新的说明]\ntitle:", 1)).unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while side(&shown()) == first {
        assert!(Instant::now() < end, "the sheet stays as it was");
        std::thread::sleep(Duration::from_millis(100));
    }
    let template = preview.folder.path().join("themes/civic/posters/weekly-board.typ");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    fs::write(template, "#let x = (1 +").unwrap();
    while !shown().text().contains("this poster cannot be set") {
        assert!(Instant::now() < end + Duration::from_secs(30), "{}", shown().text());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn what_the_ledger_finds_is_told_at_the_terminal_as_check_tells_it() {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("tests/languages"), folder.path());
    let call = |command: &str| {
        let mut call = Command::new(env!("CARGO_BIN_EXE_noticeboard"));
        call.args([command, "--today", "2026-11-24", "--posters", "none", "--lang", "en", "--site"]).arg(folder.path());
        call
    };
    assert!(call("record").stdout(Stdio::null()).status().unwrap().success());
    let page = folder.path().join("content/pages/new.md");
    fs::create_dir_all(page.parent().unwrap()).unwrap();
    fs::write(page, "---\ntitle: 新的\n---\n新的。\n").unwrap();
    let checked = String::from_utf8(call("check").output().unwrap().stderr).unwrap();
    let line = checked.lines().find(|line| line.contains("[NB0441]")).unwrap();
    let told = folder.path().join("told.txt");
    let said = fs::File::create(&told).unwrap();
    let mut program = call("serve").args(["--port", "0"]).stdout(Stdio::null()).stderr(said).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while !fs::read_to_string(&told).unwrap().contains(line) && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(100));
    }
    program.kill().unwrap();
    program.wait().unwrap();
    let told = fs::read_to_string(&told).unwrap();
    assert!(told.contains(line), "{line}\n{told}");
}

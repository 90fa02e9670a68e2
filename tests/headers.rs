//! What servers are told to say with each file: `outputs: [headers]`.

use std::fs;
use std::process::Command;

use crate::support::{SITE_FILE, TestSite};

fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [headers, calendars]");
    site.write("themes/bare/assets/extra.js", "// nothing\n");
    site
}

fn read(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.output().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

const FILES: [&str; 3] = ["headers/nginx.conf", "headers/Caddyfile", "_headers"];

#[test]
fn pages_may_load_nothing_from_elsewhere_whichever_the_server_is() {
    let site = site();
    site.build().expect_code(0);
    for file in FILES {
        let text = read(&site, file);
        let (_, policy) = text.split_once("default-src").unwrap();
        let policy = policy.lines().next().unwrap();
        assert!(policy.starts_with(" 'none';"), "{file}: {policy}");
        for part in
            ["script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors"]
        {
            assert!(policy.contains(part), "{file}: {part}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("data:"), "{file}: {policy}");
        for name in ["X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy"] {
            assert!(text.contains(name), "{file}: {name}");
        }
    }
}

#[test]
fn only_what_has_a_fingerprint_in_its_name_is_kept_for_a_year() {
    let site = site();
    site.build().expect_code(0);
    let hosts = read(&site, "_headers");
    let kept: Vec<&str> = hosts
        .lines()
        .zip(hosts.lines().skip(1))
        .filter(|(_, next)| next.contains("max-age=31536000, immutable"))
        .map(|(path, _)| path)
        .collect();
    assert!(kept.iter().any(|path| path.starts_with("/assets/extra.") && path.ends_with(".js")), "{kept:?}");
    for path in kept {
        assert!(site.output().join(path.trim_start_matches('/')).is_file(), "{path}");
    }
    for file in ["headers/nginx.conf", "headers/Caddyfile"] {
        let text = read(&site, file);
        assert!(text.contains(r#""^/assets/.+\.(css|js)$""#), "{file}");
        assert!(text.contains("no-cache"), "{file}");
    }
}

#[test]
fn calendars_are_said_to_be_calendars() {
    let site = site();
    site.build().expect_code(0);
    for file in FILES {
        assert!(read(&site, file).contains("text/calendar; charset=utf-8"), "{file}");
    }
    assert!(read(&site, "_headers").contains("/calendars/*\n"));
}

#[test]
fn below_a_path_the_rules_have_it() {
    let site = site();
    site.edit(SITE_FILE, "https://example.org/", "https://example.org/站/");
    site.build().expect_code(0);
    assert!(read(&site, "_headers").contains("\n/%E7%AB%99/*\n"));
    assert!(read(&site, "headers/nginx.conf").contains(r#""^/站/assets/"#));
    site.edit(SITE_FILE, "https://example.org/站/", "https://example.org/a%22b/");
    site.build().expect_code(0);
    assert!(read(&site, "headers/nginx.conf").contains(r#""/assets/"#));
}

#[test]
fn who_does_not_want_them_has_none() {
    let site = TestSite::minimal();
    site.build().expect_code(0);
    for file in FILES {
        assert!(!site.output().join(file).exists(), "{file}");
    }
}

#[test]
fn nginx_takes_the_rules() {
    if Command::new("nginx").arg("-v").output().is_err() {
        eprintln!("skipped: nginx is not installed");
        return;
    }
    let site = site();
    site.build().expect_code(0);
    let rules = site.output().join("headers/nginx.conf");
    let root = site.root().display();
    // Everything that nginx makes for itself goes into the folder of the test.
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let own: String = kinds.iter().map(|kind| format!("{kind}_temp_path {root}/nginx-{kind};\n")).collect();
    let server = format!("server {{ listen 127.0.0.1:1; include {}; }}", rules.display());
    let config =
        format!("pid {root}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{own}{server}\n}}\n");
    site.write("nginx.conf", config);
    let output = Command::new("nginx").arg("-t").arg("-c").arg(site.path("nginx.conf")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn caddy_takes_the_rules() {
    if Command::new("caddy").arg("version").output().is_err() {
        eprintln!("skipped: Caddy is not installed");
        return;
    }
    let site = site();
    site.build().expect_code(0);
    let rules = site.output().join("headers/Caddyfile");
    site.write("Caddyfile", format!(":1 {{\n\timport {}\n\tfile_server\n}}\n", rules.display()));
    let config = site.path("Caddyfile");
    let output =
        Command::new("caddy").args(["adapt", "--adapter", "caddyfile", "--config"]).arg(config).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

//! What editors are told while they write: descriptions in both languages, schemas, and what `schema` writes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{CENTRE_FILE, NOTICE_FILE, SITE_FILE, TestSite};
use assert_cmd::Command;
use camino::Utf8Path;
use noticeboard::content::schemas::Schemas;
use noticeboard::content::{Content, descriptions};
use noticeboard::diagnostics::Language;
use noticeboard::editing::cms::Form;
use noticeboard::editing::title_of;
use noticeboard::source::read_site;
use serde_json::Value;

#[test]
fn every_type_key_and_value_is_described_in_chinese_and_in_english() {
    let mut lacking = Vec::new();
    for (name, of) in descriptions::all() {
        let itself = std::iter::once(("_", &of.itself));
        for (part, described) in itself.chain(of.parts.iter().map(|(part, described)| (part.as_str(), described))) {
            for (language, text) in [("zh-Hans", &described.text.zh_hans), ("en", &described.text.en)] {
                if text.trim().is_empty() || text.contains('\n') || text.contains("  ") {
                    lacking.push(format!("{name} {part} {language}: {text:?}"));
                }
            }
            if described.title.zh_hans.is_empty() || described.title.en.is_empty() {
                lacking.push(format!("{name} {part} has no title"));
            }
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
    assert!(descriptions::all().len() > 70);
}

#[test]
fn nothing_is_described_that_the_types_do_not_have() {
    let mut left_over = Vec::new();
    for (name, parts) in descriptions::chinese() {
        let known: BTreeSet<&str> = match descriptions::all().get(name) {
            Some(of) => of.parts.iter().map(|(part, _)| part.as_str()).chain(["_"]).collect(),
            None => BTreeSet::new(),
        };
        left_over
            .extend(parts.keys().filter(|part| !known.contains(part.as_str())).map(|part| format!("{name} {part}")));
    }
    assert!(left_over.is_empty(), "{}", left_over.join("\n"));
}

/// A folder of a site with nothing in it but what a test writes.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn schema(site: &Path, arguments: &[&str]) -> String {
    let output =
        Command::cargo_bin("noticeboard").unwrap().arg("schema").current_dir(site).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn without_a_folder_it_says_what_there_is_and_writes_nothing() {
    let site = folder();
    let said = schema(site.path(), &["--lang", "en"]);
    for kind in Schemas::all().kinds() {
        assert!(said.contains(&format!("  {}.json", kind.word)) && said.contains(&kind.path), "{}", kind.word);
        let title = title_of(kind.word);
        assert!(!title.en.is_empty() && said.contains(&title.en), "{} has no title", kind.word);
    }
    assert!(schema(site.path(), &["--lang", "zh-Hans"]).contains("服务中心"));
    assert_eq!(fs::read_dir(site.path()).unwrap().count(), 0);
}

#[test]
fn a_schema_for_each_kind_is_written_and_bound_and_a_second_time_changes_nothing() {
    let site = folder();
    let said = schema(site.path(), &["--out", "schemas", "--lang", "en"]);
    assert_eq!(
        said,
        "14 schemas written into `schemas`\n.vscode/settings.json: added; all else stays\n.vscode/extensions.json: added; all else stays\n\
         .vscode/tasks.json: added; all else stays\n"
    );
    for kind in Schemas::all().kinds() {
        let written = json(&site.path().join(format!("schemas/{}.json", kind.word)));
        assert_eq!(written["$schema"], "http://json-schema.org/draft-07/schema#");
        assert!(!written.to_string().contains("$defs"), "{}", kind.word);
    }
    let settings = json(&site.path().join(".vscode/settings.json"));
    assert_eq!(settings["yaml.schemas"]["./schemas/centre.json"], "content/centres/**/*.yaml");
    assert!(settings["yaml.schemas"].get("./schemas/event.json").is_none(), "front matter cannot be bound");
    let extensions = json(&site.path().join(".vscode/extensions.json"));
    assert_eq!(extensions["recommendations"][0], "redhat.vscode-yaml");
    let before = crate::support::files(site.path());
    assert_eq!(schema(site.path(), &["--out", "schemas", "--lang", "zh-Hans"]), "14 份格式说明写在“schemas”里\n");
    assert!(crate::support::files(site.path()) == before);
}

#[test]
fn folders_are_those_from_where_it_is_called_as_for_every_command() {
    let place = folder();
    fs::create_dir(place.path().join("site")).unwrap();
    let call = |out: &str| schema(place.path(), &["--site", "site", "--out", out, "--lang", "en"]);
    assert!(call("site/schemas").starts_with("14 schemas written into `site/schemas`\n"));
    assert!(place.path().join("site/schemas/centre.json").is_file());
    let settings = || json(&place.path().join("site/.vscode/settings.json"));
    assert_eq!(settings()["yaml.schemas"]["./schemas/centre.json"], "content/centres/**/*.yaml");
    // Settings are shared: one elsewhere is named from the site, and files are bound once.
    call("schemas");
    assert!(place.path().join("schemas/centre.json").is_file());
    let named = settings()["yaml.schemas"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert!(named.len() == 9 && named.iter().all(|name| name.starts_with("../schemas/")), "{named:?}");
    // A file that is in the way of a folder is the one that is named.
    fs::write(place.path().join("file"), "").unwrap();
    let call = Command::cargo_bin("noticeboard")
        .unwrap()
        .current_dir(place.path())
        .args(["schema", "--site", "site", "--out", "file/a/b", "--lang", "en"])
        .output()
        .unwrap();
    let said = String::from_utf8(call.stderr).unwrap();
    assert!(!call.status.success() && said.contains("`file`") && !said.contains("file/a"), "{said}");
    let site = TestSite::minimal();
    let forms = ["--site", site.path("").to_str().unwrap(), "--cms", "admin", "--lang", "en"].map(str::to_owned);
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    assert!(schema(place.path(), &forms).starts_with("forms written into `admin`; "));
    assert!(place.path().join("admin/index.html").is_file() && !site.path("admin").exists());
}

#[test]
fn settings_that_are_there_stay_as_they_are_written() {
    let site = folder();
    fs::create_dir(site.path().join(".vscode")).unwrap();
    let settings = site.path().join(".vscode/settings.json");
    fs::write(&settings, "{\n  \"editor.tabSize\":   3,\n  \"a\": { \"b\": {} }\n}\n").unwrap();
    schema(site.path(), &["--out", "schemas"]);
    let text = fs::read_to_string(&settings).unwrap();
    assert!(
        text.starts_with("{\n  \"editor.tabSize\":   3,\n  \"a\": { \"b\": {} },\n  \"yaml.schemas\": {\n"),
        "{text}"
    );
    assert_eq!(json(&settings)["yaml.schemas"].as_object().unwrap().len(), 9);
    // A binding of the editor's own stays beside ours.
    fs::write(&settings, "{\"yaml.schemas\": {\"./mine.json\": \"mine.yaml\"}}").unwrap();
    schema(site.path(), &["--out", "schemas"]);
    assert_eq!(json(&settings)["yaml.schemas"]["./mine.json"], "mine.yaml");
    assert_eq!(json(&settings)["yaml.schemas"].as_object().unwrap().len(), 10);
    // What has comments is left alone, and the lines are shown.
    let commented = "{\n  // ours\n  \"a\": 1,\n}\n";
    fs::write(&settings, commented).unwrap();
    let said = schema(site.path(), &["--out", "schemas", "--lang", "en"]);
    assert_eq!(fs::read_to_string(&settings).unwrap(), commented);
    assert!(
        said.contains(
            "settings.json: it has comments or commas at ends and is left alone; please add:\n{\n  \"yaml.schemas\""
        ),
        "{said}"
    );
    // What is broken is said to be, with its place.
    fs::write(&settings, "{\n  \"a\": 1\n  \"b\": 2\n}\n").unwrap();
    let said = schema(site.path(), &["--out", "schemas", "--lang", "en"]);
    assert!(said.contains("settings.json: it is broken at line 3, column 3, and left alone; mend it"), "{said}");
}

#[test]
fn a_new_site_has_schemas_and_settings_that_use_them() {
    let place = folder();
    let new =
        Command::cargo_bin("noticeboard").unwrap().current_dir(place.path()).args(["new", "site"]).output().unwrap();
    assert_eq!(new.status.code(), Some(0));
    let settings = json(&place.path().join("site/.vscode/settings.json"));
    assert_eq!(settings["files.eol"], "\n");
    for path in settings["yaml.schemas"].as_object().unwrap().keys() {
        assert!(place.path().join("site").join(path).is_file(), "{path}");
    }
}

#[test]
fn chinese_keys_and_values_stand_beside_english_ones() {
    let site = folder();
    schema(site.path(), &["--out", "schemas"]);
    let centre = json(&site.path().join("schemas/centre.json"));
    assert_eq!(centre["properties"]["名称"], serde_json::json!({"$ref": "#/properties/name"}));
    assert_eq!(centre["properties"]["名字"]["doNotSuggest"], true);
    let kinds: Vec<&str> =
        centre["definitions"]["CentreKind"]["enum"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(kinds.contains(&"station") && kinds.contains(&"驿站"), "{kinds:?}");
    assert_eq!(centre["additionalProperties"], false);
    let name = &centre["properties"]["name"];
    assert_eq!(name["title"], "名称 · name");
    let both = name["markdownDescription"].as_str().unwrap();
    let plain: Vec<&str> = name["description"].as_str().unwrap().lines().collect();
    assert!(
        matches!(plain.as_slice(), [chinese, english] if chinese.contains("全称") && english.starts_with(|c: char| c.is_ascii_alphabetic())),
        "{plain:?}"
    );
    assert_eq!(both, plain.join("\n\n"));
    let values = &centre["definitions"]["CentreKind"];
    for (value, described) in
        values["enum"].as_array().unwrap().iter().zip(values["enumDescriptions"].as_array().unwrap())
    {
        let described = described.as_str().unwrap();
        let is_chinese = |c: char| ('一'..='龥').contains(&c);
        assert!(described.contains(is_chinese) && described.contains(|c: char| c.is_ascii_alphabetic()), "{value}");
    }
    assert!(!name["examples"].as_array().unwrap().is_empty());
}

/// The forms of the example site.
fn example_forms(language: Language) -> Form {
    let sources = read_site(Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
    let content = Content::read(&sources, &mut Vec::new()).unwrap();
    Form::of(&content, &sources.files, language)
}

/// The names of all fields, and whether each is labelled.
fn field_names(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            if let (Some(name), Some(label)) = (entries.get("name").and_then(Value::as_str), entries.get("label")) {
                assert!(!label.as_str().unwrap().is_empty(), "{name} has no label");
                names.insert(name.to_owned());
            }
            entries.values().for_each(|below| field_names(below, names));
        }
        Value::Array(items) => items.iter().for_each(|item| field_names(item, names)),
        _ => {}
    }
}

#[test]
fn every_kind_has_a_form_and_every_key_a_field() {
    let config = example_forms(Language::ZhHans).config();
    let forms: Vec<&Value> =
        ["collections", "singletons"].iter().flat_map(|list| config[list].as_array().unwrap()).collect();
    for kind in Schemas::all().kinds() {
        let title = title_of(kind.word).zh_hans;
        let form = forms.iter().find(|form| form["label"] == title.as_str()).unwrap();
        let fields: Vec<&str> =
            form["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
        let keys = kind.schema.as_value()["properties"].as_object().unwrap();
        assert!(keys.keys().all(|key| fields.contains(&key.as_str())), "{title} lacks a field: {fields:?}");
        assert_eq!(fields.contains(&"body"), kind.is_markdown, "{title}");
    }
    let mut names = BTreeSet::new();
    field_names(&config, &mut names);
    for schema in Schemas::all().iter().map(|schema| schema.as_value()) {
        for (name, of) in schema["$defs"].as_object().into_iter().flatten() {
            let keys = of.get("properties").and_then(Value::as_object).into_iter().flatten();
            let lacking: Vec<&String> = keys.map(|(key, _)| key).filter(|key| !names.contains(*key)).collect();
            assert!(lacking.is_empty(), "{name} lacks fields: {lacking:?}");
        }
    }
    assert!(example_forms(Language::ZhHans).left().is_empty(), "the example site can be edited in its forms");
    let english = example_forms(Language::En).config();
    assert_eq!(english["collections"][1]["fields"][0]["label"], "Name");
}

#[test]
fn what_no_form_can_show_is_named_with_what_to_do() {
    let site = TestSite::minimal();
    site.edit(
        CENTRE_FILE,
        "hours:\n  weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}",
        "hours: 周一至周五 08:30-12:00",
    );
    site.edit(NOTICE_FILE, "title:", "标题:");
    site.write("content/duty/north/desk.yaml", "title: 值班\ncentre: jiefang\nvalid: 2026-11-01..2026-12-31\nrotation: {every: 每周, starts: 2026年11月2日, turns: [一组]}\n");
    let said = schema(site.path("").as_path(), &["--cms", "admin", "--lang", "en"]);
    let expected = [
        "forms written into `admin`; backend.yml says where the repository is (docs/cms.md)",
        "Sveltia CMS itself is missing: install it with npm and run this again with --sveltia node_modules (docs/cms.md)",
        "5 places cannot be shown in the forms; change them as said, or go on editing the file:",
    ];
    assert!(said.starts_with(&(expected.join("\n") + "\n")), "{said}");
    for line in [
        "  site.yaml: outputs is one word; the form has a list\n".to_owned(),
        format!("  {CENTRE_FILE}: opening hours are one text; the form has a table (weekly, holidays …)\n"),
        format!("  {NOTICE_FILE}: keys or values are in Chinese; noticeboard fix --keys en --write puts them into English\n"),
        "  content/duty/north/desk.yaml: a date is not written like 2026-10-01; noticeboard fix --write mends it\n".to_owned(),
        "  content/duty/north/desk.yaml: it lies in a folder below; the form lists the files of its kind's folder only\n".to_owned(),
    ] {
        assert!(said.contains(&line), "{line} is not in {said}");
    }
    let chinese = schema(site.path("").as_path(), &["--cms", "admin", "--lang", "zh-Hans"]);
    assert!(chinese.contains("：开放时间写成了一句话；表单里要写成表（weekly、holidays ……）\n"), "{chinese}");
    assert!(chinese.contains("有 5 处，表单里显示不出来，请照着改，或者仍旧改文件：\n"), "{chinese}");
}

#[test]
fn a_site_in_chinese_keys_gets_forms_that_find_what_stands_under_them() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none\n", "").call("fix").fix(&["--keys", "zh", "--write"]);
    let root = site.path("");
    let said = schema(&root, &["--cms", "admin", "--lang", "en"]);
    assert!(!said.contains("cannot be shown"), "{said}");
    let config: Value = serde_yaml::from_str(&fs::read_to_string(root.join("admin/config.yml")).unwrap()).unwrap();
    let collections = config["collections"].as_array().unwrap();
    let centres = collections.iter().find(|of| of["name"] == "centres").unwrap();
    assert_eq!((&centres["identifier_field"], &centres["slug"]["template"]), (&"名称".into(), &"{{名称}}".into()));
    let field = |name: &str| centres["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap();
    let kinds: Vec<&str> =
        field("类型")["options"].as_array().unwrap().iter().filter_map(|option| option["value"].as_str()).collect();
    assert!(kinds.contains(&"社区中心") && !kinds.contains(&"community-centre"), "{kinds:?}");
    assert_eq!(field("便民设施")["field"]["short"], "设施");
    let by_appointment = field("服务")["fields"].as_array().unwrap().iter().find(|field| field["name"] == "需要预约");
    assert_eq!(by_appointment.unwrap()["options"], serde_json::json!(["是", "否"]));
    let script = fs::read_to_string(root.join("admin/noticeboard.js")).unwrap();
    assert!(script.contains(r#"{"tag":"en","key":"英文","name":"English"}"#), "{script}");
    // A file in other words than the rest is named, be it for one word.
    site.edit(CENTRE_FILE, "名称:", "名字:");
    let said = schema(&root, &["--cms", "admin", "--lang", "zh-Hans"]);
    let line = format!("  {CENTRE_FILE}：键或值和别的文件写法不一样；先运行 noticeboard fix --keys en --write");
    assert!(said.contains(&line), "{said}");
    // The site that `new` makes in Chinese has Chinese keys, and nothing that the forms do not show.
    let place = folder();
    let new = |arguments: &[&str]| {
        Command::cargo_bin("noticeboard").unwrap().current_dir(place.path()).args(arguments).output().unwrap()
    };
    assert_eq!(new(&["new", "site", "--lang", "zh-Hans"]).status.code(), Some(0));
    let said = schema(&place.path().join("site"), &["--cms", "admin", "--lang", "zh-Hans"]);
    assert!(!said.contains("显示不出来"), "{said}");
}

#[test]
fn the_publishers_repository_is_written_once_and_a_site_with_mistakes_gets_no_forms() {
    let site = TestSite::minimal();
    let root = site.path("");
    schema(&root, &["--cms", "admin"]);
    fs::write(root.join("admin/backend.yml"), "backend: {name: gitea, repo: a/b}\n").unwrap();
    schema(&root, &["--cms", "admin"]);
    assert_eq!(fs::read_to_string(root.join("admin/backend.yml")).unwrap(), "backend: {name: gitea, repo: a/b}\n");
    let page = fs::read_to_string(root.join("admin/index.html")).unwrap();
    assert!(!page.contains('«') && !page.contains("http"), "{page}");
    assert!(!fs::read_to_string(root.join("admin/noticeboard.js")).unwrap().contains('«'));
    site.edit(CENTRE_FILE, "kind:", "knd:");
    let output = Command::cargo_bin("noticeboard")
        .unwrap()
        .arg("schema")
        .arg("--site")
        .arg(&root)
        .args(["--cms", "forms"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("knd") && !root.join("forms").exists());
}

/// What the task of VS Code reads in what `check` prints.
fn listed_under_problems(output: &str) -> Vec<Value> {
    use std::io::Write as _;
    use std::process::Stdio;
    let input =
        serde_json::json!({"matchers": noticeboard::editing::vscode::task()["problemMatcher"], "output": output});
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/problems.mjs");
    let mut node = std::process::Command::new("node");
    let mut node = node.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    node.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    serde_json::from_slice(&node.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
fn every_finding_of_check_stands_under_problems_at_its_place_in_both_languages() {
    if std::env::var_os("TEST_TOOLS").is_none() {
        eprintln!("not tried: there may be no node; `tests/run` sets $TEST_TOOLS");
        return;
    }
    use crate::support::*;
    let (wrong, reminded) = (TestSite::minimal(), TestSite::minimal());
    wrong.edit(PROGRAMME_FILE, "centre: jiefang", "centre：jiefang");
    wrong.write("content/centres/east/jiefang.yaml", CENTRE).write("content/notices/a b.md", "no front matter\n");
    wrong.edit(NOTICE_EN_FILE, "summary: The heating", "sumary: The heating");
    reminded.append(NOTICE_FILE, "\n[](/centres/jiefang/)\n");
    for (site, severity, language) in [
        (&wrong, "error", "zh-Hans"),
        (&wrong, "error", "en"),
        (&reminded, "warning", "zh-Hans"),
        (&reminded, "warning", "en"),
    ] {
        let output = site.check().lang(language).run().stderr;
        let mut read: Vec<String> = listed_under_problems(&output)
            .iter()
            .map(|one| {
                format!(
                    "{} {}:{}:{} {}",
                    one["code"].as_str().unwrap(),
                    one["file"].as_str().unwrap(),
                    one["line"],
                    one["column"],
                    one["message"].as_str().unwrap()
                )
            })
            .collect();
        let lines = site.check().lang(language).args(&["--format", "json"]).run().stdout;
        let mut found: Vec<String> = lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|one| {
                let place = &one["place"];
                format!(
                    "{} {}:{}:{} {}",
                    one["code"].as_str().unwrap(),
                    place["file"].as_str().unwrap(),
                    place["line"],
                    place["column"],
                    one["message"].as_str().unwrap()
                )
            })
            .collect();
        read.sort();
        found.sort();
        assert_eq!(read, found);
        assert!(listed_under_problems(&output).iter().all(|one| one["severity"] == severity), "{output}");
        assert!(!read.is_empty(), "{output}");
    }
}

#[test]
fn tasks_that_are_there_stay_and_ours_is_renewed() {
    use noticeboard::editing::vscode::{Merged, Unreadable, task, tasks};
    let there = r#"{"version": "2.0.0", "tasks": [{"label": "mine"}, {"label": "noticeboard check", "args": []}], "inputs": []}"#;
    let Merged::Text(text) = tasks(Some(there)) else { panic!() };
    let merged: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(merged["tasks"], serde_json::json!([{"label": "mine"}, task()]));
    assert!(merged["inputs"].is_array());
    assert_eq!(tasks(Some(&text)), Merged::Same);
    for (unreadable, why) in [
        ("// mine\n{}", Unreadable::Comments),
        ("[]", Unreadable::Form),
        (r#"{"tasks": {}}"#, Unreadable::Form),
        ("{\n", Unreadable::Broken(2, 0)),
    ] {
        assert_eq!(tasks(Some(unreadable)), Merged::Unreadable(why));
    }
}

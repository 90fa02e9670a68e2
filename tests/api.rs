//! The site's own JSON: as its schemas say, read back as written, never taking away what was published.
//!
//! `tests/judges/opendata.py` holds every file against its schema with PyPI `jsonschema`; it needs `TEST_TOOLS`, as
//! `tests/run` sets it. `docs/data/api.md` and `tests/api/schema-v1.json` are made from the schemas: with
//! `UPDATE_API=1` this test writes them again, and what was published then shows in the change.

use crate::support::open_data;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{CENTRE_FILE, PROGRAMME_FILE, SITE_FILE, TestSite, files};
use open_data::{HOSTILE, judged, quoted, site};
use serde_json::{Map, Value, json};

const PUBLISHED: &str = "tests/api/schema-v1.json";
const DICTIONARY: &str = "docs/data/api.md";
/// The line in the document after which it is made by this test.
const MADE: &str = "<!-- From here on made from the schemas: UPDATE_API=1 cargo test --test all api -->\n";

fn built() -> TestSite {
    let site = site();
    site.built();
    site
}

/// The files of the API, by path below `api/v1/`.
fn api(site: &TestSite) -> BTreeMap<String, Value> {
    let all = files(&site.output()).into_iter();
    let all = all.filter_map(|(path, content)| Some((path.strip_prefix("api/v1/")?.to_owned(), content)));
    all.map(|(path, content)| (path, serde_json::from_slice(&content).unwrap())).collect()
}

/// The schemas, by the name of their file.
fn schemas(site: &TestSite) -> Map<String, Value> {
    let all = api(site).into_iter();
    all.filter_map(|(path, schema)| {
        let name = path.strip_prefix("schema/")?.strip_suffix(".json")?.to_owned();
        Some((name, schema))
    })
    .collect()
}

fn update() -> bool {
    std::env::var_os("UPDATE_API").is_some()
}

#[test]
fn every_file_has_the_form_that_its_schema_says() {
    let site = built();
    if let Some((good, said)) = judged(&site.output()) {
        assert!(good, "{said}");
    }
}

#[test]
fn the_judge_sees_a_key_that_is_missing_and_a_date_that_is_none() {
    let site = built();
    let spoil = |path: &str, from: &str, to: &str| {
        let path = format!("public/api/v1/{path}");
        let text = fs::read_to_string(site.path(&path)).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        site.write(&path, text.replacen(from, to, 1));
        let judged = judged(&site.output());
        site.write(&path, text);
        judged.is_none_or(|(good, _)| !good)
    };
    assert!(spoil("centres.json", "\"services\":", "\"dienste\":"));
    assert!(spoil("sessions.json", "\"date\":\"2026-", "\"date\":\"26-"));
}

#[test]
fn the_index_names_every_file_and_its_schema() {
    let site = built();
    let api = api(&site);
    let index = &api["index.json"];
    let below = |url: &Value| url.as_str().unwrap().strip_prefix("https://example.org/api/v1/").unwrap().to_owned();
    let named: BTreeSet<String> = index["files"].as_array().unwrap().iter().map(|file| below(&file["url"])).collect();
    let there = api.keys().filter(|path| !path.contains('/') && *path != "index.json").cloned().collect();
    assert_eq!(named, there);
    for file in index["files"].as_array().unwrap() {
        assert!(api.contains_key(&below(&file["schema"])), "{file}");
    }
    for (path, value) in api.iter().filter(|(path, _)| !path.starts_with("schema/")) {
        assert!(api.contains_key(&below(&value["schema"])), "{path}");
    }
}

#[test]
fn every_address_leads_to_something_in_the_site() {
    let site = built();
    let standing = files(&site.output());
    let mut seen = 0;
    for (path, value) in files(&site.output())
        .iter()
        .filter(|(path, _)| path.ends_with(".json") && (path.starts_with("api/") || path.starts_with("hsds/")))
    {
        let mut strings = Vec::new();
        collect(&serde_json::from_slice(value).unwrap(), &mut strings);
        for address in strings.iter().filter_map(|text| text.strip_prefix("https://example.org/")) {
            let file = if address.is_empty() || address.ends_with('/') {
                format!("{address}index.html")
            } else {
                address.to_owned()
            };
            assert!(standing.contains_key(&file), "{address} in {path}");
            seen += 1;
        }
    }
    assert!(seen > 100);
}

fn collect(value: &Value, strings: &mut Vec<String>) {
    match value {
        Value::String(text) => strings.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, strings)),
        Value::Object(entries) => entries.values().for_each(|item| collect(item, strings)),
        _ => {}
    }
}

#[test]
fn texts_are_one_string_a_language_and_dangerous_words_are_read_back_as_written() {
    let site = site();
    site.edit(CENTRE_FILE, "address: 解放路1号", &format!("address: {}", quoted(HOSTILE))).built();
    let api = api(&site);
    let centre = &api["centres.json"]["items"][0];
    assert_eq!(centre["name"], json!({"zh-Hans": "解放社区中心", "en": "Jiefang Centre"}));
    assert_eq!(centre["address"], json!({"zh-Hans": HOSTILE}));
    assert_eq!(&api["centres/jiefang.json"]["centre"], centre);
    assert_eq!(
        centre["hours"]["weekly"][1]["times"][0],
        json!({
            "starts": "19:00", "ends": "01:00", "next_day": true, "by_appointment": false
        })
    );
}

#[test]
fn a_session_says_whether_it_is_held_moved_or_cancelled_and_why() {
    let site = built();
    let api = api(&site);
    let sessions = api["sessions.json"]["items"].as_array().unwrap();
    let activities = api["programmes.json"]["items"][0]["activities"].as_array().unwrap();
    let named: Vec<&Value> =
        activities.iter().filter(|one| one["title"]["zh-Hans"] == "健康讲座").map(|one| &one["id"]).collect();
    let of = |date: &str| {
        let mut found = sessions.iter().filter(|one| one["activity"] == *named[0] && one["date"] == date);
        let one = found.next().unwrap();
        assert!(found.next().is_none());
        one
    };
    assert_eq!(of("2026-11-24")["status"], "held");
    assert_eq!(of("2026-11-24")["starts_at"], "2026-11-24T09:00:00+08:00");
    assert_eq!(
        (&of("2026-12-15")["status"], &of("2026-12-15")["why"]["zh-Hans"]),
        (&"cancelled".into(), &"停一次".into())
    );
    assert_eq!(of("2026-12-22")["moved_to"], "2026-12-24T15:00:00+08:00");
    assert_eq!(
        (&of("2026-12-24")["status"], &of("2026-12-24")["moved_from"]),
        (&"moved-here".into(), &"2026-12-22".into())
    );
    assert_eq!(
        (&of("2026-12-29")["status"], &of("2026-12-29")["room"]["zh-Hans"]),
        (&"changed".into(), &"二楼".into())
    );
    assert_eq!(of("2026-12-01")["status"], "place-closed");
    assert_eq!(of("2027-01-20")["status"], "extra");
    assert_eq!(api["sessions.json"]["days"], json!({"from": "2026-11-24", "until": "2027-01-22"}));
    assert!(named.len() == 2 && sessions.iter().any(|one| one["activity"] == *named[1]));
}

#[test]
fn an_activity_keeps_its_own_id_under_another_title_and_its_calendar_is_called_by_it() {
    let site = site();
    site.edit(SITE_FILE, "outputs: [hsds, api]", "outputs: [hsds, api, calendars]");
    site.edit(PROGRAMME_FILE, "{title: 月初", "{id: first-thursday, title: 月初").built();
    let ids = || -> Vec<String> {
        let api = api(&site);
        let activities = api["programmes.json"]["items"][0]["activities"].as_array().unwrap().clone();
        activities.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let services = || -> BTreeSet<String> {
        files(&site.output()).into_keys().filter(|path| path.starts_with("hsds/services/")).collect()
    };
    let (before, described) = (ids(), services());
    assert!(before.contains(&"winter/first-thursday".to_owned()), "{before:?}");
    for id in &before {
        assert!(site.output().join(format!("calendars/activities/{id}.ics")).is_file(), "{id}");
    }
    site.edit(PROGRAMME_FILE, "title: 月初", "title: 每月头一回").built();
    assert_eq!((ids(), services()), (before, described));
}

#[test]
fn hours_are_also_a_value_of_openstreetmap_and_pages_are_there() {
    let site = site();
    site.write("content/pages/about.md", "---\ntitle: 关于\nreviewed: 2026-11-01\n---\n正文。\n").built();
    let api = api(&site);
    let osm = api["centres.json"]["items"][0]["hours"]["osm"].as_str().unwrap();
    assert!(osm.contains("Mo-Fr 08:30-12:00,14:30-18:00"), "{osm}");
    assert_eq!(api["centres.json"]["items"][1]["hours"], Value::Null);
    let page = &api["pages.json"]["items"][0];
    assert_eq!((&page["id"], &page["body"]["zh-Hans"]), (&json!("about"), &json!("正文。")));
    assert_eq!(page["pages"]["zh-Hans"], "https://example.org/about/");
}

#[test]
fn the_same_content_gives_the_same_bytes_and_the_next_day_changes_only_what_is_about_days() {
    let (one, other) = (built(), built());
    let open_data = |site: &TestSite| -> BTreeMap<String, Vec<u8>> {
        let all = files(&site.output()).into_iter();
        all.filter(|(path, _)| path.starts_with("api/") || path.starts_with("hsds/")).collect()
    };
    let before = open_data(&one);
    assert_eq!(before, open_data(&other));
    one.build().today("2026-11-25").expect_code(0);
    let after = open_data(&one);
    let changed: Vec<&str> =
        before.keys().filter(|path| before.get(*path) != after.get(*path)).map(String::as_str).collect();
    assert_eq!(changed, ["api/v1/centres/jiefang.json", "api/v1/sessions.json"]);
}

#[test]
fn a_site_without_the_family_has_none_of_it() {
    let site = site();
    site.edit(SITE_FILE, "outputs: [hsds, api]", "outputs: [hsds]").built();
    assert!(api(&site).is_empty());
}

#[test]
fn the_example_prints_what_is_on() {
    let site = built();
    // The one that the site itself publishes.
    let script = site.output().join("data/today.py");
    let output = Command::new("python3")
        .arg(script)
        .arg(site.output())
        .arg("jiefang")
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("2026-11-24 09:00   健康讲座"), "{said}");
    assert!(said.contains("2026-12-15 09:00 x 健康讲座 停一次"), "{said}");
}

#[test]
fn the_dictionary_of_the_site_says_every_key_in_the_reader_s_language_and_in_english() {
    let site = built();
    let page = |path: &str| fs::read_to_string(site.output().join(path)).unwrap();
    let (chinese, english) = (page("data/dictionary/index.html"), page("en/data/dictionary/index.html"));
    for (name, schema) in schemas(&site) {
        for (key, value) in schema["properties"].as_object().unwrap() {
            assert!(chinese.contains(&format!("<code>{key}</code>")), "{key} of {name}");
            let said = value["description"].as_str().unwrap().replace('\n', " ");
            assert!(english.contains(&said.replace('\'', "&#39;")) || english.contains(&said), "{said}");
        }
        assert!(chinese.contains(&format!("id=\"file-{name}\"")), "{name}");
    }
    assert!(
        chinese.contains("未来60天的开放时间，写成 OpenStreetMap 的")
            && chinese.contains("The hours of the coming 60 days")
    );
    assert!(!english.contains("未来60天"));
    site.edit(SITE_FILE, "outputs: [hsds, api]", "outputs: [hsds]").built();
    assert!(
        !site.output().join("data/dictionary/index.html").exists() && !site.output().join("data/today.py").exists()
    );
}

#[test]
fn nothing_that_was_published_is_taken_away_or_given_another_type() {
    let site = built();
    let mut now = Value::Object(schemas(&site));
    without_words(&mut now);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PUBLISHED);
    if update() {
        fs::write(&path, serde_json::to_string_pretty(&now).unwrap() + "\n").unwrap();
    }
    let published: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut broken = Vec::new();
    for (name, schema) in published.as_object().unwrap() {
        let new = &now[name];
        compare(name, schema, schema, new, new, 0, &mut broken);
    }
    assert!(broken.is_empty(), "version 1 only adds:\n{}", broken.join("\n"));
    assert_eq!(published, now, "something was added: UPDATE_API=1 cargo test --test all api");
}

/// Takes out what schemas say to people, which may be said better at any time.
fn without_words(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            entries.retain(|key, value| key != "description" || !value.is_string());
            entries.values_mut().for_each(without_words);
        }
        Value::Array(items) => items.iter_mut().for_each(without_words),
        _ => {}
    }
}

#[test]
fn the_guard_sees_what_would_break_a_program() {
    let old = json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": ["integer", "null"]}}, "required": ["a"]});
    let breaks = |new: Value| {
        let mut broken = Vec::new();
        compare("", &old, &old, &new, &new, 0, &mut broken);
        !broken.is_empty()
    };
    let with = |a: Value, b: Value, required: Value| json!({"type": "object", "properties": {"a": a, "b": b, "c": {"type": "string"}}, "required": required});
    let (text, number) = (json!({"type": "string"}), json!({"type": ["integer", "null"]}));
    assert!(!breaks(with(text.clone(), number.clone(), json!(["a", "c"]))));
    assert!(!breaks(with(text.clone(), json!({"type": "integer"}), json!(["a"]))));
    assert!(breaks(with(json!({"type": "number"}), number.clone(), json!(["a"]))));
    assert!(breaks(with(json!({"type": ["string", "null"]}), number.clone(), json!(["a"]))));
    assert!(breaks(with(text.clone(), number, json!([]))));
    assert!(breaks(json!({"type": "object", "properties": {"a": text}, "required": ["a"]})));
}

/// What a schema refers to.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(path) => root.pointer(path.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// What differs between two schemas such that a program that knew the old one could stumble.
fn compare(at: &str, root: &Value, old: &Value, new_root: &Value, new: &Value, depth: usize, broken: &mut Vec<String>) {
    assert!(depth < 30, "schemas do not contain themselves: {at}");
    let (old, new) = (resolved(root, old), resolved(new_root, new));
    let list = |value: &Value| -> BTreeSet<String> {
        match value {
            Value::Array(items) => items.iter().map(Value::to_string).collect(),
            Value::Null => BTreeSet::new(),
            one => BTreeSet::from([one.to_string()]),
        }
    };
    let types = |schema: &Value| list(&schema["type"]);
    if !types(old).is_empty() && (types(new).is_empty() || !types(new).is_subset(&types(old))) {
        broken.push(format!("{at}: was {}, is {}", old["type"], new["type"]));
    }
    if !list(&old["required"]).is_subset(&list(&new["required"])) {
        broken.push(format!("{at}: was always there: {}, is now: {}", old["required"], new["required"]));
    }
    if old["format"] != new["format"] {
        broken.push(format!("{at}: format was {}, is {}", old["format"], new["format"]));
    }
    for (key, schema) in old["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        match new["properties"].get(key) {
            Some(other) => compare(&at, root, schema, new_root, other, depth + 1, broken),
            None => broken.push(format!("{at}: is gone")),
        }
    }
    for key in ["items", "additionalProperties"] {
        if old[key].is_object() {
            compare(&format!("{at}/{key}"), root, &old[key], new_root, &new[key], depth + 1, broken);
        }
    }
    // Words that a field may have: a new one is borne with, one that is gone was relied upon.
    let words = |schema: &Value| -> BTreeSet<String> {
        let of = |one: &Value| one["const"].as_str().map(str::to_owned);
        let named = schema["oneOf"].as_array().into_iter().flatten().filter_map(of);
        named
            .chain(schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned))
            .collect()
    };
    if !words(old).is_subset(&words(new)) {
        broken.push(format!("{at}: words are gone: {:?}", words(old).difference(&words(new)).collect::<Vec<_>>()));
    }
    let choices = |schema: &Value| schema["anyOf"].as_array().cloned().unwrap_or_default();
    for (number, (old, new)) in choices(old).iter().zip(choices(new)).enumerate() {
        compare(&format!("{at}/{number}"), root, old, new_root, &new, depth + 1, broken);
    }
    let nullable = |schema: &Value| choices(schema).iter().any(|choice| choice["type"] == "null");
    if nullable(new) && !nullable(old) || choices(old).len() < choices(new).len() {
        broken.push(format!("{at}: may be something else than before"));
    }
}

#[test]
fn the_dictionary_in_the_documents_is_what_the_schemas_say() {
    let site = built();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DICTIONARY);
    let text = fs::read_to_string(&path).unwrap();
    let (before, after) = text.split_once(MADE).unwrap();
    let made = dictionary(&schemas(&site));
    if update() {
        fs::write(&path, format!("{before}{MADE}{made}")).unwrap();
        return;
    }
    assert_eq!(after, made, "UPDATE_API=1 cargo test --test all api");
}

/// A section a structure, each told once.
fn dictionary(schemas: &Map<String, Value>) -> String {
    let mut text = String::new();
    let mut told: BTreeMap<String, Value> = BTreeMap::new();
    for (file, schema) in schemas {
        write!(text, "\n## `{file}.json`\n\n{}\n", section(schema)).unwrap();
        for (name, part) in schema["$defs"].as_object().into_iter().flatten() {
            if let Some(other) = told.insert(name.clone(), part.clone()) {
                assert_eq!(&other, part, "{name} means two things");
            }
        }
    }
    text.push_str("\n## Parts\n");
    for (name, part) in &told {
        write!(text, "\n### {name}\n\n{}\n", section(part)).unwrap();
    }
    text
}

fn line(text: &Value) -> String {
    text.as_str().unwrap_or_else(|| panic!("no description")).replace('\n', " ").replace('|', "\\|")
}

fn section(schema: &Value) -> String {
    let mut text = line(&schema["description"]);
    if let Some(keys) = schema["properties"].as_object() {
        text.push_str("\n\n| key | type | what it means |\n|---|---|---|");
        for (key, value) in keys {
            write!(text, "\n| `{key}` | {} | {} |", kind(value), line(&value["description"])).unwrap();
        }
    } else if let Some(words) = schema["oneOf"].as_array() {
        text.push_str("\n\n| word | what it means |\n|---|---|");
        for word in words {
            write!(text, "\n| `{}` | {} |", word["const"].as_str().unwrap(), line(&word["description"])).unwrap();
        }
    } else {
        write!(text, " ({})", kind(schema)).unwrap();
    }
    text
}

/// A type in words.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let named = |word: &Value| match word.as_str().unwrap() {
        "array" => format!("list of {}", kind(&schema["items"])),
        "object" => format!("{} by language", kind(&schema["additionalProperties"])),
        "string" => schema["format"].as_str().map_or("string".to_owned(), |format| format!("string, {format}")),
        other => other.to_owned(),
    };
    match &schema["type"] {
        Value::Array(types) => types.iter().map(named).collect::<Vec<_>>().join(" or "),
        one => named(one),
    }
}

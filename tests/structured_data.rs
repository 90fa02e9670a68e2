//! Structured data: what pages say in the words of schema.org is of its types, leads to pages that are there, and means
//! what the calendar means.
//!
//! The types are those of npm `schema-dts`, judged by `tsc`, where `TEST_TOOLS` says that `tests/tools` has installed
//! them. What is said of hours and sessions is read here by a slow and obvious reader of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use crate::support::*;
use jiff::civil::{Date, Weekday};
use serde_json::{Value, json};

/// The example site, built once: its pages by their path.
fn example() -> &'static BTreeMap<String, Vec<u8>> {
    static BUILT: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = assert_cmd::cargo_bin_cmd!("noticeboard");
        command.args(["build", "--posters", "none", "--today", TODAY, "--site", env!("CARGO_MANIFEST_DIR"), "--out"]);
        let output = command.arg(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        files(folder.path())
    })
}

/// The descriptions in a page.
fn descriptions(html: &str) -> Vec<Value> {
    let blocks = html.split("<script type=\"application/ld+json\">").skip(1);
    blocks.map(|block| serde_json::from_str(block.split("</script>").next().unwrap()).unwrap()).collect()
}

fn all() -> impl Iterator<Item = (&'static str, Value)> {
    let pages = example().iter().filter(|(path, _)| path.ends_with(".html"));
    pages.flat_map(|(path, html)| {
        descriptions(std::str::from_utf8(html).unwrap()).into_iter().map(|value| (path.as_str(), value))
    })
}

fn of_type(name: &str) -> Vec<(&'static str, Value)> {
    all().filter(|(_, value)| value["@type"] == name).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn every_kind_of_page_says_what_it_is_about() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for (_, value) in all() {
        assert_eq!(value["@context"], "https://schema.org");
        *kinds.entry(text(&value["@type"]).to_owned()).or_default() += 1;
    }
    let expected = [
        "BreadcrumbList",
        "CivicStructure",
        "Event",
        "EventSeries",
        "GovernmentOffice",
        "GovernmentService",
        "NewsArticle",
        "SpecialAnnouncement",
        "WebSite",
    ];
    assert_eq!(kinds.keys().map(String::as_str).collect::<Vec<_>>(), expected);
    // Every page but the home pages has a way to it; what is not there, what was elsewhere before, and the screens in the
    // lobbies have none.
    let pages = example().iter().filter(|(path, html)| {
        path.ends_with(".html")
            && *path != "404.html"
            && !path.contains("display/")
            && !String::from_utf8_lossy(html).contains("http-equiv=\"refresh\"")
    });
    assert_eq!(kinds["BreadcrumbList"] + kinds["WebSite"], pages.count());
}

#[test]
fn every_description_is_of_its_type() {
    let Some(tools) = std::env::var_os("TEST_TOOLS") else {
        eprintln!("skipped: TEST_TOOLS does not say where the npm packages are");
        return;
    };
    let modules = Path::new(&tools).join("npm/node_modules");
    let folder = tempfile::tempdir().unwrap();
    let head = "import type * as s from \"schema-dts\";\n";
    let line = |number: usize, value: &Value| {
        format!("export const d{number}: s.WithContext<s.{}> = {value};\n", text(&value["@type"]))
    };
    let mut good = head.to_owned();
    // Many pages say the same shapes in other words; each different shape is judged once.
    let mut shapes = BTreeSet::new();
    let mut amount = 0;
    for (number, (_, value)) in all().enumerate() {
        amount += 1;
        if shapes.insert(shape(&value)) {
            good.push_str(&line(number, &value));
        }
    }
    // What is wrong on purpose must be found, or nothing was judged.
    let spoiled = [
        json!({"@context": "https://schema.org", "@type": "Event", "nam": "x"}),
        json!({"@context": "https://schema.org", "@type": "Event", "eventStatus": {"@type": "Place", "name": "x"}}),
        json!({"@context": "https://schema.org", "@type": "GovernmentOffice", "amenityFeature": [{"@type": "Place", "name": 1}]}),
        json!({"@context": "https://schema.org", "@type": "EventSeries", "eventSchedule": [{"@type": "Schedule", "exceptDates": ["2026-10-01"]}]}),
    ];
    let bad: String =
        std::iter::once(head.to_owned()).chain(spoiled.iter().enumerate().map(|(n, value)| line(n, value))).collect();
    fs::write(folder.path().join("good.ts"), good).unwrap();
    fs::write(folder.path().join("bad.ts"), bad).unwrap();
    let types = modules.join("schema-dts/dist/schema.d.ts");
    let options = json!({
        "compilerOptions": {
            "strict": true, "noEmit": true, "skipLibCheck": true, "types": [], "module": "esnext", "target": "esnext",
            "moduleResolution": "bundler", "paths": {"schema-dts": [types]},
        },
        "files": ["good.ts", "bad.ts"],
    });
    fs::write(folder.path().join("tsconfig.json"), options.to_string()).unwrap();
    let tsc =
        Command::new("node").arg(modules.join("typescript/bin/tsc")).arg("-p").arg(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&tsc.stdout).into_owned();
    let errors: Vec<&str> = said.lines().filter(|line| line.contains("error TS")).collect();
    let in_bad: BTreeSet<&str> =
        errors.iter().filter_map(|line| line.split_once("bad.ts(")?.1.split(',').next()).collect();
    assert_eq!(in_bad, BTreeSet::from(["2", "3", "4", "5"]), "{said}{}", String::from_utf8_lossy(&tsc.stderr));
    let wrong: Vec<_> = errors.iter().filter(|line| !line.contains("bad.ts(")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    eprintln!("{amount} descriptions of {} shapes", shapes.len());
}

/// The keys, types and enumerated values of a description, without its words.
fn shape(value: &Value) -> String {
    let mut shape = String::new();
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let inner = match value.as_str() {
                    Some(word) if key == "@type" || word.starts_with("https://schema.org/") => word.to_owned(),
                    _ => self::shape(value),
                };
                write!(shape, "{key}:{inner};").unwrap();
            }
        }
        Value::Array(items) => {
            let shapes: BTreeSet<String> = items.iter().map(self::shape).collect();
            write!(shape, "[{}]", shapes.into_iter().collect::<Vec<_>>().join(",")).unwrap();
        }
        Value::String(_) => shape.push('s'),
        Value::Number(_) => shape.push('n'),
        other => write!(shape, "{other}").unwrap(),
    }
    shape
}

/// Calls `each` with every key and string in a value.
fn strings<'a>(value: &'a Value, key: &'a str, each: &mut impl FnMut(&'a str, &'a str)) {
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| strings(value, key, each)),
        Value::Array(items) => items.iter().for_each(|value| strings(value, key, each)),
        Value::String(string) => each(key, string),
        _ => {}
    }
}

#[test]
fn every_event_says_on_its_own_page_where_it_is() {
    fn walk(page: &str, value: &Value, events: &mut usize) {
        // A place that is nobody's centre is a name and perhaps a point.
        if matches!(value["@type"].as_str(), Some("Event" | "EventSeries")) && value.get("location").is_some() {
            let place = &value["location"];
            let is_elsewhere = place["@type"] == "Place" && place.get("containedInPlace").is_none();
            assert!(place.get("name").is_some() && (place.get("address").is_some() || is_elsewhere), "{page}: {value}");
            *events += 1;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(page, item, events)),
            Value::Object(entries) => entries.values().for_each(|item| walk(page, item, events)),
            _ => {}
        }
    }
    let mut events = 0;
    all().for_each(|(page, value)| walk(page, &value, &mut events));
    assert!(events > 300, "{events}");
}

#[test]
fn every_address_is_whole_and_stands_for_a_page_or_picture_that_is_there() {
    let mut seen = 0;
    for (page, value) in all() {
        strings(&value, "", &mut |key, string| {
            if matches!(key, "@id" | "url" | "item" | "image") {
                assert!(string.starts_with("https://") || string.starts_with("http://"), "{page}: {key} {string}");
            }
            let Some(path) = string.strip_prefix("https://noticeboard.example/") else { return };
            let path = path.split('#').next().unwrap();
            let file =
                if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
            assert!(example().contains_key(&file), "{page}: {key} {string}");
            seen += 1;
        });
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn a_thing_has_the_same_name_on_all_pages_of_a_language() {
    let mut names: BTreeMap<(String, bool, String), String> = BTreeMap::new();
    fn walk(page: &str, value: &Value, names: &mut BTreeMap<(String, bool, String), String>) {
        if let (Some(id), Some(name)) = (value["@id"].as_str(), value["name"].as_str()) {
            let language = page.split('/').next().filter(|part| matches!(*part, "en" | "mn-Mong")).unwrap_or("");
            let key = (language.to_owned(), value["startDate"].is_string(), id.to_owned());
            let known = names.entry(key).or_insert_with(|| name.to_owned());
            assert_eq!(known, name, "{page}: {id}");
        }
        match value {
            Value::Object(entries) => entries.values().for_each(|value| walk(page, value, names)),
            Value::Array(items) => items.iter().for_each(|value| walk(page, value, names)),
            _ => {}
        }
    }
    all().for_each(|(page, value)| walk(page, &value, &mut names));
    // No two sessions of a page have one id.
    for (page, value) in of_type("EventSeries") {
        let mut ids = BTreeSet::new();
        for part in list(&value["subEvent"]) {
            assert!(ids.insert(text(&part["@id"]).to_owned()), "{page}: {}", part["@id"]);
        }
    }
}

fn date(value: &Value) -> Date {
    text(value).get(..10).unwrap().parse().unwrap()
}

fn within(value: &Value, day: Date) -> bool {
    let bound = |key: &str| value.get(key).map(date);
    bound("validFrom").is_none_or(|from| from <= day) && bound("validThrough").is_none_or(|until| day <= until)
}

/// What a description says of a date: the special hours of the day if there are any, else those of its weekday.
fn open_on(place: &Value, day: Date) -> Vec<(String, String)> {
    let special: Vec<&Value> =
        list(&place["specialOpeningHoursSpecification"]).iter().filter(|hours| within(hours, day)).collect();
    let weekday = format!("https://schema.org/{:?}", day.weekday());
    let usual = || {
        let named =
            |hours: &&Value| list(&hours["dayOfWeek"]).iter().any(|name| *name == weekday) && within(hours, day);
        list(&place["openingHoursSpecification"]).iter().filter(named).collect()
    };
    let hours: Vec<&Value> = if special.is_empty() { usual() } else { special };
    let times = hours.iter().map(|hours| (text(&hours["opens"]).to_owned(), text(&hours["closes"]).to_owned()));
    let mut times: Vec<_> = times.filter(|(opens, closes)| opens != closes).collect();
    times.sort();
    times
}

#[test]
fn the_hours_are_those_of_the_calendar_on_each_of_sixty_days() {
    let mut days = 0;
    for (page, place) in of_type("GovernmentOffice").into_iter().chain(of_type("CivicStructure")) {
        if page.starts_with("en/") || page.starts_with("mn-Mong/") {
            continue;
        }
        let Some(hours) = example().get(&page.replace("index.html", "hours.json")) else {
            assert!(place.get("openingHoursSpecification").is_none(), "{page}");
            continue;
        };
        let hours: Value = serde_json::from_slice(hours).unwrap();
        let clock = |minutes: &Value| match minutes.as_u64().unwrap() {
            1440 => "23:59".to_owned(),
            minutes => format!("{:02}:{:02}", minutes % 1440 / 60, minutes % 60),
        };
        let first = date(&hours["from"]);
        for (number, state) in list(&hours["days"]).iter().enumerate() {
            let day = first + jiff::Span::new().days(i64::try_from(number).unwrap());
            let open = &hours["states"][usize::try_from(state.as_u64().unwrap()).unwrap()]["open"];
            let expected: Vec<_> = list(open).iter().map(|open| (clock(&open[0]), clock(&open[1]))).collect();
            let said = open_on(&place, day);
            // Of days whose public holidays are not announced nothing need be said, and nothing else may be.
            let announced =
                hours["not_announced_from"].as_str().is_none_or(|from| day.year() < from[..4].parse().unwrap());
            if announced || !said.is_empty() {
                assert_eq!(said, expected, "{page} on {day}");
            }
            days += usize::from(announced);
        }
    }
    assert!(days > 1000, "{days}");
}

/// The dates of a schedule in some days, its exceptions taken out.
fn expanded(schedule: &Value, days: &[Date]) -> BTreeSet<Date> {
    let (start, end) = (date(&schedule["startDate"]), date(&schedule["endDate"]));
    let every = text(&schedule["repeatFrequency"]);
    let (amount, unit) = (every[1..every.len() - 1].parse::<i32>().unwrap(), &every[every.len() - 1..]);
    let monday = |date: Date| date - jiff::Span::new().days(i64::from(date.weekday().to_monday_zero_offset()));
    let since = |from: Date, to: Date| from.until(to).unwrap().get_days();
    let named = list(&schedule["byDay"]);
    let fits = |day: Date| {
        let own = Weekday::from_monday_zero_offset(day.weekday().to_monday_zero_offset()).unwrap();
        match unit {
            "D" => since(start, day) % amount == 0,
            "W" => {
                since(monday(start), monday(day)) / 7 % amount == 0
                    && named.iter().any(|name| *name == format!("https://schema.org/{own:?}"))
            }
            "M" => {
                let short = format!("{own:?}")[..2].to_uppercase();
                let from_start = format!("{}{short}", (day.day() - 1) / 7 + 1);
                let from_end = format!("-{}{short}", (day.days_in_month() - day.day()) / 7 + 1);
                named.iter().any(|name| *name == from_start || *name == from_end)
                    || list(&schedule["byMonthDay"]).iter().any(|number| *number == day.day())
            }
            other => panic!("{other}"),
        }
    };
    let except: BTreeSet<Date> = list(&schedule["exceptDate"]).iter().map(date).collect();
    let within = |day: &&Date| (start..=end).contains(*day) && !except.contains(*day) && fits(**day);
    days.iter().filter(within).copied().collect()
}

#[test]
fn the_schedules_give_the_same_days_as_the_dated_sessions() {
    let first: Date = TODAY.parse().unwrap();
    let days: Vec<Date> = (0..14).map(|ahead| first + jiff::Span::new().days(ahead)).collect();
    let mut compared = 0;
    let (activities, programmes): (Vec<_>, Vec<_>) =
        of_type("EventSeries").into_iter().partition(|(_, value)| value.get("superEvent").is_some());
    // A programme names its activities; what has no page in its language it describes itself.
    let mut described = activities;
    for (page, programme) in programmes {
        for series in list(&programme["subEvent"]) {
            match series["url"].as_str() {
                Some(url) => {
                    let own = url.strip_prefix("https://noticeboard.example/").unwrap();
                    assert!(example().contains_key(&format!("{own}index.html")), "{page}: {own}");
                }
                None => described.push((page, series.clone())),
            }
        }
    }
    for (page, series) in described {
        {
            let id = text(&series["@id"]);
            let usual = |event: &&Value| {
                text(&event["eventStatus"]).ends_with("EventScheduled")
                    && !text(&event["@id"])[id.len()..].contains('T')
            };
            let dated: BTreeSet<Date> = list(&series["subEvent"])
                .iter()
                .filter(usual)
                .map(|event| date(&event["startDate"]))
                .filter(|date| days.contains(date))
                .collect();
            if let Some(schedules) = series.get("eventSchedule") {
                let said: BTreeSet<Date> = list(schedules).iter().flat_map(|one| expanded(one, &days)).collect();
                assert_eq!(said, dated, "{page}: {id}");
                compared += dated.len();
                for schedule in list(schedules) {
                    assert_eq!(schedule["scheduleTimezone"], "Asia/Shanghai");
                }
            }
            for event in list(&series["subEvent"]) {
                for key in ["startDate", "endDate", "previousStartDate"] {
                    let Some(instant) = event.get(key) else { continue };
                    assert!(text(instant).ends_with("+08:00"), "{page}: {instant}");
                }
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// The site with the built-in theme, since the test theme does not show descriptions.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "theme: bare", "theme: civic").edit(SITE_FILE, "outputs: none", "outputs: [structured-data]");
    site
}

fn described(site: &TestSite, page: &str) -> Vec<Value> {
    descriptions(&fs::read_to_string(site.output().join(page)).unwrap())
}

/// The page of the only activity.
fn activity_page(site: &TestSite) -> String {
    let is_activity = |path: &String| path.starts_with("programmes/winter/") && path.matches('/').count() == 3;
    files(&site.output()).into_keys().find(is_activity).unwrap()
}

#[test]
fn a_cancelled_session_says_so_and_a_moved_one_says_when_it_was() {
    let site = site();
    site.edit(SITE_FILE, "[structured-data]", "[structured-data, calendars]");
    site.append(
        PROGRAMME_FILE,
        "    room: 大厅
    exceptions:
      - {on: 2026-12-01, cancelled: 医生出诊}
      - {on: 2026-12-08, moved_to: 2026-12-09 14:00-15:30, why: 换场地}
      - {on: 2026-12-15, room: 二楼}
      - {on: 2026-12-29, replaced_by: 义诊}
    extra:
      - {on: 2026-12-05 09:00-10:00, why: 加一场}
",
    );
    site.edit(
        PROGRAMME_FILE,
        "  - {title: {zh-Hans: 健康讲座, en: Health talk}, when: 周二 上午}\n",
        "  - title: 健康讲座\n    when: 周二 上午\n",
    );
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-12-22, hours: closed, why: 停电}]\n").built();
    let page = activity_page(&site);
    let series = &described(&site, &page)[0];
    // The place is the hall, in the centre, at its address.
    let (hall, address) = (&series["location"], &series["location"]["address"]);
    let centre_name = &hall["containedInPlace"]["name"];
    assert_eq!((text(&hall["name"]), text(&address["streetAddress"])), ("大厅", "解放路1号"));
    let own = text(&series["@id"]).to_owned();
    let key = own.strip_prefix("https://example.org/programmes/winter/#programme:").unwrap();
    // By the same key as its calendar.
    assert!(site.output().join(format!("calendars/activities/winter/{key}.ics")).is_file(), "{own}");
    assert_eq!(
        series["eventSchedule"],
        json!([{
            "@type": "Schedule", "repeatFrequency": "P1W", "byDay": ["https://schema.org/Tuesday"],
            "startDate": "2026-11-01", "endDate": "2027-01-15", "startTime": "09:00", "endTime": "11:30",
            "scheduleTimezone": "Asia/Shanghai", "exceptDate": ["2026-12-01", "2026-12-08", "2026-12-22"],
        }])
    );
    let with = |mut event: Value, more: Value| {
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let within =
        json!({"@type": "GovernmentOffice", "@id": "https://example.org/centres/jiefang/#centre", "name": centre_name});
    let event = |id: &str, name: &str, start: &str, end: &str, status: &str| {
        json!({
            "@type": "Event", "@id": format!("{own}:{id}"), "name": name, "startDate": format!("{start}:00+08:00"),
            "endDate": format!("{end}:00+08:00"), "eventStatus": format!("https://schema.org/Event{status}"),
            "location": hall,
        })
    };
    let upstairs = json!({"@type": "Place", "name": "二楼", "address": address, "containedInPlace": within});
    let talk = "健康讲座";
    let expected = [
        event("2026-11-24", talk, "2026-11-24T09:00", "2026-11-24T11:30", "Scheduled"),
        with(
            event("2026-12-01", talk, "2026-12-01T09:00", "2026-12-01T11:30", "Cancelled"),
            json!({"description": "医生出诊"}),
        ),
        with(
            event("2026-12-05T09:00", talk, "2026-12-05T09:00", "2026-12-05T10:00", "Scheduled"),
            json!({"description": "加一场"}),
        ),
        with(
            event("2026-12-08", talk, "2026-12-09T14:00", "2026-12-09T15:30", "Rescheduled"),
            json!({"description": "换场地", "previousStartDate": "2026-12-08T09:00:00+08:00"}),
        ),
        with(
            event("2026-12-15", talk, "2026-12-15T09:00", "2026-12-15T11:30", "Scheduled"),
            json!({"location": upstairs}),
        ),
        with(
            event("2026-12-22", talk, "2026-12-22T09:00", "2026-12-22T11:30", "Cancelled"),
            json!({"description": "停电"}),
        ),
        event("2026-12-29", "义诊", "2026-12-29T09:00", "2026-12-29T11:30", "Scheduled"),
    ];
    assert_eq!(list(&series["subEvent"]), expected);
    // The day on which it was moved to tells it too, once the day before is over.
    site.build().today("2026-12-09").expect_code(0);
    assert_eq!(described(&site, &page)[0]["subEvent"][0], expected[3]);
}

#[test]
fn an_activity_with_an_id_keeps_it_under_another_title() {
    let site = site();
    site.edit(PROGRAMME_FILE, "{title: {zh-Hans: 健康讲座", "{id: talk, title: {zh-Hans: 健康讲座").built();
    let id = || described(&site, "programmes/winter/index.html")[0]["subEvent"][0]["@id"].clone();
    assert_eq!(id(), "https://example.org/programmes/winter/#programme:talk");
    site.edit(PROGRAMME_FILE, "健康讲座", "养生讲座").built();
    assert_eq!(id(), "https://example.org/programmes/winter/#programme:talk");
}

#[test]
fn an_event_at_the_same_hours_of_several_days_is_not_one_block() {
    let site = site();
    let event = |on: &str| {
        let text = format!("---\ntitle: 夜市\non: {on}\ntime: 22:00-02:00\ncentre: jiefang\n---\n");
        site.write("content/events/market.md", text).built();
        described(&site, "events/market/index.html")[0].clone()
    };
    let whole = event("2026-12-05..2026-12-06");
    assert_eq!((&whole["startDate"], &whole["endDate"]), (&json!("2026-12-05"), &json!("2026-12-06")));
    let schedule = &list(&whole["eventSchedule"])[0];
    assert_eq!(schedule["scheduleTimezone"], "Asia/Shanghai");
    assert_eq!((&schedule["startTime"], &schedule["endTime"]), (&json!("22:00"), &json!("02:00")));
    assert_eq!((&schedule["startDate"], &schedule["endDate"]), (&json!("2026-12-05"), &json!("2026-12-06")));
    let nights: Vec<_> =
        list(&whole["subEvent"]).iter().map(|day| (text(&day["startDate"]), text(&day["endDate"]))).collect();
    assert_eq!(
        nights,
        [
            ("2026-12-05T22:00:00+08:00", "2026-12-06T02:00:00+08:00"),
            ("2026-12-06T22:00:00+08:00", "2026-12-07T02:00:00+08:00"),
        ]
    );
    // Of one day it is the hours of that day, and of many no more than a month is written out, from today on.
    let once = event("2026-12-05");
    assert_eq!(once["endDate"], "2026-12-06T02:00:00+08:00");
    assert!(once.get("subEvent").is_none() && once.get("eventSchedule").is_none());
    let long = event("2026-11-01..2027-06-30");
    assert_eq!(list(&long["subEvent"]).len(), 31);
    assert_eq!(list(&long["subEvent"])[0]["startDate"], "2026-11-24T22:00:00+08:00");
}

#[test]
fn a_closed_day_opens_and_closes_at_midnight_and_says_why() {
    let site = site();
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-11-20..2026-12-02, hours: closed, why: 装修}]\n").built();
    let place = &described(&site, "centres/jiefang/index.html")[0];
    let closed = |from: &str, through: &str, why: &str| {
        json!({
            "@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", "validFrom": from,
            "validThrough": through, "description": why,
        })
    };
    let (closed, new_year) =
        (closed("2026-11-20", "2026-12-02", "装修"), closed("2027-01-01", "2027-01-01", "元旦假期"));
    assert_eq!(place["specialOpeningHoursSpecification"], json!([closed, new_year]));
    // It stays as it is while it lasts.
    site.build().today("2026-12-02").expect_code(0);
    let place = &described(&site, "centres/jiefang/index.html")[0];
    assert_eq!(place["specialOpeningHoursSpecification"], json!([closed, new_year]));
    site.build().today("2026-12-03").expect_code(0);
    let place = &described(&site, "centres/jiefang/index.html")[0];
    assert_eq!(place["specialOpeningHoursSpecification"], json!([new_year]));
    // Nobody has written this year's holidays, so the ordinary week has no end and says that.
    let week = &place["openingHoursSpecification"][0];
    assert!(week.get("validThrough").is_none() && text(&week["description"]).contains("未公布"), "{week}");
    let year =
        "year: 2026\nregion: CN\nsource: {title: 通知}\nholidays: [{name: 国庆节, days: 2026-10-01..2026-10-07}]\n";
    site.write("content/calendar/CN-2026.yaml", year).built();
    let week = &described(&site, "centres/jiefang/index.html")[0]["openingHoursSpecification"][0];
    assert_eq!((&week["validThrough"], week.get("description")), (&json!("2026-12-31"), None));
}

#[test]
fn hostile_words_come_back_as_they_were_written() {
    let hostile = [
        "</script><script>alert(1)</script>",
        "<!-- <script> -->",
        "]]>&amp;&\"'\\",
        "a, b; c: d\u{2028}e\u{2029}",
        "\u{202e}gnp.exe\u{202c} 👩‍🦽 ᠮᠣᠩᠭᠣᠯ",
        "=cmd|' /C calc'!A0",
        "{\"@id\": \"x\"}",
    ];
    let site = site();
    for words in hostile {
        let quoted = serde_json::to_string(words).unwrap();
        let text = format!("{{zh-Hans: {quoted}, en: {quoted}}}");
        site.write(
            SITE_FILE,
            SITE.replace("theme: bare", "theme: civic")
                .replace("outputs: none", "outputs: [structured-data]")
                .replace("{zh-Hans: 示例站, en: Example site}", &text),
        );
        site.write(
            CENTRE_FILE,
            CENTRE.replace("{zh-Hans: 解放社区中心, en: Jiefang Centre}", &text).replace("解放路1号", &quoted),
        );
        site.write(PROGRAMME_FILE, PROGRAMME.replace("{zh-Hans: 健康讲座, en: Health talk}", &text));
        site.write(NOTICE_FILE, NOTICE.replace("供暖检修", &quoted).replace("周三检修暖气。", &quoted)).built();
        let place = &described(&site, "en/centres/jiefang/index.html");
        assert_eq!((&place[0]["name"], &place[0]["address"]["streetAddress"]), (&json!(words), &json!(words)));
        assert_eq!(place[1]["itemListElement"][2]["name"], words);
        assert_eq!(described(&site, "index.html")[0]["name"], words);
        let notice = &described(&site, "notices/heating/index.html")[0];
        assert_eq!((&notice["name"], &notice["text"]), (&json!(words), &json!(words)));
        let programme = &described(&site, "programmes/winter/index.html")[0];
        assert_eq!(programme["subEvent"][0]["name"], words);
        let host = &programme["location"];
        assert_eq!((&host["name"], &host["address"]["streetAddress"]), (&json!(words), &json!(words)));
        for (path, html) in files(&site.output()).iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = std::str::from_utf8(html).unwrap();
            assert_eq!(html.matches("<script").count(), html.matches("</script>").count(), "{path}");
            let ours = ["<script type=\"application/ld+json\">", "<script type=\"application/json\"", "<script src=\""];
            let known: usize = ours.iter().map(|tag| html.matches(tag).count()).sum();
            assert_eq!(html.matches("<script").count(), known, "{path}");
        }
    }
}

#[test]
fn descriptions_are_only_there_when_they_are_wanted_and_the_same_all_day() {
    let site = site();
    site.build().today("2026-11-24T00:01").expect_code(0);
    let morning = files(&site.output());
    site.build().today("2026-11-24T23:59").expect_code(0);
    assert_eq!(morning, files(&site.output()));
    site.edit(SITE_FILE, "[structured-data]", "[feeds]").built();
    for (path, content) in files(&site.output()) {
        assert!(!String::from_utf8_lossy(&content).contains("ld+json"), "{path}");
    }
}

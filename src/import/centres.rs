//! A list of places → centres.

use std::collections::HashSet;

use schemars::{JsonSchema, schema_for};
use serde_yaml::{Mapping, Value};

use super::draft::Draft;
use super::findings::Findings;
use super::known::{Known, Named, called, named_in};
use super::proposed_id;
use super::table::{Headings, Table, names};
use super::vocabulary::is_name_of_person;
use crate::calendar::{osm, spoken};
use crate::content::{Accessibility, Amenity, Centre, CentreKind, Id, PhoneNumber};
use crate::diagnostics::{Code, Problem};
use crate::source::words;

pub(super) const HEADINGS: Headings = &[
    (
        "name",
        &[
            "名称",
            "中心名称",
            "单位名称",
            "站点名称",
            "站点",
            "网点名称",
            "网点",
            "机构名称",
            "场所名称",
            "服务站",
            "服务站名称",
            "驿站名称",
            "驿站",
            "服务点",
            "服务点名称",
            "点位名称",
            "场所",
            "阵地名称",
            "name",
            "centre",
            "center",
        ],
    ),
    ("id", &["代号", "标识", "id"]),
    ("short_name", &["简称", "short name"]),
    ("kind", &["类型", "类别", "种类", "kind", "type"]),
    ("area", &["区域", "所在区域", "所属社区", "所在社区", "社区", "所属区域", "所在区", "所属街道", "街道", "area"]),
    ("address", &["地址", "详细地址", "具体地址", "address"]),
    ("directions", &["怎么走", "交通", "乘车路线", "directions"]),
    ("phones", &["电话", "联系电话", "咨询电话", "服务电话", "办公电话", "phone", "telephone", "tel"]),
    ("hours", &["开放时间", "服务时间", "办公时间", "工作时间", "营业时间", "hours", "opening hours"]),
    ("summary", &["简介", "介绍", "说明", "summary"]),
    ("services", &["服务项目", "服务内容", "服务功能", "services"]),
    ("amenities", &["便民设施", "设施", "amenities"]),
    ("accessibility", &["无障碍", "无障碍设施", "accessibility"]),
    ("lat", &["纬度", "lat", "latitude"]),
    ("lon", &["经度", "lon", "lng", "longitude"]),
    ("person", &["负责人", "联系人", "姓名", "管理员", "contact", "person"]),
];

/// The centres of a list.
pub(super) fn drafts(table: &Table<'_>, known: &Known, area: Option<&str>, findings: &mut Findings) -> Vec<Draft> {
    let mut taken: HashSet<String> = known.centres.iter().map(|(id, _)| id.clone()).collect();
    table.say_unknown(findings);
    table.rows.iter().filter_map(|row| one(table, *row, known, area, &mut taken, findings)).collect()
}

fn one(
    table: &Table<'_>,
    row: u32,
    known: &Known,
    area: Option<&str>,
    taken: &mut HashSet<String>,
    findings: &mut Findings,
) -> Option<Draft> {
    let Some(name) = table.text(row, "name").map(|name| name.replace('\n', "")) else {
        table.lacks(row, "name", "import-name", findings);
        return None;
    };
    let own = table.text(row, "id").filter(|id| Id::<Centre>::new(id).is_ok());
    let stood = own.and_then(|id| known.centres.iter().find(|(known, _)| known == id));
    let stood = stood.map(|(id, _)| id.as_str()).or_else(|| called(&known.centres, &name));
    let mut record = Mapping::new();
    record.insert("name".into(), name.as_str().into());
    let mut say = |key: &str, value: Value| _ = record.insert(key.into(), value);
    // A directory's other name may be the name in another language.
    let is_name = |short: &&str| stood.is_some() && called(&known.centres, short) == stood;
    if let Some(short) = table.text(row, "short_name").filter(|short| !is_name(short)) {
        say("short_name", short.into());
    }
    let mut comments = table.comments(row);
    // All that keeps a row out is said at once.
    let mut is_whole = true;
    match kind(table, row, &name, stood.is_some()) {
        Some(kind) => say("kind", kind.into()),
        None => {
            let text = table.text(row, "kind").unwrap_or_default();
            if stood.is_some() && !text.is_empty() {
                findings.not_understood(table.grid, table.at(row, "kind"), text);
                comments.push(text.replace('\n', " "));
            } else if stood.is_none() {
                let kinds: Named = values::<CentreKind>("CentreKind").into_iter().map(in_both_languages).collect();
                findings.name_unknown(table.grid, table.at(row, "kind"), text, "centre-kind", &kinds);
                is_whole = false;
            }
        }
    }
    let written = table.text(row, "area");
    let here = written.and_then(|text| called(&known.areas, text).or_else(|| named_in(&known.areas, text)));
    let guessed = || named_in(&known.areas, &format!("{}\n{name}", table.text(row, "address").unwrap_or_default()));
    // A place that is there has its area already: what is said of all of a list is meant of the new ones.
    let of_new = || area.or_else(guessed).filter(|_| stood.is_none());
    match (here.or_else(of_new), written) {
        (Some(area), _) => say("area", area.into()),
        (None, _) if stood.is_some() => {}
        (None, Some(text)) => {
            findings.name_unknown(table.grid, table.at(row, "area"), text, "area", &known.areas);
            is_whole = false;
        }
        (None, None) => {
            table.lacks(row, "area", "import-area", findings);
            is_whole = false;
        }
    }
    match table.text(row, "address") {
        Some(address) => say("address", address.replace('\n', " ").into()),
        None if stood.is_some() => {}
        None => {
            table.lacks(row, "address", "import-address", findings);
            is_whole = false;
        }
    }
    if let Some(text) = table.text(row, "directions") {
        say("directions", text.into());
    }
    match location(table, row) {
        Some(Ok(location)) => say("location", location),
        Some(Err(text)) => {
            findings.not_understood(table.grid, table.at(row, "lat"), &text);
            comments.push(text);
        }
        None => {}
    }
    let known_year = known.times.today.year();
    let lines = table.text(row, "phones").map_or_else(Vec::new, |text| names(text).map(phone).collect());
    let (lines, unread): (Vec<_>, Vec<_>) = lines.into_iter().partition(Result::is_ok);
    let mut lines: Vec<Mapping> = lines.into_iter().filter_map(Result::ok).collect();
    for line in &mut lines {
        let purpose = line.get("for").and_then(Value::as_str);
        if let Some(name) = purpose.filter(|purpose| is_name_of_person(purpose)) {
            let problem = Problem::new(Code::NameOfPerson).with("text", name);
            findings.at(table.grid, table.at(row, "phones"), problem);
            line.remove("for");
        }
    }
    for text in unread.into_iter().filter_map(Result::err) {
        findings.not_understood(table.grid, table.at(row, "phones"), text);
        comments.push(text.to_owned());
    }
    if !lines.is_empty() {
        say("phones", Value::Sequence(lines.into_iter().map(Value::Mapping).collect()));
    }
    if let Some(text) = table.text(row, "hours") {
        let text = text.replace('\n', "；");
        let read = if osm::looks_like_osm(&text) { osm::read(&text) } else { spoken::read(&text) };
        match read {
            Ok(said)
                if stood.and_then(|id| known.times.hours.get(id)).is_some_and(|known| known.say(&said, known_year)) => {
            }
            Ok(_) => say("hours", text.into()),
            // One that cannot be read does not keep all others out.
            Err(_) => {
                findings.not_understood(table.grid, table.at(row, "hours"), &text);
                comments.push(text);
            }
        }
    }
    if let Some(text) = table.text(row, "summary") {
        say("summary", text.replace('\n', " ").into());
    }
    if let Some(text) = table.text(row, "services") {
        let services = names(text).map(|name| Value::Mapping(Mapping::from_iter([("name".into(), name.into())])));
        say("services", Value::Sequence(services.collect()));
    }
    if let Some(text) = table.text(row, "amenities") {
        let (found, unknown): (Vec<_>, Vec<_>) = names(text)
            .map(|name| (name, value_of::<Amenity>("Amenity", name)))
            .partition(|(_, found)| found.is_some());
        if !found.is_empty() {
            say("amenities", found.into_iter().filter_map(|(_, value)| value).collect::<Vec<_>>().into());
        }
        for (name, _) in unknown {
            findings.not_understood(table.grid, table.at(row, "amenities"), name);
            comments.push(name.to_owned());
        }
    }
    if let Some(text) = table.text(row, "accessibility").filter(|_| stood.is_none()) {
        let features: Vec<(&str, Option<String>)> = names(text).map(|words| (words, feature(words))).collect();
        let mut found: Vec<String> = features.iter().filter_map(|(_, feature)| feature.clone()).collect();
        found.dedup();
        if !found.is_empty() {
            say("accessibility", found.into());
        }
        for (words, _) in features.iter().filter(|(_, feature)| feature.is_none()) {
            findings.not_understood(table.grid, table.at(row, "accessibility"), words);
            comments.push((*words).to_owned());
        }
    }
    if let Some(person) = table.text(row, "person").filter(|person| is_name_of_person(person)) {
        // A name is said and kept nowhere.
        findings.at(table.grid, table.at(row, "person"), Problem::new(Code::NameOfPerson).with("text", person));
    }
    if !is_whole {
        return None;
    }
    let new = || match own.filter(|id| taken.insert((*id).to_owned())) {
        Some(own) => own.to_owned(),
        None => proposed_id::free(&name, taken),
    };
    let id = stood.map_or_else(new, str::to_owned);
    let shown = |key: &str| table.text(row, key).unwrap_or_default().replace('\n', " ");
    let shown = vec![vec![id.clone(), name, shown("address"), shown("phones"), shown("hours")]];
    Some(Draft { folder: "centres", id, record, comments, shown, row: Some(row), ..Draft::default() })
}

/// What sort of place it is: as written, else as its name says.
fn kind(table: &Table<'_>, row: u32, name: &str, stands: bool) -> Option<String> {
    if let Some(written) = table.text(row, "kind") {
        return value_of::<CentreKind>("CentreKind", written);
    }
    let named = [
        ("驿站", "station"),
        ("楼宇", "building-centre"),
        ("区域", "regional-centre"),
        ("村", "village-centre"),
        ("乡", "village-centre"),
        ("流动", "mobile-point"),
    ];
    let of_name = named.iter().find(|(word, _)| name.contains(word)).map_or("community-centre", |(_, kind)| *kind);
    (!stands).then(|| of_name.to_owned())
}

/// The value of an enumeration that a word stands for, in either language.
fn value_of<T: JsonSchema>(enumeration: &str, word: &str) -> Option<String> {
    let is = |(value, words): &(String, Vec<String>)| {
        *value == word.to_lowercase() || words.iter().any(|known| known == word)
    };
    values::<T>(enumeration).into_iter().find(is).map(|(value, _)| value)
}

/// The values of an enumeration, each with its Chinese words.
fn values<T: JsonSchema>(enumeration: &str) -> Vec<(String, Vec<String>)> {
    let schema = schema_for!(T);
    let variants = schema.get("oneOf").and_then(|variants| variants.as_array()).cloned().unwrap_or_default();
    let of_variant = |variant: &serde_json::Value| {
        let value = variant.get("const").or_else(|| variant.get("enum")?.get(0))?.as_str()?.to_owned();
        let words = words::chinese().of_value(enumeration, &value).to_vec();
        Some((value, words))
    };
    variants.iter().filter_map(of_variant).collect()
}

/// A value with what is shown of it before its words.
fn in_both_languages((value, mut words): (String, Vec<String>)) -> (String, Vec<String>) {
    let shown = words.first().map(|word| format!("{word} {value}"));
    words.splice(0..0, shown);
    words.push(value.clone());
    (value, words)
}

/// What makes a place accessible, by a word for it that stands in a text.
fn feature(text: &str) -> Option<String> {
    let plain = text.to_lowercase().replace(' ', "-");
    let of_word = |(value, words): &(String, Vec<String>)| {
        plain.contains(value.as_str()) || words.iter().any(|word| plain.contains(word.as_str()))
    };
    values::<Accessibility>("Accessibility").into_iter().find(of_word).map(|(value, _)| value)
}

/// Where a place is; what stands there if that is nowhere.
fn location(table: &Table<'_>, row: u32) -> Option<Result<Value, String>> {
    let (lat, lon) = (table.text(row, "lat")?, table.text(row, "lon")?);
    Some(match (lat.parse::<f64>(), lon.parse::<f64>()) {
        (Ok(lat), Ok(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => {
            Ok(Value::Mapping(Mapping::from_iter([("lat".into(), lat.into()), ("lon".into(), lon.into())])))
        }
        _ => Err(format!("{lat} {lon}")),
    })
}

/// A telephone line with what stands before its number; the text itself if it is none.
fn phone(text: &str) -> Result<Mapping, &str> {
    let start = text.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(').unwrap_or(text.len());
    let (purpose, number) = text.split_at(start);
    let number = number.replace(['－', '—', '–'], "-");
    if PhoneNumber::read(&number).is_err() {
        return Err(text);
    }
    let mut phone = Mapping::new();
    let purpose = purpose.trim_matches(['：', ':', ' ', '（']);
    if !purpose.is_empty() {
        phone.insert("for".into(), purpose.into());
    }
    phone.insert("number".into(), number.into());
    Ok(phone)
}

//! A list of entitlements → policies.

use std::collections::HashSet;

use serde_yaml::{Mapping, Value};

use super::draft::Draft;
use super::findings::Findings;
use super::items::{sentences, steps, things};
use super::known::{Known, Named, called, named_in};
use super::proposed_id;
use super::table::{Headings, Table, names};
use super::term::term;
use crate::content::PhoneNumber;

pub(super) const HEADINGS: Headings = &[
    (
        "title",
        &[
            "政策名称",
            "政策",
            "名称",
            "事项名称",
            "事项",
            "服务事项",
            "项目名称",
            "补贴名称",
            "title",
            "policy",
            "name",
        ],
    ),
    ("summary", &["内容", "政策内容", "主要内容", "摘要", "待遇", "补贴内容", "summary", "content"]),
    ("departments", &["部门", "主管部门", "责任部门", "负责部门", "办理部门", "受理部门", "department", "departments"]),
    (
        "audience",
        &[
            "对象",
            "服务对象",
            "适用对象",
            "申请对象",
            "适用人群",
            "补贴对象",
            "补助对象",
            "享受对象",
            "享受人群",
            "保障对象",
            "救助对象",
            "发放对象",
            "audience",
            "for",
        ],
    ),
    ("amounts", &["标准", "补贴标准", "补助标准", "发放标准", "金额", "amount", "amounts"]),
    ("conditions", &["条件", "申请条件", "办理条件", "申报条件", "享受条件", "conditions"]),
    (
        "papers",
        &["材料", "所需材料", "申请材料", "办理材料", "申报材料", "需要材料", "提交材料", "papers", "documents"],
    ),
    ("steps", &["流程", "办理流程", "申办流程", "申请流程", "办事流程", "步骤", "办理步骤", "steps"]),
    ("place", &["地点", "办理地点", "受理地点", "place", "where"]),
    ("takes", &["时限", "办理时限", "办结时限", "takes"]),
    ("phone", &["电话", "咨询电话", "联系电话", "phone"]),
    ("valid", &["有效期", "有效期限", "期限", "有效期至", "截止日期", "执行期限", "valid", "valid until"]),
    ("source", &["依据", "文件依据", "政策依据", "文件", "文件名称", "source"]),
    ("number", &["文号", "发文字号", "文件号", "文件编号", "政策文号", "发文文号", "document number", "reference"]),
];

/// The policies of a list.
pub(super) fn drafts(table: &Table<'_>, known: &Known, findings: &mut Findings) -> Vec<Draft> {
    let mut taken: HashSet<String> = known.policies.iter().map(|(id, _)| id.clone()).collect();
    table.say_unknown(findings);
    table.rows.iter().filter_map(|row| one(table, *row, known, &mut taken, findings)).collect()
}

fn one(
    table: &Table<'_>,
    row: u32,
    known: &Known,
    taken: &mut HashSet<String>,
    findings: &mut Findings,
) -> Option<Draft> {
    let Some(title) = table.text(row, "title").map(|title| title.replace('\n', "")) else {
        table.lacks(row, "title", "import-name", findings);
        return None;
    };
    let stood = called(&known.policies, &title);
    let mut record = Mapping::new();
    record.insert("title".into(), title.as_str().into());
    let leave = |key: &str, text: &str, findings: &mut Findings, comments: &mut Vec<String>| {
        findings.not_understood(table.grid, table.at(row, key), text);
        comments.push(text.replace('\n', " "));
    };
    // All that a row lacks is said at once.
    let mut is_whole = true;
    let mut comments = table.comments(row);
    // How much it is says in one what a new one is about, and replaces no text of one that is there.
    let amounts = table.text(row, "amounts");
    let summary = table.text(row, "summary").or_else(|| amounts.filter(|_| stood.is_none()));
    match summary {
        Some(text) => _ = record.insert("summary".into(), text.replace('\n', "").into()),
        None if stood.is_some() => {}
        None => {
            let key = ["summary", "amounts"].into_iter().find(|key| table.columns.contains_key(key));
            table.lacks(row, key.unwrap_or("summary"), "import-summary", findings);
            is_whole = false;
        }
    }
    for (key, named, word, what) in [
        ("departments", &known.departments, "department", "import-department"),
        ("audience", &known.audiences, "audience", "import-audience"),
    ] {
        let (ids, unknown) = table.text(row, key).map(|text| ids(text, named)).unwrap_or_default();
        let is_needed = ids.is_empty() && stood.is_none();
        for name in &unknown {
            match is_needed {
                true => findings.name_unknown(table.grid, table.at(row, key), name, word, named),
                false => findings.not_understood(table.grid, table.at(row, key), name),
            }
            comments.push((*name).to_owned());
        }
        if is_needed && unknown.is_empty() {
            table.lacks(row, key, what, findings);
        }
        is_whole &= !is_needed;
        if !ids.is_empty() {
            record.insert(key.into(), ids.into());
        }
    }
    if let Some(text) = amounts.filter(|_| stood.is_some() || table.text(row, "summary").is_some()) {
        let amount = Mapping::from_iter([
            (Value::from("per"), Value::from("标准")),
            ("value".into(), text.replace('\n', "；").into()),
        ]);
        record.insert("amounts".into(), Value::Sequence(vec![amount.into()]));
    }
    for (key, items) in [("conditions", sentences as fn(&str) -> Vec<String>), ("papers", things), ("steps", steps)] {
        if let Some(text) = table.text(row, key) {
            record.insert(key.into(), items(text).into());
        }
    }
    for key in ["place", "takes"] {
        if let Some(text) = table.text(row, key) {
            record.insert(key.into(), text.replace('\n', " ").into());
        }
    }
    if let Some(text) = table.text(row, "phone") {
        match PhoneNumber::read(text) {
            Ok(_) => {
                let contact = [(Value::from("role"), Value::from("咨询电话")), ("phone".into(), text.into())];
                record.insert("contact".into(), Mapping::from_iter(contact).into());
            }
            Err(_) => leave("phone", text, findings, &mut comments),
        }
    }
    if let Some(text) = table.text(row, "valid") {
        match term(text) {
            // That it has no end is no news of what is there and may have one.
            Some(term) if stood.is_none() || term.until.is_some() => {
                let days = [("from", term.from), ("until", term.until)];
                let days = days.into_iter().filter_map(|(key, day)| Some((key, day?)));
                days.for_each(|(key, day)| _ = record.insert(key.into(), day.to_string().into()));
            }
            _ => leave("valid", text, findings, &mut comments),
        }
    }
    match (table.text(row, "source"), table.text(row, "number")) {
        (Some(title), number) => {
            let mut source = Mapping::from_iter([(Value::from("title"), Value::from(title.replace('\n', " ")))]);
            // A title may have its number in it already.
            if let Some(number) = number.filter(|number| !title.contains(*number)) {
                source.insert("number".into(), number.replace('\n', " ").into());
            }
            record.insert("source".into(), source.into());
        }
        // A number without the title of the document names no document to readers.
        (None, Some(number)) => leave("number", number, findings, &mut comments),
        (None, None) => {}
    }
    if !is_whole {
        return None;
    }
    let id = stood.map_or_else(|| proposed_id::free(&title, taken), str::to_owned);
    let shown = |key: &str| table.text(row, key).unwrap_or_default().replace('\n', " ");
    let shown = vec![vec![id.clone(), title, shown("audience"), shown("departments")]];
    let body = Some(String::new());
    Some(Draft { folder: "policies", id, record, body, comments, shown, row: Some(row), ..Draft::default() })
}

/// The ids that a cell names, and what names none.
fn ids<'t>(text: &'t str, named: &Named) -> (Vec<String>, Vec<&'t str>) {
    let (mut ids, mut unknown): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    for name in names(text) {
        match called(named, name).or_else(|| named_in(named, name)) {
            Some(id) if !ids.iter().any(|known| known == id) => ids.push(id.to_owned()),
            Some(_) => {}
            None => unknown.push(name),
        }
    }
    (ids, unknown)
}

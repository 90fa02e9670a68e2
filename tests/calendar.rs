//! Days and sessions, from what an editor writes to what holds: cases from life.
//!
//! `calendar/cases.yaml` is read as an editor's files would be.

use crate::support;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use noticeboard::calendar::{Date, DateSpan, DayState, Reason, TimeOfDay, at};
use noticeboard::content::Content;
use noticeboard::site::{Occasion, Site};
use noticeboard::source::{File, Sources};
use serde::Deserialize;
use serde_yaml::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    hours: Value,
    closes: Option<Value>,
    area_calendar: Option<BTreeMap<String, Value>>,
    activity: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    days: IndexMap<String, String>,
    #[serde(default)]
    sessions: Vec<String>,
}

fn yaml(value: &impl serde::Serialize) -> String {
    serde_yaml::to_string(value).unwrap()
}

/// A site of one centre, made of files as an editor would write them.
fn site(case: &Case) -> Site {
    let mut files = vec![
        ("site.yaml", support::SITE.replace("name: English}\n", "name: English}\n  - {tag: mn-Mong, name: ᠮᠣᠩᠭᠣᠯ}\n")),
        ("content/areas.yaml", support::AREAS.to_owned()),
        ("content/calendar/CN-2026.yaml", include_str!("../content/calendar/CN-2026.yaml").to_owned()),
    ];
    let mut centre: BTreeMap<&str, Value> = BTreeMap::new();
    for (key, value) in [("name", "中心"), ("kind", "community-centre"), ("area", "jiefang"), ("address", "解放路1号")]
    {
        centre.insert(key, value.into());
    }
    centre.insert("hours", case.hours.clone());
    files.push(("content/centres/jiefang.yaml", yaml(&centre)));
    if let Some(closes) = &case.closes {
        let front: BTreeMap<&str, Value> = BTreeMap::from([
            ("title", "通知".into()),
            ("summary", "关门。".into()),
            ("from", "2026-10-01".into()),
            ("centres", vec!["jiefang"].into()),
            ("closes", closes.clone()),
        ]);
        files.push(("content/notices/closing.md", format!("---\n{}---\n", yaml(&front))));
    }
    if let Some(calendar) = &case.area_calendar {
        let head = "year: 2026\nregion: CN\narea: jiefang\nsource: {title: 通知}\n";
        files.push(("content/calendar/jiefang-2026.yaml", format!("{head}{}", yaml(calendar))));
    }
    if let Some(activity) = &case.activity {
        let mut activity = activity.clone();
        activity.insert("title".to_owned(), "活动".into());
        let head = "title: 计划\ncentre: jiefang\nvalid: 2026-01-01..2027-12-31\n";
        files.push((
            "content/programmes/a.yaml",
            format!("{head}activities:\n  - {}", yaml(&activity).replace('\n', "\n    ")),
        ));
    }
    let files = files.into_iter().map(|(path, text)| File { path: path.into(), text: text.into() }).collect();
    let sources = Sources { files, ..Sources::default() };
    let mut found = Vec::new();
    let content = Content::read(&sources, &mut found);
    let shown = |found: &[noticeboard::diagnostics::Diagnostic]| {
        found.iter().map(|f| format!("{} {:?}", f.problem, f.place)).collect::<Vec<_>>().join("\n")
    };
    let content = content.filter(|_| found.is_empty()).unwrap_or_else(|| panic!("{}: {}", case.case, shown(&found)));
    let occasion = Occasion { now: at(Date::new(2026, 11, 24).unwrap(), TimeOfDay::NOON), sheets: false };
    let site = Site::link(content, &occasion, Vec::new(), BTreeMap::new(), &mut found);
    assert!(found.is_empty(), "{}: {}", case.case, shown(&found));
    site
}

fn said(state: &DayState) -> String {
    let reason = match state.reason {
        Reason::Exception(_) => "exception",
        Reason::Closing(_) => "notice",
        Reason::Holiday(_) => "holiday",
        Reason::LocalHoliday(_) => "local-holiday",
        Reason::LocalClosure(_) => "closure",
        Reason::MakeupWorkday { .. } => "makeup",
        Reason::Recurring(_) => "recurring",
        Reason::Season(_) => "season",
        Reason::Weekly => "weekly",
    };
    let known = if state.announced { "" } else { "?" };
    format!("{} ({reason}){known}", String::from(state.intervals.clone()))
}

#[test]
fn every_case_from_life_holds() {
    let cases: Vec<Case> = serde_yaml::from_str(include_str!("calendar/cases.yaml")).unwrap();
    assert!(cases.len() >= 30);
    for case in &cases {
        let site = site(case);
        let centre = &site.content.centres[0];
        assert!(!case.days.is_empty() || !case.sessions.is_empty(), "{}", case.case);
        for (date, expected) in &case.days {
            let date: Date = date.parse().unwrap();
            assert_eq!(&said(&site.day(&centre.id, date).unwrap()), expected, "{}: {date}", case.case);
        }
        if let Some(programme) = site.content.programmes.first() {
            let activity = &programme.value.activities[0];
            let window = DateSpan::new("2026-01-01".parse().unwrap(), "2027-12-31".parse().unwrap()).unwrap();
            let held = site.sessions(&programme.value, activity, window).into_iter().filter(|session| session.held);
            assert_eq!(
                held.map(|session| session.date.to_string()).collect::<Vec<_>>(),
                case.sessions,
                "{}",
                case.case
            );
        }
    }
}

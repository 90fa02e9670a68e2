//! `noticeboard status`: what is open and on, what is hidden or ends soon, and why; what is not known.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{SiteArguments, Voice, coverage, prepare};
use crate::calendar::DayOrTime;
use crate::diagnostics::{Code, Failure, Language, Problem, closest};
use crate::site::{self, CentreStatus, HiddenBecause, PlaceState, Site, Status, Turn, status};

#[derive(Debug, Args)]
pub(super) struct StatusArguments {
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// The day, or the time (2026-12-01T15:00), to look at; by default now in the site's time zone.
    #[arg(long, value_name = "DATE", conflicts_with = "today")]
    on: Option<String>,
    /// Only this centre, programme, notice, policy, event or roster.
    id: Option<String>,
    /// Instead, what is not translated and what no native reader has checked.
    #[arg(long, conflicts_with = "id")]
    coverage: bool,
    /// For people, or one JSON object.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(arguments: &StatusArguments, voice: Voice) -> ExitCode {
    if let Some(Err(problem)) = arguments.on.as_deref().map(DayOrTime::read) {
        return voice.failure(&Failure::BadOption { option: "--on", problem });
    }
    let today = arguments.on.clone().or_else(|| arguments.site.today.clone());
    let mut prepared = match prepare::read(&SiteArguments { today, ..arguments.site.clone() }) {
        Ok(read) => read.prepare(),
        Err(failure) => return voice.failure(&failure),
    };
    let errors = prepared.has_errors();
    let Some((site, theme)) = prepared.linked.take().filter(|_| !errors) else {
        voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
        return ExitCode::from(1);
    };
    if arguments.coverage {
        let found = site::coverage(&site, |language| theme.wording(language));
        let told = match arguments.format {
            Format::Human => coverage::human(&found, voice.language),
            Format::Json => serde_json::to_string_pretty(&found).unwrap_or_default(),
        };
        return voice.hand_over(format!("{}\n", told.trim_end()).as_bytes(), ExitCode::SUCCESS);
    }
    let editions = match theme.editions(&site) {
        Ok(editions) => editions,
        Err(mut found) => {
            voice.diagnostics(&mut found, &prepared.texts);
            return ExitCode::from(1);
        }
    };
    let asked = match voice.language {
        Language::ZhHans => "zh-Hans",
        Language::En => "en",
    };
    let Some(edition) = editions.iter().find(|edition| edition.language.as_str() == asked).or(editions.first()) else {
        return ExitCode::from(1);
    };
    let Some(found) = status(edition, arguments.id.as_deref(), voice.language) else {
        let id = arguments.id.as_deref().unwrap_or_default();
        return voice.failure(&Failure::BadOption { option: "ID", problem: unknown_id(&site, id) });
    };
    let told = match arguments.format {
        Format::Human => human(&found, arguments.id.is_some(), voice.language),
        Format::Json => serde_json::to_string_pretty(&found).unwrap_or_default(),
    };
    voice.hand_over(format!("{}\n", told.trim_end()).as_bytes(), ExitCode::SUCCESS)
}

fn unknown_id(site: &Site, id: &str) -> Problem {
    let content = &site.content;
    let centres = content.centres.iter().map(|record| record.id.as_str());
    let known = centres.chain(content.programmes.iter().map(|record| record.id.as_str()));
    let known = known.chain(content.notices.iter().map(|record| record.id.as_str()));
    let known = known.chain(content.policies.iter().map(|record| record.id.as_str()));
    let known = known.chain(content.events.iter().map(|record| record.id.as_str()));
    let known = known.chain(content.duty.iter().map(|record| record.id.as_str()));
    let known: Vec<&str> = known.collect();
    let problem = Problem::new(Code::UnknownReference).with_word("kind", "record").with("id", id);
    match closest(id, known.iter().copied()) {
        Some(meant) => problem.with("suggestion", meant),
        None => problem.with_list("known", known),
    }
}

/// The words of the report in one language.
struct Words {
    open: &'static str,
    by_appointment: &'static str,
    closed: &'static str,
    unknown: &'static str,
    until: &'static str,
    duty: &'static str,
    understood: &'static str,
    today: &'static str,
    nothing_on: &'static str,
    week: &'static str,
    hidden: &'static str,
    not_yet: &'static str,
    over: &'static str,
    expiring: &'static str,
    not_known: &'static str,
    next_change: &'static str,
    begins: &'static str,
    ends: &'static str,
    at: &'static str,
    none: &'static str,
}

const CHINESE: Words = Words {
    open: "开放",
    by_appointment: "预约开放",
    closed: "不开放",
    unknown: "没有写开放时间",
    until: "到",
    duty: "值班",
    understood: "开放时间读作",
    today: "今天",
    nothing_on: "没有活动",
    week: "七天安排",
    hidden: "没有显示，或只在往期里",
    not_yet: "开始于",
    over: "结束于",
    expiring: "两周内到期",
    not_known: "日历尚缺",
    next_change: "下一次变化",
    begins: "开始",
    ends: "到期",
    at: "时间",
    none: "无",
};

const ENGLISH: Words = Words {
    open: "open",
    by_appointment: "by appointment",
    closed: "closed",
    unknown: "no hours are written",
    until: "until",
    duty: "on duty",
    understood: "hours are understood as",
    today: "today",
    nothing_on: "nothing is on",
    week: "Seven days",
    hidden: "Not shown, or only in the archive",
    not_yet: "begins",
    over: "ended",
    expiring: "Ends within two weeks",
    not_known: "Not known to the calendar",
    next_change: "Next change",
    begins: "begins",
    ends: "ends",
    at: "At",
    none: "none",
};

/// The report as text: one subject a paragraph, one record a line.
fn human(status: &Status, one: bool, language: Language) -> String {
    let words = match language {
        Language::ZhHans => &CHINESE,
        Language::En => &ENGLISH,
    };
    let mut text = String::new();
    let shown = |state| match state {
        PlaceState::Open => words.open,
        PlaceState::ByAppointment => words.by_appointment,
        PlaceState::Closed => words.closed,
        PlaceState::Unknown => words.unknown,
    };
    let _ = writeln!(text, "{} {}", words.at, status.at);
    if !status.centres.is_empty() {
        text.push('\n');
    }
    for centre in &status.centres {
        let _ = writeln!(text, "{}", line(centre, shown(centre.state), words));
        if one {
            details(&mut text, centre, words, shown);
        }
    }
    if !status.week.is_empty() {
        let _ = writeln!(text, "\n{}", words.week);
    }
    for day in &status.week {
        let _ = writeln!(text, "  {}", day.name);
        if day.sessions.is_empty() {
            let _ = writeln!(text, "    {}", words.nothing_on);
        }
        for session in &day.sessions {
            let room = session.room.as_ref().map(|room| format!("  {room}")).unwrap_or_default();
            let _ = writeln!(text, "    {}  {}  {}{room}", session.time, session.title, session.place);
        }
    }
    let mut part = |head: &str, lines: Vec<String>| {
        let _ = writeln!(text, "\n{head}");
        let none = || vec![words.none.to_owned()];
        for line in if lines.is_empty() { none() } else { lines } {
            let _ = writeln!(text, "  {line}");
        }
    };
    let hidden = status.hidden.iter().map(|hidden| {
        let why = match hidden.why {
            HiddenBecause::NotYet => words.not_yet,
            HiddenBecause::Over => words.over,
        };
        format!("{why} {}  {}  {}", hidden.at, hidden.title, hidden.file)
    });
    part(words.hidden, hidden.collect());
    part(
        words.expiring,
        status.expiring.iter().map(|end| format!("{}  {}  {}", end.at, end.what.title, end.what.file)).collect(),
    );
    part(words.not_known, status.unknown.clone());
    let coming = status.coming.iter().map(|coming| {
        let turn = match coming.what.turn {
            Turn::Begins => words.begins,
            Turn::Ends => words.ends,
        };
        format!("{} {turn}  {}  {}", coming.at, coming.what.title, coming.what.file)
    });
    let next = std::iter::once(status.next_change.clone()).chain(coming);
    part(words.next_change, next.collect());
    text
}

fn line(centre: &CentreStatus, state: &str, words: &Words) -> String {
    let mut line = format!("{state}  {}", centre.name);
    if let Some(until) = &centre.until {
        let _ = write!(line, "  {} {until}", words.until);
    }
    if let Some(why) = &centre.why {
        let _ = write!(line, "  {why}");
    }
    let _ = write!(line, "  [{}]", centre.id);
    line
}

fn details(text: &mut String, centre: &CentreStatus, words: &Words, shown: impl Fn(PlaceState) -> &'static str) {
    if let Some(today) = &centre.today {
        let _ = writeln!(text, "  {}: {today}", words.today);
    }
    if let Some(understood) = &centre.understood {
        let _ = writeln!(text, "  {}: {understood}", words.understood);
    }
    for part in &centre.parts {
        let _ = writeln!(text, "  {}: {} ({})", part.name, part.today, shown(part.state));
    }
    for who in &centre.duty {
        let _ = writeln!(text, "  {}: {who}", words.duty);
    }
}

//! A board → a weekly programme.
//!
//! What the board does not say is taken from whoever imports, from the workbook's further sheets, or from the programme
//! that the site has already; what nobody says is said to be missing, and never made up.

use indexmap::IndexMap;
use serde_yaml::{Mapping, Value};

use super::board::{Board, Placed};
use super::dates::{months_in, span_in};
use super::draft::Draft;
use super::findings::Findings;
use super::known::{Known, KnownProgramme, called, named_in};
use super::persons::{names_person_by_label, without_persons};
use super::repeated::take_once;
use super::{Context, Wishes, proposed_id};
use crate::calendar::{Date, DateSpan, Pattern, TimeRange, WeekdaySet, When};
use crate::diagnostics::{Code, Problem};
use crate::source::words;

/// Where the parts of a programme come from.
pub(super) struct Sources<'a> {
    pub(super) known: &'a Known,
    /// The times of the parts of the day.
    pub(super) slots: IndexMap<String, TimeRange>,
    pub(super) in_english: bool,
}

/// The programme of a board.
pub(super) fn draft(
    mut board: Board,
    is_one_of_several: bool,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Draft> {
    let Context { stem, known, wishes } = *context;
    board.say_stopped(&[], findings);
    take_once(&mut board, findings);
    if board.placed.is_empty() {
        findings.at(&board.grid, (0, 0), Problem::new(Code::NothingToImport));
        return None;
    }
    let centre = centre(&board, context);
    let (title, valid) = heading(&mut board, findings);
    let title = title.or_else(|| is_one_of_several.then(|| board.grid.name.clone()));
    let base = centre.clone().unwrap_or_else(|| proposed_id::of(stem));
    let of_sheet = is_one_of_several.then(|| format!("{base}-{}", proposed_id::of(&board.grid.name)));
    let before = match &of_sheet {
        Some(id) => known.programmes.iter().find(|programme| {
            let is_called = || title.as_ref().is_some_and(|title| programme.names.contains(title));
            programme.id == *id || Some(&programme.centre) == centre.as_ref() && is_called()
        }),
        None => before(wishes.id.as_deref(), centre.as_deref(), known),
    };
    let id = wishes.id.clone().or_else(|| before.map(|before| before.id.clone()));
    let id = id.or(of_sheet).unwrap_or(base);
    let stood = before.map(|before| before.slots.as_slice()).unwrap_or_default();
    let slots = slots(&board, wishes, stood, findings);
    let sources = Sources { known, slots, in_english: board.in_english };
    let placed = together(board.placed.clone());
    let activities: Vec<Mapping> =
        placed.iter().filter_map(|placed| activity(&board, placed, &sources, findings)).collect();

    let mut record = Mapping::new();
    // A programme that is there already keeps its title where the board has none.
    if let Some(title) = title.clone().or_else(|| before.is_none().then(|| stem.to_owned())) {
        record.insert("title".into(), title.into());
    }
    match centre {
        Some(centre) => _ = record.insert("centre".into(), centre.into()),
        None => findings
            .on_file(Problem::new(Code::ImportLacks).with_word("what", "import-centre").with("option", "--centre ID")),
    }
    let named = || match (title.as_deref().and_then(months_in), dated(&board)) {
        // What takes place on a day beyond the months of the title takes place all the same.
        (Some(months), Some(days)) => DateSpan::new(months.first().min(days.first()), months.last().max(days.last())),
        (months, days) => months.or(days),
    };
    match wishes.valid.or(valid).or(before.map(|before| before.valid)).or_else(named) {
        Some(valid) => _ = record.insert("valid".into(), String::from(valid).into()),
        None => findings.on_file(
            Problem::new(Code::ImportLacks)
                .with_word("what", "import-valid")
                .with("option", "--valid 2026-09-01..2027-01-15"),
        ),
    }
    if !sources.slots.is_empty() {
        record.insert("slots".into(), slots_written(&sources.slots));
    }
    if !board.themes.is_empty() {
        record.insert("day_themes".into(), themes(board.themes.iter().cloned(), board.in_english));
    }
    record.insert("activities".into(), Value::Sequence(activities.into_iter().map(Value::Mapping).collect()));
    if !board.notes.is_empty() {
        record.insert("notes".into(), board.notes.iter().map(String::as_str).collect::<Vec<_>>().into());
    }
    let shown = shown(&record, known.first.as_str());
    let comments = board.comments.into_iter().chain(findings.take_kept()).collect();
    Some(Draft { folder: "programmes", id, record, comments, shown, ..Draft::default() })
}

/// The title and the period above a board; what else stands there is said and kept.
pub(super) fn heading(board: &mut Board, findings: &mut Findings) -> (Option<String>, Option<DateSpan>) {
    let (mut title, mut valid) = (None, None);
    for (at, text) in std::mem::take(&mut board.above) {
        for line in text.lines() {
            let span = span_in(line);
            let is_span = line.chars().filter(|c| c.is_alphabetic()).count() <= 16 && span.is_some();
            valid = valid.or(span);
            if title.is_none() && !(is_span && line.chars().next().is_some_and(|c| c.is_ascii_digit())) {
                title = Some(without_period(line).to_owned());
            } else if names_person_by_label(line) {
                findings.at(&board.grid, at, Problem::new(Code::NameOfPerson).with("text", line));
            } else if !is_span {
                findings.not_understood(&board.grid, at, line);
                board.comments.push(format!("{}: {line}", board.grid.cell_name(at.0, at.1)));
            }
        }
    }
    valid = valid.or_else(|| board.notes.iter().find_map(|note| span_in(note)));
    (title, valid)
}

/// A title without the period that stands behind it, in brackets or after a gap.
pub(super) fn without_period(line: &str) -> &str {
    let is_of_dates = |c: char| c.is_ascii_digit() || "年月日号至到-—–~～./".contains(c);
    let bracket = line.rfind(['（', '(']).and_then(|at| line.split_at_checked(at));
    let gap = line.rfind([' ', '\u{3000}']).and_then(|at| line.split_at_checked(at));
    let gap = gap.filter(|(_, behind)| behind.trim().chars().all(is_of_dates));
    let mut parts = bracket.into_iter().chain(gap).map(|(before, behind)| (before.trim(), behind));
    parts.find(|(before, behind)| !before.is_empty() && span_in(behind).is_some()).map_or(line, |(before, _)| before)
}

/// The centre of a board: that which is wished, written or named, or the only one.
pub(super) fn centre(board: &Board, context: &Context<'_>) -> Option<String> {
    let Context { stem, known, wishes } = *context;
    let only = match known.centres.as_slice() {
        [(id, _)] => Some(id.clone()),
        _ => None,
    };
    let title = board.above.first().map(|(_, text)| text.as_str()).unwrap_or_default();
    let above = [title, stem, board.grid.name.as_str()].join("\n");
    let named = || named_in(&known.centres, &above).map(str::to_owned);
    wishes.centre.clone().or_else(named).or(only)
}

/// From the first to the last day of a board with dates; of a list only if all of it has some.
fn dated(board: &Board) -> Option<DateSpan> {
    let once = |placed: &Placed| match When::read(placed.entry.when.as_deref()?).ok()?.pattern {
        Pattern::Once(date) => Some(date),
        _ => None,
    };
    let of_list = || board.placed.iter().map(once).collect::<Option<Vec<Date>>>();
    let dates = if board.dates.is_empty() { of_list()? } else { board.dates.clone() };
    DateSpan::new(*dates.iter().min()?, *dates.iter().max()?)
}

/// The programme of an id, or the only one of the centre.
pub(super) fn before<'k>(id: Option<&str>, centre: Option<&str>, known: &'k Known) -> Option<&'k KnownProgramme> {
    if let Some(id) = id {
        return known.programmes.iter().find(|programme| programme.id == id);
    }
    let mut of_centre = known.programmes.iter().filter(|programme| Some(programme.centre.as_str()) == centre);
    of_centre.next().filter(|_| of_centre.next().is_none())
}

/// The times of the parts of the day, of which some may be known; of one that is used and has none it is said.
pub(super) fn slots(
    board: &Board,
    wishes: &Wishes,
    stood: &[(String, TimeRange)],
    findings: &mut Findings,
) -> IndexMap<String, TimeRange> {
    let mut slots = IndexMap::new();
    for (name, (time, at)) in &board.slots {
        let of = |slots: &[(String, TimeRange)]| slots.iter().find(|(slot, _)| slot == name).map(|(_, time)| *time);
        match of(&wishes.slots).or(*time).or_else(|| of(stood)) {
            Some(time) => _ = slots.insert(name.clone(), time),
            None => {
                let needs = |placed: &Placed| placed.slot.as_ref() == Some(name) && placed.entry.time.is_none();
                if board.placed.iter().any(needs) {
                    let problem = Problem::new(Code::SlotWithoutTime).with("slot", name);
                    findings.at(&board.grid, *at, problem);
                }
            }
        }
    }
    slots
}

/// Parts of the day with their times, as they are written.
pub(super) fn slots_written(slots: &IndexMap<String, TimeRange>) -> Value {
    let entry = |(name, time): (&String, &TimeRange)| (Value::from(name.as_str()), String::from(*time).into());
    Value::Mapping(slots.iter().map(entry).collect())
}

/// Adds a part of the day at its place: before the first that begins later.
pub(super) fn add_slot(slots: &mut Mapping, name: &str, time: &Value) {
    let start = |time: &Value| time.as_str().and_then(|time| TimeRange::read(time).ok()).map(|time| time.start());
    let mut entries: Vec<(Value, Value)> = std::mem::take(slots).into_iter().collect();
    let own = start(time);
    let place = entries.iter().position(|(_, other)| own.is_some() && start(other) > own).unwrap_or(entries.len());
    entries.insert(place, (name.into(), time.clone()));
    *slots = entries.into_iter().collect();
}

/// Puts together what differs in its days only.
pub(super) fn together(placed: Vec<Placed>) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    for one in placed {
        let is_monthly = one.entry.rule.as_deref().is_some_and(|rule| !rule.starts_with(['单', '双', 'o', 'e']));
        let same = |other: &&mut Placed| {
            (&other.slot, other.row_time, &other.entry) == (&one.slot, one.row_time, &one.entry)
                && other.days.common(one.days).is_empty()
        };
        match found.iter_mut().find(same).filter(|_| !is_monthly) {
            Some(other) => other.days = other.days.union(one.days),
            None => found.push(one),
        }
    }
    found
}

/// An activity as an editor would have written it.
pub(super) fn activity(
    board: &Board,
    placed: &Placed,
    sources: &Sources<'_>,
    findings: &mut Findings,
) -> Option<Mapping> {
    let entry = &placed.entry;
    let Some(when) = when(placed, sources) else {
        if placed.slot.is_none() {
            let problem = Problem::new(Code::ActivityWithoutTime).with("title", &entry.title);
            findings.at(&board.grid, board.time_of(placed), problem);
        }
        return None;
    };
    let mut record = Mapping::new();
    record.insert("title".into(), entry.title.as_str().into());
    record.insert("when".into(), when.into());
    let mut say = |key: &str, value: Value| _ = record.insert(key.into(), value);
    for (key, text) in &entry.details {
        match *key {
            "leader" => leader(text, (board, placed), sources, &mut say, findings),
            "audience" => {
                let ids = text.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|part| !part.is_empty());
                let ids: Option<Vec<&str>> = ids.map(|name| called(&sources.known.audiences, name)).collect();
                match ids {
                    Some(ids) => say("audience", ids.into()),
                    None => findings.keep(&board.grid, placed.at, &entry.title, text),
                }
            }
            "places" => match text.trim_end_matches(['人', '名', '个']).parse::<u32>() {
                Ok(places) => say("places", places.into()),
                Err(_) => findings.keep(&board.grid, placed.at, &entry.title, text),
            },
            "valid" => match DateSpan::read(text) {
                Ok(valid) => say("valid", String::from(valid).into()),
                Err(_) => findings.keep(&board.grid, placed.at, &entry.title, text),
            },
            "when" => findings.keep(&board.grid, placed.at, &entry.title, text),
            key => say(key, text.as_str().into()),
        }
    }
    Some(record)
}

fn leader(
    text: &str,
    (board, placed): (&Board, &Placed),
    sources: &Sources<'_>,
    say: &mut impl FnMut(&str, Value),
    findings: &mut Findings,
) {
    if let Some(team) = called(&sources.known.teams, text) {
        say("led_by", team.into());
        return;
    }
    match without_persons(text) {
        None => say("leader", text.into()),
        Some(role) => {
            findings.at(&board.grid, placed.at, Problem::new(Code::NameOfPerson).with("text", text));
            if !role.is_empty() {
                say("leader", role.into());
            }
        }
    }
}

/// When an activity recurs; nothing if its time is not known.
pub(super) fn when(placed: &Placed, sources: &Sources<'_>) -> Option<String> {
    if let Some(when) = &placed.entry.when {
        return Some(when.clone());
    }
    let slot_time = placed.slot.as_ref().and_then(|slot| sources.slots.get(slot));
    let own = placed.entry.time.or(placed.row_time).filter(|time| Some(time) != slot_time);
    let at = match (own, &placed.slot) {
        (Some(time), _) => String::from(time),
        (None, Some(slot)) if slot_time.is_some() => slot.clone(),
        _ => return None,
    };
    let days = days(placed.days, sources.in_english);
    let rule = placed.entry.rule.as_deref().unwrap_or_default();
    Some(format!("{rule}{days} {at}"))
}

/// Whether two texts say the same of when something is.
pub(super) fn is_then(one: &str, other: &str) -> bool {
    let read = |text| When::read(text).ok().map(|when| (when.pattern, when.at));
    read(one).is_some() && read(one) == read(other)
}

/// Weekdays as they are written.
pub(super) fn days(days: WeekdaySet, in_english: bool) -> String {
    let english = String::from(days);
    let chinese = words::form_in("weekdays", &english, true).filter(|_| !in_english);
    chinese.unwrap_or(english)
}

/// The themes of weekdays as they are written, those of one name together.
pub(super) fn themes(themes: impl Iterator<Item = (WeekdaySet, String)>, in_english: bool) -> Value {
    let mut together: Vec<(WeekdaySet, String)> = Vec::new();
    for (days, theme) in themes {
        match together.iter_mut().find(|(_, known)| *known == theme) {
            Some((known, _)) => *known = known.union(days),
            None => together.push((days, theme)),
        }
    }
    let entry = |(set, theme): (WeekdaySet, String)| {
        Value::Mapping(Mapping::from_iter([
            (Value::from("days"), Value::from(days(set, in_english))),
            ("theme".into(), theme.into()),
        ]))
    };
    Value::Sequence(together.into_iter().map(entry).collect())
}

/// A line for each activity: when, what, where, who.
pub(super) fn shown(record: &Mapping, first: &str) -> Vec<Vec<String>> {
    let text = |activity: &Value, key: &str| {
        activity.get(key).and_then(|value| super::details::text_of(value, first)).unwrap_or_default()
    };
    let activities = record.get("activities").and_then(Value::as_sequence);
    let line = |activity: &Value| {
        let leader = text(activity, "led_by") + &text(activity, "leader");
        vec![text(activity, "when"), text(activity, "title"), text(activity, "room"), leader]
    };
    activities.into_iter().flatten().map(line).collect()
}

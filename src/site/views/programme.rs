//! The weekly programme: one view for the page's table, the narrow screen's lists and the poster's board.
//!
//! Columns are the weekdays that are used, Monday to Friday at least; rows are the programme's slots, and
//! parts of the day for what fits no slot. A session that keeps a time of its own says so in its cell.

use indexmap::IndexMap;
use serde::Serialize;

use super::hours::{reason, recurring_rows, rows, rules_in_words, season_now, unknown, window};
use super::parts::{Link, Local, PhoneView, kebab, phones};
use super::pattern::pattern_in_words;
use crate::calendar::{Date, DateSpan, TimeOfDay, TimeRange, Weekday, WeekdaySet};
use crate::content::{Activity, Centre, Days, Programme, Record, Text, Validity};
use crate::site::{Edition, time_of};

/// How many days ahead changes are listed.
const AHEAD: i64 = 42;

/// A weekly programme.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeView {
    /// The language of the view.
    pub lang: String,
    /// The title.
    pub title: Local,
    /// What it is, in a sentence.
    pub summary: Option<Local>,
    /// Who publishes it.
    pub issuer: Local,
    /// Where it takes place.
    pub centre: Option<ProgrammeCentre>,
    /// From when to when it holds.
    pub valid: ValidView,
    /// The columns.
    pub days: Vec<DayHead>,
    /// The rows.
    pub rows: Vec<BoardRow>,
    /// The last day for which all that differs is listed, ISO 8601.
    pub known: String,
    /// What differs in the coming weeks, by date.
    pub changes: Vec<ChangeView>,
    /// The opening hours of the centre, of the season if one holds.
    pub hours: Vec<super::hours::HoursRow>,
    /// What else is to be said about the hours.
    pub hours_notes: Vec<String>,
    /// Remarks.
    pub notes: Vec<Local>,
    /// How many activities there are.
    pub count: usize,
}

/// The centre of a programme.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeCentre {
    /// Its name.
    pub name: Local,
    /// Its page.
    pub link: Link,
    /// Its address.
    pub address: Local,
    /// Its telephone lines.
    pub phones: Vec<PhoneView>,
}

/// From when to when something holds.
#[derive(Debug, Clone, Serialize)]
pub struct ValidView {
    /// The first day, ISO 8601.
    pub from: String,
    /// The last day, ISO 8601.
    pub until: String,
    /// Both in words.
    pub text: String,
    /// The last day in words.
    pub until_text: String,
    /// Whether it is over.
    pub over: bool,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub struct DayHead {
    /// 1 for Monday to 7 for Sunday (ISO 8601).
    pub weekday: i8,
    /// The weekday in words.
    pub name: String,
    /// The day's theme.
    pub theme: Option<Local>,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct BoardRow {
    /// The slot's name.
    pub name: Option<Local>,
    /// The slot's time.
    pub time: Option<String>,
    /// One list a column.
    pub cells: Vec<Vec<SessionView>>,
}

/// An activity in a cell.
#[derive(Debug, Clone, Serialize)]
pub struct SessionView {
    /// What it is called.
    pub title: Local,
    /// Its own page.
    pub link: Option<Link>,
    /// The last day on which it stands in the week, ISO 8601.
    pub last_day: String,
    /// Its time, where it is not the row's.
    pub time: Option<String>,
    /// Its time in any case, for lists.
    pub full_time: String,
    /// The room.
    pub room: Option<Local>,
    /// Who leads it.
    pub leader: Option<Local>,
    /// The page of the team that leads it.
    pub leader_link: Option<Link>,
    /// Whom it is for.
    pub audience: Vec<Local>,
    /// What it costs.
    pub cost: Option<Local>,
    /// The strand.
    pub strand: Option<Local>,
    /// When it recurs, where that is not every week.
    pub rule: Option<String>,
    /// What happens.
    pub summary: Option<Local>,
    /// How to take part, and how many can.
    pub note: Option<Local>,
}

/// Something that differs on a date.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// The date, ISO 8601.
    pub date: String,
    /// The instant at which that day is over (RFC 3339).
    pub ends: String,
    /// The date in words.
    pub when: String,
    /// The activity.
    pub title: Local,
    /// What differs.
    pub text: String,
    /// Whether the session falls away.
    pub cancelled: bool,
    /// Why, in the editor's words.
    pub why: Option<Local>,
    /// For what is held elsewhere in time: the day that it was moved from, ISO 8601.
    pub moved_from: Option<String>,
}

/// A programme's view.
pub(crate) fn programme(edition: &Edition<'_>, record: &Record<Programme>) -> ProgrammeView {
    view(edition, record, &|_| true)
}

/// The same as it is put up on walls: without activities that are over, of which a page still tells.
pub(crate) fn programme_on_paper(edition: &Edition<'_>, record: &Record<Programme>) -> ProgrammeView {
    view(edition, record, &|activity| is_to_come(edition, &record.value, activity))
}

/// Whether an activity still takes place, or is still to begin.
pub(super) fn is_to_come(edition: &Edition<'_>, programme: &Programme, activity: &Activity) -> bool {
    edition.site.last_day(programme, activity) >= edition.site.today
}

/// The view with the activities that are `shown`.
fn view(edition: &Edition<'_>, record: &Record<Programme>, shown: &dyn Fn(&Activity) -> bool) -> ProgrammeView {
    let programme = &record.value;
    let centre = edition.site.index.centre.get(&programme.centre).and_then(|n| edition.site.content.centres.get(*n));
    let columns = columns(programme, shown);
    let board = Board::of(edition, record, &columns, shown);
    let wording = edition.wording;
    let over = Validity::of_days(programme.valid, edition.site.now) == Validity::Over;
    // Beside a programme that is over, today's hours would only confuse.
    let hours = centre.filter(|_| !over).and_then(|centre| edition.site.hours(&centre.id));
    let season = centre.filter(|_| !over).and_then(|centre| season_now(edition, centre));
    let mut hours_notes: Vec<String> = season.into_iter().collect();
    hours_notes.extend(hours.into_iter().flat_map(|hours| rules_in_words(edition, hours)));
    hours_notes.extend(unknown(edition, programme.valid.last()).filter(|_| !over));
    ProgrammeView {
        lang: edition.language.as_str().to_owned(),
        title: edition.local(&programme.title),
        summary: edition.local_some(programme.summary.as_ref()),
        issuer: centre.map_or_else(
            || edition.local(&edition.site.content.site.value.publisher),
            |centre| edition.local(&centre.value.name),
        ),
        centre: centre.map(|centre| programme_centre(edition, centre)),
        valid: ValidView {
            from: programme.valid.first().to_string(),
            until: programme.valid.last().to_string(),
            text: wording.span(programme.valid),
            until_text: wording.day(programme.valid.last()),
            over,
        },
        days: columns
            .iter()
            .map(|day| DayHead {
                weekday: day.to_monday_one_offset(),
                name: wording.weekday(*day).to_owned(),
                theme: programme
                    .day_themes
                    .iter()
                    .find(|theme| theme.days.contains(*day))
                    .map(|t| edition.local(&t.theme)),
            })
            .collect(),
        rows: board.rows,
        known: window(edition.site.today, AHEAD)
            .map_or(programme.valid.last(), |ahead| programme.valid.last().min(ahead.last()))
            .to_string(),
        changes: changes(edition, programme, centre),
        hours: hours
            .map(|hours| [rows(edition, hours.week_on(edition.site.today)), recurring_rows(edition, hours)].concat())
            .unwrap_or_default(),
        hours_notes,
        notes: edition.locals(&programme.notes),
        count: programme.activities.iter().filter(|activity| shown(activity)).count(),
    }
}

/// The centre of a programme.
pub(super) fn programme_centre(edition: &Edition<'_>, centre: &Record<Centre>) -> ProgrammeCentre {
    ProgrammeCentre {
        name: edition.local(&centre.value.name),
        link: edition.link(centre),
        address: edition.local(&centre.value.address),
        phones: phones(edition, &centre.value.phones),
    }
}

/// Monday to Friday, and the weekend days on which something takes place.
fn columns(programme: &Programme, shown: &dyn Fn(&Activity) -> bool) -> Vec<Weekday> {
    let activities = programme.activities.iter().filter(|activity| shown(activity));
    let used = activities.fold(WeekdaySet::NONE, |set, activity| set.union(weekdays(programme, activity)));
    let weekend = [Weekday::Saturday, Weekday::Sunday];
    WeekdaySet::ALL.iter().filter(|day| !weekend.contains(day) || used.contains(*day)).collect()
}

/// The columns in which an activity stands.
pub(super) fn weekdays(programme: &Programme, activity: &Activity) -> WeekdaySet {
    activity.when.pattern.weekdays(activity.valid.unwrap_or(programme.valid).first())
}

struct Board {
    rows: Vec<BoardRow>,
}

impl Board {
    fn of(
        edition: &Edition<'_>,
        record: &Record<Programme>,
        columns: &[Weekday],
        shown: &dyn Fn(&Activity) -> bool,
    ) -> Self {
        let programme = &record.value;
        let mut rows: IndexMap<String, (BoardRow, Option<TimeRange>)> = IndexMap::new();
        // A slot's name is the editor's; a part of the day is the interface's own word.
        let lang = (!edition.is_first()).then(|| edition.site.first_language().as_str().to_owned());
        let name = |key: &str, time: Option<TimeRange>| match common_slot(key).filter(|_| !edition.is_first()) {
            Some(part) => Local { text: edition.wording.term(part).to_owned(), lang: None },
            None => Local { text: key.to_owned(), lang: time.and(lang.clone()) },
        };
        let mut add = |key: &str, time: Option<TimeRange>| {
            rows.entry(key.to_owned()).or_insert_with(|| {
                let row = BoardRow {
                    name: Some(name(key, time)),
                    time: time.map(|time| time.to_string()),
                    cells: columns.iter().map(|_| Vec::new()).collect(),
                };
                (row, time)
            });
        };
        for (name, time) in &programme.slots {
            add(name, Some(*time));
        }
        let placed: Vec<(usize, &Activity, TimeRange, String)> = programme
            .activities
            .iter()
            .enumerate()
            .filter(|(_, activity)| shown(activity))
            .filter_map(|(number, activity)| {
                let time = time_of(programme, activity)?;
                let slot = programme
                    .slots
                    .iter()
                    .filter_map(|(name, slot)| Some((slot.overlap(&time)?.minutes(), name)))
                    .max_by_key(|(minutes, _)| *minutes);
                let key =
                    slot.map_or_else(|| edition.wording.term(part_of_day(&time)).to_owned(), |(_, name)| name.clone());
                Some((number, activity, time, key))
            })
            .collect();
        let mut extra: Vec<_> = placed.iter().map(|(_, _, time, key)| (time.start(), key.clone())).collect();
        extra.sort();
        for (_, key) in &extra {
            add(key, None);
        }
        for (number, activity, time, key) in placed {
            let Some((row, row_time)) = rows.get_mut(&key) else { continue };
            let mut view = session(edition, programme, activity, time, *row_time);
            view.link = edition.activity(record, number);
            for (day, cell) in columns.iter().zip(&mut row.cells) {
                if weekdays(programme, activity).contains(*day) {
                    cell.push(view.clone());
                }
            }
        }
        for (row, _) in rows.values_mut() {
            for cell in &mut row.cells {
                cell.sort_by(|a, b| a.full_time.cmp(&b.full_time));
            }
        }
        let mut rows: Vec<(BoardRow, Option<TimeRange>)> = rows.into_values().collect();
        rows.retain(|(row, _)| row.cells.iter().any(|cell| !cell.is_empty()) || row.time.is_some());
        rows.sort_by_key(|(row, time)| {
            let first = row.cells.iter().flatten().map(|session| session.full_time.clone()).min();
            time.map(|time| time.start().to_string()).or(first).unwrap_or_default()
        });
        Self { rows: rows.into_iter().map(|(row, _)| row).collect() }
    }
}

/// The part of the day that a slot's name says, where it is one that the interface has words for in every language.
fn common_slot(name: &str) -> Option<&'static str> {
    match name {
        "上午" | "Morning" | "morning" => Some("morning"),
        "下午" | "Afternoon" | "afternoon" => Some("afternoon"),
        "晚上" | "Evening" | "evening" => Some("evening"),
        _ => None,
    }
}

fn part_of_day(time: &TimeRange) -> &'static str {
    let evening = TimeOfDay::new(18, 0).unwrap_or(TimeOfDay::END);
    if time.start() < TimeOfDay::NOON {
        "morning"
    } else if time.start() < evening {
        "afternoon"
    } else {
        "evening"
    }
}

/// One activity as it stands in a cell.
pub(super) fn session(
    edition: &Edition<'_>,
    programme: &Programme,
    activity: &Activity,
    time: TimeRange,
    row: Option<TimeRange>,
) -> SessionView {
    let site = &edition.site.content.site.value;
    let team = activity
        .led_by
        .as_ref()
        .and_then(|id| edition.site.index.team.get(id))
        .and_then(|n| edition.site.content.teams.get(*n));
    let name = |term: Option<&crate::content::Term>| term.map(|term| edition.local(&term.name));
    let places = activity.places.map(|places| Local {
        text: edition.wording.count("places", usize::try_from(places).unwrap_or(usize::MAX)),
        lang: None,
    });
    SessionView {
        title: edition.local(&activity.title),
        link: None,
        last_day: edition.site.last_day(programme, activity).to_string(),
        time: (row != Some(time)).then(|| time.to_string()),
        full_time: time.to_string(),
        room: edition.local_some(activity.room.as_ref()),
        leader: edition
            .local_some(activity.leader.as_ref())
            .or_else(|| team.map(|team| edition.local(&team.value.name))),
        leader_link: team.map(|team| edition.link(team)),
        audience: activity.audience.iter().filter_map(|id| name(site.audiences.get(id))).collect(),
        cost: edition.local_some(activity.cost.as_ref()),
        strand: activity.strand.as_ref().and_then(|id| name(site.strands.get(id))),
        rule: rule_in_words(edition, programme, activity),
        summary: edition.local_some(activity.summary.as_ref()),
        note: edition.local_some(activity.booking.as_ref()).or(places),
    }
}

/// When an activity recurs, where that is not every week; and its own period.
fn rule_in_words(edition: &Edition<'_>, programme: &Programme, activity: &Activity) -> Option<String> {
    let wording = edition.wording;
    let valid = activity.valid.and_then(|own| own.overlap(&programme.valid)).unwrap_or(programme.valid);
    let rule = pattern_in_words(edition, &activity.when.pattern, valid);
    let parts: Vec<String> = rule.into_iter().chain(limits_in_words(edition, programme, activity)).collect();
    (!parts.is_empty()).then(|| wording.list(parts))
}

/// On which days of its pattern and in which part of the programme's period alone an activity is held.
pub(super) fn limits_in_words(edition: &Edition<'_>, programme: &Programme, activity: &Activity) -> Vec<String> {
    let wording = edition.wording;
    let days = |term: &str, days: &[Days]| {
        days.iter().map(|days| wording.term(&format!("{term}.{}", kebab(days))).to_owned()).collect::<Vec<_>>()
    };
    let (only, not) = (days("only-on", &activity.only_on), days("not-on", &activity.not_on));
    let whole = programme.valid;
    let period = activity.valid.and_then(|own| match (own.first() > whole.first(), own.last() < whole.last()) {
        (false, false) => None,
        (true, false) => Some(wording.say("period.from", &[("date", &wording.short_day(own.first()))])),
        (false, true) => Some(wording.say("period.until", &[("date", &wording.short_day(own.last()))])),
        (true, true) => Some(wording.range(&wording.short_day(own.first()), &wording.short_day(own.last()))),
    });
    only.into_iter().chain(not).chain(period).collect()
}

/// The days whose changes are listed.
pub(super) fn window_of_changes(edition: &Edition<'_>) -> Option<DateSpan> {
    window(edition.site.today, AHEAD)
}

/// What differs from the usual week from today on.
fn changes(edition: &Edition<'_>, programme: &Programme, centre: Option<&Record<Centre>>) -> Vec<ChangeView> {
    let Some(window) = window_of_changes(edition) else { return Vec::new() };
    let mut found = Vec::new();
    for activity in &programme.activities {
        for session in edition.site.sessions(programme, activity, window) {
            found.extend(change(edition, activity, centre, &session).map(|view| (session.date, session.time, view)));
        }
    }
    found.sort_by(|(a, at, _), (b, bt, _)| (a, at).cmp(&(b, bt)));
    found.into_iter().map(|(_, _, view)| view).collect()
}

/// A change that an editor wrote, whenever it is: an exception of an activity, or a session beside its pattern.
pub(crate) struct WrittenChange<'a> {
    /// The day under which it is written, which stays the same when what is written about it is corrected.
    pub day: Date,
    /// The first day on which somebody must know of it.
    pub concerns: Date,
    /// The days of the sessions that differ.
    pub days: DateSpan,
    /// The activity.
    pub activity: &'a Activity,
    /// What differs, as pages say it.
    pub view: ChangeView,
}

/// The changes that editors wrote into a programme and that some session has, past ones included.
pub(crate) fn written_changes<'a>(edition: &Edition<'_>, record: &'a Record<Programme>) -> Vec<WrittenChange<'a>> {
    let programme = &record.value;
    let centre = edition.site.index.centre.get(&programme.centre).and_then(|n| edition.site.content.centres.get(*n));
    let mut found = Vec::new();
    for activity in &programme.activities {
        let exceptions = activity.exceptions.iter().enumerate().map(|(number, e)| (e.on, Some(number), None));
        let extra = activity.extra.iter().enumerate();
        let extra = extra.filter_map(|(number, e)| Some((DateSpan::new(e.on.date, e.on.date)?, None, Some(number))));
        for (written, exception, extra) in exceptions.chain(extra) {
            let mut sessions = edition.site.sessions(programme, activity, written);
            sessions.retain(|s| s.exception == exception && s.extra == extra && s.moved_from.is_none());
            let Some(view) = sessions.iter().find_map(|session| change(edition, activity, centre, session)) else {
                continue;
            };
            let days = sessions.first().zip(sessions.last()).and_then(|(a, b)| DateSpan::new(a.date, b.date));
            let days = days.unwrap_or(written);
            let moved = exception.and_then(|n| activity.exceptions.get(n)?.moved_to);
            let concerns = moved.map_or(days.first(), |to| days.first().min(to.date));
            found.push(WrittenChange { day: written.first(), concerns, days, activity, view });
        }
    }
    found.sort_by_key(|change| (change.day, change.days));
    found
}

/// What differs about a session, if anything does.
pub(crate) fn change(
    edition: &Edition<'_>,
    activity: &Activity,
    centre: Option<&Record<Centre>>,
    session: &crate::calendar::Session,
) -> Option<ChangeView> {
    let wording = edition.wording;
    // A session that falls away with its centre's day is not held in another room: the day is what is to be said.
    let exception = session
        .exception
        .and_then(|index| activity.exceptions.get(index))
        .filter(|exception| session.held || exception.cancelled.is_some() || exception.moved_to.is_some());
    let view = |text: String, why: Option<&Text>| ChangeView {
        date: session.date.to_string(),
        ends: edition.site.end_of(session.date),
        when: wording.weekday_day(session.date),
        title: edition.local(&activity.title),
        text,
        cancelled: !session.held,
        why: edition.local_some(why),
        moved_from: session.moved_from.map(|from| from.to_string()),
    };
    if let Some(extra) = session.extra.and_then(|index| activity.extra.get(index)) {
        let mut text = wording.say("change.extra", &[("time", &session.time.to_string())]);
        if let Some(room) = &extra.room {
            text = wording.list([text, wording.say("change.room", &[("room", &edition.local(room).text)])]);
        }
        return Some(view(text, extra.why.as_ref()));
    }
    match (exception, session.moved_from) {
        (Some(exception), Some(from)) => {
            let words = [("from", wording.weekday_day(from)), ("time", session.time.to_string())];
            let mut text =
                wording.say("change.moved-here", &words.each_ref().map(|(name, word)| (*name, word.as_str())));
            if let Some(room) = &exception.room {
                text = wording.list([text, wording.say("change.room", &[("room", &edition.local(room).text)])]);
            }
            Some(view(text, exception.why.as_ref()))
        }
        (Some(exception), None) => Some(match (&exception.moved_to, &exception.cancelled, &exception.room) {
            (Some(to), _, _) => {
                let (to, time) = (wording.weekday_day(to.date), to.time.to_string());
                view(wording.say("change.moved-away", &[("to", &to), ("time", &time)]), exception.why.as_ref())
            }
            (None, Some(why), _) => view(wording.term("change.cancelled").to_owned(), Some(why)),
            (None, None, room) if exception.replaced_by.is_some() => {
                let what = exception.replaced_by.as_ref().map(|what| edition.local(what).text).unwrap_or_default();
                let replaced = wording.say("change.replaced", &[("what", &what)]);
                let room = room.as_ref().map(|room| wording.say("change.room", &[("room", &edition.local(room).text)]));
                view(wording.list(std::iter::once(replaced).chain(room)), exception.why.as_ref())
            }
            (None, None, Some(room)) => {
                view(wording.say("change.room", &[("room", &edition.local(room).text)]), exception.why.as_ref())
            }
            (None, None, None) => view(wording.term("change.noted").to_owned(), exception.why.as_ref()),
        }),
        (None, _) if !session.held => {
            let centre = centre?;
            let state = edition.site.day(&centre.id, session.date)?;
            let mut view = view(wording.term("change.closed").to_owned(), None);
            view.why = reason(edition, centre, &state);
            Some(view)
        }
        (None, _) => None,
    }
}

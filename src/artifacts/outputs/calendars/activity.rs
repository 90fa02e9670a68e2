//! An activity: its series, what differs about single sessions, and sessions of their own.
//!
//! A session that is cancelled stays in the calendar and says so; one that is moved or differs is an override of the
//! series (`RECURRENCE-ID`). A session that falls away with its centre's day is excluded (`EXDATE`). Sessions beside
//! the rule have an id of their own.

use std::collections::BTreeMap;

use super::entry::{Entry, Recurs, Said, Scene, Times};
use super::recurrence::Recurrence;
use super::text::Text;
use crate::calendar::{Date, DateSpan, Session, SessionChange, SessionRule, at, iso};
use crate::content::{Activity, Programme, Record};
use crate::site::views::{self, Local};
use crate::site::{activity_key, rule_of};

/// A programme that holds for longer than this many years is written as far as the year after the next.
const YEARS: i16 = 10;

/// An activity of a programme.
pub(super) struct Of<'a> {
    pub(super) programme: &'a Record<Programme>,
    pub(super) activity: &'a Activity,
    pub(super) key: &'a str,
}

/// The days of a period that are written, from its first: a series never begins anew.
fn written(period: DateSpan, today: Date) -> Option<DateSpan> {
    if period.last().year() - period.first().year() <= YEARS {
        return Some(period);
    }
    let last = Date::new(today.year().max(period.first().year()) + 2, 12, 31).ok()?;
    DateSpan::new(period.first(), last.min(period.last()))
}

/// Writes an activity; gives the days from the first to the last that are in it.
pub(super) fn write(scene: &Scene<'_>, of: &Of<'_>, text: &mut Text) -> Option<DateSpan> {
    let site = scene.edition.site;
    let programme = &of.programme.value;
    let rule = rule_of(programme, of.activity)?;
    let period = written(rule.valid, site.today)?;
    let window = around(&rule, period);
    let (calendar, hours) = (site.calendar_of(&programme.centre), site.hours(&programme.centre));
    let drops = |date: &Date| hours.is_some_and(|hours| hours.on(*date, calendar).drops(&rule.time));
    let mut usual: BTreeMap<Date, Session> = BTreeMap::new();
    let mut moved: BTreeMap<Date, Session> = BTreeMap::new();
    let mut own: Vec<(Date, Session)> = Vec::new();
    for session in site.sessions(programme, of.activity, window) {
        match (session.extra, session.moved_from) {
            (Some(_), _) => own.push((session.date, session)),
            (None, Some(from)) if period.contains(from) && !moved.contains_key(&from) => {
                moved.insert(from, session);
            }
            (None, Some(from)) => own.push((from, session)),
            (None, None) if period.contains(session.date) => {
                usual.insert(session.date, session);
            }
            (None, None) => {}
        }
    }
    let key = activity_key(&of.programme.id, of.key);
    let version = scene.version(&key, Some(programme.valid.first()), || {
        site.shown_changes(programme, of.activity) + usual.keys().filter(|date| drops(date)).count()
    });
    let entry = |uid: String, session: &Session| Entry {
        uid,
        version: version.clone(),
        times: Times::of(session.date, session.time),
        said: scene.said(&said(scene, of, session)),
    };
    let uid = |day: Option<(Date, usize)>| {
        let day = day.map(|(date, number)| format!("{} {number}", iso(date))).unwrap_or_default();
        scene.uid(&["activity", of.programme.id.as_str(), of.key, &day])
    };
    // What is shown on the days of the pattern: the session, or what became of it.
    let wanted: Vec<Date> =
        usual.values().filter(|session| session.held || is_changed(&rule, session)).map(|s| s.date).collect();
    let instead = |date: Date| moved.get(&date).or_else(|| usual.get(&date));
    // After midnight the weekday of the clock is not that of the pattern.
    let after_midnight = rule.time.start() >= crate::calendar::TimeOfDay::END;
    let recurrence = if after_midnight {
        Recurrence::single(&wanted)
    } else {
        Recurrence::of(&rule.pattern, rule.valid.first(), &wanted, calendar)
    };
    let mut days: Vec<Date> = Vec::new();
    if let Some(recurrence) = &recurrence {
        let is_series = recurrence.rule.is_some();
        let plain = Session {
            date: recurrence.first,
            time: rule.time,
            held: true,
            exception: None,
            moved_from: None,
            extra: None,
        };
        let first = if is_series { Some(&plain) } else { instead(recurrence.first) };
        if let Some(first) = first {
            scene.write(&entry(uid(None), first), &Recurs::By(recurrence), text);
        }
        for date in wanted.iter().filter(|date| !is_series || recurrence.beside.contains(date)) {
            if let Some(session) = instead(*date).filter(|_| *date != recurrence.first) {
                scene.write(&entry(uid(Some((*date, 0))), session), &Recurs::Once, text);
            }
        }
        let in_series = wanted.iter().filter(|date| is_series && !recurrence.beside.contains(date));
        for session in in_series.filter_map(|date| instead(*date)).filter(|session| session.exception.is_some()) {
            let from = at(session.moved_from.unwrap_or(session.date), rule.time.start());
            scene.write(&entry(uid(None), session), &Recurs::InsteadOf(from), text);
        }
        days.extend(wanted.iter().chain(moved.values().map(|session| &session.date)));
    }
    for (number, (date, session)) in (1..).zip(&own) {
        // Several beside one another on a day are told apart by their place among them.
        let before = own.iter().take(number - 1).filter(|(other, _)| other == date).count();
        scene.write(&entry(uid(Some((*date, before + 1))), session), &Recurs::Once, text);
        days.push(session.date);
    }
    DateSpan::new(*days.iter().min()?, *days.iter().max()?)
}

/// The period with the days to which sessions were moved and those of extra ones, as far as they are not years away.
fn around(rule: &SessionRule, period: DateSpan) -> DateSpan {
    let moved = rule.exceptions.iter().filter_map(|(_, change)| match change {
        SessionChange::Moved(to) => Some(to.date),
        SessionChange::Cancelled | SessionChange::Noted => None,
    });
    let near = |date: &Date| (date.year() - period.first().year()) >= -1 && (date.year() - period.last().year()) <= 1;
    let others = moved.chain(rule.extra.iter().map(|extra| extra.date)).filter(near);
    others.fold(period, |span, date| DateSpan::new(span.first().min(date), span.last().max(date)).unwrap_or(span))
}

/// Whether the activity's own exception took the session away.
fn is_changed(rule: &SessionRule, session: &Session) -> bool {
    let change = session.exception.and_then(|index| rule.exceptions.get(index)).map(|(_, change)| *change);
    matches!(change, Some(SessionChange::Cancelled | SessionChange::Moved(_)))
}

fn said(scene: &Scene<'_>, of: &Of<'_>, session: &Session) -> Said {
    let (edition, activity) = (&scene.edition, of.activity);
    let centre = scene.centre(&of.programme.value.centre);
    let title = edition.local(&activity.title);
    let exception = session.exception.and_then(|index| activity.exceptions.get(index));
    let extra = session.extra.and_then(|index| activity.extra.get(index));
    let marked =
        |term: &str| Local { text: edition.wording.say(term, &[("title", &title.text)]), lang: title.lang.clone() };
    let replaced = exception.filter(|_| session.held).and_then(|exception| exception.replaced_by.as_ref());
    let summary = match (session.held, session.moved_from, replaced) {
        (false, _, _) => marked("calendar.cancelled"),
        (true, Some(_), _) => marked("calendar.moved"),
        (true, None, Some(what)) => edition.local(what),
        (true, None, None) => title,
    };
    let change = views::session_change(edition, activity, centre, session);
    let change = change.into_iter().flat_map(|change| [Some(change.text), change.why.map(|why| why.text)]).flatten();
    let room = exception.and_then(|e| e.room.as_ref()).or_else(|| extra.and_then(|e| e.room.as_ref()));
    let room = scene.words(room.or(activity.room.as_ref()));
    let words = [&activity.summary, &activity.leader, &activity.cost, &activity.booking];
    let words = words.into_iter().filter_map(|words| scene.words(words.as_ref()));
    let phone = centre.and_then(|centre| scene.phone(&centre.value));
    let name = centre.map(|centre| edition.local(&centre.value.name).text);
    let address = centre.map(|centre| edition.local(&centre.value.address).text);
    Said {
        summary: Some(summary),
        description: change.chain(words).chain(phone).collect(),
        location: [name, room, address].into_iter().flatten().collect(),
        geo: centre.and_then(|centre| centre.value.location),
        categories: scene.categories(activity.strand.as_ref(), &activity.audience),
        url: Some(scene.address(&edition.activity_page(of.programme, activity))),
        cancelled: !session.held,
    }
}

//! The coming week of a centre in plain text, for messages and chat groups.
//!
//! `timetables/centres/ID.txt` has a block a day, and a block is complete: the centre, the date, urgent notices, opening
//! hours, sessions and events with their changes in words. It stays under 500 characters, counted as UTF-16 does, since
//! text messages and Chinese messengers count so; what does not fit is counted, with the page's address. There is no
//! markup, and nothing in a text may break a line or turn the direction of the rest. The file begins with a byte order
//! mark: a browser would otherwise have to guess the encoding of a text file.

use super::{SiteArtifact, file, of_files};
use crate::calendar::{Date, DateSpan, Session};
use crate::content::{Activity, Centre, Programme, Record, Urgency};
use crate::site::{Edition, views};

/// How many days are told.
const DAYS: i64 = 7;
/// How long a block is at most.
const MOST: usize = 499;
/// How long the parts of a block's head are at most, so that all of it and the last line always fit.
const NAME: usize = 36;
const NOTICE: usize = 60;
const HOURS: usize = 100;
const ADDRESS: usize = 140;
/// How many urgent notices stand above the hours; more of them stand among what may be left out.
const NOTICES: usize = 2;
/// How long a title or a room is at most.
const TITLE: usize = 80;
const REMARK: usize = 120;

/// A file for each centre that has something to tell, in each language in which it has a page.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let centres = |edition: &Edition<'a>| {
        let edition = *edition;
        edition.site.content.centres.iter().filter_map(move |centre| {
            let path = views::timetable_path(&edition, centre)?;
            let make = move |buffer: &mut Vec<u8>| buffer.extend_from_slice(week(&edition, centre).as_bytes());
            of_files(file(&path, &centre.origin.file, make), edition.site, edition.site.files_at(centre))
        })
    };
    editions.iter().flat_map(centres).collect()
}

/// The whole file.
fn week(edition: &Edition<'_>, centre: &Record<Centre>) -> String {
    let site = edition.site;
    let last = site.today.checked_add(jiff::Span::new().days(DAYS - 1)).unwrap_or(site.today);
    let Some(window) = DateSpan::new(site.today, last) else { return String::new() };
    let numbers = site.index.programmes.get(&centre.id).map(Vec::as_slice).unwrap_or_default();
    let programmes = numbers.iter().filter_map(|number| site.content.programmes.get(*number));
    let held = |record: &'_ Record<Programme>| -> Vec<(Session, usize)> {
        let activities = record.value.activities.iter().enumerate();
        activities
            .flat_map(|(n, activity)| site.sessions(&record.value, activity, window).into_iter().map(move |s| (s, n)))
            .collect()
    };
    let sessions: Vec<_> = programmes
        .flat_map(|record| {
            let activity = |n: usize| record.value.activities.get(n);
            held(record).into_iter().filter_map(move |(session, n)| Some((session, activity(n)?)))
        })
        .collect();
    let blocks: Vec<String> = window.days().map(|date| block(edition, centre, &sessions, date)).collect();
    format!("\u{feff}{}\n", blocks.join("\n\n"))
}

/// A day.
fn block(edition: &Edition<'_>, centre: &Record<Centre>, sessions: &[(Session, &Activity)], date: Date) -> String {
    let wording = edition.wording;
    let name = short(&edition.local(&centre.value.name).text, NAME);
    let mut head = vec![wording.say("text.head", &[("name", &name), ("day", &wording.weekday_day(date))])];
    let mut notices = urgent(edition, centre, date).into_iter();
    head.extend(notices.by_ref().take(NOTICES));
    let closed = hours(edition, centre, date, &mut head);
    let mut items: Vec<(String, String)> = sessions
        .iter()
        .filter(|(session, _)| session.date == date && !(closed && falls_away(session)))
        .map(|(session, activity)| (session.time.to_string(), session_line(edition, centre, session, activity)))
        .chain(events(edition, centre, date))
        .collect();
    items.sort();
    if items.is_empty() && !closed && edition.site.index.programmes.contains_key(&centre.id) {
        head.push(wording.term("text.nothing").to_owned());
    }
    let items = notices.chain(items.into_iter().map(|(_, line)| line)).collect();
    fit(head, items, |left| {
        let (count, address) = (left.to_string(), address(edition, centre));
        wording.say("text.more", &[("n", &count), ("address", &address)]).trim_end().to_owned()
    })
}

/// The head, and as many of the items as leave room for saying how many there are besides.
fn fit(head: Vec<String>, mut items: Vec<String>, more: impl Fn(usize) -> String) -> String {
    let head = head.join("\n");
    let all = items.len();
    let mut length = units(&head) + items.iter().map(|item| units(item) + 1).sum::<usize>();
    let mut tail = None;
    while length + tail.as_ref().map_or(0, |tail: &String| units(tail) + 1) > MOST {
        let Some(item) = items.pop() else { break };
        length -= units(&item) + 1;
        tail = Some(more(all - items.len()));
    }
    std::iter::once(head).chain(items).chain(tail).collect::<Vec<_>>().join("\n")
}

/// The urgent notices that are shown now, hold on a day, and concern everyone or the centre.
fn urgent(edition: &Edition<'_>, centre: &Record<Centre>, date: Date) -> Vec<String> {
    let site = edition.site;
    let begins = date.to_datetime(jiff::civil::Time::midnight());
    let shown = site.content.notices.iter().filter(|record| {
        let notice = &record.value;
        let everyone = notice.areas.is_empty() && notice.centres.is_empty();
        notice.urgency == Urgency::Urgent
            && views::notice_current(edition, record)
            && notice.until.is_none_or(|until| until.ends() > begins)
            && (everyone || views::notice_concerns(site, centre, notice))
    });
    let line = |title: String| edition.wording.say("text.urgent", &[("title", &short(&title, NOTICE))]);
    shown.map(|record| line(edition.local(&record.value.title).text)).collect()
}

/// Adds the opening hours of a day; whether it is closed.
fn hours(edition: &Edition<'_>, centre: &Record<Centre>, date: Date, head: &mut Vec<String>) -> bool {
    let Some(state) = edition.site.day(&centre.id, date) else { return false };
    let wording = edition.wording;
    let unknown = || wording.say("text.not-announced", &[("year", &date.year().to_string())]);
    let why = views::reason(edition, centre, &state).map(|why| why.text);
    let why = why.or_else(|| (!state.announced).then(unknown));
    let times = short(&wording.times(&state.intervals), HOURS);
    head.push(match why {
        None => wording.say("text.hours", &[("times", &times)]),
        Some(why) => wording.say("text.hours-why", &[("times", &times), ("why", &short(&why, NOTICE))]),
    });
    state.intervals.is_closed()
}

/// Whether a session is not held and nothing but the centre's day is why.
fn falls_away(session: &Session) -> bool {
    !session.held && session.exception.is_none() && session.extra.is_none()
}

/// A session with its room, or with what differs.
fn session_line(edition: &Edition<'_>, centre: &Record<Centre>, session: &Session, activity: &Activity) -> String {
    let wording = edition.wording;
    let title = short(&edition.local(&activity.title).text, TITLE);
    let mut line = wording.say("text.session", &[("time", &session.time.to_string()), ("title", &title)]);
    let change = views::session_change(edition, activity, Some(centre), session);
    let elsewhere = session.exception.and_then(|n| activity.exceptions.get(n)).is_some_and(|e| e.room.is_some())
        || session.extra.and_then(|n| activity.extra.get(n)).is_some_and(|extra| extra.room.is_some());
    if let Some(room) = activity.room.as_ref().filter(|_| session.held && !elsewhere) {
        line += &wording.say("text.place", &[("place", &short(&edition.local(room).text, TITLE))]);
    }
    if let Some(change) = change {
        let words = [change.text].into_iter().chain(change.why.map(|why| why.text));
        let words = words.map(|words| short(&words, REMARK)).collect::<Vec<_>>().join(&wording.dates.times);
        line += &wording.say("text.change", &[("change", &words)]);
    }
    line
}

/// The events at the centre on a day, with what they are sorted by.
fn events(edition: &Edition<'_>, centre: &Record<Centre>, date: Date) -> Vec<(String, String)> {
    let (site, wording) = (edition.site, edition.wording);
    let numbers = site.index.events.get(&centre.id).map(Vec::as_slice).unwrap_or_default();
    let events = numbers.iter().filter_map(|number| site.content.events.get(*number));
    let line = |record: &Record<crate::content::Event>| {
        let event = &record.value;
        let time = event.time.map(|time| time.to_string()).unwrap_or_default();
        let title = short(&edition.local(&event.title).text, TITLE);
        let mut line = wording.say("text.session", &[("time", &time), ("title", &title)]).trim_start().to_owned();
        if let Some(why) = &event.cancelled {
            let words = [wording.term("text.cancelled").to_owned(), short(&edition.local(why).text, REMARK)];
            line += &wording.say("text.change", &[("change", &words.join(&wording.dates.times))]);
        } else if let Some(place) = &event.place {
            line += &wording.say("text.place", &[("place", &short(&edition.local(place).text, TITLE))]);
        }
        (time, line)
    };
    events.filter(|record| record.value.on.contains(date)).map(line).collect()
}

/// The address of the centre's page; where percent-encoding makes it too long, as people read it (RFC 3987).
fn address(edition: &Edition<'_>, centre: &Record<Centre>) -> String {
    let address = edition.address_of(&centre.id);
    let base = edition.site.content.site.value.base_url.as_str().trim_end_matches('/');
    let forms = [edition.canonical(&address), format!("{base}/{}", address.as_str())];
    forms.into_iter().find(|form| units(form) <= ADDRESS).unwrap_or_default()
}

/// A text on one line, at most so long.
fn short(text: &str, most: usize) -> String {
    // What turns the direction of text would turn what follows it in a message too.
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let breaks = |c: char| c.is_control() || matches!(c, ' ' | '\u{2028}' | '\u{2029}');
    let mut line = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !turns(*c)) {
        match breaks(c) {
            false => line.push(c),
            true if line.ends_with(' ') || line.is_empty() => {}
            true => line.push(' '),
        }
    }
    let line = line.trim_end_matches(' ');
    if units(line) <= most {
        return line.to_owned();
    }
    let mut length = 1;
    let kept = line.chars().take_while(|c| {
        length += c.len_utf16();
        length <= most
    });
    kept.chain(['…']).collect()
}

/// How long a text is in a message.
fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line_that_turns_nothing() {
        assert_eq!(short(" 第一行\r\n第二行\u{202e}反\u{2069}\tx ", 40), "第一行 第二行反 x");
        assert_eq!(short("ᠦᠨᠡ\u{202f}ᠶᠢᠨ ᠬᠡᠰᠡᠭ", 40), "ᠦᠨᠡ\u{202f}ᠶᠢᠨ ᠬᠡᠰᠡᠭ");
        assert_eq!(short("一二三四五六", 4), "一二三…");
        assert_eq!(short("👍👍👍", 4), "👍…");
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let head = vec!["甲".repeat(300)];
        let items: Vec<String> = (0..10).map(|n| format!("{n}{}", "乙".repeat(49))).collect();
        let text = fit(head, items, |left| format!("另有{left}项"));
        assert!(units(&text) <= MOST);
        assert_eq!(text.lines().last(), Some("另有7项"));
        assert_eq!(text.lines().count(), 5);
    }
}

//! When a centre is open on the holidays to come: `国庆节期间开放时间`, make-up workdays spelled out.
//!
//! What the public calendar says of the next holidays, the centre's own days (exceptions, notices that close it) laid
//! over. Days that follow each other and are alike share a line. Ordinary days beside a holiday are not named, but for
//! the first day after it, which is what people ask for; nor are days that are over.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Sheet, SheetView, Sheets, ValidText};
use crate::calendar::{Date, DateSpan, DayKind, DayState, OpeningHours};
use crate::content::{Centre, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::hours::{reason, window};
use crate::site::views::parts::{Local, PhoneView, phones};

/// How many days before a holiday its sheet is made.
const AHEAD: i64 = 45;

/// What the sheet says.
#[derive(Serialize)]
struct HolidayHours {
    /// A holiday each.
    holidays: Vec<Holiday>,
    /// The centre's telephone lines.
    phones: Vec<PhoneView>,
}

/// A holiday.
#[derive(Serialize)]
struct Holiday {
    /// What it is called.
    name: Local,
    /// Its days in words.
    span: String,
    /// What is so on which days, in their order, make-up workdays included.
    rows: Vec<Row>,
}

/// Days that are alike.
#[derive(Serialize)]
struct Row {
    /// The days in words.
    days: String,
    /// The times in words.
    times: String,
    /// Whether it is closed.
    closed: bool,
    /// Whether people work on this weekend day.
    makeup: bool,
    /// Why it is as it is.
    why: Option<Local>,
    /// The last of the days, ISO 8601.
    last_day: String,
}

/// A holiday of the calendar: its index, its days off, and its make-up workdays.
struct Coming {
    index: usize,
    off: Vec<Date>,
    worked: Vec<Date>,
}

/// Of each centre with a holiday before it.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let records = edition.site.content.centres.iter().filter(move |record| {
        edition.offers(*record) && record.value.hours.is_some() && !coming(&edition, record).is_empty()
    });
    Box::new(
        records.map(move |record| Sheet::of(&edition, SheetKind::HolidayHours, record, &record.value.posters, view)),
    )
}

/// The holidays that begin soon or have begun, in order.
fn coming(edition: &Edition<'_>, record: &Record<Centre>) -> Vec<Coming> {
    let today = edition.site.today;
    // A holiday and its make-up workdays lie within two months of each other.
    let around = today
        .checked_sub(jiff::Span::new().days(AHEAD))
        .ok()
        .and_then(|first| DateSpan::new(first, window(today, 2 * AHEAD)?.last()));
    let Some(around) = around else { return Vec::new() };
    let mut found: BTreeMap<usize, Coming> = BTreeMap::new();
    let new = |index| Coming { index, off: Vec::new(), worked: Vec::new() };
    let calendar = edition.site.calendar_of(&record.id);
    for (date, kind) in calendar.special_days(around) {
        match kind {
            // A holiday by law whose days off and make-up workdays are not announced is not for paper yet.
            DayKind::Holiday(_) if !calendar.years().any(|year| year == date.year()) => {}
            DayKind::Holiday(index) | DayKind::LocalHoliday(index) => {
                found.entry(index).or_insert_with(|| new(index)).off.push(date);
            }
            DayKind::MakeupWorkday { holiday, .. } => {
                found.entry(holiday).or_insert_with(|| new(holiday)).worked.push(date);
            }
            DayKind::LocalClosure(_) | DayKind::Ordinary | DayKind::NotAnnounced => {}
        }
    }
    let begins_soon = |first: Date| window(today, AHEAD).is_some_and(|soon| first <= soon.last());
    let mut coming: Vec<Coming> = found
        .into_values()
        .filter(|holiday| {
            let days = || holiday.off.iter().chain(&holiday.worked).copied();
            !holiday.off.is_empty() && days().min().is_some_and(begins_soon) && days().max() >= Some(today)
        })
        .collect();
    coming.sort_by_key(|holiday| holiday.off.first().copied());
    coming
}

fn view(edition: &Edition<'_>, record: &Record<Centre>) -> SheetView {
    let wording = edition.wording;
    let coming = coming(edition, record);
    let names: Vec<Local> = coming.iter().map(|holiday| name(edition, holiday)).collect();
    let days = |holiday: &Coming| holiday.off.iter().chain(&holiday.worked).copied().collect::<Vec<_>>();
    let all: Vec<Date> = coming.iter().flat_map(days).collect();
    let span = all.iter().min().zip(all.iter().max()).and_then(|(first, last)| DateSpan::new(*first, *last));
    let holidays = match edition.site.hours(&record.id) {
        Some(rules) => coming.iter().zip(&names).map(|(it, name)| holiday(edition, record, rules, it, name)).collect(),
        None => Vec::new(),
    };
    let said = wording.list(names.iter().map(|name| name.text.clone()));
    // The words around are of this language; a name that is not has its own.
    let lang = names.iter().find_map(|name| name.lang.clone());
    let title = match (names.as_slice(), lang) {
        ([only], Some(lang)) => Local { text: only.text.clone(), lang: Some(lang) },
        _ => Local::own(wording.say("sheet.holiday-title", &[("names", &said)])),
    };
    let centre = edition.local(&record.value.name);
    let until = span.map(|span| wording.day(span.last())).unwrap_or_default();
    let content = HolidayHours { holidays, phones: phones(edition, &record.value.phones) };
    let valid = span.map(|span| ValidText { text: wording.span(span) });
    SheetView { kicker: Some(centre.clone()), valid, ..SheetView::new(title, centre, until, content) }
}

fn name(edition: &Edition<'_>, holiday: &Coming) -> Local {
    edition.site.occasion_name(holiday.index).map_or_else(|| edition.term("sheet.holiday"), |name| edition.local(name))
}

fn holiday(
    edition: &Edition<'_>,
    record: &Record<Centre>,
    rules: &OpeningHours,
    holiday: &Coming,
    name: &Local,
) -> Holiday {
    let calendar = edition.site.calendar_of(&record.id);
    let day_after = |date: Date| date.tomorrow().ok();
    let span = holiday.off.first().zip(holiday.off.last()).and_then(|(first, last)| DateSpan::new(*first, *last));
    let after = span.and_then(|span| day_after(span.last()));
    let mut dates: Vec<Date> = holiday.off.iter().chain(&holiday.worked).copied().chain(after).collect();
    dates.sort_unstable();
    dates.dedup();
    let mut runs: Vec<(DateSpan, DayState, bool)> = Vec::new();
    for date in dates {
        let state = rules.on(date, calendar);
        let worked = holiday.worked.contains(&date);
        match runs.last_mut() {
            Some((days, known, makeup))
                if day_after(days.last()) == Some(date)
                    && (known.intervals == state.intervals && known.reason == state.reason && *makeup == worked) =>
            {
                *days = DateSpan::new(days.first(), date).unwrap_or(*days);
            }
            _ => runs.extend(DateSpan::new(date, date).map(|days| (days, state, worked))),
        }
    }
    let to_come = runs.into_iter().filter(|(days, ..)| days.last() >= edition.site.today);
    let rows = to_come.map(|(days, state, makeup)| Row {
        last_day: days.last().to_string(),
        days: days_in_words(edition, days),
        times: edition.wording.times(&state.intervals),
        closed: state.intervals.is_closed(),
        makeup,
        // The holiday's own name says enough of its days off.
        why: reason(edition, record, &state).filter(|why| makeup || !why.text.contains(&name.text)),
    });
    Holiday {
        name: name.clone(),
        span: span.map(|span| days_in_words(edition, span)).unwrap_or_default(),
        rows: rows.collect(),
    }
}

/// Days with their weekdays: 10月1日 周四至10月3日 周六.
fn days_in_words(edition: &Edition<'_>, days: DateSpan) -> String {
    let day = |date| edition.wording.weekday_day(date);
    if days.first() == days.last() {
        day(days.first())
    } else {
        edition.wording.range(&day(days.first()), &day(days.last()))
    }
}

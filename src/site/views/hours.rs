//! Opening hours in words: the week, the seasons, and the coming days that differ, dated and with their reason.

use serde::Serialize;

use super::parts::{DateText, Local};
use super::pattern::days_in_words;
use crate::calendar::{
    Date, DateSpan, DayState, HolidayRule, Intervals, MakeupRule, OpeningHours, Pattern, Reason, Weekly,
};
use crate::content::{Centre, Record, Season};
use crate::site::Edition;

/// How many days ahead days that differ are listed.
const AHEAD: i64 = 60;
/// How many days ahead they concern who comes soon.
const SOON: i64 = 14;

/// When a centre is open.
#[derive(Debug, Clone, Serialize)]
pub struct HoursView {
    /// The hours of an ordinary week.
    pub weekly: Vec<HoursRow>,
    /// Days that recur in another way than weekly, with hours of their own.
    pub recurring: Vec<HoursRow>,
    /// Seasons with hours of their own.
    pub seasons: Vec<SeasonView>,
    /// What happens on public holidays and make-up workdays, a sentence each.
    pub rules: Vec<String>,
    /// Dated exceptions that editors wrote and that are not over.
    pub exceptions: Vec<DayRow>,
    /// The next seven days, today first.
    pub week: Vec<DayRow>,
    /// Days of the coming weeks that are not like their weekday.
    pub special: Vec<DayRow>,
    /// Those of them that come within two weeks, else the next one.
    pub soon: Vec<DayRow>,
    /// What is not known, e.g. 2027年节假日安排未公布.
    pub unknown: Option<String>,
    /// What the centre says beside its hours.
    pub note: Option<Local>,
}

/// When a centre is open, as short as it can be said without being wrong on another day.
#[derive(Debug, Clone, Serialize)]
pub struct ShortHours {
    /// From when to when this holds, in words; nothing where it is the ordinary week.
    pub span: Option<String>,
    /// The open days of the week that holds on the day for which the site is made, then days that recur in another way.
    pub rows: Vec<HoursRow>,
    /// From when to when other hours hold, in words.
    pub others: Vec<String>,
    /// The days within two weeks that are not like this, with their times, e.g. 11月25日 不开放.
    pub soon: Vec<SoonDay>,
}

/// A day or days, and when it is open on them, in words.
#[derive(Debug, Clone, Serialize)]
pub struct SoonDay {
    /// Both.
    pub text: String,
    /// The instant at which the last of the days is over (RFC 3339).
    pub ends: String,
}

/// Weekdays and their times.
#[derive(Debug, Clone, Serialize)]
pub struct HoursRow {
    /// The weekdays in words.
    pub days: String,
    /// The weekdays as digits, 1 for Monday (ISO 8601); empty where the days recur in another way.
    pub weekdays: String,
    /// The times in words.
    pub times: String,
    /// Whether it is closed.
    pub closed: bool,
}

/// A season and its week.
#[derive(Debug, Clone, Serialize)]
pub struct SeasonView {
    /// Its name.
    pub name: Option<Local>,
    /// From when to when, in words.
    pub span: String,
    /// Its week.
    pub weekly: Vec<HoursRow>,
    /// Whether today is in it.
    pub current: bool,
}

/// A day or days, their times and why.
#[derive(Debug, Clone, Serialize)]
pub struct DayRow {
    /// The day, or the first of the days.
    pub date: DateText,
    /// The instant at which the last of the days is over (RFC 3339).
    pub ends: String,
    /// The times in words.
    pub times: String,
    /// Whether it is closed.
    pub closed: bool,
    /// Why it is not like its weekday.
    pub why: Option<Local>,
    /// Whether it is the day for which the site was made.
    pub today: bool,
}

/// The hours of a centre, if it has any.
pub(super) fn hours(edition: &Edition<'_>, record: &Record<Centre>) -> Option<HoursView> {
    let written = record.value.hours.as_ref()?;
    let rules = edition.site.hours(&record.id)?;
    let wording = edition.wording;
    let today = edition.site.today;
    let seasons = written.seasons.iter().zip(&rules.seasons).map(|(season, (span, weekly))| SeasonView {
        name: edition.local_some(season.name.as_ref()),
        span: span_of(edition, season),
        weekly: rows(edition, weekly),
        current: span.contains(today),
    });
    let day = |ahead: i64| today.checked_add(jiff::Span::new().days(ahead)).unwrap_or(today);
    let calendar = edition.site.calendar_of(&record.id);
    let on = |date: Date| (date, rules.on(date, calendar));
    let row = |(date, state): (Date, DayState)| DayRow {
        date: edition.weekday_date(date),
        ends: edition.site.end_of(date),
        times: wording.times(&state.intervals),
        closed: state.intervals.is_closed(),
        why: reason(edition, record, &state),
        today: date == today,
    };
    let exceptions =
        written.exceptions.iter().filter(|exception| exception.on.last() >= today).map(|exception| DayRow {
            date: DateText { iso: exception.on.first().to_string(), text: wording.short_span(exception.on) },
            ends: edition.site.end_of(exception.on.last()),
            times: wording.times(&exception.hours),
            closed: exception.hours.is_closed(),
            why: edition.local_some(exception.why.as_ref()),
            today: exception.on.contains(today),
        });
    let differ = |from: i64, to: i64| {
        let days = (from..to).map(|ahead| on(day(ahead)));
        days.filter(|(_, state)| state.is_special()).map(row).collect::<Vec<_>>()
    };
    let mut soon = differ(0, SOON);
    let mut special = soon.clone();
    special.extend(differ(SOON, AHEAD));
    if soon.is_empty() {
        soon.extend(special.first().cloned());
    }
    Some(HoursView {
        weekly: rows(edition, &rules.weekly),
        recurring: recurring_rows(edition, rules),
        seasons: seasons.collect(),
        rules: rules_in_words(edition, rules),
        exceptions: exceptions.collect(),
        week: (0..7).map(|ahead| row(on(day(ahead)))).collect(),
        special,
        soon,
        unknown: not_announced(edition),
        note: edition.local_some(record.value.hours_note.as_ref()),
    })
}

/// The season of a centre that holds today, in words: its name, and from when to when it is.
pub(super) fn season_now(edition: &Edition<'_>, record: &Record<Centre>) -> Option<String> {
    let rules = edition.site.hours(&record.id)?;
    let now = rules.season_on(edition.site.today)?;
    let season = record.value.hours.as_ref()?.seasons.get(now)?;
    let name = edition.local_some(season.name.as_ref()).map(|name| name.text);
    Some(name.into_iter().chain([span_of(edition, season)]).collect::<Vec<_>>().join(" "))
}

/// The hours of a centre for its card, if it has any.
pub(super) fn short(edition: &Edition<'_>, record: &Record<Centre>) -> Option<ShortHours> {
    let written = record.value.hours.as_ref()?;
    let rules = edition.site.hours(&record.id)?;
    let now = rules.season_on(edition.site.today);
    let span = |number: usize| written.seasons.get(number).map(|season| span_of(edition, season));
    let mut open = rows(edition, rules.week_of(now));
    open.extend(recurring_rows(edition, rules));
    open.retain(|row| !row.closed);
    Some(ShortHours {
        span: now.and_then(span),
        rows: open,
        others: (0..written.seasons.len()).filter(|number| Some(*number) != now).filter_map(span).collect(),
        soon: soon_in_words(edition, record, rules),
    })
}

/// The days of the coming two weeks that are not like their weekday; days on end with the same times are said once.
fn soon_in_words(edition: &Edition<'_>, record: &Record<Centre>, rules: &OpeningHours) -> Vec<SoonDay> {
    let calendar = edition.site.calendar_of(&record.id);
    let mut found: Vec<(DateSpan, Intervals)> = Vec::new();
    let days = window(edition.site.today, SOON).map(|days| rules.special_days(days, calendar));
    for (date, state) in days.into_iter().flatten() {
        let joined = found
            .last_mut()
            .filter(|(span, times)| *times == state.intervals && span.last().tomorrow().is_ok_and(|next| next == date));
        match joined.and_then(|(span, _)| Some((DateSpan::new(span.first(), date)?, span))) {
            Some((longer, span)) => *span = longer,
            None => found.extend(DateSpan::new(date, date).map(|span| (span, state.intervals))),
        }
    }
    let wording = edition.wording;
    let day = |(span, times): (DateSpan, Intervals)| SoonDay {
        text: format!("{} {}", wording.short_span(span), wording.times(&times)),
        ends: edition.site.end_of(span.last()),
    };
    found.into_iter().map(day).collect()
}

/// What happens on public holidays and make-up workdays, a sentence each.
pub(super) fn rules_in_words(edition: &Edition<'_>, rules: &OpeningHours) -> Vec<String> {
    let wording = edition.wording;
    let holidays = match &rules.holidays {
        HolidayRule::Closed => wording.term("holidays.closed").to_owned(),
        HolidayRule::Open => wording.term("holidays.open").to_owned(),
        HolidayRule::Hours(times) => wording.say("holidays.hours", &[("times", &wording.times(times))]),
    };
    let local = rules.local_holidays.as_ref().filter(|local| **local != rules.holidays).map(|local| match local {
        HolidayRule::Closed => wording.term("local-holidays.closed").to_owned(),
        HolidayRule::Open => wording.term("local-holidays.open").to_owned(),
        HolidayRule::Hours(times) => wording.say("local-holidays.hours", &[("times", &wording.times(times))]),
    });
    [holidays].into_iter().chain(local).chain([wording.term(makeup(rules)).to_owned()]).collect()
}

fn makeup(rules: &OpeningHours) -> &'static str {
    match rules.makeup_workdays {
        MakeupRule::AsWeekday => "makeup.as-weekday",
        MakeupRule::AsDated => "makeup.as-dated",
        MakeupRule::Closed => "makeup.closed",
    }
}

/// The week in words, as few rows as it takes.
pub(super) fn rows(edition: &Edition<'_>, weekly: &Weekly) -> Vec<HoursRow> {
    let wording = edition.wording;
    weekly
        .entries()
        .iter()
        .map(|(days, times)| HoursRow {
            days: wording.weekdays(*days),
            weekdays: days.iter().map(|day| day.to_monday_one_offset().to_string()).collect(),
            times: wording.times(times),
            closed: times.is_closed(),
        })
        .collect()
}

/// Days that recur in another way than weekly, a row each.
pub(super) fn recurring_rows(edition: &Edition<'_>, rules: &OpeningHours) -> Vec<HoursRow> {
    let row = |(pattern, times): &(Pattern, Intervals)| HoursRow {
        days: days_in_words(edition, pattern),
        weekdays: String::new(),
        times: edition.wording.times(times),
        closed: times.is_closed(),
    };
    rules.recurring.iter().map(row).collect()
}

/// A centre's hours as lines of text: the week, what recurs, the seasons, and holidays; no dated days.
pub(crate) fn lines(edition: &Edition<'_>, record: &Record<Centre>) -> Vec<String> {
    let (Some(written), Some(rules)) = (record.value.hours.as_ref(), edition.site.hours(&record.id)) else {
        return Vec::new();
    };
    let line = |row: HoursRow| format!("{} {}", row.days, row.times);
    let seasons = written.seasons.iter().zip(&rules.seasons).map(|(season, (_, weekly))| {
        let span = span_of(edition, season);
        let week: Vec<String> = rows(edition, weekly).into_iter().map(line).collect();
        format!("{span} {}", week.join(edition.wording.term("lines")))
    });
    let week = rows(edition, &rules.weekly).into_iter().chain(recurring_rows(edition, rules)).map(line);
    week.chain(seasons).chain(rules_in_words(edition, rules)).collect()
}

/// From when to when a season is, in words.
fn span_of(edition: &Edition<'_>, season: &Season) -> String {
    edition.wording.range(&month_day(edition, season.from), &month_day(edition, season.to))
}

fn month_day(edition: &Edition<'_>, day: crate::calendar::MonthDay) -> String {
    // Any leap year will do: only the month and day are said.
    Date::new(2024, day.month(), day.day()).map(|date| edition.wording.short_day(date)).unwrap_or_default()
}

/// What the calendar does not know of the coming weeks.
pub(crate) fn not_announced(edition: &Edition<'_>) -> Option<String> {
    unknown(edition, edition.site.today.checked_add(jiff::Span::new().days(AHEAD - 1)).unwrap_or(edition.site.today))
}

/// Which year's holidays are not announced, if the coming weeks reach into it.
pub(super) fn unknown(edition: &Edition<'_>, until: Date) -> Option<String> {
    let known: Vec<i16> = edition.site.calendar().years().collect();
    let first = (edition.site.today.year()..=until.year()).find(|year| !known.contains(year))?;
    Some(edition.wording.say("not-announced", &[("year", &first.to_string())]))
}

/// Why a day is as it is; nothing where it is like its weekday.
pub(crate) fn reason(edition: &Edition<'_>, record: &Record<Centre>, state: &DayState) -> Option<Local> {
    let wording = edition.wording;
    let holiday =
        |index: usize| edition.site.occasion_name(index).map(|name| edition.local(name).text).unwrap_or_default();
    let own = |text: String| Local { text, lang: None };
    match state.reason {
        Reason::Weekly | Reason::Season(_) => None,
        Reason::Exception(index) => {
            let why = record.value.hours.as_ref().and_then(|h| h.exceptions.get(index)).and_then(|e| e.why.as_ref());
            Some(why.map_or_else(|| own(wording.term("reason.exception").to_owned()), |why| edition.local(why)))
        }
        Reason::Closing(index) => {
            let notice =
                edition.site.closing_notice(&record.id, index).and_then(|n| edition.site.content.notices.get(n));
            notice.map(|notice| edition.local(&notice.value.title))
        }
        Reason::Holiday(index) => Some(own(wording.say("reason.holiday", &[("name", &holiday(index))]))),
        Reason::LocalHoliday(index) => Some(own(wording.say("reason.local-holiday", &[("name", &holiday(index))]))),
        Reason::LocalClosure(index) => Some(own(wording.say("reason.local-closure", &[("name", &holiday(index))]))),
        Reason::Recurring(index) => {
            let rule = record.value.hours.as_ref().and_then(|h| h.recurring.get(index))?;
            let days = || own(days_in_words(edition, &rule.on.0));
            Some(rule.why.as_ref().map_or_else(days, |why| edition.local(why)))
        }
        Reason::MakeupWorkday { holiday: index, like: Some(day) } => Some(own(
            wording.say("reason.makeup-like", &[("name", &holiday(index)), ("weekday", wording.weekday(day))])
        )),
        Reason::MakeupWorkday { holiday: index, like: None } => {
            Some(own(wording.say("reason.makeup", &[("name", &holiday(index))])))
        }
    }
}

/// A window of days from today.
pub(super) fn window(today: Date, days: i64) -> Option<DateSpan> {
    let last = today.checked_add(jiff::Span::new().days(days - 1)).ok()?;
    DateSpan::new(today, last)
}

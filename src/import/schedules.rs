//! The schedules of a place in HSDS → opening hours.
//!
//! What holds every week without dates is the ordinary week. What has a beginning and an end is a part of the year if it
//! is longer than a week, and single days otherwise. HSDS knows no `EXDATE`: dates on which a schedule does not hold
//! stand in its `notes`, in the form that our own data has (`…: 2026-10-01..2026-10-07 why; 2026-10-10`). A dated
//! schedule takes the place of what it overlaps and is added to what it does not. A place that has only dated schedules
//! has as its ordinary week the one that covers most days. What fits in none of this is handed out with why.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::calendar::{
    Date, DateSpan, Day, HolidayCalendar, HolidayRule, Intervals, MonthDay, Opening, OpeningHours, TimeOfDay,
    TimeRange, Weekday, WeekdaySet, Weekly, YearlySpan, osm,
};

/// The longest run of dates that is not a part of the year, in days.
const WEEK: usize = 7;
/// The longest part of a year, in days; what is longer has to be the ordinary week.
const YEAR: usize = 366;
/// Most dates that are looked at one by one.
const MOST_DATES: usize = 1000;

/// Why a schedule was not taken, as the catalogue names it.
type Why = &'static str;

/// What came of a place's schedules.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The hours, as OpenStreetMap writes them.
    pub(super) hours: Option<String>,
    /// Schedules that were not taken, with why.
    pub(super) left: Vec<(String, Why)>,
    /// Periods of one year alone that were taken as parts of every year.
    pub(super) yearly: Vec<DateSpan>,
}

/// One schedule that holds week by week.
struct Schedule {
    days: WeekdaySet,
    opening: Opening,
    from: Option<Date>,
    to: Option<Date>,
    /// The dates on which it does not hold.
    except: BTreeSet<Date>,
}

impl Schedule {
    fn holds_on(&self, date: Date) -> bool {
        self.days.contains(date.weekday())
            && self.from.is_none_or(|from| from <= date)
            && self.to.is_none_or(|to| date <= to)
            && !self.except.contains(&date)
    }

    fn span(&self) -> Option<DateSpan> {
        DateSpan::new(self.from?, self.to?)
    }
}

/// The hours of a place.
pub(super) fn read<'j>(schedules: impl Iterator<Item = &'j Value>) -> Read {
    let mut read = Read::default();
    let mut of_week = Vec::new();
    for value in schedules.take(MOST_DATES) {
        match schedule(value) {
            Ok(schedule) => of_week.push((schedule, value)),
            Err(why) => read.left.push((in_words(value), why)),
        }
    }
    let has_ordinary = of_week.iter().any(|(schedule, _)| schedule.from.is_none() && schedule.to.is_none());
    let (mut ordinary, mut periods, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for (mut schedule, value) in of_week {
        match (schedule.span(), schedule.from.is_some() || schedule.to.is_some()) {
            (Some(span), _) if span.days().count() <= WEEK => days.push(schedule),
            (Some(span), _) if span.days().nth(YEAR).is_none() => periods.push((span, schedule)),
            (_, false) => ordinary.push(schedule),
            (_, true) if !has_ordinary && schedule.to.is_none() => {
                schedule.from = None;
                ordinary.push(schedule);
            }
            (Some(_), true) => read.left.push((in_words(value), "schedule-long")),
            (None, true) => read.left.push((in_words(value), "schedule-open")),
        }
    }
    // Dates that a rule which is left out may be about are not known to be closed.
    if read.left.iter().any(|(_, why)| *why == "schedule-rule") {
        ordinary.iter_mut().chain(periods.iter_mut().map(|(_, of)| of)).for_each(|schedule| schedule.except.clear());
    }
    let Some(mut hours) = usual(&ordinary, &periods, &mut read) else { return read };
    hours.exceptions = exceptions(&hours, ordinary.iter().chain(periods.iter().map(|(_, of)| of)), &days);
    let dates = || hours.exceptions.iter().map(|(span, _)| *span);
    let window = dates().map(|span| span.first()).min().zip(dates().map(|span| span.last()).max());
    let window = window.and_then(|(first, last)| DateSpan::new(first, last));
    let today = Date::constant(2026, 1, 1);
    if let Some(window) = window.or_else(|| DateSpan::new(today, today)) {
        read.hours = Some(osm::write(&hours, window, &HolidayCalendar::default()));
    }
    read
}

/// The ordinary week and the parts of the year.
fn usual(ordinary: &[Schedule], periods: &[(DateSpan, Schedule)], read: &mut Read) -> Option<OpeningHours> {
    let mut weeks: BTreeMap<DateSpan, Vec<&Schedule>> = BTreeMap::new();
    for (span, schedule) in periods {
        weeks.entry(*span).or_default().push(schedule);
    }
    // Equal weeks, with all the periods in which they hold.
    let mut stretches: Vec<(Weekly, Vec<DateSpan>)> = Vec::new();
    let base = week(ordinary.iter());
    for (span, schedules) in weeks {
        let Some(own) = week(schedules.iter().copied()) else { continue };
        let weekly = base.as_ref().filter(|_| !ordinary.is_empty()).map_or(own.clone(), |base| over(base, &own));
        match stretches.iter_mut().find(|(known, _)| same(known, &weekly)) {
            Some((_, spans)) => spans.push(span),
            None => stretches.push((weekly, vec![span])),
        }
    }
    let weekly = if ordinary.is_empty() {
        let length = |spans: &[DateSpan]| spans.iter().map(|span| span.days().count()).sum::<usize>();
        let longest = (0..stretches.len()).max_by_key(|at| stretches.get(*at).map_or(0, |(_, spans)| length(spans)))?;
        stretches.remove(longest).0
    } else {
        base?
    };
    let mut seasons = Vec::new();
    for (own, spans) in stretches {
        if same(&own, &weekly) {
            continue;
        }
        let mut parts: Vec<(YearlySpan, usize, DateSpan)> = Vec::new();
        for span in spans {
            let yearly = YearlySpan { from: MonthDay::of(span.first()), to: MonthDay::of(span.last()) };
            match parts.iter_mut().find(|(known, ..)| (known.from, known.to) == (yearly.from, yearly.to)) {
                Some((_, times, _)) => *times += 1,
                None => parts.push((yearly, 1, span)),
            }
        }
        for (yearly, times, span) in parts {
            if times == 1 {
                read.yearly.push(span);
            }
            seasons.push((yearly, own.clone()));
        }
    }
    // Nothing is said of public holidays but by date.
    Some(OpeningHours { weekly, seasons, holidays: HolidayRule::Open, ..OpeningHours::default() })
}

/// The week of some schedules.
fn week<'s>(schedules: impl Iterator<Item = &'s Schedule>) -> Option<Weekly> {
    let schedules: Vec<&Schedule> = schedules.collect();
    weekly(|day| {
        let of_day = schedules.iter().filter(|schedule| schedule.days.contains(day));
        Intervals::of(merged(of_day.map(|schedule| schedule.opening).collect()))
    })
}

/// A week from the hours of each day, equal days together.
fn weekly(hours: impl Fn(Weekday) -> Option<Intervals>) -> Option<Weekly> {
    let mut entries: Vec<(WeekdaySet, Intervals)> = Vec::new();
    for day in WeekdaySet::ALL.iter() {
        let hours = hours(day)?;
        match entries.iter_mut().find(|(_, known)| *known == hours) {
            Some((days, _)) => *days = days.union(WeekdaySet::only(day)),
            None => entries.push((WeekdaySet::only(day), hours)),
        }
    }
    entries.retain(|(_, hours)| !hours.is_closed());
    Weekly::new(entries).ok()
}

/// Openings of a day, those that overlap as one.
fn merged(mut openings: Vec<Opening>) -> Vec<Opening> {
    openings.sort();
    let mut merged: Vec<Opening> = Vec::new();
    for opening in openings {
        match merged.last_mut() {
            Some(last) if opening.time.start() < last.time.end() => {
                let end = last.time.end().max(opening.time.end());
                last.time = TimeRange::new(last.time.start(), end).unwrap_or(last.time);
                last.by_appointment &= opening.by_appointment;
            }
            _ => merged.push(opening),
        }
    }
    merged
}

fn same(one: &Weekly, other: &Weekly) -> bool {
    WeekdaySet::ALL.iter().all(|day| one.on(day) == other.on(day))
}

/// A week laid over another: it takes its place if any of their times overlap, and is added otherwise.
fn over(base: &Weekly, own: &Weekly) -> Weekly {
    weekly(|day| added(base.on(day), own.on(day).openings())).unwrap_or_else(|| own.clone())
}

/// Openings added to hours; nothing where they overlap.
fn added(hours: &Intervals, openings: &[Opening]) -> Option<Intervals> {
    let mut openings: Vec<Opening> = hours.openings().iter().chain(openings).copied().collect();
    openings.sort();
    openings.dedup();
    Intervals::of(openings)
}

/// The dates on which something else holds than week and parts of the year say, equal days in a row together.
fn exceptions<'s>(
    hours: &OpeningHours,
    usual: impl Iterator<Item = &'s Schedule>,
    days: &[Schedule],
) -> Vec<(DateSpan, Intervals)> {
    let usual: Vec<&Schedule> = usual.collect();
    let noted = usual.iter().flat_map(|schedule| schedule.except.iter().copied());
    let single = days.iter().flat_map(|schedule| schedule.span().into_iter().flat_map(|span| span.days()));
    let dates: BTreeSet<Date> = noted.chain(single).take(MOST_DATES).collect();
    let mut found: Vec<(DateSpan, Intervals)> = Vec::new();
    for date in dates {
        let ordinary = hours.week_on(date).on(date.weekday());
        let is_off = |opening: &Opening| {
            let same = || usual.iter().filter(|schedule| schedule.opening == *opening);
            same().any(|schedule| schedule.except.contains(&date)) && !same().any(|schedule| schedule.holds_on(date))
        };
        let left: Vec<Opening> = ordinary.openings().iter().filter(|opening| !is_off(opening)).copied().collect();
        let of_day =
            merged(days.iter().filter(|schedule| schedule.holds_on(date)).map(|schedule| schedule.opening).collect());
        let left = Intervals::of(left).unwrap_or(Intervals::CLOSED);
        let Some(open) = added(&left, &of_day).or_else(|| Intervals::of(of_day)) else { continue };
        if open == *ordinary {
            continue;
        }
        match found.last_mut() {
            Some((span, known)) if *known == open && span.last().tomorrow().ok() == Some(date) => {
                *span = DateSpan::new(span.first(), date).unwrap_or(*span);
            }
            _ => found.extend(DateSpan::new(date, date).map(|span| (span, open))),
        }
    }
    found
}

fn field<'j>(value: &'j Value, key: &str) -> Option<&'j str> {
    value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// What a field says that may be a number.
fn count(value: &Value, key: &str) -> Option<String> {
    field(value, key).map(str::to_owned).or_else(|| value.get(key).filter(|v| v.is_number()).map(Value::to_string))
}

/// A schedule that holds week by week; else why it is none.
fn schedule(value: &Value) -> Result<Schedule, Why> {
    let is_weekly = field(value, "freq").is_none_or(|freq| freq.eq_ignore_ascii_case("WEEKLY"));
    let has_more = ["count", "byweekno", "bymonthday", "byyearday"].iter().any(|key| count(value, key).is_some());
    if !is_weekly || has_more || count(value, "interval").is_some_and(|interval| interval != "1") {
        return Err("schedule-rule");
    }
    let days = field(value, "byday").ok_or("schedule-days")?;
    let days = days.split(',').map(weekday).collect::<Option<Vec<_>>>().ok_or("schedule-rule")?;
    let time = times(value).ok_or("schedule-times")?;
    let by_appointment = field(value, "attending_type").is_some_and(is_appointment);
    let opening = Opening { time, by_appointment };
    let date = |keys: [&str; 2]| match keys.iter().find_map(|key| field(value, key)) {
        Some(text) => Day::read(text.get(..10).unwrap_or(text)).map(|day| Some(day.0)).map_err(|_| "schedule-dates"),
        None => Ok(None),
    };
    let (from, to) = (date(["valid_from", "dtstart"])?, date(["valid_to", "until"])?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err("schedule-dates");
    }
    let except = field(value, "notes").map(excepted).unwrap_or_default();
    let days = days.into_iter().fold(WeekdaySet::NONE, |set, day| set.union(WeekdaySet::only(day)));
    Ok(Schedule { days, opening, from, to, except })
}

/// From when to when; an end that is not after the beginning is on the next day.
fn times(value: &Value) -> Option<TimeRange> {
    let time = |key| {
        let (hour, minute) = field(value, key)?.get(..5)?.split_once(':')?;
        TimeOfDay::new(hour.parse().ok()?, minute.parse().ok()?)
    };
    let (opens, closes) = (time("opens_at")?, time("closes_at")?);
    TimeRange::new(opens, if closes <= opens { closes.next_day() } else { closes })
}

/// Whether one has to come by appointment, in any language in which our own data says so.
fn is_appointment(attending: &str) -> bool {
    const WORDS: [&str; 7] = ["appointment", "预约", "預約", "захиалж", "སྔོན་མངགས", "ᠪᠣᠯᠵᠣᠬᠤ", "ئالدىن كېلىشىپ"];
    let attending = attending.to_lowercase();
    WORDS.iter().any(|word| attending.contains(word))
}

fn weekday(letters: &str) -> Option<Weekday> {
    Some(match letters.trim().to_ascii_uppercase().as_str() {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// The dates that notes take out. Every item has to begin with a date, and what stands before the first has to be a word
/// for it: dates in other notes may mean anything.
fn excepted(notes: &str) -> BTreeSet<Date> {
    const WORDS: [&str; 10] = ["except", "closed", "closure", "除外", "休", "关", "停", "གཏོགས", "бусад", "سىرتىدا"];
    let Some(start) = notes.find(|c: char| c.is_ascii_digit()) else { return BTreeSet::new() };
    let (before, listed) = notes.split_at(start);
    let before = before.to_lowercase();
    if !WORDS.iter().any(|word| before.contains(word)) && !before.starts_with('ᠬ') {
        return BTreeSet::new();
    }
    let span = |item: &str| DateSpan::read(item.split_whitespace().next()?).ok();
    let spans: Option<Vec<DateSpan>> = listed.trim_end_matches([';', ' ', '.']).split(';').map(span).collect();
    spans.into_iter().flatten().flat_map(|span| span.days().take(YEAR)).take(MOST_DATES).collect()
}

/// A schedule as it is told to people: its rule and times.
fn in_words(value: &Value) -> String {
    const KEYS: [&str; 11] = [
        "freq",
        "interval",
        "count",
        "byday",
        "byweekno",
        "bymonthday",
        "opens_at",
        "closes_at",
        "valid_from",
        "valid_to",
        "until",
    ];
    let parts: Vec<String> =
        KEYS.iter().filter_map(|key| count(value, key).map(|text| format!("{key}={text}"))).collect();
    if parts.is_empty() { field(value, "description").unwrap_or("schedule").to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn hours(schedules: &str) -> (String, Vec<Why>, usize) {
        let schedules: Vec<Value> = serde_json::from_str(schedules).unwrap();
        let read = read(schedules.iter());
        (read.hours.unwrap_or_default(), read.left.into_iter().map(|(_, why)| why).collect(), read.yearly.len())
    }

    #[test]
    fn a_dated_schedule_is_a_part_of_the_year_or_single_days_and_notes_take_days_out() {
        let week = r#"{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR","opens_at":"09:00:00+08:00","closes_at":"17:00","notes":"以下日期除外：2026-10-01..2026-10-07 国庆节; 2026-10-12"}"#;
        let summer = r#"{"byday":"MO,TU,WE,TH,FR","opens_at":"08:00","closes_at":"12:00","valid_from":"2026-07-01","valid_to":"2026-08-31"}"#;
        let evening = r#"{"freq":"WEEKLY","byday":"TU","opens_at":"19:00","closes_at":"20:00","dtstart":"2026-11-24","until":"2026-11-24"}"#;
        let (text, left, yearly) = hours(&format!("[{week},{summer},{evening}]"));
        assert_eq!(
            text,
            "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 08:00-12:00; 2026 Oct 01-07 off; 2026 Oct 12 off; 2026 Nov 24 \
             09:00-17:00,19:00-20:00"
        );
        assert_eq!((left.len(), yearly), (0, 1));
    }

    #[test]
    fn what_has_only_dates_has_as_its_week_the_one_that_covers_most_days() {
        let row = |time: &str, from: &str, to: &str| {
            format!(
                r#"{{"byday":"MO","opens_at":"{time}","closes_at":"12:00","valid_from":"{from}","valid_to":"{to}"}}"#
            )
        };
        let rows = [
            row("09:00", "2026-01-01", "2026-06-30"),
            row("08:00", "2026-07-01", "2026-08-31"),
            row("09:00", "2026-09-01", "2027-06-30"),
            row("08:00", "2027-07-01", "2027-08-31"),
        ];
        let (text, left, yearly) = hours(&format!("[{}]", rows.join(",")));
        assert_eq!((text.as_str(), left.len(), yearly), ("Mo 09:00-12:00; Jul-Aug Mo 08:00-12:00", 0, 0));
    }

    #[test]
    fn times_may_overlap_run_past_midnight_and_be_by_appointment() {
        let row = |day: &str, opens: &str, closes: &str, more: &str| {
            format!(r#"{{"byday":"{day}","opens_at":"{opens}","closes_at":"{closes}"{more}}}"#)
        };
        let rows = [
            row("TH", "09:00", "12:00", ""),
            row("TH", "11:00", "13:00", ""),
            row("MO", "20:00", "00:00", ""),
            row("TU", "00:00", "00:00", ""),
            row("WE", "22:00", "02:00", ""),
            row("FR", "14:00", "15:00", r#","attending_type":"预约开放""#),
        ];
        let (text, left, _) = hours(&format!("[{}]", rows.join(",")));
        let said = osm::read(&text).unwrap();
        let of = |day| said.weekly.on(day).clone();
        assert_eq!(of(Weekday::Thursday), Intervals::read("09:00-13:00").unwrap());
        assert_eq!(of(Weekday::Monday), Intervals::read("20:00-24:00").unwrap());
        assert_eq!(of(Weekday::Tuesday), Intervals::read("00:00-24:00").unwrap());
        assert_eq!(of(Weekday::Wednesday), Intervals::read("22:00-02:00").unwrap());
        assert!(of(Weekday::Friday).openings().iter().all(|opening| opening.by_appointment));
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn what_no_hours_can_say_is_handed_out_with_why() {
        let rows = r#"[{"byday":"MO","opens_at":"09:00","closes_at":"12:00"},
            {"freq":"MONTHLY","byday":"1SA","opens_at":"09:00","closes_at":"12:00"},
            {"freq":"WEEKLY","interval":2,"byday":"TU","opens_at":"09:00","closes_at":"12:00"},
            {"byday":"TU","opens_at":"09:00"}, {"description":"on request"},
            {"byday":"WE","opens_at":"09:00","closes_at":"12:00","valid_from":"2026-13-01"},
            {"byday":"WE","opens_at":"09:00","closes_at":"12:00","valid_from":"2027-01-01"}]"#;
        let (text, left, _) = hours(rows);
        assert_eq!(text, "Mo 09:00-12:00");
        let why =
            ["schedule-rule", "schedule-rule", "schedule-times", "schedule-days", "schedule-dates", "schedule-open"];
        assert_eq!(left, why);
        assert_eq!(excepted("Open late 2026-12-24"), BTreeSet::new());
    }
}

//! A service with schedules → activities as an editor would have written them: one for each rule.
//!
//! Days are in words where we have some (`周二`, `first sat`), else a rule of RFC 5545, which is then counted from the first
//! day of the activity's own period. Dates that do not count are cancelled, with why if that is said; single dates are
//! extra sessions, and so is one that is given although the hours of its place would drop it.

use serde_yaml::{Mapping, Value};

use super::super::known::{Known, called};
use super::super::programme;
use super::plan::{Plan, Recurring};
use super::schedule::Days;
use super::service::{Rest, Service, run_on};
use crate::calendar::{
    Date, DateSpan, HolidayCalendar, Moment, OpeningHours, Pattern, TimeRange, WeekOfMonth, WeekdaySet, weekday_code,
};
use crate::content::{LanguageTag, PhoneNumber};

/// The longest reason for a session that is cancelled, in characters.
const LONGEST_REASON: usize = 100;

/// What is known of the place of an activity.
pub(super) struct Setting<'a> {
    pub(super) first: &'a LanguageTag,
    pub(super) hours: Option<&'a OpeningHours>,
    pub(super) calendar: &'a HolidayCalendar,
    /// The period of rules without one.
    pub(super) usual: DateSpan,
}

/// An activity and its period.
#[derive(Debug)]
pub(super) struct Activity {
    pub(super) record: Mapping,
    pub(super) valid: DateSpan,
    /// Whether its rule is counted from the first day of its period.
    pub(super) is_counted: bool,
}

/// Words that are written into records, in the site's first language: Chinese, or else English.
pub(super) fn word(first: &LanguageTag, chinese: &'static str, english: &'static str) -> &'static str {
    if first.is_chinese() { chinese } else { english }
}

/// The activities of a service: when it is given, and nothing of what it is.
pub(super) fn activities(plan: &Plan, setting: &Setting<'_>) -> Vec<Activity> {
    let mut found: Vec<(TimeRange, Activity)> = Vec::new();
    let mut single: Vec<Moment> = plan.single.iter().copied().collect();
    for rule in &plan.rules {
        match of_rule(rule, setting) {
            Some(activity) => found.push((rule.time, activity)),
            None => {
                let held = rule.dates(setting.usual).into_iter().filter(|date| rule.holds_on(*date));
                single.extend(held.map(|date| Moment { date, time: rule.time }));
            }
        }
    }
    single.sort_unstable();
    single.dedup();
    if found.is_empty() {
        let Some(first) = single.first().copied() else { return Vec::new() };
        single.remove(0);
        let when = format!("{} {}", first.date, String::from(first.time));
        let record = Mapping::from_iter([(Value::from("when"), Value::from(when))]);
        let valid = DateSpan::new(first.date, first.date).unwrap_or(setting.usual);
        found.push((first.time, Activity { record, valid, is_counted: false }));
    }
    for moment in single {
        let place = found.iter().position(|(time, _)| *time == moment.time).unwrap_or(0);
        let Some((_, activity)) = found.get_mut(place) else { continue };
        if let Some(list) = list_of(&mut activity.record, "extra") {
            list.push(extra(moment, None));
        }
        activity.valid = hull(activity.valid, moment.date);
    }
    found.into_iter().map(|(_, activity)| activity).collect()
}

/// The list under a key, which is made if it is not there.
pub(super) fn list_of<'m>(record: &'m mut Mapping, key: &str) -> Option<&'m mut Vec<Value>> {
    record.entry(key.into()).or_insert_with(|| Value::Sequence(Vec::new())).as_sequence_mut()
}

fn hull(span: DateSpan, date: Date) -> DateSpan {
    DateSpan::new(span.first().min(date), span.last().max(date)).unwrap_or(span)
}

/// A rule as an activity; nothing if `when` cannot say it, or if it falls on no day.
fn of_rule(rule: &Recurring, setting: &Setting<'_>) -> Option<Activity> {
    let mut valid = rule.period(setting.usual)?;
    let dates = rule.dates(setting.usual);
    dates.first()?;
    let (days, is_counted) = match &rule.days {
        Days::Weekly(days) => (programme::days(*days, !setting.first.is_chinese()), false),
        Days::Patterns(patterns) => days_of(patterns, setting.first)?,
        Days::Counted(counted) => {
            let (first, last) = rule.reckoned_anew(counted, setting.usual)?;
            let first = valid.first().max(first);
            valid = DateSpan::new(first, valid.last().max(last))?;
            (format!("RRULE:{}", counted.rule), true)
        }
        Days::Dates(_) => return None,
    };
    let mut record = Mapping::new();
    record.insert("when".into(), format!("{days} {}", String::from(rule.time)).into());
    let cancelled = cancelled(rule, &dates, setting);
    if !cancelled.is_empty() {
        record.insert("exceptions".into(), cancelled.into());
    }
    let drops = |date: Date| setting.hours.is_some_and(|hours| hours.drops(date, &rule.time, setting.calendar));
    let usual = word(setting.first, "照常", "As usual");
    let kept = dates.iter().filter(|date| rule.holds_on(**date) && drops(**date));
    let kept: Vec<Value> = kept.map(|date| extra(Moment { date: *date, time: rule.time }, Some(usual))).collect();
    if !kept.is_empty() {
        record.insert("extra".into(), kept.into());
    }
    Some(Activity { record, valid, is_counted })
}

/// Days that recur in another way than weekly, in words if we have some, and whether they are a rule that is counted.
pub(super) fn days_of(patterns: &[Pattern], first: &LanguageTag) -> Option<(String, bool)> {
    let in_chinese = first.is_chinese();
    let days = |days: WeekdaySet| programme::days(days, !in_chinese);
    if let [pattern] = patterns {
        let words = match pattern {
            Pattern::OddWeeks(of) => format!("{} {}", word(first, "单周", "odd weeks"), days(*of)),
            Pattern::EvenWeeks(of) => format!("{} {}", word(first, "双周", "even weeks"), days(*of)),
            Pattern::MonthDay(_) if in_chinese => pattern.to_string(),
            Pattern::Monthly(week, day) => {
                let day = days(WeekdaySet::only(*day));
                if in_chinese {
                    format!("每月{}{day}", nth_in_words(*week, true)?)
                } else {
                    format!("{} {day}", nth_in_words(*week, false)?)
                }
            }
            _ => return rule_of(patterns).map(|rule| (rule, true)),
        };
        return Some((words, false));
    }
    rule_of(patterns).map(|rule| (rule, true))
}

/// Several days of each month as one rule.
fn rule_of(patterns: &[Pattern]) -> Option<String> {
    let by_day = patterns.iter().map(|pattern| match pattern {
        Pattern::Monthly(WeekOfMonth::Nth(nth), day) => Some(format!("{nth}{}", weekday_code(*day))),
        Pattern::Monthly(WeekOfMonth::Last, day) => Some(format!("-1{}", weekday_code(*day))),
        _ => None,
    });
    let by_date = patterns.iter().map(|pattern| match pattern {
        Pattern::MonthDay(day) => Some(day.to_string()),
        _ => None,
    });
    let by_day: Option<Vec<String>> = by_day.collect();
    let by_date: Option<Vec<String>> = by_date.collect();
    let part = |name: &str, items: Vec<String>| format!("RRULE:FREQ=MONTHLY;{name}={}", items.join(","));
    by_day.map(|items| part("BYDAY", items)).or_else(|| by_date.map(|items| part("BYMONTHDAY", items)))
}

/// `第一个`, `last`.
pub(super) fn nth_in_words(week: WeekOfMonth, in_chinese: bool) -> Option<&'static str> {
    const WORDS: [(&str, &str); 5] =
        [("第一个", "first"), ("第二个", "second"), ("第三个", "third"), ("第四个", "fourth"), ("第五个", "fifth")];
    let (chinese, english) = match week {
        WeekOfMonth::Last => ("最后一个", "last"),
        WeekOfMonth::Nth(nth) => *WORDS.get(usize::try_from(nth).ok()?.checked_sub(1)?)?,
    };
    Some(if in_chinese { chinese } else { english })
}

/// The dates of a rule on which it is not given, with why: those that follow each other in the rule for one reason as one
/// span.
fn cancelled(rule: &Recurring, dates: &[Date], setting: &Setting<'_>) -> Vec<Value> {
    let mut found: Vec<(DateSpan, String)> = Vec::new();
    let mut is_open = false;
    for date in dates {
        if rule.holds_on(*date) {
            is_open = true;
            continue;
        }
        let why: Option<String> = rule.reason(*date).map(|why| why.chars().take(LONGEST_REASON).collect());
        let why = why.unwrap_or_else(|| word(setting.first, "本次暂停", "Not held").to_owned());
        match found.last_mut().filter(|(_, words)| !is_open && *words == why) {
            Some((span, _)) => *span = hull(*span, *date),
            None => found.extend(DateSpan::new(*date, *date).map(|span| (span, why))),
        }
        is_open = false;
    }
    let entry = |(span, why): (DateSpan, String)| {
        let entry = [(Value::from("on"), Value::from(String::from(span))), ("cancelled".into(), why.into())];
        Value::from(Mapping::from_iter(entry))
    };
    found.into_iter().map(entry).collect()
}

/// A session beside the usual ones.
fn extra(moment: Moment, why: Option<&str>) -> Value {
    let on = format!("{} {}", moment.date, String::from(moment.time));
    let mut entry = Mapping::from_iter([(Value::from("on"), Value::from(on))]);
    entry.extend(why.map(|why| (Value::from("why"), Value::from(why))));
    entry.into()
}

/// What a service is, beside when it is given: the keys of an activity, and the fields that have no place in one.
pub(super) fn details(service: &Service, known: &Known) -> (Mapping, Rest) {
    let mut record = Mapping::new();
    let mut rest = service.rest.clone();
    let mut say = |key: &str, value: Value| _ = record.insert(key.into(), value);
    if !service.description.is_empty() {
        say("summary", run_on(&service.description).into());
    }
    let (audience, words) = audience(service, known);
    if !audience.is_empty() {
        say("audience", audience.into());
    }
    if !words.is_empty() {
        rest.push(("eligibility_description", words.join(" ")));
    }
    if let Some(team) = service.organization.as_ref().and_then(|name| called(&known.teams, name)) {
        say("led_by", team.into());
    }
    if let Some(cost) = &service.cost {
        say("cost", cost.as_str().into());
    }
    let mut booking = service.process.clone();
    for (words, number) in &service.phones {
        match PhoneNumber::read(number) {
            Ok(_) => {
                let about = words.as_deref().unwrap_or_else(|| word(&known.first, "电话", "Telephone"));
                booking.push(format!("{about} {number}"));
            }
            Err(_) => rest.push(("phones", number.clone())),
        }
    }
    if !booking.is_empty() {
        say("booking", booking.join(word(&known.first, "；", "; ")).into());
    }
    if let Some(places) = service.capacity {
        say("places", places.into());
    }
    rest.extend(service.of_entitlements());
    (record, rest)
}

/// The audiences of the site that a service names, and the words of whom it is for that name none alone.
pub(super) fn audience(service: &Service, known: &Known) -> (Vec<String>, Vec<String>) {
    let mut ids: Vec<String> = Vec::new();
    let mut add = |id: &str| {
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    };
    let codes = service.codes.iter().filter_map(|code| code.strip_prefix("audience/"));
    codes.filter_map(|id| called(&known.audiences, id)).for_each(&mut add);
    let mut words = Vec::new();
    for line in &service.eligibility {
        let named: Option<Vec<&str>> =
            super::super::table::names(line).map(|name| called(&known.audiences, name)).collect();
        match named {
            Some(named) => named.into_iter().for_each(&mut add),
            None => words.push(line.clone()),
        }
    }
    (ids, words)
}

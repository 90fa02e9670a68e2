//! Days that recur, in words.

use crate::calendar::{Date, DateSpan, Pattern, WeekOfMonth};
use crate::site::Edition;

/// How many dates are named of a rule that is too free for words.
const DATES: usize = 3;

/// A pattern in words, without the weekdays of one that is weekly: those are the column's or the row's to say.
/// `valid` is the period for which it holds.
pub(super) fn pattern_in_words(edition: &Edition<'_>, pattern: &Pattern, valid: DateSpan) -> Option<String> {
    let wording = edition.wording;
    let week = |term: &str, week: &WeekOfMonth| match week {
        WeekOfMonth::Nth(nth) => format!("{term}.{nth}"),
        WeekOfMonth::Last => format!("{term}.last"),
    };
    match pattern {
        Pattern::Weekly(_) => None,
        Pattern::OddWeeks(_) => Some(wording.term("weeks.odd").to_owned()),
        Pattern::EvenWeeks(_) => Some(wording.term("weeks.even").to_owned()),
        Pattern::Monthly(nth, day) => Some(wording.say(&week("month", nth), &[("weekday", wording.weekday(*day))])),
        Pattern::MonthDay(day) => Some(wording.say("month.day", &[("day", &day.to_string())])),
        Pattern::Workday(nth) => Some(wording.term(&week("workday", nth)).to_owned()),
        Pattern::Once(date) => Some(wording.weekday_day(*date)),
        Pattern::Rule(rule) => {
            let from_today = DateSpan::new(edition.site.today.max(valid.first()), valid.last())?;
            let dates = rule.dates(valid.first(), from_today);
            let shown = wording.list(dates.iter().take(DATES).map(|date| wording.short_day(*date)));
            let more = if dates.len() > DATES { "…" } else { "" };
            (!shown.is_empty()).then(|| format!("{shown}{more}"))
        }
    }
}

/// A pattern in words, weekdays included.
pub(crate) fn days_in_words(edition: &Edition<'_>, pattern: &Pattern) -> String {
    let wording = edition.wording;
    let year_ahead = edition.site.today.checked_add(jiff::Span::new().days(366)).unwrap_or(Date::MAX);
    let valid = DateSpan::new(edition.site.today, year_ahead);
    let words = valid.and_then(|valid| pattern_in_words(edition, pattern, valid));
    match (pattern, words) {
        (Pattern::OddWeeks(days) | Pattern::EvenWeeks(days), Some(weeks)) => {
            wording.say("weeks.days", &[("weeks", &weeks), ("weekdays", &wording.weekdays(*days))])
        }
        (Pattern::Weekly(days), _) => wording.weekdays(*days),
        (_, words) => words.unwrap_or_default(),
    }
}

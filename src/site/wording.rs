//! The words and date patterns of the interface in one language, as a theme's `i18n/LANGUAGE.yaml` has them.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Deserialize;

use super::lunar::LunarPatterns;
use super::unreviewed::Unreviewed;

use crate::calendar::{Date, DateSpan, Intervals, Opening, RoughDate, TimeRange, Weekday, WeekdaySet, WeeklyLines};

/// The interface in one language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// How dates are written.
    pub dates: DatePatterns,
    /// Names of enumerated values and phrases that views are made of, e.g. `amenity.tea`. `{name}` is filled in.
    pub terms: HashMap<String, String>,
    /// Everything that templates say themselves; they see it as `t`.
    pub labels: BTreeMap<String, String>,
    /// Words of the same meaning, one list a meaning, for the site's search.
    #[serde(default)]
    pub synonyms: Vec<Vec<String>>,
    /// How dates of the Chinese lunar calendar are written; without it they are not shown in this language.
    #[serde(default)]
    pub lunar: Option<LunarPatterns>,
    /// What no native reader has checked.
    #[serde(default)]
    pub unreviewed: Unreviewed,
    /// Strings that the file lacks and that another one's stand in for.
    #[serde(skip)]
    pub missing: Vec<String>,
}

/// How dates are written. `{y}`, `{m}`, `{d}`, `{month}`, `{weekday}`, `{from}`, `{until}` are filled in.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatePatterns {
    /// A day of a year.
    pub day: String,
    /// A day without its year.
    pub short: String,
    /// A day without its year, with its weekday.
    pub short_weekday: String,
    /// A month of a year.
    pub month: String,
    /// A year.
    pub year: String,
    /// From one date or weekday to another.
    pub range: String,
    /// The names of the months, for `{month}`; empty where months are numbered.
    #[serde(default)]
    pub months: Vec<String>,
    /// The weekdays, Monday first.
    pub weekdays: Vec<String>,
    /// The weekdays as they head a column, Monday first.
    pub weekdays_short: Vec<String>,
    /// What stands between the items of a list, e.g. 、.
    pub list: String,
    /// What stands between the intervals of a day, e.g. ，.
    pub times: String,
}

/// Fills `{name}` in a phrase.
pub(crate) fn fill(phrase: &str, arguments: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, after)) => {
                filled.push_str(arguments.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text));
                rest = after;
            }
            None => rest = after,
        }
    }
    filled.push_str(rest);
    filled
}

impl Wording {
    /// A term; its own name where the language lacks it.
    pub fn term<'a>(&'a self, name: &'a str) -> &'a str {
        self.terms.get(name).map_or(name, String::as_str)
    }

    /// A term with words filled in.
    pub fn say(&self, name: &str, arguments: &[(&str, &str)]) -> String {
        fill(self.term(name), arguments)
    }

    /// A term that counts something; `NAME.one` is taken for one, where the language has it.
    pub fn count(&self, name: &str, n: usize) -> String {
        let one = format!("{name}.one");
        let name = if n == 1 && self.terms.contains_key(&one) { &one } else { name };
        self.say(name, &[("n", &n.to_string())])
    }

    fn pattern(&self, pattern: &str, date: Date) -> String {
        let (y, m, d) = (date.year().to_string(), date.month().to_string(), date.day().to_string());
        let month =
            usize::try_from(date.month() - 1).ok().and_then(|n| self.dates.months.get(n)).map_or("", String::as_str);
        let weekday = self.weekday(date.weekday());
        fill(pattern, &[("y", &y), ("m", &m), ("d", &d), ("month", month), ("weekday", weekday)])
    }

    /// A day of a year: 2026年10月1日.
    pub fn day(&self, date: Date) -> String {
        self.pattern(&self.dates.day, date)
    }

    /// A day without its year: 10月1日.
    pub fn short_day(&self, date: Date) -> String {
        self.pattern(&self.dates.short, date)
    }

    /// A day with its weekday: 10月1日 周四.
    pub fn weekday_day(&self, date: Date) -> String {
        self.pattern(&self.dates.short_weekday, date)
    }

    /// A date of reduced precision.
    pub fn rough(&self, date: RoughDate) -> String {
        match date {
            RoughDate::Year(year) => {
                Date::new(year, 1, 1).map(|date| self.pattern(&self.dates.year, date)).unwrap_or_default()
            }
            RoughDate::Month(year, month) => {
                Date::new(year, month, 1).map(|date| self.pattern(&self.dates.month, date)).unwrap_or_default()
            }
            RoughDate::Day(date) => self.day(date),
        }
    }

    /// From one thing to another.
    pub fn range(&self, from: &str, until: &str) -> String {
        fill(&self.dates.range, &[("from", from), ("until", until)])
    }

    /// One day or a span of days, the year said once if it is the same.
    pub fn span(&self, span: DateSpan) -> String {
        let (first, last) = (span.first(), span.last());
        if first == last {
            self.day(first)
        } else if first.year() == last.year() && self.dates.day.starts_with("{y}") {
            self.range(&self.day(first), &self.short_day(last))
        } else if first.year() == last.year() {
            self.range(&self.short_day(first), &self.day(last))
        } else {
            self.range(&self.day(first), &self.day(last))
        }
    }

    /// One day or a span of days of this or the next year, without the year.
    pub fn short_span(&self, span: DateSpan) -> String {
        if span.first() == span.last() {
            self.weekday_day(span.first())
        } else {
            self.range(&self.short_day(span.first()), &self.short_day(span.last()))
        }
    }

    /// One day or a span of days with their weekdays; with the year where one of them is not of this `year`.
    pub fn weekday_span(&self, span: DateSpan, year: i16) -> String {
        let (first, last) = (span.first(), span.last());
        if first.year() != year || last.year() != year {
            // The day with its weekday, and the day with its year: both in one pattern.
            let whole = self.dates.short_weekday.replace(&self.dates.short, &self.dates.day);
            return match first == last && whole.contains("{y}") {
                true => self.pattern(&whole, first),
                false => self.span(span),
            };
        }
        match first == last {
            true => self.weekday_day(first),
            false => self.range(&self.weekday_day(first), &self.weekday_day(last)),
        }
    }

    /// A weekday as it heads a column.
    pub fn weekday(&self, day: Weekday) -> &str {
        let number = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
        self.dates.weekdays_short.get(number).map_or("", String::as_str)
    }

    /// Weekdays, runs joined: 周一至周五、周日.
    pub fn weekdays(&self, days: WeekdaySet) -> String {
        if days == WeekdaySet::ALL {
            return self.term("every-day").to_owned();
        }
        let runs = days.runs().into_iter().flat_map(|(first, last)| {
            let (from, until) = (self.weekday(first), self.weekday(last));
            match last.to_monday_zero_offset() - first.to_monday_zero_offset() {
                0 => vec![from.to_owned()],
                1 => vec![from.to_owned(), until.to_owned()],
                _ => vec![self.range(from, until)],
            }
        });
        self.list(runs)
    }

    /// A list as the language joins it.
    pub fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        items.into_iter().collect::<Vec<_>>().join(&self.dates.list)
    }

    /// The intervals of a day, or that it is closed, or that it is open day and night.
    pub fn times(&self, intervals: &Intervals) -> String {
        match intervals.openings() {
            [] => self.term("closed").to_owned(),
            openings => {
                openings.iter().map(|opening| self.opening(opening)).collect::<Vec<_>>().join(&self.dates.times)
            }
        }
    }

    fn opening(&self, opening: &Opening) -> String {
        let time = &opening.time;
        let times = if *time == TimeRange::ALL_DAY {
            self.term("all-day").to_owned()
        } else if time.passes_midnight() {
            self.say("times.next-day", &[("from", &time.start().to_string()), ("until", &time.end().to_string())])
        } else {
            time.to_string()
        };
        match (opening.by_appointment, *time == TimeRange::ALL_DAY) {
            (true, true) => self.term("by-appointment").to_owned(),
            (true, false) => self.say("times.by-appointment", &[("times", &times)]),
            (false, _) => times,
        }
    }

    /// Weekdays with their times on one line: 周一至周五 11:30–14:00；周六 10:00–12:00.
    pub fn weekly_lines(&self, lines: &WeeklyLines) -> String {
        let line = |(days, times): &(WeekdaySet, Intervals)| format!("{} {}", self.weekdays(*days), self.times(times));
        lines.0.entries().iter().map(line).collect::<Vec<_>>().join(self.term("lines"))
    }
}

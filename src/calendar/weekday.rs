//! Weekdays as editors write them, and what holds on each.

use jiff::civil::Weekday;
use schemars::JsonSchema;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

use indexmap::IndexMap;

use super::intervals::Intervals;
use super::time::half_width;
use crate::diagnostics::{Code, Problem};

/// The weekdays, Monday first.
pub(super) const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Its two letters in a rule (RFC 5545 §3.3.10, `weekday`): `MO`.
pub fn weekday_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// One or more weekdays: `mon-fri`, `sat`, `周一至周五`, `周二、周四`, `周一、三、五`, `每天`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "weekdays"))]
pub struct WeekdaySet(#[schemars(with = "String")] u8);

impl WeekdaySet {
    /// No weekday, to begin with.
    pub const NONE: Self = Self(0);
    /// Monday to Sunday.
    pub const ALL: Self = Self(0b111_1111);

    /// Monday to Friday.
    pub const WORKDAYS: Self = Self(0b001_1111);

    /// One weekday alone.
    pub fn only(day: Weekday) -> Self {
        Self(1 << day.to_monday_zero_offset())
    }

    /// Whether the weekday is in the set.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & Self::only(day).0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The weekdays that both sets have.
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is no weekday in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The weekdays, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        WEEK.into_iter().filter(move |day| self.contains(*day))
    }

    /// Runs of weekdays in a row, Monday first, as `(first, last)`.
    pub fn runs(self) -> Vec<(Weekday, Weekday)> {
        let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
        for day in self.iter() {
            match runs.last_mut() {
                Some((_, last)) if *last != Weekday::Sunday && last.next() == day => *last = day,
                _ => runs.push((day, day)),
            }
        }
        runs
    }

    /// Reads names, lists and ranges of weekdays, in English or Chinese.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = closed_up(&half_width(text.trim())).to_lowercase();
        let problem = |part: &str| Problem::new(Code::NotAWeekday).with("text", part.trim());
        let mut set = Self::NONE;
        let mut after_week_word = false;
        for part in plain.split([',', '、', '和', ' ']).filter(|part| !part.is_empty()) {
            let days = match part {
                "每天" | "每日" | "天天" | "daily" => Self::ALL,
                "工作日" | "weekdays" => Self::WORKDAYS,
                "周末" | "双休日" | "weekend" | "weekends" => Self(0b110_0000),
                _ => match part.split_once(['-', '至', '到', '~']) {
                    Some((first, last)) => {
                        let first = name_of(first, after_week_word).ok_or_else(|| problem(part))?;
                        let last = name_of(last, true).ok_or_else(|| problem(part))?;
                        if first > last {
                            return Err(problem(part));
                        }
                        Self((first..=last).fold(0, |bits, day| bits | 1 << day))
                    }
                    None => match name_of(part, after_week_word) {
                        Some(day) => Self(1 << day),
                        None => together(part).ok_or_else(|| problem(part))?,
                    },
                },
            };
            if !set.common(days).is_empty() {
                return Err(Problem::new(Code::WeekdayTwice).with("text", text));
            }
            set = set.union(days);
            after_week_word |= part.contains('周') || part.contains("星期") || part.contains("礼拜");
        }
        if set.is_empty() { Err(problem(text)) } else { Ok(set) }
    }
}

/// Weekdays behind one 周: 周六日, 周二四.
fn together(part: &str) -> Option<WeekdaySet> {
    let names = ["每周", "周", "每星期", "星期", "礼拜"].iter().find_map(|word| part.strip_prefix(word))?;
    let mut set = WeekdaySet::NONE;
    for name in names.chars() {
        let day = WeekdaySet(1 << name_of(&name.to_string(), true)?);
        set = Some(set.union(day)).filter(|_| set.common(day).is_empty())?;
    }
    (!set.is_empty()).then_some(set)
}

/// A text without spaces round the word that joins two ends: `周一 至 周五` as `周一至周五`.
pub(super) fn closed_up(text: &str) -> String {
    let mut made = text.to_owned();
    for word in ["至", "到", "~"] {
        for spaced in [format!(" {word} "), format!(" {word}"), format!("{word} ")] {
            made = made.replace(&spaced, word);
        }
    }
    made
}

/// The weekday of a name, Monday 0; a bare 三 counts only after 周.
fn name_of(name: &str, bare: bool) -> Option<u8> {
    let name = name.trim();
    let (name, bare) = match ["每周", "周", "每星期", "星期", "礼拜"].iter().find_map(|word| name.strip_prefix(word))
    {
        Some(rest) => (rest, true),
        None => (name, bare),
    };
    if bare {
        let position = ["一", "二", "三", "四", "五", "六", "日"].iter().position(|d| *d == name);
        if position.is_some() || name == "天" {
            return position.or(Some(6)).and_then(|day| u8::try_from(day).ok());
        }
    }
    const NAMES: [(&str, &str); 7] = [
        ("mon", "monday"),
        ("tue", "tuesday"),
        ("wed", "wednesday"),
        ("thu", "thursday"),
        ("fri", "friday"),
        ("sat", "saturday"),
        ("sun", "sunday"),
    ];
    NAMES.iter().position(|(short, long)| name == *short || name == *long).and_then(|day| u8::try_from(day).ok())
}

/// A weekday as content, addresses and the catalogue of messages write it: `mon`.
pub fn weekday_word(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

impl TryFrom<String> for WeekdaySet {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<WeekdaySet> for String {
    fn from(set: WeekdaySet) -> String {
        let runs = set.runs().into_iter().map(|(first, last)| {
            let (from, to) = (weekday_word(first), weekday_word(last));
            if first == last { from.to_owned() } else { format!("{from}-{to}") }
        });
        runs.collect::<Vec<_>>().join(",")
    }
}

/// What holds on each weekday: `{mon-fri: "08:30-12:00, 14:30-18:00", sat: "09:00-12:00"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(into = "IndexMap<WeekdaySet, Intervals>")]
#[schemars(with = "IndexMap<String, Intervals>", extend("propertyNames" = {"format": "weekdays"}))]
pub struct Weekly {
    entries: Vec<(WeekdaySet, Intervals)>,
}

impl Weekly {
    /// Entries in the order written; no weekday may occur twice.
    pub fn new(entries: impl IntoIterator<Item = (WeekdaySet, Intervals)>) -> Result<Self, Problem> {
        let entries: Vec<_> = entries.into_iter().collect();
        let mut seen = WeekdaySet::NONE;
        for (days, _) in &entries {
            if !seen.common(*days).is_empty() {
                return Err(Problem::new(Code::WeekdayTwice).with("text", &String::from(*days)));
            }
            seen = seen.union(*days);
        }
        Ok(Self { entries })
    }

    /// The intervals of a weekday; a weekday that is not named is closed.
    pub fn on(&self, day: Weekday) -> &Intervals {
        const CLOSED: &Intervals = &Intervals::CLOSED;
        self.entries.iter().find(|(days, _)| days.contains(day)).map_or(CLOSED, |(_, intervals)| intervals)
    }

    /// The entries in the order written.
    pub fn entries(&self) -> &[(WeekdaySet, Intervals)] {
        &self.entries
    }
}

impl<'de> Deserialize<'de> for Weekly {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Weekly;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("weekdays with their times")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Weekly, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Weekly::new(entries).map_err(serde::de::Error::custom)
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl From<Weekly> for IndexMap<WeekdaySet, Intervals> {
    fn from(weekly: Weekly) -> Self {
        weekly.entries.into_iter().collect()
    }
}

/// Weekly hours on one line: days and times, e.g. `mon-fri 11:30-14:00`, several joined by `;`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("format" = "weekly-lines"))]
pub struct WeeklyLines(pub Weekly);

impl WeeklyLines {
    /// Reads weekdays, a space, and times, and after a `;` more of them.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim());
        let entries = plain.split(';').filter(|line| !line.trim().is_empty()).map(|line| {
            let (days, times) =
                line.trim().split_once(' ').ok_or_else(|| Problem::new(Code::NotAWhen).with("text", text))?;
            Ok((WeekdaySet::read(days)?, Intervals::read(times)?))
        });
        let entries = entries.collect::<Result<Vec<_>, Problem>>()?;
        if entries.is_empty() {
            return Err(Problem::new(Code::NotAWhen).with("text", text));
        }
        Weekly::new(entries).map(Self)
    }
}

impl TryFrom<String> for WeeklyLines {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<WeeklyLines> for String {
    fn from(lines: WeeklyLines) -> String {
        let entries = lines.0.entries.into_iter();
        let lines = entries.map(|(days, times)| format!("{} {}", String::from(days), String::from(times)));
        lines.collect::<Vec<_>>().join("; ")
    }
}

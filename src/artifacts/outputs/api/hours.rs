//! When a centre is open, as the rules that its editor wrote; what comes of them on each day is in `hours.json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::naming::below;
use super::parts::{Days, IsoDate, OpenTime, WeekTimes, Words, Writer, date, days, times, week};
use crate::calendar::HolidayRule;
use crate::content::{self, Centre, HolidayHours, MakeupHours, Record};
use crate::site::Address;

/// When a place is open. The rule of an ordinary week; what holds on a date, holidays included, is in `days`.
#[derive(Serialize, JsonSchema)]
pub(super) struct Hours {
    /// The hours of an ordinary week; a weekday that is not named is closed.
    weekly: Vec<WeekTimes>,
    /// Parts of the year with hours of their own.
    seasons: Vec<Season>,
    /// Days that recur in another way than weekly; the first that fits holds.
    recurring: Vec<RecurringHours>,
    /// What happens on public holidays.
    holidays: OnHolidays,
    /// What happens on holidays of the area; nothing where that is the same as on public ones.
    local_holidays: Option<OnHolidays>,
    /// What happens on make-up workdays.
    makeup_workdays: MakeupHours,
    /// Single days that differ; the first that fits holds, before everything else.
    exceptions: Vec<HoursException>,
    /// The last day on which the rule is known to hold but for the days of `days`: public holidays after it are not
    /// announced. Nothing where they make no difference, or where not even this year's are announced.
    announced_until: Option<IsoDate>,
    /// The file with each of the coming 60 days written out, absolute.
    days: String,
    /// The hours of the coming 60 days as a value of OpenStreetMap's `opening_hours`.
    osm: String,
}

/// A part of the year with hours of its own.
#[derive(Serialize, JsonSchema)]
struct Season {
    /// What it is called.
    name: Option<Words>,
    /// Its first day in each year: `07-01`.
    from: String,
    /// Its last day in each year; before `from`, it lies across the new year.
    to: String,
    /// The hours of a week in it.
    weekly: Vec<WeekTimes>,
}

/// Days that recur in another way than weekly and have hours of their own.
#[derive(Serialize, JsonSchema)]
struct RecurringHours {
    /// The days, as the editor wrote them.
    on: String,
    /// The open times; none means closed.
    times: Vec<OpenTime>,
    /// Why.
    why: Option<Words>,
}

/// What happens on holidays.
#[derive(Serialize, JsonSchema)]
struct OnHolidays {
    /// The rule.
    rule: OnHolidaysRule,
    /// The open times, where it has hours of its own.
    times: Vec<OpenTime>,
}

/// What a rule for holidays says.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum OnHolidaysRule {
    /// Closed.
    Closed,
    /// Open as on any other day.
    Open,
    /// Open at times of its own.
    Hours,
}

/// A day or days that differ.
#[derive(Serialize, JsonSchema)]
struct HoursException {
    /// The days.
    days: Days,
    /// The open times; none means closed.
    times: Vec<OpenTime>,
    /// Why.
    why: Option<Words>,
}

/// The hours of a centre.
pub(super) fn hours(writer: Writer<'_, '_>, record: &Record<Centre>, hours: &content::Hours) -> Hours {
    let site = writer.first.site;
    let file = format!("centres/{}/hours.json", record.id);
    Hours {
        weekly: week(&hours.weekly),
        seasons: hours.seasons.iter().map(|found| season(writer, found)).collect(),
        recurring: hours
            .recurring
            .iter()
            .map(|found| RecurringHours {
                on: found.on.0.to_string(),
                times: times(&found.hours),
                why: writer.maybe(found.why.as_ref()),
            })
            .collect(),
        holidays: on_holidays(&hours.holidays),
        local_holidays: hours.local_holidays.as_ref().map(on_holidays),
        makeup_workdays: hours.makeup_workdays,
        exceptions: hours
            .exceptions
            .iter()
            .map(|found| HoursException {
                days: days(found.on),
                times: times(&found.hours),
                why: writer.maybe(found.why.as_ref()),
            })
            .collect(),
        announced_until: site.announced(site.hours(&record.id)).until().map(date),
        days: below(site, &Address::new(file).encoded()),
        osm: site.osm_by_rule(&record.id).unwrap_or_default().to_owned(),
    }
}

fn season(writer: Writer<'_, '_>, season: &content::Season) -> Season {
    Season {
        name: writer.maybe(season.name.as_ref()),
        from: String::from(season.from),
        to: String::from(season.to),
        weekly: week(&season.weekly),
    }
}

fn on_holidays(hours: &HolidayHours) -> OnHolidays {
    let (rule, times) = match &hours.0 {
        HolidayRule::Closed => (OnHolidaysRule::Closed, Vec::new()),
        HolidayRule::Open => (OnHolidaysRule::Open, Vec::new()),
        HolidayRule::Hours(intervals) => (OnHolidaysRule::Hours, times(intervals)),
    };
    OnHolidays { rule, times }
}

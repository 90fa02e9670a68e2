//! Opening hours and sessions that begin before dawn: half past two in the afternoon, written 2:30.
//!
//! From one to five at night is said always, from five to six only beside another interval of the day after which the
//! time in the afternoon would lie: some places do open at half past five. What runs all day or over midnight is meant, and
//! so is a session while its centre is open.

use super::{LazyPlaces, title};
use crate::calendar::{At, HolidayRule, Intervals, TimeRange, Weekly};
use crate::diagnostics::{Code, Diagnostic, Edit, Place, Problem};
use crate::site::Site;
use crate::source::yaml::Step;

/// In minutes: who is open as long as this means the night.
const ALMOST_A_DAY: u16 = 23 * 60;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.centres {
        let Some(hours) = &record.value.hours else { continue };
        let places = LazyPlaces::of(site, &record.origin);
        let what = title(site, &record.value.name);
        let mut look = |intervals: &Intervals, steps: &[Step]| {
            if let Some((time, meant)) = early(intervals) {
                diagnostics.push(found(site, what, (time, meant), places.at(steps)));
            }
        };
        let week = |weekly: &Weekly| {
            weekly.entries().iter().map(|(_, intervals)| intervals.clone()).find(|intervals| early(intervals).is_some())
        };
        if let Some(found) = week(&hours.weekly) {
            look(&found, &["hours".into(), "weekly".into()]);
        }
        if let HolidayRule::Hours(intervals) = &hours.holidays.0 {
            look(intervals, &["hours".into(), "holidays".into()]);
        }
        for (number, season) in hours.seasons.iter().enumerate() {
            if let Some(found) = week(&season.weekly) {
                look(&found, &["hours".into(), "seasons".into(), number.into(), "weekly".into()]);
            }
        }
        for (number, days) in hours.recurring.iter().enumerate() {
            look(&days.hours, &["hours".into(), "recurring".into(), number.into(), "hours".into()]);
        }
        for (number, exception) in hours.exceptions.iter().enumerate() {
            look(&exception.hours, &["hours".into(), "exceptions".into(), number.into(), "hours".into()]);
        }
    }
    for record in &site.content.programmes {
        let places = LazyPlaces::of(site, &record.origin);
        // Where the centre is open then, the time is meant; if the centre's own hours are wrong, that is said of them.
        let hours = site.hours(&record.value.centre);
        let is_open =
            |time: &TimeRange| hours.is_some_and(|hours| hours.weekly.entries().iter().any(|day| day.1.covers(time)));
        let mut look = |what: &str, time: TimeRange, steps: &[Step]| {
            if is_open(&time) {
                return;
            }
            if let Some((time, meant)) = Intervals::new(vec![time]).as_ref().and_then(early) {
                diagnostics.push(found(site, what, (time, meant), places.at(steps)));
            }
        };
        for (name, time) in &record.value.slots {
            look(name, *time, &["slots".into(), name.as_str().into()]);
        }
        for (number, activity) in record.value.activities.iter().enumerate() {
            let what = title(site, &activity.title);
            let steps: [Step; 2] = ["activities".into(), number.into()];
            let below = |more: &[Step]| steps.iter().chain(more).cloned().collect::<Vec<_>>();
            if let At::Time(time) = activity.when.at {
                look(what, time, &below(&["when".into()]));
            }
            for (position, exception) in activity.exceptions.iter().enumerate() {
                if let Some(to) = exception.moved_to {
                    look(what, to.time, &below(&["exceptions".into(), position.into(), "moved_to".into()]));
                }
            }
            for (position, extra) in activity.extra.iter().enumerate() {
                look(what, extra.on.time, &below(&["extra".into(), position.into(), "on".into()]));
            }
        }
    }
    for record in &site.content.events {
        let Some((time, meant)) = record.value.time.and_then(|time| early(&Intervals::new(vec![time])?)) else {
            continue;
        };
        let place = record.origin.place(&site.texts, &["time".into()]);
        diagnostics.push(found(site, title(site, &record.value.title), (time, meant), place));
    }
}

/// An interval that begins before dawn, and when it would be in the afternoon.
fn early(intervals: &Intervals) -> Option<(TimeRange, Option<TimeRange>)> {
    let time = *intervals.ranges().find(|time| time.begins_before_dawn() && time.minutes() < ALMOST_A_DAY)?;
    let others = || intervals.ranges().filter(|other| **other != time);
    let meant = time.after_noon().filter(|meant| others().all(|other| other.overlap(meant).is_none()));
    let is_after = |meant: TimeRange| others().any(|other| other.end() <= meant.start());
    let is_plain = time.start().minutes() < 5 * 60 || meant.is_some_and(is_after);
    is_plain.then_some((time, meant))
}

fn found(site: &Site, what: &str, (time, meant): (TimeRange, Option<TimeRange>), place: Place) -> Diagnostic {
    let problem = Problem::new(Code::BeforeDawn)
        .with("what", what)
        .with("time", &time.start().to_string())
        .with_some("meant", meant.map(String::from).as_deref());
    let text = site.texts.get(&place.file).map_or("", |source| &source.text);
    let edit = meant.and_then(|meant| edit(text, time, meant));
    problem.at(place).mended_by(edit)
}

/// The mend, where the time stands once in the file: perhaps the night is meant.
fn edit(text: &str, time: TimeRange, meant: TimeRange) -> Option<Edit> {
    const JOINS: [&str; 7] = ["-", "~", "～", "—", "–", "至", "到"];
    let (written, meant) = (String::from(time), String::from(meant));
    let (start, end) = written.split_once('-')?;
    let (new_start, new_end) = meant.split_once('-')?;
    let forms = |part: &str| [part.to_owned(), part.strip_prefix('0').unwrap_or(part).to_owned()];
    let mut edits: Vec<Edit> = Vec::new();
    for (start, end, join) in forms(start)
        .iter()
        .flat_map(|start| forms(end).map(|end| (start.clone(), end)))
        .flat_map(|(start, end)| JOINS.map(|join| (start.clone(), end.clone(), join)))
    {
        let form = format!("{start}{join}{end}");
        edits.extend(text.match_indices(&form).filter_map(|(at, _)| {
            let range = at..at + form.len();
            let digit = |c: char| c.is_ascii_digit() || c == ':';
            let alone = !text.get(..at)?.ends_with(digit) && !text.get(range.end..)?.starts_with(digit);
            alone.then(|| Edit::guess(range, format!("{new_start}{join}{new_end}")))
        }));
    }
    edits.dedup();
    let one = edits.pop()?;
    edits.is_empty().then_some(one)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_at_night_is_told_from_an_afternoon_without_its_word() {
        let found = |text: &str| {
            early(&Intervals::read(text).unwrap()).map(|(time, meant)| (String::from(time), meant.map(String::from)))
        };
        assert_eq!(found("9:00-12:00, 2:30-5:00"), Some(("02:30-05:00".to_owned(), Some("14:30-17:00".to_owned()))));
        assert_eq!(found("2:30-5:00").unwrap().1.as_deref(), Some("14:30-17:00"));
        assert_eq!(found("8:00-11:00, 5:00-7:00").unwrap().1.as_deref(), Some("17:00-19:00"));
        for meant in ["9:00-12:00", "00:00-24:00", "20:00-次日06:00", "05:30-08:00", "0:30-4:00"] {
            assert_eq!(found(meant), None, "{meant}");
        }
    }

    #[test]
    fn the_afternoon_is_offered_where_the_time_stands_once() {
        let range = |text: &str| *Intervals::read(text).unwrap().ranges().next().unwrap();
        let mended = |text: &str| {
            let edit = edit(text, range("2:30-5:00"), range("14:30-17:00"))?;
            Some(text.replace(text.get(edit.range)?, &edit.replacement))
        };
        assert_eq!(mended("sat: 9:00-12:00, 2:30～5:00").as_deref(), Some("sat: 9:00-12:00, 14:30～17:00"));
        assert_eq!(mended("sat: 02:30-05:00, sun: 2:30-5:00"), None);
        assert_eq!(mended("sat: 12:30-5:00"), None);
    }
}

//! A time zone as iCalendar defines it (RFC 5545 §3.6.5), from the transitions of the IANA database.
//!
//! A zone whose offset does not change in the years of a calendar is one observance since 1970. One that changes gets
//! its transitions from the year before: as yearly rules where they follow one, which is the only form that every
//! program reads, and else one by one.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneTransition};

use super::text::{Text, civil};
use crate::calendar::{Date, DateSpan, DateTime};

/// A site's zone.
#[derive(Debug, Clone)]
pub(super) struct Zone {
    name: String,
    zone: TimeZone,
}

/// What holds from a transition on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Observance {
    daylight: bool,
    /// Seconds east of UTC before it.
    from: i32,
    /// Seconds east of UTC since it.
    to: i32,
    name: String,
}

impl Zone {
    pub(super) fn new(name: &str) -> Self {
        // A name that does not exist was reported when it was read.
        Self { name: name.to_owned(), zone: TimeZone::get(name).unwrap_or(TimeZone::UTC) }
    }

    /// Its name in the IANA database.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// A civil time as a UTC time: `20261124T013000Z`.
    pub(super) fn utc(&self, time: DateTime) -> String {
        let instant = self.zone.to_timestamp(time).unwrap_or(Timestamp::UNIX_EPOCH);
        let mut text = civil(TimeZone::UTC.to_datetime(instant));
        text.push('Z');
        text
    }

    /// Writes the zone as it is in the years of a span.
    pub(super) fn write(&self, years: DateSpan, text: &mut Text) {
        let day = |year: i16, month, day| Date::new(year, month, day).unwrap_or(years.first());
        let start = self.instant(day(years.first().year().saturating_sub(1), 1, 1));
        let end = self.instant(day(years.last().year().saturating_add(1), 12, 31));
        let transitions: Vec<TimeZoneTransition<'_>> =
            self.zone.following(start).take_while(|transition| transition.timestamp() <= end).collect();
        text.begin("VTIMEZONE");
        text.line("TZID", &self.name);
        let before = self.zone.to_offset_info(start);
        let first = transitions.first().map(|transition| self.zone.to_datetime(transition.timestamp()).date());
        if first.is_none_or(|first| first >= years.first()) {
            let (offset, name) = (before.offset().seconds(), before.abbreviation().to_owned());
            let observance = Observance { daylight: before.dst().is_dst(), from: offset, to: offset, name };
            write(&observance, DateTime::constant(1970, 1, 1, 0, 0, 0, 0), None, text);
        }
        let mut offset = before.offset().seconds();
        let mut groups: Vec<(Observance, Vec<DateTime>)> = Vec::new();
        for transition in &transitions {
            let to = transition.offset().seconds();
            let name = transition.abbreviation().to_owned();
            let observance = Observance { daylight: transition.dst().is_dst(), from: offset, to, name };
            // An observance begins at the civil time of the clocks before it.
            let at = jiff::tz::Offset::from_seconds(offset).map(|offset| offset.to_datetime(transition.timestamp()));
            offset = to;
            let Ok(at) = at else { continue };
            match groups.iter_mut().find(|(known, _)| *known == observance) {
                Some((_, times)) => times.push(at),
                None => groups.push((observance, vec![at])),
            }
        }
        for (observance, times) in groups {
            match (yearly(&times), times.first(), times.last()) {
                (Some(rule), Some(first), Some(last)) => {
                    let ends = last.year() <= years.last().year();
                    let until = jiff::tz::Offset::from_seconds(observance.from)
                        .and_then(|offset| offset.to_timestamp(*last))
                        .map(|instant| format!("{rule};UNTIL={}Z", civil(TimeZone::UTC.to_datetime(instant))));
                    let rule = until.ok().filter(|_| ends).unwrap_or(rule);
                    write(&observance, *first, Some(&rule), text);
                }
                _ => times.iter().for_each(|time| write(&observance, *time, None, text)),
            }
        }
        text.end("VTIMEZONE");
    }

    fn instant(&self, date: Date) -> Timestamp {
        self.zone.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// The yearly rule that times of consecutive years follow: the same time of the last, or the nth, such weekday of a
/// month.
fn yearly(times: &[DateTime]) -> Option<String> {
    let first = times.first()?;
    let nth = |time: &DateTime| (time.day() - 1) / 7 + 1;
    let is_last = |time: &DateTime| time.day() + 7 > time.days_in_month();
    let alike = (0..).zip(times).all(|(passed, time): (i16, _)| {
        (time.year() - first.year(), time.month(), time.weekday(), time.time())
            == (passed, first.month(), first.weekday(), first.time())
    });
    let week = match () {
        () if times.len() < 2 || !alike => return None,
        () if times.iter().all(is_last) => -1,
        () if times.iter().all(|time| nth(time) == nth(first)) => nth(first),
        () => return None,
    };
    let day = crate::calendar::weekday_code(first.weekday());
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={week}{day}", first.month()))
}

fn write(observance: &Observance, start: DateTime, rule: Option<&str>, text: &mut Text) {
    let component = if observance.daylight { "DAYLIGHT" } else { "STANDARD" };
    text.begin(component);
    text.line("DTSTART", &civil(start));
    if let Some(rule) = rule {
        text.line("RRULE", rule);
    }
    text.line("TZOFFSETFROM", &offset(observance.from));
    text.line("TZOFFSETTO", &offset(observance.to));
    text.line("TZNAME", &observance.name);
    text.end(component);
}

/// `+0800`.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(zone: &str, span: &str) -> String {
        let mut text = Text::default();
        Zone::new(zone).write(DateSpan::read(span).unwrap(), &mut text);
        text.into_string().replace("\r\n", "\n")
    }

    #[test]
    fn a_zone_without_summer_time_is_one_observance() {
        assert_eq!(
            written("Asia/Shanghai", "2026-09-01..2027-01-15"),
            "BEGIN:VTIMEZONE\nTZID:Asia/Shanghai\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0800\n\
             TZOFFSETTO:+0800\nTZNAME:CST\nEND:STANDARD\nEND:VTIMEZONE\n"
        );
    }

    #[test]
    fn berlin_changes_its_clocks_on_the_last_sundays_of_march_and_october() {
        assert_eq!(
            written("Europe/Berlin", "2026-09-01..2027-01-15"),
            "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\n\
             BEGIN:DAYLIGHT\nDTSTART:20250330T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZOFFSETFROM:+0100\n\
             TZOFFSETTO:+0200\nTZNAME:CEST\nEND:DAYLIGHT\n\
             BEGIN:STANDARD\nDTSTART:20251026T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0200\n\
             TZOFFSETTO:+0100\nTZNAME:CET\nEND:STANDARD\nEND:VTIMEZONE\n"
        );
    }

    #[test]
    fn a_second_sunday_is_counted_and_summer_time_that_was_given_up_ends() {
        assert!(written("America/New_York", "2026-01-01..2026-12-31").contains("BYMONTH=3;BYDAY=2SU\n"));
        let mexico = written("America/Mexico_City", "2021-01-01..2023-12-31");
        assert!(mexico.contains("BYMONTH=4;BYDAY=1SU;UNTIL=20220403T080000Z\n"), "{mexico}");
    }
}

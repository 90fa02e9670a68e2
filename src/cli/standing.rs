//! What a site that is linked knows of times, for [`crate::import`]: the hours of its centres and the sessions of its
//! activities, by date. Linking takes a while, so it is asked for only where a file may be another program's: boards and
//! lists of people name no such dates.

use super::{SiteArguments, prepare};
use crate::calendar::{Date, DateSpan, Moment};
use crate::content::{Centre, Id, Programme, Record};
use crate::diagnostics::Failure;
use crate::import::{KnownHours, KnownSessions, KnownTimes};
use crate::site::{Site, rule_of};

/// The hours and sessions of the site, as it stands on `today`.
pub(super) fn times(arguments: &SiteArguments, today: Date) -> Result<KnownTimes, Failure> {
    let prepared = prepare::read(arguments)?.prepare();
    let Some((site, _)) = prepared.linked else { return Ok(KnownTimes::on(today)) };
    Ok(KnownTimes {
        calendar: site.calendar().clone(),
        hours: site.content.centres.iter().filter_map(|centre| hours(&site, &centre.id)).collect(),
        sessions: site.content.programmes.iter().map(|record| sessions(&site, record)).collect(),
        ..KnownTimes::on(today)
    })
}

/// The hours of a centre, with the days that differ in the years that files of other programs tell of.
fn hours(site: &Site, id: &Id<Centre>) -> Option<(String, KnownHours)> {
    let rules = site.hours(id)?;
    let year = site.today.year();
    let span = Date::new(year - 1, 1, 1).ok().zip(Date::new(year + 2, 12, 31).ok());
    let span = span.and_then(|(first, last)| DateSpan::new(first, last));
    let special = span.map(|span| rules.special_days(span, site.calendar_of(id))).unwrap_or_default();
    let special = special.into_iter().map(|(date, state)| (date, state.intervals)).collect();
    Some((id.to_string(), KnownHours { rules: rules.clone(), special }))
}

/// The sessions of each activity of a programme, those on days outside its period among them.
fn sessions(site: &Site, record: &Record<Programme>) -> (String, Vec<KnownSessions>) {
    let programme = &record.value;
    let of_each = programme.activities.iter().map(|activity| {
        let Some(rule) = rule_of(programme, activity) else { return KnownSessions::default() };
        let moved = activity.exceptions.iter().filter_map(|exception| exception.moved_to).map(|to| to.date);
        let beside: Vec<Date> = moved.chain(rule.extra.iter().map(|extra| extra.date)).collect();
        let first = beside.iter().copied().fold(rule.valid.first(), Date::min);
        let last = beside.iter().copied().fold(rule.valid.last(), Date::max);
        let found = DateSpan::new(first, last).map(|window| site.sessions(programme, activity, window));
        let mut known = KnownSessions::default();
        for session in found.unwrap_or_default() {
            let of = if session.held { &mut known.held } else { &mut known.dropped };
            of.insert(Moment { date: session.date, time: session.time });
        }
        known
    });
    (record.id.to_string(), of_each.collect())
}

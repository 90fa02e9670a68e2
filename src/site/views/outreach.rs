//! A travelling service: its stops and date windows.

use serde::Serialize;

use super::centre::audiences;
use super::parts::{ContactView, Link, Local, contact};
use crate::content::{Outreach, Record};
use crate::site::Edition;

/// A travelling service.
#[derive(Debug, Clone, Serialize)]
pub struct OutreachView {
    /// Its page.
    pub link: Link,
    /// What comes, to whom, how.
    pub summary: Local,
    /// The area it travels in.
    pub area: Option<Link>,
    /// The team.
    pub led_by: Option<Link>,
    /// Whom it is for.
    pub audience: Vec<Local>,
    /// What it brings.
    pub brings: Vec<Local>,
    /// The policies explained on the way.
    pub policies: Vec<Link>,
    /// The stops that are not over, in order of their days.
    pub stops: Vec<StopView>,
    /// The stops that are over.
    pub past: Vec<StopView>,
    /// What happens in bad weather.
    pub weather_note: Option<Local>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
}

/// A stop.
#[derive(Debug, Clone, Serialize)]
pub struct StopView {
    /// The place.
    pub place: Local,
    /// The area it lies in.
    pub area: Option<Link>,
    /// The first day, ISO 8601.
    pub date: String,
    /// The last day, ISO 8601.
    pub last_day: String,
    /// The day or days in words.
    pub when: String,
    /// The time.
    pub time: Option<String>,
    /// Where it is, for a `geo:` link.
    pub geo: Option<String>,
    /// The languages spoken there, in words.
    pub languages: Vec<String>,
    /// Whether it comes only in good weather.
    pub weather_dependent: bool,
    /// What to know.
    pub note: Option<Local>,
    /// Why it is not held.
    pub cancelled: Option<Local>,
}

/// A travelling service's page, which is its card too.
pub(crate) fn outreach(edition: &Edition<'_>, record: &Record<Outreach>) -> OutreachView {
    let round = &record.value;
    let site = edition.site;
    let area = |id: &crate::content::Id<crate::content::Area>| {
        let entry = site.index.area.get(id).and_then(|n| site.index.areas.get(*n));
        entry.map(|entry| super::area::link(edition, entry))
    };
    let mut stops: Vec<_> = round.stops.iter().collect();
    stops.sort_by_key(|stop| stop.on);
    let view = |stop: &&crate::content::Stop| StopView {
        place: edition.local(&stop.place),
        area: stop.area.as_ref().and_then(area),
        date: stop.on.first().to_string(),
        last_day: stop.on.last().to_string(),
        when: if stop.on.first().year() == site.today.year() && stop.on.last().year() == site.today.year() {
            edition.wording.short_span(stop.on)
        } else {
            edition.span(stop.on)
        },
        time: stop.time.map(|time| time.to_string()),
        geo: stop.location.map(|point| format!("geo:{},{}", point.lat, point.lon)),
        languages: stop
            .languages
            .iter()
            .map(|tag| edition.wording.term(&format!("language.{tag}")).to_owned())
            .collect(),
        weather_dependent: stop.weather_dependent,
        note: edition.local_some(stop.note.as_ref()),
        cancelled: edition.local_some(stop.cancelled.as_ref()),
    };
    let (past, coming): (Vec<_>, Vec<_>) = stops.into_iter().partition(|stop| stop.on.last() < site.today);
    OutreachView {
        link: edition.link(record),
        summary: edition.local(&round.summary),
        area: round.area.as_ref().and_then(area),
        led_by: round
            .led_by
            .as_ref()
            .and_then(|id| site.index.team.get(id))
            .and_then(|n| site.content.teams.get(*n))
            .map(|team| edition.link(team)),
        audience: audiences(edition, &round.audience),
        brings: edition.locals(&round.brings),
        policies: round
            .policies
            .iter()
            .filter_map(|id| site.index.policy.get(id))
            .filter_map(|n| site.content.policies.get(*n))
            .map(|policy| edition.link(policy))
            .collect(),
        stops: coming.iter().map(view).collect(),
        past: past.iter().map(view).collect(),
        weather_note: edition.local_some(round.weather_note.as_ref()),
        contact: round.contact.as_ref().map(|c| contact(edition, c)),
    }
}

//! A volunteer team.

use serde::Serialize;

use super::centre::audiences;
use super::parts::{ContactView, FigureView, Link, Local, PictureView, contact, figures, pictures};
use super::programme::weekdays;
use crate::content::{Record, Team};
use crate::site::edition::BodyHtml;
use crate::site::{Address, Edition, time_of};

/// A team in a list.
#[derive(Debug, Clone, Serialize)]
pub struct TeamCard {
    /// Its page.
    pub link: Link,
    /// What it is there for.
    pub purpose: Local,
    /// The centre it works from.
    pub centre: Option<Link>,
    /// How many members it has, in words.
    pub size: Option<String>,
    /// When it can be met.
    pub when: Option<Local>,
}

/// A team's page.
#[derive(Debug, Clone, Serialize)]
pub struct TeamView {
    /// What its card says.
    pub card: TeamCard,
    /// What it does.
    pub services: Vec<Local>,
    /// Whom it helps.
    pub audience: Vec<Local>,
    /// Who its members are.
    pub members: Option<Local>,
    /// How to ask for help.
    pub ask: Option<Local>,
    /// How to join.
    pub join: Option<Local>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// Since when.
    pub since: Option<Local>,
    /// What it did.
    pub figures: Vec<FigureView>,
    /// Pictures.
    pub pictures: Vec<PictureView>,
    /// The activities it leads: title, programme's page, when as the editor wrote it.
    pub leads: Vec<Led>,
    /// The text.
    pub body: Option<BodyHtml>,
}

/// An activity that a team leads.
#[derive(Debug, Clone, Serialize)]
pub struct Led {
    /// The activity.
    pub title: Local,
    /// The weekdays in words.
    pub days: String,
    /// The time.
    pub time: Option<String>,
    /// The programme's page, under the centre's name.
    pub programme: Link,
}

/// A team in a list.
pub(crate) fn card(edition: &Edition<'_>, record: &Record<Team>) -> TeamCard {
    let team = &record.value;
    TeamCard {
        link: edition.link(record),
        purpose: edition.local(&team.purpose),
        centre: team.centre.as_ref().and_then(|id| edition.centre(id)),
        size: team.size.map(|size| edition.wording.count("people", usize::try_from(size).unwrap_or(usize::MAX))),
        when: edition.local_some(team.when.as_ref()).or_else(|| {
            let hours = team.hours.as_ref()?;
            Some(Local { text: edition.wording.weekly_lines(hours), lang: None })
        }),
    }
}

/// A team's page.
pub(crate) fn team(edition: &Edition<'_>, record: &Record<Team>, address: &Address) -> TeamView {
    let team = &record.value;
    let today = edition.site.today;
    let programmes = edition.site.content.programmes.iter().filter(|programme| programme.value.valid.last() >= today);
    let leads = programmes.flat_map(|programme| {
        let led = programme.value.activities.iter().filter(|activity| activity.led_by.as_ref() == Some(&record.id));
        led.map(|activity| Led {
            title: edition.local(&activity.title),
            days: edition.wording.weekdays(weekdays(&programme.value, activity)),
            time: time_of(&programme.value, activity).map(|time| time.to_string()),
            programme: edition.link(programme),
        })
    });
    TeamView {
        card: card(edition, record),
        services: edition.locals(&team.services),
        audience: audiences(edition, &team.audience),
        members: edition.local_some(team.members.as_ref()),
        ask: edition.local_some(team.ask.as_ref()),
        join: edition.local_some(team.join.as_ref()),
        contact: team.contact.as_ref().map(|c| contact(edition, c)),
        since: edition.local_some(team.since.as_ref()),
        figures: figures(edition, &team.figures),
        pictures: pictures(edition, &team.pictures),
        leads: leads.collect(),
        body: edition.body(&record.bodies, address),
    }
}

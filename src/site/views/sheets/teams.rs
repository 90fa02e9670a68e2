//! The volunteer teams of a centre: what each does, how to ask it for help, how to join.

use serde::Serialize;

use super::{Sheet, SheetView, Sheets};
use crate::content::{Centre, Record, SheetKind, Team};
use crate::site::Edition;
use crate::site::views::parts::Local;
use crate::site::views::team::card;

/// What the sheet says.
#[derive(Serialize)]
struct Teams {
    /// The teams.
    teams: Vec<Entry>,
}

/// A team.
#[derive(Serialize)]
struct Entry {
    /// Of the team.
    id: String,
    /// The name.
    name: Local,
    /// What it is there for.
    purpose: Local,
    /// What it does.
    services: Vec<Local>,
    /// When it works.
    when: Option<Local>,
    /// How to ask for help.
    ask: Option<Local>,
    /// How to join.
    join: Option<Local>,
    /// Whom to ask.
    contact: Option<super::notice::Contact>,
}

/// The teams of a centre that are there in this language.
fn teams_of<'a>(edition: Edition<'a>, centre: &'a Record<Centre>) -> impl Iterator<Item = &'a Record<Team>> {
    let own = move |team: &&Record<Team>| edition.offers(*team) && team.value.centre.as_ref() == Some(&centre.id);
    edition.site.content.teams.iter().filter(own)
}

/// Of each centre with a team.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let with_teams =
        move |record: &&Record<Centre>| edition.offers(*record) && teams_of(edition, record).next().is_some();
    let records = edition.site.content.centres.iter().filter(with_teams);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Teams, record, &record.value.posters, view)))
}

fn view(edition: &Edition<'_>, record: &Record<Centre>) -> SheetView {
    let entry = |record: &Record<Team>| {
        let team = &record.value;
        Entry {
            id: record.id.to_string(),
            name: edition.local(&team.name),
            purpose: edition.local(&team.purpose),
            services: edition.locals(&team.services),
            when: card(edition, record).when,
            ask: edition.local_some(team.ask.as_ref()),
            join: edition.local_some(team.join.as_ref()),
            contact: team.contact.as_ref().map(|contact| super::notice::to_ask(edition, contact)),
        }
    };
    let teams = edition.site.content.teams.iter();
    let teams = teams.filter(|team| edition.offers(*team) && team.value.centre.as_ref() == Some(&record.id));
    let content = Teams { teams: teams.map(entry).collect() };
    let until = edition.wording.term("sheet.until-changed").to_owned();
    let centre = edition.local(&record.value.name);
    let title = edition.term("sheet.teams-title");
    SheetView { kicker: Some(centre.clone()), ..SheetView::new(title, centre, until, content) }
}

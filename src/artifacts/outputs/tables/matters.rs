//! Policies, notices, teams, duty, travelling services, and what people raised.

use super::{Cell, Column, Kind, Table, coming, rows};
use crate::calendar::{Date, TimeRange};
use crate::content::{Duty, Feedback, Notice, Outreach, Policy, Record, Team};
use crate::site::{Edition, OnDuty, Site, views};

const POLICY: [Column; 19] = [
    Column("id", Kind::Id, "The policy's id."),
    Column("title", Kind::Text, "What it is called."),
    Column("summary", Kind::Text, "What one gets."),
    Column("departments", Kind::Word, "The offices responsible, by ids of `terms`."),
    Column("audiences", Kind::Word, "Whom it is for, by ids of `terms`."),
    Column("areas", Kind::Word, "The areas where it holds; none: everywhere."),
    Column("centres", Kind::Word, "The centres where one can apply."),
    Column("conditions", Kind::Text, "The conditions, one a line."),
    Column("papers", Kind::Text, "The papers to bring, one a line."),
    Column("steps", Kind::Text, "What to do, one a line."),
    Column("place", Kind::Text, "Where else one can apply."),
    Column("takes", Kind::Text, "How long it takes."),
    Column("contact", Kind::Text, "Whom to ask, by role."),
    Column("phone", Kind::Word, "The number to call."),
    Column("from", Kind::Word, "The first day on which it holds, or the time from which it does."),
    Column("until", Kind::Word, "The last day on which it holds, or the time until which it does."),
    Column("reviewed", Kind::Date, "When somebody last checked it."),
    Column("source", Kind::Text, "The document that it rests on."),
    Column("url", Kind::Url, "Its page."),
];

pub(super) const POLICIES: Table = Table { name: "policies", columns: &POLICY, rows: policies };

fn policies<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let row = |record: &'a Record<Policy>| {
        let policy = &record.value;
        let contact = policy.contact.as_ref();
        [
            Cell::id(&record.id),
            Cell::Text(&policy.title),
            Cell::Text(&policy.summary),
            Cell::ids(&policy.departments),
            Cell::ids(&policy.audience),
            Cell::ids(&policy.areas),
            Cell::ids(&policy.centres),
            Cell::Texts(&policy.conditions),
            Cell::Texts(&policy.papers),
            Cell::Texts(&policy.steps),
            Cell::some_text(policy.place.as_ref()),
            Cell::some_text(policy.takes.as_ref()),
            Cell::some_text(contact.map(|contact| &contact.role)),
            Cell::some(contact.and_then(|contact| contact.phone.as_ref()).map(|phone| phone.as_str())),
            Cell::some(policy.from),
            Cell::some(policy.until),
            policy.reviewed.map_or(Cell::Empty, |day| Cell::date(day.0)),
            Cell::some_text(policy.source.as_ref().map(|source| &source.title)),
            Cell::plain(edition.canonical(&edition.address_of(&record.id))),
        ]
    };
    rows(&POLICY, edition.site.content.policies.iter().map(row))
}

const NOTICE: [Column; 14] = [
    Column("id", Kind::Id, "The notice's id."),
    Column("title", Kind::Text, "The headline."),
    Column("summary", Kind::Text, "One or two sentences."),
    Column("kind", Kind::Word, "What sort of notice it is, e.g. `closure`."),
    Column("urgency", Kind::Word, "`urgent`, `important` or `info`."),
    Column("from", Kind::Word, "The first day on which it is shown, or the time from which it is."),
    Column("until", Kind::Word, "The last day on which it is shown, or the time until which it is."),
    Column("issuer", Kind::Text, "Who announces it."),
    Column("number", Kind::Word, "The document's number."),
    Column("areas", Kind::Word, "The areas that it concerns; none, and no centres: everyone."),
    Column("centres", Kind::Word, "The centres that it concerns."),
    Column("audiences", Kind::Word, "Whom it is for, by ids of `terms`."),
    Column("closes", Kind::Word, "The days on which its centres are closed, and the times if it is not all day."),
    Column("url", Kind::Url, "Its page."),
];

pub(super) const NOTICES: Table = Table { name: "notices", columns: &NOTICE, rows: notices };

/// The notices that have begun: of the others nothing is public yet.
fn notices<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let row = |record: &'a Record<Notice>| {
        let notice = &record.value;
        let closes = notice.closes.as_ref().map(|closing| {
            let from = closing.from.map(|time| format!(" from {time}")).unwrap_or_default();
            let until = closing.until.map(|time| format!(" until {time}")).unwrap_or_default();
            format!("{}{from}{until}", String::from(closing.on))
        });
        [
            Cell::id(&record.id),
            Cell::Text(&notice.title),
            Cell::Text(&notice.summary),
            Cell::kebab(&notice.kind),
            Cell::kebab(&notice.urgency),
            Cell::plain(notice.from),
            Cell::some(notice.until),
            Cell::some_text(notice.issuer.as_ref()),
            Cell::some(notice.number.clone()),
            Cell::ids(&notice.areas),
            Cell::ids(&notice.centres),
            Cell::ids(&notice.audience),
            Cell::some(closes),
            Cell::plain(edition.canonical(&edition.address_of(&record.id))),
        ]
    };
    let begun = edition.site.content.notices.iter().filter(|record| views::notice_begun(edition, record));
    rows(&NOTICE, begun.map(row))
}

const TEAM: [Column; 15] = [
    Column("id", Kind::Id, "The team's id."),
    Column("name", Kind::Text, "Its name."),
    Column("purpose", Kind::Text, "What it is there for."),
    Column("centre", Kind::Ref("centres"), "The centre that it works from."),
    Column("area", Kind::Ref("areas"), "The area that it works in."),
    Column("services", Kind::Text, "What it does, one a line."),
    Column("audiences", Kind::Word, "Whom it helps, by ids of `terms`."),
    Column("size", Kind::Integer, "How many members it has."),
    Column("hours", Kind::Word, "When it can be met, where that differs from the centre."),
    Column("when", Kind::Text, "The same in words."),
    Column("ask", Kind::Text, "How to ask for help."),
    Column("join", Kind::Text, "How to join."),
    Column("contact", Kind::Text, "Whom to ask, by role."),
    Column("phone", Kind::Word, "The number to call."),
    Column("url", Kind::Url, "Its page."),
];

pub(super) const TEAMS: Table = Table { name: "teams", columns: &TEAM, rows: teams };

fn teams<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let row = |record: &'a Record<Team>| {
        let team = &record.value;
        let contact = team.contact.as_ref();
        [
            Cell::id(&record.id),
            Cell::Text(&team.name),
            Cell::Text(&team.purpose),
            Cell::some_id(team.centre.as_ref()),
            Cell::some_id(team.area.as_ref()),
            Cell::Texts(&team.services),
            Cell::ids(&team.audience),
            Cell::number(team.size),
            Cell::some(team.hours.clone()),
            Cell::some_text(team.when.as_ref()),
            Cell::some_text(team.ask.as_ref()),
            Cell::some_text(team.join.as_ref()),
            Cell::some_text(contact.map(|contact| &contact.role)),
            Cell::some(contact.and_then(|contact| contact.phone.as_ref()).map(|phone| phone.as_str())),
            Cell::plain(edition.canonical(&edition.address_of(&record.id))),
        ]
    };
    rows(&TEAM, edition.site.content.teams.iter().map(row))
}

const TURN: [Column; 10] = [
    Column("roster", Kind::Word, "The roster's id."),
    Column("centre", Kind::Ref("centres"), "The centre."),
    Column("date", Kind::Date, "The day."),
    Column("kind", Kind::Word, "`resident` for who is always there, `turn`, or `swap` where somebody stands in."),
    Column("who", Kind::Text, "Who is on duty, by role; none: nobody."),
    Column("instead_of", Kind::Text, "Whose turn it would have been."),
    Column("why", Kind::Text, "Why somebody stands in."),
    Column("starts", Kind::Time, "From when."),
    Column("ends", Kind::Time, "Until when."),
    Column("next_day", Kind::Boolean, "Whether that is on the day after."),
];

pub(super) const DUTY: Table = Table { name: "duty", columns: &TURN, rows: duty };

fn duty<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let Some(window) = coming(edition) else { return Vec::new() };
    let of_roster = |record: &'a Record<Duty>| {
        let days = record.value.valid.overlap(&window);
        days.into_iter().flat_map(|days| days.days()).flat_map(move |date| on_duty(edition.site, record, date))
    };
    rows(&TURN, edition.site.content.duty.iter().flat_map(of_roster))
}

/// Who is on duty on a day.
fn on_duty<'a>(site: &Site, record: &'a Record<Duty>, date: Date) -> Vec<[Cell<'a>; 10]> {
    let duty = &record.value;
    let row = |kind, who: Option<_>, instead_of: Option<_>, why: Option<_>, time: Option<TimeRange>| {
        let [starts, ends, next_day] = Cell::times(time);
        [
            Cell::id(&record.id),
            Cell::id(&duty.centre),
            Cell::date(date),
            Cell::word(kind),
            Cell::some_text(who),
            Cell::some_text(instead_of),
            Cell::some_text(why),
            starts,
            ends,
            next_day,
        ]
    };
    let on_duty = site.on_duty(duty, date).into_iter();
    let resident = on_duty.filter_map(|who| match who {
        OnDuty::Resident(resident) => Some(row("resident", Some(&resident.role), None, None, resident.time)),
        _ => None,
    });
    let time = duty.rotation.as_ref().and_then(|rotation| rotation.time);
    let turn = site.turn_on(duty, date).map(|turn| match turn.swap {
        None => row("turn", Some(turn.usual), None, None, time),
        Some((_, swap)) => row("swap", swap.instead.as_ref(), Some(turn.usual), swap.why.as_ref(), time),
    });
    resident.chain(turn).collect()
}

const STOP: [Column; 16] = [
    Column("round", Kind::Word, "The travelling service's id."),
    Column("number", Kind::Integer, "The stop's place in its list."),
    Column("title", Kind::Text, "What the service is called."),
    Column("place", Kind::Text, "Where it stops."),
    Column("area", Kind::Ref("areas"), "The village or other area."),
    Column("from", Kind::Date, "The day, or the first one between which it comes."),
    Column("until", Kind::Date, "The last day."),
    Column("starts", Kind::Time, "From when."),
    Column("ends", Kind::Time, "Until when."),
    Column("next_day", Kind::Boolean, "Whether that is on the day after."),
    Column("lat", Kind::Number, "Latitude in degrees (WGS 84)."),
    Column("lon", Kind::Number, "Longitude in degrees (WGS 84)."),
    Column("weather_dependent", Kind::Boolean, "Whether it comes only in good weather."),
    Column("note", Kind::Text, "What to know about this stop."),
    Column("cancelled", Kind::Text, "Why it does not come; none: it does."),
    Column("url", Kind::Url, "The service's page."),
];

pub(super) const STOPS: Table = Table { name: "outreach-stops", columns: &STOP, rows: stops };

fn stops<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_round = |record: &'a Record<Outreach>| {
        record.value.stops.iter().zip(1..).map(move |(stop, number)| {
            let [starts, ends, next_day] = Cell::times(stop.time);
            [
                Cell::id(&record.id),
                Cell::number(Some(number)),
                Cell::Text(&record.value.title),
                Cell::Text(&stop.place),
                Cell::some_id(stop.area.as_ref()),
                Cell::date(stop.on.first()),
                Cell::date(stop.on.last()),
                starts,
                ends,
                next_day,
                Cell::number(stop.location.map(|at| at.lat)),
                Cell::number(stop.location.map(|at| at.lon)),
                Cell::flag(stop.weather_dependent),
                Cell::some_text(stop.note.as_ref()),
                Cell::some_text(stop.cancelled.as_ref()),
                Cell::plain(edition.canonical(&edition.address_of(&record.id))),
            ]
        })
    };
    rows(&STOP, edition.site.content.outreach.iter().flat_map(of_round))
}

const ITEM: [Column; 12] = [
    Column("register", Kind::Word, "The register's id."),
    Column("number", Kind::Integer, "The matter's place in its list."),
    Column("centre", Kind::Ref("centres"), "The centre where the register lies open."),
    Column("topic", Kind::Text, "The topic in a few words."),
    Column("raised", Kind::Text, "What was raised."),
    Column("raised_on", Kind::Date, "When it was first raised."),
    Column("count", Kind::Integer, "How many people raised it."),
    Column("status", Kind::Word, "`received`, `in-progress`, `solved` or `explained`."),
    Column("answer", Kind::Text, "What was answered or done."),
    Column("answered_on", Kind::Date, "When it was answered."),
    Column("department", Kind::Word, "The office that answered, by its id in `terms`."),
    Column("url", Kind::Url, "The register's page."),
];

pub(super) const FEEDBACK: Table = Table { name: "feedback", columns: &ITEM, rows: feedback };

fn feedback<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_register = |record: &'a Record<Feedback>| {
        record.value.items.iter().zip(1..).map(move |(item, number)| {
            [
                Cell::id(&record.id),
                Cell::number(Some(number)),
                Cell::some_id(record.value.centre.as_ref()),
                Cell::Text(&item.topic),
                Cell::Text(&item.raised),
                Cell::date(item.raised_on.0),
                Cell::number(Some(item.count)),
                Cell::kebab(&item.status),
                Cell::some_text(item.answer.as_ref()),
                item.answered_on.map_or(Cell::Empty, |day| Cell::date(day.0)),
                Cell::some_id(item.department.as_ref()),
                Cell::plain(edition.canonical(&edition.address_of(&record.id))),
            ]
        })
    };
    rows(&ITEM, edition.site.content.feedback.iter().flat_map(of_register))
}

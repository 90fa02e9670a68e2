//! The texts by which something is found, by how much a word in them says: title, names, summary, body.
//!
//! Names are what else it is known by and sorted under: the place, whom it is for, what one can use there, and on which
//! weekday and in which part of the day it takes place. Texts are taken in every language that they are written in, the
//! words of the interface in every language of the site.

use super::found::Found;
use super::words::is_ideograph;
use crate::calendar::{DateSpan, TimeOfDay, TimeRange, WeekdaySet};
use crate::content::{
    Activity, Area, Audience, Body, Centre, Contact, Department, Duty, Event, Feedback, Id, Notice, Outreach, Policy,
    Programme, Strand, Team, Term, Text,
};
use crate::site::views::kebab;
use crate::site::{Edition, Site, time_of, views};

/// The texts of one thing, each with line breaks between what does not belong together.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// What it is called.
    pub title: String,
    /// What else it is known by.
    pub names: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Everything else.
    pub body: String,
}

impl Texts {
    /// The texts of a thing.
    pub fn of(found: &Found<'_>, editions: &[Edition<'_>]) -> Self {
        let mut pen = Pen { editions, texts: Texts::default() };
        pen.found(found);
        pen.texts
    }
}

struct Pen<'e, 'a> {
    editions: &'e [Edition<'a>],
    texts: Texts,
}

fn line(to: &mut String, text: &str) {
    to.push_str(text);
    to.push('\n');
}

fn all_languages(to: &mut String, text: &Text) {
    match text {
        Text::Plain(text) => line(to, text),
        Text::PerLanguage(texts) => texts.values().for_each(|text| line(to, text)),
    }
}

impl<'a> Pen<'_, 'a> {
    fn site(&self) -> Option<&'a Site> {
        self.editions.first().map(|edition| edition.site)
    }

    fn title(&mut self, text: &Text) {
        all_languages(&mut self.texts.title, text);
    }

    fn names<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) {
        texts.into_iter().for_each(|text| all_languages(&mut self.texts.names, text));
    }

    fn summary<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) {
        texts.into_iter().for_each(|text| all_languages(&mut self.texts.summary, text));
    }

    fn body<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) {
        texts.into_iter().for_each(|text| all_languages(&mut self.texts.body, text));
    }

    /// Markdown needs no reading: what is not a word in it falls away.
    fn markdown(&mut self, bodies: &[Body]) {
        bodies.iter().for_each(|body| line(&mut self.texts.body, body.markdown()));
    }

    fn term(&mut self, name: &str) {
        for edition in self.editions {
            line(&mut self.texts.names, edition.wording.term(name));
        }
    }

    fn named(&mut self, term: Option<&Term>) {
        self.names(term.map(|term| &term.name));
    }

    fn audiences(&mut self, ids: &[Id<Audience>]) {
        let known = self.site().map(|site| &site.content.site.value.audiences);
        ids.iter().for_each(|id| self.named(known.and_then(|known| known.get(id))));
    }

    fn departments<'t>(&mut self, ids: impl IntoIterator<Item = &'t Id<Department>>) {
        let known = self.site().map(|site| &site.content.site.value.departments);
        ids.into_iter().for_each(|id| self.named(known.and_then(|known| known.get(id))));
    }

    fn strand(&mut self, id: Option<&Id<Strand>>) {
        let known = self.site().map(|site| &site.content.site.value.strands);
        self.named(id.and_then(|id| known?.get(id)));
    }

    /// An area and those around it, below the province, which is that of most of a site.
    fn areas<'t>(&mut self, ids: impl IntoIterator<Item = &'t Id<Area>>) {
        for id in ids {
            let around = self.site().map(|site| site.index.lineage(id)).unwrap_or_default();
            self.names(around.iter().skip(usize::from(around.len() > 1)).map(|entry| &entry.area.name));
        }
    }

    fn centres<'t>(&mut self, ids: impl IntoIterator<Item = &'t Id<Centre>>) {
        for id in ids {
            let Some(site) = self.site() else { return };
            let centre = site.index.centre.get(id).and_then(|number| site.content.centres.get(*number));
            self.names(centre.map(|centre| centre.value.short_name.as_ref().unwrap_or(&centre.value.name)));
        }
    }

    fn team(&mut self, id: Option<&Id<Team>>) {
        let team = self.site().and_then(|site| site.content.teams.get(*site.index.team.get(id?)?));
        self.names(team.map(|team| &team.value.name));
    }

    fn contact(&mut self, contact: Option<&Contact>) {
        self.body(contact.into_iter().flat_map(|contact| std::iter::once(&contact.role).chain(&contact.note)));
    }

    /// Weekdays, each with the part of the day: 周二下午.
    fn when(&mut self, days: WeekdaySet, time: Option<TimeRange>) {
        self.weekdays(days, time.map(part_of_day));
    }

    /// The weekdays on which a centre is open in an ordinary week: 周六开门.
    fn open_days(&mut self, id: &Id<Centre>) {
        let Some(rules) = self.site().and_then(|site| site.hours(id)) else { return };
        let open = rules.weekly.entries().iter().filter(|(_, times)| !times.is_closed());
        let open = open.fold(WeekdaySet::NONE, |set, (days, _)| set.union(*days));
        self.weekdays(open, Some("search.open"));
    }

    /// Weekdays, each with a word of the interface after it.
    fn weekdays(&mut self, days: WeekdaySet, part: Option<&str>) {
        for edition in self.editions {
            let part = part.map(|part| edition.wording.term(part));
            for (number, name) in edition.wording.dates.weekdays.iter().enumerate() {
                let day = WeekdaySet::ALL.iter().nth(number).filter(|day| days.contains(*day));
                let Some(short) = day.and(edition.wording.dates.weekdays_short.get(number)) else { continue };
                let space = if short.chars().last().is_some_and(is_ideograph) { "" } else { " " };
                let part = part.unwrap_or_default();
                line(&mut self.texts.names, &format!("{short}{space}{part}\n{name}{space}{part}"));
            }
        }
    }

    fn days(&mut self, span: DateSpan, time: Option<TimeRange>) {
        let days = span.days().take(7).fold(WeekdaySet::NONE, |set, day| set.union(WeekdaySet::only(day.weekday())));
        self.when(days, time);
        for edition in self.editions {
            line(&mut self.texts.body, &edition.span(span));
        }
    }

    fn found(&mut self, found: &Found<'_>) {
        match found {
            Found::List(list) => self.list(list),
            Found::PoliciesFor(_, term) => self.policies("for", term),
            Found::PoliciesBy(_, term) => self.policies("by", term),
            Found::Centre(record) => self.centre(&record.value, record),
            Found::Programme(record) => self.programme(&record.value),
            Found::Activity(record, activity, _) => self.activity(&record.value, activity),
            Found::Event(record) => {
                self.event(&record.value);
                self.markdown(&record.bodies);
            }
            Found::Policy(record) => {
                self.policy(&record.value);
                self.markdown(&record.bodies);
            }
            Found::Notice(record) => {
                self.notice(&record.value);
                self.markdown(&record.bodies);
            }
            Found::Team(record) => {
                self.helpers(&record.value);
                self.markdown(&record.bodies);
            }
            Found::Duty(record) => self.duty(&record.value),
            Found::Outreach(record) => self.outreach(&record.value),
            Found::Feedback(record) => self.feedback(&record.value),
            Found::Page(record) => {
                self.title(&record.value.title);
                self.summary(&record.value.summary);
                self.markdown(&record.bodies);
            }
            Found::Area(entry) => {
                self.title(&entry.area.name);
                self.term(&format!("area-level.{}", kebab(&entry.area.level)));
                self.summary(&entry.area.summary);
                self.body(entry.area.contacts.iter().map(|contact| &contact.role));
            }
        }
    }

    fn list(&mut self, list: &str) {
        for edition in self.editions {
            line(&mut self.texts.title, edition.wording.term(&format!("nav.{list}")));
        }
        let Some(site) = self.site().filter(|_| list == "calendar") else { return };
        let years = site.content.calendar.iter().filter(|year| year.value.year >= site.today.year());
        for holiday in years.flat_map(|year| &year.value.holidays) {
            self.names([&holiday.name]);
        }
    }

    fn policies(&mut self, by: &str, term: &Term) {
        for edition in self.editions {
            let name = edition.local(&term.name).text;
            line(&mut self.texts.title, &edition.wording.say(&format!("policies.{by}"), &[("name", &name)]));
        }
        self.summary(&term.note);
    }

    fn centre(&mut self, centre: &Centre, record: &crate::content::Record<Centre>) {
        self.title(&centre.name);
        self.names(&centre.short_name);
        self.term(&format!("centre-kind.{}", kebab(&centre.kind)));
        self.areas([&centre.area]);
        self.audiences(&centre.audiences);
        for amenity in &centre.amenities {
            self.term(&format!("amenity.{}", kebab(&amenity.kind())));
            if let crate::content::AmenityEntry::Detailed(detail) = amenity {
                self.body(&detail.note);
            }
        }
        for feature in &centre.accessibility {
            self.term(&format!("accessibility.{}", kebab(feature)));
        }
        for service in &centre.services {
            self.names([&service.name]);
            self.departments(&service.department);
            self.body(service.description.iter().chain(&service.provider).chain(&service.when).chain(&service.cost));
        }
        self.open_days(&record.id);
        self.summary(&centre.summary);
        for edition in self.editions {
            let hours = views::hours_lines(edition, record);
            hours.iter().for_each(|hours| line(&mut self.texts.body, hours));
        }
        self.body([&centre.address].into_iter().chain(&centre.directions).chain(&centre.hours_note));
        self.body(centre.phones.iter().filter_map(|phone| phone.purpose.as_ref()));
        self.body(centre.rules.iter().chain(&centre.tell_us));
        self.body(
            centre.documents.iter().flat_map(|document| std::iter::once(&document.title).chain(&document.points)),
        );
    }

    fn programme(&mut self, programme: &Programme) {
        self.title(&programme.title);
        self.centres([&programme.centre]);
        self.summary(&programme.summary);
        self.body(programme.activities.iter().map(|activity| &activity.title));
        self.body(programme.day_themes.iter().map(|theme| &theme.theme).chain(&programme.notes));
    }

    fn activity(&mut self, programme: &Programme, activity: &Activity) {
        self.title(&activity.title);
        self.centres([&programme.centre]);
        let valid = activity.valid.unwrap_or(programme.valid);
        self.when(activity.when.pattern.weekdays(valid.first()), time_of(programme, activity));
        self.strand(activity.strand.as_ref());
        self.audiences(&activity.audience);
        self.team(activity.led_by.as_ref());
        self.names(activity.leader.iter().chain(&activity.room));
        self.summary(&activity.summary);
        self.body(activity.cost.iter().chain(&activity.booking));
        let Some(today) = self.site().map(|site| site.today) else { return };
        for exception in activity.exceptions.iter().filter(|exception| exception.on.last() >= today) {
            if exception.cancelled.is_some() {
                self.term("change.cancelled");
            }
            self.names(&exception.replaced_by);
            self.body(exception.cancelled.iter().chain(&exception.why).chain(&exception.room));
        }
    }

    fn event(&mut self, event: &Event) {
        self.title(&event.title);
        self.days(event.on, event.time);
        self.centres(&event.centre);
        self.areas(&event.area);
        self.strand(event.strand.as_ref());
        self.audiences(&event.audience);
        self.names(event.zones.iter().map(|zone| &zone.name));
        if event.cancelled.is_some() {
            self.term("change.cancelled");
        }
        self.summary(&event.summary);
        self.body(event.zones.iter().filter_map(|zone| zone.what.as_ref()));
        self.body(event.place.iter().chain(&event.organisers).chain(&event.cost).chain(&event.booking));
        self.body(event.bring.iter().chain(&event.cancelled));
        self.contact(event.contact.as_ref());
    }

    fn policy(&mut self, policy: &Policy) {
        self.title(&policy.title);
        self.audiences(&policy.audience);
        self.departments(&policy.departments);
        self.areas(&policy.areas);
        policy.tags.iter().for_each(|tag| line(&mut self.texts.names, tag));
        self.summary([&policy.summary]);
        self.body(
            policy.amounts.iter().flat_map(|amount| [&amount.per, &amount.value].into_iter().chain(&amount.note)),
        );
        self.body(policy.conditions.iter().chain(&policy.papers).chain(&policy.steps));
        self.body(policy.place.iter().chain(&policy.takes));
        self.contact(policy.contact.as_ref());
        if let Some(source) = &policy.source {
            self.body([&source.title]);
            source.number.iter().for_each(|number| line(&mut self.texts.body, number));
        }
    }

    fn notice(&mut self, notice: &Notice) {
        self.title(&notice.title);
        self.term(&format!("notice-kind.{}", kebab(&notice.kind)));
        self.centres(&notice.centres);
        self.areas(&notice.areas);
        self.audiences(&notice.audience);
        self.summary(std::iter::once(&notice.summary).chain(&notice.kicker));
        self.body(&notice.issuer);
        notice.number.iter().for_each(|number| line(&mut self.texts.body, number));
        if let Some(meeting) = &notice.meeting {
            self.body(meeting.place.iter().chain(&meeting.present).chain(&meeting.agenda).chain(&meeting.outcome));
        }
        self.contact(notice.contact.as_ref());
    }

    fn helpers(&mut self, team: &Team) {
        self.title(&team.name);
        self.centres(&team.centre);
        self.areas(&team.area);
        self.audiences(&team.audience);
        self.names(&team.services);
        self.summary([&team.purpose]);
        self.body(team.members.iter().chain(&team.when).chain(&team.ask).chain(&team.join));
        self.contact(team.contact.as_ref());
    }

    fn duty(&mut self, duty: &Duty) {
        self.title(&duty.title);
        self.centres([&duty.centre]);
        self.body(duty.resident.iter().map(|resident| &resident.role).chain(&duty.tasks));
        self.body(duty.rotation.iter().flat_map(|rotation| &rotation.turns));
        self.contact(duty.contact.as_ref());
    }

    fn outreach(&mut self, round: &Outreach) {
        self.title(&round.title);
        self.areas(round.area.iter().chain(round.stops.iter().filter_map(|stop| stop.area.as_ref())));
        self.audiences(&round.audience);
        self.names(round.brings.iter().chain(round.stops.iter().map(|stop| &stop.place)));
        self.team(round.led_by.as_ref());
        self.summary([&round.summary]);
        self.body(round.stops.iter().flat_map(|stop| stop.note.iter().chain(&stop.cancelled)));
        self.body(&round.weather_note);
        self.contact(round.contact.as_ref());
    }

    fn feedback(&mut self, register: &Feedback) {
        self.title(&register.title);
        self.centres(&register.centre);
        self.areas(&register.area);
        self.names(register.items.iter().map(|item| &item.topic));
        self.summary(&register.summary);
        self.body(register.items.iter().flat_map(|item| std::iter::once(&item.raised).chain(&item.answer)));
        self.body(&register.channels);
    }
}

/// The term of the part of the day in which a time begins.
fn part_of_day(time: TimeRange) -> &'static str {
    if time.start() < TimeOfDay::NOON {
        "morning"
    } else if time.start().minutes() < 18 * 60 {
        "afternoon"
    } else {
        "evening"
    }
}

//! A centre as HSDS has it: a `location` with its address, lines, languages, hours and features.

use std::collections::BTreeSet;

use super::super::alike::Alike;
use super::super::naming::{absolute, uuid};
use super::schedule::{Line, Owner, Rule, Says, Truth, Usual, timetable};
use super::table::Row;
use super::taxonomy::{Taxonomy, Terms, attribute};
use crate::calendar::{Date, DateSpan, DayState, Opening, OpeningHours, Pattern, WeekdaySet, Weekly};
use crate::content::{Accessibility, Centre, Phone, Record};
use crate::site::{Announced, Edition, views};

/// The identifier of a centre's location.
pub(super) fn id(edition: &Edition<'_>, centre: &Record<Centre>) -> String {
    uuid(edition.site, "location", centre.id.as_str())
}

/// The rows of a centre.
pub(super) fn rows(
    edition: &Edition<'_>,
    terms: &Terms,
    timetables: &Alike<Vec<Line>>,
    record: &Record<Centre>,
) -> Vec<Row> {
    let centre = &record.value;
    let id = id(edition, record);
    let local = |text| edition.local(text).text;
    let other = other_language(edition, &centre.name);
    let location = Row::new("location", id.clone())
        .with("location_type", "physical")
        .with("url", absolute(edition, &edition.address_of(&record.id)))
        .with("organization_id", super::organization::publisher(edition))
        .with("name", local(&centre.name))
        .maybe("alternate_name", centre.short_name.as_ref().map(local).or(other))
        .maybe("description", centre.summary.as_ref().map(local))
        .maybe("transportation", centre.directions.as_ref().map(local))
        .maybe("latitude", centre.location.map(|point| point.lat))
        .maybe("longitude", centre.location.map(|point| point.lon));
    let mut rows = vec![location, address(edition, record, &id)];
    rows.extend(centre.phones.iter().map(|phone| line(edition, ("location_id", &id), phone)));
    rows.extend(languages(edition, centre, &id));
    rows.extend(centre.accessibility.iter().map(|feature| {
        let feature = views::kebab(feature);
        let term = format!("accessibility.{feature}");
        let words = edition.wording.term(&term);
        let id_of = uuid(edition.site, "accessibility", &format!("{id}\n{feature}"));
        Row::new("accessibility", id_of).with("location_id", id.as_str()).with("description", words)
    }));
    let kind = views::kebab(&centre.kind);
    rows.extend(attribute(edition, terms, ("location", &id), (Taxonomy::CentreKind, &kind), None));
    let mut seen = BTreeSet::new();
    for entry in centre.amenities.iter().filter(|entry| seen.insert(entry.kind())) {
        let note = match entry {
            crate::content::AmenityEntry::Kind(_) => None,
            crate::content::AmenityEntry::Detailed(detail) => detail.note.as_ref().map(local),
        };
        let kind = views::kebab(&entry.kind());
        rows.extend(attribute(edition, terms, ("location", &id), (Taxonomy::Amenity, &kind), note));
    }
    let link = absolute(edition, &edition.address_of(&record.id));
    if let Some(hours) = edition.site.hours(&record.id) {
        let lines = timetables.of(edition, record, hours, || lines(edition, record, hours));
        rows.extend(lines.iter().map(|line| line.row(edition, ("location_id", &id), &link)));
    }
    rows
}

/// A text in the first of the site's other languages in which it is written.
pub(super) fn other_language(edition: &Edition<'_>, text: &crate::content::Text) -> Option<String> {
    let first = edition.site.first_language();
    let languages = edition.site.content.site.value.languages.iter().skip(1);
    languages.filter_map(|language| text.exactly(&language.tag, first)).next().map(str::to_owned)
}

fn address(edition: &Edition<'_>, record: &Record<Centre>, location: &str) -> Row {
    let postal = edition.site.postal(&record.value.area);
    let local = |text| edition.local(text).text;
    let region = edition.site.content.site.value.region.as_str();
    Row::new("address", uuid(edition.site, "address", record.id.as_str()))
        .with("location_id", location)
        .with("address_1", edition.local(&record.value.address).text)
        // The standard wants these fields: what nobody wrote is empty.
        .with("city", postal.city.map(local).unwrap_or_default())
        .maybe("region", postal.district.map(local))
        .with("state_province", postal.province.map(local).unwrap_or_default())
        .with("postal_code", postal.code.unwrap_or_default())
        .with("country", region.split('-').next().unwrap_or(region))
        .with("address_type", "physical")
}

/// A telephone line of whoever owns it.
pub(super) fn line(edition: &Edition<'_>, owner: Owner<'_>, phone: &Phone) -> Row {
    let answered = phone.answered.as_ref().map(|times| edition.wording.weekly_lines(times));
    let hours = phone.hours.as_ref().map(|hours| edition.local(hours).text).or(answered);
    let purpose = phone.purpose.as_ref().map(|purpose| edition.local(purpose).text);
    let words: Vec<String> = purpose.into_iter().chain(hours).collect();
    number(edition, owner, phone.number.as_str(), (!words.is_empty()).then(|| edition.wording.list(words)))
}

/// A bare number of whoever owns it.
pub(super) fn number(edition: &Edition<'_>, owner: Owner<'_>, number: &str, words: Option<String>) -> Row {
    let name = format!("{}\n{number}\n{}", owner.1, words.as_deref().unwrap_or_default());
    Row::new("phone", uuid(edition.site, "phone", &name))
        .with(owner.0, owner.1)
        .with("number", number)
        .with("type", "voice")
        .maybe("description", words)
}

/// The languages spoken at a centre: the site's first, and Mongolian where the centre says so.
fn languages(edition: &Edition<'_>, centre: &Centre, location: &str) -> Vec<Row> {
    let languages = &edition.site.content.site.value.languages;
    let first = edition.site.first_language().as_str();
    // The tags that content may have begin with a code of ISO 639-1.
    let code = |tag: &str| tag.split('-').next().unwrap_or(tag).to_owned();
    let name = |of: &str| languages.iter().find(|language| code(language.tag.as_str()) == of).map(|l| l.name.clone());
    let mongolian = centre.accessibility.contains(&Accessibility::MongolianSpoken).then(|| "mn".to_owned());
    let codes: BTreeSet<String> = std::iter::once(code(first)).chain(mongolian).collect();
    let row = |code: String| {
        Row::new("language", uuid(edition.site, "language", &format!("{location}\n{code}")))
            .with("location_id", location)
            .maybe("name", name(&code))
            .with("code", code)
    };
    codes.into_iter().map(row).collect()
}

/// The days whose exceptions are written out: this year and the next, so that they change once a year and not every day.
fn horizon(edition: &Edition<'_>) -> Option<DateSpan> {
    let year = edition.site.today.year();
    DateSpan::new(Date::new(year, 1, 1).ok()?, Date::new(year + 1, 12, 31).ok()?)
}

/// Those of them on which a week is known to hold.
fn known_days(days: DateSpan, announced: Announced) -> DateSpan {
    let until = announced.until().map(|until| until.min(days.last()));
    until.and_then(|until| DateSpan::new(days.first(), until)).unwrap_or(days)
}

/// When a centre is open.
fn lines(edition: &Edition<'_>, record: &Record<Centre>, hours: &OpeningHours) -> Vec<Line> {
    let Some(days) = horizon(edition) else { return Vec::new() };
    let announced = edition.site.announced(Some(hours));
    let known = known_days(days, announced);
    let mut usual = Vec::new();
    for (season, span) in hours.stretches(known) {
        let valid = (!hours.seasons.is_empty()).then_some(span);
        usual.extend(of_week(edition, hours.week_of(season), span, valid, announced));
    }
    let calendar = edition.site.calendar_of(&record.id);
    for (pattern, intervals) in &hours.recurring {
        let Some(rule) = Rule::of(pattern) else { continue };
        usual.extend(intervals.openings().iter().map(|opening| Usual {
            rule: rule.clone(),
            dates: pattern.dates(days.first(), known, calendar),
            opening: *opening,
            days: views::days_in_words(edition, pattern),
            valid: None,
            known: announced.until(),
        }));
    }
    let special = hours.special_days(days, calendar);
    let truth = truth(days, known, &special, |date| hours.week_on(date));
    written(edition, record, (&usual, announced), &truth, |date| hours.on(date, calendar))
}

/// When something that a centre offers in a week of its own can be had.
pub(super) fn part_hours(edition: &Edition<'_>, record: &Record<Centre>, own: &Weekly, owner: Owner<'_>) -> Vec<Row> {
    let Some(days) = horizon(edition) else { return Vec::new() };
    let place = edition.site.hours(&record.id);
    let announced = edition.site.announced(place);
    let known = known_days(days, announced);
    let calendar = edition.site.calendar_of(&record.id);
    let usual: Vec<Usual> = of_week(edition, own, known, None, announced).collect();
    let special: Vec<(Date, DayState)> = place.map_or_else(Vec::new, |hours| {
        let special = hours.special_days(days, calendar).into_iter();
        special.map(|(date, _)| (date, hours.part_on(own, date, calendar))).collect()
    });
    let truth = truth(days, known, &special, |_| own);
    let always = OpeningHours::default();
    let lines = written(edition, record, (&usual, announced), &truth, |date| match place {
        Some(hours) => hours.part_on(own, date, calendar),
        None => DayState { intervals: own.on(date.weekday()).clone(), ..always.on(date, calendar) },
    });
    let link = absolute(edition, &edition.address_of(&record.id));
    lines.iter().map(|line| line.row(edition, owner, &link)).collect()
}

/// What is open on each date on which anything is: what is said of special days, else the week that holds, as far as
/// that is known.
fn truth<'a>(
    days: DateSpan,
    known: DateSpan,
    special: &'a [(Date, DayState)],
    week: impl Fn(Date) -> &'a Weekly,
) -> Vec<(Date, &'a [Opening])> {
    let mut special = special.iter().peekable();
    let openings = |date: Date| match special.next_if(|(other, _)| *other == date) {
        Some((_, state)) => (date, state.intervals.openings()),
        None if known.contains(date) => (date, week(date).on(date.weekday()).openings()),
        None => (date, [].as_slice()),
    };
    days.days().map(openings).filter(|(_, openings)| !openings.is_empty()).collect()
}

fn written(
    edition: &Edition<'_>,
    record: &Record<Centre>,
    (usual, announced): (&[Usual], Announced),
    truth: &Truth<'_>,
    state: impl Fn(Date) -> DayState,
) -> Vec<Line> {
    let why = |date| views::reason(edition, record, &state(date)).map(|why| why.text);
    let unknown = (announced == Announced::NotNow).then(|| views::not_announced(edition)).flatten();
    timetable(edition, usual, truth, &Says { why: &why, unknown })
}

/// The rules of a week: for each time, the weekdays that have it.
fn of_week<'a>(
    edition: &'a Edition<'_>,
    weekly: &Weekly,
    span: DateSpan,
    valid: Option<DateSpan>,
    announced: Announced,
) -> impl Iterator<Item = Usual> + use<'a> {
    let mut times: Vec<(Opening, WeekdaySet)> = Vec::new();
    for (days, intervals) in weekly.entries() {
        for opening in intervals.openings() {
            match times.iter_mut().find(|(known, _)| known == opening) {
                Some((_, set)) => *set = set.union(*days),
                None => times.push((*opening, *days)),
            }
        }
    }
    times.into_iter().map(move |(opening, days)| Usual {
        rule: Rule::weekly(days),
        dates: Pattern::Weekly(days).dates(span.first(), span, edition.site.calendar()),
        opening,
        days: edition.wording.weekdays(days),
        valid,
        known: announced.until(),
    })
}

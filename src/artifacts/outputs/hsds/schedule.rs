//! Schedules (HSDS 3.0 `schedule`, after RFC 5545): what recurs as a rule, what differs as dates.
//!
//! HSDS knows rules by week and by month and no `EXDATE`. So a timetable is a few rows with a rule, each with the dates
//! on which it does not hold in its `notes`, and a row for each date or run of dates on which something else holds.
//! The union of the rows, less the noted dates, is what the calendar says; what no such rule can say is dates alone.
//! An offset from UTC stands in each row, so where the zone has summer time a rule is split at each change of the clocks;
//! one without an end then has as many rows as the years for which exceptions are known, and ends with them.
//! Notes have a form that programs can read: `以下日期除外：2026-10-01..2026-10-07 国庆节假期; 2026-10-10`, items parted by `; `.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::naming::{offset, uuid, uuid_of_bytes};
use super::table::{Field, Row};
use crate::calendar::{
    Date, DateSpan, Intervals, Opening, Pattern, RecurrenceRule, WeekOfMonth, WeekdaySet, push_two, weekday_code,
};
use crate::site::{Edition, Site};

/// The most rows of single dates that a timetable has.
const MOST: usize = 400;
/// Room for what a row says.
const SAID: usize = 256;
/// A run of dates longer than this needs more than one row.
const WEEK: usize = 7;

/// A rule as HSDS can say it; everything but `freq` may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rule {
    freq: String,
    interval: Option<u32>,
    count: Option<u32>,
    byday: Option<String>,
    byweekno: Option<String>,
    bymonthday: Option<String>,
    wkst: Option<String>,
}

/// A rule, the dates on which it falls, and what is open on them.
#[derive(Clone)]
pub(super) struct Usual {
    pub(super) rule: Rule,
    /// In order.
    pub(super) dates: Vec<Date>,
    pub(super) opening: Opening,
    /// The days in words.
    pub(super) days: String,
    /// The period in which it holds, if that has ends.
    pub(super) valid: Option<DateSpan>,
    /// The last day of which it is known, if that period has none.
    pub(super) known: Option<Date>,
}

/// What is really open on each date on which anything is, in order.
pub(super) type Truth<'a> = [(Date, &'a [Opening])];

/// To whom a timetable belongs: the field and the identifier.
pub(super) type Owner<'a> = (&'static str, &'a str);

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}

impl Rule {
    /// Every week on some weekdays.
    pub(super) fn weekly(days: WeekdaySet) -> Self {
        let byday = joined(days.iter().map(|day| weekday_code(day).to_owned()));
        Self { freq: "WEEKLY".to_owned(), byday: Some(byday), ..Self::default() }
    }

    /// The rule of a pattern, if HSDS can say it.
    pub(super) fn of(pattern: &Pattern) -> Option<Self> {
        // ISO weeks begin on Monday, as RFC 5545 counts them unless told otherwise.
        let weeks = |first: u8, days: &WeekdaySet| Self {
            byweekno: Some(joined((first..=53).step_by(2).map(|week| week.to_string()))),
            wkst: Some("MO".to_owned()),
            ..Self::weekly(*days)
        };
        let monthly = Self { freq: "MONTHLY".to_owned(), ..Self::default() };
        match pattern {
            Pattern::Weekly(days) => Some(Self::weekly(*days)),
            Pattern::OddWeeks(days) => Some(weeks(1, days)),
            Pattern::EvenWeeks(days) => Some(weeks(2, days)),
            Pattern::Monthly(week, day) => {
                let nth = match week {
                    WeekOfMonth::Nth(nth) => *nth,
                    WeekOfMonth::Last => -1,
                };
                Some(Self { byday: Some(format!("{nth}{}", weekday_code(*day))), ..monthly })
            }
            Pattern::MonthDay(day) => Some(Self { bymonthday: Some(day.to_string()), ..monthly }),
            Pattern::Rule(rule) => Self::read(rule),
            Pattern::Workday(_) | Pattern::Once(_) => None,
        }
    }

    /// A rule of RFC 5545, if it has no part that HSDS lacks.
    fn read(rule: &RecurrenceRule) -> Option<Self> {
        let mut read = Self::default();
        for part in rule.to_string().split(';') {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" => read.freq = value.to_owned(),
                "INTERVAL" => read.interval = value.parse().ok(),
                "COUNT" => read.count = value.parse().ok(),
                "BYDAY" => read.byday = Some(value.to_owned()),
                "BYMONTHDAY" => read.bymonthday = Some(value.to_owned()),
                "WKST" => read.wkst = Some(value.to_owned()),
                // The last date is that of the dates on which it falls.
                "UNTIL" => {}
                _ => return None,
            }
        }
        matches!(read.freq.as_str(), "WEEKLY" | "MONTHLY").then_some(read)
    }

    fn fill(&self, row: Row) -> Row {
        row.with("freq", self.freq.as_str())
            .maybe("interval", self.interval)
            .maybe("count", self.count)
            .maybe("byday", self.byday.as_deref())
            .maybe("byweekno", self.byweekno.as_deref())
            .maybe("bymonthday", self.bymonthday.as_deref())
            .maybe("wkst", self.wkst.as_deref())
    }
}

/// Words for a timetable: why a date is not as usual.
pub(super) struct Says<'a> {
    pub(super) why: &'a dyn Fn(Date) -> Option<String>,
    /// What is not known of the days of rules: that public holidays are not announced.
    pub(super) unknown: Option<String>,
}

/// A row of a timetable before it is known whose it is, since centres of the same hours have the same timetable.
#[derive(Debug)]
pub(super) struct Line {
    /// All that it says by which it is known, beside whose it is.
    said: Vec<u8>,
    /// The fields behind that of the owner.
    fields: Row,
    /// The last day that is known, if the rule has no end.
    known: Option<Date>,
}

impl Line {
    /// Makes a line by `fill`. Notes change with every holiday that is announced; the row is the same all the same.
    fn new(words: &str, known: Option<Date>, fill: impl FnOnce(Row) -> Row) -> Self {
        let fields = fill(Row::new("schedule", String::new()));
        let mut said = Vec::with_capacity(SAID);
        for (name, value) in fields.values().iter().filter(|(name, _)| *name != "notes") {
            said.push(b'\n');
            said.extend_from_slice(name.as_bytes());
            said.push(b'=');
            value.write(&mut said);
        }
        Self { said, fields: fields.with("description", words), known }
    }

    /// The row of an owner, with an identifier made from all that it says, and the page that shows each date.
    pub(super) fn row(&self, edition: &Edition<'_>, owner: Owner<'_>, link: &str) -> Row {
        let id = uuid_of_bytes(edition.site, "schedule", &[owner.1.as_bytes(), &self.said].concat());
        let fields = self.fields.values().iter().skip(1).cloned();
        let row = Row::new("schedule", id).with(owner.0, owner.1).with_all(fields);
        row.with("schedule_link", link).maybe("valid_to", self.known)
    }
}

/// The lines of a timetable: `usual` are its rules, `truth` what is open on each date on which anything is.
pub(super) fn timetable(edition: &Edition<'_>, usual: &[Usual], truth: &Truth<'_>, says: &Says<'_>) -> Vec<Line> {
    let reasons = Reasons { says, known: RefCell::default() };
    let clocks = Clocks::of(edition, usual, truth);
    let split: Vec<Usual> =
        if clocks.keep { Vec::new() } else { usual.iter().flat_map(|of| clocks.split(of)).collect() };
    let usual = if clocks.keep { usual } else { &split };
    let mut lines: Vec<Line> = Vec::new();
    let mut add = |line: Line| {
        // The same line twice would say nothing more, and would have the same identifier.
        if !lines.iter().any(|other| other.said == line.said) {
            lines.push(line);
        }
    };
    for rule in usual {
        let (Some(first), Some(last)) = (rule.dates.first(), rule.dates.last()) else { continue };
        let mut rest = truth;
        let off = |date: &Date| {
            let before = rest.iter().take_while(|(other, _)| other < date).count();
            rest = rest.get(before..).unwrap_or_default();
            !rest.first().is_some_and(|(other, open)| other == date && open.contains(&rule.opening))
        };
        // The dates have to be there, whatever words a theme has for them.
        let except = edition.wording.terms.get("hsds.except").map_or("", String::as_str);
        let notes = exceptions(&rule.dates, off, &reasons).map(|dates| format!("{except}{dates}"));
        let ended = rule.valid.is_some() && rule.rule.count.is_none();
        let words = [rule.days.clone(), times(edition, &rule.opening)].join(" ");
        let words = match &says.unknown {
            Some(unknown) => edition.wording.list(vec![words, unknown.clone()]),
            None => words,
        };
        // The last day of which anything is known moves on with every notice; the row is the same all the same.
        let known = rule.known.filter(|_| rule.valid.is_none());
        add(Line::new(&words, known, |row| {
            rule.rule
                .fill(clocks.hours(edition, row, *first, &rule.opening))
                .maybe("valid_from", rule.valid.map(|valid| valid.first()))
                .maybe("valid_to", rule.valid.map(|valid| valid.last()))
                .maybe("dtstart", rule.valid.map(|_| *first))
                .maybe("until", ended.then_some(*last))
                .maybe("notes", notes.as_deref())
        }));
    }
    let mut left: Vec<(Opening, &[Date])> = usual.iter().map(|rule| (rule.opening, rule.dates.as_slice())).collect();
    let mut others: BTreeMap<Opening, Vec<Date>> = BTreeMap::new();
    for (date, openings) in truth {
        let mut said = |opening: &Opening| {
            let mut of_rule = left.iter_mut().filter(|(of, _)| of == opening);
            of_rule.any(|(_, dates)| {
                *dates = not_before(dates, *date);
                dates.first() == Some(date)
            })
        };
        for opening in openings.iter().filter(|opening| !said(opening)) {
            others.entry(*opening).or_default().push(*date);
        }
    }
    let runs = others
        .iter()
        .flat_map(|(opening, dates)| clocks.runs(opening, dates, &reasons).into_iter().map(move |run| (run, opening)));
    let mut runs: Vec<(Run, &Opening)> = runs.collect();
    runs.sort_by_key(|(run, opening)| (run.days, **opening));
    for (run, opening) in runs.into_iter().take(MOST) {
        let (first, last) = (run.days.first(), run.days.last());
        let weekdays = run.days.days().fold(WeekdaySet::NONE, |set, day| set.union(WeekdaySet::only(day.weekday())));
        let why = run.why.as_deref().map(|why| format!(" {why}")).unwrap_or_default();
        let words = format!("{} {}{why}", edition.wording.span(run.days), times(edition, opening));
        add(Line::new(&words, None, |row| {
            Rule::weekly(weekdays)
                .fill(clocks.hours(edition, row, first, opening))
                .with("valid_from", first)
                .with("valid_to", last)
                .with("dtstart", first)
                .with("until", last)
        }));
    }
    lines
}

/// Those of some dates in order that are not before another.
fn not_before(dates: &[Date], date: Date) -> &[Date] {
    let before = dates.iter().take_while(|other| **other < date).count();
    dates.get(before..).unwrap_or_default()
}

/// A timetable that is words alone.
pub(super) fn in_words(edition: &Edition<'_>, owner: Owner<'_>, words: &str) -> Row {
    let id = uuid(edition.site, "schedule", &format!("{}\n{words}", owner.1));
    Row::new("schedule", id).with(owner.0, owner.1).with("description", words)
}

fn times(edition: &Edition<'_>, opening: &Opening) -> String {
    Intervals::of(vec![*opening]).map(|intervals| edition.wording.times(&intervals)).unwrap_or_default()
}

/// How the zone's clocks go while a timetable holds.
struct Clocks<'a> {
    site: &'a Site,
    /// Whether nothing changes.
    keep: bool,
    /// What is so if nothing changes, once it was asked for.
    kept: OnceCell<Offset>,
}

/// How far clocks are ahead of UTC: `+08:00`, and in hours.
#[derive(Clone)]
struct Offset(String, Option<Field>);

impl Offset {
    fn of(site: &Site, day: Date, opening: &Opening) -> Self {
        let text = offset(site, day, opening.time.start());
        let hours = text.split_once(':').and_then(|(hours, minutes)| {
            let (whole, minutes): (i32, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
            let sign = if hours.starts_with('-') { -1.0 } else { 1.0 };
            let parts = f64::from(whole) + minutes.copysign(sign) / 60.0;
            Some(if minutes == 0.0 { Field::from(whole) } else { Field::from(parts) })
        });
        Self(text, hours)
    }
}

impl<'a> Clocks<'a> {
    fn of(edition: &Edition<'a>, usual: &[Usual], truth: &Truth<'_>) -> Self {
        let dates = usual.iter().flat_map(|rule| rule.dates.first().into_iter().chain(rule.dates.last()));
        let dates = dates.chain(truth.first().map(|(date, _)| date)).chain(truth.last().map(|(date, _)| date));
        let span = dates.clone().min().zip(dates.max()).and_then(|(first, last)| DateSpan::new(*first, *last));
        Self {
            site: edition.site,
            keep: span.is_none_or(|span| edition.site.keeps_offset(span)),
            kept: OnceCell::new(),
        }
    }

    /// The times of a row, with the offset that it has when it first opens.
    fn hours(&self, edition: &Edition<'_>, row: Row, day: Date, opening: &Opening) -> Row {
        let find = || Offset::of(self.site, day, opening);
        let Offset(offset, hours) = if self.keep { self.kept.get_or_init(find) } else { &find() };
        let time = |minutes: u16| {
            let mut text = String::with_capacity("09:30:00+08:00".len());
            push_two(&mut text, minutes / 60 % 24);
            text.push(':');
            push_two(&mut text, minutes % 60);
            text.push_str(":00");
            text.push_str(offset);
            text
        };
        row.maybe("timezone", hours.clone())
            .with("opens_at", time(opening.time.start().minutes()))
            .with("closes_at", time(opening.time.end().minutes()))
            .maybe("attending_type", opening.by_appointment.then(|| edition.wording.term("by-appointment")))
    }

    fn same(&self, opening: &Opening, one: Date, other: Date) -> bool {
        let of = |date| offset(self.site, date, opening.time.start());
        self.keep || of(one) == of(other)
    }

    /// A rule as one for each stretch of its dates between two changes. What counts its dates ends with the stretch's last.
    fn split(&self, of: &Usual) -> Vec<Usual> {
        let stretches: Vec<&[Date]> = of.dates.chunk_by(|one, other| self.same(&of.opening, *one, *other)).collect();
        let valid = |number: usize, dates: &[Date]| {
            let next = stretches.get(number + 1).and_then(|next| next.first()?.yesterday().ok());
            let from = of.valid.filter(|_| number == 0).map(|valid| valid.first()).or(dates.first().copied());
            let to = next.or(of.valid.map(|valid| valid.last())).or(dates.last().copied());
            DateSpan::new(from?, to?)
        };
        if stretches.len() < 2 {
            return vec![of.clone()];
        }
        let part = |(number, dates): (usize, &&[Date])| Usual {
            rule: Rule { count: None, ..of.rule.clone() },
            dates: dates.to_vec(),
            valid: valid(number, dates),
            ..of.clone()
        };
        stretches.iter().enumerate().map(part).collect()
    }

    fn runs(&self, opening: &Opening, dates: &[Date], reasons: &Reasons<'_>) -> Vec<Run> {
        runs(dates, reasons, |one, other| self.same(opening, one, other))
    }
}

/// A run of dates with one reason.
struct Run {
    days: DateSpan,
    why: Option<Rc<str>>,
}

/// Why dates are not as usual, each looked up once: a holiday is an exception of every rule.
struct Reasons<'a> {
    says: &'a Says<'a>,
    known: RefCell<BTreeMap<Date, Option<Rc<str>>>>,
}

impl Reasons<'_> {
    fn of(&self, date: Date) -> Option<Rc<str>> {
        self.known.borrow_mut().entry(date).or_insert_with(|| (self.says.why)(date).map(Rc::from)).clone()
    }
}

/// The dates of a rule on which it does not hold; those that follow each other in the rule for one reason as one span.
fn exceptions(dates: &[Date], mut off: impl FnMut(&Date) -> bool, reasons: &Reasons<'_>) -> Option<String> {
    let mut spans: Vec<Run> = Vec::new();
    let mut open = false;
    for date in dates {
        if !off(date) {
            open = true;
            continue;
        }
        let why = reasons.of(*date);
        match spans.last_mut() {
            Some(last) if !open && last.why == why => {
                last.days = DateSpan::new(last.days.first(), *date).unwrap_or(last.days);
            }
            _ => spans.extend(DateSpan::new(*date, *date).map(|days| Run { days, why })),
        }
        open = false;
    }
    let item = |run: &Run| {
        let days = String::from(run.days);
        // A `;` would end the item.
        let why = run.why.as_deref().map(|why| format!(" {}", why.replace(';', ",").replace(['\r', '\n'], " ")));
        days + &why.unwrap_or_default()
    };
    (!spans.is_empty()).then(|| spans.iter().map(item).collect::<Vec<_>>().join("; "))
}

/// Dates day after day for one reason and alike in `same`, a week at most.
fn runs(dates: &[Date], reasons: &Reasons<'_>, same: impl Fn(Date, Date) -> bool) -> Vec<Run> {
    let mut runs: Vec<(Run, usize)> = Vec::new();
    for date in dates {
        let why = reasons.of(*date);
        match runs.last_mut() {
            Some((last, length))
                if *length < WEEK
                    && last.why == why
                    && last.days.last().tomorrow().ok() == Some(*date)
                    && same(last.days.last(), *date) =>
            {
                last.days = DateSpan::new(last.days.first(), *date).unwrap_or(last.days);
                *length += 1;
            }
            _ => runs.extend(DateSpan::new(*date, *date).map(|days| (Run { days, why }, 1))),
        }
    }
    runs.into_iter().map(|(run, _)| run).collect()
}

//! What no record shows alone: one file a rule, collected in one list.
//!
//! A rule reads the linked site and says what looks like a mistake. It changes nothing and knows no other rule.

mod activity_never_held;
mod before_dawn;
mod booked_twice;
mod closing_without_effect;
mod conventions_lacking;
mod duty_gap;
mod exception_long_past;
mod exception_without_session;
mod first_language_off;
mod handbook_empty;
mod markdown_habits;
mod next_year_unknown;
mod policy_past_review;
mod programme_empty;
mod school_holidays_unknown;
mod season_never_reached;
mod session_outside_period;
mod session_while_closed;
mod sheets_chosen;
mod short_addresses;
mod swap_without_turn;
mod synonym_alone;
mod urgent_without_end;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::calendar::{Date, DateSpan};
use crate::content::{Origin, Text};
use crate::diagnostics::{Diagnostic, Place, Texts};
use crate::site::Site;
use crate::source::yaml::{Places, Step};

/// A rule.
type Rule = fn(&Site, &mut Vec<Diagnostic>);

/// The rules.
const RULES: &[Rule] = &[
    activity_never_held::check,
    before_dawn::check,
    booked_twice::check,
    closing_without_effect::check,
    conventions_lacking::check,
    duty_gap::check,
    exception_long_past::check,
    exception_without_session::check,
    first_language_off::check,
    handbook_empty::check,
    next_year_unknown::check,
    policy_past_review::check,
    programme_empty::check,
    school_holidays_unknown::check,
    season_never_reached::check,
    session_outside_period::check,
    session_while_closed::check,
    sheets_chosen::check,
    short_addresses::check,
    swap_without_turn::check,
    synonym_alone::check,
    urgent_without_end::check,
];

/// Looks at the site with every rule. What a file with errors was meant to say is too unsure for warnings; how its text is
/// written is not.
pub fn run(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let with_errors: BTreeSet<Arc<str>> =
        diagnostics.iter().filter(|found| found.is_error()).map(|found| Arc::clone(&found.place.file)).collect();
    let mut found = Vec::new();
    for rule in RULES {
        rule(site, &mut found);
    }
    found.retain(|found| found.is_error() || !with_errors.contains(&found.place.file));
    markdown_habits::check(site, &mut found);
    diagnostics.extend(found);
}

/// The places of a record's YAML, looked up when the first is asked for: most records have nothing wrong.
struct LazyPlaces<'a> {
    origin: &'a Origin,
    texts: &'a Texts,
    known: OnceCell<Places>,
}

impl<'a> LazyPlaces<'a> {
    fn of(site: &'a Site, origin: &'a Origin) -> Self {
        Self { origin, texts: &site.texts, known: OnceCell::new() }
    }

    fn at(&self, steps: &[Step]) -> Place {
        self.known.get_or_init(|| self.origin.places(self.texts)).at(steps)
    }
}

/// How many days ahead rules look at sessions and turns.
const AHEAD: i64 = 60;

/// The days that rules look at, today first.
fn coming_days(site: &Site) -> Option<DateSpan> {
    DateSpan::new(site.today, days_after(site.today, AHEAD))
}

/// A date so many days later, or earlier if `days` is negative.
fn days_after(date: Date, days: i64) -> Date {
    date.checked_add(jiff::Span::new().days(days)).unwrap_or(date)
}

/// A text in the site's first language, for messages.
fn title<'a>(site: &'a Site, text: &'a Text) -> &'a str {
    text.best(site.first_language(), site.first_language()).0
}

/// Dates for a message: the first few, one after the other.
fn first_dates(dates: &[Date]) -> Vec<String> {
    const SHOWN: usize = 5;
    dates.iter().take(SHOWN).map(ToString::to_string).collect()
}

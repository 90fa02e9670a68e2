//! Who is on duty: what swaps and turns make of both rosters, day by day.
//!
//! Days on which somebody else comes are told with who came before and why. Where turns differ on more runs of days than
//! a reader takes in, the first is told, and the fields of the roster as those of any record.

use serde_json::{Value, json};

use super::fields::{self, Form};
use super::programme::with_reason;
use super::words::{Tongue, Words, shortened};
use super::{Comparison, Kind};
use crate::calendar::Date;
use crate::content::{Duty, Record, Text};
use crate::site::{Edition, Site};

/// The most runs of days that are told one by one.
const MOST_RUNS: usize = 6;

/// A run of days on which somebody else comes.
struct Run {
    first: Date,
    last: Date,
    old: Option<Words>,
    new: Option<Words>,
    why: Option<Words>,
}

impl<'a> Comparison<'a> {
    /// Turns and swaps of a roster.
    pub(super) fn duty(&mut self, old: &'a Record<Duty>, new: &'a Record<Duty>) {
        let of = |duty: &Duty, keys: &[&str]| -> Value {
            let whole = serde_json::to_value(duty).unwrap_or_default();
            let keys = keys.iter().filter_map(|key| Some(((*key).to_owned(), whole.get(*key)?.clone())));
            Value::Object(keys.collect())
        };
        let both = ["rotation", "swaps"];
        let (was, is) = (of(&old.value, &both), of(&new.value, &both));
        if fields::same(&was, &is) {
            return;
        }
        let about = self.about(new, true);
        let runs = self.other_turns(&old.value, &new.value);
        for run in runs.iter().take(if runs.len() > MOST_RUNS { 1 } else { MOST_RUNS }) {
            let how = self.words(|tongue| {
                let who = |who: &Option<Words>| {
                    who.as_ref().map_or_else(String::new, |who| who.of(tongue.language).to_owned())
                };
                let when = tongue.span(run.first, run.last);
                let phrase = match (&run.old, &run.new) {
                    (_, None) => "duty-gone",
                    (None, _) => "duty-new",
                    _ => "duty-turn",
                };
                let arguments = [("when", when.as_str()), ("new", &who(&run.new)), ("old", &who(&run.old))];
                with_reason(tongue, &tongue.say(phrase, &arguments), run.why.as_ref())
            });
            self.tell(&about, Kind::Changed, how, Some(run.first));
        }
        let (was, is) = match runs.len() {
            // The days say who comes; when, only the field does.
            1..=MOST_RUNS => {
                let time = |of: &Value| json!({"rotation": {"time": of.pointer("/rotation/time")}});
                (time(&was), time(&is))
            }
            _ => (was, is),
        };
        self.differences(&about, &Form::of::<Duty>(), (&was, &is), &[], Some(new.value.valid.first()));
    }

    /// The days on which the turn is another's, those without duty between them passed over.
    fn other_turns(&self, old: &'a Duty, new: &'a Duty) -> Vec<Run> {
        let days = self.horizon().into_iter().flat_map(|horizon| horizon.days());
        let mut runs: Vec<Run> = Vec::new();
        let mut goes_on = false;
        for date in days {
            let (was, is) = (turn(self.before, old, date), turn(self.after, new, date));
            if was.is_none() && is.is_none() {
                continue;
            }
            let words = |side: for<'t> fn(&'t Tongue<'a>) -> &'t Edition<'a>, text: Option<&'a Text>| {
                let text = text?;
                Some(self.words(|tongue| shortened(&side(tongue).local(text).text)))
            };
            let before = words(|tongue| &tongue.before, was.and_then(|turn| turn.0));
            let after = words(|tongue| &tongue.after, is.and_then(|turn| turn.0));
            if before == after {
                goes_on = false;
                continue;
            }
            let why = words(|tongue| &tongue.after, is.and_then(|turn| turn.1));
            match runs.last_mut() {
                Some(run) if goes_on && (&run.old, &run.new, &run.why) == (&before, &after, &why) => run.last = date,
                _ => runs.push(Run { first: date, last: date, old: before, new: after, why }),
            }
            goes_on = true;
        }
        runs
    }
}

/// Who comes on a date by turns and swaps, and why somebody stands in; nothing where there is no turn.
fn turn<'a>(site: &Site, duty: &'a Duty, date: Date) -> Option<(Option<&'a Text>, Option<&'a Text>)> {
    let turn = site.turn_on(duty, date).filter(|_| duty.valid.contains(date))?;
    Some(match turn.swap {
        None => (Some(turn.usual), None),
        Some((_, swap)) => (swap.instead.as_ref(), swap.why.as_ref()),
    })
}

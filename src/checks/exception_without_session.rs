//! An exception on days on which the activity does not take place anyway: mostly a mistyped date.

use crate::content::Text;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;
use crate::site::views::rule_of;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.programmes {
        for (number, activity) in record.value.activities.iter().enumerate() {
            let Some(rule) = rule_of(&record.value, activity) else { continue };
            for (position, exception) in activity.exceptions.iter().enumerate() {
                let takes_place = |day| rule.valid.contains(day) && rule.pattern.falls_on(day);
                if exception.on.days().any(takes_place) {
                    continue;
                }
                let steps = ["activities".into(), number.into(), "exceptions".into(), position.into(), "on".into()];
                let first = exception.on.first();
                let problem = Problem::new(Code::ExceptionWithoutSession)
                    .with("date", &first.to_string())
                    .with("title", title(site, &activity.title))
                    .with_word("weekday", super::session_while_closed::weekday_word(first.weekday()));
                diagnostics.push(problem.at(record.origin.place(&site.texts, &steps)));
            }
        }
    }
}

/// A text in the site's first language, for messages.
pub(super) fn title<'a>(site: &'a Site, text: &'a Text) -> &'a str {
    text.best(site.first_language(), site.first_language()).0
}

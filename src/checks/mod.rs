//! What no record shows alone: one file a rule, collected in one list.
//!
//! A rule reads the linked site and says what looks like a mistake. It changes nothing and knows no other rule.

mod exception_without_session;
mod policy_past_review;
mod session_while_closed;

use crate::diagnostics::Diagnostic;
use crate::site::Site;

/// A rule.
type Rule = fn(&Site, &mut Vec<Diagnostic>);

/// The rules.
const RULES: [Rule; 3] = [exception_without_session::check, policy_past_review::check, session_while_closed::check];

/// Looks at the site with every rule.
pub fn run(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for rule in RULES {
        rule(site, diagnostics);
    }
}

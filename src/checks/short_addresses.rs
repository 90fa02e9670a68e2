//! Short addresses on paper that lead nowhere, or of which two lines say different things: paper cannot be recalled.

use std::collections::HashMap;

use super::LazyPlaces;
use crate::content::ShortAddress;
use crate::diagnostics::{Code, Diagnostic, Problem, closest};
use crate::site::{Leads, Site};

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let places = LazyPlaces::of(site, &site.content.addresses.origin);
    let place = |number: usize, key: &str| places.at(&["codes".into(), number.into(), key.into()]);
    let mut first: HashMap<&str, (usize, &ShortAddress)> = HashMap::new();
    for (number, (entry, leads)) in site.short_lines().enumerate() {
        let (code, page) = (entry.code.as_str(), entry.page.page());
        let problem = |kind: Code| Problem::new(kind).with("code", code).with("page", &page);
        let like = |path: &str| closest(path, site.short_targets());
        if let Some((earlier, other)) = first.get(code).copied() {
            if !entry.is_same(other) {
                let problem = problem(Code::ShortCodeTwice).with("first", &other.page.page());
                diagnostics.push(problem.at(place(number, "code")).see(place(earlier, "code")));
            }
            continue;
        }
        first.insert(code, (number, entry));
        if entry.to.is_some() && entry.farewell.is_some() {
            diagnostics.push(problem(Code::ShortAddressBoth).at(place(number, "farewell")));
        }
        match (leads, &entry.to) {
            (Leads::Nowhere, None) => {
                let problem = problem(Code::ShortAddressLost).with_some("suggestion", like(&page));
                diagnostics.push(problem.at(place(number, "for")));
            }
            (Leads::Nowhere, Some(to)) => {
                let problem = problem(Code::ShortAddressTo).with("to", &to.page());
                diagnostics.push(problem.with_some("suggestion", like(&to.page())).at(place(number, "to")));
            }
            (Leads::Page(_), None) if entry.farewell.is_some() => {
                diagnostics.push(problem(Code::FarewellUnseen).at(place(number, "farewell")));
            }
            _ => {}
        }
    }
}

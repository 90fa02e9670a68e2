//! Sheets that are asked for and cannot be made: of a kind that is not made of such records, or in a language that the
//! site does not have.

use super::LazyPlaces;
use crate::content::{Kind, Origin, Posters, Record, SheetChoice, SheetKind};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;
use crate::source::yaml::Step;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let config = &site.content.site;
    look(site, &config.value.posters, &config.origin, None, diagnostics);
    let content = &site.content;
    each(site, &content.centres, |centre| &centre.posters, diagnostics);
    each(site, &content.programmes, |programme| &programme.posters, diagnostics);
    each(site, &content.events, |event| &event.posters, diagnostics);
    each(site, &content.policies, |policy| &policy.posters, diagnostics);
    each(site, &content.notices, |notice| &notice.posters, diagnostics);
    each(site, &content.teams, |team| &team.posters, diagnostics);
    each(site, &content.duty, |duty| &duty.posters, diagnostics);
    each(site, &content.outreach, |outreach| &outreach.posters, diagnostics);
    each(site, &content.feedback, |feedback| &feedback.posters, diagnostics);
    each(site, &content.pages, |page| &page.posters, diagnostics);
}

fn each<K: Kind>(
    site: &Site,
    records: &[Record<K>],
    posters: impl Fn(&K) -> &Posters,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for record in records {
        look(site, posters(&record.value), &record.origin, Some(K::FOLDER), diagnostics);
    }
}

fn look(site: &Site, posters: &Posters, origin: &Origin, folder: Option<&str>, diagnostics: &mut Vec<Diagnostic>) {
    let places = LazyPlaces::of(site, origin);
    let key = |kind: SheetKind| [Step::from("posters"), Step::from(kind.key())];
    let made_of = |kind: SheetKind| folder.is_none_or(|folder| kind.folder() == folder);
    for (kind, choices) in posters.said() {
        if !made_of(kind) {
            let allowed = SheetKind::ALL.iter().copied().filter(|kind| made_of(*kind)).map(SheetKind::key);
            let problem = Problem::new(Code::SheetNotOfThis).with("key", kind.key()).with_list("allowed", allowed);
            diagnostics.push(problem.at(places.at(&key(kind))));
        }
        for (number, choice) in choices.iter().enumerate() {
            let SheetChoice::Options(options) = choice else { continue };
            let languages = || site.content.site.value.languages.iter().map(|language| &language.tag);
            if let Some(language) = options.with.as_ref().filter(|tag| !languages().any(|known| known == *tag)) {
                let problem = Problem::new(Code::LanguageNotOffered).with("language", language.as_str());
                let problem = problem.with_list("allowed", languages().map(|tag| tag.as_str()));
                let [posters, kind] = key(kind);
                diagnostics.push(problem.at(places.at(&[posters, kind, number.into(), "with".into()])));
            }
        }
    }
}

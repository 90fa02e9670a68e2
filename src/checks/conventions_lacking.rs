//! What the conventions of a public website ask for and the site does not say, all in one line; and a code that is none.
//!
//! The accessibility statement and the site map are made without being asked for, so they cannot be missing. What the
//! statement needs is somebody to tell.

use crate::content::Conventions;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;
use crate::source::yaml::Step;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let (config, origin) = (&site.content.site.value, &site.content.site.origin);
    let public = config.public_site.as_ref();
    if let Some(code) = public.and_then(|public| public.site_code.as_deref()).filter(|code| !is_site_code(code)) {
        let steps: [Step; 2] = ["public_site".into(), "site_code".into()];
        let problem = Problem::new(Code::NotASiteCode).with("text", code);
        diagnostics.push(problem.at(origin.place(&site.texts, &steps)));
    }
    let Some(Conventions::CnGov) = config.conventions else { return };
    let contact = public.is_some_and(|public| public.contact.is_some()) || !config.phones.is_empty();
    let asked = [
        ("public_site.site_code", public.is_some_and(|public| public.site_code.is_some())),
        ("public_site.icp", public.is_some_and(|public| public.icp.is_some())),
        ("public_site.public_security", public.is_some_and(|public| public.public_security.is_some())),
        ("public_site.government_mark", public.is_some_and(|public| public.government_mark.is_some())),
        ("public_site.report_errors", public.is_some_and(|public| public.report_errors.is_some())),
        ("public_site.sponsor", public.is_some_and(|public| public.sponsor.is_some())),
        ("public_site.contact", contact),
    ];
    let lacking: Vec<&str> = asked.into_iter().filter(|(_, said)| !said).map(|(key, _)| key).collect();
    if !lacking.is_empty() {
        let problem = Problem::new(Code::ConventionsLacking).with("conventions", "cn-gov").with_list("keys", lacking);
        diagnostics.push(problem.at(origin.place(&site.texts, &["conventions".into()])));
    }
}

/// Whether it has the form of a 网站标识码: ten digits, or `bm` and eight for ministries.
fn is_site_code(code: &str) -> bool {
    let digits = code.strip_prefix("bm").unwrap_or(code);
    code.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit())
}

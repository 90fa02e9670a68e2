//! What a public website says of itself at the bottom of every page: who runs it, its records, whom to tell of mistakes.

use serde::Serialize;

use super::parts::{ContactView, Local, PictureView, contact, pictures};
use crate::content::Registration;
use crate::site::Edition;

/// What a public website says of itself.
#[derive(Debug, Clone, Serialize)]
pub struct PublicSiteView {
    /// Who answers for it.
    pub sponsor: Option<Local>,
    /// Who looks after it.
    pub organiser: Option<Local>,
    /// Whom to ask about it.
    pub contact: Option<ContactView>,
    /// Its identification code.
    pub site_code: Option<String>,
    /// Its entries in public registers.
    pub records: Vec<MarkLine>,
    /// Where the mark of party and government organs leads; `government_mark` says whether there is one.
    pub mark_url: Option<String>,
    /// Whether it bears the mark of party and government organs.
    pub government_mark: bool,
    /// The mark as a picture.
    pub mark_picture: Option<PictureView>,
    /// Where mistakes are reported.
    pub report_errors: Option<String>,
}

/// An entry in a public register.
#[derive(Debug, Clone, Serialize)]
pub struct MarkLine {
    /// The number, in the site's first language.
    pub text: Local,
    /// Where it leads.
    pub url: Option<String>,
}

/// What a public website says of itself, if the site is one.
pub(super) fn public_site(edition: &Edition<'_>) -> Option<PublicSiteView> {
    let public = edition.site.content.site.value.public_site.as_ref()?;
    let first = edition.site.first_language();
    let record = |record: &Registration| MarkLine {
        text: Local { text: record.number.clone(), lang: (!edition.is_first()).then(|| first.to_string()) },
        url: record.url.as_ref().map(|url| url.as_str().to_owned()),
    };
    let mark = public.government_mark.as_ref();
    Some(PublicSiteView {
        sponsor: edition.local_some(public.sponsor.as_ref()),
        organiser: edition.local_some(public.organiser.as_ref()),
        contact: public.contact.as_ref().map(|who| contact(edition, who)),
        site_code: public.site_code.clone(),
        records: public.icp.iter().chain(&public.public_security).map(record).collect(),
        mark_url: mark.and_then(|mark| mark.url.as_ref()).map(|url| url.as_str().to_owned()),
        government_mark: mark.is_some(),
        mark_picture: mark
            .and_then(|mark| mark.picture.as_ref())
            .and_then(|picture| pictures(edition, std::slice::from_ref(picture)).pop()),
        report_errors: public.report_errors.as_ref().map(|url| url.as_str().to_owned()),
    })
}

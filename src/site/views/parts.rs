//! Small parts that many views share.

use std::fmt::{self, Write as _};

use serde::Serialize;

use crate::content::{Contact, Figure, Phone, Picture, Source};
use crate::site::edition::file_url;
use crate::site::{Edition, PictureFile, picture_files};

/// Text with its language where that is not the page's (WCAG 3.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Local {
    /// The text.
    pub text: String,
    /// Its language, where it is not the page's.
    pub lang: Option<String>,
}

impl Local {
    /// Text in the page's language.
    pub fn own(text: String) -> Self {
        Self { text, lang: None }
    }
}

/// A link to a page of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What is clicked on.
    pub name: Local,
    /// The address relative to the site's root, encoded.
    pub url: String,
    /// The language of the page behind it, where it is not this page's.
    pub hreflang: Option<String>,
}

/// A date for machines and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateText {
    /// ISO 8601, for `datetime`.
    pub iso: String,
    /// In words.
    pub text: String,
}

/// A telephone line.
#[derive(Debug, Clone, Serialize)]
pub struct PhoneView {
    /// What it is for.
    #[serde(rename = "for")]
    pub purpose: Option<Local>,
    /// As people read it.
    pub number: String,
    /// As a link (RFC 3966).
    pub href: String,
    /// When it is answered.
    pub hours: Option<Local>,
}

/// Somebody to ask.
#[derive(Debug, Clone, Serialize)]
pub struct ContactView {
    /// The role.
    pub role: Local,
    /// The number.
    pub phone: Option<PhoneView>,
    /// When and where.
    pub note: Option<Local>,
}

/// A figure.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    /// What is counted.
    pub label: Local,
    /// The number.
    pub value: Local,
    /// The unit.
    pub unit: Option<Local>,
    /// When it was counted.
    pub as_of: Option<String>,
    /// Who counted.
    pub source: Option<Local>,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView {
    /// The file, relative to the root, encoded.
    pub url: String,
    /// What it shows.
    pub alt: Local,
    /// The line below.
    pub caption: Option<Local>,
    /// Whose it is.
    pub credit: Option<Local>,
    /// Its width in pixels, where that is known.
    pub width: Option<u32>,
    /// Its height in pixels.
    pub height: Option<u32>,
    /// It again in smaller sizes, smallest first.
    pub smaller: Vec<PictureSize>,
    /// It again as WebP, smallest first, for browsers that show that.
    pub webp: Vec<PictureSize>,
}

/// A picture in a size.
#[derive(Debug, Clone, Serialize)]
pub struct PictureSize {
    /// The file, relative to the root, encoded.
    pub url: String,
    /// Its width in pixels.
    pub width: u32,
}

/// A document that something rests on.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Its title.
    pub title: Local,
    /// Its number.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<Local>,
    /// When.
    pub issued: Option<DateText>,
    /// Where it can be read.
    pub url: Option<String>,
}

fn dial(number: &str) -> String {
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '-')).collect();
    format!("tel:{digits}")
}

/// A bare number as a line.
pub(super) fn number(number: &str) -> PhoneView {
    PhoneView { purpose: None, number: number.to_owned(), href: dial(number), hours: None }
}

/// Telephone lines.
pub fn phones(edition: &Edition<'_>, phones: &[Phone]) -> Vec<PhoneView> {
    phones
        .iter()
        .map(|phone| PhoneView {
            purpose: edition.local_some(phone.purpose.as_ref()),
            number: phone.number.as_str().to_owned(),
            href: dial(phone.number.as_str()),
            hours: edition.local_some(phone.hours.as_ref()).or_else(|| {
                let answered = phone.answered.as_ref()?;
                Some(Local { text: edition.wording.weekly_lines(answered), lang: None })
            }),
        })
        .collect()
}

/// Somebody to ask.
pub fn contact(edition: &Edition<'_>, contact: &Contact) -> ContactView {
    ContactView {
        role: edition.local(&contact.role),
        phone: contact.phone.as_ref().map(|phone| number(phone.as_str())),
        note: edition.local_some(contact.note.as_ref()),
    }
}

/// Figures.
pub fn figures(edition: &Edition<'_>, figures: &[Figure]) -> Vec<FigureView> {
    figures
        .iter()
        .map(|figure| FigureView {
            label: edition.local(&figure.label),
            value: edition.local(&figure.value),
            // A counting word of another language would stand beside the number like a misprint.
            unit: edition
                .local_some(figure.unit.as_ref().filter(|unit| edition.has(unit) || !edition.has(&figure.label))),
            as_of: figure.as_of.map(|date| edition.wording.rough(date)),
            source: edition.local_some(figure.source.as_ref()),
        })
        .collect()
}

/// Pictures.
pub fn pictures(edition: &Edition<'_>, pictures: &[Picture]) -> Vec<PictureView> {
    pictures
        .iter()
        .map(|picture| {
            let name = picture.file.as_str();
            let files =
                edition.site.picture_facts.get(name).map(|facts| picture_files(name, facts)).unwrap_or_default();
            let (full, others) = files.split_first().map_or((None, &[][..]), |(full, others)| (Some(full), others));
            PictureView {
                url: file_url(&format!("pictures/{name}")),
                alt: edition.local(&picture.alt),
                caption: edition.local_some(picture.caption.as_ref()),
                credit: edition.local_some(picture.credit.as_ref()),
                width: full.map(|file| file.width),
                height: full.map(|file| file.height),
                smaller: sizes(others.iter().filter(|file| full.is_some_and(|full| file.format == full.format))),
                webp: sizes(others.iter().filter(|file| full.is_some_and(|full| file.format != full.format))),
            }
        })
        .collect()
}

fn sizes<'a>(files: impl Iterator<Item = &'a PictureFile>) -> Vec<PictureSize> {
    files.map(|file| PictureSize { url: file_url(&file.path), width: file.width }).collect()
}

/// A document.
pub fn source(edition: &Edition<'_>, source: &Source) -> SourceView {
    SourceView {
        title: edition.local(&source.title),
        number: source.number.clone(),
        issuer: edition.local_some(source.issuer.as_ref()),
        issued: source.issued.map(|day| edition.date(day.0)),
        url: source.url.as_ref().map(|url| url.as_str().to_owned()),
    }
}

/// The word that an enumerated value is written as, e.g. `community-centre`.
pub fn kebab<T: Serialize>(value: &T) -> String {
    struct Word<'a, T>(&'a T);
    impl<T: Serialize> fmt::Display for Word<'_, T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.serialize(f)
        }
    }
    let mut word = String::new();
    // Fails only for what is no word; then there is none.
    let _ = write!(word, "{}", Word(value));
    word
}

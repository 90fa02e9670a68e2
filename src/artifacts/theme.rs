//! A theme: templates, posters, style sheet, fonts, and the words of the interface.
//!
//! The `civic` theme is part of the program. A site's `themes/NAME/` lays its files over it, one by one, so
//! that a theme of one changed template is one file. A theme that has `assets/NAME.css` uses it in place of `civic.css`.
//! A style sheet may be written in many files: a line
//! `@import "../styles/NAME.css";` is replaced by that file. Style sheets and scripts get a fingerprint in their name, so
//! that browsers may keep them for ever; other assets keep their name.

mod look;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
#[cfg(feature = "posters")]
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

pub use look::Look;

#[cfg(feature = "posters")]
use super::posters::{PosterEngine, PosterProblem};
use super::template::Templates;
use super::{Artifact, Fingerprint, OutputPath, SiteArtifact, contrast, style_sheet};
use crate::content::{KeyLanguage, LanguageTag, SiteConfig, in_keys};
use crate::diagnostics::{Code, Diagnostic, Place, Problem, SourceText, Texts, closest};
use crate::site::{Edition, Site, Wording};
use crate::source::yaml;

static CIVIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/civic");

/// The name of the theme that is part of the program.
const BUILT_IN: &str = "civic";

/// A theme, ready to be used.
pub struct Theme {
    /// The theme's folder below `themes/`.
    pub name: String,
    files: BTreeMap<String, Cow<'static, [u8]>>,
    /// The words of the interface, in the languages of the site that the theme has words for.
    wordings: BTreeMap<String, Wording>,
    /// The languages that the theme has words for.
    languages: Vec<String>,
    /// The templates, compiled.
    pub(super) templates: Templates,
    /// Of all files of the theme.
    pub fingerprint: Fingerprint,
    /// Fonts and templates of sheets, read when the first is made.
    #[cfg(feature = "posters")]
    engine: OnceLock<Result<Arc<PosterEngine>, PosterProblem>>,
}

/// That the theme of a `site.yaml` with other mistakes is not there. `others` are the themes that the site has.
pub fn missing_theme(others: &[String], texts: &Texts) -> Option<Diagnostic> {
    let text = &texts.get("site.yaml")?.text;
    let site: serde_yaml::Value = serde_yaml::from_str(&in_keys("site.yaml", text, KeyLanguage::English)).ok()?;
    let name = site.get("theme")?.as_str()?;
    (name != BUILT_IN && !others.iter().any(|other| other == name)).then(|| no_theme(name, others, texts))
}

fn no_theme(name: &str, others: &[String], texts: &Texts) -> Diagnostic {
    let known = others.iter().map(String::as_str).chain([BUILT_IN]);
    let problem = Problem::new(Code::NoTheme).with("theme", name).with_some("suggestion", closest(name, known));
    let (site, whole) = ("site.yaml".into(), texts.get("site.yaml").map_or("", |source| &source.text));
    problem.at(yaml::locate(&site, whole, 0..whole.len(), &["theme".into()]))
}

impl Theme {
    /// Lays the site's own files over the built-in ones and reads templates and words. Texts of the theme are added
    /// to `texts`, to show diagnostics in them. `others` are the themes that the site has. Of the words, those in the
    /// site's languages are read.
    pub fn load(
        config: &SiteConfig,
        own: Option<BTreeMap<String, Vec<u8>>>,
        others: &[String],
        texts: &mut Texts,
    ) -> Result<Self, Vec<Diagnostic>> {
        let name = config.theme.as_str();
        if own.is_none() && name != BUILT_IN {
            return Err(vec![no_theme(name, others, texts)]);
        }
        let mut files = BTreeMap::new();
        built_in(&CIVIC, &mut files);
        for (path, bytes) in own.unwrap_or_default() {
            // A copy of a file that came with the program is that file.
            if files.get(&path).is_none_or(|known| **known != *bytes) {
                files.insert(path, Cow::Owned(bytes));
            }
        }
        if name != BUILT_IN && files.contains_key(&format!("assets/{name}.css")) {
            let built_in = |path: &str| path.strip_prefix("assets/").is_some_and(|asset| asset.starts_with(BUILT_IN));
            files.retain(|path, bytes| matches!(bytes, Cow::Owned(_)) || !built_in(path) || !path.ends_with(".css"));
        }
        let mut diagnostics = Vec::new();
        let mut wordings = BTreeMap::new();
        let mut languages = Vec::new();
        let mut sources = BTreeMap::new();
        for (path, bytes) in &files {
            let place = format!("themes/{name}/{path}");
            if let Some(template) = path.strip_prefix("templates/") {
                let text = String::from_utf8_lossy(bytes);
                texts.insert(place.into(), SourceText { text: text.as_ref().into() });
                sources.insert(template.to_owned(), text.into_owned());
            } else if path.ends_with(".typ") {
                texts.insert(place.into(), SourceText { text: String::from_utf8_lossy(bytes).as_ref().into() });
            } else if let Some(language) = path.strip_prefix("i18n/").and_then(|file| file.strip_suffix(".yaml")) {
                languages.push(language.to_owned());
                if !config.languages.iter().any(|used| used.tag.as_str() == language) {
                    continue;
                }
                let text = String::from_utf8_lossy(bytes);
                let place: Arc<str> = place.into();
                texts.insert(place.clone(), SourceText { text: text.as_ref().into() });
                // No word of it has a form of its own: what it is for, templates know.
                match yaml::decode::<Wording>(&place, &text, 0..text.len(), |_, _| Ok(())) {
                    Ok(wording) => {
                        wordings.insert(language.to_owned(), wording);
                    }
                    Err(found) => diagnostics.extend(found),
                }
            }
        }
        diagnostics.extend(contrast::check(name, &files, texts));
        complete(&mut wordings, &files);
        diagnostics.extend(assemble_styles(name, &mut files, texts));
        let fingerprint = Fingerprint::of_all(files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes]));
        let templates = match Templates::new(name, &sources) {
            Ok(templates) if diagnostics.is_empty() => templates,
            Ok(_) => return Err(diagnostics),
            Err(found) => {
                diagnostics.push(found);
                return Err(diagnostics);
            }
        };
        Ok(Self {
            name: name.to_owned(),
            files,
            wordings,
            languages,
            templates,
            fingerprint,
            #[cfg(feature = "posters")]
            engine: OnceLock::new(),
        })
    }

    /// The site in each of its languages. A language that the theme has no words for is reported.
    pub(crate) fn editions<'a>(&'a self, site: &'a Site) -> Result<Vec<Edition<'a>>, Vec<Diagnostic>> {
        let mut editions = Vec::new();
        let mut diagnostics = Vec::new();
        for language in &site.content.site.value.languages {
            match self.wordings.get(language.tag.as_str()) {
                Some(wording) => editions.push(Edition { site, language: &language.tag, wording }),
                None => {
                    let steps = ["languages".into(), language.number.into(), "tag".into()];
                    let problem = Problem::new(Code::NoInterface)
                        .with("language", language.tag.as_str())
                        .with("theme", &self.name)
                        .with_list("allowed", self.languages.iter().map(String::as_str));
                    diagnostics.push(problem.at(site.content.site.origin.place(&site.texts, &steps)));
                }
            }
        }
        if diagnostics.is_empty() { Ok(editions) } else { Err(diagnostics) }
    }

    /// The words of the interface in a language.
    pub(crate) fn wording(&self, language: &LanguageTag) -> Option<&Wording> {
        self.wordings.get(language.as_str())
    }

    /// A file of the theme by its path in it.
    pub(super) fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// What sets the theme's sheets, made once: fonts take longer to read than a sheet to set. Templates that are the site's
    /// own are not trusted with this process.
    #[cfg(feature = "posters")]
    pub(super) fn engine(&self) -> Result<Arc<PosterEngine>, PosterProblem> {
        let made = || {
            let is_font = |path: &str| path.ends_with(".otf") || path.ends_with(".ttf");
            let fonts = self.files_in("fonts/").filter(|(path, _)| is_font(path));
            let files = self.files_in("posters/").map(|(path, bytes)| (format!("/{path}"), bytes.to_vec()));
            let engine = PosterEngine::new(fonts.map(|(_, bytes)| bytes.to_vec()), files)?;
            Ok(Arc::new(if self.has_own_sheets() { engine.apart() } else { engine }))
        };
        self.engine.get_or_init(made).clone()
    }

    /// Whether templates or fonts of sheets are the site's own, and not the program's.
    #[cfg(feature = "posters")]
    pub(super) fn has_own_sheets(&self) -> bool {
        let own = |(path, bytes): (&String, &Cow<'_, [u8]>)| {
            (path.starts_with("posters/") || path.starts_with("fonts/")) && matches!(bytes, Cow::Owned(_))
        };
        self.files.iter().any(own)
    }

    /// Of what sheets are set with: their templates and the fonts. Their words come with what they say.
    #[cfg(feature = "posters")]
    pub(super) fn sheets_fingerprint(&self) -> Fingerprint {
        let files = self.files_in("posters/").chain(self.files_in("fonts/"));
        Fingerprint::of_all(files.flat_map(|(path, bytes)| [path.as_bytes(), bytes]))
    }

    /// The files whose path begins with `folder`, with their whole path.
    #[cfg(feature = "posters")]
    fn files_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(folder))
            .map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
    }

    /// Where an asset is published, relative to the root; the name of style sheets and scripts changes with their content.
    pub(super) fn asset_path(&self, asset: &str) -> String {
        let bytes = self.file(&format!("assets/{asset}"));
        match (bytes, asset.rsplit_once('.')) {
            (Some(bytes), Some((stem, ending @ ("css" | "js")))) => {
                let hash = Fingerprint::of(bytes).to_string();
                format!("assets/{stem}.{}.{ending}", hash.get(..10).unwrap_or(&hash))
            }
            _ => format!("assets/{asset}"),
        }
    }

    /// The style sheet of the theme's pages, among its assets.
    pub(super) fn style_sheet(&self) -> String {
        let own = format!("{}.css", self.name);
        if self.file(&format!("assets/{own}")).is_some() { own } else { format!("{BUILT_IN}.css") }
    }

    /// Each asset's name and where it is published.
    pub(super) fn asset_paths(&self) -> BTreeMap<&str, String> {
        let names = self.files.keys().filter_map(|path| path.strip_prefix("assets/"));
        names.map(|name| (name, self.asset_path(name))).collect()
    }

    /// A colour among the tokens of the style sheet as `#rrggbb`, the light one where there are two.
    pub(super) fn colour(&self, token: &str) -> Option<&str> {
        let css = std::str::from_utf8(self.file(&format!("assets/{}", self.style_sheet()))?).ok()?;
        let (_, after) = css.split_once(&format!("--{token}:"))?;
        let colour = after.split_once(';')?.0.trim();
        let digits = colour.strip_prefix('#')?;
        (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())).then_some(colour)
    }

    /// The theme's assets.
    pub(super) fn assets(&self) -> Vec<SiteArtifact<'_>> {
        let assets = self.files.iter().filter_map(|(path, bytes)| {
            let origin = format!("themes/{}/{path}", self.name).into();
            let path = self.asset_path(path.strip_prefix("assets/")?);
            let make = move |buffer: &mut Vec<u8>| {
                buffer.extend_from_slice(bytes);
                Ok(())
            };
            let inputs = Fingerprint::of(bytes).into();
            Some(Artifact {
                path: OutputPath::new(&path).ok()?,
                origin,
                inputs,
                make: Box::new(make) as super::Make<'_, _>,
            })
        });
        assets.collect()
    }
}

/// The words of the built-in theme in a language.
pub(crate) fn built_in_wording(language: &str) -> Option<Wording> {
    let file = CIVIC.get_file(format!("i18n/{language}.yaml"))?;
    serde_yaml::from_str(&String::from_utf8_lossy(file.contents())).ok()
}

/// Fills in what a file of words lacks: from the built-in one of its language, else from the Chinese one.
fn complete(wordings: &mut BTreeMap<String, Wording>, files: &BTreeMap<String, Cow<'static, [u8]>>) {
    for (language, wording) in wordings.iter_mut() {
        let is_own = files.get(&format!("i18n/{language}.yaml")).is_some_and(|file| matches!(file, Cow::Owned(_)));
        if let Some(same) = is_own.then(|| built_in_wording(language)).flatten() {
            wording.fill_from(&same, true);
        }
    }
    if let Some(chinese) = built_in_wording("zh-Hans") {
        wordings.values_mut().for_each(|wording| wording.fill_from(&chinese, false));
    }
}

/// Puts the style sheets' parts into them. A part that is not there is reported.
fn assemble_styles(
    theme: &str,
    files: &mut BTreeMap<String, Cow<'static, [u8]>>,
    texts: &mut Texts,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let sheets = files.keys().filter(|path| path.starts_with("assets/") && path.ends_with(".css")).cloned();
    for path in sheets.collect::<Vec<_>>() {
        let whole = files.get(&path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let mut assembled = String::with_capacity(whole.len());
        let mut at = 0;
        for line in whole.split_inclusive('\n') {
            let part = line.trim().strip_prefix("@import \"../").and_then(|rest| rest.strip_suffix("\";"));
            match part.map(|part| (part, files.get(part))) {
                None => assembled.push_str(line),
                Some((_, Some(bytes))) => assembled.push_str(&String::from_utf8_lossy(bytes)),
                Some((part, None)) => {
                    let sheet: Arc<str> = format!("themes/{theme}/{path}").into();
                    texts.insert(Arc::clone(&sheet), SourceText { text: whole.as_str().into() });
                    let problem = Problem::new(Code::NoStyle).with("style", part).with("theme", theme);
                    diagnostics.push(problem.at(Place::new(&sheet, at..at + line.trim_end().len())));
                }
            }
            at += line.len();
        }
        files.insert(path, Cow::Owned(style_sheet::compact(&assembled).into_bytes()));
    }
    diagnostics
}

fn built_in(folder: &'static Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path.replace('\\', "/"), Cow::Borrowed(file.contents()));
        }
    }
    for inside in folder.dirs() {
        built_in(inside, files);
    }
}

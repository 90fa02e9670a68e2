//! Printing: what was typed → sheets → files.
//!
//! Unlike `build` it makes what was asked for and nothing else, on the paper that was asked for, and leaves every other
//! file in the folder alone.

use std::process::ExitCode;

use super::PostersArguments;
use super::wall::Deed;
use crate::artifacts::{Printing, print};
use crate::cli::{PosterChoice, SiteArguments, Voice, prepare, whole};
use crate::content::{Distance, LanguageTag, PaperSize, SheetKind};
use crate::diagnostics::{Code, Failure, Language, Place, Problem, closest};
use crate::publish;
use crate::site::Site;

/// The widest strip that is cut off, in millimetres.
const WIDEST_BLEED: f64 = 20.0;

pub(in crate::cli) fn run(arguments: &PostersArguments, voice: Voice) -> ExitCode {
    let printing = match printing(arguments) {
        Ok(printing) => printing,
        Err(failure) => return voice.failure(&failure),
    };
    let site = SiteArguments { posters: PosterChoice::All, ..arguments.site.clone() };
    let mut prepared = match prepare::read(&site) {
        Ok(read) => read.prepare(),
        Err(failure) => return voice.failure(&failure),
    };
    let errors = prepared.has_errors();
    let Some((site, theme)) = prepared.linked.take().filter(|_| !errors) else {
        voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
        return ExitCode::from(1);
    };
    prepared.diagnostics.clear();
    let deed = Deed::of(arguments);
    let not_known = |id: &String| unknown_id(&site, id).filter(|_| deed.is_none_or(Deed::is_of_records));
    let unknown: Vec<Problem> = printing.ids.iter().filter_map(not_known).collect();
    if !unknown.is_empty() {
        let mut unknown: Vec<_> = unknown.into_iter().map(|it| it.at(Place::whole(&"content/".into()))).collect();
        voice.diagnostics(&mut unknown, &prepared.texts);
        return ExitCode::from(2);
    }
    if let Some(failure) = not_offered(&site, printing.with.as_ref()) {
        return voice.failure(&failure);
    }
    if let Some(deed) = deed {
        return deed.run(&arguments.site.site, &site, &theme, &printing, prepared.texts, voice);
    }
    let planned = match print(&site, &theme, &printing) {
        Ok(planned) => planned,
        Err(mut found) => {
            voice.diagnostics(&mut found, &prepared.texts);
            return ExitCode::from(1);
        }
    };
    let out = arguments.out.clone().unwrap_or_else(|| arguments.site.site.join("prints"));
    let made = publish::make_each(&planned, |path, bytes| whole::write_made(&out.join(path.as_str()), bytes));
    let mut written = Vec::new();
    let mut failed = false;
    for (artifact, made) in planned.iter().zip(made) {
        match made {
            Ok(()) => written.push(out.join(artifact.path.as_str())),
            Err(publish::MakeError::Artifact(found)) => {
                failed = true;
                prepared.diagnostics.extend(found);
            }
            Err(publish::MakeError::Machine(failure)) => return voice.failure(&failure),
        }
    }
    prepared.diagnostics.extend(site.take_warnings());
    voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
    for path in &written {
        voice.say(path.as_str());
    }
    if planned.is_empty() {
        voice.say(match voice.language {
            Language::ZhHans => "没有要印的：这些内容目前没有可以上墙的",
            Language::En => "there is nothing to print: these records have no sheet at present",
        });
    }
    ExitCode::from(u8::from(failed))
}

fn bad(option: &'static str, problem: Problem) -> Failure {
    Failure::BadOption { option, problem }
}

/// What was typed as what it means.
fn printing(arguments: &PostersArguments) -> Result<Printing, Failure> {
    let kinds = arguments.kind.iter().map(|word| {
        let words = || SheetKind::ALL.iter().map(|kind| kind.word());
        SheetKind::of_word(word).ok_or_else(|| bad("--kind", unknown_word(word, words().collect())))
    });
    let size = arguments.size.as_deref().map(|word| {
        let known = PaperSize::ALL.into_iter().find(|size| size.word().eq_ignore_ascii_case(word));
        known.ok_or_else(|| bad("--size", unknown_word(word, PaperSize::ALL.map(PaperSize::word).to_vec())))
    });
    let distance = arguments.distance.as_deref().map(|text| {
        let (least, most) = Distance::BOUNDS;
        number(text).and_then(Distance::new).ok_or_else(|| bad("--distance", out_of_range(text, least, most)))
    });
    let with = arguments.with.clone().map(|tag| LanguageTag::try_from(tag).map_err(|problem| bad("--with", problem)));
    let bleed = arguments.bleed.as_deref().map(|text| {
        let bleed = number(text).filter(|bleed| (0.0..=WIDEST_BLEED).contains(bleed));
        bleed.ok_or_else(|| bad("--bleed", out_of_range(text, 0.0, WIDEST_BLEED)))
    });
    Ok(Printing {
        ids: arguments.ids.clone(),
        kinds: kinds.collect::<Result<_, _>>()?,
        size: size.transpose()?,
        landscape: (arguments.landscape || arguments.portrait).then_some(arguments.landscape),
        distance: distance.transpose()?,
        large_print: arguments.large_print,
        with: with.transpose()?,
        bleed: bleed.transpose()?.unwrap_or_default(),
        booklet: arguments.booklet,
    })
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

fn unknown_word(word: &str, known: Vec<&'static str>) -> Problem {
    let meant = closest(word, known.iter().copied());
    Problem::new(Code::UnknownValue).with("text", word).with_some("suggestion", meant).with_list("allowed", known)
}

fn out_of_range(text: &str, least: f64, most: f64) -> Problem {
    let problem = Problem::new(Code::OutOfRange).with("text", text);
    problem.with("least", &least.to_string()).with("most", &most.to_string())
}

/// That no record, area, audience or handbook has this id.
fn unknown_id(site: &Site, id: &str) -> Option<Problem> {
    let config = &site.content.site.value;
    let lists = config.audiences.keys().map(|id| id.as_str()).chain(config.handbooks.keys().map(|id| id.as_str()));
    let areas = site.index.areas.iter().map(|entry| entry.area.id.as_str());
    let known: Vec<&str> = site.content.ids().chain(areas).chain(lists).collect();
    let problem = Problem::new(Code::UnknownReference).with_word("kind", "record").with("id", id);
    (!known.contains(&id)).then(|| match closest(id, known.iter().copied()) {
        Some(meant) => problem.with("suggestion", meant),
        None => problem.with_list("known", known),
    })
}

/// That the site does not have a language.
fn not_offered(site: &Site, language: Option<&LanguageTag>) -> Option<Failure> {
    let languages: Vec<&str> = site.content.site.value.languages.iter().map(|known| known.tag.as_str()).collect();
    let language = language.filter(|tag| !languages.contains(&tag.as_str()))?;
    let problem = Problem::new(Code::LanguageNotOffered).with("language", language.as_str());
    Some(bad("--with", problem.with_list("allowed", languages)))
}

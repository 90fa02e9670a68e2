//! `noticeboard posters --printed`, `--taken-down` and `--stale`: what hangs on the walls, and whether it still holds.
//!
//! `printed.txt` beside `site.yaml` keeps what was printed. What is stale is a result and no error, so it ends with 0.

mod words;

use std::fs;
use std::process::ExitCode;

use camino::Utf8Path;
use serde_json::json;

use super::{PostersArguments, WallFormat};
use crate::artifacts::{Hanging, Printing, Theme, Today, as_printed, hanging};
use crate::cli::{Voice, whole};
use crate::content::{PRINTED_FILE, PrintedSheet, PrintedSheets};
use crate::diagnostics::{Action, Code, Diagnostic, Failure, Language, Place, Problem, SourceText, Texts, closest};
use crate::site::{Difference, Site};
use crate::source::File;

/// What is to be done about the walls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Sheets were printed and hang.
    Printed,
    /// Sheets were taken down.
    TakenDown,
    /// What hangs is compared with what would be printed; as JSON, a line each, if so asked.
    Stale { json: bool },
}

impl Deed {
    /// What was asked for; nothing if sheets are to be printed.
    pub(super) fn of(arguments: &PostersArguments) -> Option<Self> {
        match (arguments.printed, arguments.taken_down, arguments.stale) {
            (true, _, _) => Some(Self::Printed),
            (_, true, _) => Some(Self::TakenDown),
            (_, _, true) => Some(Self::Stale { json: arguments.format == WallFormat::Json }),
            _ => None,
        }
    }

    /// Whether the ids are those of records that there are, and not of sheets that hang.
    pub(super) fn is_of_records(self) -> bool {
        self == Self::Printed
    }

    /// Does it, for the sheets that are asked for.
    pub(super) fn run(
        self,
        root: &Utf8Path,
        site: &Site,
        theme: &Theme,
        printing: &Printing,
        texts: Texts,
        voice: Voice,
    ) -> ExitCode {
        let names_nothing = printing.ids.is_empty() && printing.kinds.is_empty();
        if names_nothing && !matches!(self, Self::Stale { .. }) {
            let option = if self == Self::Printed { "--printed" } else { "--taken-down" };
            return voice.failure(&Failure::BadOption { option, problem: Problem::new(Code::NoSheetNamed) });
        }
        run(self, root, site, theme, printing, texts, voice)
    }
}

fn run(
    deed: Deed,
    root: &Utf8Path,
    site: &Site,
    theme: &Theme,
    printing: &Printing,
    mut texts: Texts,
    voice: Voice,
) -> ExitCode {
    let (mut sheets, mut found) = match read(root, &mut texts) {
        Ok(read) => read,
        Err(failure) => return voice.failure(&failure),
    };
    if !found.is_empty() {
        voice.diagnostics(&mut found, &texts);
        return ExitCode::from(1);
    }
    let done = match deed {
        Deed::Printed => as_printed(site, theme, printing).map(|new| printed(&mut sheets, new, voice)),
        Deed::TakenDown => match taken_down(&mut sheets, printing, voice) {
            Ok(said) => Ok(said),
            Err(mut unknown) => {
                voice.diagnostics(&mut unknown, &texts);
                return ExitCode::from(2);
            }
        },
        Deed::Stale { json } => {
            sheets.0.retain(|_, sheet| is_asked_for(printing, sheet));
            hanging(site, theme, &sheets).map(|all| if json { as_json(&all, voice) } else { in_words(&all, voice) })
        }
    };
    let said = match done {
        Ok(said) => said,
        Err(mut found) => {
            voice.diagnostics(&mut found, &texts);
            return ExitCode::from(1);
        }
    };
    let changes = !matches!(deed, Deed::Stale { .. });
    if changes && let Err(failure) = whole::write(&root.join(PRINTED_FILE), sheets.written().as_bytes()) {
        return voice.failure(&failure);
    }
    if !said.is_empty() {
        voice.say(&said);
    }
    ExitCode::SUCCESS
}

/// Reads `printed.txt`; where there is none, nothing hangs.
fn read(root: &Utf8Path, texts: &mut Texts) -> Result<(PrintedSheets, Vec<Diagnostic>), Failure> {
    let path = root.join(PRINTED_FILE);
    let text = match fs::read(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(Failure::Io { action: Action::Read, path, source }),
    };
    let file = File { path: PRINTED_FILE.into(), text: text.into() };
    texts.insert(file.path.clone(), SourceText { text: file.text.clone() });
    let mut found = Vec::new();
    let sheets = PrintedSheets::read(&file, &mut found);
    Ok((sheets, found))
}

/// Whether a sheet that hangs is among those that are asked for.
fn is_asked_for(printing: &Printing, hangs: &PrintedSheet) -> bool {
    let sheet = &hangs.sheet;
    (printing.ids.is_empty() || printing.ids.contains(&sheet.id))
        && (printing.kinds.is_empty() || printing.kinds.iter().any(|kind| kind.word() == sheet.kind))
        && printing.size.is_none_or(|size| sheet.paper.split('-').next() == Some(size.word()))
        && printing.landscape.is_none_or(|lies| sheet.paper.ends_with("-landscape") == lies)
        && printing.with.as_ref().is_none_or(|with| Some(with.as_str()) == sheet.with.as_deref())
        && (!printing.large_print || sheet.large)
}

fn printed(sheets: &mut PrintedSheets, new: Vec<(String, PrintedSheet)>, voice: Voice) -> String {
    let count = new.len();
    let mut lines = vec![match voice.language {
        Language::ZhHans if count == 0 => "没有可记的：这些内容目前没有可以上墙的".to_owned(),
        Language::En if count == 0 => "there is nothing to note: these records have no sheet at present".to_owned(),
        Language::ZhHans => format!("已记入 {PRINTED_FILE}：挂上 {count} 张"),
        Language::En => format!("{PRINTED_FILE} is written: {count} sheets hang"),
    }];
    for (path, sheet) in new {
        lines.push(format!("  {path} {}", sheet.version));
        sheets.0.insert(path, sheet);
    }
    lines.join("\n")
}

/// Takes sheets off the list; an id of which nothing hangs is said.
fn taken_down(sheets: &mut PrintedSheets, printing: &Printing, voice: Voice) -> Result<String, Vec<Diagnostic>> {
    let hang = |id: &str| sheets.0.values().any(|sheet| sheet.sheet.id == id);
    let unknown = printing.ids.iter().filter(|id| !hang(id)).map(|id| {
        let known = sheets.0.values().map(|sheet| sheet.sheet.id.as_str());
        let problem = Problem::new(Code::NothingHangs).with("id", id).with_some("suggestion", closest(id, known));
        problem.at(Place::whole(&PRINTED_FILE.into()))
    });
    let unknown: Vec<_> = unknown.collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let mut down = Vec::new();
    sheets.0.retain(|path, sheet| {
        let stays = !is_asked_for(printing, sheet);
        if !stays {
            down.push(format!("  {path}"));
        }
        stays
    });
    let head = match voice.language {
        Language::ZhHans => format!("已记入 {PRINTED_FILE}：取下 {} 张", down.len()),
        Language::En => format!("{PRINTED_FILE} is written: {} sheets taken down", down.len()),
    };
    Ok(std::iter::once(head).chain(down).collect::<Vec<_>>().join("\n"))
}

/// What hangs and no longer holds: what to take down, what to print anew, and why.
fn in_words(all: &[Hanging], voice: Voice) -> String {
    let language = voice.language;
    let (mut down, mut anew, mut same) = (Vec::new(), Vec::new(), 0);
    for hangs in all {
        match &hangs.today {
            Today::Same => same += 1,
            Today::Nothing | Today::Gone => down.push(lines(hangs, language)),
            Today::Other { .. } => anew.push(lines(hangs, language)),
        }
    }
    let (to_take, to_print) = (down.len(), anew.len());
    let heads = match language {
        Language::ZhHans => [format!("要取下 {to_take} 张："), format!("要重印 {to_print} 张：")],
        Language::En => [format!("to take down, {to_take}:"), format!("to print anew, {to_print}:")],
    };
    let last = match language {
        Language::ZhHans if all.is_empty() => {
            "墙上没有记着什么。印好挂上以后运行 noticeboard posters --printed 代号".to_owned()
        }
        Language::En if all.is_empty() => {
            "nothing is noted to hang; after printing, run noticeboard posters --printed ID".to_owned()
        }
        Language::ZhHans if same == all.len() => format!("墙上的 {same} 张都还对"),
        Language::En if same == all.len() => format!("all {same} sheets on the walls still hold"),
        Language::ZhHans => format!("其余 {same} 张还对"),
        Language::En => format!("the other {same} still hold"),
    };
    let [head_down, head_anew] = heads;
    let mut text = Vec::new();
    for (head, parts) in [(head_down, down), (head_anew, anew)] {
        if !parts.is_empty() {
            text.push(head);
            text.extend(parts);
        }
    }
    if same > 0 || all.is_empty() {
        text.push(last);
    }
    text.join("\n")
}

/// A sheet and why it no longer holds, a line each.
fn lines(hangs: &Hanging, language: Language) -> String {
    let on = hangs.printed.on;
    let head = match language {
        Language::ZhHans => format!("  {}（{}，{on} 印）", words::title(&hangs.printed), hangs.path),
        Language::En => format!("  {} ({}, printed {on})", words::title(&hangs.printed), hangs.path),
    };
    let mend = mend(hangs);
    let reasons = words::reasons(hangs, language).into_iter().map(|reason| format!("    {reason}"));
    std::iter::once(head).chain(reasons).chain(mend.map(|call| format!("    → {call}"))).collect::<Vec<_>>().join("\n")
}

/// The call that prints it anew, or notes that it was taken down.
fn mend(hangs: &Hanging) -> Option<String> {
    let sheet = &hangs.printed.sheet;
    let call = format!("noticeboard posters {} --kind {}", sheet.id, sheet.kind);
    match hangs.today {
        Today::Same => None,
        Today::Nothing | Today::Gone => Some(format!("{call} --taken-down")),
        Today::Other { .. } => {
            let (size, lies) = sheet
                .paper
                .split_once('-')
                .map_or((sheet.paper.as_str(), "--portrait"), |(size, _)| (size, "--landscape"));
            let large = if sheet.large { " --large-print" } else { "" };
            let with = sheet.with.as_ref().map(|tag| format!(" --with {tag}")).unwrap_or_default();
            Some(format!("{call} --size {size} {lies}{large}{with}"))
        }
    }
}

/// The same for programs: every sheet that hangs, a line each.
fn as_json(all: &[Hanging], voice: Voice) -> String {
    let difference = |one: &Difference| json!({"part": one.part, "about": one.about, "was": one.was, "is": one.is, "over": one.over});
    let of = |hangs: &Hanging| {
        let (action, version, differences) = match &hangs.today {
            Today::Same => ("keep", None, [].as_slice()),
            Today::Nothing => ("take-down", None, [].as_slice()),
            Today::Gone => ("take-down", None, [].as_slice()),
            Today::Other { version, differences } => ("reprint", Some(version), differences.as_slice()),
        };
        let PrintedSheet { on, version: printed, sheet } = &hangs.printed;
        json!({
            "sheet": hangs.path,
            "kind": sheet.kind,
            "id": sheet.id,
            "lang": sheet.lang,
            "title": words::title(&hangs.printed),
            "printed": on.to_string(),
            "version": printed,
            "now": version,
            "action": action,
            "reasons": words::reasons(hangs, voice.language),
            "differences": differences.iter().map(difference).collect::<Vec<_>>(),
            "call": mend(hangs),
        })
        .to_string()
    };
    all.iter().map(of).collect::<Vec<_>>().join("\n")
}

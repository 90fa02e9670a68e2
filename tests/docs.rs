//! What `docs/content.md` and `README.md` say is so: keys, values, forms of strings, examples, options.
//!
//! The document is compared with the JSON Schema of the types, its forms with the readers, and its examples
//! are put together as one site, each at the path that its own comment names, and checked by the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use assert_cmd::Command;
use noticeboard::calendar::{
    DateSpan, Day, DayOrTime, DayPattern, Intervals, Moment, MonthDay, RoughDate, TimeOfDay, TimeRange, Turn,
    WeekdaySet, WeeklyLines, When, osm, spoken,
};
use noticeboard::content::{
    AddressesFile, AreasFile, CalendarYear, Centre, Duty, Event, Feedback, HolidayHours, Id, LanguageTag, Notice,
    Outreach, Page, Paper, PhoneNumber, PictureFile, Policy, Programme, ShortCode, SiteConfig, SitePath, Team,
    WebAddress, ZoneName,
};
use noticeboard::diagnostics::{Language, Problem};
use serde_json::Value;

const CONTENT: &str = include_str!("../docs/content.md");
const README: &str = include_str!("../README.md");
/// The section of parts that several kinds have.
const SHARED: &str = "Shared parts";

/// A kind: its section, the word after `yaml` or `markdown` of its examples, and its schema.
type Kind = (&'static str, &'static str, Value);

fn kinds() -> Vec<Kind> {
    macro_rules! kind {
        ($heading:literal, $word:literal, $kind:ty) => {
            ($heading, $word, serde_json::to_value(schemars::schema_for!($kind)).unwrap())
        };
    }
    vec![
        kind!("Site", "site", SiteConfig),
        kind!("Areas", "areas", AreasFile),
        kind!("Short addresses", "addresses", AddressesFile),
        kind!("Calendar", "calendar", CalendarYear),
        kind!("Centres", "centre", Centre),
        kind!("Programmes", "programme", Programme),
        kind!("Events", "event", Event),
        kind!("Policies", "policy", Policy),
        kind!("Notices", "notice", Notice),
        kind!("Teams", "team", Team),
        kind!("Duty", "duty", Duty),
        kind!("Outreach", "outreach", Outreach),
        kind!("Feedback", "feedback", Feedback),
        kind!("Pages", "page", Page),
    ]
}

/// The text below each heading of a level, fenced blocks left out.
fn sections(level: &str) -> BTreeMap<&'static str, String> {
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    let mut heading = None;
    let mut fenced = false;
    for line in CONTENT.lines() {
        fenced ^= line.starts_with("```");
        if fenced || line.starts_with("```") {
            continue;
        }
        match line.split_once(' ') {
            Some((marks, name)) if marks == level => heading = Some(name),
            Some((marks, _)) if !marks.is_empty() && marks.len() < level.len() && marks.chars().all(|c| c == '#') => {
                heading = None;
            }
            _ => {}
        }
        if let Some(heading) = heading {
            let section = sections.entry(heading).or_default();
            section.push_str(line);
            section.push('\n');
        }
    }
    sections
}

/// The cells of the tables whose first column has this head, a table each.
fn tables(section: &str, head: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut inside = false;
    for line in section.lines() {
        let Some(row) = line.strip_prefix("| ") else {
            inside &= line.starts_with("|--");
            continue;
        };
        let cells: Vec<String> = row.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        if inside {
            tables.last_mut().unwrap().push(cells);
        } else if cells[0] == head {
            inside = true;
            tables.push(Vec::new());
        }
    }
    tables
}

/// A cell without its backticks.
fn bare(cell: &str) -> &str {
    cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`')).unwrap_or_else(|| panic!("no backticks: {cell}"))
}

/// The keys of a structure, and those of them that are required.
type Structure = (BTreeSet<String>, BTreeSet<String>);

fn documented(section: &str) -> Vec<Structure> {
    let structure = |rows: Vec<Vec<String>>| {
        let keys = rows.iter().map(|row| bare(&row[0]).to_owned()).collect();
        let required = rows.iter().filter(|row| row[1] == "yes").map(|row| bare(&row[0]).to_owned()).collect();
        (keys, required)
    };
    tables(section, "key").into_iter().map(structure).collect()
}

/// Every structure of a schema and every word that it names, `$defs` and all.
fn written(schema: &Value, structures: &mut Vec<Structure>, words: &mut BTreeSet<String>) {
    match schema {
        Value::Object(entries) => {
            if let Some(properties) = entries.get("properties").and_then(Value::as_object) {
                let required = entries.get("required").and_then(Value::as_array).into_iter().flatten();
                let required = required.filter_map(Value::as_str).map(str::to_owned).collect();
                structures.push((properties.keys().cloned().collect(), required));
            }
            words.extend(entries.get("const").and_then(Value::as_str).map(str::to_owned));
            let several = entries.get("enum").and_then(Value::as_array).into_iter().flatten();
            words.extend(several.filter_map(Value::as_str).map(str::to_owned));
            entries.values().for_each(|value| written(value, structures, words));
        }
        Value::Array(items) => items.iter().for_each(|value| written(value, structures, words)),
        _ => {}
    }
}

#[test]
fn every_key_of_every_kind_is_in_a_table_that_says_whether_it_is_required() {
    let sections = sections("##");
    let shared = documented(&sections[SHARED]);
    for (heading, _, schema) in kinds() {
        let (mut structures, mut words) = (Vec::new(), BTreeSet::new());
        written(&schema, &mut structures, &mut words);
        assert!(!structures.is_empty(), "{heading}");
        let own = documented(&sections[heading]);
        for structure in &structures {
            assert!(own.contains(structure) || shared.contains(structure), "no table of {structure:?} under {heading}");
        }
        for table in &own {
            assert!(structures.contains(table), "the types do not have this table of {heading}: {table:?}");
        }
    }
}

#[test]
fn every_value_that_a_key_takes_is_listed_with_its_kind() {
    let sections = sections("##");
    for (heading, _, schema) in kinds() {
        let (mut structures, mut words) = (Vec::new(), BTreeSet::new());
        written(&schema, &mut structures, &mut words);
        for word in words {
            assert!(sections[heading].contains(&format!("`{word}`")), "`{word}` is not under {heading}");
        }
    }
}

/// What a reader makes of a string, as it would be written back, or the code of its problem.
type Reader = fn(&str) -> Result<String, String>;

fn readers() -> Vec<(&'static str, Reader)> {
    fn code(problem: Problem) -> String {
        problem.code.id().to_owned()
    }
    /// For strings whose reader is only reachable through serde: the code is that whose message it gives.
    fn checked<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<String, String> {
        match serde_json::from_value::<T>(Value::String(text.to_owned())) {
            Ok(value) => Ok(serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
    vec![
        ("Dates", |text| Day::read(text).map(String::from).map_err(code)),
        ("Date spans", |text| DateSpan::read(text).map(String::from).map_err(code)),
        ("Times", |text| TimeOfDay::read(text).map(String::from).map_err(code)),
        ("Time ranges", |text| TimeRange::read(text).map(String::from).map_err(code)),
        ("Intervals", |text| Intervals::read(text).map(String::from).map_err(code)),
        ("Weekdays", |text| WeekdaySet::read(text).map(String::from).map_err(code)),
        ("Weekly lines", |text| WeeklyLines::read(text).map(String::from).map_err(code)),
        ("Hours as text", |text| {
            let read = if osm::looks_like_osm(text) { osm::read(text) } else { spoken::read(text) };
            read.map(|hours| spoken::write(&hours, Language::ZhHans)).map_err(code)
        }),
        ("Day patterns", |text| DayPattern::read(text).map(|days| days.0.to_string()).map_err(code)),
        ("Days or times", |text| DayOrTime::read(text).map(String::from).map_err(code)),
        ("Turns", |text| Turn::read(text).map(String::from).map_err(code)),
        ("When", |text| When::read(text).map(String::from).map_err(code)),
        ("Months and days", |text| MonthDay::read(text).map(String::from).map_err(code)),
        ("Moments", |text| Moment::read(text).map(|m| String::from(m).replace('–', "-")).map_err(code)),
        ("Rough dates", |text| RoughDate::read(text).map(String::from).map_err(code)),
        ("Holiday hours", |text| HolidayHours::read(text).map(String::from).map_err(code)),
        ("Papers", |text| Paper::read(text).map(|paper| paper.to_string()).map_err(code)),
        ("Ids", |text| Id::<Centre>::new(text).map(|id| id.to_string()).map_err(code)),
        ("Language tags", |text| LanguageTag::try_from(text.to_owned()).map(String::from).map_err(code)),
        ("Telephone numbers", checked::<PhoneNumber>),
        ("Web addresses", checked::<WebAddress>),
        ("Time zones", checked::<ZoneName>),
        ("Picture files", checked::<PictureFile>),
        ("Site paths", checked::<SitePath>),
        ("Short codes", checked::<ShortCode>),
    ]
}

#[test]
fn every_form_that_is_shown_is_read_as_it_says() {
    let sections = sections("###");
    for (heading, read) in readers() {
        let rows: Vec<_> = tables(&sections[heading], "written").into_iter().flatten().collect();
        assert!(!rows.is_empty(), "no table under {heading}");
        for row in rows {
            let text = bare(&row[0]);
            // What a recurrence means is said in words; it is only read here.
            let expected = if heading == "When" { text } else { bare(&row[1]) };
            assert_eq!(read(text).as_deref(), Ok(expected), "{heading}: {text}");
        }
    }
}

#[test]
fn every_form_that_is_said_not_to_be_read_is_refused_with_its_code() {
    let sections = sections("###");
    for (heading, read) in readers() {
        let rows: Vec<_> = tables(&sections[heading], "not read").into_iter().flatten().collect();
        assert!(!rows.is_empty(), "no table under {heading}");
        for row in rows {
            let text = bare(&row[0]);
            let refusal = read(text).expect_err(text);
            let code = noticeboard::diagnostics::Code::ALL.iter().find(|code| code.id() == row[1]).expect(&row[1]);
            let message = Problem::new(*code).with("text", text);
            let messages = [Language::En, Language::ZhHans].map(|language| message.message(language));
            assert!(refusal == row[1] || messages.iter().any(|m| refusal.contains(m)), "{heading}: {text}: {refusal}");
        }
    }
}

#[test]
fn every_form_has_a_reader_here() {
    let named: BTreeSet<&str> = readers().into_iter().map(|(heading, _)| heading).collect();
    let sections = sections("###");
    let shown = sections.iter().filter(|(_, text)| !tables(text, "written").is_empty()).map(|(heading, _)| *heading);
    assert_eq!(named, shown.collect());
}

/// The fenced blocks with a kind: its word, the path that the block's own comment names, the text.
fn examples() -> Vec<(String, String, String)> {
    let mut examples = Vec::new();
    let mut lines = CONTENT.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some((_, word)) = info.split_once(' ') {
            let path = block.iter().take(2).find_map(|line| line.strip_prefix("# ")).expect("the example has no path");
            examples.push((word.to_owned(), path.to_owned(), block.join("\n") + "\n"));
        }
    }
    examples
}

fn noticeboard() -> Command {
    Command::cargo_bin("noticeboard").unwrap()
}

#[test]
fn every_kind_has_an_example() {
    let shown: BTreeSet<String> = examples().into_iter().map(|(word, _, _)| word).collect();
    let expected: BTreeSet<String> = kinds().into_iter().map(|(_, word, _)| word.to_owned()).collect();
    assert_eq!(shown, expected);
}

#[test]
fn the_examples_together_are_a_site_without_errors_or_warnings() {
    let folder = tempfile::tempdir().unwrap();
    for (_, path, text) in examples() {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        assert!(!file.exists(), "{} is there twice", file.display());
        fs::write(file, text).unwrap();
    }
    // From 1 November on it would be said that the next year has no calendar yet.
    let check = ["check", "--strict", "--today", "2026-10-20", "--posters", "none", "--lang", "en", "--site"];
    let output = noticeboard().args(check).arg(folder.path()).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!((output.status.code(), said), (Some(0), ["nothing is wrong\n".to_owned(), String::new()]));
}

#[test]
fn each_example_is_needed_or_read_as_its_own_kind() {
    // An example that the program passed over would be right whatever it said.
    for (word, path, text) in examples() {
        let folder = tempfile::tempdir().unwrap();
        for (_, other, text) in examples() {
            let file = folder.path().join(other);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let comment = format!("# {path}\n");
        let spoiled = text.replace(&comment, &format!("{comment}not_a_key: 1\n"));
        assert_ne!(spoiled, text, "{path}");
        fs::write(folder.path().join(&path), spoiled).unwrap();
        let check = ["check", "--posters", "none", "--format", "json", "--lang", "en", "--site"];
        let output = noticeboard().args(check).arg(folder.path()).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{path}");
        let code = if path.ends_with(".en.md") { "NB0113" } else { "NB0206" };
        assert!(said.contains(code) && said.contains(&path), "{word} {path}: {said}");
    }
}

#[test]
fn every_key_of_the_files_for_programs_is_in_a_table_and_no_other() {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    let file = |path: &str| {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/hours/expected/");
        serde_json::from_slice::<Value>(&fs::read(format!("{golden}{path}")).unwrap()).unwrap()
    };
    let (hours, next) = (file("centres/jiefang/hours.json"), file("next-change.json"));
    let states = hours["states"].as_array().unwrap().iter().flat_map(keys).collect();
    let made = [keys(&hours), states, keys(&next), keys(&next["coming"][0])];
    let told = tables(include_str!("../docs/data.md"), "key");
    let told: Vec<BTreeSet<String>> =
        told.iter().map(|rows| rows.iter().map(|row| bare(&row[0]).to_owned()).collect()).collect();
    assert_eq!(told, made);
}

/// The options that a text names, as `--name`.
fn options(text: &str) -> BTreeSet<String> {
    let name = |part: &str| part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect::<String>();
    text.split("--").skip(1).map(name).filter(|name| !name.is_empty()).map(|name| format!("--{name}")).collect()
}

fn help(command: &str) -> String {
    let output = noticeboard().args([command, "--help", "--lang", "en"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "noticeboard {command} --help");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_program_has_every_command_and_option_that_the_readme_names() {
    let everywhere = README.lines().find_map(|line| line.strip_prefix("Everywhere: ")).expect("no line Everywhere");
    let rows: Vec<(&str, &str)> = README
        .lines()
        .filter_map(|line| line.strip_prefix("| `noticeboard ")?.split_once('`'))
        .map(|(call, rest)| (call.split(' ').next().unwrap(), rest))
        .collect();
    assert!(!rows.is_empty(), "the readme names no command");
    for (command, text) in rows {
        let help = help(command);
        let known = options(&help);
        for option in options(text).union(&options(everywhere)) {
            assert!(known.contains(option), "noticeboard {command} has no {option}:\n{help}");
        }
        for letter in ["-q", "-v"].into_iter().filter(|letter| everywhere.contains(letter)) {
            assert!(help.contains(&format!("{letter}, --")), "noticeboard {command} has no {letter}:\n{help}");
        }
    }
}

#[test]
fn the_readme_names_every_command_and_option_of_the_program() {
    let output = noticeboard().args(["--help", "--lang", "en"]).output().unwrap();
    let overview = String::from_utf8(output.stdout).unwrap();
    let listed = overview.split_once("Commands:").expect("no list of commands").1;
    let commands = listed.lines().skip(1).map_while(|line| line.strip_prefix("  ")?.split(' ').next());
    for command in commands.filter(|command| *command != "help") {
        let row = README.lines().find(|line| line.starts_with(&format!("| `noticeboard {command}")));
        assert!(row.is_some(), "the readme does not name {command}");
    }
    let named = options(README);
    for option in options(&help("build")).into_iter().filter(|option| !matches!(option.as_str(), "--help")) {
        let letter = option.trim_start_matches('-').chars().next().unwrap();
        let named = named.contains(&option) || README.contains(&format!("`-{letter}`"));
        assert!(named, "the readme does not name {option}");
    }
}

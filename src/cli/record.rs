//! `noticeboard record`: brings `ledger.txt` up to date with what the content says, before it is published, and allots
//! short addresses in `content/addresses.yaml` to pages that have none.
//!
//! What is new is added, what changed gets the next number and the time of the call, what is gone is kept as gone, and
//! no address is forgotten. Nothing is written while the content has errors, or while an address would disappear that
//! is not given up in so many words. The first time, everything stands as the content itself tells.

use std::process::ExitCode;

use clap::Args;

use super::against::{Standing, is_of_short_address};
use super::{SiteArguments, Voice, prepare, whole};
use crate::artifacts::{self, Theme};
use crate::content::{ADDRESSES_FILE, AddressesFile, Ledger, Published};
use crate::diagnostics::{Code, Diagnostic, Language, Place, Problem};
use crate::site::{Edition, Noted, Site};
use crate::source::LEDGER;

/// Most things that are named one by one, unless all are asked for.
const MOST_NAMED: usize = 20;

#[derive(Debug, Args)]
pub(super) struct RecordArguments {
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// A published address that is given up, such as /old/; with a star at its end, all that begin so.
    #[arg(long, value_name = "ADDRESS")]
    gone: Vec<String>,
}

/// What was noted of addresses.
#[derive(Default)]
struct Addresses {
    new: usize,
    gone: Vec<String>,
}

pub(super) fn run(arguments: &RecordArguments, voice: Voice) -> ExitCode {
    let mut prepared = match prepare::read(&arguments.site) {
        Ok(read) => read.prepare(),
        Err(failure) => return voice.failure(&failure),
    };
    // What a merge left is mended by being written anew.
    let mends = |found: &Diagnostic| matches!(found.problem.code, Code::LedgerMark | Code::LedgerTwice);
    let had_to_mend = prepared.diagnostics.iter().any(mends);
    prepared.diagnostics.retain(|found| found.is_error() && !mends(found));
    let mut found: Vec<Diagnostic> = prepared.diagnostics.extract_if(.., |found| is_of_short_address(found)).collect();
    let Some((mut site, theme)) = prepared.linked.take().filter(|_| prepared.diagnostics.is_empty()) else {
        voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
        return ExitCode::from(1);
    };
    let mut made = None;
    let short = match allot(&mut site, &theme) {
        Ok(short) => short,
        Err(faults) => {
            prepared.diagnostics.extend(found.into_iter().chain(faults));
            voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
            return ExitCode::from(1);
        }
    };
    match artifacts::plan(&site, &theme, &prepared.pictures) {
        Ok(planned) => {
            let mut standing = Standing::of(&site, &planned);
            let (mut ledger, noted) = site.noted();
            let addresses = note_addresses(&arguments.gone, &mut standing, &site, &mut ledger, &mut found);
            made = Some((ledger, noted, addresses));
        }
        Err(faults) => found.extend(faults),
    }
    prepared.diagnostics.extend(found);
    let Some((ledger, noted, addresses)) = made.filter(|_| prepared.diagnostics.is_empty()) else {
        voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
        return ExitCode::from(1);
    };
    let same = |before: &Ledger| before.identifiers == ledger.identifiers;
    let knows = site.content.ledger.as_ref().is_some_and(same);
    let is_same = !had_to_mend && knows && noted == Noted::default() && addresses.is_empty();
    let root = &arguments.site.site;
    if let Some(short) = &short
        && let Err(failure) = whole::write(&root.join(ADDRESSES_FILE), short.text.as_bytes())
    {
        return voice.failure(&failure);
    }
    if !is_same && let Err(failure) = whole::write(&root.join(LEDGER), ledger.written().as_bytes()) {
        return voice.failure(&failure);
    }
    let mut lines = vec![said(&ledger, &noted, &addresses, voice)];
    lines.extend(short.map(|short| short.said(voice)));
    voice.say(&lines.join("\n"));
    ExitCode::SUCCESS
}

impl Addresses {
    fn is_empty(&self) -> bool {
        self.new == 0 && self.gone.is_empty()
    }
}

/// Adds the addresses that the site has, and gives up those that are named.
fn note_addresses(
    given_up: &[String],
    standing: &mut Standing<'_>,
    site: &Site,
    ledger: &mut Ledger,
    found: &mut Vec<Diagnostic>,
) -> Addresses {
    let mut noted = Addresses::default();
    for address in given_up {
        let fits = |known: &str| match address.strip_suffix('*') {
            Some(begin) => known.starts_with(begin),
            None => known == address,
        };
        let lost = ledger.addresses.iter_mut().filter(|(known, published)| {
            published.gone.is_none() && fits(known) && !standing.addresses.contains(*known)
        });
        let before = noted.gone.len();
        for (known, published) in lost {
            published.gone = Some(site.today);
            noted.gone.push(known.clone());
        }
        if noted.gone.len() == before {
            let like = ledger.addresses.keys().filter(|known| !standing.addresses.contains(*known));
            let like = crate::diagnostics::closest(address, like.map(String::as_str));
            let problem = Problem::new(Code::NotGone).with("address", address).with_some("suggestion", like);
            found.push(problem.at(Place::whole(&LEDGER.into())));
        }
    }
    let lost = standing.gone_of_ledger().into_iter();
    found.extend(lost.filter(|lost| {
        let at = |published: &Published| published.at == lost.place.start;
        !noted.gone.iter().any(|address| ledger.addresses.get(address).is_some_and(at))
    }));
    if standing.was_never_published() {
        ledger.addresses.retain(|address, _| standing.addresses.contains(address));
    }
    for address in standing.unknown() {
        ledger.addresses.insert(address.to_owned(), Published::default());
        noted.new += 1;
    }
    noted
}

/// Short addresses that were allotted.
struct Short {
    /// The file, as it will be.
    text: String,
    /// How many are new.
    new: usize,
}

impl Short {
    fn said(&self, voice: Voice) -> String {
        match voice.language {
            Language::ZhHans => format!("已写入 {ADDRESSES_FILE}：新短网址 {} 个", self.new),
            Language::En => format!("{ADDRESSES_FILE} is written: {} new short addresses", self.new),
        }
    }
}

/// Allots a short address to each page without one, and goes on with them; `None` if the file stays as it is.
fn allot(site: &mut Site, theme: &Theme) -> Result<Option<Short>, Vec<Diagnostic>> {
    let lacking = theme.editions(site)?.first().map(Edition::without_short_address).unwrap_or_default();
    let new = site.allot(&lacking);
    let before = site.texts.get(ADDRESSES_FILE).map_or("", |source| &*source.text);
    let file = &site.content.addresses.value;
    if new.is_empty() && file.codes.is_empty() {
        return Ok(None);
    }
    let text = file.with(before, &new);
    if text == before {
        return Ok(None);
    }
    // What was just written as it is read can be read.
    if let Ok(file) = AddressesFile::read(&text) {
        site.set_short_addresses(file);
    }
    Ok(Some(Short { text, new: new.len() }))
}

/// What was noted, in words.
fn said(ledger: &Ledger, noted: &Noted, addresses: &Addresses, voice: Voice) -> String {
    if *noted == Noted::default() && addresses.is_empty() {
        return match voice.language {
            Language::ZhHans => format!("{LEDGER} 已是最新，没有要记的"),
            Language::En => format!("{LEDGER} is up to date: there is nothing to note"),
        };
    }
    let (new, changed, gone) = (noted.new.len(), noted.changed.len(), noted.gone.len());
    let (at, lost) = (addresses.new, addresses.gone.len());
    let mut lines = vec![match voice.language {
        Language::ZhHans => format!(
            "已写入 {LEDGER}：新内容 {new} 项，改动 {changed} 项，撤下 {gone} 项；新网址 {at} 个，不再保留的网址 {lost} 个"
        ),
        Language::En => format!(
            "{LEDGER} is written: {new} new, {changed} changed, {gone} gone; {at} new addresses, {lost} given up"
        ),
    }];
    let words = match voice.language {
        Language::ZhHans => ["新内容", "改动", "撤下", "不再保留", "另外还有"],
        Language::En => ["new", "changed", "gone", "given up", "and more"],
    };
    let [is_new, is_changed, is_gone, is_lost, more] = words;
    let change = |key: &String| {
        let sequence = ledger.things.get(key).map_or(0, |known| known.sequence);
        match voice.language {
            Language::ZhHans => format!("  {is_changed}  {key}（第 {sequence} 次）"),
            Language::En => format!("  {is_changed}  {key} (number {sequence})"),
        }
    };
    // What is noted the first time is everything.
    let plain = |word: &str, key: &String| format!("  {word}  {key}");
    let named: Vec<String> = noted
        .changed
        .iter()
        .map(change)
        .chain(noted.gone.iter().map(|key| plain(is_gone, key)))
        .chain(addresses.gone.iter().map(|key| plain(is_lost, key)))
        .chain(noted.new.iter().map(|key| plain(is_new, key)))
        .collect();
    let most = if voice.verbose { named.len() } else { MOST_NAMED };
    let left = named.len().saturating_sub(most);
    lines.extend(named.into_iter().take(most));
    if left > 0 {
        lines.push(format!("  {more} {left}"));
    }
    lines.join("\n")
}

//! `noticeboard serve`: shows the site while it is written.

use std::io::{self, IsTerminal as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::against::Standing;
use super::memory::Memory;
use super::prepare::{self, Checks};
use super::terminal_qr;
use super::{SiteArguments, Voice, eprint};
use crate::artifacts;
use crate::calendar::DateTime;
use crate::content::Progress;
use crate::diagnostics::{Code, Failure, Language, Problem};
use crate::serve::{self, DEFAULT_EDITOR, EditorLink, Loaded, Looked, News, Options, Source};

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// The port; by default 8000, or the next one that is free.
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen at: 0.0.0.0 for everybody on the network; by default for this machine alone.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,
    /// Opens the preview in the browser.
    #[arg(long)]
    open: bool,
    /// Prints a QR code for a phone on the same network; needs --host.
    #[arg(long)]
    qr: bool,
    /// The link that opens a file at a line in your editor.
    #[arg(long, value_name = "TEMPLATE", default_value = DEFAULT_EDITOR)]
    editor: String,
    /// Looks at the files by the clock, for network folders that tell nothing of changes.
    #[arg(long)]
    poll: bool,
}

/// So many changed files are named.
const MOST_NAMED: usize = 3;

pub(super) fn run(arguments: &ServeArguments, voice: Voice) -> ExitCode {
    match start(arguments, voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => voice.failure(&failure),
    }
}

fn start(arguments: &ServeArguments, voice: Voice) -> Result<(), Failure> {
    let host = read_host(&arguments.host)?;
    let root = &arguments.site.site;
    let editor = EditorLink::new(&arguments.editor, root).ok_or_else(|| {
        let problem = Problem::new(Code::NotAnEditorLink).with("text", &arguments.editor);
        let problem = problem.with("path", "{path}").with("line", "{line}").with("column", "{column}");
        Failure::BadOption { option: "--editor", problem }
    })?;
    if arguments.qr && host.is_loopback() {
        return Err(Failure::BadOption { option: "--qr", problem: Problem::new(Code::OutOfReach) });
    }
    prepare::check_options(&arguments.site)?;
    let listener = serve::listen(host, arguments.port)?;
    let refused = |source| Failure::Io {
        action: crate::diagnostics::Action::Listen,
        path: arguments.host.as_str().into(),
        source,
    };
    let local = listener.local_addr().map_err(refused)?;
    announce(arguments, local, voice);
    let folder = Folder {
        arguments: arguments.site.clone(),
        memory: Memory::new(),
        read: None,
        zone: "UTC".to_owned(),
        differs: None,
    };
    let options = Options {
        root: root.clone(),
        language: voice.language,
        editor: Some(editor),
        poll: arguments.poll,
        more: |site, theme, planned| {
            let to_come = artifacts::faults_to_come(site, theme).unwrap_or_default();
            Standing::of(site, planned).of_ledger(theme).into_iter().chain(to_come).collect()
        },
    };
    serve::serve(listener, Box::new(folder), options, Arc::new(move |news| tell(news, voice)))
}

fn read_host(text: &str) -> Result<IpAddr, Failure> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .map_err(|_| Failure::BadOption { option: "--host", problem: Problem::new(Code::NotAHost).with("text", text) })
}

/// Says where the preview is, and opens it if that was asked for.
fn announce(arguments: &ServeArguments, local: SocketAddr, voice: Voice) {
    let here =
        if local.ip().is_unspecified() { SocketAddr::new(Ipv4Addr::LOCALHOST.into(), local.port()) } else { local };
    let (here, port) = (format!("http://{here}/"), local.port());
    let chinese = voice.language == Language::ZhHans;
    if arguments.port.is_none() && port != serve::PORT {
        let taken = serve::PORT;
        voice.say(&if chinese {
            format!("端口 {taken} 已被占用，改用 {port}。")
        } else {
            format!("port {taken} is taken, so this is port {port}")
        });
    }
    voice.say(&if chinese { format!("预览地址：{here}") } else { format!("preview at {here}") });
    if !local.ip().is_loopback() {
        let there = SocketAddr::new(network_address(local.ip()), port);
        let there = format!("http://{there}/");
        voice.say(&if chinese {
            format!("同一网络里的手机打开：{there}\n注意：同一网络里的人都能看到这里，包括还没有发布的内容。")
        } else {
            format!("for a phone on the same network: {there}\nmind: everybody on this network can read it, also what is not published yet")
        });
        if arguments.qr
            && let Some(drawn) = terminal_qr::draw(&there, io::stdout().is_terminal() && voice.colour)
        {
            voice.say(&drawn);
        }
    }
    voice.say(if chinese { "按 Ctrl-C 结束。" } else { "Ctrl-C ends it" });
    if arguments.open && !open(&here) {
        eprint(if chinese {
            "打不开浏览器，请自己打开上面的地址。\n"
        } else {
            "the browser cannot be started: open the address above\n"
        });
    }
}

/// The address at which others on the network reach this machine. No packet is sent to find it.
fn network_address(listening: IpAddr) -> IpAddr {
    if !listening.is_unspecified() {
        return listening;
    }
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0));
    // An address that is kept for documentation (RFC 5737): only the way to it is asked for.
    let way =
        socket.and_then(|socket| socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).and_then(|()| socket.local_addr()));
    way.map_or(Ipv4Addr::LOCALHOST.into(), |local| local.ip())
}

/// Opens an address in the browser; false if no program for it can be started.
fn open(address: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    let silent = command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.spawn().is_ok()
}

/// Says at the terminal what happened.
fn tell(news: News, voice: Voice) {
    let chinese = voice.language == Language::ZhHans;
    match news {
        News::Read { changed, took, mut diagnostics, texts } => {
            let errors = diagnostics.iter().filter(|found| found.is_error()).count();
            voice.diagnostics(&mut diagnostics, &texts);
            let what = named(&changed, voice.language);
            let took = duration(took, voice.language);
            let first = changed.is_empty();
            voice.say(&match (chinese, errors == 0) {
                (true, true) if first => format!("已读完网站，用时 {took}"),
                (true, true) => format!("{what} 有改动，已更新，用时 {took}"),
                (true, false) if first => format!("网站有错，改好保存后会自动更新（{took}）"),
                (true, false) => format!("{what} 有改动，还有错，页面暂不更新（{took}）"),
                (false, true) if first => format!("the site is read ({took})"),
                (false, true) => format!("{what} changed: up to date ({took})"),
                (false, false) if first => {
                    format!("the site has errors: mend and save, and it goes on by itself ({took})")
                }
                (false, false) => format!("{what} changed, with errors: pages stay as they were ({took})"),
            });
        }
        News::Found { mut diagnostics, texts } => voice.diagnostics(&mut diagnostics, &texts),
        News::Failed(failure) => eprint(&format!("{}\n", failure.message(voice.language))),
        News::Polls => voice.say(if chinese {
            "这里收不到文件变动的通知，改为定时检查。"
        } else {
            "the system tells nothing of changes here, so files are looked at by the clock"
        }),
    }
}

fn named(changed: &[Arc<str>], language: Language) -> String {
    let (separator, others) = match language {
        Language::ZhHans => ("、", changed.len().saturating_sub(MOST_NAMED)),
        Language::En => (", ", changed.len().saturating_sub(MOST_NAMED)),
    };
    let names: Vec<&str> = changed.iter().take(MOST_NAMED).map(AsRef::as_ref).collect();
    let names = names.join(separator);
    match (language, others) {
        (_, 0) => names,
        (Language::ZhHans, others) => format!("{names} 等 {} 个文件", others + MOST_NAMED),
        (Language::En, others) => format!("{names} and {others} more"),
    }
}

fn duration(took: Duration, language: Language) -> String {
    let milliseconds = took.as_millis();
    match language {
        Language::ZhHans if milliseconds < 1000 => format!("{milliseconds} 毫秒"),
        Language::ZhHans => format!("{:.1} 秒", took.as_secs_f64()),
        Language::En if milliseconds < 1000 => format!("{milliseconds} ms"),
        Language::En => format!("{:.1} s", took.as_secs_f64()),
    }
}

/// The site's folder, read again and again.
struct Folder {
    arguments: SiteArguments,
    memory: Memory,
    read: Option<prepare::Read>,
    zone: String,
    /// The civil time at which the site would be another although no file is.
    differs: Option<DateTime>,
}

impl Source for Folder {
    fn look(&mut self) -> Result<Looked, Failure> {
        let read = prepare::read_again(&self.arguments, &mut self.memory)?;
        if let Some(zone) = read.zone() {
            zone.clone_into(&mut self.zone);
        }
        let now = prepare::now_in(&self.zone);
        let due = self.arguments.today.is_none() && self.differs.is_some_and(|differs| now >= differs);
        let looked = Looked { changed: read.changed().to_vec(), due, unsettled: read.is_unsettled() };
        self.read = Some(read);
        Ok(looked)
    }

    fn progress(&self) -> Arc<Progress> {
        self.memory.records.as_ref().map(|known| Arc::clone(&known.progress)).unwrap_or_default()
    }

    fn load(&mut self) -> Loaded {
        let Some(read) = self.read.take() else { return Loaded::default() };
        let prepared = read.prepare_again(&mut self.memory, Checks::Later);
        self.differs = prepared.linked.as_ref().map(|(site, _)| site.next_change());
        Loaded {
            linked: prepared.linked,
            pictures: prepared.pictures,
            diagnostics: prepared.diagnostics,
            texts: prepared.texts,
        }
    }
}

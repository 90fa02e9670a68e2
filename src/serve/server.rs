//! Answers requests: a file of the site as it is now, one of the preview's own, or what a page should be.
//!
//! Everything is refused that is not asked of us by a name of ours, or that would change something. A path is decoded
//! once and looked up among the planned files; nothing else is there to be found.

#[cfg(feature = "posters")]
mod sides;

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, HOST, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::hosts::Hosts;
use super::media::media_type;
use super::problems::Problems;
use super::response::{ASKED_AGAIN, file, moved, page_or_file, plain, respond, with_headers};
use super::shell::{self, FOLDER};
use super::snapshot::Answer;
use super::words::words;
use super::{EditorLink, Status};
use crate::artifacts::Fingerprint;
use crate::content::Progress;
use crate::diagnostics::{Diagnostic, Language};
use crate::site::{Address, decode};

/// The files of the preview itself, below [`FOLDER`].
const OWN: [(&str, &str); 3] = [
    ("reload.js", concat!("{\n", include_str!("assets/renew.js"), include_str!("assets/reload.js"), "}\n")),
    ("overlay.css", include_str!("assets/overlay.css")),
    ("shell.css", include_str!("assets/shell.css")),
];
/// The worker that takes an earlier one away: a preview keeps nothing for readers without a network.
const NO_WORKER: &str = include_str!("../../themes/civic/offline/off.js");
/// Where browsers ask for the worker, below the site's root.
const WORKER: &str = "sw.js";
/// So often a line is sent that says nothing, so that a connection that is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What every answer needs.
#[derive(Clone)]
struct Preview {
    status: Receiver<Arc<Status>>,
    progress: Arc<Progress>,
    hosts: Hosts,
    language: Language,
    editor: Option<Arc<EditorLink>>,
}

/// What browsers are told of the page that they show.
#[derive(Serialize)]
struct PageState<'a> {
    /// The fingerprint of the page; nothing while there is none.
    page: Option<&'a str>,
    shape: Option<&'a str>,
    sheets: &'a [String],
    problems: &'a Problems,
    words: Said,
}

/// The words that the script needs.
#[derive(Serialize)]
struct Said {
    lang: &'static str,
    faulty: &'static str,
    stands: &'static str,
    open: &'static str,
    hide: &'static str,
    more: &'static str,
    mend: &'static str,
    lost: &'static str,
}

/// Answers until the program is asked to end.
pub(super) async fn answer_all(
    listener: TcpListener,
    status: Receiver<Arc<Status>>,
    progress: Arc<Progress>,
    language: Language,
    editor: Option<EditorLink>,
) -> std::io::Result<()> {
    let hosts = Hosts::of(listener.local_addr()?);
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let preview = Preview { status, progress, hosts, language, editor: editor.map(Arc::new) };
    let router = Router::new().fallback(answer).with_state(preview);
    let serving = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>());
    // Browsers hold a connection for as long as a page is open, so nothing is waited for at the end.
    let serving = tokio::spawn(serving.into_future());
    asked_to_end().await;
    serving.abort();
    Ok(())
}

/// Ctrl-C, or the system's wish that the program ends.
async fn asked_to_end() {
    #[cfg(unix)]
    if let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::pin!(let interrupted = tokio::signal::ctrl_c(););
        std::future::poll_fn(|context| {
            let is_over = interrupted.as_mut().poll(context).is_ready() || ended.poll_recv(context).is_ready();
            if is_over { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

async fn answer(
    State(preview): State<Preview>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let headers = request.headers();
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !preview.hosts.allow(host) {
        return plain(StatusCode::FORBIDDEN, "this preview is not asked by that name\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let path = request.uri().path();
    if let Some(own) = path.strip_prefix(FOLDER) {
        if own == "events" {
            let page = request.uri().query().and_then(|query| query.strip_prefix("page=")).map(decode);
            return events(preview, page.unwrap_or_default(), peer.ip().is_loopback());
        }
        #[cfg(feature = "posters")]
        if let Some(side) = own.strip_prefix("sheet/") {
            return preview.side(side, headers).await;
        }
        return match OWN.iter().find(|(name, _)| *name == own) {
            Some((name, text)) => {
                let tag = Fingerprint::of(text.as_bytes()).to_string();
                file(StatusCode::OK, name, text.as_bytes().to_vec(), &tag, ASKED_AGAIN, headers)
            }
            None => plain(StatusCode::NOT_FOUND, "not found\n"),
        };
    }
    #[cfg(feature = "posters")]
    if path.ends_with(".pdf")
        && request.uri().query() != Some("file")
        && sides::wants_page(headers)
        && let Some(shown) = preview.sheet(path).await
    {
        return shown;
    }
    preview.of_site(path, headers).await
}

impl Preview {
    /// A file of the site.
    async fn of_site(&self, path: &str, headers: &HeaderMap) -> Response {
        let status = Arc::clone(&self.status.borrow());
        let said = words(self.language);
        let Some(snapshot) = &status.snapshot else {
            if !status.problems.is_empty() {
                return self.shell(StatusCode::SERVICE_UNAVAILABLE, said.faulty, &status.problems);
            }
            let so_far = self
                .progress
                .so_far()
                .map(|(read, all)| said.so_far.replace("{n}", &read.to_string()).replace("{m}", &all.to_string()));
            let message = [said.loading, &so_far.unwrap_or_default()].concat();
            return self.shell(StatusCode::SERVICE_UNAVAILABLE, &message, &Problems::default());
        };
        let base = decode(&snapshot.base_path);
        let decoded = decode(path);
        let Some(below) = decoded.strip_prefix(&base) else {
            let is_above = decoded == "/" || format!("{decoded}/") == base;
            return if is_above {
                moved(StatusCode::FOUND, &Address::new(base).encoded())
            } else {
                self.shell(StatusCode::NOT_FOUND, said.missing, &Problems::default())
            };
        };
        if below == WORKER {
            let tag = Fingerprint::of(NO_WORKER.as_bytes()).to_string();
            return file(StatusCode::OK, WORKER, NO_WORKER.into(), &tag, ASKED_AGAIN, headers);
        }
        match snapshot.get(below.to_owned()).await {
            Some(Answer::Made(made)) => page_or_file(StatusCode::OK, &made, headers),
            Some(Answer::Folder) => {
                moved(StatusCode::MOVED_PERMANENTLY, &format!("{}/", Address::new(decoded).encoded()))
            }
            Some(Answer::Missing(Some(made))) => page_or_file(StatusCode::NOT_FOUND, &made, headers),
            Some(Answer::Missing(None)) => self.shell(StatusCode::NOT_FOUND, said.missing, &Problems::default()),
            Some(Answer::Faulty(found)) => {
                let problems = self.problems(&found, &status);
                self.shell(StatusCode::INTERNAL_SERVER_ERROR, said.faulty, &problems)
            }
            // The thread has failed; a sheet is drawn where it is asked for and not here.
            _ => self.shell(StatusCode::INTERNAL_SERVER_ERROR, said.faulty, &Problems::default()),
        }
    }

    /// What keeps a page from being made.
    fn problems(&self, found: &[Diagnostic], status: &Status) -> Problems {
        Problems::of(found, &status.texts, self.language, self.editor.as_deref())
    }

    /// The preview's own page.
    fn shell(&self, status: StatusCode, message: &str, problems: &Problems) -> Response {
        // Until the site is read, the page tells how far that is.
        let is_waiting = status == StatusCode::SERVICE_UNAVAILABLE && problems.is_empty();
        let html = shell::page(message, problems, is_waiting, self.language);
        let mut response = respond(status, media_type("shell.html"), html.into_bytes());
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }

    /// What the page at a path should be now, as JSON.
    async fn state(&self, status: &Status, path: &str, is_local: bool) -> String {
        let mut answer = None;
        #[cfg(feature = "posters")]
        if path.ends_with(".pdf") {
            answer = self.drawn(status, path).await;
        }
        if let (Some(snapshot), None) = (&status.snapshot, &answer) {
            let base = decode(&snapshot.base_path);
            if let Some(below) = decode(path).strip_prefix(&base) {
                answer = snapshot.get(below.to_owned()).await;
            }
        }
        let made = match &answer {
            Some(Answer::Made(made) | Answer::Missing(Some(made))) => Some(made),
            _ => None,
        };
        let faces = made.and_then(|made| made.faces.as_ref());
        #[cfg(feature = "posters")]
        let sheet = match &answer {
            Some(Answer::Drawn(drawn)) => Some(drawn.fingerprint.to_string()),
            _ => None,
        };
        #[cfg(not(feature = "posters"))]
        let sheet: Option<String> = None;
        let own = match &answer {
            Some(Answer::Faulty(found)) if status.problems.is_empty() => Some(self.problems(found, status)),
            _ => None,
        };
        let problems = own.as_ref().unwrap_or(&status.problems);
        let for_others = (!is_local).then(|| problems.for_others());
        let said = words(self.language);
        let state = PageState {
            page: faces.map(|faces| faces.page.as_str()).or(sheet.as_deref()),
            shape: faces.map(|faces| faces.shape.as_str()).or(sheet.as_deref()),
            sheets: faces.map_or(&[], |faces| &faces.sheets),
            problems: for_others.as_ref().unwrap_or(problems),
            words: Said {
                lang: said.lang,
                faulty: said.faulty,
                stands: said.stands,
                open: said.open,
                hide: said.hide,
                more: said.more,
                mend: said.mend,
                lost: said.lost,
            },
        };
        serde_json::to_string(&state).unwrap_or_default()
    }
}

/// Tells a browser what its page should be, now and whenever that may be something else.
fn events(preview: Preview, path: String, is_local: bool) -> Response {
    let states = WatchStream::new(preview.status.clone());
    let events = states.then(move |status| {
        let (preview, path) = (preview.clone(), path.clone());
        async move {
            let state = preview.state(&status, &path, is_local).await;
            Ok::<_, Infallible>(Event::default().data(state))
        }
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response();
    with_headers(response.headers_mut());
    response
}

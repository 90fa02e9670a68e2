//! Answers requests: a file of the site as it is now, one of the preview's own, or what a page should be.
//!
//! Everything is refused that is not asked of us by a name of ours, or that would change something. A path is decoded
//! once and looked up among the planned files; nothing else is there to be found.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::hosts::Hosts;
use super::media::media_type;
use super::problems::Problems;
use super::shell::{self, FOLDER};
use super::snapshot::{Answer, Made};
use super::words::words;
use super::{EditorLink, Status};
use crate::artifacts::{Fingerprint, SERVER_HEADERS};
use crate::diagnostics::{Diagnostic, Language};
use crate::site::{Address, decode};

/// The files of the preview itself, below [`FOLDER`].
const OWN: [(&str, &str); 3] = [
    ("reload.js", include_str!("assets/reload.js")),
    ("overlay.css", include_str!("assets/overlay.css")),
    ("shell.css", include_str!("assets/shell.css")),
];
/// The worker that takes an earlier one away: a preview keeps nothing for readers without a network.
const NO_WORKER: &str = include_str!("../../themes/civic/offline/off.js");
/// Where browsers ask for the worker, below the site's root.
const WORKER: &str = "sw.js";
/// What may be kept: its name changes with its content.
const KEPT: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again each time.
const ASKED_AGAIN: &str = "no-cache";
/// So often a line is sent that says nothing, so that a connection that is gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What every answer needs.
#[derive(Clone)]
struct Preview {
    status: Receiver<Arc<Status>>,
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
    language: Language,
    editor: Option<EditorLink>,
) -> std::io::Result<()> {
    let hosts = Hosts::of(listener.local_addr()?);
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let preview = Preview { status, hosts, language, editor: editor.map(Arc::new) };
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
        return match OWN.iter().find(|(name, _)| *name == own) {
            Some((name, text)) => {
                let tag = Fingerprint::of(text.as_bytes()).to_string();
                file(StatusCode::OK, name, text.as_bytes().to_vec(), &tag, ASKED_AGAIN, headers)
            }
            None => plain(StatusCode::NOT_FOUND, "not found\n"),
        };
    }
    preview.of_site(path, headers).await
}

impl Preview {
    /// A file of the site.
    async fn of_site(&self, path: &str, headers: &HeaderMap) -> Response {
        let status = Arc::clone(&self.status.borrow());
        let said = words(self.language);
        let Some(snapshot) = &status.snapshot else {
            let message = if status.problems.is_empty() { said.loading } else { said.faulty };
            return self.shell(StatusCode::SERVICE_UNAVAILABLE, message, &status.problems);
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
            None => self.shell(StatusCode::INTERNAL_SERVER_ERROR, said.faulty, &Problems::default()),
        }
    }

    /// What keeps a page from being made.
    fn problems(&self, found: &[Diagnostic], status: &Status) -> Problems {
        Problems::of(found, &status.texts, self.language, self.editor.as_deref())
    }

    /// The preview's own page.
    fn shell(&self, status: StatusCode, message: &str, problems: &Problems) -> Response {
        let html = shell::page(message, problems, self.language);
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
        if let Some(snapshot) = &status.snapshot {
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
        let own = match &answer {
            Some(Answer::Faulty(found)) if status.problems.is_empty() => Some(self.problems(found, status)),
            _ => None,
        };
        let problems = own.as_ref().unwrap_or(&status.problems);
        let for_others = (!is_local).then(|| problems.for_others());
        let said = words(self.language);
        let state = PageState {
            page: faces.map(|faces| faces.page.as_str()),
            shape: faces.map(|faces| faces.shape.as_str()),
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

/// A page, with the script that keeps it as it should be, or another file as it is.
fn page_or_file(status: StatusCode, made: &Made, headers: &HeaderMap) -> Response {
    let is_kept = made.path.starts_with("assets/") && has_fingerprint(&made.path);
    let cache = if is_kept { KEPT } else { ASKED_AGAIN };
    let Some(faces) = &made.faces else {
        return file(status, &made.path, made.bytes.clone(), &made.tag, cache, headers);
    };
    let tag = shell::tag(&faces.page, &faces.shape);
    let end = made.bytes.windows(7).position(|window| window.eq_ignore_ascii_case(b"</head>"));
    let (before, after) = made.bytes.split_at(end.unwrap_or(made.bytes.len()));
    let page = [before, tag.as_bytes(), after].concat();
    // Pictures count too: they may be others while the page's own bytes are the same.
    file(status, &made.path, page, &faces.page, cache, headers)
}

/// Whether the name of a style sheet or script holds a fingerprint of its content: `live.0123456789.js`.
fn has_fingerprint(path: &str) -> bool {
    let mut parts = path.rsplit('.');
    let (ending, digits) = (parts.next(), parts.next());
    matches!(ending, Some("css" | "js"))
        && digits.is_some_and(|digits| digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn file(status: StatusCode, path: &str, bytes: Vec<u8>, tag: &str, cache: &'static str, asked: &HeaderMap) -> Response {
    let tag = format!("\"{tag}\"");
    let has_it = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if has_it && status == StatusCode::OK {
        respond(StatusCode::NOT_MODIFIED, media_type(path), Vec::new())
    } else {
        respond(status, media_type(path), bytes)
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

fn moved(status: StatusCode, to: &str) -> Response {
    let mut response = plain(status, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

fn plain(status: StatusCode, text: &str) -> Response {
    respond(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

fn respond(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    with_headers(response.headers_mut());
    response
}

/// The headers that the site asks of every server; the preview needs no exception from them.
fn with_headers(headers: &mut HeaderMap) {
    for (name, value) in SERVER_HEADERS {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    }
}

//! Answers as HTTP has them: type, how long they may be kept, a tag to ask again with, and the headers of the site.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::media::media_type;
use super::shell;
use super::snapshot::Made;
use crate::artifacts::SERVER_HEADERS;

/// What may be kept: its name changes with its content.
const KEPT: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again each time.
pub(super) const ASKED_AGAIN: &str = "no-cache";

/// Where the head of a page begins.
const HEAD: &[u8] = b"<head>";

/// A page, with the script that keeps it as it should be, or another file as it is.
pub(super) fn page_or_file(status: StatusCode, made: &Made, headers: &HeaderMap) -> Response {
    let is_kept = made.path.starts_with("assets/") && has_fingerprint(&made.path);
    let cache = if is_kept { KEPT } else { ASKED_AGAIN };
    let Some(faces) = &made.faces else {
        return file(status, &made.path, made.bytes.clone(), &made.tag, cache, headers);
    };
    let tag = shell::tag(&faces.page, &faces.shape, &faces.pictures);
    let head = made.bytes.windows(HEAD.len()).position(|window| window.eq_ignore_ascii_case(HEAD));
    let (before, after) = made.bytes.split_at(head.map_or(made.bytes.len(), |at| at + HEAD.len()));
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

pub(super) fn file(
    status: StatusCode,
    path: &str,
    bytes: Vec<u8>,
    tag: &str,
    cache: &'static str,
    asked: &HeaderMap,
) -> Response {
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

pub(super) fn moved(status: StatusCode, to: &str) -> Response {
    let mut response = plain(status, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

pub(super) fn plain(status: StatusCode, text: &str) -> Response {
    respond(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

pub(super) fn respond(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    with_headers(response.headers_mut());
    response
}

/// The headers that the site asks of every server; the preview needs no exception from them.
pub(super) fn with_headers(headers: &mut HeaderMap) {
    for (name, value) in SERVER_HEADERS {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    }
}

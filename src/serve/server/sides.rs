//! Sheets as a browser sees them: a page with a picture of each side, and each of these pictures.

use std::sync::Arc;

use axum::http::header::{ACCEPT, CACHE_CONTROL};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

use super::{ASKED_AGAIN, Answer, Preview, Problems, Status, file, media_type, plain, respond, shell, words};
use crate::site::decode;

/// Whether a browser asks for something to be shown as a page of its own.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accepted| accepted.to_str().ok())
        .is_some_and(|accepted| accepted.contains("text/html"))
}

impl Preview {
    /// The sheet at a path, drawn.
    pub(super) async fn drawn(&self, status: &Status, path: &str) -> Option<Answer> {
        let snapshot = status.snapshot.as_ref()?;
        let below = decode(path).strip_prefix(&decode(&snapshot.base_path))?.to_owned();
        snapshot.draw(below).await
    }

    /// The page that shows a sheet; nothing if there is none at the path.
    pub(super) async fn sheet(&self, path: &str) -> Option<Response> {
        let status = Arc::clone(&self.status.borrow());
        match self.drawn(&status, path).await? {
            Answer::Drawn(drawn) => {
                let state = drawn.fingerprint.to_string();
                let found = Problems::all(&drawn.found, &status.texts, self.language, self.editor.as_deref());
                let html = shell::sheet(path, &drawn, &state, &found, self.language);
                let mut response = respond(StatusCode::OK, media_type("shell.html"), html.into_bytes());
                response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
                Some(response)
            }
            Answer::Faulty(found) => {
                let problems = self.problems(&found, &status);
                Some(self.shell(StatusCode::INTERNAL_SERVER_ERROR, words(self.language).faulty, &problems))
            }
            _ => None,
        }
    }

    /// One side of a sheet: `NUMBER/FINGERPRINT/PATH`.
    pub(super) async fn side(&self, asked: &str, headers: &HeaderMap) -> Response {
        let status = Arc::clone(&self.status.borrow());
        let missing = || plain(StatusCode::NOT_FOUND, "not found\n");
        let parts =
            asked.split_once('/').and_then(|(side, rest)| Some((side.parse::<usize>().ok()?, rest.find('/')?, rest)));
        let Some((side, path)) = parts.and_then(|(side, at, rest)| Some((side, rest.get(at..)?))) else {
            return missing();
        };
        match self.drawn(&status, path).await {
            Some(Answer::Drawn(drawn)) => match side.checked_sub(1).and_then(|side| drawn.pages.get(side)) {
                Some(png) => {
                    file(StatusCode::OK, "side.png", png.clone(), &drawn.fingerprint.to_string(), ASKED_AGAIN, headers)
                }
                None => missing(),
            },
            _ => missing(),
        }
    }
}

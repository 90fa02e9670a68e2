//! Sheets as pictures: what stands behind the address of a PDF when a browser wants a page.
//!
//! Fonts and templates are read when the first sheet of a snapshot is looked at. The last one stays, since a browser asks
//! for its pages one by one.

#[cfg(feature = "posters")]
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::snapshot::Answer;
use crate::artifacts::Theme;
#[cfg(feature = "posters")]
use crate::artifacts::{Drawer, DrawnSheet};
use crate::site::Site;

/// The sheets of a snapshot.
#[cfg(feature = "posters")]
pub(super) struct Sheets<'a> {
    site: &'a Site,
    theme: &'a Theme,
    drawer: OnceLock<Option<Drawer<'a>>>,
    last: Mutex<Option<(String, Arc<DrawnSheet>)>>,
}

#[cfg(feature = "posters")]
impl<'a> Sheets<'a> {
    pub(super) fn of(site: &'a Site, theme: &'a Theme) -> Self {
        Self { site, theme, drawer: OnceLock::new(), last: Mutex::default() }
    }

    /// The sheet whose PDF is at a path.
    pub(super) fn draw(&self, path: &str) -> Answer {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, drawn)) = last.as_ref().filter(|(known, _)| known == path) {
            return Answer::Drawn(Arc::clone(drawn));
        }
        // What is wrong with the theme has kept the snapshot from being planned.
        let drawer = self.drawer.get_or_init(|| Drawer::new(self.site, self.theme).ok());
        match drawer.as_ref().and_then(|drawer| drawer.draw(path)) {
            None => Answer::Missing(None),
            Some(Err(found)) => Answer::Faulty(Arc::new(found)),
            Some(Ok(drawn)) => {
                let drawn = Arc::new(drawn);
                *last = Some((path.to_owned(), Arc::clone(&drawn)));
                Answer::Drawn(drawn)
            }
        }
    }
}

/// A program without posters draws none.
#[cfg(not(feature = "posters"))]
pub(super) struct Sheets<'a>(std::marker::PhantomData<&'a Site>);

#[cfg(not(feature = "posters"))]
impl<'a> Sheets<'a> {
    pub(super) fn of(_: &'a Site, _: &'a Theme) -> Self {
        Self(std::marker::PhantomData)
    }

    pub(super) fn draw(&self, _: &str) -> Answer {
        Answer::Missing(None)
    }
}

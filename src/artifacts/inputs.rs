//! What goes into an artifact, as far as it is known without making it.
//!
//! Most is known as soon as the artifact is planned. What a sheet says takes a view of its own, which is made when
//! somebody asks: by the threads that make artifacts, or never.

use std::fmt;
use std::sync::Arc;

use super::Fingerprint;

/// Everything that goes into an artifact.
#[derive(Clone, Default)]
pub enum Inputs<'a> {
    /// Not known without making it.
    #[default]
    Unknown,
    /// This.
    Known(Fingerprint),
    /// What this says when it is asked.
    Asked(Arc<dyn Fn() -> Fingerprint + Send + Sync + 'a>),
}

impl<'a> Inputs<'a> {
    /// What `reckon` says when it is asked.
    pub fn asked(reckon: impl Fn() -> Fingerprint + Send + Sync + 'a) -> Self {
        Self::Asked(Arc::new(reckon))
    }

    /// Their fingerprint, unless they are unknown.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        match self {
            Self::Unknown => None,
            Self::Known(fingerprint) => Some(*fingerprint),
            Self::Asked(reckon) => Some(reckon()),
        }
    }
}

impl From<Option<Fingerprint>> for Inputs<'_> {
    fn from(known: Option<Fingerprint>) -> Self {
        known.map_or(Self::Unknown, Self::Known)
    }
}

impl From<Fingerprint> for Inputs<'_> {
    fn from(known: Fingerprint) -> Self {
        Self::Known(known)
    }
}

impl fmt::Debug for Inputs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("Unknown"),
            Self::Known(fingerprint) => write!(f, "Known({fingerprint})"),
            Self::Asked(_) => f.write_str("Asked"),
        }
    }
}

//! Since when a thing stands as it does: what the ledger says, as far as the content still says the same.
//!
//! Without a ledger nothing is known, and whoever asks goes by what editors dated themselves. With one, a thing whose
//! fingerprint is the same has the number and the dates of the ledger; one that changed has the next number and changed
//! now; one that the ledger does not know is new. So it is once for each change, whenever and however often is built.

use std::collections::HashMap;

use super::things::Thing;
use super::{DateTime, Site};
use crate::content::{Known, Ledger};

/// Since when a thing stands as it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// How often it changed.
    pub(crate) sequence: u32,
    /// Since when it is known; nothing for what was there before the ledger.
    pub(crate) published: Option<DateTime>,
    /// When it changed last; nothing if not since there is a ledger.
    pub(crate) changed: Option<DateTime>,
}

/// What was not as the ledger has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Noted {
    /// Things that are new.
    pub(crate) new: Vec<String>,
    /// Things that changed.
    pub(crate) changed: Vec<String>,
    /// Things that are gone.
    pub(crate) gone: Vec<String>,
}

impl Noted {
    /// Everything, in that order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.new.iter().chain(&self.changed).chain(&self.gone).map(String::as_str)
    }
}

/// How a thing stands, beside a ledger.
fn standing(ledger: &Ledger, thing: &Thing, now: DateTime) -> Standing {
    // A build for an earlier day does not know the future.
    let past = |at: Option<DateTime>| at.map(|at| at.min(now));
    match ledger.things.get(&thing.key) {
        None => Standing { sequence: 0, published: Some(now), changed: Some(now) },
        Some(known) if known.hash == thing.hash && known.gone.is_none() => {
            Standing { sequence: known.sequence, published: past(known.published), changed: past(known.changed) }
        }
        Some(known) => Standing {
            sequence: known.sequence.saturating_add(1),
            published: past(known.published),
            changed: Some(now),
        },
    }
}

impl Site {
    /// How a thing stands, by its key; `None` without a ledger.
    pub(crate) fn standing(&self, key: &str) -> Option<Standing> {
        let ledger = self.content.ledger.as_ref()?;
        let all = self.standings.get_or_init(|| {
            let things = self.things();
            let stands = things.iter().map(|thing| standing(ledger, thing, self.now)).collect::<Vec<_>>();
            things.into_iter().map(|thing| thing.key).zip(stands).collect::<HashMap<_, _>>()
        });
        all.get(key).copied()
    }

    /// Whether an address, beginning with `/`, was published.
    pub(crate) fn was_published(&self, address: &str) -> bool {
        self.content.ledger.as_ref().is_some_and(|ledger| ledger.addresses.contains_key(address))
    }

    /// The ledger as it should be, but for addresses, and what it did not have. A first one counts what the content
    /// tells, and dates nothing.
    pub(crate) fn noted(&self) -> (Ledger, Noted) {
        let (mut ledger, mut noted) = (self.content.ledger.clone().unwrap_or_default(), Noted::default());
        let is_first = self.content.ledger.is_none();
        ledger.identifiers = Some(self.identifiers().clone());
        let mut left: std::collections::BTreeSet<String> =
            ledger.things.iter().filter(|(_, known)| known.gone.is_none()).map(|(key, _)| key.clone()).collect();
        for thing in self.things() {
            left.remove(&thing.key);
            let stands = if is_first {
                Standing { sequence: thing.sequence, published: None, changed: None }
            } else {
                standing(&ledger, &thing, self.now)
            };
            let before = ledger.things.get(&thing.key);
            match before {
                None => noted.new.push(thing.key.clone()),
                Some(known) if known.hash != thing.hash || known.gone.is_some() => {
                    noted.changed.push(thing.key.clone());
                }
                // As it stands, also where the day is an earlier one.
                Some(_) => continue,
            }
            let Standing { sequence, published, changed } = stands;
            let known = Known { hash: thing.hash, sequence, published, changed, gone: None };
            ledger.things.insert(thing.key, known);
        }
        for key in left {
            if let Some(known) = ledger.things.get_mut(&key) {
                known.gone = Some(self.today);
            }
            noted.gone.push(key);
        }
        for list in [&mut noted.new, &mut noted.changed] {
            list.sort_unstable();
        }
        (ledger, noted)
    }
}

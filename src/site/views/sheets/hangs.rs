//! At which centres the sheets of a record hang.

use crate::content::{Centre, Duty, Event, Feedback, Id, Kind, Notice, Outreach, Page, Policy, Programme, Record};

/// A kind whose records have sheets.
pub(in crate::site::views) trait Hangs: Kind {
    /// The centres at which those of a record hang; none where it is no centre's own.
    fn centres(record: &Record<Self>) -> Vec<&Id<Centre>>;
}

macro_rules! hangs {
    ($($kind:ty: $record:ident => $centres:expr;)*) => {
        $(impl Hangs for $kind {
            fn centres($record: &Record<Self>) -> Vec<&Id<Centre>> {
                $centres
            }
        })*
    };
}

hangs! {
    Centre: record => vec![&record.id];
    Programme: record => vec![&record.value.centre];
    Duty: record => vec![&record.value.centre];
    Event: record => record.value.centre.iter().collect();
    Feedback: record => record.value.centre.iter().collect();
    Notice: record => record.value.centres.iter().collect();
    Outreach: _record => Vec::new();
    Policy: _record => Vec::new();
    Page: _record => Vec::new();
}

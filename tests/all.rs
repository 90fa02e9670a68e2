//! All tests of the program as one program, since each one more is linked with the whole of Typst.
//!
//! `cargo test --test all golden` runs those of `golden.rs`. What a test needs of others lies in `support/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

#[path = "conformance/judge.rs"]
mod judge;
#[path = "conformance/random_rules.rs"]
mod random_rules;
mod support;

mod addresses;
mod api;
mod bad_input;
mod calendar;
mod calendars;
mod changes;
mod checks;
mod chinese_keys;
mod docs;
mod feeds;
mod fix;
mod formats;
mod golden;
mod guide;
mod headers;
mod hsds;
mod import;
mod import_boards;
mod import_cells;
mod import_dates;
mod import_hours;
mod import_left_over;
mod import_lists;
mod import_packed;
mod import_returned;
mod import_round_trip;
mod import_services;
mod languages;
mod large;
mod ledger;
mod live;
mod lunar;
mod manners;
mod mending;
mod mistakes;
mod new;
mod offline;
mod osm;
mod osm_oracle;
mod outputs;
mod pages;
mod pictures;
mod pipelines;
mod places;
mod posters;
mod properties;
mod publishing;
mod recurrences;
mod redirects;
mod reference;
mod rrule_oracle;
mod schema;
mod search;
mod second_reckoning;
mod serve;
mod share_pictures;
mod sheets;
mod sheets_beside;
mod sheets_bounds;
mod sheets_downloads;
mod sheets_grid;
mod sheets_lists;
mod sheets_one;
mod sheets_pictures;
mod sheets_policies;
mod sheets_reckoned;
mod slips;
mod slips_mended;
mod spoken;
mod status;
mod structured_data;
mod tables;
mod themes;
mod timetables;
mod transcripts;
mod usage;
mod wall;
mod workdays;

/// A file that is not named above would be run by nobody.
#[test]
fn every_file_is_a_part() {
    let parts = include_str!("all.rs");
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(part) = name.strip_suffix(".rs").filter(|part| *part != "all") else { continue };
        assert!(parts.contains(&format!("\nmod {part};\n")), "tests/all.rs does not name {name}");
    }
}

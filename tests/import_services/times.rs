//! When places are open and services are given, as directories say it: a rule is read whole or not at all, a date is no
//! week, hours that are over or hold only later are not those of now, and words beside times are not lost.

use super::said::{read_in, says};
use super::*;

/// A directory with places of some names, each with its schedules.
fn places(each: &[(&str, &str)]) -> String {
    let place = |(number, (name, schedules)): (usize, &(&str, &str))| {
        format!(
            r#"{{"id":"{number}","name":"{name}","location_type":"physical","addresses":[{{"address_1":"{number} Elm"}}],"schedules":[{schedules}]}}"#
        )
    };
    let places: Vec<String> = each.iter().enumerate().map(place).collect();
    format!(r#"{{"locations":[{}]}}"#, places.join(","))
}

/// A row of weekdays with its times, and what else it says.
fn row(days: &str, times: &str, more: &str) -> String {
    let (opens, closes) = times.split_once('-').unwrap();
    format!(r#"{{"freq":"WEEKLY","byday":"{days}","opens_at":"{opens}","closes_at":"{closes}"{more}}}"#)
}

/// The hours that were written of a place; empty if there are none.
fn hours(site: &TestSite, id: &str) -> String {
    let file = written(site, &format!("centres/{id}.yaml"));
    let line = file.lines().find_map(|line| line.strip_prefix("hours: "));
    line.unwrap_or_default().trim_matches('"').to_owned()
}

#[test]
fn a_rule_is_read_whole_or_refused_with_the_parts_that_nobody_reads() {
    let monthly = |more: &str| format!(r#"{{"freq":"MONTHLY","opens_at":"06:00","closes_at":"07:00",{more}}}"#);
    let thursdays = |more: &str| row("TH", "08:00-09:00", more);
    let services = [
        service("Summer", "", &thursdays(r#","bymonth":"7,8""#)),
        service("Mondays", "", &monthly(r#""byday":"MO","bysetpos":1"#)),
        service("Early", "", &monthly(r#""byday":"MO,TU","bysetpos":1"#)),
        service("Hourly", "", &thursdays(r#","byhour":[9,15]"#)),
        service("Chess", "", &thursdays(r#","dtstart":"2026-12-01","exdate":"2026-12-10","rdate":"2026-12-12""#)),
        service("Harvest", "", &thursdays(r#","bymonth":"9,10","dtstart":"2027-09-01","until":"2027-10-31""#)),
    ];
    let (site, said) = read_in("en", "theirs.json", &hall(&services.join(",")));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let programme = written(&site, "programmes/hall.yaml");
    for words in [
        "when: \"first mon 06:00-07:00\"",
        "exceptions: [{on: 2026-12-10, cancelled: Not held}]",
        "extra: [{on: \"2026-12-12 08:00-09:00\"}]",
        "RRULE:FREQ=WEEKLY;BYMONTH=9,10;BYDAY=TH 08:00-09:00",
    ] {
        assert!(programme.contains(words), "{words}\n{programme}");
    }
    for name in ["Summer", "Early", "Hourly"] {
        assert!(!programme.contains(name), "{name}\n{programme}");
    }
    let why = "was not taken: it recurs in a way that cannot be said here";
    says(
        &said,
        &[
            &format!("the schedule `thu 08:00–09:00 bymonth=7,8` of `Summer` {why}"),
            &format!("the schedule `every month mon-tue 06:00–07:00 bysetpos=1` of `Early` {why}"),
            &format!("the schedule `thu 08:00–09:00 byhour=9,15` of `Hourly` {why}"),
        ],
    );
    let rows =
        [row("TH", "08:00-09:00", r#","bymonth":"7,8""#), row("MO", "09:00-12:00", r#","exdate":["2026-12-07"]"#)];
    let (site, said) = read_in("en", "theirs.json", &places(&[("Hall", &rows.join(","))]));
    assert_eq!(hours(&site, "hall"), "Mo 09:00-12:00; 2026 Dec 07 off");
    says(&said, &["the schedule `thu 08:00–09:00 bymonth=7,8` of `Hall` was not taken"]);
}

#[test]
fn a_date_without_a_rule_is_that_date_and_two_are_no_week() {
    let on = |dates: &str| format!(r#"{{{dates},"opens_at":"09:00","closes_at":"10:00"}}"#);
    let (once, between) = (on(r#""dtstart":"2026-12-20""#), on(r#""dtstart":"2026-12-20","until":"2027-02-01""#));
    let json = hall(&[service("Chess", "", &once), service("Draughts", "", &between)].join(","));
    let json = json.replacen(r#""addresses""#, &format!(r#""schedules":[{once},{between}],"addresses""#), 1);
    let (site, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let programme = written(&site, "programmes/hall.yaml");
    assert!(programme.contains("when: \"2026-12-20 09:00-10:00\"") && !programme.contains("Draughts"), "{programme}");
    assert_eq!(hours(&site, "hall"), "2026 Dec 20 09:00-10:00");
    let why = "was not taken: it has a first and a last date, and does not say how often it takes place between them";
    says(&said, &[&format!("of `Draughts` {why}"), &format!("of `Hall` {why}")]);
}

#[test]
fn hours_that_are_over_are_left_out_and_a_part_of_the_year_alone_stays_one() {
    let of = |from: &str, to: &str| row("MO", "09:00-17:00", &format!(r#","valid_from":"{from}","valid_to":"{to}""#));
    let json = places(&[
        ("Past", &of("2020-01-01", "2020-12-31")),
        ("Gone", &of("2026-07-01", "2026-08-31")),
        ("Lido", &of("2027-07-01", "2027-08-31")),
    ]);
    let (site, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert_eq!(["past", "gone", "lido"].map(|id| hours(&site, id)), ["", "", "Jul-Aug Mo 09:00-17:00"]);
    says(
        &said,
        &[
            "the schedule `mon 09:00–17:00 2020-01-01 to 2020-12-31` of `Past` was not taken: it is over",
            "the schedule `mon 09:00–17:00 2026-07-01 to 2026-08-31` of `Gone` was not taken: it is over",
            "[NB0853]: the hours of `Lido` on 2027-07-01..2027-08-31 were taken for a part of every year",
        ],
    );
    let open = |day: &str| site.status().args(&["lido"]).today(day).lang("en").run().stdout;
    assert!(open("2026-11-30").contains("today: closed"), "{}", open("2026-11-30"));
    assert!(open("2027-07-05").contains("09:00–17:00"), "{}", open("2027-07-05"));
}

#[test]
fn of_hours_that_change_those_of_today_are_taken_and_the_later_ones_named_with_their_date() {
    let of = |times: &str, more: &str| row("MO,TU", times, more);
    let now = of("09:00-17:00", r#","valid_to":"2026-12-31""#);
    let year = of("09:00-17:00", r#","valid_from":"2026-01-01","valid_to":"2026-12-31""#);
    let then = of("10:00-16:00", r#","valid_from":"2027-01-01""#);
    let next = of("10:00-16:00", r#","valid_from":"2027-01-01","valid_to":"2027-12-31""#);
    let advent = row("SA", "10:00-12:00", r#","valid_from":"2026-12-05","valid_to":"2026-12-19""#);
    let json = places(&[
        ("Open", &[&*now, &then].join(",")),
        ("Years", &[&*year, &next].join(",")),
        ("Mixed", &[&*then, &year, &advent].join(",")),
    ]);
    let (site, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let usual = "Mo,Tu 09:00-17:00";
    assert_eq!(["open", "years"].map(|id| hours(&site, id)), [usual, usual]);
    assert!(
        hours(&site, "mixed").starts_with(usual) && hours(&site, "mixed").contains("Dec 05"),
        "{}",
        hours(&site, "mixed")
    );
    let why = "was not taken: it holds only later, while other hours hold now; change the hours then";
    says(
        &said,
        &[
            &format!("the schedule `mon-tue 10:00–16:00 from 2027-01-01` of `Open` {why}"),
            &format!("the schedule `mon-tue 10:00–16:00 2027-01-01 to 2027-12-31` of `Years` {why}"),
            &format!("the schedule `mon-tue 10:00–16:00 from 2027-01-01` of `Mixed` {why}"),
        ],
    );
}

#[test]
fn times_of_no_length_and_of_another_zone_are_refused() {
    let services = [
        service("Night", "", &row("MO", "09:00-09:00", "")),
        service("Paris", "", &row("TU", "09:00-10:00", r#","timezone":"Europe/Paris""#)),
        service("London", "", &row("WE", "09:00-10:00", r#","timezone":"Europe/London""#)),
    ];
    let (site, said) = read_in("en", "theirs.json", &hall(&services.join(",")));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let programme = written(&site, "programmes/hall.yaml");
    assert!(programme.contains("wed 09:00-10:00") && !programme.contains("Night") && !programme.contains("Paris"));
    says(
        &said,
        &[
            "of `Night` was not taken: it ends at the time at which it begins",
            "of `Paris` was not taken: its times are those of another time zone",
        ],
    );
}

#[test]
fn words_beside_times_are_kept_of_services_and_said_of_places() {
    let worded = row(
        "TU",
        "09:00-10:00",
        r#","description":"Only in summer","attending_type":"ONLINE","schedule_link":"https://meet.example/""#,
    );
    let plain = row("TU", "09:00-10:00", r#","attending_type":"in person""#);
    let json = hall(&[service("Choir", "", &worded), service("Chess", "", &plain)].join(","));
    let json = json.replacen(r#""addresses""#, &format!(r#""schedules":[{worded}],"addresses""#), 1);
    let (site, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let programme = written(&site, "programmes/hall.yaml");
    let kept = "# Choir notes: Only in summer; attending_type: ONLINE; schedule_link: https://meet.example/";
    assert!(programme.contains(kept), "{programme}");
    says(
        &said,
        &[
            "[NB0858]: there is no place for what services say of notes on schedules (notes) (1): Choir",
            "[NB0862]: please look these over, since the directory has notes on their hours that were not understood, and were left out (1): Hall",
        ],
    );
}

//! What a directory says and the site has no place for, or says otherwise: it is said, and what the site has stays.

use noticeboard::calendar::Date;

use super::*;

const TUESDAYS: &str = r#"{"byday":"TU","opens_at":"09:00","closes_at":"10:00"}"#;

pub(super) fn read_in(language: &str, file: &str, json: &str) -> (TestSite, Said) {
    let site = new_site(language);
    site.write(file, json);
    let area = if language == "en" { "riverside" } else { "qingshan" };
    let said = site.call("import").lang(language);
    let said = said.args(&[site.path(file).to_str().unwrap(), "--area", area, "--write"]).run();
    (site, said)
}

#[track_caller]
pub(super) fn says(said: &Said, words: &[&str]) {
    for words in words {
        assert!(said.stderr.contains(words), "{words}\n{}\n{}", said.stdout, said.stderr);
    }
}

/// A service that one must qualify for, with what else it says.
fn grant(more: &str) -> String {
    format!(
        r#"{{"id":"g","name":"Heating grant","organization":{{"name":"City council"}},"eligibility_description":"Older people","description":"Pays for coal."{more}}}"#
    )
}

#[test]
fn when_an_entitlement_is_given_is_kept_in_words() {
    let words = r#"[{"description":"The first week of each month"}]"#;
    let at = format!(r#","service_at_locations":[{{"location_id":"l","schedules":{words}}}]"#);
    let timed = format!(r#","schedules":[{TUESDAYS},{{"description":"By letter in July"}}]"#);
    for (more, kept) in
        [(at, &["The first week of each month"][..]), (timed, &["By letter in July", "tue 09:00-10:00"])]
    {
        let (site, said) = read_in("en", "theirs.json", &hall(&grant(&more)));
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        let policy = written(&site, "policies/heating-grant.md");
        for words in kept {
            assert!(policy.contains(words), "{words}\n{policy}");
        }
        says(&said, &["[NB0858]: there is no place for what services say of schedules (schedules) (1): Heating grant"]);
    }
}

#[test]
fn a_second_place_that_is_not_known_is_said() {
    let two = format!(
        r#"{{"id":"s","name":"Choir","service_at_locations":[{{"location_id":"l","schedules":[{TUESDAYS}]}},{{"location_id":"elsewhere","schedules":[{TUESDAYS}]}}]}}"#
    );
    let (site, said) = read_in("en", "theirs.json", &hall(&two));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(written(&site, "programmes/hall.yaml").contains("Choir"));
    says(
        &said,
        &[
            "[NB0862]: please look these over, since one of their places is not known, and there they were left out (1): Choir",
        ],
    );
}

#[test]
fn what_is_beyond_a_limit_is_counted() {
    let papers: Vec<String> = (0..103).map(|number| format!(r#"{{"document":"Paper {number}"}}"#)).collect();
    let papers = format!(r#","required_documents":[{}]"#, papers.join(","));
    let today: Date = TODAY.parse().unwrap();
    let day = |number: i32| {
        let date = today.checked_add(days(number % 700)).unwrap();
        let (opens, closes) = (9 + number / 700, 10 + number / 700);
        format!(
            r#"{{"freq":"DAILY","opens_at":"{opens:02}:00","closes_at":"{closes}:00","valid_from":"{date}","valid_to":"{date}"}}"#
        )
    };
    // No more than five hundred schedules of one service at one place are read, each of a week at most.
    let week = |number: i32| {
        let date = today.checked_add(days(7 * (number % 90))).unwrap();
        let last = date.checked_add(days(6)).unwrap();
        let (opens, closes) = (9 + number / 90, 10 + number / 90);
        format!(
            r#"{{"freq":"DAILY","opens_at":"{opens:02}:00","closes_at":"{closes}:00","valid_from":"{date}","valid_to":"{last}"}}"#
        )
    };
    let weeks: Vec<String> = (0..150).map(week).collect();
    let services = [grant(&papers), service("Circus", "", &weeks.join(","))];
    let singles: Vec<String> = (0..1004).map(day).collect();
    let busy = format!(
        r#"{{"id":"b","name":"Busy","location_type":"physical","addresses":[{{"address_1":"2 Elm"}}],"schedules":[{}]}}"#,
        singles.join(",")
    );
    let deep = format!("{}{}", r#"{"x":"#.repeat(20), "1".to_owned() + &"}".repeat(20));
    let json =
        hall(&services.join(",")).replacen(r#""locations":["#, &format!(r#""other":{deep},"locations":[{busy},"#), 1);
    let (_, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    says(
        &said,
        &[
            "[NB0861]: of items of one list of a service at most 100 are taken; 3 more were left out: Heating grant",
            "[NB0861]: of single dates at most 1000 are taken; 50 more were left out: Circus",
            "[NB0861]: of schedules of a place at most 1000 are taken; 4 more were left out: Busy",
            "[NB0861]: of levels of JSON within each other at most 12 are taken; 1 more were left out: x",
        ],
    );

    let row = |number: usize| format!(r#"{{"id":"{number}","name":"Hall {number}","location_type":"physical"}}"#);
    let places: Vec<String> = (0..10_002).map(row).collect();
    let said = read_in("en", "theirs.json", &format!(r#"{{"locations":[{}]}}"#, places.join(","))).1;
    says(
        &said,
        &[
            "of places at most 10000 are taken; 2 more were left out: Hall 10000, Hall 10001",
            "of remarks such as these at most 300 are taken; 9700 more were left out: NB0849",
        ],
    );
    let node = |number: usize| format!(r#"{{"lat":36.1,"lon":103.8,"tags":{{"name":"Hall {number}"}}}}"#);
    let nodes: Vec<String> = (0..10_002).map(node).collect();
    let said = read_in("en", "theirs.json", &format!(r#"{{"elements":[{}]}}"#, nodes.join(","))).1;
    says(&said, &["of places at most 10000 are taken; 2 more were left out: Hall 10000, Hall 10001"]);
}

fn days(number: i32) -> jiff::Span {
    jiff::Span::new().days(number)
}

#[test]
fn a_rule_without_some_of_its_exceptions_is_not_taken() {
    let notes = r#"Closed 2026-12-01..2029-12-01"#;
    let endless = format!(r#"{{"byday":"TU","opens_at":"09:00","closes_at":"10:00","notes":"{notes}"}}"#);
    let said = read_in("en", "theirs.json", &hall(&service("Choir", "", &endless))).1;
    says(&said, &["the schedule `tue 09:00–10:00` of `Choir` was not taken: it leaves out more than 1000 days"]);
}

#[test]
fn notes_that_are_not_understood_are_kept_or_said() {
    let noted = r#"{"byday":"TU","opens_at":"09:00","closes_at":"10:00","notes":"Ring the bell, not in August"}"#;
    let json = hall(&service("Choir", "", noted)).replacen(
        r#""addresses""#,
        &format!(r#""schedules":[{noted}],"addresses""#),
        1,
    );
    let (site, said) = read_in("en", "theirs.json", &json);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(written(&site, "programmes/hall.yaml").contains("# Choir notes: Ring the bell, not in August"));
    says(
        &said,
        &[
            "[NB0858]: there is no place for what services say of notes on schedules (notes) (1): Choir",
            "[NB0862]: please look these over, since the directory has notes on their hours that were not understood, and were left out (1): Hall",
        ],
    );
}

#[test]
fn a_table_that_is_no_text_is_said() {
    let site = new_site("en");
    let resources = r#"{"resources":[{"name":"location","path":"l.csv"},{"name":"service","path":"s.csv"}]}"#;
    site.write("theirs/datapackage.json", resources).write("theirs/s.csv", "id,name\n1,Choir\n");
    site.write("theirs/l.csv", drawn(20, 20, image::ImageFormat::Png));
    let said = import(&site, "theirs/datapackage.json", &["--write"]);
    says(&said, &["[NB0863]: the table `location` is no text and cannot be read"]);
    assert_eq!(said.code, Some(1));
}

#[test]
fn where_the_directory_says_something_else_the_site_stays_and_it_is_said_once() {
    let offer =
        |more: &str| format!(r#"{{"id":"t","name":"Tea","service_at_locations":[{{"location_id":"l"}}]{more}}}"#);
    let grant = |more: &str| grant(&format!(r#","service_at_locations":[{{"location_id":"l"}}]{more}"#));
    let told = |tea: &str, coal: &str| {
        hall(&[offer(tea), grant(coal)].join(","))
            .replace("Pays for coal.", if coal.contains("wood") { "Pays for wood." } else { "Pays for coal." })
    };
    let tea = r#","description":"A cup of tea.","fees_description":"1 GBP""#;
    let coal = r#","fees_description":"Free""#;
    let (site, said) = read_in("en", "theirs.json", &told(tea, coal));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let before = snapshot(&site.path("content"));
    let again = |json: &str| {
        site.write("theirs.json", json);
        let said = import(&site, "theirs.json", &["--area", "riverside", "--write"]);
        assert_eq!(said.code, Some(0), "{}", said.stderr);
        assert_eq!(differences(&before, &snapshot(&site.path("content"))), Vec::<String>::new(), "{}", said.stdout);
        said.stderr
    };
    let said = again(&told(tea, coal));
    assert!(!said.contains("NB0862") && !said.contains("NB0857"), "{said}");
    let said = again(&told(
        &tea.replace("1 GBP", "2 GBP").replace("cup", "pot"),
        r#","fees_description":"Free","alert":"wood""#,
    ));
    assert!(
        said.contains("[NB0862]: please look these over, since the directory has another description or price; what the site says stays (2): Tea, Heating grant"),
        "{said}"
    );
    let over = r#","status":"defunct""#;
    let said = again(&told(&format!("{tea}{over}"), &format!("{coal}{over}")));
    assert!(
        said.contains(
            "[NB0857]: services were not taken, since the directory has them as defunct (2): Tea, Heating grant"
        ),
        "{said}"
    );
    assert!(!said.contains("NB0862"), "{said}");
}

#[test]
fn an_activity_that_is_called_as_a_service_of_the_place_is_an_activity_all_the_same() {
    let (site, said) = read_in("en", "theirs.json", &hall(&service("Advice", "", TUESDAYS)));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let centre = written(&site, "centres/hall.yaml");
    site.write(
        "content/centres/hall.yaml",
        format!("{centre}services:\n  - {{name: Advice, description: Ask at the desk.}}\n"),
    );
    site.check().expect_code(0);
    let later = TUESDAYS.replace("09:00", "09:30");
    site.write("theirs.json", hall(&service("Advice", "", &later)));
    let said = import(&site, "theirs.json", &["--area", "riverside", "--write", "--replace"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    assert!(written(&site, "programmes/hall.yaml").contains("tue 09:30-10:00"), "{}", said.stdout);
}

#[test]
fn times_in_utc_are_those_of_the_place_and_what_is_no_time_is_named() {
    let at = |opens: &str, closes: &str| format!(r#"{{"byday":"TU","opens_at":"{opens}","closes_at":"{closes}"}}"#);
    let services = [
        service("甲", "", &at("01:00Z", "02:30+00:00")),
        service("乙", "", &at("20:00Z", "21:00Z")),
        service("丙", "", &at("9:5", "10:00")),
        service("丁", "", &at("09:00-05:00", "10:00-05:00")),
        service("戊", "", r#"{"byday":"TU","opens_at":"02:00","closes_at":"03:00","timezone":0}"#),
    ];
    let (site, said) = read_in("zh-Hans", "theirs.json", &hall(&services.join(",")));
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    let programme = written(&site, "programmes/hall.yaml");
    assert!(programme.contains("周二 09:00-10:30") && programme.contains("周二 10:00-11:00"), "{programme}");
    says(
        &said,
        &[
            "“乙”的时间安排“周二 20:00Z–21:00Z”没有导入：写的是世界标准时间（UTC），换成这里的钟点就到了另一天",
            "“丙”的时间安排“周二 9:5–10:00”没有导入：钟点读不出来",
            "“9:5”不是钟点",
            "“丁”的时间安排“周二 09:00-05:00–10:00-05:00”没有导入：写的是别的时区的钟点",
        ],
    );
    // The clocks of London change in the year.
    let services =
        [service("Choir", "", &at("10:00Z", "11:00Z")), service("Chess", "", &at("10:00+01:00", "11:00+01:00"))];
    let (site, said) = read_in("en", "theirs.json", &hall(&services.join(",")));
    assert!(written(&site, "programmes/hall.yaml").contains("tue 10:00-11:00"));
    says(
        &said,
        &[
            "of `Choir` was not taken: its times are in UTC while the clocks here change",
            "[NB0862]: please look these over, since their times have one offset from UTC while the clocks here change; the hours were taken as they are written (1): Chess",
        ],
    );
}

#[test]
fn help_on_what_has_no_end_is_about_what_it_is() {
    let every = |rule: &str, name: &str| {
        format!(
            r#"{{"name":"{name}","location_type":"physical","addresses":[{{"address_1":"1 Elm"}}],"schedules":[{{{rule},"opens_at":"09:00","closes_at":"11:00"}}]}}"#
        )
    };
    let fortnight = r#""freq":"WEEKLY","interval":2,"byday":"SA","dtstart":"2026-12-05""#;
    let months = r#""freq":"MONTHLY","interval":2,"byday":"1SA","dtstart":"2026-12-05""#;
    let choir = format!(r#"{{{fortnight},"opens_at":"09:00","closes_at":"11:00"}}"#);
    let json = hall(&service("Choir", "", &choir)).replacen(
        "[",
        &format!("[{},{},", every(fortnight, "Barn"), every(months, "Mill")),
        1,
    );
    let (_, said) = read_in("en", "theirs.json", &json);
    says(
        &said,
        &[
            "write the dates that follow into `hours` of `Barn`",
            "if the weeks of `Barn` are the odd or the even ones",
            "write the dates that follow into `hours` of `Mill`",
            "or let `valid` of the programme end later than 2027-12-31",
        ],
    );
    assert!(!said.stderr.contains("weeks of `Mill`") && !said.stderr.contains("weeks of `Choir`"), "{}", said.stderr);
    assert_eq!(said.stderr.matches("`valid` of the programme").count(), 1, "{}", said.stderr);
}

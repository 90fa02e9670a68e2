//! `import`: dates of other programs: seasons and single days of directories, spans of duty lists, lists of holidays.

use std::fs;

use crate::support::*;

/// A site without a programme and without a roster.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.remove(PROGRAMME_FILE);
    site
}

fn import(site: &TestSite, file: &str, options: &[&str]) -> (String, String, i32) {
    let path = site.path(file);
    let said = site.call("import").lang("en").args(&[path.to_str().unwrap()]).args(options).run();
    (said.stdout, said.stderr, said.code.unwrap())
}

/// A directory in HSDS with one place.
fn directory(schedules: &str) -> String {
    format!(
        r#"{{"locations":[{{"name":"光明社区中心","location_type":"physical","addresses":[{{"address_1":"光明路2号"}}],"schedules":[{schedules}]}}]}}"#
    )
}

const WEEK: &str = r#"{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR","opens_at":"09:00:00+08:00","closes_at":"17:00:00+08:00","notes":"Except on 2026-12-25; 2026-12-28..2026-12-31 stocktaking"}"#;
const SUMMER: &str = r#"{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR","opens_at":"08:00","closes_at":"12:00","valid_from":"2026-07-01","valid_to":"2026-08-31"}"#;
const EVENING: &str = r#"{"freq":"WEEKLY","byday":"TU","opens_at":"19:00","closes_at":"20:00","dtstart":"2026-12-01","until":"2026-12-01"}"#;
const YEARLY: &str = r#"{"freq":"YEARLY","byday":"1SA","opens_at":"09:00","closes_at":"11:00"}"#;

#[test]
fn dated_schedules_become_seasons_and_single_days_and_what_does_not_is_named_with_why() {
    let site = site();
    site.write("places.json", directory(&[WEEK, SUMMER, EVENING].join(",")));
    let (_, found, code) = import(&site, "places.json", &["--area", "jiefang", "--write"]);
    assert_eq!(code, 0, "{found}");
    let written = fs::read_to_string(site.path("content/centres/guangming.yaml")).unwrap();
    assert_eq!(
        written.lines().find(|line| line.starts_with("hours")).unwrap(),
        "hours: \"Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 08:00-12:00; 2026 Dec 01 09:00-17:00,19:00-20:00; 2026 Dec 25-31 off\""
    );
    assert!(
        found.contains("warning[NB0853]: the hours of `光明社区中心` on 2026-07-01..2026-08-31 were taken for a part of every year\n"),
        "{found}"
    );
    // The hours mean what the schedules said.
    let said = |day: &str| site.status().args(&["guangming"]).today(day).lang("en").run().stdout;
    for (day, hours) in [("2026-12-01", "19:00"), ("2027-07-05", "08:00–12:00")] {
        assert!(said(day).contains(hours), "{day}: {}", said(day));
    }
    assert!(said("2026-12-25").contains("today: closed"), "{}", said("2026-12-25"));
    // What another rule may be about is not said to be closed.
    let other = directory(&[WEEK, YEARLY].join(",")).replace("光明", "朝阳");
    site.write("places.json", other);
    let (_, found, code) = import(&site, "places.json", &["--area", "jiefang", "--write"]);
    assert_eq!(code, 0, "{found}");
    let written = fs::read_to_string(site.path("content/centres/chaoyang.yaml")).unwrap();
    assert_eq!(written.lines().find(|line| line.starts_with("hours")).unwrap(), "hours: \"Mo-Fr 09:00-17:00\"");
    assert!(
        found.contains(
            "warning[NB0852]: the schedule `every year first sat 09:00–11:00` of `朝阳社区中心` was not taken: it recurs in a way that cannot be said here, or from no first date\n"
        ),
        "{found}"
    );
}

#[test]
fn what_this_program_published_comes_back_without_a_change_whatever_days_differ() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [places, hsds]")
        .append(
            CENTRE_FILE,
            "  seasons: [{from: 07-01, to: 08-31, weekly: {mon-fri: \"08:30-12:00\"}}]\n  exceptions:\n    \
             - {on: 2026-12-08, hours: closed, why: 停电}\n    - {on: 2026-12-12, hours: \"09:00-11:00\"}\n",
        )
        .write(
            "content/notices/closing.md",
            "---\ntitle: 停水\nsummary: 停水。\nfrom: 2026-11-20\nuntil: 2026-12-16\ncentres: [jiefang]\ncloses: {on: 2026-12-15..2026-12-16}\n---\n停水。\n",
        );
    site.edit(CENTRE_FILE, "\"08:30-12:00, 14:30-18:00\"}", "\"08:30-12:00, 14:30-18:00\", sat: 20:00-24:00 预约}");
    site.built();
    let before = snapshot(&site.path("content"));
    let publisher = site.largest_organization();
    for file in ["public/places/places.geojson", "public/hsds/datapackage.json", &publisher] {
        let (shown, found, code) = import(&site, file, &["--write"]);
        assert_eq!((code, found.as_str()), (0, ""), "{file}: {shown}");
        assert_eq!(differences(&before, &snapshot(&site.path("content"))), Vec::<String>::new(), "{file}: {shown}");
    }
}

#[test]
fn days_that_recur_in_another_way_come_back_without_a_change() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [hsds]").append(
        CENTRE_FILE,
        "  recurring: [{on: 单周周六, hours: \"09:00-11:00\"}, {on: 每月第一个周一, hours: closed}]\n",
    );
    site.built();
    let before = snapshot(&site.path("content"));
    let (shown, found, code) = import(&site, "public/hsds/datapackage.json", &["--write"]);
    assert_eq!((code, found.as_str()), (0, ""));
    assert_eq!(differences(&before, &snapshot(&site.path("content"))), Vec::<String>::new(), "{shown}");
}

#[test]
fn a_schedule_that_differs_from_the_centre_that_is_there_is_shown_as_a_change() {
    let site = TestSite::minimal();
    let of_centre = |schedules: &str| directory(schedules).replace("光明社区中心", "解放社区中心");
    let week =
        |time: &str| format!(r#"{{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR","opens_at":"{time}","closes_at":"12:00"}}"#);
    let afternoon = r#"{"freq":"WEEKLY","byday":"MO,TU,WE,TH,FR","opens_at":"14:30","closes_at":"18:00","notes":"Closed 2026-12-09"}"#;
    let morning = week("08:30");
    site.write("places.json", of_centre(&format!("{morning},{afternoon}")));
    let (shown, found, _) = import(&site, "places.json", &[]);
    assert!(shown.contains("2026 Dec 09 08:30-12:00"), "{shown}\n{found}");
    site.write("places.json", of_centre(&format!("{morning},{}", afternoon.replace("Closed 2026-12-09", ""))));
    let (shown, ..) = import(&site, "places.json", &[]);
    assert!(!shown.contains("+hours"), "{shown}");
}

#[test]
fn a_roster_may_list_spans_of_days_and_turns_of_weeks() {
    let site = site();
    site.write(
        "duty.csv",
        "2026年国庆节值班表,\n日期,值班人员\n10月1日—3日,一组\n10月4日（周日）至6日,二组\n7日-9日,三组\n",
    );
    let (_, found, code) = import(&site, "duty.csv", &["--write"]);
    assert_eq!(code, 0, "{found}");
    assert_eq!(
        fs::read_to_string(site.path("content/duty/jiefang.yaml")).unwrap(),
        "title: 2026年国庆节值班表\ncentre: jiefang\nvalid: 2026-10-01..2026-10-09\nrotation: {every: 每3天, starts: 2026-10-01, days: \
         周一至周日, turns: [一组, 二组, 三组]}\n"
    );
    site.remove("content/duty/jiefang.yaml").write(
        "duty.csv",
        "值班周,值班人员\n".replace("值班周", "日期")
            + "2026年12月7日-12月11日,一组\n14日-18日,二组\n12月21日至25日,一组\n12月28日—2027年1月1日,二组\n",
    );
    let (_, found, code) = import(&site, "duty.csv", &["--write"]);
    assert_eq!(code, 0, "{found}");
    let text = fs::read_to_string(site.path("content/duty/jiefang.yaml")).unwrap();
    assert!(
        text.ends_with("rotation: {every: 每周, starts: 2026-12-07, days: 周一至周五, turns: [一组, 二组]}\n"),
        "{text}"
    );
    // A span that leaves a day out is no rotation.
    site.write("duty.csv", "日期,值班人员\n2026年12月1日-3日,一组\n12月9日-10日,二组\n");
    let (_, found, code) = import(&site, "duty.csv", &["--replace", "--write"]);
    assert!(code == 1 && found.contains("error[NB0850]: the duty of 2026-12-09"), "{found}");
    site.write("duty.csv", "日期,值班人员\n2026年12月1日-3日,一组\n下个月初,二组\n");
    let (_, found, _) = import(&site, "duty.csv", &[]);
    assert!(found.contains("error[NB0301]: `下个月初` is not a date\n--> duty.csv:A3\n"), "{found}");
}

/// The holidays of 2026 and their make-up workdays, as the notice has them.
const DAYS: [(&str, &str, &str, &[&str]); 3] = [
    ("元旦", "2026-01-01", "2026-01-03", &["2026-01-04"]),
    ("清明节", "2026-04-04", "2026-04-06", &[]),
    ("国庆节", "2026-10-01", "2026-10-07", &["2026-09-20", "2026-10-10"]),
];
const HOLIDAYS: &str = "holidays:\n  - {name: 元旦, days: 2026-01-01..2026-01-03, makeup_workdays: [2026-01-04]}\n  \
    - {name: 清明节, days: 2026-04-04..2026-04-06}\n  - {name: 国庆节, days: 2026-10-01..2026-10-07, makeup_workdays: [2026-09-20, 2026-10-10]}\n";

fn each_day(first: &str, last: &str) -> Vec<String> {
    let (first, last): (jiff::civil::Date, jiff::civil::Date) = (first.parse().unwrap(), last.parse().unwrap());
    first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).map(|day| day.to_string()).collect()
}

#[test]
fn the_same_holidays_come_of_an_icalendar_file_and_of_json_lists() {
    let mut events = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:中国节假日\r\n");
    let mut singles = events.clone();
    let (mut days, mut by_day) = (Vec::new(), Vec::new());
    let basic = |day: &str| day.replace('-', "");
    let event = |name: &str, start: &str, end: &str| {
        format!(
            "BEGIN:VEVENT\r\nSUMMARY:{name}\r\nDTSTART;VALUE=DATE:{start}\r\nDTEND;VALUE=DATE:{end}\r\nEND:VEVENT\r\n"
        )
    };
    for (name, first, last, makeup) in DAYS {
        let next = last.parse::<jiff::civil::Date>().unwrap().tomorrow().unwrap().to_string();
        events += &event(&format!("{name}（休）"), &basic(first), &basic(&next));
        for (number, day) in (1..).zip(each_day(first, last)) {
            let next = day.parse::<jiff::civil::Date>().unwrap().tomorrow().unwrap().to_string();
            singles += &event(&format!("{name} 假期 第{number}天\r\n /共7天"), &basic(&day), &basic(&next));
            days.push(format!(r#"{{"name":"{name}","date":"{day}","isOffDay":true}}"#));
            by_day.push(format!(r#""{}":{{"holiday":true,"name":"{name}","wage":3,"date":"{day}"}}"#, &day[5..]));
        }
        for day in makeup {
            let next = day.parse::<jiff::civil::Date>().unwrap().tomorrow().unwrap().to_string();
            events += &event(&format!("{name}（班）"), &basic(day), &basic(&next));
            singles += &event(&format!("{name} 补班"), &basic(day), &basic(&next));
            days.push(format!(r#"{{"name":"{name}","date":"{day}","isOffDay":false}}"#));
            by_day.push(format!(r#""{}":{{"holiday":false,"name":"{name}前补班","date":"{day}"}}"#, &day[5..]));
        }
    }
    let days = days.join(",");
    for (file, text) in [
        ("days.ics", events + "END:VCALENDAR\r\n"),
        ("singles.ics", singles + "END:VCALENDAR\r\n"),
        ("days.json", format!("[{days}]")),
        ("2026.json", format!(r#"{{"year":2026,"papers":["https://www.example.gov.cn/2026.htm"],"days":[{days}]}}"#)),
        ("by-day.json", format!(r#"{{"code":0,"holiday":{{{}}}}}"#, by_day.join(","))),
    ] {
        let site = site();
        site.write(file, text);
        let (_, found, code) = import(&site, file, &["--write"]);
        assert_eq!(code, 0, "{file}: {found}");
        let text = fs::read_to_string(site.path("content/calendar/CN-2026.yaml")).unwrap();
        assert!(
            text.starts_with("year: 2026\nregion: CN\nsource: {title: ") && text.ends_with(HOLIDAYS),
            "{file}: {text}"
        );
        // Read again, it says nothing new.
        let (shown, ..) = import(&site, file, &["--write"]);
        assert!(shown.starts_with("content/calendar/CN-2026.yaml (is there, stays as it is)\n"), "{file}: {shown}");
        site.remove(file);
        site.check().expect_code(0);
    }
}

#[test]
fn only_days_off_are_taken_of_a_calendar_that_has_more_and_the_rest_is_said() {
    let site = site();
    let event = |summary: &str, rest: &str| format!("BEGIN:VEVENT\nSUMMARY:{summary}\n{rest}\nEND:VEVENT\n");
    let text = [
        "BEGIN:VCALENDAR\n".to_owned(),
        event("国庆节", "DTSTART;VALUE=DATE:20261001\nDURATION:P7D\nDESCRIPTION:Public holiday"),
        event("重阳节", "DTSTART;VALUE=DATE:20261018\nDESCRIPTION:Observance"),
        event("庙会", "DTSTART:20261002T090000\nDESCRIPTION:Public holiday"),
        event("元旦", "DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY\nDESCRIPTION:Public holiday"),
        "END:VCALENDAR\n".to_owned(),
    ];
    site.write("days.ics", text.concat());
    let (shown, found, code) = import(&site, "days.ics", &[]);
    assert_eq!(code, 0, "{found}");
    assert!(shown.contains("国庆节  2026-10-01..2026-10-07") && shown.contains("1 file can be written"), "{shown}");
    for line in [
        "warning[NB0855]: `重阳节` was not taken: it is no day off\n",
        "warning[NB0855]: `庙会` was not taken: it does not last whole days, or its dates cannot be read\n",
        "warning[NB0855]: `元旦` was not taken: it recurs, so that its year is not clear\n",
    ] {
        assert!(found.contains(line), "{line}{found}");
    }
    site.write("days.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n");
    let (_, found, code) = import(&site, "days.ics", &[]);
    assert!(code == 1 && found.contains("NB0834"), "{found}");
    site.write("days.ics", "no calendar");
    let (_, found, code) = import(&site, "days.ics", &[]);
    assert!(code == 1 && found.contains("NB0830"), "{found}");
}

#[test]
fn a_day_of_work_or_one_that_is_cancelled_is_no_holiday_and_odd_items_of_a_list_are_named() {
    let site = site();
    let event = |lines: &str| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", lines.replace('\n', "\r\n"));
    let events = [
        "SUMMARY:Spring Festival\nDTSTART;VALUE=DATE:20270206\nDTEND;VALUE=DATE:20270212",
        "SUMMARY:Spring Festival (working day)\nDTSTART;VALUE=DATE:20270214",
        "SUMMARY:Spring Festival (working day)\nDTSTART;VALUE=DATE:20270214",
        "SUMMARY:Fair\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20271001",
        "DTSTART;VALUE=DATE:20271111",
        "BEGIN:VALARM\nSUMMARY:reminder\nTRIGGER:-P1D\nEND:VALARM\nSUMMARY:Labour Day\nDTSTART;VALUE=DATE:20270501",
        "SUMMARY:Back\nDTSTART;VALUE=DATE:20270901\nDTEND;VALUE=DATE:20270801",
        "SUMMARY:Inventory (working day)\nDTSTART;VALUE=DATE:20270814",
    ];
    let text = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", events.map(event).concat());
    site.write("days.ics", text);
    let (shown, found, code) = import(&site, "days.ics", &["-v"]);
    assert_eq!(code, 0, "{found}");
    let holidays = "holidays:\n  - {name: Spring Festival, days: 2027-02-06..2027-02-11, makeup_workdays: [2027-02-14]}\n  - {name: Labour Day, days: 2027-05-01}\n";
    assert!(shown.contains(holidays), "{shown}");
    for line in [
        "`Fair` was not taken: the file says that it is cancelled\n",
        "`20271111` was not taken: it has no name\n",
        "`Back` was not taken: it does not last whole days",
        "`2027-08-14 Inventory` was not taken: it is a day of work with no holiday near it\n",
    ] {
        assert!(found.contains(line), "{line}{found}");
    }
    site.write(
        "days.json",
        r#"[{"date":"2027-01-01","name":{"en":"New Year's Day"}},{"date":20270501,"name":"Labour Day"},{"date":"2027-02-30","name":"Never"},3,{"date":"2027-06-01T00:00:00","name":"Day of Children"}]"#,
    );
    let (shown, found, code) = import(&site, "days.json", &["-v"]);
    assert_eq!(code, 0, "{found}");
    for part in ["days: 2027-01-01", "days: 2027-05-01", "days: 2027-06-01"] {
        assert!(shown.contains(part), "{shown}");
    }
    assert!(found.contains("`2027-02-30 Never` was not taken") && found.contains("`3` was not taken"), "{found}");
}

#[test]
fn hidden_rows_and_columns_are_said_and_read() {
    let site = site();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["星期", "时间", "活动", "地点"]).unwrap();
    for (row, day) in (1..).zip(["周一", "周二", "周三", "周四"]) {
        sheet.write_row(row, 0, [day, "9:00-10:00", "手机课堂", "二楼"]).unwrap();
    }
    sheet.set_row_hidden(2).unwrap().set_row_hidden(3).unwrap().set_row_hidden(9).unwrap();
    sheet.set_column_hidden(3).unwrap().set_column_hidden(7).unwrap();
    site.write("plan.xlsx", book.save_to_buffer().unwrap());
    let (shown, found, code) = import(&site, "plan.xlsx", &["--valid", "2026-11-01..2027-01-15"]);
    assert_eq!(code, 0, "{found}");
    assert!(
        found.contains("warning[NB0854]: the sheet `Sheet1` has hidden rows or columns (3-4, D); they were read like the others\n--> plan.xlsx\n"),
        "{found}"
    );
    assert!(shown.contains("周一至周四") && shown.contains("二楼"), "{shown}");
}

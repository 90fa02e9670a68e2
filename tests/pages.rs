//! Pages that are made of several records or of a part of one: the week and its parts, activities, the map, what is near,
//! policies in a table, what is over, what has changed.

use std::fmt::Write as _;
use std::fs;

use crate::support::*;

/// The small site with the theme that residents see, calendars and feeds.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "theme: bare", "theme: civic");
    site.edit(SITE_FILE, "outputs: none", "outputs: [calendars, feeds, discovery]");
    site
}

fn page(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.output().join(path).join("index.html")).unwrap_or_else(|_| panic!("no page {path}"))
}

fn is_there(site: &TestSite, path: &str) -> bool {
    site.output().join(path).join("index.html").is_file()
}

/// What a page says between its `main` tags, without tags, on one line.
fn words(html: &str) -> String {
    let main = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let mut text = String::new();
    for part in main.split('<').skip(1) {
        text.push_str(part.split_once('>').unwrap().1);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Some activities of which each thing can be said.
const ACTIVITIES: &str = "\
title: {zh-Hans: 冬季计划, en: Winter programme}
centre: jiefang
valid: 2026-11-01..2027-01-15
slots: {上午: \"09:00-11:30\"}
activities:
  - id: talk
    title: {zh-Hans: 健康讲座, en: Health talk}
    strand: health
    when: 周二 上午
    room: 二楼
    audience: [older-people]
    cost: 免费
    leader: 社区医生
    booking: 电话报名
    exceptions:
      - {on: 2026-11-24, cancelled: 医生出诊}
      - {on: 2026-12-01, moved_to: 2026-12-02 15:00-16:00, why: 换场地}
      - {on: 2026-12-08, room: 三楼}
  - {id: choir, title: 合唱, when: 周四 15:00-17:00}
";

#[test]
fn the_parts_of_the_week_hold_what_they_are_of_and_nothing_else() {
    let site = site();
    site.write(PROGRAMME_FILE, ACTIVITIES);
    site.build().today("2026-11-30").expect_code(0);
    let whole = words(&page(&site, "this-week"));
    assert!(whole.contains("健康讲座") && whole.contains("合唱"), "{whole}");
    for (path, is_there, is_not) in [
        ("this-week/for/older-people", "健康讲座", "合唱"),
        ("this-week/kind/health", "健康讲座", "合唱"),
        ("this-week/on/thu", "合唱", "健康讲座"),
        ("this-week/on/fri", "没有安排活动", "合唱"),
    ] {
        let html = page(&site, path);
        assert!(words(&html).contains(is_there) && !words(&html).contains(is_not), "{path}: {}", words(&html));
        // They are for readers, not for search engines.
        assert!(html.contains("<meta name=\"robots\" content=\"noindex, follow\">"), "{path}");
        assert!(page(&site, "this-week").contains(&format!("href=\"../{path}/\"")) == (path != "this-week/on/fri"));
    }
    let area = words(&page(&site, "this-week/in/jiefang"));
    assert!(area.contains("健康讲座") && area.contains("合唱"), "{area}");
    // A day is said as a date, which is as true tomorrow.
    assert!(page(&site, "this-week/on/thu").contains("<h1>12月3日 周四的安排</h1>"));
}

#[test]
fn the_week_says_what_is_cancelled_and_does_not_count_it() {
    let site = site();
    site.write(PROGRAMME_FILE, ACTIVITIES).built();
    let tuesday = words(&page(&site, "this-week/on/tue"));
    assert!(tuesday.contains("✕ 本次取消 医生出诊"), "{tuesday}");
    let chips = words(&page(&site, "this-week"));
    assert!(chips.contains("11月24日 周二 0") && chips.contains("11月26日 周四 1"), "{chips}");
}

#[test]
fn the_address_of_a_part_stays_when_nothing_is_on_this_week() {
    let site = site();
    site.write(PROGRAMME_FILE, ACTIVITIES);
    site.build().today("2027-02-01").expect_code(0);
    for path in ["this-week/for/older-people", "this-week/kind/health", "this-week/in/jiefang", "this-week/on/mon"] {
        assert!(words(&page(&site, path)).contains("没有安排活动"), "{path}");
        assert!(!page(&site, "this-week").contains(&format!("href=\"../{path}/\"")), "{path}");
    }
    // What the content never names has none.
    site.append(SITE_FILE, "").edit(SITE_FILE, "audiences:\n", "audiences:\n  riders: {name: 骑手}\n").built();
    assert!(!is_there(&site, "this-week/for/riders"));
}

#[test]
fn a_page_of_the_week_is_bounded_and_says_how_much_it_leaves_out() {
    let site = site();
    let mut programme = PROGRAMME.to_owned();
    for number in 0..400 {
        writeln!(programme, "  - {{title: 课{number}, when: 周三 上午}}").unwrap();
    }
    site.write(PROGRAMME_FILE, &programme).built();
    let week = page(&site, "this-week");
    assert!(week.len() < 60_000, "{}", week.len());
    assert!(words(&week).contains("另有385项没有列出。 请按对象、地区或类型查。"), "{}", words(&week));
    assert!(page(&site, "this-week/on/wed").matches("<span class=\"time\">").count() == 110);
    assert!(page(&site, "").matches("<span class=\"time\">").count() < 30);
}

#[test]
fn an_activity_has_a_page_that_says_everything_and_what_comes_next() {
    let site = site();
    site.write(PROGRAMME_FILE, ACTIVITIES).built();
    let html = page(&site, "programmes/winter/talk");
    let said = words(&html);
    for words in [
        "健康 · 解放社区中心",
        "周二 09:00–11:30",
        "二楼",
        "解放路1号",
        "老年人",
        "免费",
        "电话报名",
        "社区医生",
        "11月24日 周二 09:00–11:30 ✕ 本次取消 医生出诊",
        "12月1日 周二 09:00–11:30 ✕ 改到12月2日 周三 15:00–16:00 换场地",
        "12月2日 周三 15:00–16:00 ▲ 由12月1日 周二改到这一天，15:00–16:00 换场地",
        "12月8日 周二 09:00–11:30 ▲ 改在三楼",
        "12月15日 周二 09:00–11:30 照常",
        "整份计划：冬季计划 2026年11月1日至2027年1月15日",
    ] {
        assert!(said.contains(words), "`{words}` is not in: {said}");
    }
    assert!(html.contains("calendars/activities/winter/talk.ics"));
    // Each session goes when it is over, and when none is left that is said; the heading dates them.
    assert!(said.contains("2026年11月24日起的场次"), "{said}");
    assert!(html.contains("<li data-ends=\"2026-12-15T11:30:00+08:00\">"), "{html}");
    let last = html.rsplit_once("<li data-ends=\"").unwrap().1.split_once('"').unwrap().0;
    let none_left = format!("data-over=\"{last}\" hidden>这里列出的场次都已经过了");
    assert!(html.contains(&none_left), "{none_left} is not in: {html}");
    let changes = page(&site, "programmes/winter");
    assert!(changes.contains("<li data-ends=\"2026-12-02T00:00:00+08:00\">"), "{changes}");
    // Wherever it is named it leads there.
    for (from, to) in [
        ("programmes/winter", "../../programmes/winter/talk/"),
        ("centres/jiefang", "../../programmes/winter/talk/"),
        ("this-week", "../programmes/winter/talk/"),
    ] {
        assert!(page(&site, from).contains(&format!("href=\"{to}\"")), "{from}");
    }
    // In a language that it is not written in it has no page, and links say where they lead.
    assert!(is_there(&site, "en/programmes/winter/talk") && !is_there(&site, "en/programmes/winter/choir"));
    let board = page(&site, "en/programmes/winter");
    assert!(board.contains("href=\"../../../programmes/winter/choir/\" hreflang=\"zh-Hans\""));
    // Markdown may lead to it.
    site.append(
        NOTICE_FILE,
        "\n[讲座](/programmes/winter/talk/) [周四](/this-week/on/thu/) [往期](/notices/archive/2026/)\n",
    );
    site.build().today("2026-12-20").expect_code(0);
    site.edit(NOTICE_FILE, "/talk/", "/walk/").build().expect_code(1).complains("/programmes/winter/walk/");
}

#[test]
fn an_activity_that_is_over_says_so() {
    let site = site();
    site.write(PROGRAMME_FILE, ACTIVITIES);
    site.build().today("2027-01-16").expect_code(0);
    let html = page(&site, "programmes/winter/talk");
    assert!(words(&html).contains("这项活动已经结束") && !words(&html).contains("起的场次"), "{}", words(&html));
    assert!(!html.contains(".ics"));
}

#[test]
fn what_is_over_is_kept_by_year() {
    let site = site();
    for number in 1..=8 {
        let notice = format!(
            "---\ntitle: 旧事{number}\nsummary: 一句话。\nfrom: 2025-0{number}-01\nuntil: 2025-0{number}-20\n---\n"
        );
        site.write(&format!("content/notices/old-{number}.md"), notice);
    }
    let event = |on: &str, more: &str| format!("---\ntitle: 旧会\non: {on}\nplace: 广场\n{more}---\n");
    site.write("content/events/fair.md", event("2024-05-01..2024-05-03", ""));
    site.write("content/events/rain.md", event("2025-06-01", "cancelled: 下雨\n"));
    site.built();
    // The list names the last of them and the years.
    let list = page(&site, "notices");
    assert!(words(&list).contains("旧事8") && words(&list).contains("旧事3") && !words(&list).contains("旧事2"));
    assert!(list.contains("href=\"../notices/archive/2025/\""), "{list}");
    let year = page(&site, "notices/archive/2025");
    assert!(words(&year).contains("下面的内容都已经结束") && year.contains("noindex"));
    let places: Vec<usize> = (1..=8).map(|number| year.find(&format!("旧事{number}")).unwrap()).collect();
    assert!(places.is_sorted_by(|a, b| a > b), "the latest first: {places:?}");
    assert!(!words(&year).contains("供暖检修"), "what is still shown is not over");
    assert!(words(&page(&site, "notices/old-1")).contains("这条通知已经过期"));
    let events = words(&page(&site, "events/archive/2024"));
    assert!(events.contains("2024年5月1日 – 2024年5月3日 旧会 广场"), "{events}");
    assert!(words(&page(&site, "events/archive/2025")).contains("✕ 取消：下雨"));
}

#[test]
fn the_log_of_changes_says_what_the_feed_says() {
    let site = site();
    site.write(PROGRAMME_FILE, ACTIVITIES);
    site.write(
        "content/policies/meals.md",
        "---\ntitle: 助餐\nsummary: 每餐补2元。\naudience: [older-people]\ndepartments: [community]\nreviewed: 2026-10-08\n---\n",
    );
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-12-01, hours: closed, why: 停电}]\n").built();
    for (page_path, feed) in [("changes", "feeds/all.json"), ("en/changes", "en/feeds/all.json")] {
        let feed: serde_json::Value = serde_json::from_slice(&fs::read(site.output().join(feed)).unwrap()).unwrap();
        let titles: Vec<&str> =
            feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect();
        let said = words(&page(&site, page_path));
        let mut rest = said.as_str();
        for title in &titles {
            rest = rest.split_once(title).unwrap_or_else(|| panic!("`{title}` is not in its place: {said}")).1;
        }
        assert!(!titles.is_empty());
    }
    let said = words(&page(&site, "changes"));
    assert!(said.contains("2026年10月8日 助餐 惠民政策 · 新发布"), "{said}");
    assert!(said.contains("2026年11月17日 解放社区中心：2026年12月1日不开放 开放时间变动"), "{said}");
}

#[test]
fn the_log_of_changes_calls_an_outcome_only_what_tells_one() {
    let site = site();
    let meeting = |outcome: &str| {
        format!(
            "---\ntitle: 议事会\nsummary: 商量加装扶手。\nkind: meeting\nfrom: 2026-11-18\nmeeting: {{on: 2026-11-20{outcome}}}\n---\n"
        )
    };
    site.write("content/notices/meeting.md", meeting(""));
    site.write("content/notices/storm.md", "---\ntitle: 大风\nsummary: 少出门。\nfrom: 2026-11-18\n---\n");
    site.call("record").today("2026-11-19").expect_code(0);
    site.edit("content/notices/storm.md", "少出门", "别出门");
    site.write("content/notices/meeting.md", meeting(", outcome: [装]"));
    site.call("record").today("2026-11-23").expect_code(0);
    site.built();
    let said = words(&page(&site, "changes"));
    assert!(said.contains("2026年11月23日 大风 通知 · 有修改"), "{said}");
    assert!(said.contains("2026年11月23日 议事会 议事公告 · 公布结果"), "{said}");
}

#[test]
fn what_a_centre_lacks_is_said_in_lists() {
    let site = site();
    places(&site);
    site.built();
    for path in ["", "centres", "areas/jiefang"] {
        let said = words(&page(&site, path));
        let (_, far) = said.split_once("点远").unwrap();
        let upto = far.chars().take(60).collect::<String>();
        assert!(upto.contains("开放时间没有登记。") && upto.contains("没有登记电话。"), "{path}: {upto}");
    }
}

#[test]
fn notices_of_an_area_stand_by_how_much_they_matter() {
    let site = site();
    for (name, more) in [("later", "from: 2026-11-23"), ("urgent", "urgency: urgent\nfrom: 2026-11-20")] {
        let text = format!("---\ntitle: 事{name}\nsummary: 一句话。\nareas: [jiefang]\n{more}\n---\n");
        site.write(&format!("content/notices/{name}.md"), text);
    }
    site.built();
    let html = page(&site, "areas/jiefang");
    let cards = html.split_once("<ul class=\"cards\">").unwrap().1;
    assert!(cards.find("事urgent").unwrap() < cards.find("事later").unwrap(), "{cards}");
}

#[test]
fn days_of_the_week_stand_in_the_order_in_which_they_come() {
    let site = site();
    site.write(
        PROGRAMME_FILE,
        PROGRAMME.to_owned() + "  - {title: 周一课, when: 周一 上午}\n  - {title: 周三课, when: 周三 上午}\n",
    );
    site.built();
    let html = page(&site, "this-week");
    let [wednesday, monday] = ["this-week/on/wed/", "this-week/on/mon/"].map(|path| html.find(path).unwrap());
    assert!(wednesday < monday, "{html}");
}

/// Centres with coordinates, a station and one without a place.
fn places(site: &TestSite) {
    let centre = |kind: &str, more: &str| format!("name: 点{more}\nkind: {kind}\narea: jiefang\naddress: 某路\n");
    site.append(CENTRE_FILE, "location: {lat: 36.05, lon: 103.82}\n");
    site.write("content/centres/north.yaml", centre("station", "北") + "location: {lat: 36.0608, lon: 103.82}\n");
    site.write("content/centres/same.yaml", centre("station", "旁") + "location: {lat: 36.05045, lon: 103.82}\n");
    site.write("content/centres/far.yaml", centre("village-centre", "远") + "location: {lat: 36.55, lon: 103.82}\n");
    site.write("content/centres/beyond.yaml", centre("village-centre", "外") + "location: {lat: 39.05, lon: 103.82}\n");
    site.write("content/centres/nowhere.yaml", centre("station", "无"));
}

#[test]
fn the_map_and_the_table_say_the_same() {
    let site = site();
    places(&site);
    site.built();
    let html = page(&site, "network");
    assert!(html.contains("role=\"img\" aria-labelledby=\"map-jiefang map-jiefang-says\""), "{html}");
    assert!(!html.contains("<a xlink") && !html.contains(" style="));
    // Every number stands in the table, in its order, and signs together hold each once; places side by side share one.
    let svg = html.split_once("<svg").unwrap().1.split_once("</svg>").unwrap().0;
    let labels: Vec<&str> = svg
        .split("<text class=\"on-")
        .skip(1)
        .map(|rest| rest.split_once('>').unwrap().1.split_once('<').unwrap().0)
        .collect();
    assert_eq!(labels, ["1", "2", "3–5"]);
    let table = html.split_once("<table class=\"places\"").unwrap().1;
    let order: Vec<usize> =
        ["点外", "点远", "点北", "点旁", "解放社区中心", "点无"].iter().map(|name| table.find(name).unwrap()).collect();
    assert!(order.is_sorted(), "north to south, then what has no coordinates: {order:?}");
    assert!(words(&html).contains("图上没有 点无"), "{}", words(&html));
    // The area's page has it too, with the numbers at its cards.
    let area = page(&site, "areas/jiefang");
    assert!(area.contains("<svg viewBox") && area.contains("<span class=\"map-number\">1</span>"), "{area}");
}

#[test]
fn what_is_near_a_centre_is_named_with_its_distance() {
    let site = site();
    places(&site);
    site.built();
    let said = words(&page(&site, "centres/jiefang"));
    let near = said.split_once("附近还有").unwrap().1;
    assert!(near.starts_with(" 约50米点旁 驿站 约1.2公里点北 驿站 约56公里点远 乡村便民服务点 直线距离"), "{near}");
    assert!(!words(&page(&site, "centres/nowhere")).contains("附近还有"));
    let english = words(&page(&site, "en/centres/jiefang"));
    assert!(!english.contains("Nearby"), "what has no page in a language is not named: {english}");
    // What belongs to a centre stands among its stations.
    site.append("content/centres/same.yaml", "part_of: jiefang\n").built();
    let said = words(&page(&site, "centres/jiefang"));
    assert!(!said.split_once("附近还有").unwrap().1.contains("点旁"), "{said}");
}

#[test]
fn a_large_network_names_its_areas_and_not_every_place() {
    let site = site();
    for number in 0..130 {
        let text = format!(
            "name: 站{number}\nkind: station\narea: jiefang\naddress: 某路\nlocation: {{lat: 36.{number:03}, lon: 103.8}}\n"
        );
        site.write(&format!("content/centres/s{number}.yaml"), text);
    }
    site.write(AREAS_FILE, "areas:\n  - id: city\n    name: 市\n    level: city\n    areas:\n      - {id: jiefang, name: {zh-Hans: 解放社区, en: Jiefang}, level: community}\n");
    site.built();
    let network = page(&site, "network");
    assert!(!network.contains("站99") && network.contains("areas/jiefang/") && network.len() < 60_000, "{network}");
    // Nothing is lost: the pages of the areas have them all by name, and the list of centres too.
    for path in ["centres", "areas/city", "areas/jiefang"] {
        let html = page(&site, path);
        assert!(html.contains("站99") && !html.contains("某路") && html.len() < 60_000, "{path}");
    }
}

#[test]
fn policies_stand_in_a_table_too() {
    let site = site();
    site.write(
        "content/policies/meals.md",
        "---\ntitle: 助餐\nsummary: 到食堂吃饭有补贴。\naudience: [older-people]\ndepartments: [community]\namounts: [{per: 每餐, value: 2元}]\nuntil: 2027-03-31\n---\n",
    );
    site.write(
        "content/policies/old.md",
        "---\ntitle: 旧补贴\nsummary: 停了。\naudience: [older-people]\ndepartments: [community]\nuntil: 2025-03-31\n---\n",
    );
    site.built();
    let said = words(&page(&site, "policies/as/table"));
    assert!(said.contains("助餐 老年人 每餐 2元 有效至2027年3月31日 社区居委会"), "{said}");
    assert!(!said.contains("旧补贴"), "what has stopped is no offer");
    assert!(page(&site, "policies").contains("href=\"../policies/as/table/\""));
}

#[test]
fn every_centre_says_how_to_tell_it_something() {
    let site = site();
    site.edit(SITE_FILE, "publisher: 示例编辑组\n", "publisher: 示例编辑组\nphones: [{number: 0931-0000000}]\n")
        .built();
    let said = words(&page(&site, "centres/jiefang"));
    assert!(said.contains("有话对我们说 有意见、有难处，请打电话或者当面说： 示例站 0931-0000000"), "{said}");
    let register = "title: 意见册\ncentre: jiefang\nperiod: 2026-09-01..2026-11-20\nchannels: [投意见箱]\nitems:\n";
    let item = |topic: &str, count: usize| {
        format!("  - {{topic: {topic}, raised: 有人提, raised_on: 2026-09-03, count: {count}, status: solved}}\n")
    };
    site.write(
        "content/feedback/book.yaml",
        register.to_owned() + &item("路灯", 9) + &item("停车", 6) + &item("停车", 5),
    )
    .built();
    let said = words(&page(&site, "centres/jiefang"));
    assert!(said.contains("有话对我们说 投意见箱 意见和答复：意见册"), "{said}");
    // What was raised again counts again.
    for path in ["feedback", "feedback/book"] {
        let said = words(&page(&site, path));
        assert!(said.contains("提得最多的 停车 11人") && said.contains("路灯 9人"), "{path}: {said}");
        assert!(said.contains("有话对我们说") && said.contains("投意见箱"), "{path}: {said}");
    }
}

#[test]
fn an_old_address_may_not_be_that_of_a_page_that_comes_and_goes() {
    for address in ["/programmes/winter/talk/", "/this-week/on/sun/", "/notices/archive/2031/", "/policies/as/table/"] {
        let site = site();
        site.write(PROGRAMME_FILE, ACTIVITIES).append(CENTRE_FILE, &format!("aliases: [{address}]\n"));
        let found = site.findings("en");
        assert!(found.iter().any(|found| found.code == "NB0434"), "{address}: {found:?}");
    }
}

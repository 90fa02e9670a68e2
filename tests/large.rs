//! A site with more centres, programmes and notices than a page can describe: pages stay short, and everything is reached.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::fs;

use crate::support::*;

/// Two districts, each with ten streets of seven communities, and in each street four centres.
const STREETS: usize = 10;
const COMMUNITIES: usize = 7;
const CENTRES: usize = 4;

fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "theme: bare", "theme: civic");
    let mut areas =
        String::from("areas:\n  - {id: jiefang, name: {zh-Hans: 解放社区, en: Jiefang}, level: community}\n");
    for district in ["east", "west"] {
        let _ = write!(areas, "  - id: {district}\n    name: {district}区\n    level: district\n    areas:\n");
        for street in 0..STREETS {
            let id = format!("{district}-{street}");
            let _ = write!(areas, "      - id: {id}\n        name: {id}街道\n        level: street\n        areas:\n");
            for community in 0..COMMUNITIES {
                let _ = writeln!(
                    areas,
                    "          - {{id: {id}-{community}, name: {id}-{community}社区, level: community}}"
                );
            }
            for centre in 0..CENTRES {
                let place = format!("{id}-{centre}");
                let text = CENTRE.replacen("area: jiefang", &format!("area: {place}"), 1);
                site.write(&format!("content/centres/{place}.yaml"), text);
                let programme = PROGRAMME.replacen("centre: jiefang", &format!("centre: {place}"), 1);
                site.write(&format!("content/programmes/{place}.yaml"), programme);
                let notice = NOTICE.replacen("centres: [jiefang]", &format!("centres: [{place}]"), 1);
                site.write(
                    &format!("content/notices/{place}.md"),
                    notice.replace("/centres/jiefang/", &format!("/centres/{place}/")),
                );
            }
        }
    }
    site.write(AREAS_FILE, areas);
    site
}

/// The pages that links lead to from the home page.
fn reached(site: &TestSite) -> BTreeSet<String> {
    let out = site.output();
    let (mut found, mut queue) = (BTreeSet::from([String::new()]), VecDeque::from([String::new()]));
    while let Some(folder) = queue.pop_front() {
        let html = fs::read_to_string(out.join(&folder).join("index.html")).unwrap_or_default();
        for link in html.split("<a ").skip(1).filter_map(|tag| tag.split_once("href=\"")?.1.split('"').next()) {
            let link = link.split('#').next().unwrap();
            if link.contains(':') || !link.ends_with('/') {
                continue;
            }
            let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
            for part in link.split('/') {
                match part {
                    "" | "." => {}
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            let path: String = parts.iter().map(|part| format!("{part}/")).collect();
            if found.insert(path.clone()) {
                queue.push_back(path);
            }
        }
    }
    found
}

#[test]
fn pages_stay_short_and_everything_is_reached_by_links() {
    let site = site();
    site.built();
    let most = files(&site.output()).into_iter().filter(|(path, _)| path.ends_with(".html"));
    let most = most.map(|(path, bytes)| (bytes.len(), path)).max().unwrap();
    assert!(most.0 < 60_000, "{most:?}");
    let reached = reached(&site);
    for district in ["east", "west"] {
        for number in 0..STREETS * CENTRES {
            let id = format!("{district}-{}-{}", number / CENTRES, number % CENTRES);
            for folder in ["centres", "programmes", "notices"] {
                assert!(reached.contains(&format!("{folder}/{id}/")), "{folder}/{id}");
            }
        }
        assert!(reached.contains(&format!("areas/{district}-9-6/")));
    }
}

#[test]
fn long_lists_have_names_and_the_home_page_has_areas() {
    let site = site();
    site.built();
    let page = |path: &str| fs::read_to_string(site.output().join(path).join("index.html")).unwrap();
    // 81 centres: their names, by district; on the home page the districts with their streets.
    assert!(page("centres").contains(r#"<li><a href="../centres/east-0-0/">"#));
    assert!(page("programmes").contains(r#"<li><a href="../programmes/east-0-0/">"#));
    let home = page("");
    assert!(home.contains(r#"<a href="./areas/east-9/">east-9街道</a>"#), "{home}");
    let centres = home.split_once("id=\"centres\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(!centres.contains("areas/east-9-6") && !centres.contains("centres/east"), "{centres}");
    // Where a tree ends, it says what is inside; the page of the area has the rest.
    assert!(centres.contains("4个服务中心和站点"), "{centres}");
    assert!(page("areas/east").contains("areas/east-9-6/") || page("areas/east-9").contains("areas/east-9-6/"));
    // 81 notices: 60 with what they say, the others by name.
    let notices = page("notices");
    let (cards, names) = notices.split_once("name-list").unwrap();
    assert_eq!(cards.matches("<li class=\"card").count(), 60);
    assert_eq!(names.split_once("</ul>").unwrap().0.matches("<li>").count(), 21);
}

//! `check --format github|sarif|json`: what is found, for programs that show it beside the lines.

use crate::judge;

use crate::support::*;
use serde_json::{Value, json};
use std::fs;

fn said(site: &TestSite, language: &str, format: &str) -> String {
    site.check().lang(language).args(&["--format", format]).run().stdout
}

/// A site with an error that has a mend, one with a second place, and a warning.
fn spoiled() -> TestSite {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "centre: jiefang", "centre：jiefang");
    site.write("content/centres/east/jiefang.yaml", CENTRE);
    site.append(NOTICE_FILE, "\n[](/centres/jiefang/)\n");
    site
}

#[test]
fn sarif_is_valid_and_has_regions_fixes_related_places_and_rules_in_both_languages() {
    let mut logs = Vec::new();
    for site in [spoiled(), TestSite::minimal()] {
        for language in ["zh-Hans", "en"] {
            logs.push(serde_json::from_str::<Value>(&said(&site, language, "sarif")).unwrap());
        }
    }
    let run = &logs[0]["runs"][0];
    let results = run["results"].as_array().unwrap();
    let of = |code: &str| results.iter().find(|result| result["ruleId"] == code).unwrap();
    let colon = of("NB0213");
    assert_eq!(colon["level"], "error");
    let place = &colon["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], PROGRAMME_FILE);
    assert_eq!(place["region"], json!({"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 8}));
    let change = &colon["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], ": ");
    assert_eq!(change["deletedRegion"], place["region"]);
    let twice = of("NB0107");
    assert_eq!(twice["relatedLocations"].as_array().unwrap().len(), 1);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let index = usize::try_from(colon["ruleIndex"].as_u64().unwrap()).unwrap();
    let rule = &rules[index];
    assert_eq!(rule["id"], "NB0213");
    let help = rule["help"]["text"].as_str().unwrap();
    assert!(help.contains("全角") && help.contains("full-width") && !help.contains('{'), "{help}");
    assert_eq!(rule["name"], "FullWidthMark");
    assert_eq!(rule["shortDescription"]["text"], "这里用了全角的“…”，YAML 认不出来");
    let translation = &run["translations"][0];
    assert_eq!((&run["language"], &translation["language"]), (&json!("zh-CN"), &json!("en")));
    assert_eq!(
        translation["rules"][index]["shortDescription"]["text"],
        "there is a full-width `…` here, which YAML does not know"
    );
    judge::agrees("sarif.py", &json!({"logs": logs}), 4);
}

#[test]
fn a_path_in_sarif_is_percent_encoded() {
    let site = TestSite::minimal();
    site.write("content/centres/中心 东.yaml", CENTRE);
    let log: Value = serde_json::from_str(&said(&site, "en", "sarif")).unwrap();
    let uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert_eq!(uri, "content/centres/%E4%B8%AD%E5%BF%83%20%E4%B8%9C.yaml");
}

#[test]
fn github_shows_each_finding_as_one_escaped_line() {
    let lines = said(&spoiled(), "zh-Hans", "github");
    let colon = lines.lines().find(|line| line.contains("title=NB0213")).unwrap();
    assert_eq!(
        colon,
        "::error file=content/programmes/winter.yaml,line=2,endLine=2,col=7,endColumn=8,title=NB0213::\
         这里用了全角的“：”，YAML 认不出来%0A换成半角的“:”，冒号后面再空一格%0A例子和改法：noticeboard explain NB0213"
    );
    let site = TestSite::minimal();
    site.write("content/centres/a,b:c.yaml", CENTRE);
    let lines = said(&site, "en", "github");
    assert!(lines.starts_with("::error file=content/centres/a%2Cb%3Ac.yaml,"), "{lines}");
}

#[test]
fn json_has_the_edits_with_their_places() {
    let lines = said(&spoiled(), "en", "json");
    let line = lines.lines().find(|line| line.contains("NB0213")).unwrap();
    let found: Value = serde_json::from_str(line).unwrap();
    assert_eq!(
        found["edits"],
        json!([{"line": 2, "column": 7, "end_line": 2, "end_column": 8, "replacement": ": ", "safe": true}])
    );
}

#[test]
fn a_sound_site_ends_with_0_in_every_format() {
    let site = TestSite::minimal();
    for format in ["human", "json", "github", "sarif"] {
        site.check().args(&["--format", format]).expect_code(0);
    }
    assert_eq!(said(&site, "en", "github"), "");
}

#[test]
fn paths_are_said_as_the_repository_around_the_site_has_them() {
    let site = spoiled();
    let (above, folder) = (site.root().parent().unwrap(), site.root().file_name().unwrap().to_str().unwrap());
    for (format, expected) in
        [("github", format!("file={folder}/{PROGRAMME_FILE}")), ("sarif", format!("{folder}/{PROGRAMME_FILE}\""))]
    {
        let output = assert_cmd::cargo_bin_cmd!("noticeboard")
            .args(["check", "--site", folder, "--format", format, "--today", TODAY, "--posters", "none"])
            .current_dir(above)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(&expected), "{said}");
    }
}

#[test]
fn every_rule_leads_to_the_reference_in_both_languages_and_names_no_address() {
    let log: Value = serde_json::from_str(&said(&spoiled(), "en", "sarif")).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "NB0107").unwrap();
    assert_eq!(
        rule["fullDescription"]["text"],
        "No two records of a kind may have one id. Folders below the kind’s own make no difference."
    );
    for rule in rules {
        let (id, markdown) = (rule["id"].as_str().unwrap(), rule["help"]["markdown"].as_str().unwrap());
        let calls =
            [format!("examples and mends: noticeboard explain {id}"), format!("例子和改法：noticeboard explain {id}")];
        assert!(calls.iter().all(|call| markdown.contains(call)), "{markdown}");
        assert!(markdown.starts_with("**") && rule.get("helpUri").is_none(), "{markdown}");
    }
}

#[test]
fn a_check_that_fails_ends_with_the_call_that_explains_its_first_mistake() {
    let site = spoiled();
    let end = |language: &str, more: &[&str]| {
        let said = site.check().lang(language).args(more).run().stderr;
        said.lines().rev().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(end("en", &[]), ["examples and mends: noticeboard explain NB0107", "2 errors, 1 warning"]);
    assert_eq!(end("zh-Hans", &[]), ["例子和改法：noticeboard explain NB0107", "2 处错误，1 处提醒"]);
    // What is only a reminder ends nothing, unless it was asked to.
    let site = TestSite::minimal();
    site.append(NOTICE_FILE, "\n[](/centres/jiefang/)\n");
    let said = site.check().lang("en").run().stderr;
    assert!(said.ends_with("0 errors, 1 warning\n"), "{said}");
    let said = site.check().lang("en").args(&["--strict"]).run().stderr;
    assert!(said.ends_with("0 errors, 1 warning\nexamples and mends: noticeboard explain NB0138\n"), "{said}");
}

#[test]
fn paths_begin_at_the_top_of_the_repository_wherever_the_program_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("docs/site");
    copy(spoiled().root(), &site);
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (here, named) in [(&*site, "."), (folder.path(), "docs/site"), (&*site.join("content"), "..")] {
        let output = assert_cmd::cargo_bin_cmd!("noticeboard")
            .args(["check", "--site", named, "--format", "github", "--today", TODAY, "--posters", "none"])
            .current_dir(here)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(&format!("file=docs/site/{PROGRAMME_FILE}")), "{said}");
        assert!(!said.contains(folder.path().to_str().unwrap()), "{said}");
    }
}

//! Chinese keys and values: the table against the types, and files in Chinese against the same files in English.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::*;
use camino::Utf8Path;
use noticeboard::content::schemas::Schemas;
use noticeboard::content::{KNOWN_LANGUAGES, KeyLanguage, mended};
use noticeboard::source::{File, Sources, read_site, words};
use serde_json::Value;

/// The keys of every structure and the values of every enumeration, by the names of their types.
#[derive(Default)]
struct Types {
    keys: BTreeMap<String, BTreeSet<String>>,
    values: BTreeMap<String, BTreeSet<String>>,
}

impl Types {
    fn all() -> Self {
        let mut types = Self::default();
        for schema in Schemas::all().iter() {
            let schema = serde_json::to_value(schema).unwrap();
            let name = schema["title"].as_str().unwrap().to_owned();
            types.look(&schema, &name);
        }
        types
    }

    fn look(&mut self, schema: &Value, name: &str) {
        match schema {
            Value::Object(entries) => {
                if let Some(Value::Object(properties)) = entries.get("properties") {
                    self.keys.entry(name.to_owned()).or_default().extend(properties.keys().cloned());
                }
                let words =
                    entries.get("enum").and_then(Value::as_array).into_iter().flatten().chain(entries.get("const"));
                for word in words.filter_map(Value::as_str) {
                    self.values.entry(name.to_owned()).or_default().insert(word.to_owned());
                }
                for (key, below) in entries {
                    match (key.as_str(), below) {
                        ("$defs", Value::Object(defs)) => defs.iter().for_each(|(name, below)| self.look(below, name)),
                        _ => self.look(below, name),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.look(item, name)),
            _ => {}
        }
    }
}

/// Expects that every one of `english` has a word, and that no word stands for two of them.
fn unambiguous<'a>(name: &str, english: impl Iterator<Item = &'a String>, words: impl Fn(&str) -> &'static [String]) {
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for english in english {
        let words = words(english);
        assert!(!words.is_empty(), "`{english}` of {name} has no Chinese word");
        for word in words {
            assert!(!word.is_ascii() && !word.contains(' '), "{word}");
            if let Some(other) = taken.insert(word, english) {
                panic!("{word} stands for `{other}` and for `{english}` of {name}");
            }
        }
    }
}

#[test]
fn every_key_value_and_language_has_a_chinese_word_and_none_has_two_meanings_in_one_place() {
    let (types, table) = (Types::all(), words::chinese());
    assert!(types.keys.len() > 40 && types.values.len() > 12);
    for (structure, keys) in &types.keys {
        unambiguous(structure, keys.iter(), |key| table.of_key(structure, key));
    }
    for (enumeration, values) in &types.values {
        unambiguous(enumeration, values.iter(), |value| table.of_value(enumeration, value));
    }
    let languages: Vec<String> = KNOWN_LANGUAGES.iter().map(|tag| (*tag).to_owned()).collect();
    unambiguous("languages", languages.iter(), |tag| table.of_tag(tag));
    assert_eq!(table.languages.len(), languages.len());
}

#[test]
fn the_table_names_nothing_that_the_types_do_not_have() {
    let (types, table) = (Types::all(), words::chinese());
    let keys: BTreeSet<&String> = types.keys.values().flatten().collect();
    for key in table.keys.keys() {
        assert!(keys.contains(key), "no structure has `{key}`");
    }
    for (structure, of) in &table.of {
        for key in of.keys() {
            assert!(types.keys.get(structure).is_some_and(|keys| keys.contains(key)), "{structure} has no `{key}`");
        }
    }
    for (enumeration, values) in &table.values {
        for value in values.keys() {
            assert!(types.values.get(enumeration).is_some_and(|all| all.contains(value)), "{enumeration}: {value}");
        }
    }
}

fn example() -> Sources {
    read_site(Utf8Path::new(env!("CARGO_MANIFEST_DIR")))
}

/// The files of a site written in a language, with nothing wrong in them.
fn written(sources: Sources, language: KeyLanguage) -> Sources {
    let (files, left) = mended(&sources, Some(language));
    let errors: Vec<_> = left.iter().filter(|left| left.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    Sources { files, ..sources }
}

#[test]
fn the_example_site_in_chinese_and_back_is_the_same_byte_for_byte() {
    // Weekdays and such may be Chinese in an English file: those are put into English first.
    let before = written(example(), KeyLanguage::English);
    let plain = example();
    let unlike = |(before, after): &(&File, &File)| before.text != after.text;
    assert!(plain.files.iter().zip(&before.files).filter(unlike).count() * 5 < plain.files.len());
    let again = Sources { files: before.files.clone(), ..example() };
    let chinese = written(again, KeyLanguage::Chinese);
    let changed = before.files.iter().zip(&chinese.files).filter(|(before, after)| before.text != after.text).count();
    assert!(changed * 10 > before.files.len() * 9, "{changed} of {}", before.files.len());
    let centre = chinese.files.iter().find(|file| file.path.ends_with("centres/ganjiaxiang.yaml")).unwrap();
    for line in ["类型: 社区中心", "每周: {周一至周五: ", "  - 饮用水", "    - {起: 07-01, 止: 08-31"]
    {
        assert!(centre.text.contains(line), "{line} is not in\n{}", centre.text);
    }
    let back = written(chinese, KeyLanguage::English);
    for (before, after) in before.files.iter().zip(&back.files) {
        assert!(before.text == after.text, "{}", before.path);
    }
}

#[test]
fn a_site_in_chinese_makes_the_same_pages_as_one_in_english() {
    let site = TestSite::minimal();
    site.append(CENTRE_FILE, "phones: [{number: 0931-0000001, for: {zh-Hans: 前台, en: Desk}}]\namenities: [tea, {kind: wifi, note: 二楼}]\n");
    site.edit(PROGRAMME_FILE, "when: 周二 上午}", "when: 周二 上午, exceptions: [{on: 2026-12-01, cancelled: 停水}]}");
    let english = files(&site.built().output());
    site.call("fix").fix(&["--keys", "zh", "--write"]);
    let text = std::fs::read_to_string(site.path(NOTICE_EN_FILE)).unwrap();
    assert!(text.contains("标题: Heating check"), "{text}");
    assert!(std::fs::read_to_string(site.path(PROGRAMME_FILE)).unwrap().contains("停课: 停水"));
    std::fs::remove_dir_all(site.output()).unwrap();
    let chinese = files(&site.built().output());
    assert_eq!(english.keys().collect::<Vec<_>>(), chinese.keys().collect::<Vec<_>>());
    for (path, bytes) in &english {
        assert!(chinese[path] == *bytes, "{path}");
    }
}

#[test]
fn both_languages_may_stand_in_one_file_and_ids_and_slots_are_never_translated() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "older-people:", "时间:").edit(SITE_FILE, "strands:", "系列:");
    site.edit(PROGRAMME_FILE, "slots: {上午:", "时段: {时间:").edit(PROGRAMME_FILE, "周二 上午", "周二 时间");
    site.append(PROGRAMME_FILE, "备注: [免费]\n").edit(CENTRE_FILE, "kind: community-centre", "类型: 社区中心");
    site.append(NOTICE_FILE, "").edit(
        NOTICE_FILE,
        "centres: [jiefang]",
        "中心: [jiefang]\n服务对象: [时间]\n紧急程度: 重要",
    );
    site.built();
    let page = std::fs::read_to_string(site.output().join("programmes/winter/index.html")).unwrap();
    assert!(page.contains("09:00"), "{page}");
}

#[test]
fn what_is_found_later_is_shown_at_the_chinese_key() {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "activities:", "活动:");
    site.edit(PROGRAMME_FILE, "when: 周二 上午}", "时间: 周二 上午, 例外: [{日期: 2026-12-02, 停课: 停水}]}");
    let found = site.findings("zh-Hans");
    let places: Vec<_> = found.iter().map(|found| (found.code.as_str(), found.place.as_str())).collect();
    let line = std::fs::read_to_string(site.path(PROGRAMME_FILE)).unwrap();
    let line = line.lines().nth(5).unwrap().to_owned();
    let column = line.split("2026-12-02").next().unwrap().chars().count() + 1;
    assert_eq!(places, [("NB0501", format!("{PROGRAMME_FILE}:6:{column}").as_str())]);
}

#[test]
fn a_translation_may_have_chinese_keys_and_its_faults_name_them() {
    let site = TestSite::minimal();
    site.edit(NOTICE_EN_FILE, "title:", "标题:").built();
    site.edit(NOTICE_EN_FILE, "summary:", "开始: soon\nsummary:");
    let found = site.findings("zh-Hans");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].code.as_str(), found[0].message.as_str()), ("NB0113", "译文里的“开始”和原文对不上"));
}

#[test]
fn text_in_a_language_that_the_site_does_not_have_is_found_under_its_chinese_name_too() {
    let site = TestSite::minimal();
    site.edit(CENTRE_FILE, "en: Jiefang Centre", "英文: Jiefang Centre, 藏文: x");
    let found = site.findings("zh-Hans");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].code.as_str(), found[0].message.as_str()), ("NB0404", "网站没有“藏文”这种语言"));
}

/// The document of all Chinese words, made from the table and the types.
fn document() -> String {
    let (types, table) = (Types::all(), words::chinese());
    let mut text = String::from(
        "# 中文键和值 · Chinese keys and values\n\n\
         内容文件里，键和值写英文、写中文都行，一个文件里也可以混着写。下面左边是英文，右边是认得的中文词，第一个是\n\
         `noticeboard fix --keys zh` 写出来的那个。代号和时段名是编辑自己起的名字，不翻译。\n\n\
         Keys and values may be written in English, in Chinese, or both in one file. The first of the Chinese words is what\n\
         `noticeboard fix --keys zh` writes. Ids and names of slots are the editor's own and are never translated. This file is\n\
         made from `src/source/words/zh-Hans.yaml` and the types by `UPDATE_KEYS=1 cargo test --test all chinese_keys`.\n",
    );
    let mut section = |name: &str, head: &str, english: Vec<&String>, words: &dyn Fn(&str) -> &'static [String]| {
        text += &format!("\n## {name}\n\n| {head} | 中文 |\n|---|---|\n");
        for english in english {
            text += &format!("| `{english}` | {} |\n", words(english).join("、"));
        }
    };
    for (structure, keys) in &types.keys {
        section(structure, "key", keys.iter().collect(), &|key| table.of_key(structure, key));
    }
    for (enumeration, values) in &types.values {
        section(&format!("{enumeration} (values)"), "value", values.iter().collect(), &|value| {
            table.of_value(enumeration, value)
        });
    }
    let tags: Vec<String> = KNOWN_LANGUAGES.iter().map(|tag| (*tag).to_owned()).collect();
    section("Languages", "tag", tags.iter().collect(), &|tag| table.of_tag(tag));
    let truths = ["true".to_owned(), "false".to_owned()];
    section("Yes and no", "value", truths.iter().collect(), &|truth| table.of_truth(truth));
    text
}

#[test]
fn the_document_lists_every_word() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/chinese-keys.md");
    if std::env::var_os("UPDATE_KEYS").is_some() {
        std::fs::write(&path, document()).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == document(), "run with UPDATE_KEYS=1");
}

/// A key in a message is named as the file writes it, so each has both its names, and they are those of the table.
#[test]
fn the_keys_that_messages_name_are_those_of_the_table() {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (name, text) in [
        ("zh-Hans", include_str!("../src/diagnostics/catalogue/zh-Hans.yaml")),
        ("en", include_str!("../src/diagnostics/catalogue/en.yaml")),
    ] {
        let pairs = text.split('{').skip(1).filter_map(|part| part.split_once('}')?.0.split_once('|'));
        for (english, chinese) in pairs {
            let words = words::chinese();
            let is_truth = words.of_truth(english).iter().any(|word| word == chinese);
            assert!(words.may_mean(chinese, english) || is_truth, "{name}: {english} is not {chinese}");
            known.insert(english);
        }
    }
    assert!(known.len() > 30, "{known:?}");
}

/// What is said of a file with Chinese keys, and of what has no keys in a site with Chinese ones, names no English key.
#[test]
fn help_names_keys_as_the_file_writes_them() {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "周二 上午", "周二 夜里");
    let helps = |site: &TestSite| site.findings("zh-Hans").into_iter().flat_map(|found| found.help).collect::<Vec<_>>();
    assert!(helps(&site).iter().any(|help| help.contains("“slots”")), "{:?}", helps(&site));
    site.call("fix").fix(&["--write", "--keys", "zh"]);
    assert!(helps(&site).iter().any(|help| help.contains("“时段”")), "{:?}", helps(&site));
    assert!(!helps(&site).iter().any(|help| help.contains("slots")), "{:?}", helps(&site));
}

//! The pages of kinds and keys, from the schemas of the types, their descriptions and examples that are read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use noticeboard::content::descriptions::{self, InBoth};
use noticeboard::content::schemas::Schemas;
use noticeboard::source::words;
use serde_json::Value;

use super::examples::Examples;
use super::forms;

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    Chinese = 0,
    English = 1,
}

impl Tongue {
    pub const BOTH: [Self; 2] = [Self::Chinese, Self::English];

    /// The text in this language.
    pub fn of(self, text: &InBoth) -> &str {
        match self {
            Self::Chinese => &text.zh_hans,
            Self::English => &text.en,
        }
    }

    /// One of two texts.
    pub fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// A place in the footer, which stands in the original only.
    pub fn footer(self, order: u8) -> String {
        self.pick(&format!("footer_order: {order}\n"), "").to_owned()
    }
}

/// A kind: its type, the name of its page, its names, and its file.
struct Kind {
    of: &'static str,
    page: &'static str,
    title: [&'static str; 2],
    file: &'static str,
}

const KINDS: [Kind; 14] = [
    Kind { of: "SiteConfig", page: "site", title: ["网站设置", "The site"], file: "site.yaml" },
    Kind { of: "AreasFile", page: "areas", title: ["区域", "Areas"], file: "content/areas.yaml" },
    Kind {
        of: "CalendarYear",
        page: "calendar",
        title: ["节假日日历", "Public calendar"],
        file: "content/calendar/CN-2026.yaml",
    },
    Kind { of: "Centre", page: "centres", title: ["服务中心", "Centres"], file: "content/centres/ID.yaml" },
    Kind {
        of: "Programme", page: "programmes", title: ["活动安排", "Programmes"], file: "content/programmes/ID.yaml"
    },
    Kind { of: "Event", page: "events", title: ["只办一次的活动", "Events"], file: "content/events/ID.md" },
    Kind { of: "Policy", page: "policies", title: ["政策", "Policies"], file: "content/policies/ID.md" },
    Kind { of: "Notice", page: "notices", title: ["通知", "Notices"], file: "content/notices/ID.md" },
    Kind { of: "Team", page: "teams", title: ["志愿队", "Teams"], file: "content/teams/ID.md" },
    Kind { of: "Duty", page: "duty", title: ["值班表", "Duty rosters"], file: "content/duty/ID.yaml" },
    Kind {
        of: "Outreach", page: "outreach", title: ["流动服务", "Outreach rounds"], file: "content/outreach/ID.yaml"
    },
    Kind {
        of: "Feedback",
        page: "feedback",
        title: ["意见反馈", "Feedback registers"],
        file: "content/feedback/ID.yaml",
    },
    Kind { of: "Page", page: "pages", title: ["单独的网页", "Pages"], file: "content/pages/PATH.md" },
    Kind {
        of: "AddressesFile",
        page: "addresses",
        title: ["短网址", "Short addresses"],
        file: "content/addresses.yaml",
    },
];

/// Where a type is described.
struct Places {
    /// The page of each type that has keys, and its heading there.
    of: BTreeMap<String, (String, String)>,
    schemas: BTreeMap<String, Value>,
}

impl Places {
    fn all(tongue: Tongue) -> Self {
        let mut places = Self { of: BTreeMap::new(), schemas: BTreeMap::new() };
        let mut used: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for schema in Schemas::all().iter() {
            let schema = schema.as_value();
            let name = schema["title"].as_str().unwrap();
            let kind = KINDS.iter().find(|kind| kind.of == name).unwrap_or_else(|| panic!("{name} has no page"));
            places.schemas.insert(name.to_owned(), schema.clone());
            for (name, schema) in schema["$defs"].as_object().into_iter().flatten() {
                places.schemas.insert(name.clone(), schema.clone());
                used.entry(name.clone()).or_default().insert(kind.page);
            }
        }
        let mut headings: BTreeSet<(String, String)> = BTreeSet::new();
        for (name, pages) in used {
            if places.schemas[&name]["properties"].is_null() {
                continue;
            }
            let page = if pages.len() == 1 { pages.first().unwrap() } else { "shared" };
            let title = &descriptions::of_type(&name).unwrap().title;
            let mut heading = capital(tongue.of(title));
            if !headings.insert((page.to_owned(), heading.clone())) {
                heading = format!("{heading} {}", name.to_lowercase());
            }
            places.of.insert(name, (format!("fields/{page}"), heading));
        }
        places
    }

    fn types_of(&self, page: &str) -> Vec<&str> {
        self.of.iter().filter(|(_, (of, _))| of == page).map(|(name, _)| name.as_str()).collect()
    }
}

/// A heading as Markdown names it in links.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>().to_lowercase()
}

/// A text whose first letter is a capital one.
fn capital(text: &str) -> String {
    if let Some(link) = text.strip_prefix('[') {
        return format!("[{}", capital(link));
    }
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// What a page is made of.
struct Writer<'a> {
    tongue: Tongue,
    places: &'a Places,
    examples: &'a Examples,
    /// The page that is written, for links within it.
    page: String,
    text: String,
}

/// All pages of kinds, by their paths.
pub fn pages(tongue: Tongue) -> Vec<(String, String)> {
    let (places, examples) = (Places::all(tongue), Examples::read(tongue));
    let mut pages = vec![("fields".to_owned(), index(tongue)), ("fields/forms".to_owned(), forms::page(tongue))];
    let write = |page: String, title: &str, summary: &str, about: &dyn Fn(&mut Writer<'_>)| {
        let text = format!("---\ntitle: {title}\nsummary: {}\n---\n", serde_json::to_string(summary).unwrap());
        let mut writer = Writer { tongue, places: &places, examples: &examples, page: page.clone(), text };
        about(&mut writer);
        for name in places.types_of(&page) {
            writer.structure(name);
        }
        (page, writer.text.trim_end().to_owned() + "\n")
    };
    for kind in &KINDS {
        let described = descriptions::of_type(kind.of).unwrap();
        let title = kind.title[tongue as usize];
        pages.push(write(format!("fields/{}", kind.page), title, tongue.of(&described.text), &|writer| {
            writer.kind(kind)
        }));
    }
    let (title, summary) = match tongue {
        Tongue::Chinese => ("好几类内容都用的", "电话、联系人、图片、纸张：这些写法到处一样。"),
        Tongue::English => {
            ("Used by several kinds", "Telephones, contacts, pictures, sheets: these are written alike everywhere.")
        }
    };
    pages.push(write("fields/shared".to_owned(), title, summary, &|_| {}));
    pages
}

fn index(tongue: Tongue) -> String {
    let (title, summary, intro) = match tongue {
        Tongue::Chinese => (
            "每一项怎么写",
            "每一类内容有哪些项，写什么，哪些必须写。",
            "键写中文、写英文都行，一个文件里也可以混着写。这些网页由程序自己的类型生成，例子取自示例网站。",
        ),
        Tongue::English => (
            "Every key",
            "Which keys each kind of content has, what to write, and which must be there.",
            "Keys may be written in English, in Chinese, or both in one file. These pages are made from the program’s own types; the examples are those of the example sites.",
        ),
    };
    let mut page = format!("---\ntitle: {title}\nsummary: {summary}\n{}---\n{intro}\n\n", tongue.footer(2));
    for kind in &KINDS {
        let text = tongue.of(&descriptions::of_type(kind.of).unwrap().text).to_owned();
        let address = format!("/fields/{}/", kind.page);
        let gap = tongue.pick("", " ");
        let _ = writeln!(
            page,
            "- [{}]({address}){gap}`{}`{}{text}",
            kind.title[tongue as usize],
            kind.file,
            tongue.pick("：", ": ")
        );
    }
    let _ = writeln!(page, "\n- [{}](/fields/shared/)", tongue.pick("好几类内容都用的", "Used by several kinds"));
    let _ =
        writeln!(page, "- [{}](/fields/forms/)", tongue.pick("日期、时间和别的写法", "Dates, times and other forms"));
    page
}

impl Writer<'_> {
    fn kind(&mut self, kind: &Kind) {
        let file = match self.tongue {
            Tongue::Chinese => format!("文件：`{}`", kind.file.replace("/ID", "/代号").replace("PATH", "网址")),
            Tongue::English => format!("File: `{}`", kind.file),
        };
        let _ = writeln!(self.text, "{file}\n");
        let schema = self.places.schemas[kind.of].clone();
        let heading = self.tongue.pick("所有的项", "Keys").to_owned();
        let _ = writeln!(self.text, "## {heading}\n");
        self.keys(kind.of, &schema);
    }

    fn structure(&mut self, name: &str) {
        let heading = self.places.of[name].1.clone();
        let text = self.tongue.of(&descriptions::of_type(name).unwrap().text).to_owned();
        let _ = writeln!(self.text, "## {heading}\n\n{text}\n");
        let schema = self.places.schemas[name].clone();
        self.keys(name, &schema);
    }

    fn keys(&mut self, structure: &str, schema: &Value) {
        let required: BTreeSet<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (key, of) in schema["properties"].as_object().into_iter().flatten() {
            let described = descriptions::of_part(structure, key).unwrap();
            let words = words::chinese().of_key(structure, key);
            let _ = match self.tongue {
                Tongue::Chinese => writeln!(self.text, "### {} `{key}`\n", words[0]),
                Tongue::English => writeln!(self.text, "### `{key}`\n"),
            };
            let _ = writeln!(self.text, "{}\n", self.tongue.of(&described.text));
            let must = match (required.contains(key.as_str()), self.tongue) {
                (true, Tongue::Chinese) => "**必须写。**",
                (true, Tongue::English) => "**Required.** ",
                (false, _) => "",
            };
            let others: Vec<String> = words
                .iter()
                .skip(usize::from(self.tongue == Tongue::Chinese))
                .map(|word| format!("`{word}`"))
                .collect();
            let others = match (others.is_empty(), self.tongue) {
                (true, _) => String::new(),
                (false, Tongue::Chinese) => format!("键也可以写成{}。", others.join("、")),
                (false, Tongue::English) => format!(" In Chinese: {}.", others.join(", ")),
            };
            let value = self.value(of);
            let default = self.default(of);
            let what = match self.tongue {
                Tongue::Chinese => format!("{must}写{value}。{default}{others}"),
                Tongue::English => format!("{must}{}.{default}{others}", capital(&value)),
            };
            let _ = writeln!(self.text, "{what}\n");
            self.choices(of);
            if let Some(example) = self.example(structure, key, of) {
                let _ = writeln!(self.text, "```yaml\n{}\n```\n", example.trim_end());
            }
        }
    }

    /// What a value is, in plain words.
    fn value(&self, schema: &Value) -> String {
        let pick = |chinese: &str, english: &str| self.tongue.pick(chinese, english).to_owned();
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            if name == "Text" {
                return pick("文字，也可以每种语言各写一句", "text, or one text per language");
            }
            if let Some((page, heading)) = self.places.of.get(name) {
                let address = if *page == self.page { String::new() } else { format!("/{page}/") };
                let link = format!("[{heading}]({address}#{})", anchor(heading));
                return match self.tongue {
                    Tongue::Chinese => format!("一组“键: 值”，见{link}"),
                    Tongue::English => format!("a group of keys: {link}"),
                };
            }
            return self.value(&self.places.schemas[name]);
        }
        if schema["oneOf"].is_array() {
            return pick("下面的一个词", "one of the words below");
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let mut each: Vec<String> = Vec::new();
            for choice in choices.iter().filter(|choice| choice["type"] != "null") {
                let value = self.value(choice);
                if !each.contains(&value) {
                    each.push(value);
                }
            }
            return each.join(self.tongue.pick("，或者", ", or "));
        }
        if let Some(form) = schema["format"].as_str().and_then(forms::form) {
            let title = form.title[self.tongue as usize];
            let shown = if self.tongue == Tongue::English { title.to_lowercase() } else { title.to_owned() };
            return format!("[{shown}](/fields/forms/#{})", anchor(title));
        }
        let of = match &schema["type"] {
            Value::Array(types) => types.iter().find(|of| *of != "null").and_then(Value::as_str),
            of => of.as_str(),
        };
        match of {
            Some("array") => match self.tongue {
                Tongue::Chinese => format!("一个列表，每项是{}", self.value(&schema["items"])),
                Tongue::English => format!("a list, each item {}", self.value(&schema["items"])),
            },
            Some("object") => {
                let names = match schema["propertyNames"]["format"].as_str() {
                    Some("weekdays") => pick("星期几", "weekdays"),
                    Some("language") => pick("语言代码", "a language tag"),
                    _ => pick("自己起的名字", "a name of your own"),
                };
                let value = self.value(&schema["additionalProperties"]);
                match self.tongue {
                    Tongue::Chinese => format!("几行“{names}: 内容”，内容是{value}"),
                    Tongue::English => format!("lines of {names} and {value}"),
                }
            }
            Some("boolean") => pick("“是”或“否”（`true`、`false`）", "`true` or `false`"),
            Some("integer") => pick("整数", "a whole number"),
            Some("number") => pick("数字", "a number"),
            _ => pick("文字", "text"),
        }
    }

    /// What holds where the key is not written, if it is not nothing.
    fn default(&self, schema: &Value) -> String {
        let default = &schema["default"];
        let nothing = match default {
            Value::Array(items) => items.is_empty(),
            Value::Object(items) => items.is_empty(),
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            _ => false,
        };
        if nothing {
            return String::new();
        }
        let written = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
        let word = match (default, self.tongue) {
            (Value::Bool(true), Tongue::Chinese) => "是".to_owned(),
            (Value::Bool(false), Tongue::Chinese) => "否".to_owned(),
            (_, Tongue::Chinese) => self.word(schema, &written).unwrap_or(written),
            (_, Tongue::English) => written,
        };
        match self.tongue {
            Tongue::Chinese => format!("不写就是`{word}`。"),
            Tongue::English => format!(" Without it: `{word}`."),
        }
    }

    /// The enumerations that a value may be of.
    fn enumerations<'v>(&'v self, schema: &'v Value, found: &mut Vec<(String, &'v Value)>) {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            let schema = &self.places.schemas[name];
            if schema["oneOf"].is_array() {
                found.push((name.to_owned(), schema));
            } else if schema["properties"].is_null() {
                self.enumerations(schema, found);
            }
        }
        for choice in schema["anyOf"].as_array().into_iter().flatten() {
            self.enumerations(choice, found);
        }
        if schema["items"].is_object() {
            self.enumerations(&schema["items"], found);
        }
    }

    fn word(&self, schema: &Value, value: &str) -> Option<String> {
        let mut found = Vec::new();
        self.enumerations(schema, &mut found);
        let word = found.iter().find_map(|(name, _)| words::chinese().of_value(name, value).first());
        word.cloned()
    }

    /// The words that a key takes, each with its meaning.
    fn choices(&mut self, schema: &Value) {
        let mut found = Vec::new();
        self.enumerations(schema, &mut found);
        let mut lines = String::new();
        for (name, _) in &found {
            for (value, described) in &descriptions::all()[name].parts {
                let text = self.tongue.of(&described.text);
                let _ = match self.tongue {
                    Tongue::Chinese => {
                        let word =
                            words::chinese().of_value(name, value).first().map_or(value.as_str(), String::as_str);
                        writeln!(lines, "- `{word}`（`{value}`）：{text}")
                    }
                    Tongue::English => writeln!(lines, "- `{value}`: {text}"),
                };
            }
        }
        if !lines.is_empty() {
            let _ = writeln!(self.text, "{lines}");
        }
    }

    /// An example of the key: from content, or by its form or its words.
    fn example(&self, structure: &str, key: &str, schema: &Value) -> Option<String> {
        if let Some(example) = self.examples.of(structure, key) {
            return Some(example.to_owned());
        }
        let word = match self.tongue {
            Tongue::Chinese => words::chinese().of_key(structure, key)[0].as_str(),
            Tongue::English => key,
        };
        let value = self.simple(schema)?;
        Some(format!("{word}: {value}"))
    }

    /// The simplest value.
    fn simple(&self, schema: &Value) -> Option<String> {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            if name == "Text" {
                return None;
            }
            let mut found = Vec::new();
            self.enumerations(schema, &mut found);
            if let Some((name, _)) = found.first() {
                let value = &descriptions::all()[name].parts.first()?.0;
                let word = words::chinese().of_value(name, value).first();
                return Some(word.filter(|_| self.tongue == Tongue::Chinese).unwrap_or(value).clone());
            }
            return self.simple(&self.places.schemas[name]);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            return choices.iter().find_map(|choice| self.simple(choice));
        }
        if let Some(form) = schema["format"].as_str().and_then(forms::form) {
            let example = form.examples[0];
            let plain = !example.contains([':', '#', ',']);
            return Some(if plain { example.to_owned() } else { format!("\"{example}\"") });
        }
        match schema["type"].as_str() {
            Some("array") => Some(format!("[{}]", self.simple(&schema["items"])?)),
            Some("boolean") => Some(self.tongue.pick("是", "true").to_owned()),
            Some("integer") => Some("20".to_owned()),
            _ => None,
        }
    }
}

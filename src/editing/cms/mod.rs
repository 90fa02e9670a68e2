//! The forms of a git CMS (Sveltia CMS): one collection for each kind, one field for each key.
//!
//! The forms are made for one site: whoever edits chooses among its audiences, areas and languages. What the CMS has no
//! field for (a text in several languages, something that may be short or have details) are fields of our own in
//! `noticeboard.js`, so that what is already written is shown and stays as it is. Keys and values are those that the site's
//! files are written in, Chinese or English ([`wording`]). [`Form::left`] names what is written in a way that no form can
//! show. `docs/cms.md` is how it is set up.

mod fields;
mod left;
mod shape;
mod vendor;
mod wording;

pub use vendor::{Vendored, vendored};

use serde_json::{Value, json};

use crate::content::schemas::{KindSchema, Schemas};
use crate::content::{ADDRESSES_FILE, Content, Text};
use crate::diagnostics::Language;
use crate::source::File;

use self::wording::Wording;
use super::title_of;

/// The file in which the publisher says where the repository is; it is written once and never again.
pub const BACKEND: &str = "backend.yml";
/// What stands in it at first: a repository in the browser's memory, to try the forms with.
pub const BACKEND_TEXT: &str = "\
# 仓库在哪里。test-repo 只在浏览器里试用，什么也不会存下来；怎么改成自己的，见 docs/cms.md。
# Where the repository is. test-repo is for trying: nothing is kept. docs/cms.md says how to name your own.
backend:
  name: test-repo
";
const INDEX: &str = include_str!("index.html");
const SCRIPT: &str = include_str!("noticeboard.js");
const STYLE: &str = include_str!("noticeboard.css");

/// Something with an id that fields may name.
#[derive(Debug, Clone)]
struct Choice {
    id: String,
    name: String,
}

/// The forms of a site.
pub struct Form {
    language: Language,
    /// The site's languages, the first one first: tag and own name.
    languages: Vec<(String, String)>,
    audiences: Vec<Choice>,
    departments: Vec<Choice>,
    strands: Vec<Choice>,
    areas: Vec<Choice>,
    handbooks: Vec<Choice>,
    schemas: Schemas,
    /// The words of keys and values.
    wording: Wording,
    left: Vec<String>,
}

impl Form {
    /// The forms of a site, with labels in a language; `files` are those that the content was read from.
    pub fn of(content: &Content, files: &[File], language: Language) -> Self {
        let site = &content.site.value;
        let languages =
            site.languages.iter().map(|language| (language.tag.to_string(), language.name.clone())).collect();
        let first = site.languages.first().map(|language| language.tag.clone());
        let best = |text: &Text| first.as_ref().map(|first| text.best(first, first).0.to_owned()).unwrap_or_default();
        let choice = |id: &str, name: &Text| Choice { id: id.to_owned(), name: best(name) };
        let mut areas = Vec::new();
        let mut below: Vec<_> = content.areas.value.areas.iter().rev().collect();
        while let Some(area) = below.pop() {
            areas.push(choice(area.id.as_str(), &area.name));
            below.extend(area.areas.iter().rev());
        }
        let mut form = Self {
            language,
            languages,
            audiences: site.audiences.iter().map(|(id, term)| choice(id.as_str(), &term.name)).collect(),
            departments: site.departments.iter().map(|(id, term)| choice(id.as_str(), &term.name)).collect(),
            strands: site.strands.iter().map(|(id, term)| choice(id.as_str(), &term.name)).collect(),
            areas,
            handbooks: site.handbooks.iter().map(|(id, book)| choice(id.as_str(), &book.title)).collect(),
            schemas: Schemas::all(),
            wording: Wording::of(files),
            left: Vec::new(),
        };
        form.left = left::of(&form.schemas, files, form.wording, language);
        form
    }

    /// The files of the forms, with their names.
    pub fn files(&self) -> Vec<(&'static str, String)> {
        let lang = match self.language {
            Language::ZhHans => "zh-Hans",
            Language::En => "en",
        };
        let head = match self.language {
            Language::ZhHans => {
                "# 由 noticeboard schema --cms 写成，请不要改：改了内容的类型、区域、服务对象或语言以后再运行一次。\n"
            }
            Language::En => {
                "# Written by noticeboard schema --cms; run it again after changing areas, audiences or languages.\n"
            }
        };
        let config = serde_yaml::to_string(&self.config()).unwrap_or_default();
        let languages: Vec<Value> = self
            .languages
            .iter()
            .map(|(tag, name)| json!({"tag": tag, "key": self.wording.tag(tag), "name": name}))
            .collect();
        vec![
            ("index.html", INDEX.replace("«lang»", lang)),
            ("config.yml", format!("{head}{config}")),
            ("noticeboard.js", SCRIPT.replace("«languages»", &Value::from(languages).to_string())),
            ("noticeboard.css", STYLE.to_owned()),
        ]
    }

    /// What the content has that no form can show: each with its file and what to do.
    pub fn left(&self) -> &[String] {
        &self.left
    }

    /// The configuration.
    pub fn config(&self) -> Value {
        let tags: Vec<&str> = self.languages.iter().map(|(tag, _)| tag.as_str()).collect();
        let first = tags.first().copied().unwrap_or_default();
        let collections: Vec<Value> =
            self.schemas.kinds().filter(|kind| kind.path.ends_with('/')).map(|kind| self.collection(kind)).collect();
        let alone: Vec<Value> =
            self.schemas.kinds().filter(|kind| !kind.path.ends_with('/')).map(|kind| self.file(kind)).collect();
        let mut config = json!({
            "app_title": self.say("公告栏内容", "Noticeboard"),
            "media_folder": "content/pictures",
            "public_folder": "/",
            "show_preview_links": false,
            "editor": {"preview": false},
            "slug": {"encoding": "unicode", "lowercase": true},
            // What is empty is left out, as an editor would.
            "output": {"omit_empty_optional_fields": true},
            "collections": collections,
            "singletons": alone,
        });
        if let (true, Some(config)) = (tags.len() > 1, config.as_object_mut()) {
            let options = json!({
                "structure": "multiple_files",
                "locales": tags,
                "default_locale": first,
                "initial_locales": "default",
                "omit_default_locale_from_file_path": true,
            });
            config.insert("i18n".into(), options);
        }
        config
    }

    /// The records of a kind.
    fn collection(&self, kind: &KindSchema) -> Value {
        let title = self.title(kind);
        let folder = kind.path.trim_end_matches('/');
        let mut fields = self.fields_of(kind);
        if kind.is_markdown {
            fields.push(json!({
                "name": "body",
                "label": self.say("正文", "Text"),
                "widget": "markdown",
                "required": false,
                // Plain Markdown first: the other mode writes what others wrote anew.
                "modes": ["raw", "rich_text"],
                "i18n": true,
            }));
        }
        let structure = kind.schema.as_value().get("title").and_then(Value::as_str).unwrap_or_default();
        let key = |key: &'static str| self.wording.key(structure, key);
        let title_key = key(["title", "name", "region"].into_iter().find(|key| has_key(kind, key)).unwrap_or_default());
        let slug = match kind.word {
            "calendar" => format!("{{{{{title_key}}}}}-{{{{{}}}}}", key("year")),
            _ => format!("{{{{{title_key}}}}}"),
        };
        let mut collection = json!({
            "name": folder.trim_start_matches("content/"),
            "label": title,
            "label_singular": title,
            "folder": folder,
            "extension": if kind.is_markdown { "md" } else { "yaml" },
            "format": if kind.is_markdown { "yaml-frontmatter" } else { "yaml" },
            "identifier_field": title_key,
            "slug": {
                "template": slug,
                "editable": true,
                "hint": self.say(
                    "代号：网址里用，别的文件也用它来指这一份。只用字母、数字和连字号，定了就不要改。",
                    "The id: part of the address, and how others name it. Letters, digits and hyphens; it stays.",
                ),
            },
            "i18n": kind.is_markdown && self.languages.len() > 1,
            "fields": fields,
        });
        if let (true, Some(collection)) = (kind.is_nested, collection.as_object_mut()) {
            collection.insert("nested".into(), json!({"subfolders": false}));
        }
        if kind.word == "calendar"
            && let Some(collection) = collection.as_object_mut()
        {
            collection.insert("summary".into(), "{{slug}}".into());
        }
        collection
    }

    /// A file that stands alone.
    fn file(&self, kind: &KindSchema) -> Value {
        json!({
            "name": kind.word,
            "label": self.title(kind),
            "file": kind.path,
            "format": "yaml",
            "fields": self.fields_of(kind),
        })
    }

    /// The words of a kind's files: what the program writes itself stays as it writes it.
    fn wording_of(&self, kind: &KindSchema) -> Wording {
        if kind.path == ADDRESSES_FILE { Wording::English } else { self.wording }
    }

    fn title(&self, kind: &KindSchema) -> String {
        let title = title_of(kind.word);
        self.say(&title.zh_hans, &title.en).to_owned()
    }

    fn say<'a>(&self, chinese: &'a str, english: &'a str) -> &'a str {
        match self.language {
            Language::ZhHans => chinese,
            Language::En => english,
        }
    }
}

fn has_key(kind: &KindSchema, key: &str) -> bool {
    kind.schema.as_value().get("properties").is_some_and(|properties| properties.get(key).is_some())
}

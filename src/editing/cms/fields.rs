//! The field of each key: which control, which choices, what it is called and what is said below it.

use serde_json::{Map, Value, json};

use super::shape::{Shape, shape};
use super::wording::Wording;
use super::{Choice, Form};
use crate::content::descriptions::{self, Description};
use crate::content::schemas::KindSchema;
use crate::content::{KNOWN_LANGUAGES, descriptions::InBoth};
use crate::editing::pattern;
use crate::source::words;

/// How deep areas lie in areas: there are so many levels.
const DEEPEST: usize = 8;
/// Texts that are longer than a line.
const LONG: [&str; 18] = [
    "answer",
    "ask",
    "conditions",
    "description",
    "directions",
    "farewell",
    "gaps",
    "hours_note",
    "join",
    "meaning",
    "note",
    "notes",
    "purpose",
    "raised",
    "rules",
    "summary",
    "tell_us",
    "weather_note",
];

/// Where a field stands: the type that has it, its schema's root, and how far it is nested.
#[derive(Clone, Copy)]
struct At<'a> {
    root: &'a Value,
    depth: usize,
    /// Whether translations stand in files of their own.
    is_markdown: bool,
    /// The words of keys and values.
    wording: Wording,
    /// Whether it is part of an item of a list.
    in_list: bool,
}

impl Form {
    /// The fields of a kind.
    pub(super) fn fields_of(&self, kind: &KindSchema) -> Vec<Value> {
        let root = kind.schema.as_value();
        let name = root.get("title").and_then(Value::as_str).unwrap_or_default();
        let is_markdown = kind.is_markdown && self.languages.len() > 1;
        let at = At { root, depth: 0, is_markdown, wording: self.wording_of(kind), in_list: false };
        self.fields(name, root, at)
    }

    fn fields(&self, name: &str, schema: &Value, at: At<'_>) -> Vec<Value> {
        let required = schema.get("required").and_then(Value::as_array);
        let is_required = |key: &str| required.is_some_and(|keys| keys.iter().any(|known| known == key));
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        properties.filter_map(|(key, schema)| self.field(name, key, schema, is_required(key), at)).collect()
    }

    /// The field of a key; nothing where there is nothing to fill in.
    fn field(&self, name: &str, key: &str, schema: &Value, required: bool, at: At<'_>) -> Option<Value> {
        let described = descriptions::of_part(name, key)?;
        let mut field = Map::new();
        field.insert("name".into(), at.wording.key(name, key).into());
        field.insert("label".into(), self.label(described).into());
        field.insert("required".into(), required.into());
        let hint = self.say(&described.text.zh_hans, &described.text.en).replace('`', "");
        if !hint.is_empty() {
            field.insert("hint".into(), hint.into());
        }
        let control = self.control(name, key, shape(schema, at.root)?, required, at)?;
        let is_many = control.get("multiple").is_some_and(|many| many == true);
        field.extend(control);
        let default = match (schema.get("default").filter(|_| !is_many), shape(schema, at.root)) {
            (Some(Value::String(value)), Some(Shape::OneOf(of))) => Some(at.wording.value(of, value).into()),
            (Some(Value::Bool(truth)), _) => Some(yes_no(*truth, at.wording)),
            (default, _) => default.filter(|default| default.is_string()).cloned(),
        };
        field.extend(default.map(|default| ("default".to_owned(), default)));
        Some(Value::Object(field))
    }

    /// What is filled in, without its name.
    fn control(
        &self,
        name: &str,
        key: &str,
        asked: Shape<'_>,
        required: bool,
        at: At<'_>,
    ) -> Option<Map<String, Value>> {
        let below = At { depth: at.depth + 1, ..at };
        let made = match asked {
            Shape::Text => self.text(key, required, at),
            Shape::OneOf(of) => json!({"widget": "select", "options": self.options(of, at.wording)}),
            // 是 is a text to the CMS, and no yes.
            Shape::YesNo if at.wording.is_chinese() => {
                json!({"widget": "select", "options": [yes_no(true, at.wording), yes_no(false, at.wording)]})
            }
            Shape::YesNo => json!({"widget": "boolean"}),
            Shape::Number(schema) => number(schema),
            Shape::String("id") => self.id(key, false)?,
            Shape::String(format) => self.string(key, format),
            Shape::Structure(of, schema) => json!({
                "widget": "object",
                // Sheets have a part for each kind, of which most are empty.
                "collapsed": of == "Posters",
                "fields": self.fields(of, schema, below),
                "i18n": at.is_markdown,
            }),
            Shape::Short(of, schema, short) => {
                let mut fields = self.fields(of, schema, At { is_markdown: false, ..below });
                for field in fields.iter_mut().filter_map(Value::as_object_mut) {
                    // These stand in one field, which has its own hint.
                    field.shift_remove("hint");
                    field.shift_remove("long");
                    field.shift_remove("i18n");
                }
                json!({
                    "widget": "noticeboard-short",
                    "short": at.wording.key(of, short),
                    "more": self.say("说明、时间等", "Details"),
                    "fields": fields,
                })
            }
            Shape::List(items) => self.list(name, key, shape(items, at.root)?, At { in_list: true, ..below })?,
            Shape::Pairs => json!({
                // That of the CMS keeps the order of the pairs, and writes an empty one into lists that have no item.
                "widget": if at.in_list { "noticeboard-pairs" } else { "keyvalue" },
                "key_label": match key {
                    "weekly" => self.say("星期几，例如“周一至周五”", "Weekdays, e.g. mon-fri"),
                    _ => self.say("名称，例如“上午”", "Name, e.g. morning"),
                },
                "value_label": self.say("时间，例如 08:30-12:00", "Times, e.g. 08:30-12:00"),
            }),
            Shape::Named(schema) => self.named(key, schema, below)?,
        };
        match made {
            Value::Object(made) => Some(made),
            _ => None,
        }
    }

    /// Text in the site's languages. Below a Markdown file each language has a file of its own.
    fn text(&self, key: &str, required: bool, at: At<'_>) -> Value {
        let mut made = json!({
            "widget": "noticeboard-text",
            "long": LONG.contains(&key),
            "i18n": at.is_markdown,
        });
        // A translation need not say all of it again.
        if let (true, true, Some((first, _)), Some(made)) =
            (required, at.is_markdown, self.languages.first(), made.as_object_mut())
        {
            made.insert("required".into(), json!([first]));
        }
        made
    }

    /// A string with the form that it must have.
    fn string(&self, key: &str, format: &str) -> Value {
        let wrong = self.say("写法不对，请看下面的例子", "This is not how it is written; see below");
        match format {
            "date" => json!({"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}),
            "picture" => json!({
                "widget": "image", "media_folder": "/content/pictures", "public_folder": "", "choose_url": false,
            }),
            "language" => {
                let name = |tag: &str| words::chinese().of_tag(tag).first().cloned().unwrap_or_default();
                // A second language on a sheet is one of the site's.
                let is_offered = |tag: &&str| key != "with" || self.languages.iter().any(|(of, _)| of == tag);
                let options: Vec<Value> = KNOWN_LANGUAGES
                    .into_iter()
                    .filter(is_offered)
                    .map(|tag| json!({"value": self.wording.tag(tag), "label": self.say(&format!("{}（{tag}）", name(tag)), tag)}))
                    .collect();
                json!({"widget": "select", "options": options})
            }
            "text" if LONG.contains(&key) => json!({"widget": "text"}),
            "text" | "" => json!({"widget": "string"}),
            _ => match plain_pattern(format) {
                Some(pattern) => json!({"widget": "string", "pattern": [pattern, wrong]}),
                None => json!({"widget": "string"}),
            },
        }
    }

    /// The id of something else, chosen among what there is; an id of its own is typed.
    fn id(&self, key: &str, many: bool) -> Option<Value> {
        let relation = |collection: &str, structure: &str, title: &'static str| {
            let title = self.wording.key(structure, title);
            json!({
                "widget": "relation",
                "collection": collection,
                "value_field": "{{slug}}",
                "display_fields": [title, "{{slug}}"],
                "search_fields": [title, "{{slug}}"],
                "multiple": many,
            })
        };
        let select = |choices: &[Choice]| {
            let options: Vec<Value> = choices
                .iter()
                .map(|choice| json!({"value": choice.id, "label": format!("{}（{}）", choice.name, choice.id)}))
                .collect();
            (!options.is_empty()).then(|| json!({"widget": "select", "options": options, "multiple": many}))
        };
        match key {
            "centre" | "centres" | "part_of" => Some(relation("centres", "Centre", "name")),
            "led_by" => Some(relation("teams", "Team", "name")),
            "policies" => Some(relation("policies", "Policy", "title")),
            "area" | "areas" => select(&self.areas),
            "audience" | "audiences" => select(&self.audiences),
            "department" | "departments" => select(&self.departments),
            "strand" => select(&self.strands),
            _ => Some(self.string_of_id()),
        }
    }

    fn string_of_id(&self) -> Value {
        let wrong = self.say("只用字母、数字和连字号", "Letters, digits and hyphens only");
        json!({"widget": "string", "pattern": [plain_pattern("id"), wrong]})
    }

    /// A list, by what its items are.
    fn list(&self, name: &str, key: &str, items: Shape<'_>, at: At<'_>) -> Option<Value> {
        let list = |more: Value| {
            let mut made = Map::new();
            made.insert("widget".into(), "list".into());
            made.insert("i18n".into(), at.is_markdown.into());
            if let Value::Object(more) = more {
                made.extend(more);
            }
            Value::Object(made)
        };
        let one = |control: Map<String, Value>| {
            let label = descriptions::of_part(name, key).map(|described| self.label(described)).unwrap_or_default();
            let mut field = Map::new();
            field.insert("name".into(), "item".into());
            field.insert("label".into(), label.into());
            field.extend(control);
            list(json!({"field": field}))
        };
        Some(match items {
            Shape::OneOf(of) => {
                json!({"widget": "select", "multiple": true, "options": self.options(of, at.wording)})
            }
            Shape::String("id") => self.id(key, true)?,
            Shape::String("language") => {
                let mut select = self.string(key, "language");
                if let Some(select) = select.as_object_mut() {
                    select.insert("multiple".into(), true.into());
                }
                select
            }
            Shape::Structure(_, _) if at.depth > DEEPEST => return None,
            Shape::Structure(of, schema) => {
                let fields = self.fields(of, schema, at);
                let summary = fields.iter().filter_map(|field| field.get("name")?.as_str()).next().unwrap_or_default();
                list(json!({"fields": fields, "collapsed": "auto", "summary": format!("{{{{{summary}}}}}")}))
            }
            items => one(self.control(name, key, items, true, at)?),
        })
    }

    /// A structure for each id that the site has; more of them are added in the file.
    fn named(&self, key: &str, schema: &Value, at: At<'_>) -> Option<Value> {
        let choices = match key {
            "audiences" => &self.audiences,
            "departments" => &self.departments,
            "strands" => &self.strands,
            "handbooks" => &self.handbooks,
            _ => return None,
        };
        let Some(Shape::Structure(of, schema)) = shape(schema, at.root) else { return None };
        let mut shown = self.fields(of, schema, at);
        if key != "audiences" {
            // Sheets are made for audiences.
            let posters = at.wording.key(of, "posters");
            shown.retain(|field| field.get("name").is_none_or(|name| name != posters));
        }
        let fields: Vec<Value> = choices
            .iter()
            .map(|choice| {
                json!({
                    "name": choice.id,
                    "label": format!("{}（{}）", choice.name, choice.id),
                    "widget": "object",
                    "collapsed": true,
                    "required": false,
                    "fields": shown,
                })
            })
            .collect();
        (!fields.is_empty()).then(|| json!({"widget": "object", "collapsed": true, "fields": fields}))
    }

    /// The values of an enumeration.
    fn options(&self, of: &str, wording: Wording) -> Vec<Value> {
        let described = descriptions::all().get(of);
        let parts = described.map_or(&[][..], |described| described.parts.as_slice());
        let option = |(value, described): &(String, Description)| {
            let InBoth { zh_hans, en } = &described.text;
            let title = self.label(described);
            let said = self.say(zh_hans, en).trim_end_matches(['。', '.']);
            let label =
                if said.contains(&title) || said.is_empty() { said.to_owned() } else { format!("{title}：{said}") };
            json!({"value": wording.value(of, value), "label": if label.is_empty() { title } else { label }})
        };
        parts.iter().map(option).collect()
    }

    /// What a field is called.
    fn label(&self, described: &Description) -> String {
        let english = {
            let mut letters = described.title.en.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
        };
        self.say(&described.title.zh_hans, &english).to_owned()
    }
}

/// Yes or no as files have it.
fn yes_no(truth: bool, wording: Wording) -> Value {
    let words = words::chinese().of_truth(if truth { "true" } else { "false" });
    words.first().filter(|_| wording.is_chinese()).map_or(Value::Bool(truth), |word| word.as_str().into())
}

/// The pattern of a format without classes of Unicode, which the CMS cannot read.
fn plain_pattern(format: &str) -> Option<String> {
    let letters = pattern(format)?.replace(r"\p{Alphabetic}\p{N}", r"0-9A-Za-z\u00aa-\uffff");
    Some(letters.replace(r"\p{Cc}", r"\u0000-\u001f"))
}

fn number(schema: &Value) -> Value {
    let types = schema.get("type").map(Value::to_string).unwrap_or_default();
    let mut made = json!({"widget": "number", "value_type": if types.contains("integer") { "int" } else { "float" }});
    if let Some(made) = made.as_object_mut() {
        if !types.contains("integer") {
            made.insert("step".into(), 0.0001.into());
        }
        for (from, to) in [("minimum", "min"), ("maximum", "max")] {
            made.extend(schema.get(from).map(|bound| (to.to_owned(), bound.clone())));
        }
    }
    made
}

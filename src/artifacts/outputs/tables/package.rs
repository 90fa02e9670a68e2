//! The description of all tables as a Frictionless Data Package (`tabular-data-package` 1.0).
//!
//! It names the plain files, each with its columns, their types and meaning, and which column of which table an id
//! belongs to, so that a program can check and join them.

use serde_json::{Value, json};

use super::csv::Form;
use super::{Column, Kind, Table};
use crate::site::Edition;

/// The package.
pub(super) fn package(edition: &Edition<'_>, tables: &[&Table]) -> Value {
    let site = &edition.site.content.site.value;
    json!({
        "profile": "tabular-data-package",
        "name": "tables",
        "title": edition.local(&site.title).text,
        "homepage": site.base_url.as_str(),
        "resources": tables.iter().map(|table| resource(edition, table)).collect::<Vec<_>>(),
    })
}

fn resource(edition: &Edition<'_>, table: &Table) -> Value {
    let folder = Form::Plain.folder().trim_start_matches("tables/");
    let mut schema = json!({
        "fields": table.columns.iter().flat_map(|column| fields(edition, column)).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    let refs: Vec<Value> = table.columns.iter().filter_map(|column| reference(table, column)).collect();
    if let Some(schema) = schema.as_object_mut() {
        if let Some(Column(name, ..)) = table.columns.iter().find(|Column(_, kind, _)| *kind == Kind::Id) {
            schema.insert("primaryKey".to_owned(), json!([name]));
        }
        if !refs.is_empty() {
            schema.insert("foreignKeys".to_owned(), refs.into());
        }
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": format!("{folder}{}.csv", table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "lineTerminator": "\n", "header": true},
        "schema": schema,
    })
}

/// A column's fields: one, and for texts one more for each further language.
fn fields(edition: &Edition<'_>, Column(name, kind, meaning): &Column) -> Vec<Value> {
    let field = match kind {
        Kind::Id => {
            json!({"name": name, "type": "string", "description": meaning, "constraints": {"required": true}})
        }
        Kind::Ref(_) | Kind::Word | Kind::Text => json!({"name": name, "type": "string", "description": meaning}),
        Kind::Integer => json!({"name": name, "type": "integer", "description": meaning}),
        Kind::Number => json!({"name": name, "type": "number", "description": meaning}),
        Kind::Boolean => json!({"name": name, "type": "boolean", "description": meaning}),
        Kind::Date => json!({"name": name, "type": "date", "description": meaning}),
        Kind::Time => json!({"name": name, "type": "time", "format": "%H:%M", "description": meaning}),
        Kind::Url => json!({"name": name, "type": "string", "format": "uri", "description": meaning}),
    };
    let others = edition.site.content.site.value.languages.iter().skip(1).filter(|_| *kind == Kind::Text);
    let in_language = others.map(|language| {
        let name = format!("{name}_{}", language.tag);
        json!({"name": name, "type": "string", "description": format!("{meaning} ({})", language.tag)})
    });
    std::iter::once(field).chain(in_language).collect()
}

/// The table that a column's ids belong to; a table's own is named by nothing.
fn reference(table: &Table, Column(name, kind, _): &Column) -> Option<Value> {
    let Kind::Ref(other) = kind else { return None };
    let resource = if *other == table.name { "" } else { other };
    Some(json!({"fields": [name], "reference": {"resource": resource, "fields": ["id"]}}))
}

//! What the schema of a key asks for, as forms see it: of several ways to write something, the one with the most in it.

use serde_json::Value;

/// What a key may have, as the forms see it.
pub(super) enum Shape<'a> {
    /// Text for readers, in one language or several.
    Text,
    /// One of an enumeration's values.
    OneOf(&'a str),
    YesNo,
    Number(&'a Value),
    /// A string of a format, or of none.
    String(&'a str),
    /// A mapping with keys of its own type.
    Structure(&'a str, &'a Value),
    /// A structure that may be written short, as the value of its first required key.
    Short(&'a str, &'a Value, &'a str),
    List(&'a Value),
    /// Names of the editor's own, each with a string.
    Pairs,
    /// Ids of the site's own, each with a structure.
    Named(&'a Value),
}

/// What a schema asks for.
pub(super) fn shape<'a>(schema: &'a Value, root: &'a Value) -> Option<Shape<'a>> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|way| way.strip_prefix("#/$defs/")) {
        let below = root.get("$defs")?.get(name)?;
        return match name {
            "Text" => Some(Shape::Text),
            _ if below.get("oneOf").is_some() => Some(Shape::OneOf(name)),
            _ if below.get("properties").is_some() => Some(Shape::Structure(name, below)),
            _ => shape(below, root),
        };
    }
    if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
        return among(branches, root);
    }
    let types = schema.get("type").map(Value::to_string).unwrap_or_default();
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    if types.contains("boolean") {
        Some(Shape::YesNo)
    } else if types.contains("integer") || types.contains("number") {
        Some(Shape::Number(schema))
    } else if types.contains("string") {
        Some(Shape::String(format))
    } else if types.contains("array") {
        Some(Shape::List(schema.get("items")?))
    } else {
        let below = schema.get("additionalProperties").filter(|below| below.is_object())?;
        match shape(below, root)? {
            Shape::String(_) => Some(Shape::Pairs),
            _ => Some(Shape::Named(below)),
        }
    }
}

/// What several ways of writing come to: the one with the most in it, and whether another one is short for it.
fn among<'a>(branches: &'a [Value], root: &'a Value) -> Option<Shape<'a>> {
    let shapes: Vec<Shape<'a>> = branches
        .iter()
        .filter(|branch| branch.get("type").is_none_or(|of| of != "null"))
        .filter_map(|branch| shape(branch, root))
        .collect();
    let is_short = shapes.iter().any(|shape| matches!(shape, Shape::OneOf(_) | Shape::String(_)));
    let mut structure = None;
    let mut text = None;
    let mut other = None;
    for shape in shapes {
        match shape {
            Shape::Structure(name, schema) => structure = Some((name, schema)),
            Shape::List(items) => return Some(Shape::List(items)),
            Shape::String(format) if !format.is_empty() => text = Some(Shape::String(format)),
            shape => other = Some(shape),
        }
    }
    let Some((name, schema)) = structure else { return text.or(other) };
    let first = schema.get("required").and_then(Value::as_array).and_then(|keys| keys.first()?.as_str());
    match first {
        // Opening hours as a text are not short for their weekly hours.
        Some(first) if is_short && name != "Hours" => Some(Shape::Short(name, schema, first)),
        _ => Some(Shape::Structure(name, schema)),
    }
}

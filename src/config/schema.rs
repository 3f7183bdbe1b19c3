//! The settings as a JSON Schema, for editors that know TOML; from [`keys`] and the defaults.
//!
//! It is never stricter than the reader, but for spaces around a text, which count for its length here. It is looser
//! where only the grammar of times, the library or two keys together decide.

use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

use super::keys::{self, Key, Phrase, Shape};
use super::{DEFAULTS, to_json};
use crate::schedule::words::describe_duration;

/// The version TOML language tools know best.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// At least one character that is no space, and none that cannot be shown.
const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";

/// The same with line breaks.
const TEXT: &str = r"^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$";

/// A number and a unit, or words.
const LENGTH: &str = r"^\s*([0-9].*[A-Za-z]|[A-Za-z])";

/// A number and a unit of the calendar.
const AGE: &str = r"^\s*[0-9]+\s*(days?|weeks?|months?|years?)\s*$";

/// Two times, and what stands between them.
const RANGE: &str = r"^\s*[0-9MmNn].*([-–—]|[Tt][Oo]|[Tt][Ii][Ll]).*[0-9A-Za-z]";

/// Parts of letters and digits.
const LANGUAGE: &str = "^[A-Za-z][A-Za-z0-9]{0,7}(-[A-Za-z0-9]{1,8})*$";

/// Two letters.
const COUNTRY: &str = r"^\s*[A-Za-z]{2}\s*$";

/// The beginning of a whole path.
const PATH: &str = r"^\s*(~\s*$|~[/\\]|/|[A-Za-z]:[/\\])";

/// A name and a place.
const ADDRESS: &str = r"^\s*[^\s@]+@[^\s@]+\s*$";

/// The schema as indented JSON, with a line break at its end.
///
/// # Panics
/// Never: the built-in defaults are TOML, and a JSON value can be written.
#[must_use]
pub fn schema() -> String {
    let defaults =
        DeTable::parse(DEFAULTS).expect("the built-in settings are TOML: a test reads them");
    let mut schema = table(&keys::root(), Some(defaults.get_ref()));
    schema.extend(object(json!({
        "$schema": DRAFT,
        "title": "attuned's settings",
        "description": "Whatever is not in your file stays as it is built in.",
    })));
    let text = serde_json::to_string_pretty(&schema).expect("its keys are strings");
    format!("{text}\n")
}

/// A table with these keys and no others.
fn table(keys: &[Key], defaults: Option<&DeTable<'_>>) -> Map<String, Value> {
    let property = |key: &Key| {
        let default = defaults.and_then(|table| table.get(key.name));
        let schema = described(key, default.map(toml::Spanned::get_ref));
        (key.name.to_owned(), schema)
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    let required: Vec<&str> = keys
        .iter()
        .filter(|key| key.is_required)
        .map(|key| key.name)
        .collect();
    let mut schema = object(json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    }));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema
}

/// A key's values, with what it is for and its default.
fn described(key: &Key, default: Option<&DeValue<'_>>) -> Value {
    let inside = default.and_then(DeValue::as_table);
    let mut schema = object(values(&key.shape, inside));
    let help = match (&key.shape, key.shape.bounds()) {
        // Of these, the schema itself does not tell the bounds.
        (Shape::Length(_), Some(bounds)) => format!("{} From {bounds}.", key.help),
        _ => key.help.to_owned(),
    };
    schema.insert("description".to_owned(), json!(help));
    let has_own_defaults = matches!(
        key.shape,
        Shape::Table(_) | Shape::Tables(_) | Shape::Weights
    );
    if let Some(default) = default.filter(|_| !has_own_defaults) {
        schema.insert("default".to_owned(), to_json(default));
    }
    Value::Object(schema)
}

/// What may stand under a key.
fn values(shape: &Shape, defaults: Option<&DeTable<'_>>) -> Value {
    match shape {
        Shape::Line(most) => text(LINE, *most),
        Shape::Lines(most) => one_or_several(&text(LINE, *most)),
        Shape::Text(most) => text(TEXT, *most),
        Shape::Whole(range) => {
            json!({ "type": "integer", "minimum": range.start(), "maximum": range.end() })
        }
        Shape::Length(range) => {
            let ends = [range.start(), range.end()];
            let examples = ends.map(|end| describe_duration(*end));
            json!({ "type": "string", "pattern": LENGTH, "examples": examples })
        }
        Shape::Ago => {
            json!({ "type": "string", "pattern": AGE, "examples": ["2 years", "18 months"] })
        }
        Shape::Switch => json!({ "type": "boolean" }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Words(words) => one_or_several(&json!({ "enum": words })),
        Shape::Names(_) => one_or_several(&json!({ "type": "string" })),
        Shape::Ranges => one_or_several(&json!({ "type": "string", "pattern": RANGE })),
        Shape::When(keys) => {
            let (text, table) = (words(), table(keys, None));
            let list = json!({
                "type": "array",
                "items": { "anyOf": [&text, &table] },
                "minItems": 1,
            });
            json!({ "anyOf": [text, table, list] })
        }
        Shape::Phrase(Phrase::One) => words(),
        Shape::PauseWhen | Shape::Phrase(Phrase::Any) => one_or_several(&words()),
        Shape::Phrase(Phrase::Two) => {
            json!({ "type": "array", "items": words(), "minItems": 2, "maxItems": 2 })
        }
        Shape::Zone => {
            json!({ "type": "string", "examples": ["Europe/Berlin", "America/New_York", "UTC"] })
        }
        Shape::Language => text(LANGUAGE, 35),
        Shape::Country => json!({ "type": "string", "pattern": COUNTRY }),
        Shape::Paths => one_or_several(&json!({ "type": "string", "pattern": PATH })),
        Shape::Addresses => one_or_several(&json!({ "type": "string", "pattern": ADDRESS })),
        Shape::Table(keys) => Value::Object(table(keys, defaults)),
        Shape::Tables(keys) => json!({ "type": "array", "items": table(keys, None) }),
        Shape::Weights => {
            json!({ "type": "object", "additionalProperties": values(&Shape::Weight, None) })
        }
        Shape::Weight => json!({ "enum": keys::WEIGHT_VALUES.map(number) }),
    }
}

fn text(pattern: &str, most: usize) -> Value {
    json!({ "type": "string", "pattern": pattern, "maxLength": most })
}

/// A text of the grammar of times.
fn words() -> Value {
    json!({ "type": "string", "pattern": r"\S" })
}

/// One of these, or a list of them.
fn one_or_several(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

/// A whole number without its fraction.
fn number(value: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it has no fraction, and is small"
    )]
    if value.fract() == 0.0 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

/// The members of a JSON object.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

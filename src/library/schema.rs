//! Collection files and translations as a JSON Schema, for editors that know TOML; from [`keys`](super::keys).
//!
//! It marks what the reader calls an error in a person's own file, as far as a single key can tell: lengths up to what
//! is read at all, not what fits for certain, which stands in the descriptions. Spaces around a text count for its length
//! here.

use serde_json::{Map, Value, json};

use super::keys::{COLLECTION_KEYS, Key, Shape, TRANSLATES, TRANSLATION_KEYS};
use super::text::LONGEST;

/// The version TOML language tools know best.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// Lower-case letters and digits, in groups joined by single hyphens.
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// One slug, or two.
const PROMPT_ID: &str = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$";

/// At least one character that is no space, and none that steers a terminal or turns text around.
const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*[^\s\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069][^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$";

/// The schema as indented JSON, with a line break at its end.
///
/// # Panics
/// Never: a JSON value whose keys are strings can be written.
#[must_use]
pub fn schema() -> String {
    let schema = json!({
        "$schema": DRAFT,
        "title": "attuned's prompts",
        "description": "A collection, or the translation of one.",
        "type": "object",
        "if": { "required": [TRANSLATES.name] },
        "then": table(TRANSLATION_KEYS),
        "else": table(COLLECTION_KEYS),
    });
    let text = serde_json::to_string_pretty(&schema).expect("its keys are strings");
    format!("{text}\n")
}

/// A table with these keys and no others.
fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|key| (key.name.to_owned(), described(key)))
        .collect();
    let required = keys.iter().filter(|key| key.is_required);
    let required: Vec<&str> = required.map(|key| key.name).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "required": required,
    })
}

/// A key's values, with what it is for.
fn described(key: &Key) -> Value {
    let mut schema = values(key.shape);
    let help = match key.shape {
        Shape::Line(most) | Shape::Lines(most) if most < LONGEST => {
            format!("{} {most} characters fit for certain.", key.help)
        }
        _ => key.help.to_owned(),
    };
    schema["description"] = json!(help);
    schema
}

/// What may stand under a key.
fn values(shape: Shape) -> Value {
    match shape {
        Shape::Slug => text(SLUG),
        Shape::PromptId => text(PROMPT_ID),
        Shape::Line(_) => line(),
        Shape::Lines(_) => one_or_several(&line()),
        Shape::Whole(least, most) => whole(least, most),
        Shape::Wholes(least, most) => one_or_several(&whole(least, most)),
        Shape::Switch => json!({ "type": "boolean" }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Words(words) => one_or_several(&json!({ "enum": words })),
        Shape::Fingerprint => json!({ "type": "string" }),
        Shape::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
    }
}

fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn line() -> Value {
    json!({ "type": "string", "pattern": LINE, "maxLength": LONGEST })
}

fn whole(least: i64, most: i64) -> Value {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}

/// One of these, or a list of them.
fn one_or_several(one: &Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

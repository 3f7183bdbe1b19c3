//! TOML as JSON.

use serde_json::{Value, json};
use toml::de::DeValue;

/// The value as JSON; what JSON cannot say becomes text (a date) or null (a number without end).
#[must_use]
pub fn to_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(digits) => {
            json!(i64::from_str_radix(digits.as_str(), digits.radix()).ok())
        }
        DeValue::Float(digits) => json!(digits.as_str().parse::<f64>().ok()),
        DeValue::Boolean(value) => json!(value),
        DeValue::Datetime(time) => json!(time.to_string()),
        DeValue::Array(items) => items.iter().map(|item| to_json(item.get_ref())).collect(),
        DeValue::Table(entries) => {
            let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<_>)| {
                (ToString::to_string(key.get_ref()), to_json(value.get_ref()))
            };
            Value::Object(entries.iter().map(entry).collect())
        }
    }
}

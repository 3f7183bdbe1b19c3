//! What is in force otherwise than before, in plain words.

use std::sync::Arc;

use serde_json::Value;

use crate::config::{self, ValueInForce};
use crate::paths::Paths;
use crate::settings::system_config;
use crate::source::Source;

/// One fact for each setting that the new text of the person's file makes another than the old one did.
///
/// None where the old text could not be used, so that nothing was in force.
pub(super) fn told(old: Option<&str>, new: &str, paths: &Paths) -> Vec<String> {
    let Ok(system) = config::read_layers(&[system_config(paths)]) else {
        return Vec::new();
    };
    let name = paths.config_file.display().to_string();
    let layers = |own: Option<&str>| -> Vec<Arc<Source>> {
        let own = own.map(|text| Source::new(name.clone(), text.to_owned()));
        system.iter().cloned().chain(own).collect()
    };
    let values = |own| Some(config::in_force(&layers(own), &[]).ok()??.values);
    let (Some(before), Some(after)) = (values(old), values(Some(new))) else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    for now in &after {
        let was = before.iter().find(|one| one.key == now.key);
        if was.is_none_or(|was| was.value != now.value) {
            facts.extend(changed(now, was, &name));
        }
    }
    for was in &before {
        if !after.iter().any(|now| now.key == was.key) {
            facts.push(format!(
                "{} is not set any more (it was {}).",
                was.key,
                said(was)
            ));
        }
    }
    if facts.is_empty() {
        facts.push("No setting changed its value.".to_owned());
    }
    facts
}

fn changed(now: &ValueInForce, was: Option<&ValueInForce>, own: &str) -> Vec<String> {
    let lists = (now.written.is_none()).then_some((now.value.as_array(), now.key.as_str()));
    match lists {
        Some((Some(entries), "reminder")) => {
            reminders(entries, was.and_then(|was| was.value.as_array()))
        }
        Some((_, key)) => vec![format!("The list of {key} entries changed.")],
        None => vec![is_now(now, was, own)],
    }
}

/// What became of each reminder, by its name.
fn reminders(now: &[Value], was: Option<&Vec<Value>>) -> Vec<String> {
    let was = was.map(Vec::as_slice).unwrap_or_default();
    let named =
        |list: &[Value], name: &Value| list.iter().find(|one| one["name"] == *name).cloned();
    let mut facts = Vec::new();
    for one in now {
        let name = one["name"].as_str().unwrap_or_default();
        match named(was, &one["name"]) {
            None => facts.push(format!("The reminder \"{name}\" is new.")),
            Some(before) if before != *one => {
                facts.push(format!("The reminder \"{name}\" changed."));
            }
            Some(_) => {}
        }
    }
    for one in was {
        if named(now, &one["name"]).is_none() {
            let name = one["name"].as_str().unwrap_or_default();
            facts.push(format!("The reminder \"{name}\" is gone."));
        }
    }
    if facts.is_empty() {
        facts.push("The reminders stand in another order.".to_owned());
    }
    facts
}

/// "pace.gap is now "2 h" (it was "90 min", built in)."
pub(super) fn is_now(now: &ValueInForce, was: Option<&ValueInForce>, own: &str) -> String {
    let (key, value) = (&now.key, said(now));
    match was {
        None => format!("{key} is now {value} (it was not set)."),
        Some(was) => format!(
            "{key} is now {value} (it was {}{}).",
            said(was),
            origin(was, own)
        ),
    }
}

/// The value as its layer writes it, on one line.
pub(super) fn said(value: &ValueInForce) -> String {
    match &value.written {
        Some(written) if !written.contains('\n') => written.clone(),
        _ => value.value.to_string(),
    }
}

/// Where a value is from, after a comma; a person's own needs no word.
fn origin(value: &ValueInForce, own: &str) -> String {
    match value.from.as_str() {
        from if from == own => String::new(),
        "built in" => ", built in".to_owned(),
        from => format!(", from {from}"),
    }
}

/// The value and where it is from: "90 min" (built in).
pub(super) fn said_with_origin(value: &ValueInForce, own: &str) -> String {
    match origin(value, own).strip_prefix(", ") {
        Some(origin) => format!("{} ({origin})", said(value)),
        None => said(value),
    }
}

//! The shape of a settings file without what it says: which keys are set, how many of each table there are, and of which
//! kind a schedule is.

use toml::de::{DeArray, DeTable, DeValue};

use crate::cli::style::counted;
use crate::config::keys::{self, Key, Shape};
use crate::schedule::Schedule;

/// A line for each table.
pub fn outline(text: &str) -> Vec<String> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut lines = Vec::new();
    if !errors.is_empty() {
        lines.push(format!(
            "not valid TOML in {}",
            counted(errors.len(), "place", "places")
        ));
    }
    let root = root.get_ref();
    let known = keys::root();
    for Key { name, shape, .. } in &known {
        let keys = keys_in(shape);
        match root.get(*name).map(toml::Spanned::get_ref) {
            None => {}
            Some(DeValue::Table(table)) => lines.push(format!("[{name}] {}", keys_of(table, keys))),
            Some(DeValue::Array(tables)) => {
                lines.extend(tables.iter().map(|table| match table.get_ref() {
                    DeValue::Table(table) => format!("[[{name}]] {}", keys_of(table, keys)),
                    other => format!("[[{name}]] {}", other.type_str()),
                }));
            }
            Some(other) => lines.push(format!("{name}: {}", other.type_str())),
        }
    }
    let unknown = count_unknown(root, &known);
    lines.extend(unknown_keys(unknown));
    lines
}

fn keys_in(shape: &Shape) -> &[Key] {
    match shape {
        Shape::Table(keys) | Shape::Tables(keys) => keys,
        _ => &[],
    }
}

/// The known keys that are set, in their known order, and how many others are: a person's own words, or slips.
fn keys_of(table: &DeTable<'_>, known: &[Key]) -> String {
    let set = known.iter().filter_map(|Key { name, shape, .. }| {
        let value = table.get(*name)?.get_ref();
        Some(match (shape, value) {
            (Shape::When(_), value) => format!("{name} ({})", kind_of(value)),
            (_, DeValue::Array(items)) => format!("{name} ({})", items.len()),
            (_, DeValue::Table(table)) => format!("{name} ({})", table.len()),
            _ => (*name).to_owned(),
        })
    });
    let unknown = unknown_keys(count_unknown(table, known));
    let parts: Vec<String> = set.chain(unknown).collect();
    match parts.join(", ") {
        nothing if nothing.is_empty() => "nothing".to_owned(),
        parts => parts,
    }
}

fn count_unknown(table: &DeTable<'_>, known: &[Key]) -> usize {
    let is_unknown = |key: &str| known.iter().all(|one| one.name != key);
    table.keys().filter(|key| is_unknown(key.get_ref())).count()
}

fn unknown_keys(count: usize) -> Option<String> {
    (count > 0).then(|| counted(count, "unknown key", "unknown keys"))
}

/// What kind of schedule it is; the times would tell of a person's day.
fn kind_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => match Schedule::parse(text) {
            Ok(schedule) => schedule.kinds().join(", "),
            Err(_) => "not a schedule".to_owned(),
        },
        DeValue::Array(items) => list(items),
        DeValue::Table(_) => "table".to_owned(),
        other => other.type_str().to_owned(),
    }
}

fn list(items: &DeArray<'_>) -> String {
    let kinds: Vec<String> = items.iter().map(|item| kind_of(item.get_ref())).collect();
    format!("list of {}", kinds.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_and_nothing_of_what_it_says() {
        let text = r#"
            secret = "at the top"
            [[reminder]]
            name = "secret name"
            when = ["weekdays at 10:30", "3 times a day between 9:00 and 18:00", "30 21 * * *", "secret"]
            message = "secret words"
            secret-key = 1
            [[reminder]]
            when = { every = "90 min" }
            collections = ["secret", "secrets"]
            [hours]
            [library.weights]
            secret = 2
            [[support.line]]
            name = "Secret"
            [pace]
            cap = 3
        "#;
        let lines = outline(text);
        assert_eq!(
            lines,
            [
                "[[reminder]] name, when (list of times, random, cron, not a schedule), message, 1 unknown key",
                "[[reminder]] when (table), collections (2)",
                "[hours] nothing",
                "[pace] cap",
                "[library] weights (1)",
                "[support] line (1)",
                "1 unknown key",
            ]
        );
    }

    #[test]
    fn what_is_no_toml_has_a_shape_too() {
        let lines = outline("[pace]\ncap = \nsecret secret");
        assert!(lines[0].starts_with("not valid TOML in "), "{lines:?}");
        assert!(!lines.join("").contains("secret"), "{lines:?}");
    }
}

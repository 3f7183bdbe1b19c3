//! The shape of a settings file without what it says: which keys are set, how many of each table there are, and of which
//! kind a schedule is.

use toml::de::{DeArray, DeTable, DeValue};

use super::settings::counted;
use crate::schedule::Schedule;

/// Every table and the keys it may have. Other keys are a person's own words, or slips.
const KNOWN: [(&str, &[&str]); 7] = [
    (
        "reminder",
        &[
            "name",
            "kind",
            "when",
            "collections",
            "tags",
            "message",
            "jitter",
            "timezone",
            "missed",
            "grace",
            "enabled",
        ],
    ),
    (
        "hours",
        &[
            "daily", "weekdays", "weekends", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        ],
    ),
    ("pace", &["cap", "gap", "expiry", "snooze"]),
    ("notification", &["sound", "private"]),
    (
        "library",
        &[
            "language", "enable", "disable", "ceiling", "hide", "favour", "weights",
        ],
    ),
    ("pause", &["when", "reason", "level", "only"]),
    ("support", &["line"]),
];

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
    for (name, keys) in KNOWN {
        match root.get(name).map(toml::Spanned::get_ref) {
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
    let is_unknown = |key: &str| KNOWN.iter().all(|(name, _)| *name != key);
    let unknown = root.keys().filter(|key| is_unknown(key.get_ref())).count();
    lines.extend(unknown_keys(unknown));
    lines
}

/// The known keys that are set, in their known order, and how many others are.
fn keys_of(table: &DeTable<'_>, known: &[&str]) -> String {
    // A pause's `when` is of another kind.
    let is_reminder = known.contains(&"jitter");
    let set = known.iter().filter_map(|key| {
        let value = table.get(*key)?.get_ref();
        Some(match (*key, value) {
            ("when", value) if is_reminder => format!("when ({})", kind_of(value)),
            (key, DeValue::Array(items)) => format!("{key} ({})", items.len()),
            (key, DeValue::Table(table)) => format!("{key} ({})", table.len()),
            (key, _) => key.to_owned(),
        })
    });
    let unknown = table
        .keys()
        .filter(|key| !known.contains(&key.get_ref().as_ref()));
    let parts: Vec<String> = set.chain(unknown_keys(unknown.count())).collect();
    match parts.join(", ") {
        nothing if nothing.is_empty() => "nothing".to_owned(),
        parts => parts,
    }
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
    use crate::config::DEFAULTS;

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

    #[test]
    fn every_key_of_the_reference_is_known() {
        let uncommented: String = DEFAULTS
            .lines()
            .filter_map(|line| {
                let line = line.strip_prefix("# ").unwrap_or(line);
                let is_toml = line.starts_with('[') || line.contains(" = ");
                is_toml.then(|| format!("{line}\n"))
            })
            .filter(|line| toml::de::DeTable::parse(line).is_ok())
            .collect();
        let lines = outline(&uncommented);
        assert!(lines.len() > 7, "{lines:?}");
        let unknown = lines.iter().filter(|line| line.contains("unknown"));
        assert_eq!(unknown.count(), 0, "{lines:?}");
    }
}

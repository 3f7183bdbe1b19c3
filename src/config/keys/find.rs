//! Keys by their dotted names, such as `pace.gap`.

use std::ops::Range;

use super::{Key, Shape, root};
use crate::schedule::Error;
use crate::source::did_you_mean;

/// What a dotted name leads to.
#[derive(Debug, Clone)]
pub struct Found {
    /// The name, part by part.
    pub path: Vec<String>,
    /// What may stand there.
    pub shape: Shape,
    /// What it is for.
    pub help: &'static str,
}

impl Found {
    /// The name in one piece.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.join(".")
    }
}

/// Every key that can be named, tables and lists among them, each before what is in it, in the file's order. What is in
/// lists of tables has no name of its own, nor has a free key such as a collection's weight.
#[must_use]
pub fn dotted() -> Vec<(String, Key)> {
    let mut all = Vec::new();
    gather("", root(), &mut all);
    all
}

fn gather(prefix: &str, keys: Vec<Key>, all: &mut Vec<(String, Key)>) {
    for key in keys {
        let name = format!("{prefix}{}", key.name);
        let inside = key.shape.keys().map(<[Key]>::to_vec);
        all.push((name.clone(), key));
        gather(&format!("{name}."), inside.unwrap_or_default(), all);
    }
}

/// What a dotted name leads to; parts may be in quotes.
///
/// # Errors
/// Where it leads nowhere, or into a list; the error's place is in the name.
pub fn find(name: &str) -> Result<Found, Error> {
    let mut keys = root();
    let mut path: Vec<String> = Vec::new();
    let mut parts = parts(name).into_iter().peekable();
    loop {
        let Some((part, span)) = parts.next() else {
            // A name has at least one part, if an empty one, and the loop ends with the last.
            return Err(unknown(name, 0..name.len(), &path, &keys));
        };
        let Some(key) = keys.iter().find(|key| key.name == part).cloned() else {
            return Err(unknown(&part, span, &path, &keys));
        };
        path.push(part);
        let Some((next, next_span)) = parts.peek() else {
            let (shape, help) = (key.shape, key.help);
            return Ok(Found { path, shape, help });
        };
        match key.shape {
            Shape::Table(inside) => keys = inside,
            Shape::Weights if !next.is_empty() && next_span.end == name.len() => {
                path.push(next.clone());
                let (shape, help) = (Shape::Weight, key.help);
                return Ok(Found { path, shape, help });
            }
            Shape::Tables(_) => {
                let rest = next_span.start..name.len();
                return Err(inside_a_list(&path.join("."), next, rest));
            }
            _ => {
                let rest = next_span.start..name.len();
                let message = format!("`{}` is one value and has no keys", path.join("."));
                return Err(error(rest, message, None));
            }
        }
    }
}

/// The parts between dots, without quotes, and where each stands.
fn parts(name: &str) -> Vec<(String, Range<usize>)> {
    let mut start = 0;
    let part = |part: &str| {
        let span = start..start + part.len();
        start = span.end + 1;
        let part = part.trim();
        let unquoted = ['"', '\''].iter().find_map(|quote| {
            let inner = part.strip_prefix(*quote)?;
            inner.strip_suffix(*quote)
        });
        (unquoted.unwrap_or(part).to_owned(), span)
    };
    name.split('.').map(part).collect()
}

fn unknown(part: &str, span: Range<usize>, path: &[String], keys: &[Key]) -> Error {
    let table = path.join(".");
    let place = match table.as_str() {
        "" => String::new(),
        table => format!(" in [{table}]"),
    };
    let here = |near: &str| match table.as_str() {
        "" => near.to_owned(),
        table => format!("{table}.{near}"),
    };
    let all = dotted();
    let names = || keys.iter().map(|key| key.name);
    let elsewhere = || {
        let last = |name: &str| name.rsplit('.').next() == Some(part);
        let mut same = all.iter().map(|(name, _)| name).filter(|name| last(name));
        same.next().cloned()
    };
    let near = did_you_mean(part, names()).map(here).or_else(elsewhere);
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", names().collect::<Vec<_>>().join(", ")),
    };
    error(span, format!("unknown key `{part}`{place}"), Some(hint))
}

fn inside_a_list(list: &str, next: &str, span: Range<usize>) -> Error {
    let message = format!("`{list}` is a list, whose entries have no name here");
    let hint = match (list, next) {
        ("reminder", "") => "to change a reminder: attuned reminder edit".to_owned(),
        ("reminder", name) => format!("to change a reminder: attuned reminder edit {name}"),
        _ => "to change an entry: attuned config edit".to_owned(),
    };
    error(span, message, Some(hint))
}

fn error(span: Range<usize>, message: String, hint: Option<String>) -> Error {
    Error {
        span,
        message,
        hint,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str) -> String {
        let Error {
            span,
            message,
            hint,
        } = find(name).unwrap_err();
        format!("{}: {message} ({})", &name[span], hint.unwrap_or_default())
    }

    #[test]
    fn names_lead_to_keys() {
        let gap = find("pace.gap").unwrap();
        assert!(matches!(gap.shape, Shape::Length(_)));
        assert_eq!(gap.name(), "pace.gap");
        assert!(matches!(find("pace").unwrap().shape, Shape::Table(_)));
        assert!(matches!(find("reminder").unwrap().shape, Shape::Tables(_)));
        let weight = find("library.weights.\"kind-words\"").unwrap();
        assert!(matches!(weight.shape, Shape::Weight));
        assert_eq!(weight.name(), "library.weights.kind-words");
    }

    #[test]
    fn what_leads_nowhere_says_where_it_went_wrong() {
        assert_eq!(
            refused("pace.gpa"),
            "gpa: unknown key `gpa` in [pace] (did you mean `pace.gap`?)"
        );
        assert_eq!(
            refused("pcae.gap"),
            "pcae: unknown key `pcae` (did you mean `pace`?)"
        );
        assert_eq!(
            refused("sound"),
            "sound: unknown key `sound` (did you mean `notification.sound`?)"
        );
        assert_eq!(
            refused(""),
            ": unknown key `` (known here: reminder, hours, pace, notification, library, pause, busy, calendar, journal, support)"
        );
        assert_eq!(
            refused("pace.gap.min"),
            "min: `pace.gap` is one value and has no keys ()"
        );
        assert_eq!(
            refused("reminder.tea.when"),
            "tea.when: `reminder` is a list, whose entries have no name here (to change a reminder: attuned reminder edit tea)"
        );
        assert_eq!(
            refused("library.weights.a.b"),
            "a.b: `library.weights` is one value and has no keys ()"
        );
    }

    #[test]
    fn every_key_is_listed_and_found_by_its_name() {
        let all = dotted();
        for (name, key) in &all {
            let found = find(name).unwrap();
            assert_eq!(found.help, key.help, "{name}");
        }
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.contains(&"hours.daily") && names.contains(&"support.line"));
        assert!(!names.contains(&"reminder.name"));
    }
}

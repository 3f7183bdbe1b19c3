//! Settings that stand in the file behind a "#", as `attuned config init` writes them: set, such a line is uncommented in
//! its place; unset, it is commented out again, and the explanation above it stays.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml_edit::{DocumentMut, Item, Value};

use super::{set, unset};
use crate::config::starter;

/// As [`set`], but a line that holds the key behind a "#" becomes the new one.
pub fn set_in_place(document: &mut DocumentMut, path: &[&str], key: &str, value: &Value) {
    let before = document.to_string();
    set(document, path, key, value.clone());
    let section = section(&before, path);
    let line = lines(&before, section).find(|line| {
        let commented = before[line.clone()].trim_start().strip_prefix('#');
        commented.is_some_and(|text| holds(text.trim_start(), key))
    });
    let Some(line) = line else { return };
    let Some(new) = uncommented(&before[line.clone()], key, value) else {
        return;
    };
    adopt(document, &before, line, &new);
}

/// As [`unset`], but a line that the starter file holds at this place behind a "#" is put there again.
pub fn unset_in_place(document: &mut DocumentMut, path: &[&str], key: &str) -> bool {
    let before = document.to_string();
    if !unset(document, path, key) {
        return false;
    }
    let starter = starter();
    let commented = format!("# {key} =");
    let starters = lines(&starter, section(&starter, path))
        .find(|line| starter[line.clone()].starts_with(&commented));
    let own = lines(&before, section(&before, path))
        .find(|line| holds(before[line.clone()].trim_start(), key));
    if let (Some(starters), Some(own)) = (starters, own)
        && line_before(&starter, &starters) == line_before(&before, &own)
    {
        adopt(document, &before, own, &starter[starters]);
    }
    true
}

/// Takes `text` with another line, if it says the same as the document does now: a line that looks like a setting may be
/// part of a longer text.
fn adopt(document: &mut DocumentMut, text: &str, line: Range<usize>, new: &str) {
    let mut candidate = text.to_owned();
    candidate.replace_range(line, new);
    let Ok(parsed) = candidate.parse::<DocumentMut>() else {
        return;
    };
    if means_the_same(&candidate, &document.to_string()) {
        *document = parsed;
    }
}

fn means_the_same(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let table = DeTable::parse(text).ok()?;
        Some(without_empty(crate::config::to_json(&DeValue::Table(
            table.into_inner(),
        ))))
    };
    plain(one).is_some_and(|one| Some(one) == plain(other))
}

/// A table's heading alone says nothing.
fn without_empty(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| (key, without_empty(value)))
            .filter(|(_, value)| value.as_object().is_none_or(|inner| !inner.is_empty()))
            .collect(),
        other => other,
    }
}

/// The commented line with the new value; what stands behind its value stays.
fn uncommented(line: &str, key: &str, value: &Value) -> Option<String> {
    let (indent, rest) = line.split_once('#')?;
    let mut example: DocumentMut = rest.trim_start().parse().ok()?;
    let decor = example.get(key)?.as_value()?.decor().clone();
    let mut value = value.clone();
    *value.decor_mut() = decor;
    *example.get_mut(key)? = Item::Value(value);
    Some(format!("{indent}{example}"))
}

/// Whether the text begins with this key and holds its whole value.
fn holds(text: &str, key: &str) -> bool {
    let rest = text.strip_prefix(key).unwrap_or_default();
    let document = text.parse::<DocumentMut>();
    rest.trim_start().starts_with('=') && document.is_ok_and(|one| one.contains_key(key))
}

/// The bytes below the heading of the table at `path`, up to the next heading, be it behind a "#".
fn section(text: &str, path: &[&str]) -> Range<usize> {
    let heading = format!("[{}]", path.join("."));
    let all = 0..text.len();
    let Some(start) = lines(text, all).find(|line| text[line.clone()].trim() == heading) else {
        return 0..0;
    };
    let below = start.end..text.len();
    let is_heading = |line: &Range<usize>| {
        let line = text[line.clone()].trim_start();
        line.trim_start_matches(['#', ' ']).starts_with('[')
    };
    let end = lines(text, below).find(is_heading);
    start.end..end.map_or(text.len(), |line| line.start)
}

/// The lines within a range that starts with one, each with its end.
fn lines(text: &str, within: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = within.start;
    text[within].split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        range
    })
}

fn line_before<'a>(text: &'a str, line: &Range<usize>) -> Option<&'a str> {
    text[..line.start].lines().next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, path: &[&str], key: &str, value: impl Into<Value>) -> String {
        let mut document: DocumentMut = text.parse().unwrap();
        set_in_place(&mut document, path, key, &value.into());
        document.to_string()
    }

    #[test]
    fn a_commented_line_becomes_the_setting() {
        let text =
            "[pace]\n# The most.\n# cap = 6  # a day\n# gap = \"90 min\"\n\n[library]\n# cap = 1\n";
        assert_eq!(
            after(text, &["pace"], "cap", 3),
            "[pace]\n# The most.\ncap = 3  # a day\n# gap = \"90 min\"\n\n[library]\n# cap = 1\n"
        );
    }

    #[test]
    fn what_only_looks_like_it_stays() {
        for text in [
            "[pace]\n# cap = as you like\n",
            "[pace]\nsnooze = \"5 min\"\n\n# [[pause]]\n# cap = 3\n",
            "[library]\n# cap = 3\n\n[pace]\nsnooze = \"5 min\"\n",
        ] {
            let new = after(text, &["pace"], "cap", 3);
            assert!(new.contains("\ncap = 3\n"), "{new}");
            let lines = |text: &str| -> Vec<String> {
                let lines = text.lines().filter(|line| !line.is_empty());
                lines.map(str::to_owned).collect()
            };
            assert_eq!(lines(&new.replacen("\ncap = 3\n", "\n", 1)), lines(text));
        }
        let inside = "[support]\nnote = \"\"\"\n[pace]\n# cap = 6\n\"\"\"\n";
        assert!(after(inside, &["pace"], "cap", 3).starts_with(inside));
    }

    #[test]
    fn a_line_that_is_set_already_keeps_its_place() {
        assert_eq!(
            after("[pace]\n# cap = 6\ncap = 4 # mine\n", &["pace"], "cap", 3),
            "[pace]\n# cap = 6\ncap = 3 # mine\n"
        );
    }

    #[test]
    fn set_and_unset_again_gives_the_starter_back() {
        let settings: [(&[&str], &str, Value); 5] = [
            (&["pace"], "gap", "2 h".into()),
            (&["hours"], "daily", "10:00-18:00".into()),
            (&["library"], "enable", toml_edit::Array::new().into()),
            (&["library", "weights"], "kind-words", 2.into()),
            (&["notification"], "sound", true.into()),
        ];
        for (path, key, value) in settings {
            let mut document: DocumentMut = starter().parse().unwrap();
            set_in_place(&mut document, path, key, &value);
            let set = document.to_string();
            assert_eq!(set.lines().count(), starter().lines().count(), "{set}");
            assert_ne!(set, starter());
            assert!(unset_in_place(&mut document, path, key));
            assert_eq!(document.to_string(), starter());
        }
    }

    #[test]
    fn a_line_of_ones_own_goes_for_good() {
        let mut document: DocumentMut = "[pace]\ngap = \"2 h\"\ncap = 3\n".parse().unwrap();
        assert!(unset_in_place(&mut document, &["pace"], "gap"));
        assert_eq!(document.to_string(), "[pace]\ncap = 3\n");
    }
}

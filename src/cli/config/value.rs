//! What people type for a value, read by what its key may hold, so that nobody has to quote it.

use std::ops::Range;

use toml_edit::Value;

use crate::config;
use crate::config::keys::{Found, Key, Shape};
use crate::library::Library;
use crate::schedule::Error;
use crate::source::{Severity, Source};

/// A value as TOML, and where in what was typed each part of it comes from.
#[derive(Debug)]
pub(super) struct Typed {
    /// As TOML.
    text: String,
    /// Ranges of `text`, and the ranges of what was typed that they stand for.
    parts: Vec<(Range<usize>, Range<usize>)>,
}

/// Reads the value typed for a key, word by word as the shell has them, and checks it as a settings file is checked.
///
/// # Errors
/// Where the key holds no single value, or the value is not understood; places are in the words with a space between each.
pub(super) fn read(key: &Found, words: &[String], library: &Library) -> Result<Value, Error> {
    let typed = &words.join(" ");
    let value = match &key.shape {
        Shape::Table(keys) => return Err(is_a_table(key, keys)),
        Shape::Weights => return Err(is_weights(key)),
        Shape::Tables(_) => return Err(is_a_list(key)),
        shape => Typed::read(shape, typed, words),
    };
    value.check(key, typed, library)
}

impl Typed {
    fn read(shape: &Shape, typed: &str, words: &[String]) -> Self {
        let is_list = matches!(
            shape,
            Shape::Names(_) | Shape::Words(_) | Shape::Ranges | Shape::Addresses | Shape::Lines(_)
        );
        let is_toml = typed.trim_start().starts_with(['[', '{', '"', '\'']);
        match shape {
            _ if is_toml && (!is_list || typed.parse::<Value>().is_ok()) => Self::raw(typed),
            Shape::Names(_) | Shape::Addresses => Self::list(typed, items(typed)),
            Shape::Paths => Self::text_or_list(typed, paths(typed)),
            Shape::Lines(_) => Self::text_or_list(typed, lines(words)),
            Shape::Words(_) | Shape::Ranges => match items(typed).as_slice() {
                [off] if matches!(shape, Shape::Ranges) && is_off(&typed[off.clone()]) => {
                    Self::instead("[]", typed)
                }
                several => Self::text_or_list(typed, several.to_vec()),
            },
            Shape::Switch => match typed.to_lowercase().as_str() {
                "true" | "yes" | "on" => Self::instead("true", typed),
                "false" | "no" | "off" => Self::instead("false", typed),
                _ => Self::text(typed, &(0..typed.len())),
            },
            Shape::Whole(_) | Shape::Weight if typed.parse::<f64>().is_ok() => Self::raw(typed),
            _ => Self::text(typed, &(0..typed.len())),
        }
    }

    /// TOML as it was typed.
    fn raw(typed: &str) -> Self {
        Self {
            text: typed.to_owned(),
            parts: vec![(0..typed.len(), 0..typed.len())],
        }
    }

    /// TOML in place of all that was typed.
    fn instead(text: &str, typed: &str) -> Self {
        Self {
            text: text.to_owned(),
            parts: vec![(0..text.len(), 0..typed.len())],
        }
    }

    /// A text without quotes.
    fn text(typed: &str, at: &Range<usize>) -> Self {
        let mut this = Self {
            text: String::new(),
            parts: Vec::new(),
        };
        this.push(typed, at);
        this
    }

    /// A text without quotes, or a list of several.
    fn text_or_list(typed: &str, items: Vec<Range<usize>>) -> Self {
        match items.as_slice() {
            [one] => Self::text(typed, one),
            _ => Self::list(typed, items),
        }
    }

    /// A list of texts without quotes.
    fn list(typed: &str, items: Vec<Range<usize>>) -> Self {
        let mut this = Self {
            text: "[".to_owned(),
            parts: Vec::new(),
        };
        for item in items {
            if !this.parts.is_empty() {
                this.text.push_str(", ");
            }
            this.push(typed, &item);
        }
        this.text.push(']');
        this
    }

    fn push(&mut self, typed: &str, at: &Range<usize>) {
        let text = Value::from(&typed[at.clone()]).to_string();
        let start = self.text.len();
        self.text.push_str(&text);
        // Within its quotes, where nothing had to be escaped.
        let part = if text.len() == at.len() + 2 {
            start + 1..self.text.len() - 1
        } else {
            start..self.text.len()
        };
        self.parts.push((part, at.clone()));
    }

    /// What was typed for these bytes of the TOML.
    fn place(&self, span: &Range<usize>, typed: &str) -> Range<usize> {
        let holds = |part: &Range<usize>| part.start <= span.start + 1 && span.start <= part.end;
        let Some((part, at)) = self.parts.iter().find(|(part, _)| holds(part)) else {
            return 0..typed.len();
        };
        if part.len() != at.len() {
            return at.clone();
        }
        let moved = |offset: usize| at.start + offset.saturating_sub(part.start).min(at.len());
        moved(span.start)..moved(span.end)
    }

    /// The value, if a settings file that holds nothing else has no error.
    fn check(&self, key: &Found, typed: &str, library: &Library) -> Result<Value, Error> {
        let (head, text) = document(key, &self.text);
        let (source, start) = (Source::new("", text), head.len());
        let findings = match config::load(&[source], library) {
            Ok(_) => Vec::new(),
            Err(found) => found,
        };
        let first = findings
            .into_iter()
            .find(|one| one.severity == Severity::Error);
        if let Some(error) = first {
            let span = error.place.map_or(0..0, |place| place.span);
            let is_about_the_key = span.start < start && !span.is_empty();
            let inner = span.start.saturating_sub(start)..span.end.saturating_sub(start);
            return Err(Error {
                // Without a place in the value, it is the key's.
                span: if is_about_the_key {
                    0..0
                } else {
                    self.place(&inner, typed)
                },
                message: error.message,
                hint: error.hint,
            });
        }
        self.text.trim().parse().map_err(|_| Error {
            span: 0..typed.len(),
            message: "this is not one value".to_owned(),
            hint: None,
        })
    }
}

/// A settings file that holds this alone: what stands before the value, and the whole.
fn document(key: &Found, value: &str) -> (String, String) {
    let (name, tables) = key
        .path
        .split_last()
        .map_or(("", &[][..]), |(name, tables)| (name.as_str(), tables));
    let name = toml_edit::Key::new(name);
    let head = format!("[{}]\n{name} = ", tables.join("."));
    let text = format!("{head}{value}\n");
    (head, text)
}

/// The places of the words in a list; brackets and commas may be there.
fn items(typed: &str) -> Vec<Range<usize>> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']');
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut joins = false;
    for word in typed.split(is_between) {
        let range = start..start + word.len();
        start = range.end + typed[range.end..].chars().next().map_or(0, char::len_utf8);
        if word.is_empty() {
            continue;
        }
        // "9:00 - 17:00" and "9:00 to 17:00" are one.
        let is_joint = matches!(word, "-" | "–" | "to" | "until" | "till");
        match items.last_mut() {
            Some(last) if joins || is_joint => last.end = range.end,
            _ => items.push(range),
        }
        joins = is_joint;
    }
    items
}

/// The places of texts: each is a word as the shell has it, in which commas divide.
fn lines(words: &[String]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for word in words {
        for piece in word.split(',') {
            let text = piece.trim();
            let at = start + (piece.len() - piece.trim_start().len());
            if !text.is_empty() {
                lines.push(at..at + text.len());
            }
            start += piece.len() + 1;
        }
    }
    lines
}

/// The places of paths in a row: each begins at the root or at home, or after a comma, so that spaces in them need no
/// quotes.
fn paths(typed: &str) -> Vec<Range<usize>> {
    let mut paths: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut goes_on = false;
    for piece in typed.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let path = word.trim_end_matches(',');
        let range = start..start + path.len();
        start += piece.len();
        if path.is_empty() {
            continue;
        }
        match paths.last_mut() {
            Some(last) if goes_on && !path.starts_with(['/', '~']) => last.end = range.end,
            _ => paths.push(range),
        }
        goes_on = path.len() == word.len();
    }
    paths
}

fn is_off(word: &str) -> bool {
    ["off", "silent", "none", "never"].contains(&word.to_lowercase().as_str())
}

fn is_a_table(key: &Found, keys: &[Key]) -> Error {
    let name = key.name();
    let names: Vec<String> = keys
        .iter()
        .map(|key| format!("{name}.{}", key.name))
        .collect();
    refused(
        format!("`{name}` is a table"),
        format!("set one of its keys: {}", names.join(", ")),
    )
}

fn is_weights(key: &Found) -> Error {
    let name = key.name();
    refused(
        format!("`{name}` is a table"),
        format!("name a collection: attuned config set {name}.kind-words 2"),
    )
}

pub(super) fn is_a_list(key: &Found) -> Error {
    let name = key.name();
    let hint = match name.as_str() {
        "reminder" => "attuned reminder add, edit and remove change it",
        _ => "attuned config edit opens your settings to change it",
    };
    refused(format!("`{name}` is a list of tables"), hint.to_owned())
}

fn refused(message: String, hint: String) -> Error {
    Error {
        span: 0..0,
        message,
        hint: Some(hint),
    }
}

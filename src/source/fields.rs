//! Reading a TOML table key by key: each wrong key is reported, none stops the rest.

use std::borrow::Cow;
use std::ops::{Deref, Range, RangeInclusive};

use toml::de::{DeTable, DeValue};

use super::{Findings, did_you_mean};
use crate::schedule::Error;

/// A value and the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the source.
    pub span: Range<usize>,
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl Located<Cow<'_, str>> {
    /// The place of a range inside this string; the whole string where escapes shift the bytes.
    #[must_use]
    pub fn inside(&self, inner: Range<usize>) -> Range<usize> {
        let Range { start, end } = self.span;
        let written_plainly = end - start == self.value.len() + 2;
        if written_plainly {
            start + 1 + inner.start..start + 1 + inner.end
        } else {
            start..end
        }
    }
}

/// One value as it stands in the file.
pub type Piece<'i> = Located<DeValue<'i>>;

/// A text read as TOML, as far as it is.
#[derive(Debug)]
pub struct Toml<'i> {
    table: DeTable<'i>,
    errors: Vec<toml::de::Error>,
}

impl<'i> Toml<'i> {
    /// Reads `text`.
    #[must_use]
    pub fn of(text: &'i str) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        Self {
            table: table.into_inner(),
            errors,
        }
    }

    /// What could be read.
    #[must_use]
    pub fn table(&self) -> &DeTable<'i> {
        &self.table
    }

    /// Reports every syntax error; what could be read is in the fields.
    #[must_use]
    pub fn into_fields<'f>(self, findings: &'f Findings) -> Fields<'i, 'f> {
        for error in self.errors {
            let span = error.span().unwrap_or(0..0);
            findings.error(span, format!("not valid TOML: {}", error.message()), None);
        }
        Fields::new(String::new(), 0..0, self.table, findings)
    }
}

/// A table whose keys are asked for one by one; [`Fields::finish`] reports those nobody asked for.
#[derive(Debug)]
pub struct Fields<'i, 'f> {
    /// The table as errors call it, such as `[[reminder]]`; empty for the whole file.
    name: String,
    /// Where the table stands.
    span: Range<usize>,
    entries: DeTable<'i>,
    asked: Vec<&'static str>,
    findings: &'f Findings,
}

impl<'i, 'f> Fields<'i, 'f> {
    /// The fields of `entries`, which errors call `name`.
    #[must_use]
    pub fn new(
        name: String,
        span: Range<usize>,
        entries: DeTable<'i>,
        findings: &'f Findings,
    ) -> Self {
        Self {
            name,
            span,
            entries,
            asked: Vec::new(),
            findings,
        }
    }

    /// Where this table stands, for errors about it as a whole.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Where findings go.
    #[must_use]
    pub fn findings(&self) -> &'f Findings {
        self.findings
    }

    /// Whether something stands under `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The bytes of the value under `key`.
    #[must_use]
    pub fn span_of(&self, key: &str) -> Option<Range<usize>> {
        self.entries.get(key).map(toml::Spanned::span)
    }

    /// The keys of this table as written, with their places, for tables with free keys.
    #[must_use]
    pub fn keys(&self) -> Vec<Located<String>> {
        let located = |key: &toml::Spanned<Cow<'i, str>>| Located {
            value: key.get_ref().to_string(),
            span: key.span(),
        };
        self.entries.keys().map(located).collect()
    }

    /// Takes a value under a key that is not fixed beforehand.
    pub fn take_free(&mut self, key: &str) -> Option<Piece<'i>> {
        let (_, value) = self.entries.remove_entry(key)?;
        Some(Located {
            span: value.span(),
            value: value.into_inner(),
        })
    }

    /// Takes whatever stands under `key`.
    pub fn value(&mut self, key: &'static str) -> Option<Piece<'i>> {
        self.know(key);
        self.take_free(key)
    }

    /// Notes that `key` may stand here, for hints.
    fn know(&mut self, key: &'static str) {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
    }

    /// Takes a string.
    pub fn text(&mut self, key: &'static str) -> Option<Located<Cow<'i, str>>> {
        let piece = self.value(key)?;
        self.as_text(key, piece)
    }

    /// Takes a string that has to be there.
    pub fn required_text(&mut self, key: &'static str) -> Option<Located<Cow<'i, str>>> {
        if !self.entries.contains_key(key) {
            self.missing(key);
        }
        self.text(key)
    }

    /// Reports that `key` has to be there and is not.
    pub fn missing(&mut self, key: &'static str) {
        self.know(key);
        let place = if self.name.is_empty() {
            "this file".to_owned()
        } else {
            format!("this {}", self.name)
        };
        self.findings
            .error(self.span(), format!("{place} has no `{key}`"), None);
    }

    /// Takes a string and parses it; an error of `parse` points inside the string where it can.
    pub fn parsed<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Option<Located<T>> {
        let text = self.text(key)?;
        self.parse_piece(&text, parse)
    }

    /// Parses a string already taken; see [`Fields::parsed`].
    pub fn parse_piece<T>(
        &self,
        text: &Located<Cow<'i, str>>,
        parse: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Option<Located<T>> {
        match parse(&text.value) {
            Ok(value) => Some(Located {
                value,
                span: text.span.clone(),
            }),
            Err(error) => {
                self.inner_error(text, error);
                None
            }
        }
    }

    /// Reports an error about a part of a string already taken.
    pub fn inner_error(&self, text: &Located<Cow<'i, str>>, error: Error) {
        let span = text.inside(error.span);
        self.findings.error(span, error.message, error.hint);
    }

    /// Takes a string that has to be one of `choices`.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Option<Located<T>> {
        let text = self.text(key)?;
        self.choose(key, &text, choices)
    }

    /// Takes strings (or one) that each have to be one of `choices`.
    pub fn choices<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
    ) -> Vec<Located<T>> {
        let texts = self.texts(key);
        texts
            .iter()
            .filter_map(|text| self.choose(key, text, choices))
            .collect()
    }

    fn choose<T: Copy>(
        &self,
        key: &str,
        text: &Located<Cow<'i, str>>,
        choices: &[(&'static str, T)],
    ) -> Option<Located<T>> {
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Located {
                value: *value,
                span: text.span.clone(),
            });
        }
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        let hint = match did_you_mean(&text.value, names.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("one of: {}", names.join(", ")),
        };
        let message = format!("`{key}` cannot be \"{}\"", text.value);
        self.findings.error(text.span.clone(), message, Some(hint));
        None
    }

    /// Takes a list of strings; a single string counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Located<Cow<'i, str>>> {
        self.pieces(key)
            .into_iter()
            .filter_map(|piece| self.as_text(key, piece))
            .collect()
    }

    /// Takes the items of a list; any other value counts as a list of one.
    fn pieces(&mut self, key: &'static str) -> Vec<Piece<'i>> {
        let Some(piece) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = piece.value else {
            return vec![piece];
        };
        items
            .into_iter()
            .map(|item| Located {
                span: item.span(),
                value: item.into_inner(),
            })
            .collect()
    }

    /// Takes a whole number within `range`.
    pub fn integer(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
    ) -> Option<Located<i64>> {
        let piece = self.value(key)?;
        self.as_integer(key, piece, range)
    }

    /// Takes a list of whole numbers within `range`; a single number counts as a list of one.
    pub fn integers(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Vec<Located<i64>> {
        self.pieces(key)
            .into_iter()
            .filter_map(|piece| self.as_integer(key, piece, range.clone()))
            .collect()
    }

    fn as_integer(
        &self,
        key: &str,
        piece: Piece<'i>,
        range: RangeInclusive<i64>,
    ) -> Option<Located<i64>> {
        let Located { value, span } = piece;
        let bounds = format!("from {} to {}", range.start(), range.end());
        let DeValue::Integer(digits) = &value else {
            let hint = format!("a number {bounds}, without quotes");
            self.wrong_type(key, "a whole number", &value, span, hint);
            return None;
        };
        match i64::from_str_radix(digits.as_str(), digits.radix()) {
            Ok(value) if range.contains(&value) => Some(Located { value, span }),
            _ => {
                let message = format!("`{key}` cannot be {digits}");
                self.findings.error(span, message, Some(bounds));
                None
            }
        }
    }

    /// Takes a number, whole or not, within `range`.
    pub fn number(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
    ) -> Option<Located<f64>> {
        let piece = self.value(key)?;
        self.as_number(key, &piece, range)
    }

    /// Reads a number out of a piece already taken.
    #[must_use]
    pub fn as_number(
        &self,
        key: &str,
        piece: &Piece<'i>,
        range: RangeInclusive<f64>,
    ) -> Option<Located<f64>> {
        let bounds = format!("from {} to {}", range.start(), range.end());
        let digits = match &piece.value {
            DeValue::Integer(digits) => digits.as_str(),
            DeValue::Float(digits) => digits.as_str(),
            other => {
                let hint = format!("a number {bounds}, without quotes");
                self.wrong_type(key, "a number", other, piece.span.clone(), hint);
                return None;
            }
        };
        match digits.parse() {
            Ok(value) if range.contains(&value) => Some(Located {
                value,
                span: piece.span.clone(),
            }),
            _ => {
                let message = format!("`{key}` cannot be {digits}");
                self.findings
                    .error(piece.span.clone(), message, Some(bounds));
                None
            }
        }
    }

    /// Takes `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<Located<bool>> {
        let Located { value, span } = self.value(key)?;
        if let DeValue::Boolean(value) = value {
            return Some(Located { value, span });
        }
        let hint = "write one of them, without quotes".to_owned();
        self.wrong_type(key, "true or false", &value, span, hint);
        None
    }

    /// Takes a table `[key]`.
    pub fn table(&mut self, key: &'static str) -> Option<Fields<'i, 'f>> {
        let piece = self.value(key)?;
        let name = self.child_name(key);
        self.as_table(key, format!("[{name}]"), piece)
    }

    /// Takes a list of tables `[[key]]`.
    pub fn tables(&mut self, key: &'static str) -> Option<Vec<Fields<'i, 'f>>> {
        let Located { value, span } = self.value(key)?;
        let name = format!("[[{}]]", self.child_name(key));
        let DeValue::Array(items) = value else {
            let message = format!("`{key}` is a list of tables");
            let hint = format!("write {name} above each");
            self.findings.error(span, message, Some(hint));
            return None;
        };
        let tables = items.into_iter().filter_map(|item| {
            let span = item.span();
            let value = item.into_inner();
            self.as_table(key, name.clone(), Located { value, span })
        });
        Some(tables.collect())
    }

    fn child_name(&self, key: &str) -> String {
        let parent = self.name.trim_matches(['[', ']']);
        if parent.is_empty() {
            key.to_owned()
        } else {
            format!("{parent}.{key}")
        }
    }

    /// Reads a table out of a piece already taken; errors call it `name`.
    #[must_use]
    pub fn as_table(&self, key: &str, name: String, piece: Piece<'i>) -> Option<Fields<'i, 'f>> {
        match piece.value {
            DeValue::Table(entries) => Some(Fields::new(name, piece.span, entries, self.findings)),
            other => {
                let hint = format!("write {name} above its keys");
                self.wrong_type(key, "a table", &other, piece.span, hint);
                None
            }
        }
    }

    /// Reads a string out of a piece already taken.
    #[must_use]
    pub fn as_text(&self, key: &str, piece: Piece<'i>) -> Option<Located<Cow<'i, str>>> {
        match piece.value {
            DeValue::String(value) => Some(Located {
                value,
                span: piece.span,
            }),
            other => {
                let hint = match other {
                    DeValue::Array(_) => "write one text, without brackets",
                    DeValue::Table(_) => "write one text, without braces",
                    _ => "put it in quotes",
                };
                self.wrong_type(key, "text in quotes", &other, piece.span, hint.to_owned());
                None
            }
        }
    }

    /// Reports a value of another type than the one wanted, with what to do.
    pub fn wrong_type(
        &self,
        key: &str,
        wanted: &str,
        value: &DeValue<'_>,
        span: Range<usize>,
        hint: String,
    ) {
        let found = match value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time without quotes",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("`{key}` has to be {wanted}, not {found}");
        self.findings.error(span, message, Some(hint));
    }

    /// Reports every key nobody asked for.
    pub fn finish(self) {
        for key in self.entries.keys() {
            let word = key.get_ref();
            let place = if self.name.is_empty() {
                String::new()
            } else {
                format!(" in {}", self.name)
            };
            let hint = match did_you_mean(word, self.asked.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", self.asked.join(", ")),
            };
            let message = format!("unknown key `{word}`{place}");
            self.findings.error(key.span(), message, Some(hint));
        }
    }
}

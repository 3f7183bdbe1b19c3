//! Small values that several sections share.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use jiff::SignedDuration;
use toml::de::DeValue;

use crate::config::keys::{Key, Length, Line, Lines, Names, Switch, Text, Whole, Word};
use crate::config::names::Mention;
use crate::schedule::Error;
use crate::schedule::words::{describe_duration, parse_duration};
use crate::source::{Fields, Located};

/// Reports a key that has to be there and is not.
pub(super) fn require<S>(fields: &mut Fields<'_, '_>, key: &Key<S>) {
    if key.is_required && !fields.has(key.name) {
        fields.missing(key.name);
    }
}

/// Takes a whole number within the key's bounds.
pub(super) fn whole(fields: &mut Fields<'_, '_>, key: &Key<Whole>) -> Option<Located<i64>> {
    fields.integer(key.name, key.shape.0.clone())
}

/// Takes `true` or `false`.
pub(super) fn switch(fields: &mut Fields<'_, '_>, key: &Key<Switch>) -> Option<bool> {
    fields.boolean(key.name).map(|on| on.value)
}

/// Takes one of the key's words.
pub(super) fn word<T: Copy>(fields: &mut Fields<'_, '_>, key: &Key<Word<T>>) -> Option<T> {
    fields.choice(key.name, key.shape.0).map(|word| word.value)
}

/// Takes a duration within the key's bounds.
pub(super) fn duration(fields: &mut Fields<'_, '_>, key: &Key<Length>) -> Option<SignedDuration> {
    let (key, range) = (key.name, &key.shape.0);
    let [least, most] = [range.start(), range.end()].map(|end| describe_duration(*end));
    let piece = fields.value(key)?;
    if let DeValue::Integer(number) = &piece.value {
        let message = format!("`{key}` needs a unit");
        let hint = with_units(&number.to_string(), range)
            .unwrap_or_else(|| format!("from \"{least}\" to \"{most}\""));
        fields.findings().error(piece.span, message, Some(hint));
        return None;
    }
    let text = fields.as_text(key, piece)?;
    let bounds = format!("from {least} to {most}");
    let duration = fields.parse_piece(&text, |text| {
        parse_duration(text).map_err(|error| Error {
            hint: error.hint.or_else(|| Some(bounds.clone())),
            ..error
        })
    })?;
    if range.contains(&duration) {
        return Some(duration.value);
    }
    let message = format!("`{key}` cannot be \"{}\"", text.value);
    fields
        .findings()
        .error(duration.span, message, Some(bounds));
    None
}

/// How a bare number is written with the units that it may have.
fn with_units(number: &str, range: &RangeInclusive<SignedDuration>) -> Option<String> {
    let fitting = |unit| {
        let text = format!("{number} {unit}");
        let length = parse_duration(&text).ok()?;
        range.contains(&length).then_some(text)
    };
    match (fitting("min"), fitting("h")) {
        (Some(one), Some(other)) => Some(format!("write \"{one}\", or \"{other}\"")),
        (one, other) => {
            let only = one.or(other).or_else(|| fitting("s"))?;
            Some(format!("write \"{only}\""))
        }
    }
}

/// Takes a line of at least one character, without control characters.
pub(super) fn short_text(fields: &mut Fields<'_, '_>, key: &Key<Line>) -> Option<String> {
    require(fields, key);
    let text = fields.text(key.name)?;
    let Line(most) = key.shape;
    let parsed = fields.parse_piece(&text, |text| words(text, most, char::is_control))?;
    Some(parsed.value)
}

/// Takes a command: how it is written, and its words, as a shell splits them; nothing in it is expanded.
pub(super) fn command<'i>(
    fields: &mut Fields<'i, '_>,
    key: &Key<Line>,
) -> Option<(Located<Cow<'i, str>>, Vec<String>)> {
    let text = fields.text(key.name)?;
    let Line(most) = key.shape;
    let parsed = fields.parse_piece(&text, |text| {
        let line = words(text, most, char::is_control)?;
        let error = |message: &str, hint: &str| Error {
            span: 0..text.len(),
            message: message.into(),
            hint: Some(hint.into()),
        };
        match shlex::split(&line) {
            Some(words) if words.first().is_none_or(String::is_empty) => Err(error(
                "there is no program in it",
                "its first word names the program",
            )),
            Some(words) => Ok(words),
            None => Err(error(
                "this is not a command: it ends within a quote, or with a backslash",
                "a quoted part ends with the mark it begins with",
            )),
        }
    })?;
    Some((text, parsed.value))
}

/// Takes a text of at least one character that may have several lines.
pub(super) fn long_text(fields: &mut Fields<'_, '_>, key: &Key<Text>) -> Option<String> {
    let text = fields.text(key.name)?;
    let Text(most) = key.shape;
    let refused = |c: char| c.is_control() && c != '\n';
    let parsed = fields.parse_piece(&text, |text| words(text, most, refused))?;
    Some(parsed.value)
}

fn words(text: &str, most: usize, refused: impl Fn(char) -> bool) -> Result<String, Error> {
    let error = |span, message: String, hint: Option<String>| Error {
        span,
        message,
        hint,
    };
    let words = text.trim();
    if words.is_empty() {
        let hint = format!("write 1 to {most} characters, or leave it out");
        let message = "there is nothing in it".into();
        return Err(error(0..text.len(), message, Some(hint)));
    }
    if let Some((at, c)) = text.char_indices().find(|(_, c)| refused(*c)) {
        let message = format!("the character {} cannot be shown", c.escape_default());
        let hint = match c {
            '\n' => "write it on one line",
            _ => "leave it out",
        };
        return Err(error(at..at + c.len_utf8(), message, Some(hint.to_owned())));
    }
    if let Some((at, _)) = words.char_indices().nth(most) {
        let hint = format!("{most} characters at most");
        let start = at + text.len() - text.trim_start().len();
        return Err(error(
            start..text.len(),
            "this is too long".into(),
            Some(hint),
        ));
    }
    Ok(words.to_owned())
}

/// Takes a list of texts that are parsed one by one; one text counts as a list.
pub(super) fn each<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    parse: impl Fn(&str) -> Result<T, Error>,
) -> Option<Vec<T>> {
    let is_there = fields.has(key);
    let texts = fields.texts(key);
    let parsed = texts
        .iter()
        .filter_map(|text| fields.parse_piece(text, &parse));
    is_there.then(|| parsed.map(|one| one.value).collect())
}

/// Takes lines of at least one character each, without control characters; one counts as a list.
pub(super) fn lines(fields: &mut Fields<'_, '_>, key: &Key<Lines>) -> Option<Vec<String>> {
    let Lines(most) = key.shape;
    each(fields, key.name, |text| words(text, most, char::is_control))
}

/// Takes a list of names, and notes what each is to mean; one name counts as a list.
pub(super) fn list(
    fields: &mut Fields<'_, '_>,
    key: &Key<Names>,
    mentions: &mut Vec<Mention>,
) -> Option<Vec<String>> {
    let is_there = fields.has(key.name);
    let texts = fields.texts(key.name);
    let Names(means) = key.shape;
    mentions.extend(texts.iter().map(|text| Mention {
        place: fields.findings().place(text.span.clone()),
        means,
        name: text.to_string(),
    }));
    is_there.then(|| texts.iter().map(|text| text.to_string()).collect())
}

/// A language tag such as `en` or `pt-BR`, in the shape of BCP 47: letters and digits in parts of up to eight.
pub(super) fn parse_language(text: &str) -> Result<String, Error> {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let is_tag = text.len() <= 35 && text.split('-').all(is_part);
    if is_tag && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Ok(text.to_owned());
    }
    Err(Error {
        span: 0..text.len(),
        message: "this is not a language tag".into(),
        hint: Some("for example \"en\" or \"pt-BR\"".into()),
    })
}

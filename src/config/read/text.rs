//! Small values that several sections share.

use std::ops::RangeInclusive;

use jiff::SignedDuration;
use toml::de::DeValue;

use crate::config::names::{Means, Mention};
use crate::schedule::Error;
use crate::schedule::words::{describe_duration, parse_duration};
use crate::source::Fields;

/// Takes a duration within `range`.
pub(super) fn duration(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    range: RangeInclusive<SignedDuration>,
) -> Option<SignedDuration> {
    let piece = fields.value(key)?;
    if let DeValue::Integer(number) = &piece.value {
        let message = format!("`{key}` needs a unit");
        let hint = format!("write \"{number} min\", or \"{number} h\"");
        fields.findings().error(piece.span, message, Some(hint));
        return None;
    }
    let text = fields.as_text(key, piece)?;
    let duration = fields.parse_piece(&text, parse_duration)?;
    if range.contains(&duration) {
        return Some(duration.value);
    }
    let (least, most) = range.into_inner();
    let message = format!(
        "`{key}` has to be from {} to {}",
        describe_duration(least),
        describe_duration(most)
    );
    fields.findings().error(duration.span, message, None);
    None
}

/// Takes a line of 1 to `most` characters, without control characters.
pub(super) fn short_text(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    most: usize,
) -> Option<String> {
    let text = fields.text(key)?;
    let parsed = fields.parse_piece(&text, |text| words(text, most, char::is_control))?;
    Some(parsed.value)
}

/// Takes a text of 1 to `most` characters that may have several lines.
pub(super) fn long_text(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    most: usize,
) -> Option<String> {
    let text = fields.text(key)?;
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
        return Err(error(0..text.len(), "there is nothing in it".into(), None));
    }
    if let Some((at, c)) = text.char_indices().find(|(_, c)| refused(*c)) {
        let message = format!("the character {} cannot be shown", c.escape_default());
        return Err(error(at..at + c.len_utf8(), message, None));
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

/// Takes a list of names, and notes what each is to mean; one name counts as a list.
pub(super) fn list(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    means: Means,
    mentions: &mut Vec<Mention>,
) -> Option<Vec<String>> {
    let is_there = fields.has(key);
    let texts = fields.texts(key);
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

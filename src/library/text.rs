//! Texts people may be shown: clean, and of a length that fits.

use std::borrow::Cow;

/// What a shipped text may be long, in characters.
pub(super) const TEXT: usize = 140;
/// What a shipped title may be long, in characters.
pub(super) const TITLE: usize = 32;
/// What a shipped step may be long, in characters.
pub(super) const STEP: usize = 90;
/// What a practice's steps may last together, in seconds.
pub(super) const STEPS_SECONDS: u32 = 90;
/// The longest text read at all, in characters: no notification shows more.
pub(super) const LONGEST: usize = 1000;

/// The text without the white space around it.
pub(super) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The first character that steers a terminal or turns text around, and what people call it.
///
/// Control characters, the line and paragraph separators, and the embeddings, overrides and isolates of the Unicode
/// bidirectional algorithm (UAX #9), which can make a text read other than it is written (CVE-2021-42574).
pub(super) fn unwanted_character(text: &str) -> Option<String> {
    let character = text.chars().find(|character| steers(*character))?;
    Some(match character {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        other => format!("the invisible character U+{:04X}", u32::from(other)),
    })
}

fn steers(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether `text` is a slug: lower-case letters a to z and digits, in groups joined by single hyphens.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    text.split('-').all(|group| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        !group.is_empty() && group.bytes().all(plain)
    })
}

/// Whether `text` is a language's tag: letters, then parts of letters and digits joined by hyphens (BCP 47).
#[must_use]
pub fn is_language(text: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    text.len() <= TITLE
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.split('-').all(is_part)
}

/// The nearest slug to `text`; empty where none of its characters can stay.
#[must_use]
pub fn slug_of(text: &str) -> String {
    let lower = text.to_lowercase();
    let groups = lower.split(|character: char| !character.is_ascii_alphanumeric());
    let groups: Vec<_> = groups.filter(|group| !group.is_empty()).collect();
    groups.join("-")
}

/// `text` with a capital letter in front.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_characters_are_found_and_named() {
        let name = unwanted_character;
        assert_eq!(
            name("a\u{1b}[2J"),
            Some("the invisible character U+001B".into())
        );
        assert_eq!(
            name("ab\u{202e}c"),
            Some("the invisible character U+202E".into())
        );
        assert_eq!(
            name("x\u{2067}"),
            Some("the invisible character U+2067".into())
        );
        assert_eq!(name("one\ntwo"), Some("a line break".into()));
        assert_eq!(name("one\ttwo"), Some("a tab".into()));
        // Text that only looks unusual: right-to-left letters, a joined emoji, a direction mark.
        assert_eq!(name("שלום 👩‍👧 \u{200f}é"), None);
    }

    #[test]
    fn slugs() {
        for slug in ["a", "kind-words", "3-things", "a1"] {
            assert!(is_slug(slug), "{slug}");
        }
        for other in ["", "-", "a-", "-a", "a--b", "A", "a_b", "é", "a b", "a/b"] {
            assert!(!is_slug(other), "{other}");
        }
        assert_eq!(slug_of("My lines (2)"), "my-lines-2");
        assert_eq!(slug_of("__Für mich__"), "f-r-mich");
        assert_eq!(slug_of("моё"), "");
    }
}

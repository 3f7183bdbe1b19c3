//! Prompts from plain text, one a line.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use super::text::{LONGEST, TEXT, TITLE, trimmed, unwanted_character};

/// What a plain text holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Lines that can be prompts, in their order, each text once.
    pub taken: Vec<String>,
    /// Lines that cannot.
    pub left_out: Vec<LeftOut>,
    /// How many lines say what another says, or what was known before.
    pub repeated: usize,
    /// The numbers of lines that are taken and longer than some desktops show.
    pub long: Vec<usize>,
}

/// A line that cannot be a prompt. Displays as a few plain words, without a full stop.
#[derive(Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} {}", self.line, self.why)
    }
}

impl Lines {
    /// How many characters fit for certain.
    pub const FITTING: usize = TEXT;

    /// Reads a text whose lines are prompts; empty ones, and those that begin with `#`, are none. `known` are texts that
    /// need not come in again.
    #[must_use]
    pub fn read(text: &str, known: &BTreeSet<&str>) -> Lines {
        let mut lines = Lines::default();
        let mut seen = known.clone();
        // Some editors mark a file as UTF-8 by a character in front.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(why) = flaw(line, LONGEST) {
                lines.left_out.push(LeftOut { line: number, why });
            } else if seen.insert(line) {
                if line.chars().count() > TEXT {
                    lines.long.push(number);
                }
                lines.taken.push(line.to_owned());
            } else {
                lines.repeated += 1;
            }
        }
        lines
    }
}

/// What keeps a text from being a collection's title, in words that follow "the title".
#[must_use]
pub fn title_flaw(title: &str) -> Option<String> {
    let title = trimmed(Cow::Borrowed(title));
    if title.is_empty() {
        return Some("is empty".to_owned());
    }
    flaw(&title, TITLE)
}

fn flaw(text: &str, most: usize) -> Option<String> {
    if let Some(character) = unwanted_character(text) {
        return Some(format!("holds {character}"));
    }
    let length = text.chars().count();
    (length > most).then(|| format!("has {length} characters; {most} is the most"))
}

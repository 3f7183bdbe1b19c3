//! Text with a place: the files people write, and the errors that point into them.
//!
//! A [`Source`] is one file's name and text. Reading it as TOML goes through
//! [`Fields`], which asks for each key once and reports every wrong one, so that
//! one pass finds all errors. What was found is kept in a [`Findings`].

mod diagnostic;
mod fields;
mod read;

pub use diagnostic::{Diagnostic, Findings, Place, Severity, did_you_mean};
pub use fields::{Fields, Located, Piece, Toml};
pub use read::{read_bytes, read_file};

use std::borrow::Cow;
use std::iter;
use std::sync::{Arc, OnceLock};

/// One text and the name people know it by: a path, or "built in".
#[derive(Debug, Clone)]
pub struct Source {
    /// What errors call this text, usually the file's path.
    pub name: String,
    /// The whole text.
    pub text: Cow<'static, str>,
    /// Where each of its lines begins, once somebody has asked.
    lines: OnceLock<Vec<usize>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for Source {}

impl Source {
    /// A text that is not (or no longer) a file's: the command line's, or one built in.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
        })
    }

    /// Line and column of a byte offset, both from 1; the column counts characters.
    #[must_use]
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let lines = self.lines.get_or_init(|| {
            let later = self.text.match_indices('\n').map(|(at, _)| at + 1);
            iter::once(0).chain(later).collect()
        });
        let line = lines.partition_point(|start| *start <= before.len());
        let column = before[lines[line - 1]..].chars().count() + 1;
        (line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_from_1_and_in_characters() {
        let source = Source::new("a.toml", "ä = 1\n\nüb\n");
        let place = |text: &str| source.line_and_column(source.text.find(text).unwrap());
        assert_eq!(place("ä"), (1, 1));
        assert_eq!(place("="), (1, 3));
        assert_eq!(place("\n"), (1, 6));
        assert_eq!(place("\nüb"), (2, 1));
        assert_eq!(place("b\n"), (3, 2));
        assert_eq!(source.line_and_column(source.text.len()), (4, 1));
        assert_eq!(source.line_and_column(99), (4, 1), "beyond the end");
        assert_eq!(Source::new("e.toml", "").line_and_column(0), (1, 1));
    }
}

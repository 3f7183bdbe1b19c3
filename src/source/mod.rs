//! Text with a place: the files people write, and the errors that point into them.
//!
//! A [`Source`] is one file's name and text. Reading it as TOML goes through
//! [`Fields`], which asks for each key once and reports every wrong one, so that
//! one pass finds all errors. What was found is kept in a [`Findings`].

mod diagnostic;
mod fields;
mod read;

pub use diagnostic::{Diagnostic, Findings, Place, Severity, did_you_mean};
pub use fields::{Fields, Located, Piece, read_toml};
pub use read::{read_bytes, read_file};

use std::borrow::Cow;
use std::sync::Arc;

/// One text and the name people know it by: a path, or "built in".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What errors call this text, usually the file's path.
    pub name: String,
    /// The whole text.
    pub text: Cow<'static, str>,
}

impl Source {
    /// A text that is not (or no longer) a file's: the command line's, or one built in.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
        })
    }

    /// Line and column of a byte offset, both from 1; the column counts characters.
    #[must_use]
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

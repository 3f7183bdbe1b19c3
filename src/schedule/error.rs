//! What is wrong with a text a person wrote, and where.

use std::ops::Range;

/// A text that was not wholly understood. Displays as its message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The bytes of the given text at fault, on character boundaries; empty at the text's end where something is missing.
    pub span: Range<usize>,
    /// The fact, in plain words.
    pub message: String,
    /// The next step, where there is one.
    pub hint: Option<String>,
}

impl Error {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Error {
        Error {
            span,
            message: message.into(),
            hint: None,
        }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }
}

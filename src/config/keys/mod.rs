//! Every key of the settings: its name, what may stand under it, and what it is for.
//!
//! The one place where bounds and choices are told. The reader takes them from here, and so do `attuned config set`, the
//! completions of key names and the schema for editors.

mod find;
mod reminder;
mod sections;
mod shape;

pub use super::names::Means;
pub use find::{Found, dotted, find};
pub use reminder::{
    APART, AT, BETWEEN, COLLECTIONS, ENABLED, EVERY, GRACE, JITTER, KIND, MESSAGE, MISSED, NAME,
    ON, REMINDER, TAGS, TIMES, TIMEZONE, WHEN, when_table,
};
pub use sections::{
    ADDRESSES, AVOID, AWAY, AWAY_AFTER, BUSY, CALENDAR, CALENDAR_FILES, CAMERA, CAP, CEILING,
    COUNTRY, DISABLE, DO_NOT_DISTURB, EDITOR, ENABLE, EXPIRY, FAVOUR, GAP, HIDE, HOURS, IGNORE,
    JOURNAL, KEEP, LANGUAGE, LEVEL, LIBRARY, LIGHTEN_OVER, LOCKED, MICROPHONE, NOTIFICATION, ONLY,
    PACE, PAUSE, PAUSE_WHEN, PRESENTING, PRIVATE, PROBE, PROBE_COMMAND, PROBE_EVERY, PROBE_TIMEOUT,
    REASON, SNOOZE, SOUND, SUPPORT, SUPPORT_HOURS, SUPPORT_LINE, SUPPORT_NAME, SUPPORT_NUMBER,
    TERMINAL, WAIT, WEIGHTS, hours, root,
};
pub use shape::{
    Addresses, Ago, InCountry, Language, Length, Line, Lines, Names, Paths, PauseWhen, Phrase,
    Ranges, Shape, Switch, Table, Tables, Text, WEIGHTS as WEIGHT_VALUES, Weights, When, Whole,
    Word, Words, Zone,
};

/// A key, and what may stand under it.
#[derive(Debug, Clone)]
pub struct Key<S = Shape> {
    /// As it is written.
    pub name: &'static str,
    /// What may stand under it.
    pub shape: S,
    /// Whether its table has to have it.
    pub is_required: bool,
    /// What it is for, in one line.
    pub help: &'static str,
}

impl<S> Key<S> {
    const fn new(name: &'static str, shape: S, help: &'static str) -> Self {
        Self {
            name,
            shape,
            is_required: false,
            help,
        }
    }

    const fn required(name: &'static str, shape: S, help: &'static str) -> Self {
        Self {
            name,
            shape,
            is_required: true,
            help,
        }
    }
}

impl<S: Into<Shape>> Key<S> {
    /// The same key among others of any shape.
    fn any(self) -> Key {
        Key {
            name: self.name,
            shape: self.shape.into(),
            is_required: self.is_required,
            help: self.help,
        }
    }
}

//! One entry, as it is kept, exported and imported.

use serde::{Deserialize, Serialize};

use super::{EntryId, Moment};

/// The version of the format below. A change of what a field means raises it.
pub const VERSION: u32 = 1;

/// One thing a person recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The [`VERSION`] it was written by.
    pub version: u32,
    /// Its own for ever.
    pub id: EntryId,
    /// From 1, one higher with each change.
    pub revision: u32,
    /// When.
    #[serde(flatten)]
    pub moment: Moment,
    /// What led to it.
    pub origin: Origin,
    /// Where it was given.
    pub channel: Channel,
    /// The full id of the prompt that led to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// That prompt's words, as they were then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// What was recorded.
    #[serde(flatten)]
    pub content: Content,
}

/// What led to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A prompt that came by itself.
    Reminder,
    /// The person, on their own.
    Own,
    /// An answer before it.
    FollowUp,
}

/// Where an entry was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// In a notification.
    Notification,
    /// In the terminal.
    Terminal,
    /// By a script.
    Script,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Content {
    /// How the person was.
    CheckIn(CheckIn),
    /// Something they wrote.
    Note {
        /// Their words.
        note: String,
    },
    /// Something that went a bit better than it might have.
    Win {
        /// Their words.
        note: String,
    },
}

/// What sort of thing was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// See [`Content::CheckIn`].
    CheckIn,
    /// See [`Content::Note`].
    Note,
    /// See [`Content::Win`].
    Win,
}

impl Kind {
    /// Its name: the same for ever.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Note => "note",
            Self::Win => "win",
        }
    }
}

/// How somebody was; each part but the outcome may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckIn {
    /// Whether they said so.
    pub outcome: Outcome,
    /// In a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quick: Option<Quick>,
    /// From unpleasant to pleasant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pleasant: Option<Scale>,
    /// From little energy to a lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub energy: Option<Scale>,
    /// Words for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Where in the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<String>,
    /// What is needed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub need: Vec<String>,
    /// Anything else, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How it was after the prompt that followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub felt_after: Option<Quick>,
}

/// Whether a check-in was answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was.
    #[default]
    Answered,
    /// "Rather not": an answer, too.
    RatherNot,
}

/// How somebody is, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quick {
    /// "Okay".
    Okay,
    /// "Hard".
    Hard,
    /// "Too much".
    TooMuch,
}

/// A place on the grid of pleasantness and energy: -2 to 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i8", into = "i8")]
pub struct Scale(i8);

impl Scale {
    /// All places, from the lowest to the highest.
    pub const ALL: [Self; 5] = [Self(-2), Self(-1), Self(0), Self(1), Self(2)];

    /// The place as a number, -2 to 2.
    #[must_use]
    pub fn value(self) -> i8 {
        self.0
    }
}

impl TryFrom<i8> for Scale {
    type Error = String;

    fn try_from(value: i8) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|place| place.0 == value);
        found.ok_or_else(|| format!("{value} is not from -2 to 2"))
    }
}

impl From<Scale> for i8 {
    fn from(scale: Scale) -> i8 {
        scale.0
    }
}

impl CheckIn {
    /// One word, and nothing else.
    #[must_use]
    pub fn quick(quick: Quick) -> Self {
        Self {
            quick: Some(quick),
            ..Self::default()
        }
    }
}

impl Content {
    /// What sort it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::CheckIn(_) => Kind::CheckIn,
            Self::Note { .. } => Kind::Note,
            Self::Win { .. } => Kind::Win,
        }
    }

    /// The person's own words in it.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::CheckIn(check_in) => check_in.note.as_deref(),
            Self::Note { note } | Self::Win { note } => Some(note),
        }
    }
}

impl Entry {
    /// Whether this one holds, of two with the same id. Whatever order they are met in, the same one does.
    #[must_use]
    pub fn supersedes(&self, other: &Self) -> bool {
        let rank = |entry: &Self| (entry.revision, serde_json::to_string(entry).ok());
        rank(self) > rank(other)
    }
}

#[cfg(test)]
mod tests;

//! What a person can do with a notification, and where that goes on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::journal::EntryId;

/// A button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The text of a private prompt.
    Show,
    /// The rest of it, in a terminal.
    Open,
    /// Another prompt in place of this one.
    Another,
    /// This one again later.
    Later,
    /// No more today.
    PauseToday,
    /// A check-in's answers.
    Okay,
    /// See [`Action::Okay`].
    Hard,
    /// See [`Action::Okay`].
    TooMuch,
    /// How often: half as often.
    Fewer,
    /// How often: not at all for a week.
    PauseWeek,
    /// How often: as it is.
    Keep,
    /// After "Hard": a practice.
    GroundMe,
    /// After "Hard": words for it.
    NameIt,
    /// A practice's first step.
    Begin,
    /// A practice's next step.
    Next,
    /// A practice's end, in the middle of it.
    Stop,
    /// A practice's end, after its last step.
    Done,
}

impl Action {
    /// Every action, for looking one up by its key.
    pub const ALL: [Self; 17] = [
        Self::Show,
        Self::Open,
        Self::Another,
        Self::Later,
        Self::PauseToday,
        Self::Okay,
        Self::Hard,
        Self::TooMuch,
        Self::Fewer,
        Self::PauseWeek,
        Self::Keep,
        Self::GroundMe,
        Self::NameIt,
        Self::Begin,
        Self::Next,
        Self::Stop,
        Self::Done,
    ];

    /// The key a notification server hands back.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Open => "open",
            Self::Another => "another",
            Self::Later => "later",
            Self::PauseToday => "pause-today",
            Self::Okay => "okay",
            Self::Hard => "hard",
            Self::TooMuch => "too-much",
            Self::Fewer => "fewer",
            Self::PauseWeek => "pause-week",
            Self::Keep => "keep",
            Self::GroundMe => "ground-me",
            Self::NameIt => "name-it",
            Self::Begin => "begin",
            Self::Next => "next",
            Self::Stop => "stop",
            Self::Done => "done",
        }
    }

    /// The action with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.key() == key)
    }

    /// The words on the button, at most 16 characters.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Show => "Show",
            Self::Open => "In a terminal",
            Self::Another => "Another",
            Self::Later => "Later",
            Self::PauseToday => "Pause today",
            Self::Okay => "Okay",
            Self::Hard => "Hard",
            Self::TooMuch => "Too much",
            Self::Fewer => "Fewer",
            Self::PauseWeek => "Pause a week",
            Self::Keep => "Keep as it is",
            Self::GroundMe => "Ground me",
            Self::NameIt => "Name it",
            Self::Begin => "Begin",
            Self::Next => "Next",
            Self::Stop => "Stop",
            Self::Done => "Done",
        }
    }
}

/// What a person goes on with in a terminal. It names things by their ids; what they said is in none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flow {
    /// A check-in in more than a word.
    CheckIn {
        /// The delivery that asks.
        delivery: u64,
    },
    /// More words for a check-in that is on record.
    Amend {
        /// That entry's id.
        entry: EntryId,
    },
    /// Writing.
    Write {
        /// The full id of the prompt to write about.
        prompt: String,
    },
    /// A practice.
    Practice {
        /// The full id of its prompt.
        prompt: String,
    },
}

impl Flow {
    /// What `attuned` is started with: what it says is to be read before the terminal closes.
    #[must_use]
    pub fn arguments(&self) -> Vec<String> {
        let (command, id) = match self {
            Self::CheckIn { delivery } => (&["check-in", "--delivery"][..], delivery.to_string()),
            Self::Amend { entry } => (&["check-in", "--entry"][..], entry.to_string()),
            Self::Write { prompt } => (&["write", "--prompt"][..], prompt.clone()),
            Self::Practice { prompt } => (&["practice"][..], prompt.clone()),
        };
        let words = ["--stay"].iter().chain(command);
        let words = words.map(|word| (*word).to_owned());
        words.chain([id]).collect()
    }
}

/// The command as a person types it.
impl fmt::Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // It answers the newest one that is open.
            Self::CheckIn { .. } => f.write_str("attuned check-in"),
            Self::Amend { entry } => write!(f, "attuned check-in --entry {}", entry.short()),
            Self::Write { prompt } => write!(f, "attuned write --prompt {prompt}"),
            Self::Practice { prompt } => write!(f, "attuned practice {prompt}"),
        }
    }
}

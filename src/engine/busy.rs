//! What tells that a person is busy.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Engine;
use crate::config::Busy;

/// Something that can tell whether a person is busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The desktop's do-not-disturb.
    DoNotDisturb,
    /// The screen is locked, or the session is not the one on it.
    Locked,
    /// Nobody is there.
    Away,
    /// A program keeps the screen on, or fills it.
    Presenting,
    /// The camera is in use, or the screen is shared.
    Camera,
    /// The microphone is in use.
    Microphone,
    /// A meeting of the person's calendars.
    Calendar,
    /// A command of the person's own.
    Probe,
}

/// What a source says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Not busy, as far as it can tell.
    Free,
    /// Busy.
    Busy {
        /// Until then, where it knows; it says so itself when that time comes.
        until: Option<Timestamp>,
        /// Who or what, in a word or two, such as a program's name; nothing private.
        what: Option<String>,
    },
    /// It cannot tell, which counts as free.
    Unknown {
        /// Why not, in words for a person.
        why: String,
    },
    /// It tells nothing by itself, and is asked when something is due ([`super::Effect::Ask`]).
    OnRequest,
}

/// What a source said last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sensed {
    /// What.
    pub reading: Reading,
    /// Since when it says so.
    pub since: Timestamp,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 8] = [
        Self::DoNotDisturb,
        Self::Locked,
        Self::Away,
        Self::Presenting,
        Self::Camera,
        Self::Microphone,
        Self::Calendar,
        Self::Probe,
    ];

    /// Whether the settings let it count.
    #[must_use]
    pub fn is_on(self, settings: &Busy) -> bool {
        match self {
            Self::DoNotDisturb => settings.do_not_disturb,
            Self::Locked => settings.locked,
            Self::Away => settings.away,
            Self::Presenting => settings.presenting,
            Self::Camera => settings.camera,
            Self::Microphone => settings.microphone,
            Self::Calendar => !settings.calendar.files.is_empty(),
            Self::Probe => false,
        }
    }
}

impl Engine {
    /// Takes in what a source says.
    pub(super) fn sensed(&mut self, source: Source, reading: Reading, now: Timestamp) {
        let last = self.senses.get(&source);
        if last.is_none_or(|last| last.reading != reading) {
            let since = now;
            self.senses.insert(source, Sensed { reading, since });
        }
    }

    /// What each source said last; nothing of those that have not spoken.
    #[must_use]
    pub fn senses(&self) -> &std::collections::BTreeMap<Source, Sensed> {
        &self.senses
    }
}

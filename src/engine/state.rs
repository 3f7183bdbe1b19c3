//! What the engine remembers across restarts: one document, saved whole whenever it changes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::back_off::BackOff;
use super::overwhelm::Overwhelm;
use super::record::{Card, Outcome, Record, ShowFailure};
use crate::config::{Level, Scope};
use crate::journal::{EntryId, Scale};
use crate::library::{Deck, LastState, Preferences};

/// Everything the engine remembers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Whether a person has been told what attuned is and is not.
    #[serde(default)]
    pub introduced: bool,
    /// Drawn once at installation; all randomness comes from it.
    pub salt: u64,
    /// The next delivery's id.
    pub next_id: u64,
    /// How far each reminder's schedule has been followed, by its name.
    pub cursors: BTreeMap<String, Cursor>,
    /// Pauses a person asked for.
    pub pauses: Vec<Pause>,
    /// Deliveries under way, oldest first.
    pub live: Vec<Delivery>,
    /// What was shown when, and the shuffles.
    pub deck: Deck,
    /// What counts towards the day's cap and the gap.
    pub day: Day,
    /// The last check-in's answer.
    pub last_check_in: Option<Mood>,
    /// When they last put a feeling into words, other than at a prompt's first showing, which the deck knows of.
    #[serde(default)]
    pub named: Option<Timestamp>,
    /// What holds after "Too much", as it was last changed.
    #[serde(default)]
    pub overwhelm: Option<Overwhelm>,
    /// How often random reminders come.
    #[serde(default)]
    pub back_off: BackOff,
    /// Until when the day is light, as it has a lot of meetings.
    #[serde(default)]
    pub light_until: Option<Timestamp>,
    /// What the person chose about the library by command.
    #[serde(default)]
    pub preferences: Preferences,
}

impl State {
    /// The state of a new installation.
    #[must_use]
    pub fn new(salt: u64) -> Self {
        Self {
            introduced: false,
            salt,
            next_id: 1,
            cursors: BTreeMap::new(),
            pauses: Vec::new(),
            live: Vec::new(),
            deck: Deck::default(),
            day: Day::default(),
            last_check_in: None,
            named: None,
            overwhelm: None,
            back_off: BackOff::default(),
            light_until: None,
            preferences: Preferences::default(),
        }
    }

    /// This state without what was shown and answered, and what that led to. What a person chose, what is planned, and how
    /// many prompts the day has had, stay.
    #[must_use]
    pub fn without_answers(self) -> Self {
        Self {
            introduced: self.introduced,
            next_id: self.next_id,
            cursors: self.cursors,
            pauses: self.pauses,
            day: self.day,
            light_until: self.light_until,
            preferences: self.preferences,
            ..Self::new(self.salt)
        }
    }

    /// This state, from a backup, in place of `earlier`: no id that either has given is given again.
    #[must_use]
    pub fn in_place_of(self, earlier: &State) -> Self {
        Self {
            next_id: self.next_id.max(earlier.next_id),
            introduced: self.introduced || earlier.introduced,
            ..self
        }
    }
}

/// How far a schedule has been followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// Occurrences up to here have an outcome.
    pub after: Timestamp,
    /// The same as wall-clock time, so that flying west repeats nothing.
    pub local: DateTime,
    /// The zone of `local`.
    pub zone: String,
    /// A hash of the schedule followed; another schedule starts afresh.
    pub schedule: u64,
}

/// A pause a person asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Who or what asked for it, in a few words.
    pub reason: String,
    /// What it silences.
    pub scope: Scope,
    /// How much.
    pub level: Level,
    /// When it was asked for.
    pub since: Timestamp,
    /// The program whose end is its end, where it waits for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// When it ends; at the latest, where it waits for a program.
    pub until: Timestamp,
}

/// A delivery under way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// What is recorded of it so far.
    pub record: Record,
    /// Where it is now.
    pub phase: Phase,
    /// When the phase began.
    pub since: Timestamp,
    /// On a light day: low urgency, no sound.
    pub quiet: bool,
    /// What it shows of itself.
    #[serde(default)]
    pub stage: Stage,
}

impl Delivery {
    /// What it shows.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        self.record.card.as_ref()
    }
}

/// What a delivery shows of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Its prompt, which waits for an answer.
    #[default]
    Asking,
    /// What may help, after "Hard".
    Offering {
        /// The entry which that answer made.
        entry: EntryId,
    },
    /// A step of its practice; past the last one, that it is over.
    Practising {
        /// Which one, from 0.
        step: usize,
    },
}

/// Where a delivery under way is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Handed over, not yet known to be on screen.
    Sending {
        /// Given up then.
        until: Timestamp,
        /// How often it was tried before.
        tries: u32,
    },
    /// It could not be shown yet.
    Waiting {
        /// How far that has got.
        #[serde(flatten)]
        tried: Tried,
        /// Tried again then; none where only a service that appears can help.
        retry: Option<Timestamp>,
    },
    /// On screen, or in the desktop's list.
    Open {
        /// Expires then.
        until: Timestamp,
    },
    /// Taken to a terminal, where it may be answered.
    InTerminal {
        /// Expires then.
        until: Timestamp,
    },
    /// Put off.
    Snoozed {
        /// Shown again then.
        until: Timestamp,
    },
    /// Due while the person is busy: it waits for a moment that suits.
    Held {
        /// Let go then.
        until: Timestamp,
        /// Where it was to be shown before, and could not be.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tried: Option<Tried>,
    },
}

/// How far it has got with showing a delivery that could not be shown yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// Given up then.
    pub until: Timestamp,
    /// Why it could not be shown.
    pub failure: ShowFailure,
    /// How often it was tried.
    pub tries: u32,
}

impl Tried {
    /// What becomes of a delivery whose time for that is over.
    pub(super) fn outcome(&self, record: &Record) -> Outcome {
        if record.was_shown() {
            Outcome::Expired
        } else {
            Outcome::Failed(self.failure.clone())
        }
    }
}

impl Phase {
    /// When this phase ends by itself.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        match self {
            Self::Sending { until, .. }
            | Self::Waiting {
                tried: Tried { until, .. },
                ..
            }
            | Self::Open { until }
            | Self::InTerminal { until }
            | Self::Snoozed { until }
            | Self::Held { until, .. } => *until,
        }
    }

    pub(super) fn until_mut(&mut self) -> &mut Timestamp {
        match self {
            Self::Sending { until, .. }
            | Self::Waiting {
                tried: Tried { until, .. },
                ..
            }
            | Self::Open { until }
            | Self::InTerminal { until }
            | Self::Snoozed { until }
            | Self::Held { until, .. } => until,
        }
    }
}

/// What counts towards the cap and the gap.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The day, as the active hours see it.
    pub date: Option<Date>,
    /// Prompts that came by themselves on it.
    pub count: u32,
    /// When the last of them came, on whatever day.
    pub last: Option<Timestamp>,
    /// Whether its light-day prompt has come.
    pub light_used: bool,
}

/// How a person was at their last check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mood {
    /// When.
    pub at: Timestamp,
    /// What they said.
    pub state: LastState,
    /// How much energy they had, where they said so.
    #[serde(default)]
    pub energy: Option<Scale>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_shown_is_kept_in_one_table() {
        let kept = r#"{"waiting":{"until":"2026-11-23T10:20:00Z","failure":"no-answer","tries":2,"retry":"2026-11-23T10:03:00Z"}}"#;
        let phase = Phase::Waiting {
            tried: Tried {
                until: "2026-11-23T10:20:00Z".parse().unwrap(),
                failure: ShowFailure::NoAnswer,
                tries: 2,
            },
            retry: Some("2026-11-23T10:03:00Z".parse().unwrap()),
        };
        assert_eq!(serde_json::to_string(&phase).unwrap(), kept);
        assert_eq!(serde_json::from_str::<Phase>(kept).unwrap(), phase);
    }

    #[test]
    fn what_was_kept_before_there_were_preferences_reads_on() {
        let mut kept = serde_json::to_value(State::new(7)).unwrap();
        let preferences = kept.as_object_mut().unwrap().remove("preferences");
        assert!(preferences.is_some());
        assert_eq!(
            serde_json::from_value::<State>(kept).unwrap(),
            State::new(7)
        );
    }
}

//! What became of every occurrence, and why: data, rendered as words only at the edge.

use std::fmt;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::back_off::Rate;
use super::busy::Source;
use crate::library::{ChoiceReasons, Step};
use crate::schedule::words::describe_duration;

/// One occurrence (or several missed in a row) and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The delivery's id; ids rise with time.
    pub id: u64,
    /// What made it due.
    pub trigger: Trigger,
    /// When it was due.
    pub due: Timestamp,
    /// The wall-clock time it was planned for.
    pub local: DateTime,
    /// The zone of `local`, an IANA name or an offset.
    pub zone: String,
    /// How many occurrences this stands for; more than one only where several were missed in a row.
    pub count: u32,
    /// What was shown, once something was chosen.
    pub card: Option<Card>,
    /// Why this prompt was chosen.
    pub choice: Option<ChoiceReasons>,
    /// When a notification server (or a terminal) first showed it.
    pub shown_at: Option<Timestamp>,
    /// When the outcome was known.
    pub ended_at: Option<Timestamp>,
    /// How it ended; none while it is under way.
    pub outcome: Option<Outcome>,
    /// What told that the person was busy while it waited; none where it did not wait for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Source>,
}

/// What made a delivery due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// A reminder's schedule.
    Reminder {
        /// The reminder's name.
        name: String,
        /// Its `when`, as written at that time.
        when: String,
    },
    /// A person asked for one.
    Request {
        /// Of this collection; any where none is named.
        collection: Option<String>,
    },
    /// The last ones went by without an answer: attuned asks how often.
    HowOften,
    /// It follows an answer to another delivery.
    FollowUp {
        /// That delivery's id.
        of: u64,
    },
}

/// A prompt as shown: a copy, so that a later edit of the library changes no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The prompt's full id; none for a reminder's own message.
    pub prompt: Option<String>,
    /// What kind of prompt it is.
    pub kind: crate::library::Kind,
    /// The privacy-neutral title.
    pub title: String,
    /// The text.
    pub text: String,
    /// Whether the text still waits for a click.
    pub private: bool,
    /// A practice's steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// How an occurrence ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A person pressed a button.
    Answered(Answer),
    /// A person closed it.
    Dismissed,
    /// It was shown on the terminal, which waits for no answer.
    Read,
    /// Its time passed without an answer.
    Expired,
    /// It waits to be shown again.
    Snoozed {
        /// Until then.
        until: Timestamp,
    },
    /// It waits for a moment that suits.
    Held {
        /// Let go then.
        until: Timestamp,
    },
    /// It was due and not shown, on purpose.
    LetGo(LetGo),
    /// It was due while the computer slept or attuned was off.
    Missed(MissedWhy),
    /// It could not be shown.
    Failed(ShowFailure),
}

/// What a person answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// A check-in: okay.
    Okay,
    /// A check-in: hard.
    Hard,
    /// A check-in: too much.
    TooMuch,
    /// In more than a word.
    InWords,
    /// A check-in: rather not say.
    RatherNot,
    /// A practice was begun.
    Begun,
    /// It was taken to a terminal.
    Opened,
    /// Pause for the rest of the day.
    PauseToday,
    /// How often: half as often.
    Fewer,
    /// How often: not at all for a week.
    PauseWeek,
    /// How often: as it is.
    Keep,
}

/// Why something due was not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetGo {
    /// A pause was in force.
    Paused {
        /// The pause's reason.
        reason: String,
    },
    /// A light day had had its one prompt.
    LightDay,
    /// It was outside the active hours.
    OutsideHours,
    /// The day had had its number of prompts.
    Cap {
        /// That number.
        cap: u32,
    },
    /// The prompt before was too recent.
    Gap {
        /// The smallest gap.
        gap: SignedDuration,
    },
    /// No prompt fitted.
    NothingFits,
    /// A feeling was named less than an hour before.
    AfterNaming,
    /// Two others took its place on the screen.
    MadeRoom,
    /// A person hid the prompt.
    Hidden,
    /// It made way when a person said "Too much".
    TooMuch,
    /// No check-in comes in the day after that.
    NoCheckIn,
    /// The day after that had its one prompt.
    RestDay,
    /// Nothing as gentle as the days after that ask for.
    NothingGentle,
    /// Random reminders come less often, as the last ones went without an answer, or as the person said.
    Thinned(Rate),
    /// In its place attuned asked how often.
    AskedInstead,
    /// The person was busy for as long as it could wait.
    Busy {
        /// What told so, when it began to wait.
        source: Source,
    },
    /// Several waited for a moment that suited, and another one came.
    OneForSeveral,
    /// Its reminder left the settings while it waited.
    NoReminder,
}

/// Why something missed was not shown later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissedWhy {
    /// A later one of the same reminder took its place.
    Older,
    /// It was longer ago than the reminder's grace.
    TooLongAgo {
        /// That grace.
        grace: SignedDuration,
    },
    /// The reminder says `missed = "skip"`.
    Skip,
    /// One prompt stood for all that were missed together.
    Together,
}

/// Why nothing could be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShowFailure {
    /// There was no notification service.
    NoService,
    /// The service did not answer.
    NoAnswer,
    /// The service refused.
    Refused(String),
}

impl Outcome {
    /// Its name, for counting: the same for ever.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Answered(_) => "answered",
            Self::Dismissed => "dismissed",
            Self::Read => "read",
            Self::Expired => "expired",
            Self::Snoozed { .. } => "snoozed",
            Self::Held { .. } => "held",
            Self::LetGo(_) => "let-go",
            Self::Missed(_) => "missed",
            Self::Failed(_) => "failed",
        }
    }
}

impl Record {
    /// Whether something came on screen.
    #[must_use]
    pub fn was_shown(&self) -> bool {
        self.shown_at.is_some()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered(answer) => write!(f, "answered: {answer}"),
            Self::Dismissed => f.write_str("dismissed"),
            Self::Read => f.write_str("shown on the terminal"),
            Self::Expired => f.write_str("went by without an answer, and that is fine"),
            Self::Snoozed { .. } => f.write_str("put off for later"),
            Self::Held { .. } => f.write_str("waits for a moment that suits"),
            Self::LetGo(why) => write!(f, "let go: {why}"),
            Self::Missed(why) => write!(f, "missed while asleep or off: {why}"),
            Self::Failed(why) => write!(f, "could not be shown: {why}"),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Okay => "okay",
            Self::Hard => "hard",
            Self::TooMuch => "too much",
            Self::InWords => "in words of your own",
            Self::RatherNot => "rather not",
            Self::Begun => "begun",
            Self::Opened => "taken to a terminal",
            Self::PauseToday => "pause today",
            Self::Fewer => "fewer",
            Self::PauseWeek => "pause a week",
            Self::Keep => "keep as it is",
        })
    }
}

impl fmt::Display for LetGo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paused { reason } => write!(f, "paused ({reason})"),
            Self::LightDay => f.write_str("this light day had its one prompt"),
            Self::OutsideHours => f.write_str("outside the active hours"),
            Self::Cap { cap: 1 } => write!(f, "the day had its one prompt"),
            Self::Cap { cap } => write!(f, "the day had its {cap} prompts"),
            Self::Gap { gap } => write!(
                f,
                "less than {} after the one before",
                describe_duration(*gap)
            ),
            Self::NothingFits => f.write_str("no prompt fitted"),
            Self::AfterNaming => {
                f.write_str("naming a feeling comes first, and this at least an hour later")
            }
            Self::MadeRoom => f.write_str("it made room for another one"),
            Self::Hidden => f.write_str("you hid this prompt"),
            Self::TooMuch => f.write_str("it made way after \"Too much\""),
            Self::NoCheckIn => f.write_str(
                "no check-in comes in the day after \"Too much\" (attuned steady ends that)",
            ),
            Self::RestDay => f.write_str(
                "the day after \"Too much\" had its one prompt (attuned steady ends that)",
            ),
            Self::NothingGentle => f.write_str(
                "no prompt was gentle enough for the days after \"Too much\" (attuned steady ends that)",
            ),
            Self::Thinned(Rate::Half) => f.write_str(
                "every other one, as the last few went without an answer (any answer brings them back)",
            ),
            Self::Thinned(Rate::Weekly) => f.write_str(
                "one a week, as the last ones went without an answer (any answer brings them back)",
            ),
            Self::Thinned(Rate::Fewer) => f.write_str(
                "every other one, as you asked for fewer (attuned steady brings them back)",
            ),
            Self::AskedInstead => f.write_str("attuned asked how often, in its place"),
            Self::Busy { source } => write!(f, "you were busy ({source})"),
            Self::OneForSeveral => {
                f.write_str("several waited until you were free, and another one came")
            }
            Self::NoReminder => f.write_str("its reminder is off, or gone from your settings"),
        }
    }
}

impl fmt::Display for MissedWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Older => f.write_str("a later one took its place"),
            Self::TooLongAgo { grace } => {
                write!(f, "more than {} ago", describe_duration(*grace))
            }
            Self::Skip => f.write_str("this reminder skips what was missed"),
            Self::Together => f.write_str("one prompt stood for all that were missed"),
        }
    }
}

impl fmt::Display for ShowFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoService => f.write_str("there was no notification service"),
            Self::NoAnswer => f.write_str("the notification service did not answer"),
            Self::Refused(why) => write!(f, "the notification service refused: {why}"),
        }
    }
}

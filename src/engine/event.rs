//! What the engine is told, and what it answers with.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::action::{Action, Flow};
use super::back_off::Rate;
use super::busy::{Reading, Source};
use super::overwhelm::Overwhelm;
use super::record::{Card, Record, ShowFailure};
use super::state::{Pause, State};
use crate::config::{Config, Level, PauseUntil, Scope};
use crate::journal::{Entry, EntryId};
use crate::library::{By, Change, Collection, HeldBack, Library, Standing};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The time may have come for something. A spurious one does nothing.
    Wake,
    /// The settings or the library changed.
    Reloaded {
        /// The new settings.
        config: Arc<Config>,
        /// The new library.
        library: Arc<Library>,
    },
    /// The system's time zone changed.
    ZoneChanged(TimeZone),
    /// A notification service is there.
    ServiceReady,
    /// There is none (any more), or attuned has just started: nothing is on screen.
    ServiceGone,
    /// A delivery came on screen.
    Shown(u64),
    /// A delivery could not be shown.
    Failed(u64, ShowFailure),
    /// A person pressed a button of a delivery.
    Pressed(u64, Action),
    /// A person clicked on a delivery's notification itself.
    Clicked(u64),
    /// A person wrote an answer in a delivery's notification.
    Replied(u64, String),
    /// A person closed a delivery's notification.
    Dismissed(u64),
    /// A source says whether the person is busy.
    Sensed(Source, Reading),
    /// The calendars have so many meetings that the day is light until then; none where it is not.
    LightDay(Option<Timestamp>),
    /// A program that pauses wait for has ended.
    ProgramEnded(String),
    /// A person asked for something; the effects hold exactly one reply.
    Command(Command),
}

/// What a person can ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// One prompt at once; under do-not-disturb, as the reply, or once that is off.
    Now {
        /// Which.
        wanted: Wanted,
        /// Whether nobody reads the reply.
        unread: bool,
    },
    /// A practice, to be read in the terminal at once.
    Practice(Wanted),
    /// Quiet for a while.
    Pause {
        /// How long.
        until: PauseUntil,
        /// What.
        scope: Scope,
        /// How much.
        level: Level,
    },
    /// An end to the pauses a person asked for: all, or those of one scope.
    Resume(Scope),
    /// Puts the newest open prompt off; for the configured time unless given.
    Snooze(Option<SignedDuration>),
    /// A check-in by command, or words to a prompt.
    Answer {
        /// What they said.
        entry: Box<Entry>,
        /// The delivery that asked; the newest check-in that is open where none is named.
        delivery: Option<u64>,
    },
    /// Something steady at once, and little for a while.
    Overwhelmed {
        /// As a notification; else whoever asks shows it.
        notify: bool,
        /// Whether nobody reads the reply.
        unread: bool,
        /// The check-in that says so, where it is to be kept.
        entry: Option<Box<Entry>>,
    },
    /// The usual pace again.
    Steady {
        /// By a step only.
        by_a_step: bool,
    },
    /// Something else to come, or not to come, from the library.
    Library {
        /// What.
        change: Change,
        /// Which prompts or collections, as people name them.
        names: Vec<String>,
        /// Whether the person has read what to know before it ([`Reply::ReadFirst`]).
        notices_read: bool,
    },
}

/// Which prompt a person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Whichever fits.
    Any,
    /// One of this collection.
    Collection(String),
    /// This one, by its full id.
    Prompt(String),
}

/// What to do, in order: records first, then what people see, then the reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Keep this record, in place of an earlier one with its id.
    Record(Box<Record>),
    /// Keep this in the journal.
    Write(Box<Entry>),
    /// Keep this state.
    Save(Box<State>),
    /// Show a notification, in place of one for the same delivery.
    Show(Notice),
    /// Take a delivery's notification away.
    Close(u64),
    /// Ask a source that tells nothing by itself; [`Event::Sensed`] follows.
    Ask(Source),
    /// Go on in a terminal.
    Open(Flow),
    /// Answer the command.
    Reply(Reply),
}

/// What one event changes: kept as a whole, or not at all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// Each in place of an earlier one with its id.
    pub records: Vec<Record>,
    /// For the journal.
    pub entries: Vec<Entry>,
    /// In place of the one before; none where that goes on.
    pub state: Option<State>,
}

impl Batch {
    /// What has to be kept, and what is left to do then.
    #[must_use]
    pub fn of(effects: Vec<Effect>) -> (Self, Vec<Effect>) {
        let mut batch = Self::default();
        let mut acts = Vec::new();
        for effect in effects {
            match effect {
                Effect::Record(record) => batch.records.push(*record),
                Effect::Write(entry) => batch.entries.push(*entry),
                Effect::Save(state) => batch.state = Some(*state),
                act => acts.push(act),
            }
        }
        (batch, acts)
    }

    /// A state alone.
    #[must_use]
    pub fn state(state: State) -> Self {
        Self {
            state: Some(state),
            ..Self::default()
        }
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.entries.is_empty() && self.state.is_none()
    }
}

/// A notification to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The delivery's id.
    pub delivery: u64,
    /// The title, fit for a stranger's eyes.
    pub title: String,
    /// The text.
    pub body: String,
    /// The buttons, the most important first.
    pub actions: Vec<Action>,
    /// What a click on the notification itself does, where it does something.
    pub click: Option<Action>,
    /// Whether it can be answered in writing.
    pub takes_words: bool,
    /// How to answer where there are no buttons.
    pub without_buttons: Option<String>,
    /// Low urgency and no sound, whatever the settings say.
    pub quiet: bool,
    /// How long an answer counts.
    pub expires_in: SignedDuration,
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// A prompt was sent.
    Sent(Card),
    /// A prompt comes once do-not-disturb is off.
    Held,
    /// This is to be read in the terminal, and is on record as read.
    Read(Card),
    /// A pause begins.
    Paused {
        /// The pause that holds now.
        pause: Pause,
        /// It was there before, and lasts longer than the one asked for.
        earlier: bool,
        /// When the next prompt is expected after it; none where that depends on a program's end.
        next: Option<Timestamp>,
    },
    /// Pauses ended.
    Resumed {
        /// Those that ended.
        ended: Vec<Pause>,
        /// What is still in force.
        remaining: Vec<PauseInForce>,
    },
    /// A prompt was put off.
    Snoozed {
        /// Its title.
        title: String,
        /// Until then.
        until: Timestamp,
    },
    /// A check-in, or words to a prompt, are in the journal.
    Kept {
        /// Its id in the journal.
        entry: EntryId,
        /// What may help now, to be shown in the terminal.
        then: Option<Card>,
    },
    /// Something steady, and what holds now.
    Overwhelmed {
        /// To be shown in the terminal, unless it came as a notification.
        practice: Option<Card>,
        /// Until then at most one gentle prompt comes by itself.
        until: Timestamp,
    },
    /// What held until now, and what still does.
    Steady {
        /// After "Too much".
        before: Option<Overwhelm>,
        /// What of that holds on.
        now: Option<Overwhelm>,
        /// How much less often random reminders came.
        rate: Option<Rate>,
        /// How much less often they still do.
        still: Option<Rate>,
    },
    /// The library was changed so, for each name.
    Changed(Vec<Changed>),
    /// To be read before it can be done; nothing changed.
    ReadFirst(Vec<OptIn>),
    /// It cannot be done; nothing changed.
    Refused {
        /// The fact.
        message: String,
        /// The next step.
        hint: Option<String>,
    },
}

/// What became of a prompt or collection that a person changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Its full id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether anything is different now.
    pub is_new: bool,
    /// Whether the settings say the same.
    pub by_settings: bool,
    /// Whether it was on screen, and went.
    pub was_open: bool,
    /// Who hides the prompt, if anybody.
    pub hidden: Option<By>,
    /// The id of the collection it is, or belongs to.
    pub collection: String,
    /// How that collection stands.
    pub standing: Option<Standing>,
    /// What of that collection the ceiling keeps back.
    pub held_back: Option<HeldBack>,
    /// The reminders that name that collection, and bring it on or off.
    pub reminders: Vec<String>,
}

/// A collection that is off by default, and what to know before switching it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptIn {
    /// The collection's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What to know.
    pub notice: String,
}

impl OptIn {
    /// None where there is nothing to know.
    pub(super) fn new(collection: &Collection) -> Option<Self> {
        let notice = collection.opt_in_notice.as_ref()?;
        Some(Self {
            id: collection.id.clone(),
            title: collection.title.to_string(),
            notice: notice.to_string(),
        })
    }
}

/// A pause that holds now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseInForce {
    /// Who asked for it.
    pub source: PauseSource,
    /// Why, in a few words.
    pub reason: String,
    /// What it silences.
    pub scope: Scope,
    /// How much.
    pub level: Level,
    /// The program whose end is its end, where it waits for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// When it ends; at the latest, where it waits for a program.
    pub until: Timestamp,
}

/// Where a pause comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PauseSource {
    /// A person asked for it.
    Manual,
    /// A `[[pause]]` in the settings.
    Planned,
    /// A day with a lot of meetings.
    Calendar,
}

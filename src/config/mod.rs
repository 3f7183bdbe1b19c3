//! A person's settings, checked: from TOML text to a [`Config`] that can only hold what makes sense.
//!
//! Defaults live in `config/default.toml` alone, which is embedded and read like any other layer. Layers are laid over
//! one another key by key, the person's on top; a list of reminders or pauses replaces the one below it whole.
//! [`load`] needs nothing but the texts and the library their names are looked up in.

mod advice;
mod age;
mod calendar;
mod country;
mod hours;
mod json;
pub mod keys;
mod layers;
mod moment;
mod names;
mod pause;
mod pause_times;
mod pause_words;
mod read;
mod schema;
mod shell_words;
mod show;
mod starter;
mod until;
mod wall_clock;
mod zone;

#[cfg(test)]
mod tests;

pub use advice::advice;
pub use age::Age;
pub use calendar::{CalendarPath, CalendarSettings};
pub use country::Country;
pub use hours::{ActiveHours, Overlap, clash};
pub use json::to_json;
pub use layers::{MAX_BYTES, defaults, load, read_layers};
pub use moment::{Day, Moment};
pub use pause::PlannedPause;
pub use pause_times::PauseTimes;
pub use read::hour_keys;
pub use schema::schema;
pub use shell_words::for_a_shell;
pub use show::{InForce, ValueInForce, in_force, show};
pub use starter::{starter, starter_without_reminders};
pub use until::PauseUntil;
pub use zone::parse_zone;

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::library::{Kind, Rules, Selection};
use crate::schedule::Schedule;
use crate::source::Place;
use names::Mentions;

/// The embedded defaults: the only place where they live, and the reference for people.
pub const DEFAULTS: &str = include_str!("../../config/default.toml");

/// Everything a person can set, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// When attuned may speak.
    pub hours: ActiveHours,
    /// Whether a layer above the defaults set any hours; only then do they bind times a person wrote.
    pub hours_are_own: bool,
    /// How much and how long.
    pub pace: Pace,
    /// The rules that plan prompts, in the file's order; names are unique.
    pub reminders: Vec<Reminder>,
    /// Those switched off by `enabled = false`.
    pub reminders_off: Vec<Reminder>,
    /// Pauses planned ahead.
    pub pauses: Vec<PlannedPause>,
    /// How notifications behave.
    pub notification: NotificationSettings,
    /// What tells that the person is busy.
    pub busy: Busy,
    /// Where the probe's command stands, for findings about it.
    pub probe_place: Option<Place>,
    /// Which prompts may come.
    pub library: Rules,
    /// What becomes of what a person records.
    pub journal: JournalSettings,
    /// Whom to turn to.
    pub support: Support,
    /// What only the library can confirm.
    mentions: Mentions,
}

/// How much, how often, how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// Most prompts a day, 0 to 24.
    pub cap: Limit<u32>,
    /// The least time between two prompts, 1 minute to 12 hours.
    pub gap: Limit<SignedDuration>,
    /// How long an unanswered prompt stays open, 1 minute to 24 hours.
    pub expiry: SignedDuration,
    /// How long "Later" waits, 1 minute to 12 hours.
    pub snooze: SignedDuration,
}

/// A bound, and whether a person set it; a default binds random reminders only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit<T> {
    /// The bound.
    pub value: T,
    /// Whether a layer above the defaults set it.
    pub own: bool,
}

/// One rule for prompts: when, and which.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// Unique among reminders; 1 to 64 characters, none of them a control character.
    pub name: String,
    /// When it is due.
    pub schedule: Schedule,
    /// The `when` as the person wrote it, for messages.
    pub written: String,
    /// Where its `when` stands, for findings about it.
    pub place: Place,
    /// What it shows.
    pub content: Content,
    /// At most this much later, fixed per occurrence; zero to 12 hours.
    pub jitter: SignedDuration,
    /// Its own zone; otherwise the system's, following travel.
    pub zone: Option<TimeZone>,
    /// What becomes of times that passed while asleep or off.
    pub missed: Missed,
    /// How late a missed one may still be shown, 1 minute to 7 days.
    pub grace: SignedDuration,
}

/// What a reminder shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The person's own words, always the same.
    Message {
        /// The words, 1 to 500 characters.
        text: String,
        /// [`Kind::Affirmation`] unless the person asks a question or makes it a check-in.
        kind: Kind,
    },
    /// A prompt chosen from the library.
    Choice(Selection),
}

/// What becomes of an occurrence that passed while asleep or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// The latest is shown, within the grace.
    Once,
    /// None is shown.
    Skip,
}

/// How notifications behave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationSettings {
    /// Whether the desktop may play its sound.
    pub sound: bool,
    /// Whether every prompt waits for a click before it shows its text.
    pub private: bool,
    /// The words that open a terminal, to which a command's own are added; otherwise one that is found.
    pub terminal: Option<Vec<String>>,
}

/// What tells that a person is busy, and how long a prompt waits for a better moment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches, as the settings list them"
)]
pub struct Busy {
    /// How long a prompt waits before it is let go, 1 minute to 12 hours.
    pub wait: SignedDuration,
    /// Whether the desktop's do-not-disturb counts.
    pub do_not_disturb: bool,
    /// Whether a locked screen or an inactive session counts.
    pub locked: bool,
    /// Whether it counts that nobody is there.
    pub away: bool,
    /// How long without input until nobody is there, 1 minute to 12 hours.
    pub away_after: SignedDuration,
    /// Whether a program that keeps the screen on, or fills it, counts.
    pub presenting: bool,
    /// Programs of which that does not count, by name.
    pub ignore: Vec<String>,
    /// Whether a camera in use counts.
    pub camera: bool,
    /// Whether a microphone in use counts.
    pub microphone: bool,
    /// The calendars whose meetings count.
    pub calendar: CalendarSettings,
    /// The person's own command that tells.
    pub probe: Probe,
}

/// A command of the person's own that tells whether they are busy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Probe {
    /// The program and its arguments; without it nothing is asked.
    pub command: Option<Vec<String>>,
    /// How long it may take, 1 to 30 seconds.
    pub timeout: SignedDuration,
    /// How often it is asked, 1 minute to 12 hours; otherwise when something is due.
    pub every: Option<SignedDuration>,
}

/// What becomes of what a person records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JournalSettings {
    /// How long it is kept; for ever where nothing is said.
    pub keep: Option<Age>,
    /// Whether it is written in the person's editor.
    pub editor: bool,
}

/// Whom to turn to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Support {
    /// The country that the settings name.
    pub country: Option<Country>,
    /// The country whose help lines are shown: that one, else the locale's, as far as it was asked for.
    pub here: Option<Country>,
    /// Who comes first, in the person's own words.
    pub lines: Vec<SupportLine>,
}

/// A number or a person to call.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SupportLine {
    /// Who.
    pub name: String,
    /// The number or address.
    pub number: String,
    /// When they can be reached.
    pub hours: Option<String>,
}

/// Which part of attuned a pause silences.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Everything that comes by itself.
    All,
    /// Only these reminders (by name) and prompts with these tags (or of these collections).
    Only(Vec<String>),
}

impl Scope {
    /// The same scope, whatever order its names were given in.
    #[must_use]
    pub fn sorted(self) -> Scope {
        match self {
            Scope::All => Scope::All,
            Scope::Only(mut names) => {
                names.sort();
                names.dedup();
                Scope::Only(names)
            }
        }
    }
}

/// How much a pause silences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// No prompts.
    Full,
    /// At most one prompt a day, at low urgency and without a sound.
    Light,
}

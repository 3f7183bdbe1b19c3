//! Shows notifications and tells what became of them.
//!
//! [`Notifier`] is a handle: [`show`](Notifier::show) and [`close`](Notifier::close) return at once, and everything
//! that happens comes back as a [`Report`], in the order in which it happened. On Linux it speaks the Desktop
//! Notifications Specification on a D-Bus connection of its own; elsewhere notify-rust delivers.

use std::borrow::Cow;
use std::time::Duration;

#[cfg(not(target_os = "linux"))]
mod desktop;
#[cfg(target_os = "linux")]
mod freedesktop;
mod text;

#[cfg(not(target_os = "linux"))]
pub use desktop::Notifier;
#[cfg(target_os = "linux")]
pub use freedesktop::Notifier;
pub use text::markup;

/// Which delivery a notification shows: the delivery's id.
pub type Key = u64;

/// The action a click on the notification itself invokes, by the specification.
pub const DEFAULT_ACTION: &str = "default";

/// What to show. All text is plain: the notifier escapes it where the server parses markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The delivery; a later notice with the same key replaces this one in place.
    pub key: Key,
    /// The title: one line.
    pub summary: String,
    /// The text below the title; line breaks are kept.
    pub body: String,
    /// The most important first: at most three are shown, beside [`DEFAULT_ACTION`] where that is no button.
    pub buttons: Vec<Button>,
    /// Whether a person may answer in writing, where the server has a field for it.
    pub takes_words: bool,
    /// A line below the body where the server shows no buttons.
    pub without_buttons: Option<String>,
    /// How much the notification may stand out.
    pub urgency: Urgency,
    /// How long the delivery stays open. Closing it then is the caller's task: this only bounds how long it stays on
    /// screen where the server keeps no list of past notifications.
    pub expires_in: Duration,
    /// Ask the server to play no sound.
    pub silent: bool,
}

/// How many buttons are shown. LXQt puts more into a drop-down list, and more are hard to choose from.
const MOST_BUTTONS: usize = 3;

/// What becomes of [`DEFAULT_ACTION`], beside the click on the notification itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Click {
    /// Nothing.
    Unseen,
    /// It is one of the buttons, too.
    Button,
    /// It is a line of a menu that has room for it, too.
    MenuLine,
}

impl Notice {
    /// The body, and the line below it where there are no buttons.
    fn body_with(&self, buttons: bool) -> Cow<'_, str> {
        match &self.without_buttons {
            Some(line) if !buttons => format!("{}\n{line}", self.body).into(),
            Some(_) | None => Cow::Borrowed(&self.body),
        }
    }

    /// The buttons to send. [`DEFAULT_ACTION`] counts as one where it is one, too; and where its label is to be seen, the
    /// button with the same would be there twice.
    fn sent_buttons(&self, shown_as: Click) -> impl Iterator<Item = &Button> {
        let is_click = |button: &&Button| button.action == DEFAULT_ACTION;
        let click = self.buttons.iter().find(is_click);
        let free = click.filter(|_| shown_as != Click::Button);
        let doubled = click.filter(|_| shown_as != Click::Unseen);
        let shown = self.buttons.iter().filter(move |button| {
            let is_free = free.is_some_and(|click| click.action == button.action);
            let is_doubled = doubled
                .is_some_and(|click| click.action != button.action && click.label == button.label);
            !is_free && !is_doubled
        });
        free.into_iter().chain(shown.take(MOST_BUTTONS))
    }
}

/// One thing a person can answer with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What [`Report::Pressed`] carries back.
    pub action: &'static str,
    /// The words on the button.
    pub label: String,
}

/// How much a notification may stand out. There is no critical one: attuned never alarms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// May wait for a quiet moment. Shown as normal where the server would show no banner for it.
    Low,
    /// As other programs' notifications.
    Normal,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// A notification server is there, and said what it can do.
    Ready {
        /// The server's name, as it calls itself.
        server: String,
        /// The server's version.
        version: String,
        /// What the server can do.
        abilities: Abilities,
    },
    /// No notification server is there (any more); nothing is on screen.
    Gone,
    /// The session bus cannot be reached, and nothing is on screen. Reported once; when the bus is back, `Ready` or
    /// `Gone` follows.
    BusLost {
        /// Why, in words for a person.
        reason: String,
    },
    /// The newest notice with this key is on screen.
    Shown {
        /// The delivery.
        key: Key,
    },
    /// The newest notice with this key could not be shown, and nothing of it is on screen.
    Failed {
        /// The delivery.
        key: Key,
        /// Why.
        failure: Failure,
    },
    /// A person answered. Reported once for each notice shown. The notification may still be on screen, for
    /// [`Notifier::show`] to replace or [`Notifier::close`] to take away: call one of them.
    Pressed {
        /// The delivery.
        key: Key,
        /// A [`Button::action`]; [`DEFAULT_ACTION`] for a click on the body.
        action: String,
    },
    /// A person answered in writing: as [`Report::Pressed`].
    Replied {
        /// The delivery.
        key: Key,
        /// What they wrote.
        words: String,
    },
    /// The notification went without an answer and without [`Notifier::close`].
    Closed {
        /// The delivery.
        key: Key,
        /// What the server said about it.
        cause: Close,
    },
}

/// Why a notice could not be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nobody owns the name, and the bus could not start anybody; or the server went before it answered.
    #[error("no notification service is running")]
    NoService,
    /// The server did not answer in time.
    #[error("the notification service did not answer")]
    Timeout,
    /// The server answered with an error.
    #[error("the notification service refused: {0}")]
    Refused(String),
    /// The session bus cannot be reached.
    #[error("{0}")]
    NoBus(String),
}

/// The server's reason for a closed notification. It says little about the person's wish: servers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// Its time on screen was over (1).
    Expired,
    /// A person closed it (2).
    Dismissed,
    /// A program asked for it (3); some servers say so after a press.
    ByUs,
    /// Undefined (4) or unknown to the specification.
    Unknown,
}

/// What the server can do: its capabilities, in the specification's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, as the server lists them"
)]
pub struct Abilities {
    /// `actions`: shows buttons.
    pub actions: bool,
    /// `body`: shows the body.
    pub body: bool,
    /// `body-markup`: parses markup in the body.
    pub body_markup: bool,
    /// `persistence`: keeps notifications in a list after their time on screen.
    pub persistence: bool,
    /// `inline-reply`: lets a person write an answer (KDE).
    pub inline_reply: bool,
}

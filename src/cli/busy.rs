//! What tells that a person is busy, in words.

use jiff::Timestamp;

use crate::engine::{Held, Reading, Source};

/// Why what was asked for is told in the terminal: what is sent then may be dropped, or come hours later.
pub const READ_HERE: &str = "Do-not-disturb is on, so it is here, and not on your desktop.";

/// Its name, as the settings have it.
#[must_use]
pub fn name(source: Source) -> &'static str {
    match source {
        Source::DoNotDisturb => "do-not-disturb",
        Source::Locked => "locked",
        Source::Away => "away",
        Source::Presenting => "presenting",
        Source::Camera => "camera",
        Source::Microphone => "microphone",
        Source::Calendar => "calendar",
        Source::Probe => "probe",
    }
}

/// What it sees where it says "busy": "the microphone is in use (Zoom)", "in a meeting until 15:00"; times as `say` says them.
#[must_use]
pub fn in_words(
    source: Source,
    what: Option<&str>,
    until: Option<Timestamp>,
    say: impl Fn(Timestamp) -> String,
) -> String {
    let sees = match source {
        Source::DoNotDisturb => "do-not-disturb is on",
        Source::Locked => "the screen is locked",
        Source::Away => "nobody is there",
        Source::Presenting => "a program keeps the screen on, or fills it",
        Source::Camera => "the camera is in use, or the screen shared",
        Source::Microphone => "the microphone is in use",
        Source::Calendar => "in a meeting",
        Source::Probe => "your own command says so",
    };
    format!("{sees}{}", details(what, until, say))
}

/// " (Zoom)", " until 15:00", or nothing.
fn details(
    what: Option<&str>,
    until: Option<Timestamp>,
    say: impl Fn(Timestamp) -> String,
) -> String {
    let what = what.map_or_else(String::new, |what| format!(" ({what})"));
    let until = until.map_or_else(String::new, |until| format!(" until {}", say(until)));
    format!("{what}{until}")
}

/// What waits: "one prompt, until 15:00 at most".
#[must_use]
pub fn held_in_words(held: Held, say: impl Fn(Timestamp) -> String) -> String {
    let until = say(held.until);
    match held.prompts {
        1 => format!("one prompt, for a moment that suits; until {until} at most"),
        many => format!(
            "{many} prompts, for a moment that suits; one of them comes, until {until} at most"
        ),
    }
}

/// What a source says, in a few words: "free", "busy (Zoom)", "busy until 15:00", "asked when something is due"; times as
/// `say` says them.
#[must_use]
pub fn reading_in_words(reading: &Reading, say: impl Fn(Timestamp) -> String) -> String {
    match reading {
        Reading::Looking => "just begun to look".to_owned(),
        Reading::Free => "free".to_owned(),
        Reading::Busy { what, until } => format!("busy{}", details(what.as_deref(), *until, say)),
        Reading::Unknown { why } => why.clone(),
        Reading::OnRequest => "asked when something is due".to_owned(),
    }
}

//! The keys of a `[[reminder]]`.

use jiff::SignedDuration;

use super::Key;
use super::shape::{
    Length, Line, Names, Phrase, Switch, Tables, Text, When, Whole, Word, Words, Zone,
};
use crate::config::Missed;
use crate::config::names::Means;
use crate::library::Kind;
use crate::schedule::MOST_A_DAY;

/// `[[reminder]]`.
pub const REMINDER: Key<Tables> = Key::new(
    "reminder",
    Tables(keys),
    "A reminder: when a prompt comes, and what kind. Your own reminders replace the built-in ones.",
);

/// Its name.
pub const NAME: Key<Line> = Key::required(
    "name",
    Line(64),
    "What this reminder is called. Each has a name of its own.",
);

/// Its schedule.
pub const WHEN: Key<When> = Key::required(
    "when",
    When,
    "When it comes, such as \"weekdays at 10:30\", \"every 90 minutes between 09:00 and 17:30\" or \"30 21 * * 1-5\".",
);

/// What kind of prompt it shows.
pub const KIND: Key<Words<Kind>> = Key::new(
    "kind",
    Words(Kind::WORDS),
    "What kind of prompt it shows, or several kinds. Without it, anything but a check-in.",
);

/// Where it chooses from.
pub const COLLECTIONS: Key<Names> = Key::new(
    "collections",
    Names(Means::Collection),
    "It chooses only from these collections.",
);

/// What its prompts are tagged with.
pub const TAGS: Key<Names> = Key::new(
    "tags",
    Names(Means::Tag),
    "It chooses only prompts with one of these tags.",
);

/// A person's own words.
pub const MESSAGE: Key<Text> = Key::new(
    "message",
    Text(500),
    "Your own words instead of a prompt. With kind = \"check-in\" it asks your question with the three answers.",
);

/// How much later it may come.
pub const JITTER: Key<Length> = Key::new(
    "jitter",
    Length(SignedDuration::ZERO..=SignedDuration::from_hours(12)),
    "Up to this much later, so that it feels less exact.",
);

/// Its zone.
pub const TIMEZONE: Key<Zone> = Key::new(
    "timezone",
    Zone,
    "The time zone of its times. Without it, wherever your computer is.",
);

/// What becomes of missed times.
pub const MISSED: Key<Word<Missed>> = Key::new(
    "missed",
    Word(&[("once", Missed::Once), ("skip", Missed::Skip)]),
    "What passed while the computer slept is shown once, if it is not older than `grace`, or skipped. Without it: \"once\".",
);

/// How old a missed time may be.
pub const GRACE: Key<Length> = Key::new(
    "grace",
    Length(SignedDuration::from_mins(1)..=SignedDuration::from_hours(7 * 24)),
    "How old a missed prompt may be and still be shown. Without it: \"1 hour\".",
);

/// Whether it is on.
pub const ENABLED: Key<Switch> = Key::new(
    "enabled",
    Switch,
    "false switches the reminder off. Without it: true.",
);

/// Times of day.
pub const AT: Key<Phrase> = Key::new("at", Phrase::Any, "Times of day, such as \"9:00\".");

/// An interval.
pub const EVERY: Key<Phrase> = Key::new("every", Phrase::One, "An interval, such as \"90 min\".");

/// How many a day.
pub const TIMES: Key<Whole> = Key::new(
    "times",
    Whole(1..=MOST_A_DAY as i64),
    "How many a day, at random within `between`.",
);

/// The range of its times.
pub const BETWEEN: Key<Phrase> = Key::new(
    "between",
    Phrase::Two,
    "The first and the last time of day, such as [\"09:00\", \"17:30\"].",
);

/// The distance of random times.
pub const APART: Key<Phrase> = Key::new(
    "apart",
    Phrase::One,
    "The least time from one random time to the next, such as \"90 min\".",
);

/// Its days.
pub const ON: Key<Phrase> = Key::new(
    "on",
    Phrase::Any,
    "Days of the week, or dates, such as \"weekdays\".",
);

fn keys() -> Vec<Key> {
    vec![
        NAME.any(),
        WHEN.any(),
        KIND.any(),
        COLLECTIONS.any(),
        TAGS.any(),
        MESSAGE.any(),
        JITTER.any(),
        TIMEZONE.any(),
        MISSED.any(),
        GRACE.any(),
        ENABLED.any(),
    ]
}

/// The keys of a schedule written as a table.
#[must_use]
pub fn when_table() -> Vec<Key> {
    vec![
        AT.any(),
        EVERY.any(),
        TIMES.any(),
        BETWEEN.any(),
        APART.any(),
        ON.any(),
    ]
}

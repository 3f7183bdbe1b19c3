//! What may stand under a key: a type each for the reader, and [`Shape`] for whoever takes them all alike.

use std::ops::RangeInclusive;

use jiff::SignedDuration;

use super::Key;
use crate::config::Age;
use crate::config::names::Means;
use crate::schedule::words::{Days, describe_duration};

/// The weights a collection can have.
pub const WEIGHTS: [f64; 4] = [0.0, 0.5, 1.0, 2.0];

/// One line of text with at most this many characters.
#[derive(Debug, Clone, Copy)]
pub struct Line(pub usize);

/// Lines of text with at most this many characters each, or one.
#[derive(Debug, Clone, Copy)]
pub struct Lines(pub usize);

/// Text with at most this many characters, line breaks among them.
#[derive(Debug, Clone, Copy)]
pub struct Text(pub usize);

/// A whole number within bounds.
#[derive(Debug, Clone)]
pub struct Whole(pub RangeInclusive<i64>);

/// A length of time within bounds.
#[derive(Debug, Clone)]
pub struct Length(pub RangeInclusive<SignedDuration>);

/// How long something is kept; see [`Age`].
#[derive(Debug, Clone, Copy)]
pub struct Ago;

/// True or false.
#[derive(Debug, Clone, Copy)]
pub struct Switch;

/// One of these words, each with what it means.
#[derive(Debug, Clone, Copy)]
pub struct Word<T: 'static>(pub &'static [(&'static str, T)]);

/// Some of these words, or one.
#[derive(Debug, Clone, Copy)]
pub struct Words<T: 'static>(pub &'static [(&'static str, T)]);

/// Names of this kind of thing, or one.
#[derive(Debug, Clone, Copy)]
pub struct Names(pub Means);

/// Ranges of times on these days, or one; none is a silent day.
#[derive(Debug, Clone, Copy)]
pub struct Ranges(pub Days);

/// When a planned pause holds: a text, or a list of them.
#[derive(Debug, Clone, Copy)]
pub struct PauseWhen;

/// A schedule: a text, a table, or a list of either.
#[derive(Debug, Clone, Copy)]
pub struct When;

/// A part of a schedule's table, in this many texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// One text.
    One,
    /// One text, or a list of them.
    Any,
    /// A list of two.
    Two,
}

/// A time zone of the IANA database.
#[derive(Debug, Clone, Copy)]
pub struct Zone;

/// A language tag.
#[derive(Debug, Clone, Copy)]
pub struct Language;

/// A country's code.
#[derive(Debug, Clone, Copy)]
pub struct InCountry;

/// Files or folders by their whole paths, or one; `~` is the home folder.
#[derive(Debug, Clone, Copy)]
pub struct Paths;

/// Mail addresses, or one.
#[derive(Debug, Clone, Copy)]
pub struct Addresses;

/// A table with the keys that this gives.
#[derive(Debug, Clone, Copy)]
pub struct Table(pub fn() -> Vec<Key>);

/// A list of tables with the keys that this gives.
#[derive(Debug, Clone, Copy)]
pub struct Tables(pub fn() -> Vec<Key>);

/// A table whose keys are names of collections, and its values weights.
#[derive(Debug, Clone, Copy)]
pub struct Weights;

/// What may stand under a key, whatever it is.
#[derive(Debug, Clone)]
pub enum Shape {
    /// See [`Line`].
    Line(usize),
    /// See [`Lines`].
    Lines(usize),
    /// See [`Text`].
    Text(usize),
    /// See [`Whole`].
    Whole(RangeInclusive<i64>),
    /// See [`Length`].
    Length(RangeInclusive<SignedDuration>),
    /// See [`Ago`].
    Ago,
    /// See [`Switch`].
    Switch,
    /// See [`Word`].
    Word(Vec<&'static str>),
    /// See [`Words`].
    Words(Vec<&'static str>),
    /// See [`Names`].
    Names(Means),
    /// See [`Ranges`].
    Ranges,
    /// See [`PauseWhen`].
    PauseWhen,
    /// See [`When`]; with the keys of its table.
    When(Vec<Key>),
    /// See [`Phrase`].
    Phrase(Phrase),
    /// See [`Zone`].
    Zone,
    /// See [`Language`].
    Language,
    /// See [`InCountry`].
    Country,
    /// See [`Paths`].
    Paths,
    /// See [`Addresses`].
    Addresses,
    /// See [`Table`].
    Table(Vec<Key>),
    /// See [`Tables`].
    Tables(Vec<Key>),
    /// See [`Weights`].
    Weights,
    /// One of [`WEIGHTS`], under a name in a table of them.
    Weight,
}

impl Shape {
    /// The keys of the table it is; none where it is no table, or a list of tables.
    #[must_use]
    pub fn keys(&self) -> Option<&[Key]> {
        match self {
            Self::Table(keys) => Some(keys),
            _ => None,
        }
    }

    /// What a value has to be, in a few words, where that can be told.
    #[must_use]
    pub fn bounds(&self) -> Option<String> {
        match self {
            Self::Line(most) | Self::Lines(most) | Self::Text(most) => {
                Some(format!("at most {most} characters"))
            }
            Self::Whole(range) => Some(format!("{} to {}", range.start(), range.end())),
            Self::Length(range) => {
                let [least, most] = [range.start(), range.end()].map(|end| describe_duration(*end));
                Some(format!("{least} to {most}"))
            }
            Self::Ago => Some(Age::BOUNDS.join(" to ")),
            Self::Switch => Some("true or false".to_owned()),
            Self::Word(words) | Self::Words(words) => Some(words.join(", ")),
            Self::Weight | Self::Weights => Some(WEIGHTS.map(|one| one.to_string()).join(", ")),
            _ => None,
        }
    }
}

/// A shape that carries nothing but itself.
macro_rules! into_shape {
    ($( $from:pat => $From:ty => $to:expr; )+) => { $(
        impl From<$From> for Shape {
            fn from($from: $From) -> Self {
                $to
            }
        }
    )+ };
}

into_shape! {
    Line(most) => Line => Self::Line(most);
    Lines(most) => Lines => Self::Lines(most);
    Text(most) => Text => Self::Text(most);
    Whole(range) => Whole => Self::Whole(range);
    Length(range) => Length => Self::Length(range);
    Ago => Ago => Self::Ago;
    Switch => Switch => Self::Switch;
    Names(means) => Names => Self::Names(means);
    Ranges(_) => Ranges => Self::Ranges;
    PauseWhen => PauseWhen => Self::PauseWhen;
    When => When => Self::When(super::reminder::when_table());
    phrase => Phrase => Self::Phrase(phrase);
    Zone => Zone => Self::Zone;
    Language => Language => Self::Language;
    InCountry => InCountry => Self::Country;
    Paths => Paths => Self::Paths;
    Addresses => Addresses => Self::Addresses;
    Table(keys) => Table => Self::Table(keys());
    Tables(keys) => Tables => Self::Tables(keys());
    Weights => Weights => Self::Weights;
}

impl<T> From<Word<T>> for Shape {
    fn from(Word(words): Word<T>) -> Self {
        Self::Word(words.iter().map(|(word, _)| *word).collect())
    }
}

impl<T> From<Words<T>> for Shape {
    fn from(Words(words): Words<T>) -> Self {
        Self::Words(words.iter().map(|(word, _)| *word).collect())
    }
}

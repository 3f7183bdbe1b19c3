//! The bars, by their numbers in `affirmations/README.md`.

use std::fmt;

/// A bar that a text, a collection or the whole library has to meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// 1: at least so many prompts.
    Count,
    /// 1: what part of the library is of a kind, an intensity or a component.
    Share,
    /// 2: characters of a text, and how many wordings there are.
    Length,
    /// 2: few and short sentences.
    Sentences,
    /// 3: a text's Flesch–Kincaid grade.
    Grade,
    /// 3: a collection's mean grade.
    MeanGrade,
    /// 3: words of four syllables and more.
    LongWords,
    /// 4: orders.
    Controlling,
    /// 4: words that leave no room.
    Absolute,
    /// 4: cheer that brushes a feeling aside.
    ToxicPositivity,
    /// 4: praise of oneself that may be hard to believe.
    SelfAssertion,
    /// 4: a promise of safety.
    FalseSafety,
    /// 4: a program that poses as a person.
    FakePerson,
    /// 4: medical words.
    Clinical,
    /// 4: reproach for what was not done.
    Guilt,
    /// 4: shouting, addresses, figures, questions for reasons.
    Form,
    /// 4: what is assumed about the person.
    Identity,
    /// 5: the same text twice.
    Same,
    /// 5: two texts that are nearly the same.
    Alike,
    /// 5: too many texts that open alike.
    SameOpening,
    /// 5: too many texts that end alike.
    SameEnding,
    /// 6: what a collection rests on.
    Evidence,
    /// 6: what a collection does not claim.
    ClaimsNot,
    /// 7: how a practice or a deep prompt is left again.
    WayOut,
}

impl Rule {
    /// Every rule, in the bars' order.
    pub const ALL: [Self; 24] = [
        Self::Count,
        Self::Share,
        Self::Length,
        Self::Sentences,
        Self::Grade,
        Self::MeanGrade,
        Self::LongWords,
        Self::Controlling,
        Self::Absolute,
        Self::ToxicPositivity,
        Self::SelfAssertion,
        Self::FalseSafety,
        Self::FakePerson,
        Self::Clinical,
        Self::Guilt,
        Self::Form,
        Self::Identity,
        Self::Same,
        Self::Alike,
        Self::SameOpening,
        Self::SameEnding,
        Self::Evidence,
        Self::ClaimsNot,
        Self::WayOut,
    ];

    /// The bar it belongs to, 1 to 7.
    #[must_use]
    pub fn bar(self) -> u8 {
        match self {
            Self::Count | Self::Share => 1,
            Self::Length | Self::Sentences => 2,
            Self::Grade | Self::MeanGrade | Self::LongWords => 3,
            Self::Controlling
            | Self::Absolute
            | Self::ToxicPositivity
            | Self::SelfAssertion
            | Self::FalseSafety
            | Self::FakePerson
            | Self::Clinical
            | Self::Guilt
            | Self::Form
            | Self::Identity => 4,
            Self::Same | Self::Alike | Self::SameOpening | Self::SameEnding => 5,
            Self::Evidence | Self::ClaimsNot => 6,
            Self::WayOut => 7,
        }
    }

    /// Its word in messages and in the list of exemptions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Share => "share",
            Self::Length => "length",
            Self::Sentences => "sentences",
            Self::Grade => "grade",
            Self::MeanGrade => "mean-grade",
            Self::LongWords => "long-words",
            Self::Controlling => "controlling",
            Self::Absolute => "absolute",
            Self::ToxicPositivity => "toxic-positivity",
            Self::SelfAssertion => "self-assertion",
            Self::FalseSafety => "false-safety",
            Self::FakePerson => "fake-person",
            Self::Clinical => "clinical",
            Self::Guilt => "guilt",
            Self::Form => "form",
            Self::Identity => "identity",
            Self::Same => "same",
            Self::Alike => "alike",
            Self::SameOpening => "same-opening",
            Self::SameEnding => "same-ending",
            Self::Evidence => "evidence",
            Self::ClaimsNot => "claims-not",
            Self::WayOut => "way-out",
        }
    }

    /// Why, in a few kind words.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::Count => "a small deck comes round too soon",
            Self::Share => {
                "the library keeps a balance: mostly gentle, many questions and practices"
            }
            Self::Length => "some desktops cut off the rest",
            Self::Sentences => "three sentences of up to sixteen words can be taken in at a glance",
            Self::Grade | Self::MeanGrade => "plain words are easier to take in on a hard day",
            Self::LongWords => "one long word is enough; a shorter one may do",
            Self::Controlling => {
                "it may sound like an order; \"could\", \"may\" or \"if you like\" leave the choice"
            }
            Self::Absolute => {
                "it leaves no room for the day on which it is not so; \"often\" or \"some\" do"
            }
            Self::ToxicPositivity => "it may sound as if the feeling were wrong",
            Self::SelfAssertion => {
                "praise of oneself can sting when it is hard to believe (Wood, Perunovic & Lee 2009)"
            }
            Self::FalseSafety => "nobody can know that from here",
            Self::FakePerson => "a program is no person, and does not pose as one",
            Self::Clinical => "it is a reminder to practise, and promises no cure",
            Self::Guilt => "nothing here is owed",
            Self::Form => {
                "a quiet line needs no shouting, address or figure, and asks for no reasons"
            }
            Self::Identity => "it takes something about the person for granted",
            Self::Same => "one of them is enough",
            Self::Alike => "two that say nearly the same wear each other out",
            Self::SameOpening | Self::SameEnding => "variety keeps a line worth reading",
            Self::Evidence => "two sources, or strength = \"none\" with the reason",
            Self::ClaimsNot => "say what it does not claim",
            Self::WayOut => "it should be plain how to stop, or what follows something deep",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bar {}, {}", self.bar(), self.name())
    }
}

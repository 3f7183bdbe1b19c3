//! A prompt and the words its fields are made of.

use std::borrow::Cow;
use std::fmt;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::Origin;

/// Enums whose values are words in collection files, in JSON and on the screen.
macro_rules! worded {
    ($(
        $(#[$about:meta])*
        pub enum $Name:ident { $( $(#[$detail:meta])* $Value:ident = $word:literal, )+ }
    )+) => { $(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $Name { $( $(#[$detail])* #[serde(rename = $word)] $Value, )+ }

        impl $Name {
            /// All values, in order.
            pub const ALL: &'static [$Name] = &[$($Name::$Value),+];
            /// The words of all values.
            pub const NAMES: &'static [&'static str] = &[$($word),+];
            /// All values with their words.
            pub const WORDS: &'static [(&'static str, $Name)] = &[$(($word, $Name::$Value)),+];

            /// The word for it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($Name::$Value => $word,)+ }
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    )+ };
}
pub(super) use worded;

worded! {
    /// What a prompt is.
    pub enum Kind {
        /// A kind, believable line.
        Affirmation = "affirmation",
        /// Something to ask oneself.
        Question = "question",
        /// A micro-practice of at most 90 seconds.
        Practice = "practice",
        /// "How are you?", with answers.
        CheckIn = "check-in",
    }

    /// The component of self-compassion a prompt draws on (Neff 2003).
    pub enum Component {
        /// Kindness to oneself in place of self-criticism.
        SelfKindness = "self-kindness",
        /// Struggle as something shared.
        CommonHumanity = "common-humanity",
        /// Noticing what is there, without being carried off by it.
        Mindfulness = "mindfulness",
    }

    /// How much a prompt may stir up.
    pub enum Intensity {
        /// Fine on any day.
        Gentle = "gentle",
        /// Asks for a little.
        Medium = "medium",
        /// Touches what hurts; at most one in 7 days.
        Deep = "deep",
    }

    /// The part of the day by local time.
    pub enum PartOfDay {
        /// 04:00 to 11:59.
        Morning = "morning",
        /// 12:00 to 17:59.
        Day = "day",
        /// 18:00 to 03:59.
        Evening = "evening",
    }

    /// What the last check-in said, if it is at most 6 hours old.
    pub enum LastState {
        /// No answer, or none that recent.
        Unknown = "unknown",
        /// "Okay".
        Okay = "okay",
        /// "Hard".
        Hard = "hard",
        /// "Too much".
        TooMuch = "too-much",
    }

    /// How much energy the last check-in told of, where it was more or less than middling.
    pub enum Energy {
        /// Little.
        Low = "low",
        /// A lot.
        High = "high",
    }

    /// What a prompt asks of the body or the surroundings.
    pub enum Need {
        /// Touching oneself or a thing.
        Touch = "touch",
        /// Attention to the breath.
        Breath = "breath",
        /// Closed eyes.
        EyesClosed = "eyes-closed",
        /// Somebody else.
        AnotherPerson = "another-person",
        /// Something to write with.
        Writing = "writing",
    }
}

impl PartOfDay {
    /// The part of the day at a local time.
    #[must_use]
    pub fn of(time: civil::Time) -> PartOfDay {
        match time.hour() {
            4..12 => PartOfDay::Morning,
            12..18 => PartOfDay::Day,
            _ => PartOfDay::Evening,
        }
    }
}

impl Need {
    /// What can be avoided: the words of `avoid` in the settings.
    pub const AVOIDABLE: &'static [(&'static str, Need)] = &[
        ("breath", Need::Breath),
        ("touch", Need::Touch),
        ("eyes-closed", Need::EyesClosed),
    ];

    /// Whether a prompt with this need has to offer another way, as not everyone can or likes to.
    #[must_use]
    pub fn wants_alt(self) -> bool {
        matches!(self, Need::Touch | Need::Breath | Need::EyesClosed)
    }
}

/// One step of a practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What to do, at most 90 characters in shipped collections.
    pub text: Cow<'static, str>,
    /// For how long, 1 to 90 seconds.
    pub seconds: u32,
}

/// One thing attuned may say.
///
/// Texts of shipped prompts are borrowed from the binary; those of personal ones are owned. All are free of control and
/// bidirectional formatting characters, and never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// The full id, `collection/slug`: stable for ever.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Privacy-neutral, at most 32 characters in shipped collections.
    pub title: Cow<'static, str>,
    /// The prompt itself, at most 140 characters in shipped collections.
    pub text: Cow<'static, str>,
    /// The same in other words.
    pub variants: Vec<Cow<'static, str>>,
    /// The component of self-compassion it draws on, if one.
    pub component: Option<Component>,
    /// Themes.
    pub tags: Vec<Cow<'static, str>>,
    /// How much it may stir up.
    pub intensity: Intensity,
    /// When in the day it fits; any time where empty.
    pub times: Vec<PartOfDay>,
    /// The states it suits; where empty, all but "too much".
    pub fits: Vec<LastState>,
    /// Whether the text shows only after a click.
    pub private: bool,
    /// What it asks for.
    pub needs: Vec<Need>,
    /// Another way, for whoever cannot or would rather not.
    pub alt: Option<Cow<'static, str>>,
    /// A practice's steps, 90 seconds together at most.
    pub steps: Vec<Step>,
    /// The full id of a prompt that may follow.
    pub follow_up: Option<String>,
    /// Indexes into the collection's evidence.
    pub evidence: Vec<usize>,
    /// Who wrote it.
    pub origin: Origin,
}

impl Prompt {
    /// The id of its collection.
    #[must_use]
    pub fn collection(&self) -> &str {
        self.id
            .split_once('/')
            .map_or("", |(collection, _)| collection)
    }

    /// Its id inside the collection.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.id.split_once('/').map_or(&self.id, |(_, slug)| slug)
    }

    /// The text (0) or a variant (from 1); the text where there is no such variant.
    #[must_use]
    pub fn wording(&self, wording: usize) -> &str {
        let variant = wording
            .checked_sub(1)
            .and_then(|index| self.variants.get(index));
        variant.unwrap_or(&self.text)
    }

    /// The other way to do it, where it asks for something that is to be avoided.
    #[must_use]
    pub fn other_way(&self, avoid: &[Need]) -> Option<&str> {
        let asks = self.needs.iter().any(|need| avoid.contains(need));
        self.alt.as_deref().filter(|_| asks)
    }

    /// The steps that go with a wording of it as it was shown: the other way has none.
    #[must_use]
    pub fn steps_of(&self, shown: &str) -> &[Step] {
        if self.alt.as_deref() == Some(shown) {
            &[]
        } else {
            &self.steps
        }
    }

    /// Whether it suits a person in `state`.
    #[must_use]
    pub fn suits(&self, state: LastState) -> bool {
        if self.fits.is_empty() {
            state != LastState::TooMuch
        } else {
            self.fits.contains(&state)
        }
    }

    /// Whether it fits this part of the day.
    #[must_use]
    pub fn comes_at(&self, part: PartOfDay) -> bool {
        self.times.is_empty() || self.times.contains(&part)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Library;
    use super::*;

    #[test]
    fn what_asks_for_something_to_be_avoided_has_another_way_without_steps() {
        let library = Library::shipped();
        let prompt = library.prompt("kind-words/before-the-email").unwrap();
        assert_eq!(prompt.needs, [Need::Breath]);
        assert_eq!(prompt.other_way(&[]), None);
        assert_eq!(prompt.other_way(&[Need::Touch]), None);
        let other = prompt.other_way(&[Need::Touch, Need::Breath]).unwrap();
        assert!(!other.contains("breath"), "{other}");
        assert!(prompt.steps_of(other).is_empty());
        assert_eq!(prompt.steps_of(&prompt.text).len(), 3);
    }

    #[test]
    fn what_can_be_avoided_is_what_needs_another_way() {
        let wanting = Need::ALL.iter().filter(|need| need.wants_alt());
        assert_eq!(wanting.count(), Need::AVOIDABLE.len());
        for (word, need) in Need::AVOIDABLE {
            assert!(need.wants_alt() && need.name() == *word);
        }
    }
}

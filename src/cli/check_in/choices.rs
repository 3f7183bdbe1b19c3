//! What a check-in offers to choose from, and how it is said on the command line.

use crate::journal::{CheckIn, Outcome, Quick, feelings};
use crate::source::did_you_mean;

/// Where in the body.
pub const BODY: [&str; 14] = [
    "head",
    "eyes",
    "jaw",
    "throat",
    "neck",
    "shoulders",
    "chest",
    "back",
    "belly",
    "arms",
    "hands",
    "legs",
    "all over",
    "nowhere",
];

/// What it is about.
pub const ABOUT: [&str; 16] = [
    "work",
    "study",
    "home",
    "family",
    "someone close",
    "friends",
    "being alone",
    "health",
    "sleep",
    "money",
    "the news",
    "something said",
    "what was",
    "what is coming",
    "myself",
    "no reason",
];

/// What is needed.
pub const NEED: [&str; 16] = [
    "rest",
    "quiet",
    "space",
    "a break",
    "comfort",
    "company",
    "to be heard",
    "help",
    "food or water",
    "movement",
    "fresh air",
    "a plan",
    "a small step",
    "more time",
    "some fun",
    "nothing just now",
];

/// How somebody is, in a word; each with the key that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// One of the three.
    Quick(Quick),
    /// Rather not.
    RatherNot,
}

impl Said {
    /// All there are, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Quick(Quick::Okay),
        Self::Quick(Quick::Hard),
        Self::Quick(Quick::TooMuch),
        Self::RatherNot,
    ];

    /// As it is offered; its first letter is its key.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Quick(Quick::Okay) => "Okay",
            Self::Quick(Quick::Hard) => "Hard",
            Self::Quick(Quick::TooMuch) => "Too much",
            Self::RatherNot => "Rather not say",
        }
    }

    /// As it is written on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick(Quick::Okay) => "okay",
            Self::Quick(Quick::Hard) => "hard",
            Self::Quick(Quick::TooMuch) => "too-much",
            Self::RatherNot => "rather-not",
        }
    }

    /// The one that a number from 1, a word or the beginning of one means.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let text = plain(text);
        let mut all = (1..).zip(Self::ALL);
        let means = |(number, one): &(i32, Self)| {
            !text.is_empty()
                && (text == number.to_string() || plain(one.label()).starts_with(&text))
        };
        all.find(means).map(|(_, one)| one)
    }

    /// A check-in that says so, and nothing else.
    #[must_use]
    pub fn check_in(self) -> CheckIn {
        match self {
            Self::Quick(quick) => CheckIn::quick(quick),
            Self::RatherNot => CheckIn {
                outcome: Outcome::RatherNot,
                ..CheckIn::default()
            },
        }
    }
}

/// Words of the list for feelings.
#[must_use]
pub fn words() -> Vec<&'static str> {
    feelings::feelings().map(|one| one.word).collect()
}

/// One of the words, however a shell has it: "wound up", "wound-up".
///
/// # Errors
/// That it is none of them: words of one's own are for the questions, not for a command line that others may see.
pub fn one_of(words: &[&'static str], typed: &str) -> Result<String, String> {
    let wanted = plain(typed);
    match words.iter().find(|word| plain(word) == wanted) {
        Some(word) => Ok((*word).to_owned()),
        None => match did_you_mean(&wanted, words.iter().copied()) {
            Some(near) => Err(format!("did you mean \"{near}\"?")),
            None => Err(
                "it is not in the list; words of your own are asked for by attuned check-in, or go into the note"
                    .to_owned(),
            ),
        },
    }
}

/// For comparing: small letters, spaces for hyphens.
#[must_use]
pub fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace('-', " ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn an_answer_is_known_by_its_number_its_word_or_its_letter() {
        for (typed, said) in [
            ("1", Some(Said::Quick(Quick::Okay))),
            ("o", Some(Said::Quick(Quick::Okay))),
            ("HARD ", Some(Said::Quick(Quick::Hard))),
            ("too-much", Some(Said::Quick(Quick::TooMuch))),
            ("4", Some(Said::RatherNot)),
            ("rather not", Some(Said::RatherNot)),
            ("5", None),
            ("", None),
            ("okayish", None),
        ] {
            assert_eq!(Said::of(typed), said, "{typed}");
        }
        let letters: BTreeSet<char> = Said::ALL
            .iter()
            .filter_map(|one| one.label().chars().next())
            .collect();
        assert_eq!(letters.len(), Said::ALL.len());
        for one in Said::ALL {
            assert_eq!(Said::of(one.name()), Some(one));
        }
    }

    #[test]
    fn no_list_has_anything_twice() {
        for list in [&BODY[..], &ABOUT, &NEED] {
            assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), list.len());
        }
    }

    #[test]
    fn a_word_is_found_however_a_shell_has_it() {
        let words = words();
        for typed in ["wound up", "wound-up", "Wound Up"] {
            assert_eq!(one_of(&words, typed).as_deref(), Ok("wound up"));
        }
        assert_eq!(
            one_of(&words, "tens"),
            Err("did you mean \"tense\"?".into())
        );
        assert!(
            one_of(&words, "my boss again")
                .unwrap_err()
                .contains("not in the list")
        );
    }
}

//! Why a prompt was chosen: data, and plain words for it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::prompt::worded;
use super::{Energy, LastState};

worded! {
    /// A rule set aside because nothing was left that kept it. In the order in which they are: the first goes first.
    pub enum Relaxed {
        /// No kind three times running, check-ins aside.
        KindRun = "kind-run",
        /// Nothing from a collection that came within 2 days.
        CollectionRest = "collection-rest",
        /// A prompt comes in its part of the day.
        TimeOfDay = "time-of-day",
    }
}

/// Why a prompt was chosen. Displays as a few plain words, without a full stop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum ChoiceReasons {
    /// It was asked for by its id.
    AskedFor,
    /// It follows up on another prompt.
    FollowsUp {
        /// The full id of that one.
        on: String,
    },
    /// It was drawn from those that could come.
    Drawn {
        /// How many could come, itself included.
        eligible: usize,
        /// The rules it breaks, as nothing was left that keeps them.
        relaxed: Vec<Relaxed>,
        /// What the last check-in said.
        state: LastState,
        /// How much energy it told of.
        #[serde(default)]
        energy: Option<Energy>,
        /// How often its collection comes in that state, against 1.
        fit: f64,
        /// The weight the person gave its collection, against 1.
        weight: f64,
        /// Its place in this round of its deck, from 1.
        position: usize,
        /// How many the deck has.
        of: usize,
        /// Whether it is a favourite, which comes twice a round.
        favourite: bool,
    },
}

impl fmt::Display for ChoiceReasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChoiceReasons::AskedFor => f.write_str("asked for by name"),
            ChoiceReasons::FollowsUp { on } => write!(f, "it follows up on {on}"),
            ChoiceReasons::Drawn {
                eligible,
                relaxed,
                state,
                energy,
                fit,
                weight,
                position,
                of,
                favourite,
            } => {
                match eligible {
                    1 => f.write_str("the only one that fits")?,
                    more => write!(f, "one of {more} that fit")?,
                }
                write_about_state(*state, *energy, *fit, f)?;
                if (weight - 1.0).abs() > f64::EPSILON {
                    write!(f, "; its collection has the weight {weight} from you")?;
                }
                write!(f, "; {} of {of} in this round", Ordinal(*position))?;
                if *favourite {
                    f.write_str("; a favourite of yours")?;
                }
                relaxed
                    .iter()
                    .try_for_each(|rule| f.write_str(about_rule(*rule)))
            }
        }
    }
}

fn write_about_state(
    state: LastState,
    energy: Option<Energy>,
    fit: f64,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let often = match state {
        LastState::TooMuch => return f.write_str("; steady ground only, after \"Too much\""),
        LastState::Okay | LastState::Hard if fit > 1.0 => "more",
        LastState::Okay | LastState::Hard if fit < 1.0 => "less",
        LastState::Unknown | LastState::Okay | LastState::Hard => return Ok(()),
    };
    let answer = match (state, energy) {
        (LastState::Hard, Some(Energy::High)) => "\"Hard\" with a lot of energy",
        (LastState::Hard, Some(Energy::Low)) => "\"Hard\" with little energy",
        (LastState::Hard, None) => "\"Hard\"",
        _ => "\"Okay\"",
    };
    write!(f, "; its collection comes {often} often after {answer}")
}

fn about_rule(rule: Relaxed) -> &'static str {
    match rule {
        Relaxed::KindRun => "; the third of its kind running, as nothing else was left",
        Relaxed::CollectionRest => {
            "; from the same collection as in the last two days, as nothing else was left"
        }
        Relaxed::TimeOfDay => "; outside its time of day, as nothing else was left",
    }
}

/// A place, in English: 1st, 2nd, 3rd, 4th, 11th.
struct Ordinal(usize);

impl fmt::Display for Ordinal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = match (self.0 % 10, self.0 % 100) {
            (1..=3, 11..=13) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        write!(f, "{}{ending}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(relaxed: Vec<Relaxed>, state: LastState, fit: f64, position: usize) -> ChoiceReasons {
        ChoiceReasons::Drawn {
            eligible: 42,
            relaxed,
            state,
            energy: None,
            fit,
            weight: 1.0,
            position,
            of: 26,
            favourite: false,
        }
    }

    #[test]
    fn reasons_read_as_plain_words() {
        let plain = drawn(vec![], LastState::Unknown, 1.0, 12);
        assert_eq!(
            plain.to_string(),
            "one of 42 that fit; 12th of 26 in this round"
        );
        let mut hard = drawn(vec![Relaxed::KindRun], LastState::Hard, 2.0, 1);
        assert_eq!(
            hard.to_string(),
            "one of 42 that fit; its collection comes more often after \"Hard\"; 1st of 26 in this round; \
             the third of its kind running, as nothing else was left"
        );
        let ChoiceReasons::Drawn { energy, .. } = &mut hard else {
            panic!("it was drawn");
        };
        *energy = Some(Energy::Low);
        assert!(
            hard.to_string().contains(
                "; its collection comes more often after \"Hard\" with little energy; 1st"
            ),
            "{hard}"
        );
        let full = ChoiceReasons::Drawn {
            eligible: 1,
            relaxed: vec![],
            state: LastState::Okay,
            energy: None,
            fit: 1.0,
            weight: 0.5,
            position: 3,
            of: 3,
            favourite: true,
        };
        assert_eq!(
            full.to_string(),
            "the only one that fits; its collection has the weight 0.5 from you; 3rd of 3 in this round; \
             a favourite of yours"
        );
        assert_eq!(ChoiceReasons::AskedFor.to_string(), "asked for by name");
        let on = "old-beliefs/whose-words".to_owned();
        assert_eq!(
            ChoiceReasons::FollowsUp { on }.to_string(),
            "it follows up on old-beliefs/whose-words"
        );
    }

    #[test]
    fn ordinals() {
        let said: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111, 112]
            .map(|n| Ordinal(n).to_string())
            .into();
        let expected = "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 103rd 111th 112th";
        assert_eq!(said.join(" "), expected);
    }

    #[test]
    fn reasons_survive_json() {
        let reasons = drawn(
            vec![Relaxed::TimeOfDay, Relaxed::CollectionRest],
            LastState::Hard,
            0.25,
            7,
        );
        let json = serde_json::to_string(&reasons).unwrap();
        assert!(
            json.contains(r#""how":"drawn""#)
                && json.contains(r#"["time-of-day","collection-rest"]"#)
        );
        assert_eq!(
            serde_json::from_str::<ChoiceReasons>(&json).unwrap(),
            reasons
        );
    }
}

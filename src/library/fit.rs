//! How often a collection comes after an answer.

use super::naming::NAMING;
use super::table::STEADY_GROUND;
use super::{Energy, LastState};

/// Wins, words for feelings, openings, values.
const AFTER_OKAY: [&str; 4] = ["small-wins", NAMING, "small-openings", "what-matters"];
/// What brings a lot of energy down to the ground.
const SETTLES: [&str; 3] = [STEADY_GROUND, "noticing", "body-first"];
/// What is kind, and asks for nothing.
const COMFORTS: [&str; 3] = ["kind-words", "common-ground", "support-web"];
const THOUGHT_WORK: [&str; 4] = ["thought-check", "old-maps", "old-beliefs", "other-side"];
/// What asks something of the person.
const DEMANDS: [&str; 4] = ["reach-respond", "say-it", "small-openings", "other-side"];

type Lists = &'static [&'static [&'static str]];

/// The collections that are favoured after an answer, and those that are avoided.
fn table(state: LastState, energy: Option<Energy>) -> (Lists, Lists) {
    match (state, energy) {
        (LastState::Okay, _) => (&[&AFTER_OKAY], &[]),
        (LastState::Hard, Some(Energy::High)) => (&[&SETTLES], &[&THOUGHT_WORK]),
        (LastState::Hard, Some(Energy::Low)) => (&[&COMFORTS], &[&DEMANDS]),
        (LastState::Hard, None) => (&[&SETTLES, &COMFORTS], &[&THOUGHT_WORK, &DEMANDS]),
        (LastState::Unknown | LastState::TooMuch, _) => (&[], &[]),
    }
}

/// The collections, by id, that fit best after an answer.
pub fn favoured(state: LastState, energy: Option<Energy>) -> impl Iterator<Item = &'static str> {
    table(state, energy).0.iter().copied().flatten().copied()
}

/// How often the collection comes, against 1. "This is hard" lines are kept from "Okay" by their `fits`.
pub(super) fn fit(state: LastState, energy: Option<Energy>, collection: &str) -> f64 {
    let (favoured, avoided) = table(state, energy);
    let is_in = |lists: Lists| lists.iter().any(|list| list.contains(&collection));
    if is_in(favoured) {
        2.0
    } else if is_in(avoided) {
        0.25
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What of these comes more often, and what less.
    fn told(state: LastState, energy: Option<Energy>) -> (Vec<&'static str>, Vec<&'static str>) {
        let library = crate::library::Library::shipped();
        let ids = library.collections().iter().map(|one| one.id.as_str());
        let (mut more, mut less) = (Vec::new(), Vec::new());
        for id in ids {
            let fit = fit(state, energy, id);
            let id: &'static str = id.to_owned().leak();
            if fit > 1.0 {
                more.push(id);
            } else if fit < 1.0 {
                less.push(id);
            }
        }
        more.sort_unstable();
        less.sort_unstable();
        (more, less)
    }

    #[test]
    fn a_lot_of_energy_is_settled_and_little_is_comforted() {
        assert_eq!(
            told(LastState::Hard, Some(Energy::High)),
            (
                vec!["body-first", "noticing", "steady-ground"],
                vec!["old-beliefs", "old-maps", "other-side", "thought-check"]
            )
        );
        assert_eq!(
            told(LastState::Hard, Some(Energy::Low)),
            (
                vec!["common-ground", "kind-words", "support-web"],
                vec!["other-side", "reach-respond", "say-it", "small-openings"]
            )
        );
        let (more, less) = told(LastState::Hard, None);
        assert_eq!(
            (more.len(), less.len()),
            (6, 7),
            "both, where nothing is known of it"
        );
    }

    #[test]
    fn energy_says_nothing_but_after_hard() {
        for state in [LastState::Unknown, LastState::Okay, LastState::TooMuch] {
            for energy in [Energy::Low, Energy::High] {
                assert_eq!(told(state, Some(energy)), told(state, None), "{state}");
            }
        }
        assert_eq!(
            told(LastState::Okay, None).0,
            ["name-it", "small-openings", "small-wins", "what-matters"]
        );
    }
}

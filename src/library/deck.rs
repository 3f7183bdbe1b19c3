//! What the choice of prompts remembers, across restarts.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::showings::{Showings, Shown, within};
use super::{Choice, Intensity, Kind, Library, Prompt};
use crate::schedule::random::stable_hash;

/// One round of a pile: the time in which each card comes once, in turns.
const ROUND: u64 = 1 << 32;

/// How far back any rule looks, but for a prompt's rest.
const RECENT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What was shown, and where each shuffle stands.
///
/// A collection's check-ins are one pile of cards, its other prompts another. Each card has its *turn*, a place on an
/// endless line of rounds: a fresh random place in each round, in each half round for a favourite. The card with the
/// earliest turn is next. So every round is a shuffle without replacement, a favourite comes twice in it, and a card that
/// could not come for a while keeps its place in front.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deck {
    /// How many prompts were shown in all.
    count: u64,
    /// The latest turn of each pile.
    turns: BTreeMap<String, u64>,
    /// Each prompt's last showing, by full id.
    last: Showings,
    /// The last week's showings, and never less than the last two that were no check-ins; oldest first.
    recent: Vec<Recent>,
}

/// What the rules about the last days need to know of a showing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Recent {
    pub(super) collection: String,
    pub(super) kind: Kind,
    pub(super) intensity: Intensity,
    pub(super) at: Timestamp,
}

impl Deck {
    /// Remembers that the chosen prompt was shown.
    pub fn shown(&mut self, library: &Library, choice: &Choice, at: Timestamp) {
        let Some(prompt) = library.prompt(&choice.prompt_id) else {
            return;
        };
        let latest = self.turns.entry(pile(prompt)).or_default();
        *latest = choice.turn.unwrap_or(0).max(*latest);
        let shown = Shown {
            at,
            nth: self.count,
            turn: *latest,
        };
        self.last.insert(&prompt.id, shown);
        self.count += 1;
        self.recent.push(Recent {
            collection: prompt.collection().to_owned(),
            kind: prompt.kind,
            intensity: prompt.intensity,
            at,
        });
        self.forget(at);
    }

    /// Drops what no rule looks back on.
    fn forget(&mut self, now: Timestamp) {
        let is_other = |recent: &Recent| recent.kind != Kind::CheckIn;
        let mut others = self.recent.iter().filter(|one| is_other(one)).count();
        self.recent.retain(|recent| {
            let is_one_of_last_two = is_other(recent) && others <= 2;
            others -= usize::from(is_other(recent));
            is_one_of_last_two || within(RECENT, recent.at, now)
        });
    }

    /// Drops what was shown of prompts that are not in the library any more, once no rule looks back on it.
    pub fn forget_gone(&mut self, library: &Library, now: Timestamp) {
        self.last.retain(|id| library.prompt(id).is_some(), now);
    }

    /// How many prompts were shown in all.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn last(&self, prompt: &Prompt) -> Option<&Shown> {
        self.last.of(&prompt.id)
    }

    /// The last showings of prompts that may rest still, and of all that were shown later than any of those, by the
    /// prompts' ids, in the order in which they came.
    pub(super) fn since_rest(&self, now: Timestamp) -> impl Iterator<Item = (&str, &Shown)> {
        self.last.since_rest(now)
    }

    pub(super) fn recent(&self) -> &[Recent] {
        &self.recent
    }

    /// When a card's turn comes, given its last.
    pub(super) fn turn(prompt: &Prompt, last: Option<&Shown>, favourite: bool, salt: u64) -> u64 {
        let stretch = if favourite { ROUND / 2 } else { ROUND };
        let nth = last.map_or(0, |last| last.turn / stretch + 1);
        let parts = [
            &salt.to_le_bytes()[..],
            prompt.id.as_bytes(),
            &nth.to_le_bytes(),
        ];
        nth.saturating_mul(stretch)
            .saturating_add(stable_hash(&parts) % stretch)
    }
}

impl Shown {
    /// Whether the card was out in the round of `turn`, or later.
    pub(super) fn in_round_of(&self, turn: u64) -> bool {
        self.turn / ROUND >= turn / ROUND
    }
}

/// The name of the pile a prompt lies in.
fn pile(prompt: &Prompt) -> String {
    match prompt.kind {
        Kind::CheckIn => format!("{}/check-ins", prompt.collection()),
        Kind::Affirmation | Kind::Question | Kind::Practice => prompt.collection().to_owned(),
    }
}

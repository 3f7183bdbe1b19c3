//! What the choice of prompts remembers, across restarts.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::table::PROMPT_REST;
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
    last: BTreeMap<String, Shown>,
    /// The last week's showings, and never less than the last two that were no check-ins; oldest first.
    recent: Vec<Recent>,
}

/// A prompt's last showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shown {
    pub(super) at: Timestamp,
    /// Counted over all prompts.
    pub(super) nth: u64,
    /// The pile's turn at that time.
    turn: u64,
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
        self.last.insert(prompt.id.clone(), shown);
        self.count += 1;
        self.recent.push(Recent {
            collection: prompt.collection().to_owned(),
            kind: prompt.kind,
            intensity: prompt.intensity,
            at,
        });
        self.forget(library, at);
    }

    /// Drops what no rule looks back on.
    fn forget(&mut self, library: &Library, now: Timestamp) {
        let is_other = |recent: &Recent| recent.kind != Kind::CheckIn;
        let mut others = self.recent.iter().filter(|one| is_other(one)).count();
        self.recent.retain(|recent| {
            let is_one_of_last_two = is_other(recent) && others <= 2;
            others -= usize::from(is_other(recent));
            is_one_of_last_two || within(RECENT, recent.at, now)
        });
        self.last
            .retain(|id, shown| library.prompt(id).is_some() || within(PROMPT_REST, shown.at, now));
    }

    /// How many prompts were shown in all.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn last(&self, prompt: &Prompt) -> Option<&Shown> {
        self.last.get(&prompt.id)
    }

    /// The last showings of prompts that may rest still, and of all that were shown later than any of those.
    pub(super) fn since_rest(&self, now: Timestamp) -> impl Iterator<Item = (&str, &Shown)> {
        let lately = self.last.values();
        let lately = lately.filter(|shown| within(PROMPT_REST, shown.at, now));
        let first = lately.map(|shown| shown.nth).min().unwrap_or(u64::MAX);
        let since = self
            .last
            .iter()
            .filter(move |(_, shown)| shown.nth >= first);
        since.map(|(id, shown)| (id.as_str(), shown))
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

/// Whether two instants are less than `span` apart, whichever is first: a clock set back hides nothing for ever.
pub(super) fn within(span: SignedDuration, one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() < span
}

//! What lies on the table for one choice: of each deck, the prompts that can come and have rested.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::deck::{Recent, Shown, within};
use super::{
    Collection, Deck, Intensity, Kind, LastState, Library, Prompt, Relaxed, Selection, Wish,
};
use crate::schedule::SplitMix64;
use crate::schedule::random::stable_hash;

/// How long a prompt rests; a favourite half as long.
pub(super) const PROMPT_REST: SignedDuration = SignedDuration::from_hours(45 * 24);
const COLLECTION_REST: SignedDuration = SignedDuration::from_hours(2 * 24);
const DEEP_REST: SignedDuration = SignedDuration::from_hours(7 * 24);
const AFTER_NAMING: SignedDuration = SignedDuration::from_hours(1);

/// Collections that come by themselves once in so long at most, whatever the pace.
const RARE: [(&str, SignedDuration); 1] = [("finding-help", SignedDuration::from_hours(30 * 24))];

const STEADY_GROUND: &str = "steady-ground";
const NAMING: &str = "name-it";
const NOT_AFTER_NAMING: [&str; 2] = ["thought-check", "stay-with-it"];

/// What a choice looks at.
pub(super) struct Table<'a> {
    deck: &'a Deck,
    wish: &'a Wish<'a>,
    /// What is asked for, or steady ground in its stead.
    from: Cow<'a, Selection>,
    hidden: BTreeSet<&'a str>,
    favoured: BTreeSet<&'a str>,
}

/// The prompts of one deck that have rested.
pub(super) struct Hand<'a> {
    /// The person's, against 1.
    pub(super) weight: f64,
    /// To the last answer, against 1.
    pub(super) fit: f64,
    /// How many the deck has, those that rest included.
    pub(super) size: usize,
    /// The last showings of the deck's prompts.
    shown: Vec<&'a Shown>,
    pub(super) cards: Vec<Card<'a>>,
}

/// A prompt that can come.
pub(super) struct Card<'a> {
    pub(super) prompt: &'a Prompt,
    last: Option<&'a Shown>,
    pub(super) favourite: bool,
    in_time: bool,
    /// The rules it breaks, the last to be relaxed first: so lists compare by which is relaxed sooner.
    pub(super) broken: Vec<Relaxed>,
}

impl<'a> Table<'a> {
    /// After "Too much" it is steady ground that is asked for, whatever was.
    pub(super) fn new(deck: &'a Deck, wish: &'a Wish<'a>) -> Table<'a> {
        Table {
            deck,
            wish,
            from: match wish.state {
                LastState::TooMuch => Cow::Owned(Selection::collection(STEADY_GROUND)),
                LastState::Unknown | LastState::Okay | LastState::Hard => Cow::Borrowed(wish.from),
            },
            hidden: wish.rules.hide.iter().map(String::as_str).collect(),
            favoured: wish.rules.favour.iter().map(String::as_str).collect(),
        }
    }

    /// Each collection's deck, and that of its check-ins.
    pub(super) fn hands(&self, library: &'a Library) -> Vec<Hand<'a>> {
        library
            .collections()
            .iter()
            .filter(|collection| self.admits(collection))
            .flat_map(|collection| [false, true].map(|check_ins| self.hand(collection, check_ins)))
            .collect()
    }

    /// A generator for one question of this choice.
    pub(super) fn random(&self, question: &str) -> SplitMix64 {
        let salt = self.wish.salt.to_le_bytes();
        let count = self.deck.count().to_le_bytes();
        SplitMix64::new(stable_hash(&[&salt, question.as_bytes(), &count]))
    }

    fn admits(&self, collection: &Collection) -> bool {
        let rules = self.wish.rules;
        let on = if self.from.collections.is_empty() {
            rules.enables(collection)
                && rules.weight(collection) > 0.0
                && !self.is_rare_and_came(collection)
        } else {
            self.from.collections.contains(&collection.id)
        };
        on && collection.speaks(&rules.language)
            && !self.wish.excluded_tags.contains(&collection.id)
            && !self.comes_too_soon_after_naming(collection)
    }

    fn is_rare_and_came(&self, collection: &Collection) -> bool {
        let rare = RARE.iter().find(|(id, _)| *id == collection.id);
        rare.is_some_and(|(_, rest)| {
            let mut shown = collection
                .prompts
                .iter()
                .filter_map(|one| self.deck.last(one));
            shown.any(|last| within(*rest, last.at, self.wish.now))
        })
    }

    fn comes_too_soon_after_naming(&self, collection: &Collection) -> bool {
        let just_named = |recent: &Recent| {
            recent.collection == NAMING && within(AFTER_NAMING, recent.at, self.wish.now)
        };
        NOT_AFTER_NAMING.contains(&collection.id.as_str())
            && self.deck.recent().iter().any(just_named)
    }

    /// The cards of one deck that have rested, in their time of day if any is.
    fn hand(&self, collection: &'a Collection, check_ins: bool) -> Hand<'a> {
        let ceiling = self.wish.rules.ceiling.min(collection.ceiling);
        let can_come = |prompt: &&'a Prompt| {
            (prompt.kind == Kind::CheckIn) == check_ins
                && prompt.intensity <= ceiling
                && self.can_come(prompt)
        };
        let mut deck: Vec<Card<'a>> = collection
            .prompts
            .iter()
            .filter(can_come)
            .map(|one| self.card(one))
            .collect();
        let out_of_time = !deck.iter().any(|card| card.in_time);
        deck.retain(|card| card.in_time || out_of_time);
        let mut shown: Vec<&Shown> = deck.iter().filter_map(|card| card.last).collect();
        shown.sort_unstable_by_key(|shown| shown.nth);

        let size = deck.len();
        deck.retain(|card| {
            !card
                .last
                .is_some_and(|last| self.rests(card, last, &shown, size))
        });
        let collection_rests = !check_ins && self.came_lately(collection);
        for card in &mut deck {
            let broken = [
                (Relaxed::TimeOfDay, out_of_time),
                (Relaxed::CollectionRest, collection_rests),
                (Relaxed::KindRun, self.came_twice_running(card.prompt.kind)),
            ];
            card.broken = broken
                .into_iter()
                .filter(|(_, broken)| *broken)
                .map(|(rule, _)| rule)
                .collect();
        }
        Hand {
            // A collection asked for by name comes, even one whose weight is 0.
            weight: match self.wish.rules.weight(collection) {
                weight if weight > 0.0 => weight,
                _ => 1.0,
            },
            fit: fit(self.wish.state, &collection.id),
            size,
            shown,
            cards: deck,
        }
    }

    fn card(&self, prompt: &'a Prompt) -> Card<'a> {
        Card {
            prompt,
            last: self.deck.last(prompt),
            favourite: self.favoured.contains(prompt.id.as_str()),
            in_time: prompt.comes_at(self.wish.part),
            broken: Vec::new(),
        }
    }

    /// Whether a card in a deck of `size` rests, given the deck's last showings in their order.
    fn rests(&self, card: &Card<'_>, last: &Shown, shown: &[&Shown], size: usize) -> bool {
        let others = size - 1;
        let (time, enough) = if card.favourite {
            (PROMPT_REST / 2, (others * 2).div_ceil(5))
        } else {
            (PROMPT_REST, (others * 4).div_ceil(5))
        };
        let came_since = shown.len() - shown.partition_point(|other| other.nth <= last.nth);
        within(time, last.at, self.wish.now) && came_since < enough
    }

    fn can_come(&self, prompt: &Prompt) -> bool {
        self.wish.replacing != Some(&prompt.id)
            && self.from.asks_for(prompt)
            && !self.hidden.contains(prompt.id.as_str())
            && prompt.suits(self.wish.state)
            && !has_one_of(prompt, self.wish.excluded_tags)
            && !(prompt.intensity == Intensity::Deep && self.deep_came_lately())
    }

    fn deep_came_lately(&self) -> bool {
        self.deck.recent().iter().any(|recent| {
            recent.intensity == Intensity::Deep && within(DEEP_REST, recent.at, self.wish.now)
        })
    }

    fn came_lately(&self, collection: &Collection) -> bool {
        self.deck.recent().iter().any(|recent| {
            recent.collection == collection.id
                && recent.kind != Kind::CheckIn
                && within(COLLECTION_REST, recent.at, self.wish.now)
        })
    }

    /// Check-ins stand apart: one between two questions makes no variety.
    fn came_twice_running(&self, kind: Kind) -> bool {
        let recent = self.deck.recent().iter().rev();
        let mut others = recent.filter(|one| one.kind != Kind::CheckIn);
        let mut came = || others.next().is_some_and(|one| one.kind == kind);
        kind != Kind::CheckIn && came() && came()
    }
}

impl<'a> Hand<'a> {
    /// The card whose turn it is.
    pub(super) fn next_card(&self, salt: u64) -> Option<(u64, &Card<'a>)> {
        let turns = self.cards.iter().map(|card| {
            let turn = Deck::turn(card.prompt, card.last, card.favourite, salt);
            (turn, card)
        });
        turns.min_by_key(|(turn, card)| (*turn, &card.prompt.id))
    }

    /// A card's place among those out in its round, from 1.
    pub(super) fn position(&self, card: &Card<'_>, turn: u64) -> usize {
        let own = card.last.map(|last| last.nth);
        let out = |shown: &&&Shown| Some(shown.nth) != own && shown.in_round_of(turn);
        self.shown.iter().filter(out).count() + 1
    }
}

/// Whether a prompt has one of `tags`.
pub(super) fn has_one_of(prompt: &Prompt, tags: &[String]) -> bool {
    prompt
        .tags
        .iter()
        .any(|tag| tags.iter().any(|one| one == tag))
}

/// How often a collection comes after an answer, against 1. "This is hard" lines are kept from "Okay" by their `fits`.
fn fit(state: LastState, collection: &str) -> f64 {
    const AFTER_OKAY: [&str; 4] = ["small-wins", NAMING, "small-openings", "what-matters"];
    const AFTER_HARD: [&str; 6] = [
        STEADY_GROUND,
        "noticing",
        "body-first",
        "kind-words",
        "common-ground",
        "support-web",
    ];
    // Thought work, and what asks something of the person.
    const NOT_AFTER_HARD: [&str; 7] = [
        "thought-check",
        "old-maps",
        "old-beliefs",
        "other-side",
        "reach-respond",
        "say-it",
        "small-openings",
    ];
    match state {
        LastState::Okay if AFTER_OKAY.contains(&collection) => 2.0,
        LastState::Hard if AFTER_HARD.contains(&collection) => 2.0,
        LastState::Hard if NOT_AFTER_HARD.contains(&collection) => 0.25,
        LastState::Unknown | LastState::Okay | LastState::Hard | LastState::TooMuch => 1.0,
    }
}

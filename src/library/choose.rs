//! Choosing a prompt.
//!
//! 1. *What can come*: prompts of collections that are on (or named), in the person's language, of the kinds and tags
//!    asked for, within the ceiling, not hidden, not silenced, suiting the last check-in, and rested. After "Too much", only
//!    `steady-ground`, whatever was asked for. No second deep one within 7 days; within an hour of a prompt from
//!    `name-it` nothing from `thought-check` or `stay-with-it`, as naming a feeling gets in the way of rethinking and
//!    accepting it right after (Nook, Satpute & Ochsner 2021). These rules hold always: nothing may be left.
//! 2. *What had better not come*: the rules of [`Relaxed`]. Where every prompt breaks some, those are set aside, in
//!    their order: a prompt that breaks only earlier ones wins over one that breaks a later one.
//! 3. Of the collections that are left, one is drawn by the person's weight times the fit to the last check-in, and of
//!    its prompts the one whose turn it is (see [`Deck`]).
//!
//! A prompt rests 45 days, or until 80 % of the others in its deck have come, whichever is first; a favourite half of
//! that. Its deck are the prompts of its collection that could come in its stead, so there is always one that has
//! rested; check-ins have a deck of their own, and do not make their collection rest.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::deck::{Shown, within};
use super::{
    ChoiceReasons, Collection, Deck, Intensity, Kind, LastState, Library, PartOfDay, Prompt, Relaxed, Rules,
};
use crate::schedule::SplitMix64;
use crate::schedule::random::stable_hash;

/// How long a prompt rests; a favourite half as long.
pub(super) const PROMPT_REST: SignedDuration = SignedDuration::from_hours(45 * 24);
const COLLECTION_REST: SignedDuration = SignedDuration::from_hours(2 * 24);
const DEEP_REST: SignedDuration = SignedDuration::from_hours(7 * 24);
const AFTER_NAMING: SignedDuration = SignedDuration::from_hours(1);

const STEADY_GROUND: &str = "steady-ground";
const NAMING: &str = "name-it";
const NOT_AFTER_NAMING: [&str; 2] = ["thought-check", "stay-with-it"];

/// Which prompts are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these kinds; where empty, all but check-ins.
    pub kinds: Vec<Kind>,
    /// Only these collections, by id, on or not; where empty, all that are on.
    pub collections: Vec<String>,
    /// Only prompts with one of these tags; all where empty.
    pub tags: Vec<String>,
}

impl Selection {
    /// Prompts of these kinds.
    #[must_use]
    pub fn kinds(kinds: &[Kind]) -> Selection {
        Selection {
            kinds: kinds.to_vec(),
            ..Selection::default()
        }
    }

    /// Prompts of one collection, all but its check-ins.
    #[must_use]
    pub fn collection(id: &str) -> Selection {
        Selection {
            collections: vec![id.to_owned()],
            ..Selection::default()
        }
    }

    fn asks_for(&self, prompt: &Prompt) -> bool {
        let kind = match &self.kinds[..] {
            [] => prompt.kind != Kind::CheckIn,
            kinds => kinds.contains(&prompt.kind),
        };
        kind && (self.tags.is_empty() || has_one_of(prompt, &self.tags))
    }
}

/// What a prompt is wanted for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The present.
    pub now: Timestamp,
    /// The part of the day there.
    pub part: PartOfDay,
    /// What the last check-in said.
    pub state: LastState,
    /// What the person lets come.
    pub rules: &'a Rules,
    /// What is asked for.
    pub from: &'a Selection,
    /// Tags and collections a pause silences.
    pub excluded_tags: &'a [String],
    /// The install's own number, for the shuffles.
    pub salt: u64,
    /// The prompt to put another one in place of.
    pub replacing: Option<&'a str>,
}

/// The prompt that was chosen, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Its full id.
    pub prompt_id: String,
    /// Its text (0) or a variant (from 1); see [`Prompt::wording`].
    pub wording: usize,
    /// Why this one.
    pub reasons: ChoiceReasons,
    /// Its turn in the shuffle; none where it did not come in turn.
    pub(super) turn: Option<u64>,
}

/// The prompt with this full id, whatever the rules say; none where there is no such prompt.
#[must_use]
pub fn choose_by_id(library: &Library, id: &str) -> Option<Choice> {
    library.prompt(id).map(|prompt| Choice {
        prompt_id: prompt.id.clone(),
        wording: 0,
        reasons: ChoiceReasons::AskedFor,
        turn: None,
    })
}

/// The prompt whose turn it is; none where nothing can come. The same library, deck and wish give the same choice.
#[must_use]
pub fn choose(library: &Library, deck: &Deck, wish: &Wish<'_>) -> Option<Choice> {
    let steady_ground = Selection::collection(STEADY_GROUND);
    let table = Table {
        deck,
        wish,
        from: match wish.state {
            LastState::TooMuch => &steady_ground,
            LastState::Unknown | LastState::Okay | LastState::Hard => wish.from,
        },
        hidden: wish.rules.hide.iter().map(String::as_str).collect(),
        favoured: wish.rules.favour.iter().map(String::as_str).collect(),
    };
    let mut hands: Vec<Hand<'_>> = library
        .collections()
        .iter()
        .filter(|collection| table.admits(collection))
        .flat_map(|collection| [false, true].map(|check_ins| table.hand(collection, check_ins)))
        .collect();

    let cards = hands.iter().flat_map(|hand| &hand.cards);
    let relaxed = cards.map(|card| &card.broken).min()?.clone();
    for hand in &mut hands {
        hand.cards.retain(|card| card.broken == relaxed);
    }
    hands.retain(|hand| !hand.cards.is_empty());
    let eligible = hands.iter().map(|hand| hand.cards.len()).sum();

    let hand = draw_hand(hands, &mut table.random("collection"))?;
    let (turn, card) = hand.next_card(wish.salt)?;
    let wordings = card.prompt.variants.len() as u64 + 1;
    let wording = table.random(&card.prompt.id).below(wordings);
    Some(Choice {
        prompt_id: card.prompt.id.clone(),
        wording: usize::try_from(wording).unwrap_or_default(),
        reasons: ChoiceReasons::Drawn {
            eligible,
            relaxed,
            state: wish.state,
            fit: hand.fit,
            weight: hand.weight,
            position: hand.position(card, turn),
            of: hand.size,
            favourite: card.favourite,
        },
        turn: Some(turn),
    })
}

/// What a choice looks at.
struct Table<'a> {
    deck: &'a Deck,
    wish: &'a Wish<'a>,
    /// What is asked for, or steady ground in its stead.
    from: &'a Selection,
    hidden: BTreeSet<&'a str>,
    favoured: BTreeSet<&'a str>,
}

/// The prompts of one deck that have rested.
struct Hand<'a> {
    weight: f64,
    fit: f64,
    /// How many the deck has, those that rest included.
    size: usize,
    /// The last showings of the deck's prompts.
    shown: Vec<&'a Shown>,
    cards: Vec<Card<'a>>,
}

/// A prompt that can come.
struct Card<'a> {
    prompt: &'a Prompt,
    last: Option<&'a Shown>,
    favourite: bool,
    in_time: bool,
    /// The rules it breaks, the last to be relaxed first: so lists compare by which is relaxed sooner.
    broken: Vec<Relaxed>,
}

impl<'a> Table<'a> {
    /// A generator for one question of this choice.
    fn random(&self, question: &str) -> SplitMix64 {
        let salt = self.wish.salt.to_le_bytes();
        let count = self.deck.count().to_le_bytes();
        SplitMix64::new(stable_hash(&[&salt, question.as_bytes(), &count]))
    }

    fn admits(&self, collection: &Collection) -> bool {
        let rules = self.wish.rules;
        let on = if self.from.collections.is_empty() {
            rules.enables(collection) && rules.weight(collection) > 0.0
        } else {
            self.from.collections.contains(&collection.id)
        };
        on && collection.speaks(&rules.language)
            && !self.wish.excluded_tags.contains(&collection.id)
            && !self.comes_too_soon_after_naming(collection)
    }

    fn comes_too_soon_after_naming(&self, collection: &Collection) -> bool {
        let just_named = |recent: &super::deck::Recent| {
            recent.collection == NAMING && within(AFTER_NAMING, recent.at, self.wish.now)
        };
        NOT_AFTER_NAMING.contains(&collection.id.as_str()) && self.deck.recent().iter().any(just_named)
    }

    /// The cards of one deck that have rested, in their time of day if any is.
    fn hand(&self, collection: &'a Collection, check_ins: bool) -> Hand<'a> {
        let ceiling = self.wish.rules.ceiling.min(collection.ceiling);
        let can_come = |prompt: &&'a Prompt| {
            (prompt.kind == Kind::CheckIn) == check_ins && prompt.intensity <= ceiling && self.can_come(prompt)
        };
        let mut deck: Vec<Card<'a>> = collection.prompts.iter().filter(can_come).map(|one| self.card(one)).collect();
        let out_of_time = !deck.iter().any(|card| card.in_time);
        deck.retain(|card| card.in_time || out_of_time);
        let mut shown: Vec<&Shown> = deck.iter().filter_map(|card| card.last).collect();
        shown.sort_unstable_by_key(|shown| shown.nth);

        let size = deck.len();
        deck.retain(|card| !card.last.is_some_and(|last| self.rests(card, last, &shown, size)));
        let collection_rests = !check_ins && self.came_lately(collection);
        for card in &mut deck {
            let broken = [
                (Relaxed::TimeOfDay, out_of_time),
                (Relaxed::CollectionRest, collection_rests),
                (Relaxed::KindRun, self.came_twice_running(card.prompt.kind)),
            ];
            card.broken = broken.into_iter().filter(|(_, broken)| *broken).map(|(rule, _)| rule).collect();
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

    fn came_twice_running(&self, kind: Kind) -> bool {
        match self.deck.recent() {
            [.., before, last] => before.kind == kind && last.kind == kind,
            _ => false,
        }
    }
}

impl<'a> Hand<'a> {
    fn next_card(&self, salt: u64) -> Option<(u64, &Card<'a>)> {
        let turns = self.cards.iter().map(|card| {
            let turn = Deck::turn(card.prompt, card.last, card.favourite, salt);
            (turn, card)
        });
        turns.min_by_key(|(turn, card)| (*turn, &card.prompt.id))
    }

    /// A card's place among those out in its round, from 1.
    fn position(&self, card: &Card<'_>, turn: u64) -> usize {
        let own = card.last.map(|last| last.nth);
        let out = |shown: &&&Shown| Some(shown.nth) != own && shown.in_round_of(turn);
        self.shown.iter().filter(out).count() + 1
    }
}

/// Draws one hand by weight times fit.
fn draw_hand<'a>(hands: Vec<Hand<'a>>, random: &mut SplitMix64) -> Option<Hand<'a>> {
    let share = |hand: &Hand<'_>| hand.weight * hand.fit;
    let mut left = random.unit() * hands.iter().map(share).sum::<f64>();
    let mut last = None;
    for hand in hands {
        left -= share(&hand);
        if left < 0.0 {
            return Some(hand);
        }
        last = Some(hand);
    }
    // Rounding may leave a sliver behind the last one.
    last
}

fn has_one_of(prompt: &Prompt, tags: &[String]) -> bool {
    prompt.tags.iter().any(|tag| tags.iter().any(|one| one == tag))
}

/// How often a collection comes after an answer, against 1. "This is hard" lines are kept from "Okay" by their `fits`.
fn fit(state: LastState, collection: &str) -> f64 {
    const AFTER_OKAY: [&str; 4] = ["small-wins", NAMING, "small-openings", "what-matters"];
    const AFTER_HARD: [&str; 6] =
        [STEADY_GROUND, "noticing", "body-first", "kind-words", "common-ground", "support-web"];
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

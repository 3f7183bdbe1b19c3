//! Choosing a prompt.
//!
//! 1. *What can come*: prompts of collections that are on (or named), in the person's language, of the kinds and tags
//!    asked for, within the ceiling, not hidden, not silenced, suiting the last check-in, and rested. After "Too much", only
//!    `steady-ground`, whatever was asked for. No second deep one within 7 days; within an hour of a prompt from
//!    `name-it`, or of words in a check-in, nothing from `thought-check` or `stay-with-it`, as naming a feeling gets in the way of rethinking and
//!    accepting it right after (Nook, Satpute & Ochsner 2021). From `finding-help` at most one in 30 days comes unasked. These
//!    rules hold always: nothing may be left.
//! 2. *What had better not come*: the rules of [`Relaxed`](super::Relaxed). Where every prompt breaks some, those are set aside, in
//!    their order: a prompt that breaks only earlier ones wins over one that breaks a later one.
//! 3. Of the collections that are left, one is drawn by the person's weight times the fit to the last check-in, and of
//!    its prompts the one whose turn it is (see [`Deck`]).
//!
//! A prompt rests 45 days, or until 80 % of the others in its deck have come, whichever is first; a favourite half of
//! that. Its deck are the prompts of its collection that could come in its stead, so there is always one that has
//! rested; check-ins have a deck of their own, and do not make their collection rest.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::table::{Pile, Table};
use super::{ChoiceReasons, Deck, Energy, Kind, LastState, Library, PartOfDay, Rules};
use crate::schedule::SplitMix64;

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

    /// Whether prompts of this kind are asked for.
    pub(super) fn asks_for_kind(&self, kind: Kind) -> bool {
        match &self.kinds[..] {
            [] => kind != Kind::CheckIn,
            kinds => kinds.contains(&kind),
        }
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
    /// How much energy it told of.
    pub energy: Option<Energy>,
    /// When the person last put a feeling into words, other than by a prompt that the deck knows of.
    pub named: Option<Timestamp>,
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
    /// Its text (0) or a variant (from 1); see [`Prompt::wording`](super::Prompt::wording).
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
    let table = Table::new(library, deck, wish);
    let mut piles = table.piles();
    let ready = piles.iter().flat_map(|pile| &pile.ready);
    let relaxed = ready.map(|ready| &ready.broken).min()?.clone();
    for pile in &mut piles {
        pile.ready.retain(|ready| ready.broken == relaxed);
    }
    piles.retain(|pile| !pile.ready.is_empty());
    let eligible = piles.iter().map(Pile::count).sum();

    let pile = draw(piles, &mut table.random("collection"))?;
    let hand = table.hand(&pile);
    debug_assert_eq!(
        hand.cards.len(),
        pile.count(),
        "a pile is counted as its hand is"
    );
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
            energy: wish.energy,
            fit: pile.fit,
            weight: pile.weight,
            position: hand.position(card, turn),
            of: hand.size,
            favourite: card.favourite,
        },
        turn: Some(turn),
    })
}

/// Draws one pile by weight times fit.
fn draw(piles: Vec<Pile>, random: &mut SplitMix64) -> Option<Pile> {
    let share = |pile: &Pile| pile.weight * pile.fit;
    let mut left = random.unit() * piles.iter().map(share).sum::<f64>();
    let mut last = None;
    for pile in piles {
        left -= share(&pile);
        if left < 0.0 {
            return Some(pile);
        }
        last = Some(pile);
    }
    // Rounding may leave a sliver behind the last one.
    last
}

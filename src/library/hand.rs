//! One pile, dealt: the prompts of which the next one comes.

use super::showings::Shown;
use super::{Deck, Prompt};

/// The prompts of one deck that can come now.
pub(super) struct Hand<'a> {
    /// How many the deck has, those that rest included.
    pub(super) size: usize,
    /// The last showings of the deck's prompts, in their order.
    pub(super) shown: Vec<&'a Shown>,
    pub(super) cards: Vec<Card<'a>>,
}

/// A prompt that can come.
pub(super) struct Card<'a> {
    pub(super) prompt: &'a Prompt,
    pub(super) last: Option<&'a Shown>,
    pub(super) favourite: bool,
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

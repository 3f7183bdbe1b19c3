//! What lies on the table for one choice: of each deck, the prompts that can come and have rested.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::fit::fit;
use super::hand::{Card, Hand};
use super::lately::Lately;
use super::showings::{Shown, within};
use super::{Collection, Deck, Kind, LastState, Library, Prompt, Relaxed, Selection, Wish};
use crate::schedule::SplitMix64;
use crate::schedule::random::stable_hash;

/// Collections that come by themselves once in so long at most, whatever the pace.
const RARE: [(&str, SignedDuration); 1] = [("finding-help", SignedDuration::from_hours(30 * 24))];

pub(super) const STEADY_GROUND: &str = "steady-ground";

/// What a choice looks at.
pub(super) struct Table<'a> {
    library: &'a Library,
    deck: &'a Deck,
    wish: &'a Wish<'a>,
    /// What is asked for, or steady ground in its stead.
    from: Cow<'a, Selection>,
    lately: Lately<'a>,
    hidden: BTreeSet<&'a str>,
    favoured: BTreeSet<&'a str>,
    /// Of each sort of prompts, where they lie; none where they cannot come.
    slots: Vec<Option<Slot>>,
    /// By collection: where its hidden prompts would lie.
    left_out: Vec<Vec<Option<Slot>>>,
    /// By collection: its prompts that can come and may rest, and those that came since, in the order in which they came.
    came: Vec<Vec<Came<'a>>>,
}

/// Where a prompt that can come lies: with those of its kind, in their time of day or out of it.
#[derive(Debug, Clone, Copy)]
struct Slot {
    kind: Kind,
    in_time: bool,
}

/// How many prompts of a collection lie in each slot, and last, how many cannot come.
#[derive(Default)]
struct Counts([usize; 2 * Kind::ALL.len() + 1]);

/// A prompt that may rest, or came later than one that may.
struct Came<'a> {
    slot: Slot,
    favourite: bool,
    last: &'a Shown,
}

/// How many prompts of one deck have rested: what has to be known of every deck to draw one.
pub(super) struct Pile {
    /// Which collection of the library.
    at: usize,
    check_ins: bool,
    /// Whether its prompts are in their time of day; else none of the collection is.
    in_time: bool,
    /// The person's, against 1.
    pub(super) weight: f64,
    /// To the last answer, against 1.
    pub(super) fit: f64,
    /// Kinds of which some have rested.
    pub(super) ready: Vec<Ready>,
}

/// Prompts of one kind that have rested.
pub(super) struct Ready {
    kind: Kind,
    /// How many; never 0.
    count: usize,
    /// The rules they break, the last to be relaxed first: so lists compare by which is relaxed sooner.
    pub(super) broken: Vec<Relaxed>,
}

impl<'a> Table<'a> {
    /// After "Too much" it is steady ground that is asked for, whatever was.
    pub(super) fn new(library: &'a Library, deck: &'a Deck, wish: &'a Wish<'a>) -> Table<'a> {
        let hidden = wish.rules.hide.iter().map(String::as_str);
        let mut table = Table {
            library,
            deck,
            wish,
            from: match wish.state {
                LastState::TooMuch if wish.from.collections != [STEADY_GROUND] => {
                    Cow::Owned(Selection::collection(STEADY_GROUND))
                }
                _ => Cow::Borrowed(wish.from),
            },
            lately: Lately::of(deck.recent(), wish.now),
            hidden: hidden.chain(wish.replacing).collect(),
            favoured: wish.rules.favour.iter().map(String::as_str).collect(),
            slots: Vec::new(),
            left_out: library.collections().iter().map(|_| Vec::new()).collect(),
            came: library.collections().iter().map(|_| Vec::new()).collect(),
        };
        let samples = library.samples();
        table.slots = samples.map(|(of, prompt)| table.slot(of, prompt)).collect();
        table.leave_out();
        table.note_what_came();
        table
    }

    /// Where prompts of this one's sort lie.
    fn slot(&self, collection: &Collection, prompt: &Prompt) -> Option<Slot> {
        let ceiling = self.wish.rules.ceiling.min(collection.ceiling);
        let (wanted, silenced) = (&self.from.tags[..], self.wish.excluded_tags);
        let can_come = prompt.intensity <= ceiling
            && self.from.asks_for_kind(prompt.kind)
            && prompt.suits(self.wish.state)
            && !self.lately.rules_out(prompt.intensity)
            && (wanted.is_empty() || has_one_of(prompt, wanted))
            && !has_one_of(prompt, silenced);
        can_come.then(|| Slot {
            kind: prompt.kind,
            in_time: prompt.comes_at(self.wish.part),
        })
    }

    fn leave_out(&mut self) {
        for id in &self.hidden {
            if let Some((at, prompt)) = self.library.place(id) {
                self.left_out[at].push(self.slots[self.library.sorts(at)[prompt]]);
            }
        }
    }

    fn note_what_came(&mut self) {
        for (id, last) in self.deck.since_rest(self.wish.now) {
            let Some((at, prompt)) = self.library.place(id) else {
                continue;
            };
            let slot = self.slots[self.library.sorts(at)[prompt]];
            if let Some(slot) = slot.filter(|_| !self.hidden.contains(id)) {
                let favourite = self.favoured.contains(id);
                self.came[at].push(Came {
                    slot,
                    favourite,
                    last,
                });
            }
        }
    }

    /// Each collection's deck, and that of its check-ins, but for those where nothing can come.
    pub(super) fn piles(&self) -> Vec<Pile> {
        let collections = self.library.collections().iter().enumerate();
        collections
            .filter(|(_, collection)| self.admits(collection))
            .flat_map(|(at, _)| {
                let counts = self.counts(at);
                [false, true].map(|check_ins| self.pile(at, &counts, check_ins))
            })
            .filter(|pile| !pile.ready.is_empty())
            .collect()
    }

    fn counts(&self, at: usize) -> Counts {
        let mut counts = Counts::default();
        for sort in self.library.sorts(at) {
            counts.0[Counts::cell(self.slots[*sort])] += 1;
        }
        for slot in &self.left_out[at] {
            counts.0[Counts::cell(*slot)] -= 1;
        }
        counts
    }

    /// Counts what [`Table::hand`] would hold.
    fn pile(&self, at: usize, counts: &Counts, check_ins: bool) -> Pile {
        let collection = &self.library.collections()[at];
        let kinds = Kind::ALL.iter().copied();
        let kinds = kinds.filter(|kind| (*kind == Kind::CheckIn) == check_ins);
        let in_time = kinds.clone().any(|kind| counts.of(kind, true) > 0);
        let mut pile = Pile {
            at,
            check_ins,
            in_time,
            // A collection asked for by name comes, even one whose weight is 0.
            weight: match self.wish.rules.weight(collection) {
                weight if weight > 0.0 => weight,
                _ => 1.0,
            },
            fit: fit(self.wish.state, self.wish.energy, &collection.id),
            ready: Vec::new(),
        };
        let size = kinds.clone().map(|kind| counts.of(kind, in_time)).sum();
        let came = self.came[at].iter().filter(|one| pile.holds(one.slot));
        let shown: Vec<&Shown> = came.clone().map(|one| one.last).collect();
        let rest = came.filter(|one| self.rests(one.favourite, one.last, &shown, size));
        let rest: Vec<Kind> = rest.map(|one| one.slot.kind).collect();
        let ready = kinds.map(|kind| Ready {
            kind,
            count: counts.of(kind, in_time) - rest.iter().filter(|one| **one == kind).count(),
            broken: self.broken(collection, kind, in_time),
        });
        pile.ready = ready.filter(|ready| ready.count > 0).collect();
        pile
    }

    /// The prompts of a pile, one by one.
    pub(super) fn hand(&self, pile: &Pile) -> Hand<'a> {
        let prompts = self.library.collections()[pile.at].prompts.iter();
        let sorts = self.library.sorts(pile.at).iter();
        let can_come = |prompt: &Prompt, sort: usize| {
            self.slots[sort].is_some_and(|slot| pile.holds(slot))
                && !self.hidden.contains(prompt.id.as_str())
        };
        let deck = prompts
            .zip(sorts)
            .filter(|(prompt, sort)| can_come(prompt, **sort));
        let mut cards: Vec<Card<'a>> = deck.map(|(prompt, _)| self.card(prompt)).collect();
        let mut shown: Vec<&Shown> = cards.iter().filter_map(|card| card.last).collect();
        shown.sort_unstable_by_key(|shown| shown.nth);

        let size = cards.len();
        cards.retain(|card| {
            let rests = |last| self.rests(card.favourite, last, &shown, size);
            pile.ready
                .iter()
                .any(|ready| ready.kind == card.prompt.kind)
                && !card.last.is_some_and(rests)
        });
        Hand { size, shown, cards }
    }

    fn card(&self, prompt: &'a Prompt) -> Card<'a> {
        Card {
            prompt,
            last: self.deck.last(prompt),
            favourite: self.favoured.contains(prompt.id.as_str()),
        }
    }

    /// Whether a prompt in a deck of `size` rests, given the deck's last showings in their order.
    fn rests(&self, favourite: bool, last: &Shown, shown: &[&Shown], size: usize) -> bool {
        let came_since = shown.len() - shown.partition_point(|other| other.nth <= last.nth);
        last.rests(favourite, size - 1, came_since, self.wish.now)
    }

    fn broken(&self, collection: &Collection, kind: Kind, in_time: bool) -> Vec<Relaxed> {
        let time = (!in_time).then_some(Relaxed::TimeOfDay);
        let lately = self.lately.broken_by(kind, collection);
        time.into_iter().chain(lately).collect()
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
        on && collection.comes_in(&rules.language)
            && !self.wish.excluded_tags.contains(&collection.id)
            && !self.comes_too_soon_after_naming(collection)
    }

    fn comes_too_soon_after_naming(&self, collection: &Collection) -> bool {
        let (named, now) = (self.wish.named, self.wish.now);
        let rest = self.deck.rests_after_naming(&collection.id, named, now);
        rest.is_some()
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
}

impl Counts {
    fn of(&self, kind: Kind, in_time: bool) -> usize {
        self.0[Counts::cell(Some(Slot { kind, in_time }))]
    }

    fn cell(slot: Option<Slot>) -> usize {
        let cell = |slot: Slot| 2 * slot.kind as usize + usize::from(slot.in_time);
        slot.map_or(2 * Kind::ALL.len(), cell)
    }
}

impl Pile {
    /// How many have rested.
    pub(super) fn count(&self) -> usize {
        self.ready.iter().map(|ready| ready.count).sum()
    }

    fn holds(&self, slot: Slot) -> bool {
        (slot.kind == Kind::CheckIn) == self.check_ins && slot.in_time == self.in_time
    }
}

/// Whether a prompt has one of `tags`.
fn has_one_of(prompt: &Prompt, tags: &[String]) -> bool {
    prompt
        .tags
        .iter()
        .any(|tag| tags.iter().any(|one| one == tag))
}

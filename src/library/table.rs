//! What lies on the table for one choice: of each deck, the prompts that can come and have rested.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::deck::{Recent, Shown, within};
use super::traits::Traits;
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
    library: &'a Library,
    deck: &'a Deck,
    wish: &'a Wish<'a>,
    /// What is asked for, or steady ground in its stead.
    from: Cow<'a, Selection>,
    hidden: BTreeSet<&'a str>,
    favoured: BTreeSet<&'a str>,
    deep_rests: bool,
    /// By collection: the prompts that may rest, and those that came since, with their last showings.
    lately: Vec<Vec<(&'a Prompt, &'a Shown)>>,
    /// By collection: its prompts that a rule about single prompts keeps from coming.
    left_out: Vec<Vec<&'a Prompt>>,
}

/// How many prompts of one deck have rested: what has to be known of every deck to draw one.
pub(super) struct Pile<'a> {
    pub(super) collection: &'a Collection,
    pub(super) check_ins: bool,
    /// The person's, against 1.
    pub(super) weight: f64,
    /// To the last answer, against 1.
    pub(super) fit: f64,
    /// The rules that prompts break, and how many break them; never 0.
    pub(super) ready: Vec<(Vec<Relaxed>, usize)>,
}

/// The prompts of one deck that have rested.
pub(super) struct Hand<'a> {
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
    pub(super) fn new(library: &'a Library, deck: &'a Deck, wish: &'a Wish<'a>) -> Table<'a> {
        let mut table = Table {
            library,
            deck,
            wish,
            from: match wish.state {
                LastState::TooMuch => Cow::Owned(Selection::collection(STEADY_GROUND)),
                LastState::Unknown | LastState::Okay | LastState::Hard => Cow::Borrowed(wish.from),
            },
            hidden: wish.rules.hide.iter().map(String::as_str).collect(),
            favoured: wish.rules.favour.iter().map(String::as_str).collect(),
            deep_rests: deck.recent().iter().any(|recent| {
                recent.intensity == Intensity::Deep && within(DEEP_REST, recent.at, wish.now)
            }),
            lately: vec![Vec::new(); library.collections().len()],
            left_out: vec![Vec::new(); library.collections().len()],
        };
        table.hidden.extend(wish.replacing);
        for &id in &table.hidden {
            if let Some((collection, prompt)) = library.lookup(id) {
                table.left_out[collection].push(prompt);
            }
        }
        for (id, shown) in deck.since_rest(wish.now) {
            if let Some((collection, prompt)) = library.lookup(id) {
                table.lately[collection].push((prompt, shown));
            }
        }
        table
    }

    /// Each collection's deck, and that of its check-ins, but for those where nothing can come.
    pub(super) fn piles(&self) -> Vec<Pile<'a>> {
        let collections = self.library.collections().iter().enumerate();
        collections
            .filter(|(_, collection)| self.admits(collection))
            .flat_map(|(at, _)| [false, true].map(|check_ins| self.pile(at, check_ins)))
            .filter(|pile| !pile.ready.is_empty())
            .collect()
    }

    /// Counts what [`Table::hand`] would hold.
    fn pile(&self, at: usize, check_ins: bool) -> Pile<'a> {
        let collection = &self.library.collections()[at];
        let can_come = |prompt: &Prompt, traits: Traits| {
            self.is_of_deck(collection, check_ins, traits) && self.has_right_tags(prompt)
        };
        // By kind, out of their time and in it.
        let mut counts = [[0_usize; 2]; Kind::ALL.len()];
        for (prompt, traits) in collection.prompts.iter().zip(self.library.traits(at)) {
            if can_come(prompt, *traits) {
                counts[traits.kind as usize][usize::from(traits.comes_at(self.wish.part))] += 1;
            }
        }
        for prompt in &self.left_out[at] {
            let traits = Traits::of(prompt);
            if can_come(prompt, traits) {
                counts[traits.kind as usize][usize::from(traits.comes_at(self.wish.part))] -= 1;
            }
        }
        let out_of_time = counts.iter().all(|[_, in_time]| *in_time == 0);
        let mut counts = counts.map(|[out, in_time]| if out_of_time { out } else { in_time });

        let size = counts.iter().sum();
        let came = self.lately[at].iter().filter(|(prompt, _)| {
            can_come(prompt, Traits::of(prompt))
                && (out_of_time || prompt.comes_at(self.wish.part))
                && !self.hidden.contains(prompt.id.as_str())
        });
        let came: Vec<_> = came.collect();
        let mut shown: Vec<&Shown> = came.iter().map(|(_, shown)| *shown).collect();
        shown.sort_unstable_by_key(|shown| shown.nth);
        for (prompt, last) in came {
            let favourite = self.favoured.contains(prompt.id.as_str());
            if self.rests(favourite, last, &shown, size) {
                counts[prompt.kind as usize] -= 1;
            }
        }
        let ready = Kind::ALL.iter().zip(counts).filter(|(_, count)| *count > 0);
        Pile {
            collection,
            check_ins,
            // A collection asked for by name comes, even one whose weight is 0.
            weight: match self.wish.rules.weight(collection) {
                weight if weight > 0.0 => weight,
                _ => 1.0,
            },
            fit: fit(self.wish.state, &collection.id),
            ready: ready
                .map(|(kind, count)| {
                    let broken = self.broken(collection, check_ins, *kind, out_of_time);
                    (broken, count)
                })
                .collect(),
        }
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
    pub(super) fn hand(&self, collection: &'a Collection, check_ins: bool) -> Hand<'a> {
        let can_come = |prompt: &&'a Prompt| {
            self.is_of_deck(collection, check_ins, Traits::of(prompt))
                && self.has_right_tags(prompt)
                && !self.hidden.contains(prompt.id.as_str())
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
        let rests = |card: &Card<'_>, last| self.rests(card.favourite, last, &shown, size);
        deck.retain(|card| !card.last.is_some_and(|last| rests(card, last)));
        for card in &mut deck {
            card.broken = self.broken(collection, check_ins, card.prompt.kind, out_of_time);
        }
        Hand {
            size,
            shown,
            cards: deck,
        }
    }

    /// The rules that a prompt of this kind breaks, in a deck where all or none are out of their time.
    fn broken(
        &self,
        collection: &Collection,
        check_ins: bool,
        kind: Kind,
        out_of_time: bool,
    ) -> Vec<Relaxed> {
        let rules = [
            (Relaxed::TimeOfDay, out_of_time),
            (
                Relaxed::CollectionRest,
                !check_ins && self.came_lately(collection),
            ),
            (Relaxed::KindRun, self.came_twice_running(kind)),
        ];
        let broken = rules.into_iter().filter(|(_, broken)| *broken);
        broken.map(|(rule, _)| rule).collect()
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

    /// Whether a prompt in a deck of `size` rests, given the deck's last showings in their order.
    fn rests(&self, favourite: bool, last: &Shown, shown: &[&Shown], size: usize) -> bool {
        let others = size - 1;
        let (time, enough) = if favourite {
            (PROMPT_REST / 2, (others * 2).div_ceil(5))
        } else {
            (PROMPT_REST, (others * 4).div_ceil(5))
        };
        let came_since = shown.len() - shown.partition_point(|other| other.nth <= last.nth);
        within(time, last.at, self.wish.now) && came_since < enough
    }

    fn is_of_deck(&self, collection: &Collection, check_ins: bool, traits: Traits) -> bool {
        let ceiling = self.wish.rules.ceiling.min(collection.ceiling);
        (traits.kind == Kind::CheckIn) == check_ins
            && traits.intensity <= ceiling
            && self.from.asks_for_kind(traits.kind)
            && traits.suits(self.wish.state)
            && !(traits.intensity == Intensity::Deep && self.deep_rests)
    }

    fn has_right_tags(&self, prompt: &Prompt) -> bool {
        let (wanted, silenced) = (&self.from.tags, self.wish.excluded_tags);
        (wanted.is_empty() || has_one_of(prompt, wanted))
            && (silenced.is_empty() || !has_one_of(prompt, silenced))
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

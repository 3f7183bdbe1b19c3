//! Naming a feeling first gets in the way of rethinking and accepting it right after (Nook, Satpute & Ochsner 2021).

use jiff::{SignedDuration, Timestamp};

use super::Deck;
use super::showings::within;

pub(super) const NAMING: &str = "name-it";

const AFTER_NAMING: SignedDuration = SignedDuration::from_hours(1);
const NOT_AFTER_NAMING: [&str; 2] = ["thought-check", "stay-with-it"];

/// Whether a collection's prompts have to do with putting feelings into words.
#[must_use]
pub fn is_naming(collection: &str) -> bool {
    collection == NAMING
}

impl Deck {
    /// Until when this collection's prompts wait after a feeling was named: by a prompt, or otherwise at `named`. None where
    /// they may come at `now`.
    #[must_use]
    pub fn rests_after_naming(
        &self,
        collection: &str,
        named: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<Timestamp> {
        if !NOT_AFTER_NAMING.contains(&collection) {
            return None;
        }
        let by_prompts = self
            .recent()
            .iter()
            .filter(|one| is_naming(&one.collection));
        let named = by_prompts.map(|one| one.at).chain(named);
        let latest = named.filter(|at| within(AFTER_NAMING, *at, now)).max()?;
        latest.checked_add(AFTER_NAMING).ok()
    }
}

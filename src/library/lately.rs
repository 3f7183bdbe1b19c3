//! What the last week's showings keep from coming now.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::deck::Recent;
use super::showings::within;
use super::{Collection, Intensity, Kind, Relaxed};

const COLLECTION_REST: SignedDuration = SignedDuration::from_hours(2 * 24);
const DEEP_REST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What came lately, as far as a rule asks.
pub(super) struct Lately<'a> {
    /// Whether a deep prompt did.
    deep: bool,
    /// The collections that rest.
    collections: BTreeSet<&'a str>,
    /// The kind that came twice running.
    twice: Option<Kind>,
}

impl<'a> Lately<'a> {
    /// What `recent` showings, the oldest first, are to a choice at `now`.
    pub(super) fn of(recent: &'a [Recent], now: Timestamp) -> Self {
        let since = |span| {
            let recent = recent.iter();
            recent.filter(move |one| within(span, one.at, now))
        };
        // Check-ins stand apart: one between two questions makes no variety, and no collection rests for one.
        let is_other = |one: &&Recent| one.kind != Kind::CheckIn;
        let others = since(COLLECTION_REST).filter(is_other);
        let mut kinds = recent.iter().rev().filter(is_other).map(|one| one.kind);
        let (last, before) = (kinds.next(), kinds.next());
        Self {
            deep: since(DEEP_REST).any(|one| one.intensity == Intensity::Deep),
            collections: others.map(|one| one.collection.as_str()).collect(),
            twice: last.filter(|_| last == before),
        }
    }

    /// Whether nothing this intense comes now, as something as deep did.
    pub(super) fn rules_out(&self, intensity: Intensity) -> bool {
        intensity == Intensity::Deep && self.deep
    }

    /// The rules about the last days that a prompt of this kind breaks, the last to be relaxed first.
    pub(super) fn broken_by(
        &self,
        kind: Kind,
        collection: &Collection,
    ) -> impl Iterator<Item = Relaxed> {
        let is_check_in = kind == Kind::CheckIn;
        let rests = !is_check_in && self.collections.contains(collection.id.as_str());
        let third = self.twice == Some(kind);
        let rest = rests.then_some(Relaxed::CollectionRest);
        rest.into_iter().chain(third.then_some(Relaxed::KindRun))
    }
}

//! Each prompt's last showing, found by the prompt and in the order in which they came.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, Serializer};

/// How long a prompt rests; a favourite half as long.
const REST: SignedDuration = SignedDuration::from_hours(45 * 24);

/// A prompt's last showing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shown {
    pub(super) at: Timestamp,
    /// Counted over all prompts.
    pub(super) nth: u64,
    /// The pile's turn at that time.
    pub(super) turn: u64,
}

impl Shown {
    /// Whether the prompt rests still, with so many `others` in its deck, of which so many `came_since`.
    pub(super) fn rests(
        &self,
        favourite: bool,
        others: usize,
        came_since: usize,
        now: Timestamp,
    ) -> bool {
        let (time, enough) = if favourite {
            (REST / 2, (others * 2).div_ceil(5))
        } else {
            (REST, (others * 4).div_ceil(5))
        };
        within(time, self.at, now) && came_since < enough
    }
}

/// The last showings of all prompts, by full id; kept and read as a map from ids.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "BTreeMap<String, Shown>")]
pub(super) struct Showings {
    by_id: HashMap<Arc<str>, Shown>,
    /// In the order in which they came.
    order: Vec<Place>,
}

/// A showing's place in the order.
#[derive(Debug, Clone)]
struct Place {
    id: Arc<str>,
    /// When the clock was furthest until then: in order too, whatever the clock did.
    latest: Timestamp,
}

impl Showings {
    /// Puts a showing, the latest of all, in the place of the prompt's last.
    pub(super) fn insert(&mut self, id: &str, shown: Shown) {
        let id: Arc<str> = id.into();
        if self.by_id.insert(Arc::clone(&id), shown).is_some() {
            self.order.retain(|place| place.id != id);
        }
        let latest = self
            .order
            .last()
            .map_or(shown.at, |last| last.latest.max(shown.at));
        self.order.push(Place { id, latest });
    }

    pub(super) fn of(&self, id: &str) -> Option<&Shown> {
        self.by_id.get(id)
    }

    /// Those that may rest still, and all that came later than any of those, in the order in which they came.
    pub(super) fn since_rest(&self, now: Timestamp) -> impl Iterator<Item = (&str, &Shown)> {
        let rested = now.saturating_sub(REST).unwrap_or(Timestamp::MIN);
        let first = self.order.partition_point(|place| place.latest <= rested);
        self.in_order(first)
    }

    /// All from this place on.
    fn in_order(&self, first: usize) -> impl Iterator<Item = (&str, &Shown)> {
        let places = self.order[first..].iter();
        places.filter_map(|place| Some((&*place.id, self.of(&place.id)?)))
    }

    /// Drops those of prompts that are gone, once they have rested.
    pub(super) fn retain(&mut self, is_there: impl Fn(&str) -> bool, now: Timestamp) {
        let is_wanted = |id: &str, shown: &Shown| is_there(id) || within(REST, shown.at, now);
        self.by_id.retain(|id, shown| is_wanted(id, shown));
        self.order
            .retain(|place| self.by_id.contains_key(&place.id));
    }
}

impl PartialEq for Showings {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id
    }
}

impl Eq for Showings {}

impl From<BTreeMap<String, Shown>> for Showings {
    fn from(by_id: BTreeMap<String, Shown>) -> Self {
        let mut in_order: Vec<_> = by_id.into_iter().collect();
        in_order.sort_by_key(|(_, shown)| shown.nth);
        let mut showings = Showings::default();
        for (id, shown) in in_order {
            showings.insert(&id, shown);
        }
        showings
    }
}

impl Serialize for Showings {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.in_order(0))
    }
}

/// Whether two instants are less than `span` apart, whichever is first: a clock set back hides nothing for ever.
pub(super) fn within(span: SignedDuration, one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() < span
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prompts shown one after the other, each on a day the clock told.
    fn shown(days: &[(&str, i64)]) -> Showings {
        let mut showings = Showings::default();
        for (nth, (id, day)) in (0..).zip(days) {
            let (at, turn) = (on(*day), 0);
            showings.insert(id, Shown { at, nth, turn });
        }
        showings
    }

    fn on(day: i64) -> Timestamp {
        let start: Timestamp = "2026-01-01T12:00:00Z".parse().unwrap();
        start + SignedDuration::from_hours(24 * day)
    }

    fn since_rest(showings: &Showings, day: i64) -> Vec<&str> {
        showings.since_rest(on(day)).map(|(id, _)| id).collect()
    }

    #[test]
    fn what_may_rest_is_what_came_in_45_days() {
        let showings = shown(&[("a", 0), ("b", 1), ("c", 2), ("a", 3), ("d", 4)]);
        assert_eq!(since_rest(&showings, 4), ["b", "c", "a", "d"]);
        assert_eq!(since_rest(&showings, 46), ["c", "a", "d"]);
        assert_eq!(since_rest(&showings, 48), ["d"]);
        assert_eq!(since_rest(&showings, 49), [""; 0]);
    }

    #[test]
    fn it_is_found_and_counted_whatever_the_clock_did() {
        // A year behind for two prompts; then a year ahead for one.
        let behind = shown(&[("a", 0), ("b", -365), ("c", -364), ("d", 1)]);
        assert_eq!(since_rest(&behind, 2), ["a", "b", "c", "d"]);
        assert_eq!(since_rest(&behind, 45), ["d"]);
        let ahead = shown(&[("a", 0), ("b", 1), ("c", 366), ("d", 2)]);
        assert_eq!(since_rest(&ahead, 3), ["a", "b", "c", "d"]);
    }

    #[test]
    fn what_is_gone_is_dropped_once_it_has_rested() {
        let mut showings = shown(&[("gone", 0), ("there", 1), ("gone-too", 2)]);
        showings.retain(|id| id == "there", on(46));
        let left = |id| showings.of(id).is_some();
        assert_eq!(["gone", "there", "gone-too"].map(left), [false, true, true]);
        assert_eq!(since_rest(&showings, 2), ["there", "gone-too"]);
    }

    #[test]
    fn they_are_read_as_they_were_kept() {
        let showings = shown(&[("a", 0), ("b", 400), ("c", 1), ("b", 2)]);
        let kept = serde_json::to_string(&showings).unwrap();
        let read: Showings = serde_json::from_str(&kept).unwrap();
        assert_eq!(read, showings);
        assert_eq!(since_rest(&read, 2), ["a", "c", "b"]);
    }
}

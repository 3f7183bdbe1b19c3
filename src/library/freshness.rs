//! How fresh a row of prompts is: how far apart repeats are, what share each collection has, how long a kind runs.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{ChoiceReasons, Kind};

/// One showing of a prompt from the library.
#[derive(Debug, Clone, PartialEq)]
pub struct Showing {
    /// When.
    pub at: Timestamp,
    /// The prompt's full id.
    pub prompt: String,
    /// What it is.
    pub kind: Kind,
    /// Whether a rule of the choice was set aside for it.
    pub relaxed: bool,
}

impl Showing {
    /// The id of its collection.
    fn collection(&self) -> &str {
        self.prompt.split('/').next().unwrap_or_default()
    }
}

impl ChoiceReasons {
    /// Whether a rule was set aside, as nothing was left that kept it.
    #[must_use]
    pub fn is_relaxed(&self) -> bool {
        match self {
            Self::AskedFor | Self::FollowsUp { .. } => false,
            Self::Drawn { relaxed, .. } => !relaxed.is_empty(),
        }
    }
}

/// What there is to say of a row of showings.
///
/// Check-ins ask the same few questions by nature: they count among the showings and for repeats of their own, and not for
/// collections, shares and runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Freshness {
    /// How many prompts were shown, check-ins included.
    pub shown: usize,
    /// How many different ones.
    pub different: usize,
    /// The least time between two showings of one prompt, check-ins aside.
    pub nearest_repeat: Option<Repeat>,
    /// The least time between two showings of one check-in.
    pub nearest_check_in: Option<Repeat>,
    /// The least time between two prompts of one collection.
    pub nearest_of_collection: Option<Repeat>,
    /// How many prompts came from each collection.
    pub shares: BTreeMap<String, usize>,
    /// The longest run of one kind.
    pub longest_run: Option<Run>,
    /// How many choices set a rule aside.
    pub relaxed: usize,
}

/// Something that came twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// The prompt's or the collection's id.
    pub id: String,
    /// How much later, in seconds.
    #[serde(serialize_with = "in_seconds")]
    pub after: SignedDuration,
}

fn in_seconds<S: serde::Serializer>(length: &SignedDuration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_i64(length.as_secs())
}

/// Prompts of one kind, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub length: usize,
}

impl Freshness {
    /// Of these showings, which are in the order in which they came.
    #[must_use]
    pub fn of(showings: &[Showing]) -> Self {
        let (check_ins, others): (Vec<&Showing>, Vec<&Showing>) = showings
            .iter()
            .partition(|showing| showing.kind == Kind::CheckIn);
        let mut shares = BTreeMap::new();
        for showing in &others {
            *shares.entry(showing.collection().to_owned()).or_default() += 1;
        }
        let different: std::collections::BTreeSet<&str> =
            showings.iter().map(|one| one.prompt.as_str()).collect();
        Self {
            shown: showings.len(),
            different: different.len(),
            nearest_repeat: nearest(&others, |one| &one.prompt),
            nearest_check_in: nearest(&check_ins, |one| &one.prompt),
            nearest_of_collection: nearest(&others, Showing::collection),
            shares,
            longest_run: longest_run(&others),
            relaxed: showings.iter().filter(|one| one.relaxed).count(),
        }
    }
}

fn nearest<'a>(showings: &[&'a Showing], id: impl Fn(&'a Showing) -> &'a str) -> Option<Repeat> {
    let mut last: BTreeMap<&str, Timestamp> = BTreeMap::new();
    let mut nearest: Option<(SignedDuration, &str)> = None;
    for showing in showings {
        let id = id(showing);
        if let Some(before) = last.insert(id, showing.at) {
            let after = showing.at.duration_since(before).abs();
            if nearest.is_none_or(|(least, _)| after < least) {
                nearest = Some((after, id));
            }
        }
    }
    nearest.map(|(after, id)| Repeat {
        id: id.to_owned(),
        after,
    })
}

fn longest_run(showings: &[&Showing]) -> Option<Run> {
    let runs = showings.chunk_by(|one, next| one.kind == next.kind);
    let longest = runs.max_by_key(|run| run.len())?;
    Some(Run {
        kind: longest.first()?.kind,
        length: longest.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn showing(day: i64, prompt: &str, kind: Kind) -> Showing {
        Showing {
            at: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * day),
            prompt: prompt.to_owned(),
            kind,
            relaxed: day == 9,
        }
    }

    #[test]
    fn a_fortnight_by_hand() {
        let days = [
            showing(0, "a/one", Kind::Question),
            showing(1, "b/one", Kind::Question),
            showing(2, "c/in", Kind::CheckIn),
            showing(3, "a/two", Kind::Question),
            showing(5, "b/two", Kind::Practice),
            showing(6, "c/in", Kind::CheckIn),
            showing(9, "a/one", Kind::Practice),
        ];
        let days_later = |id: &str, days: i64| {
            Some(Repeat {
                id: id.to_owned(),
                after: SignedDuration::from_hours(24 * days),
            })
        };
        let expected = Freshness {
            shown: 7,
            different: 5,
            nearest_repeat: days_later("a/one", 9),
            nearest_check_in: days_later("c/in", 4),
            nearest_of_collection: days_later("a", 3),
            shares: [("a".to_owned(), 3), ("b".to_owned(), 2)].into(),
            longest_run: Some(Run {
                kind: Kind::Question,
                length: 3,
            }),
            relaxed: 1,
        };
        assert_eq!(Freshness::of(&days), expected);
        assert_eq!(Freshness::of(&[]), Freshness::default());
    }
}

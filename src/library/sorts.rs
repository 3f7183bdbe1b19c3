//! The sorts of prompts there are: a choice judges each sort once, so that it can ask 100,000 prompts.

use std::collections::BTreeMap;

use super::{Collection, Prompt};

/// Prompts are of one sort where no rule tells them apart, but for those about single prompts and whole collections.
#[derive(Debug, Clone)]
pub(super) struct Sorts {
    /// Of each sort, one prompt: its collection, and its place there.
    samples: Vec<(usize, usize)>,
    /// Of each collection, its prompts' sorts, in their order.
    by_collection: Vec<Vec<usize>>,
}

impl Sorts {
    pub(super) fn of(collections: &[Collection]) -> Sorts {
        let mut samples = Vec::new();
        let mut numbers = BTreeMap::new();
        let mut sort = |at: usize, place: usize| {
            let prompt = &collections[at].prompts[place];
            let within_ceiling = prompt.intensity <= collections[at].ceiling;
            let (times, fits, tags) = (&prompt.times, &prompt.fits, &prompt.tags);
            let sort = (
                prompt.kind,
                prompt.intensity,
                within_ceiling,
                times,
                fits,
                tags,
            );
            *numbers.entry(sort).or_insert_with(|| {
                samples.push((at, place));
                samples.len() - 1
            })
        };
        let mut sorts = |(at, collection): (usize, &Collection)| {
            let places = 0..collection.prompts.len();
            places.map(|place| sort(at, place)).collect()
        };
        let by_collection = collections.iter().enumerate().map(&mut sorts).collect();
        Sorts {
            samples,
            by_collection,
        }
    }

    /// One prompt of each sort, with its collection.
    pub(super) fn samples<'a>(
        &self,
        collections: &'a [Collection],
    ) -> impl Iterator<Item = (&'a Collection, &'a Prompt)> {
        let sample =
            |&(at, place): &(usize, usize)| (&collections[at], &collections[at].prompts[place]);
        self.samples.iter().map(sample)
    }

    /// The sorts of a collection's prompts, in their order.
    pub(super) fn of_collection(&self, at: usize) -> &[usize] {
        &self.by_collection[at]
    }
}

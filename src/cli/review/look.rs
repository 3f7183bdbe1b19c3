//! What a review tells, whoever reads it: the parts that were not left out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::Part;
use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::journal::{day, time};
use crate::cli::setup::{Setup, look_into};
use crate::daemon::store::{Filter, Met, Order, Store, StoreError};
use crate::journal::review::{CheckIns, Days, Said, Tally, Times};
use crate::journal::{Entry, Review};
use crate::library::Library;
use crate::paths::Paths;

/// A stretch of days looked at again. A part that is none was left out.
#[derive(Debug, Serialize)]
pub struct Look {
    #[serde(flatten)]
    pub days: Days,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_ins: Option<CheckIns>,
    #[serde(rename = "words", skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wins: Option<Vec<Own>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<Vec<Own>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompts: Option<Vec<Favoured>>,
}

/// Something in a person's own words.
#[derive(Debug, Serialize)]
pub struct Own {
    pub day: Date,
    /// "14:02", with the zone where the clock there said something else than the one here; none where times are left out.
    pub time: Option<String>,
    /// What it answers to; none where it was of their own, or prompts are left out.
    pub asked: Option<String>,
    pub words: String,
}

/// A prompt that a person took up.
#[derive(Debug, Serialize)]
pub struct Favoured {
    pub id: String,
    pub title: String,
    /// As it is now; none where it is no longer in the library.
    pub text: Option<String>,
    pub answered: u64,
    pub asked_for: u64,
    /// How often something was written for it.
    pub written: u64,
    /// Whether it is kept as a favourite.
    pub favourite: bool,
}

/// Looks back over these days.
///
/// # Errors
/// That the record cannot be read.
pub fn look(
    days: Days,
    without: &BTreeSet<Part>,
    setup: &Setup,
    paths: &Paths,
) -> Result<Look, Failure> {
    let with = |part: Part| !without.contains(&part);
    let before = days.until.saturating_add(1.day());
    let read = look_into(paths, |store| {
        let review = Review::of(entries(store, days.since, before)?);
        Ok((review, store.met(days.since, before)?))
    })?;
    let (review, met) = read.unwrap_or_default();
    let own = |entries: Vec<Entry>| {
        let own = |entry| Own::new(entry, with(Part::Times), with(Part::Prompts), setup);
        entries.into_iter().map(own).collect()
    };
    let prompts = || favoured(met, &review.written, setup, paths);
    Ok(Look {
        days,
        prompts: with(Part::Prompts).then(prompts).transpose()?,
        check_ins: with(Part::CheckIns).then_some(review.check_ins),
        said: with(Part::Words).then_some(review.said),
        wins: with(Part::Wins).then(|| own(review.wins)),
        notes: with(Part::Notes).then(|| own(review.notes)),
        times: with(Part::Times).then_some(review.times),
    })
}

fn entries(store: &Store, since: Date, before: Date) -> Result<Vec<Entry>, StoreError> {
    let filter = Filter {
        since: Some(since),
        before: Some(before),
        ..Filter::default()
    };
    let mut found = Vec::new();
    store.each_entry(&filter, Order::Oldest, |entry| {
        found.push(entry);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

/// What was taken up in these days, and what is a favourite at all: those first, then what was taken up most often.
fn favoured(
    met: Vec<Met>,
    written: &BTreeMap<String, u64>,
    setup: &Setup,
    paths: &Paths,
) -> Result<Vec<Favoured>, Failure> {
    let (library, favourites) = library(setup, paths)?;
    let mut met: BTreeMap<String, Met> = met
        .into_iter()
        .map(|one| (one.prompt.clone(), one))
        .collect();
    let ids: BTreeSet<String> = met
        .keys()
        .chain(written.keys())
        .chain(&favourites)
        .cloned()
        .collect();
    let favoured = ids.into_iter().map(|id| {
        let prompt = library.prompt(&id);
        let met = met.remove(&id);
        let (answered, asked_for) = met
            .as_ref()
            .map_or((0, 0), |met| (met.answered, met.asked_for));
        let title = prompt.map(|prompt| prompt.title.to_string());
        Favoured {
            title: title
                .or(met.map(|met| met.title))
                .unwrap_or_else(|| id.clone()),
            text: prompt.map(|prompt| prompt.text.to_string()),
            answered,
            asked_for,
            written: written.get(&id).copied().unwrap_or_default(),
            favourite: favourites.contains(&id),
            id,
        }
    });
    let mut favoured: Vec<Favoured> = favoured.collect();
    favoured.sort_by_key(|one| {
        let times = one.answered + one.asked_for + one.written;
        (!one.favourite, Reverse(times))
    });
    Ok(favoured)
}

/// The prompts, and which are favourites. Settings with errors stop nobody from looking back.
fn library(setup: &Setup, paths: &Paths) -> Result<(Arc<Library>, BTreeSet<String>), Failure> {
    let state = look_into(paths, Store::state)?.flatten();
    let preferences = state.map(|state| state.preferences).unwrap_or_default();
    match setup.settings() {
        Ok(settings) => {
            let rules = settings.config.library.with(&preferences);
            Ok((settings.library, rules.favour.into_iter().collect()))
        }
        Err(failure) => {
            let fact = format!("your prompts are left aside: {}", failure.one_line());
            ask::warn(&fact, Some("attuned check shows what is wrong"));
            Ok((Arc::new(Library::shipped()), preferences.favourites))
        }
    }
}

impl Own {
    fn new(entry: Entry, with_time: bool, with_prompt: bool, setup: &Setup) -> Self {
        Self {
            day: day(&entry),
            time: with_time.then(|| time(&entry.moment, setup)),
            words: entry.content.note().unwrap_or_default().to_owned(),
            asked: entry.asked.filter(|_| with_prompt),
        }
    }
}

impl Favoured {
    /// "answered 3 times, a favourite"
    #[must_use]
    pub fn how(&self) -> String {
        let times = |what: &str, count: u64| match count {
            0 => None,
            1 => Some(format!("{what} once")),
            2 => Some(format!("{what} twice")),
            count => Some(format!("{what} {count} times")),
        };
        let parts = [
            times("answered", self.answered),
            times("asked for", self.asked_for),
            times("written about", self.written),
            self.favourite.then(|| "a favourite".to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl Look {
    /// Whether there is nothing to tell. Favourites alone are nothing of these days.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let no_words = |own: &Option<Vec<Own>>| own.as_ref().is_none_or(Vec::is_empty);
        self.check_ins.as_ref().is_none_or(|some| some.count == 0)
            && self
                .said
                .as_ref()
                .is_none_or(|said| *said == Said::default())
            && no_words(&self.wins)
            && no_words(&self.notes)
            && self.times.as_ref().is_none_or(|times| times.count == 0)
            && self.prompts.as_ref().is_none_or(|prompts| {
                prompts
                    .iter()
                    .all(|one| one.answered + one.asked_for + one.written == 0)
            })
    }
}

/// The lists of words, each with what it is called.
#[must_use]
pub fn lists(said: &Said) -> [(&'static str, &Tally); 4] {
    [
        ("Words", &said.words),
        ("In the body", &said.body),
        ("What it was about", &said.context),
        ("What was needed", &said.need),
    ]
}

/// "1 check-in", "3 check-ins"
#[must_use]
pub fn check_ins(count: u64) -> String {
    let word = if count == 1 { "check-in" } else { "check-ins" };
    format!("{count} {word}")
}

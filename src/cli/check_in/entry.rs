//! The entry that a check-in is kept as: a new one, or an earlier one with more in it.

use crate::cli::failure::Failure;
use crate::cli::setup::{Setup, look_into};
use crate::clock;
use crate::daemon::store::Store;
use crate::engine::Trigger;
use crate::journal::{self, Channel, CheckIn, Content, Entry, EntryId, Moment, Origin};

/// The newest check-in that a person who typed `name` may mean.
///
/// # Errors
/// That there is none.
pub fn find(name: &str, setup: &Setup) -> Result<Entry, Failure> {
    let named = |store: &Store| store.entries_named(name, usize::MAX);
    let entries = look_into(&setup.paths()?, named)?.unwrap_or_default();
    let found = entries
        .into_iter()
        .find(|entry| check_in_of(entry).is_some());
    found.ok_or_else(|| {
        Failure::refused(
            format!("there is no check-in \"{name}\" to go on from"),
            Some("attuned check-in begins a new one".into()),
        )
    })
}

/// What it says, where it is a check-in.
#[must_use]
pub fn check_in_of(entry: &Entry) -> Option<&CheckIn> {
    match &entry.content {
        Content::CheckIn(said) => Some(said),
        Content::Note { .. } | Content::Win { .. } => None,
    }
}

/// What was said before, with more said now: what is said twice holds as it is now.
fn both(before: &CheckIn, now: CheckIn) -> CheckIn {
    let list = |now: Vec<String>, before: &[String]| {
        if now.is_empty() { before.to_vec() } else { now }
    };
    CheckIn {
        outcome: before.outcome,
        quick: now.quick.or(before.quick),
        pleasant: now.pleasant.or(before.pleasant),
        energy: now.energy.or(before.energy),
        words: list(now.words, &before.words),
        body: list(now.body, &before.body),
        context: list(now.context, &before.context),
        need: list(now.need, &before.need),
        note: now.note.or_else(|| before.note.clone()),
        felt_after: now.felt_after.or(before.felt_after),
    }
}

/// Whether it says nothing that is not on record before.
#[must_use]
pub fn adds_nothing(before: Option<&CheckIn>, said: &CheckIn) -> bool {
    match before {
        Some(before) => both(before, said.clone()) == *before,
        None => *said == CheckIn::default(),
    }
}

/// The entry, with more said.
#[must_use]
pub fn amended(before: Entry, said: CheckIn) -> Entry {
    let said = match check_in_of(&before) {
        Some(earlier) => both(earlier, said),
        None => said,
    };
    Entry {
        revision: before.revision.saturating_add(1),
        content: Content::CheckIn(said),
        ..before
    }
}

/// A new entry, with what asked for it.
///
/// # Errors
/// That there is no home folder.
pub fn new_entry(
    said: CheckIn,
    channel: Channel,
    delivery: Option<u64>,
    setup: &Setup,
) -> Result<Entry, Failure> {
    // What cannot be read now is told by whoever has to write to it.
    let state = look_into(&setup.paths()?, Store::state)
        .ok()
        .flatten()
        .flatten();
    let mut live = state.map_or_else(Vec::new, |state| state.live).into_iter();
    let asked_by = live.find(|one| Some(one.record.id) == delivery);
    let record = asked_by.map(|one| one.record);
    let origin = match record.as_ref().map(|record| &record.trigger) {
        Some(Trigger::Reminder { .. } | Trigger::HowOften) => Origin::Reminder,
        Some(Trigger::FollowUp { .. }) => Origin::FollowUp,
        Some(Trigger::Request { .. }) | None => Origin::Own,
    };
    let card = record.and_then(|record| record.card);
    Ok(Entry {
        origin,
        prompt: card.as_ref().and_then(|card| card.prompt.clone()),
        asked: card.map(|card| card.text),
        ..unasked(said, channel)
    })
}

/// A new entry, of what a person says on their own.
pub fn unasked(said: CheckIn, channel: Channel) -> Entry {
    let now = clock::now();
    Entry {
        version: journal::VERSION,
        id: EntryId::new(now, clock::entropy()),
        revision: 1,
        moment: Moment::new(now, &clock::system_zone()),
        origin: Origin::Own,
        channel,
        prompt: None,
        asked: None,
        content: Content::CheckIn(said),
    }
}

//! After a feeling was put into words, what rethinks or bears it waits: by whatever way it would come.
//!
//! What is chosen keeps to that by itself ([`crate::library::choose`]); here it is kept for what was chosen before and comes
//! again. A prompt that a person asked for by its id comes all the same.

use jiff::Timestamp;

use super::Engine;
use super::record::{LetGo, Record};
use crate::library::{ChoiceReasons, Selection, is_naming};

impl Engine {
    /// Notes that a feeling was put into words, outside a prompt of that collection.
    pub(super) fn note_named(&mut self, at: Timestamp) {
        self.state.named = self.state.named.max(Some(at));
    }

    /// Notes that a prompt comes once more, if it asks for words for a feeling.
    pub(super) fn note_naming(&mut self, record: &Record, now: Timestamp) {
        if collection_of(record).is_some_and(is_naming) {
            self.note_named(now);
        }
    }

    /// Until when what the record shows waits because a feeling was named; none where it need not.
    pub(super) fn rests_after_naming(&self, record: &Record, now: Timestamp) -> Option<Timestamp> {
        if record.choice == Some(ChoiceReasons::AskedFor) {
            return None;
        }
        let (deck, named) = (&self.state.deck, self.state.named);
        deck.rests_after_naming(collection_of(record)?, named, now)
    }

    /// Whether all the collections asked for wait.
    pub(super) fn wait_after_naming(&self, from: &Selection, now: Timestamp) -> bool {
        let (deck, named) = (&self.state.deck, self.state.named);
        let waits = |id: &String| deck.rests_after_naming(id, named, now).is_some();
        !from.collections.is_empty() && from.collections.iter().all(waits)
    }

    /// Whether naming lets the record's prompt come.
    ///
    /// # Errors
    /// That it does not.
    pub(super) fn gate_naming(&self, record: &Record, now: Timestamp) -> Result<(), LetGo> {
        match self.rests_after_naming(record, now) {
            Some(_) => Err(LetGo::AfterNaming),
            None => Ok(()),
        }
    }
}

fn collection_of(record: &Record) -> Option<&str> {
    let id = record.card.as_ref()?.prompt.as_deref()?;
    id.split_once('/').map(|(collection, _)| collection)
}

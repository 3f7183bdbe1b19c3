//! A prompt that is read in the terminal at once: on record as read, never on the screen as a notification.

use jiff::Timestamp;

use super::event::{Reply, Wanted};
use super::record::{Card, Outcome, Record, Trigger};
use super::{Engine, Outbox};
use crate::library::{self, Kind, Selection};

impl Engine {
    /// A practice for the terminal.
    pub(super) fn practice(&mut self, wanted: &Wanted, now: Timestamp, out: &mut Outbox) -> Reply {
        if let Wanted::Prompt(id) = wanted
            && let Some(prompt) = self.library.prompt(id)
            && prompt.kind != Kind::Practice
        {
            return Reply::Refused {
                message: format!("{id} is not a practice"),
                hint: Some(format!("to see it: attuned now {id}")),
            };
        }
        let record = self.chosen_practice(wanted, now);
        match record.and_then(|record| Self::read(record, now, out)) {
            Some(card) => Reply::Read(card),
            None => Reply::Refused {
                message: "no practice fits just now".into(),
                hint: Some("see what there is: attuned library list".into()),
            },
        }
    }

    fn chosen_practice(&mut self, wanted: &Wanted, now: Timestamp) -> Option<Record> {
        let (collection, from) = match wanted {
            Wanted::Any | Wanted::Prompt(_) => (None, Selection::default()),
            Wanted::Collection(id) => (Some(id.clone()), Selection::collection(id)),
        };
        let mut record = self.blank_record(Trigger::Request { collection }, now);
        if let Wanted::Prompt(id) = wanted {
            let choice = library::choose_by_id(&self.library, id)?;
            self.take(&mut record, choice, now)?;
        } else {
            let from = Selection {
                kinds: vec![Kind::Practice],
                ..from
            };
            self.choose(&mut record, &from, None, now).ok()?;
        }
        Some(record)
    }

    /// Puts on record that its card was read, and gives the card.
    pub(super) fn read(mut record: Record, now: Timestamp, out: &mut Outbox) -> Option<Card> {
        let card = record.card.as_mut()?;
        // Who reads it has asked for it.
        card.private = false;
        let card = card.clone();
        record.shown_at = Some(now);
        record.ended_at = Some(now);
        record.outcome = Some(Outcome::Read);
        out.records.push(record);
        Some(card)
    }
}

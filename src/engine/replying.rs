//! Answers that a person writes in the notification itself, where the desktop has a field for that.

use jiff::Timestamp;

use super::record::{Answer, Trigger};
use super::{Delivery, Engine, Outbox, later};
use crate::journal::{CheckIn, Content, LONGEST_NOTE};
use crate::library::Kind;

impl Engine {
    /// The words go into the journal, tied to what asked for them, and answer it; it is shown again where it
    /// asks for none, or none were written.
    pub(super) fn replied(&mut self, id: u64, words: &str, now: Timestamp, out: &mut Outbox) {
        // An exchange whose notification goes is over.
        if self.live(id).is_some_and(Delivery::is_answered) {
            return self.leave(id, out);
        }
        let Some(delivery) = self.live(id).filter(|one| one.is_on_screen()) else {
            out.close(id);
            return;
        };
        let Some(note) = note(words).filter(|_| delivery.takes_words()) else {
            return self.send_again(id, later(now, self.config.pace.expiry), 0, now, out);
        };
        let content = if delivery.asks(Kind::CheckIn) {
            Content::CheckIn(CheckIn {
                note: Some(note),
                ..CheckIn::default()
            })
        } else {
            Content::Note { note }
        };
        out.entries.push(self.entry(&delivery.record, content, now));
        self.heard();
        self.answer(id, Answer::InWords, now, out);
    }
}

impl Delivery {
    /// Whether it can be answered in writing.
    pub(super) fn takes_words(&self) -> bool {
        let is_hidden = self.card().is_some_and(|card| card.private);
        let is_own_matter = self.record.trigger == Trigger::HowOften;
        !is_hidden && !is_own_matter && (self.asks(Kind::CheckIn) || self.asks(Kind::Question))
    }

    /// Whether it shows a prompt of this kind, and waits for an answer.
    pub(super) fn asks(&self, kind: Kind) -> bool {
        !self.is_answered() && self.card().is_some_and(|card| card.kind == kind)
    }
}

/// What was written, as the journal keeps it; none where that is nothing.
fn note(words: &str) -> Option<String> {
    let lines = words.replace("\r\n", "\n").replace('\r', "\n");
    let shown = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let note: String = lines.chars().filter(shown).take(LONGEST_NOTE).collect();
    let note = note.trim();
    (!note.is_empty()).then(|| note.to_owned())
}

//! What a person answers to "how are you?", wherever they do.

use jiff::Timestamp;

use super::event::Reply;
use super::record::{Answer, Card, Record, Trigger};
use super::state::{Mood, Phase};
use super::{Delivery, Engine, Outbox};
use crate::journal::{self, Channel, CheckIn, Content, Entry, EntryId, Moment, Origin, Quick};
use crate::library::{Kind, LastState};
use crate::schedule::random::stable_hash;

impl Engine {
    /// An answer by a button.
    pub(super) fn check_in(&mut self, id: u64, quick: Quick, now: Timestamp, out: &mut Outbox) {
        let Some(delivery) = self.live(id) else {
            return;
        };
        let said = CheckIn::quick(quick);
        let entry = self.entry(&delivery.record, Content::CheckIn(said.clone()), now);
        match quick {
            Quick::Hard => self.offer_help(id, entry.id.clone(), now, out),
            Quick::Okay | Quick::TooMuch => self.answer(id, quick.into(), now, out),
        }
        out.entries.push(entry);
        self.note_mood(&said, now, now, out);
    }

    /// An answer by command, a check-in or words to a prompt: on record whether or not what asks is open, which it answers
    /// too.
    pub(super) fn checked_in(
        &mut self,
        entry: Entry,
        delivery: Option<u64>,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Reply {
        self.heard();
        let Content::CheckIn(said) = &entry.content else {
            return self.written(entry, now, out);
        };
        // More words for what is on record answer nothing else.
        let is_new = entry.revision == 1;
        let asked = is_new.then(|| self.open_check_in(delivery)).flatten();
        if let Some(asked) = asked {
            self.answer(asked, Answer::to(said), now, out);
        }
        self.note_mood(said, entry.moment.at.min(now), now, out);
        let (id, quick) = (entry.id.clone(), said.quick);
        out.entries.push(entry);
        Reply::CheckedIn {
            entry: id,
            then: quick.and_then(|quick| self.show_after(quick, asked, now, out)),
        }
    }

    /// Words answer the question that led to them, where it is on screen.
    fn written(&mut self, entry: Entry, now: Timestamp, out: &mut Outbox) -> Reply {
        let answers = |one: &&Delivery| {
            let shown = one.card().and_then(|card| card.prompt.as_ref());
            one.is_on_screen() && one.asks(Kind::Question) && shown == entry.prompt.as_ref()
        };
        let asked = self.state.live.iter().rfind(answers);
        if let Some(asked) = asked.map(|one| one.record.id) {
            self.answer(asked, Answer::InWords, now, out);
        }
        let id = entry.id.clone();
        out.entries.push(entry);
        Reply::CheckedIn {
            entry: id,
            then: None,
        }
    }

    /// The check-in with this id that waits for its answer, on screen or in a terminal; the newest where none is named.
    fn open_check_in(&self, delivery: Option<u64>) -> Option<u64> {
        let waits = |one: &&Delivery| {
            let is_open = one.is_on_screen() || matches!(one.phase, Phase::InTerminal { .. });
            let asks = one.card().is_some_and(|card| card.kind == Kind::CheckIn);
            is_open && asks && !one.is_answered()
        };
        let open = self.state.live.iter().filter(waits);
        let mut open = open.map(|one| one.record.id);
        open.rfind(|id| delivery.is_none_or(|delivery| delivery == *id))
    }

    fn note_mood(&mut self, said: &CheckIn, at: Timestamp, now: Timestamp, out: &mut Outbox) {
        if !said.words.is_empty() {
            self.note_named(at);
        }
        let is_newest = |last: Mood| last.at <= at;
        if let Some(state) = said.state()
            && self.state.last_check_in.is_none_or(is_newest)
        {
            let energy = said.energy;
            self.note_state(Mood { at, state, energy }, now, out);
        }
    }

    /// One prompt that fits, for the terminal, which shows it at once.
    fn show_after(
        &mut self,
        quick: Quick,
        asked: Option<u64>,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Option<Card> {
        let record = match quick {
            Quick::TooMuch => self.steady_record(asked.unwrap_or_default(), now),
            Quick::Okay | Quick::Hard => {
                let trigger = Trigger::Request { collection: None };
                let mut record = self.blank_record(trigger, now);
                let from = self.wish_of(&record.trigger);
                self.choose(&mut record, &from, None, now).ok()?;
                record
            }
        };
        Self::read(record, now, out)
    }

    /// What a delivery led a person to say, as an entry of the journal.
    pub(super) fn entry(&self, record: &Record, content: Content, now: Timestamp) -> Entry {
        let drawn = stable_hash(&[
            &self.state.salt.to_le_bytes(),
            &record.id.to_le_bytes(),
            &now.as_nanosecond().to_le_bytes(),
        ]);
        let card = record.card.as_ref();
        Entry {
            version: journal::VERSION,
            id: EntryId::new(now, drawn),
            revision: 1,
            moment: Moment::new(now, &self.zone),
            origin: match record.trigger {
                Trigger::Reminder { .. } | Trigger::HowOften => Origin::Reminder,
                Trigger::Request { .. } => Origin::Own,
                Trigger::FollowUp { .. } => Origin::FollowUp,
            },
            channel: Channel::Notification,
            prompt: card.and_then(|card| card.prompt.clone()),
            asked: card.map(|card| card.text.clone()),
            content,
        }
    }
}

impl From<Quick> for Answer {
    fn from(quick: Quick) -> Self {
        match quick {
            Quick::Okay => Self::Okay,
            Quick::Hard => Self::Hard,
            Quick::TooMuch => Self::TooMuch,
        }
    }
}

impl From<Quick> for LastState {
    fn from(quick: Quick) -> Self {
        match quick {
            Quick::Okay => Self::Okay,
            Quick::Hard => Self::Hard,
            Quick::TooMuch => Self::TooMuch,
        }
    }
}

impl Answer {
    /// The answer that a check-in gives to what asked for it.
    fn to(said: &CheckIn) -> Self {
        match (said.outcome, said.quick) {
            (journal::Outcome::RatherNot, _) => Self::RatherNot,
            (journal::Outcome::Answered, Some(quick)) => quick.into(),
            (journal::Outcome::Answered, None) => Self::InWords,
        }
    }
}

impl CheckIn {
    /// What it says about what may come next; none where it says nothing.
    fn state(&self) -> Option<LastState> {
        match (self.quick, self.pleasant) {
            (Some(quick), _) => Some(quick.into()),
            (None, Some(pleasant)) if pleasant.value() < 0 => Some(LastState::Hard),
            (None, Some(_)) => Some(LastState::Okay),
            (None, None) => None,
        }
    }
}

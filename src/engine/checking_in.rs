//! What a person answers to "how are you?", wherever they do.

use jiff::Timestamp;

use super::event::Reply;
use super::record::{Answer, Card, Record, Trigger};
use super::state::Mood;
use super::{Delivery, Engine, Outbox};
use crate::journal::{self, Channel, CheckIn, Content, Entry, EntryId, Moment, Origin, Quick};
use crate::library::{Kind, LastState, Selection};
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
    pub(super) fn answer_by_command(
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
        let (id, state) = (entry.id.clone(), said.state());
        out.entries.push(entry);
        Reply::Kept {
            entry: id,
            then: state.and_then(|state| self.show_after(state, asked, now, out)),
        }
    }

    /// Words answer the question that led to them while it waits for an answer. What became of one that is gone stays on
    /// record as it was.
    fn written(&mut self, entry: Entry, now: Timestamp, out: &mut Outbox) -> Reply {
        let answers = |one: &&Delivery| {
            let shown = one.card().and_then(|card| card.prompt.as_ref());
            one.waits_for_answer() && one.asks(Kind::Question) && shown == entry.prompt.as_ref()
        };
        let asked = self.state.live.iter().rfind(answers);
        if let Some(asked) = asked.map(|one| one.record.id) {
            self.answer(asked, Answer::InWords, now, out);
        }
        let id = entry.id.clone();
        out.entries.push(entry);
        Reply::Kept {
            entry: id,
            then: None,
        }
    }

    /// The check-in with this id that waits for its answer; the newest where none is named.
    fn open_check_in(&self, delivery: Option<u64>) -> Option<u64> {
        let asks = |one: &&Delivery| one.waits_for_answer() && one.asks(Kind::CheckIn);
        let open = self.state.live.iter().filter(asks);
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

    /// One prompt of those that fit best, for the terminal, which shows it at once.
    fn show_after(
        &mut self,
        state: LastState,
        asked: Option<u64>,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Option<Card> {
        let record = match state {
            LastState::TooMuch => self.steady_record(asked.unwrap_or_default(), now),
            LastState::Okay | LastState::Hard | LastState::Unknown => {
                let trigger = Trigger::Request { collection: None };
                let mut record = self.blank_record(trigger, now);
                let (best, any) = (self.fits_best(now), Selection::default());
                self.choose(&mut record, &best, None, now)
                    .or_else(|_| self.choose(&mut record, &any, None, now))
                    .ok()?;
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

impl Delivery {
    /// Whether a person may know of it and has yet to answer: it is on screen, in a terminal or put off, or was on screen and
    /// waits to come back.
    fn waits_for_answer(&self) -> bool {
        !self.is_answered() && (self.is_on_screen() || self.record.was_shown())
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

//! What follows an answer in the same notification: what may help after "Hard", and a practice, step by step.
//!
//! The answer is on record before any of this is shown, and stays as it is. So whatever cuts the exchange short, a
//! restart, a pause or a server that is gone, simply ends it.

use jiff::{SignedDuration, Timestamp};

use super::record::{Answer, Outcome};
use super::state::{Delivery, Stage};
use super::{Effect, Engine, Flow, Outbox, later};
use crate::journal::EntryId;

/// How long the word stays that a practice is over.
const LAST_WORD_STAYS: SignedDuration = SignedDuration::from_secs(10);

/// A step this long past its time belongs to a practice that was slept through.
const STEP_GRACE: SignedDuration = SignedDuration::from_secs(60);

impl Delivery {
    /// Whether its answer is on record; then only an exchange that followed is left of it.
    pub(super) fn is_answered(&self) -> bool {
        self.record.ended_at.is_some()
    }

    /// How long what it shows now stays, where an unanswered prompt stays for `expiry`.
    pub(super) fn stays(&self, expiry: SignedDuration) -> SignedDuration {
        match self.stage {
            Stage::Asking | Stage::Offering { .. } => expiry,
            Stage::Practising { step } => {
                let steps = self.card().map_or(&[][..], |card| &card.steps);
                steps.get(step).map_or(LAST_WORD_STAYS, |step| {
                    SignedDuration::from_secs(i64::from(step.seconds))
                })
            }
        }
    }

    /// How many steps its practice has; none where it has no practice.
    fn step_count(&self) -> usize {
        self.card().map_or(0, |card| card.steps.len())
    }
}

impl Engine {
    /// "Hard" is on record; what may help now comes in place of the question.
    pub(super) fn offer_help(&mut self, id: u64, entry: EntryId, now: Timestamp, out: &mut Outbox) {
        self.settle(id, Outcome::Answered(Answer::Hard), now, out);
        self.show_stage(id, Stage::Offering { entry }, now, out);
    }

    /// Naming it amends the very entry that "Hard" made.
    pub(super) fn name_it(&mut self, id: u64, out: &mut Outbox) {
        let Some(Stage::Offering { entry }) = self.live(id).map(|one| one.stage.clone()) else {
            return;
        };
        self.leave(id, out);
        out.acts.push(Effect::Open(Flow::Amend { entry }));
    }

    /// The first step comes in place of the practice's text.
    pub(super) fn begin_practice(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        self.settle(id, Outcome::Answered(Answer::Begun), now, out);
        self.show_stage(id, Stage::Practising { step: 0 }, now, out);
    }

    /// The next step; after the last one a word that it is over, and after that nothing.
    pub(super) fn go_on(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        let Some(delivery) = self.live(id) else {
            return;
        };
        match delivery.stage {
            Stage::Practising { step } if step < delivery.step_count() => {
                self.show_stage(id, Stage::Practising { step: step + 1 }, now, out);
            }
            _ => self.leave(id, out),
        }
    }

    /// The time of what an exchange shows is over.
    pub(super) fn end_stage(
        &mut self,
        id: u64,
        until: Timestamp,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let is_current = now.duration_since(until) <= STEP_GRACE;
        match self.live(id).map(|one| &one.stage) {
            Some(Stage::Practising { .. }) if is_current => self.go_on(id, now, out),
            _ => self.leave(id, out),
        }
    }

    /// Ends an exchange and takes its notification away; its answer is on record.
    pub(super) fn leave(&mut self, id: u64, out: &mut Outbox) {
        self.state.live.retain(|one| one.record.id != id);
        out.close(id);
    }

    fn show_stage(&mut self, id: u64, stage: Stage, now: Timestamp, out: &mut Outbox) {
        if let Some(delivery) = self.live_mut(id) {
            delivery.stage = stage;
        }
        self.send_again(id, later(now, self.config.pace.expiry), 0, now, out);
    }

    /// Records the answer of a delivery that goes on as an exchange.
    fn settle(&mut self, id: u64, outcome: Outcome, now: Timestamp, out: &mut Outbox) {
        if let Some(delivery) = self.live_mut(id) {
            delivery.record.ended_at = Some(now);
            delivery.record.outcome = Some(outcome);
            out.records.push(delivery.record.clone());
        }
    }
}

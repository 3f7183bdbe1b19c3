//! One prompt's way: chosen, sent, on screen, answered or not.

use jiff::{SignedDuration, Timestamp};

use super::due::Due;
use super::gate::Manner;
use super::notice::notice;
use super::record::{LetGo, MissedWhy, Outcome, Record, ShowFailure, Trigger};
use super::state::{Delivery, Phase, Stage};
use super::{Effect, Engine, Outbox, Wanted, later};
use crate::config::Reminder;
use crate::library;

/// More than two open notifications would be a pile (and GNOME keeps three a program at most).
pub(super) const MOST_ON_SCREEN: usize = 2;

/// A snoozed prompt whose time passed during sleep is let be after this long.
const SNOOZE_GRACE: SignedDuration = SignedDuration::from_hours(1);

impl Delivery {
    pub(super) fn is_on_screen(&self) -> bool {
        matches!(self.phase, Phase::Sending { .. } | Phase::Open { .. })
    }

    /// When something happens to it by itself.
    pub(super) fn next_change(&self) -> Timestamp {
        match self.phase {
            Phase::Waiting {
                retry: Some(retry), ..
            } => retry.min(self.phase.until()),
            _ => self.phase.until(),
        }
    }
}

impl Engine {
    /// Shows what a reminder has due, lets it wait while the person is busy, or records why not.
    pub(super) fn offer(
        &mut self,
        reminder: &Reminder,
        due: Due,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let record = self.new_record(reminder, due);
        match self.gate(reminder, now) {
            Ok(()) | Err(LetGo::AskedInstead) if self.has_to_wait(now) => {
                self.hold_new(record, now, out);
            }
            gate => {
                self.bring(reminder, record, gate, now, out);
            }
        }
    }

    /// Shows what a reminder has due where the gate lets it, or records why not; whether anything came.
    pub(super) fn bring(
        &mut self,
        reminder: &Reminder,
        mut record: Record,
        gate: Result<(), LetGo>,
        now: Timestamp,
        out: &mut Outbox,
    ) -> bool {
        let manner = gate
            .and_then(|()| self.fill(&mut record, &reminder.content, now))
            .and_then(|()| self.gate_pauses(self.subject(&record, false), now));
        match manner {
            Ok(manner) => {
                self.count_one(manner, now);
                self.note_rest(now);
                self.note_turn(reminder, now);
                self.send(record, manner, now, out);
                true
            }
            Err(why) => {
                record.ended_at = Some(now);
                record.outcome = Some(Outcome::LetGo(why.clone()));
                out.records.push(record);
                self.note_no_turn(reminder, &why, now, out);
                why == LetGo::AskedInstead
            }
        }
    }

    /// One prompt because a person asked for it.
    pub(super) fn chosen(&mut self, wanted: &Wanted, now: Timestamp) -> Option<Record> {
        let collection = match wanted {
            Wanted::Collection(id) => Some(id.clone()),
            Wanted::Any | Wanted::Prompt(_) => None,
        };
        let mut record = self.blank_record(Trigger::Request { collection }, now);
        match wanted {
            Wanted::Prompt(id) => {
                let choice = library::choose_by_id(&self.library, id)?;
                self.take(&mut record, choice, now)?;
            }
            Wanted::Any | Wanted::Collection(_) => {
                let from = self.wish_of(&record.trigger);
                self.choose(&mut record, &from, None, now).ok()?;
            }
        }
        Some(record)
    }

    /// Hands a record's card over to be shown.
    pub(super) fn send(
        &mut self,
        record: Record,
        manner: Manner,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        self.make_room(now, out);
        let delivery = Delivery {
            record,
            phase: Phase::Sending {
                until: later(now, self.config.pace.expiry),
                tries: 0,
            },
            since: now,
            quiet: manner == Manner::Light,
            stage: Stage::default(),
        };
        out.records.push(delivery.record.clone());
        self.show(&delivery, out);
        self.state.live.push(delivery);
    }

    fn make_room(&mut self, now: Timestamp, out: &mut Outbox) {
        let open: Vec<u64> = self.on_screen().map(|one| one.record.id).collect();
        let too_many = (open.len() + 1).saturating_sub(MOST_ON_SCREEN);
        for id in open.into_iter().take(too_many) {
            self.end(id, Outcome::LetGo(LetGo::MadeRoom), now, out);
            out.close(id);
        }
    }

    fn show(&self, delivery: &Delivery, out: &mut Outbox) {
        out.acts
            .extend(notice(delivery, &self.config).map(Effect::Show));
    }

    /// Ends every phase whose time is up.
    pub(super) fn end_phases(&mut self, now: Timestamp, out: &mut Outbox) {
        let live = self.state.live.iter();
        let over = live.filter(|one| one.next_change() <= now);
        let over: Vec<u64> = over.map(|one| one.record.id).collect();
        for id in over.into_iter().rev() {
            self.end_phase(id, now, out);
        }
    }

    fn end_phase(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        let Some(delivery) = self.live(id) else {
            return;
        };
        match delivery.phase.clone() {
            Phase::Open { until } if delivery.is_answered() => {
                self.end_stage(id, until, now, out);
            }
            Phase::InTerminal { .. } => self.end(id, Outcome::Expired, now, out),
            Phase::Sending { .. } => {
                self.end(id, Outcome::Failed(ShowFailure::NoAnswer), now, out);
                out.close(id);
            }
            Phase::Waiting { tried, .. } if tried.until <= now => {
                let outcome = tried.outcome(&delivery.record);
                self.end(id, outcome, now, out);
            }
            // After a sleep several may have waited for another try: the newest stands for them.
            Phase::Waiting { .. } if out.shows_something() => self.stand_in_for(id, now, out),
            Phase::Waiting { tried, .. } => {
                self.show_later(id, tried.until, tried.tries, now, out);
            }
            Phase::Open { .. } => {
                self.end(id, Outcome::Expired, now, out);
                out.close(id);
            }
            Phase::Snoozed { until } => self.end_snooze(id, until, now, out),
            Phase::Held { .. } => self.end_wait(id, now, out),
        }
    }

    /// A snoozed prompt comes again, unless a pause began or its time is long past; where a feeling was just named, it
    /// may have to wait some more.
    fn end_snooze(&mut self, id: u64, until: Timestamp, now: Timestamp, out: &mut Outbox) {
        let record = self.live(id).map(|one| &one.record);
        let rest = record.and_then(|record| self.rests_after_naming(record, now));
        if let Some(rest) = rest {
            self.snooze(id, rest, now, out);
        } else if now.duration_since(until) > SNOOZE_GRACE {
            let grace = SNOOZE_GRACE;
            self.end(
                id,
                Outcome::Missed(MissedWhy::TooLongAgo { grace }),
                now,
                out,
            );
        } else {
            let until = later(now, self.config.pace.expiry);
            self.show_later(id, until, 0, now, out);
        }
    }

    /// Shows a delivery whose time has come again, or lets it wait while the person is busy.
    pub(super) fn show_later(
        &mut self,
        id: u64,
        until: Timestamp,
        tries: u32,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if self.has_to_wait(now) {
            self.hold(id, now, out);
        } else {
            self.show_now(id, until, tries, now, out);
        }
    }

    /// Shows a delivery again, unless a pause that began meanwhile, or what was said, keeps it; whether it came.
    pub(super) fn show_now(
        &mut self,
        id: u64,
        until: Timestamp,
        tries: u32,
        now: Timestamp,
        out: &mut Outbox,
    ) -> bool {
        let Some(delivery) = self.live(id) else {
            return false;
        };
        let manner = self
            .gate_naming(&delivery.record, now)
            .and_then(|()| self.gate_overwhelm_again(&delivery.record, now))
            .and_then(|()| self.gate_pauses(self.subject(&delivery.record, delivery.quiet), now));
        match manner {
            Ok(manner) => {
                self.note_manner(manner);
                if let Some(delivery) = self.live_mut(id) {
                    delivery.quiet = manner == Manner::Light;
                }
                self.send_again(id, until, tries, now, out);
                true
            }
            Err(why) => {
                self.end(id, Outcome::LetGo(why), now, out);
                false
            }
        }
    }

    /// Shows a delivery anew, in place of its notification where there is one. Under do-not-disturb it waits.
    pub(super) fn send_again(
        &mut self,
        id: u64,
        until: Timestamp,
        tries: u32,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if self.is_not_to_disturb(now) {
            return self.put_by(id, now, out);
        }
        if !self.live(id).is_some_and(Delivery::is_on_screen) {
            self.make_room(now, out);
        }
        let Some(delivery) = self.live_mut(id) else {
            return;
        };
        delivery.phase = Phase::Sending { until, tries };
        delivery.since = now;
        if !delivery.is_answered() {
            delivery.record.outcome = None;
            out.records.push(delivery.record.clone());
        }
        let again = delivery.clone();
        if !again.is_answered() {
            self.note_naming(&again.record, now);
        }
        self.show(&again, out);
    }

    /// Records how a delivery ended, unless its answer is on record; nothing more comes of it.
    pub(super) fn end(&mut self, id: u64, outcome: Outcome, now: Timestamp, out: &mut Outbox) {
        let live = &mut self.state.live;
        let Some(index) = live.iter().position(|one| one.record.id == id) else {
            return;
        };
        let delivery = live.remove(index);
        if delivery.is_answered() {
            return;
        }
        let mut record = delivery.record;
        record.ended_at = Some(now);
        record.outcome = Some(outcome);
        self.count_unanswered(&record, now);
        out.records.push(record);
    }

    pub(super) fn live(&self, id: u64) -> Option<&Delivery> {
        self.state.live.iter().find(|one| one.record.id == id)
    }

    pub(super) fn live_mut(&mut self, id: u64) -> Option<&mut Delivery> {
        self.state.live.iter_mut().find(|one| one.record.id == id)
    }
}

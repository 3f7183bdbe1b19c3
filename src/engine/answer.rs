//! What the notification side reports: shown or not, pressed, closed.

use jiff::{SignedDuration, Timestamp};

use super::record::{Answer, MissedWhy, Outcome, ShowFailure, Trigger};
use super::state::{Delivery, Phase, Tried};
use super::{Action, Effect, Engine, Flow, Outbox, later};
use crate::config::{Level, PauseUntil, Scope};
use crate::journal::Quick;
use crate::library::Selection;

/// A server that refuses or is silent is asked again after 1, 2, 4, 8 … minutes, while the prompt has not expired.
const FIRST_RETRY: SignedDuration = SignedDuration::from_mins(1);

impl Engine {
    pub(super) fn was_shown(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        let expiry = self.config.pace.expiry;
        let Some(delivery) = self.live_mut(id) else {
            return;
        };
        // On a terminal it may be printed after the service was known to be gone.
        let (Phase::Sending { .. } | Phase::Waiting { .. }) = delivery.phase else {
            return;
        };
        let until = later(now, delivery.stays(expiry));
        delivery.phase = Phase::Open { until };
        delivery.since = now;
        if delivery.is_answered() {
            return;
        }
        // A clock set back meanwhile shows nothing before it was due.
        let shown_at = now.max(delivery.record.due);
        delivery.record.shown_at.get_or_insert(shown_at);
        out.records.push(delivery.record.clone());
    }

    /// What could not be shown is kept until it expires: for a service to appear, or for another try.
    pub(super) fn was_not_shown(
        &mut self,
        id: u64,
        failure: ShowFailure,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if self.live(id).is_some_and(Delivery::is_answered) {
            return self.leave(id, out);
        }
        let Some(delivery) = self.live_mut(id) else {
            return;
        };
        let Phase::Sending { until, tries } = delivery.phase else {
            return;
        };
        let retry = match failure {
            ShowFailure::NoService => None,
            ShowFailure::NoAnswer | ShowFailure::Refused(_) => {
                Some(later(now, FIRST_RETRY * 2_i32.pow(tries.min(10))))
            }
        };
        let tried = Tried {
            until,
            failure,
            tries: tries + 1,
        };
        delivery.phase = Phase::Waiting { tried, retry };
        delivery.since = now;
    }

    /// A service is there: the newest prompt that waited for one, and has time left, is shown, and stands for the others.
    pub(super) fn show_waiting(&mut self, now: Timestamp, out: &mut Outbox) {
        let live = self.state.live.iter();
        let mut waiting: Vec<_> = live
            .filter_map(|one| match one.phase {
                Phase::Waiting {
                    tried: Tried { until, tries, .. },
                    ..
                } if now < until => Some((one.record.id, until, tries)),
                _ => None,
            })
            .collect();
        let Some((newest, until, tries)) = waiting.pop() else {
            return;
        };
        for (id, ..) in waiting {
            self.stand_in_for(id, now, out);
        }
        self.show_later(newest, until, tries, now, out);
    }

    /// A newer prompt is shown in place of this one, which a person may have seen before.
    pub(super) fn stand_in_for(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        let was_shown = self.live(id).is_some_and(|one| one.record.was_shown());
        let outcome = if was_shown {
            Outcome::Expired
        } else {
            Outcome::Missed(MissedWhy::Together)
        };
        self.end(id, outcome, now, out);
    }

    /// Nothing is on screen any more: what was waits for a service, as long as it would have stayed. An exchange is over.
    pub(super) fn lose_screen(&mut self, now: Timestamp) {
        self.state.live.retain(|one| !one.is_answered());
        for delivery in self.state.live.iter_mut().filter(|one| one.is_on_screen()) {
            let tried = Tried {
                until: delivery.phase.until(),
                failure: ShowFailure::NoService,
                tries: 0,
            };
            delivery.phase = Phase::Waiting { tried, retry: None };
            delivery.since = now;
        }
    }

    pub(super) fn dismissed(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        if self.live(id).is_some_and(Delivery::is_on_screen) {
            self.end(id, Outcome::Dismissed, now, out);
        }
    }

    /// A press counts once, on a prompt that is on screen; a stray one takes its notification away. One of a button that it
    /// has no more comes late, or twice: what it has now is shown again.
    pub(super) fn pressed(&mut self, id: u64, action: Action, now: Timestamp, out: &mut Outbox) {
        match self.on_screen_with(id) {
            None => out.close(id),
            Some(delivery) if delivery.actions().contains(&action) => {
                self.act(id, action, now, out);
            }
            Some(_) => self.send_again(id, later(now, self.config.pace.expiry), 0, now, out),
        }
    }

    /// A click on the notification itself, which closes it where it does nothing else.
    pub(super) fn clicked(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        match self.on_screen_with(id).map(Delivery::click) {
            None => out.close(id),
            Some(Some(action)) => self.act(id, action, now, out),
            Some(None) => {
                self.end(id, Outcome::Dismissed, now, out);
                out.close(id);
            }
        }
    }

    fn on_screen_with(&self, id: u64) -> Option<&Delivery> {
        self.live(id).filter(|one| one.is_on_screen())
    }

    fn act(&mut self, id: u64, action: Action, now: Timestamp, out: &mut Outbox) {
        if self
            .live(id)
            .is_some_and(|one| one.record.trigger != Trigger::HowOften)
        {
            self.heard();
        }
        match action {
            Action::Show | Action::Begin if self.is_not_to_disturb(now) => {
                self.put_by(id, now, out);
            }
            Action::Show => self.reveal(id, now, out),
            Action::Open => self.open(id, now, out),
            Action::Another => self.replace(id, now, out),
            Action::Later => {
                let until = later(now, self.config.pace.snooze);
                self.snooze(id, until, now, out);
            }
            Action::PauseToday => {
                self.answer(id, Answer::PauseToday, now, out);
                // The rest of a day is never too long for a pause.
                let _ = self.pause(&PauseUntil::Today, Scope::All, Level::Full, now, out);
            }
            Action::Okay => self.check_in(id, Quick::Okay, now, out),
            Action::Hard => self.check_in(id, Quick::Hard, now, out),
            Action::TooMuch => {
                self.check_in(id, Quick::TooMuch, now, out);
                self.follow_with_something_steady(id, now, out);
            }
            Action::Fewer => self.answer_how_often(id, Answer::Fewer, now, out),
            Action::PauseWeek => self.answer_how_often(id, Answer::PauseWeek, now, out),
            Action::Keep => self.answer_how_often(id, Answer::Keep, now, out),
            Action::GroundMe => {
                self.leave(id, out);
                self.follow_with_something_steady(id, now, out);
            }
            Action::NameIt => self.name_it(id, out),
            Action::Begin => self.begin_practice(id, now, out),
            Action::Next => self.go_on(id, now, out),
            Action::Stop | Action::Done => self.leave(id, out),
        }
    }

    fn reveal(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        if let Some(card) = self.live_mut(id).and_then(|one| one.record.card.as_mut()) {
            card.private = false;
        }
        self.send_again(id, later(now, self.config.pace.expiry), 0, now, out);
    }

    /// Goes on in a terminal. A check-in waits for its answer there; of the rest nothing more is heard.
    fn open(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        let until = later(now, self.config.pace.expiry);
        let Some(flow) = self.live(id).and_then(Delivery::flow) else {
            return;
        };
        match (&flow, self.live_mut(id)) {
            (Flow::CheckIn { .. }, Some(delivery)) => {
                delivery.phase = Phase::InTerminal { until };
                delivery.since = now;
                out.close(id);
            }
            _ => self.answer(id, Answer::Opened, now, out),
        }
        out.acts.push(Effect::Open(flow));
    }

    /// Another prompt of the same kind of wish, in place of this one; the same one where there is no other, but any that fits
    /// where that has to wait. What went deep leads on to steady ground first.
    fn replace(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        let Some(mut record) = self.live(id).map(|one| one.record.clone()) else {
            return;
        };
        let from = self.wish_of(&record.trigger);
        let shown = record.card.as_ref().and_then(|card| card.prompt.clone());
        let is_replaced = self.ground(&mut record, now).is_some()
            || self
                .choose(&mut record, &from, shown.as_deref(), now)
                .is_ok()
            || self.rests_after_naming(&record, now).is_some()
                && self
                    .choose(&mut record, &Selection::default(), shown.as_deref(), now)
                    .is_ok();
        if is_replaced && let Some(delivery) = self.live_mut(id) {
            delivery.record = record;
        }
        self.send_again(id, later(now, self.config.pace.expiry), 0, now, out);
    }

    pub(super) fn snooze(&mut self, id: u64, until: Timestamp, now: Timestamp, out: &mut Outbox) {
        let Some(delivery) = self.live_mut(id) else {
            return;
        };
        delivery.phase = Phase::Snoozed { until };
        delivery.since = now;
        delivery.record.outcome = Some(Outcome::Snoozed { until });
        out.records.push(delivery.record.clone());
        out.close(id);
    }

    pub(super) fn answer(&mut self, id: u64, answer: Answer, now: Timestamp, out: &mut Outbox) {
        self.end(id, Outcome::Answered(answer), now, out);
        out.close(id);
    }
}

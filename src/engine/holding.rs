//! What is due while the person is busy waits for a moment that suits: for all to have come free, and a little longer.
//!
//! Of several that wait one is shown, by [`Engine::precedence`]; the rest is let go, and so is what has waited for as long as
//! `busy.wait` says.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::busy::Source;
use super::delivery::MOST_ON_SCREEN;
use super::due::ON_TIME;
use super::record::{LetGo, MissedWhy, Outcome, Record, Trigger};
use super::state::{Delivery, Phase, Stage, Tried};
use super::{Engine, Outbox, later};

/// What waits for a moment that suits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How many prompts; one of them comes.
    pub prompts: usize,
    /// When the last of them is let go.
    pub until: Timestamp,
    /// What told that the person was busy, when the first of them began to wait.
    pub source: Source,
}

impl Delivery {
    /// Whether it waits for a moment that suits.
    #[must_use]
    pub fn is_held(&self) -> bool {
        matches!(self.phase, Phase::Held { .. })
    }

    /// Whether its moment would come too late: slept through, or past the time that there was for showing it.
    fn has_waited_too_long(&self, now: Timestamp) -> bool {
        self.is_held() && now.duration_since(self.phase.until()) > ON_TIME
            || self.tried().is_some_and(|tried| tried.until <= now)
    }

    /// What came of showing it before it had to wait.
    fn tried(&self) -> Option<&Tried> {
        match &self.phase {
            Phase::Held { tried, .. } => tried.as_ref(),
            _ => None,
        }
    }
}

impl Engine {
    /// What waits, the longest first.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Delivery> + Clone {
        self.state.live.iter().filter(|one| one.is_held())
    }

    /// Whether what comes by itself has to wait now.
    pub(super) fn has_to_wait(&self, now: Timestamp) -> bool {
        self.waiting().next().is_some() || !self.may_come(now)
    }

    /// Lets what has just come due wait; its prompt is chosen when its moment comes.
    pub(super) fn hold_new(&mut self, record: Record, now: Timestamp, out: &mut Outbox) {
        let id = record.id;
        self.state.live.push(Delivery {
            record,
            phase: Phase::Held {
                until: now,
                tried: None,
            },
            since: now,
            quiet: false,
            stage: Stage::default(),
        });
        self.hold(id, now, out);
    }

    /// Lets what is under way wait.
    pub(super) fn hold(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        let until = later(now, self.config.busy.wait);
        let source = self.busy_with(now);
        let Some(delivery) = self.live_mut(id) else {
            return;
        };
        let tried = match &delivery.phase {
            Phase::Waiting { tried, .. } => Some(tried.clone()),
            Phase::Held { tried, .. } => tried.clone(),
            _ => None,
        };
        let until = no_longer_than(tried.as_ref(), until);
        delivery.phase = Phase::Held { until, tried };
        delivery.since = now;
        delivery.record.held = source;
        delivery.record.outcome = Some(Outcome::Held { until });
        out.records.push(delivery.record.clone());
    }

    /// What waits already waits as long as the settings now say.
    pub(super) fn follow_wait(&mut self, out: &mut Outbox) {
        let wait = self.config.busy.wait;
        for delivery in &mut self.state.live {
            let Phase::Held { until, tried } = &mut delivery.phase else {
                continue;
            };
            let latest = later(delivery.since, wait);
            let latest = no_longer_than(tried.as_ref(), latest);
            if latest != *until {
                *until = latest;
                delivery.record.outcome = Some(Outcome::Held { until: latest });
                out.records.push(delivery.record.clone());
            }
        }
    }

    /// Takes what is on screen away until do-not-disturb is off: what comes in its place may be dropped without a word. An
    /// exchange that follows an answer is over.
    pub(super) fn put_by(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        if self.live(id).is_some_and(Delivery::is_answered) {
            return self.leave(id, out);
        }
        self.hold(id, now, out);
        out.close(id);
    }

    /// Notes what keeps those that wait from coming, where that is new.
    fn note_busy(&mut self, now: Timestamp, out: &mut Outbox) {
        let Some(source) = self.busy_with(now) else {
            return;
        };
        let held = self.state.live.iter_mut().filter(|one| one.is_held());
        for delivery in held.filter(|one| one.record.held.is_none()) {
            delivery.record.held = Some(source);
            out.records.push(delivery.record.clone());
        }
    }

    /// The wait is over: it is let go, unless its moment comes right now.
    pub(super) fn end_wait(&mut self, id: u64, now: Timestamp, out: &mut Outbox) {
        let Some(delivery) = self.live(id) else {
            return;
        };
        if !delivery.has_waited_too_long(now) && self.may_come(now) {
            return;
        }
        let held = delivery.record.held.or_else(|| self.busy_with(now));
        let outcome = match (held, delivery.tried()) {
            (Some(source), _) => Outcome::LetGo(LetGo::Busy { source }),
            (None, Some(tried)) => tried.outcome(&delivery.record),
            // Slept through, or a source did not answer in time.
            (None, None) => Outcome::Missed(MissedWhy::TooLongAgo {
                grace: self.config.busy.wait,
            }),
        };
        self.end(id, outcome, now, out);
    }

    /// Shows one of those that wait, if this is the moment; asks first what has to be asked.
    pub(super) fn seek_moment(&mut self, now: Timestamp, out: &mut Outbox) {
        self.note_busy(now, out);
        let waiting = self.waiting();
        let too_long = waiting.filter(|one| one.has_waited_too_long(now));
        let too_long: Vec<u64> = too_long.map(|one| one.record.id).collect();
        for id in too_long {
            self.end_wait(id, now, out);
        }
        if self.waiting().next().is_none() || !self.is_moment(now) || self.ask_senses(now, out) {
            return;
        }
        let mut waiting: Vec<&Delivery> = self.waiting().collect();
        waiting.sort_by_key(|one| std::cmp::Reverse(self.precedence(one)));
        // What has just come due and waited for an answer alone, with nobody busy, is several prompts of their own.
        let was_busy = waiting.iter().any(|one| one.record.held.is_some());
        let is_new = |one: &Delivery| now.duration_since(one.record.due) < ON_TIME;
        let stands_alone = |one: &Delivery| !was_busy && one.record.card.is_none() && is_new(one);
        // Of those, as many as there is room for; of all others one.
        let waiting: Vec<(u64, usize, LetGo)> = waiting
            .into_iter()
            .map(|one| {
                if stands_alone(one) {
                    (one.record.id, MOST_ON_SCREEN, LetGo::MadeRoom)
                } else {
                    (one.record.id, 1, LetGo::OneForSeveral)
                }
            })
            .collect();
        let mut came = 0;
        for (id, most, why) in waiting {
            if came >= most {
                self.end(id, Outcome::LetGo(why), now, out);
            } else {
                came += usize::from(self.release(id, now, out));
            }
        }
    }

    /// Which of those that wait comes first, the greatest: what a person asked for or put off themselves, then what has an
    /// exact time, then the newest.
    fn precedence(&self, delivery: &Delivery) -> (bool, bool, u64) {
        let record = &delivery.record;
        let was_put_off = record.was_shown() && delivery.tried().is_none();
        let (was_asked_for, is_exact) = match &record.trigger {
            Trigger::Request { .. } | Trigger::FollowUp { .. } => (true, false),
            Trigger::Reminder { name, .. } => {
                let mut reminders = self.config.reminders.iter();
                let is_exact = reminders.any(|one| one.name == *name && !one.schedule.is_random());
                (false, is_exact)
            }
            Trigger::HowOften => (false, false),
        };
        (was_put_off || was_asked_for, is_exact, record.id)
    }

    /// Brings what waited, as if it were due now; whether it came.
    fn release(&mut self, id: u64, now: Timestamp, out: &mut Outbox) -> bool {
        let Some(delivery) = self.live(id) else {
            return false;
        };
        let record = delivery.record.clone();
        if record.card.is_some() {
            let before = delivery.tried();
            let until = no_longer_than(before, later(now, self.config.pace.expiry));
            let tries = before.map_or(0, |tried| tried.tries);
            return self.show_now(id, until, tries, now, out);
        }
        let config = Arc::clone(&self.config);
        let mut reminders = config.reminders.iter();
        let is_its = |name: &str| matches!(&record.trigger, Trigger::Reminder { name: its, .. } if its == name);
        let Some(reminder) = reminders.find(|one| is_its(&one.name)) else {
            self.end(id, Outcome::LetGo(LetGo::NoReminder), now, out);
            return false;
        };
        self.state.live.retain(|one| one.record.id != id);
        let record = Record {
            outcome: None,
            ..record
        };
        let gate = self.gate(reminder, now);
        self.bring(reminder, record, gate, now, out)
    }

    /// When something may change for those that wait; none where none waits, or a source has to speak first.
    pub(super) fn next_moment(&self) -> Option<Timestamp> {
        self.waiting().next()?;
        self.moment()
    }

    /// What waits for a moment that suits; nothing of what waits for an answer alone, which comes in an instant.
    #[must_use]
    pub fn held(&self) -> Option<Held> {
        let mut waiting = self.waiting().filter(|one| one.record.held.is_some());
        Some(Held {
            prompts: waiting.clone().count(),
            until: waiting.clone().map(|one| one.phase.until()).max()?,
            source: waiting.next()?.record.held?,
        })
    }
}

/// `until`, or the end of the time that there was for showing it.
fn no_longer_than(tried: Option<&Tried>, until: Timestamp) -> Timestamp {
    tried.map_or(until, |tried| until.min(tried.until))
}

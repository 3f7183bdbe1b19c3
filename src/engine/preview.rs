//! Looking ahead and around: the same engine, run ahead on a copy.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::back_off::Rate;
use super::event::{Effect, Event, PauseInForce};
use super::overwhelm::Overwhelm;
use super::record::{Card, Outcome, Record};
use super::{Engine, Held, Sensed, Source, Trigger};

/// How far ahead the next prompt is looked for: past the next two leap days.
const HORIZON: SignedDuration = SignedDuration::from_hours(24 * 366 * 9);

/// However busy a schedule is, a look ahead ends after this many steps.
const MOST_STEPS: u32 = 20_000;

/// One for the next prompt alone ends sooner, since every command may ask for it: years of six a day.
const MOST_STEPS_TO_NEXT: u32 = 4_000;

/// What lies ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// What is planned, in order.
    pub planned: Vec<Planned>,
    /// Whether that is all: a very busy schedule is followed for 20,000 steps.
    pub complete: bool,
}

/// Something that will come, or would.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// When it is shown, or let go.
    pub at: Timestamp,
    /// As it will be recorded; without an outcome where it is shown.
    pub record: Record,
}

/// The next prompt that is expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upcoming {
    /// When.
    pub at: Timestamp,
    /// Which reminder it comes from; none for one that was put off and had been asked for.
    pub reminder: Option<String>,
    /// What will be shown, if nothing changes until then.
    pub card: Option<Card>,
}

/// The engine's part of `attuned status`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// What is silenced now, and until when.
    pub pauses: Vec<PauseInForce>,
    /// The next prompt that is expected.
    pub next: Option<Upcoming>,
    /// How many prompts came by themselves today.
    pub shown_today: u32,
    /// How many may come in a day.
    pub cap: u32,
    /// Titles of the prompts that are open now.
    pub open: Vec<String>,
    /// How many reminders there are.
    pub reminders: usize,
    /// What holds after "Too much".
    #[serde(default)]
    pub overwhelm: Option<Overwhelm>,
    /// How much less often random reminders come.
    #[serde(default)]
    pub rate: Option<Rate>,
    /// What each source says that can tell whether the person is busy, as far as it has spoken.
    #[serde(default)]
    pub senses: BTreeMap<Source, Sensed>,
    /// Those of them that tell that the person is busy, and are believed.
    #[serde(default)]
    pub busy: Vec<Source>,
    /// What waits for a moment that suits.
    #[serde(default)]
    pub held: Option<Held>,
}

impl Engine {
    /// Everything due until `until`, as it will go if nobody answers, is busy, and nothing changes: shown (no outcome), or
    /// with the outcome that keeps it from being shown. What waits now is left out.
    #[must_use]
    pub fn preview(&self, now: Timestamp, until: Timestamp) -> Preview {
        let mut planned = Vec::new();
        let complete = self.look_ahead(now, until, MOST_STEPS, |at, record| {
            planned.push(Planned { at, record });
            true
        });
        Preview { planned, complete }
    }

    /// The next prompt that will be shown.
    #[must_use]
    pub fn next_shown(&self, now: Timestamp) -> Option<Upcoming> {
        let mut next = None;
        let end = super::later(now, HORIZON);
        self.look_ahead(now, end, MOST_STEPS_TO_NEXT, |at, record| {
            if record.outcome.is_some() {
                return true;
            }
            next = Some(Upcoming {
                at,
                reminder: match record.trigger {
                    Trigger::Reminder { name, .. } => Some(name),
                    Trigger::HowOften | Trigger::Request { .. } | Trigger::FollowUp { .. } => None,
                },
                card: record.card,
            });
            false
        });
        next
    }

    /// What is on screen, or about to be, for a delivery.
    #[must_use]
    pub fn notice(&self, delivery: u64) -> Option<super::Notice> {
        super::notice::notice(self.live(delivery)?, &self.config)
    }

    /// The engine's part of `attuned status`.
    #[must_use]
    pub fn overview(&self, now: Timestamp) -> Overview {
        let title = |one: &super::Delivery| one.card().map(|card| card.title.clone());
        Overview {
            pauses: self.pauses_in_force(now),
            next: self.next_shown(now),
            shown_today: self.count_today(now),
            cap: self.config.pace.cap.value,
            open: self.on_screen().filter_map(title).collect(),
            reminders: self.config.reminders.len(),
            overwhelm: self.overwhelm(now),
            rate: self.rate(),
            senses: self.senses(now),
            busy: self.busy(now).collect(),
            held: self.held(),
        }
    }

    /// When [`Engine::overview`] next differs from what it is at `now` by time passing alone, beside what comes with the
    /// next wake: a pause or what holds after "Too much" ends or
    /// begins, or the day that is counted is over. Maybe a little too often, never too late.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let ends = self.state.pauses.iter().map(|pause| pause.until);
        let pauses = self.config.pauses.iter();
        let planned = pauses.filter_map(|pause| pause.next_change(now, &self.zone));
        let hours = &self.config.hours;
        let counted = self.state.day.date.filter(|_| self.state.day.count > 0);
        let day = counted.and_then(|date| hours.day_is_over(date, &self.zone));
        let stage = self.overwhelm(now).map(Overwhelm::until);
        let changes = ends
            .chain(planned)
            .chain(self.state.light_until)
            .chain(day)
            .chain(stage);
        changes.filter(|change| *change > now).min()
    }

    /// Runs a copy ahead and hands over each prompt shown and each occurrence not shown, until told to stop; whether that was
    /// all.
    fn look_ahead(
        &self,
        now: Timestamp,
        until: Timestamp,
        most_steps: u32,
        mut see: impl FnMut(Timestamp, Record) -> bool,
    ) -> bool {
        let mut copy = self.clone();
        copy.looks_ahead = true;
        copy.senses.clear();
        copy.free_since = None;
        copy.state.live.retain(|one| !one.is_held());
        let mut at = now;
        for _ in 0..most_steps {
            match copy.next_wake() {
                Some(wake) if wake <= until => at = at.max(wake),
                _ => return true,
            }
            for effect in copy.take_in(Event::Wake, at).into_effects(None) {
                let seen = match effect {
                    Effect::Show(notice) => {
                        let live = copy.live(notice.delivery).filter(|one| !one.is_answered());
                        let shown = live.map(|one| one.record.clone());
                        copy.take_in(Event::Shown(notice.delivery), at);
                        shown
                    }
                    Effect::Record(record) => Some(*record).filter(is_not_shown),
                    _ => None,
                };
                if !seen.is_none_or(|record| see(at, record)) {
                    return true;
                }
            }
        }
        false
    }
}

/// Whether the record says that something due did not come on screen.
fn is_not_shown(record: &Record) -> bool {
    let ended_unseen = matches!(
        record.outcome,
        Some(Outcome::LetGo(_) | Outcome::Missed(_) | Outcome::Failed(_))
    );
    ended_unseen && !record.was_shown()
}

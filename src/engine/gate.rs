//! Whether something due may be shown: pauses, active hours, the cap and the gap, in this order.

use jiff::{SignedDuration, Timestamp};

use super::event::{PauseInForce, PauseSource};
use super::record::LetGo;
use super::{Delivery, Engine};
use crate::config::{Level, Reminder, Scope};

/// How something may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As the settings say.
    Usual,
    /// A light day: low urgency, no sound, and the only one.
    Light,
}

impl Engine {
    /// Whether what this reminder has due may be shown now.
    ///
    /// # Errors
    /// Why it may not.
    pub(super) fn gate(&self, reminder: &Reminder, now: Timestamp) -> Result<Manner, LetGo> {
        let manner = self.gate_pauses(Some(reminder), now)?;
        self.gate_hours(reminder, now)?;
        self.gate_pace(reminder, now)?;
        Ok(manner)
    }

    /// Whether a pause silences this reminder, or everything where none is given.
    pub(super) fn gate_pauses(
        &self,
        reminder: Option<&Reminder>,
        now: Timestamp,
    ) -> Result<Manner, LetGo> {
        let mut manner = Manner::Usual;
        for pause in self.pauses_in_force(now) {
            if !silences(&pause.scope, reminder) {
                continue;
            }
            match pause.level {
                Level::Full => {
                    return Err(LetGo::Paused {
                        reason: pause.reason,
                    });
                }
                Level::Light if self.state.day.light_used && self.is_same_day(now) => {
                    return Err(LetGo::LightDay);
                }
                Level::Light => manner = Manner::Light,
            }
        }
        Ok(manner)
    }

    /// The default hours hold back only what names no hours itself.
    fn gate_hours(&self, reminder: &Reminder, now: Timestamp) -> Result<(), LetGo> {
        let bind = self.config.hours_are_own || reminder.schedule.names_no_hours();
        let local = self.zone.to_datetime(now);
        if bind && !self.config.hours.is_active(local) {
            return Err(LetGo::OutsideHours);
        }
        Ok(())
    }

    /// The default cap and gap hold back only random times.
    fn gate_pace(&self, reminder: &Reminder, now: Timestamp) -> Result<(), LetGo> {
        let random = reminder.schedule.is_random();
        let pace = &self.config.pace;
        let cap = pace.cap.value;
        if (pace.cap.own || random) && self.count_today(now) >= cap {
            return Err(LetGo::Cap { cap });
        }
        let gap = pace.gap.value;
        if (pace.gap.own || random) && self.since_last(now).is_some_and(|since| since < gap) {
            return Err(LetGo::Gap { gap });
        }
        Ok(())
    }

    /// How many prompts came by themselves today.
    pub(super) fn count_today(&self, now: Timestamp) -> u32 {
        if self.is_same_day(now) {
            self.state.day.count
        } else {
            0
        }
    }

    fn is_same_day(&self, now: Timestamp) -> bool {
        self.state.day.date == Some(self.config.hours.day_of(self.zone.to_datetime(now)))
    }

    fn since_last(&self, now: Timestamp) -> Option<SignedDuration> {
        let since = now.duration_since(self.state.day.last?);
        (!since.is_negative()).then_some(since)
    }

    /// Notes that a prompt comes by itself now.
    pub(super) fn count_one(&mut self, manner: Manner, now: Timestamp) {
        if !self.is_same_day(now) {
            self.state.day.date = Some(self.config.hours.day_of(self.zone.to_datetime(now)));
            self.state.day.count = 0;
            self.state.day.light_used = false;
        }
        self.state.day.count += 1;
        self.state.day.last = Some(now);
        self.state.day.light_used |= manner == Manner::Light;
    }

    /// Every pause that holds at `now`: a person's own first, then the planned ones.
    #[must_use]
    pub fn pauses_in_force(&self, now: Timestamp) -> Vec<PauseInForce> {
        let manual = self.state.pauses.iter().filter(|pause| now < pause.until);
        let manual = manual.map(|pause| PauseInForce {
            source: PauseSource::Manual,
            reason: pause.reason.clone(),
            scope: pause.scope.clone(),
            level: pause.level,
            until: pause.until,
        });
        let planned = self.config.pauses.iter().filter_map(|pause| {
            Some(PauseInForce {
                source: PauseSource::Planned,
                reason: pause.reason.clone().unwrap_or_else(|| "planned".into()),
                scope: pause.scope.clone(),
                level: pause.level,
                until: pause.in_force(now, &self.zone)?,
            })
        });
        manual.chain(planned).collect()
    }

    /// Tags and collections that a scoped pause keeps out of the choice.
    pub(super) fn silenced_tags(&self, now: Timestamp) -> Vec<String> {
        let full = |pause: &PauseInForce| pause.level == Level::Full;
        let scoped = self.pauses_in_force(now).into_iter().filter(full);
        scoped
            .flat_map(|pause| match pause.scope {
                Scope::All => Vec::new(),
                Scope::Only(names) => names,
            })
            .collect()
    }

    /// Deliveries that are, or are about to be, on screen.
    pub(super) fn on_screen(&self) -> impl Iterator<Item = &Delivery> {
        self.state.live.iter().filter(|one| one.is_on_screen())
    }
}

/// Whether a pause of this scope silences the reminder as a whole.
fn silences(scope: &Scope, reminder: Option<&Reminder>) -> bool {
    match (scope, reminder) {
        (Scope::All, _) => true,
        (Scope::Only(_), None) => false,
        (Scope::Only(names), Some(reminder)) => names.contains(&reminder.name),
    }
}

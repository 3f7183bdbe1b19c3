//! Whether something due may be shown: pauses, active hours, the cap and the gap, what was said and what was not, in this
//! order.

use jiff::{SignedDuration, Timestamp};

use super::event::{PauseInForce, PauseSource};
use super::record::{LetGo, Record, Trigger};
use super::{Delivery, Engine};
use crate::config::{Level, Reminder, Scope};
use crate::library::Prompt;

/// How something may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// As the settings say.
    Usual,
    /// A light day: low urgency, no sound, and the only one.
    Light,
}

impl Engine {
    /// Whether what this reminder has due may be shown now, whatever it is.
    ///
    /// # Errors
    /// Why it may not.
    pub(super) fn gate(&self, reminder: &Reminder, now: Timestamp) -> Result<(), LetGo> {
        let subject = Subject {
            reminder: Some(&reminder.name),
            prompt: None,
            is_light: false,
        };
        let manner = self.gate_pauses(subject, now)?;
        self.gate_hours(reminder, now)?;
        self.gate_pace(reminder, now)?;
        self.gate_overwhelm(reminder, now)?;
        self.gate_back_off(reminder, manner, now)
    }

    /// Whether and how the pauses in force let this be shown.
    ///
    /// # Errors
    /// Which one does not.
    pub(super) fn gate_pauses(
        &self,
        subject: Subject<'_>,
        now: Timestamp,
    ) -> Result<Manner, LetGo> {
        let mut manner = Manner::Usual;
        for pause in self.pauses_in_force(now) {
            if !subject.is_covered_by(&pause.scope) {
                continue;
            }
            match pause.level {
                Level::Full => {
                    return Err(LetGo::Paused {
                        reason: pause.reason,
                    });
                }
                Level::Light if self.light_is_used(now) && !subject.is_light => {
                    return Err(LetGo::LightDay);
                }
                Level::Light => manner = Manner::Light,
            }
        }
        Ok(manner)
    }

    /// What a record is to the pauses; `is_light`: it is the light day's one prompt.
    pub(super) fn subject<'a>(&'a self, record: &'a Record, is_light: bool) -> Subject<'a> {
        let prompt = record.card.as_ref().and_then(|card| card.prompt.as_deref());
        Subject {
            reminder: match &record.trigger {
                Trigger::Reminder { name, .. } => Some(name),
                Trigger::HowOften | Trigger::Request { .. } | Trigger::FollowUp { .. } => None,
            },
            prompt: prompt.and_then(|id| self.library.prompt(id)),
            is_light,
        }
    }

    fn light_is_used(&self, now: Timestamp) -> bool {
        self.state.day.light_used && self.is_same_day(now)
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
        self.note_manner(manner);
    }

    /// Notes that the light day has had its one prompt, if it is one.
    pub(super) fn note_manner(&mut self, manner: Manner) {
        self.state.day.light_used |= manner == Manner::Light;
    }

    /// Every pause that holds at `now`: a person's own first, then the planned ones, then a light day.
    #[must_use]
    pub fn pauses_in_force(&self, now: Timestamp) -> Vec<PauseInForce> {
        let manual = self.state.pauses.iter().filter(|pause| now < pause.until);
        let manual = manual.map(|pause| PauseInForce {
            source: PauseSource::Manual,
            reason: pause.reason.clone(),
            scope: pause.scope.clone(),
            level: pause.level,
            program: pause.program.clone(),
            until: pause.until,
        });
        let planned = self.config.pauses.iter().filter_map(|pause| {
            Some(PauseInForce {
                source: PauseSource::Planned,
                reason: pause.reason.clone().unwrap_or_else(|| "planned".into()),
                scope: pause.scope.clone(),
                level: pause.level,
                program: None,
                until: pause.in_force(now, &self.zone)?,
            })
        });
        let light_day = self.state.light_until.filter(|until| now < *until);
        let light_day = light_day.map(|until| PauseInForce {
            source: PauseSource::Calendar,
            reason: "a day with a lot of meetings".into(),
            scope: Scope::All,
            level: Level::Light,
            program: None,
            until,
        });
        manual.chain(planned).chain(light_day).collect()
    }

    /// Tags and collections that a scoped pause keeps out of the choice: a light one, once the day had its prompt.
    pub(super) fn silenced_tags(&self, now: Timestamp) -> Vec<String> {
        let light_too = self.light_is_used(now);
        let scoped = self.pauses_in_force(now).into_iter();
        scoped
            .filter(|pause| pause.level == Level::Full || light_too)
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

/// What a pause may cover.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    reminder: Option<&'a str>,
    prompt: Option<&'a Prompt>,
    /// It is the light day's one prompt.
    is_light: bool,
}

impl Subject<'_> {
    fn is_covered_by(&self, scope: &Scope) -> bool {
        match scope {
            Scope::All => true,
            Scope::Only(names) => names.iter().any(|name| self.is_named(name)),
        }
    }

    fn is_named(&self, name: &str) -> bool {
        let prompt = self.prompt;
        self.reminder == Some(name)
            || prompt.is_some_and(|prompt| {
                prompt.collection() == name || prompt.tags.iter().any(|tag| tag == name)
            })
    }
}

//! Fewer prompts where nobody answers: check-ins and questions are counted, and random reminders thin out.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::gate::Manner;
use super::record::{Answer, Card, LetGo, Outcome, Record, Trigger};
use super::{Engine, Outbox};
use crate::config::{Level, PauseUntil, Reminder, Scope};
use crate::library::Kind;

/// So many in a row without an answer halve the rate.
const HALVE: u32 = 3;

/// So many in a row without an answer, and the person is asked.
const ASK: u32 = 7;

/// How long "Pause a week" is.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How often random reminders come, by what has gone without an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BackOff {
    /// As they say.
    Usual {
        /// How many in a row went without an answer.
        unanswered: u32,
    },
    /// Every other time.
    Half {
        /// How many in a row went without an answer.
        unanswered: u32,
        /// The reminders whose last turn was left out.
        left_out: BTreeSet<String>,
    },
    /// Every other time, while the person is asked what they would like.
    Asking {
        /// The delivery that asks.
        delivery: u64,
        /// The reminders whose last turn was left out.
        left_out: BTreeSet<String>,
    },
    /// Once a week, as that went without an answer too.
    Weekly {
        /// When the last one came.
        last: Timestamp,
    },
    /// Every other time, since the person said so.
    Fewer {
        /// The reminders whose last turn was left out.
        left_out: BTreeSet<String>,
    },
    /// As they say, since the person said so.
    Kept,
}

impl Default for BackOff {
    fn default() -> Self {
        Self::Usual { unanswered: 0 }
    }
}

/// How much less often than they say random reminders come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rate {
    /// Every other time.
    Half,
    /// Every other time, since the person said so.
    Fewer,
    /// Once a week.
    Weekly,
}

impl BackOff {
    /// How much less often random reminders come; none where they come as they say.
    #[must_use]
    pub fn rate(&self) -> Option<Rate> {
        match self {
            Self::Usual { .. } | Self::Kept => None,
            Self::Half { .. } | Self::Asking { .. } => Some(Rate::Half),
            Self::Fewer { .. } => Some(Rate::Fewer),
            Self::Weekly { .. } => Some(Rate::Weekly),
        }
    }

    /// After one more without an answer.
    fn one_more(self) -> Self {
        match self {
            Self::Usual { unanswered } if unanswered + 1 == HALVE => Self::Half {
                unanswered: HALVE,
                left_out: BTreeSet::new(),
            },
            Self::Usual { unanswered } => Self::Usual {
                unanswered: unanswered + 1,
            },
            Self::Half {
                unanswered,
                left_out,
            } => Self::Half {
                unanswered: (unanswered + 1).min(ASK),
                left_out,
            },
            settled => settled,
        }
    }

    fn left_out(&self) -> Option<&BTreeSet<String>> {
        match self {
            Self::Half { left_out, .. }
            | Self::Asking { left_out, .. }
            | Self::Fewer { left_out } => Some(left_out),
            Self::Usual { .. } | Self::Weekly { .. } | Self::Kept => None,
        }
    }

    fn left_out_mut(&mut self) -> Option<&mut BTreeSet<String>> {
        match self {
            Self::Half { left_out, .. }
            | Self::Asking { left_out, .. }
            | Self::Fewer { left_out } => Some(left_out),
            Self::Usual { .. } | Self::Weekly { .. } | Self::Kept => None,
        }
    }
}

impl Engine {
    /// How much less often than they say random reminders come.
    #[must_use]
    pub fn rate(&self) -> Option<Rate> {
        self.state.back_off.rate()
    }

    /// Whether it is this reminder's turn.
    ///
    /// # Errors
    /// That it is not, or that attuned asks how often in its place.
    pub(super) fn gate_back_off(
        &self,
        reminder: &Reminder,
        manner: Manner,
        now: Timestamp,
    ) -> Result<(), LetGo> {
        let back_off = &self.state.back_off;
        let Some(rate) = back_off.rate().filter(|_| reminder.schedule.is_random()) else {
            return Ok(());
        };
        let may_ask = manner == Manner::Usual && self.overwhelm(now).is_none();
        match back_off {
            BackOff::Half { unanswered, .. } if *unanswered >= ASK && may_ask => {
                Err(LetGo::AskedInstead)
            }
            BackOff::Weekly { last } if self.days_since(*last, now) >= 7 => Ok(()),
            _ if back_off
                .left_out()
                .is_some_and(|it| it.contains(&reminder.name)) =>
            {
                Ok(())
            }
            _ => Err(LetGo::Thinned(rate)),
        }
    }

    /// Whole days, as the active hours see them: a week later is the same day of the week.
    fn days_since(&self, at: Timestamp, now: Timestamp) -> i32 {
        let day = |at| self.config.hours.day_of(self.zone.to_datetime(at));
        let span = day(at).until(day(now));
        span.map_or(0, |span| span.get_days())
    }

    /// Notes that a reminder's turn came.
    pub(super) fn note_turn(&mut self, reminder: &Reminder, now: Timestamp) {
        if !reminder.schedule.is_random() {
            return;
        }
        if let BackOff::Weekly { last } = &mut self.state.back_off {
            *last = now;
        }
        if let Some(left_out) = self.state.back_off.left_out_mut() {
            left_out.remove(&reminder.name);
        }
    }

    /// Notes that a reminder's turn was left out, or asks how often in its place.
    pub(super) fn note_no_turn(
        &mut self,
        reminder: &Reminder,
        why: &LetGo,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        match why {
            LetGo::Thinned(_) => {
                if let Some(left_out) = self.state.back_off.left_out_mut() {
                    left_out.insert(reminder.name.clone());
                }
            }
            LetGo::AskedInstead => self.ask_how_often(now, out),
            _ => {}
        }
    }

    fn ask_how_often(&mut self, now: Timestamp, out: &mut Outbox) {
        let mut record = self.blank_record(Trigger::HowOften, now);
        record.card = Some(Card {
            prompt: None,
            kind: Kind::Question,
            title: "How often?".into(),
            text: "The last few went by without an answer, and that is fine. Fewer from now on, a week off, or keep it as it is?".into(),
            private: false,
            steps: Vec::new(),
        });
        self.state.back_off = BackOff::Asking {
            delivery: record.id,
            left_out: BTreeSet::new(),
        };
        self.count_one(Manner::Usual, now);
        self.send(record, Manner::Usual, now, out);
    }

    /// The answer to that, and what it says is done.
    pub(super) fn answer_how_often(
        &mut self,
        id: u64,
        answer: Answer,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        self.state.back_off = match answer {
            Answer::Fewer => BackOff::Fewer {
                left_out: BTreeSet::new(),
            },
            Answer::Keep => BackOff::Kept,
            _ => BackOff::default(),
        };
        self.answer(id, answer, now, out);
        if answer == Answer::PauseWeek {
            // A week is never too long for a pause.
            let _ = self.pause(&PauseUntil::Passed(WEEK), Scope::All, Level::Full, now, out);
        }
    }

    /// An answer, to whatever prompt: the count begins anew. What the person said about how often holds on.
    pub(super) fn heard(&mut self) {
        if !matches!(self.state.back_off, BackOff::Fewer { .. }) {
            self.state.back_off = BackOff::default();
        }
    }

    /// Takes in how a delivery ended.
    pub(super) fn count_unanswered(&mut self, record: &Record, now: Timestamp) {
        // A look ahead assumes no change of it.
        if self.looks_ahead {
            return;
        }
        let is_asking = matches!(self.state.back_off, BackOff::Asking { delivery, .. } if delivery == record.id);
        if is_asking {
            self.state.back_off = match &record.outcome {
                // A pause is an answer, too.
                Some(Outcome::LetGo(LetGo::Paused { .. })) => BackOff::default(),
                _ if record.was_shown() => BackOff::Weekly { last: now },
                // Nobody saw it.
                _ => BackOff::Half {
                    unanswered: ASK,
                    left_out: BTreeSet::new(),
                },
            };
        } else if counts(record) {
            let before = std::mem::take(&mut self.state.back_off);
            self.state.back_off = before.one_more();
        }
    }
}

/// Check-ins and questions that came by themselves, and went by.
fn counts(record: &Record) -> bool {
    let asks = |card: &Card| matches!(card.kind, Kind::CheckIn | Kind::Question);
    record.outcome == Some(Outcome::Expired)
        && matches!(record.trigger, Trigger::Reminder { .. })
        && record.card.as_ref().is_some_and(asks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_in_a_row_halve_the_rate_and_more_do_not_change_it() {
        let mut back_off = BackOff::default();
        let rates: Vec<_> = (0..9)
            .map(|_| {
                back_off = std::mem::take(&mut back_off).one_more();
                back_off.rate()
            })
            .collect();
        assert_eq!(rates[..2], [None, None]);
        assert_eq!(rates[2..], [Some(Rate::Half); 7]);
        let BackOff::Half { unanswered, .. } = back_off else {
            panic!("{back_off:?}");
        };
        assert_eq!(unanswered, ASK);
    }

    #[test]
    fn what_the_person_said_is_not_counted_against() {
        let fewer = BackOff::Fewer {
            left_out: BTreeSet::new(),
        };
        for settled in [BackOff::Kept, fewer] {
            assert_eq!(settled.clone().one_more(), settled);
        }
    }
}

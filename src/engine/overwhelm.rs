//! After "Too much": something steady at once, then a day with hardly anything, then three gentle ones. It leaves by
//! itself.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::action::Flow;
use super::event::Reply;
use super::record::{Answer, Card, LetGo, Outcome, Record, Trigger};
use super::state::Mood;
use super::{Effect, Engine, Outbox, later};
use crate::config::{Content, Reminder};
use crate::library::{Intensity, Kind, LastState, Selection};

/// How long hardly anything comes.
const REST: SignedDuration = SignedDuration::from_hours(24);

/// How long what comes is gentle, after that.
const EASE: SignedDuration = SignedDuration::from_hours(72);

/// So many answers "Okay" raise the ceiling by a level.
const OKAYS_A_LEVEL: u32 = 2;

/// What holds after "Too much".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overwhelm {
    /// At most one gentle prompt by itself, and no check-in.
    Rest {
        /// From when on.
        since: Timestamp,
        /// Whether that prompt has come.
        came: bool,
    },
    /// Gentle prompts.
    Ease {
        /// From when on.
        since: Timestamp,
        /// How often the person has said "Okay" since.
        okays: u32,
    },
}

impl Overwhelm {
    /// When it goes over into the next stage, or ends, by itself.
    #[must_use]
    pub fn until(self) -> Timestamp {
        match self {
            Self::Rest { since, .. } => later(since, REST),
            Self::Ease { since, .. } => later(since, EASE),
        }
    }

    /// When all of it is over by itself.
    #[must_use]
    pub fn end(self) -> Timestamp {
        match self {
            Self::Rest { .. } => later(self.until(), EASE),
            Self::Ease { .. } => self.until(),
        }
    }

    /// The most intense a prompt may be.
    #[must_use]
    pub fn ceiling(self) -> Intensity {
        let levels = match self {
            Self::Rest { .. } => 0,
            Self::Ease { okays, .. } => okays / OKAYS_A_LEVEL,
        };
        match levels {
            0 => Intensity::Gentle,
            1 => Intensity::Medium,
            _ => Intensity::Deep,
        }
    }

    /// What it has become by `now`; none once it is over.
    fn at(self, now: Timestamp) -> Option<Self> {
        match self {
            _ if now < self.until() => Some(self),
            Self::Rest { .. } => Self::easing(self.until()).at(now),
            Self::Ease { .. } => None,
        }
    }

    /// The next stage, or level, as of `now`.
    fn step(self, now: Timestamp) -> Self {
        match self {
            Self::Rest { .. } => Self::easing(now),
            Self::Ease { since, okays } => Self::Ease {
                since,
                okays: (okays / OKAYS_A_LEVEL + 1) * OKAYS_A_LEVEL,
            },
        }
    }

    fn easing(since: Timestamp) -> Self {
        Self::Ease { since, okays: 0 }
    }

    pub(super) fn since_mut(&mut self) -> &mut Timestamp {
        match self {
            Self::Rest { since, .. } | Self::Ease { since, .. } => since,
        }
    }
}

impl Engine {
    /// What holds after "Too much"; none where nothing does any more, or nothing that the person's own ceiling does not.
    #[must_use]
    pub fn overwhelm(&self, now: Timestamp) -> Option<Overwhelm> {
        let stage = self.state.overwhelm?.at(now)?;
        let own = self.config.library.ceiling;
        (matches!(stage, Overwhelm::Rest { .. }) || stage.ceiling() < own).then_some(stage)
    }

    /// Takes in what the person said of how they are, at `at`.
    pub(super) fn note_state(&mut self, mood: Mood, now: Timestamp, out: &mut Outbox) {
        self.state.last_check_in = Some(mood);
        match mood.state {
            LastState::TooMuch => self.begin_rest(mood.at, now, out),
            LastState::Okay => self.rise(now),
            LastState::Hard | LastState::Unknown => {}
        }
    }

    /// Begins the day of rest, or begins it anew; all else makes way.
    fn begin_rest(&mut self, since: Timestamp, now: Timestamp, out: &mut Outbox) {
        // Said once more, it is no reason for one more prompt.
        let before = self.overwhelm(now);
        let came = matches!(before, Some(Overwhelm::Rest { came: true, .. }));
        self.state.overwhelm = Some(Overwhelm::Rest { since, came });
        // Said by a script of a day that is over.
        if !matches!(self.overwhelm(now), Some(Overwhelm::Rest { .. })) {
            return;
        }
        let live = self.state.live.iter();
        let live: Vec<(u64, bool)> = live
            .map(|one| (one.record.id, one.is_on_screen()))
            .collect();
        for (id, is_on_screen) in live {
            self.end(id, Outcome::LetGo(LetGo::TooMuch), now, out);
            out.acts.extend(is_on_screen.then_some(Effect::Close(id)));
        }
    }

    fn rise(&mut self, now: Timestamp) {
        if let Some(Overwhelm::Ease { since, okays }) = self.overwhelm(now) {
            let okays = okays + 1;
            self.state.overwhelm = Some(Overwhelm::Ease { since, okays });
        }
    }

    /// Whether a reminder may bring something, given what was said.
    ///
    /// # Errors
    /// Why it may not.
    pub(super) fn gate_overwhelm(&self, reminder: &Reminder, now: Timestamp) -> Result<(), LetGo> {
        match self.overwhelm(now) {
            Some(Overwhelm::Rest { .. }) if asks_how_you_are(&reminder.content) => {
                Err(LetGo::NoCheckIn)
            }
            Some(Overwhelm::Rest { came: true, .. }) => Err(LetGo::RestDay),
            _ => Ok(()),
        }
    }

    /// The same for what a reminder brought before.
    ///
    /// # Errors
    /// Why it may not come again.
    pub(super) fn gate_overwhelm_again(
        &self,
        record: &Record,
        now: Timestamp,
    ) -> Result<(), LetGo> {
        let by_itself = matches!(record.trigger, Trigger::Reminder { .. });
        let card = record.card.as_ref();
        let is_check_in = card.is_some_and(|card| card.kind == Kind::CheckIn);
        match self.overwhelm(now) {
            Some(Overwhelm::Rest { .. }) if by_itself && is_check_in => Err(LetGo::NoCheckIn),
            _ => Ok(()),
        }
    }

    /// Notes that a prompt comes by itself: on a day of rest it is the only one.
    pub(super) fn note_rest(&mut self, now: Timestamp) {
        if let Some(Overwhelm::Rest { since, .. }) = self.overwhelm(now) {
            self.state.overwhelm = Some(Overwhelm::Rest { since, came: true });
        }
    }

    /// What may be chosen of what is wanted: no check-in on a day of rest.
    pub(super) fn within_rest(&self, from: &Selection, now: Timestamp) -> Selection {
        let mut from = from.clone();
        let is_rest = matches!(self.overwhelm(now), Some(Overwhelm::Rest { .. }));
        if is_rest && from.kinds.len() > 1 {
            from.kinds.retain(|kind| *kind != Kind::CheckIn);
        }
        from
    }

    /// `attuned overwhelmed`: met at once, as "Too much" is. Under do-not-disturb, where nobody reads the reply, in a
    /// terminal that opens.
    pub(super) fn overwhelmed(
        &mut self,
        notify: bool,
        unread: bool,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Reply {
        self.heard();
        let mood = Mood {
            at: now,
            state: LastState::TooMuch,
            energy: None,
        };
        self.note_state(mood, now, out);
        let record = self.steady_record(0, now);
        let practice = if notify && !self.is_not_to_disturb(now) {
            self.send(record, super::gate::Manner::Usual, now, out);
            None
        } else if notify && unread {
            self.open_or_hold(record, now, out);
            None
        } else {
            Self::read(record, now, out)
        };
        Reply::Overwhelmed {
            practice,
            until: later(now, REST),
        }
    }

    /// Goes through a practice in a terminal; what is none waits until do-not-disturb is off.
    fn open_or_hold(&mut self, record: Record, now: Timestamp, out: &mut Outbox) {
        let card = record.card.as_ref();
        let practice = card.filter(|card| card.kind == Kind::Practice);
        let Some(prompt) = practice.and_then(|card| card.prompt.clone()) else {
            return self.hold_new(record, now, out);
        };
        out.records.push(Record {
            shown_at: Some(now),
            ended_at: Some(now),
            outcome: Some(Outcome::Answered(Answer::Opened)),
            ..record
        });
        out.acts.push(Effect::Open(Flow::Practice { prompt }));
    }

    /// What was pressed is met at once, or once do-not-disturb is off.
    pub(super) fn follow_with_something_steady(
        &mut self,
        of: u64,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let record = self.steady_record(of, now);
        if self.is_not_to_disturb(now) {
            self.hold_new(record, now, out);
        } else {
            self.send(record, super::gate::Manner::Usual, now, out);
        }
    }

    /// "Too much" is met at once with something steady, whatever the day's cap says.
    pub(super) fn steady_record(&mut self, of: u64, now: Timestamp) -> Record {
        let mut record = self.blank_record(Trigger::FollowUp { of }, now);
        let from = self.wish_of(&record.trigger);
        let any = Selection {
            tags: Vec::new(),
            ..from.clone()
        };
        let found = self.choose(&mut record, &from, None, now);
        if found
            .or_else(|_| self.choose(&mut record, &any, None, now))
            .is_err()
        {
            record.card = Some(nothing_left());
        }
        record
    }

    /// `attuned steady`: the usual pace again, at once or by a step.
    pub(super) fn steady(&mut self, by_a_step: bool, now: Timestamp) -> Reply {
        let before = self.overwhelm(now);
        let rate = self.state.back_off.rate();
        let next = before.filter(|_| by_a_step).map(|stage| stage.step(now));
        self.state.overwhelm = next;
        if !by_a_step || before.is_none() {
            self.state.back_off = super::BackOff::default();
        }
        // "Too much" holds no longer, and neither does what it asked for.
        let said = self.state.last_check_in;
        if said.is_some_and(|said| said.state == LastState::TooMuch) {
            self.state.last_check_in = None;
        }
        Reply::Steady {
            before,
            now: self.overwhelm(now),
            rate,
            still: self.rate(),
        }
    }
}

fn asks_how_you_are(content: &Content) -> bool {
    match content {
        Content::Message { kind, .. } => *kind == Kind::CheckIn,
        Content::Choice(from) => from.kinds == [Kind::CheckIn],
    }
}

/// For whoever has hidden everything steady: whom to turn to follows it.
fn nothing_left() -> Card {
    Card {
        prompt: None,
        kind: Kind::Practice,
        title: "For right now".into(),
        text: "Nothing is asked of you here. A person to turn to may help.".into(),
        private: false,
        steps: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Intensity::{Deep, Gentle, Medium};

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn begin() -> Timestamp {
        "2026-11-23T10:00:00Z".parse().unwrap()
    }

    fn rest() -> Overwhelm {
        Overwhelm::Rest {
            since: begin(),
            came: false,
        }
    }

    #[test]
    fn a_day_of_rest_then_three_gentle_ones_then_nothing() {
        let at = |hours: i32| rest().at(begin() + HOUR * hours);
        assert_eq!(at(23), Some(rest()));
        assert_eq!(at(24), Some(Overwhelm::easing(begin() + HOUR * 24)));
        assert_eq!(at(95), at(24));
        assert_eq!(at(96), None);
        assert_eq!(rest().end(), begin() + HOUR * 96);
    }

    #[test]
    fn two_okays_raise_the_ceiling_by_a_level() {
        let after = |okays| Overwhelm::Ease {
            since: begin(),
            okays,
        };
        let levels: Vec<Intensity> = (0..6).map(|okays| after(okays).ceiling()).collect();
        assert_eq!(levels, [Gentle, Gentle, Medium, Medium, Deep, Deep]);
        assert_eq!(after(1).step(begin()).ceiling(), Medium);
        assert_eq!(rest().step(begin()).ceiling(), Gentle);
    }
}

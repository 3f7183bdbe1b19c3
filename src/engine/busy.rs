//! What tells that a person is busy.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Effect, Engine, Outbox, later};
use crate::config::Busy;

/// After the last source has come free, this long passes before a prompt comes: long enough to sit down again.
const SETTLE: SignedDuration = SignedDuration::from_secs(30);

/// How long a source that has just begun may take to look.
const LOOK: SignedDuration = SignedDuration::from_secs(5);

/// How long a source may take to answer; the daemon's own bounds are far shorter.
const ANSWER: SignedDuration = SignedDuration::from_secs(60);

/// An answer tells how things are for this long.
const FRESH: SignedDuration = SignedDuration::from_secs(10);

/// While a prompt waits, a source that is asked and said "busy" is asked again this much later.
const ASK_AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// An answer that is older was not asked for again, as nothing waited: nobody knows what it would be now.
const OUTDATED: SignedDuration = SignedDuration::from_mins(2);

/// A device or program that has been busy for so long was forgotten, not used.
const STUCK: SignedDuration = SignedDuration::from_hours(12);

/// Something that can tell whether a person is busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The desktop's do-not-disturb.
    DoNotDisturb,
    /// The screen is locked, or the session is not the one on it.
    Locked,
    /// Nobody is there.
    Away,
    /// A program keeps the screen on, or fills it.
    Presenting,
    /// The camera is in use, or the screen is shared.
    Camera,
    /// The microphone is in use.
    Microphone,
    /// A meeting of the person's calendars.
    Calendar,
    /// A command of the person's own.
    Probe,
}

/// What a source says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// It has just begun to look, and says more in a moment.
    Looking,
    /// Not busy, as far as it can tell.
    Free,
    /// Busy.
    Busy {
        /// Until then, where it knows; it says so itself when that time comes.
        until: Option<Timestamp>,
        /// Who or what, in a word or two, such as a program's name; nothing private.
        what: Option<String>,
    },
    /// It cannot tell, which counts as free.
    Unknown {
        /// Why not, in words for a person.
        why: String,
    },
    /// It tells nothing by itself, and is asked when something is due ([`super::Effect::Ask`]).
    OnRequest,
}

/// What a source said last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sensed {
    /// What.
    pub reading: Reading,
    /// Since when it says so.
    pub since: Timestamp,
    /// Whether it tells nothing by itself.
    #[serde(default, skip)]
    is_silent: bool,
    #[serde(default, skip)]
    asked: Asked,
}

/// How far it has got with asking a source that is asked before something is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Asked {
    /// It has not been asked since it spoke by itself.
    #[default]
    NotYet,
    /// It has not answered yet.
    At(Timestamp),
    /// It answered then.
    AnsweredAt(Timestamp),
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 8] = [
        Self::DoNotDisturb,
        Self::Locked,
        Self::Away,
        Self::Presenting,
        Self::Camera,
        Self::Microphone,
        Self::Calendar,
        Self::Probe,
    ];

    /// Whether the settings let it count.
    #[must_use]
    pub fn is_on(self, settings: &Busy) -> bool {
        match self {
            Self::DoNotDisturb => settings.do_not_disturb,
            Self::Locked => settings.locked,
            Self::Away => settings.away,
            Self::Presenting => settings.presenting,
            Self::Camera => settings.camera,
            Self::Microphone => settings.microphone,
            Self::Calendar => !settings.calendar.files.is_empty(),
            Self::Probe => settings.probe.command.is_some(),
        }
    }

    /// Whether it may go on saying "busy" although nobody is: a call that was never hung up. A night away from the
    /// computer is none of that.
    fn may_be_stuck(self) -> bool {
        match self {
            Self::Presenting | Self::Camera | Self::Microphone | Self::Probe => true,
            Self::DoNotDisturb | Self::Locked | Self::Away | Self::Calendar => false,
        }
    }

    /// Whether it is asked before something is shown, although it tells by itself: a word of it that comes a moment late
    /// would be too late, since what is sent into do-not-disturb may be dropped without a word.
    fn is_asked_all_the_same(self) -> bool {
        self == Self::DoNotDisturb
    }

    /// How long an answer of it holds good.
    fn fresh(self) -> SignedDuration {
        if self.is_asked_all_the_same() {
            SignedDuration::ZERO
        } else {
            FRESH
        }
    }
}

impl Reading {
    /// Busy or free, where no more is known.
    #[must_use]
    pub fn busy_if(is_busy: bool) -> Self {
        if is_busy {
            Self::Busy {
                until: None,
                what: None,
            }
        } else {
            Self::Free
        }
    }
}

impl fmt::Display for Source {
    /// What it says where it says "busy", as in "do-not-disturb was on".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DoNotDisturb => "do-not-disturb was on",
            Self::Locked => "the screen was locked",
            Self::Away => "nobody was there",
            Self::Presenting => "a program kept the screen on, or filled it",
            Self::Camera => "the camera was in use, or the screen shared",
            Self::Microphone => "the microphone was in use",
            Self::Calendar => "you were in a meeting",
            Self::Probe => "your own command said so",
        })
    }
}

impl Sensed {
    /// Whether it says "busy", and is believed at `now`.
    #[must_use]
    pub fn is_busy(&self, source: Source, now: Timestamp) -> bool {
        self.says_busy() && !self.is_stuck(source, now) && !self.is_outdated(now)
    }

    /// Whether it has said "busy" for so long that it is not believed any more.
    #[must_use]
    pub fn is_stuck(&self, source: Source, now: Timestamp) -> bool {
        source.may_be_stuck() && self.says_busy() && now.duration_since(self.since) >= STUCK
    }

    fn says_busy(&self) -> bool {
        matches!(self.reading, Reading::Busy { .. })
    }

    /// Whether it said so long ago, and nothing by itself, or has not answered since.
    fn is_outdated(&self, now: Timestamp) -> bool {
        match self.asked {
            Asked::AnsweredAt(at) => self.is_silent && now.duration_since(at) >= OUTDATED,
            Asked::At(at) => now.duration_since(at) >= ANSWER,
            Asked::NotYet => false,
        }
    }

    /// What it says, as far as that still holds at `now`.
    fn as_of(&self, now: Timestamp) -> Self {
        let reading = match self.asked {
            _ if !self.is_outdated(now) => self.reading.clone(),
            Asked::At(_) => Reading::Unknown {
                why: "it did not answer".to_owned(),
            },
            Asked::AnsweredAt(_) | Asked::NotYet => Reading::OnRequest,
        };
        Self { reading, ..*self }
    }

    /// Whether it is asked before anything is shown.
    fn is_asked_before_all(&self, source: Source) -> bool {
        self.is_silent || source.is_asked_all_the_same()
    }

    /// From when on it does not stand in the way, if it says nothing new; none where it does until it says so.
    fn lets_speak_from(&self, source: Source) -> Option<Timestamp> {
        match (&self.reading, self.asked) {
            (_, Asked::At(at)) => Some(later(at, ANSWER)),
            (Reading::Busy { .. }, asked) if self.is_asked_before_all(source) => {
                let told = match asked {
                    Asked::AnsweredAt(at) => at,
                    Asked::NotYet | Asked::At(_) => self.since,
                };
                Some(later(told, ASK_AGAIN))
            }
            (Reading::Busy { .. }, _) => {
                let may_be_stuck = source.may_be_stuck();
                may_be_stuck.then(|| later(self.since, STUCK))
            }
            (Reading::Looking, _) => Some(later(self.since, LOOK)),
            (Reading::Free | Reading::Unknown { .. } | Reading::OnRequest, _) => {
                Some(Timestamp::MIN)
            }
        }
    }

    /// Whether it has to be asked now, before something is shown.
    fn is_to_be_asked(&self, source: Source, now: Timestamp) -> bool {
        if !self.is_asked_before_all(source) {
            return false;
        }
        match self.asked {
            Asked::NotYet | Asked::At(_) => true,
            Asked::AnsweredAt(at) => {
                let since = now.duration_since(at);
                since > source.fresh() || since.is_negative()
            }
        }
    }
}

impl Engine {
    /// Takes in what a source says.
    pub(super) fn sensed(&mut self, source: Source, reading: Reading, now: Timestamp) {
        // One that was switched off may have said more just before.
        if !source.is_on(&self.config.busy) {
            return;
        }
        let was_busy = self.busy_with(now).is_some();
        let before = self.senses.get(&source);
        let is_silent = match reading {
            Reading::OnRequest => true,
            Reading::Looking => false,
            _ => before.is_some_and(|before| before.is_silent),
        };
        let asked_before = before.map_or(Asked::NotYet, |before| before.asked);
        let asked = match (&reading, asked_before) {
            // One that failed looks anew when it is asked; its answer is still to come.
            (Reading::Looking, Asked::At(_)) => asked_before,
            (Reading::Looking | Reading::OnRequest, _) => Asked::NotYet,
            (_, Asked::At(_)) => Asked::AnsweredAt(now),
            _ if is_silent => Asked::AnsweredAt(now),
            _ => Asked::NotYet,
        };
        let goes_on = |before: &&Sensed| before.reading == reading && !before.is_outdated(now);
        let since = before.filter(goes_on).map_or(now, |before| before.since);
        let sensed = Sensed {
            reading,
            since,
            is_silent,
            asked,
        };
        self.senses.insert(source, sensed);
        self.settle_if_freed(was_busy, now);
    }

    /// Notes when the person comes free.
    fn settle_if_freed(&mut self, was_busy: bool, now: Timestamp) {
        if was_busy && self.busy_with(now).is_none() {
            self.free_since = Some(now);
        }
    }

    /// What was noted in a future that the clock has since left stands in no way.
    pub(super) fn correct_senses(&mut self, now: Timestamp) {
        self.free_since = self.free_since.filter(|since| *since <= now);
        for sensed in self.senses.values_mut() {
            sensed.since = sensed.since.min(now);
            let is_busy = sensed.says_busy();
            match &mut sensed.asked {
                Asked::At(at) => *at = now.min(*at),
                Asked::AnsweredAt(at) if is_busy => *at = now.min(*at),
                // Asked anew.
                Asked::AnsweredAt(_) | Asked::NotYet => {}
            }
        }
    }

    /// Takes in until when the day is light, as the calendars say.
    pub(super) fn note_light_day(&mut self, until: Option<Timestamp>) {
        self.state.light_until = until.filter(|_| Source::Calendar.is_on(&self.config.busy));
    }

    /// Forgets the sources that do not count any more.
    pub(super) fn follow_senses(&mut self, now: Timestamp) {
        let was_busy = self.busy_with(now).is_some();
        let settings = &self.config.busy;
        self.senses.retain(|source, _| source.is_on(settings));
        if !Source::Calendar.is_on(settings) {
            self.state.light_until = None;
        }
        self.settle_if_freed(was_busy, now);
    }

    /// What each source said last, as far as that still holds; nothing of those that have not spoken.
    #[must_use]
    pub fn senses(&self, now: Timestamp) -> BTreeMap<Source, Sensed> {
        let senses = self.senses.iter();
        senses
            .map(|(source, sensed)| (*source, sensed.as_of(now)))
            .collect()
    }

    /// Whether what is shown now goes unseen, and may be dropped.
    pub(super) fn is_not_to_disturb(&self, now: Timestamp) -> bool {
        self.busy(now).any(|source| source == Source::DoNotDisturb)
    }

    /// The sources that say the person is busy; none where they are free, as far as anything can tell.
    pub(super) fn busy(&self, now: Timestamp) -> impl Iterator<Item = Source> {
        let senses = self.senses.iter();
        let busy = senses.filter(move |(source, sensed)| sensed.is_busy(**source, now));
        busy.map(|(source, _)| *source)
    }

    /// The first of them.
    pub(super) fn busy_with(&self, now: Timestamp) -> Option<Source> {
        self.busy(now).next()
    }

    /// From when on a prompt may come, if no source says anything new; none where one has to.
    pub(super) fn moment(&self) -> Option<Timestamp> {
        let settled = self.free_since.map(|since| later(since, SETTLE));
        let settled = settled.max(self.settling_until);
        let settled = settled.unwrap_or(Timestamp::MIN);
        let mut senses = self.senses.iter();
        senses.try_fold(settled, |moment, (source, sensed)| {
            Some(moment.max(sensed.lets_speak_from(*source)?))
        })
    }

    /// Whether a prompt may come now, by all that was said so far.
    pub(super) fn is_moment(&self, now: Timestamp) -> bool {
        self.moment().is_some_and(|moment| moment <= now)
    }

    /// Whether a prompt may come now without asking anything first.
    pub(super) fn may_come(&self, now: Timestamp) -> bool {
        let mut senses = self.senses.iter();
        self.is_moment(now) && !senses.any(|(source, sensed)| sensed.is_to_be_asked(*source, now))
    }

    /// Asks the sources that have to be asked before something is shown; whether there are any.
    pub(super) fn ask_senses(&mut self, now: Timestamp, out: &mut Outbox) -> bool {
        let mut waits = false;
        for (source, sensed) in &mut self.senses {
            if let Asked::At(at) = sensed.asked
                && sensed.is_outdated(now)
            {
                // Nobody waited for what was asked so long ago: it is asked anew.
                let waited = now.duration_since(at) < OUTDATED;
                if waited && sensed.says_busy() {
                    self.free_since = Some(now);
                    waits = true;
                }
                *sensed = Sensed {
                    since: now,
                    asked: if waited {
                        Asked::AnsweredAt(now)
                    } else {
                        Asked::NotYet
                    },
                    ..sensed.as_of(now)
                };
            }
            if !sensed.is_to_be_asked(*source, now) {
                continue;
            }
            waits = true;
            if !matches!(sensed.asked, Asked::At(_)) {
                *sensed = Sensed {
                    asked: Asked::At(now),
                    ..sensed.as_of(now)
                };
                out.acts.push(Effect::Ask(*source));
            }
        }
        waits
    }
}

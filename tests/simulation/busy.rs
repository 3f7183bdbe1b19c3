//! What tells that the person is busy, kept apart from the engine's own account.

use std::collections::BTreeMap;

use attuned::config::Config;
use attuned::engine::{Reading, Source};
use attuned::schedule::SplitMix64;
use jiff::{SignedDuration, Timestamp};

/// So long after the last one has come free a prompt may come.
const SETTLE: SignedDuration = SignedDuration::from_secs(30);

/// A device or program that is busy for longer was forgotten.
const STUCK: SignedDuration = SignedDuration::from_hours(12);

/// What a source answered so long ago says nothing any more, where it tells nothing by itself.
const OUTDATED: SignedDuration = SignedDuration::from_mins(2);

/// What was said, and since when.
#[derive(Debug, Default)]
pub struct Busy {
    said: BTreeMap<Source, Said>,
    /// When a source that was believed last said that it is over.
    over: Option<Timestamp>,
    pub seen: Seen,
}

#[derive(Debug)]
struct Said {
    reading: Reading,
    since: Timestamp,
    /// When it was said last.
    at: Timestamp,
    /// It tells nothing by itself.
    is_silent: bool,
}

impl Said {
    fn is_busy(&self, source: Source, now: Timestamp) -> bool {
        let lasts = matches!(
            source,
            Source::DoNotDisturb | Source::Locked | Source::Away | Source::Calendar
        );
        let is_believed = lasts || now.duration_since(self.since) < STUCK;
        matches!(self.reading, Reading::Busy { .. }) && is_believed && !self.is_outdated(now)
    }

    fn is_outdated(&self, now: Timestamp) -> bool {
        self.is_silent && now.duration_since(self.at) >= OUTDATED
    }
}

/// How often what the laws are about has happened.
#[derive(Debug, Default)]
pub struct Seen {
    pub held: u32,
    pub shown_after: u32,
    pub let_go_busy: u32,
    pub stood_for: u32,
    pub asked: u32,
}

impl Busy {
    /// More often than not, what is busy comes free.
    pub fn random_reading(&self, dice: &mut SplitMix64) -> (Source, Reading) {
        let is_busy = |(_, said): &(&Source, &Said)| matches!(said.reading, Reading::Busy { .. });
        let busy = self.said.iter().find(is_busy);
        if let Some((source, _)) = busy.filter(|_| dice.below(4) != 0) {
            return (*source, Reading::Free);
        }
        let source = super::pick(dice, &Source::ALL);
        let reading = match dice.below(7) {
            0 | 1 => Reading::Busy {
                until: None,
                what: None,
            },
            2..=4 => Reading::Free,
            5 => Reading::Unknown { why: "gone".into() },
            _ if source == Source::DoNotDisturb => Reading::OnRequest,
            _ => Reading::Looking,
        };
        (source, reading)
    }

    pub fn hear(&mut self, source: Source, reading: &Reading, config: &Config, now: Timestamp) {
        if !source.is_on(&config.busy) {
            return;
        }
        let was_busy = self.is_busy(now);
        let before = self.said.get(&source);
        let goes_on = |said: &&Said| said.reading == *reading && !said.is_outdated(now);
        let said = Said {
            reading: reading.clone(),
            since: before.filter(goes_on).map_or(now, |said| said.since),
            at: now,
            is_silent: match reading {
                Reading::OnRequest => true,
                Reading::Looking => false,
                _ => before.is_some_and(|said| said.is_silent),
            },
        };
        self.said.insert(source, said);
        if was_busy && !self.is_busy(now) {
            self.over = Some(now);
        }
    }

    /// What does not answer counts as free.
    pub fn does_not_answer(&mut self, source: Source, now: Timestamp) {
        if let Some(said) = self.said.get_mut(&source) {
            said.reading = Reading::Unknown {
                why: "silence".into(),
            };
            (said.since, said.at) = (now, now);
        }
    }

    /// What a new run hears again, as nothing of it outlives one.
    pub fn begin_anew(&mut self, now: Timestamp) -> Vec<(Source, Reading)> {
        self.over = None;
        for said in self.said.values_mut() {
            (said.since, said.at) = (now, now);
            said.is_silent = said.reading == Reading::OnRequest;
        }
        let said = self.said.iter();
        said.map(|(source, said)| (*source, said.reading.clone()))
            .collect()
    }

    pub fn is_busy(&self, now: Timestamp) -> bool {
        let mut said = self.said.iter();
        said.any(|(source, said)| said.is_busy(*source, now))
    }

    /// Whether what is sent may be dropped.
    pub fn is_not_to_disturb(&self, now: Timestamp) -> bool {
        let switch = Source::DoNotDisturb;
        let said = self.said.get(&switch);
        said.is_some_and(|said| said.is_busy(switch, now))
    }

    /// Whether something may come unasked.
    pub fn lets_speak(&self, now: Timestamp) -> bool {
        let has_settled = self
            .over
            .is_none_or(|over| now.duration_since(over) >= SETTLE);
        !self.is_busy(now) && has_settled
    }
}

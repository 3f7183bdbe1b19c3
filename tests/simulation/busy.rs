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

/// What was said, and since when.
#[derive(Debug, Default)]
pub struct Busy {
    said: BTreeMap<Source, (Reading, Timestamp)>,
    /// When a source that was believed last said that it is over.
    over: Option<Timestamp>,
    pub seen: Seen,
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
        let is_busy = |(_, (reading, _)): &(&Source, &(Reading, Timestamp))| {
            matches!(reading, Reading::Busy { .. })
        };
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
        let since = match self.said.get(&source) {
            Some((before, since)) if before == reading => *since,
            _ => now,
        };
        self.said.insert(source, (reading.clone(), since));
        if was_busy && !self.is_busy(now) {
            self.over = Some(now);
        }
    }

    /// What does not answer counts as free.
    pub fn does_not_answer(&mut self, source: Source, now: Timestamp) {
        let nothing = Reading::Unknown {
            why: "silence".into(),
        };
        self.said.insert(source, (nothing, now));
    }

    /// What a new run hears again, as nothing of it outlives one.
    pub fn begin_anew(&mut self, now: Timestamp) -> Vec<(Source, Reading)> {
        self.over = None;
        for (_, since) in self.said.values_mut() {
            *since = now;
        }
        let said = self.said.iter();
        said.map(|(source, (reading, _))| (*source, reading.clone()))
            .collect()
    }

    pub fn is_busy(&self, now: Timestamp) -> bool {
        self.said.iter().any(|(source, (reading, since))| {
            let lasts = matches!(
                source,
                Source::DoNotDisturb | Source::Locked | Source::Away | Source::Calendar
            );
            let is_believed = lasts || now.duration_since(*since) < STUCK;
            matches!(reading, Reading::Busy { .. }) && is_believed
        })
    }

    /// Whether something may come unasked.
    pub fn lets_speak(&self, now: Timestamp) -> bool {
        let has_settled = self
            .over
            .is_none_or(|over| now.duration_since(over) >= SETTLE);
        !self.is_busy(now) && has_settled
    }
}

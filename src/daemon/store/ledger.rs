//! Keeping what happens even while the disk fails: in memory, bounded, tried again.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::{Store, StoreError};
use crate::engine::{Record, State};

/// Records kept in memory while the disk fails: weeks of a busy day's.
const MOST_RECORDS: usize = 1000;

const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(1);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// The daemon's way to write to the [`Store`].
#[derive(Debug)]
pub struct Ledger {
    pub(super) store: Store,
    /// Not on the disk yet; a record's id is here once.
    records: VecDeque<Record>,
    state: Option<State>,
    trouble: Option<Trouble>,
}

/// The disk fails.
#[derive(Debug)]
struct Trouble {
    problem: String,
    /// Records given up for lack of room.
    lost: u64,
    wait: SignedDuration,
    retry: Timestamp,
}

/// How keeping went.
#[derive(Debug)]
pub enum Kept {
    /// Everything is on record.
    Kept,
    /// It failed, and did not before.
    Failing(StoreError),
    /// It goes on failing.
    StillFailing,
    /// Everything is on record again.
    Recovered,
}

impl Ledger {
    /// A ledger over an open database.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            records: VecDeque::new(),
            state: None,
            trouble: None,
        }
    }

    /// Keeps what one event changed, and what is left from before; what cannot be written stays in memory.
    pub fn keep(&mut self, records: Vec<Record>, state: Option<State>, now: Timestamp) -> Kept {
        for record in records {
            self.records.retain(|earlier| earlier.id != record.id);
            self.records.push_back(record);
        }
        self.state = state.or(self.state.take());
        self.write(now)
    }

    /// Tries again what could not be written, if it is time to.
    pub fn retry(&mut self, now: Timestamp) -> Kept {
        match &self.trouble {
            None => Kept::Kept,
            Some(trouble) if trouble.is_due(now) => self.write(now),
            Some(_) => Kept::StillFailing,
        }
    }

    /// Replaces everything with a staged backup; what waited in memory goes too. Gives the engine's state in it, and where
    /// what was there is kept ([`Store::replace`]).
    ///
    /// # Errors
    /// As [`Store::replace`]; then everything is as before.
    pub fn restore(
        &mut self,
        database: &Path,
        staged: &Path,
        now: Timestamp,
    ) -> Result<(Option<State>, Option<PathBuf>), StoreError> {
        if self.trouble.is_some() {
            // What waits belongs to what is kept.
            self.write(now);
        }
        let before = self.store.replace(database, staged, now)?;
        self.records.clear();
        self.state = None;
        self.trouble = None;
        Ok((self.store.state()?, before))
    }

    /// When to call [`Ledger::retry`]; none while nothing is left to write.
    #[must_use]
    pub fn next_retry(&self) -> Option<Timestamp> {
        self.trouble.as_ref().map(|trouble| trouble.retry)
    }

    /// What is wrong, in words, while it is.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let trouble = self.trouble.as_ref()?;
        let waiting = self.records.len();
        let lost = match trouble.lost {
            0 => String::new(),
            lost => format!(", {lost} lost"),
        };
        Some(format!(
            "{} ({waiting} records wait in memory{lost})",
            trouble.problem
        ))
    }

    fn write(&mut self, now: Timestamp) -> Kept {
        let written = self
            .store
            .keep(self.records.make_contiguous(), self.state.as_ref());
        match (written, self.trouble.take()) {
            (Ok(()), trouble) => {
                self.records.clear();
                self.state = None;
                trouble.map_or(Kept::Kept, Trouble::recovered)
            }
            (Err(error), None) => {
                self.trouble = Some(self.make_room(Trouble::new(&error, now)));
                Kept::Failing(error)
            }
            (Err(error), Some(trouble)) => {
                self.trouble = Some(self.make_room(trouble.again(&error, now)));
                Kept::StillFailing
            }
        }
    }

    /// Gives up the oldest records beyond what memory may hold.
    fn make_room(&mut self, trouble: Trouble) -> Trouble {
        let surplus = self.records.len().saturating_sub(MOST_RECORDS);
        self.records.drain(..surplus);
        Trouble {
            lost: trouble.lost + surplus as u64,
            ..trouble
        }
    }
}

impl Trouble {
    fn new(error: &StoreError, now: Timestamp) -> Self {
        Self {
            problem: error.to_string(),
            lost: 0,
            wait: FIRST_WAIT,
            retry: after(now, FIRST_WAIT),
        }
    }

    fn again(self, error: &StoreError, now: Timestamp) -> Self {
        // An event in between tries as well, and puts nothing off.
        let (wait, retry) = if self.is_due(now) {
            let wait = (self.wait * 2).min(LONGEST_WAIT);
            (wait, after(now, wait))
        } else {
            (self.wait, self.retry)
        };
        Self {
            problem: error.to_string(),
            lost: self.lost,
            wait,
            retry,
        }
    }

    /// A clock that was set back puts nothing off either.
    fn is_due(&self, now: Timestamp) -> bool {
        now >= self.retry || self.retry.duration_since(now) > self.wait
    }

    fn recovered(self) -> Kept {
        if self.lost > 0 {
            tracing::warn!("{} records were lost while the disk failed", self.lost);
        }
        Kept::Recovered
    }
}

/// `now` plus `wait`, or the end of time.
fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

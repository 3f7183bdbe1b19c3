//! Keeping what happens even while the disk fails: in memory, bounded, tried again.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{BUSY_TIMEOUT, Opened, Store, StoreError, open};
use crate::engine::{Batch, State};
use crate::journal::{Change, Changed, Erase, Erased};

/// Records kept in memory while the disk fails: weeks of a busy day's.
const MOST_RECORDS: usize = 1000;

const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(1);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// The daemon's way to write to the [`Store`].
#[derive(Debug)]
pub struct Ledger {
    database: PathBuf,
    /// None while the database cannot be opened.
    pub(super) store: Option<Store>,
    /// Whether an earlier state may be in a database that could not be read at the start.
    has_unknown_past: bool,
    /// Not on the disk yet; a record's id is in it once.
    waiting: Batch,
    trouble: Option<Trouble>,
}

/// A ledger, and what to go on from.
#[derive(Debug)]
pub struct Beginning {
    /// The ledger.
    pub ledger: Ledger,
    /// What the engine remembers, or something to begin with.
    pub state: State,
    /// What had to be put aside, for a person to know.
    pub set_aside: Option<SetAside>,
}

/// What could not be read, and was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetAside {
    /// The whole database, as this file; a new one was begun.
    Database(PathBuf),
    /// What the engine remembered, in the database; its records are untouched.
    State,
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
    /// The database could be opened at last, and all records are in it. The caller keeps the whole state next.
    Reopened {
        /// What an earlier run remembered, where that was out of reach until now.
        earlier: Option<Box<State>>,
        /// What had to be put aside.
        set_aside: Option<SetAside>,
    },
}

impl Ledger {
    /// A ledger over an open database.
    #[must_use]
    pub fn new(database: &Path, store: Store) -> Self {
        Self {
            database: database.to_owned(),
            store: Some(store),
            has_unknown_past: false,
            waiting: Batch::default(),
            trouble: None,
        }
    }

    /// Opens the record and reads what to go on from. A disk that fails is no reason not to begin: what happens is kept
    /// in memory then, and the database tried again. `salt` is random.
    ///
    /// # Errors
    /// Where the database is of a newer attuned's: nothing was touched.
    pub fn begin(database: &Path, salt: u64, now: Timestamp) -> Result<Beginning, StoreError> {
        let opened = Store::open(database, now).and_then(|opened| {
            let state = opened.store.state_or_new(|| salt)?;
            Ok((opened, state))
        });
        match opened {
            Ok((opened, state)) => Ok(Beginning {
                state,
                set_aside: set_aside(&opened),
                ledger: Self::new(database, opened.store),
            }),
            Err(error @ StoreError::Newer { .. }) => Err(error),
            Err(error) => Self::begin_without(database, &error, salt, now),
        }
    }

    fn begin_without(
        database: &Path,
        error: &StoreError,
        salt: u64,
        now: Timestamp,
    ) -> Result<Beginning, StoreError> {
        let read = Store::open_read_only(database)
            .and_then(|store| store.map(|store| store.state_or_new(|| salt)).transpose());
        let (state, has_unknown_past) = match read {
            Err(error @ StoreError::Newer { .. }) => return Err(error),
            Ok(state) => (state.unwrap_or_else(|| State::new(salt)), false),
            Err(_) => (apart_from_any_past(salt, now), true),
        };
        let ledger = Self {
            database: database.to_owned(),
            store: None,
            has_unknown_past,
            waiting: Batch::default(),
            trouble: Some(Trouble::new(error, now)),
        };
        Ok(Beginning {
            ledger,
            state,
            set_aside: None,
        })
    }

    /// Keeps what one event changed, and what is left from before; what cannot be written stays in memory.
    pub fn keep(&mut self, batch: Batch, now: Timestamp) -> Kept {
        let waiting = &mut self.waiting;
        for record in batch.records {
            waiting.records.retain(|earlier| earlier.id != record.id);
            waiting.records.push(record);
        }
        waiting.entries.extend(batch.entries);
        waiting.state = batch.state.or(waiting.state.take());
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
    /// As [`Store::replace`], and where the database cannot be opened; then everything is as before.
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
        let store = self.open_store()?;
        let before = store.replace(database, staged, now)?;
        let state = store.state()?;
        self.written();
        Ok((state, before))
    }

    /// Changes the journal. What a person typed does not wait in memory: where it cannot be written, they are told.
    ///
    /// # Errors
    /// As [`Store::change_journal`], and while the database cannot be opened; then everything is as before.
    pub fn change_journal(
        &mut self,
        change: &Change,
        now: Timestamp,
    ) -> Result<Changed, StoreError> {
        if self.trouble.is_some() {
            // What came before is written before.
            self.write(now);
        }
        self.open_store()?.change_journal(change)
    }

    /// Erases, also what waits in memory where that is all of it; `state` is what the engine goes on from then.
    ///
    /// # Errors
    /// As [`Store::erase`], and while the database cannot be opened; then everything is as before.
    pub fn erase(
        &mut self,
        what: Erase,
        state: Option<&State>,
        now: Timestamp,
    ) -> Result<Erased, StoreError> {
        if self.trouble.is_some() && what != Erase::All {
            // What waits may be among what is meant.
            self.write(now);
        }
        let database = self.database.clone();
        let erased = self.open_store()?.erase(what, state, &database)?;
        if what == Erase::All {
            self.written();
        }
        Ok(erased)
    }

    /// As [`Store::let_old_go`]; nothing while the disk fails.
    ///
    /// # Errors
    /// As there.
    pub fn let_old_go(&mut self, before: Date, most: u32) -> Result<bool, StoreError> {
        match (&mut self.store, &self.trouble) {
            (Some(store), None) => store.let_old_go(before, most),
            _ => Ok(false),
        }
    }

    /// The store, while it is open.
    fn open_store(&mut self) -> Result<&mut Store, StoreError> {
        let problem = self.problem().unwrap_or_default();
        self.store.as_mut().ok_or_else(|| StoreError::File {
            path: self.database.clone(),
            source: io::Error::other(problem),
        })
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
        let waiting = match self.unwritten() {
            1 => "1 record waits in memory".to_owned(),
            count => format!("{count} records wait in memory"),
        };
        let lost = match trouble.lost {
            0 => String::new(),
            lost => format!(", {lost} lost"),
        };
        Some(format!("{} ({waiting}{lost})", trouble.problem))
    }

    /// How many records are in memory alone.
    #[must_use]
    pub fn unwritten(&self) -> usize {
        self.waiting.records.len() + self.waiting.entries.len()
    }

    fn write(&mut self, now: Timestamp) -> Kept {
        let Some(store) = &mut self.store else {
            return self.reopen(now);
        };
        let written = store.keep(&self.waiting);
        match written {
            Ok(()) => self.written(),
            Err(error) => self.failed(error, now),
        }
    }

    fn written(&mut self) -> Kept {
        self.waiting = Batch::default();
        match self.trouble.take() {
            None => Kept::Kept,
            Some(trouble) => {
                self.wait_for_others(BUSY_TIMEOUT);
                trouble.recovered();
                Kept::Recovered
            }
        }
    }

    fn failed(&mut self, error: StoreError, now: Timestamp) -> Kept {
        // A damaged file is left; opening it anew puts it aside.
        if error.is_damage() {
            self.store = None;
        }
        if let Some(trouble) = self.trouble.take() {
            self.trouble = Some(self.make_room(trouble.again(&error, now)));
            return Kept::StillFailing;
        }
        // Whoever holds the database was waited for once; prompts do not wait for them again.
        self.wait_for_others(Duration::ZERO);
        self.trouble = Some(self.make_room(Trouble::new(&error, now)));
        Kept::Failing(error)
    }

    fn reopen(&mut self, now: Timestamp) -> Kept {
        match self.open_and_write(now) {
            Err(error) => self.failed(error, now),
            Ok((earlier, set_aside)) => {
                self.written();
                let is_news = std::mem::take(&mut self.has_unknown_past);
                Kept::Reopened {
                    earlier: earlier.filter(|_| is_news).map(Box::new),
                    set_aside,
                }
            }
        }
    }

    /// Opens the database and writes what waits; one whose damage only reading or writing meets is put aside first.
    fn open_and_write(
        &mut self,
        now: Timestamp,
    ) -> Result<(Option<State>, Option<SetAside>), StoreError> {
        let mut earlier = None;
        let set_aside = match self.try_to_open_and_write(&mut earlier, now) {
            Err(error) if error.is_damage() => {
                let aside = open::put_aside(&self.database, now, &error.to_string());
                let aside = aside.map_err(|source| StoreError::File {
                    path: self.database.clone(),
                    source,
                })?;
                self.try_to_open_and_write(&mut None, now)?;
                Some(SetAside::Database(aside))
            }
            set_aside => set_aside?,
        };
        Ok((earlier, set_aside))
    }

    /// `earlier` is what an earlier run remembered, as soon as it is read: writing may fail after that.
    fn try_to_open_and_write(
        &mut self,
        earlier: &mut Option<State>,
        now: Timestamp,
    ) -> Result<Option<SetAside>, StoreError> {
        let mut opened = open::open(&self.database, now, Duration::ZERO)?;
        *earlier = opened.store.state()?;
        // The caller keeps the newer state.
        opened.store.keep(&Batch {
            state: None,
            ..self.waiting.clone()
        })?;
        let set_aside = set_aside(&opened);
        self.store = Some(opened.store);
        Ok(set_aside)
    }

    /// How long to wait while another process has the database.
    fn wait_for_others(&self, patience: Duration) {
        if let Some(store) = &self.store
            && let Err(error) = store.connection.busy_timeout(patience)
        {
            tracing::debug!("the patience with others could not be set: {error}");
        }
    }

    /// Gives up the oldest records beyond what memory may hold.
    fn make_room(&mut self, trouble: Trouble) -> Trouble {
        let records = &mut self.waiting.records;
        let surplus = records.len().saturating_sub(MOST_RECORDS);
        records.drain(..surplus);
        let entries = &mut self.waiting.entries;
        let surplus_entries = entries.len().saturating_sub(MOST_RECORDS);
        entries.drain(..surplus_entries);
        Trouble {
            lost: trouble.lost + (surplus + surplus_entries) as u64,
            ..trouble
        }
    }
}

fn set_aside(opened: &Opened) -> Option<SetAside> {
    let database = opened.set_aside.clone().map(SetAside::Database);
    database.or(opened.state_problem.as_ref().map(|_| SetAside::State))
}

/// A state to begin with while another may lie out of reach: its ids are far above any in the record.
fn apart_from_any_past(salt: u64, now: Timestamp) -> State {
    State {
        next_id: u64::try_from(now.as_millisecond()).unwrap_or(1),
        ..State::new(salt)
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

    fn recovered(self) {
        if self.lost > 0 {
            tracing::warn!("{} records were lost while the disk failed", self.lost);
        }
    }
}

/// `now` plus `wait`, or the end of time.
fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

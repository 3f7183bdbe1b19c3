//! What survives a restart: the engine's state, and a record of every delivery, in one SQLite file.
//!
//! There is one writer at a time, which holds the [`StateLock`](super::lock::StateLock); readers are welcome meanwhile
//! (write-ahead log). All that one event changes is one transaction. [`Ledger`] is the daemon's way to write: a disk that
//! fails stops no prompt.

mod beside;
mod copy;
mod entries;
mod erase;
mod error;
mod examine;
mod journal;
mod ledger;
mod met;
mod migrate;
mod open;
mod read;
mod restore;
mod row;
#[cfg(test)]
mod tests;
mod wipe;

pub use beside::{Left, left_beside};
pub use copy::Extent;
pub use entries::{Filter, Order};
pub use error::StoreError;
pub use examine::{Condition, examine};
pub use ledger::{Beginning, Kept, Ledger, SetAside};
pub use met::Met;
pub use open::Opened;
pub use restore::Staged;
pub use wipe::wipe;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row, TransactionBehavior};

use crate::engine::{Batch, Outcome, Record, State};

/// How long to wait for a reader or writer that is in the way.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// The database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

impl Store {
    /// Opens the database for writing; makes it, with its folder, where there is none.
    ///
    /// A file that is damaged or no database of attuned is renamed, with what belongs to it, and a new one begun. One of an
    /// older version is brought up to date, after a copy was made. The caller holds the state lock.
    ///
    /// # Errors
    /// Where it cannot be used, or is of a newer attuned's; then nothing was touched.
    pub fn open(database: &Path, now: Timestamp) -> Result<Opened, StoreError> {
        open::open(database, now, BUSY_TIMEOUT)
    }

    /// Opens the database for reading; none where there is none yet. Works while another process writes, and on a disk
    /// that cannot be written.
    ///
    /// # Errors
    /// Where it cannot be read, or is of a newer attuned's.
    pub fn open_read_only(database: &Path) -> Result<Option<Store>, StoreError> {
        read::open_read_only(database)
    }

    /// The engine's state as last kept; none before the first.
    ///
    /// # Errors
    /// Where the database, or the state in it, cannot be read. After [`Store::open`] the latter does not happen.
    pub fn state(&self) -> Result<Option<State>, StoreError> {
        let document = self.document()?;
        Ok(document
            .map(|text| serde_json::from_slice(&text))
            .transpose()?)
    }

    /// The state, or one to begin with.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn state_or_new(&self, salt: impl FnOnce() -> u64) -> Result<State, StoreError> {
        match self.state()? {
            Some(state) => Ok(state),
            None => self.new_state(salt()),
        }
    }

    /// A state to begin with: `salt` is random, and ids go on after those already in the record.
    ///
    /// # Errors
    /// Where the database cannot be read.
    fn new_state(&self, salt: u64) -> Result<State, StoreError> {
        let last: Option<i64> =
            self.connection
                .query_row("SELECT max(id) FROM delivery", [], |row| row.get(0))?;
        Ok(State {
            next_id: last.map_or(1, |id| id.cast_unsigned().saturating_add(1)),
            ..State::new(salt)
        })
    }

    /// Keeps what one event changed: all of it or nothing.
    ///
    /// A person's answer is on the disk when this returns; anything else survives a crash of the program, and of the machine
    /// as soon as the system has written it out.
    ///
    /// # Errors
    /// Where it cannot be written; then everything is as before.
    pub fn keep(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let holds_answer = !batch.entries.is_empty() || batch.records.iter().any(is_answer);
        let level = if holds_answer { "FULL" } else { "NORMAL" };
        self.connection.pragma_update(None, "synchronous", level)?;
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        row::write(&transaction, &batch.records)?;
        journal::write(&transaction, &batch.entries)?;
        if let Some(state) = &batch.state {
            let document = serde_json::to_string(state)?;
            transaction.execute(
                "REPLACE INTO state (id, document) VALUES (1, ?1)",
                [document],
            )?;
        }
        Ok(transaction.commit()?)
    }

    /// The record of what came on screen last.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn last_shown(&self) -> Result<Option<Record>, StoreError> {
        let newest_first = "SELECT id, record FROM delivery WHERE shown_at IS NOT NULL
                            ORDER BY shown_at DESC, id DESC LIMIT 1";
        Ok(self.records(newest_first, [])?.pop())
    }

    /// The records of what was due from `from` on and before `to`, in that order.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> Result<Vec<Record>, StoreError> {
        let sql = "SELECT id, record FROM delivery WHERE due BETWEEN ?1 AND ?2 ORDER BY due, id";
        let mut found = self.records(sql, [from.as_millisecond(), to.as_millisecond()])?;
        // The columns' milliseconds are coarser than the records' nanoseconds.
        found.retain(|record| (from..to).contains(&record.due));
        found.sort_by_key(|record| (record.due, record.id));
        Ok(found)
    }

    /// A record that cannot be read hides no other.
    fn records(&self, sql: &str, params: impl Params) -> Result<Vec<Record>, StoreError> {
        let mut statement = self.connection.prepare(sql)?;
        let rows: Vec<(i64, Vec<u8>)> = statement
            .query_map(params, |row| Ok((row.get(0)?, bytes(row, 1)?)))?
            .collect::<Result<_, _>>()?;
        let read = |(id, text): (i64, Vec<u8>)| {
            let record = serde_json::from_slice(&text);
            // What is wrong may quote what is kept, which is no business of a log's.
            if record.is_err() {
                tracing::warn!("record {id} cannot be read and is left out");
            }
            record.ok()
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    fn document(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.connection.prepare("SELECT document FROM state")?;
        Ok(statement.query_row([], |row| bytes(row, 0)).optional()?)
    }
}

/// A text that may be damaged: it need not be UTF-8.
fn bytes(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<u8>> {
    Ok(row.get_ref(column)?.as_bytes()?.to_vec())
}

fn is_answer(record: &Record) -> bool {
    matches!(record.outcome, Some(Outcome::Answered(_)))
}

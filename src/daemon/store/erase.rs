//! Making things gone for good: overwritten in the database, out of its log, and the files kept beside it as well.
//!
//! What a file system or a disk keeps of earlier contents is beyond this, and so are copies made elsewhere.

use std::fmt;
use std::io;
use std::path::Path;

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Row, Transaction, TransactionBehavior, params_from_iter};

use super::beside::left_beside;
use super::entries::Filter;
use super::migrate::beside;
use super::open::COMPANIONS;
use super::wipe::{overwrite, wipe};
use super::{Store, StoreError};
use crate::engine::State;
use crate::journal::{Content, Entry, Erase, Erased, Kind};

/// How many entries are in memory at once.
const AT_ONCE: usize = 200;

impl Store {
    /// Erases in `database`, which this is, and beside it. For [`Erase::All`], `state` is what the engine goes on from.
    ///
    /// # Errors
    /// Where nothing could be erased; then everything is as before. What fails later is in [`Erased::unfinished`].
    pub fn erase(
        &mut self,
        what: Erase,
        state: Option<&State>,
        database: &Path,
    ) -> Result<Erased, StoreError> {
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let mut erased = match what {
            Erase::Notes => erase_notes(&transaction)?,
            Erase::Before(day) => erase_before(&transaction, day)?,
            Erase::All => erase_all(&transaction)?,
        };
        if let Some(state) = state {
            let document = serde_json::to_string(state)?;
            transaction.execute("REPLACE INTO state VALUES (1, ?1)", [document])?;
        }
        transaction.commit()?;
        let finished = self
            .overwrite(database)
            .and_then(|()| self.shrink())
            .and_then(|()| self.checkpoint("TRUNCATE"));
        erased.unfinished.extend(finished.err());
        remove_beside(database, &mut erased);
        Ok(erased)
    }

    /// Deletes the oldest entries, and records of prompts, from before a day, `most` of each at most, and leaves no trace
    /// of them: what another computer still has may come again from there. Tells whether there may be more.
    ///
    /// # Errors
    /// Where it cannot be written; then everything is as before.
    pub fn let_old_go(&mut self, before: Date, most: u32) -> Result<bool, StoreError> {
        let transaction = self.connection.transaction()?;
        let (condition, values) = Filter::until(before).conditions();
        let entries = format!(
            "DELETE FROM entry WHERE id IN (SELECT id FROM entry WHERE {condition} ORDER BY at LIMIT {most})"
        );
        let entries = transaction.execute(&entries, params_from_iter(values))?;
        let records = format!(
            "DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE local < ?1 ORDER BY due LIMIT {most})"
        );
        let records = transaction.execute(&records, [before.to_string()])?;
        transaction.commit()?;
        Ok(entries.max(records) >= most as usize)
    }

    /// Overwrites, in the database and in its log, what the last transaction deleted, as long as both have their length: what
    /// is cut off a file stays on the disk as it was.
    pub(super) fn overwrite(&mut self, database: &Path) -> Result<(), String> {
        self.checkpoint("RESTART")?;
        // Nothing in the log counts any more, and nobody writes to it meanwhile.
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate);
        let _transaction = transaction.map_err(log_is_left)?;
        match overwrite(&beside(database, "-wal")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(log_is_left(error)),
            _ => Ok(()),
        }
    }

    fn shrink(&self) -> Result<(), String> {
        let shrunk = self.connection.execute_batch("VACUUM");
        shrunk.map_err(|error| format!("the record's file could not be made smaller: {error}"))
    }

    /// Moves everything from the write-ahead log to the database, and has the log begin anew, or with "TRUNCATE" cuts it to
    /// nothing.
    fn checkpoint(&self, mode: &str) -> Result<(), String> {
        let sql = format!("PRAGMA wal_checkpoint({mode})");
        let columns = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let moved: rusqlite::Result<(i64, i64, i64)> = self.connection.query_row(&sql, [], columns);
        match moved {
            Ok((0, in_log, moved)) if in_log == moved => Ok(()),
            Ok(_) => Err(
                "another program reads the record, so its log still holds some of it; erase again in a moment"
                    .to_owned(),
            ),
            Err(error) => Err(log_is_left(error)),
        }
    }
}

impl Filter {
    fn until(before: Date) -> Self {
        Self {
            before: Some(before),
            ..Self::default()
        }
    }
}

fn erase_notes(transaction: &Transaction<'_>) -> Result<Erased, StoreError> {
    let is_all_words = format!("kind <> '{}'", Kind::CheckIn.word());
    let mut erased = Erased {
        entries: delete_for_good(transaction, &is_all_words, &[])?,
        ..Erased::default()
    };
    let mut check_ins = transaction.prepare("SELECT id FROM entry")?;
    let check_ins = check_ins.query_map([], |row| row.get(0))?;
    let check_ins: Vec<String> = check_ins.collect::<Result<_, _>>()?;
    let mut one = transaction.prepare("SELECT entry FROM entry WHERE id = ?1")?;
    let mut without = Vec::new();
    for id in check_ins {
        let text = one.query_row([&id], |row| super::bytes(row, 0))?;
        match serde_json::from_slice(&text).map(without_note) {
            Ok(None) => {}
            Ok(Some(entry)) => without.push(entry),
            // One that cannot be read may have a note in it.
            Err(_) => erased.entries += delete_for_good(transaction, "id = ?", &[id.into()])?,
        }
        if without.len() == AT_ONCE {
            erased.notes += super::journal::write(transaction, &without)?.revised;
            without.clear();
        }
    }
    erased.notes += super::journal::write(transaction, &without)?.revised;
    Ok(erased)
}

/// A check-in in the next revision; none where it has no note.
fn without_note(entry: Entry) -> Option<Entry> {
    let Content::CheckIn(mut said) = entry.content else {
        return None;
    };
    said.note.take()?;
    Some(Entry {
        revision: entry.revision.saturating_add(1),
        content: Content::CheckIn(said),
        ..entry
    })
}

fn erase_before(transaction: &Transaction<'_>, day: Date) -> Result<Erased, StoreError> {
    let (condition, values) = Filter::until(day).conditions();
    let entries = delete_for_good(transaction, &condition, &values)?;
    let day = day.to_string();
    let records = transaction.execute("DELETE FROM delivery WHERE local < ?1", [&day])?;
    transaction.execute("DELETE FROM unread_state", [])?;
    Ok(Erased {
        entries,
        records: records as u64,
        ..Erased::default()
    })
}

/// Deletes the entries that are so; only their ids are left.
fn delete_for_good(
    transaction: &Transaction<'_>,
    condition: &str,
    values: &[Value],
) -> Result<u64, StoreError> {
    let remember =
        format!("INSERT OR IGNORE INTO deleted_entry SELECT id FROM entry WHERE {condition}");
    transaction.execute(&remember, params_from_iter(values))?;
    let remove = format!("DELETE FROM entry WHERE {condition}");
    Ok(transaction.execute(&remove, params_from_iter(values))? as u64)
}

fn erase_all(transaction: &Transaction<'_>) -> Result<Erased, StoreError> {
    let entries = transaction.execute("DELETE FROM entry", [])?;
    let records = transaction.execute("DELETE FROM delivery", [])?;
    transaction.execute_batch("DELETE FROM deleted_entry; DELETE FROM unread_state")?;
    Ok(Erased {
        entries: entries as u64,
        records: records as u64,
        ..Erased::default()
    })
}

/// What lies beside holds the same words.
fn remove_beside(database: &Path, erased: &mut Erased) {
    for (_, file) in left_beside(database) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let own = COMPANIONS.iter().map(|suffix| beside(&file, suffix));
        let removed = own
            .chain([file.clone()])
            .try_for_each(|one| match wipe(&one) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            });
        match removed {
            Ok(()) => erased.files.push(name.into_owned()),
            Err(error) => erased
                .unfinished
                .push(format!("{} could not be removed: {error}", file.display())),
        }
    }
}

fn log_is_left(error: impl fmt::Display) -> String {
    format!("the record's log could not be overwritten: {error}")
}

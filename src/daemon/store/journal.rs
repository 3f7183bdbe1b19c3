//! The journal's rows.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, named_params};

use super::entries::as_if_utc;
use super::{Store, StoreError};
use crate::journal::{Change, Changed, Entry, EntryId};

const WRITE: &str = "
INSERT INTO entry (id, at, local, kind, prompt, revision, words, entry)
VALUES (:id, :at, :local, :kind, :prompt, :revision, :words, :entry)
ON CONFLICT (id) DO UPDATE SET
    at = excluded.at, local = excluded.local, kind = excluded.kind, prompt = excluded.prompt,
    revision = excluded.revision, words = excluded.words, entry = excluded.entry";

impl Store {
    /// Changes the journal, as a whole or not at all; on the disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be written; then everything is as before.
    pub fn change_journal(&mut self, change: &Change) -> Result<Changed, StoreError> {
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let changed = match change {
            Change::Keep(entries) => write(&transaction, entries)?,
            Change::Delete(ids) => delete(&transaction, ids)?,
        };
        transaction.commit()?;
        Ok(changed)
    }
}

/// Puts entries in, but for those that were deleted, or are there in a revision that holds.
pub(super) fn write(
    transaction: &Transaction<'_>,
    entries: &[Entry],
) -> Result<Changed, StoreError> {
    let mut changed = Changed::default();
    let mut deleted = transaction.prepare("SELECT 1 FROM deleted_entry WHERE id = ?1")?;
    let mut known = transaction.prepare("SELECT entry FROM entry WHERE id = ?1")?;
    let mut put = transaction.prepare(WRITE)?;
    for entry in entries {
        let id = entry.id.as_str();
        if deleted.exists([id])? {
            changed.refused += 1;
            continue;
        }
        let there = known.query_row([id], |row| super::bytes(row, 0));
        // One that cannot be read holds against nothing.
        let there = there.optional()?.map(|text| serde_json::from_slice(&text));
        match there {
            None => changed.added += 1,
            Some(Ok(there)) if !entry.supersedes(&there) => {
                changed.known += 1;
                continue;
            }
            Some(_) => changed.revised += 1,
        }
        put.execute(named_params! {
            ":id": id,
            ":at": entry.moment.at.as_millisecond(),
            ":local": as_if_utc(entry.moment.local()),
            ":kind": entry.content.kind().word(),
            ":prompt": entry.prompt,
            ":revision": entry.revision,
            ":words": entry.folded_words(),
            ":entry": serde_json::to_string(entry)?,
        })?;
    }
    Ok(changed)
}

fn delete(transaction: &Transaction<'_>, ids: &[EntryId]) -> Result<Changed, StoreError> {
    let mut remove = transaction.prepare("DELETE FROM entry WHERE id = ?1")?;
    let mut remember = transaction.prepare("INSERT OR IGNORE INTO deleted_entry VALUES (?1)")?;
    let mut changed = Changed::default();
    for id in ids {
        changed.deleted += remove.execute([id.as_str()])? as u64;
        remember.execute([id.as_str()])?;
    }
    Ok(changed)
}

//! From an older database version to this one's.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::{StoreError, copy};

/// What leads from each version to the next; version 0 is an empty file. What is here stays as it is for ever.
pub(super) const MIGRATIONS: &[&str] =
    &[include_str!("schema-1.sql"), include_str!("schema-2.sql")];

/// The version that `migrations` lead to.
pub(super) fn newest(migrations: &[&str]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

/// `user_version`, SQLite's field for this.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Takes the missing steps, each after a copy of what was there.
pub(super) fn migrate(
    connection: &mut Connection,
    database: &Path,
    migrations: &[&str],
) -> Result<(), StoreError> {
    take_steps(connection, migrations, |connection, from| {
        copy::copy(connection, &backup_path(database, from)).map(drop)
    })
}

/// Takes the missing steps, each one a transaction. `before` comes before each that changes what somebody has.
pub(super) fn take_steps(
    connection: &mut Connection,
    migrations: &[&str],
    before: impl Fn(&Connection, u32) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let found = version(connection)?;
    for (from, step) in (0..).zip(migrations).skip_while(|(from, _)| *from < found) {
        if found > 0 {
            before(connection, from)?;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", from + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Where the copy of version `version` is: `attuned.db.v1.bak`.
pub(super) fn backup_path(database: &Path, version: u32) -> PathBuf {
    beside(database, &format!(".v{version}.bak"))
}

/// `path` with `suffix` after its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

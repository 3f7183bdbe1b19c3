//! Copies of the database: whole or not at all, readable by their owner alone.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use super::migrate::beside;
use super::{Store, StoreError};
use crate::paths;

/// How much a database holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// How many records.
    pub records: u64,
    /// How many entries the journal has.
    pub entries: u64,
    /// When the first of them was due.
    pub from: Option<Timestamp>,
    /// When the last of them was due.
    pub to: Option<Timestamp>,
}

impl Store {
    /// Writes a copy of everything as it is at this moment to `to`, in place of a file that is there. Others may write to
    /// this database meanwhile. Tells how much is in the copy.
    ///
    /// # Errors
    /// Where it cannot be read, or the copy not be written; then what was at `to` is as before.
    pub fn copy_to(&self, to: &Path) -> Result<Extent, StoreError> {
        copy(&self.connection, to)
    }

    /// How much is in it.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn extent(&self) -> Result<Extent, StoreError> {
        extent(&self.connection)
    }
}

pub(super) fn copy(connection: &Connection, to: &Path) -> Result<Extent, StoreError> {
    let part = beside(to, &format!(".{}.part", std::process::id()));
    let copied = write(connection, &part).and_then(|extent| {
        fs::rename(&part, to).map_err(failed(to))?;
        sync_folder(to).map_err(failed(to))?;
        Ok(extent)
    });
    if copied.is_err() {
        // What cannot be removed either is no worse than the failure that is told.
        let _ = fs::remove_file(&part);
    }
    copied
}

/// Writes the copy, and looks into it.
fn write(connection: &Connection, part: &Path) -> Result<Extent, StoreError> {
    // An empty file of ours first: SQLite would make one that others can read.
    let made = paths::private_file()
        .write(true)
        .create(true)
        .truncate(true)
        .open(part);
    made.map_err(failed(part))?;
    // A path need not be UTF-8, and SQLite does not mind.
    let path = ToSqlOutput::Borrowed(ValueRef::Text(part.as_os_str().as_encoded_bytes()));
    connection.execute("VACUUM INTO ?1", [path])?;
    File::open(part)
        .and_then(|file| file.sync_all())
        .map_err(failed(part))?;
    extent(&Connection::open(part)?)
}

pub(super) fn extent(connection: &Connection) -> Result<Extent, StoreError> {
    let sql = "SELECT count(*), min(due), max(due) FROM delivery";
    let (records, from, to): (i64, Option<i64>, Option<i64>) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let instant = |due: Option<i64>| due.and_then(|due| Timestamp::from_millisecond(due).ok());
    Ok(Extent {
        records: records.unsigned_abs(),
        entries: entries(connection)?,
        from: instant(from),
        to: instant(to),
    })
}

/// Whether there is one: the first version of the database has none.
pub(super) fn has_journal(connection: &Connection) -> rusqlite::Result<bool> {
    connection.table_exists(None, "entry")
}

fn entries(connection: &Connection) -> rusqlite::Result<u64> {
    if !has_journal(connection)? {
        return Ok(0);
    }
    let count = connection.query_row("SELECT count(*) FROM entry", [], |row| row.get(0));
    count.map(i64::unsigned_abs)
}

/// A name beside the database that is not taken, nor any that would belong to it: `attuned.db.corrupt-2026-11-23T10-15-00Z`
/// and the like.
pub(super) fn free_name(database: &Path, why: &str, now: Timestamp) -> io::Result<PathBuf> {
    let when = now
        .to_zoned(TimeZone::UTC)
        .strftime("%Y-%m-%dT%H-%M-%SZ")
        .to_string();
    let name = |attempt: u32| match attempt {
        1 => beside(database, &format!(".{why}-{when}")),
        _ => beside(database, &format!(".{why}-{when}-{attempt}")),
    };
    let is_free = |path: &PathBuf| {
        let with_companions = super::open::COMPANIONS.map(|suffix| beside(path, suffix));
        !path.exists() && with_companions.iter().all(|file| !file.exists())
    };
    let free = (1..1000).map(name).find(is_free);
    free.ok_or_else(|| io::ErrorKind::AlreadyExists.into())
}

/// A new name is on the disk only when its folder is.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems have no such thing.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    |source| StoreError::Copy {
        path: path.to_owned(),
        source,
    }
}

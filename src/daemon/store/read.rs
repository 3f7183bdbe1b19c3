//! Opening the database for reading, also on a disk that cannot be written.

use std::ffi::OsString;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::{is_full, is_unwritable};
use super::migrate::{self, MIGRATIONS, beside};
use super::open::file_size;
use super::{BUSY_TIMEOUT, Store, StoreError};

pub(super) fn open_read_only(database: &Path) -> Result<Option<Store>, StoreError> {
    match file_size(database)? {
        None | Some(0) => return Ok(None),
        Some(_) => {}
    }
    let (connection, version) = connect(database)?;
    let known = migrate::newest(MIGRATIONS);
    match version {
        0 => Ok(None),
        found if found > known => Err(StoreError::Newer {
            path: database.to_owned(),
            found,
            known,
        }),
        _ => Ok(Some(Store { connection })),
    }
}

/// A connection that can read, and the database's version.
pub(super) fn connect(database: &Path) -> Result<(Connection, u32), StoreError> {
    let alongside = beside_others(database);
    Ok(match alongside {
        Err(error) if is_full(&error) => alone(database)?,
        Err(error) if is_unwritable(&error) && has_no_log(database)? => as_it_lies(database)?,
        other => other?,
    })
}

/// The usual way, while others read and write.
fn beside_others(database: &Path) -> rusqlite::Result<(Connection, u32)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    with_version(Connection::open_with_flags(database, flags)?)
}

/// Where there is no room for the index that readers share: alone, SQLite has it in memory.
fn alone(database: &Path) -> rusqlite::Result<(Connection, u32)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    with_version(connection)
}

/// Where nothing can be written beside it, and so nothing changes.
fn as_it_lies(database: &Path) -> rusqlite::Result<(Connection, u32)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    with_version(Connection::open_with_flags(immutable(database), flags)?)
}

fn with_version(connection: Connection) -> rusqlite::Result<(Connection, u32)> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let version = migrate::version(&connection)?;
    Ok((connection, version))
}

fn has_no_log(database: &Path) -> Result<bool, StoreError> {
    let log = file_size(&beside(database, "-wal"))?;
    Ok(log.is_none_or(|bytes| bytes == 0))
}

/// The path as SQLite's URI for a file that nobody changes.
fn immutable(database: &Path) -> OsString {
    let path = database.as_os_str().as_encoded_bytes();
    let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
    let encoded = path
        .iter()
        .flat_map(|byte| ['%', digit(byte >> 4), digit(byte & 15)]);
    let encoded: String = encoded.collect();
    format!("file:{encoded}?immutable=1").into()
}

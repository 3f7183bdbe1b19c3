//! Opening the database for writing: what may be there, and what becomes of it.

use std::fs;
use std::io;
use std::iter;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::copy::free_name;
use super::error::is_damage;
use super::migrate::{self, MIGRATIONS, beside};
use super::{BUSY_TIMEOUT, Store, StoreError};
use crate::paths;

/// Marks a database as attuned's: "attu" in ASCII. The first schema sets it.
const APPLICATION_ID: i32 = 0x6174_7475;

/// The smallest page SQLite has, in bytes. It takes a shorter file for an empty one, and would write over it.
const SMALLEST_PAGE: u64 = 512;

/// How much of the file is held in memory, as SQLite has it: negative for KiB. It counts from the first look on, which goes
/// through the whole file.
const CACHE: i32 = -512;

/// The files that may lie beside a database and belong to it.
pub(super) const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The database, open, and what happened on the way there.
#[derive(Debug)]
pub struct Opened {
    /// The database.
    pub store: Store,
    /// Where the earlier one is now, which was damaged or none of attuned's.
    pub set_aside: Option<PathBuf>,
    /// The version the database had, where it was an older one. A copy from before is beside it.
    pub migrated_from: Option<u32>,
    /// Why the engine's state could not be read. It is kept in the database; records are untouched.
    pub state_problem: Option<String>,
}

/// What is in the file.
pub(super) enum Content {
    Nothing,
    Attuned {
        version: u32,
    },
    /// Damaged, or another program's.
    Unusable(String),
}

/// Opens it, waiting up to `patience` for another process that is in the way.
pub(super) fn open(
    database: &Path,
    now: Timestamp,
    patience: Duration,
) -> Result<Opened, StoreError> {
    open_with(database, now, patience, MIGRATIONS)
}

pub(super) fn open_with(
    database: &Path,
    now: Timestamp,
    patience: Duration,
    migrations: &[&str],
) -> Result<Opened, StoreError> {
    let failed = |source| StoreError::File {
        path: database.to_owned(),
        source,
    };
    if let Some(folder) = database.parent() {
        paths::create_private_dir(folder).map_err(failed)?;
    }
    let mut set_aside = None;
    if is_headless(database)? {
        create_file(database).map_err(failed)?;
        set_aside = Some(put_aside(database, now, "its main file is gone").map_err(failed)?);
    }
    let (mut connection, mut content) = open_file(database, patience)?;
    if has_damaged_schema(&connection, &content, migrations)? {
        content = Content::Unusable("its tables are not as attuned makes them".into());
    }
    if let Content::Unusable(problem) = content {
        drop(connection);
        set_aside = Some(put_aside(database, now, &problem).map_err(failed)?);
        (connection, content) = open_file(database, patience)?;
    }
    let version = match content {
        Content::Nothing => 0,
        Content::Attuned { version } => version,
        Content::Unusable(problem) => return Err(failed(io::Error::other(problem))),
    };
    let known = migrate::newest(migrations);
    if version > known {
        return Err(StoreError::Newer {
            path: database.to_owned(),
            found: version,
            known,
        });
    }
    prepare(&connection)?;
    migrate::migrate(&mut connection, database, migrations)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let mut store = Store { connection };
    let state_problem = set_state_aside(&mut store, now)?;
    Ok(Opened {
        store,
        set_aside,
        migrated_from: (0 < version && version < known).then_some(version),
        state_problem,
    })
}

/// The file's size in bytes; none where there is no file.
pub(super) fn file_size(path: &Path) -> Result<Option<u64>, StoreError> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(Some(found.len())),
        Ok(_) => Err(StoreError::NotAFile(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Whether only the write-ahead log is left. SQLite would delete it, and with it the last records.
pub(super) fn is_headless(database: &Path) -> Result<bool, StoreError> {
    let has_content = |size: Option<u64>| size.is_some_and(|bytes| bytes > 0);
    Ok(!has_content(file_size(database)?) && has_content(file_size(&beside(database, "-wal"))?))
}

/// Opens the file, which is made where there is none, and looks what it is. Nothing in it changes.
fn open_file(database: &Path, patience: Duration) -> Result<(Connection, Content), StoreError> {
    create_file(database).map_err(|source| StoreError::File {
        path: database.to_owned(),
        source,
    })?;
    look(database, patience)
}

/// Opens the file and looks what it is; nothing in it changes, also when it is closed.
pub(super) fn look(
    database: &Path,
    patience: Duration,
) -> Result<(Connection, Content), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    connection.busy_timeout(patience)?;
    // Closing would otherwise write the log into a file that may be set aside, or be a newer attuned's.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let is_stump = matches!(file_size(database)?, Some(1..SMALLEST_PAGE));
    let content = match content(&connection)? {
        Content::Nothing if is_stump => Content::Unusable("it is cut short".into()),
        content => content,
    };
    Ok((connection, content))
}

/// What is in an open file, from end to end.
pub(super) fn content(connection: &Connection) -> rusqlite::Result<Content> {
    match inspect(connection) {
        Err(error) if is_damage(&error) => Ok(Content::Unusable(error.to_string())),
        inspected => inspected,
    }
}

/// Makes an empty file, readable by its owner alone, where there is none.
fn create_file(database: &Path) -> io::Result<()> {
    paths::private_file()
        .append(true)
        .create(true)
        .open(database)
        .map(drop)
}

/// A damaged name of a table is no error to SQLite. What a version's tables are, a new database tells.
fn has_damaged_schema(
    connection: &Connection,
    content: &Content,
    migrations: &[&str],
) -> rusqlite::Result<bool> {
    let steps = match content {
        Content::Attuned { version } => usize::try_from(*version).unwrap_or(usize::MAX),
        Content::Nothing | Content::Unusable(_) => return Ok(false),
    };
    let Some(steps) = migrations.get(..steps) else {
        return Ok(false);
    };
    let new = Connection::open_in_memory()?;
    for step in steps {
        new.execute_batch(step)?;
    }
    Ok(schema(connection)? != schema(&new)?)
}

/// Every table and index, and what made it; as bytes, since damaged text is no text.
fn schema(connection: &Connection) -> rusqlite::Result<Vec<[Option<Vec<u8>>; 3]>> {
    let sql = "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(sql AS BLOB)
               FROM sqlite_schema ORDER BY type, name";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?;
    rows.collect()
}

fn inspect(connection: &Connection) -> rusqlite::Result<Content> {
    connection.pragma_update(None, "cache_size", CACHE)?;
    let check: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if check != "ok" {
        return Ok(Content::Unusable(check));
    }
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version = migrate::version(connection)?;
    let tables = connection
        .query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(()))
        .optional()?;
    Ok(match (application, version, tables) {
        (0, 0, None) => Content::Nothing,
        (APPLICATION_ID, 1.., Some(())) => Content::Attuned { version },
        _ => Content::Unusable("it is another program's database".into()),
    })
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    // Where the file system cannot have a write-ahead log, SQLite stays with its older journal, which does as well.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // What is deleted is overwritten, not only left to be reused.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    // What a vacuum holds meanwhile would lie in the system's folder for temporary files, which is not the person's alone.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update_and_check(None, "journal_size_limit", 1 << 20, |_| Ok(()))
}

/// Renames the database and its companions.
pub(super) fn put_aside(database: &Path, now: Timestamp, problem: &str) -> io::Result<PathBuf> {
    let aside = free_name(database, "corrupt", now)?;
    for suffix in iter::once("").chain(COMPANIONS) {
        match fs::rename(beside(database, suffix), beside(&aside, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    tracing::warn!("the database could not be used: {problem}");
    Ok(aside)
}

/// Moves a state that cannot be read to a table of its own, so that a new one can begin.
pub(super) fn set_state_aside(
    store: &mut Store,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    let problem = match store.state() {
        Ok(_) => return Ok(None),
        Err(StoreError::Json(error)) => error.to_string(),
        Err(error) => return Err(error),
    };
    let transaction = store.connection.transaction()?;
    transaction.execute(
        "INSERT INTO unread_state (found_at, problem, document) SELECT ?1, ?2, document FROM state",
        (now.as_millisecond(), &problem),
    )?;
    transaction.execute("DELETE FROM state", [])?;
    transaction.commit()?;
    Ok(Some(problem))
}

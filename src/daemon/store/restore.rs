//! Back to a backup: checked on a copy, the present state kept, then all of it replaced in one go.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ffi};

use super::copy::{self, Extent, free_name};
use super::migrate::{self, MIGRATIONS, beside};
use super::open::{self, COMPANIONS, Content};
use super::{BUSY_TIMEOUT, Store, StoreError};
use crate::paths;

/// A copy of a backup in the state folder, found whole and brought to this program's version. It goes with the value.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// How much is in it.
    pub extent: Extent,
}

impl Staged {
    /// Copies the backup beside `database`, with a write-ahead log that belongs to it, and checks it there. The backup
    /// itself stays as it is.
    ///
    /// # Errors
    /// Where it is no whole database of attuned, or a newer attuned's, or cannot be copied.
    pub fn new(backup: &Path, database: &Path, now: Timestamp) -> Result<Self, StoreError> {
        Self::with(backup, database, now, MIGRATIONS)
    }

    pub(super) fn with(
        backup: &Path,
        database: &Path,
        now: Timestamp,
        migrations: &[&str],
    ) -> Result<Self, StoreError> {
        let path = beside(database, &format!(".restoring-{}", std::process::id()));
        let mut staged = Self {
            path,
            extent: Extent::default(),
        };
        staged.copy_from(backup)?;
        staged.extent = staged.check(backup, now, migrations)?;
        Ok(staged)
    }

    /// Its name in the state folder.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn copy_from(&self, backup: &Path) -> Result<(), StoreError> {
        let failed = |source| StoreError::Copy {
            path: backup.to_owned(),
            source,
        };
        match fs::metadata(backup).map_err(failed)? {
            found if !found.is_file() => return Err(unusable(backup, "it is not a file")),
            found if found.len() == 0 => return Err(unusable(backup, "it is empty")),
            _ => {}
        }
        copy_file(backup, &self.path).map_err(failed)?;
        let log = beside(backup, "-wal");
        if log.exists() {
            copy_file(&log, &beside(&self.path, "-wal")).map_err(failed)?;
        }
        Ok(())
    }

    fn check(
        &self,
        backup: &Path,
        now: Timestamp,
        migrations: &[&str],
    ) -> Result<Extent, StoreError> {
        let (mut connection, content) = open::look(&self.path, BUSY_TIMEOUT)?;
        let known = migrate::newest(migrations);
        match content {
            Content::Attuned { version } if version > known => {
                return Err(StoreError::Newer {
                    path: backup.to_owned(),
                    found: version,
                    known,
                });
            }
            Content::Attuned { .. } => {}
            Content::Nothing => return Err(unusable(backup, "there is nothing in it")),
            Content::Unusable(problem) => return Err(unusable(backup, &problem)),
        }
        migrate::take_steps(&mut connection, migrations, |_, _| Ok(()))?;
        let mut store = Store { connection };
        open::set_state_aside(&mut store, now)?;
        store.extent()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for suffix in [""].into_iter().chain(COMPANIONS) {
            // What is not there any more needs no removing.
            let _ = fs::remove_file(beside(&self.path, suffix));
        }
    }
}

impl Store {
    /// Replaces everything in `database`, which this is, with what is in the staged backup, in one transaction: another
    /// process sees all of one or all of the other. What was there is copied first; the path of that copy, or none where
    /// there was nothing.
    ///
    /// # Errors
    /// Where the backup is not as [`Staged`] leaves it, or something cannot be written; then everything is as before.
    pub fn replace(
        &mut self,
        database: &Path,
        staged: &Path,
        now: Timestamp,
    ) -> Result<Option<PathBuf>, StoreError> {
        let source = open_staged(staged)?;
        let before = self.keep_aside(database, now)?;
        // On the disk when this returns, as an answer is.
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        let all_pages = -1;
        match Backup::new(&source, &mut self.connection)?.step(all_pages)? {
            StepResult::Done => Ok(before),
            _ => {
                Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None).into())
            }
        }
    }

    fn keep_aside(&self, database: &Path, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
        let extent = self.extent()?;
        if self.document()?.is_none() && extent.records == 0 && extent.entries == 0 {
            return Ok(None);
        }
        let failed = |source| StoreError::File {
            path: database.to_owned(),
            source,
        };
        let aside = free_name(database, "before-restore", now).map_err(failed)?;
        copy::copy(&self.connection, &aside)?;
        Ok(Some(aside))
    }
}

fn open_staged(staged: &Path) -> Result<Connection, StoreError> {
    let (connection, content) = open::look(staged, BUSY_TIMEOUT)?;
    let known = migrate::newest(MIGRATIONS);
    match content {
        Content::Attuned { version } if version == known => Ok(connection),
        Content::Attuned { .. } | Content::Nothing => {
            Err(unusable(staged, "it is of another version"))
        }
        Content::Unusable(problem) => Err(unusable(staged, &problem)),
    }
}

/// Copies a file to one of ours that nobody else can read.
fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = fs::File::open(from)?;
    let mut copy = paths::private_file()
        .write(true)
        .create(true)
        .truncate(true)
        .open(to)?;
    io::copy(&mut source, &mut copy).map(drop)
}

fn unusable(backup: &Path, problem: &str) -> StoreError {
    StoreError::NotABackup {
        path: backup.to_owned(),
        problem: problem.to_owned(),
    }
}

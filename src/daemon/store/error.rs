//! What can go wrong with the database.

use std::io;
use std::path::PathBuf;

use rusqlite::{ErrorCode, ffi};

/// Why the database could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something that is no file is in its place.
    #[error("{} is not a file; move it away, and attuned starts a new one", .0.display())]
    NotAFile(PathBuf),
    /// It was written by a newer attuned. Nothing in it was touched.
    #[error("{} was written by a newer attuned (database version {found}; this one knows up to {known})", path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// The file or its folder could not be used.
    #[error("could not use the database {}: {source}", path.display())]
    File {
        /// The database.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A copy could not be made.
    #[error("the database could not be copied ({}: {source})", path.display())]
    Copy {
        /// The file that could not be read or written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What should be restored cannot be.
    #[error("{} is no backup of attuned: {problem}", path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// There is no room for it.
    #[error("the disk is full")]
    Full,
    /// SQLite failed: the file is damaged, somebody else holds it, the disk does not work.
    #[error("database: {}", in_words(.0))]
    Sqlite(rusqlite::Error),
    /// What is kept, or is to be, is not the JSON it should be.
    #[error("database: what is kept could not be read or written: {0}")]
    Json(#[from] serde_json::Error),
}

impl StoreError {
    /// Whether the file itself is at fault, and no disk or other process.
    pub(super) fn is_damage(&self) -> bool {
        matches!(self, Self::Sqlite(error) if is_damage(error))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if is_full(&error) {
            Self::Full
        } else {
            Self::Sqlite(error)
        }
    }
}

/// What failed on a disk, SQLite's code alone tells.
fn in_words(error: &rusqlite::Error) -> String {
    match error.sqlite_error() {
        Some(found) if found.code == ErrorCode::SystemIoFailure => {
            format!("{error} (SQLite's code {})", found.extended_code)
        }
        _ => error.to_string(),
    }
}

/// Whether what is in the file cannot be a database, or not a whole one.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    let is_cut_short = |error: &ffi::Error| error.extended_code == ffi::SQLITE_IOERR_SHORT_READ;
    error.sqlite_error().is_some_and(is_cut_short)
        || matches!(
            code,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        )
}

/// Whether there is no room on the disk.
pub(super) fn is_full(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    matches!(code, Some(ffi::SQLITE_FULL | ffi::SQLITE_IOERR_SHMSIZE))
}

/// Whether the files that belong to a database cannot be made beside it.
pub(super) fn is_unwritable(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

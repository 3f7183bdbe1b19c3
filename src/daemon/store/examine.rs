//! What a database is like, for somebody who only looks.

use std::path::Path;

use super::StoreError;
use super::copy::{self, Extent};
use super::migrate::{self, MIGRATIONS};
use super::open::{self, Content};
use super::read;

/// What a database is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// There is none yet.
    Absent,
    /// It is whole, and of this program's version.
    Whole {
        /// The database version.
        version: u32,
        /// How much is in it.
        extent: Extent,
    },
    /// It is whole, and will be brought up to date.
    Older {
        /// The database version.
        version: u32,
    },
    /// A newer attuned wrote it.
    Newer {
        /// The database version.
        version: u32,
        /// The newest one that this program knows.
        known: u32,
    },
    /// It is damaged, or another program's.
    Unusable(String),
}

/// Looks through the whole file, and changes nothing. Works while another process writes.
///
/// # Errors
/// Where it cannot be opened or read.
pub fn examine(database: &Path) -> Result<Condition, StoreError> {
    if open::is_headless(database)? {
        return Ok(Condition::Unusable("its main file is gone".into()));
    }
    if open::file_size(database)?.is_none_or(|size| size == 0) {
        return Ok(Condition::Absent);
    }
    let connection = match read::connect(database) {
        Ok((connection, _)) => connection,
        Err(error) if error.is_damage() => return Ok(Condition::Unusable(error.to_string())),
        Err(error) => return Err(error),
    };
    let known = migrate::newest(MIGRATIONS);
    Ok(match open::content(&connection)? {
        Content::Nothing => Condition::Absent,
        Content::Unusable(problem) => Condition::Unusable(problem),
        Content::Attuned { version } if version > known => Condition::Newer { version, known },
        Content::Attuned { version } if version < known => Condition::Older { version },
        Content::Attuned { version } => Condition::Whole {
            version,
            extent: copy::extent(&connection)?,
        },
    })
}

//! What may lie beside the database: files that were set aside, and copies.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::open::COMPANIONS;

/// What a file beside a database is, that no longer belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// A database that could not be used.
    Damaged,
    /// A copy from before a change of version, or a restore.
    Copy,
    /// A copy that was never finished.
    Unfinished,
}

/// Every such file, in the order of their names; without what belongs to each. None where the folder cannot be read.
#[must_use]
pub fn left_beside(database: &Path) -> Vec<(Left, PathBuf)> {
    let (Some(name), Some(folder)) = (
        database.file_name().and_then(OsStr::to_str),
        database.parent(),
    ) else {
        return Vec::new();
    };
    let entries = fs::read_dir(folder).into_iter().flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let what = |file: String| {
        let left = what_is_left(file.strip_prefix(name)?)?;
        Some((left, folder.join(file)))
    };
    let mut left: Vec<_> = names.filter_map(what).collect();
    left.sort_by(|one, other| one.1.cmp(&other.1));
    left
}

/// By what the name has after the database's.
fn what_is_left(suffix: &str) -> Option<Left> {
    let is_companion = COMPANIONS.iter().any(|end| suffix.ends_with(end));
    match suffix.get(1..)?.split(['-', '.']).next()? {
        _ if is_companion => None,
        "restoring" => Some(Left::Unfinished),
        _ if suffix.ends_with("part") => Some(Left::Unfinished),
        "corrupt" => Some(Left::Damaged),
        "before" => Some(Left::Copy),
        _ if suffix.ends_with("bak") => Some(Left::Copy),
        _ => None,
    }
}

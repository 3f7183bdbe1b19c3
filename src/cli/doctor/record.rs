//! The database: whole, writable, with room to grow, and what lies beside it.

use std::fs;
use std::path::Path;

use super::look::Look;
use super::row::Row;
use crate::cli::style::counted;
use crate::daemon::store::{Condition, Left, StoreError, examine, left_beside};
use crate::paths::Paths;

/// With less room than this, in bytes, a desktop is in trouble soon: 50 MiB.
const LITTLE_ROOM: u64 = 50 << 20;

pub fn check(look: &Look) -> Vec<Row> {
    let Ok(paths) = &look.paths else {
        return vec![Row::unknown(
            "record",
            "there is no home folder to look into",
        )];
    };
    let rows = [
        Some(database(paths)),
        writable(paths),
        room(paths),
        kept_beside(&paths.database),
    ];
    rows.into_iter().flatten().collect()
}

fn database(paths: &Paths) -> Row {
    let size = size_with_log(&paths.database);
    match examine(&paths.database) {
        Ok(Condition::Absent) => Row::ok("record", "none yet; the first run begins it"),
        Ok(Condition::Whole { version, extent }) => {
            let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
            let records = counted(count(extent.records), "record", "records");
            let entries = counted(
                count(extent.entries),
                "entry in the journal",
                "entries in the journal",
            );
            let size = in_words(size);
            Row::ok(
                "record",
                format!("whole: {records}, {entries}, {size}, database version {version}"),
            )
        }
        Ok(Condition::Older { version }) => Row::ok(
            "record",
            format!("whole, of database version {version}; the next start brings it up to date"),
        ),
        Ok(Condition::Newer { version, known }) => Row::fail(
            "record",
            format!(
                "written by a newer attuned (database version {version}; this one knows up to {known})"
            ),
            "install the newer attuned again, or move the file away: attuned config path --all names it",
        ),
        Ok(Condition::Unusable(problem)) => Row::fail(
            "record",
            format!("cannot be used: {problem}"),
            "attuned run keeps it and begins a new one; attuned restore goes back to a backup",
        ),
        Err(StoreError::Sqlite(error)) if is_locked(&error) => Row::warn(
            "record",
            "another program holds it",
            "end that program; attuned keeps what happens in memory meanwhile",
        ),
        Err(error) => Row::fail(
            "record",
            error.to_string(),
            "look at the file and its folder: attuned config path --all names it",
        )
        .anonymously("cannot be read"),
    }
}

/// In bytes, with what waits in the write-ahead log.
fn size_with_log(database: &Path) -> u64 {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
    size(database) + size(Path::new(&log))
}

fn is_locked(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(
        error.sqlite_error_code(),
        Some(DatabaseBusy | DatabaseLocked)
    )
}

/// None while there is nothing to write to.
fn writable(paths: &Paths) -> Option<Row> {
    let places = [&paths.state_dir, &paths.database];
    let there: Vec<_> = places.into_iter().filter(|path| path.exists()).collect();
    if there.is_empty() {
        return None;
    }
    let refused = there
        .into_iter()
        .find_map(|path| Some((path, why_not_written(path)?)));
    Some(match refused {
        None => Row::ok("can be written", "the record and its folder"),
        Some((path, why)) => Row::fail(
            "can be written",
            format!("not {}: {why}", path.display()),
            format!("make it yours to write: chmod u+w {}", path.display()),
        )
        .anonymously(format!("no: {why}")),
    })
}

#[cfg(unix)]
fn why_not_written(path: &Path) -> Option<String> {
    let access = rustix::fs::access(path, rustix::fs::Access::WRITE_OK);
    access
        .err()
        .map(|error| std::io::Error::from(error).to_string())
}

#[cfg(not(unix))]
fn why_not_written(path: &Path) -> Option<String> {
    let found = fs::metadata(path).ok()?;
    found
        .permissions()
        .readonly()
        .then(|| "it is read-only".to_owned())
}

/// None where the system does not tell.
fn room(paths: &Paths) -> Option<Row> {
    let free = free_bytes(&paths.state_dir)?;
    let fact = format!("{} free", in_words(free));
    Some(if free < LITTLE_ROOM {
        let next = "make room: without it nothing new can be kept";
        Row::warn("disk", fact, next)
    } else {
        Row::ok("disk", fact)
    })
}

#[cfg(unix)]
fn free_bytes(folder: &Path) -> Option<u64> {
    let there = folder.ancestors().find(|folder| folder.is_dir())?;
    let found = rustix::fs::statvfs(there).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

/// Files that were set aside, and copies. None where there are none.
fn kept_beside(database: &Path) -> Option<Row> {
    let left: Vec<Left> = left_beside(database)
        .into_iter()
        .map(|(left, _)| left)
        .collect();
    let kinds = [
        (
            Left::Damaged,
            "record that could not be read",
            "records that could not be read",
        ),
        (Left::Copy, "earlier copy", "earlier copies"),
        (Left::Unfinished, "unfinished copy", "unfinished copies"),
    ];
    let parts: Vec<String> = kinds
        .into_iter()
        .map(|(kind, one, many)| (left.iter().filter(|one| **one == kind).count(), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    let fact = parts.join(", ");
    if left.is_empty() {
        None
    } else if left.iter().all(|one| *one == Left::Copy) {
        Some(Row::ok("kept beside", fact))
    } else {
        let next = "attuned needs none of them; delete what you do not want to keep, in the record's folder \
                    (attuned config path --all)";
        Some(Row::warn("kept beside", fact, next))
    }
}

/// A number of bytes, roughly.
fn in_words(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..0x10_0000 => format!("{} KiB", bytes >> 10),
        0x10_0000..0x4000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}

//! A file that a command writes for a person: theirs alone, and whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::paths::{self, Paths};

/// What stands for standard output.
const STANDARD_OUTPUT: &str = "-";

/// Where to write; none for standard output.
#[must_use]
pub fn named(file: Option<&PathBuf>) -> Option<&PathBuf> {
    file.filter(|file| file.as_os_str() != STANDARD_OUTPUT)
}

/// In a folder, a file of this name.
#[must_use]
pub fn in_folder(file: &Path, name: &str) -> PathBuf {
    if file.is_dir() {
        file.join(name)
    } else {
        file.to_owned()
    }
}

/// That a new file can be there: nothing is, or `force` replaces it.
///
/// # Errors
/// What is in the way.
pub fn refuse_odd(file: &Path, force: bool, paths: &Paths) -> Result<(), Failure> {
    let shown = file.display();
    if is_own(file, paths) {
        return Err(Failure::refused(
            format!("{shown} is where attuned keeps its own files"),
            Some("name another file, best on another disk".into()),
        ));
    }
    match fs::symlink_metadata(file) {
        Ok(found) if !found.is_file() && !found.is_symlink() => {
            Err(Failure::refused(format!("{shown} is not a file"), None))
        }
        Ok(_) if !force => Err(Failure::refused(
            format!("{shown} is there already"),
            Some("name another file; --force replaces this one".into()),
        )),
        _ => Ok(()),
    }
}

/// Writes the file, readable by its owner alone; it has its name only once all of it is on the disk.
///
/// # Errors
/// As `put`'s, or that it cannot be written; then what was there is as before.
pub fn write<T>(
    file: &Path,
    put: impl FnOnce(&mut dyn Write) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut part = file.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    let written = write_part(&part, put).and_then(|value| {
        fs::rename(&part, file).map_err(|error| not_written(file, &error))?;
        Ok(value)
    });
    if written.is_err() {
        // What cannot be removed either is no worse than the failure that is told.
        let _ = fs::remove_file(&part);
    }
    written.map_err(|failure| match failure {
        Failure::Output(error) => not_written(file, &error),
        other => other,
    })
}

fn write_part<T>(
    part: &Path,
    put: impl FnOnce(&mut dyn Write) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut options = paths::private_file();
    let new = options.write(true).create(true).truncate(true).open(part)?;
    let mut out = BufWriter::new(new);
    let value = put(&mut out)?;
    let whole: File = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    whole.sync_all()?;
    Ok(value)
}

/// That it could not be written.
#[must_use]
pub fn not_written(file: &Path, source: &io::Error) -> Failure {
    let folder = folder_of(file);
    let fact = format!("could not write {}: {source}", file.display());
    let no_folder = format!("there is no folder {}; make it first", folder.display());
    Failure::refused(fact, (!folder.exists()).then_some(no_folder))
}

/// Whether it is the database, or would be taken for a file that belongs to it.
fn is_own(file: &Path, paths: &Paths) -> bool {
    let starts_alike = file
        .file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"attuned.db"));
    let folder = fs::canonicalize(folder_of(file)).ok();
    starts_alike && folder.is_some() && folder == fs::canonicalize(&paths.state_dir).ok()
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

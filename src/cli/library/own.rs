//! Collections of the person's own, as files: their names and where they are.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::failure::Failure;
use crate::library::{Collection, Origin, is_slug, slug_of};
use crate::paths::Paths;
use crate::settings::{COLLECTION_LIMIT, edit};

/// As long as a reminder's name may be, in characters.
const LONGEST_NAME: usize = 64;

/// A name that a new collection can have.
///
/// # Errors
/// What is wrong with it, as a mistake of usage.
pub fn check_name(name: &str) -> Result<(), Failure> {
    if !is_slug(name) {
        let hint = match slug_of(name) {
            empty if empty.is_empty() => "use a to z, 0 to 9 and hyphens, such as morning".into(),
            near => format!("use a to z, 0 to 9 and hyphens: {near}"),
        };
        let message = format!("\"{}\" cannot name a collection", name.escape_debug());
        return Err(Failure::usage(message, Some(hint)));
    }
    let length = name.len();
    if length > LONGEST_NAME {
        return Err(Failure::usage(
            format!("the name has {length} characters; {LONGEST_NAME} is the most"),
            None,
        ));
    }
    Ok(())
}

/// The file of a new collection of this name.
pub fn file_of(name: &str, paths: &Paths) -> PathBuf {
    paths.affirmations_dir.join(format!("{name}.toml"))
}

/// A collection of this name is there already.
pub fn taken(collection: &Collection, hint: &str) -> Failure {
    let Collection { id, source, .. } = collection;
    match collection.origin {
        Origin::Shipped => Failure::refused(
            format!("the collection \"{id}\" comes with attuned"),
            Some(format!("choose a name of your own, such as my-{id}")),
        ),
        Origin::Personal => Failure::refused(
            format!("the collection \"{id}\" is there already: {source}"),
            Some(hint.to_owned()),
        ),
    }
}

/// Writes a collection file that is not there yet.
///
/// # Errors
/// That it is there; that it is too large to be read again, or cannot be written.
pub fn write_new(file: &Path, text: &str) -> Result<(), Failure> {
    check_size(file, text)?;
    match edit::write_new(file, text) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::refused(
            format!("{} is there already", file.display()),
            Some("it stays as it is; attuned check tells what is wrong with it".into()),
        )),
        written => Ok(written.with_context(|| could_not_write(file))?),
    }
}

/// Writes a collection file in place of the one that is there, and was `old` when it was read.
///
/// # Errors
/// That it was changed since; that it is too large to be read again, or cannot be written.
pub fn write_again(file: &Path, old: &str, text: &str) -> Result<(), Failure> {
    check_size(file, text)?;
    match edit::replace(file, old, text) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::refused(
            format!("{} was changed meanwhile", file.display()),
            Some("nothing came in; try again".into()),
        )),
        written => Ok(written.with_context(|| could_not_write(file))?),
    }
}

fn could_not_write(file: &Path) -> String {
    format!("could not write {}", file.display())
}

fn check_size(file: &Path, text: &str) -> Result<(), Failure> {
    if text.len() as u64 <= COLLECTION_LIMIT {
        return Ok(());
    }
    let most = COLLECTION_LIMIT >> 20;
    Err(Failure::refused(
        format!("{} would be larger than {most} MiB", file.display()),
        Some("make two collections of it".into()),
    ))
}

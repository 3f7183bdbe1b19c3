//! From layers of settings to one [`Config`].

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use super::names::check_names;
use super::read::Draft;
use super::{Config, DEFAULTS};
use crate::library::Library;
use crate::source::{Diagnostic, Severity, Source, read_file};

/// The largest settings file read, in bytes: 1 MiB.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// The lowest layer.
#[must_use]
pub fn defaults() -> Arc<Source> {
    Source::new("built in", DEFAULTS)
}

/// Reads the layers above the defaults, lowest first; a file that does not exist is no layer.
///
/// # Errors
/// Every file that is there and cannot be read as text of at most [`MAX_BYTES`].
pub fn read_layers(files: &[PathBuf]) -> Result<Vec<Arc<Source>>, Vec<Diagnostic>> {
    // A link that leads nowhere is there, and its owner wants to know.
    let is_there = |file: &&PathBuf| !matches!(fs::symlink_metadata(file), Err(error) if error.kind() == ErrorKind::NotFound);
    let mut layers = Vec::new();
    let mut errors = Vec::new();
    for file in files.iter().filter(is_there) {
        match read_file(file, MAX_BYTES) {
            Ok(source) => layers.push(source),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(layers)
    } else {
        Err(errors)
    }
}

/// Lays the layers over the defaults, lowest first, compares the names in them with the library's, and gives the settings
/// with warnings about them.
///
/// # Errors
/// Everything that is wrong in any layer, with the warnings.
pub fn load(
    layers: &[Arc<Source>],
    library: &Library,
) -> Result<(Config, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut draft = Draft::blank();
    let mut found = draft.lay_over(&defaults(), false);
    for layer in layers {
        found.extend(draft.lay_over(layer, true));
    }
    found.extend(check_names(draft.config(), library));
    let is_error = |one: &Diagnostic| one.severity == Severity::Error;
    match draft.finish() {
        Ok(config) if !found.iter().any(is_error) => Ok((config, found)),
        Ok(_) => Err(found),
        Err(overlap) => {
            found.push(overlap);
            Err(found)
        }
    }
}

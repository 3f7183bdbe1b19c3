//! The one way a command changes a person's settings file.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use attuned::{paths::Paths, settings::edit::{self, Edit}};
//!
//! let mut edit = Edit::open(&Paths::resolve()?)?;
//! edit::set(edit.document(), &["pace"], "cap", 3);
//! let saved = edit.save()?;
//! assert_eq!(saved.after.config.pace.cap.value, 3);
//! # Ok(())
//! # }
//! ```
//!
//! Comments, order, blank lines and line endings stay. Nothing is written unless the whole of the settings, all layers
//! and the person's library, loads with the new text just as the daemon would load it. The daemon is not told: it follows
//! the file by itself. To change the text by other means than [`toml_edit`] (in an editor, say), use [`OwnFile`],
//! [`Settings::read_with`](super::Settings::read_with) and [`EditLock`] directly.

mod commented;
mod comments;
pub mod reminders;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::Settings;
pub use super::own_file::{EditLock, OwnFile, replace, write_new};
use super::splice::{plain, splice};
use crate::config::{self, MAX_BYTES};
use crate::paths::Paths;
use crate::source::{Diagnostic, Source, read_file};
pub use commented::{set_in_place, unset_in_place};
use comments::{apart, hand_on, text};

/// Why the settings file was not changed. Whatever it is, the file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The settings have errors already, in the person's file or below it.
    #[error("the settings have errors already")]
    Broken(Vec<Diagnostic>),
    /// With the change they would have errors. These point into the new text.
    #[error("with this change the settings would have errors")]
    Refused(Vec<Diagnostic>),
    /// Somebody changed the file after it was read here.
    #[error("{} was changed by another program at the same time", .0.display())]
    Changed(PathBuf),
    /// Another command has been changing the settings all the time.
    #[error("another attuned is changing the settings")]
    Busy,
    /// The file or its folder may not be written.
    #[error("{} may not be written", .0.display())]
    ReadOnly(PathBuf),
    /// The file or the lock could not be written.
    #[error("could not write {}: {source}", file.display())]
    Write {
        /// Which.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The settings file, opened for a change.
#[derive(Debug)]
pub struct Edit {
    paths: Paths,
    lock: EditLock,
    own: OwnFile,
    before: Settings,
    /// What `document` looked like before any change.
    untouched: String,
    document: DocumentMut,
}

/// What came of a change.
#[derive(Debug)]
pub struct Saved {
    /// The settings as they were.
    pub before: Settings,
    /// The settings as they are now; their places point into the file as it is now.
    pub after: Settings,
    /// What happened to the file.
    pub written: Written,
}

/// What happened to the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Nothing: the text is the same.
    Unchanged,
    /// There was none; now there is one, with every line explained.
    Created,
    /// It was changed.
    Changed,
}

impl Edit {
    /// Opens the person's file. Where there is none, the document is the explained one that `attuned config init` writes.
    ///
    /// Another command that wants to change it waits until this value is gone, so ask the person first.
    ///
    /// # Errors
    /// [`EditError::Broken`], [`EditError::Busy`], or that the lock cannot be used.
    pub fn open(paths: &Paths) -> Result<Self, EditError> {
        let lock = EditLock::acquire(paths)?;
        let own = OwnFile::read(paths)?;
        let before = match own.text() {
            Some(text) => Settings::read_with(paths, source(paths, text.to_owned())),
            None => Settings::read(paths),
        };
        let before = before.map_err(EditError::Broken)?;
        let text = own.text().map_or_else(|| start(paths), plain);
        let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            EditError::Broken(vec![Diagnostic::error(error.message())])
        })?;
        Ok(Self {
            paths: paths.clone(),
            lock,
            own,
            before,
            untouched: document.to_string(),
            document,
        })
    }

    /// The settings in force before the change.
    #[must_use]
    pub fn before(&self) -> &Settings {
        &self.before
    }

    /// The person's file, to be changed.
    pub fn document(&mut self) -> &mut DocumentMut {
        &mut self.document
    }

    /// Makes sure that the reminders in force stand in the person's file, since a list there replaces the one below it whole;
    /// whether they had to be taken over from there.
    pub fn adopt_reminders(&mut self) -> bool {
        if reminders::has_own(&self.document) {
            return false;
        }
        let system = system(&self.paths).filter(reminders::has_own);
        let below = system.or_else(|| config::DEFAULTS.parse().ok());
        below.is_some_and(|below| {
            reminders::adopt(&mut self.document, &below);
            true
        })
    }

    /// Checks the new text, and writes it where it differs.
    ///
    /// # Errors
    /// [`EditError::Refused`], [`EditError::Changed`], or that the file cannot be written.
    pub fn save(self) -> Result<Saved, EditError> {
        let new = self.document.to_string();
        if new == self.untouched {
            return Ok(Saved {
                after: self.before.clone(),
                before: self.before,
                written: Written::Unchanged,
            });
        }
        let (text, written) = match self.own.text() {
            Some(old) => (splice(old, &new), Written::Changed),
            None => (new, Written::Created),
        };
        let after = check(&self.paths, &text).map_err(EditError::Refused)?;
        self.own.replace(&text, &self.lock)?;
        Ok(Saved {
            before: self.before,
            after,
            written,
        })
    }
}

/// Puts a value under `key` of the table at `path`, in the place and beside the comment of the one that was there. Tables
/// that are not there yet are made, at the end of the file.
/// Where something else than a table is on the path, which settings without errors have not, nothing is done.
pub fn set(document: &mut DocumentMut, path: &[&str], key: &str, value: impl Into<Value>) {
    let item = table(document, path);
    if let Some(table) = item.as_table_like_mut() {
        put(table, key, value);
    }
}

/// Puts a value under `key`, in the place and beside the comment of the one that was there.
pub fn put(table: &mut dyn TableLike, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// Takes `key` out of the table at `path`, with the comment right above it; whether it was there.
pub fn unset(document: &mut DocumentMut, path: &[&str], key: &str) -> bool {
    let mut item = document.as_item_mut();
    for key in path {
        match item.get_mut(key) {
            Some(inner) => item = inner,
            None => return false,
        }
    }
    let position = match &*item {
        // The root is above all others.
        Item::Table(table) if !path.is_empty() => table.position(),
        _ => None,
    };
    let Some(table) = item.as_table_like_mut() else {
        return false;
    };
    let Some(prefix) = table.key(key).map(|key| text(key.leaf_decor().prefix())) else {
        return false;
    };
    let stays = apart(&prefix).to_owned();
    let mut keys = table.iter().map(|(key, _)| key.to_owned());
    let next = keys.by_ref().skip_while(|one| one != key).nth(1);
    drop(keys);
    table.remove(key);
    match next.and_then(|next| table.key_mut(&next)) {
        Some(mut next) => {
            let decor = next.leaf_decor_mut();
            let below = text(decor.prefix());
            decor.set_prefix(format!("{stays}{below}"));
        }
        None => hand_on(document, position.unwrap_or(-1), &stays),
    }
    true
}

/// The table at `path`, made where it is not there yet.
fn table<'a>(document: &'a mut DocumentMut, path: &[&str]) -> &'a mut Item {
    let is_new = path
        .first()
        .is_some_and(|first| !document.contains_key(first));
    let end = if is_new {
        take_end(document)
    } else {
        String::new()
    };
    let mut item = document.as_item_mut();
    for (depth, key) in (1..).zip(path) {
        // Left to itself, the editor would write `pace = { cap = 3 }`.
        let is_inline = item.is_value();
        item = &mut item[key];
        if item.is_none() {
            *item = if is_inline {
                Item::Value(InlineTable::new().into())
            } else {
                Item::Table(new_table(depth == path.len(), &end))
            };
        }
    }
    item
}

/// The table that is asked for stands below `above`; one that only holds it shows no heading.
fn new_table(is_last: bool, above: &str) -> Table {
    let mut table = Table::new();
    table.set_implicit(!is_last);
    if is_last {
        table.decor_mut().set_prefix(format!("{above}\n"));
    }
    table
}

/// Takes the comments at the file's end, for what is to stand below them.
pub(super) fn take_end(document: &mut DocumentMut) -> String {
    let end = document.trailing().as_str().unwrap_or_default().to_owned();
    document.set_trailing("");
    end
}

/// The settings as they would be with `text` in the person's file.
///
/// # Errors
/// Everything that is wrong, as in [`Settings::read`]; a text over [`MAX_BYTES`].
pub fn check(paths: &Paths, text: &str) -> Result<Settings, Vec<Diagnostic>> {
    if text.len() as u64 > MAX_BYTES {
        let fact = format!("the settings would be larger than {} MiB", MAX_BYTES >> 20);
        return Err(vec![Diagnostic::error(fact)]);
    }
    Settings::read_with(paths, source(paths, text.to_owned()))
}

fn source(paths: &Paths, text: String) -> Arc<Source> {
    Source::new(paths.config_file.display().to_string(), text)
}

/// The text to start from where there is no file. A list of reminders in it would replace the administrator's, so then it
/// has none.
#[must_use]
pub fn start(paths: &Paths) -> String {
    if system(paths).is_some_and(|system| reminders::has_own(&system)) {
        config::starter_without_reminders()
    } else {
        config::starter()
    }
}

/// The administrator's settings.
fn system(paths: &Paths) -> Option<DocumentMut> {
    let source = read_file(&super::system_config(paths), MAX_BYTES).ok()?;
    plain(&source.text).parse().ok()
}

#[cfg(all(test, unix))]
mod tests;

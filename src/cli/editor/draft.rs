//! A text for the editor, as a file for its owner alone.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use rustix::io::{FdFlags, fcntl_setfd};

use crate::cli::failure::Failure;
use crate::clock;
use crate::daemon::store::wipe;
use crate::paths;
use crate::source::{Diagnostic, read_file};

/// How the folders' names begin.
const PREFIX: &str = "attuned-";

/// The file, in a folder of its own, where the editor may leave others. It goes with the value, and so do they.
pub struct Draft {
    folder: PathBuf,
    file: PathBuf,
    /// Tells others that it is being written; none where the disk has no locks.
    _held: Option<File>,
}

/// A draft that nobody writes any more: attuned was killed, or could not keep what is in it.
pub struct Left {
    folder: PathBuf,
    /// Where it is.
    pub file: PathBuf,
}

impl Draft {
    /// A file of this name with this text, in a new folder in `parent`.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(parent: &Path, name: &str, text: &str) -> Result<Self, Failure> {
        let folder = parent.join(format!("{PREFIX}{:08x}", clock::entropy() & 0xffff_ffff));
        let file = folder.join(name);
        let context = || format!("could not write {}", file.display());
        private_folder(&folder).with_context(context)?;
        let draft = Self {
            _held: hold(&folder).ok(),
            file: file.clone(),
            folder,
        };
        let mut options = paths::private_file();
        let made = options.write(true).create_new(true).open(&file);
        made.and_then(|mut made| made.write_all(text.as_bytes()))
            .with_context(context)?;
        Ok(draft)
    }

    /// Those of this name that were left in `parent`.
    #[must_use]
    pub fn left_in(parent: &Path, name: &str) -> Vec<Left> {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        let folders = entries.filter(|entry| {
            let folder = entry.file_name();
            folder.as_encoded_bytes().starts_with(PREFIX.as_bytes())
        });
        let drafts = folders.map(|entry| Left {
            file: entry.path().join(name),
            folder: entry.path(),
        });
        // Its maker holds a draft before the file is there.
        drafts
            .filter(|draft| draft.file.is_file() && is_free(&draft.folder))
            .collect()
    }

    /// Where it is.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What is in it, of at most `limit` bytes, which is whole MiB.
    ///
    /// # Errors
    /// As [`read_file`].
    pub fn read(&self, limit: u64) -> Result<String, Diagnostic> {
        read_file(&self.file, limit).map(|source| source.text.clone().into_owned())
    }

    /// Leaves it where it is.
    #[must_use]
    pub fn keep(self) -> PathBuf {
        let file = self.file.clone();
        std::mem::forget(self);
        file
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Left {
    /// Whether anything was written, in the file or in those an editor keeps beside it.
    #[must_use]
    pub fn has_words(&self) -> bool {
        let length = |file: PathBuf| fs::metadata(file).map_or(0, |found| found.len());
        self.files().into_iter().any(|file| length(file) > 0)
    }

    /// Overwrites and removes it, with what an editor left beside it.
    ///
    /// # Errors
    /// As [`wipe`] and [`fs::remove_dir`].
    pub fn remove(&self) -> io::Result<()> {
        self.files().iter().try_for_each(|file| wipe(file))?;
        fs::remove_dir(&self.folder)
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }
}

/// Holds a draft's folder until this process has ended, and the editor, which may outlive it.
fn hold(folder: &Path) -> io::Result<File> {
    let held = File::open(folder)?;
    held.try_lock()?;
    fcntl_setfd(&held, FdFlags::empty())?;
    Ok(held)
}

fn is_free(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| folder.try_lock().is_ok())
}

/// A new folder for its owner alone; one that is there already may be somebody else's.
fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    fs::DirBuilder::new().mode(0o700).create(folder)
}

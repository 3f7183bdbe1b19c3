//! A text for the editor, as a file for its owner alone.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::failure::Failure;
use crate::clock;
use crate::paths;
use crate::source::{Diagnostic, read_file};

/// The file, in a folder of its own, where the editor may leave others. It goes with the value, and so do they.
pub struct Draft {
    folder: PathBuf,
    file: PathBuf,
}

impl Draft {
    /// A file of this name with this text, in a new folder in `parent`.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(parent: &Path, name: &str, text: &str) -> Result<Self, Failure> {
        let folder = parent.join(format!("attuned-{:08x}", clock::entropy() & 0xffff_ffff));
        let draft = Self {
            file: folder.join(name),
            folder,
        };
        let made = private_folder(&draft.folder).and_then(|()| {
            let mut options = paths::private_file();
            let mut file = options.write(true).create_new(true).open(&draft.file)?;
            file.write_all(text.as_bytes())
        });
        made.with_context(|| format!("could not write {}", draft.file.display()))?;
        Ok(draft)
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

/// A new folder for its owner alone; one that is there already may be somebody else's.
fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    fs::DirBuilder::new().mode(0o700).create(folder)
}

//! The person's settings file as bytes on disk: read, and replaced whole or not at all.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::edit::EditError;
use crate::config::MAX_BYTES;
use crate::paths::{self, Paths};
use crate::source::read_file;

const LOCK_NAME: &str = "settings.lock";

/// How often to ask for the lock; together ten seconds.
const TRIES: u32 = 200;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Held while this process changes the person's settings, so that two commands at once lose nothing. The daemon never
/// holds it. Dropping it lets go.
#[derive(Debug)]
pub struct EditLock {
    _file: File,
}

impl EditLock {
    /// Takes the lock, waiting two seconds at most while another command has it.
    ///
    /// # Errors
    /// [`EditError::Busy`], or that the lock's file in the state folder cannot be used.
    pub fn acquire(paths: &Paths) -> Result<Self, EditError> {
        let path = paths.state_dir.join(LOCK_NAME);
        let cannot = |source| EditError::Write {
            file: path.clone(),
            source,
        };
        paths::create_private_dir(&paths.state_dir).map_err(cannot)?;
        let mut options = paths::private_file();
        let file = options.write(true).create(true).truncate(false);
        let file = file.open(&path).map_err(cannot)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(BETWEEN_TRIES),
                Err(TryLockError::Error(source)) => return Err(cannot(source)),
            }
        }
        Err(EditError::Busy)
    }
}

/// The person's settings file as it was when it was read.
#[derive(Debug)]
pub struct OwnFile {
    path: PathBuf,
    text: Option<String>,
}

impl OwnFile {
    /// Reads it; it need not be there.
    ///
    /// # Errors
    /// [`EditError::Broken`] where it is there and cannot be read as text.
    pub fn read(paths: &Paths) -> Result<Self, EditError> {
        let path = paths.config_file.clone();
        let text = read(&path)?;
        Ok(Self { path, text })
    }

    /// What was in it; none where it was not there.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The path by which the person knows it; it may be a symbolic link.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts `text` in its place, whole or not at all. A symbolic link stays one; the file it leads to keeps its mode. A
    /// new file is for its owner alone.
    ///
    /// # Errors
    /// [`EditError::Changed`] where somebody else changed it since it was read, [`EditError::ReadOnly`], or that it cannot
    /// be written.
    pub fn replace(self, text: &str, _lock: &EditLock) -> Result<(), EditError> {
        let result = match &self.text {
            Some(old) => replace(&self.path, old, text),
            None => write_new(&self.path, text),
        };
        result.map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotFound => EditError::Changed(self.path),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                EditError::ReadOnly(self.path)
            }
            _ => EditError::Write {
                file: self.path,
                source,
            },
        })
    }
}

/// Puts `text` in the place of a file's own text, which was `old` when it was read, whole or not at all. A symbolic link
/// stays one; the file it leads to keeps its mode.
///
/// # Errors
/// `AlreadyExists` where what is there is not what was read, and as the system says.
pub fn replace(file: &Path, old: &str, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(file)?;
    let metadata = fs::metadata(&target)?;
    // Renaming asks only the folder; a file that may not be written is meant to stay as it is.
    if metadata.permissions().readonly() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    fs::OpenOptions::new().write(true).open(&target)?;
    let draft = Draft::write(&target, text)?;
    fs::set_permissions(&draft.path, metadata.permissions())?;
    keep_owner(&draft.path, &metadata)?;
    let is_as_read = fs::read(&target)? == old.as_bytes();
    if !is_as_read {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::rename(&draft.path, &target)?;
    sync_folder(&target)
}

fn read(path: &Path) -> Result<Option<String>, EditError> {
    // A link that leads nowhere is there, and its owner wants to know.
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        _ => match read_file(path, MAX_BYTES) {
            Ok(source) => Ok(Some(source.text.clone().into_owned())),
            Err(error) => Err(EditError::Broken(vec![error])),
        },
    }
}

/// Writes a file that is not there yet, whole or not at all, and its folders; both for their owner alone.
///
/// # Errors
/// `AlreadyExists` where it is there, and as the system says.
pub fn write_new(file: &Path, text: &str) -> io::Result<()> {
    let folder = folder_of(file);
    if !folder.as_os_str().is_empty() {
        paths::create_private_dir(folder)?;
    }
    let draft = Draft::write(file, text)?;
    // A link to a finished file never replaces another.
    fs::hard_link(&draft.path, file)?;
    sync_folder(file)
}

/// A finished file beside the one it is to become. What is left of it goes with the value.
struct Draft {
    path: PathBuf,
}

impl Draft {
    fn write(file: &Path, text: &str) -> io::Result<Self> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let draft = Self {
            path: folder_of(file).join(format!(".{name}.{}", std::process::id())),
        };
        let mut options = paths::private_file();
        // One of this name is what an earlier process of this id left, ended while it wrote.
        let mut open = options
            .write(true)
            .create(true)
            .truncate(true)
            .open(&draft.path)?;
        open.write_all(text.as_bytes())?;
        open.sync_all()?;
        Ok(draft)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(Path::new(""))
}

/// Makes sure that the new name outlives a power cut.
#[cfg(unix)]
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = folder_of(file);
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_file: &Path) -> io::Result<()> {
    Ok(())
}

/// Root changes a person's file without taking it from them.
#[cfg(unix)]
fn keep_owner(draft: &Path, metadata: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};

    let new = fs::metadata(draft)?;
    if (new.uid(), new.gid()) == (metadata.uid(), metadata.gid()) {
        return Ok(());
    }
    chown(draft, Some(metadata.uid()), Some(metadata.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_draft: &Path, _metadata: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

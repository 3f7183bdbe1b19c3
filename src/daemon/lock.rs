//! One writer at a time: a lock on a file in the state folder.
//!
//! The daemon holds it for life; a command that writes without a daemon holds it for that moment. The kernel lets go of it when
//! its holder ends, however it ends, so a lock is never stale.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::paths::{self, Paths};

const FILE_NAME: &str = "attuned.lock";

/// Held while this process may write the state. Dropping it lets go.
#[derive(Debug)]
pub struct StateLock {
    _file: File,
}

/// Why the state could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another attuned is writing.
    #[error("another attuned is at work{}", .pid.map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    Held {
        /// Its process id, where it could be read.
        pid: Option<u32>,
    },
    /// The lock's file could not be made, opened or locked.
    #[error("could not lock the state folder: {0}")]
    Io(#[from] io::Error),
}

impl StateLock {
    /// Takes the lock of the state folder `dir`, which is made if need be, without waiting for it.
    ///
    /// # Errors
    /// [`LockError::Held`] when someone else has it.
    pub fn acquire(dir: &Path) -> Result<StateLock, LockError> {
        paths::create_private_dir(dir)?;
        let mut file = paths::private_file()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(dir.join(FILE_NAME))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LockError::Held {
                    pid: read_pid(&mut file),
                });
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        // The id is a courtesy to the next one's message; a full disk takes nothing from the lock.
        let _ = file
            .set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        Ok(StateLock { _file: file })
    }

    /// Takes the lock where it can be: in the state folder, or, where that disk takes none, beside the control socket.
    ///
    /// # Errors
    /// As [`StateLock::acquire`].
    pub fn acquire_somewhere(paths: &Paths) -> Result<StateLock, LockError> {
        match StateLock::acquire(&paths.state_dir) {
            Err(LockError::Io(error)) => {
                tracing::debug!("the state folder takes no lock: {error}");
                StateLock::acquire(&paths.runtime_dir)
            }
            taken => taken,
        }
    }
}

fn read_pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_second_is_told_who_holds_it() {
        let dir = tempfile::tempdir().unwrap();
        let state = dir.path().join("not/yet/there");
        let held = StateLock::acquire(&state).unwrap();
        let error = StateLock::acquire(&state).unwrap_err();
        assert!(
            matches!(error, LockError::Held { pid: Some(pid) } if pid == std::process::id()),
            "{error:?}"
        );

        drop(held);
        StateLock::acquire(&state).unwrap();
    }

    #[test]
    fn a_file_left_behind_holds_nothing() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(
            dir.path().join(FILE_NAME),
            "4194304 and much more than a process id",
        )
        .unwrap();
        let _held = StateLock::acquire(dir.path()).unwrap();
        let left = fs::read_to_string(dir.path().join(FILE_NAME)).unwrap();
        assert_eq!(left, format!("{}\n", std::process::id()));
    }

    #[test]
    fn a_holder_that_wrote_nonsense_still_holds() {
        let dir = tempfile::tempdir().unwrap();
        let _held = StateLock::acquire(dir.path()).unwrap();
        fs::write(dir.path().join(FILE_NAME), [0xff; 40]).unwrap();
        let error = StateLock::acquire(dir.path()).unwrap_err();
        assert_eq!(error.to_string(), "another attuned is at work");
    }

    #[test]
    fn a_state_folder_that_is_a_file_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("state");
        fs::write(&file, "").unwrap();
        assert!(matches!(StateLock::acquire(&file), Err(LockError::Io(_))));
    }
}

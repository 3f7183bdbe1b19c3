//! Tells when files or folders of the configuration change.
//!
//! Folders are watched, not files, because editors replace files; `plan` says which.

use std::future::pending;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tokio::time::Instant;

use crate::clock;

#[cfg(target_os = "linux")]
mod folders;
#[cfg(target_os = "linux")]
pub(super) mod inotify;
#[cfg(target_os = "linux")]
mod plan;

#[cfg(target_os = "linux")]
use folders::Folders;

/// How long it must be quiet before a change is told.
const QUIET: Duration = Duration::from_millis(200);
/// How long a change is held back where it does not get quiet: at first, and each time twice as long, so that a file that
/// changes all the time costs little.
const PATIENCE: Duration = Duration::from_secs(2);
const LONGEST_PATIENCE: Duration = Duration::from_secs(64);

/// What right in a watched folder counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// TOML files.
    Toml,
    /// Files and folders that are not hidden.
    Visible,
}

/// A watch over some files and folders, which need not exist.
///
/// Make the watch before reading what it watches, so that no
/// change falls between the two. Only Linux tells changes.
#[derive(Debug)]
pub struct Watch {
    paths: Vec<PathBuf>,
    entries: Entries,
    folders: Folders,
    settling: Option<Settling>,
    patience: Duration,
    is_failing: bool,
}

/// The next change, where there is a watch; else none ever. Cancel-safe.
pub(super) async fn change_of(watch: Option<&mut Watch>) {
    match watch {
        Some(watch) => watch.changed().await,
        None => pending().await,
    }
}

/// Something changed, and may be changing still.
#[derive(Clone, Copy, Debug)]
struct Settling {
    look_again: Instant,
    at_the_latest: Instant,
}

impl Watch {
    /// Watches `paths`, which are absolute; of folders, the TOML files in them. Symbolic links on the way are followed, and
    /// watched.
    ///
    /// # Errors
    /// When the kernel grants no watch.
    pub fn new(paths: &[PathBuf]) -> io::Result<Watch> {
        Watch::over(paths, Entries::Toml)
    }

    /// The same, where other `entries` of folders count.
    ///
    /// # Errors
    /// As [`Watch::new`].
    pub fn over(paths: &[PathBuf], entries: Entries) -> io::Result<Watch> {
        Ok(Watch {
            paths: paths.to_vec(),
            entries,
            folders: Folders::watching(paths, entries)?,
            settling: None,
            patience: PATIENCE,
            is_failing: false,
        })
    }

    /// Watches other paths from now on.
    ///
    /// # Errors
    /// As [`Watch::new`]; the paths watched before then stay watched.
    pub fn rewatch(&mut self, paths: &[PathBuf]) -> io::Result<()> {
        let folders = Folders::watching(paths, self.entries)?;
        // What happened since the last look is told all the same.
        if self.folders.changed_meanwhile() {
            let patience = self.patience;
            self.settling
                .get_or_insert_with(|| Settling::new(now(), patience));
        }
        self.folders = folders;
        self.paths = paths.to_vec();
        Ok(())
    }

    /// Waits until something changed and it has been quiet for 200 ms; where it never is, for 2 s at first, and ever
    /// longer, up to about a minute.
    ///
    /// Safe to drop and call again: no change is lost. Should the kernel take the watches away, this logs so and waits
    /// for ever.
    pub async fn changed(&mut self) {
        let mut settling = if let Some(settling) = self.settling {
            settling
        } else {
            self.folders.change().await;
            Settling::new(now(), self.patience)
        };
        loop {
            self.settling = Some(settling);
            tokio::time::sleep_until(settling.look_again).await;
            if !self.folders.changed_meanwhile() {
                self.patience = PATIENCE;
                break;
            }
            if now() >= settling.at_the_latest {
                self.patience = (self.patience * 2).min(LONGEST_PATIENCE);
                break;
            }
            settling.look_again = settling.at_the_latest.min(now() + QUIET);
        }
        self.settling = None;
        // What was missing may be there now, and links may lead elsewhere.
        match Folders::watching(&self.paths, self.entries) {
            Ok(folders) => {
                self.folders = folders;
                self.is_failing = false;
            }
            Err(error) if !self.is_failing => {
                self.is_failing = true;
                tracing::warn!("changed folders could not be watched anew: {error}");
            }
            Err(_) => {}
        }
    }
}

impl Settling {
    fn new(now: Instant, patience: Duration) -> Settling {
        Settling {
            look_again: now + QUIET,
            at_the_latest: now + patience,
        }
    }
}

fn now() -> Instant {
    clock::monotonic().into()
}

/// Elsewhere a hangup signal, or a restart, makes the daemon read its files again.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
struct Folders;

#[cfg(not(target_os = "linux"))]
impl Folders {
    fn watching(_paths: &[PathBuf], _entries: Entries) -> io::Result<Folders> {
        Ok(Folders)
    }

    async fn change(&self) {
        std::future::pending().await
    }

    fn changed_meanwhile(&self) -> bool {
        false
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests;

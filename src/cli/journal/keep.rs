//! Changing the journal: by the running daemon, else here under the state lock.

use crate::cli::ask::{self, Heard};
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::daemon::lock::StateLock;
use crate::daemon::store::{Store, StoreError};
use crate::journal::{Change, Changed};
use crate::paths::Paths;
use crate::protocol::{RequestBody, ResponseBody};

/// Whoever changes the journal, for as many changes as it takes.
pub struct Keeper<'a> {
    paths: &'a Paths,
    setup: &'a Setup,
    /// Held from the first change on that no daemon took.
    alone: Option<(StateLock, Store)>,
}

impl<'a> Keeper<'a> {
    /// Nobody has been asked yet.
    #[must_use]
    pub fn new(paths: &'a Paths, setup: &'a Setup) -> Self {
        Self {
            paths,
            setup,
            alone: None,
        }
    }

    /// Makes the change; on the disk when this returns.
    ///
    /// # Errors
    /// That it cannot be kept; then nothing of it is.
    pub fn change(&mut self, change: &Change) -> Result<Changed, Failure> {
        if let Some((_, store)) = &mut self.alone {
            return store.change_journal(change).map_err(not_kept);
        }
        match ask::answer_or_lock(&RequestBody::Journal(change.clone()), self.paths)? {
            Heard::Daemon(ResponseBody::Journal(changed)) => Ok(changed),
            Heard::Daemon(ResponseBody::Error { message, hint }) => {
                Err(Failure::refused(message, hint))
            }
            Heard::Daemon(_) => Err(ask::odd()),
            Heard::Nobody(lock) => {
                let opened = ask::open_alone(self.paths, self.setup)?;
                let (_, store) = self.alone.insert((lock, opened));
                store.change_journal(change).map_err(not_kept)
            }
        }
    }
}

fn not_kept(error: StoreError) -> Failure {
    Failure::from(anyhow::Error::from(error).context("the journal cannot be written"))
}

//! The watched folders, and which of their events matter.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;

use rustix::fs::inotify::WatchFlags;
use rustix::io::Errno;

use super::Entries;
use super::inotify::{Event, Inotify};
use super::plan::{Interest, Plan};

/// How often to begin again when folders come and go while the watches are set.
const ATTEMPTS: usize = 10;

#[derive(Debug)]
pub(super) struct Folders {
    inotify: Inotify,
    interests: HashMap<i32, Interest>,
}

impl Folders {
    pub(super) fn watching(paths: &[PathBuf], entries: Entries) -> io::Result<Folders> {
        let mut plan = Plan::of(paths, entries);
        for _ in 0..ATTEMPTS {
            let folders = Folders::following(&plan)?;
            // A folder made after the plan and before its watch would go unnoticed.
            let plan_now = Plan::of(paths, entries);
            if plan_now == plan {
                return Ok(folders);
            }
            plan = plan_now;
        }
        Folders::following(&plan)
    }

    fn following(plan: &Plan) -> io::Result<Folders> {
        let inotify = Inotify::new()?;
        let mut interests: HashMap<i32, Interest> = HashMap::new();
        for (folder, interest) in plan.folders() {
            match inotify.add(folder, events_for(interest)) {
                // Two paths may lead to one folder, by a bind mount.
                Ok(watch) => interests.entry(watch).or_default().merge(interest),
                Err(Errno::NOENT | Errno::NOTDIR | Errno::ACCESS | Errno::PERM) => {}
                Err(errno) => return Err(errno.into()),
            }
        }
        Ok(Folders { inotify, interests })
    }

    /// Waits for an event that matters.
    pub(super) async fn change(&self) {
        loop {
            match self.inotify.events().await {
                Ok(events) if self.any_matters(&events) => return,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!("changes of the configuration are no longer noticed: {error}");
                    return std::future::pending().await;
                }
            }
        }
    }

    /// Whether an event that matters has come since the last look.
    pub(super) fn changed_meanwhile(&self) -> bool {
        self.inotify
            .pending()
            .is_ok_and(|events| self.any_matters(&events))
    }

    fn any_matters(&self, events: &[Event]) -> bool {
        events.iter().any(
            |event| match (self.interests.get(&event.watch), &event.name) {
                (Some(interest), Some(name)) => interest.is_in(name),
                // The folder itself is gone, moved or otherwise readable; or events were lost.
                (Some(_), None) | (None, _) => true,
            },
        )
    }
}

fn events_for(interest: &Interest) -> WatchFlags {
    // What only lies on the way must tell when it is replaced, and be silent about its entries.
    let itself = WatchFlags::ONLYDIR | WatchFlags::DELETE_SELF | WatchFlags::MOVE_SELF;
    if interest.is_empty() {
        return itself;
    }
    itself
        | WatchFlags::CREATE
        | WatchFlags::DELETE
        | WatchFlags::MOVE
        | WatchFlags::CLOSE_WRITE
        | WatchFlags::ATTRIB
}

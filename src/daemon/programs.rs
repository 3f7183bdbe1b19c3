//! Programs that pauses wait for: found by name among the person's own processes, and followed by what the kernel tells of
//! their end, so that nothing polls; see `pidfd_open(2)`.

#[cfg(target_os = "linux")]
mod processes;

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::mpsc::UnboundedSender;

use super::apart::Task;
use crate::engine::Event;
#[cfg(target_os = "linux")]
pub use processes::{check, runs};

/// Programs whose end is waited for.
#[derive(Debug)]
pub(super) struct Programs {
    events: UnboundedSender<Event>,
    followed: BTreeMap<String, Task>,
}

impl Programs {
    /// None yet; ends are told to `events`.
    pub(super) fn new(events: UnboundedSender<Event>) -> Self {
        Self {
            events,
            followed: BTreeMap::new(),
        }
    }

    /// Follows these, and no others.
    pub(super) fn follow<'a>(&mut self, wanted: impl Iterator<Item = &'a str>) {
        let wanted: BTreeSet<&str> = wanted.collect();
        self.followed.retain(|name, _| wanted.contains(&**name));
        for name in wanted {
            if !self.followed.contains_key(name) {
                let task = Task::spawn(tell_end(name.to_owned(), self.events.clone()));
                self.followed.insert(name.to_owned(), task);
            }
        }
    }
}

async fn tell_end(program: String, events: UnboundedSender<Event>) {
    #[cfg(target_os = "linux")]
    processes::end_of(&program).await;
    // Without a reader the daemon is stopping.
    let _ = events.send(Event::ProgramEnded(program));
}

/// Whether a program of this name runs, as far as can be told.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn runs(_program: &str) -> bool {
    false
}

/// Whether a program can be waited for.
///
/// # Errors
/// That no program can be on this system, and a hint.
#[cfg(not(target_os = "linux"))]
pub fn check(_program: &str) -> Result<(), (String, Option<String>)> {
    let message = "a pause can wait for a program on Linux only".to_owned();
    Err((
        message,
        Some("for a length of time: attuned pause 2h".into()),
    ))
}

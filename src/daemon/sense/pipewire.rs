//! What PipeWire tells: which program listens to the microphone, or looks through the camera.
//!
//! It is followed once for all that look at it, and only while anybody does.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::process::Command;
use tokio::sync::watch;

use super::{Failure, Waits, failure_of};
use crate::daemon::apart::{self, Task};
use dump::Dump;

mod documents;
mod dump;
mod graph;

/// The programs that take something in now; of each kind the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Users {
    /// Of a microphone.
    pub(super) listener: Option<String>,
    /// Of a camera, or of the screen.
    pub(super) viewer: Option<String>,
}

/// What is known; none until PipeWire has told, or it is clear that it does not.
pub(super) type View = Option<Result<Users, Failure>>;

/// The session's PipeWire.
#[derive(Debug, Clone)]
pub(super) struct PipeWire {
    pw_dump: fn() -> Command,
    following: Arc<Mutex<Weak<Following>>>,
}

/// It is followed as long as this lives.
#[derive(Debug)]
struct Following {
    views: watch::Receiver<View>,
    _task: Task,
}

/// A look at it, for as long as this lives.
#[derive(Debug)]
pub(super) struct Look {
    views: watch::Receiver<View>,
    _following: Arc<Following>,
}

impl PipeWire {
    /// Nobody looks yet.
    pub(super) fn new() -> Self {
        Self::by(|| apart::command("pw-dump").into())
    }

    fn by(pw_dump: fn() -> Command) -> Self {
        Self {
            pw_dump,
            following: Arc::default(),
        }
    }

    /// Looks at it. The first who does has it followed, and tried again after these waits.
    pub(super) fn look(&self, waits: Waits) -> Look {
        let shared = self.following.lock();
        let mut shared = shared.unwrap_or_else(PoisonError::into_inner);
        let following = shared.upgrade().unwrap_or_else(|| {
            let following = Arc::new(Following::begin(self.pw_dump, waits));
            *shared = Arc::downgrade(&following);
            following
        });
        Look {
            views: following.views.clone(),
            _following: following,
        }
    }
}

impl Following {
    fn begin(pw_dump: fn() -> Command, waits: Waits) -> Self {
        let (views, seen) = watch::channel(None);
        Self {
            views: seen,
            _task: Task::spawn(follow(pw_dump, views, waits)),
        }
    }
}

impl Look {
    /// What is known now.
    pub(super) fn view(&mut self) -> View {
        self.views.borrow_and_update().clone()
    }

    /// Waits until more is known than the last view had. Cancel-safe.
    pub(super) async fn changed(&mut self) -> Result<(), Failure> {
        let changed = self.views.changed().await;
        changed.map_err(|_| "PipeWire is no longer followed".to_owned())
    }
}

/// Tells what changes, and again after that failed.
async fn follow(pw_dump: fn() -> Command, views: watch::Sender<View>, mut waits: Waits) {
    loop {
        let why = failure_of(tell(pw_dump(), views.clone())).await;
        views.send_replace(Some(Err(why)));
        waits.rest().await;
    }
}

async fn tell(pw_dump: Command, views: watch::Sender<View>) -> Result<Infallible, Failure> {
    let mut dump = Dump::begin(pw_dump).await?;
    loop {
        let now = Some(Ok(dump.users()));
        // Most of what changes in the graph is about nobody's use of anything.
        views.send_if_modified(|view| {
            let is_new = *view != now;
            *view = now;
            is_new
        });
        dump.changed().await?;
    }
}

#[cfg(test)]
pub(super) mod tests;

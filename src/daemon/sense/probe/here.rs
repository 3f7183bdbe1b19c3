//! The command as a child of this process, in a process group of its own that ends with it.

use std::time::Duration;

use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};
use tokio::process::Command;
use tokio::time::timeout;

use super::too_slow;
use crate::daemon::apart;
use crate::daemon::descriptor::readable;
use crate::daemon::sense::Failure;

/// What the command ends with, in time.
pub(super) async fn ask(words: &[String], limit: Duration) -> Result<i32, Failure> {
    let unable = |error| format!("the command cannot be started: {error}");
    let (program, arguments) = words.split_first().ok_or("there is no command")?;
    let child = Command::from(apart::command(program))
        .args(arguments)
        .kill_on_drop(true)
        .spawn();
    let mut child = child.map_err(unable)?;
    let leader = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    let leader = leader.ok_or("the command cannot be followed")?;
    let group = Group(leader);
    // It is not waited for yet: until then its number is nobody else's.
    let end = pidfd_open(leader, PidfdFlags::empty()).map_err(|error| unable(error.into()))?;
    let end = readable(end).map_err(unable)?;
    let in_time = timeout(limit, end.readable()).await;
    drop(group);
    let status = child.wait().await.map_err(unable)?;
    match (in_time, status.code()) {
        (Err(_), _) => Err(too_slow(limit)),
        (Ok(_), Some(code)) => Ok(code),
        (Ok(_), None) => Err("a signal ended the command".to_owned()),
    }
}

/// A process group, which ends with the value.
struct Group(Pid);

impl Drop for Group {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = kill_process_group(self.0, Signal::KILL);
    }
}

#[cfg(test)]
mod tests;

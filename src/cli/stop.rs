//! `attuned stop`: the end of the running daemon.

use std::time::Duration;

use clap::Args;

use super::ask;
use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::daemon::lock::{LockError, StateLock};
use crate::paths::Paths;

/// How often to look whether it is gone; together five seconds.
const LOOKS: u32 = 100;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Stop the running attuned
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned stop
  attuned pause 2h    for a quiet while only

Where it starts at login, it comes back at the next one; attuned disable ends
that.")]
pub struct StopArgs {}

pub fn run(_: &StopArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    ask::to_stop(&paths)?;
    wait_until_gone(&paths)?;
    out.paragraph(0, "attuned has stopped.")?;
    Ok(())
}

/// The lock tells: the kernel frees it when the daemon's process ends.
fn wait_until_gone(paths: &Paths) -> Result<(), Failure> {
    for _ in 0..LOOKS {
        match StateLock::acquire_somewhere(paths) {
            Ok(_) => return Ok(()),
            Err(LockError::Held { .. }) => std::thread::sleep(BETWEEN_LOOKS),
            Err(error) => return Err(anyhow::Error::from(error).into()),
        }
    }
    Err(Failure::refused(
        "attuned was asked to stop, and is still busy",
        Some("look again in a moment: attuned status".into()),
    ))
}

//! A command of the person's own: it ends with 0 where they are busy, and with 1 where they are free.
//!
//! It is asked when something is due, or every so often where the settings say so. No shell reads it, nothing it prints is
//! taken in, and it is ended, with all that it began, once it has told or its time is over.

use std::convert::Infallible;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::time::sleep;

use super::{Failure, Teller};
use crate::config::Probe;
use crate::daemon::service;
use crate::engine::Reading;
use crate::paths;
use crate::settings::programs;

mod here;
mod manager;

/// What it says that the person is busy, and free.
const BUSY: i32 = 0;
const FREE: i32 = 1;

/// Tells what the command says.
pub(super) async fn run(teller: &mut Teller, probe: &Probe) -> Result<Infallible, Failure> {
    let words = probe.command.clone().ok_or("there is no command")?;
    // At most 30 seconds, and 12 hours.
    let limit = probe.timeout.unsigned_abs();
    let every = probe.every.map(SignedDuration::unsigned_abs);
    if every.is_none() {
        teller.tell(Reading::OnRequest);
        teller.asked().await;
    }
    loop {
        teller.tell(reading(ask(&words, limit).await));
        tokio::select! {
            () = teller.asked() => {}
            () = sleep(every.unwrap_or_default()), if every.is_some() => {}
        }
    }
}

/// Asks the command, by the user manager where that started this process: what binds this one binds no other.
async fn ask(words: &[String], limit: Duration) -> Result<i32, Failure> {
    let words = with_program_found(words.to_vec())?;
    if service::is_managed()
        && let Some(ended) = manager::ask(&words, limit).await?
    {
        return Ok(ended);
    }
    here::ask(&words, limit).await
}

/// The command with the place of its program.
fn with_program_found(mut words: Vec<String>) -> Result<Vec<String>, Failure> {
    let program = words.first_mut().ok_or("there is no command")?;
    let place = programs::at_home(program, paths::home_dir().as_deref());
    let found = programs::find(&place, &programs::folders());
    *program = found.map_err(|why| format!("the command's program {why}"))?;
    Ok(words)
}

fn reading(ended: Result<i32, Failure>) -> Reading {
    match ended {
        Ok(BUSY) => Reading::busy_if(true),
        Ok(FREE) => Reading::Free,
        Ok(other) => Reading::Unknown {
            why: format!("the command ended with {other}, and means neither busy (0) nor free (1)"),
        },
        Err(why) => Reading::Unknown { why },
    }
}

/// Why it is not known what it would have said.
fn too_slow(limit: Duration) -> Failure {
    format!("the command did not end within {} s", limit.as_secs())
}

#[cfg(test)]
mod tests;

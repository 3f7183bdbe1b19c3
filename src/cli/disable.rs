//! `attuned disable`: no longer start at login.

use clap::Args;

use super::enable::{as_failure, tell};
use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::login;

/// No longer start at login
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned disable
  attuned run         still starts it by hand

Undoes all that attuned enable did, and stops what it started. A file that you
changed by hand is left as it is, and named.")]
pub struct DisableArgs {}

pub fn run(_: &DisableArgs, _: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let report = login::Env::current()
        .and_then(|env| login::disable(&env))
        .map_err(as_failure)?;
    tell(
        &report,
        "attuned does not start at login, so nothing had to be undone",
        out,
    )
}

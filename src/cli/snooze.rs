//! `attuned snooze`: the open prompt, later.

use clap::Args;

use super::ask;
use super::failure::Failure;
use super::setup::Setup;
use super::style::friendly_in;
use super::terminal::Terminal;
use crate::engine::Reply;
use crate::protocol::RequestBody;
use crate::schedule::words::parse_duration;

/// Put the open prompt off
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned snooze          for 15 minutes, unless your settings say otherwise
  attuned snooze 1h")]
pub struct SnoozeArgs {
    /// For how long
    #[arg(value_name = "LENGTH")]
    length: Vec<String>,
}

pub fn run(args: &SnoozeArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let duration = Some(args.length.join(" ")).filter(|length| !length.is_empty());
    if let Some(text) = &duration {
        parse_duration(text).map_err(|error| Failure::misread("snooze", text, error))?;
    }
    let reply = ask::daemon(&RequestBody::Snooze { duration }, &setup.paths()?)?;
    let Reply::Snoozed { title, until } = reply else {
        return Err(ask::odd());
    };
    let until = friendly_in(until, setup.now, &setup.zone);
    out.paragraph(0, &format!("\"{title}\" comes back {until}."))?;
    Ok(())
}

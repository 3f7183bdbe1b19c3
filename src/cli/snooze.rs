//! `attuned snooze`: the open prompt, later.

use std::ops::RangeInclusive;

use clap::Args;
use jiff::SignedDuration;

use super::ask;
use super::failure::Failure;
use super::setup::Setup;
use super::style::friendly_in;
use super::terminal::Terminal;
use crate::engine::Reply;
use crate::protocol::RequestBody;
use crate::schedule::Error;
use crate::schedule::words::{describe_duration, parse_duration};

/// As for `snooze` in the settings: 1 minute to 12 hours.
const LENGTHS: RangeInclusive<SignedDuration> =
    SignedDuration::from_mins(1)..=SignedDuration::from_hours(12);

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
        parse_length(text).map_err(|error| Failure::misread("snooze", text, error))?;
    }
    let reply = ask::daemon(&RequestBody::Snooze { duration }, &setup.paths()?)?;
    let Reply::Snoozed { title, until } = reply else {
        return Err(ask::odd());
    };
    let until = friendly_in(until, setup.now, &setup.zone);
    out.paragraph(0, &format!("\"{title}\" comes back {until}."))?;
    Ok(())
}

fn parse_length(text: &str) -> Result<(), Error> {
    let length = parse_duration(text)?;
    if LENGTHS.contains(&length) {
        return Ok(());
    }
    let (least, most) = (LENGTHS.start(), LENGTHS.end());
    Err(Error {
        span: 0..text.len(),
        message: format!(
            "a prompt is put off by {} to {}",
            describe_duration(*least),
            describe_duration(*most)
        ),
        hint: Some("for a longer quiet, say: attuned pause 2 days".into()),
    })
}

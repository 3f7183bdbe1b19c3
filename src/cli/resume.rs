//! `attuned resume`: the end of pauses.

use clap::Args;

use super::ask;
use super::complete;
use super::failure::Failure;
use super::pauses::{end, in_words, names};
use super::setup::Setup;
use super::terminal::Terminal;
use crate::engine::{PauseSource, Reply};
use crate::protocol::RequestBody;

/// End the pauses you asked for
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned resume                    all of them
  attuned resume --only check-in    the one that was for check-in alone

Pauses planned in the settings stay.")]
pub struct ResumeArgs {
    /// Only the pause of this reminder, collection or tag; may be given several times
    #[arg(long, value_name = "NAME", add = complete::names(complete::scopes))]
    only: Vec<String>,
}

pub fn run(args: &ResumeArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let request = RequestBody::Resume {
        only: args.only.clone(),
    };
    let (reply, _) = ask::daemon_or_alone(request, setup)?;
    let Reply::Resumed { ended, remaining } = reply else {
        return Err(ask::odd());
    };
    for pause in &ended {
        let what = names(&pause.scope);
        let end = match &pause.program {
            Some(program) => format!("while {program} ran"),
            None => format!("until {}", end(pause.until, setup.now, &setup.zone)),
        };
        out.paragraph(0, &format!("No longer paused: {what} (it was {end})."))?;
    }
    if ended.is_empty() {
        out.paragraph(
            0,
            "You had asked for no such pause, so there was nothing to end.",
        )?;
    }
    for pause in &remaining {
        let words = in_words(pause, setup.now, &setup.zone);
        let why = match pause.source {
            PauseSource::Manual => "",
            PauseSource::Planned => " (planned in your settings)",
            PauseSource::Calendar => " (calendar.lighten-over in your settings)",
        };
        out.paragraph(0, &format!("Still paused: {words}{why}."))?;
    }
    Ok(())
}

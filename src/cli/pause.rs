//! `attuned pause`: quiet for a while.

use std::io::Write;

use clap::Args;

use super::ask::{self, Told};
use super::complete;
use super::failure::Failure;
use super::pauses::{lasts, what};
use super::setup::Setup;
use super::style::friendly_in;
use super::terminal::Terminal;
use crate::config::{PauseUntil, Scope};
use crate::daemon::programs;
use crate::engine::Reply;
use crate::protocol::RequestBody;

/// Quiet for a while; it ends by itself
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned pause                 until your next day begins
  attuned pause 2h              also 45min, 1h30
  attuned pause until 17:00     also until noon
  attuned pause today           the rest of today
  attuned pause until tomorrow  until tomorrow's hours begin; also tomorrow 9:00
  attuned pause until mon       until Monday begins
  attuned pause workday         until today's active hours end
  attuned pause today --light   at most one silent prompt
  attuned pause 3d --only check-in
  attuned pause --while zoom    until that program ends, a day at most

Pauses add up, and nothing floods in after one. To end them: attuned resume")]
pub struct PauseArgs {
    /// How long, or until when
    #[arg(value_name = "LENGTH", add = complete::pause_length())]
    length: Vec<String>,

    /// Only this reminder, collection or tag; may be given several times
    #[arg(long, value_name = "NAME", add = complete::names(complete::scopes))]
    only: Vec<String>,

    /// At most one prompt a day, without a sound
    #[arg(long)]
    light: bool,

    /// Until the last of your processes of this program has ended, a day at most
    #[arg(long = "while", value_name = "PROGRAM", conflicts_with = "length")]
    program: Option<String>,
}

pub fn run(args: &PauseArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let length = args.length.join(" ");
    let wanted =
        PauseUntil::parse(&length).map_err(|error| Failure::misread("pause", &length, error))?;
    // Without readable settings the hours are not known; whoever is asked below says so.
    if let Ok(settings) = setup.settings() {
        wanted
            .resolve(setup.now, &setup.zone, &settings.config.hours)
            .map_err(|error| Failure::usage(error.message, error.hint))?;
    }
    if let Some(program) = &args.program {
        programs::check(program).map_err(|(message, hint)| Failure::refused(message, hint))?;
    }
    let request = RequestBody::Pause {
        until: Some(length),
        only: args.only.clone(),
        light: args.light,
        program: args.program.clone(),
    };
    let (reply, told) = ask::daemon_or_alone(request, setup)?;
    let Reply::Paused {
        pause,
        earlier,
        next,
    } = reply
    else {
        return Err(ask::odd());
    };
    let until = lasts(
        pause.program.as_deref(),
        pause.until,
        setup.now,
        &setup.zone,
    );
    let what = what(&pause.scope, pause.level);
    let answer = if earlier {
        format!("Paused already, and for longer: {what}, {until}. That stays.")
    } else {
        format!("Paused: {what}, {until}.")
    };
    out.paragraph(0, &answer)?;
    match told {
        Told::Alone => {
            let still = pause.program.as_deref();
            let still =
                still.map_or_else(String::new, |name| format!(", if {name} still runs then"));
            let told = format!("attuned is not running; the pause holds from its start on{still}.");
            out.paragraph(0, &told)?;
        }
        Told::Daemon => {
            if let Some(next) = next {
                let next = friendly_in(next, setup.now, &setup.zone);
                writeln!(out, "The next prompt comes {next}.")?;
            }
        }
    }
    writeln!(out, "To end it sooner: {}", resume_command(&pause.scope))?;
    Ok(())
}

fn resume_command(scope: &Scope) -> String {
    match scope {
        Scope::All => "attuned resume".to_owned(),
        Scope::Only(names) => format!("attuned resume --only {}", names.join(" --only ")),
    }
}

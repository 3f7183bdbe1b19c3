//! `attuned enable`: start at login.

use clap::Args;

use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::login::{self, LoginError, Report};

/// Start at every login
///
/// A systemd user unit or a launchd agent also starts it now; an autostart entry starts it from the next login on.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned enable      from where the program will stay
  attuned status      whether it starts at login, and how

Uses a systemd user unit where there is a user manager, else an autostart
entry; never both. Doing it twice changes nothing; attuned disable undoes it.")]
pub struct EnableArgs {}

pub fn run(_: &EnableArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    if setup.has_other_config() {
        return Err(Failure::usage(
            "at login attuned starts with your own settings file, not with another one",
            Some("leave out --config; attuned config init writes your own file".into()),
        ));
    }
    let runs = super::ask::is_running(&setup.paths()?);
    let report = login::Env::current()
        .and_then(|env| login::enable(&env, runs))
        .map_err(as_failure)?;
    tell(&report, "attuned starts at login already", out)
}

/// What was done, what to know, what comes next.
pub(super) fn tell(report: &Report, nothing_done: &str, out: &mut Terminal) -> Result<(), Failure> {
    if report.steps.is_empty() {
        out.paragraph(0, &format!("{nothing_done}."))?;
    }
    for step in &report.steps {
        out.paragraph(0, &sentence(&step.to_string()))?;
    }
    for warning in &report.warnings {
        let label = out.style.warning("warning:");
        out.paragraph(0, &format!("{label} {warning}"))?;
    }
    if let Some(next) = report.next {
        out.paragraph(0, &sentence(&next.to_string()))?;
    }
    Ok(())
}

/// With a full stop and, but for the program's name, a capital letter.
fn sentence(text: &str) -> String {
    if text.starts_with("attuned") {
        return format!("{text}.");
    }
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first
        .into_iter()
        .flatten()
        .chain(letters)
        .chain(['.'])
        .collect()
}

pub(super) fn as_failure(error: LoginError) -> Failure {
    anyhow::Error::from(error).into()
}

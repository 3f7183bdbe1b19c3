//! `attuned run`: the daemon, in the foreground.

use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::prelude::*;

use super::failure::Failure;
use super::setup::Setup;
use crate::daemon::{self, StartError};

/// Run in the foreground, until Ctrl-C or `attuned stop`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned run             wait for the next reminder
  attuned run --greet     show one prompt at once

Settings and prompts are followed as they change; nothing has to be restarted.
To have this done at every login: attuned enable")]
pub struct RunArgs {
    /// Show one prompt at once
    #[arg(long)]
    greet: bool,

    /// Nobody watches: tell of settings that cannot be used on the desktop, and wait
    #[arg(long, hide = true)]
    at_login: bool,
}

/// A thread that has read a file ends soon after, rather than wake up later to find nothing to do.
const HELPER_STAYS: Duration = Duration::from_secs(1);

pub fn run(args: &RunArgs, setup: &Setup) -> Result<(), Failure> {
    let options = daemon::Options {
        greet: args.greet,
        at_login: args.at_login,
        paths: setup.paths()?,
    };
    start_log();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_keep_alive(HELPER_STAYS)
        .build()
        .context("could not start")?;
    runtime.block_on(daemon::run(options)).map_err(as_failure)
}

/// What happens, a line each on standard error; `RUST_LOG` asks for more or less. The system's journal adds the time.
///
/// Whatever it asks for, other crates only warn: at their lower levels they would write out whole messages, and with them
/// what prompts say.
fn start_log() {
    let wanted =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,attuned=info"));
    let is_discreet = filter_fn(|line| {
        line.target().starts_with("attuned") || *line.level() <= LevelFilter::WARN
    });
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(super::style::Style::stderr().colour)
        .with_target(false)
        .without_time()
        .with_filter(wanted.and(is_discreet));
    tracing_subscriber::registry().with(lines).init();
}

fn as_failure(error: StartError) -> Failure {
    match error {
        StartError::AlreadyRunning { .. } => Failure::Failed {
            error: error.into(),
            hint: Some("attuned status tells how it is; attuned stop ends it".into()),
        },
        StartError::Settings(found) => Failure::Settings(found),
        StartError::Other(error) => error.into(),
    }
}

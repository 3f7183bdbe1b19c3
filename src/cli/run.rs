//! `attuned run`: the daemon, in the foreground.

use anyhow::Context;
use clap::Args;
use tracing_subscriber::EnvFilter;

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

pub fn run(args: &RunArgs, setup: &Setup) -> Result<(), Failure> {
    let options = daemon::Options {
        greet: args.greet,
        at_login: args.at_login,
        paths: setup.paths()?,
    };
    start_log();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("could not start")?;
    runtime.block_on(daemon::run(options)).map_err(as_failure)
}

/// What happens, a line each on standard error; `RUST_LOG` asks for more or less. The system's journal adds the time.
fn start_log() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,attuned=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(super::style::Style::stderr().colour)
        .with_target(false)
        .without_time()
        .init();
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

//! `attuned watch`: how things stand, a line after every change.

mod waybar;

use std::convert::Infallible;
use std::io;
use std::os::unix::net;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::UnixStream;
use tokio::sync::oneshot;

use super::ask;
use super::client::{self, AskError};
use super::failure::Failure;
use super::setup::Setup;
use super::status::report::{Login, Status};
use super::terminal::Terminal;
use crate::daemon::watch::Watch;
use crate::paths::Paths;
use crate::protocol::{LONGEST_RESPONSE, ResponseBody};

/// How long to wait where nothing tells that attuned has started, and after one that hung up without a word.
const RETRY: Duration = Duration::from_secs(5);

/// How things stand, as a line of JSON after every change
///
/// The first line comes at once. It goes on while attuned stops and starts again, and ends with whoever reads it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned watch                 the JSON of attuned status, one line a time
  attuned watch --waybar        text, alt, tooltip and class, for waybar
  attuned watch | jq --unbuffered -r .overview.next.at

A line is how things stand now: when changes come faster than they are read,
only the newest is told. For a status bar, and for keys: docs/status-bars.md")]
pub struct WatchArgs {
    /// As waybar's custom modules take it
    #[arg(long)]
    waybar: bool,
}

/// Tells until nobody listens any more.
pub fn run(args: &WatchArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("could not start")?;
    let teller = Teller {
        waybar: args.waybar,
        setup,
        told: String::new(),
        out,
    };
    runtime.block_on(async {
        tokio::select! {
            () = reader_gone() => Ok(()),
            Err(failure) = follow(&paths, teller) => Err(failure),
        }
    })
}

/// Ends when nobody can read standard output any more, even while there is nothing to write.
async fn reader_gone() {
    let (gone, is_gone) = oneshot::channel();
    std::thread::spawn(move || {
        let stdout = io::stdout();
        // No event is asked for: only breaking is told, and that always is.
        let mut watched = [PollFd::new(&stdout, PollFlags::empty())];
        if retry_on_intr(|| poll(&mut watched, None)).is_ok() {
            // Nobody waits where the program is ending anyway.
            let _ = gone.send(());
        }
    });
    if is_gone.await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Follows one daemon after the other.
async fn follow(paths: &Paths, mut teller: Teller<'_>) -> Result<Infallible, Failure> {
    loop {
        // Watched before it is looked for, so that no start falls between.
        let start = Watch::new(std::slice::from_ref(&paths.socket));
        match client::watch(&paths.socket) {
            Ok(stream) => {
                if !teller.pass_on(stream).await? {
                    tokio::time::sleep(RETRY).await;
                }
            }
            Err(AskError::NotRunning) => {
                let setup = teller.setup.anew();
                teller.tell(&Status::without_daemon(&setup, paths.clone()), &setup)?;
                changed(start).await;
            }
            Err(error) => return Err(ask::unanswered(error)),
        }
    }
}

/// Only Linux tells of changes.
async fn changed(watch: io::Result<Watch>) {
    match watch {
        Ok(mut watch) if cfg!(target_os = "linux") => watch.changed().await,
        _ => tokio::time::sleep(RETRY).await,
    }
}

/// Tells what it hears, but nothing twice in a row.
struct Teller<'a> {
    waybar: bool,
    setup: &'a Setup,
    told: String,
    out: &'a mut Terminal,
}

impl Teller<'_> {
    /// Tells what one daemon says until it hangs up; whether it said anything.
    async fn pass_on(&mut self, stream: net::UnixStream) -> Result<bool, Failure> {
        let mut reader = BufReader::new(for_tokio(stream).context("could not listen")?);
        let login = Login::now();
        let mut heard = false;
        loop {
            let mut line = Vec::new();
            let mut at_most = (&mut reader).take(LONGEST_RESPONSE as u64);
            // A daemon that was killed may break the connection.
            let _ = at_most.read_until(b'\n', &mut line).await;
            if line.last() != Some(&b'\n') {
                return Ok(heard);
            }
            heard = true;
            let response = client::understand(&line).map_err(ask::unanswered)?;
            match response.body {
                ResponseBody::Status(report) => {
                    let status = Status::of_daemon(*report, login.clone());
                    self.tell(&status, &self.setup.anew())?;
                }
                ResponseBody::Error { message, hint } => {
                    return Err(Failure::refused(message, hint));
                }
                _ => return Err(ask::odd()),
            }
        }
    }

    fn tell(&mut self, status: &Status, setup: &Setup) -> Result<(), Failure> {
        let line = if self.waybar {
            serde_json::to_string(&waybar::module(status, setup))
        } else {
            serde_json::to_string(status)
        };
        let line = line.map_err(anyhow::Error::from)?;
        if line != self.told {
            self.out.line_at_once(&line)?;
            self.told = line;
        }
        Ok(())
    }
}

fn for_tokio(stream: net::UnixStream) -> io::Result<UnixStream> {
    stream.set_nonblocking(true)?;
    UnixStream::from_std(stream)
}

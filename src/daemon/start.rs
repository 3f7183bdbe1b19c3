//! From nothing to a running daemon: each thing it stands on, in order.

use std::io::{self, Write};
use std::time::Duration;

use tokio::sync::mpsc;

use super::control::Control;
use super::inbox::Inbox;
use super::lock::{LockError, StateLock};
use super::notifier::Notifier;
use super::programs::Programs;
use super::sense::Senses;
use super::store::{Beginning, Ledger};
use super::watchers::Watchers;
use super::{Daemon, Session, opening, service, terminal};
use crate::clock;
use crate::engine::{Batch, Command, Engine, Event, Wanted};
use crate::paths::Paths;
use crate::settings::Settings;
use crate::source::Diagnostic;

/// What attuned is and is not, said at the first run.
const FIRST_WORDS: &str = "\
attuned reminds you to practise kindness towards yourself, a few times a day.
It is not therapy and not a crisis service; whom to turn to: attuned support
Nobody reads your answers. Everything stays on this computer.";

/// How often, and how far apart, the state's lock is tried for.
const LOCK_TRIES: u32 = 4;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Show one prompt at once.
    pub greet: bool,
    /// Started at login: nobody sees what is printed.
    pub at_login: bool,
    /// Where everything is.
    pub paths: Paths,
}

/// Why the daemon did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another one runs.
    #[error("attuned is already running{}", .pid.map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    AlreadyRunning {
        /// Its process id, where it could be read.
        pid: Option<u32>,
    },
    /// The settings have errors.
    #[error("the settings have errors")]
    Settings(Vec<Diagnostic>),
    /// Anything else: folders, the database, the socket.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// Runs the daemon until it is told to stop.
///
/// # Errors
/// When it cannot start; once it runs, failures have homes of their own.
pub async fn run(options: Options) -> Result<(), StartError> {
    let Options {
        greet,
        at_login,
        paths,
    } = options;
    paths.create_runtime_dir().map_err(anyhow::Error::from)?;
    let _lock = lock_state(&paths).await?;
    let control = Control::bind(&paths.socket).map_err(not_bound)?;
    let (reports, inbox) = mpsc::unbounded_channel();
    // The watch begins before the first reading, so that no change falls between.
    let (readings, heard) = mpsc::unbounded_channel();
    let (openings, not_opened) = opening::failures();
    let inbox = Inbox::new(&paths, control, inbox, heard, not_opened);
    let inbox = inbox.map_err(anyhow::Error::from)?;
    let (settings, errors) = read_settings(&paths, at_login)?;
    settings.log(&[]);
    let now = clock::now();
    let Beginning {
        ledger,
        mut state,
        set_aside,
    } = Ledger::begin(&paths.database, clock::entropy(), now).map_err(anyhow::Error::from)?;
    if !state.introduced {
        // A closed standard output is no reason not to run.
        let _ = writeln!(io::stdout(), "{FIRST_WORDS}\n");
        state.introduced = true;
    }
    let engine = Engine::new(
        settings.config,
        settings.library,
        clock::system_zone(),
        state,
        now,
    );
    let engine = if at_login {
        engine.at_login(now)
    } else {
        engine
    };
    let mut daemon = Daemon {
        paths,
        engine,
        ledger,
        notifier: Notifier::start(reports),
        on_terminal: terminal::is_there(),
        since: now,
        session: if at_login && !service::is_managed() {
            Session::Awaited
        } else {
            Session::Apart
        },
        service: None,
        told_no_service: false,
        settings_problem: None,
        findings: settings.findings,
        store_note: None,
        untold: None,
        watchers: Watchers::new(),
        programs: Programs::new(readings.clone()),
        senses: Senses::new(readings),
        tidied: None,
        openings,
    };
    if let Some(problem) = daemon.ledger.problem() {
        tracing::error!("the record cannot be written, trying again: {problem}");
    }
    daemon.follow_senses(now);
    if let Some(set_aside) = set_aside {
        daemon.tell_of_loss(&set_aside);
    }
    if !errors.is_empty() {
        daemon.keep_settings(&errors);
    }
    daemon.follow_programs();
    // What an earlier run left on the screen has gone with it.
    daemon.handle(Event::ServiceGone, now);
    // What is followed from now on is remembered at once: what passes while attuned is off counts as missed.
    daemon.keep(Batch::state(daemon.engine.state().clone()), now);
    service::ready();
    if daemon.on_terminal {
        // A closed standard output is no reason not to run.
        let _ = writeln!(io::stdout(), "attuned is running; Ctrl-C ends it.");
    }
    if greet {
        let greeting = Command::Now {
            wanted: Wanted::Any,
            unread: false,
        };
        daemon.handle(Event::Command(greeting), now);
    }
    daemon.run(inbox).await;
    Ok(())
}

/// Somebody who listens without holding the state's lock could not write it, either.
fn not_bound(error: io::Error) -> StartError {
    match error.kind() {
        io::ErrorKind::AddrInUse => StartError::AlreadyRunning { pid: None },
        _ => StartError::Other(anyhow::Error::from(error).context("no commands can be heard")),
    }
}

/// Takes the state's lock; a command that writes holds it for a moment only.
async fn lock_state(paths: &Paths) -> Result<StateLock, StartError> {
    let mut tries = 0;
    loop {
        match StateLock::acquire_somewhere(paths) {
            Ok(lock) => return Ok(lock),
            Err(LockError::Held { .. }) if tries < LOCK_TRIES => {
                tries += 1;
                tokio::time::sleep(LOCK_PAUSE).await;
            }
            Err(LockError::Held { pid }) => return Err(StartError::AlreadyRunning { pid }),
            Err(error @ LockError::Io(_)) => return Err(StartError::Other(error.into())),
        }
    }
}

/// At a terminal errors end the start. At login nobody would see that: attuned stays silent instead, tells of the errors
/// on the desktop, and goes on once they are mended.
fn read_settings(paths: &Paths, at_login: bool) -> Result<(Settings, Vec<Diagnostic>), StartError> {
    match Settings::read(paths) {
        Ok(settings) => Ok((settings, Vec::new())),
        Err(errors) if at_login => Ok((Settings::silent(), errors)),
        Err(errors) => Err(StartError::Settings(errors)),
    }
}

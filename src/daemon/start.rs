//! From nothing to a running daemon: each thing it stands on, in order.

use std::io::Write;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::control::Control;
use super::inbox::Inbox;
use super::lock::{LockError, StateLock};
use super::notifier::Notifier;
use super::store::{Ledger, Opened, Store};
use super::{Daemon, service, terminal};
use crate::clock;
use crate::engine::{Command, Engine, Event, State, Wanted};
use crate::paths::Paths;
use crate::settings::Settings;
use crate::source::Diagnostic;

/// What attuned is and is not, said at the first run.
pub const FIRST_WORDS: &str = "\
attuned is a reminder to practise being kind to yourself: one small notification, a few times a day.
It is not therapy and not a crisis service. For people to turn to: attuned support
Nobody reads your answers. Everything stays on this computer.";

/// How often, and how far apart, the state's lock is tried for.
const LOCK_TRIES: u32 = 4;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Show one prompt at once.
    pub greet: bool,
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
    let Options { greet, paths } = options;
    paths.create_state_dir().map_err(anyhow::Error::from)?;
    paths.create_runtime_dir().map_err(anyhow::Error::from)?;
    let _lock = lock_state(&paths).await?;
    let control = Control::bind(&paths.socket).map_err(anyhow::Error::from)?;
    let (reports, inbox) = mpsc::unbounded_channel();
    // The watch begins before the first reading, so that no change falls between.
    let inbox = Inbox::new(&paths, control, inbox).map_err(anyhow::Error::from)?;
    let settings = Settings::read(&paths).map_err(StartError::Settings)?;
    settings.log();
    let now = clock::now();
    let (ledger, state) = open_ledger(&paths, now)?;
    let engine = Engine::new(settings.config, settings.library, clock::system_zone(), state, now);
    let mut daemon = Daemon {
        paths,
        engine,
        ledger,
        notifier: Notifier::start(reports),
        on_terminal: terminal::is_there(),
        since: now,
        service: None,
        told_no_service: false,
        settings_problem: None,
    };
    service::ready();
    if greet {
        daemon.handle(Event::Command(Command::Now(Wanted::Any)), now);
    }
    daemon.run(inbox).await;
    Ok(())
}

/// Takes the state's lock; a command that writes holds it for a moment only.
async fn lock_state(paths: &Paths) -> Result<StateLock, StartError> {
    let mut tries = 0;
    loop {
        match StateLock::acquire(&paths.state_dir) {
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

/// Opens the record; a new one begins with the first words and a salt of its own.
fn open_ledger(paths: &Paths, now: Timestamp) -> Result<(Ledger, State), StartError> {
    let Opened { mut store, set_aside, .. } =
        Store::open(&paths.database, now).map_err(anyhow::Error::from)?;
    if let Some(file) = set_aside {
        tracing::error!("the record could not be read; it was kept as {}", file.display());
    }
    let state = match store.state().map_err(anyhow::Error::from)? {
        Some(state) => state,
        None => {
            let state = State::new(clock::entropy());
            store.keep(&[], Some(&state)).map_err(anyhow::Error::from)?;
            say_first_words();
            state
        }
    };
    Ok((Ledger::new(store), state))
}

/// A closed standard output is no reason not to run.
fn say_first_words() {
    let _ = writeln!(std::io::stdout(), "{FIRST_WORDS}\n");
}

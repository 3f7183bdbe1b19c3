//! Who does what a command asks for: the running daemon, else the very same engine here, under the state lock.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use super::client::{self, AskError};
use super::failure::Failure;
use super::setup::Setup;
use super::style::Style;
use crate::clock;
use crate::daemon::lock::{LockError, StateLock};
use crate::daemon::store::Store;
use crate::engine::{Batch, Effect, Engine, Event, Reply};
use crate::paths::Paths;
use crate::protocol::{RESTART_HINT, RequestBody, ResponseBody, StatusReport};

/// How often to ask again while somebody holds the lock and no daemon answers; together two seconds.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// Who heard a request.
pub enum Heard<Answer> {
    /// The daemon, and this is its answer.
    Daemon(Answer),
    /// Nobody; nor can a daemon start while this lock is held.
    Nobody(StateLock),
}

/// Who did what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The running daemon.
    Daemon,
    /// This command, as no daemon runs.
    Alone,
}

/// Whether somebody reads what is printed: on a terminal, or from a pipe. A key or a launcher starts a program with neither.
pub fn is_read() -> bool {
    io::stdin().is_terminal()
        || io::stdout().is_terminal()
        || io::stderr().is_terminal()
        || is_piped()
}

#[cfg(unix)]
fn is_piped() -> bool {
    use std::fs::File;
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;

    let out = io::stdout().as_fd().try_clone_to_owned().map(File::from);
    let out = out.and_then(|out| out.metadata());
    out.is_ok_and(|out| out.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_piped() -> bool {
    true
}

/// Asks the running daemon.
///
/// # Errors
/// [`Failure::NotRunning`]; that it refuses.
pub fn daemon(request: &RequestBody, paths: &Paths) -> Result<Reply, Failure> {
    match ask(request, paths)? {
        Some(answer) => reply(answer),
        None => Err(Failure::NotRunning),
    }
}

/// Asks the running daemon, else does it here.
///
/// # Errors
/// That it is refused, or cannot be kept.
pub fn daemon_or_alone(request: RequestBody, setup: &Setup) -> Result<(Reply, Told), Failure> {
    let paths = setup.paths()?;
    match daemon_or_lock(&request, &paths)? {
        Heard::Daemon(reply) => Ok((reply, Told::Daemon)),
        Heard::Nobody(lock) => {
            let command = request
                .into_command()
                .map_err(|error| Failure::refused(error.message, error.hint))?;
            let mut alone = Alone::new(lock, setup, &paths)?;
            let effects = alone.handle(Event::Command(command), setup)?;
            Ok((reply_in(effects)?, Told::Alone))
        }
    }
}

/// Asks the running daemon, else takes the lock. A daemon that is just starting holds it before it answers.
///
/// # Errors
/// That the daemon refuses, or neither answers nor lets go of the lock.
pub fn daemon_or_lock(request: &RequestBody, paths: &Paths) -> Result<Heard<Reply>, Failure> {
    match answer_or_lock(request, paths)? {
        Heard::Daemon(answer) => Ok(Heard::Daemon(reply(answer)?)),
        Heard::Nobody(lock) => Ok(Heard::Nobody(lock)),
    }
}

/// As [`daemon_or_lock`], for a request whose answer is no [`Reply`].
///
/// # Errors
/// That the daemon neither answers nor lets go of the lock.
pub fn answer_or_lock(
    request: &RequestBody,
    paths: &Paths,
) -> Result<Heard<ResponseBody>, Failure> {
    for _ in 0..TRIES {
        if let Some(answer) = ask(request, paths)? {
            return Ok(Heard::Daemon(answer));
        }
        match StateLock::acquire(&paths.state_dir) {
            Ok(lock) => return Ok(Heard::Nobody(lock)),
            Err(LockError::Held { .. }) => std::thread::sleep(BETWEEN_TRIES),
            Err(error) => return Err(anyhow::Error::from(error).into()),
        }
    }
    Err(Failure::refused(
        "another attuned is at work, and does not answer",
        Some("try again in a moment".into()),
    ))
}

/// Asks the running daemon how it is; none where there is no daemon.
///
/// # Errors
/// That it does not answer as it should.
pub fn for_status(paths: &Paths) -> Result<Option<StatusReport>, Failure> {
    match ask(&RequestBody::Status, paths)? {
        Some(ResponseBody::Status(report)) => Ok(Some(*report)),
        Some(_) => Err(odd()),
        None => Ok(None),
    }
}

/// Asks the running daemon to stop.
///
/// # Errors
/// [`Failure::NotRunning`], or that it does not answer as it should.
pub fn to_stop(paths: &Paths) -> Result<(), Failure> {
    match ask(&RequestBody::Stop, paths)? {
        Some(ResponseBody::Stopping) => Ok(()),
        Some(_) => Err(odd()),
        None => Err(Failure::NotRunning),
    }
}

/// Whether a daemon runs, however it answers.
#[must_use]
pub fn is_running(paths: &Paths) -> bool {
    !matches!(
        client::ask(&paths.socket, RequestBody::Status),
        Err(AskError::NotRunning)
    )
}

/// An answer that does not belong to what was asked.
#[must_use]
pub fn odd() -> Failure {
    Failure::refused(
        "attuned answered something else than it was asked",
        Some(RESTART_HINT.into()),
    )
}

fn ask(request: &RequestBody, paths: &Paths) -> Result<Option<ResponseBody>, Failure> {
    match client::ask(&paths.socket, request.clone()) {
        Ok(response) => {
            if let Some(other) = response.other_program() {
                let this = env!("CARGO_PKG_VERSION");
                let fact = format!("this is attuned {this}, but attuned {other} is running");
                warn(&fact, Some(RESTART_HINT));
            }
            Ok(Some(response.body))
        }
        Err(AskError::NotRunning) => Ok(None),
        Err(error) => Err(unanswered(error)),
    }
}

/// That no answer came which could be read.
#[must_use]
pub fn unanswered(error: AskError) -> Failure {
    match error {
        AskError::NotRunning => Failure::NotRunning,
        AskError::Version { .. } => Failure::refused(error, Some(RESTART_HINT.into())),
        AskError::NoAnswer | AskError::Broken(_) => anyhow::Error::from(error).into(),
    }
}

/// Worth a word, and no reason not to go on.
pub fn warn(fact: &str, hint: Option<&str>) {
    let style = Style::stderr();
    let hint = hint.map(|hint| format!("{} {hint}\n", style.strong("hint:")));
    let text = format!(
        "{} {fact}\n{}",
        style.warning("warning:"),
        hint.unwrap_or_default()
    );
    let _ = io::stderr().write_all(text.as_bytes());
}

fn reply(answer: ResponseBody) -> Result<Reply, Failure> {
    match answer {
        ResponseBody::Done(reply) => granted(reply),
        ResponseBody::Error { message, hint } => Err(Failure::refused(message, hint)),
        _ => Err(odd()),
    }
}

fn granted(reply: Reply) -> Result<Reply, Failure> {
    match reply {
        Reply::Refused { message, hint } => Err(Failure::refused(message, hint)),
        reply => Ok(reply),
    }
}

/// The answer among a command's effects.
///
/// # Errors
/// That it is a refusal.
pub fn reply_in(effects: Vec<Effect>) -> Result<Reply, Failure> {
    let reply = effects.into_iter().find_map(|effect| match effect {
        Effect::Reply(reply) => Some(reply),
        _ => None,
    });
    reply.map_or_else(|| Err(odd()), granted)
}

/// Opens the record for writing, under the lock, which the caller holds; tells what had to be put aside.
///
/// # Errors
/// That it cannot be opened.
pub fn open_alone(paths: &Paths, setup: &Setup) -> Result<Store, Failure> {
    let opened = Store::open(&paths.database, setup.now).map_err(anyhow::Error::from)?;
    if let Some(file) = opened.set_aside {
        let file = file.display();
        warn(
            &format!("the record could not be read; it was kept as {file}"),
            None,
        );
    }
    if let Some(problem) = opened.state_problem {
        warn(
            &format!("what was planned could not be read, and is planned anew: {problem}"),
            None,
        );
    }
    Ok(opened.store)
}

/// The engine with what it remembers, for one command while no daemon runs.
pub struct Alone {
    _lock: StateLock,
    store: Store,
    /// Decides, as in the daemon.
    pub engine: Engine,
}

impl Alone {
    /// Reads everything, under the lock.
    ///
    /// # Errors
    /// Errors in the settings; a record that cannot be opened.
    pub fn new(lock: StateLock, setup: &Setup, paths: &Paths) -> Result<Self, Failure> {
        let settings = setup.settings()?;
        let store = open_alone(paths, setup)?;
        let state = store
            .state_or_new(clock::entropy)
            .map_err(anyhow::Error::from)?;
        Ok(Self {
            _lock: lock,
            store,
            engine: setup.engine(settings, state),
        })
    }

    /// One event in; what has to be kept is kept, the other effects come back.
    ///
    /// # Errors
    /// That it cannot be kept.
    pub fn handle(&mut self, event: Event, setup: &Setup) -> Result<Vec<Effect>, Failure> {
        let (batch, acts) = Batch::of(self.engine.handle(event, setup.now));
        self.store.keep(&batch).map_err(anyhow::Error::from)?;
        Ok(acts)
    }
}

//! What every check may look at.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::client::{self, AskError};
use crate::cli::setup::Setup;
use crate::paths::{Paths, PathsError};
use crate::protocol::{RequestBody, ResponseBody, StatusReport};

/// Where and when a doctor looks.
#[derive(Debug)]
pub struct Look {
    /// Where everything is, or why nowhere.
    pub paths: Result<Paths, PathsError>,
    /// The time.
    pub now: Timestamp,
    /// The zone of all times shown.
    pub zone: TimeZone,
    /// What the running daemon says.
    pub daemon: Daemon,
    home: Option<String>,
}

/// The running daemon, as far as it answers.
#[derive(Debug)]
pub enum Daemon {
    /// It told how it is; its program's version where that is another.
    Runs {
        /// How it is.
        status: Box<StatusReport>,
        /// Its version of attuned, where it is not this one.
        other: Option<String>,
    },
    /// None runs.
    Absent,
    /// One of this version of attuned runs, and speaks another protocol.
    Foreign(String),
    /// One runs, and this came instead of an answer.
    Odd(String),
}

impl Look {
    /// Asks the daemon first, as several checks want its answer.
    pub fn new(setup: &Setup) -> Self {
        let paths = setup.resolve();
        let daemon = paths
            .as_ref()
            .map_or(Daemon::Absent, |paths| Daemon::ask(&paths.socket));
        let dirs = directories::BaseDirs::new();
        Self {
            paths,
            now: setup.now,
            zone: setup.zone.clone(),
            daemon,
            home: dirs.and_then(|dirs| Some(dirs.home_dir().to_str()?.to_owned())),
        }
    }

    /// A path as people write it, from their home folder on.
    pub fn short(&self, path: &Path) -> String {
        self.shortened(&path.display().to_string())
    }

    /// The text with each path in it from the home folder on.
    pub fn shortened(&self, text: &str) -> String {
        match self.home.as_deref().filter(|home| home.len() > 1) {
            Some(home) => text.replace(home, "~"),
            None => text.to_owned(),
        }
    }
}

impl Daemon {
    fn ask(socket: &Path) -> Self {
        match client::ask(socket, RequestBody::Status) {
            Ok(response) => {
                let other = response.other_program().map(str::to_owned);
                match response.body {
                    ResponseBody::Status(status) => Self::Runs { status, other },
                    _ => Self::Odd("it answered something else than it was asked".into()),
                }
            }
            Err(AskError::NotRunning) => Self::Absent,
            Err(AskError::Version { daemon }) => Self::Foreign(daemon),
            Err(error) => Self::Odd(error.to_string()),
        }
    }
}

//! What a command and the daemon say to each other: one connection, one request, one response, each a JSON document on a
//! line of its own. Only `watch` keeps the connection: its response comes again whenever it has changed.
//!
//! ```text
//! {"version":1,"program":"0.1.0","body":{"pause":{"until":"2h"}}}
//! {"version":1,"program":"0.1.0","body":{"done":{"paused":{ … }}}}
//! ```

use std::path::PathBuf;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::config::{Level, PauseUntil, Scope};
use crate::engine::{Command, Overview, Reply, Wanted};
use crate::journal::{self, Entry};
use crate::library::Change;
use crate::schedule;
use crate::schedule::words::parse_duration;

/// The version of this protocol. Any change of a message's meaning or fields raises it.
pub const VERSION: u32 = 1;

/// The longest request, in bytes, with its line break.
pub const LONGEST_REQUEST: usize = 1024 * 1024;

/// The longest response a client reads, in bytes, with its line break.
pub const LONGEST_RESPONSE: usize = 1024 * 1024;

/// What to do when a command and the daemon are of different versions.
pub const RESTART_HINT: &str =
    "start it anew: attuned stop, then attuned run (or: systemctl --user restart attuned)";

/// Bodies that mean the same in every version, so that a daemon of any other version can be stopped.
const FOR_EVER: [&str; 2] = ["stop", "stopping"];

/// One line: who speaks, and what is said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message<Body> {
    /// The sender's [`VERSION`].
    pub version: u32,
    /// The sender's version of attuned.
    pub program: String,
    /// What is said.
    pub body: Body,
}

/// From a command to the daemon.
pub type Request = Message<RequestBody>;

/// From the daemon to a command.
pub type Response = Message<ResponseBody>;

/// What the daemon is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestBody {
    /// How things stand.
    Status,
    /// How things stand, at once and after every change, until one of the two hangs up.
    Watch,
    /// An end to the daemon.
    Stop,
    /// The settings and the library read again.
    Reload,
    /// Everything remembered replaced with a backup.
    Restore {
        /// The name of a checked copy of it in the state folder.
        staged: String,
    },
    /// One prompt at once.
    Now {
        /// A collection or a prompt by name; any where there is none.
        #[serde(default)]
        what: Option<String>,
        /// Whether nobody reads the reply, as where a key was pressed for it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unread: bool,
    },
    /// A practice, to be read in the terminal at once.
    Practice {
        /// A collection or a practice by name; any where there is none.
        #[serde(default)]
        what: Option<String>,
    },
    /// Quiet for a while.
    Pause {
        /// As typed: "2h", "until 17:00", "today"; the next active day where there is none.
        #[serde(default)]
        until: Option<String>,
        /// Only these reminders, tags or collections; everything where empty.
        #[serde(default)]
        only: Vec<String>,
        /// At most one quiet prompt a day, not none.
        #[serde(default)]
        light: bool,
        /// Until the last process of this program has ended, in place of `until`.
        #[serde(default, rename = "while", skip_serializing_if = "Option::is_none")]
        program: Option<String>,
    },
    /// An end to pauses.
    Resume {
        /// Only pauses of exactly these; all where empty.
        #[serde(default)]
        only: Vec<String>,
    },
    /// The newest open prompt later.
    Snooze {
        /// As typed: "20 min"; the configured time where there is none.
        #[serde(default)]
        duration: Option<String>,
    },
    /// A check-in, or words to a prompt.
    Answer {
        /// What was said.
        entry: Box<Entry>,
        /// The delivery that asked; the newest check-in that is open where none is named.
        #[serde(default)]
        delivery: Option<u64>,
    },
    /// Something steady at once, and little for a while.
    Overwhelmed {
        /// As a notification; else the command shows it.
        #[serde(default)]
        notify: bool,
        /// Whether nobody reads the reply, as where a key was pressed for it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unread: bool,
        /// The check-in that says so, where it is to be kept.
        #[serde(default)]
        entry: Option<Box<Entry>>,
    },
    /// The usual pace again.
    Steady {
        /// By a step only.
        #[serde(default)]
        by_a_step: bool,
    },
    /// Something in the journal changed, kept or deleted.
    Journal(journal::Change),
    /// Something erased.
    Erase(journal::Erase),
    /// Something else to come, or not to come, from the library.
    Library {
        /// What.
        change: Change,
        /// Prompts or collections by name.
        names: Vec<String>,
        /// Whether the person has read what to know before it.
        #[serde(default)]
        notices_read: bool,
    },
}

/// What the daemon answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResponseBody {
    /// The engine's answer to a command.
    Done(Reply),
    /// How things stand.
    Status(Box<StatusReport>),
    /// The daemon is on its way out.
    Stopping,
    /// The settings were read again.
    Reloaded {
        /// What keeps them from being used; those from before stay in force.
        problems: Vec<String>,
    },
    /// Everything remembered was replaced.
    Restored {
        /// The name, in the state folder, of a copy of what was there; none where nothing was.
        before: Option<String>,
    },
    /// The journal was changed so.
    Journal(journal::Changed),
    /// So much was erased.
    Erased(journal::Erased),
    /// It could not be done, or not be understood.
    Error {
        /// The fact.
        message: String,
        /// The next step.
        hint: Option<String>,
    },
}

/// How things stand with the daemon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusReport {
    /// The daemon's version of attuned.
    pub version: String,
    /// Its process id.
    pub pid: u32,
    /// When it started.
    pub since: Timestamp,
    /// The person's configuration file; it may not exist.
    pub config_file: PathBuf,
    /// What keeps the settings on disk from being used.
    pub settings_problem: Option<String>,
    /// Nothing is planned because of it: attuned started with settings that could not be used.
    #[serde(default)]
    pub is_silent: bool,
    /// What keeps the record from being written.
    pub store_problem: Option<String>,
    /// What could not be read at the start, and was kept aside.
    #[serde(default)]
    pub store_note: Option<String>,
    /// The notification service, while there is one.
    pub service: Option<Service>,
    /// What is planned, paused and open.
    pub overview: Overview,
}

/// A notification service, as it calls itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Why a line was not understood.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// It is not what the protocol has.
    #[error("not understood: {0}")]
    Garbage(#[from] serde_json::Error),
    /// It is of another protocol version.
    #[error("this is attuned {}, and attuned {program} speaks another version", env!("CARGO_PKG_VERSION"))]
    Version {
        /// The sender's version of attuned.
        program: String,
    },
}

impl<Body> Message<Body> {
    /// `body`, said by this program.
    #[must_use]
    pub fn new(body: Body) -> Self {
        Self {
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").into(),
            body,
        }
    }

    /// The sender's version of attuned, where it is not this one: worth a notice with the [`RESTART_HINT`].
    #[must_use]
    pub fn other_program(&self) -> Option<&str> {
        (self.program != env!("CARGO_PKG_VERSION")).then_some(self.program.as_str())
    }
}

impl<Body: Serialize> Message<Body> {
    /// The message as a line, with its line break.
    ///
    /// # Panics
    /// Never: the bodies of this protocol have no map with keys other than text.
    #[must_use]
    pub fn to_line(&self) -> String {
        let mut line = serde_json::to_string(self).expect("every body of this protocol is JSON");
        line.push('\n');
        line
    }
}

impl<Body: DeserializeOwned> Message<Body> {
    /// Reads a line, with or without its line break.
    ///
    /// # Errors
    /// Where it is not a message, or one of another protocol version.
    pub fn from_line(line: &[u8]) -> Result<Self, LineError> {
        let message: Message<serde_json::Value> = serde_json::from_slice(line)?;
        let is_for_ever = message
            .body
            .as_str()
            .is_some_and(|body| FOR_EVER.contains(&body));
        if message.version != VERSION && !is_for_ever {
            return Err(LineError::Version {
                program: message.program,
            });
        }
        Ok(Self {
            version: message.version,
            program: message.program,
            body: serde_json::from_value(message.body)?,
        })
    }
}

impl RequestBody {
    /// What the engine is told, for the requests that are an engine's command as they stand.
    ///
    /// # Errors
    /// Where a time in it is not understood. Status, watch, stop, reload, restore and the journal are the daemon's own, and what `now` and
    /// `practice` name is looked up in a library first ([`Wanted::by_name`]): they are errors here too.
    pub fn into_command(self) -> Result<Command, schedule::Error> {
        match self {
            Self::Pause {
                until,
                only,
                light,
                program,
            } => Ok(Command::Pause {
                until: match program {
                    Some(program) => PauseUntil::ProgramEnds(program),
                    None => PauseUntil::parse(until.as_deref().unwrap_or_default())?,
                },
                scope: scope(only),
                level: if light { Level::Light } else { Level::Full },
            }),
            Self::Resume { only } => Ok(Command::Resume(scope(only))),
            Self::Snooze { duration } => {
                let length = duration.as_deref().map(parse_duration).transpose()?;
                Ok(Command::Snooze(length))
            }
            Self::Library {
                change,
                names,
                notices_read,
            } => Ok(Command::Library {
                change,
                names,
                notices_read,
            }),
            Self::Answer { entry, delivery } => Ok(Command::Answer { entry, delivery }),
            Self::Overwhelmed {
                notify,
                unread,
                entry,
            } => Ok(Command::Overwhelmed {
                notify,
                unread,
                entry,
            }),
            Self::Steady { by_a_step } => Ok(Command::Steady { by_a_step }),
            Self::Now { what: None, unread } => Ok(Command::Now {
                wanted: Wanted::Any,
                unread,
            }),
            Self::Practice { what: None } => Ok(Command::Practice(Wanted::Any)),
            Self::Now { what: Some(_), .. }
            | Self::Practice { what: Some(_) }
            | Self::Status
            | Self::Watch
            | Self::Stop
            | Self::Reload
            | Self::Journal(_)
            | Self::Erase(_)
            | Self::Restore { .. } => Err(schedule::Error {
                span: 0..0,
                message: "this is not for the engine as it stands".into(),
                hint: None,
            }),
        }
    }
}

fn scope(only: Vec<String>) -> Scope {
    if only.is_empty() {
        Scope::All
    } else {
        Scope::Only(only)
    }
}

impl From<LineError> for ResponseBody {
    fn from(error: LineError) -> Self {
        let hint = match error {
            LineError::Garbage(_) => None,
            LineError::Version { .. } => Some(RESTART_HINT.into()),
        };
        Self::Error {
            message: error.to_string(),
            hint,
        }
    }
}

#[cfg(test)]
mod tests;

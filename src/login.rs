//! Starting attuned at login: a systemd user unit where there is a user manager, else an XDG autostart entry; on macOS a
//! launchd agent. Never two of them.
//!
//! Only files that [`enable`] wrote, unchanged since, are overwritten or removed; what a person edited is left and said.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

mod command;
mod exec;
#[cfg(all(unix, not(target_os = "macos")))]
mod freedesktop;
#[cfg(any(target_os = "macos", all(test, unix)))]
mod launchd;
mod own_file;
#[cfg(all(unix, not(target_os = "macos")))]
mod systemd;
#[cfg(not(unix))]
mod unsupported;

#[cfg(all(unix, not(target_os = "macos")))]
use freedesktop as platform;
#[cfg(target_os = "macos")]
use launchd as platform;
#[cfg(not(unix))]
use unsupported as platform;

/// What starting at login depends on.
#[derive(Clone, Debug)]
pub struct Env {
    /// The person's home folder.
    pub home: PathBuf,
    /// The folder of everybody's configuration, `~/.config`.
    pub config_home: PathBuf,
    /// `XDG_RUNTIME_DIR`, or the folder that it would name, where there is one.
    pub runtime_dir: Option<PathBuf>,
    /// The program to start, by its real path.
    pub exe: PathBuf,
    /// The service manager's tool: `systemctl`, or `launchctl` on macOS.
    pub service_tool: PathBuf,
}

/// What [`enable`] or [`disable`] did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What happened, in order. Empty when all was as it should be.
    pub steps: Vec<Step>,
    /// What may go wrong later.
    pub warnings: Vec<Warning>,
    /// What the person may want to do now.
    pub next: Option<Next>,
}

/// Something that [`enable`] or [`disable`] did. Its text is for the person.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Wrote this file.
    Wrote(PathBuf),
    /// Removed this file.
    Removed(PathBuf),
    /// Left this file alone, for somebody changed it or wrote it himself.
    Left(PathBuf),
    /// attuned now starts at login, by this means.
    Enabled(Means),
    /// attuned no longer starts at login.
    Disabled,
    /// Started the daemon.
    Started,
    /// Started the daemon again, because its unit changed.
    Restarted,
    /// Stopped the daemon.
    Stopped,
}

/// What starts a program at login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// A unit of the systemd user manager.
    Systemd,
    /// An XDG autostart entry.
    Autostart,
    /// A launchd agent.
    Launchd,
}

/// A doubt about what will happen at the next logins.
#[derive(Debug, PartialEq, Eq)]
pub enum Warning {
    /// The program lies where it will not stay.
    Fleeting {
        /// The program.
        exe: PathBuf,
        /// Why it will not stay.
        why: Fleeting,
    },
    /// This file starts another program than the one that is running now.
    OtherProgram {
        /// The file.
        file: PathBuf,
        /// The program that it starts.
        starts: PathBuf,
        /// Whether that program is there at all.
        exists: bool,
    },
    /// This file, which is not ours to remove, starts attuned as well.
    AlsoStartedBy(PathBuf),
    /// All is set up, but the daemon did not start.
    NotStarted {
        /// What the service manager said.
        detail: String,
    },
}

/// Why a program will not stay where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fleeting {
    /// In a build folder of cargo.
    BuildFolder,
    /// In a folder for temporary files.
    Temporary,
    /// It is gone already.
    Deleted,
}

/// A next step, in words for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A daemon runs already, started by hand.
    HandOver,
    /// The daemon starts at the next login only.
    LogInAgain,
}

/// How attuned starts at login, as it is now.
#[derive(Debug, PartialEq, Eq)]
pub struct Status {
    /// By what.
    pub method: LoginMethod,
    /// What may go wrong.
    pub warnings: Vec<Warning>,
}

/// What starts attuned at login.
#[derive(Debug, PartialEq, Eq)]
pub enum LoginMethod {
    /// A systemd user unit.
    Systemd {
        /// The unit's file.
        unit: PathBuf,
        /// Whether it runs now.
        active: bool,
    },
    /// An XDG autostart entry.
    Autostart {
        /// Its file.
        path: PathBuf,
    },
    /// A launchd agent.
    Launchd {
        /// Its file.
        path: PathBuf,
    },
    /// Nothing does.
    None,
}

/// Why starting at login could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// There is no home folder to write to.
    #[error("no home folder: set HOME to the folder that holds your files")]
    NoHome,
    /// This system has no way that attuned knows.
    #[error("starting at login is not supported on this system yet")]
    Unsupported,
    /// The program's path cannot be written in the file that would start it.
    #[error("{} cannot be started at login: its path contains {what}; move it to a plainer place", exe.display())]
    OddPath {
        /// The program.
        exe: PathBuf,
        /// What is in the way.
        what: &'static str,
    },
    /// A file could not be read, written or removed.
    #[error("could not {verb} {}: {source}", path.display())]
    File {
        /// What was tried.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The service manager's tool failed.
    #[error("`{command}` failed: {detail}")]
    Command {
        /// The command line.
        command: String,
        /// What it said.
        detail: String,
    },
}

impl Env {
    /// The environment of this process.
    ///
    /// # Errors
    /// [`LoginError::NoHome`], or when the system does not tell where this program lies.
    pub fn current() -> Result<Env, LoginError> {
        let dirs = directories::BaseDirs::new().ok_or(LoginError::NoHome)?;
        let exe = std::env::current_exe().map_err(|source| LoginError::File {
            verb: "find",
            path: "attuned".into(),
            source,
        })?;
        Ok(Env {
            home: dirs.home_dir().to_owned(),
            config_home: dirs.config_dir().to_owned(),
            runtime_dir: dirs
                .runtime_dir()
                .map(Path::to_owned)
                .or_else(usual_runtime_dir),
            exe: exe.canonicalize().unwrap_or(exe),
            service_tool: if cfg!(target_os = "macos") {
                "launchctl"
            } else {
                "systemctl"
            }
            .into(),
        })
    }
}

/// Where systemd keeps the runtime folder, for a shell that was not told (`su`, some ssh logins).
fn usual_runtime_dir() -> Option<PathBuf> {
    #[cfg(target_os = "linux")]
    return Some(PathBuf::from(format!(
        "/run/user/{}",
        rustix::process::getuid().as_raw()
    )))
    .filter(|dir| dir.is_dir());
    #[cfg(not(target_os = "linux"))]
    None
}

/// Makes attuned start at login, and starts it now unless `daemon_runs` already. Doing it twice changes nothing.
///
/// # Errors
/// When nothing was changed, or not all of it; [`enable`] again, or [`disable`], goes on from there.
pub fn enable(env: &Env, daemon_runs: bool) -> Result<Report, LoginError> {
    let mut report = platform::enable(env, daemon_runs)?;
    report
        .warnings
        .extend(exec::fleeting(&env.exe).map(|why| Warning::Fleeting {
            exe: env.exe.clone(),
            why,
        }));
    Ok(report)
}

/// Undoes all that [`enable`] did, and stops the daemon where a service manager started it.
///
/// # Errors
/// As [`enable`].
pub fn disable(env: &Env) -> Result<Report, LoginError> {
    platform::disable(env)
}

/// How attuned starts at login now. What cannot be read counts as not there.
#[must_use]
pub fn status(env: &Env) -> Status {
    platform::status(env)
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Wrote(path) => write!(f, "wrote {}", path.display()),
            Step::Removed(path) => write!(f, "removed {}", path.display()),
            Step::Left(path) => write!(
                f,
                "left {} as it is, because it was changed by hand",
                path.display()
            ),
            Step::Enabled(means) => write!(f, "attuned starts at login, by {means}"),
            Step::Disabled => f.write_str("attuned no longer starts at login"),
            Step::Started => f.write_str("attuned is running"),
            Step::Restarted => f.write_str("attuned was restarted"),
            Step::Stopped => f.write_str("attuned was stopped"),
        }
    }
}

impl fmt::Display for Means {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Means::Systemd => "a systemd user unit",
            Means::Autostart => "an autostart entry",
            Means::Launchd => "a launchd agent",
        })
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Fleeting { exe, why } => {
                let why = match why {
                    Fleeting::BuildFolder => {
                        "is in a build folder, which the next clean-up empties"
                    }
                    Fleeting::Temporary => "is in a folder for temporary files",
                    Fleeting::Deleted => "is no longer there",
                };
                write!(
                    f,
                    "{} {why}; install attuned where it can stay, then run `attuned enable` from there",
                    exe.display()
                )
            }
            Warning::OtherProgram {
                file,
                starts,
                exists: true,
            } => write!(
                f,
                "{} starts {}, which is another program than this one; `attuned enable` changes it to this one",
                file.display(),
                starts.display()
            ),
            Warning::OtherProgram {
                file,
                starts,
                exists: false,
            } => write!(
                f,
                "{} starts {}, which is not there; `attuned enable` changes it to this program",
                file.display(),
                starts.display()
            ),
            Warning::AlsoStartedBy(path) => {
                write!(
                    f,
                    "{} was changed by hand and starts attuned at login; remove it if you do not want that",
                    path.display()
                )
            }
            Warning::NotStarted { detail } => write!(f, "attuned did not start: {detail}"),
        }
    }
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Next::HandOver => "attuned is running already, and stays so; from the next login on it starts by itself",
            Next::LogInAgain => {
                "it starts at your next login; `attuned run` starts it now. A desktop without autostart needs \
                 `attuned run` in its own start file"
            }
        })
    }
}

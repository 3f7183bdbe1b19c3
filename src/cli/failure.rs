//! Why a command did not do what was asked, and the exit code that says so.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use super::style::Style;
use crate::daemon::store::StoreError;
use crate::schedule;
use crate::settings::edit::EditError;
use crate::source::{Diagnostic, Place, Severity, Source};

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// Something went wrong, or cannot be done. Exit code 1.
    Failed {
        /// The fact.
        error: anyhow::Error,
        /// The next step.
        hint: Option<String>,
    },
    /// What was typed is not understood. Exit code 2.
    Usage {
        /// The fact.
        message: String,
        /// The next step.
        hint: Option<String>,
    },
    /// A text on the command line is not understood, and here is where. Exit code 2.
    Misread(Box<Diagnostic>),
    /// The settings have errors. Exit code 3.
    Settings(Vec<Diagnostic>),
    /// With the change that was asked for, the settings would have these errors. Exit code 2.
    Unfit(Vec<Diagnostic>),
    /// A check found errors, and has told them. Exit code 3.
    Checked {
        /// How many.
        errors: usize,
        /// What else to know.
        hint: Option<String>,
    },
    /// Something failed, and has been told. Exit code 1.
    Told,
    /// It needs a running daemon, and there is none. Exit code 4.
    NotRunning,
    /// The output could not be written. Exit code 1, but a reader that went away is no failure: 0.
    Output(io::Error),
}

impl Failure {
    /// It cannot be done: the fact, and the next step where there is one.
    pub fn refused(message: impl fmt::Display, hint: Option<String>) -> Self {
        Self::Failed {
            error: anyhow::Error::msg(message.to_string()),
            hint,
        }
    }

    /// What was typed is not understood.
    pub fn usage(message: impl Into<String>, hint: Option<String>) -> Self {
        Self::Usage {
            message: message.into(),
            hint,
        }
    }

    /// A text on the command line, called `name` there, is not understood.
    pub fn misread(name: &str, text: &str, error: schedule::Error) -> Self {
        let source = Source::new(name, text.to_owned());
        Self::Misread(Box::new(Diagnostic {
            severity: Severity::Error,
            message: error.message,
            place: Some(Place {
                source,
                span: error.span,
            }),
            hint: error.hint,
        }))
    }

    /// Says it on standard error, and returns the exit code.
    #[must_use]
    pub fn tell(&self) -> ExitCode {
        let text = self.render(Style::stderr());
        // Where standard error is closed, the exit code alone has to say it.
        let _ = io::stderr().write_all(text.as_bytes());
        ExitCode::from(self.exit_code())
    }

    /// The fact on one line.
    #[must_use]
    pub fn one_line(&self) -> String {
        match self {
            Self::Failed { error, .. } => with_causes(error),
            Self::Usage { message, .. } => message.clone(),
            Self::Misread(found) => found.one_line(),
            Self::Settings(found) | Self::Unfit(found) => {
                found.first().map(Diagnostic::one_line).unwrap_or_default()
            }
            Self::Checked { errors, .. } => found_errors(*errors),
            Self::Told => "something failed".to_owned(),
            Self::NotRunning => "attuned is not running".to_owned(),
            Self::Output(error) => error.to_string(),
        }
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Output(_) | Self::Failed { .. } | Self::Told => 1,
            Self::Usage { .. } | Self::Misread(_) | Self::Unfit(_) => 2,
            Self::Settings(_) | Self::Checked { .. } => 3,
            Self::NotRunning => 4,
        }
    }

    fn render(&self, style: Style) -> String {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => String::new(),
            Self::Told => String::new(),
            Self::Output(error) => {
                error_and_hint(style, &format!("could not write the output: {error}"), None)
            }
            Self::Failed { error, hint } => {
                error_and_hint(style, &with_causes(error), hint.as_deref())
            }
            Self::Usage { message, hint } => error_and_hint(style, message, hint.as_deref()),
            Self::Misread(found) => format!("{}\n", found.render(style.colour)),
            Self::Settings(found) => with_findings(
                style,
                found,
                "the settings have errors, so nothing was done",
                Some("attuned check shows all of them; attuned config edit opens the file"),
            ),
            Self::Unfit(found) => with_findings(
                style,
                found,
                "with this change the settings would have errors, so nothing was written",
                None,
            ),
            Self::Checked { errors, hint } => {
                error_and_hint(style, &found_errors(*errors), hint.as_deref())
            }
            Self::NotRunning => error_and_hint(
                style,
                "attuned is not running",
                Some("attuned run starts it; attuned enable starts it at every login"),
            ),
        }
    }
}

fn found_errors(count: usize) -> String {
    match count {
        1 => "one error was found".to_owned(),
        count => format!("{count} errors were found"),
    }
}

fn error_and_hint(style: Style, fact: &str, hint: Option<&str>) -> String {
    let error = format!("{} {fact}\n", style.error("error:"));
    match hint {
        Some(hint) => format!("{error}{} {hint}\n", style.strong("hint:")),
        None => error,
    }
}

fn with_findings(style: Style, found: &[Diagnostic], fact: &str, hint: Option<&str>) -> String {
    let found = found.iter();
    found
        .map(|one| format!("{}\n\n", one.render(style.colour)))
        .chain([error_and_hint(style, fact, hint)])
        .collect()
}

/// The error with what caused it, leaving out a cause that it tells already.
fn with_causes(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let hint = match error.downcast_ref() {
            Some(StoreError::Newer { .. }) => {
                Some("use the newer attuned, or move the file away to begin a new record".into())
            }
            Some(StoreError::Full) => Some("make room on it, and try again".into()),
            _ => None,
        };
        Self::Failed { error, hint }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl From<EditError> for Failure {
    fn from(error: EditError) -> Self {
        let hint = match error {
            EditError::Broken(found) => return Self::Settings(found),
            EditError::Refused(found) => return Self::Unfit(found),
            EditError::Changed(_) => "nothing was written; try again",
            EditError::Busy => "try again in a moment",
            EditError::ReadOnly(_) => {
                "change it where it comes from, or make it yours to write: chmod u+w"
            }
            EditError::Write { .. } => "the settings are as they were",
        };
        let hint = Some(hint.to_owned());
        let error = error.into();
        Self::Failed { error, hint }
    }
}

impl From<crate::paths::PathsError> for Failure {
    fn from(error: crate::paths::PathsError) -> Self {
        anyhow::Error::from(error).into()
    }
}

/// Says a finding on standard error, with an empty line after it.
pub fn say(finding: &Diagnostic) {
    let text = finding.render(Style::stderr().colour);
    // Where standard error is closed nobody wants to know.
    let _ = writeln!(io::stderr(), "{text}\n");
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    fn plain(failure: &Failure) -> (u8, String) {
        (failure.exit_code(), failure.render(Style { colour: false }))
    }

    #[test]
    fn the_fact_its_causes_and_the_next_step() {
        let error = Err::<(), _>(io::Error::other("disk on fire"))
            .context("could not keep the pause")
            .unwrap_err();
        let failure = Failure::Failed {
            error,
            hint: Some("try again".into()),
        };
        let text = "error: could not keep the pause: disk on fire\nhint: try again\n";
        assert_eq!(plain(&failure), (1, text.into()));
    }

    #[test]
    fn a_cause_told_already_is_not_told_twice() {
        let error = crate::paths::PathsError::Folder {
            path: "/nowhere".into(),
            source: io::Error::other("no room"),
        };
        let text = "error: could not use the folder /nowhere: no room\n";
        assert_eq!(plain(&error.into()), (1, text.into()));
    }

    #[test]
    fn a_full_disk_is_told_once_with_what_helps() {
        let full = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL);
        let full = StoreError::from(rusqlite::Error::SqliteFailure(full, None));
        let failure = Failure::from(anyhow::Error::from(full).context("nothing was erased"));
        let text =
            "error: nothing was erased: the disk is full\nhint: make room on it, and try again\n";
        assert_eq!(plain(&failure), (1, text.into()));
        let broken = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_READ);
        let broken = StoreError::from(rusqlite::Error::SqliteFailure(
            broken,
            Some("disk I/O error".into()),
        ));
        let text = "error: database: disk I/O error (SQLite's code 266)\n";
        assert_eq!(plain(&broken.into()), (1, text.into()));
    }

    #[test]
    fn a_reader_that_went_away_is_no_failure() {
        let gone = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(plain(&gone), (0, String::new()));
    }
}

//! Running the service manager's tool, for a bounded time.

use std::io::Read;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use super::LoginError;
use crate::clock;

/// Longer than the unit may take to start.
const PATIENCE: Duration = Duration::from_secs(45);
const GLANCE: Duration = Duration::from_millis(10);

/// Runs `command` to its end and returns what it wrote, whether it succeeded or not; `None` where there is no such program.
///
/// What it writes must fit a pipe, 64 KiB.
pub(super) fn run(command: &mut Command) -> Result<Option<Output>, LoginError> {
    let spawned = command
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failure(command, &error)),
    };
    let begin = clock::monotonic();
    let status = loop {
        match child.try_wait().map_err(|error| failure(command, &error))? {
            Some(status) => break status,
            None if begin.elapsed() < PATIENCE => thread::sleep(GLANCE),
            None => {
                // It may have ended this moment; either way it is gone then.
                let _ = child.kill();
                let _ = child.wait();
                return Err(failure(command, &"no answer within 45 seconds"));
            }
        }
    };
    let mut output = Output {
        status,
        stdout: Vec::new(),
        stderr: Vec::new(),
    };
    let streams = [
        child
            .stdout
            .take()
            .map(|mut stream| stream.read_to_end(&mut output.stdout)),
        child
            .stderr
            .take()
            .map(|mut stream| stream.read_to_end(&mut output.stderr)),
    ];
    for read in streams.into_iter().flatten() {
        read.map_err(|error| failure(command, &error))?;
    }
    Ok(Some(output))
}

/// As [`run`], where not succeeding is an error that says what the program said.
pub(super) fn succeed(command: &mut Command) -> Result<String, LoginError> {
    match run(command)? {
        None => Err(failure(command, &"no such program")),
        Some(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Some(output) => match String::from_utf8_lossy(&output.stderr).trim() {
            "" => Err(failure(command, &output.status)),
            said => Err(failure(command, &said)),
        },
    }
}

fn failure(command: &Command, detail: &dyn std::fmt::Display) -> LoginError {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    LoginError::Command {
        command: words.join(" "),
        detail: detail.to_string(),
    }
}

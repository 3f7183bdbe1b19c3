//! Asking the running daemon, and waiting for its answer, but not for ever.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::clock;
use crate::protocol::{LONGEST_RESPONSE, LineError, Request, RequestBody, Response};

/// How long an answer may take. The daemon answers from memory.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long the answer to `now` may take, since a prompt may have to be chosen from a large library first.
const PATIENCE_FOR_A_PROMPT: Duration = Duration::from_secs(15);

/// How long may take what goes through much of the record, since the disk may be slow.
const PATIENCE_FOR_THE_DISK: Duration = Duration::from_secs(60);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// No daemon listens.
    #[error("attuned is not running")]
    NotRunning,
    /// A daemon listens and did not answer in time.
    #[error("attuned is running but did not answer in time")]
    NoAnswer,
    /// The daemon speaks another version of the protocol.
    #[error("this is attuned {}, but attuned {daemon} is running", env!("CARGO_PKG_VERSION"))]
    Version {
        /// The daemon's version of attuned.
        daemon: String,
    },
    /// The connection broke, or what came over it is no answer.
    #[error("attuned is running but could not be understood: {0}")]
    Broken(#[source] io::Error),
}

/// Asks the daemon that listens on `socket`.
///
/// The answer may be an error in itself, [`ResponseBody::Error`](crate::protocol::ResponseBody::Error).
///
/// # Errors
/// Where no answer came that could be read.
pub fn ask(socket: &Path, body: RequestBody) -> Result<Response, AskError> {
    let patience = match body {
        RequestBody::Now { .. } => PATIENCE_FOR_A_PROMPT,
        RequestBody::Restore { .. } | RequestBody::Journal(_) | RequestBody::Erase(_) => {
            PATIENCE_FOR_THE_DISK
        }
        _ => PATIENCE,
    };
    ask_within(socket, body, patience)
}

fn ask_within(socket: &Path, body: RequestBody, patience: Duration) -> Result<Response, AskError> {
    let deadline = clock::monotonic() + patience;
    let (mut stream, sent) = say(socket, body, patience)?;
    // A daemon that refuses to read on may still have said why.
    let line =
        read_line(&mut stream, deadline).map_err(|error| broken(sent.err().unwrap_or(error)))?;
    understand(&line)
}

/// Asks the daemon that listens on `socket` for how things stand, now and from now on; see [`RequestBody::Watch`]. Its
/// lines are to be read from the connection.
///
/// # Errors
/// Where it could not be asked.
pub fn watch(socket: &Path) -> Result<UnixStream, AskError> {
    let (stream, sent) = say(socket, RequestBody::Watch, PATIENCE)?;
    sent.map(|()| stream).map_err(broken)
}

/// The daemon's answer, from a line.
///
/// # Errors
/// Where it is none, or of another version of the protocol.
pub fn understand(line: &[u8]) -> Result<Response, AskError> {
    Response::from_line(line).map_err(|error| match error {
        LineError::Version { program } => AskError::Version { daemon: program },
        LineError::Garbage(error) => AskError::Broken(error.into()),
    })
}

/// Connects, and says `body`: the connection, and whether that could be said.
fn say(
    socket: &Path,
    body: RequestBody,
    patience: Duration,
) -> Result<(UnixStream, io::Result<()>), AskError> {
    let mut stream = connect(socket, patience).map_err(not_connected)?;
    stream
        .set_write_timeout(Some(patience))
        .map_err(AskError::Broken)?;
    let sent = stream.write_all(Request::new(body).to_line().as_bytes());
    Ok((stream, sent))
}

/// Connects within `patience`: where a daemon hangs and its queue is full, a plain connect waits for ever.
#[cfg(target_os = "linux")]
fn connect(socket: &Path, patience: Duration) -> io::Result<UnixStream> {
    use rustix::net::sockopt::{Timeout, set_socket_timeout};
    use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType, socket_with};

    let address = SocketAddrUnix::new(socket)?;
    let (family, kind) = (AddressFamily::UNIX, SocketType::STREAM);
    let stream = socket_with(family, kind, SocketFlags::CLOEXEC, None)?;
    set_socket_timeout(&stream, Timeout::Send, Some(patience))?;
    rustix::net::connect(&stream, &address)?;
    Ok(stream.into())
}

/// Elsewhere a full queue refuses at once.
#[cfg(not(target_os = "linux"))]
fn connect(socket: &Path, _patience: Duration) -> io::Result<UnixStream> {
    UnixStream::connect(socket)
}

/// Nothing there, or a socket that a daemon left behind.
fn not_connected(error: io::Error) -> AskError {
    match error.kind() {
        io::ErrorKind::NotFound
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::ConnectionRefused => AskError::NotRunning,
        _ => broken(error),
    }
}

fn broken(error: io::Error) -> AskError {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => AskError::NoAnswer,
        _ => AskError::Broken(error),
    }
}

/// Reads up to a line break. The time-out is for the whole line, however slowly it comes.
fn read_line(stream: &mut UnixStream, deadline: Instant) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let left = deadline.saturating_duration_since(clock::monotonic());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        let count = match stream.read(&mut chunk) {
            Ok(0) => return Err(io::Error::other("it hung up without an answer")),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (more, is_whole) = match chunk[..count].iter().position(|byte| *byte == b'\n') {
            Some(end) => (&chunk[..end], true),
            None => (&chunk[..count], false),
        };
        line.extend_from_slice(more);
        match is_whole {
            true => return Ok(line),
            false if line.len() >= LONGEST_RESPONSE => {
                return Err(io::Error::other("its answer is too long"));
            }
            false => {}
        }
    }
}

#[cfg(test)]
mod tests;

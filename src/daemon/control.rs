//! Commands from other processes of the same person, over a Unix socket.
//!
//! One connection, one request, one response ([`crate::protocol`]), or for a watcher many. Each connection is served by a
//! task of its own until its request has been read, so that a client that hangs, floods or talks nonsense costs only
//! itself.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::AbortHandle;
use tokio::time::timeout;

use crate::protocol::{LONGEST_REQUEST, Request, RequestBody, Response, ResponseBody};

/// Connections served at once; others wait in the kernel's queue. Well below the usual limit of 1024 open files.
const SLOTS: usize = 256;

/// How long a client may take to send its request. Shorter than a client's patience, so that one that queues behind hung ones
/// is still served.
const READ_LIMIT: Duration = Duration::from_secs(2);

/// The same once half of the slots are taken: a thousand clients that hang hold nobody up for longer than that patience.
const CROWDED_READ_LIMIT: Duration = Duration::from_millis(500);

/// How long a client may take to read its response.
const WRITE_LIMIT: Duration = Duration::from_secs(5);

/// How long to wait after a connection could not be accepted, which is mostly a lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// The listening socket. Dropping it takes the socket away.
#[derive(Debug)]
pub struct Control {
    path: PathBuf,
    requests: mpsc::Receiver<(RequestBody, Responder)>,
    accepting: AbortHandle,
}

/// The way back to the client that asked. Dropping it hangs up.
#[derive(Debug)]
pub struct Responder {
    stream: UnixStream,
    slot: OwnedSemaphorePermit,
}

impl Control {
    /// Listens on `socket`, in a folder that is the person's alone. A socket nobody listens on any more is replaced, which
    /// is safe only while holding the [`StateLock`](super::lock::StateLock).
    ///
    /// # Errors
    /// `AddrInUse` where somebody listens there, `AlreadyExists` where something else is in the way, and as bind(2).
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn bind(socket: &Path) -> io::Result<Control> {
        Self::bind_with(socket, READ_LIMIT)
    }

    fn bind_with(socket: &Path, read_limit: Duration) -> io::Result<Control> {
        clear_stale(socket)?;
        let listener = UnixListener::bind(socket)?;
        fs::set_permissions(socket, fs::Permissions::from_mode(0o600))?;
        let (sender, requests) = mpsc::channel(SLOTS);
        Ok(Control {
            path: socket.to_owned(),
            requests,
            accepting: tokio::spawn(accept(listener, read_limit, sender)).abort_handle(),
        })
    }

    /// The next request. Cancel-safe.
    pub async fn next(&mut self) -> (RequestBody, Responder) {
        match self.requests.recv().await {
            Some(request) => request,
            // Only a runtime that shuts down ends the accepting task before this is dropped.
            None => std::future::pending().await,
        }
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.accepting.abort();
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!("the socket could not be taken away: {error}");
        }
    }
}

fn clear_stale(socket: &Path) -> io::Result<()> {
    let found = match fs::symlink_metadata(socket) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if !found.file_type().is_socket() {
        let message = format!("{} is in the way: it is not a socket", socket.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    match net::UnixStream::connect(socket) {
        Ok(_) => {
            let message = format!("another program listens on {}", socket.display());
            Err(io::Error::new(io::ErrorKind::AddrInUse, message))
        }
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => fs::remove_file(socket),
        Err(error) => Err(error),
    }
}

async fn accept(
    listener: UnixListener,
    read_limit: Duration,
    requests: mpsc::Sender<(RequestBody, Responder)>,
) {
    let slots = Arc::new(Semaphore::new(SLOTS));
    let (mut is_failing, mut told_of_others) = (false, false);
    while let Ok(slot) = Arc::clone(&slots).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                is_failing = false;
                let client = Responder { stream, slot };
                if client.is_same_person() {
                    let is_crowded = slots.available_permits() < SLOTS / 2;
                    let crowded_limit = read_limit.min(CROWDED_READ_LIMIT);
                    let limit = if is_crowded {
                        crowded_limit
                    } else {
                        read_limit
                    };
                    tokio::spawn(serve(client, limit, requests.clone()));
                } else if !told_of_others {
                    told_of_others = true;
                    tracing::warn!("a command of another person was turned away");
                }
            }
            Err(error) => {
                if !is_failing {
                    tracing::warn!("a command could not be heard: {error}");
                }
                is_failing = true;
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn serve(
    mut client: Responder,
    read_limit: Duration,
    requests: mpsc::Sender<(RequestBody, Responder)>,
) {
    let refusal = match timeout(read_limit, client.read_line()).await {
        Err(_) => refusal("no whole request came in time"),
        Ok(Err(error)) => return tracing::debug!("a client went away: {error}"),
        Ok(Ok(line)) if line.is_empty() => return,
        Ok(Ok(line)) if line.len() > LONGEST_REQUEST => refusal("the request is too long"),
        Ok(Ok(line)) => match Request::from_line(&line) {
            Ok(request) => {
                // A daemon on its way out hangs up.
                let _ = requests.send((request.body, client)).await;
                return;
            }
            Err(error) => error.into(),
        },
    };
    client.send(refusal);
}

/// That it cannot be done, without a hint.
pub(super) fn refusal(message: &str) -> ResponseBody {
    ResponseBody::Error {
        message: message.into(),
        hint: None,
    }
}

impl Responder {
    /// Answers, and hangs up. What fits into the socket's buffer, which is nearly always all, is written before this
    /// returns; the rest goes out within a few seconds, or not at all.
    pub fn send(self, body: ResponseBody) {
        let line = Response::new(body).to_line();
        if let Err(error) = self.write(line) {
            tracing::debug!("a client did not wait for its answer: {error}");
        }
    }

    /// The connection itself, for as long as it likes: its slot is free for commands again.
    pub(super) fn into_stream(self) -> UnixStream {
        self.stream
    }

    fn write(self, line: String) -> io::Result<()> {
        let mut stream = self.stream.into_std()?;
        let written = match stream.write(line.as_bytes()) {
            Ok(written) => written,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
            Err(error) => return Err(error),
        };
        if written < line.len() {
            let stream = UnixStream::from_std(stream)?;
            tokio::spawn(write_rest(stream, line.into_bytes(), written, self.slot));
        }
        Ok(())
    }

    /// Up to a line break, the end, or just beyond the longest request.
    async fn read_line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let most = LONGEST_REQUEST as u64 + 1;
        BufReader::new((&mut self.stream).take(most))
            .read_until(b'\n', &mut line)
            .await?;
        Ok(line)
    }

    /// The socket's mode and folder keep others out; this is the second lock on the door.
    fn is_same_person(&self) -> bool {
        let own = rustix::process::geteuid().as_raw();
        self.stream.peer_cred().is_ok_and(|peer| peer.uid() == own)
    }
}

async fn write_rest(
    mut stream: UnixStream,
    line: Vec<u8>,
    written: usize,
    _slot: OwnedSemaphorePermit,
) {
    let rest = stream.write_all(&line[written..]);
    if !matches!(timeout(WRITE_LIMIT, rest).await, Ok(Ok(()))) {
        tracing::debug!("a client did not wait for the end of its answer");
    }
}

#[cfg(test)]
mod tests;

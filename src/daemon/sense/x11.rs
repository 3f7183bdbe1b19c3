//! A connection to the X server, watched from a thread of its own.
//!
//! Answers are waited for there, so that a server that hangs holds up nothing else. The thread sleeps in the kernel
//! between two events, and ends with its connection.

use std::convert::Infallible;
use std::fmt;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;
use x11rb::connection::{Connection, RequestConnection};
use x11rb::protocol::xfixes::{ClientDisconnectFlags, ConnectionExt as _, X11_EXTENSION_NAME};
use x11rb::protocol::xproto::Window;
use x11rb::rust_connection::{DefaultStream, RustConnection};

use super::Failure;
use display::Display;

mod authority;
mod display;

/// How long the server may take to let this in.
const PATIENCE: Duration = Duration::from_secs(5);

/// The first version of XFIXES that knows clients which may be left.
const LEAVABLE: u32 = 6;

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// As `DISPLAY` has it.
    pub(super) display: String,
    /// The file with the cookies that let one in.
    pub(super) authority: Option<PathBuf>,
}

/// A connection, for the thread that watches it.
pub(super) struct Server<T> {
    pub(super) connection: RustConnection,
    pub(super) root: Window,
    told: UnboundedSender<Result<T, Failure>>,
}

/// What the thread tells. The thread ends when this is dropped.
#[derive(Debug)]
pub(super) struct Watcher<T> {
    told: UnboundedReceiver<Result<T, Failure>>,
    socket: UnixStream,
}

impl<T> Drop for Watcher<T> {
    fn drop(&mut self) {
        // One that is closed already needs no end.
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}

impl<T: Send + 'static> Watcher<T> {
    /// Connects, and has `watch` run on the connection.
    pub(super) async fn start<W>(address: &Address, watch: W) -> Result<Self, Failure>
    where
        W: FnOnce(&Server<T>) -> Result<Infallible, Failure> + Send + 'static,
    {
        let Display {
            socket,
            number,
            screen,
        } = Display::parse(&address.display)?;
        let socket = reach(&socket).await?;
        let authority = address.authority.as_deref();
        let cookie = authority.and_then(|file| authority::cookie(file, number));
        let (tell, told) = unbounded_channel();
        let watcher = Self {
            told,
            socket: socket.try_clone().map_err(lost)?,
        };
        let run = move || {
            let Err(why) = watched(socket, screen, cookie, tell.clone(), watch);
            // The watcher may have gone.
            let _ = tell.send(Err(why));
        };
        let thread = thread::Builder::new().name("x11".to_owned());
        thread.spawn(run).map_err(lost)?;
        Ok(watcher)
    }

    /// What is told first, in time.
    pub(super) async fn first(&mut self) -> Result<T, Failure> {
        let silent = |_| "the X server does not answer".to_owned();
        timeout(PATIENCE, self.next()).await.map_err(silent)?
    }

    /// What is told next. Cancel-safe.
    pub(super) async fn next(&mut self) -> Result<T, Failure> {
        let told = self.told.recv().await;
        told.unwrap_or_else(|| Err("the X server is no longer watched".to_owned()))
    }
}

impl<T> Server<T> {
    pub(super) fn tell(&self, what: T) {
        // The watcher may have gone.
        let _ = self.told.send(Ok(what));
    }
}

async fn reach(socket: &Path) -> Result<UnixStream, Failure> {
    let connecting = timeout(PATIENCE, tokio::net::UnixStream::connect(socket)).await;
    let stream = connecting.map_err(|_| "the X server does not answer".to_owned())?;
    stream
        .and_then(tokio::net::UnixStream::into_std)
        .map_err(|error| format!("the X server cannot be reached: {error}"))
}

/// What any error on the connection comes to.
pub(super) fn lost(error: impl fmt::Display) -> Failure {
    format!("the X server cannot be followed: {error}")
}

fn watched<T>(
    socket: UnixStream,
    screen: usize,
    cookie: Option<Vec<u8>>,
    told: UnboundedSender<Result<T, Failure>>,
    watch: impl FnOnce(&Server<T>) -> Result<Infallible, Failure>,
) -> Result<Infallible, Failure> {
    let (stream, _) = DefaultStream::from_unix_stream(socket).map_err(lost)?;
    let (way, cookie) = cookie.map_or_else(Default::default, |cookie| (authority::way(), cookie));
    let connection = RustConnection::connect_to_stream_with_auth_info(stream, screen, way, cookie)
        .map_err(lost)?;
    let root = connection.setup().roots[screen].root;
    let server = Server {
        connection,
        root,
        told,
    };
    server.may_be_left()?;
    watch(&server)
}

impl<T> Server<T> {
    /// A server that ends after its last client, as a compositor's own does, need not wait for this one.
    fn may_be_left(&self) -> Result<(), Failure> {
        let connection = &self.connection;
        let is_there = connection.extension_information(X11_EXTENSION_NAME);
        if is_there.map_err(lost)?.is_none() {
            return Ok(());
        }
        let version = connection.xfixes_query_version(LEAVABLE, 0).map_err(lost)?;
        if version.reply().map_err(lost)?.major_version >= LEAVABLE {
            let mode = ClientDisconnectFlags::TERMINATE;
            let set = connection.xfixes_set_client_disconnect_mode(mode);
            set.map_err(lost)?.check().map_err(lost)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) mod xvfb;

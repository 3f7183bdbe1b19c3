//! inotify(7) for tokio.

use std::ffi::{OsStr, OsString};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::inotify::{self, CreateFlags, Reader, WatchFlags};
use rustix::io::Errno;
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::daemon::descriptor::readable;

/// One instance, with its watches.
#[derive(Debug)]
pub(in crate::daemon) struct Inotify {
    fd: AsyncFd<OwnedFd>,
}

/// Something happened in a watched folder, or to it where there is no name.
#[derive(Debug)]
pub(in crate::daemon) struct Event {
    pub(in crate::daemon) watch: i32,
    pub(in crate::daemon) name: Option<OsString>,
}

impl Inotify {
    pub(in crate::daemon) fn new() -> io::Result<Inotify> {
        let fd = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        Ok(Inotify { fd: readable(fd)? })
    }

    pub(in crate::daemon) fn add(&self, folder: &Path, wanted: WatchFlags) -> Result<i32, Errno> {
        inotify::add_watch(&self.fd, folder, wanted)
    }

    /// Waits for events and takes all that are there. Safe to drop and call again.
    pub(in crate::daemon) async fn events(&self) -> io::Result<Vec<Event>> {
        self.fd
            .async_io(Interest::READABLE, |fd| match take_all(fd)? {
                events if events.is_empty() => Err(io::ErrorKind::WouldBlock.into()),
                events => Ok(events),
            })
            .await
    }

    /// The events that are there now.
    pub(in crate::daemon) fn pending(&self) -> io::Result<Vec<Event>> {
        take_all(self.fd.get_ref())
    }
}

fn take_all(fd: &OwnedFd) -> io::Result<Vec<Event>> {
    let mut buffer = [MaybeUninit::uninit(); 4096];
    let mut reader = Reader::new(fd, &mut buffer);
    let mut events = Vec::new();
    loop {
        match reader.next() {
            Ok(event) => events.push(Event {
                watch: event.wd(),
                name: event
                    .file_name()
                    .map(|name| OsStr::from_bytes(name.to_bytes()).to_owned()),
            }),
            Err(Errno::AGAIN) => return Ok(events),
            Err(Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
}

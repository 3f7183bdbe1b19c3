//! File descriptors for tokio to wait on.

use std::io;
use std::os::fd::OwnedFd;

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// Registers a non-blocking descriptor with the tokio runtime of this thread, for reading.
///
/// # Errors
/// When the kernel cannot watch it.
#[allow(
    deprecated,
    reason = "deprecated for types that could close their descriptor early, which an OwnedFd cannot; its successor is unsafe"
)]
pub(super) fn readable(fd: OwnedFd) -> io::Result<AsyncFd<OwnedFd>> {
    AsyncFd::with_interest(fd, Interest::READABLE)
}

//! What the tests share: a session bus of their own, and a notification server that does as it is told.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod bus;
pub mod home;
pub mod server;

use std::time::{Duration, Instant};

/// How long a test waits for what must happen. Reached only when a test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for something that only looking can tell.
#[expect(clippy::disallowed_methods, reason = "a test's deadline is real time")]
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

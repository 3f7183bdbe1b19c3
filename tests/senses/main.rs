//! What the daemon hears of a desktop that is a stand-in, on buses of their own.
#![cfg(target_os = "linux")]

mod do_not_disturb;
mod probe;
mod session;
#[path = "../support/mod.rs"]
mod support;

use std::process::Command;

use support::bus::Bus;
use support::home::{Daemon, Home};
use support::stand_in::StandIn;
use support::wait_until;
use zbus::Variant;

/// A person's home, with a session bus and the machine's, and the daemon in it.
struct Listener {
    home: Home,
    _daemon: Daemon,
}

impl Listener {
    /// Starts the daemon in a home, with what the test changes about its command.
    fn start(home: Home, change: impl FnOnce(&mut Command)) -> Self {
        let mut command = home.command(&["run"]);
        change(&mut command);
        Self {
            _daemon: home.daemon_of(command),
            home,
        }
    }

    /// Waits until a source says this: the name of a reading.
    fn hears(&self, source: &str, reading: &str) {
        wait_until(&format!("{source} is {reading}"), || {
            self.home.reads(source) == reading
        });
    }
}

//! An X server without a screen, for tests.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::Address;
use crate::daemon::sense::hearing::are_installed;

/// The server. It ends with the value.
pub(in crate::daemon::sense) struct Xvfb {
    server: Child,
    display: String,
}

impl Xvfb {
    /// A server that stays without clients; none where it is not installed.
    pub(in crate::daemon::sense) fn start() -> Option<Self> {
        Self::start_with(&["-noreset"])
    }

    pub(in crate::daemon::sense) fn start_with(options: &[&str]) -> Option<Self> {
        if !are_installed(&["Xvfb", "xdotool"]) {
            return None;
        }
        let server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "640x480x24",
                "-nolisten",
                "tcp",
            ])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut server = server.expect("it is installed");
        let mut number = String::new();
        BufReader::new(server.stdout.take().expect("its output is piped"))
            .read_line(&mut number)
            .expect("the server tells its number");
        let display = format!(":{}", number.trim());
        Some(Self { server, display })
    }

    pub(in crate::daemon::sense) fn address(&self) -> Address {
        Address {
            display: self.display.clone(),
            authority: None,
        }
    }

    /// Moves the pointer there, as a hand does.
    pub(in crate::daemon::sense) fn move_pointer(&self, x: u16, y: u16) {
        let moved = Command::new("xdotool")
            .args(["mousemove", &x.to_string(), &y.to_string()])
            .env("DISPLAY", &self.display)
            .status();
        assert!(moved.expect("it is installed").success());
    }
}

impl Drop for Xvfb {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

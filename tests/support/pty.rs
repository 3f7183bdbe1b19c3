//! A terminal, and a program on it: what a person would type, and what they would see.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

use super::wait_until;

/// A program on a terminal of its own. It ends with the value.
pub struct Pty {
    master: File,
    /// Held open, so that the terminal's modes can be asked for when the program has ended.
    terminal: File,
    child: Child,
    seen: Arc<Mutex<Vec<u8>>>,
}

impl Pty {
    /// Starts a program on a terminal of this size, which controls it.
    pub fn start(command: &Command, columns: u16, rows: u16) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a new terminal");
        grantpt(&master).expect("it is ours");
        unlockpt(&master).expect("it is ours");
        let name = ptsname(&master, Vec::new()).expect("it has a name");
        let path = std::ffi::OsStr::from_bytes(name.as_bytes());
        // Not as this program's own controlling terminal: it has none to lose, or another one.
        let terminal = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(0o400)
            .open(path)
            .expect("it can be opened");
        let master = File::from(master);
        resize(&master, columns, rows);
        let end = || Stdio::from(terminal.try_clone().expect("a copy"));
        let mut on_it = Command::new("setsid");
        on_it
            .args(["--ctty", "--wait"])
            .arg(command.get_program())
            .args(command.get_args())
            .env_clear()
            .env("TERM", "xterm")
            .envs(
                command
                    .get_envs()
                    .filter_map(|(key, value)| Some((key, value?))),
            )
            .stdin(end())
            .stdout(end())
            .stderr(end());
        let path = std::env::var_os("PATH").expect("tests have a path");
        on_it.env("PATH", path);
        let child = on_it
            .spawn()
            .expect("setsid is installed (Debian: util-linux)");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (mut from, to) = (master.try_clone().expect("a copy"), Arc::clone(&seen));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = from.read(&mut bytes) {
                to.lock().expect("no reader panics").extend(&bytes[..count]);
            }
        });
        Self {
            master,
            terminal,
            child,
            seen,
        }
    }

    /// Types on the keyboard.
    pub fn types(&mut self, keys: &str) {
        self.master
            .write_all(keys.as_bytes())
            .expect("the terminal is there");
    }

    /// Everything that was written to it so far.
    pub fn seen(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().expect("no reader panics")).into_owned()
    }

    /// Waits until this was written since the last time; what was seen before is then gone.
    pub fn shows(&self, text: &str) {
        let mut found = false;
        wait_until_or(
            text,
            || self.seen(),
            || {
                let mut seen = self.seen.lock().expect("no reader panics");
                let place = String::from_utf8_lossy(&seen).find(text);
                if let Some(place) = place {
                    let end = (place + text.len()).min(seen.len());
                    seen.drain(..end);
                    found = true;
                }
                found
            },
        );
    }

    /// Gives the window another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        resize(&self.master, columns, rows);
    }

    /// Whether what is typed goes line by line, echoed: as a shell leaves it.
    pub fn is_as_found(&self) -> bool {
        let modes = tcgetattr(&self.terminal)
            .expect("it is a terminal")
            .local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// The program's process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends the program a signal.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(status.expect("kill is installed").success());
    }

    /// Waits for the program's end.
    pub fn ends(&mut self) -> ExitStatus {
        let mut ended = None;
        let seen = Arc::clone(&self.seen);
        let child = &mut self.child;
        wait_until_or(
            "its end",
            || String::from_utf8_lossy(&seen.lock().expect("no reader panics")).into_owned(),
            || {
                ended = child.try_wait().expect("it is our child");
                ended.is_some()
            },
        );
        ended.expect("it ended")
    }
}

fn wait_until_or(what: &str, seen: impl Fn() -> String, holds: impl FnMut() -> bool) {
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| wait_until(what, holds)));
    assert!(
        failed.is_ok(),
        "waited for {what:?}; seen since: {:?}",
        seen()
    );
}

fn resize(master: &File, columns: u16, rows: u16) {
    let size = Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(master, size).expect("a terminal has a size");
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

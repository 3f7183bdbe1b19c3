//! A desktop session: a bus, folders of its own, and the programs that run in it.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use crate::Server;
use crate::support::bus::Bus;

/// The session. Its screen is added to `environment`.
pub struct Session {
    folder: TempDir,
    pub bus: Bus,
    environment: Vec<(&'static str, String)>,
}

impl Session {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["config", "run"] {
            fs::create_dir(folder.path().join(name)).expect("a new folder");
        }
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder.path().join("run"), private).expect("a folder of ours");
        Self {
            folder,
            bus: Bus::start(),
            environment: Vec::new(),
        }
    }

    /// Sets a variable for everything that is started from now on.
    pub fn set(&mut self, name: &'static str, value: String) {
        self.environment.push((name, value));
    }

    /// What was set.
    pub fn get(&self, name: &str) -> &str {
        let set = self.environment.iter().find(|(one, _)| *one == name);
        &set.expect("it was set").1
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file with its folder, and tells where it is.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.path(name);
        fs::create_dir_all(file.parent().expect("it is in the session's folder"))
            .expect("a folder");
        fs::write(&file, text).expect("a file of ours");
        file
    }

    /// A program that knows of this session and of nothing else.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("LANG", "C.UTF-8")
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
            .env("NO_AT_BRIDGE", "1")
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Starts a program that stays.
    pub fn start(&self, program: impl AsRef<OsStr>) -> Process {
        Process::from(&mut self.command(program))
    }

    /// Runs a program to its end.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = self.command(program);
        command.args(arguments).stdout(Stdio::piped());
        command.output().expect("it is installed")
    }

    /// What a program prints.
    pub fn prints(&self, program: &str, arguments: &[&str]) -> String {
        String::from_utf8_lossy(&self.run(program, arguments).stdout).into_owned()
    }
}

/// A running program. It ends with the value, also when a test panics.
pub struct Process(pub Child);

impl From<&mut Command> for Process {
    fn from(command: &mut Command) -> Self {
        Self(command.spawn().expect("it is installed"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether all that a server needs is installed. With `CI` set it has to be.
pub fn is_there<S: Server>() -> bool {
    is_there_all(S::NAME, S::NEEDS)
}

/// Whether all of these are installed, for the test on `name`.
pub fn is_there_all(name: &str, needs: &[&str]) -> bool {
    let missing: Vec<_> = needs
        .iter()
        .filter(|program| !is_installed(program))
        .collect();
    if missing.is_empty() {
        return true;
    }
    let what = format!("the test on {name} needs {missing:?}; scripts/test installs them");
    assert!(std::env::var_os("CI").is_none(), "{what}");
    eprintln!("SKIPPED: {what}");
    false
}

/// A program in `PATH`, or a file.
fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    Path::new(program).is_absolute() && Path::new(program).exists()
        || std::env::split_paths(&path).any(|folder| folder.join(program).exists())
}

//! A temporary home, and the real program in it.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use attuned::daemon::store::Store;
use attuned::engine::Record;
use attuned::journal::Entry;
use jiff::Timestamp;
use tempfile::TempDir;

use super::{PATIENCE, wait_until};

/// A person's home with folders of its own and nothing in them.
pub struct Home {
    folder: TempDir,
    bus: String,
}

impl Home {
    /// A home on the bus at `address`.
    pub fn new(address: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["home", "run"] {
            fs::create_dir(folder.path().join(name)).expect("a new folder");
        }
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder.path().join("run"), private).expect("a folder of ours");
        Self {
            folder,
            bus: address.to_owned(),
        }
    }

    /// A home without a session bus.
    pub fn without_bus() -> Self {
        let mut home = Self::new("");
        home.bus = format!("unix:path={}", home.path("run/no-bus").display());
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn config_file(&self) -> PathBuf {
        self.path("home/.config/attuned/config.toml")
    }

    pub fn database(&self) -> PathBuf {
        self.path("home/.local/state/attuned/attuned.db")
    }

    pub fn socket(&self) -> PathBuf {
        self.path("run/attuned/control.sock")
    }

    /// Writes the person's settings, as editors do: aside, then renamed over.
    pub fn write_config(&self, text: &str) {
        let file = self.config_file();
        fs::create_dir_all(file.parent().expect("it has a folder")).expect("a folder");
        let aside = file.with_extension("toml~");
        fs::write(&aside, text).expect("the settings can be written");
        fs::rename(aside, file).expect("the settings can be put in place");
    }

    /// The program with this home as its whole world.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attuned"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.path("home"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("XDG_CONFIG_DIRS", self.path("etc"))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("TZ", "Europe/Berlin")
            .env("PATH", self.path("bin"))
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments)
            .output()
            .expect("the program starts")
    }

    /// What a command prints, which has to succeed.
    pub fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?} failed: {errors}");
        String::from_utf8(output.stdout).expect("the program prints UTF-8")
    }

    /// `attuned status --json` of the running daemon.
    pub fn status(&self) -> serde_json::Value {
        serde_json::from_str(&self.prints(&["status", "--json"])).expect("it is JSON")
    }

    /// Starts the daemon and waits until it listens.
    pub fn daemon(&self, arguments: &[&str]) -> Daemon {
        self.daemon_of(self.command(&[&["run"], arguments].concat()))
    }

    /// Starts the daemon by a command of the test's own, and waits until it listens.
    pub fn daemon_of(&self, command: Command) -> Daemon {
        let daemon = self.start(command);
        wait_until("the daemon listens", || self.is_heard());
        daemon
    }

    /// Starts the daemon by a command of the test's own.
    pub fn start(&self, mut command: Command) -> Daemon {
        let out = fs::File::create(self.path("stdout")).expect("a file");
        let err = fs::File::create(self.path("stderr")).expect("a file");
        let child = command.stdout(out).stderr(err).spawn();
        Daemon {
            child: child.expect("the program starts"),
        }
    }

    /// Whether a daemon answers.
    pub fn is_heard(&self) -> bool {
        self.ask(r#""status""#).is_some()
    }

    /// The answer's body to a request's, straight over the socket; none where there is none.
    pub fn ask(&self, body: &str) -> Option<serde_json::Value> {
        let mut stream = UnixStream::connect(self.socket()).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let version = env!("CARGO_PKG_VERSION");
        let line = format!("{{\"version\":1,\"program\":\"{version}\",\"body\":{body}}}\n");
        stream.write_all(line.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let message: serde_json::Value = serde_json::from_str(&answer).ok()?;
        Some(message["body"].clone())
    }

    /// What a source of busy time said last to the running daemon; null where it has not spoken.
    pub fn reading(&self, source: &str) -> serde_json::Value {
        let mut status = self.ask(r#""status""#).expect("a daemon answers");
        status["status"]["overview"]["senses"][source]["reading"].take()
    }

    /// The name of that reading, without what it holds.
    pub fn reads(&self, source: &str) -> String {
        let reading = self.reading(source);
        let inner = reading.as_object().and_then(|object| object.keys().next());
        let name = reading.as_str().or(inner.map(String::as_str));
        name.unwrap_or_default().to_owned()
    }

    /// Everything on record, in the order in which it was due.
    pub fn records(&self) -> Vec<Record> {
        records(&self.database())
    }

    /// Everything in the journal.
    pub fn entries(&self) -> Vec<Entry> {
        let store = Store::open_read_only(&self.database()).expect("the journal can be read");
        let all = store.map(|store| store.entries(Timestamp::UNIX_EPOCH, Timestamp::MAX));
        all.expect("there is one").expect("the journal can be read")
    }

    /// What the daemon has printed so far.
    pub fn stdout(&self) -> String {
        fs::read_to_string(self.path("stdout")).expect("the daemon was started")
    }

    /// What the daemon has logged so far.
    pub fn stderr(&self) -> String {
        fs::read_to_string(self.path("stderr")).expect("the daemon was started")
    }
}

/// Everything on record in this database, in the order in which it was due.
pub fn records(database: &Path) -> Vec<Record> {
    let store = Store::open_read_only(database).expect("the record can be read");
    let store = store.expect("there is a record");
    store
        .between(Timestamp::UNIX_EPOCH, Timestamp::MAX)
        .expect("the record can be read")
}

/// A running daemon. It ends with the value.
pub struct Daemon {
    child: Child,
}

impl From<Child> for Daemon {
    fn from(child: Child) -> Self {
        Self { child }
    }
}

impl Daemon {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(status.expect("kill is installed").success());
    }

    /// Waits for its end and tells the exit code; none when a signal ended it.
    pub fn wait(&mut self) -> Option<i32> {
        let mut code = None;
        wait_until("the daemon ends", || {
            match self.child.try_wait().expect("it is our child") {
                Some(status) => {
                    code = Some(status.code());
                    true
                }
                None => false,
            }
        });
        code.expect("it ended")
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("it is our child").is_none()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How long things may take; see [`PATIENCE`].
pub const AT_MOST: std::time::Duration = PATIENCE;

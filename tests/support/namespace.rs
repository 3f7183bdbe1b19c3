//! The program in a mount namespace of its own, where the test decides what the disk is like.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use attuned::engine::Record;

use super::home::{Daemon, Home};

const SYSTEM_PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";

/// Whether the kernel grants such a namespace, to root or to anybody.
pub fn is_granted() -> bool {
    unshare()
        .arg("true")
        .env("PATH", SYSTEM_PATH)
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn unshare() -> Command {
    let mut command = Command::new("/usr/bin/unshare");
    command.args(["--user", "--map-current-user", "--keep-caps", "--mount"]);
    command
}

/// `attuned run` in a new namespace, after `mounts`, a shell script whose `$1` is the state folder. The folder is made
/// first. The process is the daemon's own.
pub fn run(home: &Home, mounts: &str) -> Command {
    let state = state_folder(home);
    std::fs::create_dir_all(&state).expect("a folder");
    let attuned = home.command(&["run"]);
    let script = format!("set -e\n{mounts}\nshift; exec \"$@\"");
    let mut command = unshare();
    command.args(["/bin/sh", "-c", &script, "sh"]).arg(state);
    command.arg(attuned.get_program()).args(attuned.get_args());
    surround(&mut command, &attuned);
    command
}

/// A shell script's output inside the daemon's namespace; `$1` is the state folder.
pub fn inside(home: &Home, daemon: &Daemon, script: &str) -> Output {
    let mut command = enter(daemon);
    command.args(["/bin/sh", "-ec", script, "sh"]);
    command.arg(state_folder(home));
    command.env("PATH", SYSTEM_PATH);
    let output = command.output().expect("nsenter is installed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {errors}");
    output
}

/// What is on record inside the daemon's namespace. SQLite would take the way there for the same path outside, so this
/// reads a copy, made while the daemon holds still.
pub fn records(home: &Home, daemon: &Daemon) -> Vec<Record> {
    let database = home.database();
    let inside = PathBuf::from(format!("/proc/{}/root", daemon.id()));
    let copy = home.path("copy.db");
    daemon.signal("STOP");
    for suffix in ["", "-wal"] {
        let with_suffix = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
        let original = with_suffix(&database);
        let below_root = original.strip_prefix("/").expect("it is absolute");
        // The log is there only once something was written.
        let _ = std::fs::copy(inside.join(below_root), with_suffix(&copy));
    }
    daemon.signal("CONT");
    super::home::records(&copy)
}

/// What `attuned` prints inside the daemon's namespace.
pub fn attuned(home: &Home, daemon: &Daemon, arguments: &[&str]) -> String {
    let attuned = home.command(arguments);
    let mut command = enter(daemon);
    command.arg(attuned.get_program()).args(attuned.get_args());
    surround(&mut command, &attuned);
    let output = command.output().expect("nsenter is installed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

fn enter(daemon: &Daemon) -> Command {
    let mut command = Command::new("/usr/bin/nsenter");
    let target = daemon.id().to_string();
    command.args(["--target", &target, "--user", "--mount"]);
    command.arg("--preserve-credentials");
    command
}

fn surround(command: &mut Command, attuned: &Command) {
    let surroundings = attuned.get_envs();
    command
        .env_clear()
        .envs(surroundings.filter_map(|(key, value)| Some((key, value?))))
        .env("PATH", SYSTEM_PATH)
        .stdin(Stdio::null());
}

fn state_folder(home: &Home) -> PathBuf {
    home.path("home/.local/state/attuned")
}

//! Starting where things are missing, and starting all at once.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::process::Command;

use super::support::home::Daemon;
use super::support::{skip, wait_until};
use super::*;

#[test]
fn of_ten_started_at_once_one_runs_and_the_others_say_so() {
    let (_bus, _server, home) = desk(QUIET);
    for round in 0..5 {
        let mut started: Vec<Daemon> = (0..10)
            .map(|index| {
                let mut command = home.command(&["run"]);
                let err = fs::File::create(home.path(&format!("err-{index}"))).unwrap();
                Daemon::from(command.stderr(err).spawn().unwrap())
            })
            .collect();
        wait_until("nine have ended", || {
            started
                .iter_mut()
                .map(Daemon::is_running)
                .filter(|runs| *runs)
                .count()
                <= 1
        });
        wait_until("one answers", || home.is_heard());
        let running = home.status()["pid"].as_u64().unwrap();
        let mut runs = 0;
        for (index, one) in started.iter_mut().enumerate() {
            if one.is_running() {
                runs += 1;
                assert_eq!(u64::from(one.id()), running);
                continue;
            }
            assert_eq!(one.wait(), Some(1));
            let errors = fs::read_to_string(home.path(&format!("err-{index}"))).unwrap();
            assert!(
                errors.contains("attuned is already running"),
                "{round}: {errors}"
            );
            assert!(errors.contains("attuned status"), "{round}: {errors}");
        }
        assert_eq!(runs, 1, "round {round}");
        home.prints(&["stop"]);
    }
}

#[test]
fn without_a_home_it_says_what_is_missing() {
    if !rustix::process::geteuid().is_root() {
        return skip("a person without a home needs root");
    }
    let home = Home::without_bus();
    fs::set_permissions(home.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    for arguments in [["run"].as_slice(), &["status"], &["pause", "2h"], &[]] {
        let mut command = nobody(&home);
        let output = command.args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.contains("no home folder: set HOME"),
            "{arguments:?}: {errors}"
        );
    }
}

/// The program for somebody the system does not know, with an empty environment. Only root can be them.
fn nobody(home: &Home) -> Command {
    let copy = home.path("attuned");
    if !copy.exists() {
        // Where it was built need not be open to others.
        fs::copy(home.command(&[]).get_program(), &copy).unwrap();
    }
    let mut command = Command::new("/usr/bin/setpriv");
    command.args(["--reuid=54321", "--regid=54321", "--clear-groups", "--"]);
    command.arg(copy).env_clear();
    command
}

#[test]
fn without_a_runtime_folder_the_state_folder_stands_in() {
    let (_bus, server, home) = desk(QUIET);
    let attuned = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        command.env_remove("XDG_RUNTIME_DIR");
        command
    };
    let socket = home.path("home/.local/state/attuned/run/control.sock");
    let mut daemon = home.start(attuned(&["run", "--greet"]));
    server.notify(0);
    wait_until("it listens", || socket.exists());
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(socket.parent().unwrap()), 0o700);
    assert_eq!(mode(&socket), 0o600);
    let output = attuned(&["status", "--json"]).output().unwrap();
    let status: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(status["running"], true);
    let second = attuned(&["run"]).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(attuned(&["stop"]).output().unwrap().status.success());
    assert_eq!(daemon.wait(), Some(0));
}

#[test]
fn a_runtime_folder_that_is_not_there_is_named() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    fs::write(home.path("gone"), "").unwrap();
    let mut command = home.command(&["run"]);
    command.env("XDG_RUNTIME_DIR", home.path("gone"));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("gone/attuned"), "the folder: {errors}");
}

#[test]
fn a_state_folder_that_may_not_be_written_stops_no_prompt() {
    if !rustix::process::geteuid().is_root() {
        return skip("a state folder of another person's needs root");
    }
    let (_bus, _server, home) = desk(QUIET);
    // Everything belongs to somebody else but the state folder, which is root's.
    let state = home.path("home/.local/state/attuned");
    fs::create_dir_all(&state).unwrap();
    for path in ["", "home", "home/.config", "home/.config/attuned", "run"] {
        chown(home.path(path), Some(54321), Some(54321)).unwrap();
    }
    chown(home.config_file(), Some(54321), Some(54321)).unwrap();
    fs::set_permissions(&state, fs::Permissions::from_mode(0o755)).unwrap();
    let own = home.command(&["run"]);
    let mut command = nobody(&home);
    command.arg("run");
    command.envs(
        own.get_envs()
            .filter_map(|(key, value)| Some((key, value?))),
    );
    let _daemon = home.start(command);
    // The bus belongs to root, so there is none for this person; on no terminal the prompt waits.
    wait_until("it says so", || {
        logged(&home, "the record cannot be written") == 1
    });
    assert!(
        home.stderr().contains("Permission denied"),
        "{}",
        home.stderr()
    );
    wait_until("it runs", || home.socket().exists());
}

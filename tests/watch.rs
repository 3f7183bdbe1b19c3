//! `attuned watch` on the real program: a line for every change of how things stand, and for nothing else.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use support::bus::Bus;
use support::home::{Daemon, Home};
use support::server::{Identity, Server};
use support::{PATIENCE, switches, wait_until};

/// A reminder that is far from due, so that nothing comes by itself.
const QUIET: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

/// Long enough for a line that should not come.
const A_WHILE: Duration = Duration::from_millis(700);

/// As many watchers as the daemon serves at once.
const MOST: usize = 64;

/// `attuned watch`, read line by line.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(home: &Home, arguments: &[&str]) -> Self {
        let mut command = home.command(&[&["watch"], arguments].concat());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = lines_of(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// The next line, which has to come.
    #[track_caller]
    fn line(&self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("a line comes");
        serde_json::from_str(&line).expect("each line is JSON")
    }

    #[track_caller]
    fn says_nothing(&self) {
        assert_eq!(
            self.lines.recv_timeout(A_WHILE),
            Err(RecvTimeoutError::Timeout)
        );
    }

    /// Its exit code; none when a signal ended it.
    fn wait(&mut self) -> Option<i32> {
        let mut code = None;
        wait_until("it ends", || {
            let ended = self.child.try_wait().unwrap();
            code = ended.and_then(|status| status.code());
            ended.is_some()
        });
        code
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines_of(stdout: ChildStdout) -> Receiver<String> {
    let (sender, lines) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

fn desk() -> (Bus, Server, Home) {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = Home::new(&bus.address());
    home.write_config(QUIET);
    (bus, server, home)
}

/// A home whose daemon runs, without a desktop.
fn alone() -> (Home, Daemon) {
    let home = Home::without_bus();
    home.write_config(QUIET);
    let daemon = home.daemon(&[]);
    (home, daemon)
}

fn pauses(line: &Value) -> usize {
    line["overview"]["pauses"].as_array().unwrap().len()
}

/// A connection over which `body` was said.
fn connection(home: &Home, body: &str) -> UnixStream {
    let mut stream = UnixStream::connect(home.socket()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    writeln!(
        stream,
        r#"{{"version":1,"program":"{version}","body":{body}}}"#
    )
    .unwrap();
    stream
}

/// A connection that has asked to watch, and has not read anything yet.
fn raw_watcher(home: &Home) -> UnixStream {
    connection(home, r#""watch""#)
}

/// Says `body`, and waits for the answer.
fn say(home: &Home, body: &str) {
    let mut answer = String::new();
    BufReader::new(connection(home, body))
        .read_line(&mut answer)
        .unwrap();
    assert!(answer.contains(r#""done":"#), "{answer}");
}

#[test]
fn each_change_is_one_line_of_the_same_json_as_status() {
    let (_bus, server, home) = desk();
    let _daemon = home.daemon(&[]);
    wait_until("the service is known", || {
        !home.status()["service"].is_null()
    });
    let watching = Watching::start(&home, &[]);
    assert_eq!(watching.line(), home.status(), "the first comes at once");

    home.prints(&["pause", "2h"]);
    let line = watching.line();
    assert_eq!(
        (pauses(&line), &line["overview"]["paused"]),
        (1, &Value::Bool(true))
    );
    home.prints(&["resume"]);
    let line = watching.line();
    assert_eq!(
        (pauses(&line), &line["overview"]["paused"]),
        (0, &Value::Bool(false))
    );

    home.prints(&["now", "kind-words"]);
    let line = watching.line();
    assert_eq!(line["overview"]["open"].as_array().unwrap().len(), 1);
    let shown = server.notify(0);
    assert!(
        !line.to_string().contains(&shown.body),
        "its text is told to nobody"
    );
    server.say_closed(shown.id, 2);
    assert_eq!(
        watching.line()["overview"]["open"],
        Value::Array(Vec::new())
    );

    drop(server);
    assert!(watching.line()["service"].is_null());
}

#[test]
fn nothing_is_told_where_nothing_changed() {
    let (home, daemon) = alone();
    let watching = Watching::start(&home, &[]);
    watching.line();
    home.prints(&["status"]);
    home.prints(&["resume"]);
    home.prints(&["config", "show"]);
    home.write_config(&format!("# the same\n{QUIET}"));
    daemon.signal("HUP");
    watching.says_nothing();
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the program's clock is the real one"
)]
fn a_pause_that_ends_by_itself_is_told_when_it_ends() {
    let (home, _daemon) = alone();
    let watching = Watching::start(&home, &[]);
    watching.line();
    home.prints(&["pause", "2s"]);
    let line = watching.line();
    let until = line["overview"]["pauses"][0]["until"].as_str().unwrap();
    let until: jiff::Timestamp = until.parse().unwrap();
    let line = watching.line();
    let late = jiff::Timestamp::now().duration_since(until);
    assert_eq!(pauses(&line), 0);
    assert!(
        !late.is_negative() && late < jiff::SignedDuration::from_secs(1),
        "{late:?} late"
    );
}

#[test]
fn it_waits_for_attuned_and_outlives_it() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    let watching = Watching::start(&home, &[]);
    let line = watching.line();
    assert_eq!(
        (&line["running"], &line["pid"]),
        (&Value::Bool(false), &Value::Null)
    );

    let mut before = None;
    for ended_by in ["KILL", "TERM", "stop"] {
        let mut daemon = home.daemon(&[]);
        let line = watching.line();
        assert_eq!(
            (&line["running"], &line["pid"]),
            (&Value::Bool(true), &daemon.id().into())
        );
        assert_ne!(before.replace(daemon.id()), Some(daemon.id()));
        match ended_by {
            "stop" => drop(home.prints(&["stop"])),
            signal => daemon.signal(signal),
        }
        daemon.wait();
        assert_eq!(watching.line()["running"], false, "{ended_by}");
    }
    watching.says_nothing();
}

#[test]
fn fifty_watchers_leave_room_for_commands() {
    let (home, _daemon) = alone();
    let watchers: Vec<_> = (0..50).map(|_| Watching::start(&home, &[])).collect();
    for watching in &watchers {
        watching.line();
    }
    home.prints(&["pause", "2h"]);
    for watching in &watchers {
        assert_eq!(pauses(&watching.line()), 1);
    }
}

#[test]
fn more_watchers_than_there_is_room_for_are_refused() {
    let (home, _daemon) = alone();
    let watchers: Vec<_> = (0..MOST).map(|_| raw_watcher(&home)).collect();
    for stream in &watchers {
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        assert!(line.contains(r#""status":"#), "{line}");
    }
    let mut refused = Watching::start(&home, &[]);
    assert_eq!(refused.wait(), Some(1));
    let mut errors = String::new();
    refused
        .child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .unwrap();
    assert!(
        errors.contains("64 programs are watching already"),
        "{errors}"
    );

    drop(watchers);
    wait_until("those that hung up make room", || {
        let mut heard = String::new();
        BufReader::new(raw_watcher(&home))
            .read_line(&mut heard)
            .unwrap();
        heard.contains(r#""status":"#)
    });
}

#[test]
fn one_that_never_reads_holds_nobody_up() {
    let (home, daemon) = alone();
    let deaf = raw_watcher(&home);
    let watching = Watching::start(&home, &[]);
    watching.line();
    let open_sockets = || {
        let files = fs::read_dir(format!("/proc/{}/fd", daemon.id())).unwrap();
        files.flatten().count()
    };
    let before = open_sockets();
    // Far more than a socket's buffer holds.
    for _ in 0..200 {
        say(&home, r#"{"pause":{"until":"2h"}}"#);
        say(&home, r#"{"resume":{}}"#);
    }
    home.prints(&["pause", "3h"]);
    wait_until("the other one is told", || pauses(&watching.line()) == 1);
    wait_until("the deaf one is let go", || open_sockets() < before);
    drop(deaf);
}

#[test]
fn it_ends_quietly_when_nobody_reads_it_any_more() {
    let (home, _daemon) = alone();
    let mut child = home
        .command(&["watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    drop(stdout);
    // Nothing changes: it notices all the same.
    let mut daemon = Daemon::from(child);
    assert_eq!(daemon.wait(), Some(0));
}

#[test]
fn ctrl_c_ends_it() {
    let (home, _daemon) = alone();
    let mut watching = Watching::start(&home, &[]);
    watching.line();
    let interrupted = std::process::Command::new("kill")
        .args(["-INT", &watching.child.id().to_string()])
        .status();
    assert!(interrupted.unwrap().success());
    assert_eq!(
        watching.wait(),
        None,
        "by the signal, as a shell expects: 130"
    );
}

#[test]
fn a_daemon_that_is_watched_does_not_wake_either() {
    let (_bus, _server, home) = desk();
    let daemon = home.daemon(&[]);
    wait_until("the service is known", || {
        !home.status()["service"].is_null()
    });
    let watching = Watching::start(&home, &[]);
    watching.line();
    home.prints(&["pause", "2h"]);
    watching.line();
    // The last command's connection is still being closed.
    thread::sleep(Duration::from_secs(6));
    let before = (switches(daemon.id()), switches(watching.child.id()));
    thread::sleep(Duration::from_secs(5));
    assert_eq!(
        (switches(daemon.id()), switches(watching.child.id())),
        before
    );
}

#[test]
fn waybar_gets_a_word_a_tooltip_and_a_class() {
    let (_bus, server, home) = desk();
    let watching = Watching::start(&home, &["--waybar"]);
    let module = watching.line();
    assert_eq!(
        (&module["text"], &module["alt"]),
        (&"off".into(), &"off".into())
    );
    assert_eq!(
        module["tooltip"].as_str().unwrap().lines().next(),
        Some("attuned is not running.")
    );

    let _daemon = home.daemon(&[]);
    let next =
        |module: &Value| module["alt"] == "next" && module["class"].as_array().unwrap().len() == 1;
    let mut module = watching.line();
    while !next(&module) {
        module = watching.line();
    }
    assert_eq!(module["text"], "29 Feb");
    let tooltip = module["tooltip"].as_str().unwrap();
    assert!(
        tooltip.contains("29 February 2028, 09:00, from far"),
        "{tooltip}"
    );

    home.prints(&["now", "kind-words"]);
    let module = watching.line();
    assert_eq!(module["text"], "open");
    let body = server.notify(0).body;
    assert!(!module.to_string().contains(&body));

    home.prints(&["pause", "2h"]);
    let module = watching.line();
    assert_eq!(
        (&module["text"], &module["class"][0]),
        (&"paused".into(), &"paused".into())
    );
    let tooltip = module["tooltip"].as_str().unwrap();
    assert!(
        !tooltip.contains("left") && tooltip.starts_with("attuned is paused until "),
        "{tooltip}"
    );
}

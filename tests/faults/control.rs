//! Clients that hang, flood, or are another person; the socket and its folder in others' hands.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::support::process::memory;
use super::support::{PATIENCE, skip, wait_until};
use super::*;

/// nobody's, on every Linux.
const SOMEBODY_ELSE: u32 = 65534;

const NEEDS_ROOT: &str = "another person's socket needs root";

/// A command's patience with the daemon is five seconds.
const A_COMMANDS_PATIENCE: Duration = Duration::from_secs(5);

#[expect(
    clippy::disallowed_methods,
    reason = "how long an answer takes is what is measured"
)]
fn status_within_patience(home: &Home, meanwhile: &str) {
    let begin = Instant::now();
    assert_eq!(home.status()["running"], true, "{meanwhile}");
    let took = begin.elapsed();
    assert!(took < A_COMMANDS_PATIENCE, "{meanwhile}: {took:?}");
}

fn connect(home: &Home) -> UnixStream {
    let stream = UnixStream::connect(home.socket()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

#[test]
fn clients_that_hang_keep_nobody_out() {
    let (_bus, _server, home) = desk(QUIET);
    let daemon = home.daemon(&[]);
    let before = memory(daemon.id());
    for _ in 0..2 {
        let hung: Vec<UnixStream> = (0..500).map(|_| connect(&home)).collect();
        status_within_patience(&home, "500 that say nothing");
        assert_eq!(hung.len(), 500);
    }
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // One that sends a byte every second is hung up on, and comes again.
        scope.spawn(|| {
            let mut stream = connect(&home);
            while !stop.load(Ordering::Relaxed) {
                if stream.write_all(b" ").is_err() {
                    stream = connect(&home);
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        for _ in 0..10 {
            status_within_patience(&home, "one that dawdles");
        }
        stop.store(true, Ordering::Relaxed);
    });
    let grown = memory(daemon.id()).saturating_sub(before);
    assert!(grown < 32 * 1024, "{grown} KiB more than before");
    assert!(home.stderr().is_empty() || !home.stderr().contains("command"));
}

#[test]
fn a_flood_of_requests_keeps_nobody_out_and_memory_bounded() {
    let (_bus, server, home) = desk(BUSY);
    let mut daemon = home.daemon(&[]);
    server.notify(0);
    let before = memory(daemon.id());
    let huge = vec![b'x'; 10 << 20];
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..2_500 {
                    home.ask(r#""nonsense""#).expect("an answer");
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..5 {
                // It hangs up before all of this is read.
                let mut stream = connect(&home);
                let _ = stream.write_all(&huge);
                let mut answer = String::new();
                let _ = stream.read_to_string(&mut answer);
            }
        });
        for _ in 0..5 {
            status_within_patience(&home, "10,000 requests");
        }
    });
    let seen = server.count();
    server.notify(seen);
    let grown = memory(daemon.id()).saturating_sub(before);
    assert!(grown < 32 * 1024, "{grown} KiB more than before");
    assert!(daemon.is_running());
}

#[test]
fn a_client_that_never_reads_its_answer_costs_nothing() {
    let (_bus, _server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    let request = format!(
        "{{\"version\":1,\"program\":\"{}\",\"body\":\"status\"}}\n",
        env!("CARGO_PKG_VERSION")
    );
    let mut unread = Vec::new();
    for _ in 0..400 {
        let mut stream = connect(&home);
        stream.write_all(request.as_bytes()).unwrap();
        unread.push(stream);
    }
    status_within_patience(&home, "400 that do not read");
}

#[test]
fn garbage_costs_only_its_own_connection() {
    let (_bus, _server, home) = desk(QUIET);
    let mut daemon = home.daemon(&[]);
    let huge = vec![b'x'; 1024 * 1024];
    for garbage in [
        b"\xff\xfe\n".as_slice(),
        b"{}\n",
        b"{\"version\":99}\n",
        &huge,
    ] {
        let mut stream = connect(&home);
        // The daemon may hang up before it has read everything.
        let _ = stream.write_all(garbage);
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
    }
    assert!(daemon.is_running());
    home.prints(&["status"]);
}

#[test]
fn another_person_is_turned_away_and_told_nothing() {
    if !rustix::process::geteuid().is_root() {
        return skip(NEEDS_ROOT);
    }
    let (_bus, _server, home) = desk(QUIET);
    let mut daemon = home.daemon(&[]);
    // The folder and the socket keep others out; here both are left open, and the home they are in.
    for path in [
        home.path(""),
        home.path("run"),
        home.path("run/attuned"),
        home.socket(),
    ] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    }
    for _ in 0..3 {
        let answer = std::thread::scope(|scope| {
            let somebody_else = scope.spawn(|| {
                let id = rustix::process::Uid::from_raw(SOMEBODY_ELSE);
                rustix::thread::set_thread_res_uid(id, id, id).unwrap();
                home.ask(r#""stop""#)
            });
            somebody_else.join().unwrap()
        });
        assert_eq!(answer, None);
    }
    assert!(daemon.is_running());
    wait_until("it says so", || {
        logged(&home, "another person was turned away") > 0
    });
    assert_eq!(logged(&home, "another person was turned away"), 1, "once");
    assert!(home.is_heard(), "its own person is heard");
}

#[test]
fn a_socket_folder_of_another_person_is_refused() {
    if !rustix::process::geteuid().is_root() {
        return skip(NEEDS_ROOT);
    }
    for owned in ["run", "run/attuned"] {
        let home = Home::without_bus();
        home.write_config(QUIET);
        fs::create_dir_all(home.path("run/attuned")).unwrap();
        fs::set_permissions(home.path("run/attuned"), fs::Permissions::from_mode(0o700)).unwrap();
        chown(home.path(owned), Some(SOMEBODY_ELSE), Some(SOMEBODY_ELSE)).unwrap();
        let output = home.run(&["run"]);
        assert_eq!(output.status.code(), Some(1), "{owned}");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.contains("it belongs to another person"),
            "{owned}: {errors}"
        );
        assert!(!home.socket().exists());
    }
}

#[test]
fn a_dead_socket_of_another_person_is_no_hindrance() {
    if !rustix::process::geteuid().is_root() {
        return skip(NEEDS_ROOT);
    }
    let home = Home::without_bus();
    home.write_config(QUIET);
    fs::create_dir_all(home.path("run/attuned")).unwrap();
    fs::set_permissions(home.path("run/attuned"), fs::Permissions::from_mode(0o700)).unwrap();
    drop(std::os::unix::net::UnixListener::bind(home.socket()).unwrap());
    chown(home.socket(), Some(SOMEBODY_ELSE), Some(SOMEBODY_ELSE)).unwrap();
    let _daemon = home.daemon(&[]);
    let mode = fs::metadata(home.socket()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

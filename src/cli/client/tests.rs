//! Against daemons that behave in every way but well.

use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::thread;

use tempfile::TempDir;

use super::*;
use crate::protocol::ResponseBody;

/// A daemon that reads a line, then writes `answer` and hangs up.
fn daemon_that_says(answer: impl Into<Vec<u8>>) -> (TempDir, PathBuf) {
    let answer = answer.into();
    let (temp, socket, listener) = listen();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut byte = [0];
        while byte != *b"\n" {
            stream.read_exact(&mut byte).unwrap();
        }
        let _ = stream.write_all(&answer);
    });
    (temp, socket)
}

fn listen() -> (TempDir, PathBuf, UnixListener) {
    let temp = tempfile::tempdir().unwrap();
    let socket = temp.path().join("control.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    (temp, socket, listener)
}

fn ask_status(socket: &Path) -> Result<Response, AskError> {
    ask_within(socket, RequestBody::Status, Duration::from_secs(20))
}

fn soon(socket: &Path) -> Result<Response, AskError> {
    ask_within(socket, RequestBody::Status, Duration::from_millis(200))
}

#[test]
fn an_answer_is_returned() {
    let (_temp, socket) = daemon_that_says(Response::new(ResponseBody::Stopping).to_line());
    assert_eq!(ask_status(&socket).unwrap().body, ResponseBody::Stopping);
}

#[test]
fn a_daemons_error_is_an_answer() {
    let body = ResponseBody::Error {
        message: "no prompt is open".into(),
        hint: Some("for quiet, say: attuned pause 1h".into()),
    };
    let (_temp, socket) = daemon_that_says(Response::new(body.clone()).to_line());
    assert_eq!(ask_status(&socket).unwrap().body, body);
}

#[test]
fn nobody_there_is_not_running() {
    let temp = tempfile::tempdir().unwrap();
    let nothing = temp.path().join("control.sock");
    assert!(matches!(ask_status(&nothing), Err(AskError::NotRunning)));

    let (_temp, stale, listener) = listen();
    drop(listener);
    assert!(stale.exists());
    assert!(matches!(ask_status(&stale), Err(AskError::NotRunning)));
}

#[test]
fn a_daemon_that_does_not_answer_is_given_up() {
    let (_temp, socket, listener) = listen();
    let silent = thread::spawn(move || listener.accept().unwrap());
    let error = soon(&socket).unwrap_err();
    assert!(matches!(error, AskError::NoAnswer), "{error:?}");
    drop(silent.join().unwrap());
}

#[test]
fn a_daemon_that_does_not_even_accept_is_given_up() {
    let (_temp, socket, listener) = listen();
    // Without a queue, the first client fills it: the next connect would wait for ever.
    rustix::net::listen(&listener, 0).unwrap();
    let _first = UnixStream::connect(&socket).unwrap();
    let error = soon(&socket).unwrap_err();
    assert!(matches!(error, AskError::NoAnswer), "{error:?}");
}

#[test]
fn a_daemon_that_dribbles_is_given_up() {
    let (_temp, socket, listener) = listen();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        while stream.write_all(b"x").is_ok() {
            thread::yield_now();
        }
    });
    // It ends by the clock, or by the length.
    assert!(matches!(
        soon(&socket),
        Err(AskError::NoAnswer | AskError::Broken(_))
    ));
}

#[test]
fn half_an_answer_or_none_is_broken() {
    for answer in ["", "{\"version\":1", "hello\n", "\n", "\u{0}\n"] {
        let (_temp, socket) = daemon_that_says(answer);
        let error = ask_status(&socket).unwrap_err();
        assert!(
            matches!(error, AskError::Broken(_)),
            "{answer:?}: {error:?}"
        );
    }
}

#[test]
fn an_endless_answer_is_broken() {
    let (_temp, socket) = daemon_that_says(vec![b'x'; LONGEST_RESPONSE * 3]);
    let error = ask_status(&socket).unwrap_err();
    assert!(error.to_string().contains("too long"), "{error}");
}

#[test]
fn a_daemon_of_another_version_is_named() {
    let answer = r#"{"version":2,"program":"9.0.0","body":{"something":"new"}}"#;
    let (_temp, socket) = daemon_that_says(format!("{answer}\n"));
    let error = ask_status(&socket).unwrap_err();
    assert!(
        matches!(&error, AskError::Version { daemon } if daemon == "9.0.0"),
        "{error:?}"
    );
}

#[test]
fn what_a_daemon_says_before_it_stops_reading_is_heard() {
    let (_temp, socket, listener) = listen();
    let refusal = ResponseBody::Error {
        message: "the request is too long".into(),
        hint: None,
    };
    let line = Response::new(refusal.clone()).to_line();
    let hasty = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(line.as_bytes()).unwrap();
    });
    let what = Some("x".repeat(1 << 20));
    let response = ask_within(
        &socket,
        RequestBody::Now {
            what,
            unread: false,
        },
        Duration::from_secs(20),
    );
    assert_eq!(response.unwrap().body, refusal);
    hasty.join().unwrap();
}

//! `attuned doctor --test`: a notification to press.

use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::support::bus::Bus;
use super::support::home::Home;
use super::support::server::{Identity, Manner, Server};
use super::{able, desk, doctor, only};

fn start(home: &Home) -> Child {
    let mut command: Command = doctor(home, &["--test", "--json"]);
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// The row of the test, once the doctor has ended, and what it said meanwhile.
fn end(child: Child) -> (String, String) {
    let output = child.wait_with_output().expect("it ends");
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (only(&rows, "test"), said)
}

#[test]
fn pressed() {
    let (_bus, server, home) = desk();
    let child = start(&home);
    let shown = server.notify(0);
    assert_eq!(shown.actions, ["seen", "I see it"]);
    assert_eq!(shown.app_name, "attuned");
    server.press(shown.id, "seen");
    let (row, said) = end(child);
    assert_eq!(row, "ok: shown, and its button was pressed | -");
    assert!(said.contains("Press \"I see it\" on it"), "{said}");
    assert_eq!(server.closes(1), [shown.id], "it does not stay");
}

#[test]
fn closed_by_hand_or_by_itself() {
    for (reason, said) in [
        (
            2,
            "warn: shown, and closed without a press of its button | ",
        ),
        (1, "warn: shown, and gone again without an answer | "),
    ] {
        let (_bus, server, home) = desk();
        let child = start(&home);
        let shown = server.notify(0);
        server.say_closed(shown.id, reason);
        let (row, _) = end(child);
        assert!(row.starts_with(said), "{row}");
    }
}

#[test]
fn without_buttons_a_close_will_do() {
    let bus = Bus::start();
    let capabilities = vec!["body"];
    let server = Server::start(
        &bus.address(),
        Identity {
            capabilities,
            ..able()
        },
    );
    let home = Home::new(&bus.address());
    let child = start(&home);
    let shown = server.notify(0);
    assert!(shown.actions.is_empty());
    server.say_closed(shown.id, 2);
    assert_eq!(end(child).0, "ok: shown, and closed by you | -");
}

#[test]
fn refused_or_nobody_there() {
    let (_bus, server, home) = desk();
    server.set_manner(Manner::Refuse("org.example.Error.No"));
    let (row, _) = end(start(&home));
    assert!(
        row.starts_with("fail: not shown: the notification service refused"),
        "{row}"
    );

    let (row, _) = end(start(&Home::without_bus()));
    assert!(
        row.starts_with("fail: not shown: the session bus cannot be reached"),
        "{row}"
    );

    let bus = Bus::start();
    let (row, _) = end(start(&Home::new(&bus.address())));
    assert!(
        row.starts_with("fail: not shown: no notification service is running"),
        "{row}"
    );
}

#[test]
fn the_service_ends_meanwhile() {
    let (_bus, server, home) = desk();
    let child = start(&home);
    server.notify(0);
    drop(server);
    let (row, _) = end(child);
    assert!(row.starts_with("fail: not shown"), "{row}");
}

//! What a person and a notification say to each other: the real program on a private bus, with a server that does as it is
//! told.
#![cfg(target_os = "linux")]

mod practices;
#[path = "../support/mod.rs"]
mod support;
mod terminals;
mod words;

use attuned::engine::Record;
use support::bus::Bus;
use support::home::Home;
use support::server::{Identity, Notify, Server};
use support::wait_until;

/// A reminder that is far from due, so that nothing comes by itself.
const QUIET: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

const CHECK_IN: &str = "name-it/quick-hello";

/// A bus, a server that can do so much, and a home with these settings.
fn desk(capabilities: &[&'static str], settings: &str) -> (Bus, Server, Home) {
    let bus = Bus::start();
    let identity = Identity {
        capabilities: capabilities.to_vec(),
        ..Identity::default()
    };
    let server = Server::start(&bus.address(), identity);
    let home = Home::new(&bus.address());
    home.write_config(&format!("{QUIET}{settings}"));
    (bus, server, home)
}

/// The usual desk.
fn plain_desk(settings: &str) -> (Bus, Server, Home) {
    desk(&["actions", "body"], settings)
}

/// The last delivery on record.
fn last(home: &Home) -> Record {
    home.records().pop().expect("something was shown")
}

fn outcome(home: &Home) -> String {
    let outcome = last(home).outcome;
    outcome.map_or_else(|| "none".to_owned(), |outcome| outcome.to_string())
}

/// The keys of a notification's buttons.
fn keys(notify: &Notify) -> Vec<&str> {
    notify
        .actions
        .iter()
        .step_by(2)
        .map(String::as_str)
        .collect()
}

/// Waits until a notification is known to be on screen, so that a press counts.
fn is_shown(home: &Home) {
    wait_until("it is on record as shown", || last(home).was_shown());
}

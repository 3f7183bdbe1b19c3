//! A command of the person's own, asked by the daemon.

use std::fs;

use super::support::server::{Identity, Server};
use super::*;

const SOURCE: &str = "probe";

/// A home where something is due every second, and a command that says "busy" as long as a file is there.
fn home(bus: &Bus) -> Home {
    let home = Home::new(&bus.address());
    configure(&home, "");
    home
}

/// The settings, with more of `[busy]`.
fn configure(home: &Home, busy: &str) {
    home.write_config(&format!(
        r#"
        [hours]
        daily = "00:00-24:00"
        [busy]
        {busy}
        [busy.probe]
        command = "/usr/bin/test -e '{}'"
        [[reminder]]
        name = "often"
        when = "* * * * * *"
        message = "Now."
        "#,
        home.path("busy").display()
    ));
}

#[test]
fn it_is_asked_when_something_is_due_and_holds_it_back() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = home(&bus);
    fs::write(home.path("busy"), "").unwrap();
    let listener = Listener::start(home, |_| {});
    listener.hears(SOURCE, "busy");
    assert_eq!(server.count(), 0, "nothing is shown meanwhile");
}

#[test]
fn what_is_due_comes_where_it_says_free() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let listener = Listener::start(home(&bus), |_| {});
    listener.hears(SOURCE, "free");
    wait_until("the prompt comes", || server.count() > 0);
}

#[test]
fn a_change_of_other_settings_does_not_end_what_it_has_said() {
    let bus = Bus::start();
    let home = home(&bus);
    fs::write(home.path("busy"), "").unwrap();
    let listener = Listener::start(home, |_| {});
    listener.hears(SOURCE, "busy");
    let said = || listener.home.status()["overview"]["senses"][SOURCE].take();
    let before = said();
    configure(&listener.home, "presenting = false");
    listener.home.ask(r#""reload""#).expect("it is reloaded");
    assert_eq!(said(), before);
}

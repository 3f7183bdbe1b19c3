//! Every fault that attuned has to bear, on the real program in a temporary home, on a private bus.
//!
//! A test whose fault cannot be brought about here says so; with `CI` set it fails.
#![cfg(target_os = "linux")]

mod clock;
mod control;
mod database;
mod desktop;
mod disk;
mod files;
mod journal;
mod killed;
mod logs;
mod start;
#[path = "../support/mod.rs"]
mod support;

use support::bus::Bus;
use support::home::Home;
use support::server::{Identity, Server};

/// A reminder that is far from due, so that nothing comes by itself.
const QUIET: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

/// Due every second.
const BUSY: &str = "[[reminder]]\nname = \"often\"\nwhen = \"* * * * * *\"\nmessage = \"Now.\"\n";

/// A check-in every second, which is answered with one press.
const ASKING: &str = "[[reminder]]\nname = \"often\"\nkind = \"check-in\"\n\
                      when = \"* * * * * *\"\nmessage = \"How is it?\"\n";

/// A bus, a server and a home with these settings.
fn desk(config: &str) -> (Bus, Server, Home) {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = Home::new(&bus.address());
    home.write_config(config);
    (bus, server, home)
}

/// What the daemon says keeps the record from being written.
fn store_problem(home: &Home) -> Option<String> {
    home.status()["store_problem"].as_str().map(str::to_owned)
}

/// How often a text is in what the daemon has logged.
fn logged(home: &Home, text: &str) -> usize {
    home.stderr().matches(text).count()
}

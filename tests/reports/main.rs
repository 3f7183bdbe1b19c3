//! The commands that tell: what a person reads, what a script reads, and the exit codes. The real program in a
//! temporary home without a session bus, in Europe/Berlin where a test names no other zone.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

mod ahead;
mod bars;
mod check;
mod config;
mod in_hand;
mod library;
mod much;
mod opt_in;
mod own_prompts;
mod probe;
mod translated;
mod when;
mod whom_to_turn_to;

use serde_json::Value;
use support::home::Home;
use support::noon;

/// A reminder whose times no other one touches.
const TEA: &str = "[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\"\nmessage = \"Tea?\"\n";

/// What a command did, the home's path written as `~`.
#[derive(Debug, PartialEq)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn attuned_in(zone: &str, home: &Home, arguments: &[&str]) -> Ran {
    let output = home
        .command(arguments)
        .env("TZ", zone)
        .output()
        .expect("the program starts");
    let text = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).expect("the program writes UTF-8");
        assert!(!text.contains('\u{1b}'), "colour, but no terminal: {text}");
        text.replace(&home.path("home").display().to_string(), "~")
    };
    Ran {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn attuned(home: &Home, arguments: &[&str]) -> Ran {
    attuned_in("Europe/Berlin", home, arguments)
}

/// What a command prints that succeeds without a word on standard error.
fn prints(home: &Home, arguments: &[&str]) -> String {
    let ran = attuned(home, arguments);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    ran.out
}

fn json_of(home: &Home, arguments: &[&str]) -> Value {
    let ran = attuned(home, &[arguments, &["--json"]].concat());
    serde_json::from_str(&ran.out).expect("it is JSON")
}

/// A home with these settings.
fn with_settings(text: &str) -> Home {
    let home = Home::without_bus();
    home.write_config(text);
    home
}

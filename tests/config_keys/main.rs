//! `attuned config get`, `set`, `unset`, `edit` and `schema`: what a person reads, what is in the file afterwards, and the
//! exit codes. The real program in a temporary home without a session bus.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

mod edit;
mod keys;

use std::fs;

use support::home::Home;

/// A reminder with times that are no matter of chance.
const TEA: &str = "[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\"\nmessage = \"Tea?\"\n";

/// What a command did, the home's path written as `~`.
#[derive(Debug, PartialEq)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn attuned(home: &Home, arguments: &[&str]) -> Ran {
    let output = home.run(arguments);
    let text = |bytes: Vec<u8>| in_home(home, std::str::from_utf8(&bytes).expect("UTF-8"));
    Ran {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn in_home(home: &Home, text: &str) -> String {
    text.replace(&home.path("home").display().to_string(), "~")
}

/// What a command that succeeds says first, its lines as one, since the home's path decides where they end; after it come
/// the next times, which change from day to day.
fn says(home: &Home, arguments: &[&str]) -> String {
    let ran = attuned(home, arguments);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    let (first, next) = ran.out.split_once("Next: ").expect("the next times");
    assert!(next.contains(" at "), "{next}");
    first.trim_end().replace('\n', " ")
}

/// What a command prints that succeeds without a word on standard error.
fn prints(home: &Home, arguments: &[&str]) -> String {
    let ran = attuned(home, arguments);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    ran.out
}

/// A home with these settings.
fn with_settings(text: &str) -> Home {
    let home = Home::without_bus();
    home.write_config(text);
    home
}

fn settings(home: &Home) -> String {
    fs::read_to_string(home.config_file()).expect("there are settings")
}

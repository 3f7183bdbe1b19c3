//! The journal by command, on the real program in a temporary home: written, read, taken elsewhere, and erased.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

mod erase;
mod exchange;
mod reading;
mod review;
mod writing;

use std::fs;
use std::io::Write;
use std::process::{Output, Stdio};

use serde_json::Value;
use support::home::Home;

/// A reminder that is far from due, so that nothing comes by itself.
const QUIET: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

/// Runs a command that reads `input`, to its end.
fn feed(home: &Home, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = home.command(arguments);
    command.stdin(Stdio::piped());
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // A program that refuses reads no further.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

/// What the command printed, which has to have succeeded.
fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).expect("the program prints UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Keeps a note; its id.
fn write(home: &Home, words: &str) -> String {
    let kept = stdout(&feed(home, &["write", "--json"], words.as_bytes()));
    let kept: Value = serde_json::from_str(&kept).expect("it is JSON");
    kept["id"].as_str().expect("something was kept").to_owned()
}

/// Everything that is in the journal, the newest first.
fn entries(home: &Home) -> Vec<Value> {
    serde_json::from_str(&home.prints(&["journal", "list", "--json"])).expect("it is JSON")
}

fn notes(home: &Home) -> Vec<String> {
    let note = |entry: &Value| entry["note"].as_str().unwrap_or_default().to_owned();
    entries(home).iter().map(note).collect()
}

/// Files anywhere in the home's folders for state and runtime with this in them.
fn files_with(home: &Home, words: &str) -> Vec<String> {
    let has_words = |bytes: Vec<u8>| {
        let mut parts = bytes.windows(words.len());
        parts.any(|part| part == words.as_bytes())
    };
    let mut found = Vec::new();
    let mut folders = vec![home.path("run"), home.path("home")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read(&path).is_ok_and(has_words) {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found
}

//! `attuned doctor`: the real program, in homes where something is wrong.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

mod bundle;
mod press;
mod table;

use std::fs;
use std::process::Command;

use serde_json::Value;
use support::bus::Bus;
use support::home::Home;
use support::server::{Identity, Server};

/// A reminder that is far from due, so that nothing comes by itself; and whether somebody is busy at this computer is left
/// out, since every computer tells that in its own way.
const QUIET: &str = r#"
[[reminder]]
name = "far"
when = "on 1 January at 9:00"
message = "Far away."

[busy]
do-not-disturb = false
locked = false
away = false
presenting = false
camera = false
microphone = false
"#;

fn desk() -> (Bus, Server, Home) {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), able());
    let home = Home::new(&bus.address());
    home.write_config(QUIET);
    (bus, server, home)
}

/// A server that can do what most can.
fn able() -> Identity {
    Identity {
        capabilities: vec!["actions", "body", "persistence"],
        ..Identity::default()
    }
}

fn doctor(home: &Home, arguments: &[&str]) -> Command {
    let mut command = home.command(&[&["doctor"], arguments].concat());
    command
        .env("XDG_CURRENT_DESKTOP", "sway")
        .env("XDG_SESSION_TYPE", "wayland");
    command
}

/// What the doctor shows, with what differs from run to run masked, and its exit code.
fn shows(home: &Home) -> String {
    let output = doctor(home, &[]).output().expect("the program starts");
    let text = String::from_utf8(output.stdout).expect("it prints UTF-8");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(errors, "", "a table says everything");
    let code = output.status.code().expect("it ends by itself");
    let mut lines: Vec<String> = Vec::new();
    let mut is_masked = false;
    for line in text.lines() {
        let goes_on = line.starts_with("    ") && !line.trim_start().starts_with("next: ");
        if !(is_masked && goes_on) {
            let mask = masked(line);
            is_masked = mask.is_some();
            lines.push(mask.unwrap_or_else(|| line.to_owned()));
        }
    }
    format!("{}\n[{code}]\n", lines.join("\n"))
}

/// Facts with times, sizes, counts of what is shipped, or the temporary folder in them, by how the line begins.
const MASKED: [(&str, &str); 8] = [
    ("ok       attuned         ", "… running since … (process …)"),
    ("ok       clock           ", "…"),
    ("ok       disk            ", "… free"),
    ("ok       prompts         ", "… prompts in … collections …"),
    ("warn     prompts         ", "… prompts in … collections …"),
    ("ok       record          whole: ", "…"),
    ("ok       runtime folder  ", "…"),
    (
        "fail     session bus     ",
        "the session bus cannot be reached …",
    ),
];

fn masked(line: &str) -> Option<String> {
    let (start, fact) = MASKED.iter().find(|(start, _)| line.starts_with(start))?;
    Some(format!("{start}{fact}"))
}

/// The rows as `--json` gives them.
fn rows(home: &Home) -> Vec<Value> {
    let output = doctor(home, &["--json"])
        .output()
        .expect("the program starts");
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

/// The verdict, fact and next step of each row of this check.
fn told(rows: &[Value], check: &str) -> Vec<String> {
    let rows = rows.iter().filter(|row| row["check"] == check);
    rows.map(|row| {
        let word = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
        format!("{}: {} | {}", word("verdict"), word("fact"), word("next"))
    })
    .collect()
}

/// The only row of this check.
fn only(rows: &[Value], check: &str) -> String {
    let told = told(rows, check);
    assert_eq!(told.len(), 1, "{check}: {told:?}");
    told[0].clone()
}

/// Writes a file, with the folder it is in.
fn write(path: std::path::PathBuf, text: &str) {
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

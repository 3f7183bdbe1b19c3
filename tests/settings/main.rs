//! The commands that change the settings: what a person reads, what stands in the file then, and the exit codes. The real
//! program in a temporary home without a session bus, at noon.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

mod hours;
mod properties;
mod reminder;

use std::fmt::Write as _;
use std::fs;

use jiff::ToSpan;
use support::home::Home;
use support::noon;
use support::process::run_with;

/// What a command did: its exit code, and all it wrote, as a person sees it. The home's path is `~`, and the day after
/// tomorrow has no other name.
fn attuned(home: &Home, arguments: &[&str]) -> String {
    with_input(home, arguments, "")
}

/// The same with something on standard input.
fn with_input(home: &Home, arguments: &[&str], input: &str) -> String {
    let (zone, now) = noon();
    let output = run_with(home.command(arguments).env("TZ", zone), input);
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    let code = match output.status.code() {
        Some(0) => String::new(),
        code => format!("{code:?}\n"),
    };
    let day = now
        .checked_add(2.days())
        .expect("a day")
        .strftime("%A at")
        .to_string();
    format!("{code}{}{}", text(output.stderr), text(output.stdout))
        .replace(&home.path("home").display().to_string(), "~")
        .replace(&day, "OVERMORROW at")
}

/// Types the lines one after the other; `|` feeds what stands before it.
fn types(home: &Home, lines: &[&str]) -> String {
    let mut screen = String::new();
    for line in lines {
        let (input, command) = line.split_once(" | ").unwrap_or(("", line));
        let words = words(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let shown = with_input(home, &words, &format!("{input}\n"));
        writeln!(screen, "$ {line}\n{shown}").expect("text takes any text");
    }
    screen
}

/// As a shell splits them, with double quotes alone.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(index, part)| {
        if index % 2 == 1 {
            vec![part.to_owned()]
        } else {
            part.split_whitespace().map(str::to_owned).collect()
        }
    });
    words.collect()
}

/// A home with these settings.
fn with_settings(text: &str) -> Home {
    let home = Home::without_bus();
    home.write_config(text);
    home
}

/// The person's settings file.
fn settings(home: &Home) -> String {
    fs::read_to_string(home.config_file()).expect("the settings are there")
}

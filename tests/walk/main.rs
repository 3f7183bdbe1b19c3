//! Walks through the program as three people would, each in an empty home: what the terminal shows, word for word.
//!
//! The real program on a real terminal (a pty, by script(1)), at a time that stands still (by libfaketime), so that dates and
//! times are known beforehand. `scripts/test` installs libfaketime on Debian and Ubuntu. Where it is missing the tests say so;
//! with `CI` set they fail.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

mod people;
mod terminal;

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use support::home::Home;

/// A Monday in Berlin.
const NOW: &str = "2026-11-23 10:00:00";

/// A person at a terminal, in an empty home.
struct Person {
    home: Home,
    clock: PathBuf,
    columns: u32,
    colour: bool,
}

impl Person {
    /// None where the clock cannot be stopped.
    fn new() -> Option<Self> {
        let clock = libfaketime()?;
        let home = Home::without_bus();
        fs::create_dir(home.path("bin")).expect("a new folder");
        symlink(env!("CARGO_BIN_EXE_attuned"), home.path("bin/attuned")).expect("a link");
        Some(Self {
            home,
            clock,
            columns: 80,
            colour: false,
        })
    }

    /// Leaves a file in the home.
    fn writes(&self, name: &str, text: &str) {
        fs::write(self.home.path("home").join(name), text).expect("the home can be written to");
    }

    /// Types the lines into a shell, one after the other, and gives what the screen shows of it all.
    fn types(&self, lines: &[&str]) -> String {
        let mut screen = String::new();
        for line in lines {
            let (shown, code) = self.runs(line);
            write!(screen, "$ {line}\n{shown}").expect("text takes any text");
            if code != Some(0) {
                writeln!(screen, "[{}]", code.expect("no signal ended it"))
                    .expect("text takes any text");
            }
            screen.push('\n');
        }
        screen
    }

    fn runs(&self, line: &str) -> (String, Option<i32>) {
        let environment = self.home.command(&[]);
        let mut script = Command::new("script");
        script
            .args(["-qec", &format!("stty cols {}; {line}", self.columns)])
            .arg("/dev/null")
            .env_clear()
            .envs(
                environment
                    .get_envs()
                    .filter_map(|(key, value)| Some((key, value?))),
            )
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", self.home.path("bin").display()),
            )
            .env("TERM", "xterm")
            .env("LD_PRELOAD", &self.clock)
            .env("FAKETIME", NOW)
            .stdin(Stdio::null());
        if !self.colour {
            script.env("NO_COLOR", "1");
        }
        let output = script
            .output()
            .expect("script is installed (Debian: bsdutils)");
        let shown = String::from_utf8(output.stdout).expect("the program writes UTF-8");
        let home = self.home.path("home").display().to_string();
        let shown = shown
            .replace("\r\n", "\n")
            .replace(&home, "~")
            .replace('\u{1b}', "␛")
            // The end of input that script(1) types, as the terminal echoes it.
            .replace("^D\u{8}\u{8}", "");
        (shown, output.status.code())
    }
}

fn libfaketime() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let library = folders
        .map(|folder| folder.path().join("faketime/libfaketime.so.1"))
        .find(|library| library.exists());
    if library.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "libfaketime is not installed; scripts/test installs it"
        );
        eprintln!("SKIPPED: a walk needs libfaketime; scripts/test installs it");
    }
    library
}

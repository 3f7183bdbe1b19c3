//! The program on a real desktop part: dunst, under Xvfb, on a private bus.
//!
//! `scripts/test` installs both on Debian and Ubuntu. Where they are missing the test says so; with `CI` set it fails.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use support::bus::Bus;
use support::home::Home;
use support::wait_until;

const QUIET: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

#[test]
fn a_prompt_appears_is_answered_and_the_next_arrives_after_a_restart() {
    let missing: Vec<_> = ["Xvfb", "dunst", "dunstctl", "xwininfo"]
        .into_iter()
        .filter(|name| !is_installed(name))
        .collect();
    if !missing.is_empty() {
        assert!(
            std::env::var_os("CI").is_none(),
            "not installed: {missing:?}; scripts/test installs them"
        );
        eprintln!(
            "SKIPPED: the test on a real notification server needs {missing:?}; scripts/test installs them"
        );
        return;
    }
    let bus = Bus::start();
    let desktop = Desktop::start(&bus);
    let mut dunst = desktop.dunst();
    let home = Home::new(&bus.address());
    home.write_config(QUIET);
    let _daemon = home.daemon(&["--greet"]);
    wait_until("dunst is known", || {
        home.status()["service"]["name"] == "dunst"
    });
    wait_until("the prompt is on the screen", || {
        desktop.displayed() == 1 && desktop.shows_a_window()
    });

    let before = home.prints(&["last"]);
    desktop.choose("Another");
    wait_until("another prompt is shown", || {
        home.prints(&["last"]) != before
    });
    assert_eq!(desktop.displayed(), 1, "in place of the first");

    desktop.choose("Later");
    wait_until("it is put off", || {
        home.prints(&["why", "last"]).contains("put off for later")
    });
    wait_until("it is gone from the screen", || desktop.displayed() == 0);

    end(&mut dunst);
    wait_until("the loss is noticed", || home.status()["service"].is_null());
    home.prints(&["now"]);
    let mut dunst = desktop.dunst();
    wait_until("what waited is shown by the new server", || {
        desktop.displayed() == 1
    });
    home.prints(&["now"]);
    wait_until("the next prompt arrives", || desktop.displayed() == 2);
    desktop.choose("Pause today");
    wait_until("it is paused", || {
        home.status()["overview"]["pauses"]
            .as_array()
            .is_some_and(|all| all.len() == 1)
    });
    wait_until("a pause clears the screen", || desktop.displayed() == 0);
    end(&mut dunst);
}

fn is_installed(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).exists())
}

fn end(child: &mut Child) {
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
}

/// A headless X display with what dunst needs to know.
struct Desktop {
    folder: tempfile::TempDir,
    display: String,
    address: String,
    server: Child,
}

impl Desktop {
    fn start(bus: &Bus) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1024x768x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        let desktop = Self {
            display: format!(":{}", number.trim()),
            address: bus.address(),
            folder,
            server,
        };
        desktop.write_settings();
        desktop
    }

    /// dunst's defaults, but its menu of actions is answered by a script instead of a person.
    fn write_settings(&self) {
        let menu = self.path("menu");
        let choice = self.path("choice").display().to_string();
        fs::write(
            &menu,
            format!("#!/bin/sh\nexec grep -F -m1 -- \"$(cat '{choice}')\"\n"),
        )
        .unwrap();
        fs::set_permissions(&menu, fs::Permissions::from_mode(0o755)).unwrap();
        fs::create_dir_all(self.path("config/dunst")).unwrap();
        let settings = format!("[global]\ndmenu = {}\n", menu.display());
        fs::write(self.path("config/dunst/dunstrc"), settings).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        self.command(program, arguments).output().unwrap()
    }

    /// Starts dunst and waits until it can be asked.
    fn dunst(&self) -> Child {
        let child = self
            .command("dunst", &[])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        wait_until("dunst answers", || {
            self.run("dunstctl", &["count", "displayed"])
                .status
                .success()
        });
        child
    }

    fn displayed(&self) -> u32 {
        let output = self.run("dunstctl", &["count", "displayed"]);
        String::from_utf8_lossy(&output.stdout)
            .trim()
            .parse()
            .unwrap_or(0)
    }

    fn shows_a_window(&self) -> bool {
        let tree = self.run("xwininfo", &["-root", "-tree"]);
        String::from_utf8_lossy(&tree.stdout).contains("Dunst")
    }

    /// Picks this entry of the menu of the newest notification's actions.
    fn choose(&self, label: &str) {
        fs::write(self.path("choice"), label).unwrap();
        self.run("dunstctl", &["context"]);
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

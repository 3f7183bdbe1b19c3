//! A click that opens a terminal: by the user manager, without one, and where that fails.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use super::support::manager::Manager;
use super::*;

/// A terminal that notes what it is to run, and ends so.
fn terminal(home: &Home, name: &str, code: u8) -> String {
    let place = home.path("bin");
    fs::create_dir_all(&place).unwrap();
    let file = place.join(name);
    let notes = home.path(name).with_extension("notes");
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > {0}.part\n/bin/mv {0}.part {0}\nexit {code}\n",
        notes.display()
    );
    fs::write(&file, script).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    file.display().to_string()
}

/// What the terminal of this name was to run, once it was started.
fn ran(home: &Home, name: &str) -> Vec<String> {
    let notes = home.path(name).with_extension("notes");
    wait_until("the terminal is started", || notes.exists());
    let text = fs::read_to_string(notes).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_attuned")
}

#[test]
fn a_click_goes_on_in_the_terminal_of_the_person_s_choice() {
    let (_bus, server, home) = plain_desk("");
    let mine = terminal(&home, "mine", 0);
    terminal(&home, "xterm", 0);
    home.write_config(&format!(
        "{QUIET}[notification]\nterminal = \"'{mine}' --title 'a b' -e\"\n"
    ));
    let _daemon = home.daemon(&[]);
    home.prints(&["now", CHECK_IN]);
    is_shown(&home);
    server.press(server.notify(0).id, "default");
    assert_eq!(
        ran(&home, "mine"),
        [
            "--title",
            "a b",
            "-e",
            program(),
            "--stay",
            "check-in",
            "--delivery",
            "1"
        ]
    );
    assert_eq!(server.closes(1), [server.notify(0).id]);
    assert_eq!(last(&home).outcome, None, "it waits for its answer there");
}

#[test]
fn naming_what_is_hard_amends_the_very_entry() {
    let (_bus, server, home) = plain_desk("");
    terminal(&home, "xterm", 0);
    let _daemon = home.daemon(&[]);
    home.prints(&["now", CHECK_IN]);
    is_shown(&home);
    server.press(server.notify(0).id, "hard");
    let offer = server.notify(1);
    wait_until("the offer is on screen", || {
        home.status()["overview"]["open"].as_array().map(Vec::len) == Some(1)
    });
    server.press(offer.id, "name-it");
    let entry = home.entries().pop().unwrap().id;
    assert_eq!(
        ran(&home, "xterm"),
        [
            "-e",
            program(),
            "--stay",
            "check-in",
            "--entry",
            entry.as_str()
        ]
    );
}

#[test]
fn a_terminal_that_does_not_open_is_told_with_the_command_that_answers() {
    let (_bus, server, home) = plain_desk("");
    let _daemon = home.daemon(&[]);
    home.prints(&["now", CHECK_IN]);
    is_shown(&home);
    server.press(server.notify(0).id, "default");
    let told = server.notify(1);
    assert_eq!(told.summary, "No terminal could be opened");
    assert_eq!(told.body, "In one of your own, type: attuned check-in");
    assert_eq!(keys(&told), Vec::<&str>::new());

    terminal(&home, "xterm", 1);
    home.prints(&["now", "walls/a-smaller-step"]);
    is_shown(&home);
    server.press(server.notify(2).id, "default");
    ran(&home, "xterm");
    let told = server.notify(3);
    assert_eq!(
        told.body,
        "In one of your own, type: attuned write --prompt walls/a-smaller-step"
    );
    assert!(!home.stderr().contains("walls"), "{}", home.stderr());
}

#[test]
fn the_user_manager_starts_it_as_a_unit_of_its_own() {
    let (bus, server, home) = plain_desk("");
    let manager = Manager::start(&bus.address(), "done");
    let terminal = terminal(&home, "xterm", 0);
    let mut command = home.command(&["run"]);
    command.env("WAYLAND_DISPLAY", "wayland-7");
    let _daemon = home.daemon_of(command);
    home.prints(&["now", "steady-ground/no-decisions"]);
    is_shown(&home);
    server.press(server.notify(0).id, "default");
    let unit = manager.unit();
    assert!(unit.name.starts_with("attuned-terminal-"), "{unit:?}");
    assert!(
        Path::new(&unit.name)
            .extension()
            .is_some_and(|end| end == "service")
    );
    let practice = "steady-ground/no-decisions";
    assert_eq!(
        unit.command,
        [&*terminal, "-e", program(), "--stay", "practice", practice]
    );
    let config = format!("XDG_RUNTIME_DIR={}", home.path("run").display());
    assert!(unit.environment.contains(&config), "{unit:?}");
    assert!(
        unit.environment
            .contains(&"WAYLAND_DISPLAY=wayland-7".to_owned())
    );
    wait_until("it is on record", || {
        outcome(&home) == "answered: taken to a terminal"
    });
    assert!(
        !home.path("xterm.notes").exists(),
        "it is not started twice"
    );
}

#[test]
fn what_the_user_manager_cannot_start_is_told() {
    let (bus, server, home) = plain_desk("");
    let _manager = Manager::start(&bus.address(), "failed");
    terminal(&home, "xterm", 0);
    let _daemon = home.daemon(&[]);
    home.prints(&["now", CHECK_IN]);
    is_shown(&home);
    server.press(server.notify(0).id, "default");
    assert_eq!(server.notify(1).summary, "No terminal could be opened");
}

/// As a key or a launcher runs it: nobody reads what it prints.
fn press_a_key_for(home: &Home, arguments: &[&str]) {
    let mut command = home.command(arguments);
    let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(ended.unwrap().success(), "{arguments:?}");
}

#[test]
fn under_do_not_disturb_a_key_for_too_much_opens_a_terminal_and_one_for_a_prompt_waits() {
    let (_bus, server, home) = plain_desk("");
    terminal(&home, "xterm", 0);
    let _daemon = home.daemon(&[]);
    server.set_quiet(true);
    wait_until("that is heard", || home.reads("do-not-disturb") == "busy");
    press_a_key_for(&home, &["overwhelmed", "--notify"]);
    let went_on = ran(&home, "xterm");
    assert_eq!(went_on[..4], ["-e", program(), "--stay", "practice"]);
    assert_eq!(outcome(&home), "answered: taken to a terminal");

    press_a_key_for(&home, &["now", CHECK_IN]);
    assert_eq!(home.status()["overview"]["held"]["prompts"], 1);
    assert_eq!(last(&home).shown_at, None, "nobody has seen it");
    assert_eq!(server.count(), 0, "nothing was sent");
}

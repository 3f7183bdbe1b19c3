//! The whole program, in a temporary home, on a private bus, with a notification server written for the tests.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};
use std::time::Duration;

use support::bus::Bus;
use support::home::{Daemon, Home};
use support::server::{Identity, Manner, Server};
use support::{switches, wait_until};

/// A reminder that is far from due, so that nothing comes by itself.
const QUIET: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

/// Due every second.
const BUSY: &str = "[[reminder]]\nname = \"often\"\nwhen = \"* * * * * *\"\nmessage = \"Now.\"\n";

/// A bus, a server and a home with these settings.
fn desk(config: &str) -> (Bus, Server, Home) {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = Home::new(&bus.address());
    home.write_config(config);
    (bus, server, home)
}

/// What is on the buttons; a click on the body is none.
fn labels(actions: &[String]) -> Vec<&str> {
    let pairs = actions.chunks(2).filter(|pair| pair[0] != "default");
    pairs.map(|pair| pair[1].as_str()).collect()
}

#[test]
fn a_first_run_says_what_it_is_and_greets() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = Home::new(&bus.address());
    let _daemon = home.daemon(&["--greet"]);

    let notify = server.notify(0);
    assert_eq!(notify.app_name, "attuned");
    assert_eq!(labels(&notify.actions)[1..], ["Later", "Pause today"]);
    assert!(!notify.summary.is_empty() && !notify.body.is_empty());

    let words = home.stdout();
    assert_eq!(
        words.trim().lines().count(),
        3,
        "three plain lines: {words}"
    );
    for said in [
        "not therapy",
        "not a crisis service",
        "Nobody reads your answers",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
}

#[test]
fn the_first_words_are_said_once() {
    let (_bus, _server, home) = desk(QUIET);
    let mut daemon = home.daemon(&[]);
    assert!(home.stdout().contains("not therapy"));
    daemon.signal("TERM");
    assert_eq!(daemon.wait(), Some(0));
    let _daemon = home.daemon(&[]);
    assert_eq!(home.stdout(), "");
}

#[test]
fn another_replaces_in_place_and_later_takes_it_away() {
    let (_bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    home.prints(&["now", "kind-words/late-reviews"]);
    let first = server.notify(0);
    server.press(first.id, "another");
    let second = server.notify(1);
    assert_eq!(second.replaces_id, first.id);
    assert_ne!(second.body, first.body);

    server.press(second.id, "later");
    assert_eq!(server.closes(1), [second.id]);
    wait_until("it is put off", || {
        home.prints(&["why", "last"]).contains("put off for later")
    });
}

#[test]
fn a_hidden_prompt_leaves_the_screen_and_the_choice_stays() {
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&[]);
    home.prints(&["now", "kind-words/late-reviews"]);
    let shown = server.notify(0);
    wait_until("it is on screen", || {
        home.prints(&["last"]).contains("Late reviews")
    });
    let said = home.prints(&["library", "hide"]);
    assert!(
        said.starts_with(
            "Hidden: \"Late reviews\" (kind-words/late-reviews). It has left the screen,"
        ),
        "{said}"
    );
    assert_eq!(server.closes(1), [shown.id]);
    assert!(
        home.prints(&["why", "last"])
            .contains("let go: you hid this prompt")
    );
    daemon.signal("KILL");
    daemon.wait();
    let _daemon = home.daemon(&[]);
    assert_eq!(
        home.prints(&["library", "hide", "late-reviews"]),
        "\"Late reviews\" (kind-words/late-reviews) is hidden already.\n"
    );
}

#[test]
fn pause_today_is_one_press() {
    let (_bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&["--greet"]);
    let shown = server.notify(0);
    server.press(shown.id, "pause-today");
    wait_until("it is paused", || {
        home.status()["overview"]["pauses"]
            .as_array()
            .is_some_and(|all| all.len() == 1)
    });
}

#[test]
fn a_check_in_that_is_too_much_brings_steady_ground() {
    let (_bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    let check_in = home.prints(&["library", "show", "name-it", "--json"]);
    let collection: serde_json::Value = serde_json::from_str(&check_in).unwrap();
    let prompts = collection["prompts"].as_array().unwrap();
    let check_in = prompts
        .iter()
        .find(|one| one["kind"] == "check-in")
        .unwrap();
    home.prints(&["now", check_in["id"].as_str().unwrap()]);

    let asked = server.notify(0);
    assert_eq!(labels(&asked.actions), ["Okay", "Hard", "Too much"]);
    server.press(asked.id, "too-much");
    let steady = server.notify(1);
    assert!(steady.body.contains("attuned support"), "{}", steady.body);
    let today = home.prints(&["why", "today"]);
    assert!(today.contains("answered: too much"), "{today}");
}

#[test]
fn signals_and_the_stop_command_end_it_cleanly() {
    for how in ["TERM", "INT", "stop"] {
        let (_bus, server, home) = desk(QUIET);
        let mut daemon = home.daemon(&["--greet"]);
        let shown = server.notify(0);
        wait_until("it is known to be open", || {
            !home.status()["overview"]["open"]
                .as_array()
                .unwrap()
                .is_empty()
        });
        match how {
            "stop" => {
                home.prints(&["stop"]);
            }
            signal => daemon.signal(signal),
        }
        assert_eq!(daemon.wait(), Some(0), "{how}");
        assert_eq!(server.closes(1), [shown.id], "no dead buttons stay");
        assert!(!home.socket().exists());
        assert_eq!(
            home.run(&["stop"]).status.code(),
            Some(4),
            "nothing runs any more"
        );
    }
}

#[test]
fn changes_on_disk_are_followed_and_an_invalid_one_keeps_what_runs() {
    let (_bus, server, home) = desk(QUIET);
    let daemon = home.daemon(&[]);
    let reminders = || home.status()["overview"]["reminders"].as_u64();
    assert_eq!(reminders(), Some(1));

    home.write_config(&format!("{QUIET}\n{}", QUIET.replace("far", "further")));
    wait_until("the new settings are in force", || reminders() == Some(2));

    // The warning about the many prompts comes first in the file.
    home.write_config("[pace]\ncap = 24\n[[reminder]]\nname = \"far\"\nwhenn = \"at 9:00\"\n");
    let told = server.notify(0);
    assert_eq!(told.summary, "Settings not used");
    assert_eq!(reminders(), Some(2), "what ran goes on");
    let problem = home.status()["settings_problem"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        problem.contains("config.toml:5:1") || problem.contains("config.toml:3:"),
        "{problem}"
    );

    daemon.signal("HUP");
    home.prints(&["status"]);
    assert_eq!(server.count(), 1, "the same error is told once");

    home.write_config(QUIET);
    wait_until("the mended settings are in force", || {
        reminders() == Some(1)
    });
    assert!(home.status()["settings_problem"].is_null());
}

#[test]
fn personal_prompts_are_followed_too() {
    let (_bus, _server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    let folder = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("mine.toml"),
        "prompts = [\"The kettle is on.\"]",
    )
    .unwrap();
    wait_until("the new collection is there", || {
        home.run(&["now", "mine"]).status.success()
    });
    assert!(home.prints(&["last"]).contains("The kettle is on."));
}

#[test]
fn an_invalid_config_at_the_start_is_shown_whole() {
    let home = Home::without_bus();
    home.write_config(
        "[[reminder]]\nname = \"a\"\nwhen = \"at 25:00\"\n\n[pace]\ncap = \"many\"\n",
    );
    let output = home.run(&["run"]);
    assert_eq!(output.status.code(), Some(3));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.contains("config.toml:3:") && errors.contains("config.toml:6:"),
        "all at once: {errors}"
    );
}

#[test]
fn at_login_an_invalid_config_is_told_on_the_desktop_and_followed_once_mended() {
    let (_bus, server, home) = desk("[[reminder]]\nname = \"a\"\nwhen = \"at 25:00\"\n");
    let child = home.command(&["run", "--at-login"]).spawn().unwrap();
    let _daemon = Daemon::from(child);
    assert_eq!(server.notify(0).summary, "Settings not used");
    assert_eq!(
        home.status()["overview"]["reminders"],
        0,
        "and nothing else is said"
    );
    home.write_config(QUIET);
    wait_until("the mended settings are in force", || {
        home.status()["overview"]["reminders"] == 1
    });
}

#[test]
fn a_word_of_its_own_is_not_sent_into_do_not_disturb_either() {
    let (_bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    server.set_quiet(true);
    wait_until("that is heard", || home.reads("do-not-disturb") == "busy");
    home.write_config("[[reminder]]\nname = \"a\"\nwhen = \"at 25:00\"\n");
    wait_until("the error is met", || {
        !home.status()["settings_problem"].is_null()
    });
    // What is asked for comes in the terminal, and shows that nothing is on its way to the server any more.
    home.prints(&["now"]);
    assert_eq!(server.count(), 0);
    server.set_quiet(false);
    assert_eq!(server.notify(0).summary, "Settings not used");
}

#[test]
fn at_login_no_server_is_started_by_its_name_while_the_desktop_sets_up() {
    let mut bus = Bus::start();
    let started = bus.path("started");
    let script = bus.path("server");
    fs::write(
        &script,
        format!("#!/bin/sh\ntouch '{}'\n", started.display()),
    )
    .unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    bus.make_activatable(
        "org.freedesktop.Notifications",
        &script.display().to_string(),
    );
    let home = Home::new(&bus.address());
    home.write_config(BUSY);
    let child = home.command(&["run", "--at-login"]).spawn().unwrap();
    let _daemon = Daemon::from(child);
    wait_until("it runs", || home.status()["running"] == true);
    std::thread::sleep(Duration::from_secs(2));
    assert!(!started.exists(), "the session's own server comes first");
    let server = Server::start(&bus.address(), Identity::default());
    assert_eq!(server.notify(0).body, "Now.");
}

#[test]
fn started_by_the_session_alone_it_ends_with_the_sessions_bus() {
    let (mut bus, server, home) = desk(QUIET);
    let child = home.command(&["run", "--at-login"]).spawn().unwrap();
    let mut daemon = Daemon::from(child);
    wait_until("the service is known", || {
        !home.status()["service"].is_null()
    });
    drop(server);
    bus.stop();
    assert_eq!(daemon.wait(), Some(0));
}

#[test]
fn without_a_service_it_waits_and_shows_when_one_appears() {
    let bus = Bus::start();
    let home = Home::new(&bus.address());
    home.write_config(QUIET);
    let _daemon = home.daemon(&["--greet"]);
    wait_until("it says so", || {
        home.stderr().contains("no notification service")
    });
    assert!(home.status()["service"].is_null());

    let server = Server::start(&bus.address(), Identity::default());
    let shown = server.notify(0);
    assert_eq!(labels(&shown.actions)[1..], ["Later", "Pause today"]);
    drop(server);
    wait_until("the loss is noticed", || home.status()["service"].is_null());
    assert_eq!(
        home.stderr().matches("no notification service").count(),
        2,
        "it says so once, each time there is none"
    );
}

#[test]
fn the_next_prompt_arrives_after_the_server_was_replaced() {
    let (bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&["--greet"]);
    server.notify(0);
    drop(server);
    let server = Server::start(
        &bus.address(),
        Identity {
            first_id: 1,
            ..Identity::default()
        },
    );
    wait_until("the new one is known", || {
        !home.status()["service"].is_null()
    });
    home.prints(&["now"]);
    assert_eq!(server.notify(0).replaces_id, 0);
}

#[test]
fn without_a_service_prompts_are_printed_on_a_terminal() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    let attuned = home.command(&[]);
    let program = attuned.get_program().to_str().unwrap();
    let mut terminal = Command::new("script");
    terminal.args(["-qec", &format!("{program} run --greet"), "/dev/null"]);
    terminal.env_clear().envs(
        attuned
            .get_envs()
            .filter_map(|(key, value)| Some((key, value?))),
    );
    terminal
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = terminal
        .spawn()
        .expect("script is installed (Debian: bsdutils)");
    wait_until("the prompt is on record as shown", || {
        !home.prints(&["last"]).contains("No prompt")
    });
    home.prints(&["stop"]);
    let mut shown = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut shown)
        .unwrap();
    child.wait().unwrap();
    let last = home.prints(&["last"]);
    let title = last.lines().next().unwrap();
    assert!(shown.contains(title), "{title}: {shown}");
}

#[test]
fn without_a_bus_everything_else_works() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    let mut daemon = home.daemon(&["--greet"]);
    home.prints(&["pause", "2h"]);
    assert_eq!(
        home.status()["overview"]["pauses"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    daemon.signal("TERM");
    assert_eq!(daemon.wait(), Some(0));
}

#[test]
fn a_server_that_never_answers_holds_nothing_up() {
    let (_bus, server, home) = desk(QUIET);
    server.set_manner(Manner::Hold);
    let mut daemon = home.daemon(&["--greet"]);
    server.notify(0);
    assert!(home.status()["pid"].is_number());
    home.prints(&["pause", "today"]);
    daemon.signal("TERM");
    assert_eq!(daemon.wait(), Some(0));
}

#[test]
fn the_service_manager_is_told_when_it_is_ready() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    let manager = UnixDatagram::bind(home.path("run/notify")).unwrap();
    manager.set_read_timeout(Some(support::PATIENCE)).unwrap();
    let mut command = home.command(&["run"]);
    let mut child = command
        .env("NOTIFY_SOCKET", home.path("run/notify"))
        .spawn()
        .unwrap();
    let mut buffer = [0; 1024];
    let length = manager.recv(&mut buffer).unwrap();
    let said = String::from_utf8_lossy(&buffer[..length]).into_owned();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(said.lines().any(|line| line == "READY=1"), "{said}");
}

#[test]
fn a_killed_daemon_leaves_nothing_in_the_way() {
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&["--greet"]);
    server.notify(0);
    home.prints(&["pause", "3h"]);
    daemon.signal("KILL");
    assert_eq!(daemon.wait(), None);
    assert!(home.socket().exists(), "a stale socket is left");
    assert_eq!(
        home.run(&["stop"]).status.code(),
        Some(4),
        "and means that nothing runs"
    );

    let _daemon = home.daemon(&[]);
    let status = home.status();
    assert_eq!(
        status["overview"]["pauses"].as_array().unwrap().len(),
        1,
        "the pause is still in force"
    );
}

#[test]
fn a_due_moment_is_met_within_50_ms() {
    let (_bus, server, home) = desk(BUSY);
    let _daemon = home.daemon(&[]);
    server.notify(0);
    let mut late = Vec::new();
    for index in 1..=5 {
        let at = server.notify(index).at;
        let since = at.duration_since(std::time::UNIX_EPOCH).unwrap();
        late.push(Duration::from_nanos(u64::from(since.subsec_nanos())));
    }
    late.sort();
    assert!(
        late[2] < Duration::from_millis(50),
        "the median of five: {late:?}"
    );
}

#[test]
fn an_idle_daemon_does_not_wake() {
    // What has nothing to look at here looks for it now and then.
    let blind = "[busy]\naway = false\npresenting = false\ncamera = false\nmicrophone = false\n";
    let (bus, server, home) = desk(&format!("{QUIET}{blind}"));
    let mut command = home.command(&["run", "--greet"]);
    command.env("DBUS_SYSTEM_BUS_ADDRESS", bus.address());
    let daemon = home.daemon_of(command);
    server.notify(0);
    wait_until("it is known to be open", || {
        !home.status()["overview"]["open"]
            .as_array()
            .unwrap()
            .is_empty()
    });
    // The last command's connection is still being closed.
    std::thread::sleep(Duration::from_secs(6));
    let before = switches(daemon.id());
    std::thread::sleep(Duration::from_secs(20));
    assert_eq!(
        switches(daemon.id()),
        before,
        "context switches of all its threads in 20 s"
    );
}

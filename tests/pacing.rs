//! After "Too much": `attuned overwhelmed`, `attuned steady`, and what tells of it, on the real program.
#![cfg(target_os = "linux")]

mod support;

use attuned::journal::{Channel, CheckIn, Content, Origin, Quick};
use serde_json::Value;

use support::bus::Bus;
use support::home::Home;
use support::process::run_with;
use support::server::{Identity, Server};
use support::wait_until;

/// Nothing comes by itself; and somebody to call.
const QUIET: &str = "\
[[reminder]]
name = \"far\"
when = \"on 29 February at 9:00\"
message = \"Far away.\"

[[support.line]]
name = \"Ana\"
number = \"+00 000 000\"
";

/// As one line, wherever it was wrapped.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn stage(home: &Home) -> Value {
    home.status()["overview"]["after_too_much"].clone()
}

#[test]
fn without_a_daemon_the_practice_is_shown_with_whom_to_turn_to() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    let said = flowing(&home.prints(&["overwhelmed"]));
    for part in [
        " Ana +00 000 000 ",
        "at most one gentle prompt by itself, and no check-in;",
        "attuned is not running; this holds from its start on.",
        "To end it sooner: attuned steady",
        "attuned support",
    ] {
        assert!(said.contains(part), "{part:?} in {said}");
    }
    let records = home.records();
    let card = records[0].card.as_ref().expect("something was shown");
    assert!(said.contains(&card.text), "{said}");
    assert!(card.prompt.as_ref().unwrap().starts_with("steady-ground/"));
    let kept = home.entries();
    let [entry] = &kept[..] else {
        panic!("one entry: {kept:?}")
    };
    assert_eq!(
        entry.content,
        Content::CheckIn(CheckIn::quick(Quick::TooMuch))
    );
    assert_eq!(
        (entry.origin, entry.channel),
        (Origin::Own, Channel::Terminal)
    );

    assert_eq!(stage(&home)["stage"], "rest");
    assert_eq!(stage(&home)["ceiling"], "gentle");
    let said = home.prints(&["status"]);
    assert!(
        said.contains("Pace") && said.contains("attuned steady"),
        "{said}"
    );
    for command in [&["why", "today"][..], &["why", "next"], &["preview"]] {
        let said = flowing(&home.prints(command));
        assert!(said.contains("at most one"), "{command:?}: {said}");
        assert!(said.contains("attuned steady"), "{command:?}: {said}");
    }

    let said = home.prints(&["steady"]);
    assert_eq!(said, "Prompts come as you set them again.\n");
    assert_eq!(stage(&home), Value::Null);
    let said = home.prints(&["steady"]);
    assert_eq!(
        said,
        "Prompts come as you set them already; there was nothing to end.\n"
    );
}

#[test]
fn what_it_holds_back_is_told_and_it_goes_step_by_step() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    let json: Value = serde_json::from_str(&home.prints(&["overwhelmed", "--json"])).unwrap();
    assert!(
        json["practice"]["text"].is_string() && json["until"].is_string(),
        "{json}"
    );
    let said = home.prints(&["steady", "--step"]);
    assert!(said.starts_with("That was one step.\n"), "{said}");
    assert!(said.contains("gentle prompts only"), "{said}");
    assert_eq!(stage(&home)["stage"], "ease");
    // The ceiling is medium unless the settings say otherwise: one step more is all there is.
    let said = home.prints(&["steady", "--step"]);
    assert_eq!(said, "Prompts come as you set them again.\n");
    assert_eq!(stage(&home), Value::Null);
}

#[test]
fn it_holds_on_after_a_restart_and_a_pause_works_beside_it() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    let daemon = home.daemon(&[]);
    let said = home.prints(&["overwhelmed"]);
    assert!(!said.contains("is not running"), "{said}");
    let before = stage(&home);
    assert_eq!(before["stage"], "rest");
    // As a crash does.
    drop(daemon);
    let _daemon = home.daemon(&[]);
    assert_eq!(stage(&home), before);
    home.prints(&["pause", "2h"]);
    let status = home.status();
    assert_eq!(status["overview"]["paused"], true);
    assert_eq!(status["overview"]["after_too_much"], before);
    home.prints(&["steady"]);
    let status = home.status();
    assert_eq!(
        status["overview"]["paused"], true,
        "a pause is another matter"
    );
    assert_eq!(status["overview"]["after_too_much"], Value::Null);
}

#[test]
fn where_no_country_is_known_what_holds_everywhere_is_told() {
    let home = Home::without_bus();
    let said = flowing(&home.prints(&["overwhelmed"]));
    for part in ["emergency number", "findahelpline.com", "attuned support"] {
        assert!(said.contains(part), "{part:?} in {said}");
    }
}

#[test]
fn too_much_in_a_notification_is_met_at_once() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = Home::new(&bus.address());
    home.write_config(QUIET);
    let _daemon = home.daemon(&[]);
    wait_until("the service is known", || {
        !home.status()["service"].is_null()
    });
    home.prints(&["now", "reflect/the-week-so-far"]);
    server.press(server.notify(0).id, "too-much");
    let steady = server.notify(1);
    assert!(
        steady
            .body
            .ends_with("\nAna: +00 000 000\nFor people to turn to: attuned support"),
        "{}",
        steady.body
    );
    assert_eq!(stage(&home)["stage"], "rest");

    home.prints(&["steady"]);
    let said = home.prints(&["overwhelmed", "--notify"]);
    assert!(said.starts_with("Sent to your desktop."), "{said}");
    assert!(server.notify(2).body.contains("attuned support"));
    assert_eq!(stage(&home)["stage"], "rest");
    let channels: Vec<Channel> = home.entries().iter().map(|one| one.channel).collect();
    assert_eq!(channels, [Channel::Notification, Channel::Script]);
}

#[test]
fn without_lines_of_ones_own_a_notification_names_the_countrys_first() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    // The country in the settings, else the locale's, as in the terminal.
    for (notified, settings, locale) in [
        (0, "[support]\ncountry = \"US\"\n", "de_AT.UTF-8"),
        (1, "", "en_US.UTF-8"),
    ] {
        let home = Home::new(&bus.address());
        home.write_config(settings);
        let mut command = home.command(&["run"]);
        command.env("LC_ALL", locale);
        let _daemon = home.daemon_of(command);
        wait_until("the service is known", || {
            !home.status()["service"].is_null()
        });
        home.prints(&["overwhelmed", "--notify"]);
        let body = server.notify(notified).body;
        let lines: Vec<&str> = body.lines().collect();
        let country = "988 Suicide & Crisis Lifeline: 988 (at any hour)";
        let turn_to = "For people to turn to: attuned support";
        assert_eq!(lines[1..], [country, turn_to], "{locale}");
    }
}

#[test]
fn words_to_the_prompt_on_screen_answer_it() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = Home::new(&bus.address());
    let _daemon = home.daemon(&[]);
    wait_until("the service is known", || {
        !home.status()["service"].is_null()
    });
    let prompt = "walls/a-smaller-step";
    home.prints(&["now", prompt]);
    let shown = server.notify(0).id;
    let mut write = home.command(&["write", "--prompt", prompt]);
    assert!(run_with(&mut write, "Mostly tired.").status.success());
    assert_eq!(server.closes(1), [shown]);
    let said = home.prints(&["why"]);
    assert!(said.contains("in words of your own"), "{said}");
}

#[test]
fn as_a_notification_it_needs_a_daemon() {
    let home = Home::without_bus();
    let output = home.run(&["overwhelmed", "--notify"]);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(stage(&home), Value::Null);
}

#[test]
fn whatever_is_wrong_with_the_settings_whom_to_turn_to_is_told() {
    let home = Home::without_bus();
    home.write_config("[pace]\ncap = \"many\"\n");
    let output = home.run(&["overwhelmed"]);
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("attuned support"), "{said}");
}

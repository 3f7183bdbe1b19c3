//! Question by question on a screen.

use std::os::unix::process::ExitStatusExt;

use attuned::journal::{Outcome, Quick, Scale};

use crate::support::home::Home;
use crate::support::pty::Pty;
use crate::support::wait_until;
use crate::{check_in, entries};

const ESC: &str = "\u{1b}";
const CTRL_C: &str = "\u{3}";
const CTRL_D: &str = "\u{4}";
const CTRL_Z: &str = "\u{1a}";
const UP: &str = "\u{1b}[A";
/// The way to the other screen, and back from it.
const THERE: &str = "\u{1b}[?1049h";
const BACK: &str = "\u{1b}[?1049l";

fn start(home: &Home) -> Pty {
    let pty = Pty::start(&home.command(&["check-in"]), 80, 24);
    pty.shows(THERE);
    pty.shows("How is it right now?");
    pty
}

/// Goes past the prompt that follows, which may be a practice.
fn is_asked_how_it_is_now(pty: &mut Pty) {
    wait_until("it asks how it is now", || {
        let seen = pty.seen();
        let is_asked = seen.contains("how is it now?");
        if seen.contains("Any other key: stop") && !is_asked {
            pty.types("x");
        }
        is_asked
    });
}

/// From the first question to the prompt that follows, with a daemon or without one.
fn walk_through(home: &Home) {
    let mut pty = start(home);
    pty.types("h");
    pty.shows("Where would you put it?");
    pty.types(UP);
    pty.shows("neither pleasant nor unpleasant, much energy");
    pty.types("\r");
    pty.shows("Which words fit?");
    pty.types("tens");
    pty.shows("Typed: tens");
    pty.types("\r\r");
    pty.shows("Where in the body");
    pty.types("\t");
    pty.shows("What is it about?");
    pty.types("\t");
    pty.shows("What is needed?");
    pty.types("\t");
    pty.shows("in your own words?");
    // Pasted as terminals paste: its line break sends nothing off.
    pty.types("\u{1b}[200~A long day,\rand a walk.\u{1b}[201~");
    pty.shows("and a walk.");
    pty.types(CTRL_D);
    pty.shows("Words: tense");
    pty.types("\r");
    pty.shows(BACK);
    pty.shows("Kept, on this computer only.");
    // One that fits, which may be a practice; then how it is.
    is_asked_how_it_is_now(&mut pty);
    pty.types("o");
    pty.shows("For people to turn to: attuned support");
    assert_eq!(pty.ends().code(), Some(0));
    assert!(pty.is_as_found());
    let said = check_in(home);
    assert_eq!(said.quick, Some(Quick::Hard));
    assert_eq!(said.pleasant.map(Scale::value), Some(0));
    assert_eq!(said.energy.map(Scale::value), Some(1));
    assert_eq!(said.words, ["tense"]);
    assert_eq!(said.note.as_deref(), Some("A long day,\nand a walk."));
    assert_eq!(said.felt_after, Some(Quick::Okay));
    assert_eq!(entries(home)[0].revision, 2);
}

#[test]
fn without_a_daemon() {
    walk_through(&Home::without_bus());
}

#[test]
fn with_a_daemon() {
    let home = Home::without_bus();
    let _daemon = home.daemon(&[]);
    walk_through(&home);
}

#[test]
fn too_much_leads_to_steady_ground_and_to_people() {
    let home = Home::without_bus();
    let mut pty = start(&home);
    pty.types("t");
    pty.shows("Kept, on this computer only.");
    wait_until("it tells whom to turn to", || {
        let seen = pty.seen();
        if seen.contains("Any other key: stop") && !seen.contains("not a crisis service") {
            pty.types("x");
        }
        seen.contains("not a crisis service")
    });
    assert_eq!(pty.ends().code(), Some(0));
    let said = check_in(&home);
    assert_eq!((said.quick, said.felt_after), (Some(Quick::TooMuch), None));
    let records = home.records();
    let shown = records
        .last()
        .and_then(|record| record.card.as_ref())
        .expect("one was shown");
    assert!(
        shown
            .prompt
            .as_deref()
            .expect("it is from the library")
            .starts_with("steady-ground/")
    );
}

#[test]
fn rather_not_is_an_answer() {
    let home = Home::without_bus();
    let mut pty = start(&home);
    pty.types("r");
    pty.shows("Kept, on this computer only.");
    assert_eq!(pty.ends().code(), Some(0));
    assert_eq!(check_in(&home).outcome, Outcome::RatherNot);
}

#[test]
fn left_halfway_it_keeps_nothing_and_leaves_the_terminal_as_it_was() {
    for (way, name) in [
        (CTRL_C, "INT"),
        ("", "TERM"),
        ("", "HUP"),
        ("", "INT"),
        ("", "QUIT"),
    ] {
        let home = Home::without_bus();
        let mut pty = start(&home);
        pty.types("h");
        pty.shows("Where would you put it?");
        assert!(!pty.is_as_found());
        if way.is_empty() {
            pty.signal(name);
        } else {
            pty.types(way);
        }
        pty.shows(BACK);
        let status = pty.ends();
        let number = [("INT", 2), ("TERM", 15), ("HUP", 1), ("QUIT", 3)];
        let number = number
            .iter()
            .find(|(one, _)| *one == name)
            .map(|(_, number)| *number);
        assert_eq!(
            status.signal().or(status.code().map(|code| code - 128)),
            number,
            "{name}"
        );
        assert!(pty.is_as_found(), "{name}");
        assert!(entries(&home).is_empty(), "{name}");
    }
}

#[test]
fn escape_out_of_the_first_question_keeps_nothing() {
    let home = Home::without_bus();
    let mut pty = start(&home);
    pty.types(ESC);
    pty.shows(BACK);
    pty.shows("Nothing was kept.");
    assert_eq!(pty.ends().code(), Some(0));
    assert!(entries(&home).is_empty());
}

#[test]
fn stopped_and_resumed_it_goes_on_where_it_was() {
    let home = Home::without_bus();
    let mut pty = start(&home);
    pty.types("h");
    pty.shows("Where would you put it?");
    pty.types(CTRL_Z);
    pty.shows(BACK);
    let is_stopped = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", pty.id())).expect("it runs");
        stat.rsplit_once(") ")
            .is_some_and(|(_, rest)| rest.starts_with('T'))
    };
    wait_until("it stops", is_stopped);
    assert!(pty.is_as_found());
    pty.signal("CONT");
    pty.shows(THERE);
    pty.shows("Where would you put it?");
    pty.types(CTRL_D);
    pty.shows("This is what you said.");
    pty.types("\r");
    pty.shows("Kept, on this computer only.");
    assert_eq!(check_in(&home).quick, Some(Quick::Hard));
}

#[test]
fn a_window_may_change_its_size_meanwhile() {
    let home = Home::without_bus();
    let mut pty = start(&home);
    pty.types("h");
    pty.shows("Arrow keys move, or type a word for it. Enter goes on. Tab: rather not. Esc:");
    pty.resize(40, 12);
    // As much of it as fits on a line.
    pty.shows("Where would you put it?");
    pty.resize(3, 1);
    pty.resize(100, 40);
    pty.shows("Arrow keys move, or type a word for it. Enter goes on. Tab: rather not. Esc:");
    pty.types(CTRL_D);
    pty.shows("This is what you said.");
    pty.types("\r");
    pty.shows("Kept, on this computer only.");
}

/// A terminal that a notification opened does not close under what it says.
#[test]
fn opened_by_a_notification_it_goes_on_from_the_answer_and_waits_at_the_end() {
    let home = Home::without_bus();
    let printed = home.prints(&["check-in", "--quick", "hard", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
    let id = report["entry"].as_str().expect("it is an id");
    let mut pty = Pty::start(
        &home.command(&["--stay", "check-in", "--entry", id]),
        80,
        24,
    );
    pty.shows("Where would you put it?");
    pty.types(CTRL_D);
    pty.shows("This is what you said.");
    pty.types("\r");
    pty.shows("Kept, on this computer only.");
    is_asked_how_it_is_now(&mut pty);
    pty.types("\r");
    pty.shows("Enter ends this.");
    pty.types("\r");
    assert_eq!(pty.ends().code(), Some(0));
    let said = check_in(&home);
    assert_eq!(
        (said.quick, said.energy.map(Scale::value)),
        (Some(Quick::Hard), Some(0))
    );
}

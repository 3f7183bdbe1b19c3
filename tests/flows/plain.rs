//! Line by line.

use std::process::Output;

use attuned::journal::{Channel, Quick, Scale};
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::home::Home;
use crate::support::process::run_with;
use crate::support::pty::Pty;
use crate::{check_in, entries};

fn answer(home: &Home, lines: &str) -> Output {
    run_with(&mut home.command(&["check-in", "--plain"]), lines)
}

#[test]
fn all_questions_in_lines() {
    let home = Home::without_bus();
    let lines = "huh\nhard\n2\nmuch energy\nnear tense\n1, on edge, boxed in\nchest\n1\n\nA long day.\n.\no\n";
    let output = answer(&home, lines);
    assert!(output.status.success());
    let asked = String::from_utf8(output.stderr).expect("it is UTF-8");
    assert!(!asked.contains('\u{1b}'), "{asked}");
    assert_snapshot!(asked);
    let said = check_in(&home);
    assert_eq!(said.quick, Some(Quick::Hard));
    assert_eq!(said.pleasant.map(Scale::value), Some(-1));
    assert_eq!(said.energy.map(Scale::value), Some(1));
    assert_eq!(said.words, ["numb", "on edge", "boxed in"]);
    assert_eq!(
        (&said.body[..], &said.context[..]),
        (&["chest".to_owned()][..], &["work".to_owned()][..])
    );
    assert!(said.need.is_empty());
    assert_eq!(said.note.as_deref(), Some("A long day."));
    assert_eq!(said.felt_after, Some(Quick::Okay));
    assert_eq!(entries(&home)[0].channel, Channel::Terminal);
}

#[test]
fn answers_that_end_too_early_keep_nothing() {
    let home = Home::without_bus();
    for lines in ["", "hard\n", "hard\n1\n1\ntense\n"] {
        let output = answer(&home, lines);
        assert_eq!(output.status.code(), Some(1), "{lines:?}");
        assert!(entries(&home).is_empty(), "{lines:?}");
    }
}

#[test]
fn too_much_at_the_end_is_met_as_anywhere() {
    let home = Home::without_bus();
    let output = answer(&home, "hard\n\n\n\n\n\n\n.\n3\n");
    assert!(output.status.success());
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("A person you trust"), "{told}");
    let said = check_in(&home);
    assert_eq!(
        (said.quick, said.felt_after),
        (Some(Quick::Hard), Some(Quick::TooMuch))
    );
    let came = home.records();
    let last = came.last().and_then(|one| one.card.as_ref());
    let last = last.expect("something steady came");
    let prompt = last.prompt.as_deref().expect("it is of the library");
    assert!(prompt.starts_with("steady-ground/"), "{prompt}");
    assert!(told.contains(&last.title), "{told}");
    let held: Value = serde_json::from_str(&home.prints(&["status", "--json"])).expect("JSON");
    assert_eq!(held["overview"]["after_too_much"]["stage"], "rest");
}

#[test]
fn where_nothing_is_said_nothing_is_kept() {
    let home = Home::without_bus();
    let output = answer(&home, &format!("{}.\n", "\n".repeat(7)));
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "Nothing was kept.\n"
    );
    assert!(entries(&home).is_empty());
}

#[test]
fn a_terminal_that_is_no_screen_is_asked_in_lines() {
    let home = Home::without_bus();
    let mut command = home.command(&["check-in"]);
    command.env("TERM", "dumb");
    let mut pty = Pty::start(&command, 80, 24);
    pty.shows("How is it right now?");
    pty.types("rather not\r");
    pty.shows("Kept, on this computer only.");
    assert_eq!(pty.ends().code(), Some(0));
    assert!(!pty.seen().contains('\u{1b}'));
}

#[test]
fn what_cannot_be_kept_is_not_asked_for_or_given_back() {
    // Settings with an error, and no daemon that holds good ones: told before anybody types a word.
    let home = Home::without_bus();
    home.write_config("[pace]\ncap = 99\n");
    let output = answer(&home, "hard\n");
    assert_eq!(output.status.code(), Some(3));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("How is it"));
    // A record that cannot be written: told after, with all that was said.
    let home = Home::without_bus();
    std::fs::create_dir_all(home.database()).expect("a folder");
    let output = answer(&home, "hard\n\n\nboxed in\n\n\n\nA long day.\n.\n");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = told
        .split_once("This is what you said, as it could not be kept:")
        .expect(&told)
        .1;
    assert!(
        said.contains("Words: boxed in") && said.contains("A long day."),
        "{told}"
    );
    // So are words that came with flags.
    let mut given = home.command(&["check-in", "--quick", "hard", "--note"]);
    let output = run_with(&mut given, "A longer day.");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("A longer day."), "{told}");
}

//! Line by line.

use std::io::Write;
use std::process::{Output, Stdio};

use attuned::journal::{Channel, Quick, Scale};
use insta::assert_snapshot;

use crate::support::home::Home;
use crate::support::pty::Pty;
use crate::{check_in, entries};

fn answer(home: &Home, lines: &str) -> Output {
    let mut child = home
        .command(&["check-in", "--plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(lines.as_bytes()).expect("it reads");
    drop(stdin);
    child.wait_with_output().expect("it ends")
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
fn a_terminal_that_is_no_screen_is_asked_in_lines() {
    let home = Home::without_bus();
    let mut command = home.command(&["check-in"]);
    command.env("TERM", "dumb");
    let mut pty = Pty::start(&command, 80, 24);
    pty.shows("How is it right now?");
    pty.types("rather not\r");
    pty.shows("Kept.");
    assert_eq!(pty.ends().code(), Some(0));
    assert!(!pty.seen().contains('\u{1b}'));
}

//! What a person has to know before a collection is switched on.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use super::in_hand::{listed, session, write_collection};
use super::support::home::Home;
use super::{attuned, prints, with_settings};

const DEEP: &str = "\
title = \"Deep water\"
enabled = false
opt_in_notice = \"These ask about old hurts. Some find them heavy; you can switch them off at any time.\"
prompts = [\"What did you learn early about asking for help?\"]
";

#[test]
fn what_to_know_comes_before_a_collection_is_switched_on() {
    let home = with_settings("");
    write_collection(&home, "deep-water.toml", DEEP);
    assert_snapshot!(session(&home, &[
        "library enable deep-water noticing",
        "library enable deep-water --yes",
        "library enable deep-water",
        "library disable deep-water",
    ]), @r#"
    $ attuned library enable deep-water noticing
    error: before deep-water is switched on: These ask about old hurts. Some find them heavy; you can switch them off at any time.
    hint: if you want that: attuned library enable deep-water noticing --yes
    [1]
    $ attuned library enable deep-water --yes
    On: Deep water (deep-water). Its prompts come by themselves.
    To undo that: attuned library disable deep-water
    $ attuned library enable deep-water
    Deep water (deep-water) is on already.
    $ attuned library disable deep-water
    Off: Deep water (deep-water). Its prompts no longer come by themselves.
    To undo that: attuned library enable deep-water
    "#);
    // The daemon asks for the same.
    let _daemon = home.daemon(&[]);
    assert_eq!(
        attuned(&home, &["library", "enable", "deep-water"]).code,
        Some(1)
    );
    assert_eq!(listed(&home, "deep-water")["on"], false);
    prints(&home, &["library", "enable", "deep-water", "--yes"]);
    assert_eq!(listed(&home, "deep-water")["on"], true);
}

#[test]
fn what_to_know_keeps_a_collection_off_where_its_file_does_not_say() {
    let home = with_settings("");
    write_collection(&home, "unsaid.toml", &DEEP.replace("enabled = false\n", ""));
    write_collection(&home, "misspelt.toml", &DEEP.replace("enabled", "enabld"));
    write_collection(&home, "said.toml", &DEEP.replace("false", "true"));
    for (collection, on) in [("unsaid", false), ("misspelt", false), ("said", true)] {
        assert_eq!(listed(&home, collection)["on"], on, "{collection}");
    }
}

/// What a terminal (a pty, by script(1)) shows of a command that is answered so.
fn on_a_terminal(home: &Home, line: &str, answer: &str) -> String {
    let command = home.command(&[]);
    let environment = command.get_envs();
    let environment = environment.filter_map(|(key, value)| Some((key, value?)));
    let program = env!("CARGO_BIN_EXE_attuned");
    let mut script = Command::new("script")
        .args([
            "-qec",
            &format!("stty -echo; {program} {line}"),
            "/dev/null",
        ])
        .env_clear()
        .envs(environment)
        .env("PATH", "/usr/bin:/bin")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script is installed (Debian: bsdutils)");
    let mut keys = script.stdin.take().expect("it is a pipe");
    let mut screen = script.stdout.take().expect("it is a pipe");
    let mut shown = Vec::new();
    while !shown.ends_with(b"[y/N] ") {
        let mut byte = [0];
        screen.read_exact(&mut byte).expect("it asks");
        shown.extend(byte);
    }
    writeln!(keys, "{answer}").expect("it listens");
    screen.read_to_end(&mut shown).expect("it ends");
    assert!(script.wait().expect("it ends").success());
    let shown = String::from_utf8(shown).expect("the program writes UTF-8");
    shown.replace("\r\n", "\n")
}

#[test]
fn on_a_terminal_it_is_asked_and_no_is_the_default() {
    let home = with_settings("");
    write_collection(&home, "deep-water.toml", DEEP);
    assert_snapshot!(on_a_terminal(&home, "library enable deep-water", ""), @r#"
    Deep water
      These ask about old hurts. Some find them heavy; you can switch them off at
      any time.

    Switch it on? [y/N] It stays as it was.
    "#);
    assert_eq!(listed(&home, "deep-water")["on"], false);
    assert_snapshot!(on_a_terminal(&home, "library enable deep-water", "y"), @r#"
    Deep water
      These ask about old hurts. Some find them heavy; you can switch them off at
      any time.

    Switch it on? [y/N] On: Deep water (deep-water). Its prompts come by themselves.
    To undo that: attuned library disable deep-water
    "#);
    assert_eq!(listed(&home, "deep-water")["on"], true);
}

#[test]
fn what_is_stronger_than_the_settings_let_come_is_told_with_the_way_to_it() {
    let home = with_settings("");
    let deep = "id = \"reef\"\nintensity = \"deep\"\ntext = \"What is far down?\"";
    let text = format!("prompts = [\"Sand?\"]\n[[prompt]]\n{deep}\n");
    write_collection(&home, "sea.toml", &format!("enabled = false\n{text}"));
    assert_snapshot!(session(&home, &["library enable sea", "library show sea"]), @r#"
    $ attuned library enable sea
    On: Sea (sea). Its prompts come by themselves.
    To undo that: attuned library disable sea
    1 of its 2 prompts is stronger than your settings let come (medium at most), and
    does not come.
    To change that: attuned config set library.ceiling deep
    $ attuned library show sea
    Sea  sea, 2 prompts, on (your choice)
    1 of its 2 prompts is stronger than your settings let come (medium at most), and
    does not come.
    To change that: attuned config set library.ceiling deep

    A moment for you  reef, question, deep
      What is far down?

    A moment for you  own-5b26e7dba97ab937, question
      Sand?
    "#);
    prints(&home, &["config", "set", "library.ceiling", "deep"]);
    assert_snapshot!(session(&home, &["library enable sea", "library show sea"]), @r#"
    $ attuned library enable sea
    Sea (sea) is on already.
    $ attuned library show sea
    Sea  sea, 2 prompts, on (your choice)

    A moment for you  reef, question, deep
      What is far down?

    A moment for you  own-5b26e7dba97ab937, question
      Sand?
    "#);
}

#[test]
fn asked_for_by_name_it_gives_way_to_the_settings_and_says_how_to_change_them() {
    let home = with_settings("[library]\nceiling = \"gentle\"\n");
    assert_snapshot!(session(&home, &["now --from old-beliefs"]), @r#"
    $ attuned now --from old-beliefs
    error: no prompt fits just now
    hint: it is stronger than your settings let come: attuned config set library.ceiling deep
    [1]
    "#);
}

#[test]
fn what_goes_deep_names_the_way_back_to_steady_ground() {
    let home = with_settings("");
    assert_snapshot!(prints(&home, &["now", "old-beliefs/whose-words"]), @r#"
    Whose words
      A hard belief about yourself may be in someone else's words. How might a fair
      person put it?

      Then, if you like: attuned now steady-ground/plain-facts
    old-beliefs is off; it came because you asked for it.

    For people to turn to: attuned support
    "#);
}

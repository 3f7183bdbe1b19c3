//! The journal under faults: killed at any moment, two commands at once, a full disk, a newer version.

use std::io::Write;
use std::process::{Child, Output, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use serde_json::Value;

use super::support::home::Home;
use super::support::{namespace, skip, wait_until};
use super::*;

/// Starts a command that reads `input`.
fn feed(home: &Home, arguments: &[&str], input: &str) -> Child {
    let mut command = home.command(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_owned();
    // A program that is killed reads no further.
    std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    child
}

fn end(child: Child) -> Output {
    child.wait_with_output().expect("it ends")
}

fn exported(home: &Home) -> Value {
    let mut whole: Value = serde_json::from_str(&home.prints(&["export"])).expect("it is JSON");
    whole.as_object_mut().unwrap().remove("exported").unwrap();
    whole
}

fn note(number: usize) -> String {
    format!(
        "{{\"version\":1,\"id\":\"01a20cff7d00-{number:016x}\",\"revision\":1,\"at\":\"2026-11-24T10:00:00Z\",\
         \"offset\":0,\"zone\":\"UTC\",\"origin\":\"own\",\"channel\":\"script\",\"kind\":\"note\",\
         \"note\":\"{}\"}}\n",
        "words ".repeat(40)
    )
}

#[test]
fn an_import_killed_at_any_moment_is_finished_by_the_next() {
    let many: String = (0..6000).map(note).collect();
    let whole = Home::without_bus();
    assert!(end(feed(&whole, &["import", "-"], &many)).status.success());
    let expected = exported(&whole);
    for (round, kills_daemon) in [false, true].into_iter().enumerate() {
        let home = Home::without_bus();
        home.write_config(QUIET);
        let mut daemon = kills_daemon.then(|| home.daemon(&[]));
        for step in 1..=6_u64 {
            let mut import = feed(&home, &["import", "-"], &many);
            std::thread::sleep(Duration::from_millis(60 * step));
            if let Some(running) = &mut daemon {
                running.signal("KILL");
                running.wait();
                end(import);
                daemon = Some(home.daemon(&[]));
            } else {
                import.kill().unwrap();
                end(import);
            }
        }
        let last = end(feed(&home, &["import", "-"], &many));
        assert!(last.status.success(), "{round}");
        assert_eq!(exported(&home), expected, "{round}");
    }
}

#[test]
fn an_erase_killed_at_any_moment_took_all_or_nothing_and_is_finished_by_the_next() {
    let many: String = (0..600).map(note).collect();
    let erase = ["erase", "--yes", "--notes"];
    for kills_daemon in [false, true] {
        for step in 1..=4_u64 {
            let home = Home::without_bus();
            home.write_config(QUIET);
            assert!(end(feed(&home, &["import", "-"], &many)).status.success());
            let daemon = kills_daemon.then(|| home.daemon(&[]));
            let mut killed = feed(&home, &erase, "");
            std::thread::sleep(Duration::from_millis(40 * step));
            if let Some(mut running) = daemon {
                running.signal("KILL");
                running.wait();
            } else {
                killed.kill().unwrap();
            }
            end(killed);
            let left = exported(&home)["entries"].as_array().unwrap().len();
            assert!([0, 600].contains(&left), "{left}");
            home.prints(&erase);
            let folder = home.database().parent().unwrap().to_owned();
            for entry in std::fs::read_dir(folder).unwrap() {
                let bytes = std::fs::read(entry.unwrap().path()).unwrap();
                assert!(!bytes.windows(12).any(|part| part == b"words words "));
            }
        }
    }
}

#[test]
fn a_note_that_was_told_kept_survives_the_daemons_death() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    for round in 1..=5 {
        let mut daemon = home.daemon(&[]);
        let kept = end(feed(&home, &["write"], &format!("Round {round}.")));
        daemon.signal("KILL");
        daemon.wait();
        assert!(kept.status.success());
        let entries = exported(&home)["entries"].as_array().unwrap().len();
        assert_eq!(entries, round);
    }
}

#[test]
fn commands_at_once_keep_one_note_each() {
    for has_daemon in [true, false] {
        let home = Home::without_bus();
        home.write_config(QUIET);
        let _daemon = has_daemon.then(|| home.daemon(&[]));
        let writing: Vec<Child> = (0..6)
            .map(|number| feed(&home, &["write"], &format!("Number {number}.")))
            .collect();
        for child in writing {
            let output = end(child);
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{has_daemon}: {errors}");
        }
        let exported = exported(&home);
        let entries = exported["entries"].as_array().unwrap();
        let mut notes: Vec<&str> = entries
            .iter()
            .map(|one| one["note"].as_str().unwrap())
            .collect();
        notes.sort_unstable();
        let expected: Vec<String> = (0..6).map(|number| format!("Number {number}.")).collect();
        assert_eq!(notes, expected, "{has_daemon}");
    }
}

#[test]
fn on_a_full_disk_words_are_given_back_and_nothing_is_half_kept() {
    if !namespace::is_granted() {
        return skip(
            "a disk of the test's own needs a mount namespace, which the kernel does not grant here",
        );
    }
    let (_bus, _server, home) = desk(QUIET);
    let daemon = home.daemon_of(namespace::run(
        &home,
        "mount -t tmpfs -o size=1m,mode=700 tmpfs \"$1\"",
    ));
    assert!(end(feed(&home, &["write"], "Before.")).status.success());
    namespace::inside(
        &home,
        &daemon,
        "head -c 2m /dev/zero >\"$1/filler\" 2>/dev/null || true",
    );
    let words = "These words. ".repeat(2000);
    let refused = end(feed(&home, &["write"], &words));
    assert_eq!(refused.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&refused.stderr);
    assert!(errors.contains("the journal cannot be written"), "{errors}");
    let back = String::from_utf8_lossy(&refused.stdout);
    assert_eq!(back.trim(), words.trim(), "the words come back");
    namespace::inside(&home, &daemon, "rm \"$1/filler\"");
    wait_until("it works again", || {
        end(feed(&home, &["write"], &words)).status.success()
    });
    let listed = namespace::attuned(&home, &daemon, &["journal", "list", "--json"]);
    let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed.len(), 2, "what was refused is not there");
}

#[test]
fn a_journal_of_a_newer_version_is_refused_and_not_touched() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    assert!(end(feed(&home, &["write"], "A note.")).status.success());
    let newer = Connection::open(home.database()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    newer.close().unwrap();
    let before = std::fs::read(home.database()).unwrap();
    for arguments in [
        &["journal"][..],
        &["journal", "search", "note"],
        &["export"],
        &["write"],
        &["import", "-"],
        &["erase", "--yes", "--all"],
    ] {
        let output = end(feed(&home, arguments, &note(1)));
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(errors.contains("newer attuned"), "{arguments:?}: {errors}");
        assert_eq!(
            std::fs::read(home.database()).unwrap(),
            before,
            "{arguments:?}"
        );
    }
}

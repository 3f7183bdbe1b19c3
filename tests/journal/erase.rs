//! `attuned erase`: afterwards no file of attuned's has the words.

use std::fs;

use attuned::daemon::store::Store;
use rusqlite::Connection;

use super::support::pty::Pty;
use super::*;

const CHECK_IN: &str = "{\"version\":1,\"id\":\"01a20cff7d00-0000000000000abc\",\"revision\":1,\
    \"at\":\"2026-11-24T10:00:00Z\",\"offset\":0,\"zone\":\"UTC\",\"origin\":\"own\",\"channel\":\"script\",\
    \"kind\":\"check-in\",\"quick\":\"hard\",\"note\":\"About wistaria.\"}\n";

/// A note, a check-in with a note, a copy from before a restore and a database that was set aside, all with "wistaria".
fn full_home() -> Home {
    let home = Home::without_bus();
    home.write_config(QUIET);
    write(&home, "Under the wistaria.");
    stdout(&feed(&home, &["import", "-"], CHECK_IN.as_bytes()));
    let copy = home.path("copy.db").display().to_string();
    home.prints(&["backup", &copy]);
    home.prints(&["restore", "--yes", &copy]);
    let aside = home
        .database()
        .with_file_name("attuned.db.corrupt-2026-11-24T10-00-00Z");
    fs::write(aside, "wistaria, and what else was damaged").unwrap();
    assert!(files_with(&home, "wistaria").len() >= 3);
    home
}

#[test]
fn the_words_are_in_no_file_with_and_without_a_daemon() {
    for has_daemon in [false, true] {
        for what in ["--notes", "--all"] {
            let home = full_home();
            let daemon = has_daemon.then(|| home.daemon(&[]));
            if has_daemon {
                write(&home, "wistaria, in the log");
            }
            let erased = home.prints(&["erase", "--yes", "--json", what]);
            let erased: Value = serde_json::from_str(&erased).unwrap();
            assert_eq!(erased["unfinished"], serde_json::json!([]), "{erased}");
            assert_eq!(erased["files"].as_array().unwrap().len(), 2, "{erased}");
            assert_eq!(
                files_with(&home, "wistaria"),
                [""; 0],
                "{what}, {has_daemon}"
            );
            drop(daemon);
            assert_eq!(
                files_with(&home, "wistaria"),
                [""; 0],
                "{what}, {has_daemon}"
            );
        }
    }
}

#[test]
fn notes_go_and_check_ins_stay_without_them() {
    let home = full_home();
    let before = home.prints(&["export"]);
    let erased = home.prints(&["erase", "--yes", "--notes"]);
    assert!(
        erased.starts_with("Erased: 1 entry, 1 note of a check-in, 2 copies."),
        "{erased}"
    );
    let left = entries(&home);
    assert_eq!(left.len(), 1);
    assert_eq!(
        (&left[0]["quick"], &left[0]["note"]),
        (&"hard".into(), &Value::Null)
    );
    // Another computer's copy does not bring it back, and learns of it.
    stdout(&feed(&home, &["import", "-"], before.as_bytes()));
    assert_eq!(entries(&home), left);
    let other = Home::without_bus();
    stdout(&feed(&other, &["import", "-"], before.as_bytes()));
    stdout(&feed(
        &other,
        &["import", "-"],
        home.prints(&["export"]).as_bytes(),
    ));
    assert_eq!(entries(&other), left);
}

#[test]
fn before_a_day_entries_and_records_go() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    stdout(&feed(&home, &["import", "-"], CHECK_IN.as_bytes()));
    home.prints(&["now"]);
    write(&home, "Today.");
    let early = home.prints(&["erase", "--yes", "--before", "2016-11-24"]);
    assert_eq!(early, "There was nothing to erase.\n");
    let after_tomorrow = home.prints(&["erase", "--yes", "--json", "--before", "2999-01-01"]);
    let erased: Value = serde_json::from_str(&after_tomorrow).unwrap();
    let gone = (&erased["entries"], &erased["records"]);
    assert_eq!(gone, (&2.into(), &1.into()), "{erased}");
    assert!(entries(&home).is_empty());
    let export: Value = serde_json::from_str(&home.prints(&["export"])).unwrap();
    assert_eq!(export["deleted"].as_array().unwrap().len(), 2);
}

#[test]
fn all_drops_what_was_deleted_too_and_what_answers_led_to() {
    let home = full_home();
    let gone = write(&home, "Gone.");
    home.prints(&["journal", "delete", "--yes", &gone]);
    home.prints(&["now"]);
    home.prints(&["pause", "3h", "--only", "far"]);
    home.prints(&["erase", "--yes", "--all"]);
    let export: Value = serde_json::from_str(&home.prints(&["export"])).unwrap();
    assert_eq!(export["deleted"], serde_json::json!([]));
    assert_eq!(export["entries"], serde_json::json!([]));
    assert!(home.prints(&["last"]).starts_with("No prompt has come yet"));
    let store = Store::open_read_only(&home.database()).unwrap().unwrap();
    let state = store.state().unwrap().unwrap();
    assert_eq!(state.last_check_in, None);
    assert_eq!(state.pauses.len(), 1, "what was chosen stays");
}

#[test]
fn nobody_here_to_be_asked_means_no() {
    let home = full_home();
    let refused = home.run(&["erase", "--all"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("--yes"), "{}", stderr(&refused));
    assert_eq!(home.run(&["erase", "--yes"]).status.code(), Some(2));
    assert_eq!(entries(&home).len(), 2);
}

#[test]
fn only_a_yes_erases_what_is_named_first() {
    let home = full_home();
    for (typed, told, left) in [("\r", "Nothing was erased.", 2), ("yes\r", "Erased:", 0)] {
        let mut pty = Pty::start(&home.command(&["erase", "--all"]), 80, 24);
        pty.shows("everything you recorded");
        pty.shows("attuned.db.corrupt-2026-11-24T10-00-00Z");
        pty.shows("Erase it for good? [y/N]");
        pty.types(typed);
        pty.shows(told);
        pty.ends();
        assert_eq!(entries(&home).len(), left, "{typed:?}");
    }
}

#[test]
fn a_reader_in_the_way_is_told() {
    let home = full_home();
    let _daemon = home.daemon(&[]);
    let reader = Connection::open(home.database()).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM entry").unwrap();
    let told = home.run(&["erase", "--yes", "--all"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(
        stderr(&told).contains("another program reads the record"),
        "{}",
        stderr(&told)
    );
    drop(reader);
    home.prints(&["erase", "--yes", "--all"]);
    assert_eq!(files_with(&home, "wistaria"), [""; 0]);
}

#[test]
fn what_is_too_old_goes_by_itself_and_check_tells() {
    let home = Home::without_bus();
    let old = CHECK_IN.replace("2026-11-24T10:00:00Z", "2016-11-24T10:00:00Z");
    stdout(&feed(&home, &["import", "-"], old.as_bytes()));
    write(&home, "New.");
    home.write_config("[journal]\nkeep = \"2 years\"\n\n[[reminder]]\nname = \"often\"\nwhen = \"* * * * * *\"\nmessage = \"Now.\"\n");
    assert!(home.prints(&["check"]).contains("2 years"));
    let _daemon = home.daemon(&[]);
    support::wait_until("the old one is gone", || notes(&home) == ["New."]);
    let export: Value = serde_json::from_str(&home.prints(&["export"])).unwrap();
    assert_eq!(
        export["deleted"],
        serde_json::json!([]),
        "that stays on this computer"
    );
}

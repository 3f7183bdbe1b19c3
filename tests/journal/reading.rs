//! `attuned journal list`, `show`, `search` and `delete`.

use std::fs;
use std::path::Path;

use super::support::pty::Pty;
use super::*;

#[test]
fn the_newest_come_first_and_a_number_of_them_or_all() {
    let home = Home::without_bus();
    assert!(home.prints(&["journal"]).starts_with("Nothing yet."));
    for number in 1..=22 {
        write(&home, &format!("Number {number}."));
    }
    let lines = |arguments: &[&str]| -> Vec<String> {
        let shown = home.prints(arguments);
        let of_note = |line: &&str| line.trim().starts_with("Number");
        shown
            .lines()
            .filter(of_note)
            .map(|line| line.trim().to_owned())
            .collect()
    };
    let listed = lines(&["journal", "list"]);
    assert_eq!((listed.len(), listed[0].as_str()), (20, "Number 22."));
    assert!(home.prints(&["journal"]).contains("There are older ones"));
    assert_eq!(lines(&["journal", "list", "-n", "1"]), ["Number 22."]);
    assert_eq!(lines(&["journal", "list", "--all"]).len(), 22);
    assert_eq!(lines(&["journal", "list", "--kind", "win"]).len(), 0);
    assert_eq!(lines(&["journal", "list", "--until", "yesterday"]).len(), 0);
    assert_eq!(
        lines(&["journal", "list", "--since", "today", "--all"]).len(),
        22
    );
    assert_eq!(entries(&home).len(), 22);
    let odd = home.run(&["journal", "list", "--since", "soon"]);
    assert_eq!(odd.status.code(), Some(2));
    assert!(
        stderr(&odd).contains("this is not a day"),
        "{}",
        stderr(&odd)
    );
}

#[test]
fn words_are_searched_in_any_case_and_need_not_stand_on_the_command_line() {
    let home = Home::without_bus();
    write(&home, "Spaziergang an der GROSSEN Straße");
    write(&home, "Something else");
    let found = home.prints(&["journal", "search", "strasse", "große", "--json"]);
    let found: Vec<Value> = serde_json::from_str(&found).unwrap();
    assert_eq!(found.len(), 1);
    let asked = stdout(&feed(&home, &["journal", "search"], b"ELSE\n"));
    assert!(asked.contains("Something else"), "{asked}");
    assert!(
        home.prints(&["journal", "search", "nowhere"])
            .starts_with("Nothing")
    );
    let empty = feed(&home, &["journal", "search"], b"\n");
    assert_eq!(empty.status.code(), Some(2));
}

#[test]
fn a_time_is_the_one_on_the_wall_there() {
    let home = Home::without_bus();
    let elsewhere = |zone: &str, words: &str| {
        let mut command = home.command(&["write"]);
        command.env("TZ", zone).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(words.as_bytes())
            .unwrap();
        assert!(child.wait().unwrap().success());
    };
    elsewhere("Asia/Kathmandu", "There.");
    elsewhere("Europe/Berlin", "Here.");
    let shown = home.prints(&["journal"]);
    assert_eq!(shown.matches("(Asia/Kathmandu)").count(), 1, "{shown}");
    assert!(!shown.contains("Berlin"), "{shown}");
}

#[test]
fn one_is_shown_in_full_by_the_beginning_of_its_id() {
    let home = Home::without_bus();
    let text = "Line.\n".repeat(30);
    let id = write(&home, &text);
    let drawn = id.split_once('-').unwrap().1;
    assert!(home.prints(&["journal"]).contains(&drawn[..6]));
    for name in [&id, drawn, &drawn[..4], &drawn[..6].to_uppercase()] {
        let shown = home.prints(&["journal", "show", name]);
        assert_eq!(shown.matches("Line.").count(), 30, "{name}: {shown}");
        assert!(shown.contains(&id), "{shown}");
    }
    let none = home.run(&["journal", "show", "xyz"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(stderr(&none).contains("there is no entry xyz"));
}

#[test]
fn a_beginning_that_several_ids_have_names_them() {
    let home = Home::without_bus();
    let ids: Vec<String> = (0..17)
        .map(|number| write(&home, &number.to_string()))
        .collect();
    // Of seventeen ids two begin with the same of sixteen digits.
    let first = |id: &String| id.split_once('-').unwrap().1[..1].to_owned();
    let twice = |one: &&String| {
        ids.iter()
            .filter(|other| first(other) == first(one))
            .count()
            > 1
    };
    let name = first(ids.iter().find(twice).unwrap());
    let several = home.run(&["journal", "show", &name]);
    assert_eq!(several.status.code(), Some(1));
    let told = stderr(&several);
    assert!(
        told.contains(&format!("several ids begin with {name}")),
        "{told}"
    );
    assert!(told.contains("type more of it"), "{told}");
}

#[test]
fn a_deletion_is_asked_for_and_stays() {
    let home = Home::without_bus();
    let (gone, stays) = (write(&home, "Gone."), write(&home, "Stays."));
    let before = home.prints(&["export"]);
    let unasked = home.run(&["journal", "delete", &gone]);
    assert_eq!(unasked.status.code(), Some(2));
    assert!(stderr(&unasked).contains("--yes"), "{}", stderr(&unasked));
    let deleted = home.prints(&["journal", "delete", "--yes", "--json", &gone]);
    let deleted: Value = serde_json::from_str(&deleted).unwrap();
    assert_eq!(deleted["deleted"], serde_json::json!([gone]));
    let again = feed(&home, &["import", "-"], before.as_bytes());
    assert!(stdout(&again).contains("1 left out, as they were deleted here"));
    assert_eq!(entries(&home)[0]["id"], stays);
    assert_eq!(notes(&home), ["Stays."]);
}

#[test]
fn only_a_yes_deletes() {
    let home = Home::without_bus();
    let id = write(&home, "Stays, or not.");
    for (typed, told, left) in [
        ("\r", "Nothing was deleted.", 1),
        ("n\r", "Nothing was deleted.", 1),
        ("\x04", "Nothing was deleted.", 1),
        ("y\r", "Deleted 1 entry.", 0),
    ] {
        let mut pty = Pty::start(&home.command(&["journal", "delete", &id]), 80, 24);
        pty.shows("Stays, or not.");
        pty.shows("Delete 1 entry for good? [y/N]");
        pty.types(typed);
        pty.shows(told);
        assert_eq!(pty.ends().code(), Some(0), "{typed:?}");
        assert_eq!(entries(&home).len(), left, "{typed:?}");
    }
}

#[test]
fn a_record_from_before_there_was_a_journal_has_none_yet() {
    let home = Home::without_bus();
    let before = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/databases/v1.db");
    fs::create_dir_all(home.database().parent().unwrap()).unwrap();
    fs::copy(before, home.database()).unwrap();
    assert!(home.prints(&["journal"]).starts_with("Nothing yet."));
    assert!(
        home.prints(&["journal", "search", "x"])
            .starts_with("Nothing")
    );
    let export: Value = serde_json::from_str(&home.prints(&["export"])).unwrap();
    assert_eq!(export["entries"], serde_json::json!([]));
    write(&home, "The first.");
    assert_eq!(notes(&home), ["The first."]);
}

//! `attuned write` and `win`.

use super::support::pty::Pty;
use super::support::wait_until;
use super::*;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn words_are_kept_with_and_without_a_daemon() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    write(&home, "\nOne line,\r\nand another.\n\n");
    let daemon = home.daemon(&[]);
    let kept = stdout(&feed(&home, &["win"], "Rang Ana.".as_bytes()));
    assert!(kept.starts_with("Kept."), "{kept}");
    drop(daemon);
    assert_eq!(notes(&home), ["Rang Ana.", "One line,\nand another."]);
    let entries = entries(&home);
    assert_eq!(entries[0]["kind"], "win");
    assert_eq!(entries[1]["kind"], "note");
    assert_eq!(entries[1]["channel"], "script");
    assert_eq!(entries[1]["zone"], "Europe/Berlin");
}

#[test]
fn nothing_written_keeps_nothing() {
    let home = Home::without_bus();
    for words in ["", " \n\n\t"] {
        let kept = stdout(&feed(&home, &["write"], words.as_bytes()));
        assert_eq!(kept, "Nothing was kept.\n");
    }
    assert!(notes(&home).is_empty());
}

#[test]
fn a_note_belongs_to_the_prompt_that_is_named() {
    let home = Home::without_bus();
    let id = "small-wins/a-bit-better";
    stdout(&feed(&home, &["write", "--prompt", id], b"The walk."));
    let nothing = feed(&home, &["write", "--prompt", "last"], b"To what?");
    assert_eq!(nothing.status.code(), Some(1));
    assert!(stderr(&nothing).contains("no prompt has come yet"));
    let shown = home.prints(&["now"]);
    stdout(&feed(&home, &["write", "--prompt", "last"], b"To that."));
    let entries = entries(&home);
    let asked = entries[0]["asked"].as_str().unwrap();
    let first_words: String = asked.split(' ').take(3).collect::<Vec<_>>().join(" ");
    assert!(shown.contains(&first_words), "{shown}");
    assert_eq!(entries[1]["prompt"], id);
    for (name, code) in [("kind-words", 2), ("nothing-such", 1)] {
        let refused = feed(&home, &["write", "--prompt", name], b"x");
        assert_eq!(refused.status.code(), Some(code), "{name}");
    }
}

#[test]
fn what_cannot_be_kept_is_told_and_given_back() {
    let home = Home::without_bus();
    let odd = feed(&home, &["write"], b"\xff\xfe");
    assert_eq!(odd.status.code(), Some(1));
    assert!(stderr(&odd).contains("not UTF-8"), "{}", stderr(&odd));
    let long = feed(&home, &["write"], "é".repeat(40_001).as_bytes());
    assert_eq!(long.status.code(), Some(1));
    assert!(stderr(&long).contains("40000"), "{}", stderr(&long));
    // A folder in the database's place: nothing can be kept.
    fs::create_dir_all(home.database()).unwrap();
    let refused = feed(&home, &["write"], b"These words.\n");
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&refused.stdout), "These words.\n\n");
}

/// The program on a terminal, with an editor.
fn on_a_terminal(home: &Home, arguments: &[&str], editor: &str) -> Pty {
    let mut command = home.command(arguments);
    command.env("VISUAL", editor);
    Pty::start(&command, 80, 24)
}

/// Its exit code, at its end.
fn end_of(home: &Home, arguments: &[&str], editor: &str) -> Option<i32> {
    on_a_terminal(home, arguments, editor).ends().code()
}

#[test]
fn lines_that_are_typed_on_the_screen_are_kept() {
    let home = Home::without_bus();
    let mut pty = Pty::start(&home.command(&["write"]), 80, 24);
    pty.shows("What would you like to keep?");
    pty.types("One line\rand anothr\x1b[De\x1b[F.\r\rA third, שלום\x04");
    pty.shows("Kept.");
    assert_eq!(pty.ends().code(), Some(0));
    assert!(pty.is_as_found());
    assert_eq!(notes(&home), ["One line\nand another.\n\nA third, שלום"]);

    let mut pty = Pty::start(&home.command(&["win"]), 80, 24);
    pty.shows("What went a bit better");
    pty.types("Nothing of this\x03");
    pty.shows("Nothing was kept.");
    pty.ends();
    assert!(pty.is_as_found());
    assert_eq!(entries(&home).len(), 1);
}

#[test]
fn the_editor_gets_a_private_file_that_goes_away() {
    let home = Home::without_bus();
    let tell = home.path("mode");
    let tell = tell.display();
    let editor = format!(
        "f() {{ stat -c '%a %n' \"$1\" >{tell}; echo 'From the editor.' >\"$1\"; touch \"$1~\"; }}; f"
    );
    assert_eq!(end_of(&home, &["write", "--editor"], &editor), Some(0));
    assert_eq!(notes(&home), ["From the editor."]);
    let told = fs::read_to_string(home.path("mode")).unwrap();
    let (mode, file) = told.trim().split_once(' ').unwrap();
    assert_eq!(mode, "600");
    let run = home.path("run/attuned");
    assert!(file.starts_with(run.to_str().unwrap()), "{file}");
    assert_eq!(
        fs::metadata(&run).unwrap().permissions().mode() & 0o777,
        0o700
    );
    assert_eq!(fs::read_dir(&run).unwrap().count(), 0, "nothing is left");
}

#[test]
fn the_settings_can_ask_for_the_editor() {
    let home = Home::without_bus();
    home.write_config("[journal]\neditor = true\n");
    let editor = "f() { echo 'Set.' >\"$1\"; }; f";
    assert_eq!(end_of(&home, &["win"], editor), Some(0));
    assert_eq!(notes(&home), ["Set."]);
}

#[test]
fn words_in_an_editor_that_fails_or_that_cannot_be_kept_stay_in_a_file_that_is_named() {
    let home = Home::without_bus();
    let failing = "f() { echo 'Half a thought.' >\"$1\"; return 3; }; f";
    let mut pty = on_a_terminal(&home, &["write", "--editor"], failing);
    pty.shows("your words are in");
    assert_eq!(pty.ends().code(), Some(1));
    assert_eq!(files_with(&home, "Half a thought."), ["note.md"]);

    assert_eq!(end_of(&home, &["write", "--editor"], "false"), Some(1));
    fs::create_dir_all(home.database()).unwrap();
    let fine = "f() { echo 'A whole one.' >\"$1\"; }; f";
    assert_eq!(end_of(&home, &["write", "--editor"], fine), Some(1));
    assert_eq!(files_with(&home, "A whole one."), ["note.md"]);
}

#[test]
fn an_interrupt_while_the_editor_is_open_loses_nothing() {
    let home = Home::without_bus();
    let editor =
        "f() { echo 'After all.' >\"$1\"; kill -INT $PPID; kill -HUP $PPID; sleep 0.2; }; f";
    assert_eq!(end_of(&home, &["write", "--editor"], editor), Some(0));
    assert_eq!(notes(&home), ["After all."]);
}

/// An editor that writes these words, says so, and is open for as long as there is a file "open".
fn slow_editor(home: &Home, words: &str) -> String {
    let open = home.path("open");
    fs::write(&open, "").unwrap();
    format!(
        "f() {{ printf '{words}' >\"$1\"; echo written; while [ -e {} ]; do sleep 0.02; done; }}; f",
        open.display()
    )
}

#[test]
fn what_a_killed_command_left_in_an_editors_file_is_named_until_it_is_kept_or_erased() {
    let home = Home::without_bus();
    let mut killed = on_a_terminal(
        &home,
        &["write", "--editor"],
        &slow_editor(&home, "Half a thought."),
    );
    killed.shows("written");
    killed.signal("KILL");
    killed.ends();

    assert_eq!(end_of(&home, &["write", "--editor"], "true"), Some(0));
    let left = files_with(&home, "Half a thought.");
    assert_eq!(left, ["note.md"], "its editor is still open");
    fs::remove_file(home.path("open")).unwrap();
    let run = fs::read_dir(home.path("run/attuned")).unwrap();
    let folder = run.map(|entry| entry.unwrap().path()).next().unwrap();
    wait_until("the editor ends", || {
        fs::File::open(&folder).unwrap().try_lock().is_ok()
    });
    let mut told = on_a_terminal(&home, &["write", "--editor"], "true");
    told.shows("words that are not in your journal are in");
    told.shows("note.md");
    told.ends();
    assert_eq!(files_with(&home, "Half a thought."), ["note.md"]);

    let told = home.prints(&["erase", "--yes", "--json", "--notes"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert!(
        told["files"][0].as_str().unwrap().ends_with("note.md"),
        "{told}"
    );
    assert_eq!(files_with(&home, "Half a thought."), [""; 0]);
    assert_eq!(fs::read_dir(home.path("run/attuned")).unwrap().count(), 0);
}

#[test]
fn an_empty_file_that_a_killed_command_left_goes_with_the_next() {
    let home = Home::without_bus();
    let mut killed = on_a_terminal(&home, &["write", "--editor"], &slow_editor(&home, ""));
    killed.shows("written");
    fs::remove_file(home.path("open")).unwrap();
    killed.signal("KILL");
    killed.ends();
    wait_until("nothing is left", || {
        end_of(&home, &["write", "--editor"], "true");
        fs::read_dir(home.path("run/attuned")).unwrap().count() == 0
    });
}

//! `attuned write` and `win`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use super::*;

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

/// Runs a line in a shell on a terminal, where somebody types `keys`.
fn on_a_terminal(home: &Home, line: &str, editor: &str, keys: &[u8]) -> Output {
    let attuned = home.command(&[]);
    let mut script = Command::new("script");
    script
        .args(["-qec", line, "/dev/null"])
        .env_clear()
        .envs(
            attuned
                .get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        )
        .env("PATH", "/usr/bin:/bin")
        .env("ATTUNED", attuned.get_program())
        .env("TERM", "xterm")
        .env("VISUAL", editor)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = script
        .spawn()
        .expect("script is installed (Debian: bsdutils)");
    let mut stdin = child.stdin.take().expect("it is piped");
    let _ = stdin.write_all(keys);
    let output = child.wait_with_output().expect("it ends");
    drop(stdin);
    output
}

/// Files anywhere in the home's folders for state and runtime with this in them.
fn files_with(home: &Home, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![home.path("run"), home.path("home")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read(&path).is_ok_and(|bytes| contains(&bytes, words)) {
                found.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found
}

fn contains(bytes: &[u8], words: &str) -> bool {
    bytes
        .windows(words.len())
        .any(|part| part == words.as_bytes())
}

#[test]
fn the_editor_gets_a_private_file_that_goes_away() {
    let home = Home::without_bus();
    let tell = home.path("mode");
    let tell = tell.display();
    let editor = format!(
        "f() {{ stat -c '%a %n' \"$1\" >{tell}; echo 'From the editor.' >\"$1\"; touch \"$1~\"; }}; f"
    );
    let output = on_a_terminal(&home, "\"$ATTUNED\" write --editor", &editor, b"");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
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
    let output = on_a_terminal(&home, "\"$ATTUNED\" win", editor, b"");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!(notes(&home), ["Set."]);
}

#[test]
fn words_in_an_editor_that_fails_or_that_cannot_be_kept_stay_in_a_file_that_is_named() {
    let home = Home::without_bus();
    let failing = "f() { echo 'Half a thought.' >\"$1\"; return 3; }; f";
    let output = on_a_terminal(&home, "\"$ATTUNED\" write --editor", failing, b"");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("your words are in"), "{told}");
    assert_eq!(files_with(&home, "Half a thought."), ["note.md"]);

    let gave_up = on_a_terminal(&home, "\"$ATTUNED\" write --editor", "false", b"");
    assert_eq!(gave_up.status.code(), Some(1));
    fs::create_dir_all(home.database()).unwrap();
    let fine = "f() { echo 'A whole one.' >\"$1\"; }; f";
    let output = on_a_terminal(&home, "\"$ATTUNED\" write --editor", fine, b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(files_with(&home, "A whole one."), ["note.md"]);
}

#[test]
fn an_interrupt_while_the_editor_is_open_loses_nothing() {
    let home = Home::without_bus();
    let editor =
        "f() { echo 'After all.' >\"$1\"; kill -INT $PPID; kill -HUP $PPID; sleep 0.2; }; f";
    let output = on_a_terminal(&home, "\"$ATTUNED\" write --editor", editor, b"");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!(notes(&home), ["After all."]);
}

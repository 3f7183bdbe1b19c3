//! The settings in an editor: a script in its place, on a terminal.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use super::support::home::Home;
use super::{TEA, attuned, in_home, settings, with_settings};

/// What a person saw.
struct Session {
    code: Option<i32>,
    shown: String,
}

/// Runs `attuned config edit` on a terminal. `editor` is a shell script that gets the file as `$file`; `answers` are
/// typed.
fn edit(home: &Home, editor: &str, answers: &str) -> Session {
    let script = editor_named(home, "vi", editor);
    edit_with(home, &format!("{} --clean", script.display()), answers)
}

/// A script of this name; it notes how it was called in `called`.
fn editor_named(home: &Home, name: &str, script: &str) -> std::path::PathBuf {
    let file = home.path(name);
    let text = format!(
        "#!/bin/sh\nfor file; do :; done\necho \"$*\" >> '{}'\nstat -c %a \"$file\" >> '{}'\n{script}\n",
        home.path("called").display(),
        home.path("modes").display(),
    );
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    file
}

fn edit_with(home: &Home, editor: &str, answers: &str) -> Session {
    fs::create_dir_all(home.path("tmp")).unwrap();
    let attuned = home.command(&[]);
    let program = attuned.get_program().to_str().unwrap();
    let mut terminal = Command::new("script");
    terminal
        .args(["-qec", &format!("{program} config edit"), "/dev/null"])
        .env_clear()
        .envs(
            attuned
                .get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        )
        .env("PATH", "/usr/bin:/bin")
        .env("TMPDIR", home.path("tmp"))
        .env("TERM", "dumb")
        .env("EDITOR", editor)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = terminal
        .spawn()
        .expect("script is installed (Debian: bsdutils)");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(answers.as_bytes()).expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    drop(stdin);
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    Session {
        code: output.status.code(),
        shown: in_home(home, &shown.replace("\r\n", "\n")),
    }
}

fn called(home: &Home) -> Vec<String> {
    let copies = home.path("tmp").display().to_string();
    let called = fs::read_to_string(home.path("called")).unwrap_or_default();
    let name = |line: &str| {
        let (before, copy) = line.split_once(&copies).expect("the copy is there");
        let (_, name) = copy.rsplit_once('/').expect("a file");
        format!("{before}{name}")
    };
    called.lines().map(name).collect()
}

/// What is left of the copies.
fn kept(home: &Home) -> Vec<std::path::PathBuf> {
    let folders = fs::read_dir(home.path("tmp")).unwrap();
    folders
        .map(|folder| folder.unwrap().path().join("config.toml"))
        .collect()
}

#[test]
fn a_change_is_checked_saved_and_told() {
    let home = with_settings(&format!("{TEA}[pace]\ncap = 4 # few\n"));
    let session = edit(&home, "sed -i 's/cap = 4/cap = 3/' \"$file\"", "");
    assert_eq!(session.code, Some(0), "{}", session.shown);
    assert!(
        session
            .shown
            .contains("Saved ~/.config/attuned/config.toml\npace.cap is now 3 (it was 4).\nNext: "),
        "{}",
        session.shown
    );
    assert_eq!(settings(&home), format!("{TEA}[pace]\ncap = 3 # few\n"));
    assert_eq!(called(&home), ["--clean config.toml"]);
    assert_eq!(fs::read_to_string(home.path("modes")).unwrap(), "600\n");
    assert!(kept(&home).is_empty());
}

#[test]
fn an_error_is_shown_and_the_editor_opens_again_at_it() {
    let home = with_settings(TEA);
    let script = "if grep -q cap \"$file\"; then sed -i 's/99/3/' \"$file\"; \
                  else printf '[pace]\\ncap = 99\\n' >> \"$file\"; fi";
    let session = edit(&home, script, "\n");
    assert_eq!(session.code, Some(0), "{}", session.shown);
    assert!(
        session
            .shown
            .contains("error: `cap` cannot be 99\n --> ~/.config/attuned/config.toml:6:7\n"),
        "{}",
        session.shown
    );
    assert_eq!(
        called(&home),
        ["--clean config.toml", "--clean +6 config.toml"]
    );
    assert_eq!(settings(&home), format!("{TEA}[pace]\ncap = 3\n"));
}

const BREAK: &str = "printf '[pace]\\ncap = 99\\n' >> \"$file\"";

#[test]
fn a_text_with_errors_is_discarded_or_saved_as_one_says() {
    let home = with_settings(TEA);
    let session = edit(&home, BREAK, "d\n");
    assert_eq!(session.code, Some(0));
    assert!(
        session.shown.ends_with("Your settings are as they were.\n"),
        "{}",
        session.shown
    );
    assert_eq!(settings(&home), TEA);
    let session = edit(&home, BREAK, "what\ns\n");
    assert_eq!(session.code, Some(0));
    assert!(
        session
            .shown
            .contains("Saved ~/.config/attuned/config.toml, with errors.\n")
    );
    assert_eq!(settings(&home), format!("{TEA}[pace]\ncap = 99\n"));
    // Settings with errors can be edited, too.
    let session = edit(&home, "sed -i 's/99/3/' \"$file\"", "");
    assert_eq!(session.code, Some(0), "{}", session.shown);
    assert_eq!(settings(&home), format!("{TEA}[pace]\ncap = 3\n"));
    assert!(kept(&home).is_empty());
}

#[test]
fn where_nobody_answers_the_text_is_kept() {
    let home = with_settings(TEA);
    // What ends a terminal's input.
    let session = edit(&home, BREAK, "\u{4}");
    assert_eq!(session.code, Some(0));
    let kept = kept(&home);
    assert_eq!(
        fs::read_to_string(&kept[0]).unwrap(),
        format!("{TEA}[pace]\ncap = 99\n")
    );
    let path = kept[0].display().to_string();
    assert!(session.shown.contains(&path), "{}", session.shown);
    assert_eq!(settings(&home), TEA);
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let home = with_settings(TEA);
    let session = edit(&home, "exit 3", "");
    assert_eq!(session.code, Some(1));
    assert!(
        session
            .shown
            .contains("ended with an error (exit status: 3)\nhint: nothing was changed\n"),
        "{}",
        session.shown
    );
    let session = edit_with(&home, "/no/such/editor", "");
    assert_eq!(session.code, Some(1));
    assert!(
        session
            .shown
            .contains("error: could not start the editor \"/no/such/editor\"\n"),
        "{}",
        session.shown
    );
    let session = edit(&home, "true", "");
    assert_eq!(
        (session.code, session.shown.as_str()),
        (Some(0), "Nothing changed.\n")
    );
    assert_eq!(settings(&home), TEA);
    assert!(kept(&home).is_empty());
}

#[test]
fn a_file_that_changed_meanwhile_is_not_written_over() {
    let home = with_settings(TEA);
    let other = format!("{TEA}# by somebody else\n");
    fs::write(home.path("other"), &other).unwrap();
    let script = format!(
        "echo '# mine' >> \"$file\"; cp '{}' '{}'",
        home.path("other").display(),
        home.config_file().display()
    );
    let session = edit(&home, &script, "");
    assert_eq!(session.code, Some(1));
    assert!(
        session.shown.contains("was changed by another program at the same time\nhint: it is as it was; your text is in "),
        "{}",
        session.shown
    );
    assert_eq!(settings(&home), other);
    assert_eq!(
        fs::read_to_string(&kept(&home)[0]).unwrap(),
        format!("{TEA}# mine\n")
    );
}

#[test]
fn links_stay_and_where_there_is_no_file_the_explained_one_is_begun() {
    let home = with_settings(TEA);
    let real = home.path("dotfiles.toml");
    fs::rename(home.config_file(), &real).unwrap();
    symlink(&real, home.config_file()).unwrap();
    let script = editor_named(&home, "my editor", "echo '# mine' >> \"$file\"");
    let session = edit_with(&home, &format!("'{}'", script.display()), "");
    assert_eq!(session.code, Some(0), "{}", session.shown);
    assert!(
        session.shown.contains("No setting changed its value.\n"),
        "{}",
        session.shown
    );
    assert!(Path::is_symlink(&home.config_file()));
    assert_eq!(fs::read_to_string(&real).unwrap(), format!("{TEA}# mine\n"));

    let home = Home::without_bus();
    let session = edit(&home, "sed -i 's/^# cap = 6/cap = 3/' \"$file\"", "");
    assert_eq!(session.code, Some(0), "{}", session.shown);
    assert!(settings(&home).contains("\ncap = 3\n"));
    let mode = fs::metadata(home.config_file())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn it_needs_a_terminal() {
    let ran = attuned(&with_settings(TEA), &["config", "edit"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(
        ran.err,
        "error: config edit needs a terminal\n\
         hint: to change one setting: attuned config set; the file: attuned config path\n"
    );
}

//! `attuned completions` in real shells, and `attuned man` as groff reads it.
//!
//! `scripts/test` installs them on Debian and Ubuntu. Where one is missing the test says so; with `CI` set it fails.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Output, Stdio};

use support::home::Home;

/// What the settings name: two reminders, and a collection with a tag of its own.
const SETTINGS: &str = "\
[[reminder]]
name = \"tea-time\"
when = \"weekdays at 15:30\"
message = \"Tea.\"

[[reminder]]
name = \"tidy\"
when = \"at 9:00\"
message = \"Tidy.\"
enabled = false
";
const COLLECTION: &str =
    "[[prompt]]\nid = \"kettle\"\ntext = \"The kettle is on.\"\ntags = [\"tisane\"]\n";

/// A home with these settings, in which shells find the program.
fn home() -> Home {
    let home = Home::without_bus();
    home.write_config(SETTINGS);
    let own = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("teas.toml"), COLLECTION).unwrap();
    fs::create_dir(home.path("bin")).unwrap();
    symlink(env!("CARGO_BIN_EXE_attuned"), home.path("bin/attuned")).unwrap();
    home
}

fn is_installed(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&path).any(|folder| folder.join(name).exists());
    assert!(
        is_there || std::env::var_os("CI").is_none(),
        "{name} is not installed; scripts/test installs it"
    );
    if !is_there {
        eprintln!("SKIPPED: this test needs {name}; scripts/test installs it");
    }
    is_there
}

/// What a program prints in this home; it has a while for that, and nothing to say on standard error.
fn prints(home: &Home, words: &[&str]) -> String {
    let environment = home.command(&[]);
    let mut command = Command::new("timeout");
    command.arg("30").args(words).env_clear();
    command.envs(
        environment
            .get_envs()
            .filter_map(|(key, value)| Some((key, value?))),
    );
    command
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", home.path("bin").display()),
        )
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "dumb")
        .stdin(Stdio::null());
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("timeout is installed");
    let (said, errors) = (
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr),
    );
    assert!(
        status.success() && errors.is_empty(),
        "{words:?}: {status}\n{said}\n{errors}"
    );
    said.into_owned()
}

/// What bash has for the last of these words.
fn bash(home: &Home, line: &str) -> Vec<String> {
    let script = r#"
source <(attuned completions bash)
COMP_WORDS=($1); [[ $1 == *' ' ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9
[[ $(complete -p attuned) =~ -F\ ([^ ]+) ]]
"${BASH_REMATCH[1]}" attuned "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\n' "${COMPREPLY[@]}"
"#;
    let said = prints(home, &["bash", "--norc", "-c", script, "bash", line]);
    said.lines().map(|word| word.trim().to_owned()).collect()
}

#[test]
fn bash_completes_commands_options_and_names() {
    if !is_installed("bash") {
        return;
    }
    let home = home();
    assert_eq!(bash(&home, "attuned resu"), ["resume"]);
    assert_eq!(bash(&home, "attuned pause --on"), ["--only"]);
    // A reminder, one that is off, a collection, a tag.
    assert_eq!(bash(&home, "attuned config set pace.g"), ["pace.gap"]);
    assert_eq!(bash(&home, "attuned reminder edit ti"), ["tidy"]);
    assert_eq!(bash(&home, "attuned pause --only te"), ["tea-time", "teas"]);
    assert_eq!(bash(&home, "attuned pause --only ti"), ["tidy", "tisane"]);
    assert_eq!(bash(&home, "attuned resume --only tea-"), ["tea-time"]);
    assert_eq!(bash(&home, "attuned now teas"), ["teas", "teas/kettle"]);
    assert_eq!(bash(&home, "attuned library show teas/"), ["teas/kettle"]);
    assert_eq!(bash(&home, "attuned check-in --word wou"), ["wound-up"]);
    assert_eq!(
        bash(&home, "attuned practice steady-ground/three"),
        ["steady-ground/three-things"]
    );
    assert_eq!(bash(&home, "attuned pause tod"), ["today"]);
    assert_eq!(bash(&home, "attuned pause until tom"), ["tomorrow"]);
    assert_eq!(bash(&home, "attuned man library sh"), ["show"]);
    assert!(
        bash(&home, "attuned pause --only ").len() > 10,
        "all of them"
    );
}

#[test]
fn names_are_those_of_the_moment_and_of_the_file_in_use() {
    if !is_installed("bash") {
        return;
    }
    let home = home();
    let other = home.path("other.toml");
    fs::write(&other, SETTINGS.replace("tea-time", "tempo")).unwrap();
    let line = format!("attuned --config {} pause --only tem", other.display());
    assert_eq!(bash(&home, &line), ["tempo"]);

    home.write_config(&SETTINGS.replace("tea-time", "tea-break"));
    assert_eq!(bash(&home, "attuned pause --only tea-"), ["tea-break"]);

    // What cannot be read has no names, and nobody is told while typing.
    home.write_config("[[reminder]\n");
    assert_eq!(bash(&home, "attuned pause --only tea-"), [""]);
}

#[test]
fn fish_completes_with_what_each_means() {
    if !is_installed("fish") {
        return;
    }
    let home = home();
    let script = "attuned completions fish | source; complete -C 'attuned pause --only tea'";
    assert_eq!(
        prints(&home, &["fish", "--no-config", "-c", script]),
        "tea-time\tweekdays at 15:30\nteas\tTeas\n"
    );
    let script = "attuned completions fish | source; complete -C 'attuned resu'";
    let said = prints(&home, &["fish", "--no-config", "-c", script]);
    assert_eq!(said, "resume\tEnd the pauses you asked for\n");
}

#[test]
fn zsh_completes_what_is_typed_at_its_prompt() {
    if !is_installed("zsh") {
        return;
    }
    let home = home();
    let script = r#"
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PS1= PS2=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D'
zpty -w shell 'source <(attuned completions zsh); print is-"ready"'
zpty -r shell said '*is-ready*'
zpty -w -n shell $'attuned pause --only tea-\t'
zpty -r shell said '*tea-time*'
print -r -- "${said##*$'\n'}"
zpty -d shell
"#;
    let said = prints(&home, &["zsh", "-f", "-c", script]);
    assert!(said.contains("attuned pause --only tea-time"), "{said:?}");
}

/// PowerShell is in no distribution: what its script asks is asked here.
#[test]
fn powershell_gets_its_candidates() {
    let home = home();
    let script = home.prints(&["completions", "powershell"]);
    assert!(
        script.contains("Register-ArgumentCompleter -Native -CommandName attuned"),
        "{script}"
    );
    let mut command = home.command(&["--", "attuned", "pause", "--only", "tea-"]);
    let output = command
        .env("ATTUNED_COMPLETE", "powershell")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said, "tea-time\tweekdays at 15:30\n");
}

#[test]
fn an_unknown_shell_gets_no_answer() {
    let home = home();
    let mut command = home.command(&["--", "attuned", "pa"]);
    let output = command.env("ATTUNED_COMPLETE", "tcsh").output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
    assert_eq!(home.run(&["completions", "tcsh"]).status.code(), Some(2));
}

#[test]
fn every_page_of_the_manual_is_clean() {
    if !is_installed("groff") {
        return;
    }
    let home = home();
    let folder = home.path("man1");
    home.prints(&["man", "--all", folder.to_str().unwrap()]);
    let mut pages: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|page| page.unwrap().path())
        .collect();
    pages.sort();
    let names: Vec<_> = pages
        .iter()
        .map(|page| page.file_name().unwrap().to_str().unwrap())
        .collect();
    assert!(
        names.contains(&"attuned.1") && names.contains(&"attuned-library-show.1"),
        "{names:?}"
    );
    let commands = home.prints(&["--help"]);
    let commands = commands
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1);
    for command in commands.map_while(|line| line.split_whitespace().next()) {
        let page = format!("attuned-{command}.1");
        assert!(names.contains(&page.as_str()), "{page}: {names:?}");
    }
    for page in &pages {
        prints(
            &home,
            &[
                "groff",
                "-k",
                "-Kutf8",
                "-man",
                "-ww",
                "-z",
                page.to_str().unwrap(),
            ],
        );
    }
}

#[test]
fn a_page_reads_well() {
    if !is_installed("groff") {
        return;
    }
    let home = home();
    let page = home.path("page.1");
    fs::write(&page, home.prints(&["man", "resume"])).unwrap();
    let page = page.to_str().unwrap();
    let shown = prints(
        &home,
        &["groff", "-k", "-Kutf8", "-man", "-P-cbou", "-Tutf8", page],
    );
    // Its first and last lines are another groff's affair.
    let lines = shown.lines().skip_while(|line| *line != "NAME");
    let body: Vec<&str> = lines
        .take_while(|line| !line.starts_with("attuned "))
        .collect();
    insta::assert_snapshot!(body.join("\n").trim_end());

    let main = home.prints(&["man"]);
    for section in [
        "EXAMPLES",
        "EXIT STATUS",
        "FILES",
        "ENVIRONMENT",
        "COMMANDS",
    ] {
        assert!(
            main.contains(&format!(".SH \"{section}\""))
                || main.contains(&format!(".SH {section}")),
            "{section}"
        );
    }
}

#[test]
fn a_page_that_is_not_there_says_which_are() {
    let home = home();
    let output = home.run(&["man", "library", "shw"]);
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        errors,
        "error: attuned library has no command \"shw\"\nhint: did you mean \"show\"?\n"
    );
}

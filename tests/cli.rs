//! The command line as a person meets it: the real program in a temporary home without a session bus.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::ops::Deref;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};
use support::bus::Bus;
use support::home::Home;
use support::server::{Identity, Server};

/// One reminder, at a time that every test below can name.
const TWO_O_CLOCK: &str =
    "[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\"\nmessage = \"Tea?\"\n";

const FOOTER: &str = "\nFor people to turn to: attuned support\n";

/// A zone in which it is noon now, so that times on the screen are known beforehand.
#[expect(
    clippy::disallowed_methods,
    reason = "the program reads the same clock"
)]
fn noon() -> String {
    let past_midnight = jiff::Timestamp::now().as_second().rem_euclid(86_400);
    let east = 12 * 3_600 - past_midnight;
    // By POSIX, what lies east has a minus.
    let sign = if east < 0 { '+' } else { '-' };
    let east = east.abs();
    format!(
        "<noon>{sign}{}:{:02}:{:02}",
        east / 3_600,
        east / 60 % 60,
        east % 60
    )
}

/// What a command did.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// A home where it was noon when the test began.
struct AtNoon {
    home: Home,
    zone: String,
}

impl AtNoon {
    fn new(home: Home) -> Self {
        Self { home, zone: noon() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.command(arguments);
        command.env("TZ", &self.zone);
        command
    }
}

impl Deref for AtNoon {
    type Target = Home;

    fn deref(&self) -> &Home {
        &self.home
    }
}

fn attuned(home: &AtNoon, arguments: &[&str]) -> Ran {
    let output = home.command(arguments).output();
    output.expect("the program starts").into()
}

/// What a command prints, which has to succeed without a word on standard error.
fn prints(home: &AtNoon, arguments: &[&str]) -> String {
    let ran = attuned(home, arguments);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    ran.out
}

/// A daemon. It ends with the value.
struct Running(Child);

impl Running {
    fn start(home: &AtNoon) -> Self {
        let mut command = home.command(&["run"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let running = Self(command.spawn().expect("the program starts"));
        support::wait_until("the daemon answers", || home.status()["running"] == true);
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn empty_home() -> AtNoon {
    AtNoon::new(Home::without_bus())
}

fn home(config: &str) -> AtNoon {
    let home = empty_home();
    home.write_config(config);
    home
}

fn write_collection(home: &Home, text: &str) {
    let folder = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("mine.toml"), text).expect("a file");
}

#[test]
fn status_without_a_daemon_says_how_to_start() {
    let home = empty_home();
    let expected = "\
attuned is not running.

Start     attuned run; at every login: attuned enable
Today     no prompt has come by itself yet; 6 at most
At login  does not start by itself; attuned enable changes that
";
    let expected = format!("{expected}{FOOTER}");
    assert_eq!(prints(&home, &["status"]), expected);
    assert_eq!(prints(&home, &[]), expected);
}

#[test]
fn status_as_json_has_all_its_keys() {
    let home = home(TWO_O_CLOCK);
    let status: Value = serde_json::from_str(&prints(&home, &["status", "--json"])).expect("JSON");
    let expected = json!({
        "running": false,
        "version": null,
        "pid": null,
        "since": null,
        "config_file": home.config_file(),
        "settings_problem": null,
        "silent": false,
        "store_problem": null,
        "store_note": null,
        "service": null,
        "overview": {
            "paused": false,
            "pauses": [],
            "next": null,
            "shown_today": 0,
            "cap": 6,
            "open": [],
            "reminders": 1,
            "after_too_much": null,
            "rate": null,
            "busy": [],
            "held": null,
        },
        "login": { "method": null, "file": null, "warnings": [] },
    });
    assert_eq!(status, expected);
}

#[test]
fn a_pause_without_a_daemon_is_kept_and_obeyed() {
    let home = home(TWO_O_CLOCK);
    let said = prints(&home, &["pause", "until", "17:00"]);
    let expected = "\
Paused: everything, until today at 17:00 (5 h left).
attuned is not running; the pause holds from its start on.
To end it sooner: attuned resume
";
    assert_eq!(said, expected);

    let status = prints(&home, &["status"]);
    let row = "Paused    everything, until today at 17:00 (5 h left): you asked for it\n";
    assert!(status.contains(row), "{status}");
    let preview = prints(&home, &["preview", "--days", "1"]);
    assert!(preview.contains("paused"), "{preview}");

    assert_eq!(
        prints(&home, &["resume"]),
        "No longer paused: everything (it was until today at 17:00).\n"
    );
    let status = prints(&home, &["status"]);
    assert!(!status.contains("Paused"), "{status}");
}

#[test]
fn pauses_add_up_and_end_one_by_one() {
    let home = home(TWO_O_CLOCK);
    let said = prints(&home, &["pause", "2h", "--only", "tea"]);
    assert!(
        said.starts_with("Paused: tea, until today at 14:00 (2 h left).\n"),
        "{said}"
    );
    assert!(
        said.ends_with("To end it sooner: attuned resume --only tea\n"),
        "{said}"
    );
    let said = prints(&home, &["pause", "--light", "90min"]);
    let light = "Paused: everything (light: at most one silent prompt a day), until today at\n13:30 (1 h 30 min left).\n";
    assert!(said.starts_with(light), "{said}");

    let expected = "\
No longer paused: tea (it was until today at 14:00).
Still paused: everything (light: at most one silent prompt a day), until today
at 13:30 (1 h 30 min left): you asked for it.
";
    assert_eq!(prints(&home, &["resume", "--only", "tea"]), expected);
}

#[test]
fn a_shorter_pause_is_told_of_the_longer_one() {
    let home = home(TWO_O_CLOCK);
    prints(&home, &["pause", "until", "17:00"]);
    let expected = "\
Paused already, and for longer: everything, until today at 17:00 (5 h left).
That stays.
attuned is not running; the pause holds from its start on.
To end it sooner: attuned resume
";
    assert_eq!(prints(&home, &["pause", "2h"]), expected);
}

#[test]
fn each_way_to_say_how_long() {
    for (words, expected) in [
        ("", "tomorrow at 09:00 (21 h left)"),
        ("45 min", "today at 12:45 (45 min left)"),
        ("1h30", "today at 13:30 (1 h 30 min left)"),
        ("today", "midnight (12 h left)"),
        ("until noon", "tomorrow at 12:00 (24 h left)"),
        ("until tomorrow", "tomorrow at 09:00 (21 h left)"),
        (
            "until tomorrow 9:30",
            "tomorrow at 09:30 (21 h 30 min left)",
        ),
        ("workday", "today at 21:00 (9 h left)"),
    ] {
        // A home for each, as a pause does not shorten an earlier one.
        let home = home(TWO_O_CLOCK);
        let words: Vec<&str> = words.split_whitespace().collect();
        let said = prints(&home, &[&["pause"], &words[..]].concat());
        let first = format!("Paused: everything, until {expected}.\n");
        assert!(said.starts_with(&first), "{words:?}: {said}");
    }
}

#[test]
fn a_planned_pause_is_told_and_stays() {
    let home = home(&format!(
        "{TWO_O_CLOCK}[[pause]]\nwhen = \"daily 11:00-13:00\"\nreason = \"lunch\"\n"
    ));
    let row = "Paused    everything, until today at 13:00 (1 h left): lunch\n";
    let status = prints(&home, &["status"]);
    assert!(status.contains(row), "{status}");
    let expected = "\
You had asked for no such pause, so there was nothing to end.
Still paused: everything, until today at 13:00 (1 h left): lunch (planned in
your settings).
";
    assert_eq!(prints(&home, &["resume"]), expected);
}

#[test]
fn now_without_a_daemon_shows_the_prompt_here_and_last_shows_it_again() {
    let home = home(TWO_O_CLOCK);
    assert_eq!(
        prints(&home, &["last"]),
        "No prompt has come yet. attuned now shows one.\n"
    );
    write_collection(
        &home,
        r#"
id = "mine"
[[prompt]]
id = "feet"
kind = "practice"
title = "A small pause"
text = "Feel your feet on the floor."
steps = [{ text = "Press both heels down.", seconds = 20 }, { text = "Let go slowly.", seconds = 10 }]
"#,
    );
    let prompt = "\
A small pause
  Feel your feet on the floor.

  1. Press both heels down. (20 s)
  2. Let go slowly. (10 s)
";
    assert_eq!(
        prints(&home, &["now", "mine/feet"]),
        format!("{prompt}{FOOTER}")
    );
    let came = "\nIt came today at 12:00, because you asked.\n";
    assert_eq!(prints(&home, &["last"]), format!("{prompt}{came}{FOOTER}"));

    fs::write(home.config_file(), "[[reminder\n").expect("a file");
    assert!(
        prints(&home, &["last"]).contains("Feel your feet"),
        "broken settings hide nothing"
    );
}

#[test]
fn what_is_refused_says_the_next_step() {
    let home = home(TWO_O_CLOCK);
    for (arguments, code, expected) in [
        (
            &["now", "kind-word"][..],
            1,
            "error: there is no collection or prompt \"kind-word\"\nhint: did you mean \"kind-words\"?\n",
        ),
        (
            &["now", "kind-words/zzzzzzzz"],
            1,
            "error: there is no collection or prompt \"kind-words/zzzzzzzz\"\nhint: see what it has: attuned library show kind-words\n",
        ),
        (
            &["now", "steady-ground/no-decision"],
            1,
            "error: there is no collection or prompt \"steady-ground/no-decision\"\nhint: did you mean \"steady-ground/no-decisions\"?\n",
        ),
        (
            &["pause", "2h", "--only", "te"],
            1,
            "error: there is no reminder, tag or collection \"te\"\nhint: did you mean \"tea\"?\n",
        ),
        (
            &["snooze"],
            4,
            "error: attuned is not running\nhint: attuned run starts it; attuned enable starts it at every login\n",
        ),
        (
            &["stop"],
            4,
            "error: attuned is not running\nhint: attuned run starts it; attuned enable starts it at every login\n",
        ),
    ] {
        let ran = attuned(&home, arguments);
        assert_eq!(
            (ran.code, ran.out.as_str(), ran.err.as_str()),
            (Some(code), "", expected)
        );
    }
}

#[test]
fn what_is_not_understood_is_pointed_at() {
    let home = home(TWO_O_CLOCK);
    let ran = attuned(&home, &["pause", "until", "25:00"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with("error: ") && ran.err.contains("until 25:00\n"),
        "{}",
        ran.err
    );
    let caret = ran
        .err
        .lines()
        .find(|line| line.contains('^'))
        .expect("a caret");
    let text = ran
        .err
        .lines()
        .find(|line| line.ends_with("until 25:00"))
        .expect("the text");
    assert_eq!(caret.find('^'), text.find("25:00"), "{}", ran.err);

    let ran = attuned(&home, &["paus"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("pause"), "{}", ran.err);
}

#[test]
fn help_is_what_the_flag_says() {
    let home = empty_home();
    assert_eq!(prints(&home, &["help"]), prints(&home, &["--help"]));
    let told = prints(&home, &["help", "library", "hide"]);
    assert_eq!(told, prints(&home, &["library", "hide", "--help"]));
    let ran = attuned(&home, &["help", "paus"]);
    let expected = "error: there is no command \"paus\"\nhint: did you mean \"pause\"?\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), expected));
}

#[test]
fn a_settings_file_that_is_named_has_to_be_there() {
    let home = empty_home();
    for command in ["status", "check", "run"] {
        let ran = attuned(&home, &["--config", "/not/there.toml", command]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{command}");
        let fact = "error: /not/there.toml does not exist\nhint: ";
        assert!(ran.err.starts_with(fact), "{command}: {}", ran.err);
    }
    let ran = attuned(&home, &["--config", "/not/there.toml", "support"]);
    assert_eq!(ran.code, Some(0), "whom to turn to is told all the same");
}

#[test]
fn lengths_out_of_bounds_are_wrong_usage() {
    let home = home(TWO_O_CLOCK);
    for (arguments, fact) in [
        (&["pause", "2", "years"][..], "error: "),
        (
            &["pause", "367", "days"],
            "error: a pause lasts at most a year\nhint: ",
        ),
        (
            &["pause", "until", "2020-01-01"],
            "error: that moment has passed\nhint: ",
        ),
        (
            &["snooze", "3", "weeks"],
            "error: a prompt is put off by 1 min to 12 h\n",
        ),
        (
            &["snooze", "30", "s"],
            "error: a prompt is put off by 1 min to 12 h\n",
        ),
        (
            &["--config", "other.toml", "enable"],
            "error: at login attuned starts with your own settings file",
        ),
    ] {
        let ran = attuned(&home, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.starts_with(fact), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn broken_settings_are_shown_whole_and_nothing_is_done() {
    let home = home("[pace]\ncap = 6\ngapp = \"1 h\"\nexpiry = 7\n");
    for arguments in [&["run"][..], &["now"], &["pause", "1h"], &["preview"]] {
        let ran = attuned(&home, arguments);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(3), ""),
            "{arguments:?}: {}",
            ran.err
        );
        for part in [
            "config.toml:3:1",
            "gapp = \"1 h\"",
            "^^^^",
            "gap",
            "config.toml:4:10",
        ] {
            assert!(ran.err.contains(part), "{arguments:?}: {part}: {}", ran.err);
        }
    }
    let status = prints(&home, &["status"]);
    assert!(
        status.contains("Problem   The settings have an error:"),
        "{status}"
    );
}

#[test]
fn support_shows_ones_own_lines_first() {
    let home =
        home("[[support.line]]\nname = \"Ana\"\nnumber = \"+00 000\"\nhours = \"evenings\"\n");
    let said = prints(&home, &["support"]);
    assert!(said.starts_with("Ana\n  +00 000 (evenings)\n\n"), "{said}");
    for part in [
        "local emergency number",
        "trust",
        "findahelpline.com",
        "attuned config set support.country",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }

    home.write_config("nonsense");
    let said = prints(&home, &["support"]);
    assert!(
        said.starts_with("Your own lines and your country"),
        "{said}"
    );
    assert!(said.contains("findahelpline.com"), "{said}");
}

#[test]
fn login_is_set_up_and_undone() {
    let home = empty_home();
    let said = prints(&home, &["enable"]);
    assert!(
        said.contains("attuned starts at login, by an autostart entry.\n"),
        "{said}"
    );
    assert!(said.contains("\nwarning: "), "{said}");
    let file = home.path("home/.config/autostart/attuned.desktop");
    assert!(file.exists());
    let status = prints(&home, &["status"]);
    assert!(
        status.contains("At login  starts by itself, by an autostart entry\n"),
        "{status}"
    );

    let said = prints(&home, &["disable"]);
    assert!(
        said.contains("attuned no longer starts at login.\n"),
        "{said}"
    );
    assert!(!file.exists());
    let again = "attuned does not start at login, so nothing had to be undone.\n";
    assert_eq!(prints(&home, &["disable"]), again);
}

#[test]
fn a_running_daemon_is_asked() {
    let home = home(TWO_O_CLOCK);
    let mut daemon = Running::start(&home);

    let status = prints(&home, &["status"]);
    assert!(
        status.starts_with("attuned is running.\n\nSince     today at 12:00\n"),
        "{status}"
    );
    assert!(
        status.contains("Next      today at 14:00 (in 2 h), from tea\n"),
        "{status}"
    );
    assert!(
        status.contains("Problem   There is no notification service"),
        "{status}"
    );
    assert!(
        !status.contains("Tea?"),
        "the prompt stays a surprise: {status}"
    );

    let expected = "\
Paused: everything, until today at 15:00 (3 h left).
The next prompt comes tomorrow at 14:00.
To end it sooner: attuned resume
";
    assert_eq!(prints(&home, &["pause", "3h"]), expected);
    let status = prints(&home, &["status"]);
    assert!(
        status.starts_with("attuned is running, and paused until today at 15:00.\n"),
        "{status}"
    );
    assert_eq!(
        prints(&home, &["resume"]),
        "No longer paused: everything (it was until today at 15:00).\n"
    );
    let ran = attuned(&home, &["snooze"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            Some(1),
            "error: no prompt is open\nhint: for quiet, say: attuned pause 1h\n"
        )
    );

    assert_eq!(prints(&home, &["stop"]), "attuned has stopped.\n");
    let ended = daemon.0.wait().expect("it is our child");
    assert!(ended.success());
}

#[test]
fn a_prompt_can_be_asked_for_and_put_off() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = AtNoon::new(Home::new(&bus.address()));
    home.write_config(TWO_O_CLOCK);
    write_collection(&home, "prompts = [\"The kettle is on.\"]\n");
    let _daemon = Running::start(&home);
    support::wait_until("the service is known", || {
        !home.status()["service"].is_null()
    });

    let said = prints(&home, &["now", "mine"]);
    let shown = server.notify(0);
    assert_eq!(said, format!("Sent to your desktop: {}\n", shown.summary));
    support::wait_until("it is known to be open", || {
        home.status()["overview"]["open"] == json!([shown.summary])
    });
    let expected = format!(
        "\"{}\" comes back today at 12:40 (in 40 min).\n",
        shown.summary
    );
    assert_eq!(prints(&home, &["snooze", "40", "min"]), expected);
    let last = prints(&home, &["last"]);
    assert!(last.contains("The kettle is on."), "{last}");
}

#[test]
fn a_record_that_cannot_be_read_is_told_and_set_aside() {
    let home = home(TWO_O_CLOCK);
    let folder = home.path("home/.local/state/attuned");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(
        home.database(),
        "no database at all, but long enough to look like one",
    )
    .expect("a file");
    let status = prints(&home, &["status"]);
    assert!(
        status.contains("Problem   The record cannot be read: "),
        "{status}"
    );

    let database = home.database().display().to_string();
    for arguments in [&["last"][..], &["why"], &["why", "today"], &["preview"]] {
        let ran = attuned(&home, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        let hint = "\nhint: attuned run keeps it and begins a new one\n";
        assert!(
            ran.err.contains(&database) && ran.err.ends_with(hint),
            "{arguments:?}: {}",
            ran.err
        );
    }
    let ran = attuned(&home, &["pause", "1h"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.err
            .starts_with("warning: the record could not be read; it was kept as "),
        "{}",
        ran.err
    );
    assert!(prints(&home, &["status"]).contains("\nPaused "));
}

#[test]
fn help_is_there_without_a_home() {
    let home = empty_home();
    let mut command = home.command(&["support"]);
    command
        .env_remove("HOME")
        .env("XDG_CONFIG_HOME", home.path("config"));
    let ran = Ran::from(command.output().expect("the program starts"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("findahelpline.com"), "{}", ran.out);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let home = home(TWO_O_CLOCK);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = home.command(&["status"]);
    let output = command.stdout(writer).output().expect("the program starts");
    let ran = Ran::from(output);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn without_a_terminal_there_is_no_colour() {
    let home = home("[pace]\ngapp = 1\n");
    for arguments in [
        &["status"][..],
        &["support"],
        &["now"],
        &["--help"],
        &["nonsense"],
    ] {
        let ran = attuned(&home, arguments);
        assert!(
            !ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'),
            "{ran:?}"
        );
    }
}

#[test]
fn a_state_folder_that_cannot_be_written_is_named() {
    let home = home(TWO_O_CLOCK);
    fs::create_dir_all(home.path("home/.local/state")).expect("a folder");
    fs::write(home.path("home/.local/state/attuned"), "in the way").expect("a file");
    // The daemon runs all the same, and keeps its record in memory.
    for arguments in [["pause", "1h"].as_slice(), &["now"]] {
        let ran = attuned(&home, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {}", ran.err);
        assert!(
            ran.err.starts_with("error: could not "),
            "{arguments:?}: {}",
            ran.err
        );
    }
}

#[test]
fn help_says_what_it_is_not() {
    let home = empty_home();
    let help = prints(&home, &["--help"]);
    for part in [
        "not therapy",
        "not a crisis service",
        "nobody reads the answers",
        "attuned support",
        "Examples:",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
    let widest = help.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{help}");
    for command in [
        "run", "pause", "resume", "snooze", "now", "status", "preview", "check", "when",
    ] {
        let help = prints(&home, &[command, "--help"]);
        assert!(help.contains("Examples:"), "{command}: {help}");
    }
}

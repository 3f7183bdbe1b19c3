//! The log: nothing personal in it at any level, calm at the default one, and a fault said once.

use std::fs;

use attuned::engine::{Outcome, Record};

use super::support::wait_until;
use super::*;

/// Words that no log may have, one for each place where a person writes or reads something of their own.
const PERSONAL: &str = "
[[reminder]]
name = \"far\"
when = \"on 29 February at 9:00\"
message = \"Zebrafish told me so.\"

[[reminder]]
name = \"often\"
kind = \"check-in\"
when = \"* * * * * *\"
message = \"How is the quokka?\"

[[pause]]
when = \"2026-12-24\"
reason = \"the okapi visits\"

[[support.line]]
name = \"Ana Narwhal\"
number = \"+00 111 222\"
";

const WORDS: [&str; 11] = [
    "Zebrafish",
    "quokka",
    "okapi",
    "Narwhal",
    "111 222",
    "axolotl",
    "pangolin",
    "capybara",
    "wombat",
    "too-much",
    "too much",
];

#[test]
fn nothing_personal_is_logged_at_any_level() {
    let (bus, server, home) = desk(PERSONAL);
    let mine = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&mine).unwrap();
    fs::write(
        mine.join("mine.toml"),
        "prompts = [\"The axolotl is kind.\", \"The axolotl is kind.\"]\npangolin = 1\n",
    )
    .unwrap();
    fs::write(
        mine.join("other.toml"),
        "prompts = [\"The capybara rests.\"]\n",
    )
    .unwrap();
    let mut command = home.command(&["run"]);
    command.env("RUST_LOG", "trace");
    let mut daemon = home.daemon_of(command);
    let asked = server.notify(0);
    assert!(asked.body.contains("quokka"));
    server.press(asked.id, "too-much");
    let steady = server.notify(1);
    home.prints(&["now", "other"]);
    home.prints(&["pause", "2h", "--only", "far"]);
    home.prints(&["resume"]);
    wait_until("the answer is on record", || {
        let answered = |one: &Record| matches!(one.outcome, Some(Outcome::Answered(_)));
        home.records().iter().any(answered)
    });

    // Settings that are broken, at the very words that are personal.
    for broken in [
        "[[reminder]]\nname = \"far\"\nwhen = \"when the wombat sleeps\"\n",
        "[[reminder]]\nname = \"far\"\nwombat = 1\n",
        "[pace]\ncap = \"wombat\"\n",
        "[notification\nwombat",
    ] {
        home.write_config(broken);
        wait_until("it is noticed", || {
            let status = home.status();
            status["settings_problem"]
                .as_str()
                .is_some_and(|problem| problem.contains("config.toml"))
        });
        home.write_config(PERSONAL);
        wait_until("it is well", || home.status()["settings_problem"].is_null());
    }
    home.ask(r#"{"now":{"what":"wombat"}}"#).unwrap();
    home.ask(r#"{"wombat":1}"#).unwrap();

    // A server that refuses, one that is gone, a bus that is gone.
    server.set_manner(super::support::server::Manner::Refuse(
        "org.example.Error.No",
    ));
    home.prints(&["now"]);
    drop(server);
    drop(bus);
    wait_until("the loss is noticed", || home.status()["service"].is_null());
    daemon.signal("TERM");
    assert_eq!(daemon.wait(), Some(0));

    let log = home.stderr();
    let lower = log.to_lowercase();
    for word in WORDS {
        assert!(!lower.contains(&word.to_lowercase()), "{word}: {log}");
    }
    for shown in [&asked, &steady] {
        for text in [&shown.summary, &shown.body] {
            let first = text.lines().next().unwrap();
            assert!(!log.contains(first), "{first}: {log}");
        }
    }
    assert!(
        log.contains("the settings cannot be used"),
        "places are logged: {log}"
    );
    assert!(log.contains("config.toml:3:"), "places are logged: {log}");
    assert!(
        log.contains("mine.toml:"),
        "also of personal prompts: {log}"
    );
    assert!(
        log.lines()
            .any(|line| line.contains("DEBUG") || line.contains("TRACE")),
        "{log}"
    );
}

#[test]
fn what_a_database_holds_is_not_logged_when_it_cannot_be_read() {
    let (_bus, server, home) = desk(PERSONAL);
    let mut daemon = home.daemon(&[]);
    server.notify(0);
    daemon.signal("TERM");
    daemon.wait();
    let database = rusqlite::Connection::open(home.database()).unwrap();
    let odd = "UPDATE state SET document = '\"wombat\"'; \
               UPDATE delivery SET record = '{\"id\": \"wombat\"}'";
    database.execute_batch(odd).unwrap();
    drop(database);
    let mut command = home.command(&["run"]);
    command.env("RUST_LOG", "trace");
    let _daemon = home.daemon_of(command);
    let note = home.status()["store_note"].as_str().unwrap().to_owned();
    assert!(note.contains("could not be read"), "{note}");
    server.notify(1);
    assert!(!home.stderr().contains("wombat"), "{}", home.stderr());
}

const CALM: &str = "[[reminder]]\nname = \"evening\"\nwhen = \"at 21:30\"\nmessage = \"So?\"\n";

/// A day's running: a start, a server, a hundred prompts and answers, many commands, ten edits, a restart of the server,
/// the end.
#[test]
fn a_day_s_ordinary_running_is_a_handful_of_lines() {
    let (bus, server, home) = desk(CALM);
    let mut daemon = home.daemon(&[]);
    for index in 0..100 {
        home.ask(r#"{"now":{}}"#).unwrap();
        server.press(server.notify(index).id, "later");
    }
    for hours in 1..=10 {
        home.prints(&["status"]);
        home.ask(&format!(r#"{{"pause":{{"until":"{hours}h"}}}}"#))
            .unwrap();
        home.ask(r#"{"resume":{}}"#).unwrap();
        home.write_config(&format!("{CALM}\n[pace]\nsnooze = \"{hours} min\"\n"));
        home.ask(r#""reload""#).unwrap();
    }
    drop(server);
    let server = Server::start(&bus.address(), Identity::default());
    home.prints(&["now"]);
    server.notify(0);
    daemon.signal("TERM");
    assert_eq!(daemon.wait(), Some(0));
    let log = home.stderr();
    assert!(log.lines().count() <= 5, "{log}");
    assert!(log.contains("notifications go to test-server"), "{log}");
}

#[test]
fn a_fault_is_said_once_and_once_when_it_is_over() {
    let (bus, server, home) = desk(BUSY);
    let _daemon = home.daemon(&[]);
    server.notify(0);
    drop(server);
    wait_until("the loss is noticed", || home.status()["service"].is_null());
    // Three more come due meanwhile.
    let records = home.records().len();
    wait_until("time passes", || home.records().len() > records + 2);
    assert_eq!(
        logged(&home, "no notification service"),
        1,
        "{}",
        home.stderr()
    );
    let server = Server::start(&bus.address(), Identity::default());
    server.notify(0);
    assert_eq!(logged(&home, "notifications go to"), 2, "{}", home.stderr());

    // The same mistake, saved again and again.
    for round in 0..5 {
        home.write_config(&format!("[pace]\ncap = \"many\" # {round}\n"));
        home.ask(r#""reload""#).unwrap();
    }
    assert_eq!(
        logged(&home, "the settings cannot be used"),
        1,
        "{}",
        home.stderr()
    );
    home.write_config(QUIET);
    wait_until("it is well", || home.status()["settings_problem"].is_null());
    assert_eq!(
        logged(&home, "the settings can be used again"),
        1,
        "{}",
        home.stderr()
    );
}

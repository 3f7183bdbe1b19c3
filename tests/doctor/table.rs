//! The table, and one thing wrong at a time.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use attuned::config::Country;
use attuned::helplines::Helplines;
use insta::assert_snapshot;
use rusqlite::Connection;
use serde_json::Value;

use super::support::bus::Bus;
use super::support::home::Home;
use super::support::server::{Identity, Manner, Server};
use super::support::wait_until;
use super::{QUIET, able, desk, doctor, only, rows, shows, told, write};

#[test]
fn all_is_as_it_should_be() {
    let (_bus, server, home) = desk();
    let _daemon = home.daemon(&[]);
    assert_snapshot!(shows(&home));
    assert_eq!(
        server.count(),
        0,
        "nothing is shown without being asked for"
    );
}

#[test]
fn without_a_bus_in_an_empty_home() {
    assert_snapshot!(shows(&Home::without_bus()));
}

#[test]
fn much_is_wrong() {
    let (_bus, _server, home) = desk();
    home.prints(&["pause", "2h"]);
    home.write_config("[[reminder]]\nname = \"a\"\nwhenn = \"at 9:00\"\n");
    write(
        home.path("home/.config/attuned/affirmations/mine.toml"),
        "prompts = [\"One.\", 2]\n",
    );
    let database = home.database();
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
    let folder = database.parent().unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(folder.join("attuned.db.corrupt-2026-11-23T10-30-00Z"), "").unwrap();
    fs::write(folder.join("attuned.db.v1.bak"), "").unwrap();
    assert_snapshot!(shows(&home));
}

#[test]
fn what_a_service_can_do_is_told_in_plain_words() {
    let bus = Bus::start();
    let home = Home::new(&bus.address());
    for (capabilities, said) in [
        (
            vec!["actions", "body", "inline-reply"],
            "ok: test-server 1.0: shows text, has buttons, keeps no list of what passed, lets you write an answer | -",
        ),
        (
            vec!["body"],
            "warn: test-server 1.0: shows text, has no buttons, keeps no list of what passed | prompts can be read, and answered with attuned snooze, pause and last in a terminal",
        ),
        (
            vec!["actions"],
            "warn: test-server 1.0: shows no text, only titles, has buttons, keeps no list of what passed | a prompt's text cannot be seen here; attuned last shows it in a terminal",
        ),
    ] {
        let _server = Server::start(
            &bus.address(),
            Identity {
                capabilities,
                ..able()
            },
        );
        assert_eq!(only(&rows(&home), "notifications"), said);
    }
    let none = only(&rows(&home), "notifications");
    assert!(
        none.starts_with("warn: no notification service is running"),
        "{none}"
    );
}

#[test]
fn help_lines_are_those_of_the_settings_or_the_locale() {
    let home = Home::without_bus();
    let by_locale = |locale: &str| {
        let output = doctor(&home, &["--json"]).env("LANG", locale).output();
        let rows: Vec<Value> = serde_json::from_slice(&output.unwrap().stdout).unwrap();
        only(&rows, "help lines")
    };
    let verified = |code: &str| {
        let country = Country::parse(code).unwrap();
        let helplines = Helplines::shipped();
        let day = helplines.of(country).unwrap().verified_on();
        format!("verified on {}", day.strftime("%-d %B %Y"))
    };
    let nowhere = by_locale("C.UTF-8");
    assert!(
        nowhere.starts_with("unknown: your country is not known here"),
        "{nowhere}"
    );
    let austria = by_locale("de_AT.UTF-8");
    assert!(austria.contains("Austria's"), "{austria}");
    assert!(austria.contains(&verified("AT")), "{austria}");
    let denmark = by_locale("da_DK.UTF-8");
    assert!(
        denmark.starts_with("unknown: none is known for DK |"),
        "{denmark}"
    );
    home.write_config("[support]\ncountry = \"NZ\"\n");
    let settled = by_locale("de_AT.UTF-8");
    assert!(settled.contains("New Zealand's"), "{settled}");
    assert!(settled.contains(&verified("NZ")), "{settled}");
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "that it is bounded is what is tested"
)]
fn what_hangs_costs_its_own_line_alone() {
    let bus = Bus::start();
    let server = Server::start_with_manner(&bus.address(), able(), Manner::Hold);
    let home = Home::new(&bus.address());
    fs::create_dir_all(home.socket().parent().unwrap()).unwrap();
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(home.socket().parent().unwrap(), private).unwrap();
    // A daemon that listens and never answers.
    let _daemon = UnixListener::bind(home.socket()).unwrap();
    let start = Instant::now();
    let rows = rows(&home);
    assert!(
        start.elapsed() < Duration::from_secs(16),
        "{:?}",
        start.elapsed()
    );
    let service = only(&rows, "notifications");
    assert!(
        service.starts_with("fail: a notification service is there, and does not answer"),
        "{service}"
    );
    let daemon = only(&rows, "attuned");
    assert!(
        daemon.starts_with("fail: ") && daemon.contains("did not answer in time"),
        "{daemon}"
    );
    assert!(only(&rows, "settings").starts_with("ok: "));
    server.set_facts_manner(Manner::Answer);

    bus.signal("STOP");
    let stopped = only(&super::rows(&home), "session bus");
    bus.signal("CONT");
    assert!(
        stopped.starts_with("fail: the session bus does not answer"),
        "{stopped}"
    );
}

/// Answers one request at `socket` with this line.
fn answer_once(socket: PathBuf, line: String) -> std::thread::JoinHandle<()> {
    let listener = UnixListener::bind(socket).unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = String::new();
        BufReader::new(&stream).read_line(&mut request).unwrap();
        stream.write_all(line.as_bytes()).unwrap();
    })
}

#[test]
fn a_daemon_of_another_version_is_told() {
    let (_bus, _server, home) = desk();
    let this = env!("CARGO_PKG_VERSION");
    let mut daemon = home.daemon(&[]);
    let mut stream = UnixStream::connect(home.socket()).unwrap();
    writeln!(
        stream,
        r#"{{"version":1,"program":"{this}","body":"status"}}"#
    )
    .unwrap();
    let mut line = String::new();
    stream.read_to_string(&mut line).unwrap();
    home.prints(&["stop"]);
    daemon.wait();
    fs::create_dir_all(home.socket().parent().unwrap()).unwrap();

    let other = line.replacen(&format!(r#""program":"{this}""#), r#""program":"0.0.9""#, 1);
    let served = answer_once(home.socket(), other);
    let row = only(&rows(&home), "attuned");
    served.join().unwrap();
    assert!(
        row.starts_with(&format!(
            "warn: this is {this}, and 0.0.9 is running since "
        )),
        "{row}"
    );
    assert!(row.contains("attuned stop, then attuned run"), "{row}");

    fs::remove_file(home.socket()).unwrap();
    let foreign = r#"{"version":2,"program":"9.0.0","body":{"other":1}}"#;
    let served = answer_once(home.socket(), format!("{foreign}\n"));
    let row = only(&rows(&home), "attuned");
    served.join().unwrap();
    assert!(row.starts_with("fail: ") && row.contains("9.0.0"), "{row}");
}

#[test]
fn the_daemons_own_troubles_are_told() {
    let (_bus, _server, home) = desk();
    let _daemon = home.daemon(&[]);
    home.write_config("[[reminder]]\nname = \"a\"\nwhenn = \"at 9:00\"\n");
    wait_until("the daemon has seen it", || {
        home.status()["settings_problem"].is_string()
    });
    let row = only(&rows(&home), "in force");
    assert!(
        row.starts_with("fail: earlier settings stay in force, as those on disk have an error: ~/.config/attuned/config.toml:1:1"),
        "{row}"
    );
}

#[test]
fn a_database_that_is_not_well() {
    let home = Home::without_bus();
    home.prints(&["pause", "2h"]);
    let database = home.database();
    let whole = fs::read(&database).unwrap();
    let record = || only(&rows(&home), "record");
    assert!(
        record().starts_with("ok: whole: 0 records, "),
        "{}",
        record()
    );

    let mut torn = whole.clone();
    torn[4096..12288].fill(0xa5);
    fs::write(&database, torn).unwrap();
    assert!(
        record().starts_with("fail: cannot be used: "),
        "{}",
        record()
    );

    fs::write(&database, &whole).unwrap();
    let other = Connection::open(&database).unwrap();
    other
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        .unwrap();
    other
        .execute_batch("CREATE TABLE held (x); COMMIT")
        .unwrap();
    assert!(
        record().starts_with("warn: another program holds it"),
        "{}",
        record()
    );
    drop(other);

    fs::write(&database, &whole).unwrap();
    let newer = Connection::open(&database).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    assert!(
        record().starts_with("fail: written by a newer attuned (database version 99;"),
        "{}",
        record()
    );

    if !rustix::process::geteuid().is_root() {
        fs::write(&database, &whole).unwrap();
        fs::set_permissions(&database, fs::Permissions::from_mode(0o400)).unwrap();
        let row = only(&rows(&home), "can be written");
        assert!(row.starts_with("fail: not "), "{row}");
    }
}

#[test]
fn where_no_runtime_folder_or_zone_is_known() {
    let home = Home::without_bus();
    let mut command = doctor(&home, &["--json"]);
    command
        .env_remove("XDG_RUNTIME_DIR")
        .env("TZ", "Nowhere/Land");
    let rows: Vec<serde_json::Value> =
        serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    let folder = only(&rows, "runtime folder");
    assert!(
        folder.starts_with("warn: XDG_RUNTIME_DIR is not set"),
        "{folder}"
    );
    let zone = only(&rows, "time zone");
    assert!(
        zone.starts_with("warn: could not be told, so that all times are UTC"),
        "{zone}"
    );
}

#[test]
fn each_row_has_the_keys_that_scripts_know() {
    let rows = rows(&Home::without_bus());
    assert!(rows.len() > 10);
    for row in &rows {
        let keys: Vec<_> = row.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["check", "fact", "next", "verdict"]);
        let verdict = row["verdict"].as_str().unwrap();
        assert!(
            ["ok", "warn", "fail", "unknown"].contains(&verdict),
            "{row}"
        );
        if ["warn", "fail"].contains(&verdict) {
            assert!(
                row["next"].is_string(),
                "each comes with its next step: {row}"
            );
        }
    }
    assert!(told(&rows, "no such check").is_empty());
}

#[test]
fn calendar_files_are_told_with_what_is_wrong_with_them() {
    let home = Home::without_bus();
    let row = |named: &str| {
        home.write_config(&format!("{QUIET}[calendar]\nfiles = [{named}]\n"));
        told(&rows(&home), "calendar files")
    };
    write(
        home.path("home/work.ics"),
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    );
    write(home.path("home/page.ics"), "<html>Please log in</html>");
    assert_eq!(row(""), Vec::<String>::new());
    assert_eq!(row("\"~/work.ics\""), ["ok: 1 file read | -"]);
    assert_eq!(
        row("\"~/work.ics\", \"~/page.ics\", \"~/gone.ics\""),
        [
            "warn: 1 file read; 2 warnings: ~/page.ics: it is not an iCalendar file | attuned check shows each"
        ]
    );
}

#[test]
fn settings_from_the_system_count_as_such() {
    let home = Home::without_bus();
    write(home.path("etc/attuned/config.toml"), QUIET);
    let row = only(&rows(&home), "settings");
    assert!(row.starts_with("ok: the system's; 1 reminder"), "{row}");
}

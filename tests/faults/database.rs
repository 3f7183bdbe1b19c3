//! A database that is damaged, cut short, locked, of another version, or gone.

use std::fs;
use std::path::{Path, PathBuf};

use attuned::engine::{Answer, Outcome, Record};
use rusqlite::Connection;
use serde_json::Value;

use super::support::home::Home;
use super::support::wait_until;
use super::*;

/// A home whose daemon has shown a few prompts and was killed, so that its log is still there: the state folder's files.
fn files_in_use() -> Vec<(String, Vec<u8>)> {
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&[]);
    for index in 0..12 {
        home.prints(&["now"]);
        server.notify(index);
    }
    home.prints(&["pause", "3h", "--only", "far"]);
    daemon.signal("KILL");
    daemon.wait();
    ["attuned.db", "attuned.db-wal"]
        .into_iter()
        .map(|name| (name.to_owned(), fs::read(folder(&home).join(name)).unwrap()))
        .collect()
}

fn folder(home: &Home) -> PathBuf {
    home.database().parent().unwrap().to_owned()
}

/// The same, closed: all is in the one file.
fn closed_file() -> Vec<u8> {
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&[]);
    for index in 0..12 {
        home.prints(&["now"]);
        server.notify(index);
    }
    daemon.signal("TERM");
    daemon.wait();
    fs::read(home.database()).unwrap()
}

fn set_aside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.to_string_lossy().contains(".corrupt-"))
        .collect()
}

/// Puts the files in place, starts, looks, and ends. What was set aside is whole, named on the desktop and in `status`.
fn start_over(what: &str, files: &[(&str, &[u8])]) -> bool {
    let (_bus, server, home) = desk(QUIET);
    fs::create_dir_all(folder(&home)).unwrap();
    for (name, content) in files {
        fs::write(folder(&home).join(name), content).unwrap();
    }
    let mut daemon = home.daemon(&[]);
    // Some damage only writing meets, and it is tried twice.
    let problem = home.status()["store_problem"].to_string();
    wait_until(&format!("{what}: it can be written, {problem}"), || {
        home.status()["store_problem"].is_null()
    });
    let status = home.status();
    let aside = set_aside(&folder(&home));
    // What belongs to it has a longer name.
    if let Some(main) = aside.iter().min_by_key(|path| path.as_os_str().len()) {
        let name = main.file_name().unwrap().to_str().unwrap();
        let told = || {
            let all = (0..server.count()).map(|index| server.notify(index));
            let mut notes = all.filter(|one| one.summary == "A new record was begun");
            notes.next()
        };
        wait_until(&format!("{what}: it is told"), || told().is_some());
        let body = told().unwrap().body;
        assert!(body.contains(name), "{what}: {body}");
        let note = status["store_note"].as_str().unwrap_or_default();
        assert!(note.contains(main.to_str().unwrap()), "{what}: {note}");
        let named = |wanted: &str| files.iter().find(|(name, _)| *name == wanted);
        let (_, content) = named("attuned.db").unwrap_or(&("", b""));
        assert_eq!(&fs::read(main).unwrap(), content, "{what}: it is whole");
        if let Some((_, log)) = named("attuned.db-wal").filter(|(_, log)| !log.is_empty()) {
            let kept = format!("{}-wal", main.display());
            assert_eq!(&fs::read(kept).unwrap(), log, "{what}: so is its log");
        }
        assert_eq!(logged(&home, "a new one begun"), 1, "{what}");
    }
    home.prints(&["now"]);
    wait_until(&format!("{what}: it can be read"), || {
        home.run(&["last"]).status.success()
    });
    let shown = home.records().len();
    assert!(shown > 0, "{what}: it works");
    daemon.signal("TERM");
    assert_eq!(daemon.wait(), Some(0), "{what}");
    !aside.is_empty()
}

#[test]
fn a_database_cut_short_at_any_length_is_set_aside_whole() {
    let whole = closed_file();
    for length in [
        1,
        16,
        99,
        100,
        512,
        4095,
        4096,
        4097,
        6000,
        8192,
        whole.len() - 4096,
    ] {
        let was_aside = start_over(
            &format!("cut to {length} bytes"),
            &[("attuned.db", &whole[..length])],
        );
        assert!(was_aside, "{length} bytes are no database");
    }
    start_over(
        "all but a byte",
        &[("attuned.db", &whole[..whole.len() - 1])],
    );
    assert!(!start_over("nothing in it", &[("attuned.db", b"")]));
    assert!(!start_over("whole", &[("attuned.db", &whole)]));
}

#[test]
fn a_log_that_is_left_is_read_as_far_as_it_goes() {
    let files = files_in_use();
    let (database, log) = (&files[0].1, &files[1].1);
    assert!(!log.is_empty(), "a killed daemon leaves its log");
    for length in [0, 10, 32, 5000, log.len() / 2, log.len() - 1, log.len()] {
        start_over(
            &format!("a log of {length} bytes"),
            &[("attuned.db", database), ("attuned.db-wal", &log[..length])],
        );
    }
    for length in [0, 100, 3000] {
        let was_aside = start_over(
            &format!("a log and {length} bytes of its database"),
            &[
                ("attuned.db", &database[..length.min(database.len())]),
                ("attuned.db-wal", log),
            ],
        );
        assert!(was_aside || length > 0);
    }
}

#[test]
fn damaged_bytes_anywhere_never_stop_it() {
    let whole = closed_file();
    let mut draw = 0x5eed_u64;
    let mut next = |below: usize| {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(draw >> 33).unwrap() % below
    };
    let rounds = std::env::var("DAMAGED_DATABASES").map_or(12, |text| text.parse().unwrap());
    for round in 0..rounds {
        let mut damaged = whole.clone();
        for _ in 0..=round % 40 {
            let place = next(damaged.len());
            damaged[place] ^= u8::try_from(1 + next(255)).unwrap();
        }
        start_over(&format!("round {round}"), &[("attuned.db", &damaged)]);
    }
}

#[test]
fn one_of_a_newer_version_is_refused_and_not_touched() {
    let whole = closed_file();
    let (_bus, _server, home) = desk(QUIET);
    fs::create_dir_all(folder(&home)).unwrap();
    fs::write(home.database(), &whole).unwrap();
    let newer = Connection::open(home.database()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    newer.close().unwrap();
    let before = fs::read(home.database()).unwrap();
    for arguments in [
        ["run"].as_slice(),
        &["run", "--at-login"],
        &["pause", "2h"],
        &["last"],
    ] {
        let output = home.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.contains("was written by a newer attuned"),
            "{errors}"
        );
        assert_eq!(fs::read(home.database()).unwrap(), before, "{arguments:?}");
    }
    let unit = fs::read_to_string("config/login/attuned.service").unwrap();
    for bound in [
        "StartLimitIntervalSec=5min",
        "StartLimitBurst=5",
        "RestartSec=10s",
    ] {
        assert!(unit.contains(bound), "systemd gives up soon: {bound}");
    }
}

/// Another program has the database; `mode` is how.
fn lock(home: &Home, mode: &str) -> Connection {
    let other = Connection::open(home.database()).unwrap();
    other.execute_batch(mode).unwrap();
    other
}

const WRITES: &str = "BEGIN EXCLUSIVE";
const ALL_ALONE: &str = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; \
                         UPDATE state SET document = document; COMMIT";

#[test]
fn one_that_is_locked_while_it_runs_stops_no_prompt_and_loses_nothing() {
    let (_bus, server, home) = desk(BUSY);
    let _daemon = home.daemon(&[]);
    server.notify(0);
    let other = lock(&home, WRITES);
    wait_until("it tells", || store_problem(&home).is_some());
    assert!(store_problem(&home).unwrap().contains("locked"));
    let seen = server.count();
    server.notify(seen + 2);
    drop(other);
    wait_until("it works again", || store_problem(&home).is_none());
    assert_eq!(logged(&home, "the record cannot be written"), 1);
    assert_eq!(logged(&home, "the record can be written again"), 1);
    super::killed::every_second_is_on_record_once(&home.records());
}

#[test]
fn one_that_is_locked_at_the_start_is_read_and_written_when_it_can_be() {
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&["--greet"]);
    server.notify(0);
    home.prints(&["pause", "3h", "--only", "far"]);
    wait_until("it is on record", || !home.records().is_empty());
    daemon.signal("TERM");
    daemon.wait();
    for (round, mode) in [WRITES, ALL_ALONE].into_iter().enumerate() {
        let other = lock(&home, mode);
        let mut daemon = home.daemon(&[]);
        assert!(store_problem(&home).is_some(), "{mode}");
        home.prints(&["now"]);
        let shown = 2 + round;
        server.notify(shown - 1);
        drop(other);
        wait_until("it works again", || store_problem(&home).is_none());
        let pauses = home.status()["overview"]["pauses"].clone();
        assert_eq!(pauses.as_array().unwrap().len(), 1, "{mode}: {pauses}");
        assert_eq!(home.records().len(), shown, "{mode}");
        daemon.signal("TERM");
        assert_eq!(daemon.wait(), Some(0));
    }
}

#[test]
fn a_folder_in_its_place_is_told_and_once_moved_away_a_new_one_begins() {
    let (_bus, server, home) = desk(QUIET);
    fs::create_dir_all(home.database()).unwrap();
    let _daemon = home.daemon(&["--greet"]);
    server.notify(0);
    let problem = store_problem(&home).unwrap();
    assert!(problem.contains("is not a file"), "{problem}");
    fs::remove_dir(home.database()).unwrap();
    wait_until("a new one is begun", || store_problem(&home).is_none());
    assert_eq!(home.records().len(), 1);
}

fn fixture(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/databases/v{version}.db"))
}

/// Databases of every version, made by attuned itself; `tests/databases/README.md` tells how.
#[test]
fn databases_of_every_version_are_copied_first_and_go_on() {
    let newest = newest_version();
    for version in 1..=newest {
        let (_bus, server, home) = desk(QUIET);
        fs::create_dir_all(folder(&home)).unwrap();
        fs::copy(fixture(version), home.database())
            .unwrap_or_else(|error| panic!("the database of version {version}: {error}"));
        let mut daemon = home.daemon(&[]);
        assert!(home.status()["store_note"].is_null());
        assert!(store_problem(&home).is_none());
        let last: Value = serde_json::from_str(&home.prints(&["why", "last", "--json"])).unwrap();
        assert_eq!(last["record"]["id"], 4, "version {version}");
        assert!(
            home.prints(&["last"]).contains(LAST_WORDS),
            "version {version}"
        );
        let outcomes = home.records().into_iter().map(|one| one.outcome);
        let outcomes: Vec<_> = outcomes.take(2).collect();
        let answered = Outcome::Answered(Answer::Hard);
        assert_eq!(outcomes, [Some(answered), Some(Outcome::Dismissed)]);
        let copy = folder(&home).join(format!("attuned.db.v{version}.bak"));
        assert_eq!(
            copy.exists(),
            version < newest,
            "a copy first, where it is older"
        );
        home.prints(&["now"]);
        server.notify(0);
        wait_until("its ids go on", || {
            home.records().iter().any(|one| one.id == 5)
        });
        daemon.signal("TERM");
        assert_eq!(daemon.wait(), Some(0));
    }
}

const LAST_WORDS: &str = "Run cool water over your hands";

/// Run by hand when the schema gets a new version; see `tests/databases/README.md`.
#[test]
#[ignore = "makes a new tests/databases/vN.db"]
fn make_the_database_of_this_version() {
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&[]);
    let ended = |index: usize| {
        wait_until("it ended", || {
            home.records()
                .get(index)
                .is_some_and(|one| one.outcome.is_some())
        });
    };
    home.prints(&[
        "now",
        &prompt(&home, "name-it", |one| one["kind"] == "check-in"),
    ]);
    server.press(server.notify(0).id, "hard");
    ended(0);
    home.prints(&["now"]);
    server.say_closed(server.notify(1).id, 2);
    ended(1);
    home.prints(&["now"]);
    server.press(server.notify(2).id, "later");
    ended(2);
    home.prints(&["pause", "2h", "--only", "far"]);
    let says = |one: &Value| {
        one["text"]
            .as_str()
            .is_some_and(|text| text.contains(LAST_WORDS))
    };
    home.prints(&["now", &prompt(&home, "steady-ground", says)]);
    server.notify(3);
    wait_until("it is on screen", || {
        home.records().last().is_some_and(Record::was_shown)
    });
    daemon.signal("TERM");
    daemon.wait();
    let connection = Connection::open(home.database()).unwrap();
    let file = fixture(newest_version());
    connection
        .execute("VACUUM INTO ?1", [file.to_str().unwrap()])
        .unwrap();
}

fn prompt(home: &Home, collection: &str, is_wanted: impl Fn(&Value) -> bool) -> String {
    let shown = home.prints(&["library", "show", collection, "--json"]);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let prompts = shown["prompts"].as_array().unwrap();
    let found = prompts.iter().find(|one| is_wanted(one)).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

fn newest_version() -> u32 {
    let (_bus, _server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    let connection = Connection::open(home.database()).unwrap();
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

//! `attuned backup` and `restore`: the real program, with and without a daemon.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::Value;
use support::bus::Bus;
use support::home::Home;
use support::server::{Identity, Server};
use support::wait_until;

/// A reminder that is far from due, so that nothing comes by itself.
const QUIET: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

/// Due every second; what passes while nobody looks is recorded as missed.
const BUSY: &str = "[[reminder]]\nname = \"often\"\nwhen = \"* * * * * *\"\nmessage = \"Now.\"\nmissed = \"skip\"\n";

fn desk(config: &str) -> (Bus, Server, Home) {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let home = Home::new(&bus.address());
    home.write_config(config);
    (bus, server, home)
}

/// What is in a database: the ids of its records, and the engine's state.
fn content(database: &Path) -> (Vec<u64>, Value) {
    let connection = Connection::open(database).expect("it can be opened");
    let check: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("it can be read");
    assert_eq!(check, "ok", "{}", database.display());
    let mut rows = connection
        .prepare("SELECT id FROM delivery ORDER BY id")
        .expect("it is attuned's");
    let ids = rows.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    let ids = ids.map(|id| id.unwrap().unsigned_abs()).collect();
    let state: String = connection
        .query_row("SELECT document FROM state", [], |row| row.get(0))
        .expect("it has a state");
    (ids, serde_json::from_str(&state).expect("it is JSON"))
}

fn records(home: &Home) -> u32 {
    Connection::open(home.database())
        .and_then(|database| {
            database.query_row("SELECT count(*) FROM delivery", [], |row| row.get(0))
        })
        .unwrap_or(0)
}

fn pauses(home: &Home) -> usize {
    home.status()["overview"]["pauses"]
        .as_array()
        .unwrap()
        .len()
}

/// The copies that restores kept, without those that a killed daemon did not finish.
fn kept_copies(home: &Home) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.database().parent().unwrap()).unwrap();
    let mut copies: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains(".before-restore-"))
        .filter(|path| !path.to_string_lossy().contains(".part"))
        .collect();
    copies.sort();
    copies
}

fn path(home: &Home, name: &str) -> String {
    home.path(name).display().to_string()
}

fn errors(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn there_and_back_without_a_daemon() {
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&["--greet"]);
    server.notify(0);
    home.prints(&["stop"]);
    daemon.wait();
    let backup = path(&home, "backup.db");
    let told = home.prints(&["backup", &backup]);
    assert!(
        told.contains("backup.db: one record, from ") && told.contains("Not in it: your settings"),
        "{told}"
    );
    let mode = fs::metadata(&backup).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let backed_up = fs::read(&backup).unwrap();

    home.prints(&["pause", "3h"]);
    assert_eq!(pauses(&home), 1);
    let told = home.prints(&["restore", "--yes", &backup]);
    assert!(told.contains("one record, from "), "{told}");
    assert_eq!(pauses(&home), 0);
    assert_eq!(records(&home), 1);
    assert_eq!(fs::read(&backup).unwrap(), backed_up);

    let copies = kept_copies(&home);
    assert_eq!(copies.len(), 1);
    let name = copies[0].file_name().unwrap().to_str().unwrap();
    let words = told.split_whitespace().collect::<String>();
    assert!(words.contains(name), "it is named: {told}");
    home.prints(&["restore", "--yes", copies[0].to_str().unwrap()]);
    assert_eq!(pauses(&home), 1, "and the way forth again");
}

#[test]
fn there_and_back_with_a_daemon() {
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&[]);
    home.prints(&["pause", "2h"]);
    let backup = path(&home, "backup.db");
    let told: Value = serde_json::from_str(&home.prints(&["backup", "--json", &backup])).unwrap();
    assert_eq!(told["records"], 0);
    assert_eq!(told["from"], Value::Null);

    home.prints(&["resume"]);
    home.prints(&["now"]);
    let shown = server.notify(0);
    wait_until("it is on record as shown", || records(&home) == 1);

    let told: Value =
        serde_json::from_str(&home.prints(&["restore", "--yes", "--json", &backup])).unwrap();
    assert_eq!(told["before"], kept_copies(&home)[0].display().to_string());
    assert_eq!(server.closes(1), [shown.id], "what is on screen goes");
    assert_eq!(pauses(&home), 1, "the running daemon knows");
    assert_eq!(records(&home), 0);

    // A press that was on its way finds nothing, and the next prompt has an id of its own.
    server.press(shown.id, "pause-today");
    home.prints(&["now"]);
    server.notify(1);
    assert_eq!(pauses(&home), 1);
    wait_until("it is kept", || records(&home) == 1);
    assert_eq!(content(&home.database()).0, [2]);
    home.prints(&["stop"]);
    assert_eq!(daemon.wait(), Some(0));
    assert_eq!(pauses(&home), 1, "and it was kept");
}

#[test]
fn what_was_on_screen_at_the_backup_is_one_prompt_again() {
    let (_bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&["--greet"]);
    let shown = server.notify(0);
    wait_until("it is known to be open", || {
        home.status()["overview"]["open"][0].is_string()
    });
    let backup = path(&home, "backup.db");
    home.prints(&["backup", &backup]);
    server.press(shown.id, "later");
    server.closes(1);
    home.prints(&["restore", "--yes", &backup]);
    let again = server.notify(1);
    assert_eq!((again.body, again.replaces_id), (shown.body, 0));
    assert_eq!(server.count(), 2);
}

#[test]
fn copies_taken_while_the_daemon_writes_are_whole() {
    let (_bus, _server, home) = desk(BUSY);
    let _daemon = home.daemon(&[]);
    for round in 0..5 {
        wait_until("it goes on writing", || records(&home) > round);
        let backup = home.path(&format!("{round}.db"));
        home.prints(&["backup", backup.to_str().unwrap()]);
        let (ids, state) = content(&backup);
        let next = state["next_id"].as_u64().unwrap();
        assert_eq!(
            ids,
            (1..next).collect::<Vec<_>>(),
            "records and state agree"
        );
    }
}

#[test]
fn a_restore_while_the_daemon_writes_goes_on_from_there() {
    let (_bus, server, home) = desk(BUSY);
    let _daemon = home.daemon(&[]);
    wait_until("it writes", || records(&home) >= 2);
    let backup = path(&home, "backup.db");
    home.prints(&["backup", &backup]);
    let then = u32::try_from(content(Path::new(&backup)).0.len()).unwrap();
    wait_until("it writes on", || records(&home) >= then + 3);
    let shown = server.count();
    home.prints(&["restore", "--yes", &backup]);
    let missed = "SELECT sum(count) FROM delivery WHERE outcome = 'missed'";
    let missed = || {
        Connection::open(home.database())
            .and_then(|database| database.query_row(missed, [], |row| row.get::<_, Option<i64>>(0)))
            .unwrap()
            .unwrap_or(0)
    };
    wait_until("what was due since the backup counts as missed", || {
        missed() > 0
    });
    server.notify(shown);
    let (ids, _) = content(&home.database());
    assert!(ids.len() >= then as usize, "{ids:?}");
}

#[test]
fn a_folder_takes_a_file_named_after_the_day() {
    let home = Home::without_bus();
    home.prints(&["pause", "2h"]);
    fs::create_dir(home.path("backups")).unwrap();
    let told: Value =
        serde_json::from_str(&home.prints(&["backup", "--json", &path(&home, "backups")])).unwrap();
    let file = PathBuf::from(told["file"].as_str().unwrap());
    let name = file.file_name().unwrap().to_str().unwrap();
    let day = name
        .strip_prefix("attuned-")
        .and_then(|name| name.strip_suffix(".db"));
    day.unwrap().parse::<jiff::civil::Date>().unwrap();
    content(&file);

    let again = home.run(&["backup", &path(&home, "backups")]);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        errors(&again).contains("is there already"),
        "{}",
        errors(&again)
    );
    home.prints(&["backup", "--force", &path(&home, "backups")]);
    let left: Vec<_> = fs::read_dir(home.path("backups")).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing else is left there");
}

#[test]
fn what_cannot_be_backed_up_says_why() {
    let home = Home::without_bus();
    let nothing = home.run(&["backup", &path(&home, "b.db")]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(errors(&nothing).contains("nothing to back up yet"));
    assert!(!home.path("b.db").exists());

    home.prints(&["pause", "2h"]);
    let before = content(&home.database());
    let database = home.database().display().to_string();
    for (target, said) in [
        (path(&home, "none/b.db"), "there is no folder"),
        (database.clone(), "keeps its own files"),
        (format!("{database}-wal"), "keeps its own files"),
        ("/dev/null".to_owned(), "is not a file"),
    ] {
        let refused = home.run(&["backup", "--force", &target]);
        assert_eq!(refused.status.code(), Some(1), "{target}");
        assert!(
            errors(&refused).contains(said),
            "{target}: {}",
            errors(&refused)
        );
    }
    assert_eq!(content(&home.database()), before);
    if !rustix::process::geteuid().is_root() {
        let folder = home.path("read-only");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
        let refused = home.run(&["backup", &path(&home, "read-only/b.db")]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(errors(&refused).contains("Permission denied"));
    }
}

#[test]
fn what_a_daemon_could_not_write_is_told() {
    let (_bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    let other = Connection::open(home.database()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // It waits for the disk, and may answer late.
    home.run(&["now"]);
    server.notify(0);
    wait_until("the daemon has a problem", || {
        let status = home.run(&["status", "--json"]).stdout;
        let status: Value = serde_json::from_slice(&status).unwrap_or_default();
        status["store_problem"].is_string()
    });
    let output = home.run(&["backup", &path(&home, "backup.db")]);
    assert_eq!(output.status.code(), Some(0));
    let said = errors(&output);
    assert!(
        said.starts_with("warning: the running attuned could not write all it knows: "),
        "{said}"
    );
    assert!(content(&home.path("backup.db")).0.is_empty());

    let rows: Vec<Value> = serde_json::from_slice(&home.run(&["doctor", "--json"]).stdout).unwrap();
    let row = rows.iter().find(|row| row["check"] == "writing").unwrap();
    assert_eq!(row["verdict"], "fail");

    // A restore that cannot be written either is refused, and the daemon goes on.
    let refused = home.run(&["restore", "--yes", &path(&home, "backup.db")]);
    assert_eq!(refused.status.code(), Some(1));
    let said = errors(&refused);
    assert!(said.contains("nothing was restored"), "{said}");
    other.execute_batch("ROLLBACK").unwrap();
    wait_until("what waited is on record", || records(&home) == 1);
}

#[test]
fn what_is_no_backup_is_refused_and_changes_nothing() {
    let home = Home::without_bus();
    home.prints(&["pause", "2h"]);
    let good = home.path("good.db");
    home.prints(&["backup", good.to_str().unwrap()]);
    let before = content(&home.database());

    let bytes = fs::read(&good).unwrap();
    let mut torn = bytes.clone();
    torn[4096..8192].fill(0xa5);
    fs::write(home.path("torn.db"), torn).unwrap();
    fs::write(home.path("cut.db"), &bytes[..bytes.len() / 2]).unwrap();
    fs::write(home.path("notes.db"), "be kind\n".repeat(2000)).unwrap();
    fs::write(home.path("empty.db"), "").unwrap();
    fs::copy(&good, home.path("newer.db")).unwrap();
    let newer = Connection::open(home.path("newer.db")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let foreign = Connection::open(home.path("foreign.db")).unwrap();
    foreign
        .execute_batch("CREATE TABLE bookmark (url TEXT)")
        .unwrap();
    drop(foreign);
    fs::create_dir(home.path("folder.db")).unwrap();

    for (name, said) in [
        ("torn.db", "is no backup of attuned"),
        ("cut.db", "is no backup of attuned"),
        ("notes.db", "file is not a database"),
        ("empty.db", "it is empty"),
        ("newer.db", "written by a newer attuned"),
        ("foreign.db", "another program's database"),
        ("folder.db", "it is not a file"),
        ("missing.db", "there is no file"),
    ] {
        let refused = home.run(&["restore", "--yes", &path(&home, name)]);
        assert_eq!(refused.status.code(), Some(1), "{name}");
        assert!(
            errors(&refused).contains(said),
            "{name}: {}",
            errors(&refused)
        );
    }
    let database = home.database().display().to_string();
    let itself = home.run(&["restore", "--yes", &database]);
    assert!(errors(&itself).contains("what attuned uses now"));
    assert_eq!(content(&home.database()), before);
    let left = fs::read_dir(home.database().parent().unwrap()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        left.iter()
            .all(|name| !name.to_string_lossy().contains("restor")),
        "{left:?}"
    );
}

#[test]
fn nobody_is_asked_where_nobody_can_answer() {
    let home = Home::without_bus();
    home.prints(&["pause", "2h"]);
    let backup = path(&home, "backup.db");
    home.prints(&["backup", &backup]);
    home.prints(&["resume"]);
    let refused = home.run(&["restore", &backup]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(errors(&refused).contains("--yes"), "{}", errors(&refused));
    assert_eq!(pauses(&home), 0);
}

#[test]
fn a_new_home_takes_a_backup() {
    let old = Home::without_bus();
    old.prints(&["pause", "2h"]);
    let backup = path(&old, "backup.db");
    old.prints(&["backup", &backup]);
    let new = Home::without_bus();
    let told = new.prints(&["restore", "--yes", &backup]);
    assert!(!told.contains("before"), "there was nothing: {told}");
    assert_eq!(pauses(&new), 1);
    assert_eq!(kept_copies(&new).len(), 0);
}

#[test]
fn a_daemon_killed_while_it_restores_has_one_or_the_other() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    home.prints(&["pause", "3h"]);
    let paused = path(&home, "paused.db");
    home.prints(&["backup", &paused]);
    home.prints(&["resume"]);
    let free = path(&home, "free.db");
    home.prints(&["backup", &free]);

    for round in 0..12 {
        let mut daemon = home.daemon(&[]);
        let backup = if round % 2 == 0 { &paused } else { &free };
        let mut restore = home
            .command(&["restore", "--yes", backup])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // At any moment: that is what is tried here.
        std::thread::sleep(Duration::from_millis(3 * round));
        daemon.signal("KILL");
        daemon.wait();
        restore.wait().expect("it ends");
        let (ids, state) = content(&home.database());
        assert_eq!(ids, [0; 0]);
        let in_force = state["pauses"].as_array().unwrap().len();
        assert!(in_force <= 1, "{state}");
        assert!(state["salt"].is_number());
        for copy in kept_copies(&home) {
            content(&copy);
        }
    }
    let mut daemon = home.daemon(&[]);
    home.prints(&["restore", "--yes", &paused]);
    assert_eq!(pauses(&home), 1, "and a restore left alone works");
    home.prints(&["stop"]);
    assert_eq!(daemon.wait(), Some(0));
}

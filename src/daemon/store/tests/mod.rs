//! The store over real files in temporary folders.

mod damage;
mod disk;
mod journal;
mod ledger;
mod met;
mod migration;
mod restore;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::migrate::MIGRATIONS;
use super::{Opened, Store};
use crate::config::{Level, Scope};
use crate::engine::{Answer, Batch, Card, Outcome, Pause, Record, State, Trigger};
use crate::library::Kind;

/// A database in a folder of its own, which is not there yet.
struct Home {
    _temp: TempDir,
    database: PathBuf,
}

/// What one event changes.
fn batch(records: impl Into<Vec<Record>>, state: Option<State>) -> Batch {
    Batch {
        records: records.into(),
        state,
        ..Batch::default()
    }
}

impl Home {
    fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let database = temp.path().join("state/attuned.db");
        Self {
            _temp: temp,
            database,
        }
    }

    /// The folder is there, and in the database's place this file.
    fn with_file(content: &[u8]) -> Self {
        let home = Self::new();
        fs::create_dir(home.folder()).unwrap();
        fs::write(&home.database, content).unwrap();
        home
    }

    /// A database with two records and a state, closed.
    fn in_use() -> Self {
        let home = Self::new();
        home.open()
            .keep(&batch([record(1), record(2)], Some(state(3))))
            .unwrap();
        home
    }

    fn folder(&self) -> &Path {
        self.database.parent().unwrap()
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        super::migrate::beside(&self.database, suffix)
    }

    fn open(&self) -> Store {
        let opened = self.open_fully();
        assert_eq!(opened.set_aside, None);
        opened.store
    }

    fn open_fully(&self) -> Opened {
        Store::open(&self.database, now()).unwrap()
    }

    /// Another connection, for looking behind the store.
    fn raw(&self) -> Connection {
        Connection::open(&self.database).unwrap()
    }
}

const CHILDS_DATABASE: &str = "ATTUNED_TEST_DATABASE";

/// Makes `command`, which ends in this program, run the ignored test `name` alone on the home's database.
fn as_child<'a>(command: &'a mut Command, name: &str, home: &Home) -> &'a mut Command {
    command
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env(CHILDS_DATABASE, &home.database)
}

/// The database, in a child.
fn childs_database() -> Option<PathBuf> {
    std::env::var_os(CHILDS_DATABASE).map(PathBuf::from)
}

fn now() -> Timestamp {
    "2026-11-23T10:30:00Z".parse().unwrap()
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// Due `id` minutes after [`now`].
fn record(id: u64) -> Record {
    let due = now() + minutes(id.cast_signed());
    Record {
        id,
        trigger: Trigger::Reminder {
            name: "kind-pause".into(),
            when: "weekdays at 10:30".into(),
        },
        due,
        local: "2026-11-23T11:30:00".parse().unwrap(),
        zone: "Europe/Berlin".into(),
        count: 1,
        card: None,
        choice: None,
        shown_at: None,
        ended_at: None,
        outcome: None,
        held: None,
    }
}

fn state(next_id: u64) -> State {
    State {
        next_id,
        pauses: vec![Pause {
            reason: "you asked for it".into(),
            scope: Scope::Only(vec!["kind-pause".into()]),
            level: Level::Light,
            since: now(),
            program: None,
            until: now() + minutes(90),
        }],
        ..State::new(0xfeed_5eed_dead_beef)
    }
}

fn ids(records: &[Record]) -> Vec<u64> {
    records.iter().map(|record| record.id).collect()
}

fn all(store: &Store) -> Vec<Record> {
    store.between(Timestamp::MIN, Timestamp::MAX).unwrap()
}

#[test]
fn what_was_kept_is_there_after_a_restart() {
    let home = Home::new();
    let mut store = home.open();
    assert_eq!(store.state().unwrap(), None);
    store.keep(&batch([record(1)], Some(state(2)))).unwrap();
    store.keep(&batch([record(2)], None)).unwrap();
    drop(store);

    let store = home.open();
    assert_eq!(store.state().unwrap(), Some(state(2)));
    assert_eq!(all(&store), [record(1), record(2)]);
}

#[test]
fn nobody_else_can_read_it() {
    let home = Home::new();
    let mut store = home.open();
    store.keep(&batch([record(1)], None)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(home.folder()), 0o700);
    for file in ["", "-wal", "-shm"] {
        assert_eq!(mode(&home.beside(file)), 0o600, "{file}");
    }
}

#[test]
fn columns_tell_the_same_as_the_record() {
    let home = Home::new();
    let answered = Record {
        card: Some(Card {
            prompt: Some("name-it/arriving".into()),
            kind: Kind::CheckIn,
            title: "A moment".into(),
            text: "How are you arriving right now?".into(),
            private: true,
            steps: Vec::new(),
        }),
        shown_at: Some(now() + SignedDuration::from_millis(60_250)),
        ended_at: Some(now() + minutes(3)),
        outcome: Some(Outcome::Answered(Answer::TooMuch)),
        ..record(1)
    };
    home.open().keep(&batch([answered], None)).unwrap();
    let row: String = home
        .raw()
        .query_row(
            "SELECT concat_ws(' | ', id, due, local, zone, trigger_kind, reminder, prompt, kind, title,
                              shown_at, ended_at, outcome, count, record ->> '$.card.text')
             FROM delivery",
            [],
            |row| row.get(0),
        )
        .unwrap();
    // 10:30 UTC is second 1 795 429 800, by `date --utc --date 2026-11-23T10:30 +%s`.
    assert_eq!(
        row,
        "1 | 1795429860000 | 2026-11-23T11:30:00 | Europe/Berlin | reminder | kind-pause | \
         name-it/arriving | check-in | A moment | 1795429860250 | 1795429980000 | answered | 1 | \
         How are you arriving right now?"
    );
}

#[test]
fn a_record_takes_the_place_of_the_earlier_one_with_its_id() {
    let home = Home::new();
    let mut store = home.open();
    store.keep(&batch([record(1), record(2)], None)).unwrap();
    let ended = Record {
        outcome: Some(Outcome::Dismissed),
        ..record(1)
    };
    store.keep(&batch([ended.clone()], None)).unwrap();
    assert_eq!(all(&store), [ended, record(2)]);
}

#[test]
fn the_last_shown_is_the_last_on_screen() {
    let home = Home::new();
    let mut store = home.open();
    assert_eq!(store.last_shown().unwrap(), None);
    let shown = |id, after| Record {
        shown_at: Some(now() + minutes(after)),
        ..record(id)
    };
    store
        .keep(&batch([shown(1, 40), shown(2, 20), record(3)], None))
        .unwrap();
    assert_eq!(store.last_shown().unwrap(), Some(shown(1, 40)));
}

#[test]
fn a_stretch_of_time_is_exact_to_the_nanosecond() {
    let home = Home::new();
    let mut store = home.open();
    let at = |id, nanoseconds| Record {
        due: now() + SignedDuration::from_nanos(nanoseconds),
        ..record(id)
    };
    store
        .keep(&batch(
            [at(1, 400), at(2, 300), at(3, 999_999), at(4, 200)],
            None,
        ))
        .unwrap();
    let found = store.between(at(0, 300).due, at(0, 999_999).due).unwrap();
    assert_eq!(ids(&found), [2, 1]);
}

#[test]
fn a_record_that_cannot_be_read_hides_no_other() {
    let home = Home::in_use();
    let store = home.open();
    home.raw()
        .execute("UPDATE delivery SET record = '{}' WHERE id = 1", [])
        .unwrap();
    assert_eq!(ids(&all(&store)), [2]);
}

#[test]
fn a_state_that_cannot_be_read_is_kept_and_a_new_one_begins() {
    let home = Home::in_use();
    home.raw()
        .execute(r#"UPDATE state SET document = '{"salt":"a word"}'"#, [])
        .unwrap();
    let opened = home.open_fully();
    assert!(opened.state_problem.is_some());
    assert_eq!(opened.store.state().unwrap(), None);
    assert_eq!(ids(&all(&opened.store)), [1, 2]);
    let kept: String = home
        .raw()
        .query_row("SELECT document FROM unread_state", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, r#"{"salt":"a word"}"#);

    let begun = opened.store.new_state(7).unwrap();
    assert_eq!(
        (begun.salt, begun.next_id),
        (7, 3),
        "ids of the record are not used again"
    );
}

#[test]
fn a_new_state_of_a_new_database_begins_at_one() {
    assert_eq!(Home::new().open().new_state(7).unwrap(), State::new(7));
}

#[test]
fn a_reader_sees_what_is_kept_while_the_writer_writes() {
    let home = Home::new();
    assert!(Store::open_read_only(&home.database).unwrap().is_none());
    let mut writer = home.open();
    writer.keep(&batch([record(1)], Some(state(2)))).unwrap();
    let reader = Store::open_read_only(&home.database).unwrap().unwrap();

    let unfinished = writer.connection.transaction().unwrap();
    super::row::write(&unfinished, &[record(2)]).unwrap();
    assert_eq!(ids(&all(&reader)), [1]);
    let late = Store::open_read_only(&home.database).unwrap().unwrap();
    assert_eq!(late.state().unwrap(), Some(state(2)));

    unfinished.commit().unwrap();
    assert_eq!(ids(&all(&reader)), [1, 2]);
}

#[test]
fn a_reader_cannot_write() {
    let home = Home::in_use();
    let mut reader = Store::open_read_only(&home.database).unwrap().unwrap();
    reader.keep(&batch([record(9)], None)).unwrap_err();
    assert_eq!(ids(&all(&reader)), [1, 2]);
}

#[test]
fn an_empty_file_is_no_database_yet() {
    let home = Home::with_file(b"");
    assert!(Store::open_read_only(&home.database).unwrap().is_none());
}

#[test]
fn only_an_answer_waits_for_the_disk() {
    let mut store = Home::new().open();
    let answered = Record {
        outcome: Some(Outcome::Answered(Answer::Okay)),
        ..record(2)
    };
    // SQLite's numbers: 1 is NORMAL, 2 is FULL.
    for (record, expected) in [(record(1), 1), (answered, 2), (record(3), 1)] {
        store.keep(&batch([record], None)).unwrap();
        let level: i64 = store
            .connection
            .pragma_query_value(None, "synchronous", |row| row.get(0))
            .unwrap();
        assert_eq!(level, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Against a map from id to record, searched from end to end.
    #[test]
    fn it_is_a_map_of_records_by_id_in_the_order_of_due_times(
        kept in prop::collection::vec((1..12u64, -5_000_000..5_000_000i64), 0..30),
        from in -6_000_000..6_000_000i64,
        length in 0..8_000_000i64,
    ) {
        let at = |micros| now() + SignedDuration::from_micros(micros);
        let home = Home::new();
        let mut store = home.open();
        let mut model = BTreeMap::new();
        for (id, micros) in kept {
            let record = Record { due: at(micros), ..record(id) };
            store.keep(&batch([record.clone()], None)).unwrap();
            model.insert(id, record);
        }
        let (from, to) = (at(from), at(from + length));
        let mut expected: Vec<Record> =
            model.into_values().filter(|one| from <= one.due && one.due < to).collect();
        expected.sort_by_key(|one| (one.due, one.id));
        prop_assert_eq!(store.between(from, to).unwrap(), expected);
    }
}

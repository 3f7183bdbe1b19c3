//! From version to version, with steps made up for the purpose.

use std::time::Duration;

use super::*;
use crate::daemon::store::StoreError;
use crate::daemon::store::migrate::{MIGRATIONS, backup_path};
use crate::daemon::store::open::open_with;

const NEXT: &str = "ALTER TABLE delivery ADD COLUMN mood TEXT; UPDATE delivery SET mood = 'calm'";
const BROKEN: &str = "UPDATE delivery SET zone = 'nowhere'; CREATE TABLE state (oops TEXT) STRICT";

fn open_at(home: &Home, steps: &[&str]) -> Result<Opened, StoreError> {
    open_with(
        &home.database,
        now(),
        Duration::ZERO,
        &[MIGRATIONS, steps].concat(),
    )
}

fn version(path: &Path) -> i64 {
    let connection = Connection::open(path).unwrap();
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

#[test]
fn an_older_database_is_copied_and_brought_up_to_date() {
    let home = Home::in_use();
    let opened = open_at(&home, &[NEXT]).unwrap();
    assert_eq!(opened.migrated_from, Some(2));
    assert_eq!(all(&opened.store), [record(1), record(2)]);
    assert_eq!(version(&home.database), 3);
    let moods: String = home
        .raw()
        .query_row("SELECT group_concat(mood) FROM delivery", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(moods, "calm,calm");

    let copy = backup_path(&home.database, 2);
    assert_eq!(copy, home.folder().join("attuned.db.v2.bak"));
    assert_eq!(
        fs::metadata(&copy).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let before = Store::open(&copy, now()).unwrap();
    assert_eq!(before.migrated_from, None);
    assert_eq!(all(&before.store), [record(1), record(2)]);
    assert_eq!(before.store.state().unwrap(), Some(state(3)));

    drop(opened);
    assert_eq!(open_at(&home, &[NEXT]).unwrap().migrated_from, None);
}

#[test]
fn a_new_database_needs_no_copy() {
    let home = Home::new();
    let opened = open_at(&home, &[NEXT]).unwrap();
    assert_eq!(opened.migrated_from, None);
    assert_eq!(version(&home.database), 3);
    let names = fs::read_dir(home.folder()).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        names
            .iter()
            .all(|name| !name.to_string_lossy().contains("bak")),
        "{names:?}"
    );
}

#[test]
fn a_step_that_fails_changes_nothing() {
    let home = Home::in_use();
    assert!(matches!(
        open_at(&home, &[BROKEN]),
        Err(StoreError::Sqlite(_))
    ));
    assert_eq!(version(&home.database), 2);
    assert_eq!(all(&home.open()), [record(1), record(2)]);

    // And the next attempt is not in the way of the first one's copy.
    let opened = open_at(&home, &[NEXT]).unwrap();
    assert_eq!(opened.migrated_from, Some(2));
}

#[test]
fn a_path_that_is_not_utf_8_is_copied_too() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let mut home = Home::in_use();
    let odd = home.folder().join(OsStr::from_bytes(b"caf\xe9.db"));
    fs::rename(&home.database, &odd).unwrap();
    home.database = odd;
    open_at(&home, &[NEXT]).unwrap();
    let copy = Store::open(&backup_path(&home.database, 2), now()).unwrap();
    assert_eq!(ids(&all(&copy.store)), [1, 2]);
}

#[test]
fn a_newer_database_is_refused_and_not_touched() {
    let home = Home::in_use();
    home.raw().pragma_update(None, "user_version", 99).unwrap();
    let content = fs::read(&home.database).unwrap();
    let error = Store::open(&home.database, now()).unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Newer {
                found: 99,
                known: 2,
                ..
            }
        ),
        "{error}"
    );
    let error = Store::open_read_only(&home.database).unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found: 99, .. }),
        "{error}"
    );
    assert_eq!(fs::read(&home.database).unwrap(), content);
}

#[test]
fn a_newer_database_keeps_its_log() {
    let home = Home::in_use();
    let newer = home.raw();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let left = Home::with_file(&fs::read(&home.database).unwrap());
    fs::copy(home.beside("-wal"), left.beside("-wal")).unwrap();
    let log = fs::read(left.beside("-wal")).unwrap();
    assert!(!log.is_empty());
    assert!(matches!(
        Store::open(&left.database, now()),
        Err(StoreError::Newer { found: 99, .. })
    ));
    assert_eq!(fs::read(left.beside("-wal")).unwrap(), log);
}

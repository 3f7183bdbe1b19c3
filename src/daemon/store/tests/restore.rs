//! Copies, and the way back to one.

use super::*;
use crate::daemon::store::{Extent, Ledger, Staged, StoreError};

/// What a later version might add.
const SECOND: &str = "ALTER TABLE delivery ADD COLUMN mood TEXT DEFAULT 'calm'";

fn files(home: &Home) -> Vec<String> {
    let entries = fs::read_dir(home.folder()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_copy_holds_everything_and_says_how_much() {
    let home = Home::in_use();
    let store = Store::open_read_only(&home.database).unwrap().unwrap();
    let to = home.folder().join("copy.db");
    let extent = store.copy_to(&to).unwrap();
    assert_eq!(
        extent,
        Extent {
            entries: 0,
            records: 2,
            from: Some(record(1).due),
            to: Some(record(2).due),
        }
    );
    let mode = fs::metadata(&to).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let copy = Store::open(&to, now()).unwrap().store;
    assert_eq!(all(&copy), [record(1), record(2)]);
    assert_eq!(copy.state().unwrap(), Some(state(3)));
}

#[test]
fn a_copy_that_cannot_be_written_leaves_nothing() {
    let home = Home::in_use();
    let store = home.open();
    let to = home.folder().join("folder");
    fs::create_dir(&to).unwrap();
    fs::write(to.join("something"), "").unwrap();
    assert!(matches!(
        store.copy_to(&to),
        Err(StoreError::Copy { path, .. }) if path == to
    ));
    assert_eq!(files(&home), ["attuned.db", "folder"]);
}

#[test]
fn an_older_backup_is_brought_up_to_date_on_a_copy() {
    let home = Home::in_use();
    let backup = home.folder().join("backup.db");
    home.open().copy_to(&backup).unwrap();
    let content = fs::read(&backup).unwrap();
    let migrations = [MIGRATIONS, &[SECOND]].concat();
    let staged = Staged::with(&backup, &home.database, now(), &migrations).unwrap();
    let mood: String = Connection::open(staged.path())
        .unwrap()
        .query_row("SELECT mood FROM delivery LIMIT 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mood, "calm");
    drop(staged);
    assert_eq!(fs::read(&backup).unwrap(), content);
    assert_eq!(files(&home), ["attuned.db", "backup.db"], "no copy is left");
}

#[test]
fn a_backup_with_a_log_beside_it_is_whole_with_the_log() {
    let home = Home::in_use();
    let mut store = home.open();
    store.keep(&batch([record(3)], Some(state(4)))).unwrap();
    // As somebody copies it by hand while it is in use.
    let backup = home.folder().join("by-hand.db");
    fs::copy(&home.database, &backup).unwrap();
    let log = super::super::migrate::beside(&backup, "-wal");
    fs::copy(home.beside("-wal"), &log).unwrap();
    let staged = Staged::new(&backup, &home.database, now()).unwrap();
    assert_eq!(staged.extent.records, 3);
    assert!(log.exists(), "the backup keeps it");
}

#[test]
fn everything_is_replaced_and_what_was_there_is_kept() {
    let home = Home::in_use();
    let backup = home.folder().join("backup.db");
    home.open().copy_to(&backup).unwrap();
    let mut store = home.open();
    store.keep(&batch([record(3)], Some(state(4)))).unwrap();
    let reader = Store::open_read_only(&home.database).unwrap().unwrap();

    let staged = Staged::new(&backup, &home.database, now()).unwrap();
    let mut ledger = Ledger::new(&home.database, store);
    let (restored, before) = ledger
        .restore(&home.database, staged.path(), now())
        .unwrap();
    assert_eq!(restored, Some(state(3)));
    assert_eq!(ids(&all(ledger.store.as_ref().unwrap())), [1, 2]);
    assert_eq!(ids(&all(&reader)), [1, 2], "other processes see it, too");

    let before = before.unwrap();
    assert_eq!(before, home.beside(".before-restore-2026-11-23T10-30-00Z"));
    let kept = Store::open(&before, now()).unwrap().store;
    assert_eq!(ids(&all(&kept)), [1, 2, 3]);

    // And it goes on.
    let store = ledger.store.as_mut().unwrap();
    store.keep(&batch([record(9)], Some(state(10)))).unwrap();
    drop(ledger);
    assert_eq!(ids(&all(&home.open())), [1, 2, 9]);
}

#[test]
fn a_restore_that_fails_changes_nothing() {
    let home = Home::in_use();
    let backup = home.folder().join("backup.db");
    home.open().copy_to(&backup).unwrap();
    let mut store = home.open();
    store.keep(&batch([record(3)], Some(state(4)))).unwrap();
    let staged = Staged::new(&backup, &home.database, now()).unwrap();
    fs::write(staged.path(), "torn").unwrap();
    let error = store
        .replace(&home.database, staged.path(), now())
        .unwrap_err();
    assert!(matches!(error, StoreError::NotABackup { .. }), "{error}");
    assert_eq!(ids(&all(&store)), [1, 2, 3]);
    assert_eq!(store.state().unwrap(), Some(state(4)));
}

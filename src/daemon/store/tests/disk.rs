//! A disk that is full: SQLite's own limit on pages fails like one, and so does the system's limit on a file's size.

use super::*;
use crate::daemon::store::{Ledger, StoreError};

/// From now on the disk has no room for another page.
pub(super) fn fill_disk(store: &Store) {
    set_most_pages(store, 1);
}

pub(super) fn free_disk(store: &Store) {
    set_most_pages(store, 1_000_000);
}

/// SQLite goes no lower than what is in use.
fn set_most_pages(store: &Store, most: i64) {
    store
        .connection
        .pragma_update_and_check(None, "max_page_count", most, |_| Ok(()))
        .unwrap();
}

/// A record that needs new pages.
pub(super) fn large(id: u64) -> Record {
    Record {
        zone: "z".repeat(20_000),
        ..record(id)
    }
}

#[test]
fn a_full_disk_is_an_error_and_all_is_as_before() {
    let home = Home::in_use();
    let mut store = home.open();
    fill_disk(&store);
    let error = store
        .keep(&batch([record(1), large(3)], Some(state(4))))
        .unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    assert_eq!(all(&store), [record(1), record(2)]);
    assert_eq!(store.state().unwrap(), Some(state(3)));

    free_disk(&store);
    store.keep(&batch([large(3)], Some(state(4)))).unwrap();
    assert_eq!(ids(&all(&store)), [1, 2, 3]);
}

const CHILD: &str = "daemon::store::tests::disk::child_that_starts_on_a_full_disk";

/// Run by the test below, in a process of its own, which can write no file beyond 8 KiB.
#[test]
#[ignore = "a part of the test below"]
fn child_that_starts_on_a_full_disk() {
    let Some(database) = childs_database() else {
        return;
    };
    let mut begun = Ledger::begin(&database, 0, now()).unwrap();
    assert_eq!(begun.state, state(3));
    let store = Store::open_read_only(&database).unwrap().unwrap();
    assert_eq!(ids(&all(&store)), [1, 2]);
    drop(store);
    assert!(begun.ledger.problem().is_some());
    let kept = begun.ledger.keep(batch(vec![large(3)], None), now());
    println!("\nstarted, then {kept:?}");
}

#[test]
fn a_start_on_a_full_disk_works_with_what_was_kept() {
    let home = Home::in_use();
    let limited = "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(limited)
        .arg(std::env::current_exe().unwrap());
    let child = as_child(&mut command, CHILD, &home).output().unwrap();
    let told = String::from_utf8_lossy(&child.stdout);
    assert!(told.contains("\nstarted, then StillFailing"), "{child:?}");
    assert_eq!(ids(&all(&home.open())), [1, 2]);
}

//! What may lie in the database's place, and a process that dies while it writes.

use std::io::{BufRead, BufReader};
use std::os::unix::net::UnixListener;
use std::process::Stdio;

use super::*;
use crate::daemon::store::StoreError;

/// Opens it, and returns where the earlier file went; the new database works.
fn open_after_damage(home: &Home) -> PathBuf {
    let mut opened = home.open_fully();
    opened
        .store
        .keep(&batch([record(7)], Some(state(8))))
        .unwrap();
    assert_eq!(ids(&all(&opened.store)), [7]);
    drop(opened.store);
    assert_eq!(home.open().state().unwrap(), Some(state(8)));
    opened.set_aside.expect("it was set aside")
}

#[test]
fn a_damaged_file_is_set_aside_whole() {
    let whole = {
        let home = Home::in_use();
        fs::read(&home.database).unwrap()
    };
    let mut bad_header = whole.clone();
    bad_header[..40].fill(0xa5);
    let mut bad_pages = whole.clone();
    bad_pages[100..].fill(0xa5);
    for (what, content) in [
        ("a damaged header", bad_header),
        ("damaged pages", bad_pages),
        ("a file cut short", whole[..whole.len() / 2].to_vec()),
        ("a file cut within its header", whole[..60].to_vec()),
        ("a text", b"# my notes\nbe kind\n".repeat(300)),
        ("a short text", b"hello".to_vec()),
    ] {
        let home = Home::with_file(&content);
        let aside = open_after_damage(&home);
        assert_eq!(
            aside,
            home.beside(".corrupt-2026-11-23T10-30-00Z"),
            "{what}"
        );
        assert_eq!(fs::read(&aside).unwrap(), content, "{what}");
    }
}

#[test]
fn its_log_goes_with_it() {
    let home = Home::in_use();
    let content = b"no database".repeat(100);
    fs::write(&home.database, &content).unwrap();
    fs::write(home.beside("-wal"), "the log").unwrap();
    let aside = open_after_damage(&home);
    assert_eq!(fs::read(&aside).unwrap(), content);
    let log = crate::daemon::store::migrate::beside(&aside, "-wal");
    assert_eq!(fs::read_to_string(log).unwrap(), "the log");
}

#[test]
fn a_log_without_its_database_is_kept() {
    for main_file in [None, Some("")] {
        let home = Home::in_use();
        fs::remove_file(&home.database).unwrap();
        if let Some(content) = main_file {
            fs::write(&home.database, content).unwrap();
        }
        fs::write(home.beside("-wal"), "the log").unwrap();
        let aside = open_after_damage(&home);
        let log = crate::daemon::store::migrate::beside(&aside, "-wal");
        assert_eq!(fs::read_to_string(log).unwrap(), "the log");
    }
}

#[test]
fn two_in_the_same_second_do_not_overwrite_each_other() {
    let home = Home::with_file(b"first");
    let first = open_after_damage(&home);
    fs::write(&home.database, "second").unwrap();
    let second = open_after_damage(&home);
    assert_eq!(fs::read_to_string(first).unwrap(), "first");
    assert_eq!(fs::read_to_string(second).unwrap(), "second");
}

#[test]
fn another_programs_database_is_set_aside() {
    let home = Home::with_file(b"");
    home.raw()
        .execute_batch("CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 1")
        .unwrap();
    let content = fs::read(&home.database).unwrap();
    let aside = open_after_damage(&home);
    assert_eq!(fs::read(aside).unwrap(), content);
}

#[test]
fn an_empty_file_is_used() {
    let home = Home::with_file(b"");
    let mut store = home.open();
    store.keep(&batch([record(1)], None)).unwrap();
    assert_eq!(ids(&all(&store)), [1]);
}

#[test]
fn what_is_no_file_stays_and_is_named() {
    let home = Home::new();
    fs::create_dir_all(&home.database).unwrap();
    let error = Store::open(&home.database, now()).unwrap_err();
    assert!(
        matches!(&error, StoreError::NotAFile(path) if *path == home.database),
        "{error}"
    );
    assert!(matches!(
        Store::open_read_only(&home.database),
        Err(StoreError::NotAFile(_))
    ));

    let home = Home::new();
    fs::create_dir(home.folder()).unwrap();
    let _socket = UnixListener::bind(&home.database).unwrap();
    assert!(matches!(
        Store::open(&home.database, now()),
        Err(StoreError::NotAFile(_))
    ));
}

#[test]
fn a_folder_that_cannot_be_one_is_an_error() {
    let home = Home::with_file(b"");
    let below_a_file = home.database.join("attuned.db");
    let error = Store::open(&below_a_file, now()).unwrap_err();
    assert!(matches!(error, StoreError::File { .. }), "{error}");
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error_and_nothing_is_lost() {
    let home = Home::in_use();
    let content = fs::read(&home.database).unwrap();
    fs::set_permissions(&home.database, fs::Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(home.folder(), fs::Permissions::from_mode(0o500)).unwrap();
    let opened = Store::open(&home.database, now());
    fs::set_permissions(home.folder(), fs::Permissions::from_mode(0o700)).unwrap();
    if rustix::process::geteuid().is_root() {
        // No permission binds root: it just works.
        assert_eq!(ids(&all(&opened.unwrap().store)), [1, 2]);
    } else {
        assert!(matches!(opened, Err(StoreError::File { .. })));
        assert_eq!(fs::read(&home.database).unwrap(), content);
    }
}

#[test]
fn what_was_not_committed_never_was() {
    let home = Home::in_use();
    let mut store = home.open();
    store.keep(&batch([record(3)], Some(state(4)))).unwrap();
    let unfinished = store.connection.transaction().unwrap();
    super::super::row::write(&unfinished, &[record(4)]).unwrap();

    // What a crash at this moment leaves on the disk.
    let left = Home::with_file(&fs::read(&home.database).unwrap());
    fs::copy(home.beside("-wal"), left.beside("-wal")).unwrap();
    let store = left.open();
    assert_eq!(ids(&all(&store)), [1, 2, 3]);
    assert_eq!(store.state().unwrap(), Some(state(4)));
}

const CHILD: &str = "daemon::store::tests::damage::child_that_writes_until_it_is_killed";

/// Run by the test below, in a process of its own.
#[test]
#[ignore = "a part of the test below"]
fn child_that_writes_until_it_is_killed() {
    let Some(database) = childs_database() else {
        return;
    };
    let mut store = Store::open(&database, now()).unwrap().store;
    for id in 1.. {
        store
            .keep(&batch([record(id)], Some(state(id + 1))))
            .unwrap();
        println!("\nkept {id}");
    }
}

#[test]
fn a_writer_killed_at_any_moment_leaves_records_and_state_that_agree() {
    for kept_before in [1, 20, 333] {
        let home = Home::new();
        let program = std::env::current_exe().unwrap();
        let mut child = as_child(&mut Command::new(program), CHILD, &home)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = lines
            .map_while(Result::ok)
            .filter(|line| line.starts_with("kept "));
        let told = told.take(kept_before).last();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(told, Some(format!("kept {kept_before}")));

        let store = home.open();
        let next_id = store.state().unwrap().unwrap().next_id;
        assert!(next_id > kept_before as u64);
        assert_eq!(ids(&all(&store)), (1..next_id).collect::<Vec<_>>());
    }
}

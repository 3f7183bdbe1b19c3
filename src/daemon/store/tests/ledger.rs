//! Keeping on while the disk fails.

use super::disk::{fill_disk, free_disk, large};
use super::*;
use crate::daemon::store::{Beginning, Kept, Ledger, SetAside};

fn failing_ledger(home: &Home) -> Ledger {
    let ledger = Ledger::new(&home.database, home.open());
    fill_disk(store(&ledger));
    ledger
}

fn store(ledger: &Ledger) -> &Store {
    ledger.store.as_ref().expect("it is open")
}

#[test]
fn a_disk_that_works_leaves_nothing_to_retry() {
    let home = Home::new();
    let mut ledger = Ledger::new(&home.database, home.open());
    assert!(matches!(
        ledger.keep(batch(vec![record(1)], Some(state(2))), now()),
        Kept::Kept
    ));
    assert_eq!(ledger.next_retry(), None);
    assert_eq!(ledger.problem(), None);
    assert!(matches!(ledger.retry(now()), Kept::Kept));
    assert_eq!(home.open().state().unwrap(), Some(state(2)));
}

#[test]
fn nothing_is_lost_while_the_disk_is_full_for_a_while() {
    let home = Home::new();
    let mut ledger = failing_ledger(&home);
    let first = ledger.keep(batch(vec![large(1)], Some(state(2))), now());
    assert!(matches!(first, Kept::Failing(_)), "{first:?}");
    let second = ledger.keep(batch(vec![large(2), record(1)], None), now());
    assert!(matches!(second, Kept::StillFailing), "{second:?}");
    assert_eq!(
        ledger.problem().unwrap(),
        "the disk is full (2 records wait in memory)"
    );
    let third = ledger.keep(batch(Vec::new(), Some(state(4))), now());
    assert!(matches!(third, Kept::StillFailing), "{third:?}");

    free_disk(store(&ledger));
    let recovered = ledger.retry(now() + minutes(1));
    assert!(matches!(recovered, Kept::Recovered), "{recovered:?}");
    assert_eq!((ledger.next_retry(), ledger.problem()), (None, None));
    let store = home.open();
    assert_eq!(all(&store), [record(1), large(2)]);
    assert_eq!(store.state().unwrap(), Some(state(4)));
}

#[test]
fn the_next_event_recovers_too() {
    let mut ledger = failing_ledger(&Home::new());
    ledger.keep(batch(vec![large(1)], None), now());
    free_disk(store(&ledger));
    let recovered = ledger.keep(batch(vec![record(2)], None), now());
    assert!(matches!(recovered, Kept::Recovered), "{recovered:?}");
    assert_eq!(ids(&all(store(&ledger))), [1, 2]);
}

#[test]
fn retries_come_ever_less_often_up_to_five_minutes() {
    let mut ledger = failing_ledger(&Home::new());
    ledger.keep(batch(vec![large(1)], None), now());
    let mut at = now();
    for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
        let retry = at + SignedDuration::from_secs(seconds);
        assert_eq!(ledger.next_retry(), Some(retry));

        let early = retry - SignedDuration::from_millis(1);
        assert!(matches!(ledger.retry(early), Kept::StillFailing));
        ledger.keep(batch(vec![record(2)], None), early);
        assert_eq!(
            ledger.next_retry(),
            Some(retry),
            "an event puts nothing off"
        );

        assert!(matches!(ledger.retry(retry), Kept::StillFailing));
        at = retry;
    }
}

#[test]
fn a_clock_set_back_does_not_put_the_retry_off() {
    let mut ledger = failing_ledger(&Home::new());
    ledger.keep(batch(vec![large(1)], None), now());
    free_disk(store(&ledger));
    let last_year = now() - SignedDuration::from_hours(24 * 365);
    assert!(matches!(ledger.retry(last_year), Kept::Recovered));
}

#[test]
fn memory_is_bounded_and_the_oldest_records_go_first() {
    let mut ledger = failing_ledger(&Home::new());
    let mut records: Vec<Record> = (1..=1004).map(record).collect();
    records[0] = large(1);
    records[1003] = large(1004);
    ledger.keep(batch(records, None), now());
    assert_eq!(
        ledger.problem().unwrap(),
        "the disk is full (1000 records wait in memory, 4 lost)"
    );
    free_disk(store(&ledger));
    assert!(matches!(ledger.retry(now() + minutes(1)), Kept::Recovered));
    assert_eq!(ids(&all(store(&ledger))), (5..=1004).collect::<Vec<_>>());
}

#[test]
fn a_database_damaged_while_it_is_open_is_set_aside_and_the_record_goes_on() {
    let home = Home::in_use();
    let mut ledger = Ledger::new(&home.database, home.open());
    let garbage = "PRAGMA writable_schema = ON;
                   UPDATE sqlite_schema SET sql = 'garbage' WHERE name = 'delivery';
                   PRAGMA schema_version = 77";
    home.raw().execute_batch(garbage).unwrap();
    let failing = ledger.keep(batch(vec![record(3)], Some(state(4))), now());
    assert!(matches!(failing, Kept::Failing(_)), "{failing:?}");
    let Kept::Reopened { earlier, set_aside } = ledger.retry(now() + minutes(1)) else {
        panic!("{:?}", ledger.problem());
    };
    assert_eq!(earlier, None, "this run remembers all there was");
    assert!(matches!(set_aside, Some(SetAside::Database(file)) if file.exists()));
    assert_eq!(ids(&all(&home.open())), [3]);
}

#[test]
fn a_start_without_the_database_goes_on_once_it_is_there() {
    let home = Home::in_use();
    let away = home.beside(".away");
    fs::rename(&home.database, &away).unwrap();
    fs::create_dir(&home.database).unwrap();
    let Beginning {
        mut ledger,
        state: begun,
        ..
    } = Ledger::begin(&home.database, 5, now()).unwrap();
    assert!(ledger.problem().unwrap().contains("is not a file"));
    assert!(
        begun.next_id > 1_000_000,
        "ids stay clear of those out of reach"
    );
    let id = begun.next_id;
    assert!(matches!(
        ledger.keep(
            batch(vec![Record { id, ..record(3) }], Some(state(id + 1))),
            now()
        ),
        Kept::StillFailing
    ));

    fs::remove_dir(&home.database).unwrap();
    fs::rename(&away, &home.database).unwrap();
    let Kept::Reopened { earlier, set_aside } = ledger.retry(now() + minutes(1)) else {
        panic!("{:?}", ledger.problem());
    };
    assert_eq!(earlier.map(|earlier| *earlier), Some(state(3)));
    assert_eq!(set_aside, None);
    assert_eq!(ids(&all(&home.open())), [1, 2, id]);
    assert_eq!(ledger.problem(), None);
}

//! The journal's rows: what is found, in which order, and what a change leaves.

use std::ops::ControlFlow;

use jiff::tz::TimeZone;

use super::*;
use crate::daemon::store::{Filter, Order, StoreError};
use crate::journal::{
    Change, Changed, Channel, CheckIn, Content, Entry, EntryId, Kind, Moment, Origin, VERSION,
};

/// A note made then and there; `drawn` tells it from others.
fn note(at: &str, zone: &str, drawn: u64, words: &str) -> Entry {
    let at = at.parse().unwrap();
    let zone = TimeZone::get(zone).unwrap();
    Entry {
        version: VERSION,
        id: EntryId::new(at, drawn),
        revision: 1,
        moment: Moment::new(at, &zone),
        origin: Origin::Own,
        channel: Channel::Script,
        prompt: None,
        asked: None,
        content: Content::Note { note: words.into() },
    }
}

fn store_with(entries: &[Entry]) -> (Home, Store) {
    let home = Home::new();
    let mut store = home.open();
    store
        .change_journal(&Change::Keep(entries.to_vec()))
        .unwrap();
    (home, store)
}

/// The ids' last digits, in the order in which the entries come.
fn found(store: &Store, filter: &Filter, order: Order) -> String {
    let mut found = String::new();
    let unread = store.each_entry(filter, order, |entry| {
        found.push_str(&entry.id.as_str()[28..]);
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    });
    assert_eq!(unread.unwrap(), 0);
    found
}

#[test]
fn entries_come_in_either_order_until_told_to_stop() {
    let at = "2026-11-24T10:00:00Z";
    let (_home, store) = store_with(&[
        note("2026-11-25T10:00:00Z", "UTC", 3, "c"),
        note(at, "UTC", 2, "b"),
        note(at, "UTC", 1, "a"),
    ]);
    let all = Filter::default();
    assert_eq!(found(&store, &all, Order::Oldest), "123");
    assert_eq!(found(&store, &all, Order::Newest), "321");
    let mut taken = 0;
    let stop = |_| {
        taken += 1;
        Ok::<_, StoreError>(ControlFlow::Break(()))
    };
    store.each_entry(&all, Order::Newest, stop).unwrap();
    assert_eq!(taken, 1);
}

#[test]
fn a_day_is_the_one_on_the_wall_there() {
    // Half past eight in the evening of the 24th in UTC is the 25th in Kiritimati, 14 hours ahead, and half past nine in
    // the morning of the 24th in Pago Pago, 11 hours behind.
    let at = "2026-11-24T20:30:00Z";
    let (_home, store) = store_with(&[
        note(at, "Pacific/Kiritimati", 1, "a"),
        note(at, "Pacific/Pago_Pago", 2, "b"),
    ]);
    let day = |text: &str| Some(text.parse().unwrap());
    for (since, before, expected) in [
        (day("2026-11-25"), None, "1"),
        (day("2026-11-24"), day("2026-11-25"), "2"),
        (day("2026-11-24"), day("2026-11-26"), "12"),
        (None, day("2026-11-24"), ""),
        (day("2026-11-26"), None, ""),
    ] {
        let filter = Filter {
            since,
            before,
            ..Filter::default()
        };
        assert_eq!(
            found(&store, &filter, Order::Oldest),
            expected,
            "{filter:?}"
        );
    }
}

#[test]
fn words_are_found_in_any_case_and_all_of_them() {
    let at = "2026-11-24T10:00:00Z";
    let check_in = Content::CheckIn(CheckIn {
        words: vec!["Zärtlich".into()],
        ..CheckIn::default()
    });
    let (_home, store) = store_with(&[
        note(at, "UTC", 1, "A walk in the Straße, at noon"),
        note(at, "UTC", 2, "100% of it_"),
        Entry {
            content: check_in,
            ..note(at, "UTC", 3, "")
        },
    ]);
    let with = |words: &[&str], kind| Filter {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        kind,
        ..Filter::default()
    };
    for (words, expected) in [
        (&["STRASSE"][..], "1"),
        (&["noon", "WALK"], "1"),
        (&["noon", "midnight"], ""),
        (&["in the"], "1"),
        (&["%"], "2"),
        (&["_"], "2"),
        (&["zärtlich"], "3"),
    ] {
        let filter = with(words, None);
        assert_eq!(found(&store, &filter, Order::Oldest), expected, "{words:?}");
    }
    let of_kind = |kind| found(&store, &with(&["i"], Some(kind)), Order::Oldest);
    assert_eq!(of_kind(Kind::CheckIn), "3");
    assert_eq!(of_kind(Kind::Note), "12");
    assert_eq!(of_kind(Kind::Win), "");
}

#[test]
fn an_entry_is_found_by_the_beginning_of_its_id() {
    let at = "2026-11-24T10:00:00Z";
    let (_home, store) = store_with(&[
        note(at, "UTC", 0xabcd_0000_0000_0001, "a"),
        note(at, "UTC", 0xabce_0000_0000_0001, "b"),
    ]);
    let named = |name: &str| store.entries_named(name, 9).unwrap().len();
    assert_eq!(["abcd", "abc", "bcd", ""].map(named), [1, 2, 0, 0]);
    assert_eq!(store.entries_named("abc", 1).unwrap().len(), 1);
}

#[test]
fn what_was_deleted_does_not_come_back() {
    let one = note("2026-11-24T10:00:00Z", "UTC", 1, "a");
    let (_home, mut store) = store_with(std::slice::from_ref(&one));
    let deleted = store.change_journal(&Change::Delete(vec![one.id.clone()]));
    let expected = Changed {
        deleted: 1,
        ..Changed::default()
    };
    assert_eq!(deleted.unwrap(), expected);
    let refused = store.change_journal(&Change::Keep(vec![one.clone()]));
    let expected = Changed {
        refused: 1,
        ..Changed::default()
    };
    assert_eq!(refused.unwrap(), expected);
    assert_eq!(found(&store, &Filter::default(), Order::Oldest), "");
    let mut ids = Vec::new();
    let take = |id: &str| {
        ids.push(id.to_owned());
        Ok::<_, StoreError>(())
    };
    store.each_deleted(take).unwrap();
    assert_eq!(ids, [one.id.as_str()]);
}

#[test]
fn what_was_deleted_is_overwritten_before_a_file_is_cut() {
    let many: Vec<Entry> = (0..200)
        .map(|drawn| note("2026-11-24T10:00:00Z", "UTC", drawn, "Under the wistaria."))
        .collect();
    let (home, mut store) = store_with(&many);
    let files = [home.database.clone(), home.beside("-wal")];
    let has_words = |file: &PathBuf| {
        let bytes = fs::read(file).unwrap();
        bytes.windows(8).any(|part| part == b"wistaria")
    };
    let lengths = |files: &[PathBuf]| -> Vec<u64> {
        let length = |file: &PathBuf| fs::metadata(file).unwrap().len();
        files.iter().map(length).collect()
    };
    home.raw()
        .execute_batch("PRAGMA wal_checkpoint(PASSIVE)")
        .unwrap();
    assert!(files.iter().all(has_words), "in both");
    let ids = many.into_iter().map(|one| one.id).collect();
    store.change_journal(&Change::Delete(ids)).unwrap();
    let before = lengths(&files);
    store.overwrite(&home.database).unwrap();
    assert!(!files.iter().any(has_words), "in neither");
    assert_eq!(lengths(&files), before, "nothing is cut yet");
    // The log goes on as if it were new.
    let after = note("2026-11-24T11:00:00Z", "UTC", 1, "After.");
    let kept = store.change_journal(&Change::Keep(vec![after]));
    assert_eq!(kept.unwrap().added, 1);
    drop(store);
    assert_eq!(found(&home.open(), &Filter::default(), Order::Oldest), "1");
}

#[test]
fn nothing_is_laid_aside_outside_the_folder() {
    let (_home, store) = store_with(&[]);
    let place: i64 = store
        .connection
        .pragma_query_value(None, "temp_store", |row| row.get(0))
        .unwrap();
    assert_eq!(place, 2, "in memory");
}

#[test]
fn one_that_cannot_be_read_is_passed_over_and_counted() {
    let at = "2026-11-24T10:00:00Z";
    let (home, store) = store_with(&[note(at, "UTC", 1, "a"), note(at, "UTC", 2, "b")]);
    home.raw()
        .execute("UPDATE entry SET entry = '{' WHERE id LIKE '%1'", [])
        .unwrap();
    let mut read = 0;
    let unread = store.each_entry(&Filter::default(), Order::Oldest, |_| {
        read += 1;
        Ok::<_, StoreError>(ControlFlow::Continue(()))
    });
    assert_eq!((read, unread.unwrap()), (1, 1));
}

/// All that one computer gives another.
type Export = (Vec<Entry>, Vec<EntryId>);

fn export(store: &Store) -> Export {
    let (mut entries, mut deleted) = (Vec::new(), Vec::new());
    store
        .each_entry(&Filter::default(), Order::Oldest, |entry| {
            entries.push(entry);
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })
        .unwrap();
    store
        .each_deleted(|id| {
            deleted.push(id.parse().unwrap());
            Ok::<_, StoreError>(())
        })
        .unwrap();
    (entries, deleted)
}

fn take_in(store: &mut Store, (entries, deleted): &Export) {
    store
        .change_journal(&Change::Delete(deleted.clone()))
        .unwrap();
    store
        .change_journal(&Change::Keep(entries.clone()))
        .unwrap();
}

/// A journal after it took in these, one after the other.
fn merged(exports: &[&Export]) -> Export {
    let home = Home::new();
    let mut store = home.open();
    for one in exports {
        take_in(&mut store, one);
    }
    export(&store)
}

/// A few entries in a few revisions and with different words, and a few deleted ids, of the same few.
fn any_export() -> impl Strategy<Value = Export> {
    let entry = (0..4_u64, 1..3_u32, "[ab]").prop_map(|(drawn, revision, words)| Entry {
        revision,
        ..note("2026-11-24T10:00:00Z", "UTC", drawn, &words)
    });
    let id = (0..4_u64).prop_map(|drawn| note("2026-11-24T10:00:00Z", "UTC", drawn, "a").id);
    (
        proptest::collection::vec(entry, 0..5),
        proptest::collection::vec(id, 0..2),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_way_journals_are_merged_the_same_comes_out(
        a in any_export(), b in any_export(), c in any_export()
    ) {
        prop_assert_eq!(merged(&[&a, &b]), merged(&[&b, &a]));
        let (left, right) = (merged(&[&a, &b]), merged(&[&b, &c]));
        prop_assert_eq!(merged(&[&left, &c]), merged(&[&a, &right]));
        prop_assert_eq!(merged(&[&left, &left]), left);
    }
}

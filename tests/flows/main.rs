//! The flows of the terminal, on a real one: `attuned check-in` and `attuned practice`.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

mod check_in;
mod given;
mod plain;
mod practice;

use attuned::daemon::store::Store;
use attuned::journal::{CheckIn, Content, Entry};
use jiff::Timestamp;
use support::home::Home;

/// Everything in the journal, the oldest first; nothing where there is none yet.
fn entries(home: &Home) -> Vec<Entry> {
    let store = Store::open_read_only(&home.database()).expect("the record can be read");
    store.map_or_else(Vec::new, |store| {
        store
            .entries(Timestamp::MIN, Timestamp::MAX)
            .expect("the journal can be read")
    })
}

/// The one check-in that is there.
fn check_in(home: &Home) -> CheckIn {
    let entries = entries(home);
    let [entry] = &entries[..] else {
        panic!("one entry: {entries:?}");
    };
    match &entry.content {
        Content::CheckIn(said) => said.clone(),
        other => panic!("a check-in: {other:?}"),
    }
}

//! Bounds on time and memory, for a release build on a machine with little else to do:
//! `cargo test --release --test speed -- --ignored --test-threads=1`.

mod journal;
#[path = "../../benches/many/mod.rs"]
mod many;
#[path = "../support/mod.rs"]
mod support;
#[path = "../../benches/years/mod.rs"]
mod years;

use std::time::Duration;

use attuned::clock::monotonic;
use attuned::library::{self, Library};
use jiff::Timestamp;

/// The quickest of so many runs: the others waited for something else on the machine.
fn quickest(runs: usize, mut run: impl FnMut()) -> Duration {
    let times = (0..runs).map(|_| {
        let start = monotonic();
        run();
        start.elapsed()
    });
    times.min().expect("it runs at least once")
}

#[test]
#[ignore = "for a release build; .ci/long runs it"]
fn choosing_from_100_000_prompts_takes_less_than_a_millisecond() {
    let now: Timestamp = "2026-11-02T12:00:00Z".parse().unwrap();
    let (library, _) = Library::load(&many::sources());
    assert!(library.prompts().count() > many::FILES * many::PROMPTS);
    let reader = many::Reader::new();
    // A year at six a day, and more than anybody lives to see.
    for shown in [2_190, 100_000] {
        let deck = many::deck(&library, shown, now);
        let time = quickest(101, || {
            let choice = library::choose(&library, &deck, &reader.wish(now));
            assert!(choice.is_some());
        });
        assert!(time < Duration::from_millis(1), "{shown} shown: {time:?}");
    }
}

#[test]
#[ignore = "for a release build; .ci/long runs it"]
fn loading_checking_and_indexing_100_000_prompts_takes_less_than_a_second() {
    let sources = many::sources();
    let time = quickest(5, || {
        let (library, errors) = Library::load(&sources);
        assert_eq!(errors, []);
        assert!(library.prompts().count() > many::FILES * many::PROMPTS);
    });
    assert!(time < Duration::from_secs(1), "{time:?}");
}

#[test]
#[ignore = "for a release build; .ci/long runs it"]
fn advice_on_100_000_prompts_comes_within_five_seconds() {
    let sources = many::sources();
    let time = quickest(5, || {
        let (_, _, sheets) = Library::load_with_sheets(&sources, &[]);
        assert!(!sheets.advice(true).is_empty());
    });
    assert!(time < Duration::from_secs(5), "{time:?}");
}

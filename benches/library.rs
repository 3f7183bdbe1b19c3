//! What a library costs: read, checked and indexed; and a choice from it. `cargo bench --bench library`.
//!
//! A choice among 100,000 prompts took 10 times as long as one from the shipped library (0.27 ms to 0.027 ms of processor
//! time), with a year shown as with all: the time goes by how many prompts there are and may rest, not by what was ever
//! shown.
//!
//! Reading, checking and indexing 100,000 prompts in 200 files (35 MB) took 0.36 s on two cores. The lint's advice on them,
//! 166,671 findings, came within 1.9 s of the start: most of it goes into comparing each wording with all before it.
//!
//! `tests/speed.rs` holds the bounds.

mod many;

use std::hint::black_box;

use attuned::library::{self, Library};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;

fn loading(bench: &mut Criterion) {
    let sources = many::sources();
    let mut group = bench.benchmark_group("load");
    group.bench_function("shipped", |run| run.iter(Library::shipped));
    group.sample_size(10);
    group.bench_function("100,000 prompts, checked and indexed", |run| {
        run.iter(|| Library::load(&sources));
    });
    group.bench_function("100,000 prompts, with the lint's advice", |run| {
        run.iter(|| {
            let (library, errors, sheets) = Library::load_with_sheets(&sources, &[]);
            (library, errors, sheets.advice(true))
        });
    });
    group.finish();
}

fn choosing(bench: &mut Criterion) {
    let now: Timestamp = "2026-11-02T12:00:00Z".parse().expect("an instant");
    let many = Library::load(&many::sources()).0;
    let reader = many::Reader::new();
    let mut group = bench.benchmark_group("choose");
    for (name, library, shown) in [
        ("shipped, 400 shown", &Library::shipped(), 400),
        ("100,000 prompts, a year shown", &many, 2_190),
        ("100,000 prompts, all shown", &many, 100_000),
    ] {
        let deck = many::deck(library, shown, now);
        group.bench_function(name, |run| {
            run.iter(|| library::choose(black_box(library), &deck, &reader.wish(now)));
        });
    }
    group.finish();
}

criterion_group!(benches, loading, choosing);
criterion_main!(benches);

//! What ten years of journal cost, by the real program: `cargo bench --bench journal`. `tests/speed.rs` holds the bounds.

mod years;

use std::process::{Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use tempfile::TempDir;

/// The program in a home of its own, with nothing of this machine's.
fn attuned(home: &TempDir, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attuned"));
    let command = command
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .env("TZ", "Europe/Berlin")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    assert!(command.status().expect("the program starts").success());
}

fn looking_back(bench: &mut Criterion) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let database = home.path().join(".local/state/attuned/attuned.db");
    let end: Timestamp = attuned::clock::now();
    years::fill(&database, end);
    let file = home.path().join("export").display().to_string();
    let mut group = bench.benchmark_group("ten years");
    group.sample_size(20);
    for arguments in [
        &["status"][..],
        &["review"],
        &["review", "month"],
        &["review", "--since", "9 years"],
        &["journal", "list"],
        &["journal", "search", years::RARE],
        &["journal", "search", "a walk at noon"],
    ] {
        group.bench_function(arguments.join(" "), |run| {
            run.iter(|| attuned(&home, arguments));
        });
    }
    group.sample_size(10);
    for format in ["json", "csv", "markdown"] {
        let arguments = ["export", "--force", "--format", format, &file];
        group.bench_function(format!("export, {format}"), |run| {
            run.iter(|| attuned(&home, &arguments));
        });
    }
    group.finish();
}

criterion_group!(benches, looking_back);
criterion_main!(benches);

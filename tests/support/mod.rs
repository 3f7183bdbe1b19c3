//! What the tests share: a session bus of their own, and a notification server that does as it is told.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod bus;
pub mod home;
pub mod logind;
pub mod manager;
pub mod namespace;
pub mod process;
pub mod program;
pub mod pty;
pub mod server;
pub mod stand_in;

use std::fs;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Says loudly that a test could not run here; with `CI` set it fails.
pub fn skip(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{why}");
    eprintln!("SKIPPED: {why}");
}

/// How long a test waits for what must happen. Reached only when a test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for something that only looking can tell.
pub fn wait_until(what: &str, holds: impl FnMut() -> bool) {
    wait_within(PATIENCE, Duration::from_millis(5), what, holds);
}

/// As [`wait_until`], with a patience of its own and a pause between two looks.
#[expect(clippy::disallowed_methods, reason = "a test's deadline is real time")]
pub fn wait_within(
    patience: Duration,
    pause: Duration,
    what: &str,
    mut holds: impl FnMut() -> bool,
) {
    let end = Instant::now() + patience;
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(pause);
    }
}

/// Context switches of every thread of a process, by thread.
pub fn switches(process: u32) -> Vec<(String, u64)> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let mut counts: Vec<_> = tasks
        .map(|task| {
            let task = task.unwrap();
            let status = fs::read_to_string(task.path().join("status")).unwrap();
            let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
            let count = lines.map(|line| {
                line.split_whitespace()
                    .last()
                    .unwrap()
                    .parse::<u64>()
                    .unwrap()
            });
            (task.file_name().to_string_lossy().into_owned(), count.sum())
        })
        .collect();
    counts.sort();
    counts
}

/// The processes that a process began and that have not ended.
pub fn children(process: u32) -> Vec<u32> {
    let file = format!("/proc/{process}/task/{process}/children");
    let list = fs::read_to_string(file).unwrap();
    list.split_whitespace()
        .map(|id| id.parse().unwrap())
        .collect()
}

/// A zone in which it is noon now, by POSIX's `TZ`, and the time in it.
#[expect(
    clippy::disallowed_methods,
    reason = "the program reads the same clock"
)]
pub fn noon() -> (String, Zoned) {
    let now = Timestamp::now();
    let east = 12 * 3_600 - now.as_second().rem_euclid(86_400);
    // By POSIX, what lies east has a minus.
    let sign = if east < 0 { '+' } else { '-' };
    let seconds = east.abs();
    let name = format!(
        "<noon>{sign}{}:{:02}:{:02}",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60
    );
    let zone = TimeZone::posix(&name).expect("a zone");
    (name, now.to_zoned(zone))
}

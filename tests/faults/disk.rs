//! A disk that is full, or cannot be written: prompts go on, `status` tells, and nothing is lost once it works again.

use super::support::home::{Daemon, Home};
use super::support::process::cpu_time;
use super::support::server::Server;
use super::support::{namespace, skip, switches, wait_until};
use super::*;

const NEEDS: &str =
    "a disk of the test's own needs a mount namespace, which the kernel does not grant here";

const SMALL_DISK: &str = "mount -t tmpfs -o size=1m,mode=700 tmpfs \"$1\"";
const NO_ROOM: &str = "head -c 2m /dev/zero >\"$1/filler\" 2>/dev/null || true";
const READ_ONLY: &str = "mount --bind \"$1\" \"$1\"; mount -o remount,bind,ro \"$1\"";
const WRITABLE: &str = "mount -o remount,bind,rw \"$1\"";

/// Waits for that many more notifications than there are now.
fn prompts_come(server: &Server, more: usize) {
    server.notify(server.count() + more - 1);
}

fn shown(home: &Home, daemon: &Daemon) -> usize {
    let today = namespace::attuned(home, daemon, &["why", "today", "--json"]);
    let today: serde_json::Value = serde_json::from_str(&today).unwrap();
    let so_far = today["so_far"].as_array().unwrap();
    let was_shown = |one: &&serde_json::Value| !one["record"]["shown_at"].is_null();
    so_far.iter().filter(was_shown).count()
}

#[test]
fn a_disk_that_fills_up_stops_no_prompt_and_loses_nothing() {
    if !namespace::is_granted() {
        return skip(NEEDS);
    }
    let (_bus, server, home) = desk(BUSY);
    let daemon = home.daemon_of(namespace::run(&home, SMALL_DISK));
    server.notify(0);
    namespace::inside(&home, &daemon, NO_ROOM);
    wait_until("it tells", || store_problem(&home).is_some());
    let problem = store_problem(&home).unwrap();
    assert!(problem.contains("full"), "{problem}");
    prompts_come(&server, 3);
    assert_eq!(logged(&home, "the record cannot be written"), 1);

    namespace::inside(&home, &daemon, "rm \"$1/filler\"");
    wait_until("it works again", || store_problem(&home).is_none());
    assert_eq!(logged(&home, "the record can be written again"), 1);
    home.prints(&["pause", "5 min"]);
    wait_until("all of it is on record", || {
        let shown = namespace::records(&home, &daemon)
            .iter()
            .filter(|one| one.was_shown())
            .count();
        shown == server.count()
    });
    super::killed::every_second_is_on_record_once(&namespace::records(&home, &daemon));
}

#[test]
fn a_start_on_a_full_disk_goes_on_from_what_was_kept() {
    if !namespace::is_granted() {
        return skip(NEEDS);
    }
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&["--greet"]);
    server.notify(0);
    home.prints(&["pause", "3h"]);
    wait_until("it is on record", || !home.records().is_empty());
    daemon.signal("TERM");
    daemon.wait();
    let kept = "cp \"$1\"/attuned.db /tmp/$$; ";
    let full = format!("{kept}{SMALL_DISK}; cp /tmp/$$ \"$1\"/attuned.db; rm /tmp/$$; {NO_ROOM}");
    let daemon = home.daemon_of(namespace::run(&home, &full));
    assert!(store_problem(&home).is_some());
    assert_eq!(logged(&home, "the record cannot be written"), 1);
    let pauses = |home: &Home| {
        home.status()["overview"]["pauses"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(pauses(&home), 1, "what was kept is in force");
    home.prints(&["resume"]);
    home.prints(&["now"]);
    server.notify(1);

    namespace::inside(&home, &daemon, "rm \"$1/filler\"");
    wait_until("it works again", || store_problem(&home).is_none());
    let today = namespace::attuned(&home, &daemon, &["why", "today", "--json"]);
    let today: serde_json::Value = serde_json::from_str(&today).unwrap();
    assert_eq!(today["so_far"].as_array().unwrap().len(), 2, "{today}");
}

#[test]
fn a_start_on_a_read_only_disk_keeps_all_in_memory_until_it_can_be_written() {
    if !namespace::is_granted() {
        return skip(NEEDS);
    }
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon(&["--greet"]);
    server.notify(0);
    home.prints(&["pause", "3h", "--only", "far"]);
    wait_until("it is on record", || !home.records().is_empty());
    daemon.signal("TERM");
    daemon.wait();

    let daemon = home.daemon_of(namespace::run(&home, READ_ONLY));
    let problem = store_problem(&home).expect("it tells");
    assert!(problem.contains("Read-only file system"), "{problem}");
    assert_eq!(logged(&home, "the record cannot be written"), 1);
    let status = home.status();
    assert_eq!(status["overview"]["pauses"][0]["scope"]["only"][0], "far");
    home.prints(&["now"]);
    wait_until("prompts come", || server.count() >= 2);
    assert_eq!(shown(&home, &daemon), 1, "the record can be read meanwhile");

    namespace::inside(&home, &daemon, WRITABLE);
    wait_until("it works again", || store_problem(&home).is_none());
    assert_eq!(logged(&home, "the record can be written again"), 1);
    let ids: Vec<u64> = home.records().iter().map(|one| one.id).collect();
    assert_eq!(ids, [1, 2], "the new ones follow the old");
    assert_eq!(
        home.status()["overview"]["pauses"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_first_start_on_a_read_only_disk_works_and_does_not_spin() {
    if !namespace::is_granted() {
        return skip(NEEDS);
    }
    let (_bus, server, home) = desk(QUIET);
    let mut daemon = home.daemon_of(namespace::run(&home, READ_ONLY));
    home.prints(&["now"]);
    server.notify(0);
    wait_until("it is open", || {
        home.status()["overview"]["open"][0].is_string()
    });
    let (spent, before) = (cpu_time(daemon.id()), switches(daemon.id()));
    // The retries come after 1, 2 and 4 seconds, whatever the test does meanwhile.
    std::thread::sleep(std::time::Duration::from_secs(4));
    let woken = woken_since(&before, &daemon);
    assert!(woken < 200, "{woken} context switches in four seconds");
    let spent = cpu_time(daemon.id()).saturating_sub(spent);
    assert!(spent.as_millis() < 400, "{spent:?} of processor time");
    home.prints(&["stop"]);
    assert_eq!(daemon.wait(), Some(0));
    assert_eq!(logged(&home, "1 records could not be written"), 1);
}

/// How often its threads have woken; those that have ended meanwhile are left out.
fn woken_since(before: &[(String, u64)], daemon: &Daemon) -> u64 {
    let now = switches(daemon.id()).into_iter();
    now.map(|(thread, count)| {
        let was = before.iter().find(|(name, _)| *name == thread);
        count - was.map_or(0, |(_, was)| *was)
    })
    .sum()
}

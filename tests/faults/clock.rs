//! A clock that stands in 1970 (a machine without a battery), and is set right, or back to it.
//!
//! libfaketime lies to the program about the time, from a file that the test writes. The kernel's timer knows the true time
//! and hears nothing of it, so the test says so by a hangup, as the kernel would by the timer. That the timer itself is told
//! of a step is not shown here.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use super::support::home::Daemon;
use super::support::process::cpu_time;
use super::support::{skip, switches, wait_until};
use super::*;

/// 2000-01-01T00:00:00Z
const LONG_AGO: i64 = 946_684_800;

struct Clock {
    file: PathBuf,
    library: PathBuf,
}

impl Clock {
    /// A clock of the test's own; none where the library is not installed.
    fn new(home: &Home) -> Option<Self> {
        let folders = fs::read_dir("/usr/lib").ok()?.flatten();
        let library = folders
            .map(|entry| entry.path().join("faketime/libfaketime.so.1"))
            .find(|path| path.exists())?;
        let file = home.path("clock");
        Some(Self { file, library })
    }

    fn set_right(&self) {
        self.write("+0");
    }

    fn set_to_1970(&self) {
        #[expect(clippy::disallowed_methods, reason = "the true time is what is hidden")]
        let now = Timestamp::now().as_second();
        self.write(&format!("-{}", now - 3600));
    }

    fn write(&self, text: &str) {
        let aside = self.file.with_extension("new");
        fs::write(&aside, text).unwrap();
        fs::rename(aside, &self.file).unwrap();
    }

    fn daemon(&self, home: &Home) -> Daemon {
        let mut command = home.command(&["run"]);
        command
            .env("LD_PRELOAD", &self.library)
            .env("FAKETIME_TIMESTAMP_FILE", &self.file)
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .env("DONT_FAKE_MONOTONIC", "1")
            .env("NO_FAKE_STAT", "1");
        home.daemon_of(command)
    }
}

const NEEDS: &str =
    "a clock of the test's own needs libfaketime (Debian: faketime); scripts/test installs it";

fn no_prompt_of_1970(home: &Home) {
    for record in home.records() {
        assert!(record.due.as_second() > LONG_AGO, "{record:?}");
        let shown = record.shown_at.map(Timestamp::as_second);
        assert!(shown.is_none_or(|at| at > LONG_AGO), "{record:?}");
    }
}

/// It neither wakes nor works while nothing can be due.
fn rests(daemon: &Daemon) {
    let before: BTreeMap<_, _> = switches(daemon.id()).into_iter().collect();
    let spent = cpu_time(daemon.id());
    std::thread::sleep(Duration::from_secs(2));
    // A thread that was done may have ended meanwhile.
    let after = switches(daemon.id()).into_iter();
    let more = after.map(|(thread, count)| count - before.get(&thread).unwrap_or(&0));
    let more: u64 = more.sum();
    assert!(more < 50, "{more} context switches");
    let spent = cpu_time(daemon.id()).saturating_sub(spent);
    assert!(spent < Duration::from_millis(200), "{spent:?}");
}

#[test]
fn started_in_1970_it_is_silent_until_the_clock_is_set() {
    let (_bus, server, home) = desk(BUSY);
    let Some(clock) = Clock::new(&home) else {
        return skip(NEEDS);
    };
    clock.set_to_1970();
    let daemon = clock.daemon(&home);
    let since: Timestamp = home.status()["since"].as_str().unwrap().parse().unwrap();
    assert!(
        since.as_second() < LONG_AGO,
        "the clock is the test's: {since}"
    );
    rests(&daemon);
    assert_eq!(server.count(), 0);

    clock.set_right();
    daemon.signal("HUP");
    server.notify(2);
    home.prints(&["pause", "5 min"]);
    no_prompt_of_1970(&home);
    super::killed::every_second_is_on_record_once(&home.records());
}

#[test]
fn set_to_1970_and_back_nothing_is_doubled() {
    let (_bus, server, home) = desk(BUSY);
    let Some(clock) = Clock::new(&home) else {
        return skip(NEEDS);
    };
    clock.set_right();
    let daemon = clock.daemon(&home);
    server.notify(1);
    clock.set_to_1970();
    daemon.signal("HUP");
    wait_until("it takes no step more", || {
        let before = switches(daemon.id());
        std::thread::sleep(Duration::from_millis(1500));
        before == switches(daemon.id())
    });
    let seen = server.count();
    rests(&daemon);
    assert_eq!(server.count(), seen, "no prompt comes in 1970");
    assert_eq!(home.status()["running"], true);

    clock.set_right();
    daemon.signal("HUP");
    server.notify(seen + 1);
    home.prints(&["pause", "5 min"]);
    no_prompt_of_1970(&home);
    super::killed::every_second_is_on_record_once(&home.records());
}

#[test]
fn ended_in_1970_and_started_in_the_present_it_goes_on() {
    let (_bus, server, home) = desk(QUIET);
    let Some(clock) = Clock::new(&home) else {
        return skip(NEEDS);
    };
    clock.set_to_1970();
    let mut daemon = clock.daemon(&home);
    home.prints(&["now"]);
    server.notify(0);
    home.prints(&["pause", "2h", "--only", "far"]);
    daemon.signal("TERM");
    assert_eq!(daemon.wait(), Some(0));
    clock.set_right();
    let _daemon = clock.daemon(&home);
    home.prints(&["now"]);
    wait_until("it shows again", || server.count() >= 2);
    let status = home.status();
    assert!(status["store_problem"].is_null() && status["store_note"].is_null());
}

#[test]
fn what_was_open_when_its_time_ran_out_is_not_shown_at_the_next_login() {
    let (_bus, server, home) = desk(QUIET);
    let Some(clock) = Clock::new(&home) else {
        return skip(NEEDS);
    };
    clock.write("-7200");
    let mut daemon = clock.daemon(&home);
    home.prints(&["now"]);
    server.notify(0);
    wait_until("it is on record", || home.records()[0].was_shown());
    daemon.signal("KILL");
    daemon.wait();
    let _daemon = home.daemon(&["--at-login"]);
    wait_until("the service is known", || {
        home.status()["service"].is_object()
    });
    wait_until("it has ended", || {
        home.records()[0].outcome == Some(attuned::engine::Outcome::Expired)
    });
    assert_eq!(server.count(), 1, "it is not shown again");
}

//! Ten years of journal, by the real program: the time of whole commands, and the daemon's memory.

use std::fs;
use std::time::Duration;

use attuned::clock::now;
use attuned::journal::{Change, Channel, Content, Entry, EntryId, Moment, Origin, VERSION};
use jiff::tz::TimeZone;

use super::support::home::Home;
use super::{quickest, years};

/// A home with ten years of journal in it.
fn long_kept() -> Home {
    let home = Home::without_bus();
    years::fill(&home.database(), now());
    home
}

/// The command's time, from its start to its end, with all that it prints read.
fn time_of(home: &Home, arguments: &[&str]) -> Duration {
    quickest(11, || {
        assert!(!home.prints(arguments).is_empty());
    })
}

#[test]
#[ignore = "for a release build; .ci/long runs it"]
fn ten_years_of_journal_are_looked_through_in_less_than_100_ms() {
    let home = long_kept();
    for arguments in [
        &["status"][..],
        &["review"],
        &["review", "month"],
        &["review", "month", "--html", "-", "--force"],
        &["journal", "list"],
        &["journal", "list", "--since", "2 weeks", "--all"],
        &["journal", "search", years::RARE],
        &["journal", "search", "a walk at noon"],
        &["journal", "search", "nothing-has-this-word"],
    ] {
        // A page goes where there is room for it.
        let page = home.path("page.html").display().to_string();
        let arguments: Vec<&str> = arguments
            .iter()
            .map(|one| if *one == "-" { page.as_str() } else { *one })
            .collect();
        let time = time_of(&home, &arguments);
        println!("{arguments:?}: {time:?}");
        assert!(time < Duration::from_millis(100), "{arguments:?}: {time:?}");
    }
}

#[test]
#[ignore = "for a release build; .ci/long runs it"]
fn ten_years_of_journal_are_exported_in_less_than_2_s() {
    let home = long_kept();
    let file = home.path("export").display().to_string();
    for format in ["json", "csv", "markdown"] {
        let time = quickest(3, || {
            let told = home.prints(&["export", "--force", "--format", format, &file]);
            assert!(told.contains("75000 entries"), "{told}");
        });
        println!("export, {format}: {time:?}");
        assert!(time < Duration::from_secs(2), "{format}: {time:?}");
    }
}

/// Memory of a process that belongs to no file, in bytes.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it is running");
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    kilobytes
        .expect("Linux tells it")
        .parse::<u64>()
        .expect("a number")
        * 1_024
}

#[test]
#[ignore = "for a release build; .ci/long runs it"]
fn the_daemon_keeps_none_of_the_journal_in_memory() {
    let used = [Home::without_bus(), long_kept()].map(|home| {
        let daemon = home.daemon(&[]);
        for nth in 0..20 {
            let change = serde_json::to_string(&Change::Keep(vec![note(nth)])).expect("it is data");
            let answer = home
                .ask(&format!("{{\"journal\":{change}}}"))
                .expect("an answer");
            assert_eq!(answer["journal"]["added"], 1, "{answer}");
            home.status();
        }
        memory(daemon.id())
    });
    println!("an empty journal, ten years: {used:?} bytes");
    // SQLite's pages of it are at most 512 KiB; the journal has 30 MB.
    let [empty, full] = used;
    assert!(full < empty + (1 << 20), "{used:?}");
}

fn note(nth: u64) -> Entry {
    let moment = Moment::new(now(), &TimeZone::UTC);
    Entry {
        version: VERSION,
        id: EntryId::new(moment.at, nth),
        revision: 1,
        moment,
        origin: Origin::Own,
        channel: Channel::Script,
        prompt: None,
        asked: None,
        content: Content::Note {
            note: "One more.".into(),
        },
    }
}

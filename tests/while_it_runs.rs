//! `attuned pause --while` on the real program: quiet until another program ends.
#![cfg(target_os = "linux")]

mod support;

use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use support::bus::Bus;
use support::home::Home;
use support::wait_until;

const QUIET: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

/// Runs until it is killed.
fn program(name: &str) -> Child {
    let mut sleep = Command::new("sleep");
    sleep.arg0(name).arg("1000").spawn().unwrap()
}

fn end(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// What a person reads, wherever lines break.
fn in_one_line(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pauses(home: &Home) -> usize {
    home.status()["overview"]["pauses"]
        .as_array()
        .unwrap()
        .len()
}

#[test]
fn a_pause_ends_with_the_program_that_it_waits_for() {
    let bus = Bus::start();
    let home = Home::new(&bus.address());
    home.write_config(QUIET);
    let name = format!("talk-{}", std::process::id());
    let talk = program(&name);

    let daemon = home.daemon(&[]);
    let said = home.prints(&["pause", "--while", &name]);
    assert!(
        said.starts_with(&format!(
            "Paused: everything, while {name} runs, until tomorrow at "
        )),
        "{said}"
    );
    assert!(!said.contains("next prompt"), "{said}");
    let said = in_one_line(&home.prints(&["status"]));
    let headline = format!("attuned is running, and paused while {name} runs, until tomorrow at ");
    assert!(said.starts_with(&headline), "{said}");
    assert!(
        said.contains(&format!("from far; perhaps sooner, once {name} has ended")),
        "{said}"
    );
    let said = in_one_line(&home.prints(&["why", "next"]));
    assert!(
        said.contains(&format!(
            "the end of {name}, as you are paused while it runs"
        )),
        "{said}"
    );
    let said = home.prints(&["pause", "3h"]);
    assert!(!said.contains("next prompt"), "{said}");
    assert_eq!(pauses(&home), 2);

    // It waits on after a restart.
    drop(daemon);
    let _daemon = home.daemon(&[]);
    assert_eq!(pauses(&home), 2);
    end(talk);
    wait_until("the pause is over, and the other one is not", || {
        pauses(&home) == 1
    });
}

#[test]
fn a_program_that_ended_while_attuned_was_off_silences_nothing() {
    let bus = Bus::start();
    let home = Home::new(&bus.address());
    home.write_config(QUIET);
    let name = format!("call-{}", std::process::id());
    let call = program(&name);
    let said = home.prints(&["pause", "--while", &name]);
    let still = format!(
        "attuned is not running; the pause holds from its start on, if {name} still runs then."
    );
    assert!(in_one_line(&said).contains(&still), "{said}");
    assert_eq!(pauses(&home), 1);
    end(call);
    assert_eq!(pauses(&home), 0, "nobody saw its end, and it is over");
    let _daemon = home.daemon(&[]);
    wait_until("the pause is over", || pauses(&home) == 0);
}

#[test]
fn a_program_that_does_not_run_cannot_be_waited_for() {
    let home = Home::new("unix:path=/nonexistent");
    home.write_config(QUIET);
    let refused = home
        .command(&["pause", "--while", "no-such-talk"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    let first = said.lines().next().unwrap();
    assert_eq!(
        first,
        "error: no program \"no-such-talk\" of yours is running"
    );
}

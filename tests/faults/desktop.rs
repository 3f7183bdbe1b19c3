//! A bus that restarts, and notification servers that are slow, silent, repeat themselves, or talk about others' notifications.

use std::time::Duration;

use serde_json::Value;

use super::support::server::{Manner, forge_press};
use super::support::wait_until;
use super::*;

/// The outcomes of today's deliveries in words, as `why` tells them; "open" for one under way.
fn outcomes(home: &Home) -> Vec<String> {
    let today: Value = serde_json::from_str(&home.prints(&["why", "today", "--json"])).unwrap();
    let so_far = today["so_far"].as_array().unwrap().iter();
    so_far
        .map(|one| one["outcome"].as_str().unwrap_or("open").to_owned())
        .collect()
}

fn open(home: &Home) -> usize {
    home.status()["overview"]["open"].as_array().unwrap().len()
}

const CHECK_IN: &str = "[[reminder]]\nname = \"far\"\nkind = \"check-in\"\n\
                        when = \"on 29 February at 9:00\"\nmessage = \"How is it?\"\n";

/// Asks for a check-in of the library's and returns its number among the notifications.
fn ask_for_check_in(home: &Home) {
    let shown = home.prints(&["library", "show", "name-it", "--json"]);
    let collection: Value = serde_json::from_str(&shown).unwrap();
    let prompts = collection["prompts"].as_array().unwrap();
    let check_in = prompts
        .iter()
        .find(|one| one["kind"] == "check-in")
        .unwrap();
    home.prints(&["now", check_in["id"].as_str().unwrap()]);
}

#[test]
fn a_server_that_takes_thirty_seconds_shows_the_prompt_once_and_holds_nothing_up() {
    let (_bus, server, home) = desk(QUIET);
    server.set_manner(Manner::Hold);
    let _daemon = home.daemon(&["--greet"]);
    let asked = server.notify(0);
    let answer_at = asked.at + Duration::from_secs(30);
    let mut looks = 0;
    while let Ok(left) = answer_at.duration_since(super::support::server::now()) {
        assert_eq!(outcomes(&home), ["open"]);
        looks += 1;
        std::thread::sleep(left.min(Duration::from_secs(5)));
    }
    assert!(looks >= 5, "commands were answered meanwhile");
    server.set_manner(Manner::Answer);
    wait_until("it is on record as shown", || home.records()[0].was_shown());
    server.press(asked.id, "later");
    wait_until("its answer counts", || {
        outcomes(&home) == ["put off for later"]
    });
    assert_eq!(server.count(), 1, "it was shown once");
}

#[test]
fn a_silent_server_s_prompt_waits_for_a_better_one() {
    let (bus, silent, home) = desk(QUIET);
    silent.set_manner(Manner::Hold);
    let _daemon = home.daemon(&["--greet"]);
    let asked = silent.notify(0);
    assert_eq!(outcomes(&home), ["open"]);
    drop(silent);
    let server = Server::start(&bus.address(), Identity::default());
    let shown = server.notify(0);
    assert_eq!(shown.body, asked.body);
    wait_until("it is on record", || home.records()[0].was_shown());
    server.say_closed(shown.id, 2);
    wait_until("it ends once", || outcomes(&home) == ["dismissed"]);
}

/// Takes over a minute: `SILENT_SERVER=1` asks for it.
#[test]
fn a_server_silent_for_good_fails_the_prompt_with_its_reason() {
    if std::env::var_os("SILENT_SERVER").is_none() {
        return;
    }
    let (_bus, server, home) = desk(&format!("{QUIET}\n[pace]\nexpiry = \"1 min\"\n"));
    server.set_manner(Manner::Hold);
    let daemon = home.daemon(&["--greet"]);
    server.notify(0);
    std::thread::sleep(Duration::from_secs(62));
    wait_until("its outcome is known", || {
        outcomes(&home) == ["could not be shown: the notification service did not answer"]
    });
    drop(daemon);
}

#[test]
fn signals_that_are_repeated_count_once() {
    let (_bus, server, home) = desk(CHECK_IN);
    let _daemon = home.daemon(&[]);
    ask_for_check_in(&home);
    let asked = server.notify(0);
    for _ in 0..50 {
        server.press(asked.id, "okay");
    }
    server.say_closed(asked.id, 2);
    server.say_closed(asked.id, 2);
    server.press(asked.id, "hard");
    wait_until("the first press counts", || {
        outcomes(&home) == ["answered: okay"]
    });
    home.prints(&["now"]);
    let next = server.notify(1);
    // All of it again, for what is long gone, while another prompt is open.
    wait_until("the next one is open", || open(&home) == 1);
    for _ in 0..50 {
        server.press(asked.id, "too-much");
        server.say_closed(asked.id, 2);
    }
    server.press(next.id, "later");
    wait_until("its own press counts", || {
        outcomes(&home)[1] == "put off for later"
    });
    assert_eq!(outcomes(&home), ["answered: okay", "put off for later"]);
    assert_eq!(server.count(), 2, "and nothing followed");
}

#[test]
fn another_program_s_notifications_and_signals_mean_nothing() {
    let (bus, server, home) = desk(CHECK_IN);
    let mut daemon = home.daemon(&[]);
    ask_for_check_in(&home);
    let asked = server.notify(0);
    wait_until("it is open", || open(&home) == 1);
    for id in [0, asked.id + 1, asked.id + 7, u32::MAX] {
        server.press(id, "okay");
        server.say_closed(id, 2);
    }
    server.press(asked.id, "no-such-button");
    forge_press(&bus.address(), &asked.sender, asked.id, "too-much");
    home.prints(&["now"]);
    let next = server.notify(1);
    server.press(next.id, "later");
    wait_until("its own press counts", || {
        outcomes(&home)[1] == "put off for later"
    });
    assert_eq!(
        outcomes(&home)[0],
        "open",
        "a button that is not there is no answer"
    );
    daemon.signal("TERM");
    daemon.wait();
}

#[test]
fn an_id_from_before_a_restart_is_not_taken_for_the_same_one_after_it() {
    let (bus, server, home) = desk(CHECK_IN);
    let mut daemon = home.daemon(&[]);
    ask_for_check_in(&home);
    let before = server.notify(0);
    wait_until("it is open", || open(&home) == 1);
    // The server goes with its notifications open; the next one gives out the same ids, to whoever comes first.
    drop(server);
    wait_until("the loss is noticed", || home.status()["service"].is_null());
    let other = Identity {
        first_id: before.id + 1,
        ..Identity::default()
    };
    let server = Server::start(&bus.address(), other);
    let again = server.notify(0);
    assert_eq!((again.replaces_id, &again.body), (0, &before.body));
    wait_until("it is open again", || open(&home) == 1);
    server.press(before.id, "too-much");
    server.say_closed(before.id, 2);
    server.press(again.id, "okay");
    wait_until("its own press counts", || {
        outcomes(&home) == ["answered: okay"]
    });

    // And attuned's own restart: what the earlier run had on screen says nothing to this one.
    ask_for_check_in(&home);
    let earlier = server.notify(1);
    wait_until("it is open", || open(&home) == 1);
    daemon.signal("KILL");
    daemon.wait();
    let _daemon = home.daemon(&[]);
    let again = server.notify(2);
    assert_eq!(
        again.body, earlier.body,
        "within its time it comes once more"
    );
    wait_until("it is open again", || open(&home) == 1);
    server.press(earlier.id, "too-much");
    server.press(again.id, "okay");
    wait_until("only the new one counts", || {
        outcomes(&home)[1] == "answered: okay"
    });
    assert_eq!(server.count(), 3);
}

#[test]
fn a_bus_that_restarts_loses_no_prompt() {
    let (mut bus, server, home) = desk(CHECK_IN);
    let _daemon = home.daemon(&[]);
    ask_for_check_in(&home);
    let before = server.notify(0);
    wait_until("it is open", || open(&home) == 1);
    drop(server);
    bus.stop();
    wait_until("the loss is noticed", || home.status()["service"].is_null());
    assert_eq!(outcomes(&home), ["open"]);
    bus.restart();
    let server = Server::start(&bus.address(), Identity::default());
    let again = server.notify(0);
    assert_eq!(again.body, before.body);
    wait_until("it is on screen", || open(&home) == 1);
    server.press(again.id, "okay");
    wait_until("its answer counts", || {
        outcomes(&home) == ["answered: okay"]
    });
    assert_eq!(home.records().len(), 1);
}

#[test]
fn a_server_that_comes_and_goes_all_the_time_shows_one_prompt_once_each_time() {
    let (bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&["--greet"]);
    let first = server.notify(0);
    drop(server);
    for _ in 0..10 {
        let server = Server::start(&bus.address(), Identity::default());
        assert_eq!(server.notify(0).body, first.body);
        wait_until("it is open", || open(&home) == 1);
        assert_eq!(server.count(), 1);
    }
    assert_eq!(home.records().len(), 1);
}

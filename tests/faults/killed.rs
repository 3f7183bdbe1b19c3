//! `SIGKILL` at any moment, then a start: nothing is lost, and nothing doubled but what was on its way to the screen, or
//! on it, when the process died. That is shown again, once a start, and is one record all the same.
//!
//! `KILLED_DAEMONS` sets how often it is killed (default 12).

use std::time::Duration;

use attuned::engine::{Outcome, Record, Trigger};

use super::support::server::Server;
use super::support::wait_until;
use super::*;

/// The seconds that have a record follow one another without a gap, and none has two.
pub fn every_second_is_on_record_once(records: &[Record]) {
    let of_reminder = |one: &&Record| matches!(one.trigger, Trigger::Reminder { .. });
    let mut next = None;
    for record in records.iter().filter(of_reminder) {
        let due = record.due.as_second();
        if let Some(expected) = next {
            assert_eq!(due, expected, "after what came before: {record:?}");
        }
        next = Some(due + i64::from(record.count));
    }
    assert!(next.is_some(), "something was due");
}

/// Presses "Okay" and "Hard" by turns on the check-ins that have come since the last call; `seen` is how many notifications
/// had.
fn press_new(server: &Server, seen: &mut usize, pressed: &mut Vec<u32>) {
    let notifies = server.wait_for("anything", |seen| Some(seen.notifies.clone()));
    let new = notifies[*seen..].iter();
    for notify in new.filter(|one| one.actions.iter().any(|action| action == "okay")) {
        let answer = ["okay", "hard"][pressed.len() % 2];
        server.press(notify.id, answer);
        pressed.push(notify.id);
    }
    *seen = notifies.len();
}

#[test]
fn nothing_is_lost_and_nothing_doubled_but_what_was_on_the_screen() {
    let rounds: usize = std::env::var("KILLED_DAEMONS").map_or(12, |text| text.parse().unwrap());
    let (_bus, server, home) = desk(ASKING);
    let (mut seen, mut pressed) = (0, Vec::new());
    let mut draw = 0x0dd_ba11_u64;
    for _ in 0..rounds {
        let mut daemon = home.daemon(&[]);
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let life = Duration::from_millis((draw >> 33) % 1600);
        // Some prompts are answered before the end, and some on the way to it.
        let steps = 8;
        for _ in 0..steps {
            press_new(&server, &mut seen, &mut pressed);
            std::thread::sleep(life / steps);
        }
        daemon.signal("KILL");
        assert_eq!(daemon.wait(), None);
    }
    let mut daemon = home.daemon(&[]);
    wait_until("it goes on", || {
        press_new(&server, &mut seen, &mut pressed);
        home.records()
            .last()
            .is_some_and(|last| matches!(last.outcome, Some(Outcome::Answered(_))))
    });
    daemon.signal("TERM");
    assert_eq!(daemon.wait(), Some(0));

    let records = home.records();
    every_second_is_on_record_once(&records);
    let notifies = server.wait_for("anything", |seen| Some(seen.notifies.clone()));
    let first_shows = notifies.iter().filter(|one| one.replaces_id == 0).count();
    let shown = records.iter().filter(|one| one.was_shown()).count();
    let on_the_way = records.iter().filter(|one| one.card.is_some()).count();
    assert!(
        shown <= first_shows,
        "{shown} on record, {first_shows} on the screen"
    );
    assert!(
        first_shows <= on_the_way + rounds,
        "{first_shows} on the screen, {on_the_way} on record, {rounds} starts"
    );
    let answered = |one: &&Record| matches!(one.outcome, Some(Outcome::Answered(_)));
    let answered = records.iter().filter(answered).count();
    // A pressed notification is closed, or replaced by an offer, once its answer is on record.
    let closes = server.wait_for("anything", |seen| Some(seen.closes.clone()));
    let offers = notifies.iter().filter(|one| one.replaces_id != 0);
    let offers: Vec<u32> = offers.map(|one| one.replaces_id).collect();
    let is_heard = |id: &&u32| closes.contains(id) || offers.contains(id);
    let heard = pressed.iter().filter(is_heard).count();
    assert!(
        (heard..=pressed.len()).contains(&answered),
        "{answered} answers on record; {heard} heard of {} given",
        pressed.len()
    );
    let kept = home.entries().len();
    assert_eq!(kept, answered, "each answer is in the journal, and once");
    assert!(
        answered * 4 > rounds,
        "the lives were not empty: {answered} answers"
    );
}

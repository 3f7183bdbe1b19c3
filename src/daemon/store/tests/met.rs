//! Which prompts were taken up.

use jiff::civil::{Date, DateTime};

use super::{Home, batch, record};
use crate::daemon::store::Met;
use crate::engine::{Answer, Card, Outcome, Record, Trigger};
use crate::library::Kind;

/// A prompt that came on 2 March 2026, and what became of it.
fn came(id: u64, prompt: &str, trigger: Trigger, outcome: Option<Outcome>) -> Record {
    let mut record = record(id);
    let local: DateTime = "2026-03-02T23:30".parse().unwrap();
    record.local = local;
    record.due = "2026-03-02T22:30:00Z".parse().unwrap();
    record.shown_at = Some(record.due);
    record.trigger = trigger;
    record.outcome = outcome;
    record.card = Some(Card {
        prompt: Some(prompt.to_owned()),
        kind: Kind::Question,
        title: "A title".to_owned(),
        // What stands in a text is no answer.
        text: "\"answered\":\"pause-today\"".to_owned(),
        private: false,
        steps: Vec::new(),
    });
    record
}

fn by_itself() -> Trigger {
    Trigger::Reminder {
        name: "tea".into(),
        when: "daily at 23:30".into(),
    }
}

fn asked_for() -> Trigger {
    Trigger::Request { collection: None }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn what_was_answered_or_asked_for_is_told_and_nothing_else() {
    let home = Home::new();
    let mut store = home.open();
    let answered = |answer| Some(Outcome::Answered(answer));
    let mut unseen = came(7, "a/unseen", asked_for(), Some(Outcome::Expired));
    unseen.shown_at = None;
    let records = [
        came(1, "a/one", by_itself(), answered(Answer::Okay)),
        came(2, "a/one", asked_for(), answered(Answer::Hard)),
        // Still waits for an answer.
        came(3, "a/two", asked_for(), None),
        came(4, "a/three", by_itself(), answered(Answer::PauseToday)),
        came(5, "a/four", by_itself(), Some(Outcome::Expired)),
        came(6, "a/five", by_itself(), None),
        unseen,
    ];
    store.keep(&batch(records, None)).unwrap();
    let met = |prompt: &str, answered, asked_for| Met {
        prompt: prompt.to_owned(),
        title: "A title".to_owned(),
        answered,
        asked_for,
    };
    let found = store.met(day("2026-03-02"), day("2026-03-03")).unwrap();
    assert_eq!(found, [met("a/one", 2, 1), met("a/two", 0, 1)]);
    // The wall clock counts: it was not the third yet, nor the first any more.
    let after = store.met(day("2026-03-03"), day("2026-03-09")).unwrap();
    assert_eq!(after, []);
    let before = store.met(day("2026-02-20"), day("2026-03-02")).unwrap();
    assert_eq!(before, []);
}

//! Warnings: what can hardly be meant, and times that will be let go.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{layer, load, loaded, rendered, short};
use crate::config::advice;
use crate::source::Severity;

#[test]
fn what_can_hardly_be_meant_is_a_warning() {
    let text = "[pace]\ncap = 12\n[[reminder]]\nname = \"a\"\nwhen = \"0 9 30 2 *\"\n";
    let (_, warnings) = load(&[layer(text)]).unwrap();
    let [cap, never] = &warnings[..] else {
        panic!("{}", rendered(&warnings))
    };
    assert_eq!(
        short(cap),
        "2:7: 12 prompts a day are more than most people enjoy (6 or fewer keep their weight)"
    );
    assert!(
        never.one_line().starts_with("config.toml:5:8: "),
        "{}",
        never.one_line()
    );
    assert!(warnings.iter().all(|one| one.severity == Severity::Warning));
}

/// What of the week from Monday 2026-03-02, 00:00 UTC, is let go.
fn week(text: &str) -> Vec<String> {
    let now: Timestamp = "2026-03-02T00:00:00Z".parse().unwrap();
    let found = advice(&loaded(text), now, &TimeZone::UTC, 1);
    found.into_iter().map(|one| one.message).collect()
}

#[test]
fn times_held_back_are_counted() {
    let three_a_day = "[[reminder]]\nname = \"tea\"\nwhen = \"at 9:00, 10:00 and 12:00\"\n";
    // The defaults do not bind times a person wrote.
    assert_eq!(week(three_a_day), Vec::<String>::new());
    assert_eq!(
        week(&format!("{three_a_day}[pace]\ngap = \"90 min\"")),
        [
            "7 of the next week's 21 times of \"tea\" are within the gap of 1 h 30 min and will be let go"
        ]
    );
    assert_eq!(
        week(&format!("{three_a_day}[pace]\ncap = 1")),
        [
            "14 of the next week's 21 times of \"tea\" are over the cap of 1 a day and will be let go"
        ]
    );
    assert_eq!(
        week(&format!("{three_a_day}[hours]\nsat = \"11:00-13:00\"")),
        [
            "2 of the next week's 21 times of \"tea\" are outside the active hours and will be let go"
        ]
    );
    assert_eq!(
        week(&format!("{three_a_day}[hours]\ndaily = []")),
        [
            "all of the next week's 21 times of \"tea\" are outside the active hours and will be let go"
        ]
    );
    assert_eq!(
        week("[hours]\nmon = []\n[[reminder]]\nname = \"a\"\nwhen = \"mon at 9:00\""),
        ["the next week's only time of \"a\" is outside the active hours and will be let go"]
    );
    // In a planned pause nothing would come anyway.
    assert_eq!(
        week(&format!(
            "{three_a_day}[hours]\nsat = []\n[[pause]]\nwhen = \"sat\""
        )),
        Vec::<String>::new()
    );
}

#[test]
fn one_reminders_times_hold_back_anothers() {
    let two = "[[reminder]]\nname = \"a\"\nwhen = \"at 9:00\"\n[[reminder]]\nname = \"b\"\nwhen = \"mon at 9:30\"\n";
    assert_eq!(
        week(&format!("{two}[pace]\ngap = \"1 h\"")),
        ["the next week's only time of \"b\" is within the gap of 1 h and will be let go"]
    );
}

//! `attuned hours`.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::support::home::Home;
use super::{attuned, settings, types, with_settings};

const TEA: &str = "[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\"\nmessage = \"Tea?\"\n";

#[test]
fn shown_changed_and_taken_back() {
    let home = with_settings("reminder = []\n");
    assert_snapshot!(types(
        &home,
        &[
            "hours",
            "hours weekdays 9:00 to 12:30, 13:30-18:00",
            "hours sat sunday off",
            "hours daily 10:00-20:00",
            "hours daily 10:00-20:00",
            "hours",
            "hours reset weekdays weekends sat sun",
            "hours reset mon",
            "hours reset",
            "hours reset",
        ],
    ));
}

#[test]
fn what_it_means_for_the_prompts_is_told_at_once() {
    let home = with_settings(TEA);
    assert_snapshot!(types(
        &home,
        &["hours daily 9:00-15:00", "hours daily 15:00-18:00"],
    ));
}

#[test]
fn slips() {
    let home = with_settings(TEA);
    assert_snapshot!(types(
        &home,
        &[
            "hours mondy 10:00-12:00",
            "hours someday 10:00-12:00",
            "hours weekdays",
            "hours 10:00-12:00",
            "hours weekdays 9:00-25:00",
            "hours weekdays 9:00",
            "hours weekdays 9:00-12:00 11:00-13:00",
            "hours weekdays 9:00-12:00 12:00-13:00",
            "hours sat 22:00-12:00",
            "hours reset mai",
        ],
    ));
    assert_eq!(settings(&home), TEA);
}

#[test]
fn each_line_has_its_own_key_in_the_file() {
    let home = with_settings("# Mine.\n[hours] # when\ndaily = \"9:00-17:00\" # work\n");
    attuned(&home, &["hours", "daily", "9:00-18:00"]);
    attuned(&home, &["hours", "mon-fri", "9:00-12:00", "13:00-17:00"]);
    attuned(&home, &["hours", "sun", "off"]);
    assert_eq!(
        settings(&home),
        "# Mine.\n[hours] # when\ndaily = \"09:00-18:00\" # work\nweekdays = [\"09:00-12:00\", \"13:00-17:00\"]\nsun = []\n"
    );
    attuned(&home, &["hours", "reset"]);
    assert_eq!(settings(&home), "# Mine.\n[hours] # when\n");
}

#[test]
fn scripts_read_each_day() {
    let read = |home: &Home| -> Value {
        serde_json::from_str(&attuned(home, &["hours", "--json"])).expect("it is JSON")
    };
    let home = Home::without_bus();
    assert_eq!(read(&home)["from"], "built-in");
    attuned(&home, &["hours", "sat", "22:00-01:00"]);
    let day = ["09:00-21:00"];
    assert_eq!(
        read(&home),
        json!({ "from": "yours", "days": {
            "mon": day, "tue": day, "wed": day, "thu": day, "fri": day, "sat": ["22:00-01:00"], "sun": day,
        } })
    );
}

//! `attuned preview` and `attuned why`.

use jiff::ToSpan;
use serde_json::{Value, json};

use super::support::home::Home;
use super::{TEA, attuned, attuned_in, json_of, noon, prints, with_settings};

const NEW: &str =
    "(attuned has not run here yet, so random times and the prompts are but an\nexample.)\n";

#[test]
fn the_days_ahead_with_what_is_held_back() {
    let (zone, now) = noon();
    let tomorrow = now.checked_add(1.day()).unwrap();
    let home = with_settings(&format!(
        "{TEA}[[pause]]\nwhen = \"{}\"\nreason = \"a day off\"\n",
        tomorrow.date()
    ));
    let ran = attuned_in(&zone, &home, &["preview", "--days", "2"]);
    let date = |day: &jiff::Zoned| day.strftime("%A, %-d %B %Y").to_string();
    let expected = format!(
        "The next 2 days, if you are free, nobody answers and nothing changes:\n{NEW}\n{}\n  14:00  tea  A note from you\n\n{}\n  \
         14:00  tea  not shown: paused (a day off)\n",
        date(&now),
        date(&tomorrow)
    );
    assert_eq!(
        (ran.code, ran.out, ran.err),
        (Some(0), expected, String::new())
    );
}

#[test]
fn a_run_of_the_same_reason_is_one_line() {
    let (zone, now) = noon();
    let home = with_settings(&format!(
        "{TEA}[[reminder]]\nname = \"sip\"\nwhen = \"every 2 hours between 13:00 and 18:00\"\nmessage = \"Sip\"\n\
         [[pause]]\nwhen = \"{}\"\nreason = \"a day off\"\n",
        now.date()
    ));
    let ran = attuned_in(&zone, &home, &["why", "today"]);
    let expected = "To come
  13:00–17:00  sip  3 times not shown: paused (a day off)
  14:00        tea  not shown: paused (a day off)
";
    assert!(ran.out.ends_with(expected), "{}{}", ran.out, ran.err);
}

#[test]
fn scripts_read_the_days_ahead() {
    let home = with_settings(TEA);
    let planned = json_of(&home, &["preview", "--days", "3"]);
    let times = json_of(&home, &["when", "daily at 14:00", "--count", "3"])["next"].clone();
    let entry = |at: &Value| json!({ "at": at, "from": "tea", "title": "A note from you", "prompt": null, "held_back": null, "count": 1 });
    let expected: Vec<Value> = times
        .as_array()
        .expect("a list")
        .iter()
        .map(entry)
        .collect();
    assert_eq!(planned, json!(expected));
}

#[test]
fn days_without_anything() {
    let home = with_settings("reminder = []\n");
    let out = prints(&home, &["preview"]);
    assert_eq!(
        out,
        format!(
            "The next 7 days, if you are free, nobody answers and nothing changes:\n{NEW}\n  Nothing is planned.\n"
        )
    );
    for days in ["0", "367", "many"] {
        assert_eq!(
            attuned(&home, &["preview", "--days", days]).code,
            Some(2),
            "{days}"
        );
    }
}

#[test]
fn why_next_tells_what_is_planned_and_what_could_change_it() {
    let (zone, _) = noon();
    let ran = attuned_in(&zone, &with_settings(TEA), &["why", "next"]);
    let expected = "\
A note from you

When    today at 14:00 (in 2 h)
From    the reminder \"tea\" (daily at 14:00)
Note    attuned has not run here yet, so this is but an example

What can still change it:
  - a pause, and an end to one
  - prompts before it: at most 6 in a day, at least 1 h 30 min apart (random
    times, unless you set these)
  - you being busy then: it waits for up to 30 min (attuned doctor tells what
    counts)
  - your answer to a check-in, which steers what fits
  - a computer that sleeps then
  - a change of your settings, your prompts or the time zone
";
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(0), expected, "")
    );
    assert_eq!(
        prints(&with_settings("reminder = []\n"), &["why", "next"]),
        "No prompt will come by itself. What is held back, and why: attuned preview\n--days 30\n"
    );
}

#[test]
fn why_today_before_anything_came() {
    let (zone, now) = noon();
    let home = with_settings(TEA);
    let ran = attuned_in(&zone, &home, &["why", "today"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (
            Some(0),
            "So far\n  Nothing was due yet.\n\nTo come\n  14:00  tea  A note from you\n"
        )
    );
    let ran = attuned_in(&zone, &home, &["why", "today", "--json"]);
    let today: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(today["so_far"], json!([]));
    let at = today["to_come"][0]["at"].as_str().expect("an instant");
    assert!(at.starts_with(&format!("{}T14:00:00", now.date())), "{at}");
}

#[test]
fn why_last_before_anything_came() {
    let home = Home::without_bus();
    assert_eq!(
        prints(&home, &["why"]),
        "No prompt has come yet. The next one: attuned why next\n"
    );
    assert_eq!(json_of(&home, &["why", "last"]), Value::Null);
    assert!(!home.database().exists(), "a look writes nothing");
}

#[test]
fn why_last_tells_where_a_prompt_came_from_and_why_this_one() {
    let (zone, _) = noon();
    let home = with_settings(TEA);
    assert_eq!(
        attuned_in(&zone, &home, &["now", "steady-ground/no-decisions"]).code,
        Some(0)
    );
    let ran = attuned_in(&zone, &home, &["why"]);
    let expected = "\
A minute off
  This minute has no decisions in it. Find the floor, find the door, find a
  sound. Stop anywhere along the way.

When    today at 12:00
From    you asked for one
Prompt  steady-ground/no-decisions
Chosen  asked for by name
Ended   not yet; it is open
";
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(0), expected, "")
    );
    let last = json_of(&home, &["why", "last"]);
    assert_eq!(last["chosen"], "asked for by name");
    assert_eq!(
        last["record"]["card"]["prompt"],
        "steady-ground/no-decisions"
    );
    let ran = attuned_in(&zone, &home, &["why", "today"]);
    let so_far = "So far\n  12:00  asked for  A minute off: open\n";
    assert!(ran.out.starts_with(so_far), "{}", ran.out);
}

#[test]
fn check_and_preview_know_the_same_random_times() {
    let home = Home::without_bus();
    assert_eq!(attuned(&home, &["now"]).code, Some(0));
    // Four days from any hour hold three to five of one a day, and `check` tells five.
    let planned = json_of(&home, &["preview", "--days", "4"]);
    let planned = planned.as_array().expect("a list");
    let reminders = json_of(&home, &["check"])["reminders"].clone();
    let reminders = reminders.as_array().expect("a list");
    assert_eq!(reminders.len(), 2);
    for reminder in reminders {
        let times = planned.iter().filter(|one| one["from"] == reminder["name"]);
        let times: Vec<_> = times.map(|one| one["at"].clone()).collect();
        assert!(times.len() >= 3, "{planned:?}");
        let next = reminder["next"].as_array().expect("a list");
        assert!(next.starts_with(&times), "{next:?} {times:?}");
    }
}

/// Two that come while a third is still open take its place; it was shown all the same.
#[test]
fn what_makes_room_later_is_told_once() {
    let reminder = |name: &str, at: &str| {
        format!("[[reminder]]\nname = \"{name}\"\nwhen = \"daily at {at}\"\nmessage = \"Tea?\"\n")
    };
    let settings =
        reminder("first", "14:00") + &reminder("second", "14:10") + &reminder("third", "14:10");
    let planned = json_of(&with_settings(&settings), &["preview", "--days", "3"]);
    let planned = planned.as_array().expect("a list");
    let not_shown = planned.iter().filter(|one| !one["held_back"].is_null());
    assert!(planned.len() > 6, "{planned:?}");
    assert_eq!(not_shown.count(), 0, "{planned:?}");
}

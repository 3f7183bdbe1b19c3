//! `attuned when`.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::support::home::Home;
use super::{attuned, json_of, prints};

fn next(schedule: &str, zone: &str, after: &str, count: &str) -> Vec<String> {
    let home = Home::without_bus();
    let answer = json_of(
        &home,
        &[
            "when",
            schedule,
            "--timezone",
            zone,
            "--after",
            after,
            "--count",
            count,
        ],
    );
    let times = answer["next"].as_array().expect("a list").iter();
    times
        .map(|time| time.as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn people_read_the_meaning_and_the_next_times() {
    let home = Home::without_bus();
    let friday = ["--after", "2026-03-27T12:00", "--count", "3"];
    assert_eq!(
        prints(
            &home,
            &[&["when", "weekdays at 10:30"], &friday[..]].concat()
        ),
        "at 10:30 on weekdays\n\n  Mon 30 Mar 2026  10:30\n  Tue 31 Mar 2026  10:30\n  Wed  1 Apr 2026  10:30\n"
    );
    // Where the clocks change in between, each time says which side it is on; without quotes is fine too.
    assert_eq!(
        prints(
            &home,
            &[&["when", "daily", "at", "2:30"], &friday[..]].concat()
        ),
        "at 02:30 every day\n\n  Sat 28 Mar 2026  02:30 CET\n  Sun 29 Mar 2026  03:00 CEST\n  \
         Mon 30 Mar 2026  02:30 CEST\n"
    );
}

#[test]
fn scripts_read_exactly_meaning_and_next() {
    let answer = json_of(
        &Home::without_bus(),
        &[
            "when",
            "30 21 * * 1-5",
            "--after",
            "2026-11-27T21:30:00+01:00",
            "--count",
            "1",
        ],
    );
    assert_eq!(
        answer,
        json!({ "meaning": "at 21:30 on weekdays", "next": ["2026-11-30T21:30:00+01:00"] })
    );
}

/// Berlin's clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 back to 02:00 on 25 October.
#[test]
fn clock_changes() {
    let fixed = "30 2 * * *";
    assert_eq!(
        next(fixed, "Europe/Berlin", "2026-03-28T12:00", "2"),
        ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]
    );
    assert_eq!(
        next(fixed, "Europe/Berlin", "2026-10-24T12:00", "2"),
        ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]
    );
    let wildcard = "*/30 * * * *";
    assert_eq!(
        next(wildcard, "Europe/Berlin", "2026-03-29T01:00", "2"),
        ["2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00"]
    );
    assert_eq!(
        next(wildcard, "Europe/Berlin", "2026-10-25T02:30:00+02:00", "3"),
        [
            "2026-10-25T02:00:00+01:00",
            "2026-10-25T02:30:00+01:00",
            "2026-10-25T03:00:00+01:00"
        ]
    );
}

/// 13 October 2026 is a Tuesday; the Fridays around it are 9 and 16. Of that month's odd days, 9 and 23 are Fridays.
#[test]
fn either_day_field_matches_unless_one_starts_with_a_star() {
    let after = "2026-10-05T00:00:00Z";
    assert_eq!(
        next("0 9 13 * 5", "UTC", after, "3"),
        [
            "2026-10-09T09:00:00+00:00",
            "2026-10-13T09:00:00+00:00",
            "2026-10-16T09:00:00+00:00"
        ]
    );
    assert_eq!(
        next("0 9 */2 * 5", "UTC", after, "2"),
        ["2026-10-09T09:00:00+00:00", "2026-10-23T09:00:00+00:00"]
    );
}

#[test]
fn after_is_an_instant_or_a_wall_clock_time_in_the_zone() {
    let noon = "daily at 12:00";
    let expected = ["2026-07-02T12:00:00-04:00"];
    // Strictly after: noon itself is over.
    for after in [
        "2026-07-01T12:00",
        "2026-07-01 12:00:00",
        "2026-07-01T16:00:00Z",
        "2026-07-02",
    ] {
        assert_eq!(
            next(noon, "America/New_York", after, "1"),
            expected,
            "{after}"
        );
    }
    assert_eq!(
        next(noon, "America/New_York", "2026-07-01T15:59:59.5Z", "1"),
        ["2026-07-01T12:00:00-04:00"]
    );
}

#[test]
fn what_never_comes_is_an_empty_list_and_a_warning() {
    let home = Home::without_bus();
    let ran = attuned(&home, &["when", "0 0 30 2 *", "--json"]);
    assert_eq!(ran.code, Some(0));
    let answer: Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(
        answer,
        json!({ "meaning": "at 00:00 on the 30th of February", "next": [] })
    );
    let warning =
        "warning: 30 February never comes\n --> when:1:1\n  |\n1 | 0 0 30 2 *\n  | ^^^^^^^^^^\n\n";
    assert_eq!(ran.err, warning);
    assert_eq!(
        attuned(&home, &["when", "0 0 30 2 *"]).out,
        "at 00:00 on the 30th of February\n\n  This never comes.\n"
    );
}

#[test]
fn what_is_not_understood_is_pointed_at() {
    let ran = attuned(&Home::without_bus(), &["when", "every third tuesday"]);
    let told = "\
error: a schedule has no \"every third …\"
 --> when:1:7
  |
1 | every third tuesday
  |       ^^^^^
  |
  = hint: name the days of the week or the dates, such as mon, wed and fri, or the 1st and 15th
";
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(2), "", told)
    );
}

#[test]
fn wrong_arguments_are_wrong_usage() {
    let home = Home::without_bus();
    let noon = "daily at 12:00";
    for (arguments, fact) in [
        (vec!["when"], "required"),
        (
            vec!["when", noon, "--after", "soon"],
            "write it like 2026-03-28T18:00:00+01:00",
        ),
        (
            vec!["when", noon, "--timezone", "Berlin"],
            "there is no time zone \"Berlin\"; did you mean \"Europe/Berlin\"?",
        ),
        (vec!["when", noon, "--count", "0"], "1..=1000"),
        (vec!["when", ""], "there is no time in this schedule"),
    ] {
        let ran = attuned(&home, &arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.contains(fact), "{}", ran.err);
    }
}

#[test]
fn random_times_are_an_example_that_stays_the_same() {
    let home = Home::without_bus();
    let schedule = "3 times a day between 09:00 and 18:00, at least 90 minutes apart";
    let arguments = ["when", schedule, "--after", "2026-11-23", "--count", "3"];
    let out = prints(&home, &arguments);
    assert_eq!(prints(&home, &arguments), out);
    let note = "  Random times, an example from a fixed seed: each reminder draws its own.\n";
    assert!(out.ends_with(note), "{out}");
    let times = json_of(&home, &arguments)["next"].clone();
    let times: Vec<Timestamp> = serde_json::from_value(times).expect("instants");
    for pair in times.windows(2) {
        assert!(pair[1].duration_since(pair[0]).as_mins() >= 90, "{times:?}");
    }
    let within = "2026-11-23T08:00:00Z".parse().unwrap()..="2026-11-23T17:00:00Z".parse().unwrap();
    assert!(
        times.len() == 3 && times.iter().all(|time| within.contains(time)),
        "{times:?}"
    );
}

use proptest::prelude::*;

use super::*;
use crate::schedule::words::{TimeRange, parse_time_range};

/// Weekdays 09:00 to 17:00, Friday night to 01:00, and no weekend.
fn hours() -> ActiveHours {
    let range = |text: &str| parse_time_range(text).unwrap();
    let mut days: [Vec<TimeRange>; 7] = std::array::from_fn(|_| vec![range("09:00-17:00")]);
    days[4].push(range("22:00-01:00"));
    days[5].clear();
    days[6].clear();
    ActiveHours::new(days).unwrap()
}

fn resolve(text: &str, now: &str, hours: &ActiveHours) -> String {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let until = PauseUntil::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    match until.resolve(now.parse().unwrap(), &zone, hours) {
        Ok(end) => end.display_with_offset(zone.to_offset(end)).to_string(),
        Err(error) => error.message,
    }
}

// 2026-03-02 is a Monday.
#[test]
fn each_form_ends_when_it_says() {
    let monday_morning = "2026-03-02T10:00:00+01:00";
    let cases = [
        ("", "2026-03-03T09:00:00+01:00"),
        ("2h", "2026-03-02T12:00:00+01:00"),
        ("for 1 hour 30 minutes", "2026-03-02T11:30:00+01:00"),
        ("until 17:00", "2026-03-02T17:00:00+01:00"),
        ("until 9:30", "2026-03-03T09:30:00+01:00"),
        ("until 10:00", "2026-03-03T10:00:00+01:00"),
        ("till noon", "2026-03-02T12:00:00+01:00"),
        ("today", "2026-03-03T00:00:00+01:00"),
        ("Workday", "2026-03-02T17:00:00+01:00"),
        ("until tomorrow", "2026-03-03T09:00:00+01:00"),
        ("until tomorrow 7:15", "2026-03-03T07:15:00+01:00"),
        ("until Tomorrow at noon", "2026-03-03T12:00:00+01:00"),
        ("until tue", "2026-03-03T09:00:00+01:00"),
        ("until mon", "2026-03-09T09:00:00+01:00"),
        ("until mon 14:00", "2026-03-02T14:00:00+01:00"),
        ("until mon 9:00", "2026-03-09T09:00:00+01:00"),
        ("until saturday", "2026-03-07T00:00:00+01:00"),
        ("until 2026-12-24", "2026-12-24T09:00:00+01:00"),
        ("until 2026-12-24 14:00", "2026-12-24T14:00:00+01:00"),
        ("until 1 March", "2027-03-01T09:00:00+01:00"),
    ];
    for (text, end) in cases {
        assert_eq!(resolve(text, monday_morning, &hours()), end, "{text}");
    }
}

#[test]
fn friday_night_belongs_to_friday() {
    let half_past_midnight = "2026-03-07T00:30:00+01:00";
    let cases = [
        ("today", "2026-03-07T01:00:00+01:00"),
        ("workday", "2026-03-07T01:00:00+01:00"),
        ("", "2026-03-09T09:00:00+01:00"),
        // Saturday is silent, so it starts at its midnight, which has just passed.
        ("until tomorrow", "2026-03-08T00:00:00+01:00"),
        ("until tomorrow 9:00", "2026-03-07T09:00:00+01:00"),
        ("until sat", "2026-03-14T00:00:00+01:00"),
    ];
    for (text, end) in cases {
        assert_eq!(resolve(text, half_past_midnight, &hours()), end, "{text}");
    }
    assert_eq!(
        resolve("today", "2026-03-06T20:00:00+01:00", &hours()),
        "2026-03-07T01:00:00+01:00"
    );
}

#[test]
fn a_workday_that_is_over_means_the_next() {
    assert_eq!(
        resolve("workday", "2026-03-02T17:00:00+01:00", &hours()),
        "2026-03-03T17:00:00+01:00"
    );
    assert_eq!(
        resolve("workday", "2026-03-07T12:00:00+01:00", &hours()),
        "2026-03-09T17:00:00+01:00"
    );
}

#[test]
fn without_active_hours_days_end_at_midnight() {
    let silent = ActiveHours::default();
    for text in ["", "today", "workday", "until tomorrow", "until tue"] {
        assert_eq!(
            resolve(text, "2026-03-02T10:00:00+01:00", &silent),
            "2026-03-03T00:00:00+01:00",
            "{text}"
        );
    }
}

// In Berlin, 02:00 becomes 03:00 on 2026-03-29, and 03:00 becomes 02:00 on 2026-10-25.
#[test]
fn a_change_of_the_clocks() {
    let silent = ActiveHours::default();
    let cases = [
        (
            "until 2:30",
            "2026-03-29T01:00:00+01:00",
            "2026-03-29T03:00:00+02:00",
        ),
        (
            "2h",
            "2026-03-29T01:30:00+01:00",
            "2026-03-29T04:30:00+02:00",
        ),
        (
            "until 2:30",
            "2026-10-25T01:00:00+02:00",
            "2026-10-25T02:30:00+02:00",
        ),
        (
            "until 2:30",
            "2026-10-25T02:45:00+02:00",
            "2026-10-25T02:30:00+01:00",
        ),
        (
            "until 2:30",
            "2026-10-25T02:45:00+01:00",
            "2026-10-26T02:30:00+01:00",
        ),
        (
            "today",
            "2026-10-25T01:00:00+02:00",
            "2026-10-26T00:00:00+01:00",
        ),
    ];
    for (text, now, end) in cases {
        assert_eq!(resolve(text, now, &silent), end, "{text} at {now}");
    }
}

#[test]
fn what_is_past_or_too_far_is_refused_kindly() {
    let now = "2026-03-02T10:00:00+01:00";
    assert_eq!(
        resolve("until 2026-03-01", now, &hours()),
        "that moment has passed"
    );
    assert_eq!(
        resolve("366 days", now, &hours()),
        "2027-03-03T10:00:00+01:00"
    );
    assert_eq!(
        resolve("367 days", now, &hours()),
        "a pause lasts at most a year"
    );
    assert_eq!(
        resolve("until 2030-01-01", now, &hours()),
        "a pause lasts at most a year"
    );
}

#[test]
fn errors_point_at_the_word_and_help() {
    let cases = [
        (
            "until 25:00",
            "25:00",
            "25:00 is not a time",
            "times go from 0:00 to 23:59",
        ),
        (
            "until mon 25:00",
            "25:00",
            "25:00 is not a time",
            "times go from 0:00 to 23:59",
        ),
        (
            "until frday",
            "frday",
            "\"frday\" is not a day of the week",
            "did you mean \"friday\"?",
        ),
        (
            "until tomorrow 25:00",
            "25:00",
            "25:00 is not a time",
            "times go from 0:00 to 23:59",
        ),
        (
            "until next week",
            "next week",
            "\"next week\" may mean several days",
            "name a day, as in until mon or until 1 March",
        ),
        (
            "until next fri",
            "next fri",
            "\"next fri\" may mean several days",
            "write until fri, which is the one that comes next",
        ),
        (
            "until",
            "",
            "a time is missing",
            "for example 9:00, 5:30 pm or noon",
        ),
        (
            "17:00",
            "17:00",
            "\"17:00\" alone may mean until then, or all of it",
            "write until 17:00",
        ),
        (
            "tomorrow",
            "tomorrow",
            "\"tomorrow\" alone may mean until then, or all of it",
            "write until tomorrow",
        ),
        (
            "mon",
            "mon",
            "\"mon\" alone may mean until then, or all of it",
            "write until mon",
        ),
        (
            "90",
            "90",
            "90 of what?",
            "write a unit: 90 min, or 90 hours",
        ),
        (
            "a while",
            "a while",
            "this is not a time to pause for",
            "for example 2h, until 17:00, today, workday or until mon",
        ),
    ];
    for (text, part, message, hint) in cases {
        let error = PauseUntil::parse(text).expect_err(text);
        assert_eq!(&text[error.span], part, "{text}");
        assert_eq!(
            (error.message.as_str(), error.hint.as_deref()),
            (message, Some(hint)),
            "{text}"
        );
    }
}

#[test]
fn a_slip_of_the_finger_is_mended_where_that_makes_sense() {
    for (text, hint) in [
        ("tody", "did you mean today?"),
        ("untill 17:00 ", "did you mean until 17:00?"),
        ("tomorow", "did you mean until tomorrow?"),
        (
            "Today and more",
            "for example 2h, until 17:00, today, workday or until mon",
        ),
    ] {
        let error = PauseUntil::parse(text).expect_err(text);
        assert_eq!(error.hint.as_deref(), Some(hint), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics_and_every_end_is_to_come(
        text in "(until |for )?.{0,30}|until (tomorrow|mon|fri|sat|2026-03-29|29 february)( [0-2][0-9]:[0-5][0-9])?",
        seconds in 1_700_000_000_i64..2_000_000_000,
    ) {
        let zone = TimeZone::get("Australia/Lord_Howe").unwrap();
        let now = Timestamp::from_second(seconds).unwrap();
        match PauseUntil::parse(&text) {
            Ok(until) => for hours in [hours(), ActiveHours::default()] {
                if let Ok(end) = until.resolve(now, &zone, &hours) {
                    prop_assert!(now < end && end.duration_since(now) <= LONGEST);
                }
            },
            Err(error) => prop_assert!(text.get(error.span).is_some()),
        }
    }
}

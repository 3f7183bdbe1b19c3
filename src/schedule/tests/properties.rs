//! What holds for any text and any schedule.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::SEED;
use crate::schedule::words::{
    describe_duration, parse_date, parse_days, parse_duration, parse_time, parse_time_range,
};
use crate::schedule::{Error, Schedule, Table};

fn check_error(text: &str, error: &Error) {
    assert!(
        text.get(error.span.clone()).is_some(),
        "{text:?}: {error:?}"
    );
    assert!(!error.message.is_empty());
}

fn check_text(text: &str) {
    match Schedule::parse(text) {
        Ok(schedule) => {
            let after = Timestamp::UNIX_EPOCH;
            let next = schedule.next_after(after, &TimeZone::UTC, SEED);
            assert!(next.is_none_or(|next| next.at > after));
            assert!(!schedule.describe().is_empty());
            assert!(
                schedule
                    .warnings()
                    .iter()
                    .all(|warning| !warning.is_empty())
            );
        }
        Err(error) => check_error(text, &error),
    }
    let errors = [
        parse_duration(text).err(),
        parse_time(text).err(),
        parse_time_range(text).err(),
        parse_days(text).err(),
        parse_date(text).err(),
    ];
    for error in errors.into_iter().flatten() {
        check_error(text, &error);
    }
}

/// Words and marks of the grammar, in any order.
fn soup() -> impl Strategy<Value = String> {
    let words = [
        "at",
        "every",
        "each",
        "on",
        "the",
        "between",
        "from",
        "to",
        "and",
        ",",
        "-",
        "–",
        ":",
        ".",
        "/",
        "*",
        "*/5",
        "1-5",
        "@daily",
        "noon",
        "midnight",
        "9",
        "9:00",
        "17:30",
        "24:00",
        "am",
        "pm",
        "once",
        "twice",
        "3 times",
        "times",
        "a",
        "an",
        "day",
        "daily",
        "half",
        "hour",
        "hours",
        "2h",
        "90 minutes",
        "least",
        "apart",
        "random",
        "weekdays",
        "mon",
        "fri",
        "sundays",
        "1st",
        "15th",
        "31st",
        "24",
        "December",
        "feb",
        "of",
        "month",
        "week",
        "other",
        "second",
        "until",
        "0",
        "18446744073709551616",
        "İ",
        "ß",
        "🦀",
        "é",
    ];
    let gap = prop_oneof![4 => Just(" "), 1 => Just("")];
    let word =
        (prop::sample::select(words.to_vec()), gap).prop_map(|(word, gap)| format!("{word}{gap}"));
    prop::collection::vec(word, 0..12).prop_map(|words| words.concat())
}

fn cron_field() -> impl Strategy<Value = String> {
    let number = || (0..=60_u8).prop_map(|n| n.to_string());
    let part = prop_oneof![
        3 => Just("*".to_owned()),
        2 => number(),
        2 => (0..12_u8, 0..50_u8).prop_map(|(a, b)| format!("{a}-{}", a + b)),
        1 => (1..40_u8).prop_map(|n| format!("*/{n}")),
        1 => (0..6_u8, 6..23_u8, 0..9_u8).prop_map(|(a, b, c)| format!("{a}-{b}/{c}")),
        1 => prop::sample::select(vec!["SUN", "mon-FRI", "fri-sun", "jan", "FEB-dec"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 1..3).prop_map(|parts| parts.join(","))
}

fn clock_time() -> impl Strategy<Value = String> {
    (0..24_u8, prop::sample::select(vec![0_u8, 1, 15, 30, 59]))
        .prop_map(|(hour, minute)| format!("{hour}:{minute:02}"))
}

fn table() -> impl Strategy<Value = Table> {
    let day = prop::sample::select(vec![
        "mon", "tue-thu", "weekdays", "weekends", "sun", "fri-mon",
    ]);
    let date = prop::sample::select(vec![
        "the 1st",
        "the 31st",
        "24 December",
        "29 February",
        "2 june",
        "30 February",
    ]);
    let on = prop_oneof![
        prop::collection::vec(day.prop_map(str::to_owned), 0..3),
        prop::collection::vec(date.prop_map(str::to_owned), 1..4),
    ];
    let how = prop_oneof![
        prop::collection::vec(clock_time(), 1..4).prop_map(|at| Table {
            at,
            ..Table::default()
        }),
        (1..1_500_u32).prop_map(|minutes| Table {
            every: Some(format!("{minutes} min")),
            ..Table::default()
        }),
        (1..100_000_u32).prop_map(|seconds| Table {
            every: Some(format!("{seconds} s")),
            ..Table::default()
        }),
        (1..6_i64, 0..90_u32).prop_map(|(times, apart)| Table {
            times: Some(times),
            apart: (apart > 0).then(|| format!("{apart} min")),
            ..Table::default()
        }),
    ];
    let between = prop::option::of([clock_time(), clock_time()]);
    (how, between, on).prop_map(|(how, between, on)| Table { between, on, ..how })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_panics(text in any::<String>()) {
        check_text(&text);
    }

    #[test]
    fn no_soup_of_words_panics(text in soup()) {
        check_text(&text);
    }

    #[test]
    fn no_cron_line_panics(fields in prop::collection::vec(cron_field(), 5..=6)) {
        check_text(&fields.join(" "));
    }

    #[test]
    fn what_is_described_is_the_same_schedule(table in table()) {
        if let Ok(schedule) = Schedule::from_table(&table) {
            let text = schedule.describe();
            let again = Schedule::parse(&text);
            prop_assert_eq!(again.as_ref(), Ok(&schedule), "{}", text);
        }
    }

    #[test]
    fn durations_survive_their_description(seconds in 1..315_000_000_i64) {
        let duration = jiff::SignedDuration::from_secs(seconds);
        prop_assert_eq!(parse_duration(&describe_duration(duration)), Ok(duration));
    }

    #[test]
    fn times_go_on_and_depend_on_nothing_between(
        table in table(),
        after in 0..4_000_000_000_i64,
        zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"]),
    ) {
        let zone = super::zone(zone);
        let Ok(schedule) = Schedule::from_table(&table) else { return Ok(()); };
        let after = Timestamp::from_second(after).unwrap();
        let Some(first) = schedule.next_after(after, &zone, SEED) else { return Ok(()); };
        prop_assert!(first.at > after);
        // From anywhere before it, but not before `after`, the same one is next.
        let half = first.at.duration_since(after) / 2;
        prop_assert_eq!(schedule.next_after(after + half, &zone, SEED), Some(first));
        let just_before = first.at - jiff::SignedDuration::from_nanos(1);
        prop_assert_eq!(schedule.next_after(just_before, &zone, SEED), Some(first));
    }
}

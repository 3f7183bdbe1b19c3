//! Next times where clocks change, at the ends of time, and of unions and random rules.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{SEED, next_in, zone};
use crate::schedule::{Schedule, Seed};

#[test]
fn a_day_that_never_was_comes_at_its_end() {
    // Apia went from 29 December 2011, 24:00 (UTC−10) to 31 December, 00:00 (UTC+14): 10:00 UTC on the 30th.
    assert_eq!(
        next_in("at 10:30", "2011-12-29T21:00:00Z", "Pacific/Apia", 3),
        [
            "2011-12-30T10:00:00Z",
            "2011-12-30T20:30:00Z",
            "2011-12-31T20:30:00Z"
        ]
    );
    assert_eq!(
        next_in("every 12 hours", "2011-12-29T21:00:00Z", "Pacific/Apia", 3),
        [
            "2011-12-29T22:00:00Z",
            "2011-12-30T10:00:00Z",
            "2011-12-30T22:00:00Z"
        ]
    );
}

#[test]
fn half_an_hour_and_two_hours() {
    // Lord Howe, 5 October 2025: 02:00 (UTC+10:30) becomes 02:30 (UTC+11) at 15:30 UTC on the 4th.
    assert_eq!(
        next_in(
            "at 2:10 and 2:40",
            "2025-10-04T15:00:00Z",
            "Australia/Lord_Howe",
            2
        ),
        ["2025-10-04T15:30:00Z", "2025-10-04T15:40:00Z"]
    );
    // Troll, 29 March 2026: 01:00 (UTC+0) becomes 03:00 (UTC+2) at 01:00 UTC.
    assert_eq!(
        next_in(
            "at 1:30 and 2:30",
            "2026-03-29T00:00:00Z",
            "Antarctica/Troll",
            2
        ),
        ["2026-03-29T01:00:00Z", "2026-03-29T23:30:00Z"]
    );
}

#[test]
fn the_planned_wall_clock_time_is_kept() {
    let berlin = zone("Europe/Berlin");
    let after: Timestamp = "2026-03-29T00:30:00Z".parse().unwrap();
    let next = Schedule::parse("at 2:15")
        .unwrap()
        .next_after(after, &berlin, SEED)
        .unwrap();
    assert_eq!(next.local.to_string(), "2026-03-29T02:15:00");
    assert_eq!(next.at.to_string(), "2026-03-29T01:00:00Z");
}

#[test]
fn intervals_follow_the_wall_clock() {
    // Berlin, 29 March 2026: there is no 02:30. 25 October: 02:30 comes twice.
    let half_hours = "every 30 minutes between 1:30 and 3:30";
    assert_eq!(
        next_in(half_hours, "2026-03-29T00:00:00Z", "Europe/Berlin", 4),
        [
            "2026-03-29T00:30:00Z",
            "2026-03-29T01:00:00Z",
            "2026-03-29T01:30:00Z",
            "2026-03-29T23:30:00Z"
        ]
    );
    assert_eq!(
        next_in(half_hours, "2026-10-24T23:00:00Z", "Europe/Berlin", 7),
        [
            "2026-10-24T23:30:00Z",
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:00:00Z",
            "2026-10-25T02:30:00Z",
        ]
    );
}

#[test]
fn the_ends_of_time_are_survived() {
    let berlin = zone("Europe/Berlin");
    for text in [
        "at 9:00",
        "* * * * * *",
        "0 0 29 2 */7",
        "on 29 February at 9:00",
        "every 7 minutes between 22:00 and 21:00",
        "twice a day between 22:00 and 21:00",
    ] {
        let schedule = Schedule::parse(text).unwrap();
        for zone in [&berlin, &TimeZone::UTC] {
            assert_eq!(
                schedule.next_after(Timestamp::MAX, zone, SEED),
                None,
                "{text}"
            );
            let first = schedule.next_after(Timestamp::MIN, zone, SEED).unwrap();
            assert!(first.local.year() < -9950, "{text}: {first:?}");
        }
    }
}

#[test]
fn a_union_comes_whenever_a_part_does() {
    let parts =
        ["at 9:00", "at 9:00 and 10:00", "30 9 * * *"].map(|text| Schedule::parse(text).unwrap());
    let union = Schedule::union(parts.to_vec());
    let mut at: Timestamp = "2026-03-05T00:00:00Z".parse().unwrap();
    let mut found = Vec::new();
    for _ in 0..4 {
        at = union.next_after(at, &TimeZone::UTC, SEED).unwrap().at;
        found.push(at.to_string());
    }
    assert_eq!(
        found,
        [
            "2026-03-05T09:00:00Z",
            "2026-03-05T09:30:00Z",
            "2026-03-05T10:00:00Z",
            "2026-03-06T09:00:00Z"
        ]
    );
    assert_eq!(
        union.describe(),
        "at 09:00 every day; at 09:00 and 10:00 every day; at 09:30 every day"
    );
    let never = Schedule::union(Vec::new());
    assert_eq!(never.next_after(at, &TimeZone::UTC, SEED), None);
    assert_eq!(never.describe(), "never");
}

#[test]
fn random_times_rest_on_salt_name_and_day_alone() {
    let schedule = Schedule::parse("once a day between 9:00 and 18:00").unwrap();
    let draw = |salt, name, after: &str| {
        let after: Timestamp = after.parse().unwrap();
        let seed = Seed { salt, name };
        schedule.next_after(after, &TimeZone::UTC, seed).unwrap().at
    };
    let first = draw(1, "a", "2026-03-05T00:00:00Z");
    assert_eq!(first, draw(1, "a", "2026-03-04T23:00:00Z"));
    assert_eq!(first, draw(1, "a", "2026-03-05T08:59:59Z"));
    assert_ne!(first, draw(2, "a", "2026-03-05T00:00:00Z"));
    assert_ne!(first, draw(1, "b", "2026-03-05T00:00:00Z"));
    // Fixed for ever, as a new version must not move the day's times: FNV-1a of salt, "a" and
    // "2026-03-05 0 1 09:00:00 32400 0 1234567", one SplitMix64 step, times 32 400 s, divided by 2^64; worked out apart from this code.
    assert_eq!(first.to_string(), "2026-03-05T10:08:09Z");
}

#[test]
fn random_rules_of_one_schedule_are_drawn_apart() {
    let once = Schedule::parse("once a day between 9:00 and 18:00").unwrap();
    let times = |schedule: &Schedule| {
        let seed = Seed { salt: 1, name: "a" };
        let mut at: Timestamp = "2026-03-05T00:00:00Z".parse().unwrap();
        let mut times = Vec::new();
        while let Some(next) = schedule
            .next_after(at, &TimeZone::UTC, seed)
            .filter(|next| next.local.date() == jiff::civil::date(2026, 3, 5))
        {
            at = next.at;
            times.push(at.to_string());
        }
        times
    };
    let alone = "2026-03-05T10:08:09Z";
    // By the same reckoning as above, with 1 for the rule's place.
    let second = "2026-03-05T14:27:59Z";
    assert_eq!(times(&once), [alone]);
    let mut both = [alone, second];
    both.sort_unstable();
    assert_eq!(
        times(&Schedule::union(vec![once.clone(), once.clone()])),
        both
    );
    let at = Schedule::parse("at 20:00").unwrap();
    assert_eq!(
        times(&Schedule::union(vec![once, at])),
        [alone, "2026-03-05T20:00:00Z"]
    );
    for other in [
        "twice a day between 9:00 and 18:00",
        "once a day between 9:00 and 18:00 on weekdays",
        "once a day between 9:00 and 18:00 on the 5th",
    ] {
        let other = times(&Schedule::parse(other).unwrap());
        assert!(!other.contains(&alone.to_owned()), "{other:?}");
    }
}

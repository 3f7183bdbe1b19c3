//! Schedules against a second method: walk real time minute by minute, look at the wall clock, and ask of each minute
//! whether the line means it. Around every change of the clocks from 2000 to 2040, in many zones.

mod random;
mod walk;

use attuned::schedule::{Schedule, Seed};
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use walk::{Walk, Wall, changes};

const ZONES: [&str; 22] = [
    "Africa/Cairo",
    "Africa/Casablanca", // negative daylight saving, around Ramadan
    "Africa/El_Aaiun",   // the same
    "America/Asuncion",  // changes at midnight
    "America/Havana",    // changes at midnight and 01:00
    "America/New_York",
    "America/Sao_Paulo",   // no 00:00 on spring days
    "America/St_Johns",    // changes at 00:01 until 2011
    "Antarctica/Troll",    // two hours
    "Asia/Gaza",           // changes around Ramadan, at several hours
    "Asia/Kathmandu",      // +05:45, no changes
    "Asia/Pyongyang",      // half an hour, once each way
    "Asia/Tehran",         // +03:30, changes at midnight
    "Australia/Lord_Howe", // half an hour
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Europe/London",
    "Europe/Moscow",
    "Pacific/Apia",    // no 30 December 2011
    "Pacific/Chatham", // +12:45, changes at 02:45
    "Pacific/Kwajalein",
];

const SEED: Seed<'static> = Seed {
    salt: 20_260_305,
    name: "oracle",
};

/// The rule for changes of the clocks, as crontab(5) describes it.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    /// Skipped times come right after the gap; repeated ones once.
    Fixed,
    /// Skipped times do not come; repeated ones come twice.
    Wildcard,
}

struct Line {
    text: &'static str,
    rule: Rule,
    /// How far from a change it is followed, in hours.
    hours: i64,
    means: fn(&Wall) -> bool,
}

const fn fixed(text: &'static str, means: fn(&Wall) -> bool) -> Line {
    Line {
        text,
        rule: Rule::Fixed,
        hours: 30,
        means,
    }
}

const fn wildcard(text: &'static str, hours: i64, means: fn(&Wall) -> bool) -> Line {
    Line {
        text,
        rule: Rule::Wildcard,
        hours,
        means,
    }
}

const LINES: [Line; 22] = [
    fixed("30 2 * * *", |w| w.is(2, 30)),
    fixed("@daily", |w| w.is(0, 0)),
    fixed("5 0 * * *", |w| w.is(0, 5)),
    fixed("0-59/15 0-3 * * *", |w| w.hour <= 3 && w.minute % 15 == 0),
    fixed("30 1 * * 1-5", |w| w.is(1, 30) && !w.weekend()),
    fixed("45 23 * * SAT-SUN", |w| w.is(23, 45) && w.weekend()),
    fixed("10 3 25 * 0,5", |w| {
        w.is(3, 10) && (w.day == 25 || matches!(w.weekday, Weekday::Sunday | Weekday::Friday))
    }),
    fixed("50 2 */2 * 7", |w| {
        w.is(2, 50) && w.day % 2 == 1 && w.weekday == Weekday::Sunday
    }),
    fixed("at 0:30, 1:30, 2:15, 2:45 and 3:00", |w| {
        w.is(0, 30) || w.is(1, 30) || w.is(2, 15) || w.is(2, 45) || w.is(3, 0)
    }),
    fixed("weekdays at midnight and 1 am", |w| {
        (w.is(0, 0) || w.is(1, 0)) && !w.weekend()
    }),
    fixed("2:30 on saturdays and sundays", |w| {
        w.is(2, 30) && w.weekend()
    }),
    fixed("on the 25th, 26th and 31st at 2:05 am", |w| {
        w.is(2, 5) && matches!(w.day, 25 | 26 | 31)
    }),
    wildcard("* * * * *", 2, |_| true),
    wildcard("*/15 * * * *", 6, |w| w.minute % 15 == 0),
    wildcard("@hourly", 26, |w| w.minute == 0),
    wildcard("*/20 2 * * *", 30, |w| w.hour == 2 && w.minute % 20 == 0),
    wildcard("37 */2 * * *", 30, |w| w.hour % 2 == 0 && w.minute == 37),
    wildcard("* 1 * * 7", 30, |w| {
        w.hour == 1 && w.weekday == Weekday::Sunday
    }),
    wildcard("every 7 minutes", 4, |w| w.minutes % 7 == 0),
    wildcard("every 45 minutes between 0:10 and 4:00", 30, |w| {
        (10..=240).contains(&w.minutes) && (w.minutes - 10) % 45 == 0
    }),
    wildcard(
        "every 40 minutes between 23:00 and 03:00 on fri and sat",
        30,
        |w| {
            let starts = |day| matches!(day, Weekday::Friday | Weekday::Saturday);
            // 03:00 is 240 minutes after 23:00, and the end counts.
            let tonight = w.minutes - 23 * 60;
            let last_night = w.minutes + 60;
            starts(w.weekday) && tonight >= 0 && tonight % 40 == 0
                || starts(w.weekday.previous()) && last_night <= 240 && last_night % 40 == 0
        },
    ),
    wildcard("every 2 hours on weekends", 30, |w| {
        w.weekend() && w.minutes % 120 == 0
    }),
];

/// Every instant at which `line` comes, with its planned wall-clock time.
fn expected(line: &Line, walk: &Walk) -> Vec<(Timestamp, DateTime)> {
    let minutes = match line.rule {
        Rule::Wildcard => &walk.reads,
        Rule::Fixed => &walk.reaches,
    };
    let means = minutes.iter().filter(|(_, wall)| (line.means)(wall));
    let mut found: Vec<_> = means.map(|(at, wall)| (*at, wall.local)).collect();
    found.dedup_by_key(|(at, _)| *at);
    found
}

fn next(schedule: &Schedule, after: Timestamp, zone: &TimeZone) -> Option<(Timestamp, DateTime)> {
    let next = schedule.next_after(after, zone, SEED)?;
    assert!(next.at > after);
    Some((next.at, next.local))
}

fn check_line(line: &Line, schedule: &Schedule, change: Timestamp, walk: &Walk, zone: &TimeZone) {
    let expected = expected(line, walk);
    let reach = SignedDuration::from_hours(line.hours);
    let (first, last) = (
        walk.first.max(change - reach),
        walk.last.min(change + reach),
    );
    let mut after = first;
    let mut found = Vec::new();
    while let Some(next) = next(schedule, after, zone).filter(|(at, _)| *at <= last) {
        found.push(next);
        after = next.0;
    }
    let near = expected.iter().filter(|(at, _)| *at > first && *at <= last);
    assert!(
        found.iter().eq(near),
        "{} around {change}: {found:?}",
        line.text
    );
    // From in between, too: just around the change, and within what it repeats.
    let nanosecond = SignedDuration::from_nanos(1);
    let offsets = [-1, 0, 1, 59, 61, 20 * 60, 50 * 60, -20 * 60, 100 * 60];
    for after in offsets
        .map(|seconds| change + SignedDuration::from_secs(seconds))
        .into_iter()
        .chain([change - nanosecond, change + nanosecond])
    {
        let expected = expected.iter().find(|(at, _)| *at > after).copied();
        let found = next(schedule, after, zone).filter(|(at, _)| *at <= walk.last);
        assert_eq!(found, expected, "{} after {after}", line.text);
    }
}

fn check_zones(zones: &[&str]) {
    let schedules: Vec<Schedule> = LINES
        .iter()
        .map(|line| Schedule::parse(line.text).unwrap())
        .collect();
    for name in zones {
        let zone = TimeZone::get(name).unwrap();
        // A zone without changes is walked as well.
        let mut changes = changes(&zone);
        changes.push("2026-03-29T01:00:00Z".parse().unwrap());
        for change in changes {
            let walk = Walk::around(change, 30, &zone);
            for (line, schedule) in LINES.iter().zip(&schedules) {
                check_line(line, schedule, change, &walk, &zone);
            }
        }
    }
}

#[test]
fn lines_come_when_a_walk_through_time_says_so_west() {
    check_zones(&ZONES[..9]);
}

#[test]
fn lines_come_when_a_walk_through_time_says_so_east() {
    check_zones(&ZONES[9..]);
}

#[test]
fn the_zones_have_the_changes_they_are_here_for() {
    let count = |name: &str| changes(&TimeZone::get(name).unwrap()).len();
    // Two a year, 41 years.
    assert_eq!(count("Europe/Berlin"), 82);
    assert_eq!(count("Asia/Kathmandu"), 0);
    assert_eq!(count("Asia/Pyongyang"), 2);
    // Standard to daylight time and back, and over the date line, until 2021.
    assert!(count("Pacific/Apia") >= 22);
}

#[test]
fn days_of_month_and_week_meet_as_crontab_says() {
    type Means = fn(Date) -> bool;
    let lines: [(&str, Means); 7] = [
        ("0 9 29 2 *", |d| (d.month(), d.day()) == (2, 29)),
        ("0 9 13 * 5", |d| {
            d.day() == 13 || d.weekday() == Weekday::Friday
        }),
        ("0 9 13 * */5", |d| {
            d.day() == 13 && matches!(d.weekday(), Weekday::Friday | Weekday::Sunday)
        }),
        ("0 9 */10 * MON", |d| {
            matches!(d.day(), 1 | 11 | 21 | 31) && d.weekday() == Weekday::Monday
        }),
        ("0 9 1-7 1,DEC TUE", |d| {
            matches!(d.month(), 1 | 12) && (d.day() <= 7 || d.weekday() == Weekday::Tuesday)
        }),
        ("0 9 31 * *", |d| d.day() == 31),
        ("9 am on the 30th, 31st of the month and 29 February", |d| {
            d.day() >= 30 || (d.month(), d.day()) == (2, 29)
        }),
    ];
    let days = || std::iter::successors(Some(jiff::civil::date(2095, 1, 1)), |d| d.tomorrow().ok());
    for (text, means) in lines {
        let schedule = Schedule::parse(text).unwrap();
        let mut after: Timestamp = "2095-01-01T00:00:00Z".parse().unwrap();
        for expected in days().take_while(|d| d.year() < 2106).filter(|d| means(*d)) {
            let found = next(&schedule, after, &TimeZone::UTC).unwrap();
            assert_eq!(found.1, expected.at(9, 0, 0, 0), "{text}");
            after = found.0;
        }
    }
}

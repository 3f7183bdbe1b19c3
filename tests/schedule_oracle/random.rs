//! Random times: how many, how far apart, and how they are spread.

use attuned::schedule::Schedule;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::walk::{Walk, changes, reached};
use super::{ZONES, next};

/// A random line: how many, at least how many minutes apart, between which minutes after midnight (of the next day, above 1440).
struct Draws {
    text: &'static str,
    count: usize,
    apart: i64,
    start: i64,
    end: i64,
}

const DRAWS: [Draws; 3] = [
    Draws {
        text: "4 times a day between 00:30 and 04:30, at least 40 minutes apart",
        count: 4,
        apart: 40,
        start: 30,
        end: 270,
    },
    Draws {
        text: "3 times a day between 22:00 and 03:00, at least 30 min apart",
        count: 3,
        apart: 30,
        start: 1320,
        end: 1620,
    },
    Draws {
        text: "twice a day between 01:30 and 02:30, at least 50 min apart",
        count: 2,
        apart: 50,
        start: 90,
        end: 150,
    },
];

#[test]
fn random_times_keep_number_and_distance_over_changes() {
    let shrunk = std::cell::Cell::new(0);
    for name in ZONES {
        let zone = TimeZone::get(name).unwrap();
        for change in changes(&zone) {
            let walk = Walk::around(change, 56, &zone);
            // The wall clock's days next to the change, whether they come or not.
            let today = zone.to_datetime(change).date();
            for draws in &DRAWS {
                let schedule = Schedule::parse(draws.text).unwrap();
                for days in -1..=0 {
                    let day = today + SignedDuration::from_hours(24 * days);
                    check_day(draws, &schedule, day, &walk, &zone, &shrunk);
                }
            }
        }
    }
    assert!(
        shrunk.get() > 100,
        "the gap shrank on {} days",
        shrunk.get()
    );
}

fn check_day(
    draws: &Draws,
    schedule: &Schedule,
    day: Date,
    walk: &Walk,
    zone: &TimeZone,
    shrunk: &std::cell::Cell<u32>,
) {
    let ends = [draws.start, draws.end];
    let [start, end] = ends.map(|minutes| {
        let local = day.at(0, 0, 0, 0) + SignedDuration::from_mins(minutes);
        reached(local, walk)
    });
    let mut times = Vec::new();
    let mut after = start - SignedDuration::from_nanos(1);
    while let Some((at, local)) = next(schedule, after, zone).filter(|(at, _)| *at <= end) {
        assert_eq!(local, zone.to_datetime(at));
        times.push(at);
        after = at;
    }
    let context = format!("{} on {day} in {zone:?}: {times:?}", draws.text);
    let length = end.duration_since(start).as_secs();
    if length == 0 {
        assert_eq!(times, [], "{context}");
        return;
    }
    assert_eq!(times.len(), draws.count, "{context}");
    let gaps = i64::try_from(draws.count).unwrap() - 1;
    let apart = (draws.apart * 60).min(length / gaps);
    shrunk.set(shrunk.get() + u32::from(apart < draws.apart * 60));
    for pair in times.windows(2) {
        assert!(
            pair[1].duration_since(pair[0]).as_secs() >= apart,
            "{context}"
        );
    }
}

/// Minutes after 9:00 of the random times of `days` days from 2000 on, in UTC.
fn minutes_after_nine(text: &str, days: usize, a_day: usize) -> Vec<f64> {
    let schedule = Schedule::parse(text).unwrap();
    let mut after: Timestamp = "2000-01-01T00:00:00Z".parse().unwrap();
    (0..days * a_day)
        .map(|_| {
            let (at, local) = next(&schedule, after, &TimeZone::UTC).unwrap();
            after = at;
            let nine = local.date().at(9, 0, 0, 0);
            local.duration_since(nine).as_secs_f64() / 60.0
        })
        .collect()
}

#[test]
fn random_times_lie_as_order_statistics_do() {
    const DAYS: usize = 4_000;
    let text = "3 times a day between 09:00 and 18:00, at least 90 minutes apart";
    let minutes = minutes_after_nine(text, DAYS, 3);
    // Three uniforms on the slack of 360 min: the k-th of them is 360·k/4 on average, with a variance of
    // 360²·k(4−k)/(16·5); each comes 90 min further back than the one before.
    let expected = [(90.0, 69.71), (180.0 + 90.0, 80.50), (270.0 + 180.0, 69.71)];
    for (k, (mean, deviation)) in expected.into_iter().enumerate() {
        let sample: Vec<f64> = minutes.iter().skip(k).step_by(3).copied().collect();
        let n = 4_000.0_f64;
        let sample_mean = sample.iter().sum::<f64>() / n;
        let variance = sample
            .iter()
            .map(|x| (x - sample_mean).powi(2))
            .sum::<f64>()
            / (n - 1.0);
        assert!(
            (sample_mean - mean).abs() < 4.0 * deviation / n.sqrt(),
            "{k}: mean {sample_mean}"
        );
        // A standard deviation's own error is about σ/√(2n), less for flat distributions.
        assert!(
            (variance.sqrt() - deviation).abs() < 4.0 * deviation / (2.0 * n).sqrt(),
            "{k}: {variance}"
        );
    }
}

#[test]
fn one_random_time_is_even_over_its_range() {
    const DAYS: usize = 5_400;
    let mut bins = [0_u32; 18];
    for minutes in minutes_after_nine("once a day between 09:00 and 18:00", DAYS, 1) {
        assert!((0.0..540.0).contains(&minutes));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 17"
        )]
        let bin = (minutes / 30.0) as usize;
        bins[bin] += 1;
    }
    let chi_square: f64 = bins
        .iter()
        .map(|n| (f64::from(*n) - 300.0).powi(2) / 300.0)
        .sum();
    // 17 degrees of freedom: 99.9 % lie below 40.8 and above 4.4.
    assert!((4.4..40.8).contains(&chi_square), "{chi_square}: {bins:?}");
}

//! Cron lines; the first are those of crontab(5), with the meaning given there.

use super::{assert_refused, describe, next, next_in};
use crate::schedule::Schedule;

/// A Thursday.
const THURSDAY: &str = "2026-03-05T10:00:00Z";

#[test]
fn examples_of_the_manual() {
    // "run five minutes after midnight, every day"
    assert_eq!(
        next("5 0 * * *", THURSDAY, 2),
        ["2026-03-06 00:05", "2026-03-07 00:05"]
    );
    // "run at 2:15pm on the first of every month"
    assert_eq!(
        next("15 14 1 * *", THURSDAY, 2),
        ["2026-04-01 14:15", "2026-05-01 14:15"]
    );
    // "run at 10 pm on weekdays"
    assert_eq!(
        next("0 22 * * 1-5", THURSDAY, 4),
        [
            "2026-03-05 22:00",
            "2026-03-06 22:00",
            "2026-03-09 22:00",
            "2026-03-10 22:00"
        ]
    );
    // "run 23 minutes after midn, 2am, 4am ..., everyday"
    assert_eq!(
        next("23 0-23/2 * * *", "2026-03-05T21:00:00Z", 3),
        ["2026-03-05 22:23", "2026-03-06 00:23", "2026-03-06 02:23"]
    );
    // "run at 5 after 4 every Sunday"
    assert_eq!(
        next("5 4 * * sun", THURSDAY, 2),
        ["2026-03-08 04:05", "2026-03-15 04:05"]
    );
    // "4:30 am on the 1st and 15th of each month, plus every Friday"
    assert_eq!(
        next("30 4 1,15 * 5", THURSDAY, 4),
        [
            "2026-03-06 04:30",
            "2026-03-13 04:30",
            "2026-03-15 04:30",
            "2026-03-20 04:30"
        ]
    );
}

#[test]
fn seconds_come_first_in_six_fields() {
    assert_eq!(
        next("30 59 23 28 2 *", "2026-02-28T23:59:29Z", 2),
        ["2026-02-28 23:59:30", "2027-02-28 23:59:30"]
    );
    assert_eq!(
        next("*/20 * * * * *", "2026-03-05T10:00:01.5Z", 3),
        [
            "2026-03-05 10:00:20",
            "2026-03-05 10:00:40",
            "2026-03-05 10:01"
        ]
    );
}

#[test]
fn the_next_time_is_strictly_later() {
    assert_eq!(next("0 10 * * *", THURSDAY, 1), ["2026-03-06 10:00"]);
    assert_eq!(
        next("0 10 * * *", "2026-03-05T09:59:59.999999999Z", 1),
        ["2026-03-05 10:00"]
    );
    assert_eq!(
        next("0 10 * * *", "2026-03-05T10:00:00.000000001Z", 1),
        ["2026-03-06 10:00"]
    );
}

#[test]
fn sunday_is_0_and_7() {
    let sundays = ["2026-03-08 09:00", "2026-03-15 09:00"];
    for line in [
        "0 9 * * 0",
        "0 9 * * 7",
        "0 9 * * Sun",
        "0 9 * * 0,7",
        "0 9 * * 7-7",
    ] {
        assert_eq!(next(line, THURSDAY, 2), sundays, "{line}");
    }
    let long_weekend = [
        "2026-03-06 09:00",
        "2026-03-07 09:00",
        "2026-03-08 09:00",
        "2026-03-13 09:00",
    ];
    for line in [
        "0 9 * * FRI-SUN",
        "0 9 * * fri-7",
        "0 9 * * 5-7",
        "0 9 * * 0,5-6",
    ] {
        assert_eq!(next(line, THURSDAY, 4), long_weekend, "{line}");
    }
    assert_eq!(
        next("0 9 * * SUN-MON", THURSDAY, 2),
        ["2026-03-08 09:00", "2026-03-09 09:00"]
    );
}

#[test]
fn both_days_must_match_where_one_starts_with_a_star() {
    // 13 March 2026 is a Friday; the next Friday the 13th is in November.
    assert_eq!(next("0 9 13 * */5", THURSDAY, 1), ["2026-03-13 09:00"]);
    // The 1st, 11th, 21st and 31st, if a Saturday: 21 March, then 11 April.
    assert_eq!(
        next("0 9 */10 * 6", THURSDAY, 2),
        ["2026-03-21 09:00", "2026-04-11 09:00"]
    );
}

#[test]
fn nicknames() {
    assert_eq!(next("@hourly", THURSDAY, 1), ["2026-03-05 11:00"]);
    assert_eq!(next("@daily", THURSDAY, 1), ["2026-03-06 00:00"]);
    assert_eq!(next(" @Midnight ", THURSDAY, 1), ["2026-03-06 00:00"]);
    assert_eq!(next("@weekly", THURSDAY, 1), ["2026-03-08 00:00"]);
    assert_eq!(next("@monthly", THURSDAY, 1), ["2026-04-01 00:00"]);
    assert_eq!(next("@yearly", THURSDAY, 1), ["2027-01-01 00:00"]);
    assert_eq!(next("@annually", THURSDAY, 1), ["2027-01-01 00:00"]);
    assert_refused("@reboot", "@reboot", "@daily");
    assert_refused("@dayly", "@dayly", "did you mean @daily?");
    assert_refused("@every 5m", "@every", "every 5 minutes");
    assert_refused("@daily at 9:00", "at", "every day at 9:00");
}

#[test]
fn backward_ranges_are_refused_with_the_right_ones() {
    assert_refused("0 22-2 * * *", "22-2", "runs backwards write 22-23,0-2");
    assert_refused("0 9 * * 5-1", "5-1", "write 5-6,0-1");
    assert_refused("0 9 * * FRI-MON", "FRI-MON", "write 5-6,0-1");
    assert_refused("50-10 * * * *", "50-10", "write 50-59,0-10");
    assert_refused("0 9 28-1 * *", "28-1", "write 28-31,1");
    assert_refused("0 0 * * 7-2", "7-2", "write 0-2");
    assert_refused("0 0 * * 7-0", "7-0", "write 0");
    assert_refused("0 0 * * 6-0", "6-0", "write 6,0");
    // What the hints say is what was meant.
    assert_eq!(
        next("0 22-23,0-2 * * *", "2026-03-05T22:30:00Z", 2),
        ["2026-03-05 23:00", "2026-03-06 00:00"]
    );
}

/// The numbers from `first` to `last`, counted up and around.
fn around(first: u8, last: u8, lowest: u8, highest: u8) -> Vec<u8> {
    let mut numbers = vec![first];
    let mut at = first;
    while at != last {
        at = if at == highest { lowest } else { at + 1 };
        numbers.push(at);
    }
    numbers
}

#[test]
fn the_hint_for_a_backward_range_is_read_and_meant() {
    for (before, after, lowest, highest, highest_written) in [
        ("0 9 * *", "", 0, 6, 7),
        ("0 9 1", "*", 1, 12, 12),
        ("0", "* * *", 0, 23, 23),
    ] {
        let read = |field: &str| Schedule::parse(&format!("{before} {field} {after}"));
        for first in lowest..=highest_written {
            for last in lowest..first {
                let hint = read(&format!("{first}-{last}")).unwrap_err().hint.unwrap();
                let first = if first > highest { lowest } else { first };
                let list: Vec<String> = around(first, last, lowest, highest)
                    .iter()
                    .map(u8::to_string)
                    .collect();
                assert_eq!(
                    read(hint.strip_prefix("write ").unwrap()),
                    read(&list.join(",")),
                    "{first}-{last}: {hint}"
                );
            }
        }
    }
}

#[test]
fn other_dialects_are_refused() {
    assert_refused("5/15 * * * *", "5/15", "5-59/15");
    assert_refused("0 9 ? * 1", "?", "writes *");
    assert_refused("0 9 L * *", "L", "Quartz");
    assert_refused("0 9 15W * *", "15W", "Quartz");
    assert_refused("0 9 * * 5#2", "5#2", "Quartz");
    assert_refused("0 9 * * MON#2", "MON#2", "# and ? are Quartz's");
    assert_refused("0 9 * * 5L", "5L", "Quartz");
    assert_refused("0 0 9 * * MON 2026", "2026", "year");
    assert_refused("0~59 9 * * *", "0~59", "between");
    assert_refused("0 9 * * monday", "monday", "three letters: mon");
}

#[test]
fn what_is_no_number_is_pointed_at() {
    assert_refused("60 * * * *", "60", "0 to 59");
    assert_refused("0 24 * * *", "24", "24 is not an hour it goes from 0 to 23");
    assert_refused("0 1, * * *", "", "an hour is missing");
    assert_refused("0 x * * *", "x", "\"x\" is not an hour");
    assert_refused("0 9 0 * *", "0", "1 to 31");
    assert_refused("0 9 * 13 *", "13", "1 to 12");
    assert_refused("0 9 * * 8", "8", "0 to 7");
    assert_refused("*/0 * * * *", "0", "1 or more");
    assert_refused("*/x * * * *", "x", "step");
    assert_refused("1,,2 * * * *", "", "missing");
    assert_refused("1- * * * *", "", "missing");
    assert_refused(
        "99999999999999999999 * * * *",
        "99999999999999999999",
        "0 to 59",
    );
    assert_refused("* * *", "", "this has 3");
    assert_refused("0 9 * JAN-XYZ *", "XYZ", "month");
}

#[test]
fn dates_that_never_come_are_warned_about() {
    let warnings = |line: &str| Schedule::parse(line).unwrap().warnings();
    assert_eq!(warnings("0 0 30 2 *"), ["30 February never comes"]);
    assert_eq!(
        warnings("0 0 31 4,6 *"),
        ["31 April and 31 June never come"]
    );
    assert!(next("0 0 30 2 *", THURSDAY, 1).is_empty());
    assert!(next("0 0 31 4,6 *", THURSDAY, 1).is_empty());
    // Not with Mondays beside them.
    assert!(warnings("0 0 30 2 1").is_empty());
    assert_eq!(next("0 0 30 2 1", THURSDAY, 1), ["2027-02-01 00:00"]);
    for line in ["0 0 29 2 *", "0 0 29,30 2 *", "0 0 29 2 */2"] {
        assert_eq!(
            warnings(line),
            ["29 February comes only in leap years"],
            "{line}"
        );
    }
    for line in ["0 0 29 2 1", "0 0 28,29 2 *", "0 0 29 2,3 *", "0 0 31 * *"] {
        assert!(warnings(line).is_empty(), "{line}");
    }
    assert_eq!(
        next("0 0 29 2 *", "2096-03-01T00:00:00Z", 1),
        ["2104-02-29 00:00"]
    );
    assert_eq!(
        warnings("*/70 * * * *"),
        ["the step /70 is wider than its range, so only one minute is left"]
    );
}

#[test]
fn stars_in_minute_or_hour_decide_about_changes_of_the_clocks() {
    // In Berlin, 29 March 2026 goes from 02:00 to 03:00 at 01:00 UTC; 25 October from 03:00 back to 02:00 at 01:00 UTC.
    let spring = |line| next_in(line, "2026-03-29T00:00:00Z", "Europe/Berlin", 2);
    assert_eq!(
        spring("30 2 * * *"),
        ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"]
    );
    assert_eq!(
        spring("*/30 2 * * *"),
        ["2026-03-30T00:00:00Z", "2026-03-30T00:30:00Z"]
    );
    assert_eq!(
        spring("30 */2 * * *"),
        ["2026-03-29T02:30:00Z", "2026-03-29T04:30:00Z"]
    );
    let autumn = |line| next_in(line, "2026-10-24T23:45:00Z", "Europe/Berlin", 3);
    assert_eq!(
        autumn("30 2 * * *"),
        [
            "2026-10-25T00:30:00Z",
            "2026-10-26T01:30:00Z",
            "2026-10-27T01:30:00Z"
        ]
    );
    assert_eq!(
        autumn("*/30 2 * * *"),
        [
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z"
        ]
    );
}

#[test]
fn plain_words() {
    for (line, words) in [
        ("30 21 * * 1-5", "at 21:30 on weekdays"),
        ("0 9,17 * * *", "at 09:00 and 17:00 every day"),
        ("30 0 9 * * 6,0", "at 09:00:30 on weekends"),
        ("* * * * *", "every minute"),
        ("*/15 * * * *", "every 15 min"),
        ("@hourly", "every hour"),
        ("5 * * * *", "at 5 min past every hour"),
        (
            "*/15 9-17 * * mon-fri",
            "every 15 min from 09:00 to 17:45 on weekdays",
        ),
        ("0 9-17 * * *", "every hour from 09:00 to 17:00"),
        ("0 */2 * * *", "every 2 h"),
        ("0 9 1,15 * *", "at 09:00 on the 1st and 15th"),
        ("0 18 24 12 *", "at 18:00 on the 24th of December"),
        ("0 9 13 * 5", "at 09:00 on the 13th, and also on Friday"),
        (
            "0 9 13 * */5",
            "at 09:00 on the 13th, if that is Friday or Sunday",
        ),
        ("0 9 * 6-8 *", "at 09:00 in June, July and August"),
        ("0 9 * 6 1", "at 09:00 on Monday in June"),
        (
            "5,17,40 8-10,20 * * *",
            "at 5, 17 and 40 min past the hours 8 to 10 and 20",
        ),
        ("*/10 * * * * *", "every 10 s"),
        ("* * * * * *", "every second"),
        ("*/30 * * * * *", "every 30 s"),
        (
            "* * 9-17 * * 1-5",
            "every second from 09:00 to 17:59 on weekdays",
        ),
        ("*/30 */5 * * * *", "each 30 s, every 5 min"),
        ("5 * * * * *", "at second 5, every minute"),
    ] {
        assert_eq!(describe(line), words, "{line}");
    }
}

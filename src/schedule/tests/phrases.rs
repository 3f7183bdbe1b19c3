//! Phrases: what they mean, and what is refused.

use super::{assert_refused, describe, next};
use crate::schedule::Schedule;

/// A Thursday.
const THURSDAY: &str = "2026-03-05T10:00:00Z";

/// Texts that mean the same.
fn assert_same(meaning: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(describe(text), meaning, "{text}");
    }
}

#[test]
fn times_and_days_in_many_words() {
    assert_same(
        "at 10:30 on weekdays",
        &[
            "weekdays at 10:30",
            "at 10:30 on weekdays",
            "every weekday at 10:30",
            "10:30 am, weekdays",
            "Each Weekday, at 10:30 a.m.",
            "  mon-fri   10:30 ",
            "monday to friday at 10:30",
            "from Monday through Friday at 10:30",
            "Mondays – Fridays at 10:30",
            "on mon, tue, wed, thu and fri at 10:30",
            "every mon & tue + weds, thurs and on fridays at 10:30",
            "on weekdays once a day at 10:30",
            "workdays 10:30",
            "mon tue wed thu fri at 10:30",
            "Mon/Tue/Wed/Thu/Fri at 10:30",
            "mon tue, wed thu and fri at 10:30",
        ],
    );
    assert_same(
        "at 09:00, 12:00 and 17:30 every day",
        &[
            "at 9, noon and 17:30",
            "daily at 9am, 12 pm and 5:30pm",
            "every day at 17:30, 12:00 and 09:00",
            "at 9:00 and at noon, and at 17:30",
            "3 times a day at 9:00, noon and 17:30",
            "9:00, midday, 17:30 everyday",
        ],
    );
    assert_same(
        "at 00:00 every day",
        &["midnight", "at 0:00", "daily at 12 am", "every 24 hours"],
    );
    assert_same(
        "at 08:00 every day",
        &[
            "daily at 08",
            "every single day at 8:00",
            "all days at 8am",
            "at 8 o'clock am",
        ],
    );
    assert_same(
        "at 20:00 every day",
        &["8 o'clock pm", "at 8 o’clock p.m.", "at 20 o'clock"],
    );
    assert_same("at 09:00 and 17:00 every day", &["at 09 and 17"]);
    assert_same("at 09:00 and 10:00 every day", &["at 09 and 10"]);
    assert_same(
        "at 07:15 on Monday, Wednesday and Friday",
        &[
            "mon wed fri at 7:15",
            "Mon/Wed/Fri at 7:15",
            "every mon wed and fri at 7:15",
        ],
    );
    assert_same(
        "at 08:00 on Monday, Friday, Saturday and Sunday",
        &[
            "fri-mon at 8:00",
            "8am friday to monday",
            "weekends, mondays and fridays at 8:00",
        ],
    );
}

#[test]
fn times_come_when_they_say() {
    assert_eq!(
        next("weekdays at 10:30", THURSDAY, 3),
        ["2026-03-05 10:30", "2026-03-06 10:30", "2026-03-09 10:30"]
    );
    assert_eq!(
        next("saturdays at noon and midnight", THURSDAY, 3),
        ["2026-03-07 00:00", "2026-03-07 12:00", "2026-03-14 00:00"]
    );
}

#[test]
fn dates() {
    assert_eq!(
        next("on the 1st and 15th at 9:00", THURSDAY, 3),
        ["2026-03-15 09:00", "2026-04-01 09:00", "2026-04-15 09:00"]
    );
    assert_eq!(
        next("on 24 December at 18:00", THURSDAY, 2),
        ["2026-12-24 18:00", "2027-12-24 18:00"]
    );
    assert_same(
        "at 18:00 on 24 December and 25 December",
        &[
            "on 24 and 25 December at 18:00",
            "December 24th and 25th, 6 pm",
            "at 18:00 on the 24th and 25th of dec",
            "every 24 December and every 25 December at 18:00",
            "on dec 24 and on dec 25 at 18:00",
        ],
    );
    assert_same(
        "at 09:00 on 1 January, 1 March and 1 June",
        &[
            "9:00 on the 1st of march, june and january",
            "1 June, March 1 and Jan 1st at 9:00",
        ],
    );
    assert_same(
        "at 09:00 on the 1st and 15th of the month",
        &[
            "on the 1st and the 15th of each month at 9:00",
            "1st, 15th at 9:00",
        ],
    );
    assert_eq!(
        next("on 29 February at 9:00", THURSDAY, 1),
        ["2028-02-29 09:00"]
    );
    assert_eq!(
        next("on 29 February at 9:00", "2096-03-01T00:00:00Z", 1),
        ["2104-02-29 09:00"]
    );
}

#[test]
fn unlikely_dates_are_warned_about() {
    let warnings = |text: &str| Schedule::parse(text).unwrap().warnings();
    assert_eq!(
        warnings("on 30 February at 9:00"),
        ["30 February never comes"]
    );
    assert!(next("on 30 February at 9:00", THURSDAY, 1).is_empty());
    assert_eq!(
        warnings("on 29 February at 9:00"),
        ["29 February comes only in leap years"]
    );
    assert_eq!(
        warnings("on the 31st at 9:00"),
        ["the 31st of the month comes only in months that have it"]
    );
    assert!(warnings("on the 28th at 9:00").is_empty());
}

#[test]
fn intervals_start_with_the_window_or_at_midnight() {
    assert_eq!(
        next(
            "every 90 minutes between 09:00 and 17:30 on weekdays",
            "2026-03-06T13:00:00Z",
            4
        ),
        [
            "2026-03-06 13:30",
            "2026-03-06 15:00",
            "2026-03-06 16:30",
            "2026-03-09 09:00"
        ]
    );
    // The window's end counts.
    assert_eq!(
        next("every hour from 9 am to 11 am", THURSDAY, 2),
        ["2026-03-05 11:00", "2026-03-06 09:00"]
    );
    // 7 minutes do not divide a day: 205 · 7 min = 23:55, and then midnight.
    assert_eq!(
        next("every 7 minutes", "2026-03-05T23:50:00Z", 3),
        ["2026-03-05 23:55", "2026-03-06 00:00", "2026-03-06 00:07"]
    );
    // Past midnight, the night belongs to the day it starts on.
    assert_eq!(
        next(
            "every 2 hours between 22:00 and 03:00 on fridays",
            THURSDAY,
            4
        ),
        [
            "2026-03-06 22:00",
            "2026-03-07 00:00",
            "2026-03-07 02:00",
            "2026-03-13 22:00"
        ]
    );
    assert_same(
        "every 30 min between 09:00 and 17:00",
        &[
            "every half hour between 9:00 and 17:00",
            "every half an hour between 9 and 17",
            "every half-hour from 9am to 5pm",
            "9:00-17:00 every thirty minutes",
            "between 9 am – 5 pm, every 30 m",
        ],
    );
    assert_same(
        "every 1 h",
        &[
            "hourly",
            "every hour",
            "each 60 minutes",
            "every hour between 0:00 and 24:00",
        ],
    );
    assert_same(
        "every 1 h 30 min",
        &["every hour and a half", "every 1h30", "every 90 min"],
    );
    assert_same(
        "every 15 min",
        &[
            "every quarter hour",
            "every quarter of an hour",
            "once every 15 minutes",
        ],
    );
    assert_same("every 2 h", &["once every 2 hours", "every 120 min"]);
    assert_same("every 1 h", &["once every hour", "every single hour"]);
    assert_same(
        "every 7 min from midnight",
        &["every 7 minutes", "every seven minutes from midnight"],
    );
    let long = Schedule::parse("every 3 hours between 9:00 and 10:00").unwrap();
    assert_eq!(
        long.warnings(),
        ["only the start of the range is left, as 3 h is longer than 1 h"]
    );
}

#[test]
fn random_times_in_words() {
    assert_same(
        "3 times a day at random between 09:00 and 18:00, at least 1 h 30 min apart",
        &[
            "3 times a day between 09:00 and 18:00, at least 90 minutes apart",
            "three times daily between 9am and 6pm at least 1 hour and 30 minutes apart",
            "between 9:00 and 18:00, 3x a day, with at least an hour and a half apart",
            "90 min apart, 3 times a day, from 9 to 18",
            "3 random times every day between 9:00 and 18:00, at least 1h30 apart",
        ],
    );
    assert_same(
        "once a day at random between 22:00 and 01:00",
        &[
            "once a day between 10 pm and 1 am",
            "once daily, at random between 22:00-01:00",
            "randomly once between 22:00 and 1 am",
        ],
    );
    assert_same(
        "twice a day at random between 10:00 and 12:00 on Saturday",
        &[
            "2 times on saturdays between 10:00 and 12:00",
            "twice each saturday between 10:00 and noon",
        ],
    );
    assert_same(
        "twice a day at random between 10:00 and 24:00 on weekdays",
        &[
            "on weekdays 2 times a day between 10:00 and midnight",
            "twice a weekday between 10:00 and 24:00",
        ],
    );
}

#[test]
fn random_or_not() {
    let random = |text: &str| Schedule::parse(text).unwrap();
    let once = random("once a day between 9:00 and 18:00");
    let at = random("at 9:00");
    assert!(once.is_random());
    assert!(!at.is_random());
    assert!(Schedule::union(vec![once.clone(), once.clone()]).is_random());
    assert!(!Schedule::union(vec![once, at]).is_random());
    assert!(!Schedule::union(Vec::new()).is_random());
}

#[test]
fn a_bare_hour_is_read_only_where_it_is_clear() {
    assert_refused("at 9", "9", "9 am or 9 pm");
    assert_refused("at 9 and 10:30", "9", "9:00");
    assert_refused("at 08 and 9", "9", "9 am or 9 pm");
    assert_refused("every hour between 09 and 5", "5", "5 pm");
    assert_refused("at 8 o'clock", "8 o'clock", "write 8:00");
    assert_refused("every hour between 9 and 5", "9", "9 pm");
    assert_refused("every hour between 9 and 5 pm", "9", "9 am");
    assert_same("at 17:00 every day", &["at 17"]);
    assert_same(
        "every 1 h between 09:00 and 17:00",
        &["every hour between 9 and 17"],
    );
    assert_same(
        "every 1 h between 22:00 and 06:00",
        &["every hour from 22 to 6"],
    );
}

#[test]
fn cycles_that_no_schedule_has_are_refused() {
    assert_refused("every other day at 9:00", "other", "days of the week");
    assert_refused("every second day at 9:00", "second", "the days of the week");
    assert_refused(
        "every third tuesday at 9:00",
        "third",
        "a schedule has no \"every third …\" name the days of the week or the dates, such as mon, wed and fri, or the 1st and 15th",
    );
    assert_refused("every second hour", "second", "every 2 hours");
    assert_refused(
        "first monday of the month at 9:00",
        "first",
        "no \"first monday\" of a month name the day of the week alone, or a date such as the 1st",
    );
    assert_refused("on the first at 9:00", "first", "write the 1st");
    assert_refused(
        "on the second of the month at 9:00",
        "second",
        "write the 2nd",
    );
    assert_refused("every third tuesday at 9:00", "third", "every third");
    assert_refused("every second tuesday at 9:00", "second", "every second");
    assert_refused("every 3rd tuesday at 9:00", "3rd", "on the 3rd");
    assert_refused("biweekly at 9:00", "biweekly", "days of the week");
    assert_refused("2 fridays at 9:00", "2 fridays", "on fridays");
    assert_refused("weekly at 9:00", "weekly", "mondays at 9:00");
    assert_refused("every week at 9:00", "week", "mondays at 9:00");
    assert_refused(
        "every 2 weeks on mondays at 9:00",
        "every 2 weeks",
        "longer than a day",
    );
    assert_refused("every month at 9:00", "month", "on the 1st");
    assert_refused("every 25 hours", "every 25 hours", "longer than a day");
    assert_refused("every 2 days at 9:00", "every 2 days", "longer than a day");
    assert_refused("every 0 minutes", "0 minutes", "longer than nothing");
    assert_refused(
        "3 times a week between 9:00 and 17:00",
        "week",
        "name the days",
    );
    assert_refused(
        "twice an hour between 9:00 and 17:00",
        "hour",
        "every 20 minutes",
    );
    assert_refused("on the last day of the month at 9:00", "last", "28th");
    assert_refused("on the first monday at 9:00", "first", "day of the week");
    assert_refused("every morning at 9:00", "morning", "every day at 8:00");
    assert_refused("every evening", "evening", "every day at 19:00");
    assert_refused("nightly", "nightly", "every day at 22:00");
    assert_refused("daily at lunch", "lunch", "not a time");
    assert_refused("in the morning", "in", "every day at 8:00");
    assert_refused("in 5 minutes", "in", "every 5 min");
    assert_refused("in 2 days", "in", "every day at 9:00");
    assert_refused("at 10:30 in Berlin", "in", "timezone = \"Europe/Berlin\"");
    assert_refused("10:30 in Asia/Tokyo", "in", "timezone = \"Asia/Tokyo\"");
    assert_refused("10:30 Asia/Tokyo", "Asia", "timezone = \"Asia/Tokyo\"");
    assert_refused("10:30 UTC", "UTC", "timezone = \"UTC\"");
    assert_refused("at 9:00 in summer", "in", "months of the year");
    assert_refused("weekday mornings", "mornings", "write the time");
}

#[test]
fn exceptions_and_conditions_are_refused() {
    assert_refused("weekdays except holidays at 9:00", "except", "[[pause]]");
    assert_refused("daily at 9:00 but not on mondays", "but", "[[pause]]");
    assert_refused("at 9:00 until 12:00", "until", "between");
    assert_refused("every hour after 9:00", "after", "between");
    assert_refused("at 9:00 in december", "in", "cron");
    assert_refused("tomorrow at 9:00", "tomorrow", "repeats");
    assert_refused("2026-12-24 at 9:00", "2026-12-24", "leave out the year");
    assert_refused("on 2026-12-24 at 9:00", "2026-12-24", "leave out the year");
    assert_refused("24-26 December at 9:00", "24-26 December", "list the days");
}

#[test]
fn what_is_missing_is_said() {
    assert_refused("", "", "no time");
    assert_refused(" \t ", "", "no time");
    assert_refused("weekdays", "", "weekdays at 10:30");
    assert_refused("between 9:00 and 17:00", "", "how often");
    assert_refused("3 times a day", "3 times a day", "between 9:00 and 18:00");
    assert_refused("between 9:00 and", "", "a time is missing");
    assert_refused("every hour between 9:00", "", "end is missing");
    assert_refused("every 90 min from 9:00 on mondays", "on", "end is missing");
    assert_refused("at", "", "a time is missing");
    assert_refused("every", "", "a duration is missing");
    assert_refused("on", "", "a day is missing");
    assert_refused("mondays to at 9:00", "at", "not a day");
    assert_refused("weekdays at 9:00 and", "and", "missing");
    assert_refused("every 90", "90", "90 min");
    assert_refused("90 minutes", "90 minutes", "every 1 h 30 min");
    assert_refused("on 15 at 9:00", "15", "the 15th");
    assert_refused("december at 9:00", "december", "24 December");
    assert_refused(
        "once a day between 9:00 and 18:00, 1 h",
        "1 h",
        "what this duration is for",
    );
    assert_refused(
        "once a day between 9:00 and 18:00, at least 1 h",
        "",
        "apart",
    );
}

#[test]
fn wrong_times_are_pointed_at() {
    assert_refused("at 25:00", "25:00", "23:59");
    assert_refused("at 9:60", "9:60", "23:59");
    assert_refused("at 13pm", "13pm", "13:00");
    assert_refused("at 0 am", "0 am", "12 am");
    assert_refused("at 9:5", "5", "two digits");
    assert_refused("at 9.30", ".", "colon");
    assert_refused("at 9:30:15", ":", "six fields");
    assert_refused("at 10h30", "10h30", "write 10:30");
    assert_refused("at 10h", "10h", "write 10:00");
    assert_refused("at 1030", "1030", "write 10:30");
    assert_refused("at 830 on mondays", "830", "write 8:30");
    assert_refused("at 2460", "2460", "23:59");
    assert_refused("8 in the morning", "8 in the morning", "write 8:00");
    assert_refused(
        "at 8:30 in the evening",
        "8:30 in the evening",
        "write 20:30",
    );
    assert_refused("24/12 at 9:00", "24/12", "on 24 December");
    assert_refused("on 12/24 at 9:00", "12/24", "on 24 December");
    assert_refused("3/25 at 9:00", "3/25", "on 25 March");
    assert_refused("at 24:00", "24:00", "midnight");
    assert_refused("once a day between 24:00 and 9:00", "24:00", "midnight");
    assert_refused(
        "once a day between 9:00 and 9:00",
        "9:00",
        "00:00 and 24:00",
    );
    assert_refused("on the 32nd at 9:00", "32", "31st");
    assert_refused("every 1.5 hours", "1", "1 h 30 min");
    assert_refused("every 2 parsecs", "parsecs", "not a unit");
    assert_refused(
        "every 99999999999999999999 hours",
        "99999999999999999999 hours",
        "ten years",
    );
}

#[test]
fn parts_that_do_not_go_together_are_refused() {
    assert_refused(
        "at 9:00 every 2 hours",
        "every 2 hours",
        "do not go together",
    );
    assert_refused(
        "at 9:00 between 8:00 and 10:00",
        "between 8:00 and 10:00",
        "given times",
    );
    assert_refused("twice a day at 9:00", "twice a day", "only one time");
    assert_refused(
        "at 9:00, at least 1 h apart",
        "at least 1 h apart",
        "leave this out",
    );
    assert_refused("every hour, 1 h apart", "1 h apart", "leave this out");
    assert_refused("at random at 9:00", "at", "need a number");
    assert_refused(
        "mondays at 9:00 and tuesdays at 10:00",
        "tuesdays",
        "second time",
    );
    assert_refused("on mondays and the 15th at 9:00", "the 15th", "second time");
    assert_refused(
        "5 times a day between 9:00 and 10:00, at least 30 min apart",
        "at least 30 min apart",
        "take 2 h, but the range is 1 h",
    );
    assert_refused(
        "0 times a day between 9:00 and 10:00",
        "0 times a day",
        "between 1 and",
    );
    assert_refused(
        "3 times between 9:00 and 12:00 and 14:00 and 18:00",
        "14:00 and 18:00",
        "a range of times is given a second time",
    );
    assert_refused(
        "3-5 times a day between 9:00 and 18:00",
        "3-5",
        "for example 3 times a day",
    );
    assert_refused(
        "three to five times a day between 9:00 and 18:00",
        "three to five",
        "for example 3 times a day",
    );
    assert_refused(
        "at least 3 times a day between 9:00 and 18:00",
        "at least",
        "the number of times is exact write \"3 times a day\"",
    );
    assert_refused(
        "at most once a day between 9:00 and 18:00",
        "at most",
        "write \"once a day\"",
    );
    // An exact fit is none too tight.
    assert_eq!(
        next(
            "3 times a day between 9:00 and 10:00, at least 30 min apart",
            THURSDAY,
            3
        ),
        ["2026-03-06 09:00", "2026-03-06 09:30", "2026-03-06 10:00"]
    );
}

#[test]
fn slips_of_the_finger_get_a_suggestion() {
    assert_refused("weekdys at 9:00", "weekdys", "did you mean \"weekdays\"?");
    assert_refused("evry day at 9:00", "evry", "did you mean \"every\"?");
    assert_refused("every 5 minuets", "minuets", "units");
    assert_refused(
        "on wendesday at 9:00",
        "wendesday",
        "did you mean \"wednesday\"?",
    );
    assert_refused(
        "on 24 Dezember at 9:00",
        "Dezember",
        "did you mean \"December\"?",
    );
    assert_refused(
        "every 2 hours betwen 9:00 and 17:00",
        "betwen",
        "did you mean \"between\"?",
    );
    assert_refused("weekdays at 10:30 🦀", "🦀", "not understood");
    assert_refused("\"weekdays\" at 10:30", "\"", "not understood");
}

#[test]
fn lists_and_tables_belong_in_the_settings() {
    let hint = "lists and tables go in the settings file; attuned check reads them";
    assert_refused("[\"at 9:00\", \"at 10:00\"]", "[", hint);
    assert_refused("[\"*/5 * * * *\", \"0 * * * *\"]", "[", hint);
    assert_refused("{ every = \"90 min\" }", "{", hint);
}

#[test]
fn long_texts_are_refused() {
    let text = "at 9:00, ".repeat(200);
    let error = Schedule::parse(&text).unwrap_err();
    assert_eq!(error.span, 1_000..text.len());
    assert!(error.message.contains("1000 characters"));
    let cron = format!("{} * * * *", "1,".repeat(600));
    assert_eq!(Schedule::parse(&cron).unwrap_err().span.start, 1_000);
}

//! Durations, times, days and dates by themselves.

use jiff::SignedDuration;
use jiff::civil::{Weekday, date, time};

use crate::schedule::words::{
    CalendarDay, Days, MonthDay, describe_days, describe_duration, parse_date, parse_days,
    parse_duration, parse_time, parse_time_range,
};

#[test]
fn durations() {
    for (text, seconds) in [
        ("90 min", 5_400),
        ("90m", 5_400),
        ("2h", 7_200),
        ("1 hour 30 minutes", 5_400),
        ("1 hour and 30 minutes", 5_400),
        ("1h30", 5_400),
        ("1h 30m", 5_400),
        ("1h30m15s", 5_415),
        ("half an hour", 1_800),
        ("half-hour", 1_800),
        ("a quarter of an hour", 900),
        ("quarter-hour", 900),
        ("an hour", 3_600),
        ("a minute", 60),
        ("an hour and a half", 5_400),
        ("15 s", 15),
        ("2 days", 172_800),
        ("Two Weeks", 1_209_600),
        ("1 day, 2 hours", 93_600),
        ("45-minute", 2_700),
    ] {
        assert_eq!(
            parse_duration(text),
            Ok(SignedDuration::from_secs(seconds)),
            "{text}"
        );
    }
}

#[test]
fn durations_refused() {
    for (text, span, words) in [
        ("90", 0..2, "write a unit: 90 min"),
        ("0 min", 0..5, "longer than nothing"),
        ("", 0..0, "missing"),
        ("soon", 0..4, "not a duration"),
        ("1.5 h", 0..1, "1 h 30 min"),
        ("-5 min", 0..1, "not a duration"),
        ("5 minuets", 2..9, "not a unit"),
        ("30 min 1 hour", 7..13, "large to small"),
        ("1 h 1 h", 4..7, "large to small"),
        ("1 h and", 4..7, "not understood"),
        ("11 years", 3..8, "not a unit"),
        ("4000 days", 0..9, "ten years"),
        ("1h5", 2..3, "not understood"),
    ] {
        let error = parse_duration(text).unwrap_err();
        let said = format!("{} {}", error.message, error.hint.unwrap_or_default());
        assert_eq!(error.span, span, "{text}: {said}");
        assert!(said.contains(words), "{text}: {said}");
    }
}

#[test]
fn durations_in_words() {
    for (seconds, text) in [
        (5_400, "1 h 30 min"),
        (15, "15 s"),
        (86_400, "1 day"),
        (2 * 86_400 + 3_661, "2 days 1 h 1 min 1 s"),
        (0, "0 s"),
        (-5, "0 s"),
    ] {
        assert_eq!(describe_duration(SignedDuration::from_secs(seconds)), text);
    }
}

#[test]
fn times() {
    for (text, hour, minute) in [
        ("9:00", 9, 0),
        ("09:00", 9, 0),
        ("9am", 9, 0),
        ("9:30 pm", 21, 30),
        ("9:30 P.M.", 21, 30),
        ("12 am", 0, 0),
        ("12:15 am", 0, 15),
        ("12 pm", 12, 0),
        ("noon", 12, 0),
        ("midnight", 0, 0),
        ("17", 17, 0),
        ("08", 8, 0),
        ("8 o'clock pm", 20, 0),
        ("17 o’clock", 17, 0),
        ("0", 0, 0),
    ] {
        assert_eq!(parse_time(text), Ok(time(hour, minute, 0, 0)), "{text}");
    }
    for text in [
        "9",
        "12",
        "24:00",
        "25:00",
        "9:60",
        "9:5",
        "9.30",
        "13 pm",
        "0 am",
        "",
        "9:00 x",
        "9:00 10:00",
    ] {
        assert!(parse_time(text).is_err(), "{text}");
    }
}

#[test]
fn ranges_of_times() {
    for (text, start, minutes, shown) in [
        ("09:00-17:30", 9, 510, "09:00-17:30"),
        ("9 am to 5 pm", 9, 480, "09:00-17:00"),
        ("9 – 17", 9, 480, "09:00-17:00"),
        ("09-12", 9, 180, "09:00-12:00"),
        ("22:00-01:00", 22, 180, "22:00-01:00"),
        ("22:00 until midnight", 22, 120, "22:00-24:00"),
        ("00:00-24:00", 0, 1_440, "00:00-24:00"),
    ] {
        let range = parse_time_range(text).unwrap();
        assert_eq!(range.start, time(start, 0, 0, 0), "{text}");
        assert_eq!(range.length, SignedDuration::from_mins(minutes), "{text}");
        assert_eq!(range.to_string(), shown);
        assert_eq!(parse_time_range(shown), Ok(range));
    }
    for text in [
        "9:00",
        "9:00-",
        "9-5",
        "09-5",
        "9:00-9:00",
        "24:00-9:00",
        "9:00-25:00",
        "9:00-10:00-11:00",
    ] {
        assert!(parse_time_range(text).is_err(), "{text}");
    }
}

#[test]
fn days() {
    let weekend = [Weekday::Saturday, Weekday::Sunday].into_iter().collect();
    for (text, days) in [
        ("weekdays", Days::WEEKDAYS),
        ("mon-fri", Days::WEEKDAYS),
        ("on workdays", Days::WEEKDAYS),
        ("sat, sun", weekend),
        ("Weekend", weekend),
        ("saturday to sunday", weekend),
        ("daily", Days::EVERY_DAY),
        ("every day", Days::EVERY_DAY),
        ("mon-sun", Days::EVERY_DAY),
        ("wed.", Weekday::Wednesday.into()),
        ("sat sun", weekend),
        ("Sat/Sun", weekend),
        ("mon tue-thu fri", Days::WEEKDAYS),
        ("every single day", Days::EVERY_DAY),
        ("all days", Days::EVERY_DAY),
    ] {
        assert_eq!(parse_days(text), Ok(days), "{text}");
    }
    let around = parse_days("fri-mon").unwrap();
    let names: Vec<Weekday> = around.iter().collect();
    assert_eq!(
        names,
        [
            Weekday::Monday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday
        ]
    );
    assert_eq!(describe_days(around), "Monday, Friday, Saturday and Sunday");
    assert_eq!(describe_days(weekend), "weekends");
    for text in [
        "",
        "mon-",
        "holidays",
        "weekdays sat",
        "mon and",
        "the 1st",
        "9:00",
    ] {
        assert!(parse_days(text).is_err(), "{text}");
    }
    assert_eq!(parse_days("mon, tusday").unwrap_err().span, 3..4);
    assert_eq!(
        parse_days("tusday").unwrap_err().hint.unwrap(),
        "did you mean \"tuesday\"?"
    );
}

#[test]
fn calendar_days() {
    let christmas_eve = CalendarDay::Yearly(MonthDay {
        month: Some(12),
        day: 24,
    });
    for text in [
        "24 December",
        "Dec 24",
        "the 24th of December",
        "december 24th",
    ] {
        assert_eq!(parse_date(text), Ok(christmas_eve), "{text}");
    }
    let once = CalendarDay::Once(date(2026, 12, 24));
    for text in [
        "2026-12-24",
        "24 December 2026",
        "Dec 24, 2026",
        "24 Dec. 2026",
    ] {
        assert_eq!(parse_date(text), Ok(once), "{text}");
    }
    assert!(once.matches(date(2026, 12, 24)) && !once.matches(date(2027, 12, 24)));
    assert!(
        christmas_eve.matches(date(2027, 12, 24)) && !christmas_eve.matches(date(2027, 12, 25))
    );
    assert!(parse_date("29 February").is_ok());
    for (text, words) in [
        ("30 February", "never comes"),
        ("2027-02-29", "never comes"),
        ("31 June 2026", "never comes"),
        ("2026-13-01", "year-month-day"),
        ("2026-12", "year-month-day"),
        ("24", "not a date"),
        ("the 24th", "one day and its month"),
        ("24 and 25 December", "one day and its month"),
        ("24 Dezember", "not a month"),
        ("someday", "not a date"),
        ("", "missing"),
        ("24 December 2026 2027", "not understood"),
    ] {
        let error = parse_date(text).unwrap_err();
        assert!(error.message.contains(words), "{text}: {error}");
    }
}

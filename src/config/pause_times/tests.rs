use jiff::civil::{Weekday, date, datetime, time};
use proptest::prelude::*;

use super::*;

fn weekly(days: Days, start: Time, minutes: i64) -> PauseTimes {
    PauseTimes::Weekly {
        days,
        start,
        length: SignedDuration::from_mins(minutes),
    }
}

fn yearly((first_month, first): (i8, i8), (last_month, last): (i8, i8)) -> PauseTimes {
    let on = |month, day| MonthDay {
        month: Some(month),
        day,
    };
    PauseTimes::Yearly {
        first: on(first_month, first),
        last: on(last_month, last),
    }
}

fn once(start: DateTime, end: DateTime) -> PauseTimes {
    PauseTimes::Once { start, end }
}

fn read(text: &str) -> PauseTimes {
    PauseTimes::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The part the error points at, its message and its hint.
fn refused(text: &str) -> (String, String, String) {
    let error = PauseTimes::parse(text).expect_err(text);
    (
        text[error.span].to_owned(),
        error.message,
        error.hint.unwrap_or_default(),
    )
}

#[test]
fn days_of_the_week_with_times() {
    let monday = weekly(Weekday::Monday.into(), time(9, 0, 0, 0), 120);
    for text in [
        "mon 09:00-11:00",
        "mon 9:00 - 11:00",
        "Monday from 9:00 to 11:00",
        "every monday at 9 am to 11 am",
    ] {
        assert_eq!(read(text), monday, "{text}");
    }
    // It stays open which half of the day the 9 is in.
    let (part, message, _) = refused("mondays 9-11 am");
    assert_eq!(
        (part.as_str(), message.as_str()),
        ("9", "9 may be in the morning or in the evening")
    );
    assert_eq!(
        read("weekdays 12:00-13:00"),
        weekly(Days::WEEKDAYS, time(12, 0, 0, 0), 60)
    );
    assert_eq!(
        read("mon to fri 12:00-13:00"),
        weekly(Days::WEEKDAYS, time(12, 0, 0, 0), 60)
    );
    assert_eq!(
        read("fri 22:00-01:00"),
        weekly(Weekday::Friday.into(), time(22, 0, 0, 0), 180)
    );
    assert_eq!(
        read("12:00-13:00"),
        weekly(Days::EVERY_DAY, time(12, 0, 0, 0), 60)
    );
}

#[test]
fn what_cannot_be_said_has_a_hint() {
    let refused = |text| {
        let (part, message, hint) = refused(text);
        [part, message, hint]
    };
    for text in ["24-26 December", "24 - 26 December", "24–26 December"] {
        assert_eq!(
            refused(text),
            [
                text,
                "both days need their month",
                "write \"24 December to 26 December\""
            ]
        );
    }
    assert_eq!(
        refused("December 24-26")[2],
        "write \"December 24 to December 26\""
    );
    assert_eq!(
        refused("every other monday 9:00 to 11:00 and more"),
        [
            "every other",
            "a pause has no \"every other …\"",
            "weeks are all alike here; name days of the week, or dates"
        ]
    );
}

#[test]
fn whole_days() {
    let day = 24 * 60;
    assert_eq!(
        read("sat"),
        weekly(Weekday::Saturday.into(), Time::midnight(), day)
    );
    assert_eq!(
        read("weekends"),
        weekly(Days::WEEKENDS, Time::midnight(), day)
    );
    assert_eq!(
        read("2026-12-24"),
        once(
            datetime(2026, 12, 24, 0, 0, 0, 0),
            datetime(2026, 12, 25, 0, 0, 0, 0)
        )
    );
    assert_eq!(read("24 December"), yearly((12, 24), (12, 24)));
}

#[test]
fn stretches_across_days() {
    // From Friday 14:00 to Monday 08:00 are 10 + 24 + 24 + 8 hours.
    let weekend = weekly(Weekday::Friday.into(), time(14, 0, 0, 0), 66 * 60);
    for text in [
        "fri 14:00 - mon 08:00",
        "fri 14:00 to mon 8:00",
        "fri 14:00-mon 08:00",
        "from friday at 14:00 until monday at 8 am",
    ] {
        assert_eq!(read(text), weekend, "{text}");
    }
    // From Friday 14:00 through Sunday are 10 + 24 + 24 hours.
    let to_sunday = weekly(Weekday::Friday.into(), time(14, 0, 0, 0), 58 * 60);
    assert_eq!(read("fri 14:00 to sun"), to_sunday);
    assert_eq!(read("fri 14:00 to sun 24:00"), to_sunday);
    // Backwards within a day is almost a week.
    assert_eq!(
        read("mon 10:00 - mon 09:00"),
        weekly(Weekday::Monday.into(), time(10, 0, 0, 0), (7 * 24 - 1) * 60)
    );
}

#[test]
fn dates_and_ranges_of_them() {
    let holidays = once(
        datetime(2026, 12, 24, 0, 0, 0, 0),
        datetime(2027, 1, 3, 0, 0, 0, 0),
    );
    for text in [
        "2026-12-24 to 2027-01-02",
        "2026-12-24 - 2027-01-02",
        "24 December 2026 until 2 January 2027",
        "2026-12-24–2027-01-02",
    ] {
        assert_eq!(read(text), holidays, "{text}");
    }
    assert_eq!(read("24 December to 2 January"), yearly((12, 24), (1, 2)));
    assert_eq!(
        read("2026-12-24 14:00 to 2026-12-27 09:00"),
        once(
            datetime(2026, 12, 24, 14, 0, 0, 0),
            datetime(2026, 12, 27, 9, 0, 0, 0)
        )
    );
    assert_eq!(
        read("2026-12-24 14:00-16:30"),
        once(
            datetime(2026, 12, 24, 14, 0, 0, 0),
            datetime(2026, 12, 24, 16, 30, 0, 0)
        )
    );
}

#[test]
fn errors_point_at_what_is_wrong() {
    let cases = [
        ("mon 09:00-25:00", "25:00", "25:00 is not a time"),
        ("mon 09:00-09:00", "09:00", "the range ends when it starts"),
        ("mom 09:00-11:00", "mom", "\"mom\" is not a day of the week"),
        ("someday", "someday", "\"someday\" is not a day of the week"),
        ("2026-02-30", "2026-02-30", "30 February never comes"),
        (
            "2027-01-02 to 2026-12-24",
            "2027-01-02 to 2026-12-24",
            "this ends before it starts",
        ),
        (
            "24 December 14:00 to 26 December",
            "24 December 14:00 to 26 December",
            "a date with a time needs its year",
        ),
        (
            "24 December to 2027-01-02",
            "24 December to 2027-01-02",
            "one date has a year and the other has none",
        ),
        (
            "fri 14:00 to 2026-12-24",
            "fri 14:00 to 2026-12-24",
            "one end is a day of the week, the other a date",
        ),
        ("fri 14:00 - mon 26:00", "26:00", "26:00 is not a time"),
        (
            "fri 14:00 - fri 14:00",
            "fri 14:00 - fri 14:00",
            "this ends when it starts",
        ),
        ("", "", "a day is missing"),
    ];
    for (text, part, message) in cases {
        let (found_part, found_message, _) = refused(text);
        assert_eq!(
            (found_part.as_str(), found_message.as_str()),
            (part, message),
            "{text}"
        );
    }
    assert_eq!(refused("frday 09:00-11:00").2, "did you mean \"friday\"?");
}

#[test]
fn a_stretch_is_near_the_dates_it_touches() {
    let spans = |text: &str, on: Date| {
        let on = (on.to_datetime(Time::midnight()), on.at(23, 59, 59, 0));
        let touches = |(start, end): &(DateTime, DateTime)| *start <= on.1 && on.0 < *end;
        read(text)
            .near(on.0.date())
            .into_iter()
            .filter(touches)
            .count()
    };
    assert_eq!(spans("mon 10:00 - mon 09:00", date(2026, 3, 8)), 1);
    assert_eq!(spans("mon 10:00 - mon 09:00", date(2026, 3, 9)), 2);
    assert_eq!(spans("24 December to 2 January", date(2027, 1, 2)), 1);
    assert_eq!(spans("24 December to 2 January", date(2027, 1, 3)), 0);
    assert_eq!(spans("29 February", date(2027, 3, 1)), 0);
    assert_eq!(spans("29 February", date(2028, 2, 29)), 1);
}

proptest! {
    #[test]
    fn no_text_panics_and_errors_stay_inside(text in ".{0,60}") {
        if let Err(error) = PauseTimes::parse(&text) {
            prop_assert!(text.get(error.span).is_some());
        }
    }

    #[test]
    fn nor_does_one_made_of_the_grammar(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "mon", "fri", "weekdays", "to", "-", "–", "until", "from", "at", ",", "and", "2026-12-24", "9999-12-31",
            "24 December", "29 February", "09:00", "24:00", "25:00", "9", "5 pm", "noon", "09:00-11:00", "ü", "-mon",
        ]), 0..8))
    {
        let text = words.join(" ");
        match PauseTimes::parse(&text) {
            Ok(times) => for day in [date(2026, 3, 29), Date::MIN, Date::MAX] {
                prop_assert!(times.near(day).iter().all(|(start, end)| start <= end));
            },
            Err(error) => prop_assert!(text.get(error.span).is_some()),
        }
    }
}

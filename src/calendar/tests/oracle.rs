//! Repeating events by a second method: a walk over every day, each asked on its own whether the rule includes it.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

use super::*;

/// A rule of RFC 5545, as far as people's calendars use them.
#[derive(Debug, Clone)]
struct Asked {
    every: Every,
    interval: i32,
    ends: Ends,
}

#[derive(Debug, Clone)]
enum Every {
    Days,
    /// On these days; weeks begin on Monday.
    Weeks(BTreeSet<i8>),
    /// On the day of the month that this is, from its end where it is below nothing.
    MonthDays(i8),
    /// On the so-manieth weekday, from the end where it is below nothing.
    MonthWeekdays(i8, i8),
    /// On the last working day.
    LastWorkingDay,
    Years,
}

#[derive(Debug, Clone)]
enum Ends {
    Never,
    After(usize),
    On(Date),
}

const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

fn number(weekday: Weekday) -> i8 {
    weekday.to_monday_zero_offset()
}

fn name(day: i8) -> &'static str {
    DAYS[usize::try_from(day).unwrap()]
}

impl Asked {
    fn written(&self) -> String {
        let every = match &self.every {
            Every::Days => "FREQ=DAILY".to_owned(),
            Every::Weeks(days) => {
                let days: Vec<&str> = days.iter().map(|day| name(*day)).collect();
                format!("FREQ=WEEKLY;BYDAY={}", days.join(","))
            }
            Every::MonthDays(day) => format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
            Every::MonthWeekdays(nth, day) => format!("FREQ=MONTHLY;BYDAY={nth}{}", name(*day)),
            Every::LastWorkingDay => "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1".to_owned(),
            Every::Years => "FREQ=YEARLY".to_owned(),
        };
        let ends = match &self.ends {
            Ends::Never => String::new(),
            Ends::After(count) => format!(";COUNT={count}"),
            Ends::On(day) => format!(";UNTIL={}", day.strftime("%Y%m%d")),
        };
        format!("{every};INTERVAL={}{ends}", self.interval)
    }

    fn includes(&self, day: Date, start: Date) -> bool {
        let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        let month_fits = (months(day) - months(start)) % self.interval == 0;
        let length = day.days_in_month();
        match &self.every {
            Every::Days => start.until(day).unwrap().get_days() % self.interval == 0,
            Every::Weeks(days) => {
                let monday = |day: Date| day - jiff::Span::new().days(number(day.weekday()));
                let weeks = monday(start).until(monday(day)).unwrap().get_days() / 7;
                weeks % self.interval == 0 && days.contains(&number(day.weekday()))
            }
            Every::MonthDays(wanted) if *wanted > 0 => month_fits && day.day() == *wanted,
            Every::MonthDays(wanted) => month_fits && day.day() - length - 1 == *wanted,
            Every::MonthWeekdays(nth, wanted) => {
                let place = match nth {
                    1.. => (day.day() - 1) / 7 + 1,
                    _ => -((length - day.day()) / 7 + 1),
                };
                month_fits && place == *nth && number(day.weekday()) == *wanted
            }
            Every::LastWorkingDay => {
                let rest =
                    (day.day() + 1..=length).map(|later| day.with().day(later).build().unwrap());
                let is_working = |day: Date| number(day.weekday()) < 5;
                let mut rest = rest;
                month_fits && is_working(day) && !rest.any(is_working)
            }
            Every::Years => {
                let years = i32::from(day.year()) - i32::from(start.year());
                years % self.interval == 0
                    && (day.month(), day.day()) == (start.month(), start.day())
            }
        }
    }

    /// Every day until `end`, one by one.
    fn walk(&self, start: Date, end: Date) -> Vec<Date> {
        let days = start
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day < end);
        let included = days.filter(|day| self.includes(*day, start));
        match self.ends {
            Ends::Never => included.collect(),
            Ends::After(count) => included.take(count).collect(),
            Ends::On(last) => included.take_while(|day| *day <= last).collect(),
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let every = prop_oneof![
        Just(Every::Days),
        prop::collection::btree_set(0..7i8, 1..4).prop_map(Every::Weeks),
        prop_oneof![1..=31i8, -31..=-1i8].prop_map(Every::MonthDays),
        (prop_oneof![1..=5i8, -4..=-1i8], 0..7i8)
            .prop_map(|(nth, day)| Every::MonthWeekdays(nth, day)),
        Just(Every::LastWorkingDay),
        Just(Every::Years),
    ];
    let ends = prop_oneof![
        Just(Ends::Never),
        (1..400usize).prop_map(Ends::After),
        (0..2_500i32).prop_map(|days| Ends::On(date(2021, 1, 1) + jiff::Span::new().days(days))),
    ];
    (every, 1..5i32, ends).prop_map(|(every, interval, ends)| Asked {
        every,
        interval,
        ends,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// In zones on both sides of the equator, with and without summer time, and one whose clocks change by half an hour.
    #[test]
    fn every_rule_gives_the_days_that_a_walk_finds(
        asked in asked(),
        zone in prop::sample::select(vec![
            "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Tokyo",
        ]),
        first in 0..1_500i32,
        seen in 0..2_500i32,
        time in 0..24 * 4i8,
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let day = |days: i32| date(2021, 1, 1) + jiff::Span::new().days(days);
        // RFC 5545 leaves open what comes of a beginning that the rule does not include.
        let start = day(first).series(jiff::Span::new().days(1)).take(400).find(|day| asked.includes(*day, *day));
        prop_assume!(start.is_some());
        let start = start.unwrap();
        let clock = jiff::civil::time(time / 4, time % 4 * 15, 0, 0);
        let at = |day: Date| day.to_datetime(clock).to_zoned(zone.clone()).unwrap().timestamp();
        let view = View {
            from: at(day(seen)),
            to: at(day(seen + 60)),
            zone: zone.clone(),
            addresses: Vec::new(),
        };
        let length = SignedDuration::from_mins(30);
        let days = asked.walk(start, day(seen + 61));
        let expected = days.into_iter().map(|day| Meeting { start: at(day), end: at(day) + length });
        let is_seen = |meeting: &Meeting| meeting.end > view.from && meeting.start < view.to;
        let mut expected: Vec<Meeting> = expected.filter(is_seen).collect();
        expected.sort();
        let event = format!(
            "DTSTART:{}\nDURATION:PT30M\nRRULE:{}",
            start.to_datetime(clock).strftime("%Y%m%dT%H%M%S"),
            asked.written()
        );
        // The beginning always counts, even where the rule has ended before it.
        let ended = matches!(asked.ends, Ends::On(last) if last < start);
        if ended && is_seen(&Meeting { start: at(start), end: at(start) + length }) {
            expected.push(Meeting { start: at(start), end: at(start) + length });
        }
        let calendar = read(file(&[&event]).as_bytes(), &view);
        prop_assert_eq!(&calendar.findings, &[]);
        prop_assert_eq!(calendar.meetings, expected);
    }
}

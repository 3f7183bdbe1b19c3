//! The calendar search of cron lines, by the `cron` crate. Nothing else knows that crate or chrono.
//!
//! The crate reads Quartz's dialect, has its own ideas about clock changes and ends in 2100. So it is asked only with
//! explicit numbers, on wall-clock times labelled UTC, and about years from 2000 to 2027: those hold all fourteen kinds
//! of year (leap or not, by the weekday of 1 January), and a year's calendar depends on nothing else.

use std::str::FromStr;

use chrono::{Datelike, TimeZone, Timelike, Utc};
use jiff::civil::{Date, DateTime};

/// What a cron line allows, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub seconds: Vec<u8>,
    pub minutes: Vec<u8>,
    pub hours: Vec<u8>,
    pub days: DayFields,
    /// 1 to 12.
    pub months: Vec<u8>,
}

/// The day of the month (1 to 31) and of the week (0, Sunday, to 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DayFields {
    /// A day has to be in both.
    Both { month: Vec<u8>, week: Vec<u8> },
    /// A day has to be in one.
    Either { month: Vec<u8>, week: Vec<u8> },
}

/// A search for wall-clock times.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Calendar {
    /// The earliest of these wins.
    searches: Vec<cron::Schedule>,
}

/// No two occurrences of a date on a weekday are further apart: 29 February on a given one, over a year like 2100.
const YEARS: i16 = 41;

impl Calendar {
    pub fn new(fields: &Fields) -> Calendar {
        let search = |month: &[u8], week: &[u8]| {
            let text = format!(
                "{} {} {} {} {} {}",
                list(&fields.seconds, 0),
                list(&fields.minutes, 0),
                list(&fields.hours, 0),
                list(month, 0),
                list(&fields.months, 0),
                // The crate counts from Sunday = 1.
                list(week, 1),
            );
            cron::Schedule::from_str(&text)
                .expect("lists of numbers in range are read by the crate")
        };
        let searches = match &fields.days {
            DayFields::Both { month, week } => vec![search(month, week)],
            DayFields::Either { month, week } => {
                let all_month: Vec<u8> = (1..=31).collect();
                let all_week: Vec<u8> = (0..=6).collect();
                vec![search(month, &all_week), search(&all_month, week)]
            }
        };
        Calendar { searches }
    }

    /// The first time at or after `from`, a whole second; none where there is none before the end of year 9999.
    pub fn first_from(&self, from: DateTime) -> Option<DateTime> {
        self.searches
            .iter()
            .filter_map(|search| first_from(search, from))
            .min()
    }
}

fn list(numbers: &[u8], add: u8) -> String {
    let texts: Vec<String> = numbers.iter().map(|n| (n + add).to_string()).collect();
    texts.join(",")
}

fn first_from(search: &cron::Schedule, from: DateTime) -> Option<DateTime> {
    (0..YEARS).find_map(|ahead| {
        let year = from.year().checked_add(ahead)?;
        let start = match ahead {
            0 => from,
            _ => Date::new(year, 1, 1)
                .ok()?
                .to_datetime(jiff::civil::Time::midnight()),
        };
        first_in_year(search, start)
    })
}

fn first_in_year(search: &cron::Schedule, from: DateTime) -> Option<DateTime> {
    let like = year_like(from.date());
    let from_there = Utc
        .with_ymd_and_hms(
            like.into(),
            from.month().unsigned_abs().into(),
            from.day().unsigned_abs().into(),
            from.hour().unsigned_abs().into(),
            from.minute().unsigned_abs().into(),
            from.second().unsigned_abs().into(),
        )
        .single()?;
    let found = search
        .after(&(from_there - chrono::TimeDelta::seconds(1)))
        .next()
        .filter(|found| found.year() == i32::from(like))?;
    let field = |number: u32| i8::try_from(number).ok();
    DateTime::new(
        from.year(),
        field(found.month())?,
        field(found.day())?,
        field(found.hour())?,
        field(found.minute())?,
        field(found.second())?,
        0,
    )
    .ok()
}

/// A year from 2000 to 2027 with the calendar of `date`'s year.
fn year_like(date: Date) -> i16 {
    let kind = |date: Date| (date.in_leap_year(), date.first_of_year().weekday());
    (2000..2028)
        .find(|year| kind(jiff::civil::date(*year, 1, 1)) == kind(date))
        .unwrap_or(2000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    #[test]
    fn every_kind_of_year_is_found() {
        for year in 1..=9999 {
            let like = year_like(date(year, 7, 1));
            assert_eq!(
                date(like, 3, 1).weekday(),
                date(year, 3, 1).weekday(),
                "{year}"
            );
            assert_eq!(
                date(like, 12, 31).day_of_year(),
                date(year, 12, 31).day_of_year(),
                "{year}"
            );
        }
    }

    #[test]
    fn the_longest_wait_is_found() {
        let leap_sundays = Calendar::new(&Fields {
            seconds: vec![0],
            minutes: vec![0],
            hours: vec![0],
            days: DayFields::Both {
                month: vec![29],
                week: vec![0],
            },
            months: vec![2],
        });
        // From 2088 to 2096 is eight years; 2100 is no leap year. The widest stretch is 40 years: found by looking at every leap day.
        let mut sundays = (1..=9999)
            .filter(|year| date(*year, 1, 1).in_leap_year())
            .map(|year| date(year, 2, 29))
            .filter(|day| day.weekday() == Weekday::Sunday);
        let mut from = date(1, 1, 1).at(0, 0, 0, 0);
        while let Some(found) = leap_sundays.first_from(from) {
            assert_eq!(Some(found.date()), sundays.next());
            from = found.date().tomorrow().unwrap().at(0, 0, 0, 0);
        }
        assert_eq!(sundays.next(), None);
    }
}

//! Planned pauses in plain words.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use super::{PauseTimes, PlannedPause};
use crate::schedule::words::{Days, MonthDay, TimeRange, describe_days};

/// The longest range of times that is said by its days alone.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

impl PlannedPause {
    /// Each of its times in plain words: "Monday 09:00-11:00", "24 December to 2 January, every year".
    #[must_use]
    pub fn describe(&self) -> Vec<String> {
        self.times.iter().map(PauseTimes::describe).collect()
    }
}

impl PauseTimes {
    fn describe(&self) -> String {
        match self {
            PauseTimes::Weekly {
                days,
                start,
                length,
            } => weekly(*days, *start, *length),
            PauseTimes::Yearly { first, last } if first == last => {
                format!("{}, every year", month_day(*first))
            }
            PauseTimes::Yearly { first, last } => {
                format!("{} to {}, every year", month_day(*first), month_day(*last))
            }
            PauseTimes::Once { start, end } => once(*start, *end),
        }
    }
}

fn weekly(days: Days, start: Time, length: SignedDuration) -> String {
    let range = TimeRange { start, length };
    let on = describe_days(days);
    if range == TimeRange::WHOLE_DAY {
        return format!("{on}, all day");
    }
    if length <= A_DAY {
        return format!("{on} {range}");
    }
    // Longer ones start on one day alone.
    let since_midnight = start.duration_since(Time::midnight()) + length;
    let whole_days = since_midnight.as_hours() / 24;
    let end = start.wrapping_add(length);
    let last = days.iter().next().map(|day| day.wrapping_add(whole_days));
    let last = last.map_or(String::new(), |day| describe_days(day.into()));
    format!("from {on} {} to {last} {}", clock(start), clock(end))
}

fn once(start: DateTime, end: DateTime) -> String {
    if start.time() != Time::midnight() || end.time() != Time::midnight() {
        return format!("{} to {}", moment(start), moment(end));
    }
    match end.date().yesterday() {
        Ok(last) if last != start.date() => format!("{} to {}", date(start.date()), date(last)),
        _ => date(start.date()),
    }
}

fn moment(at: DateTime) -> String {
    format!("{} {}", date(at.date()), clock(at.time()))
}

fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// Of a leap year, which has every day that any year has.
fn month_day(day: MonthDay) -> String {
    let date = day
        .month
        .and_then(|month| Date::new(2000, month, day.day).ok());
    date.map_or(String::new(), |date| date.strftime("%-d %B").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_told() {
        for (text, words) in [
            ("mon 9:00-11:00", "Monday 09:00-11:00"),
            ("weekdays 12:00-13:00", "weekdays 12:00-13:00"),
            ("fri 22:00-01:00", "Friday 22:00-01:00"),
            ("sat", "Saturday, all day"),
            ("fri 14:00 - mon 08:00", "from Friday 14:00 to Monday 08:00"),
            ("sat to sun 18:00", "from Saturday 00:00 to Sunday 18:00"),
            ("2026-12-24", "24 December 2026"),
            (
                "2026-12-24 to 2027-01-02",
                "24 December 2026 to 2 January 2027",
            ),
            (
                "2026-12-24 14:00 to 2026-12-27 09:00",
                "24 December 2026 14:00 to 27 December 2026 09:00",
            ),
            ("29 February", "29 February, every year"),
            (
                "24 December to 2 January",
                "24 December to 2 January, every year",
            ),
        ] {
            let times = PauseTimes::parse(text).unwrap();
            assert_eq!(times.describe(), words, "{text}");
        }
    }
}

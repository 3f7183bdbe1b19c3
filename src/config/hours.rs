//! Active hours: when attuned may speak, for each day of the week.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use super::wall_clock::{end_of, first_instant};
use crate::schedule::words::{Days, TimeRange, describe_days};

/// Ranges of times for each day of the week. One past midnight belongs to the day it starts on. None overlap, and those
/// of one day do not touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActiveHours {
    /// From Monday; each in order.
    days: [Vec<TimeRange>; 7],
}

/// Two ranges that share time, or touch on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// The day the earlier one belongs to.
    pub day: Weekday,
    /// The one that starts first.
    pub earlier: TimeRange,
    /// The one it runs into, on the same day or the next.
    pub later: TimeRange,
}

impl ActiveHours {
    /// Active hours from each day's ranges, Monday first, in any order.
    ///
    /// # Errors
    /// Where ranges overlap, or touch on one day: the first such pair.
    pub fn new(mut days: [Vec<TimeRange>; 7]) -> Result<ActiveHours, Overlap> {
        for ranges in &mut days {
            ranges.sort_by_key(|range| range.start);
        }
        let hours = ActiveHours { days };
        let overlap = Days::EVERY_DAY.iter().find_map(|day| hours.overlap_on(day));
        overlap.map_or(Ok(hours), Err)
    }

    fn overlap_on(&self, day: Weekday) -> Option<Overlap> {
        let ranges = self.ranges_on(day);
        let same_day = first_overlap(ranges);
        let (last, next) = (ranges.last(), self.ranges_on(day.next()).first());
        let next_day = last.zip(next).filter(|(last, next)| {
            let next_start = minutes(**next).0 + 24 * 60;
            minutes(**last).1 > next_start
        });
        let (earlier, later) = same_day.or(next_day.map(|(last, next)| (*last, *next)))?;
        Some(Overlap {
            day,
            earlier,
            later,
        })
    }

    /// The ranges that start on this day of the week, in order.
    #[must_use]
    pub fn ranges_on(&self, day: Weekday) -> &[TimeRange] {
        let index = usize::try_from(day.to_monday_zero_offset()).unwrap_or_default();
        self.days.get(index).map_or(&[], Vec::as_slice)
    }

    /// Whether `local` is in a range.
    #[must_use]
    pub fn is_active(&self, local: DateTime) -> bool {
        self.in_range_of(local.date(), local) || self.in_yesterdays_range(local)
    }

    /// The day `local` counts towards: its date, or the day before while a range of that day runs past midnight.
    #[must_use]
    pub fn day_of(&self, local: DateTime) -> Date {
        match local.date().yesterday() {
            Ok(yesterday) if self.in_yesterdays_range(local) => yesterday,
            _ => local.date(),
        }
    }

    /// The end of the last range that starts on `date`, past midnight where it runs there; none on a silent day.
    #[must_use]
    pub fn end_of_day(&self, date: Date) -> Option<DateTime> {
        let last = *self.ranges_on(date.weekday()).last()?;
        ends_on(date, last).map(|(_, end)| end)
    }

    /// The instant from which nothing counts towards `date` any more: its midnight, or the end of a range that runs past
    /// that; none at the calendar's end.
    #[must_use]
    pub fn day_is_over(&self, date: Date, zone: &TimeZone) -> Option<Timestamp> {
        let midnight = end_of(date)?;
        let last_range = self.end_of_day(date);
        first_instant(last_range.map_or(midnight, |end| end.max(midnight)), zone)
    }

    /// The start of the first range on `date`; none on a silent day.
    #[must_use]
    pub fn start_of_day(&self, date: Date) -> Option<DateTime> {
        let first = self.ranges_on(date.weekday()).first()?;
        Some(date.to_datetime(first.start))
    }

    /// The start of the first range on a day after the one `local` counts towards; none where every day is silent.
    #[must_use]
    pub fn next_start_on_later_date(&self, local: DateTime) -> Option<DateTime> {
        days_after(self.day_of(local)).find_map(|date| self.start_of_day(date))
    }

    /// Each group of days with the same ranges, in plain words: "weekdays 09:00-12:30 and 13:30-18:00", "weekends silent".
    #[must_use]
    pub fn describe(&self) -> Vec<String> {
        let mut groups: Vec<(Days, &[TimeRange])> = Vec::new();
        for day in Days::EVERY_DAY.iter() {
            let ranges = self.ranges_on(day);
            match groups.iter_mut().find(|(_, same)| *same == ranges) {
                Some((days, _)) => *days = *days | day.into(),
                None => groups.push((day.into(), ranges)),
            }
        }
        groups
            .into_iter()
            .map(|(days, ranges)| format!("{} {}", describe_days(days), describe_ranges(ranges)))
            .collect()
    }

    fn in_yesterdays_range(&self, local: DateTime) -> bool {
        let yesterday = local.date().yesterday();
        yesterday.is_ok_and(|yesterday| self.in_range_of(yesterday, local))
    }

    /// Whether `local` is in a range that starts on `date`.
    fn in_range_of(&self, date: Date, local: DateTime) -> bool {
        self.ranges_on(date.weekday())
            .iter()
            .filter_map(|range| ends_on(date, *range))
            .any(|(start, end)| start <= local && local < end)
    }
}

/// The eight days after `date`: each day of the week, and the first of them once more.
pub(super) fn days_after(date: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(date.tomorrow().ok(), |date| date.tomorrow().ok()).take(8)
}

/// Two neighbours that overlap or touch, in ranges sorted by their start.
pub(super) fn first_overlap(sorted: &[TimeRange]) -> Option<(TimeRange, TimeRange)> {
    let touching = |pair: &&[TimeRange]| minutes(pair[0]).1 >= minutes(pair[1]).0;
    sorted
        .windows(2)
        .find(touching)
        .map(|pair| (pair[0], pair[1]))
}

/// What is wrong with two ranges of one day that overlap or touch, the earlier one first, and what to do; none where
/// nothing is.
#[must_use]
pub fn clash(earlier: TimeRange, later: TimeRange) -> Option<(String, &'static str)> {
    let (end, start) = (minutes(earlier).1, minutes(later).0);
    let how = match end.cmp(&start) {
        Ordering::Less => return None,
        Ordering::Equal => "have no time between them",
        Ordering::Greater => "overlap",
    };
    let fact = format!("{earlier} and {later} {how}");
    Some((fact, "write them as one range"))
}

/// Start and end in minutes after the midnight before the start.
pub(super) fn minutes(range: TimeRange) -> (i64, i64) {
    let start = i64::from(range.start.hour()) * 60 + i64::from(range.start.minute());
    (start, start + range.length.as_mins())
}

/// Where the range lies on `date`; none at the calendar's end.
pub(super) fn ends_on(date: Date, range: TimeRange) -> Option<(DateTime, DateTime)> {
    let start = date.to_datetime(range.start);
    Some((start, start.checked_add(range.length).ok()?))
}

fn describe_ranges(ranges: &[TimeRange]) -> String {
    let words: Vec<String> = ranges.iter().map(TimeRange::to_string).collect();
    match words.split_last() {
        None => "silent".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;
    use crate::schedule::words::parse_time_range;

    fn ranges(texts: &[&str]) -> Vec<TimeRange> {
        texts
            .iter()
            .map(|text| parse_time_range(text).unwrap())
            .collect()
    }

    /// Weekdays 09:00 to 18:00 with a break, Friday night past midnight, Saturday silent, all of Sunday.
    fn hours() -> ActiveHours {
        let weekday = ranges(&["13:30-18:00", "09:00-12:30"]);
        let mut days: [Vec<TimeRange>; 7] = std::array::from_fn(|_| weekday.clone());
        days[4].push(parse_time_range("22:00-01:00").unwrap());
        days[5].clear();
        days[6] = ranges(&["00:00-24:00"]);
        ActiveHours::new(days).unwrap()
    }

    // 2026-03-02 is a Monday.
    #[test]
    fn start_counts_and_end_does_not() {
        let cases = [
            (datetime(2026, 3, 2, 8, 59, 59, 0), false),
            (datetime(2026, 3, 2, 9, 0, 0, 0), true),
            (datetime(2026, 3, 2, 12, 29, 59, 0), true),
            (datetime(2026, 3, 2, 12, 30, 0, 0), false),
            (datetime(2026, 3, 2, 13, 30, 0, 0), true),
            (datetime(2026, 3, 6, 23, 59, 0, 0), true),
            (datetime(2026, 3, 7, 0, 59, 0, 0), true),
            (datetime(2026, 3, 7, 1, 0, 0, 0), false),
            (datetime(2026, 3, 7, 23, 59, 59, 0), false),
            (datetime(2026, 3, 8, 0, 0, 0, 0), true),
            (datetime(2026, 3, 8, 23, 59, 59, 0), true),
            (datetime(2026, 3, 9, 0, 0, 0, 0), false),
        ];
        for (local, active) in cases {
            assert_eq!(hours().is_active(local), active, "{local}");
        }
    }

    #[test]
    fn a_range_past_midnight_belongs_to_the_day_it_starts_on() {
        let hours = hours();
        let friday = date(2026, 3, 6);
        assert_eq!(hours.day_of(friday.at(23, 0, 0, 0)), friday);
        assert_eq!(hours.day_of(datetime(2026, 3, 7, 0, 30, 0, 0)), friday);
        assert_eq!(
            hours.day_of(datetime(2026, 3, 7, 1, 0, 0, 0)),
            date(2026, 3, 7)
        );
        assert_eq!(
            hours.end_of_day(friday),
            Some(datetime(2026, 3, 7, 1, 0, 0, 0))
        );
        assert_eq!(hours.end_of_day(date(2026, 3, 7)), None);
        assert_eq!(
            hours.end_of_day(date(2026, 3, 8)),
            Some(datetime(2026, 3, 9, 0, 0, 0, 0))
        );
    }

    #[test]
    fn a_day_is_over_at_midnight_or_after_its_last_range() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        // Thursday, Friday and its night, silent Saturday; the day before summer time begins.
        for (day, over) in [
            (date(2026, 3, 5), "2026-03-06T00:00:00+01:00"),
            (date(2026, 3, 6), "2026-03-07T01:00:00+01:00"),
            (date(2026, 3, 7), "2026-03-08T00:00:00+01:00"),
            (date(2026, 3, 29), "2026-03-30T00:00:00+02:00"),
        ] {
            let over: Timestamp = over.parse().unwrap();
            assert_eq!(hours().day_is_over(day, &berlin), Some(over), "{day}");
            let at = |instant: Timestamp| hours().day_of(berlin.to_datetime(instant));
            let just_before = over - jiff::SignedDuration::from_nanos(1);
            assert_eq!((at(just_before), at(over) > day), (day, true), "{day}");
        }
        assert_eq!(hours().day_is_over(Date::MAX, &berlin), None);
    }

    #[test]
    fn the_next_start_is_on_a_later_day() {
        let hours = hours();
        let next = |local| hours.next_start_on_later_date(local).unwrap();
        assert_eq!(
            next(datetime(2026, 3, 2, 7, 0, 0, 0)),
            datetime(2026, 3, 3, 9, 0, 0, 0)
        );
        // Friday night, before and after midnight: Saturday is silent, Sunday starts at midnight.
        assert_eq!(
            next(datetime(2026, 3, 6, 23, 0, 0, 0)),
            datetime(2026, 3, 8, 0, 0, 0, 0)
        );
        assert_eq!(
            next(datetime(2026, 3, 7, 0, 30, 0, 0)),
            datetime(2026, 3, 8, 0, 0, 0, 0)
        );
        assert_eq!(
            ActiveHours::default().next_start_on_later_date(datetime(2026, 3, 2, 7, 0, 0, 0)),
            None
        );
    }

    #[test]
    fn one_active_day_a_week_comes_again_in_seven_days() {
        let mut days: [Vec<TimeRange>; 7] = Default::default();
        days[2] = ranges(&["10:00-11:00"]);
        let hours = ActiveHours::new(days).unwrap();
        let wednesday = datetime(2026, 3, 4, 9, 0, 0, 0);
        assert_eq!(
            hours.next_start_on_later_date(wednesday),
            Some(datetime(2026, 3, 11, 10, 0, 0, 0))
        );
    }

    #[test]
    fn overlaps_are_found_on_one_day_and_into_the_next() {
        let refused = |day: usize, texts: &[&str], next: &[&str]| {
            let mut days: [Vec<TimeRange>; 7] = Default::default();
            days[day] = ranges(texts);
            days[(day + 1) % 7] = ranges(next);
            ActiveHours::new(days)
                .err()
                .map(|overlap| format!("{:?} {} {}", overlap.day, overlap.earlier, overlap.later))
        };
        let found = Some("Monday 09:00-12:00 11:00-13:00".to_owned());
        assert_eq!(refused(0, &["11:00-13:00", "09:00-12:00"], &[]), found);
        let touching = Some("Monday 09:00-12:00 12:00-13:00".to_owned());
        assert_eq!(refused(0, &["09:00-12:00", "12:00-13:00"], &[]), touching);
        let next_day = Some("Sunday 22:00-02:00 01:00-03:00".to_owned());
        assert_eq!(refused(6, &["22:00-02:00"], &["01:00-03:00"]), next_day);
        assert_eq!(refused(6, &["22:00-02:00"], &["02:00-03:00"]), None);
        assert_eq!(refused(0, &["00:00-24:00"], &["00:00-24:00"]), None);
    }

    #[test]
    fn days_alike_are_described_together() {
        assert_eq!(
            hours().describe(),
            [
                "Monday, Tuesday, Wednesday and Thursday 09:00-12:30 and 13:30-18:00",
                "Friday 09:00-12:30, 13:30-18:00 and 22:00-01:00",
                "Saturday silent",
                "Sunday 00:00-24:00",
            ]
        );
    }
}

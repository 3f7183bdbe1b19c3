//! One rule of a schedule, and its next time.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::crontab::Crontab;
use super::dates::MonthDay;
use super::random::{SplitMix64, spread};
use super::wall_clock::{Change, first_instant};
use super::words::{Days, TimeRange};
use super::{Occurrence, Seed};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule {
    Cron(Crontab),
    At {
        /// In order, each once.
        times: Vec<Time>,
        days: DayRule,
    },
    Every {
        /// Whole seconds, below a day.
        step: SignedDuration,
        /// None for the whole day.
        window: Option<TimeRange>,
        days: DayRule,
    },
    Random {
        count: u32,
        window: TimeRange,
        /// Whole seconds; zero where it does not matter.
        apart: SignedDuration,
        days: DayRule,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DayRule {
    Week(Days),
    /// In order, each once.
    Dates(Vec<MonthDay>),
}

impl DayRule {
    /// The days of either; none where one is days of the week and the other dates.
    pub fn and(self, other: DayRule) -> Option<DayRule> {
        match (self, other) {
            (DayRule::Week(a), DayRule::Week(b)) => Some(DayRule::Week(a | b)),
            (DayRule::Dates(mut dates), DayRule::Dates(more)) => {
                dates.extend(more);
                dates.sort_unstable();
                dates.dedup();
                Some(DayRule::Dates(dates))
            }
            _ => None,
        }
    }

    fn matches(&self, date: Date) -> bool {
        match self {
            DayRule::Week(days) => days.contains(date.weekday()),
            DayRule::Dates(dates) => dates.iter().any(|day| day.matches(date)),
        }
    }

    /// The same text for the same days, for ever.
    fn key(&self) -> String {
        match self {
            DayRule::Week(days) => days
                .iter()
                .map(|day| day.to_monday_one_offset().to_string())
                .collect(),
            DayRule::Dates(dates) => dates
                .iter()
                .map(|date| format!("{}-{}", date.month.unwrap_or(0), date.day))
                .collect::<Vec<_>>()
                .join(","),
        }
    }

    /// The matching days from `first` on. Eight years hold every date that comes at all, even 29 February.
    fn from(&self, first: Date) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(first), |date| date.tomorrow().ok())
            .take(8 * 366 + 3)
            .filter(|date| self.matches(*date))
    }
}

/// Where the range lies on `date`.
fn ends_on(date: Date, range: TimeRange) -> Option<(DateTime, DateTime)> {
    let start = date.to_datetime(range.start);
    Some((start, start.checked_add(range.length).ok()?))
}

impl Rule {
    /// The first occurrence strictly after `after`; `index` is the rule's place in its schedule.
    pub fn next_after(
        &self,
        after: Timestamp,
        zone: &TimeZone,
        seed: Seed<'_>,
        index: usize,
    ) -> Option<Occurrence> {
        match self {
            Rule::Cron(cron) => cron
                .change()
                .next_after(after, zone, |from| cron.first_from(from)),
            Rule::At { times, days } => {
                Change::Fixed.next_after(after, zone, |from| first_at(times, days, from))
            }
            Rule::Every { step, window, days } => {
                Change::Wildcard.next_after(after, zone, |from| {
                    first_interval(*step, *window, days, from)
                })
            }
            Rule::Random {
                count,
                window,
                apart,
                days,
            } => {
                // With the place in the key, two rules on one day are drawn apart, and one added at the end moves none.
                let key = format!(
                    "{index} {count} {} {} {} {}",
                    window.start,
                    window.length.as_secs(),
                    apart.as_secs(),
                    days.key()
                );
                let today = zone.to_datetime(after).date();
                let yesterday = today.yesterday().unwrap_or(today);
                days.from(yesterday).find_map(|date| {
                    let draw = seed.draw(&format!("{date} {key}"));
                    draws(*count, *window, *apart, date, zone, draw)?
                        .into_iter()
                        .find(|at| *at > after)
                        .map(|at| Occurrence {
                            at,
                            local: zone.to_datetime(at),
                        })
                })
            }
        }
    }
}

fn first_at(times: &[Time], days: &DayRule, from: DateTime) -> Option<DateTime> {
    days.from(from.date()).find_map(|date| {
        times
            .iter()
            .map(|time| date.to_datetime(*time))
            .find(|local| *local >= from)
    })
}

/// Intervals start anew with each day's window; a window's end counts, a whole day's end is the next day's start.
fn first_interval(
    step: SignedDuration,
    window: Option<TimeRange>,
    days: &DayRule,
    from: DateTime,
) -> Option<DateTime> {
    let first_day = match window {
        Some(_) => from.date().yesterday().unwrap_or(from.date()),
        None => from.date(),
    };
    days.from(first_day).find_map(|date| {
        let (start, end) = ends_on(date, window.unwrap_or(TimeRange::WHOLE_DAY))?;
        let since = from.duration_since(start).as_secs().max(0);
        let steps = since.unsigned_abs().div_ceil(step.as_secs().unsigned_abs());
        let seconds = i64::try_from(steps).ok()?.checked_mul(step.as_secs())?;
        let local = start.checked_add(SignedDuration::from_secs(seconds)).ok()?;
        let within = local < end || local == end && window.is_some();
        within.then_some(local)
    })
}

/// The day's random instants, in order. The window is measured in time that really passes between its two ends,
/// so it is an hour shorter or longer over a change of the clocks; a window that lies wholly in a gap has none.
fn draws(
    count: u32,
    window: TimeRange,
    apart: SignedDuration,
    date: Date,
    zone: &TimeZone,
    mut draw: SplitMix64,
) -> Option<Vec<Timestamp>> {
    let (start, end) = ends_on(date, window)?;
    let (start, end) = (first_instant(start, zone)?.at, first_instant(end, zone)?.at);
    let length = u64::try_from(end.duration_since(start).as_secs())
        .ok()
        .filter(|length| *length > 0)?;
    // Draws are whole seconds, so a second apart keeps them distinct.
    let apart = apart.as_secs().unsigned_abs().max(1);
    spread(&mut draw, count, length, apart)
        .into_iter()
        .map(|offset| {
            let offset = SignedDuration::from_secs(i64::try_from(offset).ok()?);
            start.checked_add(offset).ok()
        })
        .collect()
}

//! The parts of a schedule, from a phrase or a table, put together.

use jiff::SignedDuration;
use jiff::civil::Time;

use super::dates::{MonthDay, describe_dates};
use super::rule::{DayRule, Rule};
use super::words::{Days, TimeRange, describe_duration};

/// What was written, part by part.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub times: Option<Vec<Time>>,
    pub every: Option<SignedDuration>,
    pub count: Option<u64>,
    pub window: Option<TimeRange>,
    pub apart: Option<SignedDuration>,
    pub days: Option<DayRule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Times,
    Every,
    Count,
    Window,
    Apart,
    Days,
}

/// Parts that do not make a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The part at fault; none where one is missing.
    pub part: Option<Part>,
    pub message: String,
    pub hint: String,
}

fn problem(part: Part, message: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem {
        part: Some(part),
        message: message.into(),
        hint: hint.into(),
    }
}

/// The most random times in a day; more is no reminder, and costs time to draw.
pub const MOST_A_DAY: u32 = 1_000;

const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Draft {
    pub fn assemble(self) -> Result<Rule, Problem> {
        if let Some(step) = self.every
            && step > DAY
        {
            return Err(problem(
                Part::Every,
                format!("{} is longer than a day", describe_duration(step)),
                "intervals start anew each day; for some days, name them: \"mon, wed and fri at 9:00\"",
            ));
        }
        let days = self.days.clone().unwrap_or(DayRule::Week(Days::EVERY_DAY));
        match (&self.times, self.every, self.count) {
            (Some(times), None, count) => self.at(times, count, days),
            (None, Some(step), None) => self.every(step, days),
            (None, None, Some(count)) => self.random(count, days),
            (Some(_), Some(_), _) => Err(problem(
                Part::Every,
                "times and an interval do not go together",
                "for intervals from a given time, write \"every hour between 9:00 and 17:00\"",
            )),
            (None, Some(_), Some(_)) => Err(problem(
                Part::Count,
                "an interval and a number of times do not go together",
                "write \"every 2 hours between …\" or \"3 times a day between …\"",
            )),
            (None, None, None) => Err(self.nothing()),
        }
    }

    fn nothing(&self) -> Problem {
        let hint = match (&self.window, &self.days) {
            (Some(_), _) => {
                "say how often: \"every hour between …\" or \"3 times a day between …\""
            }
            (None, Some(_)) => "add a time, as in \"weekdays at 10:30\"",
            (None, None) => {
                "for example \"weekdays at 10:30\" or \"every 2 hours between 9:00 and 18:00\""
            }
        };
        Problem {
            part: None,
            message: "there is no time in this schedule".to_owned(),
            hint: hint.to_owned(),
        }
    }

    fn at(&self, times: &[Time], count: Option<u64>, days: DayRule) -> Result<Rule, Problem> {
        if self.window.is_some() {
            return Err(problem(
                Part::Window,
                "a range of times does not go with given times",
                "leave one out, or write \"once a day between 9:00 and 18:00\"",
            ));
        }
        if self.apart.is_some() {
            return Err(problem(
                Part::Apart,
                "given times are as far apart as they are",
                "leave this out",
            ));
        }
        if let Some(count) = count
            && count != times.len() as u64
        {
            return Err(problem(
                Part::Count,
                match times.len() {
                    1 => "only one time is given".to_owned(),
                    given => format!("{given} times are given"),
                },
                "leave out how often; the times say it",
            ));
        }
        let mut times = times.to_vec();
        times.sort_unstable();
        times.dedup();
        Ok(Rule::At { times, days })
    }

    fn every(&self, step: SignedDuration, days: DayRule) -> Result<Rule, Problem> {
        if self.apart.is_some() {
            return Err(problem(
                Part::Apart,
                "an interval says already how far apart its times are",
                "leave this out",
            ));
        }
        let window = self.window.filter(|window| *window != TimeRange::WHOLE_DAY);
        if step == DAY {
            let start = window.map_or(Time::midnight(), |window| window.start);
            return Ok(Rule::At {
                times: vec![start],
                days,
            });
        }
        Ok(Rule::Every { step, window, days })
    }

    fn random(&self, count: u64, days: DayRule) -> Result<Rule, Problem> {
        let Some(window) = self.window else {
            return Err(problem(
                Part::Count,
                "random times need a range to fall in",
                "add one, as in \"3 times a day between 9:00 and 18:00\"",
            ));
        };
        let allowed = (1..=u64::from(MOST_A_DAY)).contains(&count);
        let Some(count) = u32::try_from(count).ok().filter(|_| allowed) else {
            return Err(problem(
                Part::Count,
                format!("{count} times a day is not between 1 and {MOST_A_DAY}"),
                "for example \"3 times a day between 9:00 and 18:00\"",
            ));
        };
        let gaps = count - 1;
        let apart = match gaps {
            0 => SignedDuration::ZERO,
            _ => self.apart.unwrap_or(SignedDuration::ZERO),
        };
        let least = apart.max(SignedDuration::from_secs(1));
        let needed = i64::from(gaps).saturating_mul(least.as_secs());
        if needed > window.length.as_secs() {
            let part = self.apart.map_or(Part::Count, |_| Part::Apart);
            return Err(problem(
                part,
                format!(
                    "{count} times, at least {} apart, take {}, but the range is {}",
                    describe_duration(least),
                    describe_duration(SignedDuration::from_secs(needed)),
                    describe_duration(window.length)
                ),
                "make the range longer, or the number or the distance smaller",
            ));
        }
        Ok(Rule::Random {
            count,
            window,
            apart,
            days,
        })
    }
}

impl Rule {
    /// What was understood, but can hardly be meant.
    pub fn warnings(&self) -> Vec<String> {
        match self {
            Rule::Cron(cron) => cron.warnings(),
            Rule::At { days, .. } | Rule::Random { days, .. } => days.warnings(),
            Rule::Every { step, window, days } => {
                let once = window.filter(|window| *step > window.length).map(|window| {
                    format!(
                        "only the start of the range is left, as {} is longer than {}",
                        describe_duration(*step),
                        describe_duration(window.length)
                    )
                });
                once.into_iter().chain(days.warnings()).collect()
            }
        }
    }
}

impl DayRule {
    fn warnings(&self) -> Vec<String> {
        let DayRule::Dates(dates) = self else {
            return Vec::new();
        };
        dates.iter().filter_map(|date| date.warning()).collect()
    }
}

impl MonthDay {
    /// That it comes less often than the text seems to say.
    pub(super) fn warning(self) -> Option<String> {
        let text = describe_dates(&[self]);
        match (self.month, self.day) {
            _ if self.never_comes() => Some(format!("{text} never comes")),
            (Some(2), 29) => Some(format!("{text} comes only in leap years")),
            (None, 29..) => Some(format!("{text} comes only in months that have it")),
            _ => None,
        }
    }
}

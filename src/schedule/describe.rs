//! Schedules in plain words. What a phrase says in them is a phrase again, of the same meaning.

use super::dates::describe_dates;
use super::days::join;
use super::describe_cron::describe_cron;
use super::rule::{DayRule, Rule};
use super::times::{TimeRange, describe_end, describe_time};
use super::words::{Days, describe_days, describe_duration};

impl Rule {
    pub(super) fn describe(&self) -> String {
        match self {
            Rule::Cron(cron) => describe_cron(cron.fields()),
            Rule::At { times, days } => {
                let times = times.iter().map(|time| describe_time(*time)).collect();
                let days = match describe_day_rule(days) {
                    None => "every day".to_owned(),
                    Some(days) => days,
                };
                format!("at {} {days}", join(times))
            }
            Rule::Every { step, window, days } => {
                let step_text = describe_duration(*step);
                let window = match window {
                    Some(window) => Some(describe_window(*window)),
                    // Where the day is no multiple of the step, the last one before midnight is cut short.
                    None if 86_400 % step.as_secs() != 0 => Some("from midnight".to_owned()),
                    None => None,
                };
                let parts = [
                    Some(format!("every {step_text}")),
                    window,
                    describe_day_rule(days),
                ];
                sentence(parts)
            }
            Rule::Random {
                count,
                window,
                apart,
                days,
            } => {
                let count = match count {
                    1 => "once".to_owned(),
                    2 => "twice".to_owned(),
                    count => format!("{count} times"),
                };
                let text = sentence([
                    Some(format!("{count} a day at random")),
                    Some(describe_window(*window)),
                    describe_day_rule(days),
                ]);
                if apart.is_zero() {
                    text
                } else {
                    format!("{text}, at least {} apart", describe_duration(*apart))
                }
            }
        }
    }
}

fn sentence<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" ")
}

fn describe_window(window: TimeRange) -> String {
    format!(
        "between {} and {}",
        describe_time(window.start),
        describe_end(window)
    )
}

/// None for every day.
fn describe_day_rule(days: &DayRule) -> Option<String> {
    match days {
        DayRule::Week(Days::EVERY_DAY) => None,
        DayRule::Week(days) => Some(format!("on {}", describe_days(*days))),
        DayRule::Dates(dates) => Some(format!("on {}", describe_dates(dates))),
    }
}

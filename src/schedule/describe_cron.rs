//! Cron lines in plain words.

use super::calendar::{DayFields, Fields};
use super::dates::{longest, month_name, ordinal};
use super::days::join;
use super::words::describe_days;

pub(super) fn describe_cron(fields: &Fields) -> String {
    match (listed_times(fields), days(fields)) {
        (Some(times), Some(days)) => format!("at {times} {days}"),
        (Some(times), None) => format!("at {times} every day"),
        (None, Some(days)) => format!("{} {days}", pattern(fields)),
        (None, None) => pattern(fields),
    }
}

/// The most times of day listed one by one.
const LISTED: usize = 6;

fn listed_times(fields: &Fields) -> Option<String> {
    let (seconds, minutes, hours) = (&fields.seconds, &fields.minutes, &fields.hours);
    if seconds.len() * minutes.len() * hours.len() > LISTED {
        return None;
    }
    let minutes = hours
        .iter()
        .flat_map(|hour| minutes.iter().map(|minute| clock(*hour, *minute)));
    let times = minutes.flat_map(|minute| {
        seconds.iter().map(move |second| match seconds.as_slice() {
            [0] => minute.clone(),
            _ => format!("{minute}:{second:02}"),
        })
    });
    Some(join(times.collect()))
}

fn pattern(fields: &Fields) -> String {
    let minutes = minute_pattern(&fields.minutes, &fields.hours);
    let seconds = match fields.seconds.as_slice() {
        [0] => return minutes,
        seconds if seconds.len() == 60 => "second".to_owned(),
        seconds => match even_step(seconds, 60) {
            Some(step) => format!("{step} s"),
            None => return format!("at second {}, {minutes}", numbers(seconds)),
        },
    };
    match minutes.strip_prefix("every minute") {
        Some(hours) => format!("every {seconds}{hours}"),
        None => format!("each {seconds}, {minutes}"),
    }
}

fn minute_pattern(minutes: &[u8], hours: &[u8]) -> String {
    let every_minutes = match minutes {
        [_] => None,
        _ if minutes.len() == 60 => Some("every minute".to_owned()),
        _ => even_step(minutes, 60).map(|step| format!("every {step} min")),
    };
    let last_minute = minutes.last().copied().unwrap_or(0);
    match (every_minutes, minutes, run(hours)) {
        (Some(every), _, Some((0, 23))) => every,
        (Some(every), _, Some((first, last))) => {
            format!(
                "{every} from {} to {}",
                clock(first, 0),
                clock(last, last_minute)
            )
        }
        (Some(every), _, None) => format!("{every} of the hours {}", numbers(hours)),
        (None, [0], Some((0, 23))) => "every hour".to_owned(),
        (None, [minute], Some((0, 23))) => format!("at {minute} min past every hour"),
        (None, [minute], Some((first, last))) => {
            format!(
                "every hour from {} to {}",
                clock(first, *minute),
                clock(last, *minute)
            )
        }
        (None, [minute], None) => match even_step(hours, 24) {
            Some(step) if *minute == 0 => format!("every {step} h"),
            Some(step) => format!("every {step} h from {}", clock(0, *minute)),
            None => format!("at {minute} min past the hours {}", numbers(hours)),
        },
        (None, _, Some((0, 23))) => format!("at {} min past every hour", numbers(minutes)),
        (None, _, _) => format!(
            "at {} min past the hours {}",
            numbers(minutes),
            numbers(hours)
        ),
    }
}

fn clock(hour: u8, minute: u8) -> String {
    format!("{hour:02}:{minute:02}")
}

/// The step of 0, step, 2·step … that fills `cycle` evenly.
fn even_step(numbers: &[u8], cycle: u8) -> Option<u8> {
    let step = match numbers {
        [0, step, ..] => *step,
        _ => return None,
    };
    let even =
        cycle.is_multiple_of(step) && (0..cycle).step_by(step.into()).eq(numbers.iter().copied());
    even.then_some(step)
}

/// The ends of numbers without a hole.
fn run(numbers: &[u8]) -> Option<(u8, u8)> {
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    (usize::from(last - first) + 1 == numbers.len()).then_some((first, last))
}

/// "0, 5 and 9 to 17".
fn numbers(numbers: &[u8]) -> String {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    let texts = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first} to {last}")],
        few => few.iter().map(u8::to_string).collect(),
    });
    join(texts.collect())
}

/// None for every day.
fn days(fields: &Fields) -> Option<String> {
    let every_month = fields.months.len() == 12;
    let of_months = if every_month {
        String::new()
    } else {
        format!(" of {}", months(&fields.months))
    };
    let in_months = if every_month {
        String::new()
    } else {
        format!(" in {}", months(&fields.months))
    };
    let any_day = |month: &[u8]| month.len() == usize::from(longest(1).unsigned_abs());
    let text = match &fields.days {
        DayFields::Both { month, week } => match (any_day(month), week.len() == 7) {
            (true, true) if every_month => return None,
            (true, true) => in_months.trim_start().to_owned(),
            (true, false) => format!("on {}{in_months}", week_days(week)),
            (false, true) => format!("on {}{of_months}", month_days(month)),
            (false, false) => {
                format!(
                    "on {}{of_months}, if that is {}",
                    month_days(month),
                    week_days(week).replace(" and ", " or ")
                )
            }
        },
        DayFields::Either { month, week } => {
            format!(
                "on {}{of_months}, and also on {}{in_months}",
                month_days(month),
                week_days(week)
            )
        }
    };
    Some(text)
}

fn months(months: &[u8]) -> String {
    let names = months.iter().filter_map(|month| i8::try_from(*month).ok());
    join(names.map(|month| month_name(month).to_owned()).collect())
}

fn month_days(days: &[u8]) -> String {
    let days = days.iter().filter_map(|day| i8::try_from(*day).ok());
    format!("the {}", join(days.map(ordinal).collect()))
}

/// Numbered from Sunday, 0.
fn week_days(days: &[u8]) -> String {
    let days = days
        .iter()
        .filter_map(|day| i8::try_from(*day).ok())
        .filter_map(|day| jiff::civil::Weekday::from_sunday_zero_offset(day).ok());
    match describe_days(days.collect()) {
        all if all == "every day" => "every day of the week".to_owned(),
        days => days,
    }
}

//! The table form of a schedule: `{ every = "90 min", between = ["09:00", "17:30"], on = "weekdays" }`.

use jiff::civil::Time;

use super::Error;
use super::draft::{Draft, Part, Problem};
use super::phrase;
use super::rule::{DayRule, Rule};
use super::times;
use super::words::{TimeRange, parse_duration, parse_time_range, whole};

/// A `when` table's keys, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Times of day, each one or a list of them.
    pub at: Vec<String>,
    /// An interval, such as "90 min" or "hour".
    pub every: Option<String>,
    /// How many a day, at random within `between`.
    pub times: Option<i64>,
    /// Start and end of a range of times.
    pub between: Option<[String; 2]>,
    /// The least duration from one random time to the next.
    pub apart: Option<String>,
    /// Days or dates, each one or a list of them; every day where empty.
    pub on: Vec<String>,
}

/// What is wrong with a table, and under which key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct TableError {
    /// A key that the table has; "at" where it has none that says how often.
    pub key: &'static str,
    /// Which of the key's strings, from 0.
    pub index: usize,
    /// Its span is within that string; empty at 0 where the key as a whole is meant.
    pub error: Error,
}

pub(super) fn parse(table: &Table) -> Result<Rule, TableError> {
    let draft = Draft {
        times: at(&table.at)?,
        every: single("every", table.every.as_deref(), |text| {
            whole(text, phrase::interval)
        })?,
        count: table.times.map(|count| u64::try_from(count).unwrap_or(0)),
        window: table.between.as_ref().map(between).transpose()?,
        apart: single("apart", table.apart.as_deref(), parse_duration)?,
        days: on(&table.on)?,
    };
    draft.assemble().map_err(of_problem)
}

fn single<T>(
    key: &'static str,
    text: Option<&str>,
    read: impl Fn(&str) -> Result<T, Error>,
) -> Result<Option<T>, TableError> {
    let within = |error| TableError {
        key,
        index: 0,
        error,
    };
    text.map(read).transpose().map_err(within)
}

/// Each string of a list, read with `read`.
fn each<T>(
    key: &'static str,
    texts: &[String],
    read: impl Fn(&str) -> Result<T, Error>,
) -> Result<Vec<T>, TableError> {
    let read_one = |(index, text): (usize, &String)| {
        read(text).map_err(|error| TableError { key, index, error })
    };
    texts.iter().enumerate().map(read_one).collect()
}

fn at(texts: &[String]) -> Result<Option<Vec<Time>>, TableError> {
    let times = each("at", texts, |text| whole(text, phrase::time_list))?.concat();
    Ok(Some(times).filter(|times| !times.is_empty()))
}

fn between(ends: &[String; 2]) -> Result<TimeRange, TableError> {
    each("between", ends, |text| whole(text, times::required_clock))?;
    // Each end is a time; together they are read as one range, so that "9" beside "17:30" is clear.
    let [start, end] = ends;
    let joined = format!("{start} - {end}");
    let end_at = joined.len() - end.len();
    parse_time_range(&joined).map_err(|mut error| {
        let index = usize::from(error.span.start >= end_at);
        let before = index * end_at;
        error.span = error.span.start - before..error.span.end - before;
        TableError {
            key: "between",
            index,
            error,
        }
    })
}

fn on(texts: &[String]) -> Result<Option<DayRule>, TableError> {
    let rules = each("on", texts, |text| whole(text, phrase::days))?;
    let mut rules = (0..).zip(rules);
    let Some((_, mut all)) = rules.next() else {
        return Ok(None);
    };
    for (index, rule) in rules {
        all = all.and(rule).ok_or_else(|| TableError {
            key: "on",
            index,
            error: Error::new(0..0, "days of the week and dates do not go together")
                .hint("write two reminders, or a list of two schedules"),
        })?;
    }
    Ok(Some(all))
}

fn of_problem(problem: Problem) -> TableError {
    let key = match problem.part {
        None | Some(Part::Times) => "at",
        Some(Part::Every) => "every",
        Some(Part::Count) => "times",
        Some(Part::Window) => "between",
        Some(Part::Apart) => "apart",
        Some(Part::Days) => "on",
    };
    TableError {
        key,
        index: 0,
        error: Error::new(0..0, problem.message).hint(problem.hint),
    }
}

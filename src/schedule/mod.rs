//! When a reminder speaks: a person's `when` text, and its next times.
//!
//! A text is a cron line ([crontab(5)](https://man7.org/linux/man-pages/man5/crontab.5.html)) or a phrase; both become
//! rules over wall-clock times, and a clock-change rule turns those into instants. Nothing here reads a clock or a
//! random source: the instant to search from, the zone and the seed are arguments.
//!
//! - Given times, and cron lines whose minute and hour do not start with `*`, are *fixed*: in a gap of the clocks they
//!   come at the first instant after it, in a repeated stretch once.
//! - Intervals and all other cron lines follow the *wall clock*: skipped in a gap, and in both passes of a repeated stretch.
//! - Random times are drawn afresh each local day, in time that really passes between the window's ends that day.

mod calendar;
mod calendar_day;
mod cron_field;
mod crontab;
mod dates;
mod days;
mod describe;
mod describe_cron;
mod draft;
mod durations;
mod error;
mod lexer;
mod phrase;
pub mod random;
mod refuse;
mod refuse_clock;
mod rule;
mod table;
mod times;
mod wall_clock;
pub mod words;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

pub use draft::MOST_A_DAY;
pub use error::Error;
pub use random::SplitMix64;
use rule::Rule;
pub use table::{Table, TableError};

/// When something happens: the union of one or more rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    rules: Vec<Rule>,
}

/// One planned instant. Ordered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occurrence {
    /// The instant.
    pub at: Timestamp,
    /// The planned time on the wall clock of the zone asked with. Where the clocks skip it, `at` is the first instant
    /// after the gap; where they repeat it, both passes may be occurrences.
    pub local: DateTime,
}

/// What fixes a reminder's random times.
#[derive(Clone, Copy, Debug)]
pub struct Seed<'a> {
    /// Drawn once at install.
    pub salt: u64,
    /// The reminder's name.
    pub name: &'a str,
}

/// The zone's IANA name, or its offset at `at` where it has none.
#[must_use]
pub fn zone_name(zone: &TimeZone, at: Timestamp) -> String {
    match zone.iana_name() {
        Some(name) => name.to_owned(),
        None => zone.to_offset(at).to_string(),
    }
}

impl Schedule {
    /// Reads a cron line of five or six fields, a nickname such as `@daily`, or a phrase.
    ///
    /// # Errors
    /// Where the text is not wholly understood; the error points at the first word that is not.
    pub fn parse(text: &str) -> Result<Schedule, Error> {
        lexer::check_length(text)?;
        let rule = if crontab::is_meant(text) {
            Rule::Cron(crontab::parse(text)?)
        } else {
            phrase::parse(text)?
        };
        Ok(Schedule { rules: vec![rule] })
    }

    /// Reads the table form, whose parts mean what they mean in a phrase.
    ///
    /// # Errors
    /// Where a part is not understood, or the parts do not go together.
    pub fn from_table(table: &Table) -> Result<Schedule, TableError> {
        Ok(Schedule {
            rules: vec![table::parse(table)?],
        })
    }

    /// Happens whenever one of `parts` does.
    #[must_use]
    pub fn union(parts: Vec<Schedule>) -> Schedule {
        Schedule {
            rules: parts.into_iter().flat_map(|part| part.rules).collect(),
        }
    }

    /// The first occurrence strictly after `after`; none where it never happens again.
    #[must_use]
    pub fn next_after(
        &self,
        after: Timestamp,
        zone: &TimeZone,
        seed: Seed<'_>,
    ) -> Option<Occurrence> {
        self.rules
            .iter()
            .enumerate()
            .filter_map(|(index, rule)| rule.next_after(after, zone, seed, index))
            .min()
    }

    /// What each of its rules is, in a word: "cron", "times", "interval" or "random".
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static str> {
        let kind = |rule: &Rule| match rule {
            Rule::Cron(_) => "cron",
            Rule::At { .. } => "times",
            Rule::Every { .. } => "interval",
            Rule::Random { .. } => "random",
        };
        self.rules.iter().map(kind).collect()
    }

    /// Whether every time is drawn at random, as in "3 times a day between 9:00 and 18:00".
    #[must_use]
    pub fn is_random(&self) -> bool {
        let random = |rule: &Rule| matches!(rule, Rule::Random { .. });
        !self.rules.is_empty() && self.rules.iter().all(random)
    }

    /// Whether a part goes on all day and night, as in "every 2 hours": it says how often and leaves the hours open.
    #[must_use]
    pub fn names_no_hours(&self) -> bool {
        let all_day = |rule: &Rule| matches!(rule, Rule::Every { window: None, .. });
        self.rules.iter().any(all_day)
    }

    /// The meaning in plain words. For a single phrase, again a phrase of the same meaning.
    #[must_use]
    pub fn describe(&self) -> String {
        if self.rules.is_empty() {
            "never".to_owned()
        } else {
            let rules: Vec<String> = self.rules.iter().map(Rule::describe).collect();
            rules.join("; ")
        }
    }

    /// What was understood, but can hardly be meant, such as a date that never comes.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        self.rules.iter().flat_map(Rule::warnings).collect()
    }
}

//! Cron lines as in crontab(5): five fields, or six with seconds first, or a nickname such as `@daily`.

use jiff::civil::DateTime;

use super::Error;
use super::calendar::{Calendar, DayFields, Fields};
use super::cron_field::{Field, HOUR, MINUTE, MONTH, MONTH_DAY, SECOND, WEEK_DAY, Word, words};
use super::dates::{MonthDay, describe_dates, longest};
use super::days::similar;
use super::wall_clock::Change;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Crontab {
    fields: Fields,
    /// Whether the minute or the hour starts with `*`.
    wildcard: bool,
    calendar: Calendar,
    warnings: Vec<String>,
}

impl Crontab {
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    pub fn change(&self) -> Change {
        if self.wildcard {
            Change::Wildcard
        } else {
            Change::Fixed
        }
    }

    pub fn first_from(&self, from: DateTime) -> Option<DateTime> {
        if self.never_comes() {
            None
        } else {
            self.calendar.first_from(from)
        }
    }

    pub fn warnings(&self) -> Vec<String> {
        let dates = self.only_dates();
        let rare = match dates.iter().find(|date| !date.never_comes()) {
            None => match dates.as_slice() {
                [] => None,
                [date] => date.warning(),
                _ => Some(format!("{} never come", describe_dates(&dates))),
            },
            // February's other dates come every year, or never.
            Some(first) => first
                .warning()
                .filter(|_| dates.iter().all(|date| date.warning().is_some())),
        };
        rare.into_iter().chain(self.warnings.clone()).collect()
    }

    fn never_comes(&self) -> bool {
        let dates = self.only_dates();
        !dates.is_empty() && dates.iter().all(|date| date.never_comes())
    }

    /// The dates outside of which it never comes; none where a day of the week alone will do.
    fn only_dates(&self) -> Vec<MonthDay> {
        let DayFields::Both { month, .. } = &self.fields.days else {
            return Vec::new();
        };
        let months = self.fields.months.iter();
        months
            .flat_map(|m| month.iter().map(|day| month_day(*m, *day)))
            .collect()
    }
}

fn month_day(month: u8, day: u8) -> MonthDay {
    MonthDay {
        month: i8::try_from(month).ok(),
        day: i8::try_from(day).unwrap_or(longest(1)),
    }
}

/// Whether a text is meant as a cron line: a nickname, a `*`, or numbers where a phrase would have words.
pub(super) fn is_meant(text: &str) -> bool {
    let numeric = |field: &str| {
        field
            .chars()
            .all(|c| c.is_ascii_digit() || "*,-/?~".contains(c))
    };
    let mut fields = text.split_whitespace();
    let nickname = text.trim_start().starts_with('@');
    let list_or_table = text.trim_start().starts_with(['[', '{']);
    let star = !list_or_table && text.split_whitespace().any(|field| field.starts_with('*'));
    nickname
        || star
        || matches!((fields.next(), fields.next()), (Some(a), Some(b)) if numeric(a) && numeric(b))
}

pub(super) fn parse(text: &str) -> Result<Crontab, Error> {
    let words = words(text);
    match words.as_slice() {
        [name, rest @ ..] if name.text.starts_with('@') => nickname(name, rest.first()),
        [minute, hour, day, month, week] => line(None, [minute, hour, day, month, week]),
        [second, minute, hour, day, month, week] => {
            line(Some(second), [minute, hour, day, month, week])
        }
        _ => {
            let at = words
                .get(6)
                .map_or(text.trim_end().len()..text.trim_end().len(), |word| {
                    word.span.clone()
                });
            let error = Error::new(
                at,
                format!(
                    "a cron line has 5 fields, or 6 with seconds first; this has {}",
                    words.len()
                ),
            );
            Err(match words.len() {
                7 => error.hint("crontab knows no field for the year"),
                _ => error
                    .hint("the fields are: minute, hour, day of the month, month, day of the week"),
            })
        }
    }
}

fn nickname(name: &Word, more: Option<&Word>) -> Result<Crontab, Error> {
    const LINES: [(&str, &str); 7] = [
        ("@hourly", "0 * * * *"),
        ("@daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@weekly", "0 0 * * 0"),
        ("@monthly", "0 0 1 * *"),
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
    ];
    let written = name.text.to_lowercase();
    match (written.as_str(), more) {
        ("@reboot", _) => {
            return Err(name
                .error("@reboot is not a time")
                .hint("reminders have a time, such as @daily or \"every day at 9:00\""));
        }
        ("@every", _) => {
            return Err(name
                .error("@every is not one of crontab's names")
                .hint("write it without the @, as in \"every 5 minutes\""));
        }
        (_, Some(more)) => {
            return Err(more
                .error(format!("nothing may follow {}", name.text))
                .hint("for a time of day, write \"every day at 9:00\""));
        }
        _ => {}
    }
    if let Some((_, line)) = LINES.iter().find(|(known, _)| *known == written) {
        parse(line)
    } else {
        let error = name.error(format!("{} is not a name that crontab knows", name.text));
        Err(
            match similar(&written, LINES.iter().map(|(known, _)| *known)) {
                Some(known) => error.hint(format!("did you mean {known}?")),
                None => error.hint("the names are @hourly, @daily, @weekly, @monthly and @yearly"),
            },
        )
    }
}

fn line(second: Option<&Word>, fields: [&Word; 5]) -> Result<Crontab, Error> {
    let [minute, hour, day, month, week] = fields;
    let mut warnings = Vec::new();
    let mut read = |field: &Field, word: &Word| field.read(word, &mut warnings);
    let seconds = match second {
        Some(second) => read(&SECOND, second)?,
        None => vec![0],
    };
    let minutes = read(&MINUTE, minute)?;
    let hours = read(&HOUR, hour)?;
    let month_days = read(&MONTH_DAY, day)?;
    let months = read(&MONTH, month)?;
    let mut week_days: Vec<u8> = read(&WEEK_DAY, week)?.iter().map(|day| day % 7).collect();
    week_days.sort_unstable();
    week_days.dedup();
    let starred = |word: &Word| word.text.starts_with('*');
    let days = if starred(day) || starred(week) {
        DayFields::Both {
            month: month_days,
            week: week_days,
        }
    } else {
        DayFields::Either {
            month: month_days,
            week: week_days,
        }
    };
    let fields = Fields {
        seconds,
        minutes,
        hours,
        days,
        months,
    };
    Ok(Crontab {
        calendar: Calendar::new(&fields),
        fields,
        wildcard: starred(minute) || starred(hour),
        warnings,
    })
}

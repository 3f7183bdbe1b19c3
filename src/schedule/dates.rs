//! Days of the month and the year, and lists of them: "the 1st and 15th", "24 December".

use jiff::civil::Date;

use super::Error;
use super::days::{join, similar};
use super::lexer::{Cursor, Kind};

/// A day that comes back, every month or every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    /// 1 to 12; none for every month.
    pub month: Option<i8>,
    /// 1 to 31.
    pub day: i8,
}

impl MonthDay {
    /// Whether `date` is such a day.
    #[must_use]
    pub fn matches(self, date: Date) -> bool {
        date.day() == self.day && self.month.is_none_or(|month| date.month() == month)
    }

    /// Whether no year has it, as with 30 February.
    #[must_use]
    pub fn never_comes(self) -> bool {
        self.month.is_some_and(|month| self.day > longest(month))
    }
}

/// The most days a month of this number (1 to 12) has.
pub(super) fn longest(month: i8) -> i8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month's English name; `month` is 1 to 12.
pub(super) fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .copied()
        .unwrap_or_default()
}

/// A month's number, from its name or its first three letters.
pub(super) fn month(word: &str) -> Option<i8> {
    (1..=12).find(|month| {
        let name = month_name(*month).to_lowercase();
        word == name || word.len() == 3 && name.starts_with(word) || *month == 9 && word == "sept"
    })
}

/// The list of dates that starts here, if one does: "the 1st and 15th of the month", "24 and 25 December", "Dec 24 and Jan 1".
pub(super) fn dates(cursor: &mut Cursor) -> Result<Option<Vec<MonthDay>>, Error> {
    let Some(mut all) = group(cursor)? else {
        return Ok(None);
    };
    loop {
        let mut ahead = *cursor;
        if !ahead.eat_separator() {
            break;
        }
        ahead.eat_word(&["on"]);
        ahead.eat_word(&["every", "each"]);
        let Some(more) = group(&mut ahead)? else {
            break;
        };
        all.extend(more);
        *cursor = ahead;
    }
    all.sort_unstable();
    all.dedup();
    Ok(Some(all))
}

/// Days that share their months.
fn group(cursor: &mut Cursor) -> Result<Option<Vec<MonthDay>>, Error> {
    let mut ahead = *cursor;
    ahead.eat_word(&["the"]);
    if let Some(month) = ahead.word().and_then(month) {
        let start = ahead;
        ahead.advance(1);
        ahead.eat_word(&["the"]);
        let Some(days) = day_numbers(&mut ahead)? else {
            return Err(Error::new(start.span(), "a month alone is not a day")
                .hint("for example on 24 December, or a cron line for a whole month"));
        };
        *cursor = ahead;
        return Ok(Some(days.in_months(&[month])));
    }
    let start = ahead;
    let Some(days) = day_numbers(&mut ahead)? else {
        return Ok(None);
    };
    let months = months(&mut ahead)?;
    if months.is_none() && !days.all_ordinal {
        return match ahead.word().filter(|word| word.len() > 3) {
            Some(word) if similar_month(word).is_some() => Err(misspelt_month(&ahead, word)),
            _ => no_date_range(start, ahead),
        };
    }
    *cursor = ahead;
    Ok(Some(match months {
        Some(months) if !months.is_empty() => days.in_months(&months),
        _ => days.in_every_month(),
    }))
}

fn similar_month(word: &str) -> Option<&'static str> {
    let names: Vec<String> = MONTHS.iter().map(|name| name.to_lowercase()).collect();
    let found = similar(word, names.iter().map(String::as_str))?;
    MONTHS
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(found))
}

fn misspelt_month(cursor: &Cursor, word: &str) -> Error {
    let error = cursor.error(format!("\"{}\" is not a month", cursor.next_text()));
    match similar_month(word) {
        Some(name) => error.hint(format!("did you mean \"{name}\"?")),
        None => error,
    }
}

/// Refuses "24-26 December"; `ahead` is behind the first number.
fn no_date_range<T>(start: Cursor, mut ahead: Cursor) -> Result<Option<T>, Error> {
    let range = ahead.eat(&Kind::Dash)
        && ahead.number().is_some()
        && ahead.word_at(1).and_then(month).is_some();
    if !range {
        return Ok(None);
    }
    ahead.advance(2);
    Err(Error::new(
        ahead.span_from(&start),
        "a schedule takes no ranges of dates",
    )
    .hint("list the days, as in 24, 25 and 26 December"))
}

struct DayNumbers {
    days: Vec<i8>,
    /// Each with its "st", "nd", "rd" or "th".
    all_ordinal: bool,
}

impl DayNumbers {
    fn in_months(&self, months: &[i8]) -> Vec<MonthDay> {
        months
            .iter()
            .flat_map(|month| {
                self.days.iter().map(|day| MonthDay {
                    month: Some(*month),
                    day: *day,
                })
            })
            .collect()
    }

    fn in_every_month(&self) -> Vec<MonthDay> {
        self.days
            .iter()
            .map(|day| MonthDay {
                month: None,
                day: *day,
            })
            .collect()
    }
}

/// "1", "the 1st and the 15th", "24, 25 and 26".
fn day_numbers(cursor: &mut Cursor) -> Result<Option<DayNumbers>, Error> {
    let Some((first, mut all_ordinal)) = day_number(cursor)? else {
        return Ok(None);
    };
    let mut days = vec![first];
    loop {
        let mut ahead = *cursor;
        if !ahead.eat_separator() {
            break;
        }
        ahead.eat_word(&["on"]);
        ahead.eat_word(&["the"]);
        let Some((day, ordinal)) = day_number(&mut ahead)? else {
            break;
        };
        all_ordinal &= ordinal;
        days.push(day);
        *cursor = ahead;
    }
    Ok(Some(DayNumbers { days, all_ordinal }))
}

/// A day of the month, and whether it is written as an ordinal. Not a number that starts a time or a count.
fn day_number(cursor: &mut Cursor) -> Result<Option<(i8, bool)>, Error> {
    let Some(number) = cursor.number() else {
        return Ok(None);
    };
    let ordinal = is_ordinal(cursor);
    let next = cursor.peek_at(1).map(|token| &token.kind);
    let something_else = match next {
        Some(Kind::Colon) => true,
        Some(Kind::Word(word)) => {
            matches!(word.as_str(), "am" | "pm" | "times" | "time" | "x")
                || super::durations::unit(word).is_some()
        }
        _ => false,
    };
    if something_else {
        return Ok(None);
    }
    match i8::try_from(number)
        .ok()
        .filter(|day| (1..=31).contains(day))
    {
        Some(day) => {
            cursor.advance(1 + usize::from(ordinal));
            Ok(Some((day, ordinal)))
        }
        None if ordinal => Err(cursor
            .error(format!("no month has a day {number}"))
            .hint("days of the month go from the 1st to the 31st")),
        None => Ok(None),
    }
}

/// Whether a number with "st", "nd", "rd" or "th" comes next.
pub(super) fn is_ordinal(cursor: &Cursor) -> bool {
    cursor.number().is_some()
        && cursor.peek_at(1).is_some_and(|token| {
            token.glued && matches!(token.word(), Some("st" | "nd" | "rd" | "th"))
        })
}

/// "of December", "of March and June", "of the month": none where no months are named, empty for every month.
fn months(cursor: &mut Cursor) -> Result<Option<Vec<i8>>, Error> {
    let of = cursor.eat_word(&["of"]);
    if of && every_month(cursor) {
        return Ok(Some(Vec::new()));
    }
    let Some(first) = cursor.word().and_then(month) else {
        return if of {
            Err(cursor
                .error("a month is needed here")
                .hint("for example the 1st of March, or the 1st of the month"))
        } else {
            Ok(None)
        };
    };
    cursor.advance(1);
    let mut months = vec![first];
    loop {
        let mut ahead = *cursor;
        let more = ahead.eat_separator().then(|| ahead.word().and_then(month));
        // In "24 December, January 1" the number belongs to the month before it.
        match more.flatten() {
            Some(month)
                if ahead
                    .peek_at(1)
                    .and_then(super::lexer::Token::number)
                    .is_none() =>
            {
                months.push(month);
                ahead.advance(1);
                *cursor = ahead;
            }
            _ => return Ok(Some(months)),
        }
    }
}

fn every_month(cursor: &mut Cursor) -> bool {
    let mut ahead = *cursor;
    let found = ahead.eat_word(&["the", "each", "every", "a"]) && ahead.eat_word(&["month"])
        || ahead.eat_word(&["months"]);
    if found {
        *cursor = ahead;
    }
    found
}

/// In plain words that are read again: "the 1st and 15th of the month", "24 December".
pub(super) fn describe_dates(dates: &[MonthDay]) -> String {
    let monthly: Vec<String> = dates
        .iter()
        .filter(|date| date.month.is_none())
        .map(|date| ordinal(date.day))
        .collect();
    let yearly = dates
        .iter()
        .filter_map(|date| Some(format!("{} {}", date.day, month_name(date.month?))));
    let monthly = if monthly.is_empty() {
        None
    } else {
        Some(format!("the {} of the month", join(monthly)))
    };
    join(monthly.into_iter().chain(yearly).collect())
}

/// "1st", "22nd", "13th".
pub(super) fn ordinal(day: i8) -> String {
    let ending = match (day % 10, day) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}

//! Days of the week, alone and in lists and ranges.

use jiff::civil::Weekday;

use super::Error;
use super::lexer::{Cursor, Kind};
use super::words::whole;

/// A set of days of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Days(u8);

impl Days {
    /// Monday to Sunday.
    pub const EVERY_DAY: Days = Days(0b111_1111);
    /// Monday to Friday.
    pub const WEEKDAYS: Days = Days(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKENDS: Days = Days(0b110_0000);

    /// Whether `day` is in the set.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// Whether no day is in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set's days, from Monday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::Monday
            .cycle_forward()
            .take(7)
            .filter(move |day| self.contains(*day))
    }

    /// `first` to `last`, around the week's end where need be.
    fn range(first: Weekday, last: Weekday) -> Days {
        let days = usize::try_from(last.since(first)).unwrap_or_default() + 1;
        first.cycle_forward().take(days).collect()
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

impl From<Weekday> for Days {
    fn from(day: Weekday) -> Days {
        Days(bit(day))
    }
}

impl FromIterator<Weekday> for Days {
    fn from_iter<T: IntoIterator<Item = Weekday>>(days: T) -> Days {
        Days(days.into_iter().fold(0, |bits, day| bits | bit(day)))
    }
}

impl std::ops::BitOr for Days {
    type Output = Days;

    fn bitor(self, other: Days) -> Days {
        Days(self.0 | other.0)
    }
}

/// Days of the week: "weekdays", "weekends", "daily", "sat, sun", "mon-fri", "monday to friday", "fri-mon".
///
/// # Errors
/// Where the text is anything else.
pub fn parse_days(text: &str) -> Result<Days, Error> {
    whole(text, |cursor| {
        cursor.eat_word(&["on"]);
        match days(cursor)? {
            Some(days) => Ok(days),
            None => Err(not_a_day(cursor)),
        }
    })
}

/// In plain words that [`parse_days`] reads again: "weekdays", "Saturday", "Monday, Wednesday and Friday".
#[must_use]
pub fn describe_days(days: Days) -> String {
    match days {
        Days::EVERY_DAY => "every day".to_owned(),
        Days::WEEKDAYS => "weekdays".to_owned(),
        Days::WEEKENDS => "weekends".to_owned(),
        _ => join(days.iter().map(|day| day_name(day).to_owned()).collect()),
    }
}

/// "a", "a and b", "a, b and c".
pub(super) fn join(mut items: Vec<String>) -> String {
    match items.pop() {
        None => String::new(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} and {last}", items.join(", ")),
    }
}

/// "Monday" to "Sunday".
#[must_use]
pub fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// Words that stand for one day, in any number, short or long.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    const SHORT: [&[&str]; 7] = [
        &["mo", "mon", "mons"],
        &["tu", "tue", "tues"],
        &["we", "wed", "weds"],
        &["th", "thu", "thur", "thurs"],
        &["fr", "fri", "fris"],
        &["sa", "sat", "sats"],
        &["su", "sun", "suns"],
    ];
    Weekday::Monday
        .cycle_forward()
        .zip(SHORT)
        .find(|(day, short)| {
            let long = day_name(*day).to_lowercase();
            word.strip_suffix('s').unwrap_or(word) == long || short.contains(&word)
        })
        .map(|(day, _)| day)
}

fn group(word: &str) -> Option<Days> {
    match word {
        "daily" | "everyday" => Some(Days::EVERY_DAY),
        "weekday" | "weekdays" | "workday" | "workdays" => Some(Days::WEEKDAYS),
        "weekend" | "weekends" => Some(Days::WEEKENDS),
        _ => None,
    }
}

pub(super) fn is_day_word(word: &str) -> bool {
    weekday(word).is_some() || group(word).is_some()
}

/// The list of days that starts here, if one does. Between names of days no separator is needed: "mon wed fri".
pub(super) fn days(cursor: &mut Cursor) -> Result<Option<Days>, Error> {
    let Some((mut all, mut named)) = item(cursor)? else {
        return Ok(None);
    };
    loop {
        let mut ahead = *cursor;
        let separated = ahead.eat_separator() || ahead.eat(&Kind::Other('/'));
        let next_is_named = ahead.word().and_then(weekday).is_some();
        if !(separated || named && next_is_named) {
            return Ok(Some(all));
        }
        ahead.eat_word(&["on"]);
        let Some(more) = item(&mut ahead)? else {
            return Ok(Some(all));
        };
        all = all | more.0;
        named = more.1;
        *cursor = ahead;
    }
}

/// One day, group or range, with "every", "each" or "the" before it, and whether it ends with a day's own name.
fn item(cursor: &mut Cursor) -> Result<Option<(Days, bool)>, Error> {
    let mut ahead = *cursor;
    let every = ahead.eat_word(&["every", "each", "all"]);
    if every {
        ahead.eat_word(&["single"]);
    } else {
        ahead.eat_word(&["the"]);
    }
    let Some(word) = ahead.word() else {
        return Ok(None);
    };
    ahead.advance(1);
    let days = match (word, group(word), weekday(word)) {
        ("day" | "days", ..) if every => (Days::EVERY_DAY, false),
        (_, Some(days), _) => (days, false),
        (_, _, Some(first)) => {
            let last = range_end(&mut ahead)?;
            (
                last.map_or(first.into(), |last| Days::range(first, last)),
                true,
            )
        }
        _ => return Ok(None),
    };
    *cursor = ahead;
    Ok(Some(days))
}

fn range_end(cursor: &mut Cursor) -> Result<Option<Weekday>, Error> {
    let to =
        cursor.eat(&Kind::Dash) || cursor.eat_word(&["to", "through", "thru", "until", "till"]);
    if !to {
        return Ok(None);
    }
    match cursor.word().and_then(weekday) {
        Some(last) => {
            cursor.advance(1);
            Ok(Some(last))
        }
        None => Err(not_a_day(cursor)),
    }
}

/// The error for a place where a day of the week is needed.
pub(super) fn not_a_day(cursor: &Cursor) -> Error {
    if cursor.is_end() {
        return cursor
            .error("a day is missing")
            .hint("for example weekdays, or mon, wed and fri");
    }
    let written = cursor.next_text();
    let error = cursor.error(format!("\"{written}\" is not a day of the week"));
    let similar = cursor.word().and_then(|word| similar(word, day_words()));
    match similar {
        Some(day) => error.hint(format!("did you mean \"{day}\"?")),
        None => error.hint("for example weekdays, or mon, wed and fri"),
    }
}

/// The words for days, each long enough to be mistyped.
pub(super) fn day_words() -> impl Iterator<Item = &'static str> {
    [
        "monday",
        "mondays",
        "tuesday",
        "tuesdays",
        "wednesday",
        "wednesdays",
        "thursday",
        "thursdays",
        "friday",
        "fridays",
        "saturday",
        "saturdays",
        "sunday",
        "sundays",
        "weekday",
        "weekdays",
        "weekend",
        "weekends",
        "daily",
    ]
    .into_iter()
}

/// The known word nearest to `word`, if it is near enough to be a slip of the finger.
pub(super) fn similar<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match word.chars().count() {
        0..=2 => return None,
        3..=4 => 1,
        _ => 2,
    };
    known
        .map(|known| (strsim::osa_distance(word, known), known))
        .filter(|(distance, _)| (1..=allowed).contains(distance))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

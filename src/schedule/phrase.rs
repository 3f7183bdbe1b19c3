//! Schedules in words: "weekdays at 10:30", "3 times a day between 9:00 and 18:00, at least 90 minutes apart".
//!
//! A phrase is a list of clauses in any order, each a part of a [`Draft`]. What no clause takes is an error.

use std::ops::Range;

use jiff::SignedDuration;
use jiff::civil::Time;

use super::Error;
use super::dates::{dates, is_ordinal, month};
use super::days::{self, is_day_word, not_a_day, weekday};
use super::draft::{Draft, Part, Problem};
use super::durations::{duration, duration_or_unit, not_a_duration, unit};
use super::lexer::{Cursor, tokens};
use super::refuse;
use super::rule::{DayRule, Rule};
use super::times::{self, Clock, eat_to, range, required_clock};
use super::words::{TimeRange, describe_duration, number_word};

pub(super) fn parse(text: &str) -> Result<Rule, Error> {
    let tokens = tokens(text)?;
    let mut cursor = Cursor::new(text, &tokens);
    let mut phrase = Phrase::default();
    while !cursor.is_end() {
        phrase.clause(&mut cursor)?;
        let separator = cursor;
        if cursor.eat_separator() && cursor.is_end() {
            return Err(separator.error(format!(
                "something is missing after \"{}\"",
                separator.next_text()
            )));
        }
    }
    phrase.finish(cursor.span())
}

#[derive(Default)]
struct Phrase {
    draft: Draft,
    places: Vec<(Part, Range<usize>)>,
    /// Where "at random" is written, which needs a number of times.
    random: Option<Range<usize>>,
}

impl Phrase {
    /// Reads one clause. Eats at least one word.
    fn clause(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        if let Some(error) = refuse::least_count(cursor) {
            return Err(error);
        }
        let next = cursor.word_at(1);
        match cursor.word() {
            None if cursor.number().is_some() => self.number(cursor),
            Some("at") if next == Some("least") => self.apart(cursor),
            Some("at") if next == Some("random") => {
                self.random = Some(cursor.span());
                cursor.advance(2);
                Ok(())
            }
            Some("randomly") => {
                self.random = Some(cursor.span());
                cursor.advance(1);
                Ok(())
            }
            Some("at" | "noon" | "midday" | "midnight") => self.times(cursor),
            Some("from") if next.is_some_and(|word| weekday(word).is_some()) => self.days(cursor),
            Some("between" | "from") => self.window(cursor),
            Some("every" | "each") => self.every(cursor),
            Some("hourly") => {
                let start = *cursor;
                cursor.advance(1);
                self.draft.every = Some(SignedDuration::from_hours(1));
                self.place(Part::Every, cursor.span_from(&start))
            }
            // "Once every 2 hours" is the interval.
            Some("once") if is_interval(cursor) => {
                cursor.advance(1);
                self.every(cursor)
            }
            Some("once" | "twice" | "thrice") => self.count(cursor),
            Some("with" | "minimum" | "half" | "quarter" | "a" | "an") => self.apart(cursor),
            Some("on" | "the" | "all") => self.days(cursor),
            Some(word) if is_day_word(word) || month(word).is_some() => self.days(cursor),
            Some(word) if number_word(word).is_some() => self.number(cursor),
            _ => Err(refuse::unknown(cursor)),
        }
    }

    /// What starts with a number: a count, a duration, dates or times.
    fn number(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        let next = cursor.word_at(1);
        if matches!(next, Some("times" | "time" | "x" | "random")) {
            return self.count(cursor);
        }
        if let Some(error) = refuse::slash_date(cursor).or_else(|| refuse::count_range(cursor)) {
            return Err(error);
        }
        let mut ahead = *cursor;
        if let Some(length) = duration(&mut ahead)? {
            return match ahead.word() {
                Some("apart") => self.apart(cursor),
                _ => Err(Error::new(
                    ahead.span_from(cursor),
                    "it is not clear what this duration is for",
                )
                .hint(format!(
                    "for an interval, write \"every {}\"",
                    describe_duration(length)
                ))),
            };
        }
        if dates(&mut ahead)?.is_some() {
            return self.days(cursor);
        }
        if refuse::is_year(cursor) {
            return Err(refuse::year(cursor));
        }
        if next.is_some_and(is_day_word) {
            return Err(refuse::counted_days(cursor));
        }
        if cursor.number().is_none() {
            return Err(refuse::unknown(cursor));
        }
        let start = times::clock(&mut ahead)?;
        match start {
            Some(start) if eat_to(&mut ahead) => {
                let end = required_clock(&mut ahead)?;
                self.draft.window = Some(range(&start, &end)?);
                self.place_and_move(Part::Window, cursor, ahead)
            }
            _ if self.is_placed(Part::Window) => self.second_window_or_times(cursor),
            _ => self.times(cursor),
        }
    }

    /// After "between 9:00 and 12:00 and", the pair in "14:00 and 18:00" is a range too.
    fn second_window_or_times(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        let mut ahead = *cursor;
        match time_list(&mut ahead)?.len() {
            2 => self.place(Part::Window, ahead.span_from(cursor)),
            _ => self.times(cursor),
        }
    }

    fn times(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        let mut ahead = *cursor;
        ahead.eat_word(&["at"]);
        self.draft.times = Some(time_list(&mut ahead)?);
        self.place_and_move(Part::Times, cursor, ahead)
    }

    /// "between 9:00 and 17:00", "from 9:00 to 17:00"; "from midnight" is how intervals start anyway.
    fn window(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        let mut ahead = *cursor;
        ahead.advance(1);
        if ahead.word().and_then(weekday).is_some() {
            return Err(ahead
                .error("between is for times")
                .hint("for days, write \"monday to friday\""));
        }
        let start = required_clock(&mut ahead)?;
        let to = eat_to(&mut ahead) || ahead.eat_word(&["and"]);
        let window = match to {
            true => range(&start, &required_clock(&mut ahead)?)?,
            false if cursor.word() == Some("from") && is_midnight(&start) => TimeRange::WHOLE_DAY,
            false => {
                return Err(ahead
                    .error("the range's end is missing")
                    .hint("for example between 9:00 and 18:00"));
            }
        };
        self.draft.window = Some(window);
        self.place_and_move(Part::Window, cursor, ahead)
    }

    /// "every monday", "every 24 December", "every 90 minutes".
    fn every(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        let mut ahead = *cursor;
        ahead.advance(1);
        ahead.eat_word(&["single"]);
        if is_ordinal(&ahead) {
            return Err(refuse::nth(&ahead));
        }
        let is_days = ahead
            .word()
            .is_some_and(|word| word == "day" || is_day_word(word));
        if is_days || dates(&mut ahead.clone())?.is_some() {
            return self.days(cursor);
        }
        self.draft.every = Some(interval(&mut ahead)?);
        self.place_and_move(Part::Every, cursor, ahead)
    }

    /// "once", "twice a day", "3 times".
    fn count(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        let mut ahead = *cursor;
        let number = ahead
            .number()
            .or_else(|| ahead.word().and_then(number_word));
        let count = match (number, ahead.word()) {
            (Some(number), _) => number,
            (None, Some("twice")) => 2,
            (None, Some("thrice")) => 3,
            (None, _) => 1,
        };
        ahead.advance(1);
        if number.is_some() {
            ahead.eat_word(&["random"]);
            if !ahead.eat_word(&["times", "time", "x"]) {
                return Err(ahead
                    .error("\"times\" is missing")
                    .hint("for example 3 times a day between 9:00 and 18:00"));
            }
        }
        per_day(&mut ahead)?;
        self.draft.count = Some(count);
        self.place_and_move(Part::Count, cursor, ahead)
    }

    /// "at least 90 minutes apart", "with at least an hour apart", "1 h apart".
    fn apart(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        let mut ahead = *cursor;
        ahead.eat_word(&["with"]);
        if ahead.eat_word(&["at"]) && !ahead.eat_word(&["least"]) {
            return Err(refuse::unknown(&ahead));
        }
        ahead.eat_word(&["minimum"]);
        let length = duration(&mut ahead)?.ok_or_else(|| not_a_duration(&ahead))?;
        if !ahead.eat_word(&["apart"]) {
            return Err(ahead.error("\"apart\" is missing").hint(format!(
                "write at least {} apart",
                describe_duration(length)
            )));
        }
        self.draft.apart = Some(length);
        self.place_and_move(Part::Apart, cursor, ahead)
    }

    fn days(&mut self, cursor: &mut Cursor) -> Result<(), Error> {
        let mut ahead = *cursor;
        ahead.eat_word(&["from"]);
        self.draft.days = Some(days(&mut ahead)?);
        self.place_and_move(Part::Days, cursor, ahead)
    }

    fn place_and_move<'a>(
        &mut self,
        part: Part,
        cursor: &mut Cursor<'a>,
        ahead: Cursor<'a>,
    ) -> Result<(), Error> {
        let span = ahead.span_from(cursor);
        *cursor = ahead;
        self.place(part, span)
    }

    fn place(&mut self, part: Part, span: Range<usize>) -> Result<(), Error> {
        if self.is_placed(part) {
            let what = match part {
                Part::Times => "times of day are",
                Part::Every => "an interval is",
                Part::Count => "a number of times is",
                Part::Window => "a range of times is",
                Part::Apart => "a least distance is",
                Part::Days => "days are",
            };
            return Err(Error::new(span, format!("{what} given a second time"))
                .hint("two schedules go in a list: [\"…\", \"…\"]"));
        }
        self.places.push((part, span));
        Ok(())
    }

    fn is_placed(&self, part: Part) -> bool {
        self.places.iter().any(|(placed, _)| *placed == part)
    }

    fn finish(self, end: Range<usize>) -> Result<Rule, Error> {
        if let (Some(span), None) = (self.random, self.draft.count) {
            return Err(Error::new(span, "random times need a number")
                .hint("for example 3 times a day at random between 9:00 and 18:00"));
        }
        let places = self.places;
        self.draft.assemble().map_err(|problem: Problem| {
            let place = places
                .into_iter()
                .find(|(part, _)| Some(*part) == problem.part);
            Error::new(place.map_or(end, |(_, span)| span), problem.message).hint(problem.hint)
        })
    }
}

/// Whether "once" comes before "every" and a duration shorter than a day.
fn is_interval(cursor: &Cursor) -> bool {
    let mut ahead = *cursor;
    ahead.advance(1);
    ahead.eat_word(&["every", "each"])
        && matches!(duration_or_unit(&mut ahead), Ok(Some(length)) if length < SignedDuration::from_hours(24))
}

fn is_midnight(clock: &Clock) -> bool {
    clock.minutes == 0
}

/// "a day", "daily", "per day"; other cycles are refused.
fn per_day(cursor: &mut Cursor) -> Result<(), Error> {
    let mut ahead = *cursor;
    let article = ahead.eat_word(&["a", "an", "per", "each", "every"]);
    match ahead.word() {
        Some("day") if article => ahead.advance(1),
        Some("daily") if !article => ahead.advance(1),
        // In "once every monday" and "once a weekday" the days are a clause of their own.
        Some(word) if article && is_day_word(word) => {
            cursor.eat_word(&["a", "an", "per"]);
            return Ok(());
        }
        Some("weekly" | "hourly" | "monthly" | "yearly") => return Err(refuse::per_other(&ahead)),
        Some("hour" | "week" | "month" | "year" | "minute" | "fortnight") if article => {
            return Err(refuse::per_other(&ahead));
        }
        _ => return Ok(()),
    }
    *cursor = ahead;
    Ok(())
}

/// The duration after "every".
pub(super) fn interval(cursor: &mut Cursor) -> Result<SignedDuration, Error> {
    if let Some(error) = refuse::cycle(cursor) {
        return Err(error);
    }
    match duration_or_unit(cursor)? {
        Some(length) => Ok(length),
        None if cursor.number().is_some() || cursor.is_end() => Err(not_a_duration(cursor)),
        None => Err(refuse::unknown(cursor)),
    }
}

/// "9:00", "9, noon and 17:30".
pub(super) fn time_list(cursor: &mut Cursor) -> Result<Vec<Time>, Error> {
    let mut clocks = vec![required_clock(cursor)?];
    loop {
        let mut ahead = *cursor;
        if !ahead.eat_separator() {
            break;
        }
        ahead.eat_word(&["at"]);
        if !starts_time(&ahead) {
            break;
        }
        clocks.push(required_clock(&mut ahead)?);
        *cursor = ahead;
    }
    times::times(&clocks)
}

fn starts_time(cursor: &Cursor) -> bool {
    let next = cursor.word_at(1);
    let other = next.is_some_and(|word| {
        matches!(word, "times" | "time" | "x" | "random")
            || month(word).is_some()
            || unit(word).is_some()
    });
    let named = matches!(cursor.word(), Some("noon" | "midday" | "midnight"));
    named || cursor.number().is_some() && !other && !is_ordinal(cursor)
}

/// Days of the week or dates, with "on" before them or not.
pub(super) fn days(cursor: &mut Cursor) -> Result<DayRule, Error> {
    let on = cursor.eat_word(&["on"]);
    if let Some(days) = days::days(cursor)? {
        return Ok(DayRule::Week(days));
    }
    let mut ahead = *cursor;
    ahead.eat_word(&["every", "each"]);
    if let Some(dates) = dates(&mut ahead)? {
        *cursor = ahead;
        return Ok(DayRule::Dates(dates));
    }
    ahead.eat_word(&["the"]);
    Err(match (ahead.number(), ahead.word()) {
        (Some(number), _) => refuse::bare_day(&ahead, number),
        (None, Some(word)) if refuse::is_ordinal_word(word) => refuse::ordinal_word(&ahead),
        (None, Some(word)) if refuse::is_known(word) => refuse::unknown(&ahead),
        _ if on => not_a_day(&ahead),
        _ => refuse::unknown(&ahead),
    })
}

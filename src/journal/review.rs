//! A stretch of the journal, looked at again: what was said, how often, and when.
//!
//! It counts, and nothing more: there is no average, no score, nothing is set against another time, and a day without an
//! entry is no gap. Days and hours are those of the clock on the wall there and then.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Weekday};
use serde::Serialize;

use super::{CheckIn, Content, Entry, Outcome, Quick, Scale};

/// What a stretch of the journal holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Review {
    /// How the person was.
    pub check_ins: CheckIns,
    /// The words for it.
    pub said: Said,
    /// When they said so.
    pub times: Times,
    /// What they wrote, with a check-in or without, the oldest first.
    pub notes: Vec<Entry>,
    /// What went a bit better, the oldest first.
    pub wins: Vec<Entry>,
    /// How often something was written for a prompt, by its full id.
    #[serde(skip)]
    pub written: BTreeMap<String, u64>,
}

/// How the person was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckIns {
    /// All check-ins.
    pub count: u64,
    /// "Okay".
    pub okay: u64,
    /// "Hard".
    pub hard: u64,
    /// "Too much".
    pub too_much: u64,
    /// Without any of these three: in words, or on the grid.
    pub otherwise: u64,
    /// "Rather not".
    pub rather_not: u64,
    /// Where on the grid.
    pub grid: Grid,
}

/// The check-ins on the grid of pleasantness and energy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Grid {
    /// All that have both.
    pub count: u64,
    /// How many at each place: energy first, then pleasantness, each from its lowest.
    pub places: [[u64; 5]; 5],
}

/// What was said in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Words for how it was.
    pub words: Tally,
    /// Where in the body.
    pub body: Tally,
    /// What it was about.
    pub context: Tally,
    /// What was needed.
    pub need: Tally,
}

/// How often each of some words was said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The check-ins that said any.
    pub count: u64,
    /// Each word, and in how many check-ins; what was said most often first.
    pub each: Vec<(String, u64)>,
}

/// When check-ins were answered, by the clock on the wall there and then.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// All of them.
    pub count: u64,
    /// How many in each hour of each weekday, Monday first.
    pub hours: [[u64; 24]; 7],
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// Its first hour.
    pub from: usize,
    /// The hour that is no longer in it.
    pub to: usize,
}

/// The parts of a day.
pub const PARTS: [Part; 4] = [
    Part::new("night", 0, 6),
    Part::new("morning", 6, 12),
    Part::new("afternoon", 12, 18),
    Part::new("evening", 18, 24),
];

impl Part {
    const fn new(name: &'static str, from: usize, to: usize) -> Self {
        Self { name, from, to }
    }

    /// "morning, 6–12"
    #[must_use]
    pub fn in_words(self) -> String {
        format!("{}, {}–{}", self.name, self.from, self.to)
    }
}

impl Review {
    /// Looks through these entries, the oldest first.
    #[must_use]
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut review = Self::default();
        let mut counts = Counts::default();
        for entry in entries {
            review.take(entry, &mut counts);
        }
        review.said = counts.into_said();
        review
    }

    /// Whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.check_ins.count == 0 && self.notes.is_empty() && self.wins.is_empty()
    }

    fn take(&mut self, entry: Entry, counts: &mut Counts) {
        match &entry.content {
            Content::CheckIn(said) => {
                self.check_ins.take(said);
                self.times.take(entry.moment.local());
                counts.take(said);
                if said.note.is_some() {
                    self.notes.push(entry);
                }
            }
            Content::Note { .. } => {
                self.count_written(&entry);
                self.notes.push(entry);
            }
            Content::Win { .. } => {
                self.count_written(&entry);
                self.wins.push(entry);
            }
        }
    }

    fn count_written(&mut self, entry: &Entry) {
        if let Some(prompt) = &entry.prompt {
            *self.written.entry(prompt.clone()).or_default() += 1;
        }
    }
}

impl CheckIns {
    fn take(&mut self, said: &CheckIn) {
        self.count += 1;
        let which = match (said.outcome, said.quick) {
            (Outcome::RatherNot, _) => &mut self.rather_not,
            (Outcome::Answered, Some(Quick::Okay)) => &mut self.okay,
            (Outcome::Answered, Some(Quick::Hard)) => &mut self.hard,
            (Outcome::Answered, Some(Quick::TooMuch)) => &mut self.too_much,
            (Outcome::Answered, None) => &mut self.otherwise,
        };
        *which += 1;
        if let (Some(pleasant), Some(energy)) = (said.pleasant, said.energy) {
            self.grid.count += 1;
            self.grid.places[index(energy)][index(pleasant)] += 1;
        }
    }

    /// Each answer that was given, and how often.
    #[must_use]
    pub fn answers(&self) -> Vec<(&'static str, u64)> {
        let all = [
            ("okay", self.okay),
            ("hard", self.hard),
            ("too much", self.too_much),
            ("in other words", self.otherwise),
            ("rather not", self.rather_not),
        ];
        said_at_all(all)
    }
}

impl Times {
    fn take(&mut self, local: DateTime) {
        self.count += 1;
        let weekday = usize::from(local.weekday().to_monday_zero_offset().unsigned_abs());
        let hour = usize::from(local.hour().unsigned_abs());
        self.hours[weekday][hour] += 1;
    }

    /// The parts of the day with check-ins, and how many.
    #[must_use]
    pub fn parts(&self) -> Vec<(Part, u64)> {
        let count = |part: Part| {
            let of_day = |hours: &[u64; 24]| hours[part.from..part.to].iter().sum::<u64>();
            (part, self.hours.iter().map(of_day).sum())
        };
        said_at_all(PARTS.map(count))
    }

    /// The weekdays with check-ins, and how many.
    #[must_use]
    pub fn weekdays(&self) -> Vec<(Weekday, u64)> {
        let days = Weekday::Monday.cycle_forward().zip(&self.hours);
        said_at_all(days.map(|(day, hours)| (day, hours.iter().sum())))
    }
}

/// A scale's place, counted from its lowest.
fn index(scale: Scale) -> usize {
    let lowest = Scale::ALL[0].value();
    usize::from(scale.value().abs_diff(lowest))
}

fn said_at_all<T>(counts: impl IntoIterator<Item = (T, u64)>) -> Vec<(T, u64)> {
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// Words while they are counted.
#[derive(Default)]
struct Counts {
    words: Count,
    body: Count,
    context: Count,
    need: Count,
}

#[derive(Default)]
struct Count {
    check_ins: u64,
    each: BTreeMap<String, u64>,
}

impl Counts {
    fn take(&mut self, said: &CheckIn) {
        self.words.take(&said.words);
        self.body.take(&said.body);
        self.context.take(&said.context);
        self.need.take(&said.need);
    }

    fn into_said(self) -> Said {
        Said {
            words: self.words.into_tally(),
            body: self.body.into_tally(),
            context: self.context.into_tally(),
            need: self.need.into_tally(),
        }
    }
}

impl Count {
    fn take(&mut self, words: &[String]) {
        if words.is_empty() {
            return;
        }
        self.check_ins += 1;
        for (nth, word) in words.iter().enumerate() {
            // A word that is said twice at once is said once.
            if words[..nth].contains(word) {
                continue;
            }
            match self.each.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(self.each.insert(word.clone(), 1)),
            }
        }
    }

    fn into_tally(self) -> Tally {
        let mut each: Vec<(String, u64)> = self.each.into_iter().collect();
        // Stable: what was said equally often stays in the order of the alphabet.
        each.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Tally {
            count: self.check_ins,
            each,
        }
    }
}

/// A stretch of days, the last one included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Days {
    /// The first.
    pub since: Date,
    /// The last.
    pub until: Date,
}

impl Days {
    /// "18 to 24 November 2026", with as much of the first day as differs.
    #[must_use]
    pub fn in_words(self) -> String {
        let last = self.until.strftime("%-d %B %Y").to_string();
        let first = match (self.since, self.until) {
            (since, until) if since == until => return last,
            (since, until) if since.first_of_month() == until.first_of_month() => "%-d",
            (since, until) if since.year() == until.year() => "%-d %B",
            _ => "%-d %B %Y",
        };
        format!("{} to {last}", self.since.strftime(first))
    }
}

#[cfg(test)]
mod tests;

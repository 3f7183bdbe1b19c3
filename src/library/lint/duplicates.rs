//! Bar 5: texts that are the same, nearly the same, or begin or end alike.

use std::collections::hash_map::Entry;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::passages::{Passage, Sheet};
use super::{Finding, Rule};

/// Two texts of the library are too alike where so many of a hundred of their runs of three words are in both: their Jaccard
/// index, in percent.
const ALIKE_PERCENT: usize = 50;
/// The same inside one collection.
const ALIKE_INSIDE_PERCENT: usize = 35;

/// The most texts that may open with the same two words, of a hundred.
const OPENING_PERCENT: usize = 6;
/// The most texts that may end in the same three words, of a hundred.
const ENDING_PERCENT: usize = 3;

/// A run of words that stands in more texts than this says nothing about any two of them.
const COMMON: usize = 200;

/// A wording, its words numbered alike in all files.
struct Text<'s> {
    sheet: &'s Sheet<'s>,
    passage: &'s Passage<'s>,
    words: Vec<u32>,
}

impl Text<'_> {
    fn is_of_same_collection(&self, other: &Self) -> bool {
        std::ptr::eq(self.sheet, other.sheet)
    }

    fn is_of_same_prompt(&self, other: &Self) -> bool {
        self.is_of_same_collection(other) && self.passage.prompt == other.passage.prompt
    }

    /// Some of its words, in lower case.
    fn spelled(&self, words: Range<usize>) -> impl Iterator<Item = &str> {
        let all = self.sheet.words_of(self.passage);
        all.skip(words.start)
            .take(words.len())
            .map(|word| word.lower.as_str())
    }

    fn finding(&self, rule: Rule, words: String) -> Finding {
        self.sheet.finding(rule, words, self.passage)
    }
}

/// Every wording, file by file.
fn texts<'s>(sheets: &'s [Sheet<'s>]) -> Vec<Text<'s>> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut texts = Vec::new();
    for sheet in sheets {
        let spellings = sheet.words.distinct().iter();
        let of_sheet: Vec<u32> = spellings
            .map(|word| {
                let next = number(numbers.len());
                *numbers.entry(&word.lower).or_insert(next)
            })
            .collect();
        texts.extend(sheet.wordings().map(|passage| {
            let words = sheet.words.numbers(&passage.words).iter();
            Text {
                sheet,
                passage,
                words: words.map(|word| of_sheet[*word as usize]).collect(),
            }
        }));
    }
    texts
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("no library has four billion words")
}

/// Texts that are the same, or too alike; the later one is reported.
pub(super) fn alike(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let texts = texts(sheets);
    let mut earlier = Earlier::new(&texts);
    let mut first_with: HashMap<&[u32], &Text<'_>> = HashMap::new();
    let mut found = Vec::new();
    for text in &texts {
        let near = earlier.take_next();
        match first_with.entry(&text.words) {
            Entry::Occupied(same) => {
                let words = format!("the same as {}", name(same.get()));
                found.push(text.finding(Rule::Same, words));
            }
            Entry::Vacant(first) => {
                first.insert(text);
                found.extend(
                    near.map(|near| text.finding(Rule::Alike, format!("nearly {}", name(near)))),
                );
            }
        }
    }
    found
}

/// The texts so far, by their runs of three words.
struct Earlier<'t> {
    texts: &'t [Text<'t>],
    /// Where the texts of the collection begin that the last one so far is of.
    collection_start: usize,
    numbers: HashMap<[u32; 3], u32>,
    /// By a run's number, the texts so far that it stands in, or as many as make it common.
    holders: Vec<Vec<u32>>,
    /// What is known of each text so far.
    seen: Vec<Seen>,
}

/// An earlier text, as far as a later one is compared with it.
struct Seen {
    /// How many different runs it has.
    runs: u32,
    /// How many of them are known to be in the later one too; 0 between two comparisons.
    shared: u32,
}

impl<'t> Earlier<'t> {
    fn new(texts: &'t [Text<'t>]) -> Self {
        Self {
            texts,
            collection_start: 0,
            numbers: HashMap::new(),
            holders: Vec::new(),
            seen: Vec::with_capacity(texts.len()),
        }
    }

    /// Adds the next text; tells which of the earlier ones is too alike, the most alike of them.
    fn take_next(&mut self) -> Option<&'t Text<'t>> {
        let index = self.seen.len();
        let text = &self.texts[index];
        if !text.is_of_same_collection(&self.texts[self.collection_start]) {
            self.collection_start = index;
        }
        let runs = self.runs(&text.words);
        let nearest = self.nearest(text, &runs);
        self.seen.push(Seen {
            runs: number(runs.len()),
            shared: 0,
        });
        for run in runs {
            let holders = &mut self.holders[run as usize];
            if holders.len() <= COMMON {
                holders.push(number(index));
            }
        }
        nearest.map(|nearest| &self.texts[nearest])
    }

    /// The numbers of the different runs of these words.
    fn runs(&mut self, words: &[u32]) -> Vec<u32> {
        let of_run = |run: &[u32]| {
            let next = number(self.holders.len());
            let run = [run[0], run[1], run[2]];
            let number = *self.numbers.entry(run).or_insert(next);
            if number == next {
                self.holders.push(Vec::new());
            }
            number
        };
        let mut runs: Vec<u32> = words.windows(3).map(of_run).collect();
        runs.sort_unstable();
        runs.dedup();
        runs
    }

    /// Of the earlier texts that are too alike the most alike one, the later of two.
    ///
    /// The text's `runs` are gone through from the rarest to the most common, and only those texts are followed that can
    /// still come to share as many as make them too alike: soon there is none.
    fn nearest(&mut self, text: &Text<'_>, runs: &[u32]) -> Option<usize> {
        let held = runs.iter().map(|run| &self.holders[*run as usize]);
        let mut held: Vec<&Vec<u32>> = held
            .filter(|holders| (1..=COMMON).contains(&holders.len()))
            .collect();
        held.sort_unstable_by_key(|holders| holders.len());

        // Whether a text would be too alike if it shared so many, as far as it has them.
        let is_enough = |shared: usize, other: usize, seen: &Seen| {
            let percent = if other < self.collection_start {
                ALIKE_PERCENT
            } else {
                ALIKE_INSIDE_PERCENT
            };
            let shared = shared.min(seen.runs as usize);
            let all = runs.len() + seen.runs as usize - shared;
            shared * 100 >= percent * all
        };
        let mut followed: Vec<usize> = Vec::new();
        for (gone, holders) in held.iter().enumerate() {
            let left = held.len() - gone;
            if followed.is_empty() && left * 100 < ALIKE_INSIDE_PERCENT * runs.len() {
                break;
            }
            for other in holders.iter().map(|other| *other as usize) {
                let seen = &mut self.seen[other];
                if seen.shared > 0 {
                    seen.shared += 1;
                } else if is_enough(left, other, seen) {
                    seen.shared = 1;
                    followed.push(other);
                }
            }
            followed.retain(|other| {
                let seen = &mut self.seen[*other];
                let can_be_enough = is_enough(seen.shared as usize + left - 1, *other, seen);
                if !can_be_enough {
                    seen.shared = 0;
                }
                can_be_enough
            });
        }
        let compared = followed.into_iter().map(|other| {
            let seen = &mut self.seen[other];
            let shared = std::mem::take(&mut seen.shared) as usize;
            (other, shared, runs.len() + seen.runs as usize - shared)
        });
        compared
            .filter(|(other, _, _)| !self.texts[*other].is_of_same_prompt(text))
            .max_by(|(one, shared, all), (other, others_shared, others_all)| {
                let by_part = (shared * others_all).cmp(&(others_shared * all));
                by_part.then(one.cmp(other))
            })
            .map(|(nearest, _, _)| nearest)
    }
}

/// More texts than may that open with the same two words, or end in the same three: each of the surplus.
pub(super) fn openings_and_endings(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let texts = texts(sheets);
    let opening = |words: usize| (words >= 2).then_some(0..2);
    let ending = |words: usize| Some(words.checked_sub(3)?..words);
    let mut found = surplus(&texts, Rule::SameOpening, OPENING_PERCENT, opening);
    found.extend(surplus(&texts, Rule::SameEnding, ENDING_PERCENT, ending));
    found
}

fn surplus(
    texts: &[Text<'_>],
    rule: Rule,
    percent: usize,
    part: impl Fn(usize) -> Option<Range<usize>>,
) -> Vec<Finding> {
    let most = texts.len() * percent / 100;
    let mut seen: HashMap<&[u32], usize> = HashMap::new();
    let mut found = Vec::new();
    for text in texts {
        let Some(part) = part(text.words.len()) else {
            continue;
        };
        let count = seen.entry(&text.words[part.clone()]).or_default();
        *count += 1;
        if *count > most {
            let words: Vec<&str> = text.spelled(part).collect();
            let message = format!("\"{}\" for the {count}th time of {most}", words.join(" "));
            found.push(text.finding(rule, message));
        }
    }
    found
}

fn name(text: &Text<'_>) -> String {
    let (line, _) = text.sheet.source.line_and_column(text.passage.span.start);
    match text.sheet.id_of(text.passage) {
        "" => format!("line {line} of {}", text.sheet.source.name),
        id => format!("{id} (line {line})"),
    }
}

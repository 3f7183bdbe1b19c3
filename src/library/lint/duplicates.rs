//! Bar 5: texts that are the same, nearly the same, or begin or end alike.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::passages::{Passage, Sheet};
use super::readability::words;
use super::{Finding, Rule};

/// From this likeness on, two texts of the library are too alike (Jaccard index of their three-word runs).
const ALIKE: f64 = 0.5;
/// The same inside one collection.
const ALIKE_INSIDE: f64 = 0.35;

/// The most texts that may open with the same two words, of a hundred.
const OPENING_PERCENT: usize = 6;
/// The most texts that may end in the same three words, of a hundred.
const ENDING_PERCENT: usize = 3;

/// A run of words that stands in more texts than this says nothing about any two of them.
const COMMON: usize = 200;

/// A wording, taken apart.
struct Text<'s> {
    sheet: &'s Sheet<'s>,
    passage: &'s Passage,
    words: Vec<String>,
    runs: HashSet<String>,
}

impl<'s> Text<'s> {
    fn new(sheet: &'s Sheet<'s>, passage: &'s Passage) -> Self {
        let words: Vec<String> = words(&passage.text).map(str::to_lowercase).collect();
        let runs = words.windows(3).map(|run| run.join(" ")).collect();
        Self {
            sheet,
            passage,
            words,
            runs,
        }
    }

    fn is_of_same_prompt(&self, other: &Self) -> bool {
        std::ptr::eq(self.sheet, other.sheet) && self.passage.prompt == other.passage.prompt
    }

    fn finding(&self, rule: Rule, words: String) -> Finding {
        self.sheet.finding(rule, words, self.passage)
    }
}

/// Texts that are the same, or too alike; the later one is reported.
pub(super) fn alike(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let texts = texts(sheets);
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut earlier: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let whole = text.words.join(" ");
        if let Some(same) = earlier.get(&whole).map(|same| &texts[*same]) {
            found.push(text.finding(Rule::Same, format!("the same as {}", name(same))));
        } else {
            let near = nearest(text, &texts, &holders);
            found.extend(
                near.map(|near| text.finding(Rule::Alike, format!("nearly {}", name(near)))),
            );
        }
        earlier.entry(whole).or_insert(index);
        for run in &text.runs {
            holders.entry(run).or_default().push(index);
        }
    }
    found
}

/// An earlier text that is too alike; the most alike of them.
fn nearest<'t>(
    text: &Text<'_>,
    texts: &'t [Text<'t>],
    holders: &HashMap<&str, Vec<usize>>,
) -> Option<&'t Text<'t>> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for holders in text.runs.iter().filter_map(|run| holders.get(run.as_str())) {
        if holders.len() <= COMMON {
            for holder in holders {
                *shared.entry(*holder).or_default() += 1;
            }
        }
    }
    let likeness = |(index, shared): (usize, usize)| {
        let other = &texts[index];
        let all = text.runs.len() + other.runs.len() - shared;
        (ratio(shared, all), other)
    };
    let too_alike = |(likeness, other): &(f64, &Text<'_>)| {
        let bound = if std::ptr::eq(other.sheet, text.sheet) {
            ALIKE_INSIDE
        } else {
            ALIKE
        };
        *likeness >= bound && !other.is_of_same_prompt(text)
    };
    let near = shared.into_iter().map(likeness).filter(too_alike);
    let most = near.max_by(|one, other| one.0.total_cmp(&other.0));
    most.map(|(_, other)| other)
}

/// More texts than may that open with the same two words, or end in the same three: each of the surplus.
pub(super) fn openings_and_endings(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let texts = texts(sheets);
    let opening = |text: &Text<'_>| text.words.get(..2).map(|two| two.join(" "));
    let ending = |text: &Text<'_>| {
        let from = text.words.len().checked_sub(3)?;
        Some(text.words[from..].join(" "))
    };
    let mut found = surplus(&texts, Rule::SameOpening, OPENING_PERCENT, opening);
    found.extend(surplus(&texts, Rule::SameEnding, ENDING_PERCENT, ending));
    found
}

fn surplus(
    texts: &[Text<'_>],
    rule: Rule,
    percent: usize,
    part: impl Fn(&Text<'_>) -> Option<String>,
) -> Vec<Finding> {
    let most = texts.len() * percent / 100;
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for text in texts {
        let Some(words) = part(text) else { continue };
        let count = seen.entry(words.clone()).or_default();
        *count += 1;
        if *count > most {
            let message = format!("\"{words}\" for the {count}th time of {most}");
            found.push(text.finding(rule, message));
        }
    }
    found
}

fn texts<'s>(sheets: &'s [Sheet<'s>]) -> Vec<Text<'s>> {
    sheets
        .iter()
        .flat_map(|sheet| {
            sheet
                .wordings()
                .map(move |passage| Text::new(sheet, passage))
        })
        .collect()
}

fn name(text: &Text<'_>) -> String {
    let (line, _) = text.sheet.source.line_and_column(text.passage.span.start);
    match text.sheet.id_of(text.passage) {
        "" => format!("line {line} of {}", text.sheet.source.name),
        id => format!("{id} (line {line})"),
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if whole == 0 {
        0.0
    } else {
        number(part) / number(whole)
    }
}

//! The lint: what a prompt, a collection and the library have to meet, and what does not meet it.
//!
//! The bars and their numbers are those of `affirmations/README.md`. For what comes with attuned they bind; a person's own
//! lines get the same findings as advice ([`Sheets::advice`]), as their words are theirs. Exemptions are data, each with its
//! reason. How long a person's own texts are in characters, the loader tells.

mod duplicates;
mod exemptions;
mod passages;
mod readability;
mod rule;
mod shape;
mod wording;
mod words;

#[cfg(test)]
mod tests;

pub use exemptions::Exemption;
pub use rule::Rule;

use std::collections::HashMap;
use std::sync::Arc;

use super::{shipped, threads};
use crate::source::{Diagnostic, Place, Severity, Source, Toml};
pub(super) use passages::Sheet;
use passages::{Language, Part};

/// Sentences of a text, and words of a sentence, at most.
const MOST_SENTENCES: usize = 3;
const MOST_WORDS: usize = 16;

/// The highest Flesch–Kincaid grade of a text of so many words, and the highest mean of a collection. On fewer words the
/// formula, made for passages, swings with a single syllable.
const HIGHEST_GRADE: f64 = 8.0;
const GRADED_WORDS: usize = 8;
const HIGHEST_MEAN: f64 = 4.0;

/// Syllables that make a long word, and how many such words a text may have.
const LONG_WORD: u32 = 4;
const MOST_LONG_WORDS: usize = 1;

/// A bar that is not met, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The bar.
    pub rule: Rule,
    /// The words, or the figure.
    pub words: String,
    /// The prompt's full id; empty for what is about a file or a line.
    pub prompt: String,
    /// Where.
    pub place: Place,
}

impl Finding {
    /// The finding as an error, with its bar.
    #[must_use]
    pub fn error(&self) -> Diagnostic {
        self.diagnostic(Severity::Error, format!("{}: {}", self.rule, self.words))
    }

    /// The finding as a thought for whoever wrote the line.
    #[must_use]
    pub fn advice(&self) -> Diagnostic {
        let message = format!("you may like to look at this again: {}", self.words);
        self.diagnostic(Severity::Advice, message)
    }

    fn diagnostic(&self, severity: Severity, message: String) -> Diagnostic {
        Diagnostic {
            severity,
            message,
            place: Some(self.place.clone()),
            hint: Some(self.rule.why().to_owned()),
        }
    }
}

/// What was found, and what is exempt.
#[derive(Debug)]
pub struct Report {
    /// In the order of the files, each from its top down.
    pub findings: Vec<Finding>,
    /// What an exemption covers.
    pub exempt: Vec<(Finding, Exemption)>,
    /// Exemptions that cover nothing.
    pub unused: Vec<Exemption>,
}

/// Collection files as the lint looks at them: the texts, and what is said about them.
#[derive(Debug)]
pub struct Sheets<'s>(Vec<Sheet<'s>>);

impl<'s> Sheets<'s> {
    /// Takes files apart, in their order.
    #[must_use]
    pub fn of(sources: &'s [Arc<Source>]) -> Self {
        let sheets = threads::each(sources, |source| {
            Sheet::of(source, Toml::of(&source.text).table())
        });
        sheets.into_iter().flatten().collect()
    }

    /// Holds them to all bars; those about the library as a whole bind once every shipped collection is there.
    #[must_use]
    pub fn strict(&self) -> Report {
        self.strict_but_for(exemptions::all())
    }

    fn strict_but_for(&self, exemptions: Vec<Exemption>) -> Report {
        let sheets = &self.0;
        let mut findings = of_all(sheets, |sheet| {
            let mut found = of_texts(sheet);
            found.extend(shape::lengths(sheet));
            found.extend(mean_grade(sheet));
            found.extend(shape::of_collection(sheet));
            found.extend(shape::ways_out(sheet));
            found
        });
        if holds_all_shipped(sheets) {
            findings.extend(duplicates::openings_and_endings(sheets));
            findings.extend(shape::of_library(sheets));
        }
        exemptions::split(in_order(findings, sheets), exemptions, sheets)
    }

    /// What a person's own prompts could have better; `english`: whether files that name no language are in English.
    #[must_use]
    pub fn advice(mut self, english: bool) -> Vec<Diagnostic> {
        for sheet in &mut self.0 {
            if sheet.language == Language::Unnamed && !english {
                sheet.language = Language::Other;
            }
        }
        let findings = of_all(&self.0, |sheet| {
            let mut found = of_texts(sheet);
            found.extend(shape::ways_out(sheet));
            found
        });
        let findings = in_order(findings, &self.0);
        findings.iter().map(Finding::advice).collect()
    }
}

impl<'s> FromIterator<Sheet<'s>> for Sheets<'s> {
    fn from_iter<I: IntoIterator<Item = Sheet<'s>>>(sheets: I) -> Self {
        Self(sheets.into_iter().collect())
    }
}

/// Holds the shipped library to all bars.
#[must_use]
pub fn shipped() -> Report {
    let sources = shipped::FILES
        .iter()
        .map(|(name, text)| Source::new(*name, *text));
    Sheets::of(&sources.collect::<Vec<_>>()).strict()
}

/// What is found in each sheet, and between them.
fn of_all<'s>(
    sheets: &[Sheet<'s>],
    in_one: impl Fn(&Sheet<'s>) -> Vec<Finding> + Sync,
) -> Vec<Finding> {
    let (mut found, alike) = threads::both(
        || sheets.iter().flat_map(in_one).collect::<Vec<_>>(),
        || duplicates::alike(sheets),
    );
    found.extend(alike);
    found
}

fn holds_all_shipped(sheets: &[Sheet<'_>]) -> bool {
    let collections = shipped::FILES
        .iter()
        .filter(|(name, _)| !shipped::is_translation(name));
    collections.into_iter().all(|(name, _)| {
        sheets
            .iter()
            .any(|sheet| name.ends_with(&format!("/{}.toml", sheet.collection)))
    })
}

/// File by file, each from its top down.
fn in_order(mut findings: Vec<Finding>, sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let files = sheets.iter().enumerate();
    let files: HashMap<_, _> = files
        .map(|(index, sheet)| (Arc::as_ptr(sheet.source), index))
        .collect();
    findings.sort_by_cached_key(|finding| {
        let Place { source, span } = &finding.place;
        (files[&Arc::as_ptr(source)], span.start, finding.rule)
    });
    findings
}

/// What is wrong with single texts. The words are English, and so are the grades.
fn of_texts(sheet: &Sheet<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for passage in &sheet.passages {
        let mut say = |rule, words| found.push(sheet.finding(rule, words, passage));
        let (sentences, longest) = readability::sentences(&passage.text);
        if let Some(words) = too_much(sentences, longest) {
            say(Rule::Sentences, words);
        }
        if !sheet.is_english() {
            continue;
        }
        for (rule, words) in wording::against(&passage.text, passage.part) {
            say(rule, format!("\"{words}\""));
        }
        if matches!(passage.part, Part::Title | Part::Step) {
            continue;
        }
        let syllables = || sheet.words_of(passage).map(|word| word.syllables);
        let grade = readability::grade(sentences, syllables());
        if syllables().len() >= GRADED_WORDS && grade > HIGHEST_GRADE {
            say(
                Rule::Grade,
                format!("grade {grade:.1}, and {HIGHEST_GRADE} at most"),
            );
        }
        let is_long = |syllables: &u32| *syllables >= LONG_WORD;
        if syllables().filter(is_long).count() > MOST_LONG_WORDS {
            let words = readability::words(&passage.text);
            let long: Vec<&str> = words
                .filter(|word| is_long(&readability::syllables(word)))
                .collect();
            say(Rule::LongWords, format!("\"{}\"", long.join("\", \"")));
        }
    }
    found
}

fn too_much(sentences: usize, longest: usize) -> Option<String> {
    if sentences > MOST_SENTENCES {
        Some(format!(
            "{sentences} sentences, and {MOST_SENTENCES} at most"
        ))
    } else if longest > MOST_WORDS {
        Some(format!(
            "a sentence of {longest} words, and {MOST_WORDS} at most"
        ))
    } else {
        None
    }
}

fn mean_grade(sheet: &Sheet<'_>) -> Option<Finding> {
    let grades: Vec<f64> = sheet
        .wordings()
        .map(|passage| {
            let syllables = sheet.words_of(passage).map(|word| word.syllables);
            readability::grade(readability::sentences(&passage.text).0, syllables)
        })
        .collect();
    let count = f64::from(u32::try_from(grades.len()).unwrap_or(u32::MAX));
    let mean = grades.iter().sum::<f64>() / count;
    (sheet.is_english() && mean > HIGHEST_MEAN).then(|| {
        let words = format!("a mean grade of {mean:.1}, and {HIGHEST_MEAN} at most");
        sheet.finding_at(Rule::MeanGrade, words, "", sheet.head.clone())
    })
}

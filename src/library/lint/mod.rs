//! The lint: what a prompt, a collection and the library have to meet, and what does not meet it.
//!
//! The bars and their numbers are those of `affirmations/README.md`. For what comes with attuned they bind; a person's own
//! lines get the same findings as advice ([`advice`]), as their words are theirs. Exemptions are data, each with its reason.
//! How long a person's own texts are in characters, the loader tells.

mod duplicates;
mod exemptions;
mod passages;
mod readability;
mod rule;
mod shape;
mod wording;

#[cfg(test)]
mod tests;

pub use exemptions::Exemption;
pub use rule::Rule;

use std::sync::Arc;

use toml::de::DeTable;

use super::shipped;
use crate::source::{Diagnostic, Place, Severity, Source};
use passages::{Part, Sheet};

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

/// Holds collection files to all bars; those about the library as a whole bind once every shipped collection is there.
#[must_use]
pub fn strict(sources: &[Arc<Source>]) -> Report {
    strict_but_for(exemptions::all(), sources)
}

fn strict_but_for(exemptions: Vec<Exemption>, sources: &[Arc<Source>]) -> Report {
    let sheets = sheets(sources, true);
    let mut findings: Vec<Finding> = sheets.iter().flat_map(of_texts).collect();
    for sheet in &sheets {
        findings.extend(shape::lengths(sheet));
        findings.extend(mean_grade(sheet));
        findings.extend(shape::of_collection(sheet));
        findings.extend(shape::ways_out(sheet));
    }
    findings.extend(duplicates::alike(&sheets));
    if holds_all_shipped(&sheets) {
        findings.extend(duplicates::openings_and_endings(&sheets));
        findings.extend(shape::of_library(&sheets));
    }
    exemptions::split(in_order(findings, sources), exemptions, &sheets)
}

/// Holds the shipped library to all bars.
#[must_use]
pub fn shipped() -> Report {
    let sources = shipped::FILES
        .iter()
        .map(|(name, text)| Source::new(*name, *text));
    strict(&sources.collect::<Vec<_>>())
}

/// What a person's own prompts could have better; `english`: whether files that name no language are in English.
#[must_use]
pub fn advice(sources: &[Arc<Source>], english: bool) -> Vec<Diagnostic> {
    let sheets = sheets(sources, english);
    let mut findings: Vec<Finding> = sheets.iter().flat_map(of_texts).collect();
    findings.extend(sheets.iter().flat_map(shape::ways_out));
    findings.extend(duplicates::alike(&sheets));
    let findings = in_order(findings, sources);
    findings.iter().map(Finding::advice).collect()
}

fn sheets(sources: &[Arc<Source>], english: bool) -> Vec<Sheet<'_>> {
    let collections = sources.iter().filter(|source| !is_translation(source));
    collections
        .map(|source| Sheet::of(source, english))
        .collect()
}

/// The bars are about originals; whoever translates keeps to them in their own language.
fn is_translation(source: &Source) -> bool {
    let (table, _) = DeTable::parse_recoverable(&source.text);
    table.get_ref().contains_key("translates")
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

fn in_order(mut findings: Vec<Finding>, sources: &[Arc<Source>]) -> Vec<Finding> {
    let file = |finding: &Finding| {
        sources
            .iter()
            .position(|source| Arc::ptr_eq(source, &finding.place.source))
    };
    findings.sort_by_key(|finding| (file(finding), finding.place.span.start, finding.rule));
    findings
}

/// What is wrong with single texts. The words are English, and so are the grades.
fn of_texts(sheet: &Sheet<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for passage in &sheet.passages {
        let mut say = |rule, words| found.push(sheet.finding(rule, words, passage));
        if let Some(words) = too_much(&passage.text) {
            say(Rule::Sentences, words);
        }
        if !sheet.is_english {
            continue;
        }
        for (rule, words) in wording::against(&passage.text, passage.part) {
            say(rule, format!("\"{words}\""));
        }
        if matches!(passage.part, Part::Title | Part::Step) {
            continue;
        }
        let grade = readability::grade(&passage.text);
        let words = readability::words(&passage.text).count();
        if words >= GRADED_WORDS && grade > HIGHEST_GRADE {
            say(
                Rule::Grade,
                format!("grade {grade:.1}, and {HIGHEST_GRADE} at most"),
            );
        }
        let long: Vec<&str> = readability::words(&passage.text)
            .filter(|word| readability::syllables(word) >= LONG_WORD)
            .collect();
        if long.len() > MOST_LONG_WORDS {
            say(Rule::LongWords, format!("\"{}\"", long.join("\", \"")));
        }
    }
    found
}

fn too_much(text: &str) -> Option<String> {
    let sentences: Vec<&str> = readability::sentences(text).collect();
    let longest = sentences
        .iter()
        .map(|sentence| readability::words(sentence).count())
        .max()
        .unwrap_or(0);
    if sentences.len() > MOST_SENTENCES {
        Some(format!(
            "{} sentences, and {MOST_SENTENCES} at most",
            sentences.len()
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
        .map(|passage| readability::grade(&passage.text))
        .collect();
    let count = f64::from(u32::try_from(grades.len()).unwrap_or(u32::MAX));
    let mean = grades.iter().sum::<f64>() / count;
    (sheet.is_english && mean > HIGHEST_MEAN).then(|| {
        let words = format!("a mean grade of {mean:.1}, and {HIGHEST_MEAN} at most");
        sheet.finding_at(Rule::MeanGrade, words, "", sheet.head.clone())
    })
}

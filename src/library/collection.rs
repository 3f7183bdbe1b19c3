//! A collection: prompts that draw on one approach, with what is known about it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::prompt::worded;
use super::{Intensity, Prompt};

worded! {
    /// Who wrote a collection or a prompt.
    pub enum Origin {
        /// It comes with attuned.
        Shipped = "shipped",
        /// It is the person's own.
        Personal = "personal",
    }

    /// What kind of study a piece of evidence is.
    pub enum Strength {
        /// A meta-analysis.
        Meta = "meta",
        /// A randomised controlled trial.
        Rct = "rct",
        /// An experiment.
        Experiment = "experiment",
        /// What practitioners do.
        ClinicalPractice = "clinical-practice",
        /// None is known; the note says why.
        None = "none",
    }

    /// How much of a source was read.
    pub enum Read {
        /// All of it.
        Full = "full",
        /// The abstract.
        Abstract = "abstract",
    }
}

/// A source a collection rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Authors, year, title, place.
    pub citation: Option<Cow<'static, str>>,
    /// Its DOI.
    pub doi: Option<Cow<'static, str>>,
    /// Its address, where there is no DOI.
    pub url: Option<Cow<'static, str>>,
    /// What kind of study it is.
    pub strength: Strength,
    /// What it found and what it does not show.
    pub note: Option<Cow<'static, str>>,
    /// How much of it was read.
    pub read: Option<Read>,
}

/// Prompts that draw on one approach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Collection {
    /// A slug, stable for ever.
    pub id: String,
    /// Counted up when the prompts change.
    pub version: u32,
    /// The language, a BCP 47 tag; a person's own file without one comes in any language.
    pub lang: Option<Cow<'static, str>>,
    /// Its name for people.
    pub title: Cow<'static, str>,
    /// What it draws on.
    pub approach: Option<Cow<'static, str>>,
    /// What it does not claim.
    pub claims_not: Vec<Cow<'static, str>>,
    /// Whether it is on by default.
    pub enabled: bool,
    /// What to know before switching it on.
    pub opt_in_notice: Option<Cow<'static, str>>,
    /// The most intense its prompts may be.
    pub ceiling: Intensity,
    /// The licence, an SPDX expression.
    pub license: Option<Cow<'static, str>>,
    /// Who wrote it.
    pub authors: Vec<Cow<'static, str>>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Its prompts, in the file's order; ids are unique.
    pub prompts: Vec<Prompt>,
    /// Whose it is; one that comes with attuned stays "shipped" with a person's file over it.
    pub origin: Origin,
    /// The file its head was read from, or the last one laid over it.
    pub source: String,
}

impl Collection {
    /// Whether a person reading `language` can read it: `en` and `en-GB` agree, `en-GB` and `en-US` do not.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        self.lang.as_ref().is_none_or(|lang| {
            let starts = |long: &str, short: &str| {
                let head = long.get(..short.len());
                let rest = long.get(short.len()..);
                head.is_some_and(|head| head.eq_ignore_ascii_case(short))
                    && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            };
            starts(lang, language) || starts(language, lang)
        })
    }
}

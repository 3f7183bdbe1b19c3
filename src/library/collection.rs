//! A collection: prompts that draw on one approach, with what is known about it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::prompt::worded;
use super::{Intensity, Prompt, Translation};

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
    /// Whether it is on by default. One with something to know first is not, unless its file says so.
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
    /// Its texts in other languages, the shipped ones first.
    pub translations: Vec<Translation>,
    /// Whose it is; one that comes with attuned stays "shipped" with a person's file over it.
    pub origin: Origin,
    /// The file its head was read from, or the last one laid over it.
    pub source: String,
}

/// The language of the collections that come with attuned.
const SHIPPED_LANGUAGE: &str = "en";

impl Collection {
    /// Whether its prompts come for a person whose settings name `language`.
    ///
    /// They do where the collection is in that language, in none in particular, or translated into it, be it in part:
    /// the other prompts come in their original words. What comes with attuned in English comes whatever the language, as
    /// nobody shall be left without a word; a person's own collection in another language does not.
    #[must_use]
    pub fn comes_in(&self, language: &str) -> bool {
        let is_shipped_english = self.origin == Origin::Shipped && self.speaks(SHIPPED_LANGUAGE);
        is_shipped_english
            || self.speaks(language)
            || self.translations_into(language).next().is_some()
    }

    /// Whether a person reading `language` can read the originals: `en` and `en-GB` agree, `en-GB` and `en-US` do not.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        let lang = self.lang.as_ref();
        lang.is_none_or(|lang| agree(lang, language))
    }

    /// Its translations that a person reading `language` can read.
    pub fn translations_into(&self, language: &str) -> impl Iterator<Item = &Translation> {
        let fits = move |one: &&Translation| agree(&one.lang, language);
        self.translations.iter().filter(fits)
    }
}

/// Whether one of two language tags is the beginning of the other.
fn agree(one: &str, other: &str) -> bool {
    let starts = |long: &str, short: &str| {
        let head = long.get(..short.len());
        let rest = long.get(short.len()..);
        head.is_some_and(|head| head.eq_ignore_ascii_case(short))
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    starts(one, other) || starts(other, one)
}

//! The keys of collection files and translations, each with what may stand under it: the one description that the
//! reader takes its limits from, and the schema for editors is printed from.
//!
//! The limits are those of what comes with attuned. A person's own prompts may leave out more, and be longer.

use super::text::{LONGEST, STEP, STEPS_SECONDS, TEXT, TITLE};
use super::{Component, Intensity, Kind, LastState, Need, PartOfDay, Read, Strength};

/// A key, and what may stand under it.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What may stand under it.
    pub shape: Shape,
    /// Whether its table has to have it, in a person's own files too.
    pub is_required: bool,
    /// What it is for, in one line.
    pub help: &'static str,
}

/// What may stand under a key.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// An id: lower-case letters, digits and hyphens.
    Slug,
    /// The id of a prompt, with that of its collection or without.
    PromptId,
    /// One line of text, at most so many characters in what comes with attuned.
    Line(usize),
    /// A list of such lines, or one.
    Lines(usize),
    /// A whole number, from the first to the second.
    Whole(i64, i64),
    /// A list of such numbers, or one.
    Wholes(i64, i64),
    /// True or false.
    Switch,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words, or one.
    Words(&'static [&'static str]),
    /// What a text's fingerprint looks like.
    Fingerprint,
    /// A list of tables with these keys.
    Tables(&'static [Key]),
}

impl Key {
    const fn new(name: &'static str, shape: Shape, help: &'static str) -> Self {
        Self {
            name,
            shape,
            is_required: false,
            help,
        }
    }

    const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// How many characters its texts may have; no text is read beyond [`LONGEST`].
    pub(super) const fn most(&self) -> usize {
        match self.shape {
            Shape::Line(most) | Shape::Lines(most) => most,
            _ => LONGEST,
        }
    }

    /// From what to what its numbers go.
    pub(super) const fn range(&self) -> std::ops::RangeInclusive<i64> {
        match self.shape {
            Shape::Whole(least, most) | Shape::Wholes(least, most) => least..=most,
            _ => i64::MIN..=i64::MAX,
        }
    }
}

macro_rules! keys {
    ($( $NAME:ident = $name:literal, $shape:expr, $help:literal; )+) => { $(
        pub(super) const $NAME: Key = Key::new($name, $shape, $help);
    )+ };
}

keys! {
    ID = "id", Shape::Slug, "Stable for ever; where there is none, from the file's name or the text.";
    VERSION = "version", Shape::Whole(1, u32::MAX as i64), "Counted up when the prompts change.";
    LANG = "lang", Shape::Line(TITLE), "The language of the prompts, such as \"en\" or \"pt-BR\"; any where there is none.";
    TITLE_OF = "title", Shape::Line(TITLE), "Its name; a stranger may read it over a shoulder.";
    APPROACH = "approach", Shape::Line(LONGEST), "What it draws on.";
    CLAIMS_NOT = "claims_not", Shape::Lines(LONGEST), "What it does not claim.";
    ENABLED = "enabled", Shape::Switch, "Whether it is on by default.";
    OPT_IN_NOTICE = "opt_in_notice", Shape::Line(LONGEST), "What to know before it is switched on.";
    CEILING = "ceiling", Shape::Word(Intensity::NAMES), "The most intense its prompts may be.";
    LICENSE = "license", Shape::Line(LONGEST), "Its licence, as an SPDX expression.";
    AUTHORS = "authors", Shape::Lines(LONGEST), "Who wrote it.";
    EVIDENCE = "evidence", Shape::Tables(EVIDENCE_KEYS), "What it rests on.";
    PROMPTS = "prompts", Shape::Lines(TEXT), "The short form: a prompt a line. One that ends in \"?\" is a question.";
    PROMPT = "prompt", Shape::Tables(PROMPT_KEYS), "A prompt.";

    CITATION = "citation", Shape::Line(LONGEST), "Authors, year, title and place of a real publication.";
    DOI = "doi", Shape::Line(LONGEST), "Its DOI.";
    URL = "url", Shape::Line(LONGEST), "Its address, where there is no DOI.";
    STRENGTH = "strength", Shape::Word(Strength::NAMES), "What kind of study it is.";
    NOTE = "note", Shape::Line(LONGEST), "What it found and does not show; with strength \"none\", why there is none.";
    READ = "read", Shape::Word(Read::NAMES), "How much of it was read.";

    KIND = "kind", Shape::Word(Kind::NAMES), "What it is.";
    TEXT_OF = "text", Shape::Line(TEXT), "The prompt itself.";
    VARIANTS = "variants", Shape::Lines(TEXT), "The same in other words.";
    COMPONENT = "component", Shape::Word(Component::NAMES), "The component of self-compassion it draws on.";
    TAGS = "tags", Shape::Lines(TITLE), "Themes, for pauses and reminders.";
    INTENSITY = "intensity", Shape::Word(Intensity::NAMES), "How much it may stir up.";
    TIMES = "times", Shape::Words(PartOfDay::NAMES), "When it fits; at any time where there is none.";
    FITS = "fits", Shape::Words(LastState::NAMES), "The answers it suits; all but \"too-much\" where there is none.";
    PRIVATE = "private", Shape::Switch, "Whether the text shows only after a click.";
    NEEDS = "needs", Shape::Words(Need::NAMES), "What it asks for.";
    ALT = "alt", Shape::Line(TEXT), "Another way; has to be there where touch, breath or closed eyes are needed.";
    STEPS = "steps", Shape::Tables(STEP_KEYS), "Of a practice, 90 seconds together at most.";
    FOLLOW_UP = "follow_up", Shape::PromptId, "The prompt that may follow.";
    RESTS_ON = "evidence", Shape::Wholes(0, u32::MAX as i64), "Which of the file's evidence, counted from 0.";

    STEP_TEXT = "text", Shape::Line(STEP), "What to do.";
    SECONDS = "seconds", Shape::Whole(1, STEPS_SECONDS as i64), "For how long.";

    TRANSLATES = "translates", Shape::Slug, "The collection that these texts are of.";
    SOURCE = "source", Shape::Fingerprint, "The fingerprint of the original, by `attuned library translate`.";
    WORDS = "prompt", Shape::Tables(WORDS_KEYS), "A prompt's texts.";
}

/// The keys of a collection file.
pub const COLLECTION_KEYS: &[Key] = &[
    ID,
    VERSION,
    LANG,
    TITLE_OF,
    APPROACH,
    CLAIMS_NOT,
    ENABLED,
    OPT_IN_NOTICE,
    CEILING,
    LICENSE,
    AUTHORS,
    EVIDENCE,
    PROMPTS,
    PROMPT,
];

const EVIDENCE_KEYS: &[Key] = &[CITATION, DOI, URL, STRENGTH.required(), NOTE, READ];

const PROMPT_KEYS: &[Key] = &[
    ID,
    KIND,
    TITLE_OF,
    TEXT_OF.required(),
    VARIANTS,
    COMPONENT,
    TAGS,
    INTENSITY,
    TIMES,
    FITS,
    PRIVATE,
    NEEDS,
    ALT,
    STEPS,
    FOLLOW_UP,
    RESTS_ON,
];

const STEP_KEYS: &[Key] = &[STEP_TEXT.required(), SECONDS.required()];

/// The keys of a translation.
pub const TRANSLATION_KEYS: &[Key] = &[TRANSLATES.required(), LANG.required(), WORDS];

const WORDS_KEYS: &[Key] = &[
    ID.required(),
    SOURCE.required(),
    TITLE_OF.required(),
    TEXT_OF.required(),
    VARIANTS,
    ALT,
    STEPS,
];

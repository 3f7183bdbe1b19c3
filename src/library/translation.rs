//! Translations: a collection's texts in another language, laid over the originals prompt by prompt.
//!
//! A file whose head says `translates = "kind-words"` is one. It holds texts alone: what a prompt is, when it comes and
//! what it rests on stay the original's. Each of its prompts carries the [`fingerprint`] of the words it was made from.
//! Where these have changed since, or there is no translation, the prompt comes in its original words, whole: no
//! prompt is ever half in one language and half in another.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::keys::{self, Key};
use super::read::Reader;
use super::{Collection, Prompt, Step};
use crate::schedule::random::stable_hash;
use crate::source::{Fields, Findings, Located, did_you_mean};

/// A collection's texts in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Translation {
    /// The language, a BCP 47 tag.
    pub lang: Cow<'static, str>,
    /// The file it was read from.
    pub source: String,
    /// The prompts that come in it.
    pub current: Vec<Words>,
    /// Those whose originals have changed since: they come in their original words.
    pub stale: Vec<Words>,
}

/// A prompt's texts in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The full id of the prompt.
    pub id: String,
    /// The [`fingerprint`] of the original they were made from.
    #[serde(rename = "source")]
    pub made_from: String,
    /// For [`Prompt::title`].
    pub title: Cow<'static, str>,
    /// For [`Prompt::text`].
    pub text: Cow<'static, str>,
    /// For [`Prompt::variants`]; there may be fewer or more.
    pub variants: Vec<Cow<'static, str>>,
    /// For [`Prompt::alt`].
    pub alt: Option<Cow<'static, str>>,
    /// For [`Prompt::steps`].
    pub steps: Vec<Step>,
}

/// What a prompt's texts are now, in 16 hexadecimal digits: the same for the same texts, on any machine.
#[must_use]
pub fn fingerprint(prompt: &Prompt) -> String {
    let seconds: Vec<_> = prompt
        .steps
        .iter()
        .map(|step| step.seconds.to_le_bytes())
        .collect();
    // How many there are of each, so that no text can pass for another field's.
    let counts = [prompt.variants.len(), prompt.alt.iter().len()];
    let counts = counts.map(|count| (count as u64).to_le_bytes());
    let mut parts: Vec<&[u8]> = vec![&counts[0], &counts[1]];
    let texts = [&prompt.title, &prompt.text].into_iter();
    let texts = texts.chain(&prompt.variants).chain(&prompt.alt);
    parts.extend(texts.map(|text| text.as_bytes()));
    for (step, seconds) in prompt.steps.iter().zip(&seconds) {
        parts.extend([step.text.as_bytes(), seconds]);
    }
    format!("{:016x}", stable_hash(&parts))
}

impl Collection {
    /// Lays the translations into `language` over the originals: the person's over the shipped ones, and the very
    /// language over one it agrees with.
    pub(super) fn put_into(&mut self, language: &str) {
        let is_the_same = |lang: &str| lang.eq_ignore_ascii_case(language);
        if self.lang.as_deref().is_some_and(is_the_same) {
            return;
        }
        let mut fitting: Vec<&Translation> = self.translations_into(language).collect();
        fitting.sort_by_key(|one| is_the_same(&one.lang));
        let words: Vec<Words> = fitting.iter().flat_map(|one| one.current.clone()).collect();
        for words in words {
            let original = self.prompts.iter_mut().find(|one| one.id == words.id);
            if let Some(original) = original {
                words.replace(original);
            }
        }
    }
}

impl Words {
    fn replace(self, original: &mut Prompt) {
        original.title = self.title;
        original.text = self.text;
        original.variants = self.variants;
        original.alt = self.alt;
        original.steps = self.steps;
    }

    /// What keeps them from standing in for the original.
    fn misfit(&self, original: &Prompt) -> Option<(String, &'static str)> {
        let id = self.id.as_str();
        let seconds =
            |steps: &[Step]| -> Vec<u32> { steps.iter().map(|one| one.seconds).collect() };
        if self.alt.is_some() != original.alt.is_some() {
            let (has, does) = if original.alt.is_some() {
                ("has", "does not")
            } else {
                ("has no", "does")
            };
            let message = format!("the original of \"{id}\" {has} `alt`, and this {does}");
            return Some((
                message,
                "translate what the original has, no more and no less",
            ));
        }
        if seconds(&self.steps) != seconds(&original.steps) {
            let message = format!("the steps of \"{id}\" are not those of the original");
            return Some((message, "as many steps, each as long as the original's"));
        }
        None
    }
}

/// A translation as read.
pub(super) struct Draft {
    pub(super) of: Located<String>,
    pub(super) lang: Located<Cow<'static, str>>,
    source: String,
    prompts: Vec<Located<Words>>,
}

impl Draft {
    /// Hangs the usable words on the collection, and reports the others.
    pub(super) fn place(
        self,
        collection: Option<&mut Collection>,
        ids: &[String],
        findings: &Findings,
    ) {
        let Some(collection) = collection else {
            let near = did_you_mean(&self.of.value, ids.iter().map(String::as_str));
            let hint = near.map(|near| format!("did you mean \"{near}\"?"));
            let message = format!("there is no collection \"{}\" to translate", self.of.value);
            findings.error(self.of.span, message, hint);
            return;
        };
        let mut translation = Translation {
            lang: self.lang.value,
            source: self.source,
            current: Vec::new(),
            stale: Vec::new(),
        };
        for Located { value: words, span } in self.prompts {
            let Some(original) = collection.prompts.iter().find(|one| one.id == words.id) else {
                let slug = words.id.rsplit('/').next().unwrap_or_default();
                let slugs = collection.prompts.iter().map(Prompt::slug);
                let hint =
                    did_you_mean(slug, slugs).map(|near| format!("did you mean \"{near}\"?"));
                findings.error(
                    span,
                    format!("there is no prompt \"{}\" to translate", words.id),
                    hint,
                );
                continue;
            };
            if words.made_from != fingerprint(original) {
                let message = format!(
                    "the original of \"{}\" has changed since this was written",
                    words.id
                );
                let hint = format!(
                    "until it is looked at again the original comes: attuned library translate {} {}",
                    collection.id, translation.lang
                );
                findings.warning(span, message, Some(hint));
                translation.stale.push(words);
            } else if let Some((message, hint)) = words.misfit(original) {
                findings.error(span, message, Some(hint.to_owned()));
            } else {
                translation.current.push(words);
            }
        }
        collection.translations.push(translation);
    }
}

impl<'i, 'f> Reader<'i, 'f> {
    /// A file that says what it translates; none where its head cannot be used.
    pub(super) fn translation(self, mut fields: Fields<'i, 'f>) -> Option<Draft> {
        let of = fields
            .required_text(keys::TRANSLATES.name)
            .and_then(|of| self.slug(of));
        let lang = fields.required_text(keys::LANG.name).and_then(|lang| {
            let span = lang.span.clone();
            let value = self.text("`lang`", lang, keys::LANG.most())?;
            Some(Located { value, span })
        });
        let tables = fields.tables(keys::WORDS.name).unwrap_or_default();
        fields.finish();
        let (of, lang) = (of?, lang?);

        let mut ids = BTreeSet::new();
        let mut prompts = Vec::new();
        for table in tables {
            let Some(words) = self.words(&of.value, table) else {
                continue;
            };
            if ids.insert(words.value.id.clone()) {
                prompts.push(words);
            } else {
                let message = format!("\"{}\" is translated twice in this file", words.id);
                let hint = "one of them is enough; the first counts".to_owned();
                self.findings.error(words.span, message, Some(hint));
            }
        }
        Some(Draft {
            of,
            lang,
            source: self.findings.source().name.clone(),
            prompts,
        })
    }

    fn words(self, collection: &str, mut table: Fields<'i, 'f>) -> Option<Located<Words>> {
        let errors_before = self.findings.errors();
        let span = table.span();
        let id = table
            .required_text(keys::ID.name)
            .and_then(|id| self.slug(id));
        let made_from = table.required_text(keys::SOURCE.name);
        let mut required = |key: &Key| {
            let text = table.required_text(key.name)?;
            self.text(format_args!("`{}`", key.name), text, key.most())
        };
        let (title, text) = (required(&keys::TITLE_OF), required(&keys::TEXT_OF));
        let variants = self.texts(&mut table, &keys::VARIANTS);
        let alt = self.optional(&mut table, &keys::ALT);
        let steps = table.tables(keys::STEPS.name).unwrap_or_default();
        let steps = steps
            .into_iter()
            .filter_map(|step| self.step(step))
            .collect();
        table.finish();
        if self.findings.errors() > errors_before {
            return None;
        }
        let value = Words {
            id: format!("{collection}/{}", id?.value),
            made_from: made_from?.value.into_owned(),
            title: title?,
            text: text?,
            variants,
            alt,
            steps,
        };
        Some(Located { value, span })
    }

    /// One step of a practice, with its seconds.
    pub(super) fn step(self, mut table: Fields<'i, 'f>) -> Option<Step> {
        let text = table.required_text(keys::STEP_TEXT.name);
        let text = text.and_then(|text| self.text("`text`", text, keys::STEP_TEXT.most()));
        if !table.has(keys::SECONDS.name) {
            table.missing(keys::SECONDS.name);
        }
        let seconds = table.integer(keys::SECONDS.name, keys::SECONDS.range());
        table.finish();
        Some(Step {
            text: text?,
            seconds: u32::try_from(seconds?.value).ok()?,
        })
    }
}

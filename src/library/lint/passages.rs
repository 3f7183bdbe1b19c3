//! The texts of a collection file that people read, each with its place.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::words::{Word, Words};
use super::{Finding, Rule};
use crate::library::text::trimmed;
use crate::library::{Component, Intensity, Kind, keys};
use crate::source::{Place, Source};

/// One collection file, taken apart.
#[derive(Debug)]
pub(in crate::library) struct Sheet<'s> {
    pub(super) source: &'s Arc<Source>,
    /// The `id` in its head; empty where it has none.
    pub(super) collection: String,
    /// Where the head's `id` stands, or the file begins.
    pub(super) head: Range<usize>,
    pub(super) passages: Vec<Passage<'s>>,
    pub(super) words: Words,
    /// Each prompt, as far as its text is not concerned.
    pub(super) prompts: Vec<Entry>,
    /// Whether a person has to switch it on.
    pub(super) opt_in: bool,
    /// How many things it says it does not claim.
    pub(super) claims_not: usize,
    /// Studies that are named and can be found.
    pub(super) studies: usize,
    /// Whether it says that there is no evidence, and why.
    pub(super) says_why_none: bool,
    pub(super) language: Language,
}

/// Which language a file's texts are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Other,
    /// It does not say.
    Unnamed,
}

/// A prompt's head.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The full id; empty where it has none.
    pub(super) id: String,
    /// Where it stands.
    pub(super) span: Range<usize>,
    pub(super) kind: Option<Kind>,
    pub(super) intensity: Option<Intensity>,
    pub(super) component: Option<Component>,
    pub(super) follow_up: Option<String>,
    /// Its texts, among those of the file.
    passages: Range<usize>,
}

/// A text that a person may be shown.
#[derive(Debug)]
pub(super) struct Passage<'s> {
    /// Which prompt of the file it belongs to, counted from 0; a line of the short form is one for itself.
    pub(super) prompt: usize,
    pub(super) part: Part,
    pub(super) text: Cow<'s, str>,
    pub(super) span: Range<usize>,
    /// Its words, among those of the file.
    pub(super) words: Range<usize>,
}

/// What a text is in its prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    Text,
    Variant,
    Alt,
    Step,
}

impl Part {
    /// Whether it is the prompt itself, in one wording or another.
    pub(super) fn is_wording(self) -> bool {
        matches!(self, Self::Text | Self::Variant)
    }
}

impl<'s> Sheet<'s> {
    /// Takes a file apart as far as it is TOML of the right shape; what is not, the loader reports. None for a translation:
    /// the bars are about originals, and whoever translates keeps to them in their own language.
    pub(in crate::library) fn of(source: &'s Arc<Source>, table: &DeTable<'s>) -> Option<Self> {
        if table.contains_key(keys::TRANSLATES.name) {
            return None;
        }
        let id = table.get("id").and_then(text_of);
        let is_none = |one: &&DeTable<'_>| word_in(one, "strength") == Some("none");
        let evidence = || items(table, "evidence").filter_map(|one| one.get_ref().as_table());
        let can_be_found = |one: &DeTable<'_>| {
            one.contains_key("citation") && (one.contains_key("doi") || one.contains_key("url"))
        };
        let mut sheet = Self {
            source,
            collection: id
                .as_ref()
                .map(|(id, _)| id.to_string())
                .unwrap_or_default(),
            head: id.map_or(0..0, |(_, span)| span),
            passages: Vec::new(),
            words: Words::default(),
            prompts: Vec::new(),
            opt_in: table.get("enabled").and_then(|one| one.get_ref().as_bool()) == Some(false),
            claims_not: items(table, "claims_not").count(),
            studies: evidence()
                .filter(|one| !is_none(one) && can_be_found(one))
                .count(),
            says_why_none: evidence().any(|one| is_none(&one) && one.contains_key("note")),
            language: match word_in(table, "lang").map(|lang| lang.split('-').next()) {
                None => Language::Unnamed,
                Some(Some("en")) => Language::English,
                Some(_) => Language::Other,
            },
        };
        for prompt in items(table, "prompt") {
            if let DeValue::Table(fields) = prompt.get_ref() {
                sheet.take_prompt(fields, prompt.span());
            }
        }
        for line in items(table, "prompts") {
            sheet.take_line(line);
        }
        Some(sheet)
    }

    fn take_prompt(&mut self, fields: &DeTable<'s>, span: Range<usize>) {
        let first = self.passages.len();
        self.take(Part::Title, fields.get("title"));
        self.take(Part::Text, fields.get("text"));
        for variant in items(fields, "variants") {
            self.take(Part::Variant, Some(variant));
        }
        self.take(Part::Alt, fields.get("alt"));
        for step in items(fields, "steps") {
            if let DeValue::Table(step) = step.get_ref() {
                self.take(Part::Step, step.get("text"));
            }
        }
        let (id, span) = match fields.get("id").and_then(text_of) {
            Some((id, span)) => (format!("{}/{id}", self.collection), span),
            None => (String::new(), span),
        };
        self.prompts.push(Entry {
            id,
            span,
            kind: choice(fields, "kind", Kind::WORDS),
            intensity: choice(fields, "intensity", Intensity::WORDS),
            component: choice(fields, "component", Component::WORDS),
            follow_up: word_in(fields, "follow_up").map(str::to_owned),
            passages: first..self.passages.len(),
        });
    }

    /// A prompt of the short form.
    fn take_line(&mut self, line: &Spanned<DeValue<'s>>) {
        let first = self.passages.len();
        self.take(Part::Text, Some(line));
        self.prompts.push(Entry {
            span: line.span(),
            passages: first..self.passages.len(),
            ..Entry::default()
        });
    }

    /// Takes a text of the prompt that comes next.
    fn take(&mut self, part: Part, value: Option<&Spanned<DeValue<'s>>>) {
        if let Some((text, span)) = value.and_then(text_of) {
            let text = trimmed(text.clone());
            self.passages.push(Passage {
                prompt: self.prompts.len(),
                part,
                words: self.words.take(&text),
                text,
                span,
            });
        }
    }

    /// Whether its texts are English; where it does not say, they are taken to be.
    pub(super) fn is_english(&self) -> bool {
        matches!(self.language, Language::English | Language::Unnamed)
    }

    /// A passage's words.
    pub(super) fn words_of(&self, passage: &Passage<'_>) -> impl ExactSizeIterator<Item = &Word> {
        self.words.of(&passage.words)
    }

    /// The full id of a passage's prompt; empty for one without.
    pub(super) fn id_of(&self, passage: &Passage<'_>) -> &str {
        &self.prompts[passage.prompt].id
    }

    /// Something about a passage.
    pub(super) fn finding(&self, rule: Rule, words: String, passage: &Passage<'_>) -> Finding {
        self.finding_at(rule, words, self.id_of(passage), passage.span.clone())
    }

    /// Something about the prompt of this id, or the file where it is empty.
    pub(super) fn finding_at(
        &self,
        rule: Rule,
        words: String,
        prompt: &str,
        span: Range<usize>,
    ) -> Finding {
        Finding {
            rule,
            words,
            prompt: prompt.to_owned(),
            place: Place {
                source: Arc::clone(self.source),
                span,
            },
        }
    }

    /// A prompt's texts.
    pub(super) fn passages_of(&self, prompt: &Entry) -> &[Passage<'s>] {
        &self.passages[prompt.passages.clone()]
    }

    /// Each prompt's wordings.
    pub(super) fn wordings(&self) -> impl Iterator<Item = &Passage<'s>> {
        self.passages.iter().filter(|one| one.part.is_wording())
    }
}

fn text_of<'a, 'i>(value: &'a Spanned<DeValue<'i>>) -> Option<(&'a Cow<'i, str>, Range<usize>)> {
    match value.get_ref() {
        DeValue::String(text) => Some((text, value.span())),
        _ => None,
    }
}

fn word_in<'a>(table: &'a DeTable<'_>, key: &str) -> Option<&'a str> {
    table.get(key).and_then(|value| value.get_ref().as_str())
}

fn choice<T: Copy>(table: &DeTable<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
    let word = word_in(table, key)?;
    words
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, value)| *value)
}

fn items<'a, 'i>(
    table: &'a DeTable<'i>,
    key: &str,
) -> impl Iterator<Item = &'a Spanned<DeValue<'i>>> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flat_map(|list| list.iter())
}

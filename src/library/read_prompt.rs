//! The prompts of one file: `[[prompt]]` tables, and lines of the short form.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::draft::{FollowUp, Head};
use super::keys;
use super::read::Reader;
use super::text::{STEPS_SECONDS, TITLE};
use super::{Component, Intensity, Kind, LastState, Need, Origin, PartOfDay, Prompt, Step};
use crate::schedule::random::stable_hash;
use crate::source::{Fields, Located};

/// The title of a prompt that has none, in a collection that has none: a stranger may read it.
const PLAIN_TITLE: &str = "A moment for you";

/// Gathers a file's prompts; an error in one leaves out that one.
pub(super) struct PromptReader<'i, 'f, 'd> {
    reader: Reader<'i, 'f>,
    collection: &'d str,
    title: Cow<'static, str>,
    evidence: usize,
    ceiling: Option<Intensity>,
    ids: BTreeSet<String>,
    prompts: Vec<Prompt>,
    follow_ups: Vec<FollowUp>,
}

impl<'i, 'f, 'd> PromptReader<'i, 'f, 'd> {
    /// For the collection of this id, under the file's head.
    pub(super) fn new(reader: Reader<'i, 'f>, collection: &'d str, head: &Head) -> Self {
        let title = head.title.clone();
        let short = title.filter(|title| title.chars().count() <= TITLE);
        Self {
            reader,
            collection,
            title: short.unwrap_or(Cow::Borrowed(PLAIN_TITLE)),
            evidence: head.evidence.len(),
            ceiling: head.ceiling,
            ids: BTreeSet::new(),
            prompts: Vec::new(),
            follow_ups: Vec::new(),
        }
    }

    /// Every usable prompt, and where they lead.
    pub(super) fn finish(self) -> (Vec<Prompt>, Vec<FollowUp>) {
        (self.prompts, self.follow_ups)
    }

    /// A line of the short form: a question where it ends in a question mark, an affirmation otherwise.
    pub(super) fn line(&mut self, line: Located<Cow<'i, str>>) {
        let span = line.span.clone();
        let Some(text) = self.reader.text("this line", line, keys::PROMPTS.most()) else {
            return;
        };
        let slug = slug_from_text(&text);
        if !self.ids.insert(slug.clone()) {
            let message = "this line is here twice";
            self.reader
                .findings
                .warning(span, message, Some("one of them is enough".into()));
            return;
        }
        self.prompts.push(Prompt {
            id: format!("{}/{slug}", self.collection),
            kind: guessed_kind(&text, false),
            title: self.title.clone(),
            text,
            variants: Vec::new(),
            component: None,
            tags: Vec::new(),
            intensity: Intensity::Gentle,
            times: Vec::new(),
            fits: Vec::new(),
            private: false,
            needs: Vec::new(),
            alt: None,
            steps: Vec::new(),
            follow_up: None,
            evidence: Vec::new(),
            origin: self.reader.origin,
        });
    }

    /// A `[[prompt]]`.
    pub(super) fn table(&mut self, mut fields: Fields<'i, 'f>) {
        let errors_before = self.reader.findings.errors();
        let span = fields.span();
        let read = self.read(&mut fields);
        fields.finish();
        let (Some((prompt, follow_up)), true) =
            (read, self.reader.findings.errors() == errors_before)
        else {
            return;
        };
        if !self.ids.insert(prompt.slug().to_owned()) {
            let message = format!("the prompt id \"{}\" is in this file twice", prompt.slug());
            let hint = "give this one an id of its own; until then it is left out".to_owned();
            self.reader.findings.error(span, message, Some(hint));
            return;
        }
        self.follow_ups.extend(follow_up);
        self.prompts.push(prompt);
    }

    fn read(&self, fields: &mut Fields<'i, 'f>) -> Option<(Prompt, Option<FollowUp>)> {
        let reader = self.reader;
        self.demand(
            fields,
            &[keys::ID, keys::KIND, keys::TITLE_OF, keys::INTENSITY].map(|key| key.name),
        );
        let given_id = fields.text(keys::ID.name).map(|id| reader.slug(id));
        let kind = fields.choice(keys::KIND.name, Kind::WORDS);
        let title = reader.optional(fields, &keys::TITLE_OF);
        let text = fields.required_text(keys::TEXT_OF.name);
        let text = text.and_then(|text| reader.text("`text`", text, keys::TEXT_OF.most()));
        let variants = reader.texts(fields, &keys::VARIANTS);
        let component = fields.choice(keys::COMPONENT.name, Component::WORDS);
        let tags = reader.texts(fields, &keys::TAGS);
        let intensity = fields.choice(keys::INTENSITY.name, Intensity::WORDS);
        let times = values(fields.choices(keys::TIMES.name, PartOfDay::WORDS));
        let fits = values(fields.choices(keys::FITS.name, LastState::WORDS));
        let private = fields.boolean(keys::PRIVATE.name);
        let needs = fields.choices(keys::NEEDS.name, Need::WORDS);
        let alt = reader.optional(fields, &keys::ALT);
        let steps = self.steps(fields);
        let follow_up = fields.text(keys::FOLLOW_UP.name);
        let evidence = self.evidence(fields);
        self.check_alt(&needs, alt.as_deref());
        self.check_ceiling(intensity.as_ref());

        let text = text?;
        let slug = match given_id {
            Some(id) => id?.value,
            None => slug_from_text(&text),
        };
        let id = format!("{}/{slug}", self.collection);
        let follow_up = follow_up.map(|to| FollowUp {
            prompt: id.clone(),
            to: self.full_id(&to),
        });
        let prompt = Prompt {
            id,
            kind: kind.map_or_else(|| guessed_kind(&text, !steps.is_empty()), |kind| kind.value),
            title: title.unwrap_or_else(|| self.title.clone()),
            text,
            variants,
            component: component.map(|component| component.value),
            tags,
            intensity: intensity.map_or(Intensity::Gentle, |intensity| intensity.value),
            times,
            fits,
            private: private.is_some_and(|private| private.value),
            needs: values(needs),
            alt,
            steps,
            follow_up: follow_up
                .as_ref()
                .map(|follow_up| follow_up.to.value.clone()),
            evidence,
            origin: reader.origin,
        };
        Some((prompt, follow_up))
    }

    /// Reports which of `keys` a shipped prompt lacks.
    fn demand(&self, fields: &mut Fields<'i, 'f>, keys: &[&'static str]) {
        if self.reader.origin == Origin::Personal {
            return;
        }
        for key in keys {
            if !fields.has(key) {
                fields.missing(key);
            }
        }
    }

    fn steps(&self, fields: &mut Fields<'i, 'f>) -> Vec<Step> {
        let whole = fields.span();
        let tables = fields.tables(keys::STEPS.name).unwrap_or_default();
        let steps: Vec<_> = tables
            .into_iter()
            .filter_map(|table| self.reader.step(table))
            .collect();
        let together: u32 = steps.iter().map(|step| step.seconds).sum();
        if together > STEPS_SECONDS {
            let message =
                format!("the steps last {together} seconds together; {STEPS_SECONDS} is the most");
            self.error(
                whole,
                message,
                "shorten the steps, or make two prompts of them",
            );
        }
        steps
    }

    fn evidence(&self, fields: &mut Fields<'i, 'f>) -> Vec<usize> {
        let indexes = fields.integers(keys::RESTS_ON.name, keys::RESTS_ON.range());
        let within = |index: Located<i64>| {
            let place = usize::try_from(index.value)
                .ok()
                .filter(|place| *place < self.evidence);
            if place.is_none() {
                let message = format!("there is no evidence {} in this file", index.value);
                let hint = match self.evidence {
                    0 => "add [[evidence]] above the prompts".to_owned(),
                    count => format!("it has {count}, counted from 0 to {}", count - 1),
                };
                self.error(index.span, message, &hint);
            }
            place
        };
        indexes.into_iter().filter_map(within).collect()
    }

    fn check_alt(&self, needs: &[Located<Need>], alt: Option<&str>) {
        let wanting = needs.iter().find(|need| need.value.wants_alt());
        if let (Some(need), None) = (wanting, alt) {
            let message = format!(
                "a prompt that needs {} has to offer another way",
                need.value
            );
            self.error(
                need.span.clone(),
                message,
                "add `alt`: what to do instead, in a sentence",
            );
        }
    }

    fn check_ceiling(&self, intensity: Option<&Located<Intensity>>) {
        if let (Some(intensity), Some(ceiling)) = (intensity, self.ceiling)
            && intensity.value > ceiling
        {
            let message = format!(
                "a {} prompt never comes under the ceiling of this file",
                intensity.value
            );
            let hint = format!("the head says ceiling = \"{ceiling}\"");
            self.reader.bar(intensity.span.clone(), message, Some(hint));
        }
    }

    /// A follow-up inside the same collection may be named by its slug alone.
    fn full_id(&self, id: &Located<Cow<'i, str>>) -> Located<String> {
        let value = if id.contains('/') {
            id.value.to_string()
        } else {
            format!("{}/{}", self.collection, id.value)
        };
        Located {
            value,
            span: id.span.clone(),
        }
    }

    fn error(&self, span: Range<usize>, message: String, hint: &str) {
        self.reader
            .findings
            .error(span, message, Some(hint.to_owned()));
    }
}

fn values<T>(located: Vec<Located<T>>) -> Vec<T> {
    located.into_iter().map(|one| one.value).collect()
}

fn guessed_kind(text: &str, has_steps: bool) -> Kind {
    if has_steps {
        Kind::Practice
    } else if text.ends_with(['?', '？', '؟']) {
        Kind::Question
    } else {
        Kind::Affirmation
    }
}

/// An id that stays as long as the text does, wherever in the file it stands; it tells nothing about the text, as ids may
/// be logged.
fn slug_from_text(text: &str) -> String {
    format!("own-{:016x}", stable_hash(&[text.as_bytes()]))
}

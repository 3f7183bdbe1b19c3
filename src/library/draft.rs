//! A collection file as read, on its way into the library: a new collection, or a layer over one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::text::TITLE;
use super::{Collection, Evidence, Intensity, Origin, Prompt, translation};
use crate::source::{Findings, Located};

/// What a file is.
pub(super) enum Content {
    /// A collection, or a layer over one.
    Collection(Box<Draft>),
    /// A collection's texts in another language.
    Translation(translation::Draft),
}

/// One collection file's usable content.
pub(super) struct Draft {
    pub(super) id: Located<String>,
    /// The title where the head gives none: the file's name.
    pub(super) name_title: String,
    pub(super) origin: Origin,
    pub(super) source: String,
    pub(super) head: Head,
    pub(super) prompts: Vec<Prompt>,
    pub(super) follow_ups: Vec<FollowUp>,
}

/// The head keys a file gives.
pub(super) struct Head {
    pub(super) version: Option<u32>,
    pub(super) lang: Option<Cow<'static, str>>,
    pub(super) title: Option<Cow<'static, str>>,
    pub(super) approach: Option<Cow<'static, str>>,
    pub(super) claims_not: Vec<Cow<'static, str>>,
    pub(super) enabled: Option<bool>,
    pub(super) opt_in_notice: Option<Cow<'static, str>>,
    pub(super) ceiling: Option<Intensity>,
    pub(super) license: Option<Cow<'static, str>>,
    pub(super) authors: Vec<Cow<'static, str>>,
    pub(super) evidence: Vec<Evidence>,
}

/// A prompt's follow-up, to be checked once every prompt is known.
pub(super) struct FollowUp {
    /// The full id of the prompt that names it.
    pub(super) prompt: String,
    /// The full id named.
    pub(super) to: Located<String>,
}

impl Draft {
    /// Reports a new collection without a prompt, unless errors took them.
    pub(super) fn warn_if_empty(&self, findings: &Findings) {
        if !self.prompts.is_empty() || findings.has_errors() {
            return;
        }
        let message = format!("the collection \"{}\" has no prompts", self.id.value);
        let hint = "a line is enough: prompts = [\"Go gently.\"]".to_owned();
        match self.origin {
            Origin::Shipped => findings.error(self.id.span.clone(), message, Some(hint)),
            Origin::Personal => findings.warning(self.id.span.clone(), message, Some(hint)),
        }
    }

    /// A collection of its own, with defaults for what the head leaves out.
    pub(super) fn into_collection(self) -> Collection {
        let Head {
            version,
            enabled,
            ceiling,
            title,
            ..
        } = self.head;
        Collection {
            id: self.id.value,
            version: version.unwrap_or(1),
            lang: self.head.lang,
            title: title.unwrap_or_else(|| self.name_title.chars().take(TITLE).collect()),
            approach: self.head.approach,
            claims_not: self.head.claims_not,
            enabled: enabled.unwrap_or(self.head.opt_in_notice.is_none()),
            opt_in_notice: self.head.opt_in_notice,
            ceiling: ceiling.unwrap_or(Intensity::Deep),
            license: self.head.license,
            authors: self.head.authors,
            evidence: self.head.evidence,
            prompts: self.prompts,
            translations: Vec::new(),
            origin: self.origin,
            source: self.source,
        }
    }

    /// Lays this file over the collection of the same id: prompts and head keys in it win, evidence is added.
    pub(super) fn lay_over(self, below: &mut Collection) {
        let evidence_below = below.evidence.len();
        self.head.lay_over(below);
        below.source = self.source;
        let places: BTreeMap<String, usize> = below
            .prompts
            .iter()
            .enumerate()
            .map(|(place, prompt)| (prompt.id.clone(), place))
            .collect();
        for mut prompt in self.prompts {
            for index in &mut prompt.evidence {
                *index += evidence_below;
            }
            match places.get(&prompt.id) {
                Some(&place) => below.prompts[place] = prompt,
                None => below.prompts.push(prompt),
            }
        }
    }
}

impl Head {
    fn lay_over(self, below: &mut Collection) {
        fn replace<T>(below: &mut T, over: Option<T>) {
            if let Some(over) = over {
                *below = over;
            }
        }
        let given = |list: Vec<Cow<'static, str>>| (!list.is_empty()).then_some(list);
        replace(&mut below.version, self.version);
        replace(&mut below.lang, self.lang.map(Some));
        replace(&mut below.title, self.title);
        replace(&mut below.approach, self.approach.map(Some));
        replace(&mut below.claims_not, given(self.claims_not));
        replace(&mut below.enabled, self.enabled);
        replace(&mut below.opt_in_notice, self.opt_in_notice.map(Some));
        replace(&mut below.ceiling, self.ceiling);
        replace(&mut below.license, self.license.map(Some));
        replace(&mut below.authors, given(self.authors));
        below.evidence.extend(self.evidence);
    }
}

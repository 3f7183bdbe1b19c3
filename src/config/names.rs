//! Names in the settings that only the library, or other settings, can confirm.

use std::collections::BTreeMap;

use super::Config;
use crate::library::Library;
use crate::source::{Diagnostic, Place, Severity, did_you_mean};

/// The names, by the key whose list they stand in: a layer that replaces the list replaces them.
#[derive(Debug, Clone, Default)]
pub(super) struct Mentions {
    by_key: BTreeMap<&'static str, Vec<Mention>>,
}

impl Mentions {
    pub fn replace(&mut self, key: &'static str, mentions: Vec<Mention>) {
        self.by_key.insert(key, mentions);
    }

    pub fn add(&mut self, key: &'static str, mention: Mention) {
        self.by_key.entry(key).or_default().push(mention);
    }
}

/// One name.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub place: Place,
    pub means: Means,
    pub name: String,
}

/// What a name is to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// A collection, by its id.
    Collection,
    /// A tag of prompts.
    Tag,
    /// A prompt, by its full id.
    Prompt,
    /// What a pause can silence: a reminder, a tag or a collection.
    Target,
}

/// Compares the names in the settings with the library's: an unknown collection, tag, or target of a pause is an error,
/// an unknown prompt a warning, as a prompt may go with a new version.
pub(super) fn check_names(config: &Config, library: &Library) -> Vec<Diagnostic> {
    let mentions = config.mentions.by_key.values().flatten();
    mentions
        .filter_map(|mention| check(mention, config, library))
        .collect()
}

fn check(mention: &Mention, config: &Config, library: &Library) -> Option<Diagnostic> {
    let known = known(mention.means, config, library);
    let name = mention.name.as_str();
    if known.contains(&name) {
        return None;
    }
    let (severity, what) = match mention.means {
        Means::Collection => (Severity::Error, "collection"),
        Means::Tag => (Severity::Error, "tag"),
        Means::Prompt => (Severity::Warning, "prompt"),
        Means::Target => (Severity::Error, "reminder, tag or collection"),
    };
    let hint = match (did_you_mean(name, known), mention.means) {
        (Some(near), _) => format!("did you mean \"{near}\"?"),
        (None, Means::Prompt) => "a prompt's full id is such as \"small-wins/a-bit-better\"".into(),
        (None, _) => "see what there is: attuned library list".into(),
    };
    Some(Diagnostic {
        severity,
        message: format!("there is no {what} \"{name}\""),
        place: Some(mention.place.clone()),
        hint: Some(hint),
    })
}

fn known<'a>(means: Means, config: &'a Config, library: &'a Library) -> Vec<&'a str> {
    let collections = library.collections().iter().map(|one| one.id.as_str());
    let tags = library
        .prompts()
        .flat_map(|prompt| &prompt.tags)
        .map(AsRef::as_ref);
    let reminders = config.reminders.iter().chain(&config.reminders_off);
    let reminders = reminders.map(|reminder| reminder.name.as_str());
    match means {
        Means::Collection => collections.collect(),
        Means::Tag => tags.collect(),
        Means::Prompt => library.prompts().map(|prompt| prompt.id.as_str()).collect(),
        Means::Target => reminders.chain(tags).chain(collections).collect(),
    }
}

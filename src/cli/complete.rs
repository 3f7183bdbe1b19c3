//! What may stand next on the command line, for the shells' completion: commands and options from clap, names from the
//! settings and the library in use.
//!
//! A shell asks by running attuned with [`VARIABLE`] set; see [`super::completions`]. Whatever is wrong then is no
//! candidate and no message: a person is in the middle of typing.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use super::Cli;
use super::setup::Setup;
use crate::config::keys;
use crate::helplines::Helplines;
use crate::library::{Kind, Prompt};
use crate::settings::Settings;

/// Set to a shell's name where that shell asks.
pub const VARIABLE: &str = "ATTUNED_COMPLETE";

/// Answers a shell that asks; whether one did.
#[must_use]
pub fn answer() -> bool {
    let folder = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(Cli::command).var(VARIABLE);
    // A shell that is not known gets no answer.
    asked
        .try_complete(std::env::args_os(), folder.as_deref())
        .unwrap_or(true)
}

/// Completes an argument with names that `pick` finds in the settings and the library in use; with none where they cannot
/// be read.
pub fn names(pick: fn(&Settings) -> Vec<CompletionCandidate>) -> ArgValueCandidates {
    ArgValueCandidates::new(move || {
        let settings = Setup::new(other_config()).settings();
        settings.as_ref().map(pick).unwrap_or_default()
    })
}

/// Completes an argument with the names of settings, such as `pace.gap`.
pub fn keys() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let keys = keys::dotted().into_iter();
        keys.map(|(name, key)| candidate(&name, key.help)).collect()
    })
}

/// What a pause can be for: reminders, collections and tags.
pub fn scopes(settings: &Settings) -> Vec<CompletionCandidate> {
    [reminders, collections, tags]
        .iter()
        .flat_map(|pick| pick(settings))
        .collect()
}

/// Ids of collections, and full ids of prompts.
pub fn collections_and_prompts(settings: &Settings) -> Vec<CompletionCandidate> {
    [collections, prompts]
        .iter()
        .flat_map(|pick| pick(settings))
        .collect()
}

/// Collections with practices, and practices by their full ids.
pub fn practices(settings: &Settings) -> Vec<CompletionCandidate> {
    let is_practice = |one: &&Prompt| one.kind == Kind::Practice;
    let collections = settings.library.collections().iter();
    let collections = collections.filter(|one| one.prompts.iter().any(|one| is_practice(&one)));
    let practices = settings.library.prompts().filter(is_practice);
    collections
        .map(|one| candidate(&one.id, &one.title))
        .chain(practices.map(|one| candidate(&one.id, &one.title)))
        .collect()
}

/// Names of reminders, those that are off too.
pub fn reminders(settings: &Settings) -> Vec<CompletionCandidate> {
    let config = &settings.config;
    let on = config
        .reminders
        .iter()
        .map(|one| candidate(&one.name, &one.written));
    let off = config
        .reminders_off
        .iter()
        .map(|one| candidate(&one.name, "off"));
    on.chain(off).collect()
}

/// Ids of collections.
pub fn collections(settings: &Settings) -> Vec<CompletionCandidate> {
    let collections = settings.library.collections().iter();
    collections
        .map(|one| candidate(&one.id, &one.title))
        .collect()
}

/// Full ids of prompts.
pub fn prompts(settings: &Settings) -> Vec<CompletionCandidate> {
    let prompts = settings.library.prompts();
    prompts.map(|one| candidate(&one.id, &one.title)).collect()
}

/// Countries there are help lines for.
pub fn countries() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let helplines = Helplines::shipped();
        let countries = helplines.countries().iter();
        countries
            .map(|one| candidate(one.code.code(), &one.name))
            .collect()
    })
}

/// Tags that prompts have.
pub fn tags(settings: &Settings) -> Vec<CompletionCandidate> {
    let tags = settings.library.prompts().flat_map(|prompt| &prompt.tags);
    let tags: BTreeSet<&str> = tags.map(AsRef::as_ref).collect();
    tags.into_iter().map(CompletionCandidate::new).collect()
}

/// How long a pause may be, in the words used most.
pub fn pause_length() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let typed = typed();
        let has = |word: &str| typed.iter().any(|one| one == word);
        if has("until") {
            ENDS.map(CompletionCandidate::new).into()
        } else if LENGTHS.iter().any(|(length, _)| has(length)) {
            Vec::new()
        } else {
            LENGTHS
                .map(|(length, means)| candidate(length, means))
                .into()
        }
    })
}

/// The words of the line before the one that is being typed, `attuned` first.
pub fn typed() -> Vec<OsString> {
    let mut line: Vec<_> = std::env::args_os()
        .skip_while(|word| word != "--")
        .skip(1)
        .collect();
    line.pop();
    line
}

/// What may stand first, and what it means.
const LENGTHS: [(&str, &str); 6] = [
    ("today", "The rest of today"),
    ("workday", "Until today's active hours end"),
    ("until", "Until a time or a day"),
    ("30min", "Half an hour"),
    ("1h", "An hour"),
    ("2h", "Two hours"),
];

/// What may follow "until".
const ENDS: [&str; 9] = [
    "noon", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
];

/// The file of `--config`, where it stands in the line.
fn other_config() -> Option<PathBuf> {
    let typed = typed();
    let mut pairs = typed.windows(2);
    let apart = pairs
        .find(|pair| pair[0] == "--config")
        .map(|pair| PathBuf::from(&pair[1]));
    let joined = |word: &OsString| Some(word.to_str()?.strip_prefix("--config=")?.into());
    apart.or_else(|| typed.iter().find_map(joined))
}

fn candidate(value: &str, means: &str) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(means.to_owned().into()))
}

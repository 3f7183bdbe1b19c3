//! A reminder in plain words.

use crate::cli::check::meaning;
use crate::cli::pauses::listed;
use crate::config::{Content, Reminder};
use crate::library::{Kind, Selection};

/// What it means: "at 14:00 every day, up to 10 min later; a question or a practice"
pub(super) fn sentence(reminder: &Reminder) -> String {
    format!("{}; {}", meaning(reminder), what(&reminder.content))
}

/// What it shows.
pub(super) fn what(content: &Content) -> String {
    match content {
        Content::Message { kind, .. } => match kind {
            Kind::CheckIn => "your own words as a check-in".to_owned(),
            Kind::Question => "your own question".to_owned(),
            Kind::Affirmation | Kind::Practice => "your own words".to_owned(),
        },
        Content::Choice(selection) => choice(selection),
    }
}

fn choice(selection: &Selection) -> String {
    let Selection {
        kinds,
        collections,
        tags,
    } = selection;
    let named: Vec<String> = kinds.iter().map(|kind| with_article(*kind)).collect();
    let mut words = match named.as_slice() {
        [] => "any prompt".to_owned(),
        named => either(named),
    };
    if !collections.is_empty() {
        words = format!("{words} from {}", listed(collections));
    }
    if !tags.is_empty() {
        words = format!("{words} about {}", either(tags));
    }
    if kinds.is_empty() {
        words.push_str(", but no check-in");
    }
    words
}

fn with_article(kind: Kind) -> String {
    match kind {
        Kind::Affirmation => format!("an {kind}"),
        Kind::CheckIn | Kind::Question | Kind::Practice => format!("a {kind}"),
    }
}

fn either(names: &[String]) -> String {
    match names {
        [start @ .., last] if !start.is_empty() => format!("{} or {last}", start.join(", ")),
        names => names.concat(),
    }
}

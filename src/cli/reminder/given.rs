//! What a person gave for a reminder, read so that mistakes point into what was typed.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Read, Write};

use clap::Args;
use clap::builder::PossibleValuesParser;
use toml_edit::{Array, Value};

use crate::cli::complete;
use crate::cli::failure::Failure;
use crate::cli::style::Style;
use crate::config::parse_zone;
use crate::library::{Kind, Library};
use crate::schedule::words::parse_duration;
use crate::schedule::{Error, Schedule};
use crate::source::did_you_mean;

/// Your own words are read up to here, in bytes; the settings allow 500 characters.
const MOST_INPUT: u64 = 64 * 1024;

/// What a reminder can be given, for a new one and for a change alike.
#[derive(Debug, Args)]
pub(super) struct Given {
    /// When it comes, as in attuned when; several times for several schedules
    #[arg(long, value_name = "SCHEDULE")]
    pub when: Vec<String>,

    /// Only prompts of this kind; may be given several times
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub kind: Vec<String>,

    /// Only from this collection; may be given several times
    #[arg(long, value_name = "NAME", add = complete::names(complete::collections))]
    pub collection: Vec<String>,

    /// Only prompts with this tag; may be given several times
    #[arg(long, value_name = "TAG", add = complete::names(complete::tags))]
    pub tag: Vec<String>,

    /// Your own words, which are asked for, or read from standard input
    #[arg(long, conflicts_with_all = ["collection", "tag"])]
    pub message: bool,

    /// Up to this much later, so that it feels less exact; 0 for none
    #[arg(long, value_name = "DURATION")]
    jitter: Option<String>,

    /// In this time zone, such as Europe/Berlin; local for wherever your computer is
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,

    /// Whether one that passed while the computer slept is shown
    #[arg(long, value_name = "HOW", value_parser = ["once", "skip"])]
    missed: Option<String>,

    /// How old one that was missed may be
    #[arg(long, value_name = "DURATION")]
    grace: Option<String>,
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.name()))
}

/// What is to stand under a key: a value, or nothing.
pub(super) type Entry = (&'static str, Option<Value>);

impl Given {
    /// Whether anything was given.
    pub fn is_empty(&self) -> bool {
        let Self {
            when,
            kind,
            collection,
            tag,
            message,
            jitter,
            timezone,
            missed,
            grace,
        } = self;
        let lists = [when, kind, collection, tag];
        let texts = [jitter, timezone, missed, grace];
        lists.iter().all(|list| list.is_empty())
            && texts.iter().all(|text| text.is_none())
            && !message
    }

    /// Checked, as entries in the order of the reference. Asks for the words where they are wanted.
    ///
    /// # Errors
    /// What is not understood, or not known to the library.
    pub fn entries(&self, library: &Library) -> Result<Vec<Entry>, Failure> {
        let mut entries: Vec<Entry> = Vec::new();
        for text in &self.when {
            Schedule::parse(text).map_err(|error| Failure::misread("when", text, error))?;
        }
        let collections = library.collections().iter();
        let collections = collections.map(|one| one.id.as_str()).collect();
        check_names("collection", &self.collection, &collections)?;
        let tags = library.prompts().flat_map(|prompt| &prompt.tags);
        let tags = tags.map(AsRef::as_ref).collect();
        check_names("tag", &self.tag, &tags)?;
        let lists = [
            ("when", &self.when),
            ("kind", &self.kind),
            ("collections", &self.collection),
            ("tags", &self.tag),
        ];
        let given = lists.into_iter().filter(|(_, list)| !list.is_empty());
        entries.extend(given.map(|(key, list)| (key, Some(in_toml(key, list)))));
        let jitter = self.jitter.as_deref();
        entries.extend(
            jitter
                .map(|text| read("jitter", text, &["0", "none"], parse_duration))
                .transpose()?,
        );
        let zone = self.timezone.as_deref();
        entries.extend(
            zone.map(|text| read("timezone", text, &["local"], parse_zone))
                .transpose()?,
        );
        entries.extend(
            self.missed
                .as_deref()
                .map(|how| ("missed", Some(how.into()))),
        );
        let grace = self.grace.as_deref();
        entries.extend(
            grace
                .map(|text| read("grace", text, &[], parse_duration))
                .transpose()?,
        );
        if self.message {
            let place = entries
                .iter()
                .filter(|(key, _)| matches!(*key, "when" | "kind"))
                .count();
            entries.insert(place, ("message", Some(own_words()?.into())));
            // Own words are shown as they are.
            entries.extend([("collections", None), ("tags", None)]);
        }
        Ok(entries)
    }
}

/// Checks a text that stays as it was written; one of `nothing` takes the key away.
fn read<T>(
    key: &'static str,
    text: &str,
    nothing: &[&str],
    parse: impl FnOnce(&str) -> Result<T, Error>,
) -> Result<Entry, Failure> {
    if nothing.contains(&text) {
        return Ok((key, None));
    }
    match parse(text) {
        Ok(_) => Ok((key, Some(text.into()))),
        Err(error) => Err(Failure::misread(key, text, error)),
    }
}

/// One stands alone; of collections and tags there is always a list.
fn in_toml(key: &str, list: &[String]) -> Value {
    match list {
        [one] if matches!(key, "when" | "kind") => one.into(),
        list => list.iter().collect::<Array>().into(),
    }
}

fn check_names(what: &str, names: &[String], known: &BTreeSet<&str>) -> Result<(), Failure> {
    for name in names {
        if known.contains(name.as_str()) {
            continue;
        }
        let hint = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "see what there is: attuned library list".to_owned(),
        };
        return Err(Failure::usage(
            format!("there is no {what} \"{name}\""),
            Some(hint),
        ));
    }
    Ok(())
}

/// Reads the person's own words: a line from a terminal, all that comes from anything else.
fn own_words() -> Result<String, Failure> {
    let words = ask("Your own words, up to 500 characters. Enter ends them:")?;
    let words = words.trim();
    if words.is_empty() {
        let hint =
            "type them when asked, or: echo \"Tea?\" | attuned reminder add tea --when … --message";
        return Err(Failure::usage(
            "there are no words to show",
            Some(hint.to_owned()),
        ));
    }
    Ok(words.replace("\r\n", "\n"))
}

/// Asks for when it is to come; none where nobody is at the terminal.
pub(super) fn ask_when() -> Result<Option<String>, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    let when = ask("When should it come? For example: weekdays at 10:30")?;
    Ok(Some(when.trim().to_owned()).filter(|when| !when.is_empty()))
}

fn ask(question: &str) -> Result<String, Failure> {
    let stdin = io::stdin();
    let mut answer = String::new();
    let read = if stdin.is_terminal() {
        let question = Style::stderr().strong(question);
        // Where standard error is closed, the question is not seen, and may yet be answered.
        let _ = write!(io::stderr(), "{question}\n> ");
        stdin.read_line(&mut answer)
    } else {
        stdin.lock().take(MOST_INPUT).read_to_string(&mut answer)
    };
    read.map_err(|error| {
        Failure::refused(format!("could not read standard input: {error}"), None)
    })?;
    Ok(answer)
}

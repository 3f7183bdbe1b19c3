//! `attuned library list`, and how a collection stands in a few words.

use std::collections::BTreeSet;
use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::count_of_prompts;
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::library::{By, Change, Collection, Decided, Library, Origin, Standing};

/// All collections, and whether they are on
#[derive(Debug, Args)]
#[command(after_help = "\
To change what comes:

  attuned library disable small-wins    or enable
  attuned library weight kind-words 2   twice as often; 0 is not at all
  attuned library hide late-reviews     one prompt

What you set under [library] in your settings comes first.")]
pub struct ListArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// A collection in the list.
#[derive(Debug, Serialize)]
pub(super) struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    origin: Origin,
    /// Whether its prompts come by themselves.
    on: bool,
    /// Why, in a few words.
    because: &'static str,
    /// Against 1.
    weight: f64,
    weight_because: &'static str,
    /// What was chosen by command, and the settings overrule.
    overruled: Vec<String>,
    prompts: usize,
    /// Full ids.
    hidden: Vec<&'a str>,
    /// Full ids.
    favourites: Vec<&'a str>,
    approach: Option<&'a str>,
    /// None where it is in the person's language to begin with.
    translated: Option<Translated<'a>>,
    #[serde(skip)]
    standing: Standing,
    #[serde(skip)]
    weighed_by: By,
}

/// How much of a collection comes in the person's language.
#[derive(Debug, Serialize)]
struct Translated<'a> {
    lang: &'a str,
    /// How many prompts do.
    prompts: usize,
    /// Full ids of those that would, but that their originals have changed since.
    stale: Vec<&'a str>,
}

impl<'a> Translated<'a> {
    fn new(collection: &'a Collection, lang: &'a str) -> Option<Self> {
        let translations = || collection.translations_into(lang);
        if collection.speaks(lang) && translations().next().is_none() {
            return None;
        }
        let current = translations().flat_map(|one| &one.current);
        let current: BTreeSet<&str> = current.map(|words| words.id.as_str()).collect();
        let stale = translations().flat_map(|one| &one.stale);
        let stale: BTreeSet<&str> = stale.map(|words| words.id.as_str()).collect();
        Some(Self {
            lang,
            prompts: current.len(),
            stale: stale.difference(&current).copied().collect(),
        })
    }

    /// "20 of them in de, 2 more once they are looked at again".
    fn fact(&self) -> String {
        let Self {
            lang,
            prompts,
            stale,
        } = self;
        let in_it = match prompts {
            0 => format!("none in {lang}"),
            count => format!("{count} of them in {lang}"),
        };
        match stale.len() {
            0 => in_it,
            count => format!("{in_it}, {count} more once looked at again"),
        }
    }
}

impl<'a> Entry<'a> {
    pub(super) fn new(collection: &'a Collection, decided: Decided<'a>) -> Self {
        let standing = decided.standing(collection);
        let (weight, weighed_by) = decided.weight(collection);
        let overruled = decided.overruled(collection).into_iter();
        let ids = || collection.prompts.iter().map(|prompt| prompt.id.as_str());
        Self {
            id: &collection.id,
            title: &collection.title,
            origin: collection.origin,
            on: standing.is_on(),
            because: because(standing, collection.origin),
            weight,
            weight_because: by(weighed_by),
            overruled: overruled.map(name_of).collect(),
            prompts: collection.prompts.len(),
            hidden: ids().filter(|id| decided.hidden(id).is_some()).collect(),
            favourites: ids().filter(|id| decided.favoured(id).is_some()).collect(),
            approach: collection.approach.as_deref(),
            translated: Translated::new(collection, &decided.settings.language),
            standing,
            weighed_by,
        }
    }

    /// Whether its prompts come by themselves.
    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    /// "26 prompts, 1 hidden, on (default), weight 2 (your choice)".
    pub(super) fn facts(&self) -> String {
        let mut facts = vec![count_of_prompts(self.prompts)];
        facts.extend(self.translated.as_ref().map(Translated::fact));
        match self.hidden.len() {
            0 => {}
            hidden => facts.push(format!("{hidden} hidden")),
        }
        let on = if self.on { "on" } else { "off" };
        facts.push(format!("{on} ({})", self.because));
        if self.weighed_by != By::Default && !matches!(self.standing, Standing::WeightZero(_)) {
            facts.push(format!("weight {} ({})", self.weight, self.weight_because));
        }
        facts.join(", ")
    }

    /// What stands in the way of what was chosen, and how to switch on what is off.
    pub(super) fn advice(&self) -> Vec<String> {
        let id = self.id;
        let mut advice = Vec::new();
        if !self.overruled.is_empty() {
            let chosen = self.overruled.join("\" and \"");
            advice.push(format!("You chose \"{chosen}\"; your settings come first."));
        }
        match self.standing {
            Standing::Off(By::Default | By::Choice) => {
                advice.push(format!("To switch it on: attuned library enable {id}"));
            }
            Standing::WeightZero(By::Default | By::Choice) => {
                advice.push(format!("To let it come: attuned library weight {id} 1"));
            }
            _ => {}
        }
        advice
    }
}

fn because(standing: Standing, origin: Origin) -> &'static str {
    match (standing, origin) {
        (Standing::On(By::Default), Origin::Personal) => "your own",
        (Standing::On(by_whom) | Standing::Off(by_whom), _) => by(by_whom),
        (Standing::OtherLanguage, _) => "another language",
        (Standing::WeightZero(By::Settings), _) => "weight 0 in your settings",
        (Standing::WeightZero(By::Choice | By::Default), _) => "weight 0, your choice",
    }
}

/// Who decided, in a word or two.
pub(super) fn by(whom: By) -> &'static str {
    match whom {
        By::Default => "default",
        By::Choice => "your choice",
        By::Settings => "your settings",
    }
}

fn name_of(change: Change) -> String {
    match change {
        Change::Hide => "hide".into(),
        Change::Unhide => "unhide".into(),
        Change::Favour => "favour".into(),
        Change::Unfavour => "unfavour".into(),
        Change::Enable => "enable".into(),
        Change::Disable => "disable".into(),
        Change::Weight(weight) => format!("weight {weight}"),
    }
}

pub fn run(args: &ListArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let (engine, _) = setup.engine_for_a_look(&setup.paths()?)?;
    let collections = engine.library().collections().iter();
    let entries = collections.map(|one| Entry::new(one, engine.decided()));
    let entries: Vec<Entry> = entries.collect();
    if args.json {
        return Ok(out.json(&entries)?);
    }
    for entry in &entries {
        out.heading(entry.id, &format!("{}, {}", entry.title, entry.facts()))?;
        for text in entry
            .approach
            .iter()
            .map(|text| (*text).to_owned())
            .chain(entry.advice())
        {
            out.paragraph(2, &text)?;
        }
    }
    let (library, decided) = (engine.library(), engine.decided());
    section("Hidden", library, |id| decided.hidden(id), out)?;
    section("Favourites", library, |id| decided.favoured(id), out)?;
    writeln!(out)?;
    out.paragraph(
        0,
        "One with all its prompts: attuned library show kind-words",
    )?;
    Ok(())
}

/// The prompts that somebody hid or favoured, below a heading; nothing where there are none.
fn section(
    heading: &str,
    library: &Library,
    by_whom: impl Fn(&str) -> Option<By>,
    out: &mut Terminal,
) -> io::Result<()> {
    let prompts = library.prompts();
    let mut listed = prompts
        .filter_map(|prompt| Some((prompt, by_whom(&prompt.id)?)))
        .peekable();
    if listed.peek().is_some() {
        writeln!(out, "\n{}", out.style.strong(heading))?;
    }
    for (prompt, whom) in listed {
        let (id, title) = (&prompt.id, &prompt.title);
        writeln!(out, "  {id}  {title} ({})", by(whom))?;
    }
    Ok(())
}

//! `attuned library`: what attuned may say.

use std::io::{self, Write};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::failure::Failure;
use super::preview::hanging;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::library::{Collection, Evidence, Found, Kind, Library, Origin, Prompt, Rules};

/// What attuned may say: its collections and prompts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library list
  attuned library show kind-words
  attuned library show steady-ground/no-decisions
  attuned library search tired evening")]
pub struct LibraryArgs {
    #[command(subcommand)]
    command: LibraryCommand,
}

#[derive(Debug, Subcommand)]
enum LibraryCommand {
    List(ListArgs),
    Show(ShowArgs),
    Search(SearchArgs),
}

/// All collections, and whether they are on
#[derive(Debug, Args)]
#[command(after_help = "\
To switch one on or off, put this into your settings:

  [library]
  enable = [\"old-maps\"]
  disable = [\"small-wins\"]")]
struct ListArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// A collection with its prompts, or one prompt with all its wordings
#[derive(Debug, Args)]
struct ShowArgs {
    /// A collection's or a prompt's id
    #[arg(value_name = "COLLECTION|ID")]
    name: String,

    /// With the studies it rests on
    #[arg(long)]
    evidence: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Prompts that contain all of these words
#[derive(Debug, Args)]
struct SearchArgs {
    /// What to look for, in titles, texts, tags and ids
    #[arg(required = true)]
    words: Vec<String>,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Shows what was asked for.
pub fn run(args: &LibraryArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let settings = setup.settings()?;
    let (library, rules) = (&settings.library, &settings.config.library);
    match &args.command {
        LibraryCommand::List(args) => list(args, library, rules, out)?,
        LibraryCommand::Show(args) => show(args, library, rules, out)?,
        LibraryCommand::Search(args) => search(args, library, out)?,
    }
    Ok(())
}

/// A collection in the list.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    origin: Origin,
    /// Whether its prompts come by themselves.
    on: bool,
    because: &'static str,
    weight: f64,
    prompts: usize,
    approach: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn new(collection: &'a Collection, rules: &Rules) -> Self {
        let (on, because) = whether_on(collection, rules);
        Self {
            id: &collection.id,
            title: &collection.title,
            origin: collection.origin,
            on,
            because,
            weight: rules.weight(collection),
            prompts: collection.prompts.len(),
            approach: collection.approach.as_deref(),
        }
    }

    fn state(&self) -> String {
        let on = if self.on { "on" } else { "off" };
        format!("{on} ({})", self.because)
    }
}

/// Whether a collection's prompts come by themselves, and why.
fn whether_on(collection: &Collection, rules: &Rules) -> (bool, &'static str) {
    let named_in = |list: &[String]| list.contains(&collection.id);
    if named_in(&rules.disable) {
        (false, "your settings")
    } else if !rules.enables(collection) {
        (false, "unless you enable it")
    } else if !collection.speaks(&rules.language) {
        (false, "another language")
    } else if rules.weight(collection) <= 0.0 {
        (false, "weight 0 in your settings")
    } else if !collection.enabled {
        (true, "your settings")
    } else if collection.origin == Origin::Personal {
        (true, "your own")
    } else {
        (true, "default")
    }
}

fn list(args: &ListArgs, library: &Library, rules: &Rules, out: &mut Terminal) -> io::Result<()> {
    let collections = library.collections().iter();
    let entries: Vec<Entry> = collections.map(|one| Entry::new(one, rules)).collect();
    if args.json {
        return out.json(&entries);
    }
    for entry in entries {
        let id = out.style.strong(entry.id);
        let count = prompts(entry.prompts);
        writeln!(out, "{id}  {}, {count}, {}", entry.title, entry.state())?;
        if let Some(approach) = entry.approach {
            out.paragraph(2, approach)?;
        }
    }
    writeln!(out)?;
    out.paragraph(
        0,
        "One with all its prompts: attuned library show kind-words",
    )
}

fn prompts(count: usize) -> String {
    match count {
        1 => "1 prompt".to_owned(),
        count => format!("{count} prompts"),
    }
}

fn show(
    args: &ShowArgs,
    library: &Library,
    rules: &Rules,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let found = library
        .find(&args.name)
        .map_err(|error| Failure::refused(&error, Some(error.hint.clone())))?;
    match found {
        Found::Collection(collection) if args.json => out.json(collection)?,
        Found::Prompt(prompt) if args.json => out.json(prompt)?,
        Found::Collection(collection) => show_collection(collection, args.evidence, rules, out)?,
        Found::Prompt(prompt) => show_prompt(prompt, args.evidence, library, out)?,
    }
    Ok(())
}

fn show_collection(
    collection: &Collection,
    evidence: bool,
    rules: &Rules,
    out: &mut Terminal,
) -> io::Result<()> {
    let title = out.style.strong(&collection.title);
    let entry = Entry::new(collection, rules);
    writeln!(
        out,
        "{title}  {}, {}, {}",
        entry.id,
        prompts(entry.prompts),
        entry.state()
    )?;
    if let Some(approach) = &collection.approach {
        out.paragraph(0, approach)?;
    }
    if !collection.claims_not.is_empty() {
        out.paragraph(
            0,
            &format!("It does not claim: {}.", collection.claims_not.join("; ")),
        )?;
    }
    if let Some(notice) = &collection.opt_in_notice {
        out.paragraph(0, &format!("Before you enable it: {notice}"))?;
    }
    for prompt in &collection.prompts {
        writeln!(out)?;
        let title = out.style.strong(&prompt.title);
        writeln!(out, "{title}  {}, {}", prompt.slug(), prompt.kind)?;
        out.paragraph(2, &prompt.text)?;
    }
    if evidence {
        writeln!(out)?;
        show_evidence(&collection.evidence.iter().collect::<Vec<_>>(), out)?;
    }
    Ok(())
}

fn show_prompt(
    prompt: &Prompt,
    evidence: bool,
    library: &Library,
    out: &mut Terminal,
) -> io::Result<()> {
    let title = out.style.strong(&prompt.title);
    writeln!(out, "{title}  {}", prompt.id)?;
    let mut facts = vec![prompt.kind.to_string(), prompt.intensity.to_string()];
    facts.extend(prompt.component.map(|component| component.to_string()));
    facts.extend(words("for the", &prompt.times));
    facts.extend(words("needs", &prompt.needs));
    facts.extend(words("tags", &prompt.tags));
    facts.extend(
        prompt
            .private
            .then(|| "shows its text after a click".to_owned()),
    );
    out.paragraph(0, &facts.join("; "))?;
    writeln!(out)?;
    out.paragraph(2, &prompt.text)?;
    for variant in &prompt.variants {
        hanging("  or: ", variant, out)?;
    }
    if let Some(alt) = &prompt.alt {
        hanging("  another way: ", alt, out)?;
    }
    for (number, step) in (1..).zip(&prompt.steps) {
        hanging(
            &format!("  {number}. "),
            &format!("{} ({} s)", step.text, step.seconds),
            out,
        )?;
    }
    if let Some(follow_up) = &prompt.follow_up {
        writeln!(out, "\nIt may lead to {follow_up}.")?;
    }
    if evidence {
        writeln!(out)?;
        show_evidence(&evidence_of(prompt, library), out)?;
    }
    Ok(())
}

/// "needs: touch, breath"; none where there is nothing to name.
fn words(what: &str, values: &[impl ToString]) -> Option<String> {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    (!values.is_empty()).then(|| format!("{what} {}", values.join(", ")))
}

fn evidence_of<'a>(prompt: &Prompt, library: &'a Library) -> Vec<&'a Evidence> {
    let evidence = library
        .collection(prompt.collection())
        .map(|one| one.evidence.as_slice());
    let evidence = evidence.unwrap_or_default();
    prompt
        .evidence
        .iter()
        .filter_map(|index| evidence.get(*index))
        .collect()
}

fn show_evidence(evidence: &[&Evidence], out: &mut Terminal) -> io::Result<()> {
    let heading = out.style.strong("Evidence");
    writeln!(out, "{heading}")?;
    if evidence.is_empty() {
        return out.paragraph(2, "None is named.");
    }
    for (number, item) in (1..).zip(evidence) {
        let citation = item.citation.as_deref().unwrap_or("No study is known.");
        hanging(&format!("  {number}. "), citation, out)?;
        let doi = item
            .doi
            .as_deref()
            .map(|doi| format!("https://doi.org/{doi}"));
        if let Some(address) = doi.as_deref().or(item.url.as_deref()) {
            out.paragraph(5, address)?;
        }
        let note = item.note.as_deref().unwrap_or_default();
        let read = item
            .read
            .map_or(String::new(), |read| format!(" (read: {read})"));
        out.paragraph(5, &format!("{}: {note}{read}", item.strength))?;
    }
    Ok(())
}

/// A prompt among those found.
#[derive(Debug, Serialize)]
struct Match<'a> {
    id: &'a str,
    kind: Kind,
    title: &'a str,
    text: &'a str,
}

fn search(args: &SearchArgs, library: &Library, out: &mut Terminal) -> io::Result<()> {
    let words = args.words.join(" ");
    let found = library.search(&words);
    if args.json {
        let matches = found.iter().map(|prompt| Match {
            id: &prompt.id,
            kind: prompt.kind,
            title: &prompt.title,
            text: &prompt.text,
        });
        return out.json(&matches.collect::<Vec<_>>());
    }
    if found.is_empty() {
        return out.paragraph(0, &format!("No prompt contains \"{words}\"."));
    }
    for prompt in &found {
        let id = out.style.strong(&prompt.id);
        writeln!(out, "{id}  {}", prompt.title)?;
        out.paragraph(2, &prompt.text)?;
    }
    Ok(())
}

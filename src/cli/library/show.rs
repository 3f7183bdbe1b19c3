//! `attuned library show`: a collection with its prompts, or one prompt with all its wordings.

use std::io::{self, Write};

use clap::Args;

use super::list::{Entry, by};
use super::not_found;
use super::tell::too_strong;
use crate::cli::complete;
use crate::cli::failure::Failure;
use crate::cli::preview::hanging;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::library::{Collection, Decided, Evidence, Found, Intensity, Library, Prompt, Strength};

/// A collection with its prompts, or one prompt with all its wordings
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library show kind-words
  attuned library show kind-words --evidence
  attuned library show steady-ground/no-decisions")]
pub struct ShowArgs {
    /// A collection's or a prompt's id
    #[arg(value_name = "COLLECTION|ID", add = complete::names(complete::collections_and_prompts))]
    name: String,

    /// With the studies it rests on
    #[arg(long)]
    evidence: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &ShowArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let (engine, _) = setup.engine_for_a_look(&setup.paths()?)?;
    let (library, decided) = (engine.library(), engine.decided());
    match library
        .find(&args.name)
        .map_err(|error| not_found(&error))?
    {
        Found::Collection(collection) if args.json => out.json(collection)?,
        Found::Prompt(prompt) if args.json => out.json(prompt)?,
        Found::Collection(collection) => show_collection(collection, args.evidence, decided, out)?,
        Found::Prompt(prompt) => show_prompt(prompt, args.evidence, library, decided, out)?,
    }
    Ok(())
}

fn show_collection(
    collection: &Collection,
    evidence: bool,
    decided: Decided<'_>,
    out: &mut Terminal,
) -> io::Result<()> {
    let entry = Entry::new(collection, decided);
    let facts = format!("{}, {}", collection.id, entry.facts());
    out.heading(&collection.title, &facts)?;
    for advice in entry.advice() {
        out.paragraph(0, &advice)?;
    }
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
        let when = if entry.is_on() {
            "Worth knowing"
        } else {
            "Before you enable it"
        };
        out.paragraph(0, &format!("{when}: {notice}"))?;
    }
    let held_back = decided.settings.held_back(collection);
    if let Some(held_back) = held_back.filter(|_| entry.is_on()) {
        too_strong(held_back, out)?;
    }
    for prompt in &collection.prompts {
        writeln!(out)?;
        let mut facts = vec![prompt.slug().to_owned(), prompt.kind.to_string()];
        let deep = prompt.intensity == Intensity::Deep;
        facts.extend(deep.then(|| prompt.intensity.to_string()));
        facts.extend(choices(prompt, decided));
        out.heading(&prompt.title, &facts.join(", "))?;
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
    decided: Decided<'_>,
    out: &mut Terminal,
) -> io::Result<()> {
    out.heading(&prompt.title, &prompt.id)?;
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
    let other_way = prompt.other_way(&decided.settings.avoid).is_some();
    facts.extend(other_way.then(|| "comes another way (your settings)".to_owned()));
    facts.extend(choices(prompt, decided));
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
        writeln!(out)?;
        out.paragraph(0, &format!("It may lead to {follow_up}."))?;
    }
    if evidence {
        writeln!(out)?;
        show_evidence(&evidence_of(prompt, library), out)?;
    }
    Ok(())
}

/// "hidden (your choice)", "a favourite (your settings)".
fn choices(prompt: &Prompt, decided: Decided<'_>) -> Vec<String> {
    let hidden = decided.hidden(&prompt.id);
    let favoured = decided.favoured(&prompt.id);
    let hidden = hidden.map(|whom| format!("hidden ({})", by(whom)));
    let favoured = favoured.map(|whom| format!("a favourite ({})", by(whom)));
    hidden.into_iter().chain(favoured).collect()
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
        let strength = match item.strength {
            Strength::None => String::new(),
            known => format!("{known}: "),
        };
        out.paragraph(5, &format!("{strength}{note}{read}"))?;
    }
    Ok(())
}

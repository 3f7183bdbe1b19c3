//! `attuned library import`: a plain text, one prompt a line, as a collection of one's own.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{count_of_prompts, own};
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::library::{Collection, Lines, NotEditable, Origin, add_lines, of_lines, slug_of};
use crate::settings::{COLLECTION_LIMIT, read_library};
use crate::source::read_file;

/// The largest text read, in bytes: 1 MiB.
const LIMIT: u64 = 1024 * 1024;

/// Of many lines with the same trouble no more are named.
const MOST_TOLD: usize = 10;

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Make a collection of a plain text, one prompt a line
///
/// Empty lines, and lines that begin with "#", are left out, and what is there twice comes in once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library import quotes.txt                 as the collection quotes
  attuned library import quotes.txt --name ana
  attuned library import more.txt --name ana --add  what is new in it
  attuned library import - --name ana               what you type, until Ctrl+D")]
pub struct ImportArgs {
    /// A text file, or - for standard input
    file: PathBuf,

    /// What the collection is called; without it, as the file
    #[arg(long)]
    name: Option<String>,

    /// Add to a collection of yours that is there
    #[arg(long)]
    add: bool,
}

impl ImportArgs {
    fn is_standard_input(&self) -> bool {
        self.file.as_os_str() == STANDARD_INPUT
    }

    /// The new collection's name.
    fn name(&self) -> Result<String, Failure> {
        if let Some(name) = &self.name {
            own::check_name(name)?;
            return Ok(name.clone());
        }
        let stem = self.file.file_stem().unwrap_or_default();
        match slug_of(&stem.to_string_lossy()) {
            name if name.is_empty() || self.is_standard_input() => Err(Failure::usage(
                "the collection has no name",
                Some("give it one: --name morning".into()),
            )),
            name => own::check_name(&name).map(|()| name),
        }
    }

    fn text(&self) -> Result<String, Failure> {
        if self.is_standard_input() {
            return standard_input();
        }
        match read_file(&self.file, LIMIT) {
            Ok(source) => Ok(source.text.clone().into_owned()),
            Err(error) => Err(Failure::refused(error.one_line(), error.hint)),
        }
    }
}

fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        let most = LIMIT >> 20;
        let hint = Some("split it".into());
        return Err(Failure::refused(
            format!("the text is larger than {most} MiB"),
            hint,
        ));
    }
    String::from_utf8(bytes).map_err(|_| {
        let hint = Some("save it as UTF-8".into());
        Failure::refused("the text is not UTF-8", hint)
    })
}

pub fn run(args: &ImportArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let name = args.name()?;
    let paths = setup.paths()?;
    let (library, _) = read_library(&paths);
    let there = library.collection(&name);
    if let Some(collection) = there.filter(|one| !args.add || one.origin == Origin::Shipped) {
        let hint = "add to it with --add, or give the new one another name with --name";
        return Err(own::taken(collection, hint));
    }
    let known: BTreeSet<&str> = there.map(texts_of).unwrap_or_default();
    let lines = Lines::read(&args.text()?, &known);
    let file = match (lines.taken.is_empty(), there) {
        (true, Some(_)) if lines.repeated > 0 => None,
        (true, _) => return Err(nothing_came_in(&lines)),
        (false, Some(collection)) => Some(add_to(Path::new(&collection.source), &lines.taken)?),
        (false, None) => {
            let file = own::file_of(&name, &paths);
            own::write_new(&file, &of_lines(&lines.taken))?;
            Some(file)
        }
    };
    Ok(tell(&lines, &name, file.as_deref(), out)?)
}

/// Every text of a collection's prompts.
fn texts_of(collection: &Collection) -> BTreeSet<&str> {
    collection
        .prompts
        .iter()
        .map(|prompt| &*prompt.text)
        .collect()
}

fn add_to(file: &Path, lines: &[String]) -> Result<PathBuf, Failure> {
    let source = read_file(file, COLLECTION_LIMIT)
        .map_err(|error| Failure::refused(error.one_line(), error.hint))?;
    let text = add_lines(&source.text, lines).map_err(|error| not_editable(file, &error))?;
    own::write_again(file, &source.text, &text)?;
    Ok(file.to_owned())
}

fn not_editable(file: &Path, error: &NotEditable) -> Failure {
    Failure::refused(
        format!("{} cannot be added to: {error}", file.display()),
        Some("attuned check shows where".into()),
    )
}

fn nothing_came_in(lines: &Lines) -> Failure {
    let mut fact = "no line of it can be a prompt".to_owned();
    for line in told(&lines.left_out) {
        fact = format!("{fact}\n  {line}");
    }
    Failure::refused(fact, Some("a prompt is a line of plain text".into()))
}

/// Says what came in, where it is, and what did not; without a file, nothing did.
fn tell(lines: &Lines, name: &str, file: Option<&Path>, out: &mut Terminal) -> io::Result<()> {
    match file {
        Some(file) => {
            let count = count_of_prompts(lines.taken.len());
            writeln!(out, "Imported {count} into {}", file.display())?;
        }
        None => writeln!(out, "Nothing new for {name}.")?,
    }
    match lines.repeated {
        0 => {}
        1 => writeln!(out, "One line says what is there already.")?,
        count => writeln!(out, "{count} lines say what is there already.")?,
    }
    if !lines.left_out.is_empty() {
        writeln!(out, "Left out:")?;
        for line in told(&lines.left_out) {
            out.paragraph(2, &line)?;
        }
    }
    if !lines.long.is_empty() {
        let most = Lines::FITTING;
        writeln!(
            out,
            "Longer than {most} characters, which some desktops cut off:"
        )?;
        for line in told(&lines.long) {
            out.paragraph(2, &format!("line {line}"))?;
        }
    }
    if file.is_some() {
        writeln!(out, "One of it now: attuned now --from {name}")?;
    }
    Ok(())
}

/// The first of many, and how many more there are.
fn told(many: &[impl Display]) -> impl Iterator<Item = String> {
    let more = many.len().saturating_sub(MOST_TOLD);
    let rest = (more > 0).then(|| format!("and {more} more"));
    let first = many.iter().take(MOST_TOLD).map(ToString::to_string);
    first.chain(rest)
}

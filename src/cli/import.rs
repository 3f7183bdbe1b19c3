//! `attuned import`: what was exported here or on another computer.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::ask;
use super::failure::Failure;
use super::journal::Keeper;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::journal::exchange::{self, LONGEST_LINE, Line, Problem};
use crate::journal::{Change, Changed, Entry, EntryId, Flaw};

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// How much goes in at once, in bytes: well within what a running attuned reads as one request.
const BATCH: usize = 500_000;

/// The most that is read, in bytes: a hundred years of a busy journal.
const LARGEST: u64 = 1 << 30;

/// Of many bad lines no more are named.
const MOST_TOLD: usize = 20;

/// What editors and shells of other systems put before a text in UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Makes lines of entries out of an export that another program laid out anew.
const RELAY: &str = "jq -c '.deleted[], .entries[]' FILE | attuned import -";

/// Take in a journal that was exported
///
/// What is here already stays once, what was changed later holds, and what was deleted, here or there, stays deleted. So it
/// does no harm to import a file twice.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned import ~/Sync/desktop.json
  ssh desktop attuned export | attuned import -

It reads what attuned export writes as JSON, an entry on each line. Lines that
cannot be taken in are named, and the others come in; exit code 1 then. CSV and
Markdown are for people, and do not come back in.
JSON: added, revised, known, deleted, refused, cut_short, and bad, a list of
line and problem.")]
pub struct ImportArgs {
    /// A file that attuned export wrote, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// A line that could not be taken in.
#[derive(Debug, Serialize)]
struct Bad {
    line: u64,
    problem: String,
}

/// What `--json` prints.
#[derive(Debug, Default, Serialize)]
struct Imported {
    #[serde(flatten)]
    changed: Changed,
    bad: Vec<Bad>,
    /// Whether a document began and did not end.
    cut_short: bool,
    /// Whether some of it is a newer attuned's.
    #[serde(skip)]
    has_newer: bool,
}

pub fn run(args: &ImportArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let mut input = open(&args.file)?;
    refuse_other_files(&mut input, &args.file)?;
    let mut taking = Taking::new(Keeper::new(&paths, setup));
    let taken = taking.all(&mut input);
    let imported = taking.imported;
    // What came in before a failure is in, and is told.
    if args.json {
        out.json(&imported)?;
    } else {
        tell_changed(&imported.changed, taken.is_ok(), out)?;
        tell_bad(&imported);
    }
    taken?;
    if imported.bad.is_empty() && !imported.cut_short {
        Ok(())
    } else {
        Err(Failure::Told)
    }
}

fn open(file: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if file.as_os_str() == STANDARD_INPUT {
        if io::stdin().is_terminal() {
            return Err(Failure::usage(
                "there is nothing on standard input",
                Some(
                    "attuned import - reads what another program writes: … | attuned import -"
                        .into(),
                ),
            ));
        }
        return Ok(Box::new(io::stdin().lock().take(LARGEST)));
    }
    let opened = File::open(file).and_then(|opened| {
        let found = opened.metadata()?;
        if found.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok((opened, found.len()))
    });
    let (opened, length) = opened.map_err(|error| {
        let fact = format!("{} cannot be read: {error}", file.display());
        Failure::refused(fact, None)
    })?;
    if length > LARGEST {
        let fact = format!("{} is larger than {} MiB", file.display(), LARGEST >> 20);
        return Err(Failure::refused(fact, Some("split it by lines".into())));
    }
    Ok(Box::new(BufReader::new(opened.take(LARGEST))))
}

/// That it begins as an export does.
fn refuse_other_files(input: &mut Box<dyn BufRead>, file: &Path) -> Result<(), Failure> {
    let start = input.fill_buf().map_err(|error| not_read(&error))?;
    let text = start.strip_prefix(BYTE_ORDER_MARK.as_bytes());
    let text = text.unwrap_or(start);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    let hint = match first {
        None | Some(b'{' | b'[' | b'"') => return Ok(()),
        Some(_) if start.starts_with(b"SQLite format 3") => "attuned restore goes back to a backup",
        Some(_) => "attuned export writes one, as JSON; CSV and Markdown are for people only",
    };
    let name = match file.to_string_lossy() {
        name if name == STANDARD_INPUT => "standard input".into(),
        name => name,
    };
    let fact = format!("{name} is no journal that attuned exported as JSON");
    Err(Failure::refused(fact, Some(hint.into())))
}

fn not_read(error: &io::Error) -> Failure {
    Failure::refused(format!("the journal could not be read on: {error}"), None)
}

/// An import under way.
struct Taking<'a> {
    keeper: Keeper<'a>,
    imported: Imported,
    entries: Vec<Entry>,
    deleted: Vec<EntryId>,
    /// How much waits, in bytes.
    waiting: usize,
    began: bool,
    ended: bool,
}

impl<'a> Taking<'a> {
    fn new(keeper: Keeper<'a>) -> Self {
        Self {
            keeper,
            imported: Imported::default(),
            entries: Vec::new(),
            deleted: Vec::new(),
            waiting: 0,
            began: false,
            ended: false,
        }
    }

    fn all(&mut self, input: &mut Box<dyn BufRead>) -> Result<(), Failure> {
        let mut line = Vec::new();
        for number in 1.. {
            match next_line(input, &mut line).map_err(|error| not_read(&error))? {
                0 => break,
                length => self.take(number, &line, length)?,
            }
        }
        self.imported.cut_short = self.began && !self.ended;
        self.flush()
    }

    fn take(&mut self, number: u64, line: &[u8], length: usize) -> Result<(), Failure> {
        let text = String::from_utf8_lossy(line);
        match exchange::read_line(text.trim_start_matches(BYTE_ORDER_MARK)) {
            // Of such a line no more than the end is here.
            _ if length > LONGEST_LINE => self.bad(number, &"it is longer than any entry"),
            Ok(Line::Entry(entry)) => self.entries.push(*entry),
            Ok(Line::Deleted(id)) => self.deleted.push(id),
            Ok(Line::Head) => self.began = true,
            Ok(Line::End) => self.ended = true,
            Ok(Line::Layout) => {}
            Err(relaid @ Problem::Relaid) => {
                let fact = format!("line {number}: {relaid}");
                return Err(Failure::refused(fact, Some(format!("try {RELAY}"))));
            }
            Err(problem) => {
                self.imported.has_newer |= matches!(problem, Problem::Flaw(Flaw::Newer(_)));
                self.bad(number, &problem);
            }
        }
        self.waiting += length;
        if self.waiting >= BATCH {
            self.flush()?;
        }
        Ok(())
    }

    fn bad(&mut self, line: u64, problem: &impl ToString) {
        let problem = problem.to_string();
        self.imported.bad.push(Bad { line, problem });
    }

    /// Hands on what waits. Together with one longest line it is still one request.
    fn flush(&mut self) -> Result<(), Failure> {
        self.waiting = 0;
        if !self.deleted.is_empty() {
            let deleted = Change::Delete(std::mem::take(&mut self.deleted));
            self.change(&deleted)?;
        }
        if !self.entries.is_empty() {
            let entries = Change::Keep(std::mem::take(&mut self.entries));
            self.change(&entries)?;
        }
        Ok(())
    }

    fn change(&mut self, change: &Change) -> Result<(), Failure> {
        let made = self.keeper.change(change)?;
        self.imported.changed = self.imported.changed + made;
        Ok(())
    }
}

/// Reads a line, and no more of it than any entry has; tells its length with its end, and 0 at the end of everything.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    line.clear();
    let most = LONGEST_LINE as u64 + 1;
    let mut length = input.by_ref().take(most).read_until(b'\n', line)?;
    while length > LONGEST_LINE && !line.ends_with(b"\n") {
        line.clear();
        let more = input.by_ref().take(most).read_until(b'\n', line)?;
        if more == 0 {
            break;
        }
        length = length.saturating_add(more);
    }
    Ok(length)
}

/// `is_all`: it was read to its end.
fn tell_changed(changed: &Changed, is_all: bool, out: &mut Terminal) -> io::Result<()> {
    let facts = [
        (changed.added, "new"),
        (changed.revised, "changed since"),
        (changed.known, "here already"),
        (changed.deleted, "deleted, as on the other side"),
        (changed.refused, "left out, as they were deleted here"),
    ];
    let facts: Vec<String> = facts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    match facts.join(", ") {
        none if none.is_empty() && is_all => {
            out.paragraph(0, "There was nothing in it to take in.")
        }
        none if none.is_empty() => Ok(()),
        facts => out.paragraph(0, &format!("Entries: {facts}.")),
    }
}

fn tell_bad(imported: &Imported) {
    for Bad { line, problem } in imported.bad.iter().take(MOST_TOLD) {
        ask::warn(&format!("line {line}: {problem}"), None);
    }
    let untold = imported.bad.len().saturating_sub(MOST_TOLD);
    if untold > 0 {
        ask::warn(&format!("{untold} more lines could not be taken in"), None);
    }
    if imported.has_newer {
        let hint = "it comes in once attuned is updated here, too";
        ask::warn("some of it is a newer attuned's", Some(hint));
    }
    if imported.cut_short {
        let hint = "the lines that are whole came in; export it again where it came from";
        ask::warn("the file ends early, as if it were cut short", Some(hint));
    }
}

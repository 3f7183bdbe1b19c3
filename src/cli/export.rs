//! `attuned export`: the journal as a file, for another computer, a spreadsheet, or reading.

mod csv;
mod json;
mod markdown;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::journal::{Which, warn_of_unread};
use super::new_file;
use super::setup::{Setup, look_into};
use super::terminal::Terminal;
use crate::daemon::store::{Filter, Store};

/// Write your journal to a file
///
/// Everything you recorded, as JSON for attuned on another computer, as CSV for a spreadsheet, or as Markdown for reading.
/// The file is readable only by you; what you do with it is up to you.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned export journal.json
  attuned export --format markdown --since \"3 months\" for-ana.md
  attuned export --format csv > journal.csv
  attuned export --force ~/Sync/laptop.json    in place of the last one

Two computers: export on each into a folder that both have, and attuned import
the other's file. Done both ways, both have the same journal, deletions too.
JSON: version, exported, deleted (ids alone), entries; one on each line.")]
pub struct ExportArgs {
    /// The new file, or a folder for it; without it or with -, standard output
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// In which form
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,

    #[command(flatten)]
    which: Which,

    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For attuned import: everything, deletions included
    Json,
    /// For a spreadsheet
    Csv,
    /// For reading
    Markdown,
}

impl Format {
    fn suffix(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
        }
    }
}

/// How much was written.
#[derive(Debug, Clone, Copy, Default)]
struct Written {
    entries: u64,
    /// Entries that cannot be read, and are not in it.
    unread: u64,
}

pub fn run(args: &ExportArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let filter = args.which.filter(setup)?;
    let file = new_file::named(args.file.as_ref()).map(|file| {
        let day = setup.now.to_zoned(setup.zone.clone()).date();
        let name = format!("attuned-journal-{day}.{}", args.format.suffix());
        new_file::in_folder(file, &name)
    });
    if let Some(file) = &file {
        new_file::refuse_odd(file, args.force, &paths)?;
    }
    let written = look_into(&paths, |store| {
        Ok(match &file {
            Some(file) => {
                new_file::write(file, |out| write(store, &filter, args.format, setup, out))
            }
            None => to_standard_output(store, &filter, args.format, setup, out),
        })
    })?;
    let written = written.ok_or_else(nothing_yet)??;
    warn_of_unread(written.unread);
    if let Some(file) = &file {
        let entries = match written.entries {
            0 => "no entries".to_owned(),
            1 => "one entry".to_owned(),
            count => format!("{count} entries"),
        };
        out.paragraph(0, &format!("Wrote {}: {entries}.", file.display()))?;
    }
    Ok(())
}

fn to_standard_output(
    store: &Store,
    filter: &Filter,
    format: Format,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<Written, Failure> {
    let mut buffered = BufWriter::new(out);
    let written = write(store, filter, format, setup, &mut buffered)?;
    buffered.flush()?;
    Ok(written)
}

fn write(
    store: &Store,
    filter: &Filter,
    format: Format,
    setup: &Setup,
    out: &mut dyn Write,
) -> Result<Written, Failure> {
    match format {
        Format::Json => json::write(store, filter, setup.now, out),
        Format::Csv => csv::write(store, filter, out),
        Format::Markdown => markdown::write(store, filter, out),
    }
}

fn nothing_yet() -> Failure {
    Failure::refused(
        "there is nothing to export yet: attuned has not run",
        Some("attuned write and attuned check-in begin your journal".into()),
    )
}

/// What went wrong while a value was written as JSON or CSV.
fn as_output(error: impl Into<io::Error>) -> Failure {
    Failure::Output(error.into())
}

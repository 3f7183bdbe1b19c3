//! `attuned backup`: a copy of the record, also while attuned runs.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::ask;
use super::failure::Failure;
use super::new_file;
use super::setup::{Setup, look_into};
use super::terminal::Terminal;
use crate::daemon::store::{Extent, Store, StoreError};
use crate::paths::Paths;

/// Copy what attuned remembers into a file
///
/// What was shown, how it was answered, your journal, pauses, and what is planned, as it is at this moment. Works while
/// attuned runs.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned backup ~/Documents              a file named after the day in it
  attuned backup attuned.db               this file
  attuned backup --force attuned.db       in place of the one from last time
  attuned restore attuned.db              go back to it

The file is readable only by you, and is written whole or not at all. Settings
and your own prompts are plain files: copy their folder (attuned config path).
JSON: file, records, entries, from, to.")]
pub struct BackupArgs {
    /// The new file, or a folder for it
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Replace a file that is there
    #[arg(long)]
    force: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Written<'a> {
    file: &'a Path,
    #[serde(flatten)]
    extent: Extent,
}

pub fn run(args: &BackupArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let day = setup.now.to_zoned(setup.zone.clone()).date();
    let file = new_file::in_folder(&args.file, &format!("attuned-{day}.db"));
    let copied = look_into(&paths, |store| Ok(copy(store, &file, args.force, &paths)))?;
    let extent = copied.ok_or_else(nothing_yet)??;
    tell_of_unwritten(&paths);
    if args.json {
        let file = &file;
        out.json(&Written { file, extent })?;
        return Ok(());
    }
    let file = file.display();
    out.paragraph(0, &format!("Wrote {file}: {}.", in_words(&extent, setup)))?;
    let folder = paths.config_dir.display();
    out.paragraph(
        0,
        &format!("Not in it: your settings and your own prompts, which are the files in {folder}."),
    )?;
    Ok(())
}

/// "12 records, from 3 November to 24 November 2026, and 3 entries in the journal".
pub(super) fn in_words(extent: &Extent, setup: &Setup) -> String {
    let day = |at: jiff::Timestamp| {
        at.to_zoned(setup.zone.clone())
            .strftime("%-d %B %Y")
            .to_string()
    };
    let records = match extent.records {
        0 if extent.entries == 0 => return "no records yet".to_owned(),
        0 => "no records".to_owned(),
        1 => "one record".to_owned(),
        records => format!("{records} records"),
    };
    let records = match (extent.from.map(day), extent.to.map(day)) {
        (Some(from), Some(to)) if from == to => format!("{records}, from {from}"),
        (Some(from), Some(to)) => format!("{records}, from {from} to {to}"),
        _ => records,
    };
    match extent.entries {
        0 => records,
        1 => format!("{records}, and one entry in the journal"),
        entries => format!("{records}, and {entries} entries in the journal"),
    }
}

fn copy(store: &Store, file: &Path, force: bool, paths: &Paths) -> Result<Extent, Failure> {
    new_file::refuse_odd(file, force, paths)?;
    store.copy_to(file).map_err(|error| match error {
        StoreError::Copy { source, .. } => new_file::not_written(file, &source),
        error => anyhow::Error::from(error).into(),
    })
}

fn nothing_yet() -> Failure {
    Failure::refused(
        "there is nothing to back up yet: attuned has not run",
        Some("attuned run begins the record".into()),
    )
}

/// A daemon whose disk fails knows more than the file.
fn tell_of_unwritten(paths: &Paths) {
    let status = ask::for_status(paths).ok().flatten();
    if let Some(problem) = status.and_then(|status| status.store_problem) {
        let fact = format!("the running attuned could not write all it knows: {problem}");
        ask::warn(
            &fact,
            Some("that is not in the copy; make another once attuned status is well"),
        );
    }
}

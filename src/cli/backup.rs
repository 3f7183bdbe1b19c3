//! `attuned backup`: a copy of the record, also while attuned runs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::ask;
use super::failure::Failure;
use super::setup::{Setup, look_into};
use super::terminal::Terminal;
use crate::daemon::store::{Extent, Store, StoreError};
use crate::paths::Paths;

/// Copy what attuned remembers into a file
///
/// What was shown, how it was answered, pauses, and what is planned, as it is at this moment. Works while attuned runs.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned backup ~/Documents              a file named after the day in it
  attuned backup attuned.db               this file
  attuned backup --force attuned.db       in place of the one from last time
  attuned restore attuned.db              go back to it

The file is readable only by you, and is written whole or not at all. Settings
and your own prompts are plain files: copy their folder (attuned config path).
JSON: file, records, from, to.")]
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
    let file = target(args, setup);
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

/// "12 records, from 3 November to 24 November 2026".
pub(super) fn in_words(extent: &Extent, setup: &Setup) -> String {
    let day = |at: jiff::Timestamp| {
        at.to_zoned(setup.zone.clone())
            .strftime("%-d %B %Y")
            .to_string()
    };
    let records = match extent.records {
        0 => return "no records yet".to_owned(),
        1 => "one record".to_owned(),
        records => format!("{records} records"),
    };
    match (extent.from.map(day), extent.to.map(day)) {
        (Some(from), Some(to)) if from == to => format!("{records}, from {from}"),
        (Some(from), Some(to)) => format!("{records}, from {from} to {to}"),
        _ => records,
    }
}

/// In a folder, a file named after the day.
fn target(args: &BackupArgs, setup: &Setup) -> PathBuf {
    if !args.file.is_dir() {
        return args.file.clone();
    }
    let day = setup.now.to_zoned(setup.zone.clone()).date();
    args.file.join(format!("attuned-{day}.db"))
}

fn copy(store: &Store, file: &Path, force: bool, paths: &Paths) -> Result<Extent, Failure> {
    refuse_odd(file, force, paths)?;
    store.copy_to(file).map_err(|error| match error {
        StoreError::Copy { source, .. } => not_written(file, &source),
        error => anyhow::Error::from(error).into(),
    })
}

fn refuse_odd(file: &Path, force: bool, paths: &Paths) -> Result<(), Failure> {
    let shown = file.display();
    if is_own(file, paths) {
        return Err(Failure::refused(
            format!("{shown} is where attuned keeps its own files"),
            Some("name another file, best on another disk".into()),
        ));
    }
    match fs::symlink_metadata(file) {
        Ok(found) if !found.is_file() && !found.is_symlink() => {
            Err(Failure::refused(format!("{shown} is not a file"), None))
        }
        Ok(_) if !force => Err(Failure::refused(
            format!("{shown} is there already"),
            Some("name another file; --force replaces this one".into()),
        )),
        _ => Ok(()),
    }
}

/// Whether it is the database, or would be taken for a file that belongs to it.
fn is_own(file: &Path, paths: &Paths) -> bool {
    let starts_alike = file
        .file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"attuned.db"));
    let folder = fs::canonicalize(folder_of(file)).ok();
    starts_alike && folder.is_some() && folder == fs::canonicalize(&paths.state_dir).ok()
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn not_written(file: &Path, source: &io::Error) -> Failure {
    let folder = folder_of(file);
    let fact = format!("could not write {}: {source}", file.display());
    let no_folder = format!("there is no folder {}; make it first", folder.display());
    Failure::refused(fact, (!folder.exists()).then_some(no_folder))
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

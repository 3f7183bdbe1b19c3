//! `attuned restore`: back to what a backup holds, also while attuned runs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::ask::{self, Heard};
use super::backup::in_words;
use super::confirm::{self, Answer};
use super::failure::Failure;
use super::setup::{Setup, look_into};
use super::terminal::Terminal;
use crate::clock;
use crate::daemon::lock::StateLock;
use crate::daemon::store::{Extent, Staged, Store, StoreError};
use crate::engine::{Batch, State};
use crate::paths::Paths;
use crate::protocol::{RequestBody, ResponseBody};

/// Go back to what a backup holds
///
/// It replaces what attuned remembers: records, your journal, pauses, and what is planned. What is there now is kept as a copy. Works
/// while attuned runs; what was due since the backup counts as missed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned restore ~/Documents/attuned-2026-11-24.db
  attuned restore --yes attuned.db        without a question, for scripts

The file is checked before anything changes, and stays as it is.
JSON: before, the copy of what was there, or null; records,
entries, from, to.")]
pub struct RestoreArgs {
    /// A file that attuned backup wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Restored {
    before: Option<PathBuf>,
    #[serde(flatten)]
    extent: Extent,
}

pub fn run(args: &RestoreArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    paths.create_state_dir()?;
    refuse_itself(&args.file, &paths)?;
    let staged = Staged::new(&args.file, &paths.database, setup.now)
        .map_err(|error| no_backup(error, &args.file))?;
    if !args.yes && !confirm(&staged, &paths, setup)? {
        out.paragraph(0, "Nothing was restored.")?;
        return Ok(());
    }
    let request = RequestBody::Restore {
        staged: staged.name(),
    };
    let before = match ask::answer_or_lock(&request, &paths)? {
        Heard::Daemon(ResponseBody::Restored { before }) => {
            before.map(|name| paths.state_dir.join(name))
        }
        Heard::Daemon(ResponseBody::Error { message, hint }) => {
            return Err(Failure::refused(message, hint));
        }
        Heard::Daemon(_) => return Err(ask::odd()),
        Heard::Nobody(lock) => alone(&lock, &staged, &paths, setup)?,
    };
    let restored = Restored {
        before,
        extent: staged.extent,
    };
    if args.json {
        out.json(&restored)?;
        return Ok(());
    }
    tell(&restored, args, setup, out)?;
    Ok(())
}

fn tell(
    restored: &Restored,
    args: &RestoreArgs,
    setup: &Setup,
    out: &mut Terminal,
) -> io::Result<()> {
    let file = args.file.display();
    let extent = in_words(&restored.extent, setup);
    out.paragraph(0, &format!("Restored {file}: {extent}."))?;
    if let Some(before) = &restored.before {
        let before = before.display();
        out.paragraph(
            0,
            &format!("What was there before is kept as {before}; attuned restore takes that, too."),
        )?;
    }
    Ok(())
}

/// A copy of a file that is being written is no whole one.
fn refuse_itself(file: &Path, paths: &Paths) -> Result<(), Failure> {
    let (file, database) = (fs::canonicalize(file), fs::canonicalize(&paths.database));
    match (file, database) {
        (Ok(file), Ok(database)) if file == database => Err(Failure::refused(
            format!("{} is what attuned uses now", file.display()),
            Some("attuned backup writes a file that can be restored".into()),
        )),
        _ => Ok(()),
    }
}

/// Asks at the terminal. Elsewhere nobody could answer.
fn confirm(staged: &Staged, paths: &Paths, setup: &Setup) -> Result<bool, Failure> {
    confirm::is_possible("a restore replaces what attuned remembers")?;
    let now = look_into(paths, Store::extent).ok().flatten();
    let now = now.map_or_else(|| "nothing".to_owned(), |extent| in_words(&extent, setup));
    let question = format!(
        "The backup holds {}.\nIt replaces what attuned remembers now ({now}), which is kept as a copy.\nRestore it?",
        in_words(&staged.extent, setup)
    );
    Ok(confirm::ask(&question)? == Answer::Yes)
}

/// Under the lock, as no daemon runs.
fn alone(
    _lock: &StateLock,
    staged: &Staged,
    paths: &Paths,
    setup: &Setup,
) -> Result<Option<PathBuf>, Failure> {
    let opened = Store::open(&paths.database, setup.now).map_err(anyhow::Error::from)?;
    let mut store = opened.store;
    let earlier = store.state().map_err(anyhow::Error::from)?;
    let before = store
        .replace(&paths.database, staged.path(), setup.now)
        .map_err(anyhow::Error::from)?;
    if let Some(earlier) = earlier {
        let restored = store.state().map_err(anyhow::Error::from)?;
        let state = restored
            .unwrap_or_else(|| State::new(clock::entropy()))
            .in_place_of(&earlier);
        store
            .keep(&Batch::state(state))
            .map_err(anyhow::Error::from)?;
    }
    Ok(opened.set_aside.or(before))
}

fn no_backup(error: StoreError, file: &Path) -> Failure {
    let hint = match &error {
        StoreError::Newer { .. } => Some("a newer attuned can restore it".to_owned()),
        StoreError::NotABackup { .. } => {
            Some("attuned backup writes one; nothing was changed".to_owned())
        }
        StoreError::Copy { source, .. } if source.kind() == io::ErrorKind::NotFound => {
            return Failure::refused(format!("there is no file {}", file.display()), None);
        }
        _ => None,
    };
    Failure::Failed {
        error: error.into(),
        hint,
    }
}

//! `attuned journal delete`: single entries, for good.

use clap::Args;
use serde::Serialize;

use super::entry::list_one;
use super::{Keeper, find};
use crate::cli::confirm::{self, Answer};
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::style::counted;
use crate::cli::terminal::Terminal;
use crate::journal::{Change, Entry, EntryId};

/// Delete entries for good
///
/// Only the bare id is left, so that an import from another computer does not bring the entry back.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned journal delete 3fa2c1
  attuned journal delete --yes 3fa2c1 9be0    without a question, for scripts

Backups that you made and copies that attuned keeps of older records may still
have it: attuned erase is for those. JSON: deleted, a list of ids.")]
pub struct DeleteArgs {
    /// Their ids, or the beginnings of them; attuned journal list shows them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Deleted {
    deleted: Vec<EntryId>,
}

pub fn run(args: &DeleteArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let mut meant: Vec<Entry> = Vec::new();
    for name in &args.ids {
        let entry = find::entry(name, &paths, setup)?;
        if !meant.contains(&entry) {
            meant.push(entry);
        }
    }
    if !args.yes {
        confirm::is_possible("what is deleted does not come back")?;
        for entry in &meant {
            list_one(entry, setup, out)?;
        }
        let what = counted(meant.len(), "entry", "entries");
        if confirm::ask(&format!("Delete {what} for good?"))? == Answer::No {
            return Ok(out.paragraph(0, "Nothing was deleted.")?);
        }
    }
    let ids: Vec<EntryId> = meant.into_iter().map(|entry| entry.id).collect();
    Keeper::new(&paths, setup).change(&Change::Delete(ids.clone()))?;
    if args.json {
        return Ok(out.json(&Deleted { deleted: ids })?);
    }
    let what = counted(ids.len(), "entry", "entries");
    Ok(out.paragraph(0, &format!("Deleted {what}."))?)
}

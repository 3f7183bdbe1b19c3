//! `attuned config`: where the settings are, a start for your own, and what is in force.

mod difference;
mod edit;
mod get;
mod set;
mod value;

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anyhow::Context;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::config;
use crate::paths::{self, Paths};
use crate::settings;

/// Where the settings are, and what they say
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned config set pace.gap 2 h    change one setting
  attuned config get pace            what is in force
  attuned config edit                your settings in an editor, checked
  attuned config init                a file of your own, each line explained
  attuned config show                what is in force, and where it comes from")]
pub struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    Path(PathArgs),
    Init(InitArgs),
    Show(ShowArgs),
    Get(get::GetArgs),
    Set(set::SetArgs),
    Unset(set::UnsetArgs),
    Edit(edit::EditArgs),
    Schema(SchemaArgs),
}

/// The path of your settings file
#[derive(Debug, Args)]
struct PathArgs {
    /// Everything attuned reads and keeps, and whether it is there
    #[arg(long)]
    all: bool,

    /// All of them as JSON
    #[arg(long)]
    json: bool,
}

/// Write a settings file of your own, with every line explained
///
/// It says what is in force anyway; keep just the lines you change. A file that is there stays as it is.
#[derive(Debug, Args)]
struct InitArgs {}

/// The settings in force, as TOML, and where each comes from
#[derive(Debug, Args)]
struct ShowArgs {}

/// A JSON Schema of the settings, for editors that know TOML
///
/// With it an editor completes keys, shows what each is for, and marks what is wrong as you type.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned config schema > ~/.config/attuned/schema.json

With that file there, and this as the first line of your settings, editors that
know TOML (VS Code with Even Better TOML, Helix and others with Taplo) use it:

  #:schema ./schema.json

Write it again after an update of attuned.")]
struct SchemaArgs {}

/// Does what was asked.
pub fn run(args: &ConfigArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    if let ConfigCommand::Schema(SchemaArgs {}) = args.command {
        return Ok(out.write_all(config::schema().as_bytes())?);
    }
    let paths = setup.paths()?;
    match &args.command {
        ConfigCommand::Path(args) => path(args, &paths, out)?,
        ConfigCommand::Init(InitArgs {}) => init(&paths, out)?,
        ConfigCommand::Show(ShowArgs {}) => show(setup, &paths, out)?,
        ConfigCommand::Get(args) => get::run(args, setup, out)?,
        ConfigCommand::Set(args) => set::set(args, setup, out)?,
        ConfigCommand::Unset(args) => set::unset(args, setup, out)?,
        ConfigCommand::Edit(edit::EditArgs {}) => edit::run(setup, out)?,
        ConfigCommand::Schema(SchemaArgs {}) => {}
    }
    Ok(())
}

/// A file or folder of attuned.
#[derive(Debug, Serialize)]
struct Location<'a> {
    what: &'static str,
    path: &'a Path,
    exists: bool,
}

fn path(args: &PathArgs, paths: &Paths, out: &mut Terminal) -> io::Result<()> {
    if !args.all && !args.json {
        out.write_all(paths.config_file.as_os_str().as_encoded_bytes())?;
        return writeln!(out);
    }
    let system = settings::system_config(paths);
    let all = [
        ("settings", paths.config_file.as_path()),
        ("affirmations", &paths.affirmations_dir),
        ("record, journal", &paths.database),
        ("system settings", &system),
    ];
    let all = all.map(|(what, path)| Location {
        what,
        path,
        exists: path.exists(),
    });
    if args.json {
        return out.json(&all);
    }
    for Location { what, path, exists } in all {
        let note = if exists { "" } else { "  (not there)" };
        writeln!(out, "{what:<17}{}{note}", path.display())?;
    }
    Ok(())
}

fn init(paths: &Paths, out: &mut Terminal) -> Result<(), Failure> {
    let file = &paths.config_file;
    match settings::edit::write_new(file, &config::starter()) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let hint = "it stays as it is; attuned config show tells what is in force";
            let fact = format!("{} is there already", file.display());
            return Err(Failure::refused(fact, Some(hint.to_owned())));
        }
        Err(error) => {
            let error = anyhow::Error::from(error);
            return Err(error
                .context(format!("could not write {}", file.display()))
                .into());
        }
    }
    let folder = &paths.affirmations_dir;
    paths::create_private_dir(folder)
        .with_context(|| format!("could not make the folder {}", folder.display()))?;
    writeln!(out, "Wrote {}", file.display())?;
    out.paragraph(
        0,
        "It holds the defaults, explained. Take the \"#\" away from what you change, then run attuned check.",
    )?;
    Ok(())
}

/// Settings that are in force: with an error in them, none are.
fn show(setup: &Setup, paths: &Paths, out: &mut Terminal) -> Result<(), Failure> {
    let layers = config::read_layers(&settings::config_files(paths)).map_err(Failure::Settings)?;
    setup.settings()?;
    let text = config::show(&layers).map_err(Failure::Settings)?;
    out.write_all(text.as_bytes())?;
    Ok(())
}

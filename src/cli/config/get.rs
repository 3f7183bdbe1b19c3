//! `attuned config get`: what is in force, and where it comes from.

use std::io::Write;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::complete;
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::config::keys::{self, Found, Shape};
use crate::config::{self, InForce};
use crate::settings::config_files;

/// A setting in force, as TOML, and where it comes from
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned config get pace.gap      one setting
  attuned config get pace          all of [pace]
  attuned config get               everything
  attuned config get pace.gap --json")]
pub struct GetArgs {
    /// The setting, such as pace.gap; without it, all of them
    #[arg(value_name = "KEY", add = complete::keys())]
    key: Option<String>,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Tells.
pub fn run(args: &GetArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let key = match &args.key {
        Some(name) => {
            keys::find(name).map_err(|error| Failure::misread("config get", name, error))?
        }
        None => Found {
            path: Vec::new(),
            shape: Shape::Table(keys::root()),
            help: "",
        },
    };
    let layers = config::read_layers(&config_files(&setup.paths()?)).map_err(Failure::Settings)?;
    setup.settings()?;
    let found = config::in_force(&layers, &key.path).map_err(Failure::Settings)?;
    if args.json {
        return Ok(out.json(&answer(&key, found))?);
    }
    match found {
        Some(found) => Ok(out.write_all(found.text.as_bytes())?),
        None => Err(not_set(&key)),
    }
}

/// One setting is one object, a table's are a list of them.
fn answer(key: &Found, found: Option<InForce>) -> Value {
    let values = found.map(|found| found.values).unwrap_or_default();
    let is_table = matches!(key.shape, Shape::Table(_) | Shape::Weights);
    match values.first() {
        _ if is_table => json!(values),
        Some(value) => json!(value),
        None => json!({ "key": key.name(), "value": null, "from": null }),
    }
}

fn not_set(key: &Found) -> Failure {
    let name = key.name();
    let hint = match key.shape {
        Shape::Tables(_) | Shape::Table(_) | Shape::Weights => key.help.to_owned(),
        _ => format!("to set it: attuned config set {name} VALUE"),
    };
    Failure::refused(format!("{name} is not set"), Some(hint))
}

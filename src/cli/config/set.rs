//! `attuned config set` and `unset`: one setting at a time.

use clap::Args;

use super::difference::{is_now, said, said_with_origin};
use super::value;
use crate::cli::changed::{self, About};
use crate::cli::complete;
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::config::keys::{self, Found, Shape};
use crate::config::{self, ValueInForce};
use crate::paths::Paths;
use crate::schedule::Error;
use crate::settings::config_files;
use crate::settings::edit::{self, Edit, Written};

/// Change a setting
///
/// Values need no quotes. Your file keeps its comments and its order, and attuned follows it at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned config set pace.gap 2 h
  attuned config set pace.cap 4
  attuned config set notification.sound true
  attuned config set hours.weekdays 09:00-12:30 13:30-18:00
  attuned config set library.weights.kind-words 2
  attuned config set busy.ignore Caffeine \"Google Chrome\"
  attuned config set library.enable []           an empty list

To take a line of yours away again: attuned config unset KEY
All keys, with what is in force: attuned config get
Reminders are changed by attuned reminder.")]
pub struct SetArgs {
    /// The setting, such as pace.gap
    #[arg(value_name = "KEY", add = complete::keys())]
    key: String,

    /// Its new value
    #[arg(value_name = "VALUE", required = true, allow_hyphen_values = true)]
    value: Vec<String>,
}

/// Take your own line for a setting away, so that the default holds again
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned config unset pace.gap
  attuned config unset hours       all lines of yours in [hours]")]
pub struct UnsetArgs {
    /// The setting, such as pace.gap
    #[arg(value_name = "KEY", required = true, add = complete::keys())]
    keys: Vec<String>,
}

/// Sets.
pub fn set(args: &SetArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let typed = args.value.join(" ");
    let line = format!("{} {typed}", args.key);
    let misread = |error: Error| Failure::misread("config set", &line, error);
    let key = keys::find(&args.key).map_err(misread)?;
    let paths = setup.paths()?;
    let mut edit = Edit::open(&paths)?;
    let value = value::read(&key, &args.value, &edit.before().library).map_err(|mut error| {
        error.span = match error.span {
            std::ops::Range { start: 0, end: 0 } => 0..args.key.len(),
            span => args.key.len() + 1 + span.start..args.key.len() + 1 + span.end,
        };
        misread(error)
    })?;
    let before = in_force(&key, &paths)?;
    let (path, last) = parts(&key);
    edit::set_in_place(edit.document(), &path, last, &value);
    let saved = edit.save()?;
    let after = in_force(&key, &paths)?;
    let own = paths.config_file.display().to_string();
    let fact = what_was_set(&key, before.as_ref(), after.as_ref(), saved.written, &own);
    out.paragraph(0, &fact)?;
    changed::tell(&saved, About::Everything, setup, out)
}

fn what_was_set(
    key: &Found,
    before: Option<&ValueInForce>,
    after: Option<&ValueInForce>,
    written: Written,
    own: &str,
) -> String {
    let name = key.name();
    match (before, after) {
        (_, Some(after)) if written == Written::Unchanged => {
            format!("{name} is {} already.", said(after))
        }
        (Some(before), Some(after)) if before.value == after.value => {
            let value = said_with_origin(before, own);
            format!("{name} is {value} as before, now by a line of your own.")
        }
        (before, Some(after)) => is_now(after, before, own),
        (_, None) => format!("{name} is not set."),
    }
}

/// Takes away.
pub fn unset(args: &UnsetArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let mut leaves = Vec::new();
    for name in &args.keys {
        let key =
            keys::find(name).map_err(|error| Failure::misread("config unset", name, error))?;
        gather(&key, &mut leaves).map_err(|error| Failure::misread("config unset", name, error))?;
    }
    let paths = setup.paths()?;
    let mut edit = Edit::open(&paths)?;
    let mut facts = Vec::new();
    for key in expand(leaves, edit.document()) {
        let (path, last) = parts(&key);
        let was_own = edit::unset_in_place(edit.document(), &path, last);
        facts.push((key, was_own));
    }
    let is_one = facts.len() == 1;
    let saved = edit.save()?;
    if saved.written == Written::Unchanged && !is_one {
        out.paragraph(0, "There is no line of your own for any of these.")?;
    }
    // Of a whole table, only what went is worth a word.
    facts.retain(|(_, was_own)| *was_own || is_one);
    for (key, was_own) in facts {
        let now = in_force(&key, &paths)?;
        let own = paths.config_file.display().to_string();
        out.paragraph(0, &what_was_unset(&key, now.as_ref(), was_own, &own))?;
    }
    changed::tell(&saved, About::Everything, setup, out)
}

/// The key, or all in its table.
fn gather(key: &Found, leaves: &mut Vec<Found>) -> Result<(), Error> {
    match &key.shape {
        Shape::Tables(_) => Err(value::is_a_list(key)),
        Shape::Table(inside) => {
            for one in inside {
                let path = key.path.iter().cloned().chain([one.name.to_owned()]);
                let inner = Found {
                    path: path.collect(),
                    shape: one.shape.clone(),
                    help: one.help,
                };
                gather(&inner, leaves)?;
            }
            Ok(())
        }
        _ => {
            leaves.push(key.clone());
            Ok(())
        }
    }
}

/// A table of weights stands for each weight in it.
fn expand(keys: Vec<Found>, document: &toml_edit::DocumentMut) -> Vec<Found> {
    let mut all = Vec::new();
    for key in keys {
        if !matches!(key.shape, Shape::Weights) {
            all.push(key);
            continue;
        }
        let mut item = Some(document.as_item());
        for part in &key.path {
            item = item.and_then(|item| item.get(part));
        }
        let table = item.and_then(toml_edit::Item::as_table_like);
        for (name, _) in table.into_iter().flat_map(|table| table.iter()) {
            let path = key.path.iter().cloned().chain([name.to_owned()]);
            all.push(Found {
                path: path.collect(),
                shape: Shape::Weight,
                help: key.help,
            });
        }
    }
    all
}

fn what_was_unset(key: &Found, now: Option<&ValueInForce>, was_own: bool, own: &str) -> String {
    let name = key.name();
    let value = now.map(|now| said_with_origin(now, own));
    match (was_own, value) {
        (true, Some(value)) => format!("{name} is {value} again."),
        (true, None) => format!("{name} is not set any more."),
        (false, Some(value)) => format!("There is no line of your own for {name}; it is {value}."),
        (false, None) => format!("{name} is not set."),
    }
}

fn in_force(key: &Found, paths: &Paths) -> Result<Option<ValueInForce>, Failure> {
    let layers = config::read_layers(&config_files(paths)).map_err(Failure::Settings)?;
    let found = config::in_force(&layers, &key.path).map_err(Failure::Settings)?;
    Ok(found.and_then(|found| found.values.into_iter().next()))
}

/// The table's path, and the key in it.
fn parts(key: &Found) -> (Vec<&str>, &str) {
    let mut path: Vec<&str> = key.path.iter().map(String::as_str).collect();
    let last = path.pop().unwrap_or_default();
    (path, last)
}

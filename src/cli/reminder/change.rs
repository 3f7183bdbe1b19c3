//! `attuned reminder add` and `edit`.

use clap::Args;
use toml_edit::Value;

use super::given::{Entry, Given, ask_when};
use super::words::sentence;
use super::{all, known, tell_adopted};
use crate::cli::changed::{self, About};
use crate::cli::complete;
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::config::{Config, Content};
use crate::schedule::Schedule;
use crate::settings::edit::{self, Edit, Saved, Written, reminders};

const WHEN_HINT: &str =
    "for example --when \"weekdays at 10:30\", or --when \"3 times a day between 9:00 and 18:00\"";

/// Add a reminder
///
/// Without a restriction it shows any prompt but a check-in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned reminder add tea --when \"daily at 14:00\" --message
  attuned reminder add look --when \"3 times a day\" --kind check-in
  attuned reminder add late --when \"30 21 * * 1-5\" --collection small-wins
  attuned reminder add rest --when \"weekdays at 11:00\" --when \"sat at 12:00\"
  echo \"Tea?\" | attuned reminder add tea --when \"daily at 14:00\" --message")]
pub(super) struct AddArgs {
    /// Its name, which is yours to choose
    name: String,

    #[command(flatten)]
    given: Given,

    /// Switched off for now
    #[arg(long)]
    off: bool,
}

/// Change a reminder; what is not named stays as it is
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned reminder edit tea --when \"weekdays at 15:00\"
  attuned reminder edit tea --name afternoon
  attuned reminder edit tea --message           other words of your own
  attuned reminder edit tea --no-message        a prompt of the library again
  attuned reminder edit look --any --jitter 0   any kind, exactly on time")]
pub(super) struct EditArgs {
    /// The reminder's name
    #[arg(add = complete::names(complete::reminders))]
    reminder: String,

    /// Another name
    #[arg(long, value_name = "NEW")]
    name: Option<String>,

    #[command(flatten)]
    given: Given,

    /// A prompt of the library instead of your own words
    #[arg(long, conflicts_with = "message")]
    no_message: bool,

    /// Without its restrictions to kinds, collections and tags; those given here hold
    #[arg(long)]
    any: bool,
}

/// Adds one.
pub(super) fn add(args: &AddArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let name = args.name.trim();
    let settings = setup.settings()?;
    refuse_taken(name, &settings.config)?;
    let mut entries: Vec<Entry> = vec![("name", Some(name.into()))];
    if args.given.when.is_empty() {
        let when = ask_when()?.ok_or_else(|| {
            Failure::usage(
                format!("when should \"{name}\" come?"),
                Some(WHEN_HINT.to_owned()),
            )
        })?;
        Schedule::parse(&when).map_err(|error| Failure::misread("when", &when, error))?;
        entries.push(("when", Some(when.into())));
    }
    entries.extend(args.given.entries(&settings.library)?);
    if args.off {
        entries.push(("enabled", Some(false.into())));
    }
    // Asked before the file is opened, which others may want to change meanwhile.
    let mut edit = Edit::open(&setup.paths()?)?;
    refuse_taken(name, &edit.before().config)?;
    let adopted = edit.adopt_reminders();
    reminders::add(edit.document(), present(entries));
    let saved = edit.save()?;
    tell("Added", name, adopted, &saved, setup, out)
}

fn present(entries: Vec<Entry>) -> Vec<(&'static str, Value)> {
    let entries = entries.into_iter();
    entries
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
}

fn refuse_taken(name: &str, config: &Config) -> Result<(), Failure> {
    if all(config).any(|one| one.name == name) {
        let fact = format!("there is a reminder \"{name}\" already");
        let hint = format!("to change it: attuned reminder edit {name}");
        return Err(Failure::refused(fact, Some(hint)));
    }
    Ok(())
}

/// Changes one.
pub(super) fn edit(args: &EditArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let old = args.reminder.as_str();
    let settings = setup.settings()?;
    let reminder = known(old, &settings.config)?;
    let new = args
        .name
        .as_deref()
        .map(str::trim)
        .filter(|new| *new != old);
    if let Some(new) = new {
        refuse_taken(new, &settings.config)?;
    }
    if args.given.is_empty() && args.name.is_none() && !args.no_message && !args.any {
        let hint = "name what changes, such as --when \"daily at 9:00\" or --kind question; attuned reminder edit --help tells all";
        let fact = format!("what is to change about \"{old}\"?");
        return Err(Failure::usage(fact, Some(hint.to_owned())));
    }
    let chooses = !args.given.collection.is_empty() || !args.given.tag.is_empty();
    if chooses && !args.no_message && matches!(reminder.content, Content::Message { .. }) {
        let fact = format!("\"{old}\" shows your own words, so there is nothing to choose from");
        let hint = "with --no-message it shows prompts of the library instead";
        return Err(Failure::usage(fact, Some(hint.to_owned())));
    }
    let mut entries: Vec<Entry> = Vec::new();
    if args.any {
        entries.extend(["kind", "collections", "tags"].map(|key| (key, None)));
    }
    if args.no_message {
        entries.push(("message", None));
    }
    entries.extend(new.map(|new| ("name", Some(new.into()))));
    entries.extend(args.given.entries(&settings.library)?);

    let mut edit = Edit::open(&setup.paths()?)?;
    known(old, &edit.before().config)?;
    let adopted = edit.adopt_reminders();
    if let Some(table) = reminders::find(edit.document(), old) {
        for (key, value) in entries {
            match value {
                Some(value) => edit::put(table, key, value),
                None => {
                    table.remove(key);
                }
            }
        }
    }
    if let Some(new) = new {
        reminders::rename_in_pauses(edit.document(), old, new);
    }
    let saved = edit.save()?;
    let name = new.unwrap_or(old);
    let fact = match (saved.written, new) {
        (Written::Unchanged, _) => "Nothing changes for".to_owned(),
        (_, Some(_)) => format!("Changed \"{old}\" to"),
        (_, None) => "Changed".to_owned(),
    };
    tell(&fact, name, adopted, &saved, setup, out)
}

fn tell(
    did: &str,
    name: &str,
    adopted: bool,
    saved: &Saved,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let reminder = known(name, &saved.after.config)?;
    out.paragraph(0, &format!("{did} \"{name}\": {}.", sentence(reminder)))?;
    tell_adopted(adopted, saved, out)?;
    changed::tell(saved, About::Reminder(name), setup, out)
}

//! `attuned now`: one prompt at once.

use std::io::Write;

use clap::Args;

use super::ask::{self, Alone, Heard};
use super::busy::READ_HERE;
use super::card;
use super::complete;
use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::engine::{Card, Command, Effect, Engine, Event, Reply, Wanted};
use crate::library::Found;
use crate::paths::Paths;
use crate::protocol::RequestBody;
use crate::settings::read_library;

/// One prompt at once, whatever the hour
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned now                          whichever fits
  attuned now kind-words               one of this collection
  attuned now --from kind-words        the same
  attuned now small-wins/a-bit-better  this very one

It comes as a notification; or here on the terminal, when attuned is not running
or do-not-disturb is on. Of a key, which has no terminal, it waits until that is
off. It counts towards no limit.
What there is: attuned library list")]
pub struct NowArgs {
    /// A collection, or a prompt
    #[arg(value_name = "COLLECTION|ID", add = complete::names(complete::collections_and_prompts))]
    what: Option<String>,

    /// One of this collection, on or off
    #[arg(long, value_name = "COLLECTION", conflicts_with = "what", add = complete::names(complete::collections))]
    from: Option<String>,
}

impl NowArgs {
    /// The name of what is wanted; none for whichever fits.
    fn name(&self) -> Option<&str> {
        self.what.as_deref().or(self.from.as_deref())
    }

    /// Whether `--from` names a prompt.
    fn check_from(&self, paths: &Paths) -> Result<(), Failure> {
        let Some(name) = &self.from else {
            return Ok(());
        };
        match read_library(paths).0.find(name) {
            Ok(Found::Prompt(prompt)) => Err(Failure::refused(
                format!("\"{name}\" is a prompt, not a collection"),
                Some(format!("this very one: attuned now {}", prompt.id)),
            )),
            // Who shows it says that there is none.
            Ok(Found::Collection(_)) | Err(_) => Ok(()),
        }
    }
}

pub fn run(args: &NowArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    args.check_from(&paths)?;
    let request = RequestBody::Now {
        what: args.name().map(str::to_owned),
        unread: !ask::is_read(),
    };
    match ask::daemon_or_lock(&request, &paths)? {
        Heard::Daemon(Reply::Sent(card)) => {
            sent(&card.title, &paths, out)?;
            say_aside(&card, args, look(setup, &paths).as_ref(), out)
        }
        Heard::Daemon(Reply::Held) => {
            Ok(out.paragraph(0, "Do-not-disturb is on; it comes once that is off.")?)
        }
        Heard::Daemon(Reply::Read(card)) => read_here(&card, args, setup, &paths, out),
        Heard::Daemon(_) => Err(ask::odd()),
        Heard::Nobody(lock) => show_here(args, &mut Alone::new(lock, setup, &paths)?, setup, out),
    }
}

/// Says where to look for it.
fn sent(title: &str, paths: &Paths, out: &mut Terminal) -> Result<(), Failure> {
    let service = ask::for_status(paths)?.and_then(|report| report.service);
    let said = match service {
        Some(_) => format!("Sent to your desktop: {title}"),
        None => format!("\"{title}\" waits, as there is no notification service yet."),
    };
    out.paragraph(0, &said)?;
    Ok(())
}

/// Shows what is not sent into do-not-disturb.
fn read_here(
    card: &Card,
    args: &NowArgs,
    setup: &Setup,
    paths: &Paths,
    out: &mut Terminal,
) -> Result<(), Failure> {
    card::show(card, &setup.library_for_showing(), out)?;
    writeln!(out)?;
    out.paragraph(0, READ_HERE)?;
    say_aside(card, args, look(setup, paths).as_ref(), out)?;
    Ok(out.footer()?)
}

/// Settings that cannot be read are no matter here.
fn look(setup: &Setup, paths: &Paths) -> Option<Engine> {
    let looked = setup.engine_for_a_look(paths).ok();
    looked.map(|(engine, _)| engine)
}

/// Says what is odd about a prompt that was asked for by name.
fn say_aside(
    card: &Card,
    args: &NowArgs,
    engine: Option<&Engine>,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let (Some(wanted), Some(id)) = (args.name(), &card.prompt) else {
        return Ok(());
    };
    let mut names = id.split('/').chain([id.as_str()]);
    let aside = if names.all(|name| name != wanted) {
        // A collection asked for gives way.
        Some("After \"Too much\", only steady ground comes for a while.".to_owned())
    } else {
        engine.and_then(|engine| does_not_come_by_itself(id, engine))
    };
    if let Some(aside) = aside {
        out.paragraph(0, &aside)?;
    }
    Ok(())
}

fn does_not_come_by_itself(prompt: &str, engine: &Engine) -> Option<String> {
    let (library, decided) = (engine.library(), engine.decided());
    if decided.hidden(prompt).is_some() {
        return Some("It is hidden; it came because you asked for it.".to_owned());
    }
    let collection = library.collection(library.prompt(prompt)?.collection())?;
    let id = &collection.id;
    let is_off = !decided.standing(collection).is_on();
    is_off.then(|| format!("{id} is off; it came because you asked for it."))
}

/// Shows it on the terminal, and remembers that it was shown.
fn show_here(
    args: &NowArgs,
    alone: &mut Alone,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let wanted = Wanted::by_name(args.name(), alone.engine.library())
        .map_err(|missing| Failure::refused(&missing, Some(missing.hint.clone())))?;
    let effects = alone.handle(
        Event::Command(Command::Now {
            wanted,
            unread: false,
        }),
        setup,
    )?;
    let delivery = effects.iter().find_map(|effect| match effect {
        Effect::Show(notice) => Some(notice.delivery),
        _ => None,
    });
    let Reply::Sent(sent) = ask::reply_in(effects)? else {
        return Err(ask::odd());
    };
    card::show(&sent, alone.engine.library(), out)?;
    say_aside(&sent, args, Some(&alone.engine), out)?;
    out.footer()?;
    if let Some(delivery) = delivery {
        alone.handle(Event::Shown(delivery), setup)?;
    }
    Ok(())
}

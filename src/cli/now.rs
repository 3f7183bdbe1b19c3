//! `attuned now`: one prompt at once.

use clap::Args;

use super::ask::{self, Alone, Heard};
use super::card;
use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::engine::{Card, Command, Effect, Event, Reply, Wanted};
use crate::paths::Paths;
use crate::protocol::RequestBody;

/// One prompt at once, whatever the hour
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned now                          whichever fits
  attuned now kind-words               one of this collection
  attuned now small-wins/a-bit-better  this very one

It comes as a notification, or here on the terminal when attuned is not running.
It counts towards no limit. What there is: attuned library list")]
pub struct NowArgs {
    /// A collection, or a prompt
    #[arg(value_name = "COLLECTION|ID")]
    what: Option<String>,
}

pub fn run(args: &NowArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let request = RequestBody::Now {
        what: args.what.clone(),
    };
    match ask::daemon_or_lock(&request, &paths)? {
        Heard::Daemon(Reply::Sent(card)) => {
            sent(&card.title, &paths, out)?;
            say_if_steadier(&card, args, out)
        }
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

/// For a while after "Too much" a collection asked for gives way to steady ground.
fn say_if_steadier(card: &Card, args: &NowArgs, out: &mut Terminal) -> Result<(), Failure> {
    let (Some(wanted), Some(id)) = (&args.what, &card.prompt) else {
        return Ok(());
    };
    let mut names = id.split('/').chain([id.as_str()]);
    if names.all(|name| name != wanted) {
        let why = "After \"Too much\", only steady ground comes for a while.";
        out.paragraph(0, why)?;
    }
    Ok(())
}

/// Shows it on the terminal, and remembers that it was shown.
fn show_here(
    args: &NowArgs,
    alone: &mut Alone,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let wanted = Wanted::by_name(args.what.as_deref(), alone.engine.library())
        .map_err(|missing| Failure::refused(&missing, Some(missing.hint.clone())))?;
    let effects = alone.handle(Event::Command(Command::Now(wanted)), setup)?;
    let delivery = effects.iter().find_map(|effect| match effect {
        Effect::Show(notice) => Some(notice.delivery),
        _ => None,
    });
    let Reply::Sent(sent) = ask::reply_in(effects)? else {
        return Err(ask::odd());
    };
    card::show(&sent, alone.engine.library(), out)?;
    say_if_steadier(&sent, args, out)?;
    out.footer()?;
    if let Some(delivery) = delivery {
        alone.handle(Event::Shown(delivery), setup)?;
    }
    Ok(())
}

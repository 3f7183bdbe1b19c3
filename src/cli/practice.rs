//! `attuned practice`: a practice in the terminal, step by step.

mod steps;

use std::io::{self, IsTerminal};

use clap::Args;

use super::ask::{self, Alone, Heard};
use super::card;
use super::complete;
use super::failure::Failure;
use super::screen;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::engine::{Card, Command, Event, Reply, Wanted};
use crate::library::Need;
use crate::protocol::RequestBody;
use steps::Steps;

/// A practice here in the terminal, step by step
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned practice                                whichever fits
  attuned practice steady-ground                  one of this collection
  attuned practice steady-ground/three-things     this very one

Each step stays for its seconds; Enter or Space goes on, any other key stops.
What you cannot do or would rather not, such as breath, touch or eyes-closed:
attuned config set library.avoid breath, and such practices come in other
words.")]
pub struct PracticeArgs {
    /// A practice, or a collection
    #[arg(value_name = "NAME|ID", add = complete::names(complete::practices))]
    what: Option<String>,

    /// The steps as text, all at once: for screen readers
    #[arg(long)]
    plain: bool,
}

pub fn run(args: &PracticeArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let request = RequestBody::Practice {
        what: args.what.clone(),
    };
    let reply = match ask::daemon_or_lock(&request, &paths)? {
        Heard::Daemon(reply) => reply,
        Heard::Nobody(lock) => {
            let mut alone = Alone::new(lock, setup, &paths)?;
            let wanted = Wanted::by_name(args.what.as_deref(), alone.engine.library())
                .map_err(|missing| Failure::refused(&missing, Some(missing.hint.clone())))?;
            ask::reply_in(alone.handle(Event::Command(Command::Practice(wanted)), setup)?)?
        }
    };
    let Reply::Read(card) = reply else {
        return Err(ask::odd());
    };
    let on_screen = !args.plain && screen::is_there();
    present(&card, on_screen, setup, out)?;
    Ok(out.footer()?)
}

/// Shows a card: step by step on a screen where it is a practice and there is one, else as text.
///
/// # Errors
/// As the terminal's.
pub fn present(
    card: &Card,
    on_screen: bool,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let library = setup.library_for_showing();
    let prompt = card.prompt.as_deref().and_then(|id| library.prompt(id));
    let steps = prompt
        .map(|prompt| prompt.steps_of(&card.text))
        .unwrap_or_default();
    if !on_screen || steps.is_empty() || !io::stdout().is_terminal() {
        return Ok(card::show(card, &library, out)?);
    }
    let breathes = prompt.is_some_and(|prompt| prompt.needs.contains(&Need::Breath));
    screen::show(&mut Steps::new(card, steps, breathes), out.style)?;
    // Left on the terminal, to be read once more.
    Ok(card::show(card, &library, out)?)
}

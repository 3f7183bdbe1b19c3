//! `attuned library hide`, `favour`, `weight`, `enable` and their contraries: what comes, and how often.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::tell::tell;
use crate::cli::ask::{self, Told};
use crate::cli::complete;
use crate::cli::failure::Failure;
use crate::cli::setup::{Setup, look_into};
use crate::cli::terminal::Terminal;
use crate::daemon::store::Store;
use crate::engine::{Changed, OptIn, Reply};
use crate::library::{Change, Weight};
use crate::protocol::RequestBody;

/// Keep prompts from coming
///
/// Without an ID it is the prompt that was shown last. One that is on screen goes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library hide                   the one that was shown last
  attuned library hide kind-words/late-reviews
  attuned library hide kind-words/late-reviews small-wins/a-bit-better

Hidden ones are marked in attuned library show, and listed in attuned library
list.
A whole collection: attuned library disable kind-words")]
pub struct HideArgs {
    /// Prompts
    #[arg(value_name = "ID", add = complete::names(complete::prompts))]
    pub prompts: Vec<String>,
}

/// Let hidden prompts come again
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  attuned library unhide kind-words/late-reviews")]
pub struct UnhideArgs {
    /// Prompts
    #[arg(value_name = "ID", required = true, add = complete::names(complete::prompts))]
    pub prompts: Vec<String>,
}

/// Let prompts come twice as often
///
/// Without an ID it is the prompt that was shown last.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library favour                 the one that was shown last
  attuned library favour kind-words/late-reviews")]
pub struct FavourArgs {
    /// Prompts
    #[arg(value_name = "ID", add = complete::names(complete::prompts))]
    pub prompts: Vec<String>,
}

/// Let favourites come as often as others
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  attuned library unfavour kind-words/late-reviews")]
pub struct UnfavourArgs {
    /// Prompts
    #[arg(value_name = "ID", required = true, add = complete::names(complete::prompts))]
    pub prompts: Vec<String>,
}

/// How often a collection comes up against the others
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library weight small-wins 2      twice as often as the others
  attuned library weight small-wins 0.5    half as often
  attuned library weight small-wins 1      as often
  attuned library weight small-wins 0      not by itself")]
pub struct WeightArgs {
    /// A collection
    #[arg(add = complete::names(complete::collections))]
    collection: String,

    /// How often
    #[arg(value_parser = weight_parser())]
    weight: Weight,
}

/// Switch collections on
///
/// Some are off by default, and a few of these have something to know first: it is shown, and you are asked.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library enable small-wins
  attuned library enable noticing name-it

What there is, and what is off: attuned library list")]
pub struct EnableArgs {
    /// Collections
    #[arg(value_name = "COLLECTION", required = true, add = complete::names(complete::collections))]
    collections: Vec<String>,

    /// Also what has something to know first, without being asked
    #[arg(long)]
    yes: bool,
}

/// Switch collections off
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library disable small-wins
  attuned library disable noticing name-it

It no longer comes by itself; attuned now --from small-wins still shows it.")]
pub struct DisableArgs {
    /// Collections
    #[arg(value_name = "COLLECTION", required = true, add = complete::names(complete::collections))]
    pub collections: Vec<String>,
}

fn weight_parser() -> impl TypedValueParser<Value = Weight> {
    let words = Weight::WORDS.iter().map(|(word, _)| *word);
    PossibleValuesParser::new(words).map(|word| {
        let known = Weight::WORDS.iter().find(|(known, _)| *known == word);
        known.map_or(Weight::Usual, |(_, weight)| *weight)
    })
}

/// Changes the named prompts, or the one that was shown last.
pub fn of_last(
    change: Change,
    prompts: &[String],
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    if prompts.is_empty() {
        of(change, &[last_shown(setup)?], setup, out)
    } else {
        of(change, prompts, setup, out)
    }
}

/// The id of the prompt that was shown last.
fn last_shown(setup: &Setup) -> Result<String, Failure> {
    let last = look_into(&setup.paths()?, Store::last_shown)?.flatten();
    let Some(card) = last.and_then(|record| record.card) else {
        let hint = "name one; attuned library list shows what there is";
        return Err(Failure::refused(
            "no prompt has come yet",
            Some(hint.into()),
        ));
    };
    card.prompt.ok_or_else(|| {
        let hint = "name a prompt, or change the reminder in your settings";
        Failure::refused(
            "what came last was a reminder's own message",
            Some(hint.into()),
        )
    })
}

/// Changes what is named.
pub fn of(
    change: Change,
    names: &[String],
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    match ask_for(change, names, false, setup)? {
        Reply::Changed(changed) => Ok(tell(change, &changed, out)?),
        _ => Err(ask::odd()),
    }
}

pub fn weight(args: &WeightArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let change = Change::Weight(args.weight);
    of(change, std::slice::from_ref(&args.collection), setup, out)
}

/// Switches collections on, once what there is to know has been read.
pub fn enable(args: &EnableArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let enable = |notices_read| ask_for(Change::Enable, &args.collections, notices_read, setup);
    let notices = match enable(args.yes)? {
        Reply::Changed(changed) => return Ok(tell(Change::Enable, &changed, out)?),
        Reply::ReadFirst(notices) => notices,
        _ => return Err(ask::odd()),
    };
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(not_without_reading(&notices, args));
    }
    if !agrees(&notices, &mut io::stdin().lock(), out)? {
        return Ok(out.paragraph(0, "It stays as it was.")?);
    }
    match enable(true)? {
        Reply::Changed(changed) => Ok(tell(Change::Enable, &changed, out)?),
        _ => Err(ask::odd()),
    }
}

fn ask_for(
    change: Change,
    names: &[String],
    notices_read: bool,
    setup: &Setup,
) -> Result<Reply, Failure> {
    let request = RequestBody::Library {
        change,
        names: names.to_vec(),
        notices_read,
    };
    let (reply, told) = ask::daemon_or_alone(request, setup)?;
    Ok(match reply {
        // What is open without a daemon was printed on a terminal, and stays there.
        Reply::Changed(changed) if told == Told::Alone => {
            let printed = |one: Changed| Changed {
                was_open: false,
                ..one
            };
            Reply::Changed(changed.into_iter().map(printed).collect())
        }
        reply => reply,
    })
}

/// Nobody is there to read it.
fn not_without_reading(notices: &[OptIn], args: &EnableArgs) -> Failure {
    let told = notices
        .iter()
        .map(|one| format!("before {} is switched on: {}", one.id, one.notice));
    let told: Vec<String> = told.collect();
    let names = args.collections.join(" ");
    Failure::refused(
        told.join("\n"),
        Some(format!(
            "if you want that: attuned library enable {names} --yes"
        )),
    )
}

/// Shows what to know, and asks. Anything but a yes is a no.
fn agrees(notices: &[OptIn], input: &mut impl BufRead, out: &mut Terminal) -> io::Result<bool> {
    for OptIn { title, notice, .. } in notices {
        writeln!(out, "{}", out.style.strong(title))?;
        out.paragraph(2, notice)?;
        writeln!(out)?;
    }
    let what = match notices {
        [_] => "it",
        _ => "them",
    };
    write!(out, "Switch {what} on? [y/N] ")?;
    out.flush()?;
    let mut answer = String::new();
    input.read_line(&mut answer)?;
    let answer = answer.trim().to_lowercase();
    Ok(matches!(answer.as_str(), "y" | "yes"))
}

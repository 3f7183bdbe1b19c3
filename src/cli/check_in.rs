//! `attuned check-in`: how it is right now, as much of it as a person wants to say.

mod after;
mod choices;
mod entry;
mod flow;
mod picker;
mod place;
mod plain;

pub use entry::unasked;

use std::io::{self, IsTerminal, Write};

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use serde::Serialize;

use super::ask;
use super::failure::Failure;
use super::input;
use super::screen;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::engine::{Card, Reply};
use crate::journal::{Channel, CheckIn, Entry, EntryId, LONGEST_NOTE, Scale};
use crate::protocol::RequestBody;
use choices::{ABOUT, BODY, NEED, Said, one_of};
use entry::{adds_nothing, amended, check_in_of, find, new_entry};
use flow::Flow;

/// How it is right now: a word, or as much as you want to say
///
/// Each question can be skipped, nothing is timed, and only what you keep at the end is kept.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned check-in                       question by question
  attuned check-in --plain               the same line by line
  attuned check-in --quick okay          just that, without questions
  attuned check-in --quick hard --pleasant -1 --energy 2 --word tense \\
      --body chest --about work --need rest
  echo \"A long day.\" | attuned check-in --quick okay --note

Words with a space: \"wound up\" or wound-up. Your own words are for the
questions and the note: a command line can be seen by others.
JSON: {entry, then}: the id in the journal, and the prompt that fits now; each
may be null.

attuned is a reminder to practise, not a crisis service, and nobody reads the
answers. For people to turn to: attuned support")]
pub struct CheckInArgs {
    /// In a word
    #[arg(long, value_name = "HOW", value_parser = quick_names())]
    quick: Option<String>,

    /// From -2, very unpleasant, to 2, very pleasant
    #[arg(long, value_name = "-2..2", allow_negative_numbers = true, value_parser = scale)]
    pleasant: Option<Scale>,

    /// From -2, hardly any energy, to 2, very much
    #[arg(long, value_name = "-2..2", allow_negative_numbers = true, value_parser = scale)]
    energy: Option<Scale>,

    /// A word that fits; may be given several times
    #[arg(long, value_parser = |typed: &str| one_of(&choices::words(), typed), add = candidates(choices::words))]
    word: Vec<String>,

    /// Where in the body; may be given several times
    #[arg(long, value_name = "PLACE", value_parser = |typed: &str| one_of(&BODY, typed), add = candidates(|| BODY.to_vec()))]
    body: Vec<String>,

    /// What it is about; may be given several times
    #[arg(long, value_name = "TOPIC", value_parser = |typed: &str| one_of(&ABOUT, typed), add = candidates(|| ABOUT.to_vec()))]
    about: Vec<String>,

    /// What is needed; may be given several times
    #[arg(long, value_parser = |typed: &str| one_of(&NEED, typed), add = candidates(|| NEED.to_vec()))]
    need: Vec<String>,

    /// A note, which is asked for, or read from standard input
    #[arg(long, visible_alias = "stdin", num_args = 0..=1, value_name = "-", value_parser = ["-"], hide_possible_values = true, default_missing_value = "-")]
    note: Option<String>,

    /// Question by question, line by line: for screen readers
    #[arg(long)]
    plain: bool,

    /// As JSON
    #[arg(long)]
    json: bool,

    /// The entry that this goes on from
    #[arg(long, value_name = "ID", hide = true)]
    entry: Option<String>,

    /// The delivery that asked
    #[arg(long, value_name = "N", hide = true)]
    delivery: Option<u64>,
}

fn quick_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Said::ALL.map(Said::name))
}

fn scale(typed: &str) -> Result<Scale, String> {
    let value = typed
        .parse::<i8>()
        .map_err(|_| "a whole number from -2 to 2")?;
    Scale::try_from(value)
}

fn candidates(words: fn() -> Vec<&'static str>) -> ArgValueCandidates {
    ArgValueCandidates::new(move || {
        let words = words().into_iter().map(|word| word.replace(' ', "-"));
        words.map(CompletionCandidate::new).collect()
    })
}

/// What came of it, as JSON.
#[derive(Debug, Serialize)]
struct Report<'a> {
    entry: Option<&'a EntryId>,
    then: Option<&'a Card>,
}

/// How a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Not at all: what they say is on the command line.
    Given,
    /// By screens.
    Screens,
    /// Line by line.
    Lines,
}

impl Manner {
    /// Where what is said is said.
    fn channel(self) -> Channel {
        match self {
            Self::Given => Channel::Script,
            Self::Screens | Self::Lines => Channel::Terminal,
        }
    }
}

impl CheckInArgs {
    /// How to ask.
    ///
    /// # Errors
    /// That nothing is said, and nobody is there to be asked.
    fn manner(&self) -> Result<Manner, Failure> {
        if self.says_something() {
            Ok(Manner::Given)
        } else if self.plain {
            Ok(Manner::Lines)
        } else if screen::is_there() {
            Ok(Manner::Screens)
        } else if io::stdin().is_terminal() {
            Ok(Manner::Lines)
        } else {
            Err(Failure::usage(
                "there is no terminal to ask on",
                Some("say it at once, such as attuned check-in --quick okay; or attuned check-in --plain".into()),
            ))
        }
    }

    fn says_something(&self) -> bool {
        let lists = [&self.word, &self.body, &self.about, &self.need];
        self.quick.is_some()
            || self.pleasant.is_some()
            || self.energy.is_some()
            || self.note.is_some()
            || lists.iter().any(|list| !list.is_empty())
    }

    /// What is on the command line, with a note from standard input where one is announced.
    fn given(&self) -> Result<CheckIn, Failure> {
        let said = self.quick.as_deref().and_then(Said::of);
        let note = match self.note {
            Some(_) => input::text(&input::Wish {
                question: "Anything you want to add, in your own words?".into(),
                limit: LONGEST_NOTE,
                plain: self.plain,
            })?,
            None => None,
        };
        let check_in = CheckIn {
            pleasant: self.pleasant,
            energy: self.energy,
            words: once_each(&self.word),
            body: once_each(&self.body),
            context: once_each(&self.about),
            need: once_each(&self.need),
            note,
            ..said.map(Said::check_in).unwrap_or_default()
        };
        if said.is_none() && check_in == CheckIn::default() {
            return Err(Failure::usage(
                "nothing is said yet, so nothing was kept",
                None,
            ));
        }
        Ok(check_in)
    }
}

fn once_each(words: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        if !kept.contains(word) {
            kept.push(word.clone());
        }
    }
    kept
}

pub fn run(args: &CheckInArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let manner = args.manner()?;
    // What would keep it from being kept is told before anybody is asked.
    if !ask::is_running(&setup.paths()?) {
        setup.settings()?;
    }
    let before = args
        .entry
        .as_deref()
        .map(|name| find(name, setup))
        .transpose()?;
    let on_record = before.as_ref().and_then(check_in_of);
    let known = on_record.and_then(|said| said.quick);
    let said = match manner {
        Manner::Given => Some(args.given()?),
        Manner::Lines => {
            let said = plain::ask(known, &mut io::stdin().lock(), &mut Terminal::stderr())?;
            Some(said)
        }
        Manner::Screens => screen::show(&mut Flow::new(known), out.style)?,
    };
    let Some(said) = said.filter(|said| !adds_nothing(on_record, said)) else {
        return Ok(tell_nothing_kept(args.json, out)?);
    };
    let entry = match before {
        Some(before) => amended(before, said),
        None => new_entry(said, manner.channel(), args.delivery, setup)?,
    };
    let request = RequestBody::Answer {
        entry: Box::new(entry.clone()),
        delivery: args.delivery,
    };
    let (reply, _) =
        ask::daemon_or_alone(request, setup).inspect_err(|_| give_back(&entry, manner))?;
    let Reply::Kept { entry: id, then } = reply else {
        return Err(ask::odd());
    };
    if args.json {
        let then = then.as_ref();
        let entry = Some(&id);
        return Ok(out.json(&Report { entry, then })?);
    }
    out.paragraph(0, "Kept, on this computer only.")?;
    after::follow(&entry, then.as_ref(), manner, setup, out)
}

fn tell_nothing_kept(as_json: bool, out: &mut Terminal) -> io::Result<()> {
    let nothing = Report {
        entry: None,
        then: None,
    };
    if as_json {
        out.json(&nothing)
    } else {
        out.paragraph(0, "Nothing was kept.")
    }
}

/// What somebody was asked for and said is not lost with an error, nor what they wrote.
fn give_back(entry: &Entry, manner: Manner) {
    let is_lost = |said: &&CheckIn| manner != Manner::Given || said.note.is_some();
    let Some(said) = check_in_of(entry).filter(is_lost) else {
        return;
    };
    let mut err = Terminal::stderr();
    // Where not even this can be written, nothing can.
    let _ = writeln!(err, "This is what you said, as it could not be kept:");
    for line in flow::summary(said, err.width) {
        let _ = writeln!(err, "{line}");
    }
}

//! `attuned review`: a week, a month or longer, looked at again; on the terminal, or as a page for a conversation.

mod bars;
mod look;
mod page;
mod plot;
mod text;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::ToSpan;
use jiff::civil::Date;

use super::failure::Failure;
use super::new_file;
use super::past::past_day;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::journal::review::Days;
use look::Look;

/// Look back at a week or a month, in your own words
///
/// What you said and how often, what you wrote, and when: counts and your own words, no average, no score. A page for a
/// conversation, with a therapist or a friend, holds what you choose, and nothing leaves this computer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned review                       today and the six days before
  attuned review month                 today and the 29 days before
  attuned review --since \"3 months\"
  attuned review month --html for-ana.html --without notes,prompts
  attuned review --json | jq .words.words.each

Days and times are those of the clock on the wall there and then. The page is
one file, readable only by you, to open in any browser or to print; it loads
nothing. Read it before you give it away.
JSON: since, until, check_ins, words, wins, notes, times (counts for each hour
of each weekday, Monday first), prompts; what --without leaves out is not there.")]
pub struct ReviewArgs {
    /// How far back
    #[arg(value_enum, value_name = "SPAN", default_value_t = Span::Week)]
    span: Span,

    /// From this day on, such as monday, 2026-11-24, or "3 months" for that long ago
    #[arg(long, value_name = "DAY", conflicts_with = "span")]
    since: Option<String>,

    /// Write it as a page for a browser, or for paper; - is standard output
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,

    /// Leave these parts out
    #[arg(long, value_enum, value_name = "PARTS", value_delimiter = ',')]
    without: Vec<Part>,

    /// Replace a page that is there
    #[arg(long, requires = "html")]
    force: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Span {
    /// Today and the six days before
    Week,
    /// Today and the 29 days before
    Month,
}

/// A part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Part {
    /// How you were, and how often
    CheckIns,
    /// The words you chose, the body, what it was about, what was needed
    Words,
    /// What went a bit better
    Wins,
    /// What you wrote
    Notes,
    /// When you answered, and the time and place of notes and wins
    Times,
    /// Which prompts you took up, and what notes answer to
    Prompts,
}

pub fn run(args: &ReviewArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let days = args.days(setup)?;
    let file = new_file::named(args.html.as_ref()).map(|file| {
        let name = format!("attuned-review-{}.html", days.until);
        new_file::in_folder(file, &name)
    });
    if let Some(file) = &file {
        new_file::refuse_odd(file, args.force, &paths)?;
    }
    let without: BTreeSet<Part> = args.without.iter().copied().collect();
    let look = look::look(days, &without, setup, &paths)?;
    match file {
        Some(file) => write(&file, &look, out),
        None if args.html.is_some() => Ok(out.write_all(page_of(&look)?.as_bytes())?),
        None if args.json => Ok(out.json(&look)?),
        None => Ok(text::show(&look, args.name(), out)?),
    }
}

impl ReviewArgs {
    /// Up to today.
    fn days(&self, setup: &Setup) -> Result<Days, Failure> {
        let today = setup.now.to_zoned(setup.zone.clone()).date();
        let since: Date = match (&self.since, self.span) {
            (Some(text), _) => {
                past_day(text, today).map_err(|error| Failure::misread("--since", text, error))?
            }
            (None, Span::Week) => today.saturating_sub(6.days()),
            (None, Span::Month) => today.saturating_sub(29.days()),
        };
        if since > today {
            return Err(Failure::usage(
                format!("{since} is still to come"),
                Some("--since takes a day that has been".into()),
            ));
        }
        Ok(Days {
            since,
            until: today,
        })
    }

    fn name(&self) -> &'static str {
        match (&self.since, self.span) {
            (Some(_), _) => "Looking back",
            (None, Span::Week) => "Your week",
            (None, Span::Month) => "Your month",
        }
    }
}

/// The page, where there is something for it.
fn page_of(look: &Look) -> Result<String, Failure> {
    if !look.is_empty() {
        return Ok(page::page(look));
    }
    Err(Failure::refused(
        format!(
            "there is nothing from {} to put on a page",
            look.days.in_words()
        ),
        Some("look further back with --since, or leave less out".into()),
    ))
}

fn write(file: &Path, look: &Look, out: &mut Terminal) -> Result<(), Failure> {
    let page = page_of(look)?;
    new_file::write(file, |to| Ok(to.write_all(page.as_bytes())?))?;
    out.paragraph(0, &format!("Wrote {}.", file.display()))?;
    let next =
        "Open it in a browser, and read it before you give it away: --without leaves parts out.";
    out.paragraph(0, next)?;
    Ok(out.footer()?)
}

//! `attuned journal list`: the newest first.

use std::io::Write;
use std::ops::ControlFlow;

use clap::{Args, ValueEnum};
use jiff::ToSpan;
use jiff::civil::Date;

use super::entry::{day, heading, list_one, warn_of_unread};
use crate::cli::failure::Failure;
use crate::cli::past::past_day;
use crate::cli::setup::{Setup, look_into};
use crate::cli::terminal::Terminal;
use crate::daemon::store::{Filter, Order, Store};
use crate::journal::{Entry, Kind};

/// How many are shown where no number is given.
const A_SCREENFUL: usize = 20;

/// What you recorded, the newest first
#[derive(Debug, Default, Args)]
#[command(after_help = "\
Examples:
  attuned journal list
  attuned journal list --since monday
  attuned journal list --since 2026-11-01 --until 2026-11-30 --kind win
  attuned journal list --all | less

Days and times are those of the clock on the wall there and then; the zone is
named where it was another one than here.
JSON: a list of entries, in the form of attuned export, one a line; all of them
unless --limit is given.")]
pub struct ListArgs {
    #[command(flatten)]
    pub which: Which,

    #[command(flatten)]
    pub how_many: HowMany,

    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// Which entries.
#[derive(Debug, Default, Args)]
pub struct Which {
    /// From this day on, such as monday, 2026-11-24, or "2 weeks" for that long ago
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,

    /// Up to this day, which is among them
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,

    /// Of this kind only
    #[arg(long, value_enum)]
    pub kind: Option<KindArg>,
}

/// How many entries.
#[derive(Debug, Default, Args)]
pub struct HowMany {
    /// At most so many
    #[arg(long, short = 'n', value_name = "N", conflicts_with = "all")]
    limit: Option<usize>,

    /// All of them
    #[arg(long)]
    all: bool,
}

/// [`Kind`], as it is typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum KindArg {
    /// How you were
    CheckIn,
    /// What you wrote
    Note,
    /// What went a bit better
    Win,
}

impl From<KindArg> for Kind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::CheckIn => Self::CheckIn,
            KindArg::Note => Self::Note,
            KindArg::Win => Self::Win,
        }
    }
}

impl Which {
    /// The entries it means.
    ///
    /// # Errors
    /// A day that is none.
    pub fn filter(&self, setup: &Setup) -> Result<Filter, Failure> {
        let today = setup.now.to_zoned(setup.zone.clone()).date();
        let day = |name: &str, text: &Option<String>| -> Result<Option<Date>, Failure> {
            let day = text.as_ref().map(|text| {
                past_day(text, today).map_err(|error| Failure::misread(name, text, error))
            });
            day.transpose()
        };
        let until = day("--until", &self.until)?;
        Ok(Filter {
            since: day("--since", &self.since)?,
            before: until.map(|until| until.saturating_add(1.day())),
            kind: self.kind.map(Kind::from),
            words: Vec::new(),
        })
    }
}

impl HowMany {
    fn on_a_terminal(&self) -> usize {
        match self.limit {
            _ if self.all => usize::MAX,
            limit => limit.unwrap_or(A_SCREENFUL),
        }
    }

    fn as_json(&self) -> usize {
        self.limit.unwrap_or(usize::MAX)
    }
}

pub fn run(args: &ListArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let filter = args.which.filter(setup)?;
    let is_all = filter == Filter::default();
    let listed = list(&filter, &args.how_many, args.json, setup, out)?;
    if listed == 0 && !args.json {
        out.paragraph(
            0,
            if is_all {
                "Nothing yet. attuned write, attuned win and attuned check-in begin it."
            } else {
                "Nothing there."
            },
        )?;
    }
    Ok(())
}

/// Shows the newest that the filter lets through; tells how many were shown.
///
/// # Errors
/// That the record cannot be read; as the output's.
pub fn list(
    filter: &Filter,
    how_many: &HowMany,
    json: bool,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<usize, Failure> {
    let paths = setup.paths()?;
    let most = if json {
        how_many.as_json()
    } else {
        how_many.on_a_terminal()
    };
    let mut page = Page {
        setup,
        out,
        json,
        most,
        shown: 0,
        day: None,
        has_more: false,
    };
    let unread = look_into(&paths, |store: &Store| {
        Ok(store.each_entry(filter, Order::Newest, |entry| page.take(&entry)))
    })?;
    let unread = unread.transpose()?.unwrap_or_default();
    page.end(unread)?;
    Ok(page.shown)
}

/// A list while it is written.
struct Page<'a> {
    setup: &'a Setup,
    out: &'a mut Terminal,
    json: bool,
    most: usize,
    shown: usize,
    /// Whose heading stands above.
    day: Option<Date>,
    has_more: bool,
}

impl Page<'_> {
    fn take(&mut self, entry: &Entry) -> Result<ControlFlow<()>, Failure> {
        if self.shown == self.most {
            self.has_more = true;
            return Ok(ControlFlow::Break(()));
        }
        if self.json {
            let before = if self.shown == 0 { "[\n" } else { ",\n" };
            self.out.write_all(before.as_bytes())?;
            serde_json::to_writer(&mut *self.out, entry).map_err(std::io::Error::from)?;
        } else {
            self.list(entry)?;
        }
        self.shown += 1;
        Ok(ControlFlow::Continue(()))
    }

    fn list(&mut self, entry: &Entry) -> Result<(), Failure> {
        let day = day(entry);
        if self.day != Some(day) {
            let before = if self.day.is_some() { "\n" } else { "" };
            let heading = self.out.style.strong(&heading(day));
            writeln!(self.out, "{before}{heading}")?;
            self.day = Some(day);
        }
        Ok(list_one(entry, self.setup, self.out)?)
    }

    fn end(&mut self, unread: u64) -> Result<(), Failure> {
        if self.json {
            let end = if self.shown == 0 { "[]" } else { "\n]" };
            return Ok(writeln!(self.out, "{end}")?);
        }
        if self.has_more {
            writeln!(self.out)?;
            self.out
                .paragraph(0, "There are older ones: --all shows them, too.")?;
        }
        warn_of_unread(unread);
        if self.shown > 0 {
            self.out.footer()?;
        }
        Ok(())
    }
}

//! `attuned overwhelmed`: something steady at once, and little for a while.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::ask::{self, Told};
use super::busy::READ_HERE;
use super::card;
use super::check_in::unasked;
use super::failure::Failure;
use super::pacing::stage_in_words;
use super::pauses::end;
use super::setup::Setup;
use super::support;
use super::terminal::Terminal;
use crate::engine::{Card, Overwhelm, Reply};
use crate::journal::{Channel, CheckIn, Quick};
use crate::protocol::RequestBody;

/// When it is too much: something steady at once, and little for a while
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned overwhelmed             here in the terminal
  attuned overwhelmed --notify    as a notification: for a key or a launcher

It is as \"Too much\" at a check-in: for a day at most one gentle prompt comes by
itself, and no check-in; for three more, gentle ones. It is in your journal like
that answer, and it ends by itself. To end it sooner: attuned steady
Quiet altogether: attuned pause. For people to turn to: attuned support")]
pub struct OverwhelmedArgs {
    /// As a notification; attuned has to run. Under do-not-disturb it is printed; of a key, a terminal opens
    #[arg(long)]
    notify: bool,

    /// As JSON: practice (as in attuned last --json) and until
    #[arg(long, conflicts_with = "notify")]
    json: bool,
}

#[derive(Serialize)]
struct Json {
    practice: Option<Card>,
    until: jiff::Timestamp,
}

impl OverwhelmedArgs {
    fn request(&self) -> RequestBody {
        let channel = if self.notify || self.json {
            Channel::Script
        } else {
            Channel::Terminal
        };
        let entry = unasked(CheckIn::quick(Quick::TooMuch), channel);
        RequestBody::Overwhelmed {
            notify: self.notify,
            unread: !ask::is_read(),
            entry: Some(Box::new(entry)),
        }
    }
}

pub fn run(args: &OverwhelmedArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    if args.notify {
        return notify(args, setup, out);
    }
    let request = args.request();
    let (practice, until, told) = match ask::daemon_or_alone(request, setup) {
        Ok((Reply::Overwhelmed { practice, until }, told)) => (practice, until, told),
        Ok(_) => return Err(ask::odd()),
        // Whatever is wrong, whom to turn to is told.
        Err(failure) => {
            support::first_lines(setup, out)?;
            out.footer()?;
            return Err(failure);
        }
    };
    if args.json {
        return Ok(out.json(&Json { practice, until })?);
    }
    if let Some(practice) = &practice {
        card::show(practice, &setup.library_for_showing(), out)?;
        writeln!(out)?;
    }
    support::first_lines(setup, out)?;
    let rest = Overwhelm::Rest {
        since: setup.now,
        came: false,
    };
    let holds = stage_in_words(rest, |at| end(at, setup.now, &setup.zone));
    out.paragraph(0, &format!("From now on, {holds}."))?;
    if told == Told::Alone {
        out.paragraph(0, "attuned is not running; this holds from its start on.")?;
    }
    writeln!(out, "To end it sooner: attuned steady")?;
    out.footer()?;
    Ok(())
}

fn notify(args: &OverwhelmedArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let reply = ask::daemon(&args.request(), &setup.paths()?)?;
    let Reply::Overwhelmed { practice, until } = reply else {
        return Err(ask::odd());
    };
    let until = end(until, setup.now, &setup.zone);
    let little = format!("Until {until} there will be little.");
    let Some(practice) = practice else {
        return Ok(out.paragraph(0, &format!("Sent to your desktop. {little}"))?);
    };
    card::show(&practice, &setup.library_for_showing(), out)?;
    writeln!(out)?;
    out.paragraph(0, &format!("{READ_HERE} {little}"))?;
    Ok(())
}

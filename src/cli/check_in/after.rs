//! What follows a check-in: one prompt that fits, and how it is then, where a person wants to say.

use std::io::{self, Write};

use super::choices::Said;
use super::{Manner, plain};
use crate::cli::ask;
use crate::cli::failure::Failure;
use crate::cli::journal::Keeper;
use crate::cli::practice;
use crate::cli::screen::{self, Frame, Key, Move, Size, Step, View};
use crate::cli::setup::Setup;
use crate::cli::style::{Style, wrap};
use crate::cli::support;
use crate::cli::terminal::Terminal;
use crate::engine::{Card, Reply};
use crate::journal::{Change, CheckIn, Content, Entry, Quick};
use crate::protocol::RequestBody;

/// Shows what fits now. After "Too much": whom to turn to.
///
/// # Errors
/// As the terminal's; that an answer cannot be kept, though the check-in was.
pub fn follow(
    entry: &Entry,
    then: Option<&Card>,
    manner: Manner,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let Content::CheckIn(said) = &entry.content else {
        return Ok(());
    };
    if let Some(card) = then {
        writeln!(out)?;
        practice::present(card, manner == Manner::Screens, setup, out)?;
    }
    if said.quick == Some(Quick::TooMuch) {
        return whom_to_turn_to(setup, out);
    }
    let felt = match (then, manner) {
        (None, _) | (_, Manner::Given) => None,
        (Some(card), Manner::Screens) => screen::show(&mut After::new(card), out.style)?,
        // The check-in is kept: an end of the input ends nothing else.
        (Some(_), Manner::Lines) => {
            plain::ask_after(&mut io::stdin().lock(), &mut Terminal::stderr()).unwrap_or(None)
        }
    };
    match felt {
        None => {}
        Some(Quick::TooMuch) => return meet(with_felt(entry, said, Quick::TooMuch), setup, out),
        Some(felt) => keep(with_felt(entry, said, felt), setup)?,
    }
    Ok(out.footer()?)
}

/// "Too much" is met as it is anywhere: with something steady, and little for a while.
fn meet(entry: Entry, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let request = RequestBody::Overwhelmed {
        notify: false,
        unread: false,
        entry: Some(Box::new(entry)),
    };
    let met = ask::daemon_or_alone(request, setup);
    if let Ok((
        Reply::Overwhelmed {
            practice: Some(card),
            ..
        },
        _,
    )) = &met
    {
        writeln!(out)?;
        practice::present(card, false, setup, out)?;
    }
    whom_to_turn_to(setup, out)?;
    met.map(drop)
}

fn whom_to_turn_to(setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    writeln!(out)?;
    support::tell(setup, out)
}

/// The entry, with how it was after.
fn with_felt(entry: &Entry, said: &CheckIn, felt: Quick) -> Entry {
    Entry {
        revision: entry.revision.saturating_add(1),
        content: Content::CheckIn(CheckIn {
            felt_after: Some(felt),
            ..said.clone()
        }),
        ..entry.clone()
    }
}

fn keep(entry: Entry, setup: &Setup) -> Result<(), Failure> {
    let kept = Keeper::new(&setup.paths()?, setup).change(&Change::Keep(vec![entry]));
    kept.map(drop)
}

/// "And how is it now?"
#[derive(Debug, Clone)]
struct After {
    /// What was shown.
    title: String,
    text: String,
    /// The line among [`After::OFFERED`].
    at: usize,
}

impl After {
    const OFFERED: [Option<Quick>; 4] = [
        None,
        Some(Quick::Okay),
        Some(Quick::Hard),
        Some(Quick::TooMuch),
    ];

    fn new(card: &Card) -> Self {
        Self {
            title: card.title.clone(),
            text: card.text.clone(),
            at: 0,
        }
    }

    fn label(offered: Option<Quick>) -> &'static str {
        offered.map_or("I leave it there", |quick| Said::Quick(quick).label())
    }
}

impl View for After {
    type Outcome = Option<Quick>;

    fn on(&mut self, key: Key, _size: Size) -> Step<Option<Quick>> {
        match key {
            Key::Move(Move::Up | Move::Left) => self.at = self.at.saturating_sub(1),
            Key::Move(Move::Down | Move::Right) => {
                self.at = (self.at + 1).min(Self::OFFERED.len() - 1);
            }
            Key::Enter => return Step::Done(Self::OFFERED[self.at]),
            Key::Esc | Key::End | Key::Tab => return Step::Done(None),
            Key::Char(c) => {
                let c = c.to_ascii_lowercase();
                let begins =
                    |one: &&Option<Quick>| Self::label(**one).to_lowercase().starts_with(c);
                if let Some(one) = Self::OFFERED.iter().find(begins) {
                    return Step::Done(*one);
                }
            }
            _ => {}
        }
        Step::Stay
    }

    fn draw(&self, size: Size, style: Style) -> Frame {
        let width = size.text_width();
        let strong = |text: &str| {
            wrap(text, width)
                .into_iter()
                .map(|line| style.strong(&line))
        };
        let mut lines: Vec<String> = strong(&self.title).collect();
        let text = wrap(&self.text, width.saturating_sub(2));
        lines.extend(text.iter().map(|line| format!("  {line}")));
        lines.push(String::new());
        lines.extend(strong("When you are ready: how is it now?"));
        lines.push(String::new());
        let focus = lines.len() + self.at;
        for (index, offered) in Self::OFFERED.iter().enumerate() {
            let label = Self::label(*offered);
            lines.push(if index == self.at {
                style.strong(&format!("> {label}"))
            } else {
                format!("  {label}")
            });
        }
        lines.push(String::new());
        let hint = wrap("A letter, or the arrow keys and Enter.", width);
        lines.extend(hint.iter().map(|line| style.dim(line)));
        Frame {
            lines,
            cursor: None,
            focus,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size {
        columns: 80,
        rows: 24,
    };

    #[test]
    fn enter_alone_says_nothing() {
        let mut view = After {
            title: "A kettle".into(),
            text: "Wait for the kettle.".into(),
            at: 0,
        };
        assert_eq!(view.on(Key::Enter, SIZE), Step::Done(None));
        assert_eq!(view.on(Key::Char('x'), SIZE), Step::Stay);
        for (c, felt) in [
            ('o', Quick::Okay),
            ('H', Quick::Hard),
            ('t', Quick::TooMuch),
        ] {
            assert_eq!(view.on(Key::Char(c), SIZE), Step::Done(Some(felt)));
        }
    }
}

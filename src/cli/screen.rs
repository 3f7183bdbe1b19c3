//! The terminal as a screen: a [`View`] says what it shows and what a key makes of it, and [`show`] does the rest.
//!
//! A view is a plain state machine: it is drawn by a function of its state and the size, so it needs no terminal to be
//! tested. It is shown on the terminal's other screen, which leaves what was there before as it was; and however it ends,
//! by a key, a signal or a panic, the terminal is given back as it was found.

mod frame;
mod key;
mod tty;

pub use frame::{Frame, Size};
pub use key::{Erase, Key, Move};

use std::future::{pending, poll_fn};
use std::io::{self, IsTerminal};
use std::pin::Pin;
use std::time::Duration;

use anyhow::Context;
use crossterm::event::{Event, EventStream};
use futures_core::Stream;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTSTP};
use tokio::time::{Instant, sleep_until};

use super::failure::Failure;
use super::style::{Style, wrap};
use super::terminal::FOOTER;
use frame::Painter;
use key::Pressed;
use tty::{Signals, Tty};

/// What a person sees, and what their keys do.
pub trait View {
    /// What comes of it.
    type Outcome;

    /// What a key does.
    fn on(&mut self, key: Key, size: Size) -> Step<Self::Outcome>;

    /// What it does when it has been there for this long.
    fn at(&mut self, _elapsed: Duration) -> Step<Self::Outcome> {
        Step::Stay
    }

    /// When [`View::at`] is called next, since it was first there; never where none.
    fn next(&self) -> Option<Duration> {
        None
    }

    /// What it shows.
    fn draw(&self, size: Size, style: Style) -> Frame;

    /// What to say where it was left by Ctrl-C.
    fn left(&self) -> Option<&str> {
        None
    }
}

/// What a key made of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Outcome> {
    /// It is still there.
    Stay,
    /// It is over, with this.
    Done(Outcome),
}

/// Whether there is a screen: a terminal to read from and one to write to, which can place its cursor.
#[must_use]
pub fn is_there() -> bool {
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
    io::stdin().is_terminal() && io::stdout().is_terminal() && !is_dumb
}

/// Shows a view until it is over.
///
/// # Errors
/// That the terminal cannot be read or written. A person who leaves by Ctrl-C ends the program, as does a signal; both
/// only after the terminal is as it was.
pub fn show<V: View>(view: &mut V, style: Style) -> Result<V::Outcome, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("could not start")?;
    runtime.block_on(follow(view, style))
}

/// What the loop below waits for.
enum Happened {
    Terminal(Event),
    Signal(i32),
    Time,
}

async fn follow<V: View>(view: &mut V, style: Style) -> Result<V::Outcome, Failure> {
    let mut signals = Signals::caught().context("could not listen for signals")?;
    let tty = Tty::taken().context("the terminal cannot be used as a screen")?;
    let mut events = EventStream::new();
    let mut painter = Painter::default();
    let start = Instant::now();
    loop {
        let (size, foot) = divide(Size::now(), style);
        painter.paint(&view.draw(size, style), size, &foot)?;
        let wake = view.next().map(|elapsed| start + elapsed);
        let step = match next(&mut events, &mut signals, wake).await? {
            Happened::Time => view.at(start.elapsed()),
            Happened::Terminal(event) => match Pressed::of(event) {
                Pressed::Key(key) => view.on(key, size),
                Pressed::Interrupt => {
                    return leave(tty, signals, SIGINT, view);
                }
                Pressed::Suspend => {
                    Tty::suspend()?;
                    painter = Painter::default();
                    Step::Stay
                }
                Pressed::Resized => {
                    painter = Painter::default();
                    Step::Stay
                }
                Pressed::Nothing => Step::Stay,
            },
            Happened::Signal(signal) if signal == SIGTSTP => {
                Tty::suspend()?;
                painter = Painter::default();
                Step::Stay
            }
            Happened::Signal(signal) => return leave(tty, signals, signal, view),
        };
        if let Step::Done(outcome) = step {
            return Ok(outcome);
        }
    }
}

/// The part of the window that is the view's, and what stays below it on every screen, as far as that leaves a line.
fn divide(window: Size, style: Style) -> (Size, Vec<String>) {
    let foot = wrap(FOOTER, window.text_width()).into_iter();
    let foot: Vec<String> = foot
        .take(window.rows.saturating_sub(1))
        .map(|line| style.dim(&line))
        .collect();
    let size = Size {
        rows: window.rows - foot.len(),
        ..window
    };
    (size, foot)
}

async fn next(
    events: &mut EventStream,
    signals: &mut Signals,
    wake: Option<Instant>,
) -> io::Result<Happened> {
    let time = async {
        match wake {
            Some(at) => sleep_until(at).await,
            None => pending().await,
        }
    };
    tokio::select! {
        event = poll_fn(|context| Pin::new(&mut *events).poll_next(context)) => match event {
            Some(event) => Ok(Happened::Terminal(event?)),
            // Nobody types there any more.
            None => Ok(Happened::Signal(SIGHUP)),
        },
        signal = signals.next() => Ok(Happened::Signal(signal)),
        () = time => Ok(Happened::Time),
    }
}

/// Gives the terminal back, then ends as the signal would have ended the program.
fn leave<V: View>(
    tty: Tty,
    signals: Signals,
    signal: i32,
    view: &V,
) -> Result<V::Outcome, Failure> {
    drop(tty);
    drop(signals);
    if signal == SIGINT
        && let Some(words) = view.left()
    {
        eprintln!("{words}");
    }
    signal_hook::low_level::emulate_default_handler(signal).context("could not end")?;
    Err(Failure::Told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_to_turn_to_stays_on_a_small_screen() {
        let divided = |columns, rows| {
            let (size, foot) = divide(Size { columns, rows }, Style { colour: false });
            (size.rows, foot)
        };
        let line = "For people to turn to: attuned support".to_owned();
        assert_eq!(divided(80, 24), (23, vec![line.clone()]));
        assert_eq!(divided(80, 2), (1, vec![line]));
        assert_eq!(divided(80, 1), (1, vec![]));
        let in_two = ["For people to turn to: attuned", "support"].map(String::from);
        assert_eq!(divided(30, 8), (6, in_two.into()));
    }
}

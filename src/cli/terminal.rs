//! Where a command's answer goes: standard output, with its width and whether it shows colour.

use std::io::{self, Write};

use serde::Serialize;

use super::style::{Style, wrap};

/// The width where none is known, and the widest that reads well.
const WIDTH: usize = 80;

/// Narrower than this nothing reads well.
const LEAST_WIDTH: usize = 24;

/// How far right the facts of [`Terminal::row`] stand.
const NAME_WIDTH: usize = 10;

/// Whom to turn to: on every screen, and below everything that people read at length.
pub const FOOTER: &str = "For people to turn to: attuned support";

/// Standard output.
pub struct Terminal {
    out: Box<dyn Write>,
    /// How words are set off.
    pub style: Style,
    /// In columns; never above 80.
    pub width: usize,
}

impl Terminal {
    /// This process's standard output.
    #[must_use]
    pub fn stdout() -> Self {
        Self {
            out: Box::new(io::stdout().lock()),
            style: Style::stdout(),
            width: columns_of(io::stdout())
                .map_or(WIDTH, |columns| columns.clamp(LEAST_WIDTH, WIDTH)),
        }
    }

    /// This process's standard error, for questions: what comes of the answers is alone on standard output.
    #[must_use]
    pub fn stderr() -> Self {
        Self {
            out: Box::new(io::stderr()),
            style: Style::stderr(),
            width: columns_of(io::stderr())
                .map_or(WIDTH, |columns| columns.clamp(LEAST_WIDTH, WIDTH)),
        }
    }

    /// A text wrapped to the width, each line after `indent` spaces.
    ///
    /// # Errors
    /// As the output's.
    pub fn paragraph(&mut self, indent: usize, text: &str) -> io::Result<()> {
        for line in wrap(text, self.width.saturating_sub(indent)) {
            writeln!(self.out, "{:indent$}{line}", "")?;
        }
        Ok(())
    }

    /// What follows is about, set off, and the facts of it behind, or below where there is no room.
    ///
    /// # Errors
    /// As the output's.
    pub fn heading(&mut self, what: &str, facts: &str) -> io::Result<()> {
        if what.chars().count() + 2 + facts.chars().count() <= self.width {
            return writeln!(self.out, "{}  {facts}", self.style.strong(what));
        }
        for line in wrap(what, self.width) {
            writeln!(self.out, "{}", self.style.strong(&line))?;
        }
        self.paragraph(2, facts)
    }

    /// A fact with its name before it; further lines stand below the fact.
    ///
    /// # Errors
    /// As the output's.
    pub fn row(&mut self, name: &str, fact: &str) -> io::Result<()> {
        let lines = wrap(fact, self.width.saturating_sub(NAME_WIDTH));
        let names = [self.style.strong(&format!("{name:NAME_WIDTH$}"))];
        let names = names
            .into_iter()
            .chain(std::iter::repeat(" ".repeat(NAME_WIDTH)));
        for (name, line) in names.zip(lines) {
            writeln!(self.out, "{name}{line}")?;
        }
        Ok(())
    }

    /// A value as one JSON document.
    ///
    /// # Errors
    /// As the output's.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.out, value)?;
        writeln!(self.out)
    }

    /// A line for a program that reads along, which gets it at once.
    ///
    /// # Errors
    /// As the output's.
    pub fn line_at_once(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }

    /// The calm last line, after an empty one.
    ///
    /// # Errors
    /// As the output's.
    pub fn footer(&mut self) -> io::Result<()> {
        writeln!(self.out, "\n{}", self.style.dim(FOOTER))
    }
}

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The window's width; none where the stream is no terminal.
#[cfg(unix)]
fn columns_of(stream: impl std::os::fd::AsFd) -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

#[cfg(not(unix))]
fn columns_of<T>(_stream: T) -> Option<usize> {
    None
}

//! What a view shows, and how it comes on the terminal without a flicker.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};

/// The size of the window, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub columns: usize,
    /// From top to bottom.
    pub rows: usize,
}

impl Size {
    /// What terminals have where nothing tells.
    const USUAL: Self = Self {
        columns: 80,
        rows: 24,
    };

    /// The window's size as it is now.
    #[must_use]
    pub fn now() -> Self {
        match crossterm::terminal::size() {
            Ok((columns, rows)) if columns > 0 && rows > 0 => Self {
                columns: columns.into(),
                rows: rows.into(),
            },
            _ => Self::USUAL,
        }
    }

    /// How wide texts are set: no line longer than reads well.
    #[must_use]
    pub fn text_width(self) -> usize {
        self.columns.clamp(8, Self::USUAL.columns)
    }
}

/// What a view shows at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Line by line; what is too wide for the window is cut off.
    pub lines: Vec<String>,
    /// The cursor's line and column; hidden where none.
    pub cursor: Option<(usize, usize)>,
    /// A line that has to be seen, where not all of them can.
    pub focus: usize,
}

impl Frame {
    /// The first line to be shown in a window of `rows`: what matters is in it, with what comes before as far as it fits.
    #[must_use]
    pub fn first_line(&self, rows: usize) -> usize {
        let focus = self.cursor.map_or(self.focus, |(line, _)| line);
        // A line more where there is room, so that what goes on is seen to go on.
        let first = (focus + 2).saturating_sub(rows).min(focus);
        first.min(self.lines.len().saturating_sub(rows))
    }
}

/// What the terminal shows, so that only what changed is written.
#[derive(Debug, Default)]
pub struct Painter {
    shown: Option<Vec<String>>,
}

impl Painter {
    /// Brings the frame on the terminal, in its part of the window, and below it the foot.
    ///
    /// # Errors
    /// As the output's.
    pub fn paint(&mut self, frame: &Frame, size: Size, foot: &[String]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        queue!(out, BeginSynchronizedUpdate, Hide)?;
        if self.shown.is_none() {
            queue!(out, Clear(ClearType::All))?;
        }
        let before = self.shown.take().unwrap_or_default();
        let first = frame.first_line(size.rows);
        let shown = frame.lines.iter().skip(first).take(size.rows);
        let lines: Vec<String> = shown.chain(foot).cloned().collect();
        for row in 0..lines.len().max(before.len()) {
            let (line, was) = (lines.get(row), before.get(row));
            if line != was {
                let line = line.map_or("", String::as_str);
                // Cleared before: behind a line as wide as the window, its last character would go.
                queue!(
                    out,
                    MoveTo(0, short(row)),
                    Clear(ClearType::UntilNewLine),
                    Print(line)
                )?;
            }
        }
        if let Some((line, column)) = frame.cursor {
            queue!(
                out,
                MoveTo(short(column), short(line.saturating_sub(first))),
                Show
            )?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        self.shown = Some(lines);
        out.flush()
    }
}

/// No window is larger.
fn short(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_is_in_the_window() {
        let frame = |focus, lines| Frame {
            lines: vec![String::new(); lines],
            cursor: None,
            focus,
        };
        // Ten lines, of which four fit.
        for (focus, first) in [(0, 0), (2, 0), (3, 1), (6, 4), (9, 6)] {
            assert_eq!(frame(focus, 10).first_line(4), first, "{focus}");
        }
        assert_eq!(frame(2, 3).first_line(24), 0);
        let with_cursor = Frame {
            cursor: Some((8, 0)),
            ..frame(0, 10)
        };
        assert_eq!(with_cursor.first_line(4), 6);
        assert_eq!(frame(5, 10).first_line(1), 5);
    }
}

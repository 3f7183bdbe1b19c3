//! Text that a person types: an [`Editor`] of one or many lines, a state machine without a terminal, and the ways to be
//! asked for a text ([`text`]).

mod asked;
mod rows;

pub use asked::{Wish, draw, lines, text, whole_input};

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::screen::{Erase, Key, Move};
use rows::{Row, rows};

/// How far a page goes, in lines.
const PAGE: usize = 10;

/// How wide a tab is: a terminal's own would move what is behind it.
const TAB: &str = "    ";

/// A text and a cursor in it. The cursor is always between two characters as people see them (grapheme clusters).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// In bytes.
    at: usize,
    /// The column that moving up and down keeps to.
    column: Option<usize>,
    /// The most characters.
    limit: usize,
}

/// How a text stands on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// Line by line, none wider than asked for.
    pub lines: Vec<String>,
    /// The cursor's line and column.
    pub cursor: (usize, usize),
}

impl Laid {
    /// The part of it with the cursor, in as many lines as there is room for.
    #[must_use]
    pub fn within(self, rows: usize) -> Self {
        let (line, column) = self.cursor;
        let first = (line + 1).saturating_sub(rows);
        Self {
            lines: self.lines.into_iter().skip(first).take(rows).collect(),
            cursor: (line - first, column),
        }
    }
}

impl Editor {
    /// Nothing yet, and never more than `limit` characters (Unicode scalar values).
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    /// What is typed so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether no more can be typed.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.text.chars().count() >= self.limit
    }

    /// Begins anew.
    pub fn clear(&mut self) {
        self.text.clear();
        self.at = 0;
        self.column = None;
    }

    /// What a key does to the text, shown `width` columns wide; whether it is one that means something here. Enter is not:
    /// what it does is for the caller to say ([`Editor::insert`] with a line break).
    pub fn on(&mut self, key: &Key, width: usize) -> bool {
        match key {
            Key::Char(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Key::Paste(text) => self.insert(text),
            Key::Move(movement) => self.go(*movement, width),
            Key::Erase(what) => self.erase(*what),
            _ => return false,
        }
        true
    }

    /// Puts a text where the cursor is, as far as there is room; without characters that cannot be shown.
    pub fn insert(&mut self, text: &str) {
        let room = self.limit.saturating_sub(self.text.chars().count());
        let shown: String = shown(text).chars().take(room).collect();
        self.text.insert_str(self.at, &shown);
        self.at += shown.len();
        // What was typed may have become part of the character before or behind it.
        if !self.is_boundary(self.at) {
            self.at = self.after(self.at);
        }
        self.column = None;
    }

    /// How it stands on `width` columns.
    #[must_use]
    pub fn lay(&self, width: usize) -> Laid {
        let rows = rows(&self.text, width);
        let (line, column) = self.place(&rows);
        Laid {
            lines: rows
                .iter()
                .map(|row| row.shown(&self.text).to_owned())
                .collect(),
            // What hangs over the edge is spaces only.
            cursor: (line, column.min(width.saturating_sub(1))),
        }
    }

    fn go(&mut self, movement: Move, width: usize) {
        let column = self.column.take();
        self.at = match movement {
            Move::Left => self.before(self.at),
            Move::Right => self.after(self.at),
            Move::WordLeft => self.word_before(),
            Move::WordRight => self.word_after(),
            Move::Up => self.up_or_down(width, column, |line| line.checked_sub(1)),
            Move::Down => self.up_or_down(width, column, |line| line.checked_add(1)),
            Move::PageUp => self.up_or_down(width, column, |line| Some(line.saturating_sub(PAGE))),
            Move::PageDown => self.up_or_down(width, column, |line| Some(line + PAGE)),
            Move::LineStart => self.line_start(),
            Move::LineEnd => self.line_end(),
            Move::Start => 0,
            Move::End => self.text.len(),
        };
    }

    /// The place on another row; the start above the first, the end below the last.
    fn up_or_down(
        &mut self,
        width: usize,
        column: Option<usize>,
        other: impl Fn(usize) -> Option<usize>,
    ) -> usize {
        let rows = rows(&self.text, width);
        let (line, here) = self.place(&rows);
        let column = column.unwrap_or(here);
        let Some(wanted) = other(line) else { return 0 };
        let Some(row) = rows
            .get(wanted.min(rows.len() - 1))
            .filter(|_| line + 1 < rows.len() || wanted < line)
        else {
            return self.text.len();
        };
        self.column = Some(column);
        row.at_column(&self.text, column)
    }

    fn erase(&mut self, what: Erase) {
        let (start, end) = match what {
            Erase::Back => (self.before(self.at), self.at),
            Erase::Forward => (self.at, self.after(self.at)),
            Erase::WordBack => (self.word_before(), self.at),
            Erase::WordForward => (self.at, self.word_after()),
            Erase::ToLineStart => (self.line_start(), self.at),
            // At its end the line break goes, as in shells and editors.
            Erase::ToLineEnd if self.at == self.line_end() => (self.at, self.after(self.at)),
            Erase::ToLineEnd => (self.at, self.line_end()),
        };
        self.text.replace_range(start..end, "");
        self.at = start;
        // What stood apart may have become one character.
        if !self.is_boundary(self.at) {
            self.at = self.after(self.at);
        }
        self.column = None;
    }

    fn place(&self, rows: &[Row]) -> (usize, usize) {
        // A place between two rows belongs to the lower one.
        let line = rows
            .iter()
            .rposition(|row| row.start <= self.at)
            .unwrap_or(0);
        (line, rows[line].column_of(&self.text, self.at))
    }

    fn is_boundary(&self, at: usize) -> bool {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.is_boundary(&self.text, 0).unwrap_or(true)
    }

    fn before(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor
            .prev_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    fn after(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        let next = cursor.next_boundary(&self.text, 0).ok().flatten();
        next.unwrap_or(self.text.len())
    }

    fn word_before(&self) -> usize {
        let before = &self.text[..self.at];
        let mut words = before.unicode_word_indices();
        words.next_back().map_or(0, |(start, _)| start)
    }

    fn word_after(&self) -> usize {
        let next = self.text[self.at..].unicode_word_indices().next();
        next.map_or(self.text.len(), |(start, word)| {
            self.at + start + word.len()
        })
    }

    fn line_start(&self) -> usize {
        self.text[..self.at].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        let length = self.text[self.at..].find('\n');
        length.map_or(self.text.len(), |length| self.at + length)
    }
}

/// The text with line breaks of one kind, and without characters that cannot be shown.
#[must_use]
pub fn shown(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', TAB);
    text.chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests;

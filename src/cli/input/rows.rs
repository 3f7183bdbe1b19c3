//! A text in rows of a width: broken between words, and within one only where it is wider than a row.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A part of a text that stands in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends, in bytes; a line break is in no row.
    end: usize,
    /// Whether the line goes on in the next row, so that no cursor stands behind its end.
    goes_on: bool,
}

/// The rows of a text, one at least.
#[must_use]
pub fn rows(text: &str, width: usize) -> Vec<Row> {
    // A column is left for the cursor behind the last character.
    let width = width.saturating_sub(1).max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        rows_of_line(line, start, width, &mut rows);
        start += line.len() + 1;
    }
    rows
}

fn rows_of_line(line: &str, offset: usize, width: usize, rows: &mut Vec<Row>) {
    let mut start = 0;
    let mut used = 0;
    // Where the row may be broken, and how much of it stands behind that.
    let mut gap = None;
    for (at, one) in line.grapheme_indices(true) {
        let is_space = one.chars().all(char::is_whitespace);
        let columns = one.width();
        // Spaces hang over the edge.
        if !is_space && used + columns > width && at > start {
            let end = gap.unwrap_or(at);
            rows.push(Row {
                start: offset + start,
                end: offset + end,
                goes_on: true,
            });
            start = end;
            used = line[end..at].width();
            gap = None;
        }
        used += columns;
        if is_space {
            gap = Some(at + one.len());
        }
    }
    rows.push(Row {
        start: offset + start,
        end: offset + line.len(),
        goes_on: false,
    });
}

impl Row {
    /// What stands in it.
    #[must_use]
    pub fn shown<'a>(&self, text: &'a str) -> &'a str {
        let row = &text[self.start..self.end];
        if self.goes_on { row.trim_end() } else { row }
    }

    /// The column of a place in it.
    #[must_use]
    pub fn column_of(&self, text: &str, at: usize) -> usize {
        text[self.start..at.clamp(self.start, self.end)].width()
    }

    /// The place nearest to a column, not behind it.
    #[must_use]
    pub fn at_column(&self, text: &str, column: usize) -> usize {
        let row = &text[self.start..self.end];
        let mut used = 0;
        let mut at = self.start;
        for (start, one) in row.grapheme_indices(true) {
            let next = self.start + start + one.len();
            let is_last = self.goes_on && next == self.end;
            used += one.width();
            if used > column || is_last {
                break;
            }
            at = next;
        }
        at
    }
}

//! Asking a person for a text: on a screen, line by line where there is none, or all of standard input.

use std::io::{self, BufRead, IsTerminal, Read};

use super::{Editor, shown};
use crate::cli::failure::Failure;
use crate::cli::screen::{self, Frame, Key, Size, Step, View};
use crate::cli::style::{Style, wrap};
use crate::cli::terminal::Terminal;

/// A text that is asked for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What it is to be about.
    pub question: String,
    /// The most characters.
    pub limit: usize,
    /// Line by line, even where there is a screen.
    pub plain: bool,
}

/// What a person writes; none where they leave it, or write nothing. All of standard input where it is no terminal.
///
/// # Errors
/// That it cannot be read; a text that is too long.
pub fn text(wish: &Wish) -> Result<Option<String>, Failure> {
    if !io::stdin().is_terminal() {
        return whole_input(wish.limit);
    }
    if !wish.plain && screen::is_there() {
        let mut writing = Writing::new(wish);
        return screen::show(&mut writing, Style::stdout());
    }
    let mut asking = Terminal::stderr();
    asking.paragraph(0, &wish.question)?;
    asking.paragraph(0, LINES_HINT)?;
    lines(&mut io::stdin().lock(), wish.limit)
}

/// How lines end, said before they are read.
const LINES_HINT: &str = "A line with a full stop alone ends it; nothing written keeps nothing.";

/// Lines up to one with a full stop alone, or the end; none where there are no words in them.
///
/// # Errors
/// As the input's; a text that is too long.
pub fn lines(input: &mut impl BufRead, limit: usize) -> Result<Option<String>, Failure> {
    let mut text = String::new();
    let mut input = input.take(most_bytes(limit));
    loop {
        let start = text.len();
        input.read_line(&mut text)?;
        let line = &text[start..];
        if line.is_empty() || line.trim() == "." {
            text.truncate(start);
            return fit(&text, limit);
        }
    }
}

/// All of standard input; none where there are no words in it.
///
/// # Errors
/// As the input's; a text that is too long, or no text.
pub fn whole_input(limit: usize) -> Result<Option<String>, Failure> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(most_bytes(limit))
        .read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::refused("standard input is not UTF-8 text", None))?;
    fit(&text, limit)
}

/// Enough to see that a text is too long.
fn most_bytes(limit: usize) -> u64 {
    let characters = u64::try_from(limit).unwrap_or(u64::MAX);
    characters.saturating_add(2).saturating_mul(4)
}

fn fit(text: &str, limit: usize) -> Result<Option<String>, Failure> {
    let text = shown(text);
    let text = text.trim();
    if text.chars().count() > limit {
        return Err(Failure::refused(
            format!("the text is longer than {limit} characters"),
            Some("keep it in two".into()),
        ));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// The screen on which a text is written.
struct Writing {
    question: String,
    editor: Editor,
    /// Whether Esc was pressed, with words that would be lost.
    leaving: bool,
}

impl Writing {
    fn new(wish: &Wish) -> Self {
        Self {
            question: wish.question.clone(),
            editor: Editor::new(wish.limit),
            leaving: false,
        }
    }

    fn hint(&self) -> &'static str {
        if self.leaving {
            "Esc once more leaves without keeping it. Any other key goes on."
        } else if self.editor.is_full() {
            "This is as long as a text can be. Ctrl-D keeps it."
        } else {
            "Ctrl-D keeps it. Esc leaves it."
        }
    }
}

impl View for Writing {
    type Outcome = Option<String>;

    fn on(&mut self, key: Key, size: Size) -> Step<Option<String>> {
        let text = self.editor.text().trim();
        match key {
            Key::Esc if self.leaving || text.is_empty() => return Step::Done(None),
            Key::Esc => {
                self.leaving = true;
                return Step::Stay;
            }
            Key::End => return Step::Done((!text.is_empty()).then(|| text.to_owned())),
            Key::Enter | Key::LineBreak => self.editor.insert("\n"),
            key => {
                self.editor.on(&key, size.text_width());
            }
        }
        self.leaving = false;
        Step::Stay
    }

    fn draw(&self, size: Size, style: Style) -> Frame {
        draw(&self.question, &self.editor, self.hint(), size, style)
    }

    fn left(&self) -> Option<&str> {
        Some("Nothing was kept.")
    }
}

/// A question, the text below it, and at the foot what the keys do. A long text moves under the cursor; the question and
/// the foot stay.
#[must_use]
pub fn draw(question: &str, editor: &Editor, hint: &str, size: Size, style: Style) -> Frame {
    let width = size.text_width();
    let mut lines: Vec<String> = wrap(question, width);
    for line in &mut lines {
        *line = style.strong(line);
    }
    let foot = wrap(hint, width);
    lines.push(String::new());
    let room = size
        .rows
        .saturating_sub(lines.len() + foot.len() + 1)
        .max(1);
    let laid = editor.lay(width).within(room);
    let cursor = (lines.len() + laid.cursor.0, laid.cursor.1);
    lines.extend(laid.lines);
    lines.push(String::new());
    lines.extend(foot.iter().map(|line| style.dim(line)));
    Frame {
        lines,
        cursor: Some(cursor),
        focus: cursor.0,
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    const SMALL: Size = Size {
        columns: 40,
        rows: 8,
    };

    fn writing() -> Writing {
        Writing::new(&Wish {
            question: "What went a bit better than it might have?".into(),
            limit: 100,
            plain: false,
        })
    }

    fn typed(writing: &mut Writing, text: &str) {
        for c in text.chars() {
            let key = if c == '\n' { Key::Enter } else { Key::Char(c) };
            assert_eq!(writing.on(key, SMALL), Step::Stay);
        }
    }

    #[test]
    fn control_d_keeps_what_is_written() {
        let mut writing = writing();
        typed(&mut writing, " one\ntwo \n");
        assert_eq!(
            writing.on(Key::End, SMALL),
            Step::Done(Some("one\ntwo".into()))
        );
        assert_eq!(
            super::tests::writing().on(Key::End, SMALL),
            Step::Done(None)
        );
    }

    #[test]
    fn escape_takes_two_where_words_would_be_lost() {
        assert_eq!(writing().on(Key::Esc, SMALL), Step::Done(None));
        let mut writing = writing();
        typed(&mut writing, "one");
        assert_eq!(writing.on(Key::Esc, SMALL), Step::Stay);
        // Another key is a change of mind.
        typed(&mut writing, "!");
        assert_eq!(writing.on(Key::Esc, SMALL), Step::Stay);
        assert_eq!(writing.on(Key::Esc, SMALL), Step::Done(None));
    }

    #[test]
    fn the_question_stays_above_a_text_that_is_higher_than_the_window() {
        let mut writing = writing();
        typed(&mut writing, "one\ntwo\nthree\nfour");
        let frame = writing.draw(SMALL, Style { colour: false });
        assert_snapshot!(frame.lines.join("\n"));
        assert!(frame.lines.len() <= SMALL.rows);
    }
}

//! A prompt on the terminal.

use std::io::{self, Write};

use super::terminal::Terminal;
use crate::engine::Card;
use crate::library::{Library, Prompt};

/// The title and the text; a practice's steps and the other way to do it; and what may follow.
///
/// # Errors
/// As the output's.
pub fn show(card: &Card, library: &Library, out: &mut Terminal) -> io::Result<()> {
    let title = out.style.strong(&card.title);
    writeln!(out, "{title}")?;
    out.paragraph(2, &card.text)?;
    match card.prompt.as_deref().and_then(|id| library.prompt(id)) {
        Some(prompt) => show_rest(prompt, &card.text, out),
        None => Ok(()),
    }
}

fn show_rest(prompt: &Prompt, text: &str, out: &mut Terminal) -> io::Result<()> {
    let steps = prompt.steps_of(text);
    if !steps.is_empty() {
        writeln!(out)?;
    }
    for (number, step) in (1..).zip(steps) {
        out.paragraph(2, &format!("{number}. {} ({} s)", step.text, step.seconds))?;
    }
    if let Some(alt) = prompt.alt.as_deref().filter(|alt| *alt != text) {
        writeln!(out)?;
        out.paragraph(2, &format!("Or: {alt}"))?;
    }
    if let Some(follow_up) = &prompt.follow_up {
        writeln!(out)?;
        out.paragraph(2, &format!("Then, if you like: attuned now {follow_up}"))?;
    }
    Ok(())
}

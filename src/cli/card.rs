//! A prompt on the terminal.

use std::io::{self, Write};

use super::terminal::Terminal;
use crate::engine::Card;
use crate::library::{Library, Prompt};

/// The title, the text, and where it is a practice its steps and the other way to do it.
///
/// # Errors
/// As the output's.
pub fn show(card: &Card, library: &Library, out: &mut Terminal) -> io::Result<()> {
    let title = out.style.strong(&card.title);
    writeln!(out, "{title}")?;
    out.paragraph(2, &card.text)?;
    match card.prompt.as_deref().and_then(|id| library.prompt(id)) {
        Some(prompt) => show_practice(prompt, out),
        None => Ok(()),
    }
}

fn show_practice(prompt: &Prompt, out: &mut Terminal) -> io::Result<()> {
    if !prompt.steps.is_empty() {
        writeln!(out)?;
    }
    for (number, step) in (1..).zip(&prompt.steps) {
        out.paragraph(2, &format!("{number}. {} ({} s)", step.text, step.seconds))?;
    }
    if let Some(alt) = &prompt.alt {
        writeln!(out)?;
        out.paragraph(2, &format!("Or: {alt}"))?;
    }
    Ok(())
}

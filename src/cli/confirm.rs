//! A question before something that cannot be taken back.

use std::io::{self, BufRead, IsTerminal, Write};

use super::failure::Failure;

/// What a person said to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Do it.
    Yes,
    /// Anything else.
    No,
}

/// That somebody is here to be asked.
///
/// # Errors
/// `why` a question is due, and that nobody could answer it.
pub fn is_possible(why: &str) -> Result<(), Failure> {
    if io::stdin().is_terminal() {
        return Ok(());
    }
    Err(Failure::usage(
        format!("{why}, and nobody is here to be asked"),
        Some("--yes does it without a question".into()),
    ))
}

/// Asks at the terminal. Nothing typed means no.
///
/// # Errors
/// As the terminal's.
pub fn ask(question: &str) -> io::Result<Answer> {
    let mut err = io::stderr();
    err.write_all(format!("{question} [y/N] ").as_bytes())?;
    err.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(match answer.trim() {
        "y" | "Y" | "yes" | "Yes" => Answer::Yes,
        _ => Answer::No,
    })
}

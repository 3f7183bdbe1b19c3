//! The table, in the width the terminal has.

use std::io::{self, Write};

use super::row::{Row, Verdict};
use crate::cli::style::{Style, wrap};
use crate::cli::terminal::Terminal;

/// Columns of the verdict and of the check's name, with the space after them.
const VERDICT: usize = 9;
const NAME: usize = 16;

/// Where less is left for the facts, they stand below the names.
const LEAST_FOR_FACTS: usize = 30;

/// All rows, and a line that sums them up.
///
/// # Errors
/// As the output's.
pub fn show(rows: &[Row], out: &mut Terminal) -> io::Result<()> {
    let indent = if out.width >= VERDICT + NAME + LEAST_FOR_FACTS {
        VERDICT + NAME
    } else {
        2
    };
    for row in rows {
        show_row(row, indent, out)?;
    }
    writeln!(out)?;
    out.paragraph(0, &summary(rows))
}

fn show_row(row: &Row, indent: usize, out: &mut Terminal) -> io::Result<()> {
    let verdict = in_colour(&row.verdict, out.style);
    let mut lines = wrap(&row.fact, out.width - indent).into_iter();
    if indent > 2 {
        let first = lines.next().unwrap_or_default();
        let name = out.style.strong(&format!("{:NAME$}", row.check));
        writeln!(out, "{verdict}{name}{first}")?;
    } else {
        writeln!(out, "{verdict}{}", out.style.strong(row.check))?;
    }
    for line in lines {
        writeln!(out, "{:indent$}{line}", "")?;
    }
    if let Some(next) = row.verdict.next() {
        let next = wrap(&format!("next: {next}"), out.width - indent);
        for line in next {
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}

/// Colour only repeats the word.
fn in_colour(verdict: &Verdict, style: Style) -> String {
    let word = format!("{:VERDICT$}", verdict.word());
    match verdict {
        Verdict::Ok => word,
        Verdict::Warn { .. } => style.warning(&word),
        Verdict::Fail { .. } => style.error(&word),
        Verdict::Unknown { .. } => style.dim(&word),
    }
}

fn summary(rows: &[Row]) -> String {
    let count = |word: &str| rows.iter().filter(|row| row.verdict.word() == word).count();
    match (count("fail"), count("warn")) {
        (0, 0) => "All is well.".to_owned(),
        (0, 1) => "attuned works; one thing is worth a look.".to_owned(),
        (0, warnings) => format!("attuned works; {warnings} things are worth a look."),
        (1, _) => "One thing does not work; the line below it says what helps.".to_owned(),
        (failures, _) => {
            format!("{failures} things do not work; the line below each says what helps.")
        }
    }
}

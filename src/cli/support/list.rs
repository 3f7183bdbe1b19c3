//! The countries there are lines for.

use std::io::{self, Write};

use crate::cli::terminal::Terminal;
use crate::helplines::Helplines;

/// All of them, by name; as JSON with all that is known.
pub fn show(helplines: &Helplines, json: bool, out: &mut Terminal) -> io::Result<()> {
    if json {
        return out.json(&helplines.countries());
    }
    for entry in helplines.countries() {
        let code = out.style.strong(entry.code.code());
        writeln!(out, "{code}  {}", entry.name)?;
    }
    writeln!(out)?;
    out.paragraph(
        0,
        "attuned support --country AT shows one country's lines. For the others, findahelpline.com lists free ones.",
    )
}

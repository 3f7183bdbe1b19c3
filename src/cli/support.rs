//! `attuned support`: whom to turn to.

use std::io::{self, Write};

use clap::Args;

use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::config::SupportLine;

/// Whom to turn to, your own lines first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned support

Your own lines go into the settings:

  [[support.line]]
  name = \"Ana\"
  number = \"+00 000 000 000\"
  hours = \"evenings\"

attuned only shows these; it never dials, and opens no link.")]
pub struct SupportArgs {}

/// For everybody: (in what case, what).
const EVERYWHERE: [(&str, &str); 4] = [
    (
        "In danger, or afraid of hurting yourself",
        "Call your local emergency number, or ask someone near you to.",
    ),
    (
        "A person you trust",
        "A friend, a relative, a doctor. \"I am not okay, can you stay with me a while?\" is enough to begin.",
    ),
    (
        "A helpline",
        "findahelpline.com lists free ones by country, to call, text or chat.",
    ),
    ("In the United States", "Call or text 988, at any hour."),
];

const OWN_LINES_UNREADABLE: &str =
    "Your own lines cannot be shown, because the settings cannot be read; attuned check tells why.";

pub fn run(_: &SupportArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    // Whatever is wrong with the settings, this has to work.
    if let Ok(settings) = setup.settings() {
        own_lines(&settings.config.support, out)?;
    } else {
        out.paragraph(0, OWN_LINES_UNREADABLE)?;
        writeln!(out)?;
    }
    for (case, what) in EVERYWHERE {
        section(case, what, out)?;
    }
    out.paragraph(
        0,
        "attuned is a reminder to practise, not a crisis service. Nobody reads what you answer here, so nobody can \
         see that you need help: please tell a person.",
    )?;
    Ok(())
}

fn own_lines(lines: &[SupportLine], out: &mut Terminal) -> io::Result<()> {
    for line in lines {
        let hours = line
            .hours
            .as_deref()
            .map_or(String::new(), |hours| format!(" ({hours})"));
        section(&line.name, &format!("{}{hours}", line.number), out)?;
    }
    Ok(())
}

fn section(heading: &str, text: &str, out: &mut Terminal) -> io::Result<()> {
    let heading = out.style.strong(heading);
    writeln!(out, "{heading}")?;
    out.paragraph(2, text)?;
    writeln!(out)
}

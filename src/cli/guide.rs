//! `attuned guide`: longer words on a subject, for a quiet hour.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::preview::hanging;
use super::setup::Setup;
use super::terminal::Terminal;

/// A page to read in a quiet hour
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned guide therapist         what to look for and what to ask
  attuned guide therapist | lpr   on paper, to take along")]
pub struct GuideArgs {
    #[command(subcommand)]
    page: Page,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum Page {
    /// Finding a therapist: a checklist, questions to ask, and what to do when it goes too fast
    Therapist,
}

/// Shows the page.
pub fn run(args: &GuideArgs, _: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    match args.page {
        Page::Therapist => therapist(out)?,
    }
    out.footer()?;
    Ok(())
}

/// A part of the page: its heading, and its points.
type Part = (&'static str, &'static [&'static str]);

const ABOUT: &str = "Some things are easier with a person than with a reminder. This page recommends nobody. It is a \
    list to go through at your own pace, and to take along if you like.";

const PARTS: [Part; 6] = [
    (
        "Where to begin",
        &[
            "Your doctor, your health insurance or the public health service often keeps a list.",
            "Many universities and training clinics offer sessions at a low price.",
            "A workplace may have a confidential line that pays for the first sessions.",
            "Someone you trust may know a name. It is fine not to say why you ask.",
        ],
    ),
    (
        "Before the first talk",
        &[
            "Which licence or register are they in? You can look it up yourself.",
            "Do they work with what brings you: closeness, old hurt, harsh thoughts, loss?",
            "Is the way there, or the video call, one that you will manage on a tired day?",
            "Would you be free to speak in your own language, and as who you are?",
        ],
    ),
    (
        "Questions on cost",
        &[
            "What does a session cost, and how long does it last?",
            "Does an insurance pay, how many sessions, and what has to be asked for beforehand?",
            "Is there a lower price for a small income?",
            "What does a session cost that I cannot come to?",
        ],
    ),
    (
        "Questions on the work",
        &[
            "How do you work, and what would a usual session look like for me?",
            "How long does it take with things like mine, and how will we tell that it helps?",
            "How often do we look at whether this is still the right thing?",
            "What happens with what you write down, and who can read it?",
            "How can I reach someone between sessions, if it gets to be too much?",
        ],
    ),
    (
        "After a session or three",
        &[
            "Did you feel heard, at least some of the time?",
            "Could you say that something did not fit, and was that all right?",
            "Feeling worse for an evening can belong to it. Feeling worse for weeks is worth saying aloud.",
            "It is fine to try another person. A good therapist will help you to.",
        ],
    ),
    (
        "When it goes too fast",
        &[
            "Tell them it is too fast. \"Can we slow down?\" is a whole sentence.",
            "You may stop a subject, open your eyes, stretch, or talk about the weather.",
            "Ask to end each session with something that steadies you, and to know what that is.",
            "If it floods you at home, do less of it there: attuned now steady-ground, or a person you trust.",
            "If you are afraid of hurting yourself: attuned support.",
        ],
    ),
];

fn therapist(out: &mut Terminal) -> io::Result<()> {
    let title = out.style.strong("Finding a therapist");
    writeln!(out, "{title}")?;
    out.paragraph(0, ABOUT)?;
    for (heading, points) in PARTS {
        let heading = out.style.strong(heading);
        writeln!(out, "\n{heading}")?;
        for point in points {
            hanging("  [ ] ", point, out)?;
        }
    }
    Ok(())
}

//! One page: the generator's sections, and what `--help` says below the options as sections of their own.

use std::io;

use clap::Command;
use clap_mangen::Man;
use roff::{Roff, bold, roman};

/// What stands above examples below the options.
const EXAMPLES: [&str; 2] = ["Example:", "Examples:"];

/// `attuned-library-show`
pub(super) fn name(command: &Command) -> String {
    command
        .get_bin_name()
        .unwrap_or("attuned")
        .replace(' ', "-")
}

/// The page as man(7) reads it.
pub(super) fn of(command: &Command) -> io::Result<Vec<u8>> {
    let is_main = !command
        .get_bin_name()
        .is_some_and(|name| name.contains(' '));
    let version = env!("CARGO_PKG_VERSION");
    let man = Man::new(command.clone().subcommand_help_heading("COMMANDS"))
        .title(name(command).to_uppercase())
        .section("1")
        .source(format!("attuned {version}"))
        .manual("attuned");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    // A ragged edge and whole words: evened out, so short lines are full of gaps.
    let mut ragged = Roff::new();
    ragged.control("ad", ["l"]).control("nh", []);
    ragged.to_writer(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    below_the_options(command, is_main).to_writer(&mut page)?;
    Ok(page)
}

fn below_the_options(command: &Command, is_main: bool) -> Roff {
    let mut roff = Roff::new();
    let text = command.get_after_help().map(ToString::to_string);
    let text = text.unwrap_or_default();
    let blocks: Vec<Vec<&str>> = blocks(&text);
    let (examples, notes): (Vec<_>, Vec<_>) = blocks
        .into_iter()
        .partition(|block| EXAMPLES.contains(&block[0]));
    if !examples.is_empty() {
        roff.control("SH", ["EXAMPLES"]);
    }
    for line in examples.iter().flat_map(|block| &block[1..]) {
        write_example(line, &mut roff);
    }
    // The main page has a section for the exit codes.
    let notes = notes
        .into_iter()
        .filter(|block| !(is_main && block[0].starts_with("Exit codes:")));
    for (number, block) in notes.enumerate() {
        match number {
            0 => roff.control("SH", ["NOTES"]),
            _ => roff.control("PP", []),
        };
        write_lines(&block, &mut roff);
    }
    if is_main {
        main_sections(&mut roff);
    } else {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("attuned"), roman("(1)")]);
    }
    roff
}

/// The parts between empty lines.
fn blocks(text: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = text.lines().collect();
    let blocks = lines.split(|line| line.trim().is_empty());
    blocks
        .filter(|block| !block.is_empty())
        .map(<[&str]>::to_vec)
        .collect()
}

/// A command, and what it does where that is told; a line that stands further right goes on with that.
fn write_example(line: &str, roff: &mut Roff) {
    let text = line.trim_start();
    let goes_on = line.len() - text.len() > 4;
    let (command, meaning) = if goes_on {
        ("", text)
    } else {
        text.split_once("  ").unwrap_or((text, ""))
    };
    if !goes_on {
        roff.control("TP", []);
        roff.text([bold(command)]);
    }
    if !meaning.is_empty() {
        roff.text([roman(meaning.trim_start())]);
    }
}

/// Indented lines as they are, others as flowing text.
fn write_lines(lines: &[&str], roff: &mut Roff) {
    for run in lines.chunk_by(|one, next| one.starts_with("  ") == next.starts_with("  ")) {
        if run[0].starts_with("  ") {
            roff.control("nf", []);
            for line in run {
                roff.text([roman(*line)]);
            }
            roff.control("fi", []);
        } else {
            roff.text([roman(run.join("\n"))]);
        }
    }
}

/// What concerns every command.
fn main_sections(roff: &mut Roff) {
    let sections: [(&str, &[(&str, &str)]); 3] = [
        (
            "EXIT STATUS",
            &[
                ("0", "It was done."),
                ("1", "It failed, or could not be done."),
                ("2", "What was typed is not understood."),
                ("3", "The settings have errors."),
                ("4", "It needs a running attuned, and there is none."),
            ],
        ),
        (
            "FILES",
            &[
                (
                    "~/.config/attuned/config.toml",
                    "Your settings. attuned config init writes a start.",
                ),
                (
                    "~/.config/attuned/affirmations/*.toml",
                    "Your own prompts, a collection a file.",
                ),
                (
                    "/etc/xdg/attuned/config.toml",
                    "The administrator's settings, below yours.",
                ),
                (
                    "~/.local/state/attuned/attuned.db",
                    "What was shown, and how you answered.",
                ),
                (
                    "$XDG_RUNTIME_DIR/attuned/control.sock",
                    "Where the running attuned hears commands.",
                ),
            ],
        ),
        (
            "ENVIRONMENT",
            &[
                (
                    "XDG_CONFIG_HOME, XDG_CONFIG_DIRS, XDG_STATE_HOME, XDG_RUNTIME_DIR",
                    "Where the files above are, by the XDG Base Directory Specification.",
                ),
                (
                    "DBUS_SESSION_BUS_ADDRESS",
                    "The session's bus, over which notifications go.",
                ),
                ("TZ", "The time zone, in place of the system's."),
                ("NO_COLOR", "Any value means no colours."),
                (
                    "RUST_LOG",
                    "How much attuned run tells, such as attuned=debug.",
                ),
            ],
        ),
    ];
    for (heading, entries) in sections {
        roff.control("SH", [heading]);
        for (term, meaning) in entries {
            roff.control("TP", []);
            roff.text([bold(*term)]);
            roff.text([roman(*meaning)]);
        }
    }
}

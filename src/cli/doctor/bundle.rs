//! `attuned doctor --bundle`: one text for a bug report, plain enough to read before it is sent, with nothing personal in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use jiff::SignedDuration;

use super::examine;
use super::outline::outline;
use super::row::Row;
use super::scrub::Scrub;
use crate::cli::failure::Failure;
use crate::cli::setup::{Setup, look_into};
use crate::cli::terminal::Terminal;
use crate::config::MAX_BYTES;
use crate::engine::Record;
use crate::paths;
use crate::settings::config_files;
use crate::source::read_file;

/// How far back outcomes are counted.
const COUNTED: SignedDuration = SignedDuration::from_hours(8 * 7 * 24);

const HEAD: &str = "\
attuned, for a bug report

Written by attuned doctor --bundle on the person's own computer. It holds no prompts, messages, answers, names, reminders'
names, times of day or paths. Please read it before you send it, and take out what you do not want to share.
";

/// Writes the text to `file`, which must not be there yet.
pub fn run(file: &Path, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let text = Scrub::of_this_process().clean(&text(setup));
    let shown = file.display();
    let mut open = paths::private_file()
        .write(true)
        .create_new(true)
        .open(file)
        .map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Failure::refused(
                format!("{shown} is there already"),
                Some("name another file".into()),
            ),
            _ => Failure::refused(format!("could not write {shown}: {error}"), None),
        })?;
    open.write_all(text.as_bytes())
        .map_err(|error| Failure::refused(format!("could not write {shown}: {error}"), None))?;
    out.paragraph(0, &format!("Wrote {shown}."))?;
    out.paragraph(
        0,
        "Nothing personal should be in it. Please read it before you send it to anybody.",
    )?;
    Ok(())
}

fn text(setup: &Setup) -> String {
    let parts = [
        HEAD.to_owned(),
        section("Program", &[versions()]),
        section("Checks", &checks(&examine(setup))),
        section("Settings", &settings(setup)),
        section("Outcomes of the last eight weeks", &outcomes(setup)),
    ];
    parts.join("\n")
}

fn section(title: &str, lines: &[String]) -> String {
    let lines: String = lines.iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "  {line}");
        text
    });
    format!("{title}\n{lines}")
}

fn versions() -> String {
    let this = env!("CARGO_PKG_VERSION");
    format!("attuned {this}, {}", system())
}

#[cfg(unix)]
fn system() -> String {
    let system = rustix::system::uname();
    let parts = [system.sysname(), system.release(), system.machine()];
    parts.map(|part| part.to_string_lossy()).join(" ")
}

#[cfg(not(unix))]
fn system() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

fn checks(rows: &[Row]) -> Vec<String> {
    let line = |row: &Row| {
        let (word, fact) = (row.verdict.word(), row.anonymous_fact());
        format!("{word:<9}{:<16}{fact}", row.check)
    };
    rows.iter().map(line).collect()
}

/// Each file's shape.
fn settings(setup: &Setup) -> Vec<String> {
    let Ok(paths) = setup.resolve() else {
        return vec!["no home folder".to_owned()];
    };
    let mut lines = Vec::new();
    for (whose, file) in ["the system's", "the person's"]
        .iter()
        .zip(config_files(&paths))
    {
        if file.symlink_metadata().is_err() {
            lines.push(format!("{whose}: none"));
            continue;
        }
        match read_file(&file, MAX_BYTES) {
            Ok(source) => {
                lines.push(format!("{whose}:"));
                lines.extend(outline(&source.text).iter().map(|line| format!("  {line}")));
            }
            Err(_) => lines.push(format!("{whose}: cannot be read")),
        }
    }
    lines
}

/// How often each kind of prompt ended how.
fn outcomes(setup: &Setup) -> Vec<String> {
    let from = setup.now.saturating_sub(COUNTED).unwrap_or(setup.now);
    let found = setup
        .resolve()
        .ok()
        .and_then(|paths| look_into(&paths, |store| store.between(from, setup.now)).ok());
    let Some(records) = found else {
        return vec!["the record cannot be read".to_owned()];
    };
    let mut counts: BTreeMap<&str, BTreeMap<&str, u64>> = BTreeMap::new();
    for record in records.iter().flatten() {
        let outcome = record
            .outcome
            .as_ref()
            .map_or("under way", |one| one.word());
        let ends = counts.entry(kind(record)).or_default();
        *ends.entry(outcome).or_default() += u64::from(record.count);
    }
    if counts.is_empty() {
        return vec!["none".to_owned()];
    }
    counts
        .iter()
        .map(|(kind, ends)| in_words(kind, ends))
        .collect()
}

fn kind(record: &Record) -> &'static str {
    match &record.card {
        Some(card) => card.kind.name(),
        None => "nothing chosen",
    }
}

fn in_words(kind: &str, ends: &BTreeMap<&str, u64>) -> String {
    let ends: Vec<String> = ends
        .iter()
        .map(|(end, count)| format!("{end} {count}"))
        .collect();
    format!("{kind}: {}", ends.join(", "))
}

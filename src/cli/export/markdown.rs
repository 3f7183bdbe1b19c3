//! The journal as Markdown, for reading: a heading for each day and each entry.

use std::io::{self, Write};
use std::ops::ControlFlow;

use jiff::civil::Date;

use super::Written;
use crate::cli::failure::Failure;
use crate::cli::journal::{check_in_facts, day, heading};
use crate::daemon::store::{Filter, Order, Store};
use crate::journal::{Content, Entry};

/// Writes what the filter lets through.
///
/// # Errors
/// That the record cannot be read; as the output's.
pub fn write(store: &Store, filter: &Filter, out: &mut dyn Write) -> Result<Written, Failure> {
    writeln!(out, "# Journal")?;
    let mut last_day = None;
    let mut entries = 0;
    let unread = store.each_entry(filter, Order::Oldest, |entry| {
        write_entry(&entry, last_day, out)?;
        last_day = Some(day(&entry));
        entries += 1;
        Ok::<_, Failure>(ControlFlow::Continue(()))
    })?;
    Ok(Written { entries, unread })
}

fn write_entry(entry: &Entry, last_day: Option<Date>, out: &mut dyn Write) -> io::Result<()> {
    let day = day(entry);
    if last_day != Some(day) {
        writeln!(out, "\n## {}", heading(day))?;
    }
    let time = entry.moment.local().strftime("%H:%M");
    let zone = literally(&entry.moment.zone);
    let kind = entry.content.kind().word();
    writeln!(out, "\n### {time}, {kind} ({zone})")?;
    if let Some(asked) = &entry.asked {
        writeln!(out)?;
        asked
            .lines()
            .try_for_each(|line| writeln!(out, "> {}", literally(line)))?;
    }
    if let Content::CheckIn(said) = &entry.content {
        writeln!(out)?;
        for (name, fact) in check_in_facts(said) {
            writeln!(out, "- {name}: {}", literally(&fact))?;
        }
    }
    if let Some(note) = entry.content.note() {
        writeln!(out, "\n{}", paragraphs(note))?;
    }
    Ok(())
}

/// Line by line as it was written: two spaces at a line's end keep the break.
fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(literally).collect();
    lines.join("  \n")
}

/// A line that is read as it stands, and makes no heading, quote, rule or HTML. Lists and stress stay what they are.
fn literally(line: &str) -> String {
    let line = line.replace('&', "&amp;").replace('<', "&lt;");
    let is_rule = !line.trim().is_empty()
        && line
            .trim()
            .chars()
            .all(|c| matches!(c, '=' | '-' | '*' | '_' | ' '));
    if is_rule || line.trim_start().starts_with(['#', '>', '`', '~', '|']) {
        let rest = line.trim_start();
        format!("\\{rest}")
    } else {
        line.trim_start_matches(['\t', ' ']).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_make_no_heading_and_no_markup() {
        for (line, written) in [
            ("# one", "\\# one"),
            ("> said", "\\> said"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("<b>a & b", "&lt;b>a &amp; b"),
            ("- a list stays", "- a list stays"),
            ("    no code", "no code"),
            ("", ""),
        ] {
            assert_eq!(literally(line), written);
        }
        assert_eq!(paragraphs("a\nb"), "a  \nb");
    }
}

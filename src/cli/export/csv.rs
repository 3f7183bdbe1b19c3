//! The journal as comma-separated values, by RFC 4180, for a spreadsheet.

use std::io::Write;
use std::ops::ControlFlow;

use csv::Writer;

use super::{Written, as_output};
use crate::cli::failure::Failure;
use crate::daemon::store::{Filter, Order, Store};
use crate::journal::{CheckIn, Content, Entry, Scale};

const COLUMNS: [&str; 19] = [
    "local",
    "zone",
    "utc",
    "kind",
    "outcome",
    "quick",
    "pleasant",
    "energy",
    "words",
    "body",
    "context",
    "need",
    "note",
    "felt_after",
    "origin",
    "channel",
    "prompt",
    "asked",
    "id",
];

/// Between the words of a list in one cell.
const BETWEEN_WORDS: &str = "; ";

/// Writes what the filter lets through.
///
/// # Errors
/// That the record cannot be read; as the output's.
pub fn write(store: &Store, filter: &Filter, out: &mut dyn Write) -> Result<Written, Failure> {
    let mut table = Writer::from_writer(out);
    table.write_record(COLUMNS).map_err(as_output)?;
    let mut entries = 0;
    let unread = store.each_entry(filter, Order::Oldest, |entry| {
        table.write_record(row(&entry)).map_err(as_output)?;
        entries += 1;
        Ok::<_, Failure>(ControlFlow::Continue(()))
    })?;
    table.flush()?;
    Ok(Written { entries, unread })
}

fn row(entry: &Entry) -> [String; COLUMNS.len()] {
    let none = CheckIn::default();
    let (said, is_check_in) = match &entry.content {
        Content::CheckIn(said) => (said, true),
        Content::Note { .. } | Content::Win { .. } => (&none, false),
    };
    let list = |words: &[String]| harmless(&words.join(BETWEEN_WORDS));
    let text = |text: Option<&str>| text.map(harmless).unwrap_or_default();
    let number = |scale: Option<Scale>| scale.map(|scale| scale.value().to_string());
    [
        entry
            .moment
            .local()
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string(),
        harmless(&entry.moment.zone),
        entry.moment.at.to_string(),
        entry.content.kind().word().to_owned(),
        if is_check_in {
            word(&said.outcome)
        } else {
            String::new()
        },
        said.quick.as_ref().map(word).unwrap_or_default(),
        number(said.pleasant).unwrap_or_default(),
        number(said.energy).unwrap_or_default(),
        list(&said.words),
        list(&said.body),
        list(&said.context),
        list(&said.need),
        text(entry.content.note()),
        said.felt_after.as_ref().map(word).unwrap_or_default(),
        word(&entry.origin),
        word(&entry.channel),
        text(entry.prompt.as_deref()),
        text(entry.asked.as_deref()),
        entry.id.to_string(),
    ]
}

/// The word by which JSON has it.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A text that no spreadsheet takes for a formula: an apostrophe before what would begin one (OWASP, "CSV Injection").
fn harmless(text: &str) -> String {
    let begins_formula = text
        .trim_start_matches([' ', '\n'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if begins_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_formula() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("-2 and counting", "'-2 and counting"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+49", "'+49"),
            (" =1", "' =1"),
            ("\t=1", "'\t=1"),
            ("a = b", "a = b"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), cell);
        }
    }
}

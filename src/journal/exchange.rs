//! The journal as a file that goes from one computer to another: a JSON document, so laid out that each entry and each
//! deleted id has a line of its own. A file that is cut short or damaged in places still gives all its whole lines.
//!
//! ```text
//! {"attuned":"journal","version":1,"exported":"2026-11-24T10:00:00Z","deleted":[
//! "01a20cff7d00-0000000000000abc"
//! ],"entries":[
//! {"version":1,"id":"01a20cff7d00-00000000000000ff", … },
//! {"version":1,"id":"01a20cff7d01-00000000000000ff", … }
//! ]}
//! ```

use jiff::Timestamp;
use serde::Deserialize;

use super::{Entry, EntryId, Flaw, VERSION};

/// The longest line there can be, in bytes: the longest entry has fewer.
pub const LONGEST_LINE: usize = 1_000_000;

/// Between the deleted ids and the entries.
pub const BETWEEN: &str = "],\"entries\":[";

/// At the end.
pub const END: &str = "]}";

/// What a line holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// An entry, fit to be taken in.
    Entry(Box<Entry>),
    /// The id of one that was deleted.
    Deleted(EntryId),
    /// The document's head.
    Head,
    /// What ends a document.
    End,
    /// Nothing but layout.
    Layout,
}

/// Why a line gives nothing.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It is no JSON; a file that is cut short ends so.
    #[error("it is not whole, or damaged")]
    Broken,
    /// It is part of a document, or all of it, that was laid out in another way.
    #[error("its lines are not as attuned export makes them")]
    Relaid,
    /// It is JSON, and not what an export has.
    #[error("it is no entry: {0}")]
    NoEntry(#[source] serde_json::Error),
    /// An entry that cannot be taken in.
    #[error(transparent)]
    Flaw(#[from] Flaw),
}

/// The first line, with its line break.
#[must_use]
pub fn head(exported: Timestamp) -> String {
    format!(
        "{{\"attuned\":\"journal\",\"version\":{VERSION},\"exported\":\"{exported}\",\"deleted\":[\n"
    )
}

/// Reads a line, with or without what surrounds it.
///
/// # Errors
/// Why nothing in it can be taken in.
pub fn read_line(line: &str) -> Result<Line, Problem> {
    let line = line.trim();
    let piece = line.strip_suffix(',').unwrap_or(line);
    match piece {
        END => return Ok(Line::End),
        "" | "[" | "]" | BETWEEN => return Ok(Line::Layout),
        "{" => return Err(Problem::Relaid),
        head if head.starts_with("{\"attuned\":") => {
            return match head.chars().last() {
                Some('[') => Ok(Line::Head),
                Some('}') => Err(Problem::Relaid),
                _ => Err(Problem::Broken),
            };
        }
        _ => {}
    }
    if piece.starts_with('"') {
        let id = serde_json::from_str(piece);
        return id.map(Line::Deleted).map_err(no_entry);
    }
    let version: Version = serde_json::from_str(piece).map_err(no_entry)?;
    // What a newer version has may not be readable here.
    if version.version > VERSION {
        return Err(Flaw::Newer(version.version).into());
    }
    let entry: Box<Entry> = serde_json::from_str(piece).map_err(no_entry)?;
    entry.check()?;
    Ok(Line::Entry(entry))
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

fn no_entry(error: serde_json::Error) -> Problem {
    if error.is_data() {
        Problem::NoEntry(error)
    } else {
        Problem::Broken
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::flaw::tests::note;
    use super::*;

    #[test]
    fn a_line_of_each_kind() {
        let entry = note("a, \"b\"\nc");
        let line = serde_json::to_string(&entry).unwrap();
        for line in [line.clone(), format!("  {line},\r\n")] {
            assert_eq!(
                read_line(&line).unwrap(),
                Line::Entry(Box::new(entry.clone()))
            );
        }
        let id = format!("\"{}\",", entry.id);
        assert_eq!(read_line(&id).unwrap(), Line::Deleted(entry.id));
        assert_eq!(read_line(&head(Timestamp::UNIX_EPOCH)).unwrap(), Line::Head);
        assert_eq!(read_line("],\"entries\":[\n").unwrap(), Line::Layout);
        assert_eq!(read_line("]}\n").unwrap(), Line::End);
        assert_eq!(read_line("\n").unwrap(), Line::Layout);
    }

    #[test]
    fn a_line_that_gives_nothing_says_why() {
        let line = serde_json::to_string(&note("a")).unwrap();
        let problem = |line: &str| read_line(line).unwrap_err().to_string();
        assert_eq!(problem(&line[..40]), "it is not whole, or damaged");
        assert_eq!(problem("hello"), "it is not whole, or damaged");
        assert_eq!(
            problem("{\"attuned\":\"jour"),
            "it is not whole, or damaged"
        );
        for relaid in ["{", "{\"attuned\":\"journal\",\"entries\":[]}"] {
            assert!(
                matches!(read_line(relaid), Err(Problem::Relaid)),
                "{relaid}"
            );
        }
        let newer = line.replace("\"version\":1", "\"version\":2");
        assert!(problem(&newer).contains("written by a newer attuned"));
        // Something this version cannot read at all.
        assert!(problem("{\"version\":2}").contains("written by a newer attuned"));
        let odd = line.replace("\"kind\":\"note\"", "\"kind\":\"poem\"");
        assert!(problem(&odd).starts_with("it is no entry: unknown variant"));
        assert!(problem("\"abc\"").starts_with("it is no entry"));
        let empty = line.replace("\"note\":\"a\"", "\"note\":\" \"");
        assert_eq!(problem(&empty), "there are no words in it");
    }

    #[test]
    fn the_whole_is_one_json_document() {
        let entry = serde_json::to_string(&note("a")).unwrap();
        let head = head(Timestamp::UNIX_EPOCH);
        let whole = format!("{head}{BETWEEN}\n{entry},\n{entry}\n{END}\n");
        let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
        assert_eq!(whole["version"], 1);
        assert_eq!(whole["deleted"], json!([]));
        assert_eq!(whole["entries"].as_array().unwrap().len(), 2);
    }
}

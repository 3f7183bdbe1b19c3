//! Ids of entries: unlike any other machine's, and in the order of time.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const TIME_DIGITS: usize = 12;
const DRAWN_DIGITS: usize = 16;

/// An entry's id: the milliseconds since 1970 and 64 drawn bits, both in lower-case hexadecimal, with a hyphen between.
///
/// Ids sort by time. People name an entry by the beginning of the drawn part ([`EntryId::short`]).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryId(String);

impl EntryId {
    /// The id of an entry made at `at`; `drawn` is random, or a hash of what nothing else has.
    #[must_use]
    pub fn new(at: Timestamp, drawn: u64) -> Self {
        let millisecond = at.as_millisecond().clamp(0, (1 << (4 * TIME_DIGITS)) - 1);
        Self(format!("{millisecond:012x}-{drawn:016x}"))
    }

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part by which people name it: six digits tell any two of a few thousand apart.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.drawn()[..6]
    }

    /// The part that is drawn, whole.
    #[must_use]
    pub fn drawn(&self) -> &str {
        &self.0[TIME_DIGITS + 1..]
    }

    /// Whether a person who typed `name` may mean it: the whole id, or how its drawn part begins.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        !name.is_empty() && (self.0 == name || self.drawn().starts_with(name))
    }
}

/// That a text is no entry's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an entry's id")]
pub struct NotAnId(String);

impl FromStr for EntryId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Self::try_from(text.to_owned())
    }
}

impl TryFrom<String> for EntryId {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        let is_hex = |part: &str, digits: usize| {
            part.len() == digits
                && part
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        match text.split_once('-') {
            Some((time, drawn)) if is_hex(time, TIME_DIGITS) && is_hex(drawn, DRAWN_DIGITS) => {
                Ok(Self(text))
            }
            _ => Err(NotAnId(text.chars().take(60).collect())),
        }
    }
}

impl From<EntryId> for String {
    fn from(id: EntryId) -> String {
        id.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(at: &str, drawn: u64) -> EntryId {
        EntryId::new(at.parse().unwrap(), drawn)
    }

    #[test]
    fn an_id_is_time_and_draw() {
        // 2026-11-24T10:00:00Z is 1,795,514,400 seconds after 1970.
        let id = id("2026-11-24T10:00:00Z", 0xabc);
        assert_eq!(id.as_str(), "01a20cff7d00-0000000000000abc");
        assert_eq!(id.short(), "000000");
        assert_eq!(id.as_str().parse(), Ok(id));
    }

    #[test]
    fn ids_sort_by_time_first() {
        let first = id("2026-11-24T10:00:00Z", u64::MAX);
        let second = id("2026-11-24T10:00:00.001Z", 0);
        assert!(first < second);
        assert!(id("1900-01-01T00:00:00Z", 0) < first);
    }

    #[test]
    fn an_entry_is_named_by_its_whole_id_or_the_beginning_of_its_draw() {
        let id = id("2026-11-24T10:00:00Z", 0xfeed_0000_0000_0001);
        for name in ["feed", "feed00", id.as_str()] {
            assert!(id.is_named(name), "{name}");
        }
        for name in ["", "eed", "01a20cff7d00", "FEED"] {
            assert!(!id.is_named(name), "{name}");
        }
    }

    #[test]
    fn anything_else_is_no_id() {
        for text in [
            "",
            "-",
            "01a20cff7d00",
            "01a20cff7d00-000000000000abc",
            "01A20CFF7D00-0000000000000abc",
            "01a20cff7d00-0000000000000abcd",
            "01a20cff7d0g-0000000000000abc",
            "../../../etc-0000000000000abc",
        ] {
            assert!(text.parse::<EntryId>().is_err(), "{text}");
        }
    }
}

//! Help lines by country: which there are, how they were verified, and which country a person is in.
//!
//! They live in `config/helplines.toml`, embedded; its first lines say what makes an entry.

mod here;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};

use crate::config::{Country, to_json};

pub use here::{Here, KnownBy};

/// The embedded entries.
const HELPLINES: &str = include_str!("../../config/helplines.toml");

/// After so many days an entry is old: numbers change.
pub const OLD_AFTER_DAYS: i32 = 180;

/// What there is, country by country.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Helplines {
    #[serde(rename = "country")]
    countries: Vec<Entry>,
}

/// A country's lines and its emergency numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Which country.
    pub code: Country,
    /// Its name in English.
    pub name: String,
    /// At least one, the most general first.
    #[serde(rename(deserialize = "line", serialize = "lines"))]
    pub lines: Vec<Helpline>,
    /// At least one, the most general first.
    pub emergency: Vec<Emergency>,
}

/// Somebody who listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Helpline {
    /// Who.
    pub name: String,
    /// Any of these; digits and spaces.
    pub numbers: Vec<String>,
    /// When, in English.
    pub hours: String,
    /// In which languages, by ISO 639-1; none where the note tells.
    pub langs: Vec<String>,
    /// What else to know, in a sentence.
    pub note: Option<String>,
    /// The page that says so.
    pub source_url: String,
    /// Another that confirms it, or tells what the first does not.
    pub second_url: Option<String>,
    /// When it was compared with these pages.
    pub verified_on: Date,
}

/// An emergency number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// Digits.
    pub number: String,
    /// Whom, where it does not reach everything.
    pub reaches: Option<String>,
    /// The page that says so.
    pub source_url: String,
    /// Another that confirms it.
    pub second_url: Option<String>,
    /// When it was compared with these pages.
    pub verified_on: Date,
}

impl Helplines {
    /// Those that come with attuned.
    ///
    /// # Panics
    /// Never: a test reads the embedded entries.
    #[must_use]
    pub fn shipped() -> Self {
        let table = DeTable::parse(HELPLINES).expect("the entries are TOML: a test reads them");
        let entries = to_json(&DeValue::Table(table.into_inner()));
        serde_json::from_value(entries).expect("the entries are whole: a test reads them")
    }

    /// All countries, in the order of their names.
    #[must_use]
    pub fn countries(&self) -> &[Entry] {
        &self.countries
    }

    /// A country's entry, where there is one.
    #[must_use]
    pub fn of(&self, country: Country) -> Option<&Entry> {
        self.countries.iter().find(|one| one.code == country)
    }
}

impl Entry {
    /// When its oldest part was verified.
    ///
    /// # Panics
    /// Never: every entry has a line.
    #[must_use]
    pub fn verified_on(&self) -> Date {
        let lines = self.lines.iter().map(|one| one.verified_on);
        let numbers = self.emergency.iter().map(|one| one.verified_on);
        let oldest = lines.chain(numbers).min();
        oldest.expect("a test sees that there is a line in each entry")
    }

    /// Whether some part of it was verified more than [`OLD_AFTER_DAYS`] ago.
    #[must_use]
    pub fn is_old(&self, today: Date) -> bool {
        let age = self.verified_on().until(today);
        age.is_ok_and(|age| age.get_days() > OLD_AFTER_DAYS)
    }
}

#[cfg(test)]
mod tests;

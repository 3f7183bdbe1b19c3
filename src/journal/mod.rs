//! A person's own record: check-ins, notes and small wins, in their own words.
//!
//! An [`Entry`] is whole and stands for itself: nothing in it leads back to the machine it was made on, so that entries
//! of two machines lie side by side. Of two that have one id, the one with the higher [`Entry::revision`] holds
//! ([`Entry::supersedes`]), and what was deleted stays so: only its id is left. Nothing here reads a clock, a file or a
//! random source.

mod entry;
pub mod exchange;
pub mod feelings;
mod flaw;
mod id;
mod moment;
pub mod review;
mod words;

pub use entry::{Channel, CheckIn, Content, Entry, Kind, Origin, Outcome, Quick, Scale, VERSION};
pub use feelings::Place;
pub use flaw::{Flaw, LONGEST_NOTE};
pub use id::EntryId;
pub use moment::Moment;
pub use review::Review;
pub use words::fold;

use std::ops::Add;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Something that changes the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// These entries are there from now on, each unless it was deleted, or is there in a revision that holds.
    Keep(Vec<Entry>),
    /// These are gone, whether they are there yet or come later; only their ids are left.
    Delete(Vec<EntryId>),
}

/// What a [`Change`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Entries that are new.
    pub added: u64,
    /// Entries that are there in a later revision than before.
    pub revised: u64,
    /// Entries that were there as they are, or in a later revision.
    pub known: u64,
    /// Entries that are gone.
    pub deleted: u64,
    /// Entries that did not come in, as they were deleted here before.
    pub refused: u64,
}

/// What is to be gone for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Erase {
    /// Everything written in own words: notes, wins, and the notes of check-ins, which stay.
    Notes,
    /// The entries, and the records of prompts, from before this day.
    Before(Date),
    /// All entries, all records of prompts, what was deleted before, and what the answers led attuned to remember.
    All,
}

/// What an [`Erase`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Entries that are gone.
    pub entries: u64,
    /// Check-ins that stay, without their note.
    pub notes: u64,
    /// Records of prompts that are gone.
    pub records: u64,
    /// Files that were kept beside the record, and are gone.
    pub files: Vec<String>,
    /// What could not be done, and may leave some of it on the disk.
    pub unfinished: Vec<String>,
}

impl Add for Changed {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            added: self.added + other.added,
            revised: self.revised + other.revised,
            known: self.known + other.known,
            deleted: self.deleted + other.deleted,
            refused: self.refused + other.refused,
        }
    }
}

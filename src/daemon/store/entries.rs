//! Reading the journal: which entries, in which order, one after another.

use std::ops::ControlFlow;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use rusqlite::types::Value;
use rusqlite::{params_from_iter, types::ValueRef};

use super::copy::has_journal;
use super::{Store, StoreError};
use crate::journal::{Entry, EntryId, Kind, fold};

/// Which entries; all unless something is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// From the first moment of this day on, by the clock on the wall there and then.
    pub since: Option<Date>,
    /// Before the first moment of this day, in the same way.
    pub before: Option<Date>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// With all of these in the person's own words, in any case.
    pub words: Vec<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The oldest first.
    Oldest,
    /// The newest first.
    Newest,
}

impl Store {
    /// Hands over the entries one by one until told to stop; tells how many cannot be read and were passed over.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn each_entry<E: From<StoreError>>(
        &self,
        filter: &Filter,
        order: Order,
        mut take: impl FnMut(Entry) -> Result<ControlFlow<()>, E>,
    ) -> Result<u64, E> {
        if !has_journal(&self.connection).map_err(StoreError::from)? {
            return Ok(0);
        }
        let (conditions, values) = filter.conditions();
        let index = if filter.words.is_empty() {
            "entry_at"
        } else {
            "entry_words"
        };
        let direction = match order {
            Order::Oldest => "ASC",
            Order::Newest => "DESC",
        };
        let sql = format!(
            "SELECT entry FROM entry INDEXED BY {index} WHERE {conditions}
             ORDER BY at {direction}, id {direction}"
        );
        let mut statement = self.connection.prepare(&sql).map_err(StoreError::from)?;
        let rows = statement.query(params_from_iter(values));
        let mut rows = rows.map_err(StoreError::from)?;
        let mut unread = 0;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let text = row.get_ref(0).map_err(StoreError::from)?;
            match read(text) {
                Some(entry) => {
                    if take(entry)?.is_break() {
                        break;
                    }
                }
                None => unread += 1,
            }
        }
        Ok(unread)
    }

    /// The entries made from `from` on and before `to`, oldest first; one that cannot be read hides no other.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn entries(&self, from: Timestamp, to: Timestamp) -> Result<Vec<Entry>, StoreError> {
        let mut found = Vec::new();
        self.each_entry(&Filter::default(), Order::Oldest, |entry| {
            if (from..to).contains(&entry.moment.at) {
                found.push(entry);
            }
            Ok::<_, StoreError>(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    /// The entries that a person who typed `name` may mean, the newest first, and `most` at most.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn entries_named(&self, name: &str, most: usize) -> Result<Vec<Entry>, StoreError> {
        if !has_journal(&self.connection)? {
            return Ok(Vec::new());
        }
        let sql = "SELECT id, entry FROM entry WHERE instr(id, ?1) > 0 ORDER BY id DESC";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([name])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let is_meant = EntryId::try_from(id).is_ok_and(|id| id.is_named(name));
            if let Some(entry) = read(row.get_ref(1)?).filter(|_| is_meant) {
                found.push(entry);
            }
            if found.len() == most {
                break;
            }
        }
        Ok(found)
    }

    /// Hands over the ids of all that was deleted, one by one.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn each_deleted<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        if !has_journal(&self.connection).map_err(StoreError::from)? {
            return Ok(());
        }
        let sql = "SELECT id FROM deleted_entry ORDER BY id";
        let mut statement = self.connection.prepare(sql).map_err(StoreError::from)?;
        let mut rows = statement.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let id: String = row.get(0).map_err(StoreError::from)?;
            take(&id)?;
        }
        Ok(())
    }
}

impl Filter {
    /// What a row has to be, and the values in it.
    pub(super) fn conditions(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["true"];
        let mut values: Vec<Value> = Vec::new();
        if let Some(since) = self.since {
            // The wall clock is less than two days from UTC anywhere: this much the index tells.
            conditions.extend(["at >= ?", "local >= ?"]);
            values.push(first_moment(since.saturating_sub(2.days())).into());
            values.push(first_moment(since).into());
        }
        if let Some(before) = self.before {
            conditions.extend(["at < ?", "local < ?"]);
            values.push(first_moment(before.saturating_add(2.days())).into());
            values.push(first_moment(before).into());
        }
        if let Some(kind) = self.kind {
            conditions.push("kind = ?");
            values.push(kind.word().to_owned().into());
        }
        if !self.words.is_empty() {
            conditions.push("words IS NOT NULL");
        }
        for words in &self.words {
            conditions.push("instr(words, ?) > 0");
            values.push(fold(words).into());
        }
        (conditions.join(" AND "), values)
    }
}

/// The first moment of a day as the column `local` has it.
pub(super) fn first_moment(day: Date) -> i64 {
    as_if_utc(day.into())
}

/// A wall clock's time in milliseconds, as if it were UTC.
pub(super) fn as_if_utc(local: DateTime) -> i64 {
    let at = Offset::UTC.to_timestamp(local);
    // Only the last days before the years 10000 and after -10000 have none.
    at.map_or(i64::MAX, Timestamp::as_millisecond)
}

fn read(text: ValueRef<'_>) -> Option<Entry> {
    let entry = text.as_bytes().ok().map(serde_json::from_slice);
    let entry = entry.and_then(Result::ok);
    // What is wrong may quote what is kept, which is no business of a log's.
    if entry.is_none() {
        tracing::warn!("an entry of the journal cannot be read and is left out");
    }
    entry
}

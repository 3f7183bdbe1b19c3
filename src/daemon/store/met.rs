//! Which prompts a person took up, from the record of prompts.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::entries::first_moment;
use super::{Store, StoreError};

/// A prompt that was taken up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// Its full id.
    pub prompt: String,
    /// Its title, as it was shown.
    pub title: String,
    /// How often it was answered.
    pub answered: u64,
    /// How often it came because a person asked for one.
    pub asked_for: u64,
}

// To pause for the day is an answer, and none to the prompt. Within a text of the record its quotes would be escaped.
const TAKEN_UP: &str = "
SELECT prompt, max(title), sum(is_answered), sum(is_asked_for)
FROM (SELECT prompt, title,
             outcome IS 'answered' AND instr(record, '\"answered\":\"pause-today\"') = 0 AS is_answered,
             trigger_kind = 'request' AS is_asked_for
      FROM delivery
      WHERE due >= ?1 AND due < ?2 AND local >= ?3 AND local < ?4
            AND prompt IS NOT NULL AND shown_at IS NOT NULL)
WHERE is_answered OR is_asked_for
GROUP BY prompt
ORDER BY prompt";

impl Store {
    /// The prompts that a person answered, or asked for one and got, from the first moment of `since` on and before that of
    /// `before`, by the clock on the wall there and then.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn met(&self, since: Date, before: Date) -> Result<Vec<Met>, StoreError> {
        // The wall clock is less than two days from UTC anywhere: this much the index tells.
        let from = first_moment(since.saturating_sub(2.days()));
        let to = first_moment(before.saturating_add(2.days()));
        let mut statement = self.connection.prepare(TAKEN_UP)?;
        let wall_clock = |day: Date| DateTime::from(day).to_string();
        let values = (from, to, wall_clock(since), wall_clock(before));
        let rows = statement.query_map(values, |row| {
            let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok(Met {
                prompt: row.get(0)?,
                title: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                answered: count(2)?,
                asked_for: count(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

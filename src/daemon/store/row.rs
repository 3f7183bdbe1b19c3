//! A record as a row of the table `delivery`.

use rusqlite::{Transaction, named_params};

use super::StoreError;
use crate::engine::{Outcome, Record, Trigger};

const UPSERT: &str = "
INSERT INTO delivery (id, due, local, zone, trigger_kind, reminder, prompt, kind, title,
                      shown_at, ended_at, outcome, count, record)
VALUES (:id, :due, :local, :zone, :trigger_kind, :reminder, :prompt, :kind, :title,
        :shown_at, :ended_at, :outcome, :count, :record)
ON CONFLICT (id) DO UPDATE SET
    due = excluded.due, local = excluded.local, zone = excluded.zone,
    trigger_kind = excluded.trigger_kind, reminder = excluded.reminder,
    prompt = excluded.prompt, kind = excluded.kind, title = excluded.title,
    shown_at = excluded.shown_at, ended_at = excluded.ended_at, outcome = excluded.outcome,
    count = excluded.count, record = excluded.record";

pub(super) fn write(transaction: &Transaction, records: &[Record]) -> Result<(), StoreError> {
    let mut upsert = transaction.prepare(UPSERT)?;
    for record in records {
        let (trigger_kind, reminder) = trigger_columns(&record.trigger);
        let card = record.card.as_ref();
        upsert.execute(named_params! {
            ":id": record.id.cast_signed(),
            ":due": record.due.as_millisecond(),
            ":local": record.local.to_string(),
            ":zone": record.zone,
            ":trigger_kind": trigger_kind,
            ":reminder": reminder,
            ":prompt": card.and_then(|card| card.prompt.as_deref()),
            ":kind": card.map(|card| card.kind.name()),
            ":title": card.map(|card| card.title.as_str()),
            ":shown_at": record.shown_at.map(jiff::Timestamp::as_millisecond),
            ":ended_at": record.ended_at.map(jiff::Timestamp::as_millisecond),
            ":outcome": record.outcome.as_ref().map(Outcome::word),
            ":count": record.count,
            ":record": serde_json::to_string(record)?,
        })?;
    }
    Ok(())
}

fn trigger_columns(trigger: &Trigger) -> (&'static str, Option<&str>) {
    match trigger {
        Trigger::Reminder { name, .. } => ("reminder", Some(name)),
        Trigger::Request { .. } => ("request", None),
        Trigger::HowOften => ("how-often", None),
        Trigger::FollowUp { .. } => ("follow-up", None),
    }
}

//! The journal as one JSON document; its layout is [`exchange`]'s.

use std::io::Write;
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::{Written, as_output};
use crate::cli::failure::Failure;
use crate::daemon::store::{Filter, Order, Store};
use crate::journal::exchange;

/// Writes what the filter lets through, and every deleted id.
///
/// # Errors
/// That the record cannot be read; as the output's.
pub fn write(
    store: &Store,
    filter: &Filter,
    now: Timestamp,
    out: &mut dyn Write,
) -> Result<Written, Failure> {
    out.write_all(exchange::head(now).as_bytes())?;
    let mut before = "";
    store.each_deleted(|id| {
        write!(out, "{before}\"{id}\"")?;
        before = ",\n";
        Ok::<_, Failure>(())
    })?;
    let line_end = if before.is_empty() { "" } else { "\n" };
    writeln!(out, "{line_end}{}", exchange::BETWEEN)?;
    let mut entries = 0;
    let unread = store.each_entry(filter, Order::Oldest, |entry| {
        let before = if entries == 0 { "" } else { ",\n" };
        out.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut *out, &entry).map_err(as_output)?;
        entries += 1;
        Ok::<_, Failure>(ControlFlow::Continue(()))
    })?;
    let line_end = if entries == 0 { "" } else { "\n" };
    writeln!(out, "{line_end}{}", exchange::END)?;
    Ok(Written { entries, unread })
}

//! The X server's count of the time without input, as a counter of the SYNC extension with an alarm at each end.

use std::convert::Infallible;
use std::time::Duration;

use x11rb::connection::{Connection, RequestConnection};
use x11rb::protocol::Event;
use x11rb::protocol::sync::{
    Alarm, ConnectionExt as _, Counter, CreateAlarmAux, Int64, TESTTYPE, VALUETYPE,
    X11_EXTENSION_NAME,
};

use super::milliseconds;
use crate::daemon::sense::x11::{Address, Server, Watcher, lost};
use crate::daemon::sense::{Failure, Teller};
use crate::engine::Reading;

/// Tells whether nobody has been there for this long.
pub(super) async fn follow(
    teller: &Teller,
    address: &Address,
    after: Duration,
) -> Result<Infallible, Failure> {
    let after = milliseconds(after);
    let mut watcher = Watcher::start(address, move |server| watch(server, after)).await?;
    let mut is_away = watcher.first().await?;
    loop {
        teller.tell(Reading::busy_if(is_away));
        is_away = watcher.next().await?;
    }
}

fn watch(server: &Server<bool>, after: u32) -> Result<Infallible, Failure> {
    let counter = idle_time(server)?;
    // A transition goes from below a value to it, or from above a value to it.
    set_alarm(server, counter, TESTTYPE::POSITIVE_TRANSITION, after)?;
    set_alarm(server, counter, TESTTYPE::NEGATIVE_TRANSITION, after - 1)?;
    let now = server
        .connection
        .sync_query_counter(counter)
        .map_err(lost)?;
    let now = now.reply().map_err(lost)?.counter_value;
    server.tell(is_past(now, after));
    loop {
        if let Event::SyncAlarmNotify(alarm) = server.connection.wait_for_event().map_err(lost)? {
            server.tell(is_past(alarm.counter_value, after));
        }
    }
}

/// The counter of milliseconds since the last key or move.
fn idle_time(server: &Server<bool>) -> Result<Counter, Failure> {
    let connection = &server.connection;
    let unable = || "the X server does not tell when nobody is there".to_owned();
    let is_there = connection.extension_information(X11_EXTENSION_NAME);
    is_there.map_err(lost)?.ok_or_else(unable)?;
    let version = connection.sync_initialize(3, 1).map_err(lost)?;
    version.reply().map_err(lost)?;
    let counters = connection.sync_list_system_counters().map_err(lost)?;
    let counters = counters.reply().map_err(lost)?.counters;
    let idle_time = counters.iter().find(|one| one.name == b"IDLETIME");
    Ok(idle_time.ok_or_else(unable)?.counter)
}

fn set_alarm(
    server: &Server<bool>,
    counter: Counter,
    test: TESTTYPE,
    value: u32,
) -> Result<(), Failure> {
    let connection = &server.connection;
    let alarm: Alarm = connection.generate_id().map_err(lost)?;
    let properties = CreateAlarmAux::new()
        .counter(counter)
        .value_type(VALUETYPE::ABSOLUTE)
        .value(Int64 { hi: 0, lo: value })
        .test_type(test)
        // It stays set after it went off.
        .delta(Int64 { hi: 0, lo: 0 })
        .events(1);
    let set = connection.sync_create_alarm(alarm, &properties);
    set.map_err(lost)?.check().map_err(lost)
}

fn is_past(time: Int64, after: u32) -> bool {
    time.hi > 0 || time.lo >= after
}

#[cfg(test)]
mod tests;

//! What the sources' tests share: ears for what is told.

use std::fs;
use std::future::Future;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rustix::process::Pid;
use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::watch;
use tokio::task::yield_now;
use tokio::time::timeout;

use super::Teller;
use super::pipewire::PipeWire;
use crate::engine::{Event, Reading, Source};

#[allow(dead_code, reason = "these tests use a part of it")]
#[path = "../../../tests/support/bus.rs"]
pub(super) mod bus;

pub(super) mod service;

/// Far longer than a change takes to be told. Reached only when a test fails.
pub(in crate::daemon) const SOON: Duration = Duration::from_secs(20);

/// What a source tells.
pub(super) struct Heard {
    readings: UnboundedReceiver<Event>,
    asks: watch::Sender<()>,
    nudges: watch::Sender<()>,
}

/// A teller, and the ears for it.
pub(super) fn listen(source: Source) -> (Teller, Heard) {
    let (tell, readings) = unbounded_channel();
    let (asks, asked) = watch::channel(());
    let (nudges, receiver) = watch::channel(());
    let teller = Teller {
        source,
        readings: tell,
        asked,
        nudges: receiver,
        pipewire: PipeWire::new(),
    };
    let heard = Heard {
        readings,
        asks,
        nudges,
    };
    (teller, heard)
}

impl Heard {
    /// What is told next.
    pub(super) async fn next(&mut self) -> Reading {
        loop {
            if let Event::Sensed(_, reading) = self.event().await {
                return reading;
            }
        }
    }

    /// Until when the day is light, as is told next.
    pub(super) async fn light_day(&mut self) -> Option<Timestamp> {
        loop {
            if let Event::LightDay(until) = self.event().await {
                return until;
            }
        }
    }

    async fn event(&mut self) -> Event {
        let told = timeout(SOON, self.readings.recv()).await;
        told.expect("something is told").expect("it runs")
    }

    /// Waits until something is told that `is_awaited`.
    pub(super) async fn until(&mut self, is_awaited: impl Fn(&Reading) -> bool) {
        while !is_awaited(&self.next().await) {}
    }

    /// Asks a source that tells nothing by itself.
    pub(super) fn ask(&self) {
        self.asks.send(()).expect("it runs");
    }

    /// Has whatever rests after a failure try again.
    pub(super) fn nudge(&self) {
        self.nudges.send_replace(());
    }
}

pub(super) fn is_busy(reading: &Reading) -> bool {
    matches!(reading, Reading::Busy { .. })
}

pub(super) fn is_free(reading: &Reading) -> bool {
    *reading == Reading::Free
}

pub(in crate::daemon) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

/// The same, where time passes by itself as soon as everything waits for it.
pub(super) fn block_on_paused<T>(future: impl Future<Output = T>) -> T {
    let mut builder = Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(future)
}

/// Waits until a process is no more, or waits for nothing but to be reaped.
pub(super) async fn end_of(process: Pid) {
    let ends = async {
        let stat = format!("/proc/{}/stat", process.as_raw_nonzero());
        while fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z ")) {
            yield_now().await;
        }
    };
    timeout(SOON, ends).await.expect("it ends");
}

/// Whether these programs are all there. With `CI` set they have to be.
pub(super) fn are_installed(programs: &[&str]) -> bool {
    let missing = |program: &&&str| !Path::new("/usr/bin").join(program).exists();
    let missing: Vec<_> = programs.iter().filter(missing).collect();
    let what = format!("this needs {missing:?}; scripts/test installs them");
    assert!(
        missing.is_empty() || std::env::var_os("CI").is_none(),
        "{what}"
    );
    if !missing.is_empty() {
        eprintln!("SKIPPED: {what}");
    }
    missing.is_empty()
}

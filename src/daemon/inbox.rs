//! Everything the daemon waits for, as one stream of inputs.

use std::io;

use jiff::Timestamp;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::UnboundedReceiver;

use super::control::{Control, Responder};
use super::notifier::Report;
use super::opening::NotOpened;
use super::timer::Timer;
use super::watch::{Watch, change_of};
use super::zone::ZoneWatch;
use crate::engine::Event;
use crate::paths::Paths;
use crate::protocol::RequestBody;
use crate::settings::Settings;

/// Something for the daemon to take in.
pub(super) enum Input {
    /// The armed time has come, or the clock was set.
    Wake,
    /// From the notifier.
    Report(Report),
    /// From a source that tells whether the person is busy.
    Sensed(Event),
    /// A terminal did not open.
    NotOpened(NotOpened),
    /// From a command.
    Request(RequestBody, Responder),
    /// The settings or the library changed on disk.
    Changed,
    /// The system's time zone changed.
    ZoneChanged,
    /// SIGTERM or SIGINT.
    Stop,
    /// SIGHUP: read the settings again, or the terminal's window was closed.
    HangUp,
}

/// The sources of inputs.
pub(super) struct Inbox {
    timer: Timer,
    reports: UnboundedReceiver<Report>,
    readings: UnboundedReceiver<Event>,
    openings: UnboundedReceiver<NotOpened>,
    control: Control,
    watch: Option<Watch>,
    zone: ZoneWatch,
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
    /// Whether the last attempt to set the timer, or to follow the folders, failed.
    timer_fails: bool,
    watch_fails: bool,
}

impl Inbox {
    pub(super) fn new(
        paths: &Paths,
        control: Control,
        reports: UnboundedReceiver<Report>,
        readings: UnboundedReceiver<Event>,
        openings: UnboundedReceiver<NotOpened>,
    ) -> io::Result<Self> {
        let watch = Watch::new(&Settings::watched(paths));
        if let Err(error) = &watch {
            tracing::warn!("changes of the settings are not seen by themselves: {error}");
        }
        Ok(Self {
            timer: Timer::new()?,
            reports,
            readings,
            openings,
            control,
            watch: watch.ok(),
            zone: ZoneWatch::new(),
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
            timer_fails: false,
            watch_fails: false,
        })
    }

    /// Sets when the next [`Input::Wake`] comes.
    pub(super) fn arm(&mut self, at: Option<Timestamp>) {
        let armed = self.timer.arm(at);
        let failed_before = std::mem::replace(&mut self.timer_fails, armed.is_err());
        if let (Err(error), false) = (armed, failed_before) {
            tracing::error!("the timer cannot be set: {error}");
        }
    }

    /// Follows links in the settings folders that have changed.
    pub(super) fn rewatch(&mut self, paths: &Paths) {
        let Some(watch) = &mut self.watch else {
            return;
        };
        let watched = watch.rewatch(&Settings::watched(paths));
        let failed_before = std::mem::replace(&mut self.watch_fails, watched.is_err());
        if let (Err(error), false) = (watched, failed_before) {
            tracing::warn!("changes of the settings are not seen by themselves: {error}");
        }
    }

    pub(super) async fn next(&mut self) -> Input {
        tokio::select! {
            _ = self.terminate.recv() => Input::Stop,
            _ = self.interrupt.recv() => Input::Stop,
            _ = self.hang_up.recv() => Input::HangUp,
            Some(report) = self.reports.recv() => Input::Report(report),
            Some(event) = self.readings.recv() => Input::Sensed(event),
            Some(failure) = self.openings.recv() => Input::NotOpened(failure),
            (body, responder) = self.control.next() => Input::Request(body, responder),
            () = change_of(self.watch.as_mut()) => Input::Changed,
            () = self.zone.changed() => Input::ZoneChanged,
            _ = self.timer.wait() => Input::Wake,
        }
    }
}

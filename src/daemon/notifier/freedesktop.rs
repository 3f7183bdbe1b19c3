//! Notifications on Linux: the Desktop Notifications Specification 1.2, on one long-lived D-Bus connection.
//!
//! One connection, because the ids that a server gives out, and often the notifications themselves, last only as long
//! as the connection that asked for them. It is opened, and its signals are subscribed to, before the first
//! notification. Between notifications nothing here wakes up: there is no timer while no call is open, and a server
//! that comes or goes is told by the bus. Only without a bus does it look again from time to time.

use std::ops::ControlFlow;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Duration, Instant, sleep_until, timeout};

use super::{Abilities, Close, Failure, Key, Notice, Report, Urgency};
use crate::daemon::bus::Bus;
use bus::Link;
use screen::{Act, Screen};
use session::{End, Session};

mod bus;
mod screen;
mod server;
mod session;

/// How long closing may take at the end.
const FAREWELL: Duration = Duration::from_secs(1);

/// Shows notifications on this session's desktop.
#[derive(Debug)]
pub struct Notifier {
    commands: mpsc::UnboundedSender<Command>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
enum Command {
    Show(Notice),
    Close(Key),
    Shutdown,
}

impl Notifier {
    /// Starts the task that owns the connection to this session's bus. It never fails: without a bus it reports so
    /// and keeps trying.
    ///
    /// Reports never wait for the reader, so a reader that is busy showing something cannot be waited for in turn;
    /// there are only a few for each notice shown and for each server that comes or goes.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with I/O and time.
    #[must_use]
    pub fn start(reports: mpsc::UnboundedSender<Report>) -> Self {
        Self::start_on(Bus::session(), reports)
    }

    /// As [`Notifier::start`], on a given bus.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with I/O and time.
    #[must_use]
    pub fn start_on(bus: Bus, reports: mpsc::UnboundedSender<Report>) -> Self {
        let (commands, inbox) = mpsc::unbounded_channel();
        let task = Task {
            bus,
            inbox,
            reports,
            screen: Screen::default(),
        };
        Self {
            commands,
            task: tokio::spawn(task.run()),
        }
    }

    /// Shows a notice, in place of the one with the same key where that is still on screen. Returns at once;
    /// [`Report::Shown`] or [`Report::Failed`] follows, unless the same key is shown again or closed before.
    pub fn show(&self, notice: Notice) {
        self.command(Command::Show(notice));
    }

    /// Takes a notice off the screen. Nothing more is reported about it.
    pub fn close(&self, key: Key) {
        self.command(Command::Close(key));
    }

    /// Closes what is open, so that no button stays that nobody listens to, and ends. It takes two seconds at most.
    pub async fn shutdown(mut self) {
        self.command(Command::Shutdown);
        if timeout(2 * FAREWELL, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }

    fn command(&self, command: Command) {
        // Without a task the runtime is shutting down, and nobody waits for an outcome.
        let _ = self.commands.send(command);
    }
}

/// What stays while connections come and go.
struct Task {
    bus: Bus,
    inbox: mpsc::UnboundedReceiver<Command>,
    reports: mpsc::UnboundedSender<Report>,
    screen: Screen,
}

impl Task {
    async fn run(mut self) {
        let mut wait = self.bus.first_wait;
        let mut told = false;
        loop {
            let error = match Link::open(&self.bus).await {
                Ok(link) => {
                    wait = self.bus.first_wait;
                    told = false;
                    match Session::new(&mut self, link).run().await {
                        End::Shutdown => return,
                        End::Lost(error) => error,
                    }
                }
                Err(error) => error,
            };
            let reason = error.to_string();
            for act in self.screen.forget(&Failure::NoBus(reason.clone())) {
                if let Act::Tell(report) = act {
                    self.tell(report);
                }
            }
            if !told {
                tracing::debug!("{reason}");
                self.tell(Report::BusLost { reason });
                told = true;
            }
            if self.wait_to_retry(wait).await.is_break() {
                return;
            }
            wait = (wait * 2).min(Bus::LONGEST_WAIT);
        }
    }

    /// Waits until it is time to try again: after a while, or as soon as there is something to show.
    async fn wait_to_retry(&mut self, wait: Duration) -> ControlFlow<()> {
        let end = Instant::now() + wait;
        loop {
            tokio::select! {
                () = sleep_until(end) => return ControlFlow::Continue(()),
                command = self.inbox.recv() => match command {
                    Some(Command::Show(notice)) => {
                        self.screen.show(notice, false);
                        return ControlFlow::Continue(());
                    }
                    Some(Command::Close(_)) => {}
                    Some(Command::Shutdown) | None => return ControlFlow::Break(()),
                },
            }
        }
    }

    fn tell(&self, report: Report) {
        // Without a reader the daemon is stopping.
        let _ = self.reports.send(report);
    }
}

//! Clients that follow how things stand: each gets a line at once, and one after every change.
//!
//! A watcher is served by a task of its own that always sends the newest line. One that reads slowly misses what was only
//! so meanwhile; one that does not read at all is let go; neither holds anybody up.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::sync::watch;
use tokio::time::timeout;

use super::control::{self, Responder};
use crate::protocol::{Response, ResponseBody, StatusReport};

/// Watchers served at once, beside the commands.
const MOST: usize = 64;

/// How long a watcher may leave a line unread once its socket is full.
const WRITE_LIMIT: Duration = Duration::from_secs(5);

/// Everybody who follows how things stand.
#[derive(Debug)]
pub(super) struct Watchers {
    line: watch::Sender<Arc<str>>,
    told: Option<StatusReport>,
    next_change: Option<Timestamp>,
}

impl Watchers {
    pub(super) fn new() -> Self {
        Self {
            line: watch::Sender::new("".into()),
            told: None,
            next_change: None,
        }
    }

    /// Whether nobody watches.
    pub(super) fn is_empty(&self) -> bool {
        self.line.receiver_count() == 0
    }

    /// When to look again, as time alone will have changed something; none while nobody watches.
    pub(super) fn next_change(&self) -> Option<Timestamp> {
        self.next_change.filter(|_| !self.is_empty())
    }

    /// One more watcher, which is told `report` at once. Too many are refused.
    pub(super) fn admit(&mut self, responder: Responder, report: StatusReport) {
        if self.line.receiver_count() >= MOST {
            let message = format!("{MOST} programs are watching already");
            responder.send(control::refusal(&message));
            return;
        }
        self.tell(report);
        tokio::spawn(serve(responder.into_stream(), self.line.subscribe()));
    }

    /// Tells every watcher how things stand, if they were told otherwise before.
    pub(super) fn tell(&mut self, report: StatusReport) {
        if self.told.as_ref() == Some(&report) {
            return;
        }
        let body = ResponseBody::Status(Box::new(report.clone()));
        self.line.send_replace(Response::new(body).to_line().into());
        self.told = Some(report);
    }

    /// Sets when how things stand will next differ by time passing alone.
    pub(super) fn expect_change(&mut self, at: Option<Timestamp>) {
        self.next_change = at;
    }
}

/// Sends the newest line until the watcher hangs up, says something more, or does not read.
async fn serve(mut stream: UnixStream, mut line: watch::Receiver<Arc<str>>) {
    let mut more = [0];
    loop {
        if let Err(error) = send(&mut stream, &mut line).await {
            return tracing::debug!("a watcher is let go: {error}");
        }
        tokio::select! {
            _ = stream.read(&mut more) => return tracing::debug!("a watcher has gone"),
            changed = line.changed() => if changed.is_err() { return },
        }
    }
}

async fn send(stream: &mut UnixStream, line: &mut watch::Receiver<Arc<str>>) -> io::Result<()> {
    let newest = Arc::clone(&line.borrow_and_update());
    timeout(WRITE_LIMIT, stream.write_all(newest.as_bytes())).await?
}

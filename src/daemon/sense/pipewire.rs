//! What PipeWire tells: which program listens to the microphone, or looks through the camera.
//!
//! `pw-dump --monitor` comes with PipeWire and prints every change of its graph as JSON. It is a small process that sleeps
//! as long as nothing changes; binding PipeWire's own library would tie this program to the one of its build.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use super::Failure;
use crate::daemon::apart;
use documents::Documents;
use graph::Graph;
pub(super) use graph::Medium;

mod documents;
mod graph;

/// How long PipeWire may take to tell what there is.
const PATIENCE: Duration = Duration::from_secs(20);

/// A view of PipeWire's graph that follows its changes, for as long as PipeWire runs.
#[derive(Debug)]
pub(super) struct PipeWire {
    graph: Graph,
    documents: Documents,
    stdout: ChildStdout,
    /// Ended when this is dropped.
    _child: Child,
}

impl PipeWire {
    /// Connects to the session's PipeWire, and knows its graph when this returns.
    pub(super) async fn connect() -> Result<Self, Failure> {
        Self::through(apart::command("pw-dump").into()).await
    }

    async fn through(mut pw_dump: Command) -> Result<Self, Failure> {
        let child = pw_dump
            .args(["--monitor", "--no-colors"])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn();
        let mut child = child.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                "pw-dump, which comes with PipeWire, is not installed".into()
            }
            _ => format!("pw-dump cannot be started: {error}"),
        })?;
        let mut pipewire = Self {
            graph: Graph::default(),
            documents: Documents::default(),
            stdout: child.stdout.take().ok_or("pw-dump cannot be read")?,
            _child: child,
        };
        match timeout(PATIENCE, pipewire.changed()).await {
            Ok(Ok(())) => Ok(pipewire),
            Ok(Err(_)) => Err("PipeWire does not run".into()),
            Err(_) => Err("PipeWire does not answer".into()),
        }
    }

    /// Waits until the graph has changed. Cancel-safe.
    pub(super) async fn changed(&mut self) -> Result<(), Failure> {
        let mut buffer = [0; 4096];
        loop {
            let count = self.stdout.read(&mut buffer).await;
            let count = count.map_err(|error| format!("pw-dump cannot be read: {error}"))?;
            if count == 0 {
                return Err("PipeWire has ended".into());
            }
            let complete = self.documents.take_in(&buffer[..count])?;
            for document in &complete {
                self.graph.update(document)?;
            }
            if !complete.is_empty() {
                return Ok(());
            }
        }
    }

    /// The program that takes in this medium now; the first where there are several.
    pub(super) fn user_of(&self, medium: Medium) -> Option<String> {
        self.graph.user_of(medium)
    }
}

#[cfg(test)]
mod tests;

//! `pw-dump`, and what it prints.
//!
//! `pw-dump --monitor` comes with PipeWire and prints every change of its graph as JSON. It is a small process that sleeps
//! as long as nothing changes; binding PipeWire's own library would tie this program to the one of its build.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use super::documents::Documents;
use super::graph::{Graph, Medium};
use super::{Failure, Users};

/// How long PipeWire may take to tell what there is.
const PATIENCE: Duration = Duration::from_secs(20);

/// A view of PipeWire's graph that follows its changes, for as long as PipeWire runs.
#[derive(Debug)]
pub(super) struct Dump {
    graph: Graph,
    documents: Documents,
    stdout: ChildStdout,
    /// Ended when this is dropped.
    _child: Child,
}

impl Dump {
    /// Begins it, and knows the graph when this returns.
    pub(super) async fn begin(mut pw_dump: Command) -> Result<Self, Failure> {
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
        let mut dump = Self {
            graph: Graph::default(),
            documents: Documents::default(),
            stdout: child.stdout.take().ok_or("pw-dump cannot be read")?,
            _child: child,
        };
        match timeout(PATIENCE, dump.changed()).await {
            Ok(Ok(())) => Ok(dump),
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

    /// The programs that take something in now.
    pub(super) fn users(&self) -> Users {
        Users {
            listener: self.graph.user_of(Medium::Sound),
            viewer: self.graph.user_of(Medium::Pictures),
        }
    }
}

#[cfg(test)]
mod tests;

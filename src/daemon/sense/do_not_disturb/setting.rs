//! A setting that dconf keeps: GNOME's and MATE's do-not-disturb.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

use super::Failure;
use crate::daemon::apart;

/// How long it may take to read.
const PATIENCE: Duration = Duration::from_secs(5);

/// Something that is either true or false.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Setting {
    schema: &'static str,
    name: &'static str,
    /// Where dconf keeps it.
    path: &'static str,
    /// What it is while do-not-disturb is on.
    when_on: bool,
}

/// GNOME shows no banners then.
pub(super) const GNOME: Setting = Setting {
    schema: "org.gnome.desktop.notifications",
    name: "show-banners",
    path: "/org/gnome/desktop/notifications/show-banners",
    when_on: false,
};

/// MATE drops then what it is sent, without a word.
pub(super) const MATE: Setting = Setting {
    schema: "org.mate.NotificationDaemon",
    name: "do-not-disturb",
    path: "/org/mate/notification-daemon/do-not-disturb",
    when_on: true,
};

impl Setting {
    /// What is to be heard on the bus when it changes, or all in a folder that it is in.
    pub(super) fn rule(&self) -> String {
        let path = self.path;
        format!(
            "type='signal',sender='ca.desrt.dconf',interface='ca.desrt.dconf.Writer',member='Notify',arg0path='{path}'"
        )
    }

    /// Asks gsettings(1), which knows what holds where nothing was set.
    pub(super) async fn is_on(&self) -> Result<bool, Failure> {
        let answer = Command::from(apart::command("gsettings"))
            .args(["get", self.schema, self.name])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .output();
        let answer = timeout(PATIENCE, answer).await;
        let answer = answer.map_err(|_| "gsettings does not answer")?;
        let answer = answer.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "gsettings is not installed".to_owned(),
            _ => format!("gsettings cannot be run: {error}"),
        })?;
        match answer.stdout.trim_ascii() {
            b"true" => Ok(self.when_on),
            b"false" => Ok(!self.when_on),
            _ => Err(format!("gsettings knows no {} {}", self.schema, self.name)),
        }
    }
}

//! What the daemon tells the service manager that started it: `sd_notify`(3), and nothing where `NOTIFY_SOCKET` is unset.

#[cfg(target_os = "linux")]
use sd_notify::NotifyState;

/// The daemon listens and has its configuration; also the end of [`reloading`].
pub fn ready() {
    #[cfg(target_os = "linux")]
    send(&[NotifyState::Ready]);
}

/// The configuration is being read again; [`ready`] follows, whether it was good or not.
pub fn reloading() {
    #[cfg(target_os = "linux")]
    match NotifyState::monotonic_usec_now() {
        Ok(now) => send(&[NotifyState::Reloading, now]),
        Err(error) => tracing::debug!("no monotonic clock for the service manager: {error}"),
    }
}

/// The daemon is on its way out.
pub fn stopping() {
    #[cfg(target_os = "linux")]
    send(&[NotifyState::Stopping]);
}

/// One line for `systemctl --user status`. Any line breaks in it become spaces.
pub fn status(line: &str) {
    #[cfg(target_os = "linux")]
    send(&[NotifyState::Status(&one_line(line))]);
    #[cfg(not(target_os = "linux"))]
    let _ = line;
}

#[cfg(target_os = "linux")]
fn send(states: &[NotifyState]) {
    // Nothing depends on the answer: a manager that cannot hear times out by itself, and says so.
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!("the service manager could not be told: {error}");
    }
}

/// A line break would begin another assignment of the protocol.
#[cfg(target_os = "linux")]
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn a_status_cannot_smuggle_in_another_assignment() {
        assert_eq!(
            super::one_line("next at 10:30\nMAINPID=1\r\n"),
            "next at 10:30 MAINPID=1"
        );
    }
}

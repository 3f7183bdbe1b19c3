//! What the daemon tells the service manager that started it: `sd_notify`(3), and nothing where `NOTIFY_SOCKET` is unset.

#[cfg(target_os = "linux")]
use sd_notify::NotifyState;

/// Whether a service manager started this, and will end it.
pub fn is_managed() -> bool {
    std::env::var_os("NOTIFY_SOCKET").is_some()
}

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

#[cfg(target_os = "linux")]
fn send(states: &[NotifyState]) {
    // Nothing depends on the answer: a manager that cannot hear times out by itself, and says so.
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!("the service manager could not be told: {error}");
    }
}

//! Notifications on macOS and Windows, which notify-rust delivers.
//!
//! Neither tells enough for the whole of it: on macOS an answer needs the main thread's run loop,
//! which a daemon does not have, so there are no buttons there; on Windows a notification that is
//! out can be neither replaced nor taken back, so only its answers are ignored from then on.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::UnboundedSender;

use super::{Abilities, Button, Click, DEFAULT_ACTION, Failure, Key, Notice, Report, text};

const ABILITIES: Abilities = Abilities {
    actions: cfg!(windows),
    body: true,
    body_markup: false,
    persistence: true,
    inline_reply: false,
};

/// Shows notifications on this desktop.
#[derive(Debug)]
pub struct Notifier {
    reports: UnboundedSender<Report>,
    open: Open,
}

/// Which showing of a key counts: the newest, unless the key has been closed.
#[derive(Debug, Clone, Default)]
struct Open(Arc<Mutex<BTreeMap<Key, Arc<()>>>>);

impl Notifier {
    /// Starts. There is no server to wait for on these systems, so it is ready at once.
    #[must_use]
    pub fn start(reports: UnboundedSender<Report>) -> Self {
        let _ = reports.send(Report::Ready {
            server: std::env::consts::OS.to_owned(),
            version: String::new(),
            abilities: ABILITIES,
        });
        Self {
            reports,
            open: Open::default(),
        }
    }

    /// Shows a notice. Returns at once; [`Report::Shown`] or [`Report::Failed`] follows.
    pub fn show(&self, notice: Notice) {
        let key = notice.key;
        let showing = self.open.begin(key);
        let (open, reports) = (self.open.clone(), self.reports.clone());
        let tell = move |report| {
            // Without a reader the daemon is stopping.
            let _ = reports.send(report);
        };
        let fail = tell.clone();
        // Waiting for the answer blocks, so each notification waits in a thread of its own.
        let thread = std::thread::Builder::new().name("notification".to_owned());
        let started = thread.spawn(move || match send(&notice).show() {
            Ok(handle) => {
                tell(Report::Shown { key });
                if let Some(report) = answer(handle, &notice)
                    && open.end(key, &showing)
                {
                    tell(report);
                }
            }
            Err(error) => {
                let failure = Failure::Refused(error.to_string());
                tell(Report::Failed { key, failure });
            }
        });
        if let Err(error) = started {
            let failure = Failure::Refused(error.to_string());
            fail(Report::Failed { key, failure });
        }
    }

    /// Stops listening to a notice. Nothing more is reported about it.
    pub fn close(&self, key: Key) {
        self.open.lock().remove(&key);
    }

    /// Ends. What waits for an answer ends with the process.
    #[expect(clippy::unused_async, reason = "the same on every platform")]
    pub async fn shutdown(self) {
        self.open.lock().clear();
    }
}

impl Open {
    fn begin(&self, key: Key) -> Arc<()> {
        let showing = Arc::new(());
        self.lock().insert(key, Arc::clone(&showing));
        showing
    }

    /// Ends a showing; whether it still counted.
    fn end(&self, key: Key, showing: &Arc<()>) -> bool {
        let mut open = self.lock();
        let counts = open
            .get(&key)
            .is_some_and(|newest| Arc::ptr_eq(newest, showing));
        if counts {
            open.remove(&key);
        }
        counts
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Key, Arc<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn send(notice: &Notice) -> notify_rust::Notification {
    let mut notification = notify_rust::Notification::new();
    notification
        .appname("attuned")
        .summary(&text::line(&notice.summary))
        .body(&text::plain(&notice.body_with(ABILITIES.actions)));
    if ABILITIES.actions {
        let on_screen = |button: &&Button| button.action != DEFAULT_ACTION;
        for button in notice.sent_buttons(Click::Unseen).filter(on_screen) {
            notification.action(button.action, &text::line(&button.label));
        }
    }
    if !notice.silent {
        notification.sound_name("Default");
    }
    notification.finalize()
}

/// Nothing is ever told: the handle shows the notification as it goes.
#[cfg(target_os = "macos")]
fn answer(handle: notify_rust::NotificationHandle, _notice: &Notice) -> Option<Report> {
    drop(handle);
    None
}

#[cfg(windows)]
fn answer(handle: notify_rust::NotificationHandle, notice: &Notice) -> Option<Report> {
    use super::Close;
    use notify_rust::{CloseReason, NotificationResponse as Response};

    let key = notice.key;
    let opens = notice
        .sent_buttons(Click::Unseen)
        .any(|button| button.action == DEFAULT_ACTION);
    let mut report = None;
    let waited = handle.wait_for_response(|response: &Response| {
        report = Some(match response {
            Response::Default if opens => Report::Pressed {
                key,
                action: DEFAULT_ACTION.to_owned(),
            },
            Response::Action(action) => Report::Pressed {
                key,
                action: action.clone(),
            },
            Response::Closed(CloseReason::Expired) => Report::Closed {
                key,
                cause: Close::Expired,
            },
            Response::Default | Response::Reply(_) | Response::Closed(_) => Report::Closed {
                key,
                cause: Close::Dismissed,
            },
        });
    });
    if let Err(error) = waited {
        tracing::debug!(%error, "no answer to a notification");
    }
    report
}

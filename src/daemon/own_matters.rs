//! What attuned says of itself: seldom, and in one notification.

use std::time::Duration;

use super::Daemon;
use super::notifier::{Key, Notice, Urgency};
use super::store::SetAside;
use crate::engine::{Reading, Source};

/// The notification about attuned's own matters; deliveries' ids start at one.
pub(super) const OWN_MATTERS: Key = 0;

/// How long a word about attuned's own matters may stay.
const STAY: Duration = Duration::from_secs(20 * 60);

impl Daemon {
    /// Says what could not be read and begins anew.
    pub(super) fn tell_of_loss(&mut self, set_aside: &SetAside) {
        let note = match set_aside {
            SetAside::Database(file) => {
                let name = file.file_name().unwrap_or_default().display();
                let body = format!("The old one could not be read. It was kept as {name}.");
                self.tell("A new record was begun", &body);
                format!(
                    "the record could not be read; it was kept as {}, and a new one begun",
                    file.display()
                )
            }
            SetAside::State => {
                self.tell(
                    "attuned begins anew",
                    "What it remembered, such as pauses, could not be read. The record of past prompts is whole.",
                );
                "what attuned remembered could not be read; it was kept in the record, and begins anew"
                    .to_owned()
            }
        };
        tracing::error!("{note}");
        self.store_note = Some(note);
    }

    /// Tells of attuned's own matters: now, or once there is somebody to show it, and to see it.
    pub(super) fn tell(&mut self, summary: &str, body: &str) {
        let notice = Notice {
            key: OWN_MATTERS,
            summary: summary.into(),
            body: body.into(),
            buttons: Vec::new(),
            takes_words: false,
            without_buttons: None,
            urgency: Urgency::Low,
            expires_in: STAY,
            silent: true,
        };
        self.untold = Some(notice);
        self.look_before_telling();
    }

    /// Looks at do-not-disturb: some servers drop what is sent then, without a word. What it says comes as any reading.
    pub(super) fn look_before_telling(&self) {
        if self.untold.is_some() && !self.engine.is_settling() {
            self.senses.ask(Source::DoNotDisturb);
        }
    }

    /// Shows what is not told yet, where this is what do-not-disturb says.
    pub(super) fn tell_where_seen(&self, said: &Reading) {
        let is_seen = matches!(said, Reading::Free | Reading::Unknown { .. });
        if let Some(notice) = self.untold.as_ref().filter(|_| is_seen) {
            self.notifier.show(notice.clone());
        }
    }
}

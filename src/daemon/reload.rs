//! The settings, read again.

use jiff::Timestamp;

use super::own_matters::OWN_MATTERS;
use super::{Daemon, service};
use crate::engine::{Event, Reading};
use crate::settings::Settings;
use crate::source::{Diagnostic, Severity};

impl Daemon {
    /// Reads the settings again; what cannot be used leaves those in force as they are, and says so once.
    pub(super) fn reload(&mut self, now: Timestamp) {
        service::reloading();
        match Settings::read(&self.paths) {
            Ok(settings) => {
                settings.log(&self.findings);
                self.findings = settings.findings;
                let was_broken = self.settings_problem.take().is_some();
                if was_broken {
                    tracing::info!("the settings can be used again");
                    self.untold = None;
                    self.notifier.close(OWN_MATTERS);
                }
                tracing::debug!("settings read");
                let event = Event::Reloaded {
                    config: settings.config,
                    library: settings.library,
                };
                self.handle(event, now);
                self.follow_senses(now);
            }
            Err(errors) => self.keep_settings(&errors),
        }
        service::ready();
    }

    /// Begins what tells whether the person is busy, as the settings in force want it.
    pub(super) fn follow_senses(&mut self, now: Timestamp) {
        for source in self.senses.follow(&self.engine.config().busy) {
            self.handle(Event::Sensed(source, Reading::Looking), now);
        }
    }

    /// Leaves the settings in force as they are, and says so once.
    pub(super) fn keep_settings(&mut self, findings: &[Diagnostic]) {
        let is_error = |finding: &&Diagnostic| finding.severity == Severity::Error;
        let first = findings.iter().find(is_error);
        let problem = first.map_or_else(String::new, Diagnostic::one_line);
        if self.settings_problem.as_deref() == Some(problem.as_str()) {
            return;
        }
        let place = first.map_or_else(String::new, Diagnostic::without_words);
        tracing::error!("the settings cannot be used; attuned check tells why: {place}");
        self.tell(
            "Settings not used",
            "There is an error in them, so they change nothing for now. attuned check shows where.",
        );
        self.settings_problem = Some(problem);
    }
}

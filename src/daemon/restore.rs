//! Going on from a backup without a stop.

use std::ffi::OsStr;
use std::path::Path;

use jiff::Timestamp;

use super::store::StoreError;
use super::{Daemon, error_response};
use crate::clock;
use crate::engine::{Batch, Delivery, Event, Phase, State};
use crate::protocol::ResponseBody;

impl Daemon {
    /// Replaces everything remembered with the backup that lies under this name in the state folder.
    pub(super) fn restore(&mut self, staged: &str, now: Timestamp) -> ResponseBody {
        if Path::new(staged).file_name() != Some(OsStr::new(staged)) {
            return error_response("that is no name of a file in the state folder".into(), None);
        }
        match self.go_on_from(staged, now) {
            Ok(before) => {
                tracing::info!("a backup was restored");
                ResponseBody::Restored { before }
            }
            Err(error) => error_response(
                error.to_string(),
                Some("nothing was restored, and all is as it was".into()),
            ),
        }
    }

    /// From the moment the record is replaced, this is as a start with it.
    fn go_on_from(&mut self, staged: &str, now: Timestamp) -> Result<Option<String>, StoreError> {
        let staged = self.paths.state_dir.join(staged);
        let (state, before) = self.ledger.restore(&self.paths.database, &staged, now)?;
        for delivery in &self.engine.state().live {
            self.notifier.close(delivery.record.id);
        }
        let state = state.unwrap_or_else(|| State::new(clock::entropy()));
        let state = state.in_place_of(self.engine.state());
        self.engine = self.engine.going_on_from(state, now);
        self.handle(Event::ServiceGone, now);
        self.keep(Batch::state(self.engine.state().clone()), now);
        if self.service.is_some() {
            self.show_what_is_due(now);
        }
        let name = |path: &Path| Some(path.file_name()?.to_string_lossy().into_owned());
        Ok(before.as_deref().and_then(name))
    }

    /// What was missed since the backup comes first, as after a sleep; only without any, what was under way then.
    fn show_what_is_due(&mut self, now: Timestamp) {
        self.handle(Event::Wake, now);
        let is_shown = |one: &Delivery| matches!(one.phase, Phase::Sending { .. });
        if !self.engine.state().live.iter().any(is_shown) {
            self.handle(Event::ServiceReady, now);
        }
    }
}

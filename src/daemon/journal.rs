//! A person's own record, changed by command, and what is too old in it let go.

use jiff::Timestamp;

use super::{Daemon, error_response};
use crate::engine::{Batch, Event};
use crate::journal::{Change, Erase};
use crate::protocol::ResponseBody;

/// How much is let go at one wake: so little that nobody waits for it.
const AT_ONCE: u32 = 2000;

impl Daemon {
    /// Changes the journal; the answer comes once it is on the disk.
    pub(super) fn change_journal(&mut self, change: &Change, now: Timestamp) -> ResponseBody {
        match self.ledger.change_journal(change, now) {
            Ok(changed) => ResponseBody::Journal(changed),
            Err(error) => error_response(
                format!("the journal cannot be written: {error}"),
                Some("nothing was changed; attuned doctor tells more".into()),
            ),
        }
    }

    /// Erases. Of all, nothing is remembered but what was chosen and planned, and nothing stays on screen.
    pub(super) fn erase(&mut self, what: Erase, now: Timestamp) -> ResponseBody {
        let state = self.engine.state();
        let state = (what == Erase::All).then(|| state.clone().without_answers());
        let erased = match self.ledger.erase(what, state.as_ref(), now) {
            Ok(erased) => erased,
            Err(error) => {
                return error_response(
                    format!("the record cannot be written: {error}"),
                    Some("nothing was erased; attuned doctor tells more".into()),
                );
            }
        };
        tracing::info!("what a person wanted gone was erased");
        if let Some(state) = state {
            for delivery in &self.engine.state().live {
                self.notifier.close(delivery.record.id);
            }
            self.engine = self.engine.going_on_from(state, now);
            self.keep(Batch::state(self.engine.state().clone()), now);
            self.handle(Event::Wake, now);
        }
        ResponseBody::Erased(erased)
    }

    /// Once a day, with a wake that something else needs.
    pub(super) fn let_old_go(&mut self, now: Timestamp) {
        let Some(keep) = self.engine.config().journal.keep else {
            return;
        };
        let today = now.to_zoned(self.engine.zone().clone()).date();
        if self.tidied == Some(today) {
            return;
        }
        match self.ledger.let_old_go(keep.before(today), AT_ONCE) {
            Ok(true) => {}
            Ok(false) => self.tidied = Some(today),
            Err(error) => {
                tracing::warn!("what is too old in the journal could not be deleted: {error}");
                self.tidied = Some(today);
            }
        }
    }
}

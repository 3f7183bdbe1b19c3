//! A person's own record, changed by command.

use jiff::Timestamp;

use super::{Daemon, error_response};
use crate::journal::Change;
use crate::protocol::ResponseBody;

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
}

//! Going on from what an earlier run remembered, when it comes within reach only after this one began.

use jiff::Timestamp;

use super::state::State;
use super::{BackOff, Engine};

impl Engine {
    /// Takes in what an earlier run remembered, as if it had been there from the start: its pauses hold, its prompts
    /// wait, its shuffles go on. Where both know something, this run knows it better.
    pub fn rejoin(&mut self, earlier: State, now: Timestamp) {
        let own = std::mem::replace(&mut self.state, earlier);
        self.lose_screen(now);
        let state = &mut self.state;
        state.introduced |= own.introduced;
        state.next_id = state.next_id.max(own.next_id);
        state.cursors.extend(own.cursors);
        state.pauses.extend(own.pauses);
        state.live.extend(own.live);
        if own.day.last >= state.day.last {
            state.day = own.day;
        }
        state.light_until = own.light_until.or(state.light_until);
        state.overwhelm = own.overwhelm.or(state.overwhelm);
        if own.back_off != BackOff::default() {
            state.back_off = own.back_off;
        }
        state.named = own.named.max(state.named);
        state.last_check_in = own.last_check_in.or(state.last_check_in);
    }
}

//! What a choice asks of every prompt there is, in four bytes, so that it can ask 100,000.

use super::{Intensity, Kind, LastState, PartOfDay, Prompt};

/// A prompt, as far as rules about all prompts of a kind are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Traits {
    pub(super) kind: Kind,
    pub(super) intensity: Intensity,
    /// A bit for each part of the day it comes at.
    times: u8,
    /// A bit for each state it suits.
    suits: u8,
}

impl Traits {
    pub(super) fn of(prompt: &Prompt) -> Traits {
        let times = PartOfDay::ALL.iter().filter(|part| prompt.comes_at(**part));
        let suits = LastState::ALL.iter().filter(|state| prompt.suits(**state));
        Traits {
            kind: prompt.kind,
            intensity: prompt.intensity,
            times: times.fold(0, |bits, part| bits | 1 << *part as u8),
            suits: suits.fold(0, |bits, state| bits | 1 << *state as u8),
        }
    }

    pub(super) fn comes_at(self, part: PartOfDay) -> bool {
        self.times & 1 << part as u8 != 0
    }

    pub(super) fn suits(self, state: LastState) -> bool {
        self.suits & 1 << state as u8 != 0
    }
}

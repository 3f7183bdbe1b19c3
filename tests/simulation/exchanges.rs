//! The laws of what follows an answer in the same notification.

use std::collections::BTreeMap;

use attuned::engine::Stage;

/// What a person has seen of each delivery.
#[derive(Default)]
pub struct Exchanges(BTreeMap<u64, Seen>);

enum Seen {
    Showing(Stage),
    /// An exchange was taken away, or stopped.
    Over,
}

impl Exchanges {
    /// A delivery shows itself, with so many steps in its practice; whether it may, after what came before: a practice
    /// begins at its first step, goes on by one, and nothing comes of an exchange that is over.
    pub fn show(&mut self, id: u64, stage: &Stage, steps: usize) -> bool {
        let before = self.0.insert(id, Seen::Showing(stage.clone()));
        let Some(Seen::Showing(before)) = before else {
            return before.is_none() && *stage == Stage::Asking;
        };
        match (before, stage) {
            (
                Stage::Asking,
                Stage::Asking | Stage::Offering { .. } | Stage::Practising { step: 0 },
            ) => true,
            (Stage::Offering { entry: before }, Stage::Offering { entry }) => before == *entry,
            (Stage::Practising { step: before }, Stage::Practising { step }) => {
                *step == before || *step == before + 1 && *step <= steps
            }
            _ => false,
        }
    }

    /// A delivery's notification is taken away. One that asks may come again.
    pub fn close(&mut self, id: u64) {
        match self.0.remove(&id) {
            None | Some(Seen::Showing(Stage::Asking)) => {}
            Some(Seen::Showing(_) | Seen::Over) => {
                self.0.insert(id, Seen::Over);
            }
        }
    }

    /// How many practices were begun.
    pub fn practices(&self) -> usize {
        let begun =
            |seen: &&Seen| matches!(seen, Seen::Over | Seen::Showing(Stage::Practising { .. }));
        self.0.values().filter(begun).count()
    }
}

//! What a person chose by command: which prompts to hide or favour, which collections to switch, and how often they come.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::prompt::worded;

worded! {
    /// How often a collection comes up against the others.
    pub enum Weight {
        /// Not by itself.
        Never = "0",
        /// Half as often.
        Half = "0.5",
        /// As often.
        Usual = "1",
        /// Twice as often.
        Double = "2",
    }
}

impl Weight {
    /// The same as a number.
    #[must_use]
    pub fn factor(self) -> f64 {
        match self {
            Weight::Never => 0.0,
            Weight::Half => 0.5,
            Weight::Usual => 1.0,
            Weight::Double => 2.0,
        }
    }
}

/// What a person chose by command, kept across restarts. A name that is not in the library (any more) stays, and does
/// nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Prompts that never come by themselves, by full id.
    pub hidden: BTreeSet<String>,
    /// Prompts that come up twice as often, by full id.
    pub favourites: BTreeSet<String>,
    /// Collections switched on (true) or off, by id.
    pub switched: BTreeMap<String, bool>,
    /// How often a collection comes up, where it is not as often as the others.
    pub weights: BTreeMap<String, Weight>,
}

/// One thing to change about prompts or collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A prompt no longer comes by itself.
    Hide,
    /// It can come again.
    Unhide,
    /// A prompt comes twice as often.
    Favour,
    /// It comes as often as others.
    Unfavour,
    /// A collection's prompts come by themselves.
    Enable,
    /// They no longer do.
    Disable,
    /// A collection comes this often.
    Weight(Weight),
}

impl Change {
    /// Whether it is about prompts; else about collections.
    #[must_use]
    pub fn is_about_prompts(self) -> bool {
        match self {
            Change::Hide | Change::Unhide | Change::Favour | Change::Unfavour => true,
            Change::Enable | Change::Disable | Change::Weight(_) => false,
        }
    }
}

impl Preferences {
    /// Makes the change for the prompt or collection with this full id, which is on or not `by_default`. What is the
    /// default is no preference.
    pub fn make(&mut self, change: Change, id: &str, by_default: bool) {
        let mut switch = |on: bool| {
            if on == by_default {
                self.switched.remove(id);
            } else {
                self.switched.insert(id.to_owned(), on);
            }
        };
        match change {
            Change::Hide => drop(self.hidden.insert(id.to_owned())),
            Change::Unhide => drop(self.hidden.remove(id)),
            Change::Favour => drop(self.favourites.insert(id.to_owned())),
            Change::Unfavour => drop(self.favourites.remove(id)),
            Change::Enable => switch(true),
            Change::Disable => switch(false),
            Change::Weight(Weight::Usual) => drop(self.weights.remove(id)),
            Change::Weight(weight) => drop(self.weights.insert(id.to_owned(), weight)),
        }
    }
}

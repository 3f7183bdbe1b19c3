//! Which prompts a person lets come.

use std::collections::BTreeMap;

use super::{Collection, Intensity};

/// Which prompts may come, and how often.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The language of prompts, a BCP 47 tag such as `en`.
    pub language: String,
    /// Collections switched on, beside those that are on by default.
    pub enable: Vec<String>,
    /// Collections switched off; wins over `enable`.
    pub disable: Vec<String>,
    /// How often a collection comes up against the others: 0, 0.5, 1 or 2; 1 where absent.
    pub weights: BTreeMap<String, f64>,
    /// Prompts never shown, by full id.
    pub hide: Vec<String>,
    /// Prompts that come up twice as often, by full id.
    pub favour: Vec<String>,
    /// The most intense a prompt may be.
    pub ceiling: Intensity,
}

impl Rules {
    /// Whether a collection is on.
    #[must_use]
    pub fn enables(&self, collection: &Collection) -> bool {
        let listed = |list: &[String]| list.contains(&collection.id);
        !listed(&self.disable) && (collection.enabled || listed(&self.enable))
    }

    /// How often a collection comes up against the others.
    #[must_use]
    pub fn weight(&self, collection: &Collection) -> f64 {
        self.weights.get(&collection.id).copied().unwrap_or(1.0)
    }
}

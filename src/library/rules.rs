//! Which prompts a person lets come: by the settings, and under them by command.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Change, Collection, Intensity, Need, Preferences};

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
    /// What a person cannot do or would rather not: a prompt that asks for it comes in its other wording.
    pub avoid: Vec<Need>,
}

impl Rules {
    /// Whether a collection is on.
    #[must_use]
    pub fn enables(&self, collection: &Collection) -> bool {
        self.switches(&collection.id).unwrap_or(collection.enabled)
    }

    /// How often a collection comes up against the others.
    #[must_use]
    pub fn weight(&self, collection: &Collection) -> f64 {
        self.weights.get(&collection.id).copied().unwrap_or(1.0)
    }

    /// What their ceiling keeps back of a collection; none where that is nothing.
    #[must_use]
    pub fn held_back(&self, collection: &Collection) -> Option<HeldBack> {
        let intensities = collection.prompts.iter().map(|prompt| prompt.intensity);
        let held_back: Vec<Intensity> = intensities
            .filter(|one| (self.ceiling < *one) && (*one <= collection.ceiling))
            .collect();
        let most = held_back.iter().max()?;
        Some(HeldBack {
            prompts: held_back.len(),
            of: collection.prompts.len(),
            ceiling: self.ceiling,
            needed: *most,
        })
    }

    /// These rules with a person's preferences under them: about every name these rules mention, these rules win.
    #[must_use]
    pub fn with(&self, preferences: &Preferences) -> Rules {
        let mut rules = self.clone();
        add_missing(&mut rules.hide, &preferences.hidden);
        add_missing(&mut rules.favour, &preferences.favourites);
        for (id, on) in &preferences.switched {
            if self.switches(id).is_none() {
                let list = if *on {
                    &mut rules.enable
                } else {
                    &mut rules.disable
                };
                list.push(id.clone());
            }
        }
        for (id, weight) in &preferences.weights {
            let weights = rules.weights.entry(id.clone());
            weights.or_insert(weight.factor());
        }
        rules
    }

    /// Whether these rules already say what a change would (true) or the contrary (false); none where they say nothing.
    #[must_use]
    pub fn settles(&self, change: Change, id: &str) -> Option<bool> {
        match change {
            Change::Hide => contains(&self.hide, id).then_some(true),
            Change::Unhide => contains(&self.hide, id).then_some(false),
            Change::Favour => contains(&self.favour, id).then_some(true),
            Change::Unfavour => contains(&self.favour, id).then_some(false),
            Change::Enable => self.switches(id),
            Change::Disable => self.switches(id).map(|on| !on),
            Change::Weight(weight) => {
                let is = |own: &f64| (own - weight.factor()).abs() < f64::EPSILON;
                self.weights.get(id).map(is)
            }
        }
    }

    /// Whether the collection is switched on or off here; none where it is not mentioned.
    fn switches(&self, collection: &str) -> Option<bool> {
        let off = contains(&self.disable, collection);
        let on = contains(&self.enable, collection);
        (off || on).then_some(!off)
    }
}

fn contains(list: &[String], id: &str) -> bool {
    list.iter().any(|one| one == id)
}

fn add_missing<'a>(list: &mut Vec<String>, names: impl IntoIterator<Item = &'a String>) {
    let names = names.into_iter();
    let missing: Vec<String> = names.filter(|name| !list.contains(name)).cloned().collect();
    list.extend(missing);
}

/// Prompts of a collection that the ceiling keeps from coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBack {
    /// How many.
    pub prompts: usize,
    /// Of how many.
    pub of: usize,
    /// The most intense that may come.
    pub ceiling: Intensity,
    /// The ceiling under which all of them would.
    pub needed: Intensity,
}

/// Who decided something about a prompt or collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Nobody.
    Default,
    /// The person, by command.
    Choice,
    /// The settings, which win.
    Settings,
}

/// Whether a collection's prompts come by themselves, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// They do, as it was switched on, or nobody switched it off.
    On(By),
    /// They do not, as it was switched off, or nobody switched it on.
    Off(By),
    /// They do not, as its weight is 0.
    WeightZero(By),
    /// They do not, as they are in another language.
    OtherLanguage,
}

impl Standing {
    /// Whether they come by themselves.
    #[must_use]
    pub fn is_on(self) -> bool {
        matches!(self, Standing::On(_))
    }
}

/// The rules in force, and who decided each.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// The settings' part.
    pub settings: &'a Rules,
    /// The part under it.
    pub preferences: &'a Preferences,
}

impl Decided<'_> {
    /// Whether a collection's prompts come by themselves.
    #[must_use]
    pub fn standing(self, collection: &Collection) -> Standing {
        let (on, by) = self.switch(collection);
        let (weight, weighed_by) = self.weight(collection);
        if !on {
            Standing::Off(by)
        } else if !collection.comes_in(&self.settings.language) {
            Standing::OtherLanguage
        } else if weight <= 0.0 {
            Standing::WeightZero(weighed_by)
        } else {
            Standing::On(by)
        }
    }

    fn switch(self, collection: &Collection) -> (bool, By) {
        let chosen = self.preferences.switched.get(&collection.id);
        match (self.settings.switches(&collection.id), chosen) {
            (Some(on), _) => (on, By::Settings),
            (None, Some(on)) => (*on, By::Choice),
            (None, None) => (collection.enabled, By::Default),
        }
    }

    /// How often a collection comes up against the others.
    #[must_use]
    pub fn weight(self, collection: &Collection) -> (f64, By) {
        let settings = self.settings.weights.get(&collection.id);
        let chosen = self.preferences.weights.get(&collection.id);
        match (settings, chosen) {
            (Some(weight), _) => (*weight, By::Settings),
            (None, Some(weight)) => (weight.factor(), By::Choice),
            (None, None) => (1.0, By::Default),
        }
    }

    /// Who hides the prompt with this full id, if anybody.
    #[must_use]
    pub fn hidden(self, id: &str) -> Option<By> {
        listed_by(
            &self.settings.hide,
            self.preferences.hidden.contains(id),
            id,
        )
    }

    /// Who favours the prompt with this full id, if anybody.
    #[must_use]
    pub fn favoured(self, id: &str) -> Option<By> {
        let chosen = self.preferences.favourites.contains(id);
        listed_by(&self.settings.favour, chosen, id)
    }

    /// What the person chose about a collection, and the settings overrule.
    #[must_use]
    pub fn overruled(self, collection: &Collection) -> Vec<Change> {
        let id = &collection.id;
        let switched = self.preferences.switched.get(id);
        let switched = switched.map(|on| if *on { Change::Enable } else { Change::Disable });
        let weighed = self.preferences.weights.get(id).copied();
        let chosen = switched.into_iter().chain(weighed.map(Change::Weight));
        let is_overruled = |change: &Change| self.settings.settles(*change, id) == Some(false);
        chosen.filter(is_overruled).collect()
    }
}

fn listed_by(settings: &[String], chosen: bool, id: &str) -> Option<By> {
    if contains(settings, id) {
        Some(By::Settings)
    } else {
        chosen.then_some(By::Choice)
    }
}

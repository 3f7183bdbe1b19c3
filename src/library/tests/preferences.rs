//! What the settings and a person's choices make of each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;

use super::super::{
    By, Change, Decided, HeldBack, Intensity, Library, Preferences, Rules, Standing, Weight,
};
use super::load;

/// Collections by these names; there is none called "gone".
const NAMES: [&str; 4] = ["plain", "off", "german", "gone"];

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let (library, findings) = load(&[
        ("plain.toml", "prompts = ['One.']"),
        ("off.toml", "enabled = false\nprompts = ['Two.']"),
        ("german.toml", "lang = 'de'\nprompts = ['Drei.']"),
    ]);
    assert_eq!(findings, []);
    library
});

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

fn weight() -> impl Strategy<Value = Weight> {
    prop::sample::select(Weight::ALL)
}

fn rules() -> impl Strategy<Value = Rules> {
    let names = || vec(name(), 0..3);
    let weights = btree_map(name(), weight().prop_map(Weight::factor), 0..3);
    (names(), names(), weights, names(), names()).prop_map(
        |(enable, disable, weights, hide, favour)| Rules {
            language: "en".into(),
            enable,
            disable,
            weights,
            hide,
            favour,
            ceiling: Intensity::Medium,
            avoid: vec![],
        },
    )
}

fn preferences() -> impl Strategy<Value = Preferences> {
    let names = || btree_set(name(), 0..3);
    let switched = btree_map(name(), any::<bool>(), 0..3);
    let weights = btree_map(name(), weight(), 0..3);
    (names(), names(), switched, weights).prop_map(|(hidden, favourites, switched, weights)| {
        Preferences {
            hidden,
            favourites,
            switched,
            weights,
        }
    })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Hide),
        Just(Change::Unhide),
        Just(Change::Favour),
        Just(Change::Unfavour),
        Just(Change::Enable),
        Just(Change::Disable),
        weight().prop_map(Change::Weight),
    ]
}

/// What a set of rules comes to: who is on, how often, and what is hidden or favoured.
#[derive(Debug, Clone, PartialEq)]
struct Outcome {
    on: BTreeSet<String>,
    weights: BTreeMap<String, f64>,
    hidden: BTreeSet<String>,
    favourites: BTreeSet<String>,
}

fn outcome(rules: &Rules) -> Outcome {
    let collections = LIBRARY.collections().iter();
    let (on, weights) = collections
        .map(|one| {
            let on = rules.enables(one).then(|| one.id.clone());
            (on, (one.id.clone(), rules.weight(one)))
        })
        .unzip::<_, _, Vec<_>, _>();
    Outcome {
        on: on.into_iter().flatten().collect(),
        weights,
        hidden: rules.hide.iter().cloned().collect(),
        favourites: rules.favour.iter().cloned().collect(),
    }
}

proptest! {
    /// About a name that the settings mention they decide alone, about any other the person does.
    #[test]
    fn the_settings_win_for_the_names_they_mention(rules in rules(), chosen in preferences()) {
        let both = rules.with(&chosen);
        for collection in LIBRARY.collections() {
            let id = &collection.id;
            let mentioned = rules.enable.contains(id) || rules.disable.contains(id);
            let on = match chosen.switched.get(id) {
                Some(on) if !mentioned => *on,
                _ => rules.enables(collection),
            };
            prop_assert_eq!(both.enables(collection), on, "{}", id);
            let weight = match (rules.weights.get(id), chosen.weights.get(id)) {
                (Some(weight), _) => *weight,
                (None, Some(weight)) => weight.name().parse().unwrap(),
                (None, None) => 1.0,
            };
            prop_assert!((both.weight(collection) - weight).abs() < 1e-9, "{}", id);
        }
        let either = |settings: &[String], chosen: &BTreeSet<String>| -> BTreeSet<String> {
            settings.iter().chain(chosen).cloned().collect()
        };
        let outcome = outcome(&both);
        prop_assert_eq!(outcome.hidden, either(&rules.hide, &chosen.hidden));
        prop_assert_eq!(outcome.favourites, either(&rules.favour, &chosen.favourites));
        prop_assert_eq!((&both.language, both.ceiling), (&rules.language, rules.ceiling));
    }

    #[test]
    fn no_choices_change_nothing_and_the_same_ones_nothing_more(rules in rules(), chosen in preferences()) {
        prop_assert_eq!(&rules.with(&Preferences::default()), &rules);
        let both = rules.with(&chosen);
        prop_assert_eq!(&both.with(&chosen), &both);
    }

    /// A change comes to what it says, unless the settings settle that; then it comes to nothing.
    #[test]
    fn a_change_holds_unless_the_settings_settle_it(
        rules in rules(), chosen in preferences(), change in change(), id in name()
    ) {
        let by_default = LIBRARY.collection(&id).is_none_or(|one| one.enabled);
        let mut changed = chosen.clone();
        changed.make(change, &id, by_default);
        let before = outcome(&rules.with(&chosen));
        let after = outcome(&rules.with(&changed));
        if rules.settles(change, &id).is_some() {
            prop_assert_eq!(after, before);
            return Ok(());
        }
        let mut expected = before;
        let is_there = LIBRARY.collection(&id).is_some();
        match change {
            Change::Hide => drop(expected.hidden.insert(id)),
            Change::Unhide => drop(expected.hidden.remove(&id)),
            Change::Favour => drop(expected.favourites.insert(id)),
            Change::Unfavour => drop(expected.favourites.remove(&id)),
            Change::Enable if is_there => drop(expected.on.insert(id)),
            Change::Disable => drop(expected.on.remove(&id)),
            Change::Weight(weight) if is_there => {
                expected
                    .weights
                    .insert(id, weight.name().parse().unwrap());
            }
            Change::Enable | Change::Weight(_) => {}
        }
        prop_assert_eq!(after, expected);
    }

    /// What is said about a collection is what the choice of prompts does.
    #[test]
    fn a_collection_stands_as_it_is_chosen_from(rules in rules(), chosen in preferences()) {
        let decided = Decided { settings: &rules, preferences: &chosen };
        let both = rules.with(&chosen);
        for collection in LIBRARY.collections() {
            let comes = both.enables(collection)
                && collection.speaks("en")
                && both.weight(collection) > 0.0;
            prop_assert_eq!(decided.standing(collection).is_on(), comes, "{}", &collection.id);
        }
        for name in NAMES {
            prop_assert_eq!(decided.hidden(name).is_some(), both.hide.iter().any(|one| one == name));
            prop_assert_eq!(decided.favoured(name).is_some(), both.favour.iter().any(|one| one == name));
        }
    }
}

#[test]
fn who_decided_is_told_and_what_was_overruled() {
    let plain = LIBRARY.collection("plain").expect("it is there");
    let mut settings = rules_of_nobody();
    let mut chosen = Preferences::default();
    let stands = |settings: &Rules, chosen: &Preferences| {
        let decided = Decided {
            settings,
            preferences: chosen,
        };
        (decided.standing(plain), decided.overruled(plain))
    };
    assert_eq!(
        stands(&settings, &chosen),
        (Standing::On(By::Default), vec![])
    );
    chosen.make(Change::Disable, "plain", true);
    assert_eq!(
        stands(&settings, &chosen),
        (Standing::Off(By::Choice), vec![])
    );
    settings.enable = vec!["plain".into()];
    assert_eq!(
        stands(&settings, &chosen),
        (Standing::On(By::Settings), vec![Change::Disable])
    );
    chosen.make(Change::Weight(Weight::Never), "plain", true);
    assert_eq!(
        stands(&settings, &chosen),
        (Standing::WeightZero(By::Choice), vec![Change::Disable])
    );
    settings.weights.insert("plain".into(), 2.0);
    assert_eq!(
        stands(&settings, &chosen).1,
        [Change::Disable, Change::Weight(Weight::Never)]
    );
}

#[test]
fn a_choice_that_is_the_default_is_none() {
    let mut chosen = Preferences::default();
    for (change, by_default) in [
        (Change::Disable, true),
        (Change::Enable, true),
        (Change::Enable, false),
        (Change::Disable, false),
        (Change::Weight(Weight::Double), true),
        (Change::Weight(Weight::Usual), true),
        (Change::Hide, true),
        (Change::Unhide, true),
        (Change::Favour, true),
        (Change::Unfavour, true),
    ] {
        chosen.make(change, "plain", by_default);
    }
    assert_eq!(chosen, Preferences::default());
}

fn rules_of_nobody() -> Rules {
    Rules {
        language: "en".into(),
        enable: vec![],
        disable: vec![],
        weights: BTreeMap::new(),
        hide: vec![],
        favour: vec![],
        ceiling: Intensity::Deep,
        avoid: vec![],
    }
}

#[test]
fn what_the_ceiling_keeps_back_is_what_would_come_under_a_higher_one() {
    let text = "
        ceiling = 'medium'
        prompts = ['gentle']
        [[prompt]]
        text = 'medium'
        intensity = 'medium'
        [[prompt]]
        text = 'never comes under the ceiling of the file'
        intensity = 'deep'";
    let (library, _) = load(&[("mine.toml", text)]);
    let mine = library.collection("mine").unwrap();
    let held_back = |ceiling| {
        let rules = Rules {
            ceiling,
            ..rules_of_nobody()
        };
        rules.held_back(mine)
    };
    let under_gentle = HeldBack {
        prompts: 1,
        of: 3,
        ceiling: Intensity::Gentle,
        needed: Intensity::Medium,
    };
    assert_eq!(held_back(Intensity::Gentle), Some(under_gentle));
    assert_eq!(held_back(Intensity::Medium), None);
    assert_eq!(held_back(Intensity::Deep), None);
}

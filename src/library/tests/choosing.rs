//! What can come, how often, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use super::{Person, lines};
use crate::library::{
    ChoiceReasons, Deck, Intensity, Kind, LastState, PartOfDay, Prompt, Selection, choose_by_id,
};

/// The ids of what comes in many independent first draws.
fn what_can_come(person: &mut Person) -> BTreeSet<String> {
    let draw = |salt| {
        person.salt = salt;
        person.choose().map(|choice| choice.prompt_id)
    };
    (0..300).filter_map(draw).collect()
}

fn counts(ids: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for id in ids {
        *counts.entry(id.as_str()).or_default() += 1;
    }
    counts
}

#[test]
fn after_too_much_only_steady_ground_comes_whatever_was_asked_for() {
    let mut person = Person::new();
    person.state = LastState::TooMuch;
    person.rules.disable = vec!["steady-ground".into()];
    for from in [
        Selection::default(),
        Selection::collection("kind-words"),
        Selection::kinds(&[Kind::CheckIn]),
    ] {
        person.from = from;
        let ids = what_can_come(&mut person);
        assert!(ids.len() > 10, "{ids:?}");
        for id in ids {
            let prompt = person.library.prompt(&id).unwrap();
            assert_eq!(prompt.collection(), "steady-ground");
            assert!(prompt.fits.contains(&LastState::TooMuch));
        }
    }
    let reasons = person.draw().reasons.to_string();
    assert!(
        reasons.contains("steady ground only, after \"Too much\""),
        "{reasons}"
    );
}

#[test]
fn only_what_suits_the_last_answer_comes() {
    let file = "
        [[prompt]]
        id = 'any'
        text = 'A'
        [[prompt]]
        id = 'okay'
        text = 'B'
        fits = ['okay']
        [[prompt]]
        id = 'hard'
        text = 'C'
        fits = ['hard', 'unknown']";
    let mut person = Person::reading(&[("my.toml", file)]);
    let mut come = |state| {
        person.state = state;
        Vec::from_iter(what_can_come(&mut person))
    };
    assert_eq!(come(LastState::Okay), ["my/any", "my/okay"]);
    assert_eq!(come(LastState::Hard), ["my/any", "my/hard"]);
    assert_eq!(come(LastState::Unknown), ["my/any", "my/hard"]);
}

#[test]
fn what_a_person_rules_out_does_not_come() {
    let file = "
        [[prompt]]
        id = 'hidden'
        text = 'A'
        [[prompt]]
        id = 'deep'
        text = 'B'
        intensity = 'deep'
        [[prompt]]
        id = 'silenced'
        text = 'C'
        tags = ['work']
        [[prompt]]
        id = 'now-open'
        text = 'D'
        [[prompt]]
        id = 'check-in'
        text = 'E?'
        kind = 'check-in'
        [[prompt]]
        id = 'left'
        text = 'F'";
    let files = [
        ("my.toml", file),
        ("german.toml", "lang = 'de'\nprompts = ['G']"),
        ("off.toml", "enabled = false\nprompts = ['H']"),
        ("nought.toml", "prompts = ['I']"),
        ("paused.toml", "prompts = ['J']"),
        ("low.toml", "ceiling = 'gentle'\nprompts = []"),
    ];
    let mut person = Person::reading(&files[..5]);
    person.rules.hide = vec!["my/hidden".into()];
    person.rules.ceiling = Intensity::Medium;
    person.rules.weights = [("nought".to_owned(), 0.0)].into();
    person.excluded = vec!["work".into(), "paused".into()];
    person.replacing = Some("my/now-open".into());
    assert_eq!(Vec::from_iter(what_can_come(&mut person)), ["my/left"]);
}

#[test]
fn a_collection_asked_for_by_name_comes_on_or_not() {
    let files = [
        ("off.toml", "enabled = false\nprompts = ['A']"),
        ("on.toml", "prompts = ['B']"),
    ];
    let mut person = Person::reading(&files);
    person.rules.weights = [("off".to_owned(), 0.0)].into();
    person.rules.disable.push("off".into());
    person.from = Selection::collection("off");
    assert_eq!(person.draw().prompt_id.split_once('/').unwrap().0, "off");
    person.deck = Deck::default();
    person.from.collections.push("on".into());
    assert_eq!(what_can_come(&mut person).len(), 2);
    person.rules = Person::new().rules;
    person.rules.enable = vec!["off".into()];
    person.rules.weights = [("kind-words".to_owned(), 0.0)].into();
    person.from = Selection::default();
    let collections: BTreeSet<_> = what_can_come(&mut person)
        .iter()
        .map(|id| id.split_once('/').unwrap().0.to_owned())
        .collect();
    let on = person.library.collections().iter().filter(|one| {
        let weighed_away = one.id == "kind-words";
        one.enabled && !weighed_away || one.id == "off"
    });
    let expected: BTreeSet<_> = on.map(|one| one.id.clone()).collect();
    assert_eq!(collections, expected);
}

#[test]
fn kinds_and_tags_asked_for_are_what_comes() {
    let mut person = Person::new();
    person.from = Selection::kinds(&[Kind::CheckIn]);
    assert_eq!(
        person
            .library
            .prompt(&person.choose().unwrap().prompt_id)
            .unwrap()
            .kind,
        Kind::CheckIn
    );
    person.from = Selection {
        kinds: vec![Kind::Question],
        collections: vec![],
        tags: vec!["wins".into(), "body".into()],
    };
    let ids = what_can_come(&mut person);
    assert!(ids.len() > 5);
    for id in ids {
        let prompt = person.library.prompt(&id).unwrap();
        assert_eq!(prompt.kind, Kind::Question);
        assert!(prompt.tags.iter().any(|tag| tag == "wins" || tag == "body"));
    }
    person.from.tags = vec!["no-such-tag".into()];
    assert_eq!(person.choose(), None);
}

#[test]
fn nothing_that_rethinks_comes_within_an_hour_of_naming() {
    let files = [
        ("thought-check.toml", "prompts = ['A?']"),
        ("stay-with-it.toml", "prompts = ['B']"),
    ];
    let mut person = Person::reading(&files);
    person.from = Selection {
        kinds: vec![Kind::CheckIn],
        ..Selection::collection("name-it")
    };
    person.draw();
    for collection in ["thought-check", "stay-with-it"] {
        person.from = Selection::collection(collection);
        assert_eq!(person.choose(), None);
    }
    person.wait_hours(1);
    assert!(person.choose().is_some());
    // Words found elsewhere count as well.
    person.named = Some(person.now - jiff::SignedDuration::from_mins(59));
    assert_eq!(person.choose(), None);
    person.named = Some(person.now - jiff::SignedDuration::from_mins(60));
    assert!(person.choose().is_some());
}

#[test]
fn deep_prompts_are_a_week_apart() {
    let file =
        "[[prompt]]\ntext = 'A'\nintensity = 'deep'\n[[prompt]]\ntext = 'B'\nintensity = 'deep'";
    let mut person = Person::reading(&[("deep.toml", file)]);
    person.draw();
    person.wait_hours(7 * 24 - 1);
    assert_eq!(person.choose(), None);
    person.wait_hours(1);
    assert!(person.choose().is_some());
}

#[test]
fn a_clock_set_back_silences_nothing() {
    let file =
        "[[prompt]]\ntext = 'A'\nintensity = 'deep'\n[[prompt]]\ntext = 'B'\nintensity = 'deep'";
    let mut person = Person::reading(&[("deep.toml", file)]);
    person.draw();
    person.wait_hours(-365 * 24);
    assert!(person.choose().is_some());
}

#[test]
fn every_round_is_a_shuffle_of_all() {
    let mut person = Person::reading(&[("my.toml", &lines(20))]);
    let drawn = person.draw_at_leisure(100);
    let rounds: Vec<_> = drawn.chunks(20).collect();
    for round in &rounds {
        assert_eq!(round.iter().collect::<BTreeSet<_>>().len(), 20);
    }
    // Five orders of twenty cards: alike by chance once in 10^18.
    assert_eq!(rounds.iter().collect::<BTreeSet<_>>().len(), 5);
    let mut other = Person::reading(&[("my.toml", &lines(20))]);
    other.salt = 2;
    assert_ne!(drawn, other.draw_at_leisure(100));
}

#[test]
fn the_place_in_the_round_is_told() {
    let mut person = Person::reading(&[("my.toml", &lines(4))]);
    let mut places = vec![];
    for _ in 0..9 {
        person.wait_hours(50 * 24);
        let ChoiceReasons::Drawn { position, of, .. } = person.draw().reasons else {
            panic!("drawn");
        };
        places.push((position, of));
    }
    assert_eq!(
        places,
        [
            (1, 4),
            (2, 4),
            (3, 4),
            (4, 4),
            (1, 4),
            (2, 4),
            (3, 4),
            (4, 4),
            (1, 4)
        ]
    );
}

#[test]
fn favourites_come_twice_a_round() {
    let mut person = Person::reading(&[("my.toml", &lines(20))]);
    let ids: Vec<_> = person
        .library
        .collection("my")
        .unwrap()
        .prompts
        .iter()
        .map(|one| one.id.clone())
        .collect();
    person.rules.favour = ids[..4].to_vec();
    // 16 cards once and 4 twice are 24 a round; 50 rounds.
    let drawn = person.draw_at_leisure(24 * 50);
    let counts = counts(&drawn);
    for (place, id) in ids.iter().enumerate() {
        assert_eq!(
            counts[id.as_str()],
            if place < 4 { 100 } else { 50 },
            "{place}"
        );
    }
}

#[test]
fn favourites_come_about_twice_as_often_day_by_day() {
    let mut person = Person::new();
    // Six collections, so that one prompt comes often enough to count.
    let six = [
        "kind-words",
        "common-ground",
        "noticing",
        "name-it",
        "steady-ground",
        "small-wins",
    ];
    let others = person.library.collections().iter();
    person.rules.disable = others
        .map(|one| one.id.clone())
        .filter(|id| !six.contains(&id.as_str()))
        .collect();
    let prompts = &person.library.collection("kind-words").unwrap().prompts;
    let any_time = |prompt: &&Prompt| prompt.times.is_empty() && prompt.suits(LastState::Unknown);
    let ids: Vec<_> = prompts
        .iter()
        .filter(any_time)
        .map(|prompt| prompt.id.clone())
        .collect();
    let (favourites, others): (Vec<_>, Vec<_>) = ids
        .into_iter()
        .enumerate()
        .partition(|(place, _)| place % 5 == 2);
    person.rules.favour = favourites.iter().map(|(_, id)| id.clone()).collect();
    let drawn: Vec<_> = (0..6 * 365 * 4)
        .map(|hour| {
            person.wait_hours(4);
            person.part = PartOfDay::ALL[hour % 3];
            person.draw().prompt_id
        })
        .collect();
    let counts = counts(&drawn);
    let mean = |ids: &[(usize, String)]| {
        let total: usize = ids.iter().map(|(_, id)| counts[id.as_str()]).sum();
        total / ids.len()
    };
    let (favourites, others) = (mean(&favourites), mean(&others));
    assert!(
        others > 30 && (17..=23).contains(&(favourites * 10 / others)),
        "{favourites} to {others}"
    );
}

#[test]
fn a_prompt_made_a_favourite_does_not_crowd_out_the_rest() {
    let mut person = Person::reading(&[("my.toml", &lines(10))]);
    let first = person.draw_at_leisure(100).remove(0);
    person.rules.favour = vec![first.clone()];
    let drawn = person.draw_at_leisure(11 * 10);
    // Twice in each of ten rounds, and at most once more for the round under way.
    assert!(
        (19..=21).contains(&counts(&drawn)[first.as_str()]),
        "{:?}",
        counts(&drawn)
    );
}

#[test]
fn a_new_prompt_comes_in_the_round_under_way() {
    let mut person = Person::reading(&[("my.toml", &lines(10))]);
    person.draw_at_leisure(35);
    person.library = Person::reading(&[("my.toml", &lines(11))]).library;
    let ids: Vec<_> = person
        .library
        .collection("my")
        .unwrap()
        .prompts
        .iter()
        .map(|one| one.id.clone())
        .collect();
    // Three rounds of ten and half of the fourth: five are left in it, and the new one.
    let drawn = person.draw_at_leisure(6);
    assert_eq!(counts(&drawn)[ids[10].as_str()], 1);
}

#[test]
fn weights_and_fits_share_out_the_collections() {
    let small = |id: &'static str| (id, lines(3));
    let files = [
        small("small-wins"),
        small("thought-check"),
        small("noticing"),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|(id, text)| (format!("{id}.toml"), text.as_str()))
        .collect();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let mut person = Person::reading(&files);
    person
        .rules
        .disable
        .retain(|id| !["small-wins", "thought-check", "noticing"].contains(&id.as_str()));
    let mut shares = |state, weights: &[(&str, f64)]| {
        person.state = state;
        person.rules.weights = weights
            .iter()
            .map(|(id, weight)| ((*id).to_owned(), *weight))
            .collect();
        let mut shares = [0_u32; 3];
        for salt in 0..7000 {
            person.salt = salt;
            let choice = person.choose().unwrap();
            let id = choice.prompt_id.split_once('/').unwrap().0;
            let collections = ["small-wins", "thought-check", "noticing"];
            shares[collections.iter().position(|one| *one == id).unwrap()] += 1;
        }
        shares
    };
    // Five standard deviations of a binomial (7000, 1/2) are 209.
    let near = |shares: [u32; 3], expected: [u32; 3]| {
        let far = shares
            .iter()
            .zip(expected)
            .any(|(share, expected)| share.abs_diff(expected) > 209);
        assert!(!far, "{shares:?} is not about {expected:?}");
    };
    near(shares(LastState::Unknown, &[]), [2333, 2333, 2333]);
    near(
        shares(
            LastState::Unknown,
            &[("small-wins", 2.0), ("noticing", 0.5)],
        ),
        [4000, 2000, 1000],
    );
    near(shares(LastState::Okay, &[]), [3500, 1750, 1750]);
    near(shares(LastState::Hard, &[]), [2154, 538, 4308]);
    near(
        shares(LastState::Hard, &[("small-wins", 0.0), ("noticing", 0.5)]),
        [0, 1400, 5600],
    );
}

#[test]
fn the_same_state_gives_the_same_choices_after_a_restart() {
    let mut person = Person::new();
    for _ in 0..200 {
        person.wait_hours(5);
        person.draw();
        let stored = serde_json::to_string(&person.deck).unwrap();
        let before = person.choose();
        person.deck = serde_json::from_str::<Deck>(&stored).unwrap();
        assert_eq!(person.choose(), before);
    }
}

#[test]
fn another_one_is_another_one() {
    let mut person = Person::new();
    for _ in 0..100 {
        let shown = person.draw().prompt_id;
        person.replacing = Some(shown.clone());
        assert_ne!(person.choose().unwrap().prompt_id, shown);
    }
}

#[test]
fn every_wording_comes() {
    let file = "[[prompt]]\nid = 'a'\ntext = 'One.'\nvariants = ['Two.', 'Three.']";
    let mut person = Person::reading(&[("my.toml", file)]);
    let prompt = person.library.prompt("my/a").unwrap().clone();
    let mut draw = |_| prompt.wording(person.draw().wording).to_owned();
    let worded: Vec<String> = (0..40).map(&mut draw).collect();
    let wordings: Vec<_> = counts(&worded).into_keys().collect();
    assert_eq!(wordings, ["One.", "Three.", "Two."]);
}

#[test]
fn a_prompt_asked_for_by_id_comes_whatever_the_rules_say() {
    let mut person = Person::new();
    person.rules.hide = vec!["small-wins/a-bit-better".into()];
    let choice = choose_by_id(&person.library, "small-wins/a-bit-better").unwrap();
    assert_eq!(
        (&choice.prompt_id[..], &choice.reasons),
        ("small-wins/a-bit-better", &ChoiceReasons::AskedFor)
    );
    assert_eq!(choose_by_id(&person.library, "small-wins/nope"), None);
    // Shown all the same, it rests like any other.
    person.rules.hide.clear();
    person.deck.shown(&person.library, &choice, person.now);
    person.from = Selection::collection("small-wins");
    assert!(!what_can_come(&mut person).contains("small-wins/a-bit-better"));
}

//! Random lives with random libraries, and years with the shipped one, held against the rules as content.md words them:
//! a second, slow reading that keeps a whole diary.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::select;

use super::Person;
use crate::library::{
    Choice, ChoiceReasons, Deck, Intensity, Kind, LastState, PartOfDay, Prompt, Relaxed, Selection,
};
use crate::schedule::SplitMix64;

/// Everything shown so far.
#[derive(Default)]
struct Diary(Vec<(Prompt, Timestamp)>);

impl Diary {
    fn since(&self, now: Timestamp, days: i64) -> impl Iterator<Item = &Prompt> {
        let start = now - SignedDuration::from_hours(24 * days);
        self.0
            .iter()
            .filter(move |(_, at)| *at > start)
            .map(|(prompt, _)| prompt)
    }

    /// Whether the person's rules and state let a prompt come, time of day and rest aside.
    fn could_come(&self, person: &Person, prompt: &Prompt) -> bool {
        let collection = person.library.collection(prompt.collection()).unwrap();
        let asked = if person.state == LastState::TooMuch {
            collection.id == "steady-ground" && prompt.kind != Kind::CheckIn
        } else {
            let on = collection.enabled && !person.rules.disable.contains(&collection.id);
            let named = person.from.collections.contains(&collection.id);
            let kind = if person.from.kinds.is_empty() {
                prompt.kind != Kind::CheckIn
            } else {
                person.from.kinds.contains(&prompt.kind)
            };
            kind && if person.from.collections.is_empty() {
                on && !self.had_its_month(person, &collection.id)
            } else {
                named
            }
        };
        let second_deep = prompt.intensity == Intensity::Deep
            && self
                .since(person.now, 7)
                .any(|one| one.intensity == Intensity::Deep);
        let suits = match &prompt.fits[..] {
            [] => person.state != LastState::TooMuch,
            fits => fits.contains(&person.state),
        };
        asked && suits && !second_deep && prompt.intensity <= person.rules.ceiling
    }

    /// Whether a collection that comes once a month at most has come.
    fn had_its_month(&self, person: &Person, collection: &str) -> bool {
        let came = |one: &Prompt| one.collection() == collection;
        collection == "finding-help" && self.since(person.now, 30).any(came)
    }

    /// The prompts that could come in its stead, itself included.
    fn deck<'a>(&self, person: &'a Person, prompt: &Prompt) -> Vec<&'a Prompt> {
        let like_it = |one: &&Prompt| {
            one.collection() == prompt.collection()
                && (one.kind == Kind::CheckIn) == (prompt.kind == Kind::CheckIn)
                && self.could_come(person, one)
        };
        let all: Vec<_> = person.library.prompts().filter(like_it).collect();
        let in_time: Vec<_> = all
            .iter()
            .copied()
            .filter(|one| in_time(person, one))
            .collect();
        if in_time.is_empty() { all } else { in_time }
    }

    fn has_rested(&self, person: &Person, prompt: &Prompt) -> bool {
        let Some(last) = self.0.iter().rposition(|(one, _)| one.id == prompt.id) else {
            return true;
        };
        let share = if person.rules.favour.contains(&prompt.id) {
            40
        } else {
            80
        };
        let hours = if share == 40 { 45 * 12 } else { 45 * 24 };
        if self.0[last].1 + SignedDuration::from_hours(hours) <= person.now {
            return true;
        }
        let deck = self.deck(person, prompt);
        let deck: BTreeSet<_> = deck.into_iter().map(|one| &one.id).collect();
        let came: BTreeSet<_> = self.0[last + 1..].iter().map(|(one, _)| &one.id).collect();
        let others = deck.len() - usize::from(deck.contains(&prompt.id));
        came.intersection(&deck).count() * 100 >= others * share
    }

    /// Which rules that may give way a prompt breaks, the last to give way first.
    fn broken(&self, person: &Person, prompt: &Prompt) -> Vec<Relaxed> {
        let mut broken = vec![];
        if !in_time(person, prompt) {
            broken.push(Relaxed::TimeOfDay);
        }
        let same =
            |one: &Prompt| one.collection() == prompt.collection() && one.kind != Kind::CheckIn;
        if prompt.kind != Kind::CheckIn && self.since(person.now, 2).any(same) {
            broken.push(Relaxed::CollectionRest);
        }
        let others: Vec<_> = self
            .0
            .iter()
            .map(|(one, _)| one.kind)
            .filter(|kind| *kind != Kind::CheckIn)
            .collect();
        if others.ends_with(&[prompt.kind, prompt.kind]) {
            broken.push(Relaxed::KindRun);
        }
        broken
    }

    /// Checks a choice against every rule, and that no other prompt would have broken less.
    fn check(&self, person: &Person, choice: Option<&Choice>) {
        let could: Vec<_> = person
            .library
            .prompts()
            .filter(|prompt| self.could_come(person, prompt))
            .filter(|prompt| {
                in_time(person, prompt)
                    || self
                        .deck(person, prompt)
                        .iter()
                        .all(|one| !in_time(person, one))
            })
            .filter(|prompt| self.has_rested(person, prompt))
            .collect();
        let Some(choice) = choice else {
            assert_eq!(could, Vec::<&Prompt>::new(), "something could come");
            return;
        };
        let prompt = person.library.prompt(&choice.prompt_id).unwrap();
        assert!(could.contains(&prompt), "{} could not come", prompt.id);
        assert!(choice.wording <= prompt.variants.len());
        let ChoiceReasons::Drawn {
            relaxed,
            eligible,
            position,
            of,
            ..
        } = &choice.reasons
        else {
            panic!("drawn");
        };
        assert_eq!(*relaxed, self.broken(person, prompt), "{}", prompt.id);
        // As a number in base 2, with the rule to give way last as its highest digit.
        let cost = |broken: &[Relaxed]| broken.iter().map(|rule| 1 << (*rule as u32)).sum::<u32>();
        let costs: Vec<_> = could
            .iter()
            .map(|one| cost(&self.broken(person, one)))
            .collect();
        let least = costs.iter().min().copied();
        assert_eq!(Some(cost(relaxed)), least, "{relaxed:?}");
        assert_eq!(
            *eligible,
            costs.iter().filter(|cost| Some(**cost) == least).count()
        );
        assert_eq!(*of, self.deck(person, prompt).len());
        assert!((1..=*of).contains(position), "{position} of {of}");
    }
}

fn in_time(person: &Person, prompt: &Prompt) -> bool {
    prompt.times.is_empty() || prompt.times.contains(&person.part)
}

/// One delivery: so many hours later, in some part of the day and state, for some kinds.
#[derive(Debug, Clone)]
struct Step {
    hours: i64,
    part: PartOfDay,
    state: LastState,
    kinds: Vec<Kind>,
}

fn live(person: &mut Person, steps: impl IntoIterator<Item = Step>) -> Diary {
    let mut diary = Diary::default();
    for step in steps {
        person.wait_hours(step.hours);
        person.part = step.part;
        person.state = step.state;
        person.from = Selection::kinds(&step.kinds);
        let choice = person.choose();
        diary.check(person, choice.as_ref());
        if let Some(choice) = choice {
            person.deck.shown(&person.library, &choice, person.now);
            let prompt = person.library.prompt(&choice.prompt_id).unwrap();
            diary.0.push((prompt.clone(), person.now));
        }
        let stored = serde_json::to_string(&person.deck).unwrap();
        person.deck = serde_json::from_str::<Deck>(&stored).unwrap();
    }
    diary
}

fn step() -> impl Strategy<Value = Step> {
    let kinds = prop_oneof![
        3 => Just(vec![]),
        2 => Just(vec![Kind::CheckIn]),
        1 => prop::sample::subsequence(Kind::ALL.to_vec(), 1..=4),
    ];
    (
        0..60_i64,
        select(PartOfDay::ALL),
        select(LastState::ALL),
        kinds,
    )
        .prop_map(|(hours, part, state, kinds)| Step {
            hours,
            part,
            state,
            kinds,
        })
}

/// The text of one `[[prompt]]`, its place in the file aside.
fn prompt() -> impl Strategy<Value = String> {
    let some = |words: &[&'static str]| prop::sample::subsequence(words.to_vec(), 0..=words.len());
    (
        select(Kind::ALL),
        select(Intensity::ALL),
        prop_oneof![Just(vec![]), some(&["morning", "day", "evening"])],
        prop_oneof![Just(vec![]), some(&["unknown", "okay", "hard", "too-much"])],
    )
        .prop_map(|(kind, intensity, times, fits)| {
            format!(
                "kind = '{kind}'\nintensity = '{intensity}'\ntimes = {times:?}\nfits = {fits:?}\n"
            )
        })
}

fn file() -> impl Strategy<Value = String> {
    prop::collection::vec(prompt(), 1..8).prop_map(|prompts| {
        prompts
            .iter()
            .enumerate()
            .fold(String::new(), |mut file, (place, prompt)| {
                write!(
                    file,
                    "[[prompt]]\nid = 'p{place}'\ntext = 'Prompt {place}'\n{prompt}"
                )
                .unwrap();
                file
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn small_libraries_keep_the_rules(
        files in prop::collection::vec(file(), 1..5),
        steps in prop::collection::vec(step(), 1..60),
        favoured in prop::collection::vec((0..5_usize, 0..8_usize), 0..4),
        salt in any::<u64>(),
    ) {
        let names = ["one.toml", "two.toml", "three.toml", "thought.toml", "five.toml"];
        let files: Vec<_> = names.into_iter().zip(files.iter().map(String::as_str)).collect();
        let mut person = Person::reading(&files);
        person.salt = salt;
        person.rules.favour = favoured
            .into_iter()
            .map(|(file, prompt)| format!("{}/p{prompt}", names[file].trim_end_matches(".toml")))
            .collect();
        live(&mut person, steps);
    }
}

#[test]
fn a_year_with_the_shipped_library_keeps_the_rules() {
    let mut random = SplitMix64::new(2026);
    let mut pick = |below: usize| usize::try_from(random.below(below as u64)).unwrap();
    let mut person = Person::new();
    person.rules.favour = vec![
        "small-wins/a-bit-better".into(),
        "steady-ground/three-things".into(),
    ];
    // Two a day, a check-in and another, at morning and evening hours.
    let steps = (0..2 * 365).map(|half_day| Step {
        hours: [9, 15][half_day % 2],
        part: PartOfDay::ALL[pick(3)],
        state: LastState::ALL[pick(3)],
        kinds: if half_day % 2 == 0 {
            vec![Kind::CheckIn]
        } else {
            vec![]
        },
    });
    let steps: Vec<_> = steps.collect();
    let diary = live(&mut person, steps);
    assert_eq!(diary.0.len(), 2 * 365);

    // With so few a day, nothing but check-ins comes back before it has rested 45 days (favourites: half of that).
    for (place, (prompt, at)) in diary.0.iter().enumerate() {
        let last = diary.0[..place]
            .iter()
            .rev()
            .find(|(one, _)| one.id == prompt.id);
        let rest = if person.rules.favour.contains(&prompt.id) {
            22
        } else {
            45
        };
        let rested = last.is_none_or(|(_, last)| at.duration_since(*last).as_hours() >= rest * 24);
        assert!(
            rested || prompt.kind == Kind::CheckIn,
            "{} on {at}",
            prompt.id
        );
    }
    // And what is on does come: a prompt in two was seen in the year.
    let seen: BTreeSet<_> = diary.0.iter().map(|(prompt, _)| &prompt.id).collect();
    let on = |one: &&Prompt| {
        let collection = person.library.collection(one.collection()).unwrap();
        collection.enabled
    };
    let all = person.library.prompts().filter(on).count();
    assert!(seen.len() * 2 > all, "{} of {all}", seen.len());
}

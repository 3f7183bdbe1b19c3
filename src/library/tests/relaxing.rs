//! Rules give way in their order, one case each, and the reason says so.

use super::Person;
use crate::library::{Choice, ChoiceReasons, Kind, PartOfDay, Relaxed, Selection};

fn relaxed(choice: &Choice) -> &[Relaxed] {
    match &choice.reasons {
        ChoiceReasons::Drawn { relaxed, .. } => relaxed,
        ChoiceReasons::AskedFor | ChoiceReasons::FollowsUp { .. } => &[],
    }
}

#[test]
fn first_a_kind_may_come_three_times_running() {
    let files = [
        ("a.toml", "prompts = ['A']"),
        ("b.toml", "prompts = ['B']"),
        ("c.toml", "prompts = ['C']"),
    ];
    let mut person = Person::reading(&files);
    assert_eq!(relaxed(&person.draw()), []);
    assert_eq!(relaxed(&person.draw()), []);
    let third = person.draw();
    assert_eq!(relaxed(&third), [Relaxed::KindRun]);
    assert!(
        third
            .reasons
            .to_string()
            .ends_with("the third of its kind running, as nothing else was left")
    );
}

#[test]
fn then_a_collection_may_come_again_within_two_days() {
    let mut person = Person::reading(&[("a.toml", "prompts = ['A', 'B?', 'C']")]);
    assert_eq!(relaxed(&person.draw()), []);
    assert_eq!(relaxed(&person.draw()), [Relaxed::CollectionRest]);
    person.wait_hours(48);
    assert_eq!(relaxed(&person.draw()), []);
}

#[test]
fn a_kind_three_times_running_is_better_than_a_collection_again() {
    let files = [
        ("a.toml", "prompts = ['A']"),
        ("b.toml", "prompts = ['B']"),
        ("c.toml", "prompts = ['C']"),
    ];
    let mut person = Person::reading(&files);
    let two: Vec<_> = (0..2).map(|_| person.draw().prompt_id).collect();
    // Questions in the two collections that have been; the third has only a line.
    let more = files.map(|(name, text)| {
        let been = two.iter().any(|id| id.starts_with(&name[..1]));
        (
            name,
            if been {
                text.replace(']', ", 'Q?']")
            } else {
                text.to_owned()
            },
        )
    });
    let more: Vec<_> = more
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    person.library = Person::reading(&more).library;
    let third = person.draw();
    assert_eq!(relaxed(&third), [Relaxed::KindRun]);
    assert!(!two.iter().any(|id| id[..1] == third.prompt_id[..1]));
}

#[test]
fn last_of_all_a_prompt_may_come_outside_its_time_of_day() {
    let evening = "[[prompt]]\nid = 'evening'\ntext = 'A'\ntimes = ['evening']";
    let mut person = Person::reading(&[("a.toml", evening)]);
    person.part = PartOfDay::Morning;
    let choice = person.draw();
    assert_eq!(relaxed(&choice), [Relaxed::TimeOfDay]);
    assert!(
        choice
            .reasons
            .to_string()
            .ends_with("outside its time of day, as nothing else was left")
    );

    let both = format!("{evening}\n[[prompt]]\nid = 'any'\ntext = 'B'");
    let mut person = Person::reading(&[("a.toml", &both)]);
    person.part = PartOfDay::Morning;
    // Again and again the same, rather than the evening's in the morning; every reason is told.
    let come: Vec<_> = (0..3).map(|_| person.draw()).collect();
    assert!(come.iter().all(|choice| choice.prompt_id == "a/any"));
    assert_eq!(
        relaxed(&come[2]),
        [Relaxed::CollectionRest, Relaxed::KindRun]
    );
}

#[test]
fn check_ins_neither_make_their_collection_rest_nor_wait_for_it() {
    let file = "
        prompts = ['A', 'B?']
        [[prompt]]
        kind = 'check-in'
        text = 'How are you?'
        [[prompt]]
        kind = 'check-in'
        text = 'And now?'";
    let mut person = Person::reading(&[("a.toml", file)]);
    let check_in = Selection::kinds(&[Kind::CheckIn]);
    let other = std::mem::replace(&mut person.from, check_in.clone());
    assert_eq!(relaxed(&person.draw()), []);
    person.from = other;
    assert_eq!(relaxed(&person.draw()), []);
    person.from = check_in;
    assert_eq!(relaxed(&person.draw()), []);
}

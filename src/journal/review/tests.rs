use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::date};

use super::*;
use crate::journal::{Channel, EntryId, Moment, Origin, VERSION};

fn entry(at: &str, zone: &str, content: Content) -> Entry {
    let at: Timestamp = at.parse().unwrap();
    let zone = TimeZone::get(zone).unwrap();
    Entry {
        version: VERSION,
        id: EntryId::new(at, 7),
        revision: 1,
        moment: Moment::new(at, &zone),
        origin: Origin::Own,
        channel: Channel::Terminal,
        prompt: None,
        asked: None,
        content,
    }
}

fn check_in(at: &str, said: CheckIn) -> Entry {
    entry(at, "Europe/Berlin", Content::CheckIn(said))
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn scale(value: i8) -> Scale {
    value.try_into().unwrap()
}

#[test]
fn check_ins_are_counted_by_what_was_answered() {
    let rather_not = CheckIn {
        outcome: Outcome::RatherNot,
        ..CheckIn::default()
    };
    let in_words = CheckIn {
        words: words(&["tired"]),
        ..CheckIn::default()
    };
    let all = [
        CheckIn::quick(Quick::Hard),
        CheckIn::quick(Quick::Okay),
        CheckIn::quick(Quick::Hard),
        rather_not,
        in_words,
    ];
    let review = Review::of(all.map(|said| check_in("2026-11-24T09:00:00Z", said)));
    assert_eq!(review.check_ins.count, 5);
    assert_eq!(
        review.check_ins.answers(),
        [
            ("okay", 1),
            ("hard", 2),
            ("in other words", 1),
            ("rather not", 1)
        ],
        "nobody said \"too much\", so it is not spoken of"
    );
}

#[test]
fn a_place_on_the_grid_needs_both_its_sides() {
    let at = |pleasant, energy| {
        let said = CheckIn {
            pleasant,
            energy,
            ..CheckIn::default()
        };
        check_in("2026-11-24T09:00:00Z", said)
    };
    let review = Review::of([
        at(Some(scale(-2)), Some(scale(2))),
        at(Some(scale(-2)), Some(scale(2))),
        at(Some(scale(1)), Some(scale(0))),
        at(Some(scale(1)), None),
    ]);
    let mut places = [[0; 5]; 5];
    places[4][0] = 2;
    places[2][3] = 1;
    assert_eq!(review.check_ins.grid, Grid { count: 3, places });
}

#[test]
fn words_are_told_with_in_how_many_check_ins_they_were_said() {
    let said = |list: &[&str]| {
        let said = CheckIn {
            words: words(list),
            ..CheckIn::default()
        };
        check_in("2026-11-24T09:00:00Z", said)
    };
    let review = Review::of([
        said(&["tired", "tense"]),
        said(&["tired", "tired"]),
        said(&[]),
        said(&["calm"]),
    ]);
    let each = [("tired", 2), ("calm", 1), ("tense", 1)];
    assert_eq!(review.said.words.count, 3);
    assert_eq!(
        review.said.words.each,
        each.map(|(word, count)| (word.to_owned(), count))
    );
    assert_eq!(review.said.body, Tally::default());
}

#[test]
fn a_travelled_week_has_the_hours_that_were_lived() {
    // Monday 23 November, 23:30 in Berlin; the same instant is Tuesday, 07:30 in Tokyo.
    let at = "2026-11-23T22:30:00Z";
    let okay = || Content::CheckIn(CheckIn::quick(Quick::Okay));
    let review = Review::of([
        entry(at, "Europe/Berlin", okay()),
        entry(at, "Asia/Tokyo", okay()),
    ]);
    let mut hours = [[0; 24]; 7];
    hours[0][23] = 1;
    hours[1][7] = 1;
    assert_eq!(review.times.hours, hours);
    let parts = review.times.parts();
    let parts = parts.iter().map(|(part, count)| (part.name, *count));
    assert_eq!(parts.collect::<Vec<_>>(), [("morning", 1), ("evening", 1)]);
    assert_eq!(
        review.times.weekdays(),
        [(Weekday::Monday, 1), (Weekday::Tuesday, 1)]
    );
}

#[test]
fn own_words_stay_whole_and_wins_are_apart() {
    let note = |text: &str| text.to_owned();
    let with_note = CheckIn {
        note: Some(note("long day")),
        ..CheckIn::quick(Quick::Hard)
    };
    let mut for_a_prompt = entry(
        "2026-11-24T10:00:00Z",
        "UTC",
        Content::Note { note: note("a") },
    );
    for_a_prompt.prompt = Some("reflect/one-line".into());
    let win = entry(
        "2026-11-24T11:00:00Z",
        "UTC",
        Content::Win { note: note("b") },
    );
    let review = Review::of([
        check_in("2026-11-24T09:00:00Z", with_note),
        for_a_prompt,
        win,
        check_in("2026-11-24T12:00:00Z", CheckIn::quick(Quick::Okay)),
    ]);
    let told = |entries: &[Entry]| {
        let notes = entries.iter().filter_map(|one| one.content.note());
        notes.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(&review.notes), ["long day", "a"]);
    assert_eq!(told(&review.wins), ["b"]);
    assert_eq!(
        review.written,
        BTreeMap::from([("reflect/one-line".into(), 1)])
    );
    assert!(!review.is_empty());
    assert!(Review::of([]).is_empty());
}

#[test]
fn days_are_told_with_as_much_as_differs() {
    for (since, until, expected) in [
        (date(2026, 11, 24), date(2026, 11, 24), "24 November 2026"),
        (
            date(2026, 11, 18),
            date(2026, 11, 24),
            "18 to 24 November 2026",
        ),
        (
            date(2026, 10, 26),
            date(2026, 11, 24),
            "26 October to 24 November 2026",
        ),
        (
            date(2025, 12, 29),
            date(2026, 1, 4),
            "29 December 2025 to 4 January 2026",
        ),
    ] {
        assert_eq!(Days { since, until }.in_words(), expected);
    }
}

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

fn entry(revision: u32, note: &str) -> Entry {
    let at = "2026-11-24T10:00:00Z".parse().unwrap();
    Entry {
        version: VERSION,
        id: EntryId::new(at, 7),
        revision,
        moment: Moment::new(at, &TimeZone::UTC),
        origin: Origin::Own,
        channel: Channel::Terminal,
        prompt: None,
        asked: None,
        content: Content::Note { note: note.into() },
    }
}

#[test]
fn an_entry_is_one_flat_document() {
    let mut full = entry(1, "");
    full.prompt = Some("name-it/arriving".into());
    full.asked = Some("How are you arriving?".into());
    full.content = Content::CheckIn(CheckIn {
        pleasant: Some(Scale(-1)),
        energy: Some(Scale(2)),
        words: vec!["tense".into()],
        note: Some("The train was late.".into()),
        ..CheckIn::quick(Quick::TooMuch)
    });
    let expected = serde_json::json!({
        "version": 1,
        "id": "01a20cff7d00-0000000000000007",
        "revision": 1,
        "at": "2026-11-24T10:00:00Z",
        "offset": 0,
        "zone": "UTC",
        "origin": "own",
        "channel": "terminal",
        "prompt": "name-it/arriving",
        "asked": "How are you arriving?",
        "kind": "check-in",
        "outcome": "answered",
        "quick": "too-much",
        "pleasant": -1,
        "energy": 2,
        "words": ["tense"],
        "note": "The train was late.",
    });
    assert_eq!(serde_json::to_value(&full).unwrap(), expected);
    assert_eq!(serde_json::from_value::<Entry>(expected).unwrap(), full);
}

#[test]
fn a_place_beyond_the_grid_is_refused() {
    assert!(serde_json::from_str::<Scale>("3").is_err());
    assert!(serde_json::from_str::<Scale>("-3").is_err());
    assert_eq!(serde_json::from_str::<Scale>("-2").unwrap(), Scale::ALL[0]);
}

proptest! {
    /// Of two, exactly one holds unless they are the same: so any order of merging ends alike.
    #[test]
    fn one_of_two_holds(a in 1_u32..4, b in 1_u32..4, one in "[ab]{0,2}", other in "[ab]{0,2}") {
        let (one, other) = (entry(a, &one), entry(b, &other));
        let holds = usize::from(one.supersedes(&other)) + usize::from(other.supersedes(&one));
        prop_assert_eq!(holds, usize::from(one != other));
        if a != b {
            prop_assert_eq!(one.supersedes(&other), a > b);
        }
    }
}

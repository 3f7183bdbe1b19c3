//! Files in, prompts and findings out.

use std::borrow::Cow;

use super::load;
use crate::library::{Intensity, Kind, LastState, Library, Origin, PartOfDay};
use crate::source::{Diagnostic, Severity};

/// What loading one personal file finds, each on one line.
fn found_in(text: &str) -> Vec<String> {
    let (_, diagnostics) = load(&[("mine.toml", text)]);
    diagnostics.iter().map(Diagnostic::one_line).collect()
}

fn texts<'a>(library: &'a Library, collection: &str) -> Vec<&'a str> {
    let collection = library.collection(collection).unwrap();
    collection
        .prompts
        .iter()
        .map(|prompt| &*prompt.text)
        .collect()
}

#[test]
fn shipped_texts_are_borrowed_from_the_binary() {
    let library = Library::shipped();
    let borrowed = |text: &Cow<'_, str>| matches!(text, Cow::Borrowed(_));
    assert!(
        library
            .prompts()
            .all(|prompt| borrowed(&prompt.text) && borrowed(&prompt.title))
    );
}

#[test]
fn lines_alone_are_a_collection() {
    let text = "prompts = [\"  Go gently. \", \"What would a friend say?\"]";
    let (library, diagnostics) = load(&[("/home/ana/affirmations/My lines.toml", text)]);
    assert_eq!(diagnostics, []);
    let collection = library.collection("my-lines").unwrap();
    assert_eq!((&*collection.title, collection.enabled), ("My lines", true));
    assert_eq!(collection.origin, Origin::Personal);
    assert_eq!(
        texts(&library, "my-lines"),
        ["Go gently.", "What would a friend say?"]
    );
    let kinds: Vec<_> = collection
        .prompts
        .iter()
        .map(|prompt| prompt.kind)
        .collect();
    assert_eq!(kinds, [Kind::Affirmation, Kind::Question]);
    // A file's name is not meant for a stranger's eyes.
    assert_eq!(collection.prompts[0].title, "A moment for you");
}

#[test]
fn a_line_keeps_its_id_wherever_it_stands() {
    let ids = |text| {
        let (library, _) = load(&[("mine.toml", text)]);
        let prompts = &library.collection("mine").unwrap().prompts;
        prompts
            .iter()
            .map(|prompt| prompt.id.clone())
            .collect::<Vec<_>>()
    };
    let before = ids("prompts = ['one', 'two']");
    let after = ids("prompts = ['two', 'three', 'one']");
    assert_eq!([&before[0], &before[1]], [&after[2], &after[0]]);
    assert!(
        !before[0].contains("one"),
        "an id tells nothing about the text"
    );
}

#[test]
fn names_that_give_no_id_still_make_a_collection() {
    let (library, diagnostics) = load(&[
        ("моё.toml", "prompts = ['one']"),
        ("твоё.toml", "prompts = ['two']"),
    ]);
    assert_eq!(diagnostics, []);
    let own: Vec<_> = library
        .collections()
        .iter()
        .filter(|one| one.id.starts_with("own-"))
        .collect();
    assert_eq!(own.len(), 2);
    assert_eq!(own[0].title, "Моё");
}

#[test]
fn a_prompt_needs_nothing_but_its_text() {
    let text = "title = 'For me'\n[[prompt]]\ntext = 'Rest?'\n[[prompt]]\ntext = 'Rest.'\nsteps = [{ text = 'Sit', seconds = 5 }]";
    let (library, diagnostics) = load(&[("mine.toml", text)]);
    assert_eq!(diagnostics, []);
    let [question, practice] = &library.collection("mine").unwrap().prompts[..] else {
        panic!("two prompts");
    };
    assert_eq!(
        (question.kind, &*question.title),
        (Kind::Question, "For me")
    );
    assert_eq!(
        (practice.kind, practice.intensity),
        (Kind::Practice, Intensity::Gentle)
    );
    assert!(question.suits(LastState::Hard) && !question.suits(LastState::TooMuch));
    assert!(question.comes_at(PartOfDay::Evening));
}

#[test]
fn a_persons_file_lies_over_the_shipped_one() {
    let text = "
        title = 'Small steps'
        [[evidence]]
        strength = 'none'
        [[prompt]]
        id = 'a-bit-better'
        text = 'My own words.'
        evidence = [0]
        [[prompt]]
        id = 'mine'
        text = 'A new one.'
        follow_up = 'a-bit-better'";
    let shipped = Library::shipped();
    let (library, diagnostics) = load(&[("small-wins.toml", text)]);
    assert_eq!(diagnostics, []);
    let (before, after) = (
        shipped.collection("small-wins").unwrap(),
        library.collection("small-wins").unwrap(),
    );

    assert_eq!(
        (&*after.title, &after.source[..]),
        ("Small steps", "small-wins.toml")
    );
    assert_eq!(
        (&after.approach, after.ceiling, after.origin),
        (&before.approach, before.ceiling, Origin::Shipped)
    );
    assert_eq!(after.prompts.len(), before.prompts.len() + 1);
    let place = |id: &str| {
        before
            .prompts
            .iter()
            .position(|prompt| prompt.id == id)
            .unwrap()
    };
    let replaced = &after.prompts[place("small-wins/a-bit-better")];
    assert_eq!(
        (&*replaced.text, replaced.origin),
        ("My own words.", Origin::Personal)
    );
    // Its evidence is the file's own first item, which comes after the shipped ones.
    assert_eq!(replaced.evidence, [before.evidence.len()]);
    assert_eq!(after.evidence.len(), before.evidence.len() + 1);
    let added = library.prompt("small-wins/mine").unwrap();
    assert_eq!(added.follow_up.as_deref(), Some("small-wins/a-bit-better"));
    assert_eq!(after.prompts.last(), Some(added));
    assert_eq!(library.collections().len(), shipped.collections().len());
}

#[test]
fn a_head_alone_changes_a_shipped_collection() {
    let (library, diagnostics) = load(&[("quiet.toml", "id = 'noticing'\nenabled = false")]);
    assert_eq!(diagnostics, []);
    let (noticing, shipped) = (library.collection("noticing").unwrap(), Library::shipped());
    assert!(!noticing.enabled);
    assert_eq!(
        noticing.prompts,
        shipped.collection("noticing").unwrap().prompts
    );
}

#[test]
fn two_files_of_one_id() {
    let files = [
        ("a.toml", "id = 'mine'\nprompts = ['one']"),
        ("mine.toml", "prompts = ['two']"),
    ];
    let (library, diagnostics) = load(&files);
    assert_eq!(texts(&library, "mine"), ["one"]);
    let [diagnostic] = &diagnostics[..] else {
        panic!("one finding: {diagnostics:?}");
    };
    assert_eq!(
        diagnostic.one_line(),
        "mine.toml:1:1: the collection id \"mine\" is taken by a.toml"
    );
}

#[test]
fn one_wrong_prompt_takes_no_other_down() {
    let text = "\
[[prompt]]
id = 'good'
text = 'Fine.'
[[prompt]]
id = 'bad'
text = 'Also fine.'
kind = 'qestion'
tagz = ['x']
[[prompt]]
id = 'good'
text = 'The same id.'
";
    let (library, diagnostics) = load(&[("mine.toml", text), ("other.toml", "x = [")]);
    assert_eq!(texts(&library, "mine"), ["Fine."]);
    assert!(library.collection("other").is_none());
    assert!(library.collection("kind-words").is_some());
    let rendered: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.render(false))
        .collect();
    assert_eq!(rendered.len(), 4, "{rendered:#?}");
    assert_eq!(
        rendered[0],
        "\
error: `kind` cannot be \"qestion\"
 --> mine.toml:7:8
  |
7 | kind = 'qestion'
  |        ^^^^^^^^^
  |
  = hint: did you mean \"question\"?"
    );
    assert_eq!(
        rendered[1],
        "\
error: unknown key `tagz` in [[prompt]]
 --> mine.toml:8:1
  |
8 | tagz = ['x']
  | ^^^^
  |
  = hint: did you mean `tags`?"
    );
    assert_eq!(
        rendered[2],
        "\
error: the prompt id \"good\" is in this file twice
 --> mine.toml:9:1
  |
9 | [[prompt]]
  | ^^^^^^^^^^
  |
  = hint: give this one an id of its own; until then it is left out"
    );
    assert!(
        rendered[3].starts_with("error: not valid TOML"),
        "{}",
        rendered[3]
    );
}

#[test]
fn wrong_values_are_named() {
    let cases = [
        (
            "prompts = ['a', 3]",
            "mine.toml:1:17: `prompts` has to be text in quotes, not a whole number",
        ),
        (
            "prompts = 'a'\nenabled = 'yes'",
            "mine.toml:2:11: `enabled` has to be true or false, not text",
        ),
        (
            "prompts = ['a']\nversion = 0",
            "mine.toml:2:11: `version` cannot be 0",
        ),
        (
            "prompts = ['a']\nlng = 'en'",
            "mine.toml:2:1: unknown key `lng`",
        ),
        (
            "prompts = ['a']\nceiling = 'deeep'",
            "mine.toml:2:11: `ceiling` cannot be \"deeep\"",
        ),
        ("prompts = ['a', ' ']", "mine.toml:1:17: this line is empty"),
        (
            "prompts = ['a', 'a']",
            "mine.toml:1:17: this line is here twice",
        ),
        (
            "prompts = [\"a\\u001b[2J\"]",
            "mine.toml:1:12: this line holds the invisible character U+001B",
        ),
        (
            "prompts = [\"a\\u202eb\"]",
            "mine.toml:1:12: this line holds the invisible character U+202E",
        ),
        (
            "prompts = [\"\"\"a\nb\"\"\"]",
            "mine.toml:1:12: this line holds a line break",
        ),
        (
            "id = 'My lines'\nprompts = ['a']",
            "mine.toml:1:6: the id \"My lines\" is not in the usual form",
        ),
        (
            "prompt = 'a'",
            "mine.toml:1:10: `prompt` is a list of tables",
        ),
        (
            "[[prompt]]\nid = 'a'",
            "mine.toml:1:1: this [[prompt]] has no `text`",
        ),
        (
            "[[prompt]]\ntext = 'a'\nid = 'A'",
            "mine.toml:3:6: the id \"A\" is not in the usual form",
        ),
        (
            "[[prompt]]\ntext = 'a'\nfits = ['okey']",
            "mine.toml:3:9: `fits` cannot be \"okey\"",
        ),
        (
            "[[prompt]]\ntext = 'a'\nevidence = [0]",
            "mine.toml:3:13: there is no evidence 0 in this file",
        ),
        (
            "[[prompt]]\ntext = 'a'\nneeds = ['writing', 'breath']",
            "mine.toml:3:21: a prompt that needs breath has to offer another way",
        ),
        (
            "[[prompt]]\ntext = 'a'\nsteps = [{ text = 'b', seconds = 60 }, { text = 'c', seconds = 31 }]",
            "mine.toml:1:1: the steps last 91 seconds together; 90 is the most",
        ),
        (
            "[[prompt]]\ntext = 'a'\nsteps = [{ text = 'b', seconds = 91 }]",
            "mine.toml:3:34: `seconds` cannot be 91",
        ),
        (
            "[[prompt]]\ntext = 'a'\nsteps = [{ text = 'b' }]",
            "mine.toml:3:10: this [[prompt.steps]] has no `seconds`",
        ),
        (
            "[[evidence]]\nnote = 'a'\n[[prompt]]\ntext = 'b'",
            "mine.toml:1:1: this [[evidence]] has no `strength`",
        ),
        ("", "mine.toml:1:1: the collection \"mine\" has no prompts"),
    ];
    for (text, expected) in cases {
        assert_eq!(found_in(text), [expected], "{text}");
    }
}

#[test]
fn follow_ups_have_to_lead_somewhere() {
    let text = "[[prompt]]\nid = 'a'\ntext = 'One.'\nfollow_up = 'steady-ground/three-thing'";
    let (library, diagnostics) = load(&[("mine.toml", text)]);
    assert_eq!(
        diagnostics[0].render(false),
        "\
error: there is no prompt \"steady-ground/three-thing\" to follow
 --> mine.toml:4:13
  |
4 | follow_up = 'steady-ground/three-thing'
  |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = hint: did you mean \"steady-ground/three-things\"?"
    );
    assert_eq!(library.prompt("mine/a").unwrap().follow_up, None);

    let later = "[[prompt]]\nid = 'a'\ntext = 'One.'\nfollow_up = 'other/b'";
    let (library, diagnostics) = load(&[
        ("mine.toml", later),
        ("other.toml", "[[prompt]]\nid = 'b'\ntext = 'Two.'"),
    ]);
    assert_eq!(diagnostics, []);
    assert_eq!(
        library.prompt("mine/a").unwrap().follow_up.as_deref(),
        Some("other/b")
    );
}

#[test]
fn follow_ups_never_lead_round() {
    let prompts = |links: &[(&str, &str)]| -> String {
        let one = |(id, to): &(&str, &str)| {
            format!("[[prompt]]\nid = '{id}'\ntext = '{id}.'\nfollow_up = '{to}'\n")
        };
        links.iter().map(one).collect::<Vec<_>>().concat()
    };
    // In from the side, round, and a straight one that stays.
    let text = prompts(&[
        ("in", "a"),
        ("a", "b"),
        ("b", "c"),
        ("c", "a"),
        ("on", "in"),
    ]);
    let (library, diagnostics) = load(&[("mine.toml", &text)]);
    let [circle] = &diagnostics[..] else {
        panic!("one finding: {diagnostics:?}");
    };
    assert_eq!(
        circle.render(false),
        "\
error: follow-ups lead round: mine/a → mine/b → mine/c → mine/a
 --> mine.toml:4:13
  |
4 | follow_up = 'a'
  |             ^^^
  |
  = hint: leave one of them out; until then none of these has one"
    );
    let leads = |id: &str| library.prompt(id).unwrap().follow_up.as_deref();
    assert_eq!(["mine/a", "mine/b", "mine/c"].map(leads), [None; 3]);
    assert_eq!(
        ["mine/in", "mine/on"].map(leads),
        [Some("mine/a"), Some("mine/in")]
    );

    let (_, diagnostics) = load(&[("mine.toml", &prompts(&[("a", "a")]))]);
    assert_eq!(
        diagnostics[0].one_line(),
        "mine.toml:4:13: follow-ups lead round: mine/a → mine/a"
    );
    // Across files, each of which is fine by itself.
    let (library, diagnostics) = load(&[
        ("one.toml", &prompts(&[("a", "two/b")])),
        ("two.toml", &prompts(&[("b", "one/a")])),
    ]);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(library.prompt("two/b").unwrap().follow_up, None);
}

#[test]
fn long_texts_of_ones_own_are_shown_and_warned_about_up_to_a_limit() {
    for (length, severity, kept) in [
        (140, None, 1),
        (141, Some(Severity::Warning), 1),
        (1000, Some(Severity::Warning), 1),
        (1001, Some(Severity::Error), 0),
        (10_000, Some(Severity::Error), 0),
    ] {
        let (library, diagnostics) = load(&[(
            "mine.toml",
            &format!("prompts = ['{}']", "ä".repeat(length)),
        )]);
        let severities: Vec<_> = diagnostics
            .iter()
            .map(|diagnostic| diagnostic.severity)
            .collect();
        assert_eq!(severities, Vec::from_iter(severity), "{length}");
        assert_eq!(texts(&library, "mine").len(), kept, "{length}");
    }
}

#[test]
fn a_file_cut_or_garbled_anywhere_is_reported_and_takes_nothing_down() {
    let whole = include_str!("../../../affirmations/small-wins.toml").replace("small-wins", "mine");
    let shipped = Library::shipped();
    let places = whole.char_indices().map(|(place, _)| place);
    for place in places.step_by(211) {
        let (head, tail) = whole.split_at(place);
        for text in [head.to_owned(), format!("{head}\u{202e}é]\0{tail}")] {
            let (library, diagnostics) = load(&[("mine.toml", &text)]);
            assert!(
                diagnostics
                    .iter()
                    .all(|diagnostic| !diagnostic.render(true).is_empty())
            );
            let others = library.collections().iter().filter(|one| one.id != "mine");
            assert_eq!(others.count(), shipped.collections().len(), "{place}");
        }
    }
}

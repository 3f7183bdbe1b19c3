//! Files of the person's own: made of lines, added to, and begun.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::draft::Content;
use super::super::read::personal;
use super::super::{LeftOut, Lines, NotEditable, Origin, add_lines, of_lines, starter, title_flaw};
use super::load;
use crate::source::{Source, Toml};

fn read(text: &str) -> Lines {
    Lines::read(text, &BTreeSet::new())
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The texts of a file's prompts, which loads without a finding.
fn texts_in(file: &str) -> Vec<String> {
    let (library, findings) = load(&[("mine.toml", file)]);
    assert_eq!(findings, [], "{file}");
    let mine = library.collection("mine").expect("it is there");
    let texts = mine.prompts.iter().map(|prompt| prompt.text.to_string());
    texts.collect()
}

#[test]
fn a_line_is_a_prompt() {
    let lines =
        read("\u{feff}# From a friend\r\n\r\n  Go slowly.  \r\nTea?\n\n  # later\nGo slowly.\n");
    let expected = Lines {
        taken: owned(&["Go slowly.", "Tea?"]),
        repeated: 1,
        ..Lines::default()
    };
    assert_eq!(lines, expected);
    assert_eq!(read(""), Lines::default());
}

#[test]
fn what_cannot_be_shown_is_left_out_with_its_line() {
    let (fits, long) = ("ü".repeat(140), "ü".repeat(141));
    let (longest, too_long) = ("ü".repeat(1000), "ü".repeat(1001));
    let text = format!("a\tb\n{fits}\nc\u{1b}[2J\n{long}\n{longest}\n{too_long}\nd\u{202e}\n");
    let lines = read(&text);
    let left_out: Vec<String> = lines.left_out.iter().map(LeftOut::to_string).collect();
    assert_eq!(
        left_out,
        [
            "line 1 holds a tab",
            "line 3 holds the invisible character U+001B",
            "line 6 has 1001 characters; 1000 is the most",
            "line 7 holds the invisible character U+202E",
        ]
    );
    assert_eq!(lines.taken, [fits, long, longest]);
    assert_eq!(lines.long, [4, 5]);
}

#[test]
fn what_is_known_comes_in_once() {
    let lines = Lines::read("Tea?\nGo slowly.\nTea?\n", &["Tea?"].into());
    assert_eq!(lines.taken, ["Go slowly."]);
    assert_eq!(lines.repeated, 2);
}

#[test]
fn titles_are_short_and_plain() {
    assert_eq!(title_flaw("Morning notes"), None);
    assert_eq!(title_flaw(" "), Some("is empty".into()));
    assert_eq!(title_flaw("a\nb"), Some("holds a line break".into()));
    assert_eq!(
        title_flaw(&"x".repeat(33)),
        Some("has 33 characters; 32 is the most".into())
    );
}

#[test]
fn a_file_of_lines_is_the_short_form() {
    let lines = owned(&["Go slowly.", "Is this \"it\"?", "C:\\tea's"]);
    let file = of_lines(&lines);
    insta::assert_snapshot!(file, @r#"
    prompts = [
      "Go slowly.",
      'Is this "it"?',
      '''C:\tea's''',
    ]
    "#);
    assert_eq!(texts_in(&file), lines);
}

#[test]
fn lines_are_added_below_what_is_there_and_its_comments() {
    let file = "\
# Mine.
title = \"A note\"   # plain

prompts = [
  # The first two
  \"One.\", # from Ana
  \"Two.\" # from Bo
  # more to come
]

[[prompt]]
text = \"Long.\" # the long form
";
    let added = add_lines(file, &owned(&["Three.", "Four?"])).unwrap();
    insta::assert_snapshot!(added, @r#"
    # Mine.
    title = "A note"   # plain

    prompts = [
      # The first two
      "One.", # from Ana
      "Two.", # from Bo
      # more to come
      "Three.",
      "Four?",
    ]

    [[prompt]]
    text = "Long." # the long form
    "#);
    let again = add_lines(&added, &owned(&["Five."])).unwrap();
    assert_eq!(
        again,
        added.replace("\"Four?\",\n", "\"Four?\",\n  \"Five.\",\n")
    );
}

#[test]
fn a_list_on_one_line_and_none_at_all() {
    let one = add_lines("prompts = [\"One.\", 'Two.']\n", &owned(&["Three."])).unwrap();
    assert_eq!(one, "prompts = [\"One.\", 'Two.',\n  \"Three.\",\n]\n");
    let none = add_lines(
        "lang = \"de\" # mine\n\n[[prompt]]\ntext = \"Lang.\"\n",
        &owned(&["Kurz."]),
    );
    let none = none.unwrap();
    assert!(
        none.starts_with("lang = \"de\" # mine\nprompts = [\n  \"Kurz.\",\n]\n"),
        "{none}"
    );
    assert!(none.ends_with("\n[[prompt]]\ntext = \"Lang.\"\n"), "{none}");
}

#[test]
fn what_is_no_collection_is_not_added_to() {
    let add = |file| add_lines(file, &owned(&["One."]));
    assert_eq!(add("prompts = [\"a\""), Err(NotEditable::Broken));
    assert_eq!(add("prompts = \"a\""), Err(NotEditable::NoList));
}

#[test]
fn a_start_works_as_it_is() {
    let file = starter("mine", Some("Tea's \"ready\""));
    assert_eq!(
        texts_in(&file),
        [
            "Put down what is in your hands. Let them rest. Stop when you like.",
            "Slow is fine today.",
            "What would make the next hour a little easier?",
        ]
    );
    let (library, _) = load(&[("mine.toml", &file)]);
    let mine = library.collection("mine").expect("it is there");
    assert_eq!(
        (&*mine.title, mine.origin),
        ("Tea's \"ready\"", Origin::Personal)
    );
    assert!(mine.prompts.iter().all(|prompt| prompt.title == mine.title));

    let (library, findings) = load(&[("mine.toml", &starter("mine", None))]);
    assert_eq!(findings, []);
    let mine = library.collection("mine").expect("it is there");
    // What the comment says is in force anyway.
    assert!(
        mine.prompts
            .iter()
            .all(|prompt| prompt.title == "A moment for you")
    );
    assert!(
        file.lines().all(|line| line.chars().count() <= 80),
        "{file}"
    );
}

proptest! {
    /// Whatever the lines are, the file gives them back, and taking them in again adds none.
    #[test]
    fn lines_come_back_as_they_were(text in "(\\PC{0,20}[\n\t \"'\\\\#]{0,3}){0,8}", more in "(\\PC{0,20}\n){0,4}") {
        let lines = read(&text);
        let file = of_lines(&lines.taken);
        let more = Lines::read(&more, &lines.taken.iter().map(String::as_str).collect());
        let added = add_lines(&file, &more.taken).unwrap();
        let all = [lines.taken, more.taken].concat();
        if !all.is_empty() {
            let source = Source::new("mine.toml", added);
            let (mine, _) = personal(&source, Toml::of(&source.text));
            let Some(Content::Collection(mine)) = mine else {
                panic!("it is a collection");
            };
            let texts: Vec<&str> = mine.prompts.iter().map(|prompt| &*prompt.text).collect();
            prop_assert_eq!(&texts, &all);
            let again = Lines::read(&all.join("\n"), &texts.into_iter().collect());
            prop_assert_eq!(again.taken, Vec::<String>::new());
        }
    }
}

//! Names, words, languages and hours.

use super::load;
use crate::library::{Found, PartOfDay};

#[test]
fn a_name_finds_a_collection_or_a_prompt() {
    let (library, _) = load(&[
        ("one.toml", "[[prompt]]\nid = 'same'\ntext = 'A'"),
        ("two.toml", "[[prompt]]\nid = 'same'\ntext = 'B'"),
    ]);
    assert!(matches!(library.find("noticing"), Ok(Found::Collection(one)) if one.id == "noticing"));
    assert!(matches!(library.find("two/same"), Ok(Found::Prompt(one)) if one.text == "B"));
    assert!(
        matches!(library.find("a-bit-better"), Ok(Found::Prompt(one)) if one.id == "small-wins/a-bit-better")
    );
    let hint = |name| library.find(name).unwrap_err().hint;
    assert_eq!(hint("notising"), "did you mean \"noticing\"?");
    assert_eq!(
        hint("small-wins/a-bit-beter"),
        "did you mean \"small-wins/a-bit-better\"?"
    );
    assert_eq!(hint("same"), "which one: one/same, two/same?");
    assert_eq!(hint("qqqqqqqqqq"), "`attuned library list` shows all");
    assert_eq!(
        library.find("nope").unwrap_err().to_string(),
        "there is no collection or prompt \"nope\""
    );
}

#[test]
fn search_wants_every_word_in_any_case() {
    let text = "\
title = 'Für Dich'
[[prompt]]
id = 'a'
title = 'Tea'
text = 'Put the kettle on.'
variants = ['Water, leaves, wait.']
tags = ['warmth']
[[prompt]]
id = 'b'
text = 'Wait for a friend.'
";
    let (library, _) = load(&[("mine.toml", text)]);
    let ids = |words| {
        library
            .search(words)
            .into_iter()
            .map(|prompt| prompt.id.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("FÜR dich"), ["mine/a", "mine/b"]);
    assert_eq!(ids("kettle LEAVES warmth tea mine/a"), ["mine/a"]);
    assert_eq!(ids("für wait friend"), ["mine/b"]);
    assert_eq!(ids("kettle friend"), [""; 0]);
    assert_eq!(ids("").len(), library.prompts().count());
    assert!(library.tags().contains("warmth") && library.tags().contains("work"));
}

#[test]
fn languages_agree_as_far_as_they_say() {
    let (library, _) = load(&[
        ("a.toml", "lang = 'en'\nprompts = ['a']"),
        ("b.toml", "lang = 'pt-BR'\nprompts = ['b']"),
        ("c.toml", "prompts = ['c']"),
    ]);
    let speakers = |language| {
        let own = |id: &&str| library.collection(id).unwrap().speaks(language);
        ["a", "b", "c"].into_iter().filter(own).collect::<String>()
    };
    assert_eq!(speakers("en"), "ac");
    assert_eq!(speakers("EN-gb"), "ac");
    assert_eq!(speakers("pt"), "bc");
    assert_eq!(speakers("pt-PT"), "c");
    assert_eq!(speakers("e"), "c");
}

#[test]
fn parts_of_the_day_begin_on_the_hour() {
    let at = |hour, minute| PartOfDay::of(jiff::civil::time(hour, minute, 0, 0));
    assert_eq!(
        [at(3, 59), at(4, 0)],
        [PartOfDay::Evening, PartOfDay::Morning]
    );
    assert_eq!(
        [at(11, 59), at(12, 0)],
        [PartOfDay::Morning, PartOfDay::Day]
    );
    assert_eq!(
        [at(17, 59), at(18, 0)],
        [PartOfDay::Day, PartOfDay::Evening]
    );
}

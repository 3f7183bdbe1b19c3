//! Prompts in another language: `attuned library translate`, `language` in the settings, and what is said of both.

use std::fs;

use insta::assert_snapshot;

use super::in_hand::{listed, session, write_collection};
use super::{attuned, prints, with_settings};

const MINE: &str = "\
id = \"mine\"
lang = \"en\"
[[prompt]]
id = \"cup\"
title = \"A cup\"
text = \"Is there tea?\"
[[prompt]]
id = \"door\"
title = \"A door\"
text = \"Is there air?\"
";

/// The first prompt of what `translate` prints, in the words of a made-up language.
fn with_words(template: &str) -> String {
    let (head, prompts) = template.split_once("# [[prompt]]").expect("a prompt");
    let (first, others) = prompts.split_once("\n\n").expect("two prompts");
    let first = first.replace("\n# ", "\n").replace("A cup", "Ka");
    let first = first.replace("Is there tea?", "Zaa taa?");
    format!("{head}[[prompt]]{first}\n\n{others}")
}

#[test]
fn a_prompt_comes_translated_or_whole_in_its_original_words_and_never_stale() {
    let home = with_settings("[library]\nlanguage = \"qaa\"\n");
    write_collection(&home, "mine.toml", MINE);
    let template = prints(&home, &["library", "translate", "mine", "qaa"]);
    write_collection(&home, "mine.qaa.toml", &with_words(&template));
    assert_snapshot!(session(&home, &[
        "now mine/cup",
        "now mine/door",
        "library show mine",
    ]), @r#"
    $ attuned now mine/cup
    Ka
      Zaa taa?

    For people to turn to: attuned support
    $ attuned now mine/door
    A door
      Is there air?

    For people to turn to: attuned support
    $ attuned library show mine
    Mine  mine, 2 prompts, 1 of them in qaa, on (your own)

    Ka  cup, question
      Zaa taa?

    A door  door, question
      Is there air?
    "#);

    let all_is_well = "All is well: 2 reminders, 2 files with prompts.\n";
    assert!(prints(&home, &["check"]).ends_with(all_is_well));

    write_collection(&home, "mine.toml", &MINE.replace("tea?", "any tea?"));
    assert_snapshot!(session(&home, &["now mine/cup", "library show mine"]), @r#"
    $ attuned now mine/cup
    A cup
      Is there any tea?

    For people to turn to: attuned support
    $ attuned library show mine
    Mine  mine, 2 prompts, none in qaa, 1 more once looked at again, on (your own)

    A cup  cup, question
      Is there any tea?

    A door  door, question
      Is there air?
    "#);
    let ran = attuned(&home, &["check"]);
    assert_eq!(ran.code, Some(0), "it works");
    assert_snapshot!(ran.err, @r#"
    warning: the original of "mine/cup" has changed since this was written
     --> ~/.config/attuned/affirmations/mine.qaa.toml:7:1
      |
    7 | [[prompt]]
      | ^^^^^^^^^^
      |
      = hint: until it is looked at again the original comes: attuned library translate mine qaa
    "#);
}

#[test]
fn a_translation_is_checked_against_the_original_beside_the_settings() {
    let home = with_settings("");
    write_collection(&home, "mine.toml", MINE);
    let template = prints(&home, &["library", "translate", "mine", "qaa"]);
    write_collection(&home, "mine.toml", &format!("colour = \"red\"\n{MINE}"));
    let file = home.path("home/mine.qaa.toml");
    let path = file.to_str().expect("its name is plain");
    fs::write(&file, with_words(&template)).expect("it can be written");
    // What is wrong with the original was not asked about.
    assert_eq!(
        prints(&home, &["check", path]),
        "All is well: 1 file with prompts.\n"
    );
    fs::write(&file, with_words(&template).replace("cup", "cop")).expect("it can be written");
    let ran = attuned(&home, &["check", path]);
    assert_eq!(ran.code, Some(3));
    assert_snapshot!(ran.err, @r#"
    error: there is no prompt "mine/cop" to translate
     --> ~/mine.qaa.toml:7:1
      |
    7 | [[prompt]]
      | ^^^^^^^^^^
      |
      = hint: did you mean "cup"?

    error: one error was found
    "#);
}

#[test]
fn what_comes_with_attuned_can_be_translated_too() {
    let home = with_settings("[library]\nlanguage = \"qaa\"\n");
    let template = prints(&home, &["library", "translate", "kind-words", "qaa"]);
    let (head, prompts) = template.split_once("# [[prompt]]").expect("a prompt");
    let (first, others) = prompts.split_once("\n\n").expect("two prompts");
    let first = first
        .replace("\n# ", "\n")
        .replace("The list was longer than the day.", "Zaa.");
    write_collection(
        &home,
        "kind-words.qaa.toml",
        &format!("{head}[[prompt]]{first}\n\n{others}"),
    );
    prints(&home, &["check"]);
    assert!(
        prints(&home, &["library", "show", "longer-than-the-day"]).contains("\n  Zaa. That says"),
    );
    let kind_words = listed(&home, "kind-words");
    assert_eq!(kind_words["translated"]["prompts"], 1);
    assert_eq!(kind_words["on"], true);
}

//! `attuned library`.

use std::io::pipe;
use std::process::Stdio;

use serde_json::{Value, json};

use super::support::home::Home;
use super::{attuned, json_of, prints, with_settings};

const SHIPPED: [&str; 25] = [
    "kind-words",
    "common-ground",
    "noticing",
    "name-it",
    "other-side",
    "thought-check",
    "old-maps",
    "reach-respond",
    "secure-base",
    "old-beliefs",
    "body-first",
    "stay-with-it",
    "steady-ground",
    "say-it",
    "small-openings",
    "two-of-us",
    "after-hurt",
    "family-threads",
    "learned-rules",
    "walls",
    "support-web",
    "reflect",
    "small-wins",
    "finding-help",
    "what-matters",
];

#[test]
fn the_list_says_what_is_on_and_why() {
    let home = with_settings(
        "[library]\ndisable = [\"noticing\"]\n[library.weights]\nsmall-wins = 0\nname-it = 2\n",
    );
    let list = json_of(&home, &["library", "list"]);
    let list = list.as_array().expect("a list");
    let state = |one: &Value| (one["id"].clone(), one["on"].clone(), one["because"].clone());
    let states: Vec<_> = list.iter().map(state).collect();
    let expected = SHIPPED.map(|id| match id {
        "noticing" => (json!(id), json!(false), json!("your settings")),
        "small-wins" => (json!(id), json!(false), json!("weight 0 in your settings")),
        "old-maps" | "old-beliefs" | "two-of-us" | "after-hurt" | "family-threads" => {
            (json!(id), json!(false), json!("default"))
        }
        _ => (json!(id), json!(true), json!("default")),
    });
    assert_eq!(states, expected);
    let out = prints(&home, &["library", "list"]);
    assert!(out.contains("\nnoticing  Noticing, "), "{out}");
    assert!(out.contains(" prompts, off (your settings)\n"), "{out}");
}

#[test]
fn a_collection_of_ones_own() {
    let home = with_settings("");
    let folder = home.path("home/.config/attuned/affirmations");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("mine.toml"),
        "prompts = [\"The kettle knows.\"]\n",
    )
    .unwrap();
    let list = json_of(&home, &["library", "list"]);
    let mine = list
        .as_array()
        .and_then(|list| list.last())
        .expect("one more");
    assert_eq!(
        (&mine["id"], &mine["on"], &mine["because"], &mine["prompts"]),
        (&json!("mine"), &json!(true), &json!("your own"), &json!(1))
    );
    let found = prints(&home, &["library", "search", "KETTLE", "knows"]);
    assert!(
        found.starts_with("mine/") && found.ends_with("\n  The kettle knows.\n"),
        "{found}"
    );
}

#[test]
fn one_prompt_with_everything_about_it() {
    let home = Home::without_bus();
    let shown = prints(&home, &["library", "show", "steady-ground/no-decisions"]);
    assert_eq!(
        shown,
        "\
A minute off  steady-ground/no-decisions
practice; gentle; mindfulness; tags room, pacing, outward

  This minute has no decisions in it. Find the floor, find the door, find a
  sound. Stop anywhere along the way.
  1. The floor: is it hard, soft, warm, cold? (20 s)
  2. The door: open or shut, near or far? (20 s)
  3. A sound: any, even the plainest. (20 s)

It may lead to steady-ground/ten-small-minutes.
"
    );
    // The part after the slash is enough where it is clear.
    assert_eq!(prints(&home, &["library", "show", "no-decisions"]), shown);
    let prompt = json_of(&home, &["library", "show", "no-decisions"]);
    assert_eq!(prompt["id"], "steady-ground/no-decisions");
    assert_eq!(
        prompt["steps"][0],
        json!({ "text": "The floor: is it hard, soft, warm, cold?", "seconds": 20 })
    );
}

#[test]
fn a_collection_says_what_it_does_not_claim_and_what_it_rests_on() {
    let home = Home::without_bus();
    let shown = prints(&home, &["library", "show", "name-it", "--evidence"]);
    assert!(shown.starts_with("Name it  name-it, "), "{shown}");
    assert!(
        shown.contains("\nIt does not claim: that naming a feeling always calms it; "),
        "{shown}"
    );
    assert!(
        shown.contains("\nEvidence\n  1. Torre, J. B., & Lieberman, M. D. (2018)."),
        "{shown}"
    );
    assert!(
        shown.contains("\n     https://doi.org/10.1177/1754073917742706\n"),
        "{shown}"
    );
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(!prints(&home, &["library", "show", "name-it"]).contains("doi.org"));
}

#[test]
fn what_is_not_there() {
    let home = Home::without_bus();
    let ran = attuned(&home, &["library", "show", "kind-word"]);
    let told = "error: there is no collection or prompt \"kind-word\"\nhint: did you mean \"kind-words\"?\n";
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(1), "", told)
    );
    assert_eq!(
        prints(&home, &["library", "search", "xylophone"]),
        "No prompt contains \"xylophone\".\n"
    );
    assert_eq!(
        json_of(&home, &["library", "search", "xylophone"]),
        json!([])
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    let mut command = Home::without_bus().command(&["library", "show", "noticing"]);
    let output = command
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let output = output.wait_with_output().expect("it ends");
    assert_eq!(
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).as_ref()
        ),
        (Some(0), "")
    );
}

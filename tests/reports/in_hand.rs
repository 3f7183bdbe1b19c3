//! The library in hand: `attuned library hide`, `favour`, `weight`, `enable` and their contraries; `attuned now --from`.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::support::home::Home;
use super::{Ran, attuned, json_of, prints, with_settings};

/// What commands show, one after the other, each with its exit code where that is not 0.
pub fn session(home: &Home, lines: &[&str]) -> String {
    let shown = lines.iter().map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let Ran { code, out, err } = attuned(home, &words);
        let code = match code.expect("no signal ended it") {
            0 => String::new(),
            code => format!("[{code}]\n"),
        };
        format!("$ attuned {line}\n{out}{err}{code}")
    });
    shown.collect()
}

pub fn write_collection(home: &Home, name: &str, text: &str) {
    let folder = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), text).expect("a file");
}

/// A collection in `library list --json`.
pub fn listed(home: &Home, id: &str) -> Value {
    let list = json_of(home, &["library", "list"]);
    let list = list.as_array().expect("a list");
    let found = list.iter().find(|one| one["id"] == id);
    found.expect("it is listed").clone()
}

/// The prompts planned for the next days, all from one reminder every hour.
fn planned(home: &Home) -> Vec<String> {
    let planned = json_of(home, &["preview", "--days", "3"]);
    let planned = planned.as_array().expect("a list").iter();
    let prompts = planned.filter_map(|one| Some(one["prompt"].as_str()?.to_owned()));
    prompts.collect()
}

const EVERY_HOUR: &str =
    "[pace]\ncap = 24\ngap = \"1 min\"\n[[reminder]]\nname = \"often\"\nwhen = \"hourly\"\n";

#[test]
fn prompts_are_hidden_and_favoured_and_back() {
    let home = with_settings("");
    assert_snapshot!(session(&home, &[
        "library hide kind-words/late-reviews",
        "library hide late-reviews two-in-one-head",
        "library favour late-reviews",
        "library favour kind-words/loud-is-not-right",
        "library unhide late-reviews",
        "library unhide late-reviews",
        "library unfavour loud-is-not-right",
    ]), @r#"
    $ attuned library hide kind-words/late-reviews
    Hidden: "Late reviews" (kind-words/late-reviews). It will not come again.
    To undo that: attuned library unhide kind-words/late-reviews
    $ attuned library hide late-reviews two-in-one-head
    "Late reviews" (kind-words/late-reviews) is hidden already.
    Hidden: "Two things at once" (kind-words/two-in-one-head). It will not come
    again.
    To undo that: attuned library unhide kind-words/two-in-one-head
    $ attuned library favour late-reviews
    A favourite: "Late reviews" (kind-words/late-reviews). It comes twice as often
    as others.
    To undo that: attuned library unfavour kind-words/late-reviews
    It is hidden, though, and does not come by itself.
    To change that: attuned library unhide kind-words/late-reviews
    $ attuned library favour kind-words/loud-is-not-right
    A favourite: "On volume" (kind-words/loud-is-not-right). It comes twice as often
    as others.
    To undo that: attuned library unfavour kind-words/loud-is-not-right
    $ attuned library unhide late-reviews
    No longer hidden: "Late reviews" (kind-words/late-reviews). It can come again.
    $ attuned library unhide late-reviews
    "Late reviews" (kind-words/late-reviews) is not hidden.
    $ attuned library unfavour loud-is-not-right
    No longer a favourite: "On volume" (kind-words/loud-is-not-right). It comes as
    often as others.
    "#);
}

#[test]
fn without_a_name_it_is_the_prompt_shown_last() {
    let home = with_settings("");
    assert_snapshot!(session(&home, &["library hide", "library favour"]), @r#"
    $ attuned library hide
    error: no prompt has come yet
    hint: name one; attuned library list shows what there is
    [1]
    $ attuned library favour
    error: no prompt has come yet
    hint: name one; attuned library list shows what there is
    [1]
    "#);
    prints(&home, &["now", "kind-words/late-reviews"]);
    assert_snapshot!(session(&home, &["library favour", "library hide"]), @r#"
    $ attuned library favour
    A favourite: "Late reviews" (kind-words/late-reviews). It comes twice as often
    as others.
    To undo that: attuned library unfavour kind-words/late-reviews
    $ attuned library hide
    Hidden: "Late reviews" (kind-words/late-reviews). It will not come again.
    To undo that: attuned library unhide kind-words/late-reviews
    "#);
}

#[test]
fn slips_are_met_with_what_was_meant() {
    let home = with_settings("");
    assert_snapshot!(session(&home, &[
        "library hide kind-words/late-review",
        "library hide kind-words",
        "library favour noticing two-in-one-head",
        "library disable notcing",
        "library disable name-it/smallest-one kind-words",
        "library weight kind-words 3",
        "library enable",
        "library unhide",
    ]), @r#"
    $ attuned library hide kind-words/late-review
    error: there is no collection or prompt "kind-words/late-review"
    hint: did you mean "kind-words/late-reviews"?
    [1]
    $ attuned library hide kind-words
    error: "kind-words" is a collection; this is about single prompts
    hint: the whole collection: attuned library disable kind-words
    [1]
    $ attuned library favour noticing two-in-one-head
    error: "noticing" is a collection; this is about single prompts
    hint: the whole collection: attuned library weight noticing 2
    [1]
    $ attuned library disable notcing
    error: there is no collection or prompt "notcing"
    hint: did you mean "noticing"?
    [1]
    $ attuned library disable name-it/smallest-one kind-words
    error: "name-it/smallest-one" is a prompt; this is about collections
    hint: this prompt alone: attuned library hide name-it/smallest-one
    [1]
    $ attuned library weight kind-words 3
    error: invalid value '3' for '<WEIGHT>'
      [possible values: 0, 0.5, 1, 2]

    For more information, try '--help'.
    [2]
    $ attuned library enable
    error: the following required arguments were not provided:
      <COLLECTION>...

    Usage: attuned library enable <COLLECTION>...

    For more information, try '--help'.
    [2]
    $ attuned library unhide
    error: the following required arguments were not provided:
      <ID>...

    Usage: attuned library unhide <ID>...

    For more information, try '--help'.
    [2]
    "#);
    // One wrong name, and none is changed.
    assert_eq!(listed(&home, "kind-words")["on"], true);
    assert_eq!(listed(&home, "kind-words")["favourites"], json!([]));
}

#[test]
fn collections_are_switched_and_weighed() {
    let home = with_settings(
        "[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\"\ncollections = [\"noticing\"]\n",
    );
    assert_snapshot!(session(&home, &[
        "library disable noticing small-wins",
        "library weight noticing 2",
        "library weight kind-words 0",
        "library enable kind-words",
        "library favour late-reviews",
        "library weight kind-words 0.5",
        "library weight kind-words 1",
        "library enable noticing",
        "now --from small-wins/a-bit-better",
        "now --from small-win",
        "now kind-words --from small-wins",
    ]), @r#"
    $ attuned library disable noticing small-wins
    Off: Noticing (noticing). Its prompts no longer come by themselves.
    To undo that: attuned library enable noticing
    The reminder "tea" names it and still brings it.
    Off: Small wins (small-wins). Its prompts no longer come by themselves.
    To undo that: attuned library enable small-wins
    $ attuned library weight noticing 2
    Noticing (noticing) comes twice as often as the others now.
    It is off, though, and does not come by itself.
    To change that: attuned library enable noticing
    $ attuned library weight kind-words 0
    Kind words (kind-words) does not come by itself now.
    $ attuned library enable kind-words
    Kind words (kind-words) is on already.
    It has the weight 0, though, and does not come by itself.
    To change that: attuned library weight kind-words 1
    $ attuned library favour late-reviews
    A favourite: "Late reviews" (kind-words/late-reviews). It comes twice as often
    as others.
    To undo that: attuned library unfavour kind-words/late-reviews
    Its collection has the weight 0, though, and does not come by itself.
    To change that: attuned library weight kind-words 1
    $ attuned library weight kind-words 0.5
    Kind words (kind-words) comes half as often as the others now.
    $ attuned library weight kind-words 1
    Kind words (kind-words) comes as often as the others now.
    $ attuned library enable noticing
    On: Noticing (noticing). Its prompts come by themselves.
    To undo that: attuned library disable noticing
    $ attuned now --from small-wins/a-bit-better
    error: "small-wins/a-bit-better" is a prompt, not a collection
    hint: this very one: attuned now small-wins/a-bit-better
    [1]
    $ attuned now --from small-win
    error: there is no collection or prompt "small-win"
    hint: did you mean "small-wins"?
    [1]
    $ attuned now kind-words --from small-wins
    error: the argument '[COLLECTION|ID]' cannot be used with '--from <COLLECTION>'

    Usage: attuned now <COLLECTION|ID>

    For more information, try '--help'.
    [2]
    "#);
    let out = prints(&home, &["now", "--from", "small-wins"]);
    assert!(
        out.contains("\nsmall-wins is off; it came because you asked for it.\n"),
        "{out}"
    );
}

#[test]
fn the_settings_come_first() {
    let home = with_settings(
        "[library]\nenable = [\"small-wins\"]\ndisable = [\"noticing\"]\nhide = [\"kind-words/late-reviews\"]\n\
         favour = [\"kind-words/two-in-one-head\"]\n[library.weights]\nname-it = 2\n",
    );
    assert_snapshot!(session(&home, &[
        "library unhide late-reviews",
        "library hide late-reviews",
        "library unfavour two-in-one-head",
        "library favour two-in-one-head late-reviews",
        "library enable noticing",
        "library disable noticing",
        "library disable small-wins",
        "library weight name-it 1",
        "library weight name-it 2",
        "library weight noticing 0.5",
    ]), @r#"
    $ attuned library unhide late-reviews
    error: your settings hide "Late reviews" (kind-words/late-reviews)
    hint: they come first; take it out of `hide` under [library], in the file that attuned config path names
    [1]
    $ attuned library hide late-reviews
    "Late reviews" (kind-words/late-reviews) is hidden already, by your settings.
    $ attuned library unfavour two-in-one-head
    error: your settings make "Two things at once" (kind-words/two-in-one-head) a favourite
    hint: they come first; take it out of `favour` under [library], in the file that attuned config path names
    [1]
    $ attuned library favour two-in-one-head late-reviews
    "Two things at once" (kind-words/two-in-one-head) is a favourite already, by
    your settings.
    A favourite: "Late reviews" (kind-words/late-reviews). It comes twice as often
    as others.
    To undo that: attuned library unfavour kind-words/late-reviews
    It is hidden by your settings, though, and does not come by itself.
    $ attuned library enable noticing
    error: your settings switch noticing off
    hint: they come first; take it out of `disable` under [library], in the file that attuned config path names
    [1]
    $ attuned library disable noticing
    Noticing (noticing) is off already, by your settings.
    $ attuned library disable small-wins
    error: your settings switch small-wins on
    hint: they come first; take it out of `enable` under [library], in the file that attuned config path names
    [1]
    $ attuned library weight name-it 1
    error: your settings give name-it another weight
    hint: they come first; change it under [library.weights], in the file that attuned config path names
    [1]
    $ attuned library weight name-it 2
    Name it (name-it) comes twice as often as the others already, by your settings.
    $ attuned library weight noticing 0.5
    Noticing (noticing) comes half as often as the others now.
    It is off by your settings, though, and does not come by itself.
    "#);
}

#[test]
fn the_list_tells_who_decided_and_what_was_overruled() {
    let home = with_settings("");
    write_collection(
        &home,
        "slow.toml",
        "title = \"Slow\"\nenabled = false\nprompts = [\"One.\"]\n",
    );
    for line in [
        "library disable noticing",
        "library disable small-wins",
        "library weight small-wins 2",
        "library weight kind-words 0",
        "library weight name-it 0.5",
        "library hide late-reviews",
        "library favour two-in-one-head",
    ] {
        prints(&home, &line.split(' ').collect::<Vec<_>>());
    }
    home.write_config(
        "[library]\nenable = [\"small-wins\"]\nhide = [\"name-it/smallest-one\"]\n[library.weights]\nsmall-wins = 0.5\n",
    );
    assert_snapshot!(prints(&home, &["library", "list"]));
    let wins = listed(&home, "small-wins");
    assert_eq!(
        (&wins["on"], &wins["because"], &wins["overruled"]),
        (
            &json!(true),
            &json!("your settings"),
            &json!(["disable", "weight 2"])
        )
    );
    let shown = prints(&home, &["library", "show", "kind-words"]);
    assert!(
        shown.contains("  late-reviews, affirmation, hidden (your choice)\n"),
        "{shown}"
    );
    let shown = prints(&home, &["library", "show", "smallest-one"]);
    assert!(shown.contains("hidden (your settings)"), "{shown}");
}

#[test]
fn choices_outlive_the_daemon_and_hold_with_and_without_it() {
    let home = with_settings(EVERY_HOUR);
    let list = json_of(&home, &["library", "list"]);
    let all = list.as_array().expect("a list").iter();
    let all = all.filter_map(|one| one["id"].as_str());
    let stay = ["kind-words", "noticing", "steady-ground"];
    let others: Vec<&str> = all.filter(|id| !stay.contains(id)).collect();
    prints(&home, &[&["library", "disable"], &others[..]].concat());
    let mut daemon = home.daemon(&[]);
    prints(&home, &["library", "disable", "noticing"]);
    assert_snapshot!(session(&home, &[
        "library hide late-reviews",
        "library hide late-review",
        "library disable steady-ground",
    ]), @r#"
    $ attuned library hide late-reviews
    Hidden: "Late reviews" (kind-words/late-reviews). It will not come again.
    To undo that: attuned library unhide kind-words/late-reviews
    $ attuned library hide late-review
    error: there is no collection or prompt "late-review"
    hint: did you mean "late-reviews"?
    [1]
    $ attuned library disable steady-ground
    Off: Steady ground (steady-ground). Its prompts no longer come by themselves.
    To undo that: attuned library enable steady-ground
    "#);
    let before = planned(&home);
    assert!(!before.is_empty());
    for prompt in &before {
        assert!(prompt.starts_with("kind-words/"), "{prompt}");
        assert_ne!(prompt, "kind-words/late-reviews");
    }
    prints(&home, &["stop"]);
    assert_eq!(daemon.wait(), Some(0));
    assert_eq!(listed(&home, "noticing")["because"], "your choice");
    assert_eq!(
        listed(&home, "kind-words")["hidden"],
        json!(["kind-words/late-reviews"])
    );
    let _daemon = home.daemon(&[]);
    assert_snapshot!(session(&home, &["library enable noticing", "library hide late-reviews"]), @r#"
    $ attuned library enable noticing
    On: Noticing (noticing). Its prompts come by themselves.
    To undo that: attuned library disable noticing
    $ attuned library hide late-reviews
    "Late reviews" (kind-words/late-reviews) is hidden already.
    "#);
    assert!(
        planned(&home)
            .iter()
            .any(|prompt| prompt.starts_with("noticing/"))
    );
}

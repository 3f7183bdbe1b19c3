//! The library in hand: `attuned library hide`, `favour`, `weight`, `enable`, `new`, `import`; `attuned now --from`.

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::support::home::Home;
use super::support::wait_until;
use super::{Ran, attuned, json_of, prints, with_settings};

/// What commands show, one after the other, each with its exit code where that is not 0.
fn session(home: &Home, lines: &[&str]) -> String {
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

fn write_collection(home: &Home, name: &str, text: &str) {
    let folder = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), text).expect("a file");
}

fn collection_file(home: &Home, name: &str) -> String {
    let folder = home.path("home/.config/attuned/affirmations");
    fs::read_to_string(folder.join(name)).expect("it was written")
}

/// A collection in `library list --json`.
fn listed(home: &Home, id: &str) -> Value {
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
    assert_snapshot!(prints(&home, &["library", "list"]), @r#"
    kind-words  Kind words, 34 prompts, 1 hidden, off (weight 0, your choice)
      Self-compassion: speaking to oneself as one would to a friend, and taking the
      edge off self-criticism.
      To let it come: attuned library weight kind-words 1
    common-ground  Common ground, 31 prompts, on (default)
      Self-compassion: common humanity, the sense that struggle is shared rather
      than a private fault.
    noticing  Noticing, 36 prompts, off (your choice)
      Mindfulness in daily life: brief, plain attention to body, senses, thoughts
      and talk, with room for whatever is found.
      To switch it on: attuned library enable noticing
    name-it  Name it, 35 prompts, 1 hidden, on (default), weight 0.5 (your choice)
      Emotion identification: checking in, and finding a closer word for what is
      there, in the body or in the mind.
    steady-ground  Steady ground, 35 prompts, on (default)
      Pacing, stabilising and grounding: attention turned outwards to the room, the
      senses and one small act, with no looking inwards.
    small-wins  Small wins, 28 prompts, on (your settings), weight 0.5 (your settings)
      Noticing progress in one's own words: small victories, setbacks as part of the
      way, change that does not run in a line, fair expectations.
      You chose "disable" and "weight 2"; your settings come first.
    slow  Slow, 1 prompt, off (default)
      To switch it on: attuned library enable slow

    Hidden
      kind-words/late-reviews  Late reviews (your choice)
      name-it/smallest-one  The smallest one (your settings)

    Favourites
      kind-words/two-in-one-head  Two things at once (your choice)

    One with all its prompts: attuned library show kind-words
    "#);
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
    prints(
        &home,
        &[
            "library",
            "disable",
            "common-ground",
            "name-it",
            "small-wins",
        ],
    );
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

const DEEP: &str = "\
title = \"Deep water\"
enabled = false
opt_in_notice = \"These ask about old hurts. Some find them heavy; you can switch them off at any time.\"
prompts = [\"What did you learn early about asking for help?\"]
";

#[test]
fn what_to_know_comes_before_a_collection_is_switched_on() {
    let home = with_settings("");
    write_collection(&home, "deep-water.toml", DEEP);
    assert_snapshot!(session(&home, &[
        "library enable deep-water noticing",
        "library enable deep-water --yes",
        "library enable deep-water",
        "library disable deep-water",
    ]), @r#"
    $ attuned library enable deep-water noticing
    error: before deep-water is switched on: These ask about old hurts. Some find them heavy; you can switch them off at any time.
    hint: if you want that: attuned library enable deep-water noticing --yes
    [1]
    $ attuned library enable deep-water --yes
    On: Deep water (deep-water). Its prompts come by themselves.
    To undo that: attuned library disable deep-water
    $ attuned library enable deep-water
    Deep water (deep-water) is on already.
    $ attuned library disable deep-water
    Off: Deep water (deep-water). Its prompts no longer come by themselves.
    To undo that: attuned library enable deep-water
    "#);
    // The daemon asks for the same.
    let _daemon = home.daemon(&[]);
    assert_eq!(
        attuned(&home, &["library", "enable", "deep-water"]).code,
        Some(1)
    );
    assert_eq!(listed(&home, "deep-water")["on"], false);
    prints(&home, &["library", "enable", "deep-water", "--yes"]);
    assert_eq!(listed(&home, "deep-water")["on"], true);
}

/// What a terminal (a pty, by script(1)) shows of a command that is answered so.
fn on_a_terminal(home: &Home, line: &str, answer: &str) -> String {
    let command = home.command(&[]);
    let environment = command.get_envs();
    let environment = environment.filter_map(|(key, value)| Some((key, value?)));
    let program = env!("CARGO_BIN_EXE_attuned");
    let mut script = Command::new("script")
        .args([
            "-qec",
            &format!("stty -echo; {program} {line}"),
            "/dev/null",
        ])
        .env_clear()
        .envs(environment)
        .env("PATH", "/usr/bin:/bin")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script is installed (Debian: bsdutils)");
    let mut keys = script.stdin.take().expect("it is a pipe");
    let mut screen = script.stdout.take().expect("it is a pipe");
    let mut shown = Vec::new();
    while !shown.ends_with(b"[y/N] ") {
        let mut byte = [0];
        screen.read_exact(&mut byte).expect("it asks");
        shown.extend(byte);
    }
    writeln!(keys, "{answer}").expect("it listens");
    screen.read_to_end(&mut shown).expect("it ends");
    assert!(script.wait().expect("it ends").success());
    let shown = String::from_utf8(shown).expect("the program writes UTF-8");
    shown.replace("\r\n", "\n")
}

#[test]
fn on_a_terminal_it_is_asked_and_no_is_the_default() {
    let home = with_settings("");
    write_collection(&home, "deep-water.toml", DEEP);
    assert_snapshot!(on_a_terminal(&home, "library enable deep-water", ""), @r#"
    Deep water
      These ask about old hurts. Some find them heavy; you can switch them off at
      any time.

    Switch it on? [y/N] It stays as it was.
    "#);
    assert_eq!(listed(&home, "deep-water")["on"], false);
    assert_snapshot!(on_a_terminal(&home, "library enable deep-water", "y"), @r#"
    Deep water
      These ask about old hurts. Some find them heavy; you can switch them off at
      any time.

    Switch it on? [y/N] On: Deep water (deep-water). Its prompts come by themselves.
    To undo that: attuned library disable deep-water
    "#);
    assert_eq!(listed(&home, "deep-water")["on"], true);
}

#[test]
fn a_collection_of_ones_own_is_begun() {
    let home = with_settings("");
    assert_snapshot!(session(&home, &[
        "library new morning --title Slowly",
        "library new morning",
        "library new kind-words",
        "library new Für-mich",
        "library new ../x",
        "library new evening --title A-title-that-is-much-too-long-for-it",
    ]), @r#"
    $ attuned library new morning --title Slowly
    Wrote ~/.config/attuned/affirmations/morning.toml
    Its three examples can come from now on: put your own words in their place, then
    run attuned check.
    One of it now: attuned now --from morning
    $ attuned library new morning
    error: the collection "morning" is there already: ~/.config/attuned/affirmations/morning.toml
    hint: it stays as it is; open it in an editor
    [1]
    $ attuned library new kind-words
    error: the collection "kind-words" comes with attuned
    hint: choose a name of your own, such as my-kind-words
    [1]
    $ attuned library new Für-mich
    error: "Für-mich" cannot name a collection
    hint: use a to z, 0 to 9 and hyphens: f-r-mich
    [2]
    $ attuned library new ../x
    error: "../x" cannot name a collection
    hint: use a to z, 0 to 9 and hyphens: x
    [2]
    $ attuned library new evening --title A-title-that-is-much-too-long-for-it
    error: the title has 36 characters; 32 is the most
    [2]
    "#);
    assert_snapshot!(collection_file(&home, "morning.toml"), @r#"
    # Prompts of your own. Their ids begin with morning/.

    # The title that its notifications show. A stranger may read it over your
    # shoulder, so it had better not tell much.
    title = "Slowly"

    # Short prompts, a line each. One that ends in "?" is a question.
    prompts = [
      "Slow is fine today.",
      "What would make the next hour a little easier?",
    ]

    # The long form says more about a prompt. All but `text` may be left out.
    #
    #   kind       "affirmation", "question", "practice" or "check-in"
    #   title      shown in place of the one above
    #   variants   the same in other words; each time one of them is shown
    #   times      "morning", "day", "evening"; any time where there is none
    #   intensity  "gentle", "medium" or "deep"
    #   private    true: the text shows only after a click
    #   tags       your own words, for `attuned pause --only` and for reminders
    #   steps      of a practice, 90 seconds together at most
    [[prompt]]
    kind = "practice"
    text = "Put down what is in your hands. Look out of the window for a while."
    tags = ["break"]
    steps = [
      { text = "Hands free.", seconds = 10 },
      { text = "Find the farthest thing you can see.", seconds = 30 },
    ]
    "#);
    let check = prints(&home, &["check"]);
    assert!(
        check.ends_with("\nAll is well: 2 reminders, 1 file with prompts.\n"),
        "{check}"
    );
    let morning = listed(&home, "morning");
    assert_eq!(
        (&morning["title"], &morning["prompts"]),
        (&json!("Slowly"), &json!(3))
    );
}

#[test]
fn lines_come_in_once_and_what_cannot_is_named() {
    let home = with_settings("");
    let file = home.path("home/Ana's lines.txt");
    let long = "so ".repeat(50);
    let text = format!(
        "# Ana\n\nGo slowly.\nTea?\nGo slowly.\na\tb\n{long}\n{}\n",
        "x".repeat(1001)
    );
    fs::write(&file, text).expect("a file");
    let import = |arguments: &[&str]| {
        let path = file.to_str().expect("UTF-8");
        let ran = attuned(&home, &[&["library", "import", path], arguments].concat());
        format!(
            "{}{}[{}]",
            ran.out,
            ran.err,
            ran.code.expect("no signal ended it")
        )
    };
    assert_snapshot!(import(&[]), @r#"
    Imported 3 prompts into ~/.config/attuned/affirmations/ana-s-lines.toml
    One line says what is there already.
    Left out:
      line 6 holds a tab
      line 8 has 1001 characters; 1000 is the most
    Longer than 140 characters, which some desktops cut off:
      line 7
    One of it now: attuned now --from ana-s-lines
    [0]
    "#);
    assert_snapshot!(collection_file(&home, "ana-s-lines.toml"), @r#"
    prompts = [
      "Go slowly.",
      "Tea?",
      "so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so so",
    ]
    "#);
    assert_snapshot!(import(&[]), @r#"
    error: the collection "ana-s-lines" is there already: ~/.config/attuned/affirmations/ana-s-lines.toml
    hint: add to it with --add, or give the new one another name with --name
    [1]
    "#);
    let before = collection_file(&home, "ana-s-lines.toml");
    assert_snapshot!(import(&["--add"]), @r#"
    Nothing new for ana-s-lines.
    4 lines say what is there already.
    Left out:
      line 6 holds a tab
      line 8 has 1001 characters; 1000 is the most
    [0]
    "#);
    assert_eq!(collection_file(&home, "ana-s-lines.toml"), before);
    fs::write(&file, "# Ana\nTea?\nA walk?\n").expect("a file");
    assert_snapshot!(import(&["--add"]), @r#"
    Imported 1 prompt into ~/.config/attuned/affirmations/ana-s-lines.toml
    One line says what is there already.
    One of it now: attuned now --from ana-s-lines
    [0]
    "#);
    assert_eq!(
        collection_file(&home, "ana-s-lines.toml"),
        before.replace("\n]\n", "\n  \"A walk?\",\n]\n")
    );
    assert_snapshot!(import(&["--name", "kind-words"]), @r#"
    error: the collection "kind-words" comes with attuned
    hint: choose a name of your own, such as my-kind-words
    [1]
    "#);
    assert_snapshot!(import(&["--name", "Ana"]), @r#"
    error: "Ana" cannot name a collection
    hint: use a to z, 0 to 9 and hyphens: ana
    [2]
    "#);
    fs::write(&file, "# nothing\n\tx\ty\n").expect("a file");
    assert_snapshot!(import(&["--name", "other"]), @r#"
    error: no line of it can be a prompt
      line 2 holds a tab
    hint: a prompt is a line of plain text
    [1]
    "#);
    fs::write(&file, b"\xff\xfe").expect("a file");
    let ran = import(&["--name", "other"]);
    assert!(
        ran.contains("this byte is not UTF-8 text") && ran.ends_with("[1]"),
        "{ran}"
    );
    let ran = attuned(&home, &["library", "import", "/no/such.txt"]);
    assert_snapshot!(format!("{}{:?}", ran.err, ran.code), @r#"
    error: /no/such.txt does not exist
    Some(1)
    "#);
}

#[test]
fn standard_input_comes_in_too_and_a_running_daemon_follows() {
    let home = with_settings("");
    let _daemon = home.daemon(&[]);
    let ran = attuned(&home, &["library", "import", "-"]);
    assert_snapshot!(format!("{}{:?}", ran.err, ran.code), @r#"
    error: the collection has no name
    hint: give it one: --name morning
    Some(2)
    "#);
    let mut import = home
        .command(&["library", "import", "-", "--name", "typed"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut keys = import.stdin.take().expect("it is a pipe");
    keys.write_all("Straße frei?\n".as_bytes())
        .expect("it listens");
    drop(keys);
    assert!(import.wait().expect("it ends").success());
    let shows = || attuned(&home, &["now", "--from", "typed"]).code == Some(0);
    wait_until("the daemon knows the new collection", shows);
    assert_eq!(
        collection_file(&home, "typed.toml"),
        "prompts = [\n  \"Straße frei?\",\n]\n"
    );
}

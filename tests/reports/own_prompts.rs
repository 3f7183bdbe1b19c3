//! Collections of the person's own: `attuned library new` and `attuned library import`.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::json;

use super::in_hand::{listed, session};
use super::support::home::Home;
use super::support::wait_until;
use super::{attuned, prints, with_settings};

fn collection_file(home: &Home, name: &str) -> String {
    let folder = home.path("home/.config/attuned/affirmations");
    fs::read_to_string(folder.join(name)).expect("it was written")
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
    text = "Put down what is in your hands. Let them rest. Stop when you like."
    tags = ["break"]
    steps = [
      { text = "Hands free.", seconds = 10 },
      { text = "Feel what they rest on.", seconds = 30 },
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

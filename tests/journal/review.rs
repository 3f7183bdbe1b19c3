//! `attuned review`, on the terminal and as a page.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use super::{Home, feed, stderr, stdout, write};

/// A journal of two days: one in Berlin, one in Tokyo.
fn two_days() -> Home {
    let home = Home::without_bus();
    let entry = |nth: u64, at: &str, offset: i32, zone: &str, rest: Value| {
        let mut entry = json!({
            "version": 1, "id": format!("01700000000{nth:x}-0000000000000{nth:03x}"), "revision": 1,
            "at": at, "offset": offset, "zone": zone, "origin": "own", "channel": "terminal",
        });
        let fields = entry.as_object_mut().expect("it is an object");
        fields.extend(rest.as_object().expect("it is an object").clone());
        entry.to_string()
    };
    let entries = [
        entry(
            1,
            "2020-03-02T08:00:00Z",
            3_600,
            "Europe/Berlin",
            json!({
                "kind": "check-in", "quick": "hard", "words": ["tired", "tense"], "pleasant": -1, "energy": -2,
                "body": ["jaw"], "note": "Little <sleep> & much \"coffee\".",
            }),
        ),
        entry(
            2,
            "2020-03-02T20:30:00Z",
            3_600,
            "Europe/Berlin",
            json!({
                "kind": "check-in", "quick": "okay", "words": ["tired"],
            }),
        ),
        // Wednesday already, there.
        entry(
            3,
            "2020-03-03T22:30:00Z",
            32_400,
            "Asia/Tokyo",
            json!({
                "kind": "check-in", "outcome": "rather-not",
            }),
        ),
        entry(
            4,
            "2020-03-03T23:00:00Z",
            32_400,
            "Asia/Tokyo",
            json!({
                "kind": "win", "note": "Asked the way.", "prompt": "small-wins/one", "asked": "What went better?",
            }),
        ),
    ];
    let file = home.path("two-days.json");
    fs::write(&file, entries.join("\n")).expect("a file");
    home.prints(&["import", &file.display().to_string()]);
    home
}

const SINCE: [&str; 3] = ["review", "--since", "2020-03-01"];

#[test]
fn it_tells_counts_own_words_and_times_as_they_were_lived() {
    let home = two_days();
    let told = home.prints(&SINCE);
    let (heading, rest) = told.split_once('\n').expect("it has lines");
    assert!(
        heading.starts_with("Looking back  1 March 2020 to "),
        "{heading}"
    );
    insta::assert_snapshot!(rest, @r#"

    How you were  3 check-ins
      okay        1  ━
      hard        1  ━
      rather not  1  ━

    On the grid  1 check-in
      a lot of energy   ·   ·   ·   ·   ·
                        ·   ·   ·   ·   ·
                        ·   ·   ·   ·   ·
                        ·   ·   ·   ·   ·
      little energy     ·   1   ·   ·   ·
                      unpleasant pleasant

    Words  in 2 check-ins
      tired  2  ━━
      tense  1  ━

    In the body  in 1 check-in
      jaw  1  ━

    Wins  1
      Wednesday, 4 March 2020
        (What went better?)
        08:00 (Asia/Tokyo) Asked the way.

    In your own words  1
      Monday, 2 March 2020
        09:00 Little <sleep> & much "coffee".

    When you answered  3 check-ins
      morning, 6–12   2  ━━
      evening, 18–24  1  ━

      Monday     2  ━━
      Wednesday  1  ━

    Prompts you took up  1
      small-wins/one: written about once

    For people to turn to: attuned support
    "#);
}

#[test]
fn what_is_left_out_is_not_there() {
    let home = two_days();
    let all = ["check-ins", "words", "wins", "notes", "times", "prompts"];
    let keys = ["check_ins", "words", "wins", "notes", "times", "prompts"];
    for (part, left_out) in all.iter().zip(keys) {
        let told = home.prints(&[&SINCE[..], &["--json", "--without", part]].concat());
        let told: Value = serde_json::from_str(&told).expect("it is JSON");
        for key in keys {
            assert_eq!(told.get(key).is_none(), key == left_out, "{part}: {told}");
        }
    }
    let told = home.prints(&[&SINCE[..], &["--without", "times,prompts"]].concat());
    for gone in ["Tokyo", "What went better?", "08:00"] {
        assert!(!told.contains(gone), "{gone}: {told}");
    }
    assert!(told.contains("Asked the way."), "{told}");
}

#[test]
fn a_page_is_for_its_owner_alone_and_stands_for_itself() {
    let home = two_days();
    let file = home.path("page.html");
    let name = file.display().to_string();
    home.prints(&[&SINCE[..], &["--html", &name]].concat());
    let same = home.prints(&[&SINCE[..], &["--html", "-"]].concat());
    assert_eq!(fs::read_to_string(&file).expect("it is text"), same);
    let mode = fs::metadata(&file)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let page = fs::read_to_string(&file).expect("it is text");
    assert!(page.contains("Little &lt;sleep&gt; &amp; much &quot;coffee&quot;."));
    assert!(page.contains("<html lang=\"en\">") && page.contains("default-src 'none'"));
    for loads in [
        "<script", "<link", "<img", "src=", "href=", "url(", "http://", "https://", "@import",
    ] {
        assert!(!page.contains(loads), "{loads}");
    }
    // Answers, the grid, words, the body, the day and the week.
    assert_eq!(page.matches("<svg role=\"img\"").count(), 6);
    for each in ["<title id=", "<desc id=", "<table>", "<figcaption>"] {
        assert_eq!(page.matches(each).count(), 6, "{each}");
    }
}

#[test]
fn a_page_that_is_there_stays_unless_it_is_to_be_replaced() {
    let home = two_days();
    let file = home.path("page.html");
    fs::write(&file, "mine").expect("a file");
    let name = file.display().to_string();
    let write = [&SINCE[..], &["--html", &name]].concat();
    let refused = home.run(&write);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        stderr(&refused).contains("is there already"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(fs::read_to_string(&file).expect("it is text"), "mine");
    home.prints(&[&write[..], &["--force", "--without", "wins"]].concat());
    let page = fs::read_to_string(&file).expect("it is text");
    assert!(page.contains("coffee") && !page.contains("Asked the way."));
}

#[test]
fn nothing_recorded_is_fine_and_makes_no_page() {
    let home = Home::without_bus();
    assert!(
        home.prints(&["review"])
            .contains("Nothing from these days, and that is fine.")
    );
    let name = home.path("page.html").display().to_string();
    let refused = home.run(&["review", "--html", &name]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!home.path("page.html").exists());
    let later = home.run(&["review", "--since", "2999-01-01"]);
    assert_eq!(later.status.code(), Some(2));
}

#[test]
fn of_many_notes_the_newest_are_told_and_the_command_that_lists_the_others() {
    let home = Home::without_bus();
    let with_note = ["check-in", "--quick", "okay", "--note"];
    stdout(&feed(&home, &with_note, b"Note 1, of a check-in."));
    for nth in 2..=21 {
        write(&home, &format!("Note {nth}."));
    }
    let told = home.prints(&["review"]);
    assert!(told.contains("In your own words  21"), "{told}");
    assert!(
        !told.contains("Note 1,") && told.contains("Note 2."),
        "{told}"
    );
    let (_, hint) = told.split_once("and 1 before: attuned ").expect("a hint");
    let hint: Vec<&str> = hint.lines().next().expect("a line").split(' ').collect();
    let listed = home.prints(&hint);
    assert!(listed.contains("Note 1,"), "{listed}");
}

#[test]
fn a_prompt_that_was_written_about_or_is_a_favourite_is_told() {
    let home = Home::without_bus();
    home.prints(&["library", "favour", "kind-words/longer-than-the-day"]);
    stdout(&feed(
        &home,
        &["write", "--prompt", "kind-words/longer-than-the-day"],
        b"A line.",
    ));
    let told = home.prints(&["review", "--json"]);
    let told: Value = serde_json::from_str(&told).expect("it is JSON");
    let first = &told["prompts"][0];
    assert_eq!(first["id"], "kind-words/longer-than-the-day");
    assert_eq!(
        (&first["written"], &first["favourite"]),
        (&json!(1), &json!(true))
    );
}

#[test]
fn a_prompt_that_was_asked_for_is_told_while_it_waits_for_an_answer() {
    let home = Home::without_bus();
    home.prints(&["now", "kind-words"]);
    let told = home.prints(&["review", "--json"]);
    let told: Value = serde_json::from_str(&told).expect("it is JSON");
    let first = &told["prompts"][0];
    assert_eq!(
        (&first["asked_for"], &first["answered"]),
        (&json!(1), &json!(0)),
        "{told}"
    );
}

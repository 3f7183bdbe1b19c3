//! `attuned practice`.

use attuned::engine::Outcome;

use crate::support::home::Home;
use crate::support::pty::Pty;

/// Three short steps.
const TEA: &str = r#"
title = "Tea"
[[prompt]]
id = "kettle"
kind = "practice"
title = "A kettle"
text = "Wait for the kettle. Stop whenever you like."
needs = ["breath"]
alt = "Look at the kettle. Stop whenever you like."
steps = [
    { text = "Let one breath go.", seconds = 1 },
    { text = "And one more.", seconds = 60 },
]
[[prompt]]
id = "leaf"
kind = "affirmation"
title = "A leaf"
text = "One leaf is plenty."
"#;

fn home() -> Home {
    let home = Home::without_bus();
    let folder = home.path("home/.config/attuned/affirmations");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("tea.toml"), TEA).expect("a file");
    home
}

/// The steps pass by themselves, Enter goes on, and the screen is left as it was, with the practice to be read once more.
#[test]
fn step_by_step_on_a_screen() {
    let home = home();
    let mut pty = Pty::start(&home.command(&["practice", "kettle"]), 80, 24);
    pty.shows("1 of 2");
    pty.shows("Let one breath go.");
    pty.shows("2 of 2");
    pty.shows("And one more.");
    pty.types("\r");
    pty.shows("\u{1b}[?1049l");
    pty.shows("1. Let one breath go. (1 s)");
    pty.shows("attuned support");
    assert_eq!(pty.ends().code(), Some(0));
    assert!(pty.is_as_found());
    let records = home.records();
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].outcome, Some(Outcome::Read));
}

/// A terminal that a notification opened would close with the program in it.
#[test]
fn opened_by_a_notification_it_waits_until_it_is_read() {
    let home = home();
    for (arguments, told, code) in [
        (
            ["--stay", "practice", "steady-ground/arms-length"],
            "An arm's length",
            0,
        ),
        (
            ["--stay", "practice", "no-such-thing"],
            "there is no collection or prompt",
            1,
        ),
    ] {
        let mut pty = Pty::start(&home.command(&arguments), 80, 24);
        pty.shows(told);
        pty.shows("Enter ends this.");
        pty.types("\r");
        assert_eq!(pty.ends().code(), Some(code));
    }
}

#[test]
fn any_other_key_stops() {
    let home = home();
    let mut pty = Pty::start(&home.command(&["practice", "tea"]), 80, 24);
    pty.shows("1 of 2");
    pty.types("q");
    pty.shows("\u{1b}[?1049l");
    assert_eq!(pty.ends().code(), Some(0));
}

#[test]
fn without_a_terminal_it_prints_the_steps() {
    let home = home();
    let with_steps = "A kettle\n  Wait for the kettle. Stop whenever you like.\n\n  1. Let one breath go. (1 s)\n  \
                      2. And one more. (60 s)\n\n  Or: Look at the kettle. Stop whenever you like.\n\n\
                      For people to turn to: attuned support\n";
    assert_eq!(home.prints(&["practice", "tea/kettle"]), with_steps);
    let _daemon = home.daemon(&[]);
    assert_eq!(
        home.prints(&["practice", "--plain", "tea/kettle"]),
        with_steps
    );
    assert_eq!(home.records().len(), 2);
}

#[test]
fn what_is_avoided_comes_in_other_words() {
    let home = home();
    home.write_config("[library]\navoid = [\"breath\"]\n");
    let other = "A kettle\n  Look at the kettle. Stop whenever you like.\n";
    let printed = home.prints(&["practice", "kettle"]);
    assert!(
        printed.starts_with(other) && !printed.contains("breath"),
        "{printed}"
    );
    assert!(home.prints(&["now", "kettle"]).starts_with(other));
    assert!(home.prints(&["last"]).starts_with(other));
    let shown = home.prints(&["library", "show", "tea/kettle"]);
    assert!(
        shown.contains("comes another way (your settings)"),
        "{shown}"
    );
    // It is there from the start on: no step to go through.
    let mut pty = Pty::start(&home.command(&["practice", "kettle"]), 80, 24);
    pty.shows("Look at the kettle.");
    assert_eq!(pty.ends().code(), Some(0));
}

#[test]
fn what_is_no_practice_is_refused() {
    let home = home();
    let output = home.run(&["practice", "tea/leaf"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        errors,
        "error: tea/leaf is not a practice\nhint: to see it: attuned now tea/leaf\n"
    );
    let output = home.run(&["practice", "kettel"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("did you mean"), "{errors}");
}

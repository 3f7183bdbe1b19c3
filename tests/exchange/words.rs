//! Answers in writing, and servers that have no buttons.

use attuned::journal::Content;

use super::*;

#[test]
fn what_is_written_in_a_notification_is_kept_with_what_asked_for_it() {
    let (_bus, server, home) = desk(&["actions", "body", "inline-reply"], "");
    let mut command = home.command(&["run"]);
    command.env("RUST_LOG", "trace");
    let _daemon = home.daemon_of(command);
    home.prints(&["now", "walls/a-smaller-step"]);
    let asked = server.notify(0);
    assert!(keys(&asked).contains(&"inline-reply"), "{asked:?}");
    is_shown(&home);
    server.reply(asked.id, "  A walk,\r\nnot a fight. \u{1b} ");
    server.reply(asked.id, "And more.");
    assert_eq!(server.closes(1), [asked.id]);
    assert_eq!(outcome(&home), "answered: in words of your own");
    let kept = home.entries();
    let [entry] = &kept[..] else {
        panic!("one entry: {kept:?}")
    };
    let note = "A walk,\nnot a fight.".to_owned();
    assert_eq!(entry.content, Content::Note { note });
    assert_eq!(entry.prompt.as_deref(), Some("walls/a-smaller-step"));
    assert_eq!(entry.asked.as_deref(), Some(&*asked.body));
    assert!(!home.stderr().contains("a fight"), "it is not logged");

    home.prints(&["now", CHECK_IN]);
    is_shown(&home);
    server.reply(server.notify(1).id, "Rather tired.");
    server.closes(2);
    let Content::CheckIn(said) = &home.entries()[1].content else {
        panic!("a check-in")
    };
    assert_eq!(said.note.as_deref(), Some("Rather tired."));
    assert_eq!(said.quick, None);
}

#[test]
fn without_buttons_the_text_tells_which_command_answers() {
    let (_bus, server, home) = desk(&["body"], "");
    let _daemon = home.daemon(&[]);
    for (index, prompt, line) in [
        (0, CHECK_IN, Some("Answer with: attuned check-in")),
        (
            1,
            "walls/a-smaller-step",
            Some("Write with: attuned write --prompt walls/a-smaller-step"),
        ),
        (
            2,
            "steady-ground/no-decisions",
            Some("Go through it with: attuned practice steady-ground/no-decisions"),
        ),
        (3, "kind-words/late-reviews", None),
    ] {
        home.prints(&["now", prompt]);
        let body = server.notify(index).body;
        assert_eq!(body.lines().nth(1), line, "{body}");
    }
}

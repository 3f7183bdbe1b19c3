//! "Hard" and what may help, and practices step by step.

use attuned::journal::{Content, Quick};

use super::*;

#[test]
fn hard_is_kept_before_help_is_offered_in_the_same_notification() {
    let (_bus, server, home) = plain_desk("");
    let _daemon = home.daemon(&[]);
    home.prints(&["now", CHECK_IN]);
    let asked = server.notify(0);
    assert_eq!(keys(&asked), ["default", "okay", "hard", "too-much"]);
    server.press(asked.id, "hard");
    let offer = server.notify(1);
    assert_eq!(outcome(&home), "answered: hard");
    let kept = home.entries();
    let [entry] = &kept[..] else {
        panic!("one entry: {kept:?}")
    };
    let Content::CheckIn(said) = &entry.content else {
        panic!("a check-in: {entry:?}")
    };
    assert_eq!(said.quick, Some(Quick::Hard));
    assert_eq!(entry.prompt.as_deref(), Some(CHECK_IN));
    assert_eq!(entry.asked.as_deref(), Some(&*asked.body));
    assert_eq!((offer.replaces_id, offer.id), (asked.id, asked.id));
    assert_eq!(keys(&offer), ["default", "ground-me", "name-it"]);

    server.press(offer.id, "ground-me");
    let practice = server.notify(2);
    assert!(practice.body.contains("attuned support"), "{practice:?}");
    let prompt = last(&home).card.and_then(|card| card.prompt);
    assert!(prompt.unwrap().starts_with("steady-ground/"));
    assert_eq!(server.closes(1), [offer.id]);
    assert_eq!(home.entries(), kept, "no answer is kept twice");
}

#[test]
fn a_second_press_and_one_after_a_restart_are_heard_no_more() {
    let (_bus, server, home) = plain_desk("");
    let mut daemon = home.daemon(&[]);
    home.prints(&["now", CHECK_IN]);
    let asked = server.notify(0);
    server.press(asked.id, "hard");
    server.press(asked.id, "hard");
    server.notify(1);
    server.press(asked.id, "okay");
    // What it had before is heard as late, and what it has now is shown again.
    assert_eq!(server.notify(2).body, server.notify(1).body);
    daemon.signal("KILL");
    daemon.wait();
    let _daemon = home.daemon(&[]);
    wait_until("the server is known", || {
        !home.status()["service"].is_null()
    });
    server.press(asked.id, "name-it");
    home.prints(&["now", "kind-words/late-reviews"]);
    server.notify(3);
    assert_eq!(home.entries().len(), 1);
    assert_eq!(home.records().len(), 2);
    assert_eq!(
        home.status()["overview"]["open"].as_array().map(Vec::len),
        Some(1),
        "the offer ended with the daemon that made it"
    );
}

/// Its steps take a second each.
const SHORT: &str = "[[prompt]]\nid = \"short\"\nkind = \"practice\"\ntitle = \"A short one\"\n\
    text = \"Three small steps. Stop any time.\"\n\
    steps = [{ text = \"One.\", seconds = 1 }, { text = \"Two.\", seconds = 1 }, { text = \"Three.\", seconds = 80 }]\n";

#[test]
fn steps_follow_one_another_in_one_notification_until_it_is_stopped() {
    let (_bus, server, home) = plain_desk("");
    let folder = home.config_file().with_file_name("affirmations");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("mine.toml"), SHORT).unwrap();
    let _daemon = home.daemon(&[]);
    home.prints(&["now", "mine/short"]);
    let text = server.notify(0);
    assert_eq!(keys(&text), ["default", "begin", "later", "pause-today"]);
    is_shown(&home);
    server.press(text.id, "begin");
    for (index, title, body, buttons) in [
        (1, "A short one (1 of 3)", "One.", &["next", "stop"][..]),
        (2, "A short one (2 of 3)", "Two.", &["next", "stop"]),
        (3, "A short one (3 of 3)", "Three.", &["done"]),
    ] {
        let step = server.notify(index);
        assert_eq!((&*step.summary, &*step.body), (title, body));
        assert_eq!(keys(&step), buttons);
        assert_eq!(step.id, text.id);
        assert_eq!(outcome(&home), "answered: begun");
    }
    let (first, second) = (server.notify(1).at, server.notify(2).at);
    let between = second.duration_since(first).unwrap();
    assert!(between.as_millis() >= 1000, "{between:?}");
    server.press(text.id, "done");
    assert_eq!(server.closes(1), [text.id]);
    assert_eq!(home.records().len(), 1, "it counts once");
    assert_eq!(server.count(), 4);
}

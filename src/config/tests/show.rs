//! The settings in force, shown.

use super::{layer, loaded};
use crate::config::show;

#[test]
fn show_gives_what_is_in_force_and_where_from() {
    let own = layer(
        "[pace]\ncap = 3 # few\n[library]\nweights = { kind-words = 2 }\n\
         [[reminder]]\nname = \"tea\"\nwhen = { at = \"16:00\", on = \"weekdays\" }\n",
    );
    let shown = show(std::slice::from_ref(&own)).unwrap();
    for line in [
        "cap = 3  # config.toml",
        "gap = \"90 min\"  # built in",
        "[library.weights]",
        "kind-words = 2  # config.toml",
        "when = { at = \"16:00\", on = \"weekdays\" }  # config.toml",
    ] {
        assert!(
            shown.lines().any(|shown| shown == line),
            "{line} in\n{shown}"
        );
    }
    assert!(!shown.contains("pause-for-you"), "{shown}");
    // It reads as the same settings.
    let again = loaded(&shown);
    assert_eq!(again.pace.cap.value, 3);
    assert_eq!(again.library, loaded(&own.text).library);
    assert_eq!(again.reminders.len(), 1);
    assert_eq!(
        again.reminders[0].schedule,
        loaded(&own.text).reminders[0].schedule
    );
}

#[test]
fn show_needs_toml() {
    assert_eq!(show(&[layer("[pace\n")]).unwrap_err().len(), 1);
    let odd_key = show(&[layer("\"a b\" = 1\n\"\\u0001\" = 2\n")]).unwrap();
    assert!(
        odd_key.contains("\"a b\" = 1  # config.toml\n"),
        "{odd_key}"
    );
    assert!(
        odd_key.contains("\"\\u0001\" = 2  # config.toml\n"),
        "{odd_key}"
    );
}
